"""Questions that statements answer: bound to their words, and checked."""

from pathlib import Path

import pytest

from corpus.asked import read_asked, statement_key
from corpus.errors import InvalidDocument
from ingest.documents import shipped_ids


def write(folder: Path, text: str) -> Path:
    (folder / "note.toml").write_text(text, encoding="utf-8")
    return folder


def test_questions_come_by_statement(tmp_path: Path) -> None:
    key = statement_key("Le contrat est signé.")
    folder = write(tmp_path, f'"{key}" = ["on signe quand ?", "signature contrat"]')
    assert read_asked("note", folder) == {key: ("on signe quand ?", "signature contrat")}


def test_a_document_may_have_no_questions(tmp_path: Path) -> None:
    assert read_asked("note", tmp_path) == {}


def test_a_key_changes_with_the_words_and_not_with_the_blanks() -> None:
    assert statement_key("Le  contrat\nest signé.") == statement_key("Le contrat est signé.")
    assert statement_key("Le contrat est signé.") != statement_key("Le contrat est clos.")


@pytest.mark.parametrize("text", ["=", '"a" = "une question"', '"a" = [3]', '"a" = [" "]'])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidDocument, match=r"note\.toml : "):
        read_asked("note", write(tmp_path, text))


def test_every_shipped_file_is_of_a_shipped_document() -> None:
    from corpus.asked import asked_folder

    names = {path.stem for path in asked_folder().glob("*.toml")}
    assert names and names <= shipped_ids()
