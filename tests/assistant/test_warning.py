"""Warnings: sides of a disagreement, what replaced a text or a date, how sure the quotes are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Caution, Citation
from assistant.checking import unproved
from assistant.citing import cite, claim
from assistant.extracting import Quote
from assistant.units import UnitReader
from assistant.warning import cautions, restated
from ingest.index import Index
from tests.assistant.conftest import AS_OF, Ask
from tests.assistant.test_checking import CITATION
from tests.assistant.test_evidence import weigher

PLAIN = replace(CITATION, evidence="official_text")


def cited(index: Index, *statements: tuple[str, str]) -> list[Citation]:
    """Citations of the first statement of each document that holds some words."""
    reader = UnitReader(index)
    units = [next(u for u in reader.document(d) if words in u.text) for d, words in statements]
    return cite([Quote((unit,), unit.start, unit.end) for unit in units], index)


def warned(
    index: Index, citations: list[Citation], question: str = "", as_of: date = AS_OF
) -> tuple[list[Caution], list[Citation]]:
    """Warnings of an answer to a question, with all its citations."""
    told, added = cautions(citations, weigher(question, index), as_of, index)
    return told, [*citations, *added]


def kinds(index: Index, citations: list[Citation], question: str, as_of: date = AS_OF) -> set[str]:
    return {one.kind for one in warned(index, citations, question, as_of)[0]}


SIGNED = ("instruction-2022-61", "La date de signature de l'instruction n° 2022/61")
EXCESS = ("circulaire-2021-25", "au lieu du 30 juin 2021")
FIRST_DATE = ("communique-2020-02-03", "La première date limite de signature")
RULE = ("circulaire-2020-34", "Le contrat de 2020 fait l'objet d'un bilan")


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"confidence": "disputed"}, "conflict"), ({"confidence": "inferred"}, "inferred"),
     ({"evidence": "press"}, "press_only")],
)  # fmt: skip
def test_a_citation_calls_for_its_warning(
    change: dict[str, Any], kind: str, lexical_index: Index
) -> None:
    (warning,) = warned(lexical_index, [replace(PLAIN, **change)])[0]
    assert (warning.kind, warning.citations) == (kind, (1,)) and "[1]" in warning.text


def test_a_sure_official_text_calls_for_no_warning(lexical_index: Index) -> None:
    assert warned(lexical_index, [PLAIN])[0] == [] == warned(lexical_index, [])[0]


def test_press_is_told_of_each_quote_and_of_no_other_evidence(lexical_index: Index) -> None:
    press = [replace(PLAIN, n=n, evidence="press", confidence="several") for n in (1, 4)]
    rest = [replace(PLAIN, n=2, evidence="official_page"), replace(PLAIN, n=3, evidence="other")]
    (warning,) = warned(lexical_index, [*press, *rest])[0]
    assert (warning.kind, warning.citations) == ("press_only", (1, 4))


def test_a_rewritten_claim_that_an_official_text_proves_too_is_not_of_the_press() -> None:
    press = replace(PLAIN, evidence="press")
    citations = [press, replace(PLAIN, n=2), replace(press, n=3)]
    claims = [replace(claim(PLAIN), citations=(1, 2)), replace(claim(PLAIN), citations=(3,))]
    given = [Caution("press_only", "Presse [1] [3].", (1, 3)), Caution("unverified", "Fin.")]
    told = restated(given, claims, citations)
    assert [(w.kind, w.citations) for w in told] == [("press_only", (3,)), ("unverified", ())]


def test_a_disagreement_gives_both_sides_and_what_to_retain(lexical_index: Index) -> None:
    told, citations = warned(
        lexical_index, cited(lexical_index, SIGNED), "Quel jour l'instruction 2022/61 est signée ?"
    )
    text = next(one.text for one in told if one.kind == "conflict")
    assert "18 février 2022" in text and "28 février 2022" in text and "À retenir" in text
    assert unproved(text.replace("[1]", ""), citations) == frozenset()


def test_a_disagreement_that_answers_by_itself_is_told_in_other_words_too(
    lexical_index: Index,
) -> None:
    question = "l'instruction 2022 elle est signée du combien de février ?"
    aside = cited(lexical_index, RULE)[0]
    disputed = replace(cited(lexical_index, SIGNED)[0], n=2)
    assert "conflict" in kinds(lexical_index, [replace(disputed, n=1)], question)
    assert "conflict" in kinds(lexical_index, [aside, disputed], question)
    plain = "sa date de signature, et les publications s'accordent-elles ?"
    assert "conflict" in kinds(lexical_index, [replace(disputed, n=1)], plain)
    assert "conflict" not in kinds(lexical_index, [aside, disputed], plain)


def test_a_disagreement_on_another_point_than_the_question_is_silent(lexical_index: Index) -> None:
    citations = cited(lexical_index, SIGNED)
    for question in ("Combien d'objectifs en 2022 ?", "Quel montant verse le FIR en 2022 ?"):
        assert "conflict" not in kinds(lexical_index, citations, question)


def test_two_quotes_that_give_two_sides_bring_the_statement_of_the_disagreement(
    lexical_index: Index,
) -> None:
    sides = ("circulaire-2020-34", "envoyée le 22 mai"), ("circulaire-2020-34", "mise en ligne")
    question = "Quand la circulaire de 2020 a-t-elle été diffusée ?"
    told, citations = warned(lexical_index, cited(lexical_index, *sides), question)
    (conflict,) = [one for one in told if one.kind == "conflict"]
    assert conflict.citations == (1, 2, 3) and citations[2].confidence == "disputed"


TOTAL = ("circulaire-2021-25", "Le total des trois sources de 2021")
FUND = ("directions-2021-05-19", "(FIR) : 33 M€")


@pytest.mark.parametrize(
    "question",
    ["Quelles sommes financent 2021 ?", "Compare l'argent de 2020 et de 2021",
     "Quels montants en 2021 ?"],
)  # fmt: skip
def test_a_quote_that_gives_one_side_of_its_own_subject_is_told_the_other(
    question: str, lexical_index: Index
) -> None:
    told, citations = warned(lexical_index, cited(lexical_index, TOTAL), question)
    (conflict,) = [one for one in told if one.kind == "conflict"]
    assert "155 M€" in conflict.text and "200 M€" in conflict.text
    assert citations[-1].confidence == "disputed" and conflict.citations == (1, 2)


@pytest.mark.parametrize(
    ("question", "statement"),
    [("Quel jour signer en 2021 ?", TOTAL), ("Quels montants en 2020 ?", TOTAL),
     ("Quels montants dans la circulaire n° 2021/25 ?", TOTAL), ("Quels montants ?", FUND)],
)  # fmt: skip
def test_a_side_that_another_question_quotes_is_silent(
    question: str, statement: tuple[str, str], lexical_index: Index
) -> None:
    assert "conflict" not in kinds(lexical_index, cited(lexical_index, statement), question)


def test_a_part_asked_beside_a_disputed_total_is_silent(lexical_index: Index) -> None:
    citations = cited(lexical_index, FUND, TOTAL)
    assert "conflict" not in kinds(lexical_index, citations, "Combien apporte le FIR en 2021 ?")
    assert "conflict" in kinds(lexical_index, citations, "Combien en 2021 ?")


def test_what_one_named_source_says_is_no_disagreement(lexical_index: Index) -> None:
    citations = cited(lexical_index, ("chiffres-de-reference", "ne comptent pas la même chose"))
    question = "Combien de {} fin 2022 dans les chiffres nationaux, mesures ou personnes ?"
    assert "conflict" in kinds(lexical_index, citations, question.format("mesures"))
    assert "conflict" not in kinds(
        lexical_index, citations, question.format("mesures selon l'ONPE")
    )


def test_a_date_that_another_replaced_is_no_disagreement(lexical_index: Index) -> None:
    statement = ("circulaire-2020-34", "Date limite du rapport d'exécution 2020")
    citations = cited(lexical_index, statement)
    question = "Le rapport d'exécution 2020 part avant le 30 juin 2021 ?"
    assert kinds(lexical_index, citations, question) - {"press_only"} == {"superseded"}


def test_a_replaced_date_brings_the_new_one(lexical_index: Index) -> None:
    question = "À quelle date les contrats de 2020 devaient-ils être signés ?"
    told, citations = warned(lexical_index, cited(lexical_index, FIRST_DATE), question)
    (warning,) = [one for one in told if one.kind == "superseded"]
    assert "15 octobre 2020" in warning.text and warning.citations == (1, 2)
    assert "15 octobre 2020" in citations[1].quote


def test_a_quote_that_gives_the_new_date_beside_the_old_needs_no_warning(
    lexical_index: Index,
) -> None:
    citations = cited(lexical_index, EXCESS)
    question = "Jusqu'à quand le rapport d'exécution 2020 pouvait-il être rendu ?"
    assert "superseded" not in kinds(lexical_index, citations, question)
    assert "superseded" in kinds(
        lexical_index, citations, "Je le rends le 30 juin 2021, d'accord ?"
    )


def test_a_value_that_the_quote_says_past_is_superseded_when_the_question_states_it(
    lexical_index: Index,
) -> None:
    citations = cited(lexical_index, ("decret-2025-900-pouponnieres", "contre 50 auparavant"))
    assert "superseded" in kinds(lexical_index, citations, "Une pouponnière de 50 places, ça va ?")
    assert "superseded" not in kinds(lexical_index, citations, "Une pouponnière de 25 places ?")


@pytest.mark.parametrize(
    ("document_id", "words", "kind", "by"),
    [("calpae-2019-2023", "Calpae", "superseded", "Contrats locaux des solidarités"),
     ("decret-2024-119", "n° 2024-119", "annulled", "Conseil d'État")],
)  # fmt: skip
def test_a_text_that_no_longer_holds_says_what_ended_it(
    document_id: str, words: str, kind: str, by: str, lexical_index: Index
) -> None:
    told, citations = warned(lexical_index, cited(lexical_index, (document_id, words)), "Et donc ?")
    (warning,) = [one for one in told if one.kind == kind]
    numbered = {c.n: c for c in citations}
    assert by in warning.text or by in " ".join(numbered[n].title for n in warning.citations)
    assert unproved(warning.text.split(" [")[0], [numbered[n] for n in warning.citations]) == set()


def test_a_question_on_the_exercice_of_a_replaced_text_asks_what_held_then(
    lexical_index: Index,
) -> None:
    citations = cited(lexical_index, ("calpae-2019-2023", "Calpae"))
    assert "superseded" not in kinds(lexical_index, citations, "Que prévoyait la Calpae en 2020 ?")


def test_quotes_of_the_past_are_announced_to_who_asks_for_now(lexical_index: Index) -> None:
    citations = cited(lexical_index, RULE)
    assert "other_exercice" in kinds(lexical_index, citations, "Quel bilan faut-il actuellement ?")
    assert "other_exercice" not in kinds(lexical_index, citations, "Quel bilan en 2020 ?")


def test_a_quote_of_another_exercice_than_the_one_named_is_announced(lexical_index: Index) -> None:
    elsewhere = replace(PLAIN, n=1, exercices=(2020,), quote="Le bilan est annuel.", locator="")
    inside = replace(PLAIN, n=2, exercices=(2022,))
    told = warned(lexical_index, [elsewhere, inside], "Quel bilan en 2022 ?")[0]
    assert [(w.kind, w.citations) for w in told] == [("other_exercice", (1,))]
    assert "2020" in told[0].text and "2022" not in told[0].text


@pytest.mark.parametrize(
    "change",
    [{"exercices": (2020, 2021, 2022)}, {"quote": "Pour 2020-2022, un bilan."},
     {"quote": "Un bilan de 2020 à 2022."}, {"locator": "Bilan de 2021"}, {"exercices": ()}],
)  # fmt: skip
def test_a_quote_over_several_years_that_hold_the_one_named_is_not(
    change: dict[str, Any], lexical_index: Index
) -> None:
    quote = replace(PLAIN, exercices=(2020,), quote="Le bilan est annuel.", locator="")
    citation = replace(quote, **change)
    assert "other_exercice" not in kinds(lexical_index, [citation], "Quel bilan en 2021 ?")


def test_the_day_the_corpus_was_checked_on_is_told_beyond_it(lexical_index: Index) -> None:
    citations = cited(lexical_index, RULE)
    told = warned(lexical_index, citations, "Quel bilan actuellement ?", date(2027, 5, 3))[0]
    assert "vérifié au" in next(one.text for one in told if one.kind == "unverified")
    assert "unverified" not in kinds(lexical_index, citations, "Quel bilan actuellement ?")


def test_registers_speak_only_through_documents_of_the_index(over_texts: Any) -> None:
    assistant = over_texts(instruction="L'instruction n° 2022/61 a été signée le 18 février 2022.")
    index = assistant._index()
    question = "Quel jour l'instruction 2022/61 est-elle signée : le 18 ou le 28 février 2022 ?"
    document_id = index.texts.document_ids[0]
    citations = cited(index, (document_id, "18 février"))
    assert "conflict" not in kinds(index, citations, question)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "kind"),
    [("Combien de départements dans la première vague, 30 ou 29 ?", "conflict"),
     ("Combien de personnes la commission d'enquête a-t-elle entendues ?", "conflict"),
     ("Le décret n° 2024-119 vaut-il encore ?", "annulled"),
     ("Le rapport d'exécution 2020 se rend bien le 30 juin 2021 ?", "superseded")],
)  # fmt: skip
def test_an_answer_over_the_corpus_warns(question: str, kind: str, ask: Ask) -> None:
    answer = ask(question)
    (warning,) = [one for one in answer.warnings if one.kind == kind]
    assert answer.status == "answered" and warning.citations
    assert {n for one in answer.warnings for n in one.citations} <= {c.n for c in answer.citations}


def test_an_article_of_a_code_asked_about_an_earlier_day_says_when_it_was_read(
    lexical_index: Index,
) -> None:
    article = cited(lexical_index, ("casf-informations-preoccupantes", "L226-3"))
    (before,) = [w for w in warned(lexical_index, article, as_of=date(2023, 1, 1))[0]
                 if w.kind == "unverified"]  # fmt: skip
    assert before.citations == (1,) and "1er janvier 2023" in before.text
    assert "unverified" not in kinds(lexical_index, article, "", date(2099, 1, 1))
