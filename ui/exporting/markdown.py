"""A pack as Markdown (GitHub's kind, with footnotes), its pictures inside."""

from assistant.teaching.pack import Pack
from ui.exporting import sourcing
from ui.exporting.converting import convert
from ui.exporting.outline import Flavour, drafted
from ui.exporting.syntax import Block, emphasis, heading, para


def write(pack: Pack) -> bytes:
    """UTF-8; links and pictures are gathered at the end, so that the text reads as it is."""
    draft = drafted(pack, Flavour(plain=True))
    said = f"Repères, {sourcing.as_of(pack)}."
    lower = [_lowered(block) for block in draft.blocks]
    draft.blocks = [heading(1, pack.title, "titre"), para(emphasis(said)), *lower]
    options = ["--wrap=none", "--reference-links", "--reference-location=document"]
    return convert(draft, "gfm+footnotes-raw_html", options)


def _lowered(block: Block) -> Block:
    """A heading one level down: the title is the first one."""
    if block["t"] != "Header":
        return block
    level, *rest = block["c"]
    return {"t": "Header", "c": [level + 1, *rest]}
