"""One person's conversations, out of another's reach: Gradio's sessions belong to who opens them.

The page picks the name of its Gradio session by itself; whoever learns it could read or stop what
runs there. Each person's names therefore begin with a mark that only the server can make.
"""

import json
import re
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.rights import person_of
from ui.access.sessions import Sessions
from ui.headers import read_body, replayed, send_error

_KEY: Final = "session_hash"
_HEARTBEAT: Final = re.compile(r"(/gradio_api/heartbeat/)(\w+)")


class OwnConversations:
    """Marks the session of every call to Gradio with its person; nothing without sign-in."""

    def __init__(self, app: ASGIApp, sessions: Sessions | None) -> None:
        self.app = app
        self.sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        person = person_of(scope)
        is_chat = scope.get("path", "").startswith("/gradio_api/")
        if self.sessions is None or person is None or not is_chat:
            await self.app(scope, receive, send)
            return
        mark = self.sessions.mark(person)
        path = _HEARTBEAT.sub(rf"\g<1>{mark}\g<2>", scope["path"])
        query = _marked_query(scope["query_string"], mark)
        scope = {**scope, "path": path, "raw_path": path.encode(), "query_string": query}
        if scope["method"] == "POST":
            body = await read_body(receive)
            if body is None:
                await send_error(send, 413)
                return
            body = _marked_body(body, mark)
            kept = [one for one in scope["headers"] if one[0] != b"content-length"]
            scope["headers"] = [*kept, (b"content-length", b"%d" % len(body))]
            receive = replayed(body, receive)
        await self.app(scope, receive, send)


def _marked_query(query: bytes, mark: str) -> bytes:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    marked = [(key, mark + value if key == _KEY else value) for key, value in pairs]
    return urlencode(marked).encode()


def _marked_body(body: bytes, mark: str) -> bytes:
    """The body with its session marked; one that can't be read goes on to be refused."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(asked, dict) or not isinstance(asked.get(_KEY), str):
        return body
    return json.dumps({**asked, _KEY: mark + asked[_KEY]}).encode()
