"""``reperes corpus``: what it prints, where it writes, how it ends."""

import json
import shutil
import xml.etree.ElementTree as ElementTree
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.chains import chain_of
from corpus.errors import InvalidRequest
from corpus.lexicon import glossary
from corpus.registry import REGISTERS
from corpus.types import Identity, Relation
from ingest.documents import catalogue
from ingest.report import Report
from tests.conftest import CARD
from tests.ui.commands import Ended, Run
from ui.catalogue import END, START, with_table
from ui.chain_picture import NARROW, draw_chain

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def corpus_command(command_line: Run) -> Run:
    """Runs ``reperes corpus …``."""
    return partial(command_line, "corpus")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A corpus of one document and seven empty registers, without fault."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "registers").mkdir()
    address, _, questions = CARD.replace("exercices = [2021]\n", "").partition("Le ministre des")
    text = address + questions[questions.index("## Que doit") :]
    (tmp_path / "documents" / "essai.md").write_text(text, encoding="utf-8")
    for name in REGISTERS:
        (tmp_path / "registers" / f"{name}.toml").write_text("", encoding="utf-8")
    row = '[[rows]]\nid = "plan"\nquestion = "Quel plan ?"\nproofs = ["essai#T1"]\n'
    (tmp_path / "registers" / "unknowns.toml").write_text(row, encoding="utf-8")
    with (tmp_path / "documents" / "essai.md").open("a", encoding="utf-8") as file:
        file.write("Le plan n'a pas été retrouvé. <!-- T1 unknown -->\n")
    return tmp_path


def test_a_sound_corpus_is_counted(corpus_command: Run, sound: Path) -> None:
    outcome = corpus_command("check", "--folder", sound)
    counted = "Aucune faute : 1 documents, 3 énoncés, 1 lignes de registre.\n"
    assert outcome == Ended(0, counted, "")


def test_each_fault_is_a_line_with_its_place(corpus_command: Run, sound: Path) -> None:
    path = sound / "documents" / "essai.md"
    path.write_text(path.read_text(encoding="utf-8").replace("F002 single", "F002 several"))
    shutil.copy(path, sound / "documents" / "mal.md")
    (sound / "documents" / "mal.md").write_text("+++\ntitle = 3\n+++\n", encoding="utf-8")
    outcome = corpus_command("check", "--folder", sound)
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (1, "")
    assert lines[0] == ("essai.md:20 : « several » demande deux sources d'adresses différentes.")
    assert [line.split(" : ")[0] for line in lines] == ["essai.md:20", "mal.md:2"]


