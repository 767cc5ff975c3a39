"""Gives a reloaded tab its conversation back: it shows its answers, the server hears its turns."""

from collections.abc import Sequence

from corpus.errors import ReperesError
from ui import chat_texts
from ui.chips import choices_of, render_scope
from ui.exchanges import Exchange, render_conversation, render_panel, title_finder
from ui.handlers import Screen
from ui.headers import log_crash
from ui.memories import Memory, read_memories
from ui.service import Assistant


def recall(assistant: Assistant, told: str, exchanges: Sequence[Exchange] = ()) -> Screen | None:
    """The screen after a reload, ``None`` when there is nothing to change; nothing is ever raised.

    What the tab shows of former answers isn't sent again: the exchanges of the screen are silent.
    """
    memories = read_memories(told)
    if exchanges:
        return None
    if not memories:
        return Screen(
            render_conversation(()), render_panel(()), chat_texts.NOT_RECALLED, question=None
        )
    kept = tuple(Exchange(one.number, one.asked, one.said, "", "") for one in memories[:-1])
    last = memories[-1]
    silent = Exchange(
        last.number, last.asked, last.said, "", "", _scope(assistant, last), last.limits
    )
    kept = (*kept, silent)
    return Screen(
        render_conversation(kept),
        render_panel(kept),
        chat_texts.RECALLED,
        question=None,
        exchanges=kept,
        follow_ups=last.follow_ups,
        about=last.said,
        scope=silent.scope_html,
    )


def _scope(assistant: Assistant, last: Memory) -> str:
    """The chips of the last answer over the corpus of now; none while it can't be read."""
    try:
        documents = assistant.documents()
    except ReperesError:
        return ""
    except Exception as error:  # a person never reads a traceback
        log_crash(error)
        return ""
    return render_scope(last, last.limits, choices_of(documents), title_finder(documents))
