"""Chosen units made into quotes: contiguous, whole lists, nothing twice."""

import pytest

from assistant.asking import read_question
from assistant.evidence import Evidence, Weigher
from assistant.extracting import quotes, select
from assistant.framing import read_named
from assistant.listing import missing_items, weigh_lists
from assistant.units import UnitReader, document_units
from ingest.index import Index
from ingest.reading.content import RawBlock
from tests.assistant.conftest import AS_OF, Ask, document


def weighed(question: str, index: Index, *document_ids: str) -> tuple[list[Evidence], Weigher]:
    """All fitting evidence of some documents, best first, by words alone."""
    scale = Weigher(index, read_question(question), read_named(question, AS_OF, index))
    units = [u for d in document_ids for u in UnitReader(index).document(d)]
    found = [scale.weigh(u, None, 1.0) for u in units]
    fitting = [e for e in found if e.fits]
    return sorted(fitting, key=lambda e: (-e.score, e.unit.key)), scale


def chosen(question: str, index: Index, *document_ids: str) -> list[Evidence]:
    found, scale = weighed(question, index, *document_ids)
    return selected(question, found, scale, index)


def selected(question: str, found: list[Evidence], scale: Weigher, index: Index) -> list[Evidence]:
    """What is chosen once the lists are whole."""
    reader = UnitReader(index)
    lists = weigh_lists(found, reader, scale)
    found = [*found, *missing_items(found, lists, reader, scale)]
    return select(found, lists, read_question(question), scale)


def test_a_quote_is_exactly_its_span(lexical_index: Index) -> None:
    found = chosen("Quelles pièces pour l'avenant 2021 ?", lexical_index, "circulaire-2021-25")
    for quote in quotes(found):
        assert quote.text == quote.units[0].document.text[quote.start : quote.end] != ""


def test_a_list_asked_for_comes_whole_with_its_lead_in(lexical_index: Index) -> None:
    question = "Quelles sont les pièces obligatoires pour l'avenant financier de 2021 ?"
    text = quotes(chosen(question, lexical_index, "circulaire-2021-25"))[0].text
    assert text.startswith("L'avenant financier de 2021")
    for piece in ("bilan", "tableau de bord", "plan d'actions"):
        assert piece in text


def test_items_that_no_search_found_come_with_their_list(lexical_index: Index) -> None:
    question = "Quelles sont les pièces obligatoires pour l'avenant financier de 2021 ?"
    found, scale = weighed(question, lexical_index, "circulaire-2021-25")
    items = [e for e in found if e.unit.group == found[0].unit.group]
    kept = [e for e in found if e not in items[1:]]
    whole = [e.unit.key for e in selected(question, found, scale, lexical_index)]
    assert len(items) > 2
    assert [e.unit.key for e in selected(question, kept, scale, lexical_index)] == whole


def test_a_single_fact_gets_a_single_quote(lexical_index: Index) -> None:
    question = "Quand signer au plus tard les contrats et avenants en 2021 ?"
    found = quotes(chosen(question, lexical_index, "circulaire-2021-25"))
    assert "30 septembre 2021" in found[0].text and len(found) <= 3


def test_quotes_never_overlap(lexical_index: Index) -> None:
    question = "Quels sont les montants et les dates de la contractualisation ?"
    found = chosen(question, lexical_index, *lexical_index.texts.document_ids[:6])
    spans: dict[str, int] = {}
    for quote in quotes(found):
        document_id = quote.units[0].document.document_id
        assert quote.start >= spans.get(document_id, 0)
        spans[document_id] = quote.end


def test_items_that_follow_each_other_are_one_quote(lexical_index: Index) -> None:
    made = document(
        RawBlock("paragraph", "Trois pièces :"),
        *(RawBlock("item", text) for text in ("un bilan ;", "un plan ;", "un tableau.")),
    )
    scale = Weigher(
        lexical_index, read_question("pièces"), read_named("pièces", AS_OF, lexical_index)
    )
    found = [scale.weigh(u, None, 1.0) for u in document_units(made)]
    (quote,) = quotes(found)
    assert quote.text.startswith("Trois pièces :") and quote.text.endswith("un tableau.")


def test_units_apart_are_quotes_apart_the_best_first(lexical_index: Index) -> None:
    made = document(*(RawBlock("paragraph", f"Phrase numéro {n} du bilan.") for n in range(3)))
    scale = Weigher(
        lexical_index, read_question("bilan"), read_named("bilan", AS_OF, lexical_index)
    )
    first, _middle, last = (scale.weigh(u, None, 1.0) for u in document_units(made))
    assert [q.text for q in quotes([last, first])] == [last.unit.text, first.unit.text]


def test_the_same_unit_twice_is_quoted_once(lexical_index: Index) -> None:
    found = chosen("Quand signer en 2021 ?", lexical_index, "circulaire-2021-25")
    assert quotes([*found, *found]) == quotes(found)


def test_a_line_like_another_is_no_repetition_when_its_figure_is_new(lexical_index: Index) -> None:
    made = document(
        RawBlock("heading", "Dotations", 2),
        RawBlock("paragraph", "La dotation des jeunes majeurs du premier versement est de 100 €."),
        RawBlock("paragraph", "La dotation des jeunes majeurs du second versement est de 200 €."),
        RawBlock("paragraph", "La dotation des jeunes majeurs du versement second est de 200 €."),
    )
    scale = Weigher(
        lexical_index,
        read_question(q := "dotation jeunes majeurs"),
        read_named(q, AS_OF, lexical_index),
    )
    found = [scale.weigh(unit, None, 1.0) for unit in document_units(made)]
    told = [e.unit.text for e in select(found, [], scale.question, scale)]
    assert len(told) == 2 and {"100 €" in text for text in told} == {True, False}


@pytest.mark.model
def test_who_acts_is_not_told_beside_what_names_nobody(ask: Ask) -> None:
    told = [claim.text for claim in ask("Qui signe le contrat ?").claims]
    assert "préfet" in told[0] and not any("au plus tard" in text for text in told)


@pytest.mark.model
def test_a_fact_is_proved_by_the_text_that_made_the_rule(ask: Ask) -> None:
    for question in ("Date limite de signature en 2021 ?", "Date limite de signature en 2024 ?"):
        first = ask(question).citations[0]
        assert first.document_id.startswith(("circulaire-", "instruction-")), question


def test_a_count_comes_without_the_other_numbers_of_its_subject(ask: Ask) -> None:
    """The capacity of a pouponnière, and neither how long one stays there nor its staff."""
    answer = ask("Combien de places dans une pouponnière ?")
    assert answer.claims and all("places" in claim.text for claim in answer.claims)
