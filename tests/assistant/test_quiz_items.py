"""Items of a quiz: proved keys, refuted wrong answers, the same quiz for the same seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from assistant.checking import is_exact, unproved
from assistant.entries import Entries
from assistant.teaching.facts import facts_of
from assistant.teaching.holdings import within
from assistant.teaching.items import Maker
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import QuizItem
from assistant.teaching.prompts import betrays, choice_prompt, true_false_prompt
from assistant.teaching.quizzing import allowed, asked_of, choices_of, quiz
from assistant.teaching.rivals import are_kin, pool
from corpus.collectivites import find_collectivites
from corpus.lexicon import folded_words
from corpus.quantities import find_quantities, normalised
from ingest.index import Index
from tests.assistant.quiz_materials import YEARS, everything, material_of, statements_of

INFORMATIONS = ("institution-crip", "casf-informations-preoccupantes", "decret-2022-1697")


@dataclass(frozen=True)
class Made:
    """A quiz, what it was made from and its bibliography."""

    name: str
    material: Material
    items: Sequence[QuizItem]
    bibliography: Bibliography


@pytest.fixture(scope="module")
def entries(index: Index) -> Entries:
    return Entries(index)


def _made(name: str, material: Material, entries: Entries, index: Index, most: int) -> Made:
    bibliography = Bibliography()
    return Made(name, material, quiz(material, entries, index, bibliography, most), bibliography)


@pytest.fixture(scope="module")
def quizzes(entries: Entries, index: Index) -> list[Made]:
    """Whole quizzes of three exercices and of some texts, and short ones."""
    materials = {str(year): material_of(entries, year) for year in (2020, 2021, 2025)}
    materials["informations"] = statements_of(entries, index, *INFORMATIONS)
    return [
        _made(name, one, entries, index, most)
        for name, one in materials.items()
        for most in (100, 8)
    ]


def faults(made: Made) -> list[str]:
    """What is said and not proved: key, options, reasons, prompts but those to be judged false."""
    found = []
    cited = {citation.n: citation for citation in made.bibliography.citations}
    for item in made.items:
        proofs = [cited[n] for n in item.key.citations]
        said = [(item.key.text, proofs), *((word, proofs) for word in item.order)]
        said += [(word, proofs) for pair in item.pairs for word in pair]
        for option in item.options:
            own = [cited[n] for n in option.citations]
            judged = [] if item.kind == "true_false" else [(option.text, own)]
            said += [(option.why, own), *judged]
        if item.kind != "true_false" or item.options[0].right:
            said.append((item.prompt, proofs))
        found += [f"{item.id}: {text} {unproved(text, own)}" for text, own in said
                  if not own or unproved(text, own)]  # fmt: skip
    return found


def supported(made: Made, index: Index) -> list[str]:
    """Wrong values of a gap that a statement of much the same words gives: another way to look
    than that of the quiz, by plain words and without weights."""
    found = []
    for item in made.items:
        _, opened, sentence = item.prompt.partition(" « ")
        if item.kind != "single" or not opened or "[…]" not in sentence:
            continue
        asked = sentence.rpartition(" »")[0]
        wanted = _words(asked)
        for option in item.options:
            value = {f"{q.kind}:{q.value}" for q in find_quantities(option.text)}
            for text in _anchored(index):
                alike = len(wanted & _words(text)) >= 0.8 * len(wanted)
                same = alike and value <= normalised(text) and _places(text) == _places(asked)
                if not option.right and same:
                    found.append(f"{item.id}: {option.text} / {text}")
    return found


@cache
def _places(text: str) -> frozenset[str]:
    return frozenset(m.collectivite.code for m in find_collectivites(f". {text}"))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in folded_words(text) if len(w) > 3 or w.isdigit())


def _anchored(index: Index) -> list[str]:
    documents = (index.texts.document(name) for name in index.texts.document_ids)
    return [d.text[a.start : a.end] for d in documents if d for a in d.anchors]


def shape_faults(items: Sequence[QuizItem]) -> list[str]:
    """Items whose options aren't as their kind wants them."""
    found = []
    for item in items:
        right = [option.right for option in item.options].count(True)
        wrong = len(item.options) - right
        texts = [option.text for option in item.options]
        right_shape = {
            "single": right == 1 and wrong >= 2,
            "multiple": right >= 1 and wrong >= 1,
            "true_false": texts == ["Vrai", "Faux"] and right == 1,
            "match": len({left for left, _r in item.pairs}) == len(item.pairs) >= 3
            and len({value for _l, value in item.pairs}) == len(item.pairs),
            "order": len(set(item.order)) == len(item.order) >= 3,
        }[item.kind]
        if not right_shape or len(set(texts)) < len(texts):
            found.append(item.id)
    return found


