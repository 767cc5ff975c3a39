"""The pack itself, as the file that ``reperes kit refresh`` reads."""

from assistant.teaching.pack import Pack
from assistant.teaching.saving import as_json


def write(pack: Pack) -> bytes:
    """The pack as JSON in UTF-8."""
    return as_json(pack).encode()
