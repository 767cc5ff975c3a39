"""The frame of a question: exercice, collectivité and text that it names."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.answer import Frame, Request
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from corpus.references import find_references
from ingest.index import Index

_RELATIVE = (
    (re.compile(r"\b(?:cette annee|l'annee en cours|annee en cours)\b"), 0),
    (re.compile(r"\b(?:l'an dernier|l'annee derniere|l'an passe|l'annee passee)\b"), -1),
    (re.compile(r"\b(?:l'an prochain|l'annee prochaine)\b"), 1),
)
FIRST_EXERCICE, LAST_EXERCICE = 2007, 2100


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names and an answer must respect.

    ``years`` are all years it states, ``dates`` its full dates (``2022-03-11``, ``--03-11``),
    ``collectivites`` codes and names, ``references`` official references.
    """

    years: tuple[int, ...]
    dates: tuple[str, ...]
    collectivites: tuple[tuple[str, str], ...]
    references: tuple[str, ...]


def read_named(text: str, as_of: date) -> Named:
    """What ``text`` names; relative years (« l'an dernier ») are counted from ``as_of``."""
    quantities = find_quantities(text)
    years = [int(q.value[:4]) for q in quantities if q.kind in ("year", "month")]
    dates = [q.value for q in quantities if q.kind == "date"]
    years += [int(d[:4]) for d in dates if not d.startswith("--")]
    folded = fold(text)
    years += [as_of.year + step for pattern, step in _RELATIVE if pattern.search(folded)]
    return Named(
        years=tuple(dict.fromkeys(y for y in years if FIRST_EXERCICE <= y <= LAST_EXERCICE)),
        dates=tuple(dict.fromkeys(dates)),
        collectivites=tuple(
            dict.fromkeys(
                (m.collectivite.code, m.collectivite.name) for m in find_collectivites(text)
            )
        ),
        references=tuple(dict.fromkeys(r.value for r in find_references(text))),
    )


def read_frame(request: Request, named: Named, index: Index) -> Frame:
    """The frame of an answer; what the request states wins over what the question names."""
    text = next((d for d in request.include if d in index.texts.titles), None)
    codes = [code for code, _name in named.collectivites]
    return Frame(
        exercices=tuple(request.exercices) or named.years,
        cohort=request.cohort,
        departement=request.departement or (codes[0] if codes else None),
        text=text or named_text(named, index),
    )


def named_text(named: Named, index: Index) -> str | None:
    """The document whose number or NOR the question names, when the index holds it."""
    for reference in named.references:
        for document_id in index.texts.references.get(reference, ()):
            return document_id
    return None
