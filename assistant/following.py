"""Follow-ups: a question that leans on the ones before keeps their subject, and no more.

The subject is the last whole question, amended turn by turn: « et en 2022 ? » changes its
exercice, « et le Cher ? » its collectivité, « et le préfet ? » who acts. What a turn asks of it
(« combien ? », « qui paie ? ») is added for that turn only, so a long conversation doesn't drift.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from assistant.amending import Subject, amended, exercices_in, joined
from assistant.answer import Turn
from assistant.asking import read_question
from assistant.cohorts import find_cohorts
from assistant.danger import smells_of_danger
from assistant.exercices import dated
from assistant.leaning import Leaning, content_terms, is_whole, names_something, read_leaning
from assistant.parting import parts_of, stands_alone
from assistant.phrases import without_questions
from assistant.places import find_places
from assistant.provenance import asks_whence, sources_asked
from assistant.spans import flat, inside

_ENDS = "?!.;"
"""What ends a sentence: the next part is another one."""

_SIGNED = re.compile(r"\b(?:contrat|avenant)s?\b")
_SIGNING = re.compile(r"\b(?:a|ont|avons|avez) signe\b")
_WE = re.compile(r"(?:nous|on|j)\b")
_TITLE = re.compile(r"([^:?!.;\n]{2,80}?) ?:\s")
_BREAKS = re.compile(r" ?[,;:.](?= ?\S)| et (?=on |nous )")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands by itself.

    ``text`` is what to search: relative years are written out in it, and what a follow-up leaves
    unsaid is back. ``exercices``, ``departement`` (a code) and ``text_id`` (the document of a
    former turn's frame) are what it is about. ``kept`` says that a former subject was taken along,
    ``cites`` that the words of the texts are asked for, ``why`` that a reason is. ``former`` is
    the question that it goes back to as a whole: the one whose reason is asked, or of which
    nothing but the exercice or the place changes; empty when there is none. ``again`` are the
    turns up to the one whose very words are asked for.
    """

    text: str
    exercices: tuple[int, ...] = ()
    departement: str | None = None
    text_id: str | None = None
    kept: bool = False
    cites: bool = False
    why: bool = False
    former: str = ""
    again: tuple[Turn, ...] = ()
    own: str = ""
    """What it asks by itself when a former subject was taken along and something new is asked."""
    same: bool = False
    """Whether it asks the former question again, of another exercice, place or actor."""


def resolved(question: str, history: Sequence[Turn], as_of: date | None = None) -> Resolved:
    """``question`` as it would be asked alone, after the turns of ``history``, oldest first.

    Args:
        as_of: the day of the question; without it relative years stay as they are.
    """
    subject: Subject | None = None
    for turn in history:
        leaning = read_leaning(turn.question)
        if not leaning.idle:
            asked = _asked(turn.question, leaning, subject, as_of)
            if subject and leaning.kept and leaning.why:  # a reason is no question to ask again
                asked = subject
            subject = replace(
                asked,
                departement=turn.departement or asked.departement,
                text_id=turn.text or asked.text_id,
            )
    leaning = read_leaning(question)
    if leaning.idle:
        return Resolved(question)
    kept = subject is not None and leaning.kept
    if subject and leaning.kept and _leaves_danger(subject, leaning):
        subject, leaning, kept = None, replace(leaning, kept=False), False
    one = _asked(question, leaning, subject, as_of)
    places = find_places(one.last)
    former = subject.last if subject and kept and leaning.why else ""
    if subject and kept and not (leaning.why or leaning.cites):
        former = subject.last if _is_framed_otherwise(subject.last, one, as_of) else ""
    return Resolved(
        text=one.last,
        exercices=tuple(dict.fromkeys(y.value for y in exercices_in(one.last, as_of))),
        departement=places[0].collectivite.code if places else one.departement,
        text_id=one.text_id,
        kept=kept,
        cites=kept and leaning.cites,
        why=kept and leaning.why,
        former=former,
        again=_last_asked(history) if kept and _only_cites(leaning) else (),
        own=leaning.text if kept and not (one.same or leaning.why or leaning.cites) else "",
        same=kept and one.same and not (leaning.why or leaning.cites),
    )


