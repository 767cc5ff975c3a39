"""The chain of a text as a picture: one SVG file, readable alone and by a screen reader."""

from collections.abc import Mapping, Sequence
from typing import Final

from corpus.chains import Chain, Link, day_of
from corpus.types import Identity, RelationKind
from ingest.context import cut_at_word, french_date
from ui.markup import escape, tag
from ui.texts import UNKNOWN, UNKNOWN_KIND

_BOX_WIDTH: Final = 720
_BOX_HEIGHT: Final = 74
_GAP: Final = 14
_LANE: Final = 14
_TITLE_CHARS: Final = 78
_LINE_CHARS: Final = 98
_WEIGHTS: Final[tuple[RelationKind, ...]] = (
    *("annulé par", "abroge", "remplace", "modifie", "complète", "applique"),
)
_INK: Final = "#1b1b35"
_PAPER: Final = "#ffffff"
_LINE_COLOUR: Final = "#55556e"
_HERE: Final = "#e3e8fb"
_ELSE: Final = "#f6f6fa"


def draw_chain(identities: Mapping[str, Identity], chain: Chain) -> str:
    """The members of a chain, oldest first, each box saying in words what it changes.

    Lines on the left lead from each text to those that it changes, with an arrow at the changed
    one. Nothing is fetched: system fonts, no script, no style sheet.
    """
    lanes = _lanes(chain)
    left = 24 + _LANE * (max(lanes.values(), default=-1) + 1) + 10
    width = left + _BOX_WIDTH + 20
    height = len(chain.members) * (_BOX_HEIGHT + _GAP) + 54
    rows = {name: 44 + n * (_BOX_HEIGHT + _GAP) for n, name in enumerate(chain.members)}
    title = f"Chaîne des textes : {short_name(identities, chain.document_id)}"
    said = [_sentence(identities, link) for link in chain.links]
    parts = [
        tag("title", escape(title), id="titre"),
        tag("desc", escape(" ".join(said) or "Aucun lien avec un autre texte."), id="description"),
        _shape("rect", width="100%", height="100%", fill=_PAPER),
        _text(20, 28, _cut(title, _TITLE_CHARS), 17, bold=True),
        *(_line(link, rows, left, left - 10 - _LANE * lanes[link.target]) for link in chain.links),
        *(_box(identities, chain, name, left, rows[name]) for name in chain.members),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="titre description" '
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


def _line(link: Link, rows: Mapping[str, int], left: int, across: int) -> str:
    source = rows[link.source] + _BOX_HEIGHT // 2 - 10
    target = rows[link.target] + _BOX_HEIGHT // 2 + 10
    path = f"M{left} {source}H{across}V{target}H{left}m-7 -4l7 4l-7 4"
    return _shape("path", d=path, fill="none", stroke=_LINE_COLOUR, stroke_width=1.5)


def _box(identities: Mapping[str, Identity], chain: Chain, name: str, left: int, top: int) -> str:
    here = name == chain.document_id
    identity = identities[name]
    changes = _changes(identities, [link for link in chain.links if link.source == name])
    frame = _shape(
        "rect",
        x=left,
        y=top,
        width=_BOX_WIDTH,
        height=_BOX_HEIGHT,
        rx=6,
        fill=_HERE if here else _ELSE,
        stroke=_INK,
        stroke_width=3 if here else 1,
    )
    title = _text(left + 14, top + 24, _cut(short_name(identities, name), _TITLE_CHARS), 15, True)
    facts = _text(left + 14, top + 44, _cut(_identity(identity), _LINE_CHARS), 13)
    return frame + title + facts + _text(left + 14, top + 63, _cut(changes, _LINE_CHARS), 13)


def _identity(identity: Identity) -> str:
    day = day_of(identity)
    kind: str = identity.kind if identity.kind != "inconnue" else UNKNOWN_KIND
    known = [kind, french_date(day) if day else f"date {UNKNOWN}e"]
    if identity.text_status != "inconnu":
        known.append(identity.text_status)
    if identity.exercices:
        known.append(f"exercice {', '.join(map(str, identity.exercices))}")
    return " · ".join(known)


def _changes(identities: Mapping[str, Identity], links: Sequence[Link]) -> str:
    """What a text changes and what annuls it, weightiest first, as many as the line holds."""
    ordered = sorted(links, key=lambda link: _WEIGHTS.index(link.kind))
    said = [f"{link.kind} {short_name(identities, link.target)}" for link in ordered]
    for count in range(len(said), 1, -1):
        left_out = len(said) - count
        more = [f"et {left_out} autres" if left_out > 1 else "et un autre"] if left_out else []
        line = " ; ".join(said[:count] + more)
        if len(line) <= _LINE_CHARS:
            return line
    return f"{said[0]} ; et {len(said) - 1} autres" if len(said) > 1 else "".join(said)


def _cut(text: str, room_chars: int) -> str:
    return cut_at_word(" ".join(text.split()), room_chars)


def _text(x: int, y: int, words: str, size: int, bold: bool = False) -> str:
    weight = 700 if bold else 400
    return _shape("text", escape(words), x=x, y=y, font_size=size, font_weight=weight, fill=_INK)


def _shape(name: str, content: str = "", **attributes: str | float) -> str:
    """An element of SVG, whose attributes have hyphens where Python has underscores."""
    return tag(name, content, **{key.replace("_", "-"): str(v) for key, v in attributes.items()})
