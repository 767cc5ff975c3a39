"""Pictures of a report: inline SVG that needs no script, no font and no file of its own.

Positions along the width are percentages and text keeps its size, so that a picture fits a phone
as well as a wide screen. Colours are classes of ``report_page.css`` (light and dark); a shape, a
texture or a word says the same thing. Each picture holds its own text alternative.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from evals.bootstrap import Interval
from evals.summary import Fate

NBSP: Final = "\u00a0"
_LINE: Final = 20
_LOWER: Final = 8
_SHAPES: Final = (
    Markup('<circle class="s1" r="6"/>'),
    Markup('<path class="s2" d="M0 -7L7 0L0 7L-7 0Z"/>'),
    Markup('<path class="s3" d="M0 -7L7 6H-7Z"/>'),
    Markup('<rect class="s4" x="-5" y="-5" width="10" height="10"/>'),
)
DEFINITIONS: Final = Markup(
    '<svg width="0" height="0" aria-hidden="true" class="hors-ecran"><defs>'
    '<pattern id="hachures" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="fond-faux" width="6" height="6"/>'
    '<rect class="trait-faux" width="2.5" height="6"/></pattern>'
    '<pattern id="points" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="fond-refus" width="6" height="6"/>'
    '<circle class="trait-refus" cx="3" cy="3" r="1.6"/></pattern>'
    "</defs></svg>"
)
"""Textures that ``shares`` draws with; the page holds them once."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a picture says in words: an id of the page, a title, and what there is to see."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Point:
    """An assistant (0 is the first) at (``x``, ``y``), both in 0..1, and its curve if any."""

    label: str
    series: int
    x: Interval
    y: Interval
    curve: Sequence[tuple[float, float]] = ()


def percent(share: float) -> str:
    """A share in 0..1 as French readers write it: « 78 % »."""
    return f"{100 * share:.0f}{NBSP}%"


def bracketed(interval: Interval | None) -> str:
    """A mean with its interval, « 78 % [71 ; 84] », or a dash when nothing was scored."""
    if interval is None:
        return "–"
    low, high = (f"{100 * bound:.0f}" for bound in (interval.low, interval.high))
    return f"{percent(interval.mean)} [{low}{NBSP};{NBSP}{high}]"


def swatch(series: int) -> Markup:
    """The shape of an assistant (0 is the first), for a legend."""
    shape = _SHAPES[series % len(_SHAPES)]
    return Markup(
        '<svg class="puce" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">{}</svg>'
    ).format(shape)


def fill_swatch(kind: Fate) -> Markup:
    """The fill of a fate in ``shares``, for a legend."""
    return Markup(
        '<svg class="puce" width="16" height="16" aria-hidden="true">'
        '<rect class="{}" width="16" height="16"/></svg>'
    ).format(kind)


def dots(said: Said, rows: Mapping[str, Sequence[Interval | None]]) -> Markup:
    """A line a row on a scale of 0 to 100 %: the first value with its interval, the others bare.

    Args:
        said: its words.
        rows: by label, one interval a series in the same order, at least one; ``None`` draws
            nothing. Each series stands a little lower, so that equal values stay apart.
    """
    series = max((len(intervals) for intervals in rows.values()), default=1)
    step = 2 * _LINE + 6 + _LOWER * (series - 1)
    body: list[Markup] = [_grid(len(rows) * step)]
    for n, (label, intervals) in enumerate(rows.items()):
        top, middle = n * step, n * step + _LINE + 8
        first = intervals[0]
        body.append(_text(0, top + 14, label, "halo"))
        body.append(_text(100, top + 14, _value(first), "fin halo"))
        body.append(_line(0, middle, 100, middle, "piste"))
        if first is not None:
            body.append(_line(100 * first.low, middle, 100 * first.high, middle, "intervalle"))
        body += [
            _placed(100 * each.mean, middle + _LOWER * at, _SHAPES[at % len(_SHAPES)])
            for at, each in reversed(list(enumerate(intervals)))
            if each is not None
        ]
    body += _scale(len(rows) * step + 14)
    return _picture(said, len(rows) * step + 20, body)


