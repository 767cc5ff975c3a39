"""The identity that a file shows of itself, and all that must not be taken for it."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.catalogue import documents_folder, read_card
from corpus.types import Identity
from ingest.identifying import exercices_of, identify, letterhead, original_of, same_entry
from ingest.identifying.naming import head_of
from ingest.reading import Content, RawBlock, read
from tests.ingest.identity_texts import CITED, ORDER, SHEET_2020, SHEET_2022, TEXTS, TRAPS
from tests.timing import is_under

ROOT = Path(__file__).parents[2]
SEEDS = (ROOT / os.environ.get("REPERES_SHARED", "../shared")).resolve() / "seeds"
PROSE = "Les familles du quartier sont accueillies chaque samedi par l'équipe du service. " * 3
FULL = "DGCS/SD2B/DGS/SP1/2021/25"


def of_file(name: str, text: str) -> Identity:
    (content,) = read(name, text.encode()).contents
    return of_content(content)


def of_content(content: Content) -> Identity:
    return identify(content, "\n\n".join(block.text for block in content.blocks))


def paragraphs(*texts: str, **known: Any) -> Content:
    return Content(tuple(RawBlock("paragraph", text) for text in texts), **known)


def catalogue() -> list[tuple[str, Identity]]:
    names = ("circulaire-2020-34", "circulaire-2021-25", "instruction-2022-61")
    cards = []
    for name in (*names, "instruction-2023-36"):
        text = (documents_folder() / f"{name}.md").read_text(encoding="utf-8")
        (content,) = read(f"{name}.md", text.encode()).contents
        cards.append((name, read_card(name, content.front_matter or {}).identity))
    return cards


def file_of(**known: Any) -> Identity:
    return Identity(**{"title": "", "kind": "circulaire", "number": FULL, **known})


@pytest.mark.parametrize("name", TEXTS)
def test_a_head_gives_what_it_shows(name: str) -> None:
    text, expected = TEXTS[name]
    found = of_file("texte.txt", text)
    assert {field: getattr(found, field) for field in expected} == expected
    assert (found.origin, found.authority) == ("original", found.kind)


@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_text_that_only_cites_has_no_official_identity(name: str, suffix: str) -> None:
    found = of_file(f"texte.{suffix}", TRAPS[name])
    assert (found.kind, found.number, found.nor, found.signed_on) == ("inconnue", None, None, None)
    assert same_entry(found, catalogue()) is None


def test_the_head_is_read_as_well_from_a_page() -> None:
    body = "".join(f"<p>{line}</p>" for line in SHEET_2022.split("\n") if line) + f"<p>{PROSE}</p>"
    found = of_file("page.html", f"<html><body><h1>Textes</h1>{body}</body></html>")
    assert (found.kind, found.number) == ("instruction", "DGCS/SD2B/DGS/SP1/2022/61")


@pytest.mark.parametrize(
    ("signers", "shown"),
    [
        (
            "Le ministre de la santé Le secrétaire d'État chargé de l'enfance",
            "Le ministre de la santé ; Le secrétaire d'État chargé de l'enfance",
        ),
        (
            "La ministre de la santé et Le directeur général de l'agence",
            "La ministre de la santé et Le directeur général de l'agence",
        ),
        (
            "LA SECRÉTAIRE D'ÉTAT AUPRÈS DE LA MINISTRE DE LA SANTÉ",
            "LA SECRÉTAIRE D'ÉTAT AUPRÈS DE LA MINISTRE DE LA SANTÉ",
        ),
    ],
)
def test_signers_on_one_line_are_told_apart(signers: str, shown: str) -> None:
    head = paragraphs(f"{signers} à Mesdames et Messieurs les préfets de département")
    assert letterhead.issuer(head_of(head)) == shown


def test_the_fields_of_a_table_are_read() -> None:
    blocks = [RawBlock("heading", f"{CITED} relative aux contrats", 1)]
    blocks += [RawBlock("row", "NOR | SSAA2110101C"), RawBlock("row", "Date d'application | -")]
    found = of_content(Content(tuple(blocks)))
    assert (found.kind, found.number, found.nor) == ("circulaire", FULL, "SSAA2110101C")


def test_a_table_of_circulars_names_none() -> None:
    rows = ["Texte | NOR", f"{CITED} | SSAA2110101C", "Instruction n° DGCS/2031/6 | SOCA3112345J"]
    found = of_content(Content(tuple(RawBlock("row", row) for row in rows)))
    assert (found.kind, found.number, found.nor) == ("inconnue", None, None)


def test_a_note_at_the_foot_names_nothing() -> None:
    blocks = (RawBlock("note", f"[1] {CITED}"), RawBlock("note", "NOR : SSAA2110101C"))
    assert of_content(Content(blocks)).kind == "inconnue"


def test_the_title_of_a_record_names_the_text() -> None:
    content = paragraphs(
        "Le ministre,", "Vu le code civil ;", "Arrête :", title=ORDER.split("\n")[0]
    )
    assert of_content(content).kind == "arrêté"


def test_a_signed_page_needs_more_signs() -> None:
    texts = (f"{CITED} relative aux contrats", "Date d'application : immédiate", PROSE)
    assert of_content(paragraphs(*texts)).kind == "circulaire"
    assert of_content(paragraphs(*texts, author="Odile Ferrandon")).kind == "inconnue"


@pytest.mark.parametrize(
    "known",
    [
        {"publisher": "Direction[s]"},
        {"publisher": "la gazette des communes"},
        {"url": "https://www.lemediasocial.fr/une-page_x1"},
        {"url": "https://www.weka.fr/actualite/une-page"},
        {"publisher": "hospimedia.fr", "author": "O. F.", "published_on": date(2031, 5, 1)},
    ],
)
def test_the_press_is_known_by_its_name_or_its_site(known: dict[str, Any]) -> None:
    found = of_content(paragraphs(SHEET_2020, PROSE, **known))
    assert (found.kind, found.number, found.nor) == ("presse", None, None)


@pytest.mark.parametrize(
    "line",
    ["Publié dans le magazine Enfances N° 12 - mai 2031", "Paris, 4 mai (AFP) - Les contrats"],
)
def test_an_issue_or_an_agency_marks_the_press(line: str) -> None:
    assert of_content(paragraphs("Les contrats reconduits", line, PROSE)).kind == "presse"


@pytest.mark.parametrize(
    "known",
    [
        {"publisher": "lemonde.fr"},
        {"publisher": "Le relais du Val"},
        {"url": "https://lemonde.fr.exemple.org/page"},
        {"url": "https://exemple.org/?site=lemonde.fr"},
        {"url": "https://www.weka.fr/boutique"},
        {"url": "http://[mauvaise"},
    ],
)
def test_a_site_that_a_page_cites_is_not_its_publisher(known: dict[str, Any]) -> None:
    assert of_content(paragraphs("Une page", PROSE, **known)).kind == "inconnue"


@pytest.mark.parametrize(
    "known",
    [
        {"url": "https://www.isere.gouv.fr/Actualites/contrat"},
        {"url": "https://www.departement-avre.fr/enfance"},
        {"publisher": "Ministère des solidarités"},
        {"publisher": "Conseil départemental de l'Avre"},
    ],
)
def test_an_official_page_is_known_by_its_site(known: dict[str, Any]) -> None:
    assert of_content(paragraphs("Une page", PROSE, **known)).kind == "page officielle"


def test_a_decree_on_an_official_site_is_a_decree() -> None:
    (content,) = read("a.txt", ORDER.encode()).contents
    blocks = content.blocks
    assert of_content(Content(blocks, url="https://x.gouv.fr/a")).kind == "arrêté"


def test_a_page_keeps_what_its_reader_found() -> None:
    day = date(2031, 5, 1)
    content = paragraphs(PROSE, title="T", author="Odile Ferrandon", published_on=day, url="u")
    found = of_content(content)
    assert (found.title, found.author, found.published_on, found.url) == (
        *("T", "Odile Ferrandon"),
        *(day, "u"),
    )


def test_the_subject_titles_a_note() -> None:
    assert of_content(paragraphs("Note", "Objet : bilan des visites")).title == "bilan des visites"


def test_a_publication_before_the_signature_is_not_believed() -> None:
    content = paragraphs(*SHEET_2022.split("\n"), published_on=date(2022, 1, 3))
    assert of_content(paragraphs(*SHEET_2020.split("\n"))).published_on is None
    assert of_content(content).published_on == date(2022, 3, 11)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Contrats pour l'exercice 2021", (2021,)),
        ("Contrats au titre de l'année 2022", (2022,)),
        ("Campagne budgétaire 2021 des établissements", (2021,)),
        ("Exercices 2020-2022", (2020, 2021, 2022)),
        ("Bilan de la loi de 2016", ()),
        ("Rentrée 2021", ()),
    ],
)
def test_a_title_names_its_exercices(title: str, years: tuple[int, ...]) -> None:
    assert exercices_of(title, official=False) == years


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("letterhead over two lines", "circulaire-2020-34"),
        ("first of the month written apart", "circulaire-2021-25"),
        ("title over three lines", "instruction-2022-61"),
        ("address in one line, title in capitals", "instruction-2023-36"),
        ("circular that abrogates another", None),
        ("interministerial circular", None),
    ],
)
def test_the_file_of_a_shipped_text_is_recognised(name: str, entry: str | None) -> None:
    assert same_entry(of_file("texte.txt", TEXTS[name][0]), catalogue()) == entry


@pytest.mark.parametrize(
    ("known", "entry"),
    [
        ({}, "circulaire-2021-25"),
        ({"number": "2021/25"}, "circulaire-2021-25"),
        ({"number": "DGCS/SD2B/2021/25"}, None),
        ({"number": "DSS/SD1/2021/25"}, None),
        ({"kind": "instruction"}, None),
        ({"kind": "inconnue"}, None),
        ({"origin": "summary"}, None),
        ({"number": None}, None),
        ({"signed_on": date(2021, 4, 2)}, None),
        ({"number": None, "nor": "SSAA2006058C"}, "circulaire-2020-34"),
        ({"number": "DGCS/SD2B/DGS/SP1/2020/34", "nor": "SSAA2006059C"}, None),
    ],
)
def test_the_same_text_is_told_by_number_services_nor_and_date(
    known: dict[str, Any], entry: str | None
) -> None:
    assert same_entry(file_of(**known), catalogue()) == entry


def test_two_cards_of_one_number_recognise_nothing() -> None:
    cards = catalogue()
    assert same_entry(file_of(), [*cards, ("autre", cards[1][1])]) is None


def test_an_original_takes_from_the_card_what_it_does_not_show() -> None:
    card = dict(catalogue())["circulaire-2021-25"]
    found = original_of(file_of(title="Circulaire du 1er avril", exercices=(2031,)), card)
    assert (found.title, found.exercices, found.origin) == (
        *("Circulaire du 1er avril", (2031,)),
        "original",
    )
    assert (found.cohorts, found.relations) == (card.cohorts, card.relations)
    assert (found.short_title, found.published_on) == (card.short_title, card.published_on)


def test_an_original_keeps_its_own_authority() -> None:
    card = Identity("Fiche", "circulaire", "presse", "summary", text_status="abrogé")
    found = original_of(file_of(), card)
    assert (found.authority, found.text_status, found.title) == ("circulaire", "abrogé", "Fiche")


@pytest.mark.parametrize(
    "line",
    ["NOR : ", "Circulaire n° ", "Le ministre à ", "Fait à Paris, le ", "le présent entre en "]
    + ["Objet : ", "Vu le ", "« ", "A", "1/", "Mesdames et "],
)
def test_hostile_heads_take_linear_time(line: str) -> None:
    content = paragraphs(*[line * (3000 // len(line))] * 33)
    assert is_under(0.5, lambda: of_content(content))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="dossier partagé absent (REPERES_SHARED le nomme)")
@pytest.mark.parametrize(
    ("number", "kind", "day"),
    [
        ("000", "presse", date(2021, 11, 3)),
        ("001", "inconnue", date(2020, 10, 14)),
        ("002", "presse", date(2022, 3, 14)),
        ("003", "presse", date(2021, 5, 19)),
        ("004", "inconnue", date(2020, 2, 15)),
    ],
)
def test_the_founding_pages_are_known_for_what_they_show(number: str, kind: str, day: date) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    found = of_content(read(path.name, path.read_bytes()).contents[0])
    assert (found.kind, found.published_on) == (kind, day)
    assert (found.number, found.nor, found.signed_on) == (None, None, None)
