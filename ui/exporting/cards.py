"""Memory cards as CSV, for Anki: front, back, source, tags."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.teaching.pack import Pack, QuizItem
from ui.exporting import quizzing, sourcing
from ui.exporting.mixing import letter

_HEAD = (
    "#separator:Comma",
    "#html:true",
    "#columns:Recto,Verso,Source,Étiquettes",
    "#tags column:4",
)
_FORMULA = re.compile(r"[=+\-@#＝＋－＠|%]")
_TAG = re.compile(r"[^\w:-]+")


@dataclass(frozen=True, slots=True)
class _Card:
    front: str
    back: str
    citations: tuple[int, ...]
    kind: str


def write(pack: Pack) -> bytes:
    """One card a quiz item, then what no item asks (points with a heading, words), in UTF-8.

    Cells are HTML. None begins with a sign that a spreadsheet takes for a formula.
    """
    written = io.StringIO()
    written.write("".join(f"{one}\n" for one in _HEAD))
    rows = csv.writer(written, lineterminator="\n")
    for card in _distinct(_cards(pack)):
        dated = quizzing.marked_up(f"{card.kind}, {sourcing.as_of(pack)}")
        proof = "<br>".join((*quizzing.proof(pack, card.citations), f"Repères, {dated}"))
        cells = (quizzing.marked_up(card.front), quizzing.marked_up(card.back), proof)
        rows.writerow([*map(_safe, cells), _tags(pack, card.kind)])
    return written.getvalue().encode()


def _cards(pack: Pack) -> Iterator[_Card]:
    for item in pack.quiz:
        yield _Card(_asked(pack, item), _answered(item), item.key.citations, "quiz")
    asked = {item.fact for item in pack.quiz}
    for point in pack.points:
        if point.label and point.id not in asked:
            yield _Card(point.label, point.text, point.citations, "point-clé")
    for word in pack.words:
        yield _Card(word.term, word.definition, word.citations, "glossaire")


def _asked(pack: Pack, item: QuizItem) -> str:
    if item.kind in ("match", "order"):
        drawn = item.order and quizzing.drawn(pack.order.seed, item)
        asked = drawn or [left for left, _ in item.pairs]
        return "\n".join((item.prompt, *(f"• {one}" for one in asked)))
    if item.kind == "true_false":
        how = quizzing.HOW["true_false"]
        return item.prompt if how in item.prompt else f"{how} {item.prompt}"
    letters = [f"{letter(at)}. {option.text}" for at, option in enumerate(item.options)]
    return "\n".join((item.prompt, quizzing.HOW[item.kind], *letters))


def _answered(item: QuizItem) -> str:
    couples = [f"{left} → {right}" for left, right in quizzing.couples(item)]
    right = [
        option.text if item.kind == "true_false" else f"{letter(at)}. {option.text}"
        for at, option in enumerate(item.options)
        if option.right
    ]
    return "\n".join((*right, *couples, item.key.text))


def _distinct(cards: Iterable[_Card]) -> Iterator[_Card]:
    """The cards whose front is new: two alike in front would ask the same thing twice."""
    fronts: set[str] = set()
    for card in cards:
        if card.front and card.front not in fronts:
            fronts.add(card.front)
            yield card


def _safe(shown: str) -> str:
    """HTML whose first sign starts no formula: such a sign is written as an entity."""
    return f"&#{ord(shown[0])};{shown[1:]}" if _FORMULA.match(shown) else shown


def _tags(pack: Pack, kind: str) -> str:
    order = pack.order
    found = ["repères", f"repères::{_TAG.sub('-', order.theme or 'question')}", kind]
    if order.exercice:
        found.append(f"exercice-{order.exercice}")
    return " ".join(found)
