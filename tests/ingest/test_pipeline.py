"""From files to a published index: what is kept, what is refused by itself, and why."""

import json
import re
from pathlib import Path

import pytest

from corpus.catalogue import documents_folder
from corpus.errors import ReperesError
from corpus.types import Document
from ingest import settings as settings_module
from ingest.documents import read_documents, shipped_files
from ingest.index import current_generation, open_generation
from ingest.library import Library
from ingest.pipeline import ingest, remove
from ingest.reading.inline import plain_words
from ingest.report import Report
from ingest.settings import Settings
from tests.conftest import NOTE

MARKED = re.compile(r"^\s*(?:- |\d+\. )?(?P<statement>.*?)\s*<!-- (?P<mark>[^>]+?) -->\s*$")


def listed(settings: Settings) -> list[str]:
    """Ids of the documents in service, in their order."""
    index = open_generation(current_generation(settings.index_folder), None)
    try:
        return list(index.texts.document_ids)
    finally:
        index.close()


def write(path: Path, text: str) -> Path:
    """A file of that text, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lines(*records: dict[str, str]) -> str:
    """A jsonl text."""
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def default_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the default index, in a data folder of this test."""
    monkeypatch.setattr(settings_module, "_data_folder", lambda: tmp_path / "var")
    found = Settings(cache=tmp_path / "cache", embedding_model="none")
    assert found.is_default_index
    return found


@pytest.fixture(scope="module")
def shipped() -> list[Document]:
    """The documents of the shipped corpus."""
    report = Report()
    documents = read_documents(shipped_files(), report)
    assert report.refused == []
    return documents


def test_a_folder_is_ingested_in_a_fixed_order_without_hidden_files(
    corpus: Path, settings: Settings
) -> None:
    write(corpus / ".cache" / "secret.md", "# Secret\n\nCaché.\n")
    write(corpus / "b" / ".brouillon.md", "# Brouillon\n\nCaché.\n")
    write(corpus / "a" / "annexe.txt", "Une annexe en texte.\n")
    report = ingest([corpus], settings, None)
    assert report.added == ["annexe", "circulaire-essai", "fiches.jsonl", "note"]
    assert report.refused == []
    expected = ["annexe", "circulaire-essai", "fiche/un", "fiche/deux", "fiches-3", "note"]
    assert listed(settings) == expected
    assert (report.published, report.documents) == (True, 6)


def test_the_same_files_give_the_same_index_anywhere(corpus: Path, tmp_path: Path) -> None:
    digests = []
    for name in ("un", "deux"):
        settings = Settings(index=tmp_path / name, cache=tmp_path, embedding_model="none")
        digests.append(ingest([corpus], settings, None).corpus_digest)
    assert digests[0] == digests[1]


def test_a_bad_line_is_refused_with_its_number_and_the_rest_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    good = lines({"_id": "a", "text": "Un texte."}) + "{\n" + lines({"_id": "b", "text": "Deux."})
    path = write(tmp_path / "f.jsonl", good)
    report = ingest([path], settings, None)
    assert [r["file"] for r in report.refused] == [f"{path}#2"]
    assert listed(settings) == ["a", "b"]


def test_an_upper_case_extension_is_the_same_format(settings: Settings, tmp_path: Path) -> None:
    text = lines({"_id": "a", "text": "Un."}, {"_id": "b", "text": "Deux."})
    report = ingest([write(tmp_path / "F.JSONL", text)], settings, None)
    assert (report.refused, listed(settings)) == ([], ["a", "b"])


def test_one_content_under_two_names_is_a_duplicate(corpus: Path, settings: Settings) -> None:
    write(corpus / "z-copie.md", NOTE)
    report = ingest([corpus], settings, None)
    assert report.duplicates == [f"{corpus / 'z-copie.md'} = {corpus / 'note.md'}"]
    assert "z-copie" not in listed(settings)


