"""The last slides: the texts quoted, and where they were read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Citation
from ui.cards import publishers
from ui.exporting import crediting, sourcing
from ui.exporting.crediting import line
from ui.exporting.deck.canvas import SMALL_PT, TIGHT_GAP_PT, Deck, body_room
from ui.exporting.deck.fitting import Paragraph, pages

MOST_SLIDES = 2
SIZES_PT = (SMALL_PT, 16.0)
BRIEF_PT = (16.0, 14.0, 12.0)
Found = Mapping[str, Mapping[str, list[Citation]]]


def lay_sources(deck: Deck) -> None:
    """Each text once, then what was read of it by kind of proof, with the numbers that it proves.

    Which publisher was read for which number stands beside the quote, on its slide or in the
    notes.
    """
    found: dict[str, dict[str, list[Citation]]] = {}
    for _, citation in sorted(deck.citations.items()):
        kinds = found.setdefault(crediting.nature(citation), {})
        kinds.setdefault(f"{citation.origin} {sourcing.read(citation)}", []).append(citation)
    if not found:
        return
    whole = list(_whole(found))
    said, size_pt = _fitted(whole, list(_brief(found)))
    notes = [f"Repères, {sourcing.as_of(deck.pack)}"]
    if said != whole:
        notes += [one.shown for one in whole]
    slides = deck.flow("Sources", said, notes, [size_pt], gap_pt=TIGHT_GAP_PT, sourcing_list=True)
    for slide in slides:
        slide.placeholders[1].name = "Sources"


def _whole(found: Found) -> Iterator[Paragraph]:
    """Each text, then what was read of it."""
    for title, kinds in found.items():
        yield Paragraph(title, bold=True)
        for cited in kinds.values():
            yield Paragraph(_read(cited), tuple(one.n for one in cited), bullet=True)


def _brief(found: Found) -> Iterator[Paragraph]:
    """Each text with its numbers; the notes tell what was read of it."""
    for title, kinds in found.items():
        yield Paragraph(title, tuple(sorted(one.n for cited in kinds.values() for one in cited)))


def _fitted(
    whole: Sequence[Paragraph], brief: Sequence[Paragraph]
) -> tuple[Sequence[Paragraph], float]:
    """What is shown, and how large, on ``MOST_SLIDES`` at most; the briefest on as many as it
    takes where that can't be."""
    tried = [(whole, size) for size in SIZES_PT] + [(brief, size) for size in BRIEF_PT]
    for said, size_pt in tried:
        room = replace(body_room(size_pt), gap_pt=TIGHT_GAP_PT)
        if len(pages(said, room)) <= MOST_SLIDES:
            return said, size_pt
    return tried[-1]


def _read(cited: list[Citation]) -> str:
    """« Résumé Repères, d'après X (presse) », or the publishers of several quotes together."""
    origins = list(dict.fromkeys(crediting.origin(one) for one in cited))
    if len(origins) == 1:
        return f"{origins[0][:1].upper()}{origins[0][1:]}"
    names = _distinct(name for one in cited for name in publishers(one))
    lead = "Textes originaux" if cited[0].origin == "original" else "Résumés Repères"
    lus = f" ; lus : {', '.join(names)}" if names else ""
    return line(f"{lead}{lus} ({sourcing.read(cited[0])})")


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
