"""Follow-ups: a question that leans on the ones before keeps their subject, and no more.

The subject is the last whole question, amended turn by turn: « et en 2022 ? » changes its
exercice, « et le Cher ? » its collectivité, « et le préfet ? » who acts. What a turn asks of it
(« combien ? », « qui paie ? ») is added for that turn only, so a long conversation doesn't drift.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Turn
from assistant.asking import read_question
from assistant.cohorts import find_cohorts
from assistant.exercices import Year, dated, find_years
from assistant.leaning import Leaning, content_terms, names_something, read_leaning
from assistant.phrases import actors, asks, for_whom, text_names, without_questions
from assistant.places import find_places
from assistant.spans import NEAR_CHARS, Span, flat, replaced, tidied

_CONTRACTED = {"du ": "de ", "des ": "de ", "au ": "à ", "aux ": "à "}
_ARTICLES = ("la ", "le ", "les ", "l'", *_CONTRACTED)
_OPENING = re.compile(r"^(?:et|mais|idem|pareil|aussi|du coup|sinon)\b[ ,]*", re.IGNORECASE)
_TEXT_KIND = re.compile(r"\b(?:circulaire|instruction|loi|decret|arrete|ordonnance)\b")
_WAVE = re.compile(r"\bvague\b")
_THAT_OF = re.compile(r"\bcel(?:le|ui)(?= (?:de|du|d'))")
_RANKED = re.compile(r"\b(?:premiere|deuxieme|seconde|troisieme)\b(?! vague)")
_IN = ("en ", "de ", "d'", "pour ", "sur ", "du ", "le ")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands by itself.

    ``text`` is what to search: relative years are written out in it, and what a follow-up leaves
    unsaid is back. ``exercices``, ``departement`` (a code) and ``text_id`` (the document of a
    former turn's frame) are what it is about. ``kept`` says that a former subject was taken along,
    ``cites`` that the words of the texts are asked for, ``why`` that a reason is.
    """

    text: str
    exercices: tuple[int, ...] = ()
    departement: str | None = None
    text_id: str | None = None
    kept: bool = False
    cites: bool = False
    why: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """The last whole question, amended; the last one asked; and the frame of the last answer."""

    base: str
    last: str
    departement: str | None = None
    text_id: str | None = None


def resolved(question: str, history: Sequence[Turn], as_of: date | None = None) -> Resolved:
    """``question`` as it would be asked alone, after the turns of ``history``, oldest first.

    Args:
        as_of: the day of the question; without it relative years stay as they are.
    """
    subject: _Subject | None = None
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
    return Resolved(
        text=one.last,
        exercices=tuple(dict.fromkeys(y.value for y in _exercices(one.last, as_of))),
        departement=places[0].collectivite.code if places else one.departement,
        text_id=one.text_id,
        kept=kept,
        cites=kept and leaning.cites,
        why=leaning.why,
    )


def with_subject(question: str, history: Sequence[Turn], as_of: date | None = None) -> str:
    """The text to search for ``question`` after ``history``."""
    return resolved(question, history, as_of).text


def _asked(
    question: str, leaning: Leaning, subject: _Subject | None, as_of: date | None
) -> _Subject:
    """The subject once a question is asked."""
    if subject is None:
        text = dated(question, as_of) if as_of else question
        return _Subject(text, text)
    if not leaning.kept:
        text = dated(leaning.text, as_of) if as_of else leaning.text
        return _Subject(text, text)
    if leaning.cites and not names_something(leaning.text):
        return subject
    if leaning.why:
        said = _joined(without_questions(subject.last), leaning.text)
        return replace(subject, last=said)
    return _amended(subject, leaning, as_of)


def _amended(subject: _Subject, leaning: Leaning, as_of: date | None) -> _Subject:
    """The former subject with what a follow-up changes in it, then what it adds for its turn."""
    base, said = subject.base, leaning.text
    if as_of:
        former = [year.value for year in _exercices(base, as_of)]
        said = dated(said, as_of, former[0] if former else None)
    said = _spelled_out(base, said)
    rest, text_id = said, subject.text_id
    if text_names(said):
        base, rest = _swapped(base, rest, text_names)
        text_id = None
    moved, rest = _with_year(base, rest, as_of)
    text_id = text_id if moved == base else None
    base, rest = _with_place(moved, rest)
    departement = None if find_places(said) else subject.departement
    if find_cohorts(said):
        base, rest = _swapped(base, rest, _waves)
        if find_cohorts(rest):
            base = replaced(base, [(one.span, "") for one in find_cohorts(base)])
    for reader in (for_whom, actors):
        base, rest = _swapped(base, rest, reader)
    if not leaning.asked and not asks(rest) and not content_terms(_without(rest, actors(rest))):
        base = _with_detail(base, rest)
        return _Subject(base, base, departement, text_id)
    new = leaning.asked and not leaning.asked & read_question(base).asked
    last = _joined(without_questions(base) if new else base, said)
    return _Subject(base, last, departement, text_id)


