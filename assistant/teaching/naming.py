"""What names an item of any part of a pack, and what it says in one text."""

from typing import Any

from assistant.teaching.pack import Dispute, Event, Proved, QuizItem, Role, Word


def id_of(item: Any) -> str:
    """What names an item of any part of a pack."""
    if hasattr(item, "told"):
        return str(item.told.id)
    return str(item.term if hasattr(item, "term") else item.id)


def said_of(item: Any) -> str:
    """What an item says, for a reader to compare."""
    if isinstance(item, Word):
        return f"{item.term} : {item.definition}"
    if isinstance(item, Role):
        return f"{item.who} ({'obligation' if item.modality == 'must' else 'faculté'}) : " + (
            item.told.text
        )
    if isinstance(item, Dispute):
        sides = " / ".join(one.text for one in item.sides)
        return " ".join(part for part in (item.told.text, sides, item.retain) if part)
    if isinstance(item, QuizItem):
        return f"{item.prompt} {item.key.text}"
    if isinstance(item, Proved | Event):
        return item.text if isinstance(item, Proved) else item.told.text
    answers = " ".join(one.text for answer in item.answers for one in answer)
    return f"{item.title} : {answers}"
