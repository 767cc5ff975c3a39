"""Asked as of a former day, nothing of later texts is told as a fact."""

from datetime import date

import pytest

from assistant.answer import Request
from assistant.answering import Assistant
from assistant.knowing import is_past, known_on
from assistant.units import document_units
from ingest.index import Index
from tests.assistant.conftest import AS_OF

EARLY = date(2020, 6, 1)


@pytest.mark.parametrize(
    "question",
    ["Quelle date limite pour les contrats 2022 ?", "Combien de crédits en 2021 ?",
     "Qu'est-ce qui change entre 2021 et 2022 ?", "Quelle est la date de la loi Taquet ?"],
)  # fmt: skip
def test_what_nobody_knew_yet_is_refused_and_later_texts_are_named(
    question: str, assistant: Assistant
) -> None:
    answer = assistant.answer(Request(question, EARLY))
    said = [w.text for w in answer.warnings if w.text.startswith("Ce qu'en disent")]
    assert answer.refusal is not None and not answer.claims
    assert said and "1er juin 2020" in said[0] and "connu depuis le" in said[0]


def test_the_dossier_of_a_departement_tells_only_what_was_known(assistant: Assistant) -> None:
    question = "Mon département, le Nord, que devons-nous remettre en 2022, et quand ?"
    early, now = (assistant.answer(Request(question, day)) for day in (EARLY, AS_OF))
    assert any("2022" in claim.text for claim in now.claims)
    assert not any("2022" in claim.text for claim in early.claims)
    assert any("connu depuis le 18 février 2022" in w.text for w in early.warnings)


@pytest.mark.parametrize(
    "question",
    ["Que doit remettre la Creuse en 2020, et quand ?", "Le contrat de 2020 est signé quand ?",
     "Qui sont les 30 départements retenus ?", "Combien l'État met-il en 2020 ?"],
)  # fmt: skip
def test_every_quote_of_a_former_day_was_known_then(
    question: str, assistant: Assistant, index: Index
) -> None:
    answer = assistant.answer(Request(question, EARLY))
    days = [c.signed_on or c.published_on for c in answer.citations]
    assert answer.citations and all(day is None or day <= EARLY for day in days)
    assert "27 novembre 2020" not in answer.text


def test_nothing_changes_from_the_day_the_corpus_was_checked(index: Index) -> None:
    known = known_on(AS_OF, index)
    texts = [index.texts.document(name) for name in index.texts.document_ids]
    assert not is_past(AS_OF, index) and is_past(EARLY, index)
    assert all(known(u) for text in texts if text for u in document_units(text))


def test_an_undated_text_tells_no_event_of_a_later_day(index: Index) -> None:
    text = index.texts.document("strategie-2019")
    assert text is not None
    known = known_on(EARLY, index)
    told = [unit.text for unit in document_units(text) if known(unit)]
    assert told and not any("30 avril 2022" in one for one in told)


def test_what_holds_since_a_later_day_is_not_told_of_a_former_one(assistant: Assistant) -> None:
    question = "Combien de membres a le CNPE ?"
    early, now = (assistant.answer(Request(question, d)) for d in (date(2022, 1, 1), AS_OF))
    assert any("66 membres" in claim.text for claim in now.claims)
    assert early.claims and not any("66 membres" in claim.text for claim in early.claims)
