"""What a follow-up changes in the subject of a conversation: its exercice, place, cohort, actor.

« et en 2022 ? » after « la date limite en 2021 ? » asks « la date limite en 2022 ? ».
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking import Asked, read_question
from assistant.cohorts import asked_cohorts, find_cohorts
from assistant.exercices import Year, dated
from assistant.leaning import Leaning, content_terms, names_something
from assistant.phrases import (
    actors,
    asks,
    for_whom,
    is_of_now,
    moments,
    text_names,
    without_questions,
    years_apart,
)
from assistant.places import find_places
from assistant.spans import Span, flat, replaced, tidied
from assistant.swapping import exercices_in as exercices_in
from assistant.swapping import led, opened, swapped, with_article, with_place, with_year

_OPENING = re.compile(r"^(?:et|mais|idem|pareil|aussi|du coup|sinon)\b[ ,]*", re.IGNORECASE)
_TEXT_KIND = re.compile(r"\b(?:circulaire|instruction|loi|decret|arrete|ordonnance)\b")
_WAVE = re.compile(r"\bvague\b")
_THAT_OF = re.compile(r"\bcel(?:le|ui)(?= (?:de|du|d'))")
_RANKED = re.compile(r"\b(?:premiere|deuxieme|seconde|troisieme)\b(?! vague)")
_IT_IS = re.compile(r"(?:^|[ ,])(?:c'est|c'était|ça fait|ça faisait|ce sera)$", re.IGNORECASE)
_OURSELVES = re.compile(
    r"^(?:(?:pour|chez|a) )?(?:nous|moi|(?:notre|mon) (?:departement|collectivite))(?:-memes?)?$"
)
_OTHERS = re.compile(r"\b(?:pour |a )?(?:les|aux) autres(?: departements)?\b(?! \w)")
_STANDING = (
    *("deja ", "les nouveaux ", "nouveaux ", "le nouveau ", "un nouveau ", "nouveau "),
    *("les nouvelles ", "nouvelles ", "un nouvel ", "le nouvel ", "nouvel "),
)
_NEW, _FORMER = "pour les nouveaux", "pour ceux déjà signataires"


# A wave is told by its rank: what goes on its name says nothing more.
_OF_WAVE = re.compile(
    r"(?: (?:premiers|suivants|d'apres|autres|nouveaux|restants|departements|territoires))+(?!\w)"
)
_DATED: frozenset[Asked] = frozenset({"deadline", "date", "amount", "quantity"})
"""What differs from one exercice to the next: asked of a wave, it is asked of its year."""
_SAME_KIND: tuple[frozenset[Asked], ...] = (
    frozenset({"deadline", "date"}),
    frozenset({"amount", "count", "quantity", "percent"}),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The last whole question, amended; the last one asked; and the frame of the last answer.

    ``same``: the last one asks the one before it again, of another exercice, place or actor.
    """

    base: str
    last: str
    departement: str | None = None
    text_id: str | None = None
    same: bool = False


def amended(subject: Subject, leaning: Leaning, as_of: date | None) -> Subject:
    """The former subject with what a follow-up changes in it, then what it adds for its turn.

    « et nous ? » asks the same; « et la Creuse ? » asks the last question again, be it one that
    was added to the subject for its turn.
    """
    base, said = subject.base, leaning.text
    if _OURSELVES.match(flat(_OPENING.sub("", said)).rstrip(" ?.!")):
        return replace(subject, same=True)
    if as_of:
        said = _dated_after(
            exercices_in(base, as_of) or exercices_in(subject.last, as_of), said, as_of
        )
    said = _the_others(base, _spelled_out(base, said))
    text_id = subject.text_id
    if text_names(said) or with_year(base, said, as_of)[0] != base:
        text_id = None
    departement = None if find_places(said) else subject.departement
    base, rest = _moved(base, said, as_of)
    if _only_moves(subject.base, base, rest, leaning):
        base = last = _with_detail(base, rest)
        if subject.last != subject.base and not leaning.asked:
            last = _with_detail(*_moved(subject.last, said, as_of))
        return Subject(base, last, departement, text_id, same=True)
    new = (leaning.asked or asks(rest)) and not leaning.asked & read_question(base).asked
    last = joined(without_questions(base) if new else base, said)
    return Subject(base, last, departement, text_id)


