"""Questions to begin with: drawn each day from those that statements of the corpus answer."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Set
from datetime import date
from typing import Final, NamedTuple

from assistant.answer import Answer, Request
from assistant.entries import Entries
from corpus.asked import read_asked, statement_key
from corpus.chains import governing
from corpus.collectivites import find_collectivites
from corpus.quantities import find_quantities
from corpus.registry import Deadline, Eligibility, Funding, Obligation, Row
from ui.headers import log_crash
from ui.service import Assistant

Need = tuple[type[Row], re.Pattern[str]]
NEEDS: Final[tuple[Need, ...]] = (
    (Deadline, re.compile(r"(?i)\b(?:quand|date|délai|échéance|terme|moment)\b")),
    (Obligation, re.compile(r"(?i)\b(?:pièces|joindre|remettre|fournir)\b")),
    (Eligibility, re.compile(r"(?i)\b(?:qui peut|quels|combien de)\b.*\bdépartements\b")),
    (Funding, re.compile(r"(?i)\b(?:combien|montant|sommes?)\b")),
    (Obligation, re.compile(r"(?i)^(?:qui|à qui|par qui)\b")),
)
"""What people come to ask of a register every day: by when, with which papers, who may, how much,
who does what. One example each."""
SHORTEST, LONGEST = 30, 110
TRIED = 12
_FORMAL = re.compile(
    r"(?:Quel(?:le)?s?|Quand|Qui|Combien|Comment|Où|Faut-il|Peut-on|Doit-on|Pourquoi|Jusqu'à quand"
    r"|(?:À|Dans|De|Pour|Par|Avec|Avant|Sur) (?:qui|quel(?:le)?s?|combien))\b[^?!.;,]*\?"
)
"""A question in one clause: « …, et pour quand ? » asks two, « …, l'un ou l'autre ? » hints."""
_PLAIN = re.compile(r"(?i)\b(?:contrats?|avenants?|contractualisation|candidatures?|vague)\b")
"""Words of what people come for, by which a first visit knows where it is."""
_ONE_OF_MANY = re.compile(r"(?:Quel département|Quelle collectivité|Quel territoire)\b")
_ABOUT_SOURCES = re.compile(r"(?i)\b(?:sources?|sites?|presse|titres?|journa(?:l|ux))\b")
"""Who says it is no question of a first visit."""
_SPOKEN = re.compile(r"\b(?:on|nous|ça|c'est|sous|(?<!-)ils?)\b")


class Candidate(NamedTuple):
    """A question with the statement that answers it, and the document that says it."""

    question: str
    statement: str
    document_id: str


class Examples:
    """The examples of the day: the same all day long over the same corpus."""

    def __init__(self, assistant: Assistant, today: Callable[[], date] = date.today) -> None:
        self._assistant = assistant
        self._today = today
        self._lock = threading.Lock()
        self._held: tuple[str, tuple[str, ...]] = ("", ())

    def read(self) -> tuple[str, ...]:
        """At most one question a subject, answered with its statement; nothing is ever raised."""
        with self._lock:
            try:
                today = self._today()
                seed = f"{self._assistant.health()['corpus_digest']} {today}"
                if self._held[0] != seed:
                    entries = self._assistant.entries()
                    rules = self._rules()
                    found = (self._one(entries, need, rules, seed, today) for need in NEEDS)
                    self._held = (seed, tuple(dict.fromkeys(one for one in found if one)))
            except Exception as error:  # a page without examples still answers
                log_crash(error)
                return ()
            return self._held[1]

    def _rules(self) -> Set[str]:
        """Texts that rule an exercice: what most people come to ask about."""
        identities = {d.document_id: d.identity for d in self._assistant.documents()}
        return {name for names in governing(identities).values() for name in names}

    def _one(
        self, entries: Entries, need: Need, preferred: Set[str], seed: str, today: date
    ) -> str | None:
        def rank(one: Candidate) -> tuple[bool, bool, bytes]:
            digest = hashlib.sha256(f"{seed} {one.question}".encode()).digest()
            return _PLAIN.search(one.question) is None, one.document_id not in preferred, digest

        drawn = sorted(candidates(entries, need), key=rank)
        for one in drawn[:TRIED]:
            answer = self._assistant.answer(Request(one.question, today), recorded=False)
            if _is_met(one, answer):
                return one.question
        return None


def _is_met(one: Candidate, answer: Answer) -> bool:
    """Tell an answer whose first sentence is a whole one that proves itself by the statement."""
    if answer.status != "answered" or not answer.claims:
        return False
    first = answer.claims[0]
    quoted = [c for c in answer.citations if c.n in first.citations]
    return not first.text[:1].islower() and any(
        c.document_id == one.document_id and (one.statement in c.quote or c.quote in one.statement)
        for c in quoted
    )


def candidates(entries: Entries, need: Need) -> Iterator[Candidate]:
    """Short, well-formed questions of a need that a register's statements answer, each once;
    none that gives a figure to guess who it is of."""
    kind, words = need
    seen: set[str] = set()
    for entry in entries.of(kind):
        for unit in entry.units:
            document_id = unit.document.document_id
            for question in read_asked(document_id).get(statement_key(unit.text), ()):
                short = SHORTEST <= len(question) <= LONGEST and question not in seen
                formal = _FORMAL.fullmatch(question) and not _SPOKEN.search(question)
                if short and formal and words.search(question) and not _is_odd(question):
                    seen.add(question)
                    yield Candidate(question, unit.text, document_id)


def _is_odd(question: str) -> bool:
    """« Quel département dépasse 2,70 millions ? »: the answer is given, its owner is asked;
    or who says it."""
    given = {quantity.kind for quantity in find_quantities(question)}
    named = _ONE_OF_MANY.match(question) or find_collectivites(f". {question}")
    guesses = bool(given & {"amount", "percent", "date"}) or bool(named)
    return guesses or _ABOUT_SOURCES.search(question) is not None