def each_resolved(
    parts: Sequence[str], history: Sequence[Turn], as_of: date | None = None
) -> list[Resolved]:
    """Each of several questions asked at once as it would be asked alone.

    One that leans continues what was asked before it, in the same message too; one that says of
    what it asks only keeps what the sentence names (« … en 2025 et nb objectifs »); any other
    keeps the first of them for its circumstances.
    """
    found: list[Resolved] = []
    parts = list(parts)
    for place, part in enumerate(parts):
        if told := _beside(parts, place):
            said = joined(title, part) if place and (title := _title(parts[0])) else part
            frame = found[-1].text if found else told
            found.append(resolved(_in_frame(said, frame, as_of), (), as_of))
            continue
        if found and asks_whence(part):
            found.append(resolved(joined(found[-1].text, part), (), as_of))
            continue
        one = resolved(part, (*history, *_asked_before(parts, place)), as_of)
        if found and not one.kept and is_whole(part):
            one = resolved(_in_frame(part, found[0].text, as_of), (), as_of)
        elif found and not one.kept:
            text = joined(_told(found[0].text, part), one.text)
            one = replace(one, text=text, own=part)
            parts[place] = one.text  # what comes next goes on with all of it
        found.append(one)
    return found


def each_again(
    question: str, history: Sequence[Turn], as_of: date | None = None
) -> list[tuple[str, Resolved]]:
    """Each question of the former message asked again, when ``question`` only changes their frame.

    « et en 2022 ? » after « combien de FIR, et quel total ? » asks both of 2022. Empty when the
    former message asked one question, or when this one asks something else.

    Returns:
        each question in the person's words, its frame changed, with what it asks alone.
    """
    former: list[tuple[str, str]] = []
    for place, turn in enumerate(history):
        leaning = read_leaning(turn.question)
        if leaning.idle or leaning.cites or leaning.why:
            continue
        if again := _each_amended(turn.question, former, as_of):
            former = [(words, one.text) for words, one in again]
            continue
        parts = parts_of(turn.question, leaning.kept and place > 0)
        each = each_resolved(parts, history[:place], as_of) if len(parts) > 1 else []
        former = [(part, one.text) for part, one in zip(parts, each, strict=False)]
    return _each_amended(question, former, as_of)


def _each_amended(
    question: str, former: Sequence[tuple[str, str]], as_of: date | None
) -> list[tuple[str, Resolved]]:
    found = [
        (resolved(question, (Turn(words),), as_of), resolved(question, (Turn(text),), as_of))
        for words, text in former
    ]
    if not all(one.same for _words, one in found):
        return []
    return [(words.text, one) for words, one in found]


def _asked_before(parts: Sequence[str], place: int) -> list[Turn]:
    """What a question may go on with in its own message: the ones before it, but no more than
    the title of its sentence (« CNPE : nb de sièges ») when it asks for another kind of thing."""
    title, part = _title(parts[0]), parts[place]
    if not title or any(one[-1] in _ENDS for one in parts[:place]):
        return [Turn(one) for one in parts[:place]]
    told = [one if _title(one) else joined(title, one) for one in parts[:place]]
    return [Turn(one) for one in told if _asks_alike(one, part)] or [Turn(title)]


def _asks_alike(first: str, part: str) -> bool:
    return bool(read_question(first).asked & read_question(part).asked - {"other", "yes_no"})


def _told(first: str, part: str) -> str:
    """What a question tells another of the same message: all of it when both ask for the same
    kind of thing (« combien ont été annoncés ? »), else no more than what it is about, which
    stands first in « parrainage : qui donne son accord ? »."""
    return first if _asks_alike(first, part) else _title(first) or without_questions(first)


def _title(question: str) -> str:
    """What a question is told to be about before it is asked; empty when nothing is."""
    title = _TITLE.match(question)
    return title[1] if title and content_terms(title[1]) else ""