def test_all_that_a_quiz_says_is_proved_by_its_citations(quizzes: list[Made]) -> None:
    assert [fault for made in quizzes for fault in faults(made)] == []


def test_citations_of_a_quiz_are_exact_quotes(quizzes: list[Made], index: Index) -> None:
    citations = [c for made in quizzes for c in made.bibliography.citations]
    assert citations
    for one in citations:
        document = index.texts.document(one.document_id)
        assert document is not None and is_exact(one, document.text)


def test_no_wrong_value_is_in_a_statement_of_the_same_words(
    quizzes: list[Made], index: Index
) -> None:
    asked = [item for made in quizzes for item in made.items if "[…]" in item.prompt]
    assert len(asked) > 10
    assert [fault for made in quizzes for fault in supported(made, index)] == []


def asked(items: Sequence[QuizItem]) -> list[QuizItem]:
    """The items but those that put together what others ask."""
    return [item for item in items if not item.revises]


def test_options_are_as_their_kind_wants_them(quizzes: list[Made]) -> None:
    kinds = {item.kind for made in quizzes for item in made.items}
    assert kinds == {"single", "multiple", "true_false", "match", "order"}
    assert [fault for made in quizzes for fault in shape_faults(made.items)] == []


def test_no_statement_is_asked_twice_and_no_prompt_comes_back(quizzes: list[Made]) -> None:
    for made in quizzes:
        told = [n for item in asked(made.items) for n in set(item.key.citations)]
        assert len(set(told)) == len(told)
        assert len({item.prompt for item in made.items}) == len(made.items)


@pytest.mark.parametrize("least", [None, 100])
def test_a_quiz_has_as_many_questions_as_it_counts(
    least: int | None, entries: Entries, index: Index
) -> None:
    informed = statements_of(entries, index, *INFORMATIONS)
    for material in (informed, *(material_of(entries, year) for year in (2021, 2022, 2025))):
        items = asked(quiz(material, entries, index, Bibliography(), 100, least=least))
        told = [item.key.text for item in items]
        assert len(items) == allowed(material, entries, index) == len(set(told))


def test_true_is_never_much_likelier_than_false(quizzes: list[Made]) -> None:
    for made in quizzes:
        judged = [item.options[0].right for item in made.items if item.kind == "true_false"]
        assert judged.count(True) <= judged.count(False) + 1


def test_true_or_false_is_a_third_where_choices_can_be_had(entries: Entries, index: Index) -> None:
    for year in (2021, 2024, 2025):
        material = material_of(entries, year)
        items = asked(quiz(material, entries, index, Bibliography(), 8))
        judged = [item for item in items if item.kind == "true_false"]
        barred = [one for one in judged if one.fact not in choices_of(material, entries, index)]
        assert len(items) == 8 and len(judged) <= max(3, len(barred))


def test_a_quiz_on_who_entered_when_has_false_items(entries: Entries, index: Index) -> None:
    rows = material_of(entries, 2020)
    alone = Material(rows.order, "", eligibilities=rows.eligibilities)
    items = quiz(alone, entries, index, Bibliography(), 8)
    judged = Counter(item.options[0].right for item in items if item.kind == "true_false")
    assert len(asked(items)) == 8 and judged[True] >= 3 and judged[False] >= 3


def test_the_same_seed_gives_the_same_quiz(entries: Entries, index: Index) -> None:
    material = material_of(entries, 2022)
    first, again = (_made("", material, entries, index, 8) for _ in range(2))
    assert first.items == again.items
    assert first.bibliography.citations == again.bibliography.citations


def test_another_seed_gives_another_choice(entries: Entries, index: Index) -> None:
    first, other = (
        _made("", material_of(entries, 2022, seed), entries, index, 8) for seed in (1, 2)
    )
    assert [item.id for item in first.items] != [item.id for item in other.items]
    assert len(asked(first.items)) == len(asked(other.items)) == 8


def test_right_answers_stand_anywhere(quizzes: list[Made]) -> None:
    singles = [item for made in quizzes for item in made.items if item.kind == "single"]
    places = Counter([o.right for o in item.options].index(True) for item in singles)
    assert set(places) >= {0, 1, 2}
    assert max(places.values()) < 0.6 * len(singles)


def test_a_short_quiz_has_several_kinds(entries: Entries, index: Index) -> None:
    made = _made("", material_of(entries, 2022), entries, index, 8)
    assert len({item.kind for item in made.items}) >= 4


