"""The quiz in GIFT, the plain text that Moodle imports."""

import re
from collections.abc import Sequence

from assistant.teaching.pack import Option, Pack, QuizItem
from ui.exporting import quizzing
from ui.exporting.crediting import line

_CONTROL = re.compile(r"([\\~=#{}:])")
_ARROW = "→"


def write(pack: Pack) -> bytes:
    """One question a paragraph, each after a comment with its identifier, in UTF-8."""
    category = line(quizzing.category(pack)).replace("/", "//")
    parts = [f"$CATEGORY: $course$/top/{category}"]
    parts += [_question(pack, number, item) for number, item in enumerate(pack.quiz, start=1)]
    return ("\n\n".join(parts) + "\n").encode()


def _question(pack: Pack, number: int, item: QuizItem) -> str:
    name = _CONTROL.sub(r"\\\1", quizzing.question_name(number, item))
    comment = f"// [id:{quizzing.identifier(item)}] [tag:Repères]"
    asked = f"::{name}::[html]{_text(item.prompt)}"
    proof = _lines(quizzing.correction(pack, item))
    return f"{comment}\n{asked} {{\n{_answers(pack, item)}\n####{proof}\n}}"


def _answers(pack: Pack, item: QuizItem) -> str:
    if item.kind in ("match", "order"):
        return _pairs(item)
    if item.kind == "true_false":
        return _true_false(pack, item)
    rows = []
    for option, weight in zip(item.options, quizzing.weights(item), strict=True):
        lead = "=" if item.kind == "single" and option.right else f"~%{weight}%"
        rows.append(f"{lead}{_text(option.text)}#{_why(pack, option)}")
    return "\n".join(rows)


def _true_false(pack: Pack, item: QuizItem) -> str:
    """The key, what is said to those who missed it, then to those who found it."""
    true, false = item.options[:2]
    right, wrong = (true, false) if true.right else (false, true)
    return f"{'TRUE' if true.right else 'FALSE'}#{_why(pack, wrong)}#{_why(pack, right)}"


def _pairs(item: QuizItem) -> str:
    couples = quizzing.couples(item)
    rows = [f"={_side(left)} -> {_side(right)}" for left, right in couples]
    if len(couples) < quizzing.MATCH_CHOICES:
        rows.append(f"= -> {_side(quizzing.NONE_OF_THESE)}")
    return "\n".join(rows)


def _side(text: str) -> str:
    """One side of a pair: the arrow that joins them can't stand in it."""
    return _text(line(text).replace("->", _ARROW))


def _why(pack: Pack, option: Option) -> str:
    return _lines(quizzing.reason(pack, option))


def _text(text: str) -> str:
    return _lines([quizzing.marked_up(text)])


def _lines(lines: Sequence[str]) -> str:
    """HTML on one line, the signs of GIFT escaped; a bracket first would name a format."""
    shown = "<br>".join(lines)
    if shown.startswith("["):
        shown = f"&#91;{shown[1:]}"
    return _CONTROL.sub(r"\\\1", shown)
