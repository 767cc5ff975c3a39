"""Comparisons: a table whose cells each cite their own statement."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Caution, Claim, Request
from assistant.comparing import ASKED, MOST_TOLD, compared, sides_of
from assistant.drafting import Draft
from assistant.entries import Entries
from assistant.framing import read_named
from assistant.lines import COUNTED, TO_ENTER, TO_HAND_IN, common
from assistant.pairing import pairs_of
from ingest.index import Index
from tests.assistant.conftest import AS_OF, Ask
from tests.assistant.test_contract import check_facts, check_markers, facts

CHANGES = "Qu'est-ce qui change entre {} et {} ?"


def cells(answer: Answer, label: str) -> list[list[str]]:
    """Texts of a row's cells."""
    assert answer.table is not None
    row = next(row for row in answer.table["rows"] if row["label"] == label)
    return [[answer.claims[n].text for n in cell] for cell in row["cells"]]


def test_what_changes_between_two_exercices_is_a_table_of_the_registers(lexical_ask: Ask) -> None:
    answer = lexical_ask(CHANGES.format(2020, 2021))
    assert answer.table is not None and answer.table["columns"] == ["2020", "2021"]
    before, after = cells(answer, "Date limite de signature")
    assert "15 octobre 2020" in before[0] and "30 septembre 2021" in after[0]
    before, after = cells(answer, "Budget de l'État")
    assert "50 M€" in before[0] and "107 M€" in after[0]


def test_what_founds_an_exercice_has_its_row_whatever_its_words(lexical_ask: Ask) -> None:
    answer = lexical_ask(CHANGES.format(2021, 2022))
    before, after = cells(answer, TO_ENTER)
    assert any("40 nouveaux" in text for text in before)
    assert any("volontaires" in text for text in after)
    assert any("30 avril 2022" in text for text in after)
    before, after = cells(answer, COUNTED)
    assert any("11 objectifs" in text for text in before)
    assert any("au moins 12 objectifs" in text for text in after)


def test_pieces_are_one_row_and_a_period_is_told_though_replaced_later(lexical_ask: Ask) -> None:
    answer = lexical_ask(CHANGES.format(2021, 2022))
    before, after = cells(answer, TO_HAND_IN)
    assert all(any("tableau de bord" in text for text in side) for side in (before, after))
    assert answer.table is not None
    labels = [row["label"] for row in answer.table["rows"]]
    assert not any("Produire" in label for label in labels)
    before, after = cells(answer, "Période des nouveaux contrats signés")
    assert "2021-2022" in before[0] and "2022-2024" in after[0]
    since = [warning.text for warning in answer.warnings if warning.kind == "superseded"]
    assert any("2023" in text for text in since)


def test_what_nobody_knows_is_an_empty_cell_and_a_warning(lexical_ask: Ask) -> None:
    answer = lexical_ask("Compare 2021 et 2022")
    known, unknown = cells(answer, "FIR")
    assert "33 M€" in known[0] and unknown == []
    assert any("FIR" in warning.text for warning in answer.warnings if warning.citations)


@pytest.mark.parametrize(
    ("first", "last"), [(2020, 2021), (2021, 2022), (2020, 2022), (2022, 2024)]
)
def test_each_cell_cites_its_own_statement(
    lexical_ask: Ask, lexical_index: Index, first: int, last: int
) -> None:
    answer = lexical_ask(CHANGES.format(first, last))
    assert answer.table is not None and 0 < len(answer.table["rows"]) <= 8
    check_markers(answer, lexical_index)
    check_facts(answer)
    shown = [n for row in answer.table["rows"] for cell in row["cells"] for n in cell]
    assert set(shown) == set(range(len(answer.claims)))
    assert not any(facts(row["label"]) for row in answer.table["rows"])


def test_the_same_event_of_two_exercices_is_one_row_once(lexical_ask: Ask) -> None:
    answer = lexical_ask(CHANGES.format(2021, 2022))
    assert answer.table is not None
    rows = [str(row["cells"]) for row in answer.table["rows"]]
    assert len(rows) == len(set(rows))


def test_a_comparison_keeps_to_what_it_names(lexical_ask: Ask) -> None:
    answer = lexical_ask("Compare 2020 et 2021 sur les montants")
    assert answer.table is not None
    labels = {row["label"] for row in answer.table["rows"]}
    assert "Budget de l'État" in labels and "Date limite de signature" not in labels


def test_old_and_new_ones_are_compared_within_an_exercice(lexical_ask: Ask) -> None:
    answer = lexical_ask("Différence entre les anciens et les nouveaux entrants en 2021 ?")
    former, new = cells(answer, "À remettre")
    assert any("tableau de bord" in text for text in former) and new == []
    former, new = cells(answer, "Règles du contrat")
    assert any("11 objectifs" in text for text in new) and former != new


@pytest.mark.model
def test_a_subject_is_asked_of_each_exercice(ask: Ask) -> None:
    answer = ask("FIR 2020 vs FIR 2021")
    assert answer.table is not None and answer.table["columns"] == ["2020", "2021"]
    (row,) = answer.table["rows"]
    before, after = ([answer.claims[n].text for n in cell] for cell in row["cells"])
    assert any("15 M€" in text for text in before) and any("33 M€" in text for text in after)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle date limite de signature en 2021 ?",
        "Rapport d'exécution 2020 à rendre en 2021, quand ?",
        "La circulaire de 2021 annule-t-elle celle de 2020 ?",
    ],
)
def test_two_years_are_not_a_comparison_by_themselves(lexical_index: Index, question: str) -> None:
    assert sides_of(question, read_named(question, AS_OF, lexical_index)) == []


