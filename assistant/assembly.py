"""The only place that picks concrete parts: the language model of the written mode, and the file
of kept answers."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.records import RecordStore
from assistant.settings import RecordSettings, WriterSettings
from assistant.writing import Writer

if TYPE_CHECKING:
    import httpx

CONNECT_S = 5.0
REPLY_TOKENS, REPLY_BYTES = 1_500, 4_000_000


def build_writer(settings: WriterSettings) -> Writer | None:
    """The writer that the settings describe, ``None`` when they name no model and server.

    Any OpenAI-compatible server will do. No request is repeated, no redirection followed.
    """
    if settings.model is None or settings.model_url is None:
        return None
    from langchain.chat_models import init_chat_model

    key = settings.model_key.get_secret_value() if settings.model_key else "aucune"
    model = init_chat_model(
        settings.model,
        model_provider="openai",
        base_url=settings.model_url,
        api_key=key,
        temperature=0,
        max_tokens=REPLY_TOKENS,
        max_retries=0,
        stream_usage=False,
        http_client=_client(settings.model_timeout_s),
    )
    return Writer(model, settings.model, settings.model_timeout_s)


def build_records(settings: RecordSettings, library_folder: Path) -> RecordStore:
    """Where answers are kept, beside the library, and for how long."""
    return RecordStore(library_folder.with_name("answers.sqlite"), settings.records)


def _client(timeout_s: float) -> "httpx.Client":
    """A client whose replies end: by time whatever trickles in, and by size."""
    import httpx

    class Bounded(httpx.SyncByteStream):
        def __init__(self, stream: httpx.SyncByteStream, started: float) -> None:
            self.stream = stream
            self.started = started

        def __iter__(self) -> Iterator[bytes]:
            room = REPLY_BYTES
            for piece in self.stream:
                room -= len(piece)
                if room < 0 or time.monotonic() > self.started + timeout_s:
                    raise httpx.ReadTimeout("reply too long")
                yield piece

        def close(self) -> None:
            self.stream.close()

    class Transport(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            started = time.monotonic()
            response = super().handle_request(request)
            if isinstance(response.stream, httpx.SyncByteStream):
                response.stream = Bounded(response.stream, started)
            return response

    limits = httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s))
    return httpx.Client(transport=Transport(), timeout=limits, follow_redirects=False)
