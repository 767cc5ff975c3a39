"""Server-sent events of one answer."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from fastapi.sse import format_sse_event

from assistant.answer import Answer, Claim, Request
from ui.service import Assistant

MEDIA_TYPE = "text/event-stream"


def wants_events(accept: str) -> bool:
    """Whether an ``Accept`` header asks for events rather than for one JSON answer."""
    return any(part.split(";")[0].strip().lower() == MEDIA_TYPE for part in accept.split(","))


def as_json(value: Any) -> bytes:
    """UTF-8 JSON, not ASCII-escaped; what UTF-8 can't hold becomes « ? », dates are ISO."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return text.encode("utf-8", "replace")


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def answer_events(
    assistant: Assistant, request: Request, explain: Callable[[Exception], dict[str, Any]]
) -> Iterator[bytes]:
    """``step``, ``sentence``, ``answer`` as they come; ``error`` ends the stream when one occurs.

    ``explain`` turns an exception into the JSON body of an error.
    """
    try:
        for name, value in assistant.events(request):
            yield _event(name, _plain(value))
    except Exception as error:  # the status line is gone: the stream must say it
        yield _event("error", explain(error))


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return value.as_dict()
    if isinstance(value, Claim):
        return {
            "text": value.text,
            "citations": list(value.citations),
            "verdict": value.verdict,
            "modality": value.modality,
            "addressee": value.addressee,
        }
    return value


def _event(name: str, value: Any) -> bytes:
    return format_sse_event(event=name, data_str=as_json(value).decode("utf-8"))
