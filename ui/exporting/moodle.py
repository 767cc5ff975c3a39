"""The quiz in Moodle XML: feedback a choice, general feedback with the citation."""

from collections.abc import Sequence
from typing import cast
from xml.dom.minidom import Document, Element

from assistant.teaching.pack import Pack, QuizItem
from ui.exporting import quizzing
from ui.exporting.crediting import line

_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    # « ordering » is no part of Moodle before 4.4: steps are matched with their ranks.
    "match": "matching",
    "order": "matching",
}
_PENALTY = "0.3333333"


def write(pack: Pack) -> bytes:
    """A question bank of one category, in UTF-8."""
    document = Document()
    quiz = document.createElement("quiz")
    document.appendChild(quiz)
    _category(quiz, pack)
    for number, item in enumerate(pack.quiz, start=1):
        _question(quiz, pack, number, item)
    return document.toxml(encoding="utf-8")


def _category(quiz: Element, pack: Pack) -> None:
    question = _add(quiz, "question", type="category")
    # A slash parts categories from their parents; two of them are one in a name.
    name = quizzing.category(pack).replace("/", "//")
    _say(_add(question, "category"), f"$course$/top/{name}")


def _question(quiz: Element, pack: Pack, number: int, item: QuizItem) -> None:
    question = _add(quiz, "question", type=_TYPES[item.kind])
    _say(_add(question, "name"), quizzing.question_name(number, item))
    asked = [quizzing.marked_up(item.prompt)]
    _say_lines(_add(question, "questiontext", format="html"), asked)
    said = quizzing.correction(pack, item)
    _say_lines(_add(question, "generalfeedback", format="html"), said)
    _value(question, "defaultgrade", "1")
    _value(question, "penalty", "1" if item.kind == "true_false" else _PENALTY)
    _value(question, "hidden", "0")
    _value(question, "idnumber", quizzing.identifier(item))
    if item.kind == "true_false":
        for value, option in zip(("true", "false"), item.options[:2], strict=True):
            answer = _answer(question, value, "100" if option.right else "0", "moodle_auto_format")
            _say_lines(_add(answer, "feedback", format="html"), quizzing.reason(pack, option))
    elif item.kind in ("match", "order"):
        _matching(question, quizzing.couples(item))
    else:
        _choices(question, pack, item)
    _say(_add(_add(question, "tags"), "tag"), "Repères")


def _choices(question: Element, pack: Pack, item: QuizItem) -> None:
    _value(question, "single", "true" if item.kind == "single" else "false")
    _value(question, "shuffleanswers", "true")
    _value(question, "answernumbering", "ABCD")
    for option, weight in zip(item.options, quizzing.weights(item), strict=True):
        answer = _answer(question, quizzing.marked_up(option.text), weight, "html")
        _say_lines(_add(answer, "feedback", format="html"), quizzing.reason(pack, option))


def _answer(question: Element, text: str, fraction: str, form: str) -> Element:
    answer = _add(question, "answer", fraction=fraction, format=form)
    _say(answer, text)
    return answer


def _matching(question: Element, couples: Sequence[tuple[str, str]]) -> None:
    _value(question, "shuffleanswers", "true")
    extra = [("", quizzing.NONE_OF_THESE)] if len(couples) < quizzing.MATCH_CHOICES else []
    for left, right in (*couples, *extra):
        pair = _add(question, "subquestion", format="html")
        _say(pair, quizzing.marked_up(left))
        # The menu of answers shows entities as the signs that they stand for.
        _say(_add(pair, "answer"), quizzing.marked_up(line(right)))


def _add(parent: Element, name: str, **attributes: str) -> Element:
    element = _document(parent).createElement(name)
    for key, value in attributes.items():
        element.setAttribute(key, value)
    parent.appendChild(element)
    return element


def _value(parent: Element, name: str, value: str) -> None:
    _add(parent, name).appendChild(_document(parent).createTextNode(value))


def _say_lines(parent: Element, lines: Sequence[str]) -> None:
    """Paragraphs of HTML."""
    _say(parent, "".join(f"<p>{one}</p>" for one in lines))


def _say(parent: Element, text: str) -> None:
    """``text`` in CDATA, in as many sections as its own end marks ask."""
    element = _add(parent, "text")
    parts = text.split("]]>")
    for number, part in enumerate(parts):
        shown = (">" if number else "") + part + ("]]" if number < len(parts) - 1 else "")
        element.appendChild(_document(parent).createCDATASection(shown))


def _document(element: Element) -> Document:
    return cast(Document, element.ownerDocument)