def _value(interval: Interval | None) -> Markup:
    """A mean with its interval, which small screens leave to the table."""
    words = bracketed(interval)
    mean, _space, bounds = words.partition(" ")
    return (
        Markup('{}<tspan class="bornes"> {}</tspan>').format(mean, bounds)
        if bounds
        else Markup(words)
    )


def shares(said: Said, rows: Mapping[str, Mapping[Fate, float]]) -> Markup:
    """A bar a row, cut into shares in 0..1; a fate is also the class that fills its share."""
    step = 2 * _LINE + 10
    body: list[Markup] = []
    for n, (label, parts) in enumerate(rows.items()):
        body.append(_text(0, n * step + 14, label))
        left = 0.0
        for kind, share in parts.items():
            width = 100 * share
            body.append(_bar(left, n * step + _LINE, width, 22, kind))
            if width >= 12:
                body.append(_text(left + width / 2, n * step + 36, percent(share), "milieu halo"))
            left += width
    return _picture(said, len(rows) * step, body)


def bars(said: Said, rows: Mapping[str, int]) -> Markup:
    """A bar a row, as long as its count."""
    step, longest = 2 * _LINE, max(rows.values(), default=0) or 1
    body: list[Markup] = []
    for n, (label, count) in enumerate(rows.items()):
        body.append(_text(0, n * step + 14, label))
        body.append(_text(100, n * step + 14, str(count), "fin"))
        body.append(_bar(0, n * step + _LINE, 100, 12, "piste-pleine"))
        body.append(_bar(0, n * step + _LINE, 100 * count / longest, 12, "plein"))
    return _picture(said, len(rows) * step, body)


def columns(said: Said, rows: Mapping[str, int], marks: Mapping[str, float]) -> Markup:
    """A column a class of values, with its count; ``marks`` are vertical lines.

    Args:
        said: its words.
        rows: counts by the label of their class, in order.
        marks: by label, where a line stands, in classes (1.5: in the middle of the second one).
    """
    height, top = 150, 22 * len(marks) + 24
    width, highest = 100 / max(1, len(rows)), max(rows.values(), default=0) or 1
    body: list[Markup] = []
    for n, (label, count) in enumerate(rows.items()):
        tall = height * count / highest
        middle = (n + 0.5) * width
        body.append(_bar(n * width + 0.6, top + height - tall, width - 1.2, tall, "plein"))
        body.append(_text(middle, top + height - tall - 5, str(count), "milieu petit"))
        body.append(_text(middle, top + height + 16, label, "milieu petit"))
    body.append(_line(0, top + height, 100, top + height, "axe"))
    for n, (label, at) in enumerate(marks.items()):
        place = min(100.0, max(0.0, at * width))
        body.append(_line(place, 22 * n + 4, place, top + height, "sous-repere"))
        body.append(_line(place, 22 * n + 4, place, top + height, "repere"))
        body.append(_text(place, 22 * n + 14, label, _side(place), -6 if place > 50 else 6))
    return _picture(said, top + height + 24, body)