def test_faults_come_as_json_for_programs(corpus_command: Run, sound: Path) -> None:
    (sound / "registers" / "funding.toml").write_text("rows = [", encoding="utf-8")
    outcome = corpus_command("check", "--folder", sound, "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["documents"], found["rows"]) == (1, 1, None)
    (fault,) = found["faults"]
    assert set(fault) == {"file", "line", "message"}
    assert (fault["file"], fault["line"]) == ("funding.toml", 1)


def test_a_folder_that_holds_no_corpus_is_one_error(corpus_command: Run, tmp_path: Path) -> None:
    outcome = corpus_command("check", "--folder", tmp_path)
    expected = f"Erreur : « {tmp_path} » ne contient pas de dossier documents/.\n"
    assert outcome == Ended(1, "", expected)


def test_a_card_shows_identity_sources_and_chain(corpus_command: Run) -> None:
    outcome = corpus_command("show", "circulaire-2021-25")
    lines = outcome.out.splitlines()
    assert "Signé le : 1er avril 2021" in lines
    assert "En vigueur à partir du : non établi" in lines
    assert any(line.startswith("  - DIR21 · Direction[s] · d'après la presse") for line in lines)
    assert "  - complète : Circulaire du 20 février 2020 (circulaire-2020-34)" in lines
    assert "  2020 : Circulaire du 20 février 2020 (circulaire-2020-34)" in lines


def test_the_card_of_a_completed_text_names_what_completes_it(corpus_command: Run) -> None:
    outcome = corpus_command("show", "circulaire-2020-34")
    expected = "  - est complété par : Circulaire du 1er avril 2021 (circulaire-2021-25)"
    assert expected in outcome.out.splitlines()


def test_a_card_comes_as_json_for_programs(corpus_command: Run) -> None:
    card = json.loads(corpus_command("show", "circulaire-2021-25", "--json").out)
    assert (card["id"], card["nor"], card["signed_on"]) == (
        "circulaire-2021-25",
        None,
        "2021-04-01",
    )
    assert card["chain"]["members"] == ["circulaire-2020-34", "circulaire-2021-25"]
    assert card["chain"]["governing"]["2021"] == ["circulaire-2021-25"]
    assert {"sources", "statements"} <= set(card)
    assert "text" not in card


def test_an_unknown_id_is_one_error_with_those_near_it(corpus_command: Run) -> None:
    outcome = corpus_command("show", "circulaire-2021")
    assert (outcome.code, outcome.out) == (1, "")
    (line,) = outcome.err.splitlines()
    assert line.startswith("Erreur : Aucun document « circulaire-2021 » dans le corpus (proches : ")
    assert "circulaire-2021-25" in line


def test_an_id_like_no_other_is_one_error(corpus_command: Run) -> None:
    outcome = corpus_command("show", "zzzz")
    assert outcome.err == "Erreur : Aucun document « zzzz » dans le corpus.\n"


def test_a_chain_is_drawn_in_a_file_that_stands_alone(corpus_command: Run, tmp_path: Path) -> None:
    target = tmp_path / "chaine.svg"
    outcome = corpus_command("show", "circulaire-2021-25", "--svg", target)
    picture = ElementTree.parse(target).getroot()
    assert outcome.err == f"Chaîne des textes dessinée dans {target}.\n"
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "titre description"
    assert "Circulaire du 1er avril 2021" in (picture.findtext(f"{SVG}title") or "")
    assert "complète Circulaire du 20 février 2020." in (picture.findtext(f"{SVG}desc") or "")
    assert not {e.tag for e in picture.iter()} & {f"{SVG}{n}" for n in ("image", "script", "style")}


def test_a_link_to_nothing_stays(corpus_command: Run, tmp_path: Path) -> None:
    link = tmp_path / "lien.svg"
    link.symlink_to(tmp_path / "absent.svg")
    for arguments in (["show", "circulaire-2021-25", "--svg", link], ["table", "--write", link]):
        outcome = corpus_command(*arguments)
        assert (outcome.code, "ne mène à aucun fichier" in outcome.err) == (1, True)
    assert link.is_symlink() and not link.exists()


def test_every_text_of_a_chain_has_its_box_inside_the_picture() -> None:
    identities = catalogue()
    for name in identities:
        chain = chain_of(identities, name)
        picture = ElementTree.fromstring(draw_chain(identities, chain).encode())
        boxes = [box for box in picture.iter(f"{SVG}rect") if box.get("rx")]
        assert len(boxes) == len(chain.members)
        bottom = max(float(box.get("y") or 0) + float(box.get("height") or 0) for box in boxes)
        assert bottom < float(picture.get("height") or 0)


def test_a_narrow_picture_wraps_its_words_in_boxes_that_a_phone_holds() -> None:
    identities = catalogue()
    for name in identities:
        chain = chain_of(identities, name)
        picture = ElementTree.fromstring(draw_chain(identities, chain, NARROW).encode())
        boxes = [box for box in picture.iter(f"{SVG}rect") if box.get("rx")]
        tops = [float(box.get("y") or 0) for box in boxes]
        bottoms = [y + float(box.get("height") or 0) for y, box in zip(tops, boxes, strict=True)]
        assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))
        assert bottoms[-1] < float(picture.get("height") or 0)
        assert float(picture.get("width") or 0) <= 450
        assert max(len(line.text or "") for line in picture.iter(f"{SVG}text")) <= 38
        assert picture.get("aria-labelledby") == "titre-etroite description-etroite"


def test_a_hostile_title_stays_text_in_the_picture() -> None:
    identities = {
        "a": Identity('<script>"&\x00</script>', "loi", relations=(Relation("modifie", "b"),))
    }
    identities["b"] = Identity("Code]]>", "code")
    picture = ElementTree.fromstring(draw_chain(identities, chain_of(identities, "a")).encode())
    assert picture.find(f".//{SVG}script") is None
    assert any("<script>" in (text.text or "") for text in picture.iter(f"{SVG}text"))


def test_a_text_of_no_known_kind_is_named_in_the_picture_as_its_card_names_it() -> None:
    identities = {
        "a": Identity("Note de service n° 7", relations=(Relation("applique", "b"),)),
        "b": Identity("Bilan"),
    }
    drawn = draw_chain(identities, chain_of(identities, "a"))
    assert "note de service (selon son titre) · date non établie" in drawn
    assert "nature non établie · date non établie" in drawn


def test_what_annuls_a_text_is_drawn_before_what_it_applies() -> None:
    relations = (Relation("applique", "loi"), Relation("annulé par", "juge"))
    identities = {
        "decret": Identity("Décret", "décret", relations=relations),
        "loi": Identity("Loi", "loi"),
        "juge": Identity("Décision", "jurisprudence"),
    }
    assert "annulé par Décision ; applique Loi<" in draw_chain(
        identities, chain_of(identities, "decret")
    )


def test_lines_that_would_cross_have_columns_of_their_own() -> None:
    names = [f"texte-{number}" for number in range(6)]
    identities = {
        name: Identity(name, "loi", relations=tuple(Relation("modifie", n) for n in names[:number]))
        for number, name in enumerate(names)
    }
    picture = ElementTree.fromstring(
        draw_chain(identities, chain_of(identities, names[5])).encode()
    )
    paths = [path.get("d") or "" for path in picture.iter(f"{SVG}path")]
    columns = {path.split("H")[1].split("V")[0] for path in paths}
    assert (len(paths), len(columns)) == (15, 5)


