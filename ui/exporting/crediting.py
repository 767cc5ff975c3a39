"""One-line credits, links and clean text, for the files that have no footnotes."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from assistant.answer import Citation
from assistant.teaching.pack import Pack
from ui import texts
from ui.exporting import sourcing
from ui.exporting.typography import told, typeset
from ui.markup import clean, web_address

_UNWRITABLE = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"
_TITLE_CHARS = 160
"""The longest title or place that a credit shows; the list of sources shows them whole."""


def plain(text: str) -> str:
    """``text`` fit for any file, in French typography: no control or direction mark."""
    return typeset(_UNWRITABLE.sub("\ufffd", clean(text)))


def line(text: str) -> str:
    """``plain`` on one line."""
    return " ".join(plain(text).replace("\t", " ").replace("\n", " ").split(" ")).strip(" ")


def shortened(text: str, chars: int) -> str:
    """``text``, cut at a word with an ellipsis when it is longer than ``chars``."""
    if len(text) <= chars:
        return text
    cut = text[: chars - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[chars // 2 :] else cut).rstrip(" ,;:") + "…"


def by_number(pack: Pack) -> Mapping[int, Citation]:
    """The citations of a pack by their numbers."""
    return {citation.n: citation for citation in pack.citations}


def origin(citation: Citation) -> str:
    """« résumé Repères, d'après Légifrance (page officielle lue) »."""
    own = citation.origin == "original" and citation.evidence == "other"
    read = texts.OWN_FILE_LABEL if own else sourcing.proof(citation)
    return line(f"{sourcing.origin(citation)} ({read})")


def credit(citation: Citation, chars: int = _TITLE_CHARS) -> str:
    """One line: the title, the place, what became of the text, « résumé Repères, d'après … »."""
    status = sourcing.status(citation)
    ended = f"texte {status}" if status.startswith(texts.ENDED) else ""
    found = (shortened(citation.title, chars), shortened(sourcing.place(citation), chars), ended)
    return f"{line(', '.join(one for one in found if one))} – {origin(citation)}"


def nature(citation: Citation) -> str:
    """What a text is: title, number, date, nature, status."""
    status = sourcing.status(citation)
    day = citation.signed_on and told(citation.signed_on)
    found = (
        sourcing.identity(citation),
        f"signé le {day}" if day and day not in citation.title else "",
        "" if citation.authority == "inconnue" else sourcing.authority(citation),
        status and f"texte {status}",
    )
    return line(", ".join(one for one in found if one))


def place(citation: Citation) -> str:
    """Where the quote stands and how far sources agree."""
    sure = texts.CONFIDENCE_LABELS[citation.confidence]
    return line(", ".join(one for one in (sourcing.place(citation), sure) if one))


def address(citation: Citation) -> str | None:
    """Where to check it: the official address, else the first that was read, else ``None``."""
    for url in (citation.url, *(source.get("url") for source in citation.sources)):
        if found := web_address(url):
            return quote(found.encode("utf-8", "replace"), safe=_URL_SIGNS)
    return None


def marks(numbers: Iterable[int]) -> str:
    """« [1] [2] »."""
    return " ".join(f"[{n}]" for n in numbers)
