"""What a question that goes on with another asks by itself: its answer must speak of that too.

« Quel délai pour le PPE et qui le signe ? »: what says the delay and nothing of a signature
answers the first question, not the second.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agreeing import titles_of
from assistant.asking import read_question
from assistant.contents import quantities_in, terms_of
from assistant.evidence import Evidence
from assistant.leaning import content_terms
from assistant.reading import Reading, plain
from assistant.refusing import best_of
from assistant.spelling import corrected_terms
from corpus.lexicon import fold
from ingest.index import Index
from ingest.lexical import terms

SUBJECT_SHARE, LASTING_SHARE = 0.3, 0.5
"""Least share of the subject that an answer speaks of, itself or around it; a length of time says
little of what it is of."""

_LASTS = re.compile(r"\b(?:quelle duree|dure(?:nt|ra|ront)?)\b")
_TO_WHOM = re.compile(r"\b(?:a|aupres de|chez) qui\b")
_GIVEN_TO = re.compile(
    r"\b(?:transm[ei]\w+|remi[st]\w*|remett\w+|adress\w+|envo[iy]\w+|communiqu\w+|depos\w+|notifi\w+"
    r"|present\w+|rendue?s?|confi\w+|demand\w+) [^.;:]{0,80}?\b(?:au|aux|a l(?:a\b|')|aupres d)"
)
_WITH_WHOM = re.compile(r"\bavec qui\b")  # told in many ways
_OWES = frozenset({"who", "amount", "date", "deadline"})
_HOW_MUCH = frozenset({"amount", "count", "quantity", "percent"})
# « qui s'en occupe ? » names no deed that a text would name.
_VAGUE = frozenset(terms("occuper gérer charger concerner responsable compétent temps"))


def speaking(reading: Reading, own: str, index: Index) -> Reading:
    """``reading`` with no more than what may answer a question that took its subject along.

    Who does a thing, or how long it lasts, is said by what speaks of that; how much and when, by
    what gives it of the subject, and of the question's own words if some of it does. Another kind
    of question is left as it is.

    Args:
        own: the question in the person's words, without what it took along.
    """
    text = plain(own)
    asked = read_question(text).asked
    low = fold(text)
    if not asked & _OWES or _WITH_WHOM.search(low):
        return reading
    said = set(corrected_terms(index, content_terms(text))) - _VAGUE
    subject = frozenset(t for t in reading.weigher.terms if t not in said and not t.isdigit())
    lasts = bool(_LASTS.search(low))
    least = LASTING_SHARE if lasts else SUBJECT_SHARE
    checked = lasts or bool(asked & {"who", "amount"})  # a day says little of what it is of
    who = "who" in asked and not asked & _HOW_MUCH

    def kept(found: Sequence[Evidence]) -> list[Evidence]:
        of_it = [e for e in found if not checked or _is_of(e, subject, least, reading)]
        if lasts:
            of_it = [e for e in of_it if e.unit.unknown or _tells_how_long(e)]
        spoken = [e for e in of_it if said & e.covered]
        if _TO_WHOM.search(low):
            return [e for e in of_it if e.unit.unknown or _GIVEN_TO.search(fold(e.unit.text))]
        if (said and (who or lasts)) or best_of(spoken)[0] is not None:
            return spoken
        return [e for e in of_it if not (said and e.unit.unknown)]

    return replace(reading, fitting=kept(reading.fitting), others=kept(reading.others))


def _is_of(one: Evidence, subject: frozenset[str], least: float, reading: Reading) -> bool:
    """Whether a quote, its section or its text speaks of the subject."""
    share = reading.weigher.known_share
    whole = share(subject)
    around = {*terms_of(one.unit.context), *terms_of(titles_of(one.unit.document.identity))}
    return not whole or share(subject & (one.covered | around)) >= least * whole


def _tells_how_long(one: Evidence) -> bool:
    return any(quantity.kind == "duration" for quantity in quantities_in(one.unit.text))