def test_the_table_has_a_row_a_document(corpus_command: Run) -> None:
    lines = corpus_command("table").out.splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert lines[0] == "| Identifiant | Texte | Nature | Date | Exercices | Énoncés |"
    assert [row.split("`")[1] for row in rows] == sorted(catalogue())
    assert all(row.count(" | ") == 5 for row in rows)


def test_the_table_of_a_file_is_brought_up_to_date(corpus_command: Run, tmp_path: Path) -> None:
    target = tmp_path / "LISEZMOI.md"
    target.write_text(f"# Titre\n\n{START}\nvieux\n{END}\n\nSuite.\n", encoding="utf-8")
    first = corpus_command("table", "--write", target)
    written = target.read_text(encoding="utf-8")
    assert (first.code, first.err) == (0, "")
    assert written.startswith(f"# Titre\n\n{START}\n| Identifiant |")
    assert written.endswith(f"énoncés.\n{END}\n\nSuite.\n")
    assert "vieux" not in written
    corpus_command("table", "--write", target)
    assert target.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    "text", ["", START, END, f"{END}{START}", f"{START}{START}{END}", f"{START}{END}{END}"]
)
def test_a_file_without_its_two_marks_is_left_alone(text: str) -> None:
    with pytest.raises(InvalidRequest, match="il faut une ligne"):
        with_table(text, "table")


def test_a_file_that_cannot_hold_the_table_is_one_error(
    corpus_command: Run, tmp_path: Path
) -> None:
    target = tmp_path / "page.md"
    target.write_bytes(b"\xff")
    outcome = corpus_command("table", "--write", target)
    assert outcome.err == f"Erreur : « {target} » n'est pas un fichier de texte (UTF-8).\n"
    assert (outcome.code, target.read_bytes()) == (1, b"\xff")


def test_the_glossary_gives_a_line_a_word(corpus_command: Run) -> None:
    outcome = corpus_command("glossary")
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert len(lines) == len(glossary())
    assert all(" : " in line for line in lines)


def test_a_word_is_shown_with_its_forms_and_its_text(corpus_command: Run) -> None:
    (line,) = corpus_command("glossary", "meunier dini").out.splitlines()
    assert line.startswith("loi Meunier-Dini (loi Rossignol, ")
    assert line.endswith(
        " : Loi du 14 mars 2016 relative à la protection de l'enfant. → loi-2016-297"
    )


def test_the_glossary_comes_as_json_for_programs(corpus_command: Run) -> None:
    (row,) = json.loads(corpus_command("glossary", "crip", "--json").out)
    assert set(row) == {"id", "term", "forms", "definition", "document_id"}
    assert (row["id"], row["document_id"]) == ("crip", None)
    assert row["term"] == row["forms"][0]
    assert "CRIP" in row["forms"]


def test_a_word_out_of_the_glossary_is_one_error_with_those_near_it(corpus_command: Run) -> None:
    outcome = corpus_command("glossary", "tutele")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Erreur : Aucun mot « tutele » dans le glossaire")
    assert (
        corpus_command("glossary", "zzzz").err == "Erreur : Aucun mot « zzzz » dans le glossaire.\n"
    )


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Fetches nothing: what would have been asked, one list of ids a call."""
    asked: list[Any] = []

    def fetch(_settings: Any, _encoder: Any, _progress: Any, *, document_ids: Any) -> Report:
        asked.append(document_ids)
        report = Report(added=["circulaire-2021-25/original"])
        report.refused.append({"file": "https://a.example", "reason": "injoignable."})
        return report

    monkeypatch.setattr("ingest.fetching.fetch", fetch)
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    return asked


def test_a_fetch_says_what_came_and_what_was_refused(
    corpus_command: Run, fetched: list[Any], tmp_path: Path
) -> None:
    outcome = corpus_command("fetch", "circulaire-2021-25", "--index", tmp_path)
    assert fetched == [["circulaire-2021-25"]]
    assert outcome.out == "1 originaux ajoutés, 0 remplacés, 0 inchangés, 1 refusés.\n"
    assert "Refusé : https://a.example : injoignable." in outcome.err


def test_a_fetch_that_brings_nothing_back_fails(
    corpus_command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refused = Report(refused=[{"file": "https://a.example", "reason": "injoignable."}])
    monkeypatch.setattr("ingest.fetching.fetch", lambda *_a, **_k: refused)
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    assert corpus_command("fetch", "--index", tmp_path).code == 1
    assert corpus_command("fetch", "--json", "--index", tmp_path).code == 1


def test_a_fetch_of_an_unknown_document_asks_nothing(
    corpus_command: Run, fetched: list[Any], tmp_path: Path
) -> None:
    outcome = corpus_command("fetch", "circulaire-2021", "--index", tmp_path, "--json")
    assert (outcome.code, outcome.out, fetched) == (1, "", [])
    assert "circulaire-2021-25" in outcome.err
