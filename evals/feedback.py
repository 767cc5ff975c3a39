"""What people say of answers: masked, kept 30 days, and drafts of cases made from it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.privacy import masked
from corpus.errors import ReperesError, system_reason

Reason = Literal[
    "outdated", "other_departement", "incomplete", "wrong", "miscited", "off_topic", "other"
]
REASONS: dict[Reason, str] = {
    "outdated": "source périmée",
    "other_departement": "ne s'applique pas à mon département",
    "incomplete": "incomplet",
    "wrong": "faux",
    "miscited": "mal cité",
    "off_topic": "hors sujet",
    "other": "autre",
}
KEPT_DAYS = 30
COMMENT_CHARS = 1_000
_BUSY_S = 5.0
_TABLE = """CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY, day TEXT NOT NULL, useful INTEGER NOT NULL, reason TEXT,
    comment TEXT, question TEXT, corpus_digest TEXT)"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was said of one answer.

    ``question`` is the masked form that the person reread and agreed to send, ``None`` without
    that; ``corpus_digest`` is the corpus in service when it was said.
    """

    answer_id: str
    day: date
    useful: bool
    reason: Reason | None
    comment: str | None
    question: str | None
    corpus_digest: str | None

    @property
    def until(self) -> date:
        """The last day it is kept."""
        return self.day + timedelta(days=KEPT_DAYS)


class FeedbackStore:
    """One SQLite file that only its owner reads; opened for each use, so any thread may.

    Every use first deletes what is too old, and SQLite overwrites what is deleted.
    """

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today

    def add(
        self,
        answer_id: str,
        *,
        useful: bool,
        reason: Reason | None = None,
        comment: str | None = None,
        question: str | None = None,
        corpus_digest: str | None = None,
    ) -> Feedback:
        """Keeps what is said of an answer, in place of what was said of it before.

        The caller passes ``question`` only if the person agreed; it is masked again here.

        Raises:
            ReperesError: the file can't be written.
        """
        given = Feedback(
            answer_id,
            self._today(),
            useful,
            reason,
            masked(comment) if comment else None,
            masked(question) if question else None,
            corpus_digest,
        )
        row = (
            given.answer_id,
            given.day.isoformat(),
            given.useful,
            given.reason,
            given.comment,
            given.question,
            given.corpus_digest,
        )
        with self._opened() as db:
            db.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return given

    def read(self) -> tuple[Feedback, ...]:
        """All that is still kept, oldest first.

        Raises:
            ReperesError: the file can't be read.
        """
        if not self._path.exists():
            return ()
        with self._opened() as db:
            rows = db.execute("SELECT * FROM feedback ORDER BY day, rowid").fetchall()
        return tuple(
            Feedback(answer_id, date.fromisoformat(day), bool(useful), *rest)
            for answer_id, day, useful, *rest in rows
        )

    def purge(self) -> None:
        """Deletes what is too old.

        Raises:
            ReperesError: the file can't be written.
        """
        self.read()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        oldest = self._today() - timedelta(days=KEPT_DAYS)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._path.chmod(0o600)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_S)) as db, db:
                db.execute("PRAGMA secure_delete=ON")
                db.execute(_TABLE)
                db.execute("DELETE FROM feedback WHERE day < ?", (oldest.isoformat(),))
                yield db
        except (OSError, sqlite3.Error) as error:
            reason = system_reason(error) if isinstance(error, OSError) else str(error)
            raise ReperesError(
                f"Le fichier des avis {self._path} ne s'ouvre pas ({reason}) : réessayez, ou "
                "écartez ce fichier s'il est abîmé."
            ) from error


def reason_counts(feedback: Sequence[Feedback]) -> dict[Reason, int]:
    """How many times each reason was given, in the order of ``REASONS``, without zeros."""
    found = Counter(one.reason for one in feedback)
    return {reason: found[reason] for reason in get_args(Reason) if found[reason]}


def drafts(feedback: Sequence[Feedback]) -> list[dict[str, Any]]:
    """Draft cases from the questions that were kept and whose answer didn't help.

    What only a person can say is ``None``: ``evals.cases`` refuses a case left so. The comment
    stays out, for a case lasts longer than what people say may be kept.
    """
    return [_draft(one) for one in feedback if one.question is not None and not one.useful]


def _draft(one: Feedback) -> dict[str, Any]:
    name = f"avis-{one.answer_id[:12]}"
    why = f", « {REASONS[one.reason]} »" if one.reason else ""
    return {
        "id": name,
        "question": one.question,
        "category": None,
        "status": None,
        "refusal": None,
        "expected": [],
        "forbidden": [],
        "facts": [],
        "documents": [],
        "as_of": one.day,
        "split": "development",
        "base": name,
        "author": None,
        "source": f"avis du {one.day:%d/%m/%Y}{why}",
    }


def drafts_as_yaml(made: Sequence[dict[str, Any]]) -> str:
    """The YAML of ``drafts``, for ``evals/questions`` once a person has filled it."""
    import yaml  # of an extra that the server doesn't need

    head = (
        "# Brouillons tirés des avis : remplir pour chacun category, status, author et ce qui est\n"
        "# attendu (expected, facts), puis placer le fichier dans evals/questions.\n"
    )
    listed = yaml.safe_dump({"cases": list(made)}, allow_unicode=True, sort_keys=False, width=96)
    return head + str(listed)