def test_a_label_is_what_both_rows_say_without_figures() -> None:
    rows = ["porter sur 11 objectifs fondamentaux, tous obligatoires"]
    assert common([*rows, "reprendre les 11 objectifs fondamentaux"]) == "Objectifs fondamentaux"
    assert common(["remettre un bilan", "signer le contrat"]) == ""
    spans = ["période des contrats signés", "période prévue des contrats signés"]
    assert common(spans) == "Période des contrats signés"


@pytest.mark.parametrize(
    ("question", "sides", "asked"),
    [
        ("Qui a reçu le plus, la Guyane ou la Réunion ?", ["Guyane", "La Réunion"],
         ["Qui a reçu le plus, la Guyane ?", "Qui a reçu le plus, la Réunion ?"]),
        ("Entre l'Allier et La Réunion, qui reçoit combien ?", ["Allier", "La Réunion"],
         ["l'Allier, qui reçoit combien ?", "La Réunion, qui reçoit combien ?"]),
        ("mentorat / parrainage : qui accepte dans l'un et dans l'autre ?",
         ["mentorat", "parrainage"],
         ["mentorat : qui accepte ?", "parrainage : qui accepte ?"]),
        ("Laquelle a le plus d'articles : la loi de 2007 ou celle de 2016 ?",
         ["la loi de 2007", "la loi de 2016"],
         ["Laquelle a le plus d'articles : la loi de 2007 ?",
          "Laquelle a le plus d'articles : la loi de 2016 ?"]),
    ],
)  # fmt: skip
def test_each_thing_set_side_by_side_is_asked_about_alone(
    lexical_index: Index, question: str, sides: list[str], asked: list[str]
) -> None:
    pairs = pairs_of(question, read_named(question, AS_OF, lexical_index))
    assert [label for label, _own in pairs] == sides
    assert [" ".join(own.split()) for _label, own in pairs] == asked


@pytest.mark.parametrize(
    "question",
    [
        "Qui doit signer, le préfet ou l'ARS ?",
        "Le Cher et la Creuse ont-ils signé ?",
        "contrat 2022 : qui signe, et quand ?",
        "La Guyane et la Réunion sont-elles dans la première vague ?",
        "aux Antilles, c'est St-Barth ou St-Martin qui est entré dans la contractualisation ?",
    ],
)
def test_an_alternative_that_ranks_nothing_stays_one_question(
    lexical_index: Index, question: str
) -> None:
    assert pairs_of(question, read_named(question, AS_OF, lexical_index)) == []


@pytest.mark.model
def test_two_places_are_told_in_a_table(ask: Ask) -> None:
    answer = ask("qui a reçu le plus de l'État par an, la Guyane ou la Réunion ?")
    first, second = (" ".join(texts) for texts in cells(answer, ASKED))
    assert answer.table is not None and answer.table["columns"] == ["Guyane", "La Réunion"]
    assert "2,2 M€" in first and "4,7 M€" in second


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("Dépôt du projet de contrat en 2024 et en 2025 : même période de l'année ?",
         "31 octobre 2024", "15 juillet 2025"),
        ("Objectifs obligatoires : en 2025 on en est à combien, et par rapport à 2020 ça donne "
         "quoi ?", "11 objectifs", "14 objectifs"),
    ],
)  # fmt: skip
def test_words_that_compare_leave_the_question_of_each_exercice(
    ask: Ask, question: str, before: str, after: str
) -> None:
    first, second = cells(ask(question), ASKED)
    assert any(before in text for text in first) and any(after in text for text in second)


@pytest.mark.parametrize(("first", "told"), [("La loi compte 49 articles.", MOST_TOLD),
                                             ("Ses titres :\n\n- titre I ;", 4)])  # fmt: skip
def test_a_side_is_told_by_what_it_opens_with_and_a_list_whole(
    first: str, told: int, lexical_ask: Ask, lexical_index: Index
) -> None:
    made = lexical_ask("Qui signe le contrat de 2020 ?").citations[0]

    def asked(request: Request, text: str) -> Draft:
        at = range(4 * ("2016" in text), 4 * ("2016" in text) + 4)
        citations = [replace(made, n=n % 4 + 1, start=n, end=n + 1) for n in at]
        claims = [Claim(f"{first} {n}", (n % 4 + 1,)) for n in at]
        kept, left = Caution("inferred", "Déduit [1] [4]", (1, 4)), Caution("conflict", "[4]", (4,))
        return Draft(claims=claims, citations=citations, warnings=[kept, left])

    question = "Laquelle a le plus d'articles : la loi de 2007 ou celle de 2016 ?"
    request = Request(question, AS_OF)
    named = read_named(question, AS_OF, lexical_index)
    draft = compared(request, question, named, Entries(lexical_index), lexical_index, asked)
    assert draft is not None and draft.table is not None
    assert [len(cell) for cell in draft.table["rows"][0]["cells"]] == [told, told]
    assert {one.kind for one in draft.warnings} >= {"inferred"}
    assert ("conflict" in {one.kind for one in draft.warnings}) == (told == 4)