def _exercices(text: str, as_of: date | None) -> list[Year]:
    """The exercices that a text names; only those written out when no day is known."""
    years = find_years(text, as_of or date.max)
    return [y for y in years if y.role == "exercice" and (y.stated or as_of)]


def _with_year(base: str, said: str, as_of: date | None) -> tuple[str, str]:
    """The base with the year that a follow-up names, and what else the follow-up says."""
    new = _exercices(said, as_of)
    spans = list(dict.fromkeys(year.span for year in _exercices(base, as_of)))
    if not new or not spans:
        return base, said
    (first, end), *others = _led(base, spans)
    words = _year_words(base[first:end], new) if len({y.span for y in new}) == 1 else ""
    changes = [((first, end), words), *((span, "") for span in others)]
    rest = replaced(said, [(span, "") for span in _led(said, {y.span for y in new})])
    return replaced(base, changes), rest if words else said


def _year_words(former: str, new: Sequence[Year]) -> str:
    """« de 2021 » in the place of « du 20 février 2020 », « en 2021 » in that of « en 2020 »."""
    lead = next((word for word in _IN if flat(former).startswith(word)), "")
    spoken = str(new[0].value) if len(new) == 1 else f"{new[0].value} à {new[-1].value}"
    return {"du ": "de ", "le ": "en ", "d'": "de "}.get(lead, lead) + spoken


def _led(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans with the preposition before each."""
    low = flat(text)
    return [_opened(low, span, _IN) for span in spans]


def _opened(low: str, span: Span, words: Sequence[str]) -> Span:
    start, end = span
    before = low[max(start - NEAR_CHARS, 0) : start]
    lead = next((w for w in words if before == w or before.endswith((" " + w, "'" + w))), "")
    return start - len(lead), end


def _with_place(base: str, said: str) -> tuple[str, str]:
    """The base with the place that a follow-up names in the stead of its own."""
    new, old = find_places(said), find_places(base)
    if not new or not old:
        return base, said
    (start, end), *_ = spans = [_with_article(said, (m.start, m.end)) for m in new]
    words = said[start:end]
    words = next((words[len(a) :] for a in _CONTRACTED if flat(words).startswith(a)), words)
    changes: list[tuple[Span, str]] = []
    for place in old:
        first, last = _with_article(base, (place.start, place.end))
        lead = next((b for a, b in _CONTRACTED.items() if flat(base)[first:].startswith(a)), "")
        changes.append(((first, last), "" if changes else lead + words))
    if len(new) > 1:
        return replaced(base, [(span, "") for span, _words in changes]), said
    named = replaced(base, changes)
    for apart, joined in (
        ("à le ", "au "),
        ("de le ", "du "),
        ("à les ", "aux "),
        ("de les ", "des "),
    ):
        named = named.replace(f" {apart}", f" {joined}")
    return named, replaced(said, [(span, "") for span in spans])


def _with_article(text: str, span: Span) -> Span:
    return _opened(flat(text), span, _ARTICLES)


def _swapped(base: str, said: str, reader: Callable[[str], list[Span]]) -> tuple[str, str]:
    """The base with its only phrase of a sort replaced by that of a follow-up, and the rest of it.

    With several in either, or none in the base, nothing tells which one is meant: it is added.
    """
    old, new = reader(base), reader(said)
    if len(old) != 1 or len(new) != 1:
        return base, said
    (start, end), (first, last) = old[0], new[0]
    rest = said[:first] + said[last:]
    if content_terms(rest):
        return base, said
    return tidied(base[:start] + said[first:last] + base[end:]), rest


def _waves(text: str) -> list[Span]:
    entries = [one.span for one in find_cohorts(text) if one.standing == "entry"]
    return [_with_article(text, span) for span in entries]


def _spelled_out(base: str, said: str) -> str:
    """« celle de 2016 » is a law, « la deuxième » a wave, when the base speaks of one."""
    kind = _TEXT_KIND.search(flat(base))
    if kind:
        article = "l'" if kind[0][0] in "aeio" else "le " if kind[0] == "decret" else "la "
        said = replaced(
            said, [(m.span(), article + kind[0]) for m in _THAT_OF.finditer(flat(said))]
        )
    if _WAVE.search(flat(base)):
        said = replaced(
            said, [((m.end(), m.end()), " vague") for m in _RANKED.finditer(flat(said))]
        )
    return said


def _with_detail(base: str, rest: str) -> str:
    """The base with a place, a year or an actor that it lacked, before its question mark."""
    detail = _OPENING.sub("", rest).strip(" ,.:;?!")
    if not any(char.isalnum() for char in detail):
        return base
    return f"{base.rstrip(' ?.!')}, {detail} ?"


def _without(text: str, spans: Sequence[Span]) -> str:
    return replaced(text, [(span, "") for span in spans])


def _joined(base: str, said: str) -> str:
    return f"{base}{' ' if base.endswith(('?', '.', '!', ':')) else '. '}{said}"
