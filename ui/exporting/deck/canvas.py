"""A presentation in the making: slides, text that fits, calls linked to what proves them."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from assistant.teaching.pack import Pack
from ui.exporting import crediting, sourcing
from ui.exporting.deck import template
from ui.exporting.deck.fitting import GAP_PT, Paragraph, Room, pages, total_pt, wrapped

BODY_SIZES = (24.0, 20.0)
TIGHT_SIZES = (20.0, 18.0)
"""A session is read in three sizes, whatever its slides hold."""
TIGHT_GAP_PT = 2.0
"""For lists that are worth more on one slide than large over two."""
TABLE_PT, CREDIT_PT, SMALL_PT = 18.0, 14.0, 18.0
_TITLE = Room(template.INNER.pt - 15, 0, template.TITLE_PT)
_TITLE_LINES = 2
Layout = Literal["Titre", "Titre et texte", "Titre seul"]


class Deck:
    """Slides of one pack, added in reading order; ``finish`` gives the file."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.citations = crediting.by_number(pack)
        self._presentation = template.blank(pack)
        self._layouts = {layout.name: layout for layout in self._presentation.slide_layouts}
        self._titles: set[str] = set()
        self._jumps: list[tuple[Any, Any, int]] = []
        self._sources: dict[int, Any] = {}

    def slide(
        self,
        title: str,
        notes: Iterable[str] = (),
        layout: Layout = "Titre et texte",
        part: tuple[int, int] = (1, 1),
    ) -> Any:
        """A new slide with a title of its own, a footer and what the trainer reads.

        ``part`` is its place among the slides of one title: « (2/3) » follows the title.
        """
        slide = self._presentation.slides.add_slide(self._layouts[layout])
        slide.shapes.title.text_frame.text = self._unique(title, part)
        slide.shapes.title.name = "Titre"
        if layout != "Titre":
            self._foot(slide)
        written = "\n".join(crediting.plain(one) for one in notes if one)
        if written:
            slide.notes_slide.notes_text_frame.text = written
            for shape in slide.notes_slide.shapes:
                shape.name = _NOTES.get(shape.placeholder_format.type, "Repère")
        return slide

    def flow(
        self,
        title: str,
        paragraphs: Sequence[Paragraph],
        notes: Iterable[str] = (),
        sizes: Sequence[float] = BODY_SIZES,
        *,
        gap_pt: float = GAP_PT,
        sourcing_list: bool = False,
    ) -> list[Any]:
        """As many slides as the paragraphs need, « (2/3) » after the title from two on.

        One slide in the first of ``sizes`` (points, largest first) that fits, else the last one.
        ``sourcing_list`` makes these slides those that calls without an address lead to.
        """
        said = list(notes)
        rooms = [replace(body_room(size), gap_pt=gap_pt) for size in sizes]
        room = next((r for r in rooms if total_pt(paragraphs, r) <= r.height_pt), rooms[-1])
        size_pt = room.size_pt
        made = pages(paragraphs, room)
        slides = []
        for number, page in enumerate(made, start=1):
            slide = self.slide(title, said, part=(number, len(made)))
            self.fill(slide, body(slide), page, size_pt, gap_pt)
            if sourcing_list:
                for n in (n for paragraph in page for n in paragraph.citations):
                    self._sources.setdefault(n, slide)
            slides.append(slide)
        return slides

    def fill(
        self,
        slide: Any,
        shape: Any,
        paragraphs: Sequence[Paragraph],
        size_pt: float,
        gap_pt: float = GAP_PT,
    ) -> None:
        """Writes paragraphs into a shape or cell, calls and sources linked."""
        frame = shape.text_frame
        if hasattr(shape, "shape_id"):
            frame.auto_size = MSO_AUTO_SIZE.NONE
            frame.word_wrap = True
        for number, paragraph in enumerate(paragraphs):
            target = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            target.space_before, target.space_after = Pt(0), Pt(gap_pt)
            _bulleted(target, paragraph.bullet, size_pt)
            if paragraph.lead:
                lead = paragraph.lead + (" " if paragraph.text else "")
                _run(target, lead, size_pt).font.bold = True
            if paragraph.text:
                _run(target, paragraph.text, size_pt).font.bold = paragraph.bold or None
            for n in paragraph.citations:
                _run(target, "\u00a0", size_pt)
                self.link(slide, _run(target, f"[{n}]", size_pt), n)

    def box(
        self, slide: Any, name: str, where: tuple[int, int, int, int], *, low: bool = False
    ) -> Any:
        """An empty text box; ``low`` puts its text at its foot."""
        shape = slide.shapes.add_textbox(*(Emu(one) for one in where))
        shape.name = name
        if low:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        return shape

    def link(self, slide: Any, run: Any, n: int) -> None:
        """Makes a run lead to what proves citation ``n``: its address, else the list of sources."""
        citation = self.citations.get(n)
        url = crediting.address(citation) if citation else None
        if url:
            run.hyperlink.address = url
        else:
            self._jumps.append((slide, run, n))

    def finish(self) -> Any:
        """The presentation, its inner links joined and its language set."""
        for slide, run, n in self._jumps:
            target = self._sources.get(n)
            if target is not None and target is not slide:
                rel = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
                jump = run._r.get_or_add_rPr().add_hlinkClick(rel)
                jump.set("action", "ppaction://hlinksldjump")
        template.in_french(self._presentation)
        return self._presentation

    def _unique(self, title: str, part: tuple[int, int]) -> str:
        """The title on two lines at most, numbered when another slide has it."""
        said = crediting.line(title)
        said = said if said.strip() else "Sans titre"
        tail = f" ({part[0]}/{part[1]})" if part[1] > 1 else ""
        tried, number = _fitting(said, tail), 1
        while tried.casefold() in self._titles:
            number += 1
            tried = _fitting(said, f" – {number}{tail}")
        self._titles.add(tried.casefold())
        return tried

    def _foot(self, slide: Any) -> None:
        for shape in slide.slide_layout.placeholders:
            kind = shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = copy.deepcopy(shape._element)
            slide.shapes._spTree.append(element)
            made = slide.shapes[-1]
            made._element.nvSpPr.cNvPr.set("id", str(100 + kind))
            if kind == PP_PLACEHOLDER.FOOTER:
                title = crediting.shortened(crediting.line(self.pack.title), 70)
                made.text_frame.text = f"Repères · {title} · {sourcing.as_of(self.pack)}"
                for run in made.text_frame.paragraphs[0].runs:
                    run.font.size = Pt(template.FOOT_PT)
                    run.font.color.rgb = template.GREY


