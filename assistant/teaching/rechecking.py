"""Wrong answers of a saved quiz beside today's index: one that a text now supports is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.entries import Entries
from assistant.teaching.bounds import holds
from assistant.teaching.distractors import refuted, supporters
from assistant.teaching.fact import ACTORS, Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.gaps import implied, shown
from assistant.teaching.joint_items import text_of
from assistant.teaching.material import Material
from assistant.teaching.pack import Order, QuizItem, QuizKind
from assistant.teaching.prompts import OBJECTIVES, capital, sentence, true_false_prompt
from assistant.teaching.rivals import register_facts
from assistant.units import document_units
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from ingest.index import Index

Wrong = tuple[Fact, str, str]
"""A fact, a value that it must not have, and that value in French."""


class Rechecker:
    """Refutes again what saved items call wrong, in one index: documents that were added since
    are read too."""

    def __init__(self, entries: Entries, index: Index) -> None:
        self._entries, self._index = entries, index

    def fault(self, item: QuizItem) -> str:
        """Why a wrong answer of an item may be right today, in French without a full stop; empty
        when none may, or when what is asked is no longer a fact that can be asked."""
        for fact, value, words in self._wrong(item):
            if value == fact.value:
                continue
            if item.kind in ("single", "true_false") and _is_within(fact, value, item.kind):
                title = fact.unit.document.identity.title
                return f"« {words} », donné pour faux, est vrai aussi : « {title} » dit une borne"
            if refuted(fact, value, self._entries, self._index):
                continue
            told = next(supporters(fact, value, self._entries, self._index), None)
            by = f" : « {told.unit.document.identity.title} »" if told else ""
            return f"« {words} », donné pour faux, peut désormais être juste{by}"
        return ""

    def _wrong(self, item: QuizItem) -> Iterator[Wrong]:
        if item.kind in ("match", "order"):
            yield from self._of_others(item)
        elif item.kind == "multiple":
            yield from self._of_choices(item)
        else:
            fact = self._fact(item)
            if fact is not None and item.kind == "single":
                for option in item.options:
                    if not option.right and (value := self._value(fact, option.text)):
                        yield fact, value, option.text
            elif fact is not None and item.options and not item.options[0].right:
                yield from self._of_sentence(fact, item.prompt)

    def _fact(self, item: QuizItem) -> Fact | None:
        """What an item asks, as the registers or its own statement say it today."""
        known = next((f for f in self._rows if f.id == item.fact), None)
        document_id = item.fact.partition("#")[0]
        document = self._index.texts.document(document_id) if known is None else None
        if document is None:
            return known
        told = Material(Order("", date.min), "", statements=document_units(document))
        return next((f for f in facts_of(told) if sentence(f.unit) == item.key.text), None)

    @property
    def _rows(self) -> tuple[Fact, ...]:
        return register_facts(self._entries)

    def _value(self, fact: Fact, words: str) -> str:
        """The normalised value that some words show; empty when they show none."""
        if fact.kind == "actor":
            return next((f"actor:{one}" for one in ACTORS if shown("actor", one) == words), "")
        if fact.kind in ("wave", "objective"):
            return f"{fact.kind}:{words}" if fact.kind == "wave" else self._wording(words)
        return next(
            (f"{q.kind}:{q.value}" for q in find_quantities(words) if q.kind == fact.kind), ""
        )

    def _wording(self, words: str) -> str:
        objectives = (f for f in self._rows if f.kind == "objective")
        return next((f.value for f in objectives if f.shown == words), "")

    def _of_sentence(self, fact: Fact, prompt: str) -> Iterator[Wrong]:
        """What a sentence to be judged false says in the place of the fact."""
        if fact.kind == "objective":
            for kind in OBJECTIVES:
                listed = replace(fact, subject=kind)
                if kind != fact.subject and true_false_prompt(listed, "") == prompt:
                    yield listed, fact.value, capital(OBJECTIVES[kind][0])
            return
        if fact.kind == "actor":
            given = [(f"actor:{one}", shown("actor", one)) for one in ACTORS]
        else:
            quantities = find_quantities(prompt)
            given = [
                (
                    f"{fact.kind}:{q.value}",
                    q.value if fact.kind == "wave" else shown(q.kind, q.value),
                )
                for q in quantities
                if q.kind == ("year" if fact.kind == "wave" else fact.kind)
            ]
        for value, words in given:
            if true_false_prompt(fact, words) == prompt:
                yield fact, value, words

    def _of_choices(self, item: QuizItem) -> Iterator[Wrong]:
        """What makes each wrong choice fit the question after all."""
        asked = self._fact(item)
        labels = self._labels(item)
        for option in item.options:
            if asked is None or option.right:
                continue
            if asked.kind == "objective":
                if value := self._wording(option.text):
                    yield asked, value, option.text
            elif other := labels.get(option.text):
                yield other, asked.value, option.text

    def _of_others(self, item: QuizItem) -> Iterator[Wrong]:
        """The value of each line given to each other one."""
        labels = self._labels(item)
        lines = item.order or tuple(left for left, _right in item.pairs)
        held = [labels[one] for one in lines if one in labels]
        for one in held:
            yield from ((one, other.value, other.shown) for other in held if other is not one)

    def _labels(self, item: QuizItem) -> Mapping[str, Fact]:
        """The facts of the kind of an item's own, of its exercices, by what a list calls them."""
        asked = self._fact(item)
        return {
            text_of(fact): fact
            for fact in self._rows
            if asked is not None
            and fact.kind == asked.kind
            and (fact.kind == "actor" or fact.exercices == asked.exercices)
        }


def _is_within(fact: Fact, value: str, kind: QuizKind) -> bool:
    """Whether the statement of a fact would still be true with another value in its place, by the
    threshold or the limit that it sets. A choice asks which limit: it is that one alone."""
    if value.startswith("date:--"):  # the options of a year that the question says show none
        value = f"date:{fact.value[5:9]}{value[6:]}"
    limits, text = kind == "true_false", fact.unit.text
    try:
        bounded = any(implied(text, gap, fact.value, value, limits) for gap in fact.gaps)
        return bounded or holds(fact, value)
    except ValueError:  # « 30 février », written by hand: no day is that one
        return False


def contradicts(old: QuizItem, today: QuizItem) -> bool:
    """Whether an item of today's quiz on the same fact calls right what a saved one calls wrong,
    pairs otherwise, or puts two steps in the other order."""
    right = {fold(option.text) for option in today.options if option.right}
    wrong = {fold(option.text) for option in old.options if not option.right}
    if "vrai" not in right | wrong and "faux" not in right | wrong and right & wrong:
        return True
    pairs = dict(today.pairs)
    if any(pairs.get(left, said) != said for left, said in old.pairs):
        return True
    common = [one for one in old.order if one in today.order]
    return common != [one for one in today.order if one in common]
