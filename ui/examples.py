"""Questions to begin with: drawn each day from those that statements of the corpus answer."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Set
from datetime import date
from typing import Final

from assistant.answer import Request
from assistant.entries import Entries
from corpus.asked import read_asked, statement_key
from corpus.chains import governing
from corpus.registry import Deadline, Eligibility, Funding, Obligation, Row
from ui.headers import log_crash
from ui.service import Assistant

SUBJECTS: Final[tuple[type[Row], ...]] = (Deadline, Funding, Obligation, Eligibility)
"""One example each."""
SHORTEST, LONGEST = 30, 95
TRIED = 12
_FORMAL = re.compile(
    r"(?:Quel(?:le)?s?|Quand|Qui|Combien|Comment|Où|Faut-il|Peut-on|Doit-on|Pourquoi|Jusqu'à quand"
    r"|(?:À|Dans|De|Pour|Par|Avec|Avant|Sur) (?:qui|quel(?:le)?s?|combien))\b[^?!.;]*\?"
)
_SPOKEN = re.compile(r"\b(?:on|nous|ça|c'est|sous|(?<!-)ils?)\b")


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
                    found = (self._one(entries, kind, rules, seed, today) for kind in SUBJECTS)
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
        self, entries: Entries, kind: type[Row], preferred: Set[str], seed: str, today: date
    ) -> str | None:
        asked = dict(candidates(entries, kind))

        def rank(question: str) -> tuple[bool, bytes]:
            digest = hashlib.sha256(f"{seed} {question}".encode()).digest()
            return asked[question] not in preferred, digest

        drawn = sorted(asked, key=rank)
        for question in drawn[:TRIED]:
            answer = self._assistant.answer(Request(question, today), recorded=False)
            cited = {citation.document_id for citation in answer.citations}
            if answer.status == "answered" and asked[question] in cited:
                return question
        return None


def candidates(entries: Entries, kind: type[Row]) -> Iterator[tuple[str, str]]:
    """Short, well-formed questions that a register's statements answer, with the document."""
    for entry in entries.of(kind):
        for unit in entry.units:
            document_id = unit.document.document_id
            for question in read_asked(document_id).get(statement_key(unit.text), ()):
                short = SHORTEST <= len(question) <= LONGEST
                if short and _FORMAL.fullmatch(question) and not _SPOKEN.search(question):
                    yield question, document_id
