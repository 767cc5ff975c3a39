"""The last slides: the texts quoted, and where they were read."""

from collections.abc import Iterable

from assistant.answer import Citation
from ui.cards import publishers
from ui.exporting import crediting, sourcing
from ui.exporting.crediting import line
from ui.exporting.deck.canvas import SMALL_PT, TIGHT_GAP_PT, Deck
from ui.exporting.deck.fitting import Paragraph


def lay_sources(deck: Deck) -> None:
    """Each text once, then what was read of it by kind of proof, with the numbers that it proves.

    Which publisher was read for which number stands beside the quote, on its slide or in the
    notes.
    """
    found: dict[str, dict[str, list[Citation]]] = {}
    for _, citation in sorted(deck.citations.items()):
        kinds = found.setdefault(crediting.nature(citation), {})
        kinds.setdefault(f"{citation.origin} {sourcing.read(citation)}", []).append(citation)
    said = []
    for title, kinds in found.items():
        said.append(Paragraph(title, bold=True))
        said += [
            Paragraph(_read(cited), tuple(one.n for one in cited), bullet=True)
            for cited in kinds.values()
        ]
    if said:
        notes = [f"Repères, {sourcing.as_of(deck.pack)}"]
        deck.flow("Sources", said, notes, [SMALL_PT], gap_pt=TIGHT_GAP_PT, sourcing_list=True)


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