def test_a_file_that_becomes_a_copy_of_another_leaves_nothing_of_its_own(
    corpus: Path, settings: Settings
) -> None:
    copy = write(corpus / "autre.md", "# Autre\n\nAncien contenu.\n")
    ingest([corpus], settings, None)
    copy.write_text(NOTE, encoding="utf-8")
    report = ingest([corpus], settings, None)
    assert len(report.duplicates) == 1
    assert {"autre", "note"} & set(listed(settings)) == {"note"}


def test_an_identifier_of_another_file_is_refused_by_itself(
    corpus: Path, settings: Settings
) -> None:
    other = write(corpus / "z" / "note.md", "# Autre note\n\nAutre contenu.\n")
    report = ingest([corpus], settings, None)
    (refused,) = report.refused
    assert refused["file"] == str(other)
    assert str(corpus / "note.md") in refused["reason"]
    assert "note" in listed(settings)


def test_an_identifier_of_a_record_is_refused_by_itself(corpus: Path, settings: Settings) -> None:
    write(corpus / "z.jsonl", lines({"_id": "note", "text": "Un."}, {"_id": "y", "text": "Deux."}))
    report = ingest([corpus], settings, None)
    (refused,) = report.refused
    assert refused["file"] == f"{corpus / 'z.jsonl'}#1"
    assert "« note »" in refused["reason"]
    assert "note.md" in refused["reason"]
    assert "y" in listed(settings)


