"""Styles and automatic numbers of a Word document, as Word shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.reading.office import (
    numeral,
)
from ingest.reading.sanitising import one_line
from ingest.reading.walking import Tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
VAL = f"{W}val"
_HEADING_NAME = re.compile(r"(?:heading|titre) ?([1-9])$")
_TITLE_NAMES = frozenset(("title", "titre", "titre principal"))
_FORMS: Final = {
    **{"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"},
    **{"bullet": "", "none": ""},
}
_PLACEHOLDER = re.compile(r"%([1-9])")
_OFF = ("0", "false", "off", "none")
LEVELS = 9
BODY_LEVEL = 9
_MOST_PARENTS = 20


class Styles:
    """What the styles of a document say of its paragraphs and runs."""

    def __init__(self, root: Tree) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in found}

    def _with_parents(self, name: str | None) -> Iterator[Tree]:
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")

    def name(self, style: str | None) -> str:
        """Give the name of a style in lower case, its identifier where it has none."""
        known = self._styles.get(style)
        return ((None if known is None else value_of(known, "name")) or style or "").lower()

    def level(self, style: str | None) -> int | None:
        """Give the level of the headings that have this style (1 is the widest)."""
        for known in [self.name(style), *map(self.name, self._parents(style))]:
            if found := _HEADING_NAME.match(known):
                return int(found[1])
        written = (value_of(s, "pPr", "outlineLvl") for s in self._with_parents(style))
        outline = next((level for level in written if level), "")
        return int(outline) + 1 if outline.isdigit() and int(outline) < BODY_LEVEL else None

    def _parents(self, style: str | None) -> list[str]:
        return [known.get(f"{W}styleId") for known in self._with_parents(style)]

    def is_title(self, style: str | None) -> bool:
        """Tell the style of a document's title."""
        return any(self.name(s) in _TITLE_NAMES for s in [style, *self._parents(style)])

    def is_bold(self, style: str | None) -> bool | None:
        """Tell bold type; ``None`` where the style doesn't say."""
        found = (switched(s.find(f"{W}rPr"), "b") for s in self._with_parents(style))
        return next((bold for bold in found if bold is not None), None)

    def is_raised(self, style: str | None, own: Tree) -> bool:
        """Tell a run set above the line by its own properties or those of its style."""
        for properties in [own, *(s.find(f"{W}rPr") for s in self._with_parents(style))]:
            if properties is not None and (set_ := value_of(properties, "vertAlign")):
                return set_ == "superscript"
            if properties is not None and (set_ := value_of(properties, "position")):
                return whole(set_, 0) > 0
        return False

    def numbered(self, style: str | None) -> Tree:
        """Give the numbering of the paragraphs that have this style, ``None`` without one."""
        found = (s.find(f"{W}pPr/{W}numPr") for s in self._with_parents(style))
        return next((properties for properties in found if properties is not None), None)


def value_of(element: Tree, *path: str) -> str | None:
    """Give the ``w:val`` of the element at a path of tags, ``None`` where there is none."""
    found = element.find("/".join(f"{W}{tag}" for tag in path))
    return None if found is None else found.get(VAL)


def switched(properties: Tree, tag: str) -> bool | None:
    """Tell whether a property is on, ``None`` where it isn't said."""
    found = None if properties is None else properties.find(f"{W}{tag}")
    return None if found is None else found.get(VAL) not in _OFF


def whole(written: str | None, default: int) -> int:
    """Give a whole number of at most five digits, else the default."""
    known = written is not None and written.isascii() and written.isdigit() and len(written) < 6
    return int(written or "") if known else default


@dataclass
class _Level:
    """How one level is numbered; ``form`` is "" for a bullet."""

    form: str
    text: str
    start: int


class Numbering:
    """The automatic numbers of paragraphs, counted in the order of the text."""

    def __init__(self, root: Tree) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._levels[key] = {
                whole(level.get(f"{W}ilvl"), 0): _Level(
                    _FORMS.get(value_of(level, "numFmt") or "", "1"),
                    (value_of(level, "lvlText") or "")[:40],
                    whole(value_of(level, "start"), 1),
                )
                for level in abstract.iter(f"{W}lvl")
            }
        for number in root.iter(f"{W}num"):
            key = number.get(f"{W}numId") or ""
            self._lists[key] = value_of(number, "abstractNumId") or ""
            self._restarts[key] = {
                whole(over.get(f"{W}ilvl"), 0): whole(value_of(over, "startOverride"), 1)
                for over in number.iter(f"{W}lvlOverride")
                if over.find(f"{W}startOverride") is not None
            }

    def next_label(self, key: str, depth: int) -> str | None:
        """Count one more paragraph of a list and give its label.

        Returns:
            "" for a bullet, ``None`` where the paragraph is in no list.
        """
        abstract = self._lists.get(key)
        levels = self._levels.get(abstract or "")
        if levels is None or abstract is None:
            return None
        counters = self._counters.setdefault(abstract, [])
        if depth in self._restarts[key]:
            counters[depth:] = []
        del counters[depth + 1 :]
        for at in range(len(counters), depth + 1):
            start = self._restarts[key].pop(at, levels[at].start if at in levels else 1)
            counters.append(start - (at == depth))
        counters[depth] += 1
        own = levels.get(depth)
        if own is None or not own.form:
            return ""

        def written(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            known = at <= depth and at in levels
            return numeral(counters[at], levels[at].form or "1") if known else ""

        return one_line(_PLACEHOLDER.sub(written, own.text))