_NOTES = {
    PP_PLACEHOLDER.SLIDE_IMAGE: "Image de la diapositive",
    PP_PLACEHOLDER.BODY: "Notes de l'animateur",
    PP_PLACEHOLDER.SLIDE_NUMBER: "Numéro",
}


def body(slide: Any) -> Any:
    """The text placeholder of a slide."""
    shape = slide.placeholders[1]
    shape.name = "Texte"
    return shape


def body_room(size_pt: float, height: int = template.BODY, width: int = template.INNER) -> Room:
    """The room inside a box of that size, its margins taken off."""
    return Room(Emu(width).pt - 16, Emu(height).pt - 10, size_pt)


def shared_sizes(
    slides: Sequence[Sequence[Paragraph]], sizes: Sequence[float], gap_pt: float
) -> Sequence[float]:
    """Those of ``sizes`` that the fullest of several slides allows: they then read alike."""
    for at, size in enumerate(sizes):
        room = replace(body_room(size), gap_pt=gap_pt)
        if all(total_pt(slide, room) <= room.height_pt for slide in slides):
            return sizes[at:]
    return sizes[-1:]


def describe(shape: Any, name: str, text: str) -> None:
    """Names a shape and gives it an alternative text."""
    shape.name = name
    properties = next(shape._element.iter(qn("p:cNvPr")))
    properties.set("descr", crediting.plain(text))


def _fitting(title: str, tail: str = "") -> str:
    """``title`` and ``tail`` on two lines, words dropped at the end of the title if need be."""
    shown = title + tail
    chars = len(title)
    while len(wrapped(shown, _TITLE, bold=True)) > _TITLE_LINES:
        chars = min(chars - 1, 200)
        shown = crediting.shortened(title, chars) + tail
        chars -= 3
    return shown


def _run(paragraph: Any, text: str, size_pt: float) -> Any:
    run = paragraph.add_run()
    run.text = text.replace("\n", "\v")
    run.font.size = Pt(size_pt)
    return run


def _bulleted(paragraph: Any, bullet: bool, size_pt: float) -> None:
    """Sets the bullet and its indent, whatever the layout says."""
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(size_pt)) if bullet else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    for found in properties.findall(qn("a:buNone")) + properties.findall(qn("a:buChar")):
        properties.remove(found)
    mark = properties.makeelement(qn("a:buChar" if bullet else "a:buNone"), {})
    if bullet:
        mark.set("char", "•")
    properties.append(mark)
