"""Chapters of a document that the participants work on, and the trainer's answers to them."""

import re
from collections.abc import Iterable

from assistant.teaching.pack import Case, QuizItem
from ui.exporting.mixing import letter
from ui.exporting.outline import Draft
from ui.exporting.quizzing import drawn
from ui.exporting.syntax import (
    Block,
    Blocks,
    Inlines,
    bullets,
    emphasis,
    joined,
    numbered,
    para,
    plain,
    strong,
    styled,
    table,
    words,
)
from ui.texts import NBSP

_BOX = "☐"
_BLANK = "……"
_GRADES = re.compile(r"\s*\(([^()]+(?:, [^()]+){2,})\)$")
_LINES_TO_FILL = 2
_HOW = {
    "single": "Une seule réponse.",
    "multiple": "Une ou plusieurs réponses.",
    "true_false": "Vrai ou faux.",
    "match": "Écrivez la lettre qui va avec chaque ligne.",
    "order": "Numérotez de 1 à {} dans l'ordre.",
}


def cases(draft: Draft) -> None:
    """Each situation with its questions; the answers are on the trainer's pages."""
    if not draft.pack.cases:
        return
    draft.head(1, "Études de cas")
    said = emphasis("Situations fictives, sans aucune personne réelle.")
    draft.blocks.append(styled("Question", [para(said)]))
    for n, case in enumerate(draft.pack.cases, 1):
        draft.head(2, _case_title(n, case))
        draft.blocks.append(para(words(case.situation)))
        draft.blocks.append(numbered([plain(words(question))] for question in case.questions))


def case_answers(draft: Draft) -> None:
    """The proved answers to the case studies; opens the trainer's pages."""
    pack = draft.pack
    if not pack.cases and not pack.quiz:
        return
    draft.head(1, "Corrigés : pages de l'animateur", opens_page=True)
    for n, case in enumerate(pack.cases, 1):
        draft.head(2, f"Réponses : {_case_title(n, case, short=True)}")
        draft.blocks.append(
            numbered(
                [
                    para(strong(question)),
                    bullets([plain(draft.notes.proved(one))] for one in answers)
                    if answers
                    else para(words("Le corpus n'y répond pas.")),
                ]
                for question, answers in zip(case.questions, case.answers, strict=False)
            )
        )


def _case_title(n: int, case: Case, short: bool = False) -> str:
    return f"{'cas' if short else 'Cas'} {n}, {case.title[:1].lower()}{case.title[1:]}"


def quiz(draft: Draft) -> None:
    """The participants' sheet, without any key, on pages of its own."""
    if not draft.pack.quiz:
        return
    draft.head(1, "Quiz : feuille des participants", opens_page=True)
    for n, item in enumerate(draft.pack.quiz, 1):
        how = _HOW[item.kind].format(len(item.order))
        said = how.casefold().rstrip(".") in item.prompt.casefold()
        told = [] if said else emphasis(how)
        asked = joined([strong(f"{n}. {item.prompt}"), told], words(" "))
        draft.blocks.append(styled("Question", [para(asked)]))
        draft.blocks += _choices(draft, item)


def _choices(draft: Draft, item: QuizItem) -> Blocks:
    if item.kind == "match":
        return [_match(draft, item)]
    if item.kind == "order":
        shown = drawn(draft.pack.order.seed, item)
        return [_lettered(draft, [words(f"{_BLANK} {one}") for one in shown])]
    if item.kind == "true_false":
        both = _boxes(one.text for one in item.options)
        return [styled("Réponse", [para(words(both))])]
    return [_lettered(draft, [words(f"{_BOX}{NBSP}{one.text}") for one in item.options])]


def _lettered(draft: Draft, items: list[Inlines]) -> Block:
    """A list A. B. C.; Markdown, which only counts in figures, gets its letters in words."""
    if draft.flavour.plain:
        return bullets([plain([*words(f"{letter(n)}) "), *one])] for n, one in enumerate(items))
    last = len(items) - 1  # each choice holds on to the next one, the last one lets go
    return numbered(
        ([styled("Choix" if n < last else "Dernier", [para(one)])] for n, one in enumerate(items)),
        letters=True,
    )


def _match(draft: Draft, item: QuizItem) -> Block:
    rights = drawn(draft.pack.order.seed, item)
    rows = [
        (
            words(left),
            words(_BLANK),
            words(f"{letter(n)}. {rights[n]}") if n < len(rights) else [],
        )
        for n, (left, _) in enumerate(item.pairs)
    ]
    return table(("À associer", "Lettre", "Avec"), rows, (0.42, 0.14, 0.44))


def quiz_key(draft: Draft) -> None:
    """The key, with what proves it and why each other choice is wrong."""
    if not draft.pack.quiz:
        return
    draft.head(2, "Corrigé du quiz")
    for n, item in enumerate(draft.pack.quiz, 1):
        draft.blocks.append(styled("Question", [para(strong(f"{n}. {item.prompt}"))]))
        right = strong(f"Réponse : {_right(draft, item)}.")
        proof = draft.notes.proved(item.key)
        draft.blocks.append(para(joined([right, proof], words(" "))))
        whys = [_why(draft, item, at) for at in range(len(item.options))]
        if whys:
            draft.blocks.append(bullets([plain(why)] for why in whys))


def _why(draft: Draft, item: QuizItem, at: int) -> Inlines:
    option = item.options[at]
    said = option.text.removesuffix(".")
    name = said if item.kind == "true_false" else f"{letter(at)}. {said}"
    verdict = "exact" if option.right else "inexact"
    if option.right and option.why == item.key.text:
        return strong(f"{name} : {verdict}.")
    why = draft.notes.text(option.why, option.citations)
    return joined([strong(f"{name} : {verdict}."), why], words(" "))


def _right(draft: Draft, item: QuizItem) -> str:
    if item.kind == "true_false":
        return ", ".join(option.text for option in item.options if option.right)
    if item.options:
        return ", ".join(letter(n) for n, option in enumerate(item.options) if option.right)
    shown = drawn(draft.pack.order.seed, item)
    if item.kind == "match":
        return " ; ".join(
            f"{left} – {letter(shown.index(right))} ({right})" for left, right in item.pairs
        )
    return ", ".join(f"{letter(shown.index(one))} ({one})" for one in item.order)


def evaluation(draft: Draft) -> None:
    """The sheet that the participants fill in, without a name, on a page to hand out."""
    if not draft.pack.evaluation:
        return
    draft.head(1, "Fiche d'évaluation", opens_page=True)
    draft.blocks.append(para(emphasis("Sans nom ni signature.")))
    for question in draft.pack.evaluation:
        asked, grades = _graded(question)
        draft.blocks.append(styled("Question", [para(strong(asked))]))
        if grades:
            draft.blocks.append(styled("Réponse", [para(words(_boxes(grades)))]))
        elif not draft.flavour.plain:
            blank = [para(words("\u00a0")) for _ in range(_LINES_TO_FILL)]
            draft.blocks.append(styled("Ligne", blank))


def _graded(question: str) -> tuple[str, list[str]]:
    """A question of the sheet without the grades that it ends with, and those grades."""
    found = _GRADES.search(question)
    return (question[: found.start()], found[1].split(", ")) if found else (question, [])


def _boxes(choices: Iterable[str]) -> str:
    """Choices to tick, on one line."""
    return f"{NBSP}{NBSP}{NBSP} ".join(f"{_BOX}{NBSP}{one}" for one in choices)