def plane(said: Said, points: Sequence[Point], ideal: float | None) -> Markup:
    """Points on a square of 0 to 100 % both ways, with their intervals as crosses.

    Args:
        said: its words.
        points: one an assistant; a curve goes through the points of those that have one.
        ideal: where on the width a faultless assistant would stand, at the bottom; ``None`` hides.
    """
    height, top = 300, 38
    body: list[Markup] = [_text(0, 12, "↑ part de réponses fausses", "petit")]
    for tick in (0, 25, 50, 75, 100):
        level = top + height * (1 - tick / 100)
        body.append(_line(0, level, 100, level, "grille"))
        body.append(_text(0, level - 3, f"{tick}{NBSP}%", "petit doux"))
        body.append(_text(tick, top + height + 16, f"{tick}{NBSP}%", f"{_end(tick)} petit doux"))
    if ideal is not None:
        body.append(_line(100 * ideal, top, 100 * ideal, top + height, "repere"))
        body.append(
            _placed(
                100 * ideal,
                top + height,
                Markup('<path class="cible" d="{}"/>').format("M-7 0H7M0 -7V7M-5 -5L5 5M-5 5L5 -5"),
            )
        )
    for point in points:
        body += _point(point, top, height)
    body.append(_text(100, top + height + 34, "part de questions répondues →", "fin petit"))
    return _picture(said, top + height + 42, body)


def _point(point: Point, top: int, height: int) -> Iterator[Markup]:
    def level(share: float) -> float:
        return top + height * (1 - share)

    x, y = point.x, point.y
    colour = f"s{point.series % len(_SHAPES) + 1}"
    if point.curve:
        path = "L".join(f"{100 * a:.2f} {100 * (1 - b):.2f}" for a, b in point.curve)
        yield Markup(
            '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 100 100" '
            'preserveAspectRatio="none"><path class="courbe {}" d="M{}"/></svg>'
        ).format(top, height, colour, path)
    yield _line(100 * x.low, level(y.mean), 100 * x.high, level(y.mean), f"croix {colour}")
    yield _line(100 * x.mean, level(y.low), 100 * x.mean, level(y.high), f"croix {colour}")
    yield _placed(100 * x.mean, level(y.mean), _SHAPES[point.series % len(_SHAPES)])
    right = x.mean > 0.5
    yield _text(
        100 * x.mean,
        level(y.mean) + (20 if point.series == 2 else -12),
        point.label,
        "fin halo" if right else "halo",
        -10 if right else 10,
    )


def _picture(said: Said, height: float, body: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="dessin" role="img" width="100%" height="{height:.0f}" '
        'aria-labelledby="{name}-titre {name}-texte"><title id="{name}-titre">{title}</title>'
        '<desc id="{name}-texte">{description}</desc>{body}</svg>'
    ).format(
        height=height,
        name=said.name,
        title=said.title,
        description=said.description,
        body=Markup("\n").join(body),
    )


def _grid(height: float) -> Markup:
    ticks = (_line(tick, _LINE - 4, tick, height, "grille") for tick in (0, 25, 50, 75, 100))
    return Markup("").join(ticks)


def _scale(y: float) -> Iterator[Markup]:
    for tick in (0, 25, 50, 75, 100):
        yield _text(tick, y, f"{tick}{NBSP}%", f"{_end(tick)} petit doux")


def _end(place: float) -> str:
    """Which end of a text stands at its place, so that it stays in the picture."""
    return "debut" if place == 0 else "fin" if place == 100 else "milieu"


def _side(place: float) -> str:
    return "fin halo" if place > 50 else "halo"


def _text(x: float, y: float, words: str, css: str = "", shift: int = 0) -> Markup:
    return Markup('<text x="{:.2f}%" y="{:.0f}" dx="{}" class="{}">{}</text>').format(
        x, y, shift, css or "debut", words
    )


def _line(x1: float, y1: float, x2: float, y2: float, css: str) -> Markup:
    return Markup('<line x1="{:.2f}%" y1="{:.1f}" x2="{:.2f}%" y2="{:.1f}" class="{}"/>').format(
        x1, y1, x2, y2, css
    )


def _bar(x: float, y: float, width: float, height: float, css: str) -> Markup:
    return Markup(
        '<rect x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}" class="{}"/>'
    ).format(x, y, width, height, css)


def _placed(x: float, y: float, shape: Markup) -> Markup:
    """A shape drawn around its own origin, at a place given in per cent of the width."""
    return Markup('<svg x="{:.2f}%" y="{:.1f}" overflow="visible">{}</svg>').format(x, y, shape)
