"""The frame of a question: exercice, collectivité and text that it names."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Frame, Request
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold, folded_words, named_documents
from corpus.quantities import find_quantities
from corpus.references import find_references
from corpus.types import KINDS
from ingest.index import Index
from ingest.lexical import terms

_RELATIVE = (
    (re.compile(r"\b(?:cette annee|l'annee en cours|annee en cours)\b"), 0),
    (re.compile(r"\b(?:l'an dernier|l'annee derniere|l'an passe|l'annee passee)\b"), -1),
    (re.compile(r"\b(?:l'an prochain|l'annee prochaine)\b"), 1),
)
_KIND_WORDS = {
    fold(kind) + plural: kind for kind in KINDS if " " not in kind for plural in ("", "s")
}
FIRST_EXERCICE, LAST_EXERCICE = 2007, 2100


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names and an answer must respect.

    ``years`` are all years it states, ``dates`` its full dates (``2022-03-11``, ``--03-11``),
    ``collectivites`` codes and names, ``references`` official references, ``text`` the document
    that a number, a date or a popular name designates.
    """

    years: tuple[int, ...]
    dates: tuple[str, ...]
    collectivites: tuple[tuple[str, str], ...]
    references: tuple[str, ...]
    text: str | None = None


def read_named(text: str, as_of: date, index: Index) -> Named:
    """What ``text`` names; relative years (« l'an dernier ») are counted from ``as_of``."""
    quantities = find_quantities(text)
    years = [int(q.value[:4]) for q in quantities if q.kind in ("year", "month")]
    dates = [q.value for q in quantities if q.kind == "date"]
    years += [int(d[:4]) for d in dates if not d.startswith("--")]
    folded = fold(text)
    years += [as_of.year + step for pattern, step in _RELATIVE if pattern.search(folded)]
    named = Named(
        years=tuple(dict.fromkeys(y for y in years if FIRST_EXERCICE <= y <= LAST_EXERCICE)),
        dates=tuple(dict.fromkeys(dates)),
        collectivites=tuple(
            dict.fromkeys(
                (m.collectivite.code, m.collectivite.name) for m in find_collectivites(text)
            )
        ),
        references=tuple(dict.fromkeys(r.value for r in find_references(text))),
    )
    return replace(named, text=_named_text(named, text, index))


def read_frame(request: Request, named: Named) -> Frame:
    """The frame of an answer; what the request states wins over what the question names."""
    codes = [code for code, _name in named.collectivites]
    return Frame(
        exercices=tuple(request.exercices) or named.years,
        cohort=request.cohort,
        departement=request.departement or (codes[0] if codes else None),
        text=named.text,
    )


def _named_text(named: Named, text: str, index: Index) -> str | None:
    """The only document that a reference, a kind with a date or a popular name designates."""
    kinds = [word for word in folded_words(text) if word in _KIND_WORDS]
    keys = [*named.references]
    keys += [f"{_KIND_WORDS[kind]}@{day}" for kind in kinds for day in named.dates]
    found = {d for key in keys for d in index.texts.references.get(key, ())}
    popular = named_documents()
    called = {popular[t[1:]] for t in terms(text) if t[1:] in popular and t[0] == "="}
    found |= {d for d in called if _of_years(index, d, named.years)}
    known = found & index.texts.titles.keys()
    return known.pop() if len(known) == 1 else None


def _of_years(index: Index, document_id: str, years: tuple[int, ...]) -> bool:
    """Whether a popular name may mean that text: « la circulaire du 1er avril 2020 » isn't that
    of 2021, whatever its day."""
    document = index.texts.document(document_id)
    if document is None or not years:
        return document is not None
    identity = document.identity
    own = {d.year for d in (identity.signed_on, identity.published_on) if d}
    return bool(set(years) & (own | set(identity.exercices)))
