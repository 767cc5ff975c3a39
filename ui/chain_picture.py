"""The chain of a text as a picture: one SVG file, readable alone and by a screen reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from corpus.chains import Chain, Link, day_of
from corpus.types import Identity, RelationKind
from ingest.context import cut_at_word, french_date
from ui.markup import escape, tag
from ui.natures import nature_of
from ui.texts import UNKNOWN

_GAP: Final = 14
_WEIGHTS: Final[tuple[RelationKind, ...]] = (
    *("annulé par", "abroge", "remplace", "modifie", "complète", "applique"),
)
_INK: Final = "#1b1b35"
_PAPER: Final = "#ffffff"
_LINE_COLOUR: Final = "#55556e"
_HERE: Final = "#e3e8fb"
_ELSE: Final = "#f6f6fa"


@dataclass(frozen=True, slots=True)
class Look:
    """How wide a picture is (pixels), how many characters and lines its boxes hold.

    ``ids`` follows the ids of its title and description: a page may hold two pictures.
    """

    box_width: int
    margin: int
    lane: int
    title_chars: int
    line_chars: int
    lines: int
    ids: str = ""


WIDE: Final = Look(720, 20, 14, 78, 98, 1)
NARROW: Final = Look(270, 6, 9, 26, 38, 3, "-etroite")
"""For a phone: words wrap in boxes of its width."""


@dataclass(frozen=True, slots=True)
class _Box:
    """The words of a text, line by line: its name, then the rest; where its top is, in pixels."""

    title: Sequence[str]
    said: Sequence[str]
    top: int

    @property
    def height(self) -> int:
        return 20 * len(self.title) + 19 * len(self.said) + 16

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def draw_chain(identities: Mapping[str, Identity], chain: Chain, look: Look = WIDE) -> str:
    """The members of a chain, oldest first, each box saying in words what it changes.

    Lines on the left lead from each text to those that it changes, with an arrow at the changed
    one. Nothing is fetched: system fonts, no script, no style sheet.
    """
    lanes = _lanes(chain)
    left = look.margin + 4 + look.lane * (max(lanes.values(), default=-1) + 1) + 10
    width = left + look.box_width + look.margin
    title = f"Chaîne des textes : {short_name(identities, chain.document_id)}"
    heading = _fill(title, look.title_chars, look.lines)
    boxes = _boxes(identities, chain, look, 24 + 20 * len(heading))
    height = boxes[chain.members[-1]].top + boxes[chain.members[-1]].height + _GAP + 10
    titled, described = f"titre{look.ids}", f"description{look.ids}"
    said = [_sentence(identities, link) for link in chain.links]
    parts = [
        tag("title", escape(title), id=titled),
        tag("desc", escape(" ".join(said) or "Aucun lien avec un autre texte."), id=described),
        _shape("rect", width="100%", height="100%", fill=_PAPER),
        *(_text(look.margin, 28 + 20 * n, words, 17, True) for n, words in enumerate(heading)),
        *(
            _line(link, boxes, left, left - 10 - look.lane * lanes[link.target])
            for link in chain.links
        ),
        *(_frame(boxes[name], left, look, name == chain.document_id) for name in chain.members),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="{titled} {described}" '
        'lang="fr" font-family="system-ui, sans-serif">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def short_name(identities: Mapping[str, Identity], name: str) -> str:
    """What people call a text."""
    return identities[name].short_title or identities[name].title


def _sentence(identities: Mapping[str, Identity], link: Link) -> str:
    source, target = (short_name(identities, name) for name in (link.source, link.target))
    return f"{source} : {link.kind} {target}."


def _lanes(chain: Chain) -> dict[str, int]:
    """A column for the lines that lead to each changed text; two that overlap have two columns."""
    rows = {name: row for row, name in enumerate(chain.members)}
    spans: dict[str, tuple[int, int]] = {}
    for link in chain.links:
        ends = (rows[link.source], rows[link.target], *spans.get(link.target, ()))
        spans[link.target] = (min(ends), max(ends))
    lanes: dict[str, int] = {}
    busy: list[int] = []
    for target, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        lane = next((n for n, end in enumerate(busy) if end < first), len(busy))
        busy[lane : lane + 1] = [last]
        lanes[target] = lane
    return lanes


def _line(link: Link, boxes: Mapping[str, _Box], left: int, across: int) -> str:
    source, target = boxes[link.source].middle - 10, boxes[link.target].middle + 10
    path = f"M{left} {source}H{across}V{target}H{left}m-7 -4l7 4l-7 4"
    return _shape("path", d=path, fill="none", stroke=_LINE_COLOUR, stroke_width=1.5)


def _boxes(
    identities: Mapping[str, Identity], chain: Chain, look: Look, top: int
) -> dict[str, _Box]:
    """The boxes of the members, one under the other."""
    boxes = {}
    room = look.line_chars * look.lines - look.lines
    for name in chain.members:
        changes = _changes(identities, [link for link in chain.links if link.source == name], room)
        said = [
            line
            for words in (_identity(identities[name]), changes)
            for line in _fill(words, look.line_chars, look.lines) or [""] * (look is WIDE)
        ]
        boxes[name] = _Box(
            _fill(short_name(identities, name), look.title_chars, look.lines), said, top
        )
        top += boxes[name].height + _GAP
    return boxes


def _frame(box: _Box, left: int, look: Look, here: bool) -> str:
    frame = _shape(
        "rect",
        x=left,
        y=box.top,
        width=look.box_width,
        height=box.height,
        rx=6,
        fill=_HERE if here else _ELSE,
        stroke=_INK,
        stroke_width=3 if here else 1,
    )
    x, under = left + min(14, 2 * look.margin), box.top + 24 + 20 * len(box.title)
    title = [_text(x, box.top + 24 + 20 * n, line, 15, True) for n, line in enumerate(box.title)]
    said = [_text(x, under + 19 * n, line, 13) for n, line in enumerate(box.said)]
    return "".join([frame, *title, *said])


def _identity(identity: Identity) -> str:
    day = day_of(identity)
    kind = nature_of(identity.kind, identity.title)
    known = [kind, french_date(day) if day else f"date {UNKNOWN}e"]
    if identity.text_status != "inconnu":
        known.append(identity.text_status)
    if identity.exercices:
        known.append(f"exercice {', '.join(map(str, identity.exercices))}")
    return " · ".join(known)


def _changes(identities: Mapping[str, Identity], links: Sequence[Link], room_chars: int) -> str:
    """What a text changes and what annuls it, weightiest first, as many as there is room for."""
    ordered = sorted(links, key=lambda link: _WEIGHTS.index(link.kind))
    said = [f"{link.kind} {short_name(identities, link.target)}" for link in ordered]
    for count in range(len(said), 1, -1):
        left_out = len(said) - count
        more = [f"et {left_out} autres" if left_out > 1 else "et un autre"] if left_out else []
        line = " ; ".join(said[:count] + more)
        if len(line) <= room_chars:
            return line
    return f"{said[0]} ; et {len(said) - 1} autres" if len(said) > 1 else "".join(said)


def _fill(text: str, line_chars: int, lines: int) -> list[str]:
    """The words in so many lines at most, cut at a word."""
    words = " ".join(text.split())
    if lines == 1:
        return [cut_at_word(words, line_chars)] if words else []
    return wrap(words, line_chars, max_lines=lines, placeholder="…")


def _text(x: int, y: int, words: str, size: int, bold: bool = False) -> str:
    weight = 700 if bold else 400
    return _shape("text", escape(words), x=x, y=y, font_size=size, font_weight=weight, fill=_INK)


def _shape(name: str, content: str = "", **attributes: str | float) -> str:
    """An element of SVG, whose attributes have hyphens where Python has underscores."""
    return tag(name, content, **{key.replace("_", "-"): str(v) for key, v in attributes.items()})
