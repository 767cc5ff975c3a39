"""Items on one fact: single choice, true or false."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from assistant.citing import cite
from assistant.entries import Entries
from assistant.proofs import quote_of
from assistant.teaching.bounds import holds
from assistant.teaching.dating import brought_to, of_year, without_year, year_given
from assistant.teaching.distractors import refuted
from assistant.teaching.fact import Fact
from assistant.teaching.gaps import implied, shown
from assistant.teaching.knowing import is_known
from assistant.teaching.material import Bibliography
from assistant.teaching.pack import Option, Proved, QuizItem
from assistant.teaching.plausible import is_absurd
from assistant.teaching.prompts import (
    FALSE,
    TRUE,
    choice_prompt,
    label,
    not_of,
    proof_of,
    sentence,
    told_of,
    true_false_prompt,
)
from assistant.teaching.rivals import OF_A_FAMILY, are_kin, facts_like, rivals
from assistant.units import Unit
from corpus.registry import Eligibility
from ingest.index import Index

WRONG_OPTIONS = 3
"""Wrong options of a choice, at most; two at least."""
_CHOSEN_AMONG = 6


@dataclass(frozen=True, slots=True)
class Maker:
    """What items are made with: the proofs, the wrong answers at hand, the seed's chance, the day
    after which no text is known, the prompts of another group, used where there is no other,
    among how many wrong answers chance chooses."""

    entries: Entries
    index: Index
    bibliography: Bibliography
    pool: Sequence[Fact]
    chance: random.Random
    day: date = date.max
    avoided: frozenset[str] = frozenset()
    among: int = _CHOSEN_AMONG

    def numbers(self, *units: Unit) -> tuple[int, ...]:
        """Numbers of the quotes of some statements in the pack's bibliography."""
        return self.bibliography.numbers(cite([quote_of(u) for u in units], self.index))

    def key(self, fact: Fact) -> Proved:
        """The right answer: the statement that proves it."""
        numbers = self.numbers(fact.unit)
        return Proved(fact.id, sentence(fact.unit), numbers, label(fact), fact.exercices)

    def right(self, fact: Fact, text: str) -> Option:
        """A right option, with the statement that proves it."""
        return Option(text, True, proof_of(fact), self.numbers(fact.unit))

    def wrong(self, fact: Fact, text: str) -> Option:
        """A wrong option made of another fact, with the statement that it really is of."""
        return Option(text, False, told_of(fact), self.numbers(fact.unit))

    def not_of(self, fact: Fact, text: str) -> Option:
        """A wrong option of a list, with the statement that says what it is of."""
        return Option(text, False, not_of(fact), self.numbers(fact.unit))

    def refuted(self, fact: Fact, value: str) -> bool:
        """Whether the corpus supports a value for a fact under no reading."""
        return refuted(fact, value, self.entries, self.index)

    def wrong_for(
        self, fact: Fact, least: int = 2, limits: bool = True, year: str = ""
    ) -> list[Fact]:
        """Refuted rivals of a fact, some of the likeliest by chance; empty under ``least``.

        Taken from the whole corpus where the theme has too few, dates of the theme brought to
        the year before those of other texts. A value with which the sentence
        would still be true (« au moins ») is none of them, nor with ``limits`` one that a limit
        implies (« au plus tard »). Where the question says the ``year``, a date is of that year
        or, when too few are, all are brought to it and show none.
        """
        found = chain(rivals(fact, self.pool), _wider(fact, self.index))
        if not year:
            return self._sampled(fact, found, least, limits)
        dates = list(found)
        kin = [one for one in dates if are_kin(fact, one)]
        tries = [of_year(kin, year), brought_to(kin, year), of_year(dates, year)]
        tries.append(brought_to(dates, year))
        if fact.kind == "month":  # a month without its year says too little
            tries = [tries[0], tries[2]]
        chosen = (self._sampled(fact, one, least, limits) for one in tries)
        return next((found for found in chosen if found), [])

    def _sampled(self, fact: Fact, found: Iterable[Fact], least: int, limits: bool) -> list[Fact]:
        kept: dict[str, Fact] = {}
        for rival in found:
            if rival.value in kept or not is_known(rival.unit, self.day):
                continue
            if _implied(fact, rival, limits) or is_absurd(fact, rival):
                continue
            if self.refuted(fact, rival.value):
                kept[rival.value] = rival
            if len(kept) == self.among:
                break
        if len(kept) < least:
            return []
        chosen = list(kept.values())
        kin = [one for one in chosen if fact.kind in OF_A_FAMILY and are_kin(fact, one)]
        if kin:  # two likely answers are worth more than three, one of them odd
            others = [one for one in chosen if one not in kin]
            chosen = [*kin, *others[: max(0, least - len(kin))]]
        return self.chance.sample(chosen, min(WRONG_OPTIONS, len(chosen)))


