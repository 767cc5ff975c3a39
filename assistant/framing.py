"""The frame of a question: exercice, cohort, collectivité and text that it names."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Frame, Request
from assistant.cohorts import Entered, asked_cohorts, find_cohorts
from assistant.exercices import Year, compared, find_years
from assistant.places import find_places
from assistant.spans import flat, inside
from corpus.lexicon import fold, folded_words, named_documents
from corpus.quantities import find_quantities
from corpus.references import find_references
from corpus.types import KINDS
from ingest.index import Index
from ingest.lexical import terms

_KIND_WORDS = {
    fold(kind) + plural: kind for kind in KINDS if " " not in kind for plural in ("", "s")
}
_SHORT_NUMBER = re.compile(r"\bn ?° ?(\d{1,4})(?![\w/-])")
_LATER = re.compile(r"\b(?:avenants?|renouvel\w+|prolong\w+|reconduc\w+)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names and an answer must respect.

    ``years`` are the years a quote may be of: the exercices, and the year of a text that is named
    by it. ``dates`` are full dates (``2022-03-11``, ``--03-11``), ``collectivites`` codes and
    names, ``references`` official references, ``text`` the document that a number, a date or a
    popular name designates. ``exercices`` are those asked about, ``compared`` those set side by
    side, in the question's order. ``cohorts`` are the years of entry that the question may be
    about, ``cohort`` the only one. ``assumed`` names the fields of a frame that are guessed.
    """

    years: tuple[int, ...]
    dates: tuple[str, ...]
    collectivites: tuple[tuple[str, str], ...]
    references: tuple[str, ...]
    text: str | None = None
    exercices: tuple[int, ...] = ()
    compared: tuple[int, ...] = ()
    cohorts: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def cohort(self) -> str | None:
        """The cohort, ``None`` when the question names none or leaves a doubt."""
        return self.cohorts[0] if len(self.cohorts) == 1 else None


def read_named(text: str, as_of: date, index: Index, exercices: Sequence[int] = ()) -> Named:
    """What ``text`` names; relative years (« l'an dernier ») are counted from ``as_of``.

    Args:
        exercices: those that the request states; they win over what the text names.
    """
    mentions = find_cohorts(text)
    found = find_years(text, as_of)
    all_years = _values(found)
    years, assumed = _asked_years(found, mentions, text)
    asked = tuple(exercices) or _values([y for y in years if y.role == "exercice"])
    cohorts = asked_cohorts(mentions, asked)
    if cohorts and not any(one.years for one in mentions):
        assumed = (*assumed, "cohort")
    named = Named(
        years=tuple(exercices) or _values(years),
        dates=tuple(dict.fromkeys(q.value for q in find_quantities(text) if q.kind == "date")),
        collectivites=tuple(
            dict.fromkeys((m.collectivite.code, m.collectivite.name) for m in find_places(text))
        ),
        references=tuple(dict.fromkeys(r.value for r in find_references(text))),
        exercices=asked,
        compared=compared(years),
        cohorts=cohorts,
        assumed=assumed,
    )
    return replace(named, text=_named_text(replace(named, years=all_years), text, index))


def read_frame(request: Request, named: Named) -> Frame:
    """The frame of an answer; what the request states wins over what the question names."""
    codes = [code for code, _name in named.collectivites]
    exercices = tuple(request.exercices) or named.exercices
    cohort = request.cohort or named.cohort
    stated = {"exercices": bool(request.exercices), "cohort": request.cohort is not None}
    held = {"exercices": bool(exercices), "cohort": cohort is not None}
    return Frame(
        exercices=exercices,
        cohort=cohort,
        departement=request.departement or (codes[0] if codes else None),
        text=named.text,
        assumed=tuple(name for name in named.assumed if held[name] and not stated[name]),
    )


def _values(years: Sequence[Year]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year.value for year in years))


def _asked_years(
    found: Sequence[Year], mentions: Sequence[Entered], text: str
) -> tuple[list[Year], tuple[str, ...]]:
    """The years that frame an answer, and the fields of the frame so guessed.

    The year of an entry (« nous avons signé en 2020 ») is the exercice only when no other is
    named, and never when what is asked comes after the first contract.
    """
    entries = [one.span for one in mentions if one.standing == "entry"]
    rest = [year for year in found if not inside(year.span, entries)]
    if any(year.role == "exercice" for year in rest):
        assumed = any(year.assumed for year in rest)
        return rest, ("exercices",) if assumed else ()
    entered = [year for year in found if inside(year.span, entries)]
    if not entered or _LATER.search(flat(text)):
        return rest, ()
    return [*rest, *entered], ("exercices",)


def _named_text(named: Named, text: str, index: Index) -> str | None:
    """The only document that a reference, a kind with a date or a popular name designates."""
    kinds = {_KIND_WORDS[word] for word in folded_words(text) if word in _KIND_WORDS}
    references = index.texts.references
    keys = {*named.references, *_numbered(text, named.years, kinds, index)}
    if not _unknown_numbers(text, index):  # no text of that day has the number that is given
        keys |= {f"{kind}@{day}" for kind in kinds for day in named.dates}
    if of_months := tuple(_of_months(text)):
        keys |= {key for key in references if key.startswith(of_months)}
    found = {d for key in keys for d in references.get(key, ())}
    popular = named_documents()
    called = {popular[t[1:]] for t in terms(text) if t[1:] in popular and t[0] == "="}
    found |= {d for d in called if _of_years(index, d, named.years)}
    known = found & index.texts.titles.keys()
    return known.pop() if len(known) == 1 else None


def _unknown_numbers(text: str, index: Index) -> list[str]:
    """Numbers of texts that a question gives and that no text of the index has."""
    found = [r.value for r in find_references(text) if r.kind in ("number", "act", "nor")]
    return [value for value in found if value not in index.texts.references]


def _of_months(text: str) -> Iterator[str]:
    """How the references of « le communiqué de février 2020 » begin."""
    for quantity in find_quantities(text):
        words = folded_words(text[: quantity.start])[-3:]
        for word in words if quantity.kind == "month" else ():
            if word in _KIND_WORDS:
                yield f"{_KIND_WORDS[word]}@{quantity.value}-"


def _numbered(text: str, years: Sequence[int], kinds: Set[str], index: Index) -> set[str]:
    """Full numbers that « n° 73 » may stand for, of a text of that kind and year."""
    return {
        key
        for match in _SHORT_NUMBER.finditer(flat(text))
        for year in years
        for key in (f"{year}/{match[1]}", f"{year}-{match[1]}")
        if any(index.texts.kinds.get(d) in kinds for d in index.texts.references.get(key, ()))
    }


def _of_years(index: Index, document_id: str, years: tuple[int, ...]) -> bool:
    """Whether a popular name may mean that text: « la circulaire du 1er avril 2020 » isn't that
    of 2021, whatever its day."""
    document = index.texts.document(document_id)
    if document is None or not years:
        return document is not None
    identity = document.identity
    own = {d.year for d in (identity.signed_on, identity.published_on) if d}
    return bool(set(years) & (own | set(identity.exercices)))
