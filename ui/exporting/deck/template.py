"""The blank presentation: 16:9, white and deep blue, Arial, French, nothing personal in it."""

import re
from datetime import datetime, time
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length

from assistant.teaching.pack import Pack
from ui.exporting.crediting import line

FONT: Final = "Arial"
BLUE: Final = RGBColor(0x12, 0x30, 0x6B)  # type: ignore[no-untyped-call]
GREY: Final = RGBColor(0x45, 0x4B, 0x5A)  # type: ignore[no-untyped-call]
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT: Final = Inches(0.6)
INNER: Final = Inches(12.13)
TOP: Final = Inches(1.6)
BODY: Final = Inches(5.1)
FOOT: Final = Inches(6.92)
TITLE_PT, FIRST_PT, FOOT_PT = 30, 40, 12
_COLOURS = {"dk2": "12306B", "accent1": "12306B", "accent2": "3A6EA5", "hlink": "12306B"}
_LAYOUTS = {0: "Titre", 1: "Titre et texte", 5: "Titre seul"}
_FRENCH = "fr-FR"


def blank(pack: Pack) -> Any:
    """A presentation without slides, its three layouts named in French."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    _strip(presentation)
    _colour(presentation.slide_master)
    master = presentation.slide_master
    for number, layout in reversed(list(enumerate(presentation.slide_layouts))):
        if number in _LAYOUTS:
            layout.name = _LAYOUTS[number]
        else:
            presentation.slide_layouts.remove(layout)
    for place in (master, *presentation.slide_layouts):
        _arrange(place)
    _style(master)
    _bars(master, presentation.slide_layouts[0])
    _describe(presentation, pack)
    return presentation


def in_french(presentation: Any) -> None:
    """Marks every text of slides, notes, layouts and master as French."""
    places = [presentation.slide_master, *presentation.slide_layouts, *presentation.slides]
    places += [slide.notes_slide for slide in presentation.slides if slide.has_notes_slide]
    for place in places:
        for run in place._element.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr()
    for element in (presentation.part._element, *(place._element for place in places)):
        for found in element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            found.set("lang", _FRENCH)


def _strip(presentation: Any) -> None:
    """Takes out the printer settings and the thumbnail that the library's template carries."""
    part = presentation.part
    for rels, wanted in ((part.rels, "printerSettings"), (part.package._rels, "thumbnail")):
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(wanted):
                rels.pop(key)


def _colour(master: Any) -> None:
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    for name, value in _COLOURS.items():
        text = re.sub(
            rf"(<a:{name}>)<a:srgbClr val=\"\w+\"\s*/>", rf'\1<a:srgbClr val="{value}"/>', text
        )
    text = re.sub(r"(<a:m(?:ajor|inor)Font>\s*<a:latin typeface=\")[^\"]*", rf"\g<1>{FONT}", text)
    theme._blob = text.encode()


def _arrange(place: Any) -> None:
    """Puts the placeholders of a master or layout where 16:9 wants them, in French."""
    for shape in list(place.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind == PP_PLACEHOLDER.CENTER_TITLE:
            _put(shape, "Titre", LEFT, Inches(2.0), INNER, Inches(2.0))
        elif kind == PP_PLACEHOLDER.SUBTITLE:
            _put(shape, "Cadre de la séance", LEFT, Inches(4.25), INNER, Inches(2.2))
        elif kind == PP_PLACEHOLDER.TITLE:
            _put(shape, "Titre", LEFT, Inches(0.4), INNER, Inches(1.1))
        elif kind == PP_PLACEHOLDER.FOOTER:
            _put(shape, "Pied de page", LEFT, FOOT, Inches(11), Inches(0.4))
            shape.text_frame.text = ""
        elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            _put(shape, "Numéro", Inches(11.73), FOOT, Inches(1), Inches(0.4))
        else:
            _put(shape, "Texte", LEFT, TOP, INNER, BODY)


def _put(shape: Any, name: str, left: Length, top: Length, width: Length, height: Length) -> None:
    shape.name = name
    shape.left, shape.top, shape.width, shape.height = left, top, width, height
    if name != "Numéro":
        shape.text_frame.text = name
    shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    shape.text_frame.word_wrap = True


def _style(master: Any) -> None:
    """Titles bold, blue and left; texts left; footers small and grey."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", str(TITLE_PT * 100))
    letters.set("b", "1")
    for colour in letters.iter(qn("a:schemeClr")):
        colour.set("val", "tx2")
    for shape in master.placeholders:
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.TITLE:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            right = kind == PP_PLACEHOLDER.SLIDE_NUMBER
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "r" if right else "l")


def _bars(master: Any, first: Any) -> None:
    """A blue line at the top of every slide, a broad one on the title slide: decoration, which
    stands in the master and the layout so that nobody has to hear of it."""
    _bar(master, Emu(0), Inches(0.18))
    _bar(first, Emu(0), Inches(1.3))
    for shape in first.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
            level = _first_level(shape)
            level.set("algn", "l")
            level.insert(0, level.makeelement(qn("a:defRPr"), {"sz": str(FIRST_PT * 100)}))
        elif shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            _first_level(shape).set("algn", "l")


def _first_level(shape: Any) -> Any:
    """The style of a placeholder's first level, emptied."""
    styles = shape._element.txBody.find(qn("a:lstStyle"))
    for found in list(styles):
        styles.remove(found)
    level = styles.makeelement(qn("a:lvl1pPr"), {})
    styles.append(level)
    return level


def _bar(place: Any, top: Length, height: Length) -> None:
    # Masters and layouts offer no method to add a shape; a slide's tree does it alike.
    tree = place.shapes._spTree
    bar = tree.add_autoshape(90, "Bandeau (décor)", "rect", 0, top, WIDTH, height)
    tree.remove(bar)
    tree.insert(2, bar)
    fill = bar.spPr.get_or_change_to_solidFill()
    fill.get_or_change_to_schemeClr().val = MSO_THEME_COLOR.TEXT_2
    bar.spPr.get_or_add_ln().get_or_change_to_noFill()
    flat(bar)


def flat(element: Any) -> None:
    """Takes the theme's shadow off a shape (its XML element)."""
    element.spPr.append(element.spPr.makeelement(qn("a:effectLst"), {}))


def _describe(presentation: Any, pack: Pack) -> None:
    about = presentation.core_properties
    about.title = line(pack.title)[:250]
    about.subject = "Séance préparée avec Repères"
    about.author = about.last_modified_by = "Repères"
    about.language = _FRENCH
    about.keywords = about.comments = about.category = ""
    about.revision = 1
    about.created = about.modified = datetime.combine(pack.order.as_of, time())
