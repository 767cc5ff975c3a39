"""A year, a place or a phrase of a question replaced by that of a follow-up, with the words that
lead to it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.exercices import Year, find_years
from assistant.leaning import content_terms
from assistant.places import find_places
from assistant.spans import NEAR_CHARS, Span, flat, replaced, tidied

_CONTRACTED = {"du ": "de ", "des ": "de ", "au ": "à ", "aux ": "à "}
_ARTICLES = ("la ", "le ", "les ", "l'", *_CONTRACTED)
_OF_YEAR = tuple(
    f"{lead}{noun} "
    for lead in ("pour l'", "de l'", "sur l'", "a l'", "dans l'", "en ", "l'", "")
    for noun in ("exercice", "annee")
)
_IN: tuple[str, ...] = (
    *_OF_YEAR,
    "fin ",
    "debut ",
    "en ",
    "de ",
    "d'",
    "pour ",
    "sur ",
    "du ",
    "le ",
)


def exercices_in(text: str, as_of: date | None) -> list[Year]:
    """The exercices that a text names; only those written out when no day is known."""
    years = find_years(text, as_of or date.max)
    return [y for y in years if y.role == "exercice" and (y.stated or as_of)]


def with_year(base: str, said: str, as_of: date | None) -> tuple[str, str]:
    """The base with the year that a follow-up names, and what else the follow-up says."""
    new = exercices_in(said, as_of)
    spans = list(dict.fromkeys(year.span for year in exercices_in(base, as_of)))
    if not new or not spans:
        return base, said
    (first, end), *others = led(base, spans)
    words = _year_words(base[first:end], new) if len({y.span for y in new}) == 1 else ""
    changes = [((first, end), words), *((span, "") for span in others)]
    rest = replaced(said, [(span, "") for span in led(said, {y.span for y in new})])
    return replaced(base, changes), rest if words else said


def _year_words(former: str, new: Sequence[Year]) -> str:
    """« de 2021 » in the place of « du 20 février 2020 », « en 2021 » in that of « en 2020 »."""
    lead = next((word for word in _IN if flat(former).startswith(word)), "")
    spoken = str(new[0].value) if len(new) == 1 else f"{new[0].value} à {new[-1].value}"
    return {"du ": "de ", "le ": "en ", "d'": "de "}.get(lead, lead) + spoken


def led(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans with the preposition before each."""
    low = flat(text)
    return [opened(low, span, _IN) for span in spans]


def opened(low: str, span: Span, words: Sequence[str]) -> Span:
    """A span with the first of ``words`` that stands right before it."""
    start, end = span
    before = low[max(start - NEAR_CHARS, 0) : start]
    lead = next((w for w in words if before == w or before.endswith((" " + w, "'" + w))), "")
    return start - len(lead), end


def with_place(base: str, said: str) -> tuple[str, str]:
    """The base with the place that a follow-up names in the stead of its own."""
    new, old = find_places(said), find_places(base)
    if not new or not old:
        return base, said
    (start, end), *_ = spans = [with_article(said, (m.start, m.end)) for m in new]
    words = said[start:end]
    words = next((words[len(a) :] for a in _CONTRACTED if flat(words).startswith(a)), words)
    changes: list[tuple[Span, str]] = []
    for place in old:
        first, last = with_article(base, (place.start, place.end))
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


def with_article(text: str, span: Span) -> Span:
    """A span with the article before it."""
    return opened(flat(text), span, _ARTICLES)


def swapped(base: str, said: str, reader: Callable[[str], list[Span]]) -> tuple[str, str]:
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