def test_the_same_path_is_replaced_then_unchanged(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    before = current_generation(settings.index_folder)
    write(corpus / "note.md", "# Note\n\nUn tambourin.\n")
    assert ingest([corpus / "note.md"], settings, None).replaced == ["note"]
    report = ingest([corpus], settings, None)
    assert report.unchanged == ["circulaire-essai", "fiches.jsonl", "note"]
    assert report.added == report.replaced == []
    assert current_generation(settings.index_folder) != before


def test_a_missing_path_and_an_unknown_format_are_refused_beside_the_rest(
    corpus: Path, settings: Settings
) -> None:
    (corpus / "image.png").write_bytes(b"\x89PNG")
    (corpus / "vide.md").write_bytes(b"")
    report = ingest([corpus, corpus / "absent.md"], settings, None)
    names = [Path(refused["file"]).name for refused in report.refused]
    assert names == ["absent.md", "image.png", "vide.md"]
    assert "note" in listed(settings)


@pytest.mark.parametrize(
    "front_matter",
    ['title = "Sans genre"', 'title = "X"\nkind = "loi"\nauthority = "loi"\ninconnu = 1'],
)
def test_a_wrong_card_is_refused_by_itself_and_never_enters_the_library(
    corpus: Path, settings: Settings, front_matter: str
) -> None:
    write(corpus / "a.md", f"+++\n{front_matter}\n+++\n# Titre\n## Partie\nTexte.\n")
    report = ingest([corpus], settings, None)
    assert [Path(r["file"]).name for r in report.refused] == ["a.md"]
    assert [entry.name for entry in Library(settings.library_folder)] == [
        "circulaire-essai.md",
        "fiches.jsonl",
        "note.md",
    ]


def test_an_original_has_no_anchor_whatever_it_holds(settings: Settings, tmp_path: Path) -> None:
    text = "# Titre\n\nUne phrase. <!-- F084 several official_text -->\n"
    report = ingest([write(tmp_path / "a.md", text)], settings, None)
    index = open_generation(current_generation(settings.index_folder), None)
    document = index.texts.document("a")
    index.close()
    assert report.refused == []
    assert document is not None
    assert document.anchors == ()


def test_when_everything_is_refused_nothing_is_published(
    settings: Settings, tmp_path: Path
) -> None:
    bad = write(tmp_path / "bad.jsonl", "{\n[]\n")
    with pytest.raises(ReperesError, match=r"Rien n'a été publié.*bad\.jsonl#1.*1 autres"):
        ingest([bad], settings, None)
    assert not list(settings.index_folder.glob("*/manifest.json"))
    assert list(Library(settings.library_folder)) == []


def test_a_refused_ingest_leaves_the_index_as_it_was(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    before = current_generation(settings.index_folder)
    with pytest.raises(ReperesError, match="n'existe pas"):
        ingest([corpus / "absent.md"], settings, None)
    assert current_generation(settings.index_folder) == before


def test_an_empty_folder_has_nothing_to_ingest(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    with pytest.raises(ReperesError, match="Aucun fichier"):
        ingest([tmp_path / "vide"], settings, None)


def test_a_file_is_removed(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    report = remove(["note", "note"], settings, None)
    assert report.removed == ["note"]
    assert "note" not in listed(settings)
    assert ingest([corpus], settings, None).added == ["note"]


@pytest.mark.parametrize("gone", [["fiche/un"], ["fiches-3"], ["fiche/deux", "fiche/un"]])
def test_records_are_removed_one_by_one(corpus: Path, settings: Settings, gone: list[str]) -> None:
    ingest([corpus], settings, None)
    before = listed(settings)
    remove(gone, settings, None)
    assert listed(settings) == [name for name in before if name not in gone]
    with pytest.raises(ReperesError, match=gone[0]):
        remove(gone, settings, None)
    ingest([corpus], settings, None)
    assert listed(settings) == before


def test_a_file_goes_with_its_last_record(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    remove(["fiche/un", "fiche/deux", "fiches-3"], settings, None)
    assert [e.name for e in Library(settings.library_folder)] == ["circulaire-essai.md", "note.md"]


def test_an_unknown_identifier_changes_nothing_at_all(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    before = current_generation(settings.index_folder)
    with pytest.raises(ReperesError, match="« absent »"):
        remove(["note", "absent"], settings, None)
    assert "note" in listed(settings)
    assert current_generation(settings.index_folder) == before


def test_another_index_without_path_holds_the_shipped_corpus(settings: Settings) -> None:
    report = ingest([], settings, None)
    assert listed(settings) == sorted(p.stem for p in documents_folder().glob("*.md"))
    assert report.added == []


def test_another_index_holds_only_what_was_ingested_into_it(
    corpus: Path, settings: Settings
) -> None:
    ingest([corpus / "note.md"], settings, None)
    assert listed(settings) == ["note"]
    ingest([], settings, None)
    assert listed(settings) == ["note"]


def test_the_default_index_holds_the_shipped_corpus_and_its_library(
    corpus: Path, default_index: Settings
) -> None:
    shipped_ids = sorted(path.stem for path in documents_folder().glob("*.md"))
    taken = write(corpus / f"{shipped_ids[0]}.md", "# Faux\n\nUn autre contenu.\n")
    report = ingest([corpus / "note.md", taken], default_index, None)
    assert listed(default_index) == [*shipped_ids, "note"]
    assert [refused["file"] for refused in report.refused] == [str(taken)]
    assert default_index.library_folder.name == "library"


def test_progress_names_its_stage_in_french(corpus: Path, settings: Settings) -> None:
    calls: list[tuple[str, int, int]] = []
    ingest([corpus], settings, None, lambda *call: calls.append(call))
    assert calls == [("lecture", n, 3) for n in (1, 2, 3)]


def test_every_shipped_document_has_an_identity_and_sections(shipped: list[Document]) -> None:
    assert len(shipped) == len(list(documents_folder().glob("*.md")))
    for document in shipped:
        assert document.identity.origin == "summary"
        assert document.identity.checked_on is not None
        assert document.sections
        assert document.anchors, document.document_id


def test_relations_and_targets_of_the_shipped_corpus_exist(shipped: list[Document]) -> None:
    ids = {document.document_id for document in shipped}
    targets = {r.target for document in shipped for r in document.identity.relations}
    assert targets <= ids


def test_each_anchor_of_the_shipped_corpus_spans_exactly_its_statement(
    shipped: list[Document],
) -> None:
    for document in shipped:
        path = documents_folder() / f"{document.document_id}.md"
        found = [m for m in map(MARKED.match, path.read_text("utf-8").splitlines()) if m]
        expected = [(plain_words(m["statement"]), m["mark"].split()[0]) for m in found]
        spans = [(document.text[a.start : a.end], "+".join(a.facts)) for a in document.anchors]
        assert spans == expected, document.document_id
        assert "<!--" not in document.text