def _dated_after(former: Sequence[Year], said: str, as_of: date) -> str:
    """A follow-up with its years written out, those that count from the former's too."""
    if former:
        years = [(span, f"en {former[0].value + step}") for span, step in years_apart(said)]
        said = replaced(said, years) if years else said
    return dated(said, as_of, former[0].value if former else None)


def _moved(base: str, said: str, as_of: date | None) -> tuple[str, str]:
    """The base with the text, year, place, cohort, moment and actor that a follow-up names in the
    stead of its own, and what else the follow-up says."""
    rest = said
    if text_names(said):
        base, rest = swapped(base, rest, text_names)
    if is_of_now(said) and not exercices_in(said, as_of):
        base = _without(base, led(base, {year.span for year in exercices_in(base, as_of)}))
    base, rest = with_place(*with_year(base, rest, as_of))
    if find_cohorts(said):
        dateless = read_question(base).asked & _DATED and not exercices_in(base, as_of)
        base, rest = swapped(base, rest, _waves)
        entered = [one.years[0] for one in find_cohorts(said) if len(one.years) == 1]
        if dateless and entered and rest != said:
            base = _with_detail(base, f"en {entered[0]}")
        if find_cohorts(rest):
            base = _without_cohorts(base)
    for reader in (moments, for_whom, actors):
        base, rest = swapped(base, rest, reader)
    return base, rest


def _only_moves(before: str, after: str, rest: str, leaning: Leaning) -> bool:
    """Whether a follow-up says nothing but what changes, or asks for it as the former question
    did: « et pour la Creuse, c'est combien ? »."""
    if content_terms(_without(rest, [*actors(rest), *moments(rest)])):
        return False
    if not leaning.asked and not asks(rest):
        return True
    former = read_question(before).asked
    framed = before != after or names_something(leaning.text)
    return framed and any(leaning.asked & kind and former & kind for kind in _SAME_KIND)


def _waves(text: str) -> list[Span]:
    low, entries = flat(text), [m.span for m in find_cohorts(text) if m.standing == "entry"]
    longer = [(span, _OF_WAVE.match(low, span[1])) for span in entries]
    return [with_article(text, (s[0], more.end() if more else s[1])) for s, more in longer]


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


def _the_others(base: str, said: str) -> str:
    """« les autres » of the new ones are those already in the contracts, and the reverse."""
    exercices = {year.value for year in exercices_in(base, None)}
    cohorts = {int(one) for one in asked_cohorts(find_cohorts(base), exercices)}
    standings = {one.standing for one in find_cohorts(base)} & {"new", "former"}
    if not cohorts and len(standings) != 1:
        return said
    words = _FORMER if cohorts == exercices or standings == {"new"} else _NEW
    return replaced(said, [(m.span(), words) for m in _OTHERS.finditer(flat(said))])


def _without_cohorts(base: str) -> str:
    """The base without the cohorts it names; the exercice that one of them told stays."""
    spans = [opened(flat(base), one.span, _STANDING) for one in find_cohorts(base)]
    bare = _without(base, spans)
    years = exercices_in(base, None)
    if not years or exercices_in(bare, None):
        return bare
    words = (f"en {years[-1].value}" if n == 0 else "" for n in range(len(spans)))
    return replaced(base, zip(spans, words, strict=True))


def _with_detail(base: str, rest: str) -> str:
    """The base with a place, a year, a cohort or an actor that it lacked, before its question
    mark."""
    detail = _OPENING.sub("", rest)
    if asks(detail):  # it asks the same again
        detail = tidied(_IT_IS.sub("", without_questions(detail)))
    detail = detail.strip(" ,.:;?!")
    if not any(char.isalnum() for char in detail):
        return base
    if find_cohorts(detail) and flat(detail).startswith(("les ", "le ", "un ", "une ", "la ")):
        detail = f"pour {detail}"
    return f"{base.rstrip(' ?.!')}, {detail} ?"


def _without(text: str, spans: Sequence[Span]) -> str:
    return replaced(text, [(span, "") for span in spans])


def joined(base: str, said: str) -> str:
    """A question, then what is added to it."""
    return f"{base}{' ' if base.endswith(('?', '.', '!', ':')) else '. '}{said}"
