"""Styles and numbering levels of an OpenDocument file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.walking import Tree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MOST_PARENTS = 20


@dataclass
class Level:
    """How one level of a list is numbered; ``form`` is "" for a bullet."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


class Styles:
    """What the styles of a document say of its paragraphs, words and lists."""

    def __init__(self, roots: Sequence[Tree]) -> None:
        self._styles: dict[str, Tree] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for element in () if root is None else root.iter(f"{_STYLE}style"):
                self._styles[element.get(f"{_STYLE}name", "")] = element
            for element in () if root is None else root.iter(f"{TEXT}list-style"):
                self.lists[element.get(f"{_STYLE}name", "")] = levels_of(element)
            for element in () if root is None else root.iter(f"{TEXT}outline-style"):
                self.outline = levels_of(element)

    def _with_parents(self, name: str | None) -> Iterator[Tree]:
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name")

    def is_title(self, name: str | None) -> bool:
        """Tell the style « Titre » of a document's title."""
        return any(style.get(f"{_STYLE}name") == "Title" for style in self._with_parents(name))

    def is_bold(self, name: str | None) -> bool | None:
        """Tell bold type; ``None`` where the style doesn't say."""
        for style in self._with_parents(name):
            for properties in style.iter(f"{_STYLE}text-properties"):
                if weight := properties.get(f"{_FO}font-weight"):
                    return weight in ("bold", "600", "700", "800", "900")
        return None

    def is_raised(self, name: str | None) -> bool:
        """Tell words set above the line."""
        styles = (s.iter(f"{_STYLE}text-properties") for s in self._with_parents(name))
        found = (p.get(f"{_STYLE}text-position") or "" for properties in styles for p in properties)
        position = next((position for position in found if position), "")
        return position.startswith("super") or position[:1] in tuple("123456789")


def levels_of(style: Tree) -> dict[int, Level]:
    """Give the numbering of each level (0 first) of a list style."""
    levels = {}
    for element in style:
        number = count_of(element, f"{TEXT}level", 1, 10)
        form = element.get(f"{_STYLE}num-format") or ""
        prefix, suffix = (element.get(f"{_STYLE}num-{end}") or "" for end in ("prefix", "suffix"))
        start = count_of(element, f"{TEXT}start-value", 1, 10_000)
        shown = count_of(element, f"{TEXT}display-levels", 1, 10)
        levels[number] = Level(form, prefix[:20], suffix[:20], start, shown)
    return levels


def count_of(element: Tree, attribute: str, default: int, most: int) -> int:
    """Give the number that an attribute states, at most ``most``, else the default."""
    written = element.get(attribute) or ""
    known = written.isascii() and written.isdigit() and len(written) < 9
    return max(1, min(int(written), most)) if known else default