def item_of(
    fact: Fact, maker: Maker, before: Iterable[QuizItem], to_come: int = 0
) -> QuizItem | None:
    """A choice or, once in three and where wrong answers lack, true or false; ``to_come`` more
    items can be but true or false.

    True and false stay even: ``None`` for a fact whose every other value may be right, where more
    items are true than false already.
    """
    done = list(before)
    kinds = [item.kind for item in done]
    judged = [item.options[0].right for item in done if item.kind == "true_false"]
    more_true = judged.count(True) - judged.count(False)
    false = more_true > 0 or (more_true == 0 and maker.chance.random() < 0.5)
    makers: list[Callable[[Fact, Maker], QuizItem | None]]
    makers = [_single, _false if false else _true]
    if (kinds.count("true_false") + to_come) * 2 < kinds.count("single"):
        makers.reverse()
    used = {item.prompt for item in done}
    for barred in (used | maker.avoided, used) if maker.avoided else (used,):
        for make in (*makers, _false if more_true > 0 else _true):
            item = make(fact, maker)
            if item is not None and item.prompt not in barred and not _offers_again(item, done):
                return item
    return None


def can_be_chosen(fact: Fact, maker: Maker) -> bool:
    """Whether a fact has two wrong answers that are safe, for a choice."""
    return _single(fact, maker) is not None


def can_be_judged_false(fact: Fact, maker: Maker) -> bool:
    """Whether a fact has a wrong answer that is safe to be told and judged false."""
    return _false(fact, maker) is not None


def _offers_again(item: QuizItem, done: Iterable[QuizItem]) -> bool:
    """Whether a choice has the very options of another one: two questions that look alike."""
    mine = {option.text for option in item.options}
    alike = (o for o in done if o.kind == item.kind == "single")
    return any(mine == {option.text for option in other.options} for other in alike)


def _single(fact: Fact, maker: Maker) -> QuizItem | None:
    """One right answer among three or four; ``None`` when too few wrong ones are refuted."""
    prompt = choice_prompt(fact)
    year = year_given(fact, prompt)
    wrong = maker.wrong_for(fact, limits=False, year=year)
    if not wrong:
        return None
    yearless = bool(year) and not all(one.shown.endswith(year) for one in wrong)
    right = without_year(fact.shown) if yearless else fact.shown
    options = [maker.right(fact, right), *(maker.wrong(one, one.shown) for one in wrong)]
    maker.chance.shuffle(options)
    return QuizItem(f"single:{fact.id}", "single", prompt, fact.id, maker.key(fact), tuple(options))


def _false(fact: Fact, maker: Maker) -> QuizItem | None:
    """A refuted value in the place of the right one; ``None`` when there is none."""
    if fact.kind == "objective":
        return _other_list(fact, maker)
    if fact.kind == "wave":
        return _other_wave(fact, maker)
    year = year_given(fact, fact.words)
    wrong = maker.wrong_for(fact, least=1, year=year)
    if not wrong:
        return None
    other = wrong[0] if not year else replace(wrong[0], shown=shown(*_parted(wrong[0].value)))
    options = (maker.wrong(other, TRUE), maker.right(fact, FALSE))
    prompt = true_false_prompt(fact, other.shown)
    return QuizItem(
        f"true_false:{fact.id}", "true_false", prompt, fact.id, maker.key(fact), options
    )


def _parted(value: str) -> tuple[str, str]:
    kind, _, plain = value.partition(":")
    return kind, plain


def _other_list(fact: Fact, maker: Maker) -> QuizItem | None:
    """An objective said to be of another list, where nothing says so."""
    lists = {one.subject: one for one in maker.pool if one.kind == "objective"}
    others = [
        one
        for subject, one in lists.items()
        if subject != fact.subject
        and maker.refuted(replace(fact, subject=subject, exercices=one.exercices), fact.value)
    ]
    if not others:
        return None
    prompt = true_false_prompt(replace(fact, subject=maker.chance.choice(others).subject), "")
    return _denied(fact, maker, prompt)


def _other_wave(fact: Fact, maker: Maker) -> QuizItem | None:
    """A collectivité said to have entered in a year when others did, where nothing says so."""
    waves = sorted({entry.row.wave for entry in maker.entries.of(Eligibility)})
    others = [
        wave
        for wave in waves
        if wave.isdigit() and wave != fact.shown and maker.refuted(fact, f"wave:{wave}")
    ]
    if not others:
        return None
    return _denied(fact, maker, true_false_prompt(fact, maker.chance.choice(others)))


def _denied(fact: Fact, maker: Maker, prompt: str) -> QuizItem:
    """What the fact's own statement denies."""
    right = maker.right(fact, FALSE)
    options = (Option(TRUE, False, right.why, right.citations), right)
    return QuizItem(
        f"true_false:{fact.id}", "true_false", prompt, fact.id, maker.key(fact), options
    )


def _true(fact: Fact, maker: Maker) -> QuizItem:
    right = maker.right(fact, TRUE)
    options = (right, Option(FALSE, False, right.why, right.citations))
    prompt = true_false_prompt(fact, fact.shown)
    return QuizItem(
        f"true_false:{fact.id}", "true_false", prompt, fact.id, maker.key(fact), options
    )


def _wider(fact: Fact, index: Index) -> Iterator[Fact]:
    """Rivals of a fact in the whole corpus, read only when asked for."""
    yield from rivals(fact, facts_like(fact, index))


def _implied(fact: Fact, other: Fact, limits: bool) -> bool:
    text, right = fact.unit.text, fact.value
    bounded = any(implied(text, gap, right, other.value, limits) for gap in fact.gaps)
    return bounded or holds(fact, other.value)
