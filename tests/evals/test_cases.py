"""The shipped cases, which the shipped corpus proves, and how a file of cases is refused."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from corpus.errors import InvalidRequest
from evals.cases import Case, Category, Rewording, Split, load_cases
from evals.checking import faults
from ingest.documents import read_documents, shipped_files
from ingest.report import Report

ONLY_FACTS = "facts only"
A_CASE = """
- id: q1
  question: Avant quelle date signer ?
  category: deadline
  status: answered
  expected: [["30 septembre 2021"]]
  as_of: 2026-11-21
  split: development
  base: q1
  author: test
"""


@cache
def shipped() -> Sequence[Case]:
    return load_cases()


def a_file(folder: Path, rows: str = A_CASE, name: str = "cas.yaml") -> Path:
    path = folder / name
    path.write_text(f"cases:{rows}", encoding="utf-8")
    return path


def refused(*files: Path) -> str:
    with pytest.raises(InvalidRequest) as caught:
        load_cases(files)
    return str(caught.value)


def test_the_shipped_corpus_proves_every_shipped_case() -> None:
    assert faults(shipped(), read_documents(shipped_files(), Report()), fewest=300) == []


def test_a_third_of_the_cases_are_by_authors_who_saw_only_the_facts() -> None:
    blind = [case for case in shipped() if ONLY_FACTS in case.author]
    assert 3 * len(blind) >= len(shipped())


def test_fifty_questions_are_asked_in_all_three_manners() -> None:
    manners = defaultdict(set)
    for case in shipped():
        manners[case.base].add(case.rewording)
    assert sum(set(get_args(Rewording)) <= found for found in manners.values()) >= 50


def test_every_category_has_ten_cases_and_some_of_each_split() -> None:
    splits = defaultdict(list)
    for case in shipped():
        splits[case.category].append(case.split)
    assert set(splits) == set(get_args(Category))
    assert all(len(found) >= 10 for found in splits.values())
    assert all(set(found) == set(get_args(Split)) for found in splits.values())


def test_no_question_to_answer_is_in_both_splits() -> None:
    splits = defaultdict(set)
    for case in shipped():
        if case.status != "refused" and not case.history:
            splits[" ".join(case.question.casefold().split())].add(case.split)
    assert [question for question, found in splits.items() if len(found) > 1] == []


def test_cases_are_read_in_the_order_of_the_files(tmp_path: Path) -> None:
    second = A_CASE.replace("id: q1", "id: q0")
    files = [a_file(tmp_path), a_file(tmp_path, second, "b.yaml")]
    assert [case.id for case in load_cases(files)] == ["q1", "q0"]


def test_a_lone_refusal_or_none_reads_as_a_list(tmp_path: Path) -> None:
    lone = A_CASE + "  refusal: known_unknown\n"
    none = A_CASE.replace("id: q1", "id: q2") + "  refusal: null\n"
    cases = load_cases([a_file(tmp_path, lone + none.lstrip("\n"))])
    assert [case.refusal for case in cases] == [("known_unknown",), ()]


@pytest.mark.parametrize("content", ["", "- q1", "cas: []", "cases: q1"])
def test_a_file_without_a_list_of_cases_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cas.yaml"
    path.write_text(content, encoding="utf-8")
    assert refused(path) == "cas.yaml : il faut une liste de cas sous « cases »."


@pytest.mark.parametrize("content", [b"cases: [", b"cases: \xff"])
def test_a_file_that_is_not_yaml_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cas.yaml"
    path.write_bytes(content)
    assert refused(path).startswith("cas.yaml : fichier de cas illisible (")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.yaml").startswith("absent.yaml : fichier de cas illisible (")


@pytest.mark.parametrize(
    ("written", "wrong", "field"),
    [
        ("category: deadline", "category: delai", "category"),
        ("status: answered", "status: done", "status"),
        ("as_of: 2026-11-21", "as_of: hier", "as_of"),
        ('"30 septembre 2021"', '""', "expected.0.0"),
        ("  author: test\n", "", "author"),
        ("author: test", "auteur: test", "author"),
        ("author: test", "author: test\n  note: vu", "note"),
    ],
)
def test_a_wrong_field_is_refused_by_the_case_and_its_name(
    tmp_path: Path, written: str, wrong: str, field: str
) -> None:
    said = refused(a_file(tmp_path, A_CASE.replace(written, wrong)))
    assert said.startswith(f"cas.yaml, cas « q1 » : champ « {field} » refusé (")


def test_a_row_that_is_no_case_is_refused(tmp_path: Path) -> None:
    assert "champ « cas » refusé" in refused(a_file(tmp_path, "\n- q1\n"))


def test_an_id_taken_by_another_file_is_refused(tmp_path: Path) -> None:
    files = a_file(tmp_path), a_file(tmp_path, name="b.yaml")
    assert refused(*files) == "b.yaml : deux cas s'appellent « q1 »."


def test_a_draft_is_refused_by_the_fields_left_empty(tmp_path: Path) -> None:
    draft = A_CASE.replace("deadline", "null").replace("development", "null")
    said = refused(a_file(tmp_path, draft))
    assert said.startswith("cas.yaml, cas « q1 » : brouillon")
    assert said.endswith("(champs vides : « category », « split »).")


@pytest.mark.parametrize(
    "rows", [A_CASE.replace("2026-11-21", "2026-13-45"), "[" * 3000], ids=["date", "nesting"]
)
def test_a_file_that_yaml_cannot_read_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InvalidRequest, match=r"cas\.yaml : "):
        load_cases([a_file(tmp_path, rows)])


@pytest.mark.parametrize("field", ["id: q1", "base: q1", "author: test"])
def test_an_empty_name_is_refused(tmp_path: Path, field: str) -> None:
    rows = A_CASE.replace(field, field.split(":")[0] + ": ''")
    with pytest.raises(InvalidRequest, match="refusé"):
        load_cases([a_file(tmp_path, rows)])
