"""Key points of a pack reworded by a model, under the checks of the written mode."""

from collections.abc import Callable
from dataclasses import replace

from assistant import prompting
from assistant.answer import Citation, Claim, Request
from assistant.checking import unproved
from assistant.drafting import Draft
from assistant.teaching.pack import Pack, Proved
from assistant.writing import Writer, rewritten

MARK = "reformulé"
"""What the heading of a reworded point says, wherever it is shown."""
_REFUSED = frozenset(
    prompting.FALLBACK.format(reason=one) for one in (prompting.UNUSABLE, prompting.LESS_COMPLETE)
)


def reworded(pack: Pack, writer: Writer, progress: Callable[[str], None]) -> Pack:
    """``pack`` with its key points in a model's words where these pass every check and say as
    much; the others, and all those after a model that fails, keep the words of their source."""
    points, down = list(pack.points), False
    for at, point in enumerate(pack.points):
        if down:
            break
        progress(f"Je reformule le point clé {at + 1} sur {len(points)}…")
        points[at], down = _reworded(point, pack, writer)
    changed = sum(one != other for one, other in zip(points, pack.points, strict=True))
    told = f"{changed} point{'s' if changed > 1 else ''} sur {len(points)} reformulé"
    progress(f"{told}{'s' if changed > 1 else ''} par {writer.name}, phrase par phrase vérifiée.")
    return replace(pack, points=tuple(points))


def _reworded(point: Proved, pack: Pack, writer: Writer) -> tuple[Proved, bool]:
    """The point in other words, or as it was; whether the model can't be reached."""
    cited: list[Citation] = [one for one in pack.citations if one.n in point.citations]
    draft = Draft(claims=[Claim(point.text, point.citations)], citations=list(cited))
    asked = Request(point.label or pack.title, pack.order.as_of, mode="written")
    for _event in rewritten(writer, asked, draft):
        pass
    if draft.mode != "written":
        return point, any(one.text not in _REFUSED for one in draft.warnings)
    text = " ".join(claim.text for claim in draft.claims)
    if unproved(text, cited):
        return point, False
    return replace(point, text=text, label=f"{point.label} ({MARK})".strip()), False
