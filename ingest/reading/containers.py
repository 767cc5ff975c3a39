"""Files that hold files: zip archives, mails, pages saved with their images.

Everything stays in memory, and no size that a file declares of itself is believed.
"""

from collections.abc import Iterator
from typing import Final

from corpus.errors import UnreadableFile
from ingest.reading.archives import refused, zipped
from ingest.reading.content import Entry, Refusal
from ingest.reading.mails import mailed

CONTAINERS: Final = (".zip", ".eml", ".mht", ".mhtml")


def entries(name: str, data: bytes) -> Iterator[Entry | Refusal]:
    """Give the files of a container one after the other, in its order.

    What no reader knows is given all the same: the caller looks at the extension. What is refused
    by itself is a refusal whose file is ``name!entry``. Folders, hidden files and what systems
    leave behind are passed over.

    Args:
        name: its name, whose extension is one of ``CONTAINERS``.
        data: its bytes.

    Raises:
        UnreadableFile: on the first step where the container can't be opened; at the end where it
            held nothing at all.
    """
    found = zipped(name, data) if name.lower().endswith(".zip") else mailed(name, data)
    seen: set[str] = set()
    empty = True
    for item in found:
        empty = False
        if isinstance(item, Refusal):
            yield item
        elif item.name in seen:
            yield refused(name, item.name, "un autre fichier de l'archive porte le même nom")
        elif not item.data.strip(b"\x00\t\n\r "):
            yield refused(name, item.name, "ce fichier est vide")
        else:
            seen.add(item.name)
            yield item
    if empty:
        what = "aucun fichier" if name.lower().endswith(".zip") else "ni texte ni pièce jointe"
        raise UnreadableFile(f"« {name} » ne contient {what}.")