def test_a_quiz_ends_with_facts_put_together(entries: Entries, index: Index) -> None:
    """Five questions on the dates of 2020, then what puts some of them together, told as such."""
    rows = material_of(entries, 2020)
    dates = Material(rows.order, "", deadlines=rows.deadlines)
    items = quiz(dates, entries, index, Bibliography(), 20)
    alone, last = asked(items), [item for item in items if item.revises]
    assert 1 <= len(last) <= 2 and items == (*alone, *last)
    assert {item.kind for item in last} <= {"order", "match", "multiple"}
    told = " ".join(item.key.text for item in alone)
    for item in last:
        held = sum(sentence in told for sentence in item.key.text.split(". "))
        assert held >= 2 and item.prompt.startswith("Révision. ")
    only = quiz(dates, entries, index, Bibliography(), 3, least=3)
    assert len(only) == 3 and not any(item.revises for item in only)


def test_nothing_to_ask_gives_no_item(entries: Entries, index: Index) -> None:
    rows = material_of(entries, 2022)
    assert quiz(Material(rows.order, ""), entries, index, Bibliography(), 8) == ()
    assert quiz(rows, entries, index, Bibliography(), 0) == ()


@pytest.mark.long
@pytest.mark.parametrize("year", YEARS)
def test_every_exercice_and_seed_holds(year: int, entries: Entries, index: Index) -> None:
    for seed in (1, 2, 3):
        made = _made(str(year), material_of(entries, year, seed), entries, index, 200)
        assert len(asked(made.items)) == allowed(made.material, entries, index)
        assert faults(made) + shape_faults(made.items) + supported(made, index) == []


@pytest.mark.long
def test_the_whole_corpus_holds(entries: Entries, index: Index) -> None:
    made = _made("tout", everything(entries, index), entries, index, 1000)
    assert len(made.items) > 300  # none whose correction would answer another
    assert faults(made) + shape_faults(made.items) + supported(made, index) == []


def test_no_prompt_holds_its_answer_in_another_form(quizzes: list[Made]) -> None:
    for made in quizzes:
        for item in (one for one in made.items if one.kind == "single"):
            right = next(option.text for option in item.options if option.right)
            asked = {f"{q.kind}:{q.value}" for q in find_quantities(item.prompt)}
            for q in find_quantities(right):
                value = f"{q.kind}:{q.value}"
                assert not any(value == one or within(value, one) for one in asked), item.prompt


def test_a_date_told_twice_is_asked_by_the_name_of_its_event(
    entries: Entries, index: Index
) -> None:
    row = "calendar:date-instruction-2022-mise-en-ligne"
    fact = next(one for one in facts_of(material_of(entries, 2022)) if one.id == row)
    assert betrays(fact)
    for prompt in (choice_prompt(fact), true_false_prompt(fact, "7 août 2022")):
        assert "11 mars" not in prompt and "ise en ligne" in prompt


def test_wrong_dates_of_a_contract_come_from_the_contracts(entries: Entries, index: Index) -> None:
    material = material_of(entries, 2022)
    facts = facts_of(material)
    maker = Maker(entries, index, Bibliography(), pool(facts, material, entries), Random(1))
    asked = [f for f in facts if f.id in ("calendar:date-candidature-2022",
                                          "calendar:date-pieces-complementaires-2022")]  # fmt: skip
    assert len(asked) == 2
    for fact in asked:
        wrong = maker.wrong_for(fact, limits=False)
        assert len(wrong) >= 2 and all(are_kin(fact, one) for one in wrong)


def test_a_wrong_number_is_less_than_the_whole_that_the_sentence_gives(
    entries: Entries, index: Index
) -> None:
    material = statements_of(entries, index, "instruction-2022-61")
    facts = facts_of(material)
    maker = Maker(entries, index, Bibliography(), pool(facts, material, entries), Random(1))
    fact = next(f for f in facts if f.kind == "number" and "près de 30" in f.unit.text)
    assert all(float(one.value.partition(":")[2]) < 30 for one in maker.wrong_for(fact, least=1))


def test_a_delay_is_asked_with_delays_of_other_themes(entries: Entries, index: Index) -> None:
    material = statements_of(entries, index, *INFORMATIONS)
    assert "duration:3 mois" in {fact.value for fact in asked_of(material, entries, index)}


def test_a_fact_without_a_safe_wrong_answer_is_not_counted(entries: Entries, index: Index) -> None:
    material = statements_of(entries, index, *INFORMATIONS)
    alone = "institution-crip#N038b"  # nothing else counts indicators
    assert alone in {fact.id for fact in facts_of(material)}
    assert alone not in {fact.id for fact in asked_of(material, entries, index)}
