"""Follow-ups: a question that leans on the ones before keeps their subject, and no more.

The subject is the last whole question, amended turn by turn: « et en 2022 ? » changes its
exercice, « et le Cher ? » its collectivité, « et le préfet ? » who acts. What a turn asks of it
(« combien ? », « qui paie ? ») is added for that turn only, so a long conversation doesn't drift.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.amending import Subject, amended, exercices_in, joined
from assistant.answer import Turn
from assistant.exercices import dated
from assistant.leaning import Leaning, names_something, read_leaning
from assistant.phrases import without_questions
from assistant.places import find_places


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands by itself.

    ``text`` is what to search: relative years are written out in it, and what a follow-up leaves
    unsaid is back. ``exercices``, ``departement`` (a code) and ``text_id`` (the document of a
    former turn's frame) are what it is about. ``kept`` says that a former subject was taken along,
    ``cites`` that the words of the texts are asked for, ``why`` that a reason is. ``former`` is
    the question that it goes back to as a whole: the one whose reason is asked, or of which
    nothing but the exercice changes; empty when there is none. ``again`` are the turns up to the
    one whose very words are asked for.
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
            subject = replace(
                asked,
                departement=turn.departement or asked.departement,
                text_id=turn.text or asked.text_id,
            )
    leaning = read_leaning(question)
    if leaning.idle:
        return Resolved(question)
    kept = subject is not None and leaning.kept
    one = _asked(question, leaning, subject, as_of)
    places = find_places(one.last)
    former = subject.last if subject and kept and leaning.why else ""
    if subject and kept and not (leaning.why or leaning.cites):
        former = subject.base if _is_dated_otherwise(subject.base, one, as_of) else ""
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
    )


def each_resolved(
    parts: Sequence[str], history: Sequence[Turn], as_of: date | None = None
) -> list[Resolved]:
    """Each of several questions asked at once as it would be asked alone.

    One that leans continues what was asked before it, in the same message too; any other keeps
    the first of them for its circumstances.
    """
    turns = list(history)
    found: list[Resolved] = []
    for part in parts:
        one = resolved(part, turns, as_of)
        if found and not one.kept:
            one = replace(one, text=joined(found[0].text, one.text))
        found.append(one)
        turns.append(Turn(part))
    return found


def _only_cites(leaning: Leaning) -> bool:
    return leaning.cites and not names_something(leaning.text)


def _last_asked(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns up to the last one that asks for more than the words of an answer."""
    for end in range(len(history), 0, -1):
        leaning = read_leaning(history[end - 1].question)
        if not leaning.idle and not _only_cites(leaning):
            return tuple(history[:end])
    return ()


def _is_dated_otherwise(former: str, one: Subject, as_of: date | None) -> bool:
    """Whether a question asks the former one again, for another exercice and nothing else."""
    before, after = (
        {year.value for year in exercices_in(text, as_of)} for text in (former, one.base)
    )
    places = [{p.collectivite.code for p in find_places(text)} for text in (former, one.base)]
    return one.last == one.base and bool(after - before) and places[0] == places[1]


def with_subject(question: str, history: Sequence[Turn], as_of: date | None = None) -> str:
    """The text to search for ``question`` after ``history``."""
    return resolved(question, history, as_of).text


def _asked(question: str, leaning: Leaning, subject: Subject | None, as_of: date | None) -> Subject:
    """The subject once a question is asked."""
    if subject is None:
        text = dated(question, as_of) if as_of else question
        return Subject(text, text)
    if not leaning.kept:
        text = dated(leaning.text, as_of) if as_of else leaning.text
        return Subject(text, text)
    if _only_cites(leaning):
        return subject
    if leaning.why:
        said = joined(without_questions(subject.last), leaning.text)
        return replace(subject, last=said)
    return amended(subject, leaning, as_of)
