"""Quiz slides: the question first, then the answer with what proves it."""

from collections.abc import Iterable, Iterator

from assistant.teaching.pack import QuizItem
from ui.exporting import quizzing
from ui.exporting.crediting import line
from ui.exporting.deck.canvas import Deck
from ui.exporting.deck.fitting import Paragraph
from ui.exporting.deck.noting import notes_for
from ui.exporting.mixing import letter

_RIGHT, _WRONG = "Juste", "Faux"
_QUOTES = "«» \u00a0\u202f"


def lay_quiz(deck: Deck) -> None:
    """Two slides a question; the trainer's notes of the first hold the answer too."""
    for number, item in enumerate(deck.pack.quiz, start=1):
        said = [f"Réponse : {item.key.text}"]
        numbers = [*item.key.citations, *(n for one in item.options for n in one.citations)]
        proof = notes_for(deck, (item.id, item.fact), dict.fromkeys(numbers))
        title = f"Question {number}"
        deck.flow(title, list(_asked(deck, item)), [*said, *proof])
        deck.flow(f"{title} : réponse", list(_answered(deck, item)), proof)


def _asked(deck: Deck, item: QuizItem) -> Iterator[Paragraph]:
    yield Paragraph(line(item.prompt), bold=True)
    if item.kind == "match":
        yield from _listed(left for left, _ in item.pairs)
        yield Paragraph(line("À associer avec :"), bold=True)
        yield from _lettered(quizzing.drawn(deck.pack, item))
    elif item.kind == "order":
        yield from _lettered(quizzing.drawn(deck.pack, item))
    else:
        if item.kind != "true_false":
            yield Paragraph(quizzing.HOW[item.kind])
        yield from _lettered(option.text for option in item.options)


def _answered(deck: Deck, item: QuizItem) -> Iterator[Paragraph]:
    drawn = quizzing.drawn(deck.pack, item)
    verdict = next((one.text for one in item.options if one.right), "")
    lead = f"{line(verdict)}." if item.kind == "true_false" else ""
    yield Paragraph(line(item.key.text), item.key.citations, lead=lead, bold=True)
    if item.kind == "order":
        for at, step in enumerate(item.order, start=1):
            yield Paragraph(line(step), lead=f"{at}. ({letter(drawn.index(step))})")
    elif item.kind == "match":
        for at, (left, answer) in enumerate(item.pairs, start=1):
            lead = f"{at}. {line(left)} → {letter(drawn.index(answer))}."
            yield Paragraph(line(answer), lead=lead)
    elif item.kind == "true_false":
        whys = {_why(item, option.why): option.citations for option in item.options}
        yield from (Paragraph(why, citations) for why, citations in whys.items() if why)
    else:
        for at, option in enumerate(item.options):
            judged = _RIGHT if option.right else _WRONG
            lead = f"{letter(at)}. {line(option.text).rstrip('.')} – {judged}."
            yield Paragraph(_why(item, option.why), option.citations, lead=lead)


def _why(item: QuizItem, why: str) -> str:
    """The reason, unless it is the key, which stands above."""
    told = line(why)
    return "" if told.strip(_QUOTES) == line(item.key.text) else told


def _lettered(choices: Iterable[str]) -> Iterator[Paragraph]:
    for at, choice in enumerate(choices):
        yield Paragraph(line(choice), lead=f"{letter(at)}.")


def _listed(choices: Iterable[str]) -> Iterator[Paragraph]:
    for at, choice in enumerate(choices, start=1):
        yield Paragraph(line(choice), lead=f"{at}.")
