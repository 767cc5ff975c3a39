"""A session taken from a file, as the page's own form carries it from one request to the next.

Nothing of it is believed: what comes back is read as strictly as a file, and proved again.
"""

import base64
import binascii
import zlib
from typing import Final

from assistant.teaching.pack import Pack
from assistant.teaching.saving import UnreadablePack, as_json, from_json
from ui.headers import BODY_BYTES, PACK_BYTES

FIELD: Final = "seance"
"""The field of the form: a saved session, made short."""
UNREADABLE: Final = (
    "La séance rouverte n'a pas pu être relue : donnez à nouveau son fichier à « Actualiser une "
    "séance »."
)
TOO_LONG: Final = (
    "Cette séance est trop longue pour la page : raccourcissez ses notes, ou actualisez-la par "
    "« reperes kit refresh »."
)
MOST_FOLDED: Final = BODY_BYTES * 3 // 4
"""Longest line, so that the form that holds it can be sent: one day's session takes 25 KB."""


def folded(pack: Pack) -> str:
    """A pack as one short line of letters, digits, « - » and « _ ».

    Raises:
        UnreadablePack: it is too long for a form (French).
    """
    plain = as_json(pack).encode()
    line = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    if len(line) > MOST_FOLDED or len(plain) > PACK_BYTES:
        raise UnreadablePack(TOO_LONG)
    return line


def unfolded(line: str) -> Pack:
    """The pack of such a line; no more of it is unfolded than a file may hold.

    Raises:
        UnreadablePack: it isn't one, or not a saved session (French).
    """
    padded = f"{line}{'=' * (-len(line) % 4)}"
    try:
        short = base64.b64decode(padded.encode("ascii"), b"-_", validate=True)
        opened = zlib.decompressobj()
        plain = opened.decompress(short, PACK_BYTES + 1)
        if not opened.eof:
            raise UnreadablePack(UNREADABLE)
        text = plain.decode()
    except (binascii.Error, zlib.error, ValueError):
        raise UnreadablePack(UNREADABLE) from None
    return from_json(text)