def _beside(parts: Sequence[str], place: int) -> str:
    """The part whose sentence one goes on with, or begins, when neither needs the other's
    question; empty when there is none."""
    before, part = parts[place - 1] if place else "", parts[place]
    if before and before[-1] not in _ENDS and stands_alone(part):
        return before
    after = parts[place + 1] if place + 1 < len(parts) else ""
    opens = not place and after and part[-1] not in _ENDS
    return after if opens and stands_alone(after) else ""


def _in_frame(part: str, other: str, as_of: date | None) -> str:
    """A part with the exercices, the collectivité and the cohort that only the other one names."""
    cohorts = find_cohorts(other)
    entries = [one.span for one in cohorts]
    said = []
    if not exercices_in(part, as_of):
        named = [y for y in exercices_in(other, as_of) if not inside(y.span, entries)]
        years = sorted({year.value for year in named})
        said += [f"en {' et '.join(map(str, years))}"] if years else []
    if not find_places(part):
        said += [place.collectivite.name for place in find_places(other)]
    if not find_cohorts(part):
        said += [other[slice(*one.span)] for one in cohorts]
    if not _SIGNED.search(flat(part)):
        contract = [match[0] for match in islice(_SIGNED.finditer(flat(other)), 1)]
        said += contract or (["contrat"] if _SIGNING.search(flat(other)) else [])
    return ", ".join([part.rstrip(" ?.!,"), *said])


def _entered(text: str, as_of: date | None) -> str:
    """A question whose asker first tells of an entry (« on a signé en 2021, … ») and asks about
    another exercice, told as the texts do: « départements entrés en 2021, … » finds their rules."""
    first = next(iter(find_cohorts(text)), None)
    if first is None or first.standing != "entry" or len(first.years) != 1:
        return text
    start, end = first.span
    low = flat(text)
    others = [y for y in exercices_in(text, as_of) if not inside(y.span, [first.span])]
    if not others or not _WE.match(low, start) or not _BREAKS.match(low, end):
        return text
    return f"{text[:start]}départements entrés en {first.years[0]}{text[end:]}"


def _leaves_danger(subject: Subject, leaning: Leaning) -> bool:
    """Whether a follow-up has its own subject after words that told of a child in danger: what
    they say of that child isn't what it asks about."""
    return len(content_terms(leaning.text)) > 1 and smells_of_danger(subject.base)


def _only_cites(leaning: Leaning) -> bool:
    return leaning.cites and not names_something(leaning.text)


def _last_asked(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns up to the last one that asks for more than the words of an answer."""
    for end in range(len(history), 0, -1):
        leaning = read_leaning(history[end - 1].question)
        if not leaning.idle and not _only_cites(leaning):
            return tuple(history[:end])
    return ()


def _is_framed_otherwise(former: str, one: Subject, as_of: date | None) -> bool:
    """Whether a question asks the former one again, for another exercice or another place."""
    before, after = (
        {year.value for year in exercices_in(text, as_of)} for text in (former, one.last)
    )
    places = [{p.collectivite.code for p in find_places(text)} for text in (former, one.last)]
    if places[0] == places[1]:
        return one.same and bool(after - before)
    return one.same and bool(places[0] and places[1])


def with_subject(question: str, history: Sequence[Turn], as_of: date | None = None) -> str:
    """The text to search for ``question`` after ``history``."""
    return resolved(question, history, as_of).text


def _asked(question: str, leaning: Leaning, subject: Subject | None, as_of: date | None) -> Subject:
    """The subject once a question is asked."""
    if subject is None or not leaning.kept:
        said = question if subject is None else leaning.text
        text = sources_asked(_entered(dated(said, as_of) if as_of else said, as_of))
        return Subject(text, text)
    if _only_cites(leaning):
        return subject
    if leaning.why:
        said = joined(without_questions(subject.last), leaning.text)
        return replace(subject, last=said)
    return amended(subject, leaning, as_of)
