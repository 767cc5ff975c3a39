"""The slides of a session (.pptx): what is projected, and in the notes what the trainer needs."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches

from assistant.teaching.pack import Dispute, Pack, Proved
from ui import texts
from ui.exporting import crediting, sourcing
from ui.exporting.crediting import line
from ui.exporting.deck import template
from ui.exporting.deck.canvas import CREDIT_PT, SMALL_PT, Deck, body, body_room
from ui.exporting.deck.fitting import Paragraph, pages, total_pt
from ui.exporting.deck.noting import notes_for, timed
from ui.exporting.deck.questions import lay_quiz
from ui.exporting.deck.tables import Cell, lay_table
from ui.exporting.deck.timeline import lay_timeline

_POINT_SIZES = (32.0, 28.0, 24.0, 22.0)
_CREDIT_HEIGHT = Inches(1.8)
_POINT_HEIGHT = Emu(template.BODY - _CREDIT_HEIGHT - Inches(0.1))
_CREDITS = 3
_COLUMNS = 3
_UNKNOWN = Paragraph("non établi")


def write(pack: Pack) -> bytes:
    """The presentation: every shape named, every figure linked to its source."""
    deck = Deck(pack)
    for lay in (
        _open,
        _points,
        _timeline,
        _comparison,
        _roles,
        _words,
        _cases,
        _disputes,
        lay_quiz,
        _notes,
        _missing,
        _evaluation,
        _sources,
    ):
        lay(deck)
    written = io.BytesIO()
    deck.finish().save(written)
    return written.getvalue()


def _open(deck: Deck) -> None:
    """The title, the objectives, the agenda."""
    pack = deck.pack
    order = pack.order
    slide = deck.slide(pack.title, ["Déroulé de la séance", *timed(pack)], "Titre")
    scope = sourcing.exercices((order.exercice,)) if order.exercice else "tous les exercices"
    minutes = sum(step.minutes for step in pack.steps) or order.minutes
    frame = [
        f"{scope[:1].upper()}{scope[1:]}, public : {order.audience}, {sourcing.duration(minutes)}",
        sourcing.as_of(pack)[:1].upper() + sourcing.as_of(pack)[1:],
        "Chaque chiffre renvoie à sa source par un numéro.",
    ]
    subtitle = body(slide)
    subtitle.name = "Cadre de la séance"
    deck.fill(slide, subtitle, [Paragraph(line(one)) for one in frame], 22)
    if pack.objectives:
        bullets = [Paragraph(line(one), bullet=True) for one in pack.objectives]
        deck.flow("Objectifs", bullets)
    if pack.steps:
        at = [sum(step.minutes for step in pack.steps[:n]) for n in range(len(pack.steps))]
        rows: list[Sequence[Cell]] = [
            (
                _cell(f"{start // 60} h {start % 60:02d}"),
                _cell(line(step.title)),
                _cell(sourcing.duration(step.minutes)),
            )
            for start, step in zip(at, pack.steps, strict=True)
        ]
        heads = ("Début", "Étape", "Durée")
        lay_table(deck, "Déroulé", heads, rows, (2, 8, 2), timed(pack))


def _points(deck: Deck) -> None:
    """One key point a slide: the sentence large, its source below, the quote in the notes."""
    for number, point in enumerate(deck.pack.points, start=1):
        title = point.label or f"Point clé {number}"
        notes = notes_for(deck, [point.id], point.citations)
        told = Paragraph(line(point.text), point.citations)
        size = next((one for one in _POINT_SIZES if _fits(told, one)), _POINT_SIZES[-1])
        parts = pages([told], body_room(size, _POINT_HEIGHT))
        for at, part in enumerate(parts, start=1):
            slide = deck.slide(title, notes, part=(at, len(parts)))
            shape = body(slide)
            shape.left, shape.top = template.LEFT, template.TOP
            shape.width, shape.height = template.INNER, _POINT_HEIGHT
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            deck.fill(slide, shape, part, size)
            _credits(deck, slide, point)


def _fits(paragraph: Paragraph, size_pt: float) -> bool:
    room = body_room(size_pt, _POINT_HEIGHT)
    return total_pt([paragraph], room) <= room.height_pt


def _credits(deck: Deck, slide: object, point: Proved) -> None:
    """The sources of a point at the foot of its slide, each a link; the rest are counted."""
    known = [n for n in point.citations if n in deck.citations]
    room = body_room(CREDIT_PT, _CREDIT_HEIGHT)
    shown = [_credit(deck, n) for n in known[:_CREDITS]]
    scope = sourcing.exercices(point.exercices) + ", " if point.exercices else ""
    state = line(f"{scope}{sourcing.as_of(deck.pack)}")
    while True:
        more = len(known) - len(shown)
        others = f" ; {more} autre{'s' * (more > 1)} source{'s' * (more > 1)} en notes"
        last = Paragraph(line(state[:1].upper() + state[1:] + (others if more else "")))
        if len(shown) < 2 or total_pt([*shown, last], room) <= room.height_pt:
            break
        shown.pop()
    top = template.TOP + template.BODY - _CREDIT_HEIGHT
    where = (template.LEFT, top, template.INNER, _CREDIT_HEIGHT)
    deck.fill(slide, deck.box(slide, "Sources", where, low=True), [*shown, last], CREDIT_PT)


def _credit(deck: Deck, n: int) -> Paragraph:
    return Paragraph(crediting.credit(deck.citations[n], 90), (n,))


def _timeline(deck: Deck) -> None:
    if events := deck.pack.timeline:
        ids = [event.told.id for event in events]
        lay_timeline(deck, "Calendrier", events, _notes_of(deck, ids, [e.told for e in events]))


def _comparison(deck: Deck) -> None:
    """The comparison, at most three columns a slide."""
    table = deck.pack.comparison
    if table is None or not table.rows:
        return
    for first in range(0, len(table.columns), _COLUMNS):
        columns = table.columns[first : first + _COLUMNS]
        rows: list[Sequence[Cell]] = []
        proved: list[Proved] = []
        for label, cells in table.rows:
            shown = cells[first : first + _COLUMNS]
            proved += [one for cell in shown for one in cell]
            rows.append(
                (_cell(line(label), bold=True), *(_told(cell) or (_UNKNOWN,) for cell in shown))
            )
        notes = _notes_of(deck, [one.id for one in proved], proved)
        title = f"Comparaison : {table.title}"
        if len(table.columns) > _COLUMNS:
            title += f" – {texts.listed(columns)}"
        heads = ("Point comparé", *map(line, columns))
        lay_table(deck, title, heads, rows, (2.4, *[4] * len(columns)), notes)


def _roles(deck: Deck) -> None:
    if roles := deck.pack.roles:
        rows = [
            (
                _cell(line(role.who), bold=True),
                _cell(texts.MODALITY_LABELS[role.modality]),
                _told([role.told]),
            )
            for role in roles
        ]
        notes = _notes_of(deck, [role.told.id for role in roles], [role.told for role in roles])
        lay_table(deck, "Qui fait quoi", ("Qui", "Portée", "Quoi"), rows, (3, 2, 8), notes)


def _words(deck: Deck) -> None:
    if words := deck.pack.words:
        said = [Paragraph(line(w.definition), w.citations, lead=line(f"{w.term} :")) for w in words]
        deck.flow("Glossaire", said)


def _cases(deck: Deck) -> None:
    """A situation with its questions, then the answers on slides of their own."""
    for number, case in enumerate(deck.pack.cases, start=1):
        title = f"Étude de cas {number} : {case.title}"
        proved = [one for answers in case.answers for one in answers]
        notes = _notes_of(deck, [case.id], proved)
        asked = [Paragraph(line(case.situation), lead="Situation fictive.")]
        asked += [
            Paragraph(line(question), lead=f"{at}.")
            for at, question in enumerate(case.questions, start=1)
        ]
        deck.flow(title, asked, notes)
        answered: list[Paragraph] = []
        for at, (question, answers) in enumerate(
            zip(case.questions, case.answers, strict=False), 1
        ):
            answered.append(Paragraph(line(question), lead=f"{at}.", bold=True))
            answered += [replace(one, bullet=True) for one in _told(answers)]
        deck.flow(f"Étude de cas {number} : réponses", answered, notes)


def _disputes(deck: Deck) -> None:
    """A slide a point that sources disagree on or that nobody could establish."""
    for number, dispute in enumerate(deck.pack.disputes, start=1):
        title = f"À manier avec prudence ({number}/{len(deck.pack.disputes)})"
        proved = [dispute.told, *dispute.sides]
        notes = _notes_of(deck, [one.id for one in proved], proved)
        deck.flow(title, _disputed(dispute), notes)


def _disputed(dispute: Dispute) -> list[Paragraph]:
    kind = "Les sources divergent." if dispute.sides else "Point non établi."
    said = [replace(one, lead=kind) for one in _told([dispute.told])]
    said += [replace(one, bullet=True) for one in _told(dispute.sides)]
    if dispute.retain:
        said.append(Paragraph(line(dispute.retain), lead=line("À retenir :")))
    return said


def _notes(deck: Deck) -> None:
    if notes := deck.pack.notes:
        lead = line(f"{sourcing.OWN_NOTE[:1].upper()}{sourcing.OWN_NOTE[1:]} :")
        deck.flow("Notes de l'animateur", [Paragraph(line(n.text), lead=lead) for n in notes])


def _missing(deck: Deck) -> None:
    if deck.pack.missing:
        said = [Paragraph(line(one), bullet=True) for one in deck.pack.missing]
        deck.flow("Ce que le corpus ne dit pas", said)


def _evaluation(deck: Deck) -> None:
    if deck.pack.evaluation:
        said = [Paragraph(line(one), bullet=True) for one in deck.pack.evaluation]
        deck.flow("Évaluation de la séance", said)


def _sources(deck: Deck) -> None:
    """The texts quoted, each with the places of its quotes, linked to their addresses."""
    places: dict[str, dict[str, list[int]]] = {}
    for n, citation in sorted(deck.citations.items()):
        where = f"{crediting.place(citation)} – {crediting.origin(citation)}"
        places.setdefault(crediting.nature(citation), {}).setdefault(where, []).append(n)
    said = []
    for title, found in places.items():
        said.append(Paragraph(title, bold=True))
        said += [Paragraph(where, tuple(numbers), bullet=True) for where, numbers in found.items()]
    if said:
        notes = [f"Repères, {sourcing.as_of(deck.pack)}"]
        deck.flow("Sources", said, notes, [SMALL_PT], sourcing_list=True)


def _notes_of(deck: Deck, ids: Iterable[str], proved: Iterable[Proved]) -> list[str]:
    """The notes on several sentences, each of their quotes once."""
    return notes_for(deck, ids, dict.fromkeys(n for one in proved for n in one.citations))


def _told(proved: Iterable[Proved]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line(one.text), one.citations) for one in proved)


def _cell(text: str, *, bold: bool = False) -> Cell:
    return (Paragraph(text, bold=bold),)
