"""Drafts of several questions become one: numbers, parts and refusals hold together."""

from dataclasses import replace

from assistant.answer import Caution, Nearby
from assistant.checking import markers
from assistant.citing import claim
from assistant.drafting import Draft
from assistant.merging import corrected, left_asked, merged, renumbered, said_before
from tests.ui.fakes import answered

FIRST, SECOND, THIRD = answered().citations


def draft(*cited: object, **fields: object) -> Draft:
    citations = [replace(c, n=n) for n, c in enumerate(cited, 1)]  # type: ignore[type-var]
    return Draft(citations=citations, claims=[claim(c) for c in citations], **fields)  # type: ignore[arg-type]


def test_citations_are_numbered_once_over_all_parts() -> None:
    whole = merged([("a ?", draft(FIRST, SECOND)), ("b ?", draft(THIRD))])
    assert [c.n for c in whole.citations] == [1, 2, 3]
    assert [one.citations for one in whole.claims] == [(1,), (2,), (3,)]
    assert [part.claims for part in whole.parts] == [(0, 1), (2,)]


def test_a_passage_quoted_twice_is_one_citation_and_one_claim() -> None:
    whole = merged([("a ?", draft(FIRST)), ("b ?", draft(SECOND, FIRST))])
    assert len(whole.citations) == len(whole.claims) == 2
    assert [part.claims for part in whole.parts] == [(0,), (1,)]


def test_each_part_is_refused_by_itself() -> None:
    none = Draft(refusal="not_in_corpus", nearby=(Nearby("note", "Note"),))
    whole = merged([("a ?", draft(FIRST)), ("b ?", none)])
    assert whole.refusal is None and whole.nearby == none.nearby
    assert [(p.status, p.refusal) for p in whole.parts] == [
        ("answered", None),
        ("refused", "not_in_corpus"),
    ]


def test_the_whole_is_refused_when_all_parts_are() -> None:
    parts = [("a ?", Draft(refusal="out_of_scope")), ("b ?", Draft(refusal="not_in_corpus"))]
    assert merged(parts).refusal == "out_of_scope"


def test_markers_of_warnings_follow_their_citations() -> None:
    one, two = draft(FIRST, SECOND), draft(THIRD, SECOND)
    two.warnings.append(Caution("inferred", "Déduit [1] et [2].", (1, 2)))
    (warning,) = merged([("a ?", one), ("b ?", two)]).warnings
    assert list(warning.citations) == list(markers(warning.text)) == [3, 2]


def test_a_warning_given_twice_is_given_once() -> None:
    one, two = draft(FIRST), draft(FIRST)
    for each in (one, two):
        each.warnings.append(Caution("inferred", "Déduit [1].", (1,)))
    assert len(merged([("a ?", one), ("b ?", two)]).warnings) == 1


def test_a_warning_of_two_parts_is_one_with_all_its_citations() -> None:
    one, two = draft(FIRST, SECOND), draft(THIRD)
    one.warnings.append(Caution("press_only", "Presse [2].", (2,)))
    two.warnings.append(Caution("press_only", "Presse [1].", (1,)))
    (warning,) = merged([("a ?", one), ("b ?", two)]).warnings
    assert (warning.text, warning.citations) == ("Presse [2] [3].", (2, 3))


def test_warnings_that_say_different_things_stay_apart() -> None:
    one, two = draft(FIRST), draft(SECOND)
    one.warnings.append(Caution("conflict", "Le 18 ou le 28 [1]", (1,)))
    two.warnings.append(Caution("conflict", "155 ou 200 [1]", (1,)))
    assert len(merged([("a ?", one), ("b ?", two)]).warnings) == 2


def test_two_claims_of_one_quote_become_one() -> None:
    twice = draft(FIRST, FIRST, SECOND)
    twice.table = {"columns": ["a"], "rows": [{"label": "b", "cells": [[1], [2]]}]}
    once = renumbered(twice)
    assert [c.n for c in once.citations] == [1, 2] and len(once.claims) == 2
    assert once.table == {"columns": ["a"], "rows": [{"label": "b", "cells": [[0], [1]]}]}


def test_a_part_answered_in_parts_keeps_them() -> None:
    inner = merged([("b ?", draft(SECOND)), ("c ?", draft(THIRD))])
    whole = merged([("a ?", draft(FIRST)), ("b ? c ?", inner)])
    assert [(p.question, p.claims) for p in whole.parts] == [
        ("a ?", (0,)),
        ("b ?", (1,)),
        ("c ?", (2,)),
    ]


def saying(*texts: str, **fields: object) -> Draft:
    cited = (replace(FIRST, start=n, quote=text) for n, text in enumerate(texts, len(texts[0])))
    return draft(*cited, **fields)


def test_what_a_former_part_says_is_pointed_at_when_nothing_else_answers() -> None:
    whole = merged([("a ?", draft(FIRST, SECOND)), ("b ?", draft(FIRST))])
    assert [part.claims for part in whole.parts] == [(0, 1), (0,)]
    assert said_before(whole.parts) == [frozenset(), frozenset({0})]


def test_a_sentence_that_says_no_more_in_other_words_is_left_out() -> None:
    first = "Le contrat de 2020 porte sur 11 objectifs obligatoires, selon Weka."
    again = saying("Selon Weka, le contrat de 2020 porte sur 11 objectifs obligatoires.", "Autre.")
    whole = merged([("a ?", saying(first)), ("b ?", again)])
    assert [one.text for one in whole.claims] == [first, "Autre."]
    assert [c.n for c in whole.citations] == [1, 2]


def test_a_sentence_that_denies_or_tells_another_figure_is_kept() -> None:
    texts = ["Le contrat porte sur 11 objectifs.", "Le contrat ne porte pas sur 11 objectifs.",
             "Le contrat porte sur 12 objectifs."]  # fmt: skip
    whole = merged([(f"{n} ?", saying(text)) for n, text in enumerate(texts)])
    assert [one.text for one in whole.claims] == texts


def test_a_part_opens_with_what_it_asks() -> None:
    said = saying("Le contrat de l'Isère court de 2022 à 2024.", "Il vaut 7 M€ sur trois ans.")
    whole = merged([("a ?", draft(SECOND)), ("quel montant ?", said)])
    assert whole.parts[1].claims == (2, 1)
    parts = [("a ?", draft(SECOND)), ("et en Isère ?", said)]
    assert merged(parts).parts[1].claims == (1, 2)
    assert merged(parts, ["a ?", "quel montant en Isère ?"]).parts[1].claims == (2, 1)


def test_what_is_asked_after_a_premise_is_refused_by_itself() -> None:
    said = draft(FIRST, SECOND, warnings=[Caution("false_premise", "Contredit [1].", (1,))])
    question = "puisque tous y sont obligés, quelle sanction ?"
    asked = left_asked(said, question)
    whole = corrected(question, said, asked, Draft(refusal="out_of_scope"))
    assert [(p.question, p.refusal) for p in whole.parts] == [
        (question, None),
        ("quelle sanction ?", "not_in_corpus"),
    ]
    assert len(whole.claims) == 1 and not left_asked(draft(FIRST), question)
