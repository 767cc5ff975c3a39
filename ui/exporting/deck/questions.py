"""Quiz slides: the question first, then the answer with what proves it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.teaching.pack import Option, QuizItem
from ui import texts
from ui.exporting import quizzing
from ui.exporting.crediting import line, shortened
from ui.exporting.deck.canvas import TIGHT_GAP_PT, TIGHT_SIZES, Deck, body_room
from ui.exporting.deck.fitting import Paragraph, packed, total_pt, wrapped
from ui.exporting.deck.noting import notes_for
from ui.exporting.mixing import letter

_MOST_SHARED = 3
_REASON_CHARS = (1_000, 200, 120)
"""How long a reason may be on a slide, the longest that fits."""
_TIGHT = replace(body_room(TIGHT_SIZES[-1]), gap_pt=TIGHT_GAP_PT)
_LARGE = body_room(24)
_BESIDE = "\u2003"
"""Between short choices that stand on one line."""
_RIGHT, _WRONG = "Juste", "Faux"
Numbered = tuple[int, QuizItem]


def lay_quiz(deck: Deck) -> None:
    """The questions, up to three a slide, each slide followed by that of its answers; the
    trainer's notes of the first hold the answers too."""
    numbered = list(enumerate(deck.pack.quiz, start=1))
    for shown, asked in _shared(numbered, [list(_asked(deck, item)) for _, item in numbered]):
        notes = [line(f"Réponse {n} : {item.key.text}") for n, item in shown]
        notes += _proof(deck, shown)
        deck.flow(_title(shown), asked, notes, TIGHT_SIZES, gap_pt=TIGHT_GAP_PT)
        for told, answered in _shared(shown, _fitted(deck, [item for _, item in shown])):
            title = f"{_title(told)} : {'réponses' if len(told) > 1 else 'réponse'}"
            notes = [why for n, item in told for why in _whys(n, item)] + _proof(deck, told)
            deck.flow(title, answered, notes, TIGHT_SIZES, gap_pt=TIGHT_GAP_PT)


def _shared(
    numbered: Sequence[Numbered], blocks: Sequence[Sequence[Paragraph]]
) -> Iterator[tuple[Sequence[Numbered], list[Paragraph]]]:
    """The questions of each slide with all that it says; two on one slide get their numbers,
    which are measured too: a question is never split from its choices where a slide holds it."""
    named = [
        [replace(first, lead=f"{n}. {first.lead}".strip()), *rest]
        for (n, _), (first, *rest) in zip(numbered, blocks, strict=True)
    ]
    at = 0
    for group in packed(named, _TIGHT, _MOST_SHARED):
        shown = numbered[at : at + len(group)]
        alone = list(blocks[at])
        at += len(group)
        yield shown, [one for block in group for one in block] if len(shown) > 1 else alone


def _title(shown: Sequence[Numbered]) -> str:
    lead = "Questions" if len(shown) > 1 else "Question"
    return f"{lead} {texts.listed([str(n) for n, _ in shown])}"


def _proof(deck: Deck, shown: Sequence[Numbered]) -> list[str]:
    """The notes on some questions, each quote once."""
    ids = [name for _, item in shown for name in (item.id, item.fact)]
    numbers = [n for _, item in shown for n in item.key.citations]
    numbers += [n for _, item in shown for one in item.options for n in one.citations]
    return notes_for(deck, ids, dict.fromkeys(numbers))


def _fitted(deck: Deck, items: Sequence[QuizItem]) -> list[list[Paragraph]]:
    """Each answer with the reasons of its choices, cut at a word where they don't fit on one
    slide: the notes have them whole."""
    found = []
    for item in items:
        tried = (list(_answered(deck, item, most)) for most in _REASON_CHARS)
        fits = (one for one in tried if total_pt(one, _TIGHT) + _TIGHT.size_pt < _TIGHT.height_pt)
        found.append(next(fits, list(_answered(deck, item, 0))))
    return found


def _whys(n: int, item: QuizItem) -> Iterator[str]:
    """What the trainer says of each choice."""
    for option in item.options:
        if why := line(quizzing.own_reason(item, option)):
            yield line(f"{n}. « {option.text} » : {why}")


def _asked(deck: Deck, item: QuizItem) -> Iterator[Paragraph]:
    yield Paragraph(line(item.prompt), bold=True)
    if item.kind == "match":
        yield from _listed(left for left, _ in item.pairs)
        yield Paragraph(line("À associer avec :"), bold=True)
        yield from _lettered(quizzing.drawn(deck.pack.order.seed, item))
    elif item.kind == "order":
        yield from _lettered(quizzing.drawn(deck.pack.order.seed, item))
    else:
        if item.kind != "true_false":
            yield Paragraph(quizzing.HOW[item.kind])
        yield from _beside([option.text for option in item.options])


def _answered(deck: Deck, item: QuizItem, most: int) -> Iterator[Paragraph]:
    """The right answer, then each choice with its reason in ``most`` signs; 0 tells none."""
    drawn = quizzing.drawn(deck.pack.order.seed, item)
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
        whys = {_why(item, option, most): option.citations for option in item.options}
        yield from (Paragraph(why, found) for why, found in whys.items() if why)
    else:
        yield from _judged(item, most)


def _why(item: QuizItem, option: Option, most: int) -> str:
    why = line(quizzing.own_reason(item, option)) if most else ""
    return shortened(why, most) if why else ""


def _judged(item: QuizItem, most: int) -> Iterator[Paragraph]:
    """Each choice with its verdict and why; the right ones alone where no reason is told."""
    for at, option in enumerate(item.options):
        judged = _RIGHT if option.right else _WRONG
        said = f"{line(option.text).rstrip('.')} – {judged}."
        if why := _why(item, option, most):
            yield Paragraph(why, option.citations, lead=f"{letter(at)}. {said}")
        elif most or option.right:  # all in bold, a list of verdicts is hard to read
            yield Paragraph(said, option.citations, lead=f"{letter(at)}.")


def _beside(choices: Sequence[str]) -> Iterator[Paragraph]:
    """Lettered choices on one line where one holds them, else one under the other."""
    said = [line(choice) for choice in choices]
    first, *others = said or [""]
    told = [first, *(f"{letter(at)}. {one}" for at, one in enumerate(others, start=1))]
    whole = Paragraph(_BESIDE.join(told), lead=f"{letter(0)}.")
    if len(wrapped(whole.shown, _LARGE, bold=True)) == 1:
        yield whole
    else:
        yield from _lettered(said)


def _lettered(choices: Iterable[str]) -> Iterator[Paragraph]:
    for at, choice in enumerate(choices):
        yield Paragraph(line(choice), lead=f"{letter(at)}.")


def _listed(choices: Iterable[str]) -> Iterator[Paragraph]:
    for at, choice in enumerate(choices, start=1):
        yield Paragraph(line(choice), lead=f"{at}.")
