"""The nature of a text in words: its kind, else what the text calls itself."""

from ingest.identifying.local import called
from ui import texts


def nature_of(kind: str, title: str) -> str:
    """The kind of a text; where none of ours fits, the name that its title gives it."""
    if kind != "inconnue":
        return kind
    name = called(title)
    return f"{name} (selon son titre)" if name else texts.UNKNOWN_KIND
