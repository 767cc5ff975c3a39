"""The check of cases: what nothing proves is refused, by a line that names the case."""

from typing import Any

import pytest

from corpus.types import Anchor, Document, Identity
from evals.checking import faults, statements_of
from tests.evals.answers import a_case

STATEMENTS = (
    ("F1", "Le contrat est signé avant le 30 septembre 2021."),
    ("F2a", "Le fonds d'intervention régional apporte 33 M€."),
    ("F2b", "La protection maternelle reçoit 12 M€."),
)
EXPECTED: dict[str, Any] = {"facts": ("F1",), "expected": (("30 septembre 2021",),)}


def a_document() -> Document:
    text, anchors = "", []
    for fact, statement in STATEMENTS:
        start = len(text)
        text += statement
        anchors.append(Anchor(start, len(text), (fact,), "single", "press", ("A1",)))
        text += "\n\n"
    text += "La conférence se tient le 4 mai 2022."
    return Document("note", text, Identity("Note"), anchors=tuple(anchors))


def of(*cases: Any) -> list[str]:
    return faults(cases, [a_document()], fewest=len(cases))


def test_a_proved_case_has_no_fault() -> None:
    assert of(a_case(**EXPECTED)) == []


def test_an_accepted_wording_among_several_is_enough() -> None:
    assert of(a_case(facts=("F1",), expected=(("fin septembre", "30/09/2021"),))) == []


def test_a_fact_that_no_statement_names_is_refused() -> None:
    found = of(a_case(**EXPECTED | {"facts": ("F1", "F999")}))
    assert found == ["q1 : le fait F999 n'est dans aucun énoncé du corpus."]


@pytest.mark.parametrize("kind", ["expected", "okay"])
def test_a_wording_that_its_facts_do_not_prove_is_refused(kind: str) -> None:
    wrong = EXPECTED | {kind: (("30 septembre 2021",), ("12 M€",))}
    (fault,) = of(a_case(**wrong))
    assert (
        fault
        == "q1 : « 12 M€ » ne se lit pas dans ce qui le prouve (F1) ; mais se lit dans F2, F2b."
    )


def test_a_case_without_any_proof_is_refused() -> None:
    (fault,) = of(a_case(expected=(("3 juin 1998",),)))
    assert fault.endswith("(aucun fait n'est donné).")


def test_a_document_proves_what_no_anchor_says() -> None:
    assert of(a_case(documents=("note",), expected=(("4 mai 2022",),))) == []


def test_a_document_that_the_corpus_lacks_is_refused() -> None:
    found = of(a_case(**EXPECTED, documents=("loi",)))
    assert found == ["q1 : le document « loi » n'est pas dans le corpus."]


def test_a_fact_that_the_corpus_cut_has_the_statements_of_its_parts() -> None:
    statements = statements_of([a_document()])
    assert statements["F2"] == statements["F2a"] + statements["F2b"]
    assert of(a_case(facts=("F2",), expected=(("33 M€",), ("12 M€",)))) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "refused", "refusal": "out_of_scope"}, "un cas à refuser n'attend aucun fait."),
        ({"status": "refused", "expected": ()}, "un cas à refuser dit quel refus est attendu."),
        ({"refusal": "out_of_scope"}, "un cas à répondre n'attend aucun refus."),
        ({"expected": ()}, "un cas à répondre attend au moins un fait ou un avertissement."),
        (
            {"forbidden": ("septembre",)},
            "« 30 septembre 2021 » est attendu, mais contient l'erreur interdite « septembre ».",
        ),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(fields: dict[str, Any], said: str) -> None:
    assert of(a_case(**EXPECTED | fields)) == [f"q1 : {said}"]


def test_a_forbidden_neighbour_is_sound() -> None:
    assert of(a_case(**EXPECTED, forbidden=("15 octobre 2020",))) == []


def test_an_id_used_twice_is_refused() -> None:
    case = a_case(**EXPECTED)
    assert of(case, case) == ["q1 : 2 cas portent cet identifiant."]


def test_cases_of_one_base_share_their_split_and_facts() -> None:
    other = {"id": "q2", "base": "q1", "split": "validation", "facts": ("F2",)}
    found = of(a_case(**EXPECTED), a_case(**other, expected=(("33 M€",),)))
    assert found == [
        "q2 : sa part (validation) n'est pas celle de q1, de même base.",
        "q2 : ses faits ne sont pas ceux de q1, de même base.",
    ]


def test_too_few_cases_is_a_fault() -> None:
    found = faults([a_case(**EXPECTED)], [a_document()])
    assert found == ["Il faut au moins 300 cas, il y en a 1."]
