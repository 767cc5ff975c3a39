"""Follow-ups: a question that leans on the one before takes its subject along."""

import re
from collections.abc import Sequence

from assistant.answer import Turn
from corpus.lexicon import fold
from ingest.lexical import terms

_LEANS = re.compile(r"^(?:et|mais|ok et|d'accord et|idem|pareil)\b")
_YEAR = re.compile(r"\b20\d\d\b")


def with_subject(question: str, history: Sequence[Turn]) -> str:
    """``question`` by itself, or joined to the last turn's when it only changes the exercice.

    « Et en 2022 ? » after « Quelle est la date limite en 2021 ? » asks the same thing of 2022.
    """
    if not history or not _LEANS.match(fold(question).strip()):
        return question
    content = [t for t in terms(question) if not t.isdigit() and t[0] not in "=@"]
    if len(content) > 3:
        return question
    former = history[-1].question
    if _YEAR.search(question):
        former = _YEAR.sub("", former)
    return f"{former} {question}"
