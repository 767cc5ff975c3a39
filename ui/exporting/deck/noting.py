"""What the trainer reads under a slide: where the session stands, and the quotes in full."""

from collections.abc import Iterable, Iterator

from assistant.teaching.pack import Pack, Proved
from ui.exporting import crediting, sourcing
from ui.exporting.crediting import line, plain
from ui.exporting.deck.canvas import Deck


def notes_for(deck: Deck, ids: Iterable[str], numbers: Iterable[int]) -> list[str]:
    """The steps that use these items, then the quotes of these citations with their addresses."""
    wanted = set(ids)
    found = [
        said
        for step, said in zip(deck.pack.steps, timed(deck.pack), strict=True)
        if wanted & set(step.items)
    ]
    for n in numbers:
        if citation := deck.citations.get(n):
            found.append(f"[{n}] {sourcing.wording(citation)} : « {plain(citation.quote)} »")
            found.append(
                f"{crediting.credit(citation)}. {crediting.address(citation) or ''}".strip()
            )
    return found


def notes_of(deck: Deck, ids: Iterable[str], proved: Iterable[Proved]) -> list[str]:
    """The notes on several sentences, each of their quotes once."""
    return notes_for(deck, ids, dict.fromkeys(n for one in proved for n in one.citations))


def timed(pack: Pack) -> Iterator[str]:
    """A line a step of the run sheet: « Déroulé, de 10 min à 40 min : Points clés. … »."""
    at = 0
    for step in pack.steps:
        start, at = at, at + step.minutes
        span = f"de {_clock(start)} à {_clock(at)} ({sourcing.duration(step.minutes)})"
        yield line(f"Déroulé, {span} : {step.title}. {step.how}")


def _clock(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}"
