"""The slides of a session (.pptx): what is projected, and in the notes what the trainer needs."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from assistant.teaching.pack import Case, Dispute, Pack, Proved, Role, Table
from assistant.teaching.schedule import Block
from ui import texts
from ui.exporting import sourcing
from ui.exporting.crediting import line
from ui.exporting.deck.brevity import Brevity, briefest, most_slides, whole_of
from ui.exporting.deck.canvas import (
    BODY_SIZES,
    TIGHT_GAP_PT,
    TIGHT_SIZES,
    Deck,
    body,
    body_room,
    shared_sizes,
)
from ui.exporting.deck.fitting import Paragraph, packed, pages
from ui.exporting.deck.noting import notes_of, timed
from ui.exporting.deck.points import lay_points
from ui.exporting.deck.questions import lay_quiz
from ui.exporting.deck.sources import lay_sources
from ui.exporting.deck.tables import Cell, lay_table, table_pages
from ui.exporting.deck.timeline import lay_timeline
from ui.exporting.run_sheet import in_sequence

_COLUMNS = 3
_TIGHT = replace(body_room(TIGHT_SIZES[-1]), gap_pt=TIGHT_GAP_PT)
_UNKNOWN = Paragraph(sourcing.UNKNOWN)


def write(pack: Pack) -> bytes:
    """The presentation: every shape named, every figure linked to its source."""
    deck = Deck(pack)
    of_block: Mapping[Block, Callable[[Deck], None]] = {
        "words": _words,
        "points": lay_points,
        "timeline": _timeline,
        "roles": _roles,
        "comparison": _comparison,
        "cases": _cases,
        "disputes": _disputes,
        "quiz": lay_quiz,
        "closing": _evaluation,
    }
    for lay in (_open, *in_sequence(of_block), _notes, lay_sources):
        lay(deck)
    written = io.BytesIO()
    deck.finish().save(written)
    return written.getvalue()


def _open(deck: Deck) -> None:
    """The title, the objectives, the agenda."""
    pack = deck.pack
    order = pack.order
    missing = ["Ce qui manque, à ne pas projeter", *pack.missing] if pack.missing else []
    slide = deck.slide(pack.title, ["Déroulé de la séance", *timed(pack), *missing], "Titre")
    scope = sourcing.exercices((order.exercice,)) if order.exercice else "tous les exercices"
    minutes = sum(step.minutes for step in pack.steps) or order.minutes
    frame = [
        f"{scope[:1].upper()}{scope[1:]}, public : {order.audience}, {sourcing.duration(minutes)}",
        sourcing.as_of(pack)[:1].upper() + sourcing.as_of(pack)[1:],
        "Chaque chiffre renvoie à sa source par un numéro.",
    ]
    subtitle = body(slide)
    subtitle.name = "Cadre de la séance"
    deck.fill(slide, subtitle, [Paragraph(line(one)) for one in frame], BODY_SIZES[-1])
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


def _timeline(deck: Deck) -> None:
    if events := deck.pack.timeline:
        ids = [event.told.id for event in events]
        lay_timeline(deck, "Calendrier", events, notes_of(deck, ids, [e.told for e in events]))


def _comparison(deck: Deck) -> None:
    """The comparison, at most three columns a slide, its sentences cut where it would take more
    slides than a part may: the notes have them whole."""
    table = deck.pack.comparison
    if table is None or not table.rows:
        return
    wide = -(-len(table.columns) // _COLUMNS)
    most = max(1, (most_slides(deck.pack) + 1) // wide)
    for first in range(0, len(table.columns), _COLUMNS):
        _compare(deck, table, first, most)


def _compare(deck: Deck, table: Table, first: int, most: int) -> None:
    columns = table.columns[first : first + _COLUMNS]
    shares = (2, *[4.2] * len(columns))
    heads = ("Point comparé", *map(line, columns))
    held = [(label, cells[first : first + _COLUMNS]) for label, cells in table.rows]

    def rows_of(brevity: Brevity) -> list[Sequence[Cell]]:
        return [
            (_cell(line(label), bold=True), *(_compared(cell, brevity) for cell in cells))
            for label, cells in held
        ]

    rows, brevity = briefest(rows_of, lambda rows: len(table_pages(heads, rows, shares)), most)
    proved = [one for _, cells in held for cell in cells for one in cell]
    notes = [*whole_of(proved, brevity), *notes_of(deck, [one.id for one in proved], proved)]
    title = sourcing.compared(table.title)
    if len(table.columns) > _COLUMNS:
        title += f" – {texts.listed(columns)}"
    lay_table(deck, title, heads, rows, shares, notes)


def _compared(cell: Sequence[Proved], brevity: Brevity) -> Cell:
    """The first sentences of a cell and what is disputed in it, and how many more there are."""
    fought = [one for one in cell if one.id.startswith("conflicts:")]
    plain = [one for one in cell if one not in fought]
    shown = [*plain[: max(1, brevity.told - len(fought))], *fought]
    said = [Paragraph(brevity.text(one), one.citations) for one in shown]
    if more := len(cell) - len(shown):
        said.append(Paragraph(_more(more)))
    return tuple(said) or (_UNKNOWN,)


def _more(count: int) -> str:
    return f"Et {texts.counted(count, 'autre', 'autres')}, dans les notes."


def _roles(deck: Deck) -> None:
    """Who must and who may do what: what one actor does stands on one slide where it fits."""
    actors: dict[str, list[Role]] = {}
    for role in deck.pack.roles:
        actors.setdefault(line(role.who), []).append(role)

    blocks = {
        who: [Paragraph(f"{who[:1].upper()}{who[1:]}", bold=True), *map(_role, roles)]
        for who, roles in actors.items()
    }
    names = iter(blocks)
    for group in packed(list(blocks.values()), _TIGHT):
        shown = [next(names) for _ in group]
        told = [role.told for who in shown for role in actors[who]]
        said = [one for block in group for one in (block if len(group) > 1 else block[1:])]
        notes = notes_of(deck, [one.id for one in told], told)
        title = f"Qui fait quoi : {_named(shown)}"
        deck.flow(title, said, notes, TIGHT_SIZES, gap_pt=TIGHT_GAP_PT)


def _named(actors: Sequence[str]) -> str:
    """« préfet et ARS », or « signataires ; préfet et ARS » where a name is of two."""
    double = any(" et " in who for who in actors)
    return " ; ".join(actors) if double else texts.listed(actors)


def _role(role: Role) -> Paragraph:
    lead = f"{texts.MODALITY_LABELS[role.modality].capitalize()}."
    return Paragraph(line(role.told.text), role.told.citations, lead=lead, bullet=True)


def _words(deck: Deck) -> None:
    if words := deck.pack.words:
        said = [Paragraph(line(w.definition), w.citations, lead=line(f"{w.term} :")) for w in words]
        deck.flow("Glossaire", said, (), TIGHT_SIZES, gap_pt=TIGHT_GAP_PT)


def _cases(deck: Deck) -> None:
    """A situation with its questions, then the answers on slides of their own."""
    for number, case in enumerate(deck.pack.cases, start=1):
        title = f"Étude de cas {number} : {case.title}"
        proved = [one for answers in case.answers for one in answers]
        answers_of = partial(_answers, case)
        answered, brevity = briefest(answers_of, lambda said: len(pages(said, _TIGHT)), 2)
        notes = [*whole_of(proved, brevity), *notes_of(deck, [case.id], proved)]
        asked = [Paragraph(line(case.situation), lead="Situation fictive.")]
        asked += [
            Paragraph(line(question), lead=f"{at}.")
            for at, question in enumerate(case.questions, start=1)
        ]
        deck.flow(title, asked, notes)
        deck.flow(
            f"Étude de cas {number} : réponses", answered, notes, TIGHT_SIZES, gap_pt=TIGHT_GAP_PT
        )


def _answers(case: Case, brevity: Brevity) -> list[Paragraph]:
    """Each question of a case with its answers, the last ones counted where they are many."""
    said: list[Paragraph] = []
    for at, (question, answers) in enumerate(zip(case.questions, case.answers, strict=False), 1):
        said.append(Paragraph(line(question), lead=f"{at}.", bold=True))
        shown = answers[: brevity.told]
        said += [replace(one, bullet=True) for one in _told(shown)]
        if more := len(answers) - len(shown):
            said.append(Paragraph(_more(more), bullet=True))
    return said


def _disputes(deck: Deck) -> None:
    """What sources disagree on or nobody could establish, as many points a slide as fit, each
    with all its sides: what to retain says nothing without them."""
    disputes = deck.pack.disputes
    groups = packed([_disputed(dispute) for dispute in disputes], _TIGHT)
    said_on = [[one for block in group for one in block] for group in groups]
    sizes = shared_sizes(said_on, TIGHT_SIZES, TIGHT_GAP_PT)
    left = iter(disputes)
    for number, (group, said) in enumerate(zip(groups, said_on, strict=True), start=1):
        shown = [next(left) for _ in group]
        proved = [one for dispute in shown for one in (dispute.told, *dispute.sides)]
        notes = notes_of(deck, [one.id for one in proved], proved)
        part = f" ({number}/{len(groups)})" if len(groups) > 1 else ""
        title = f"Points à manier avec prudence{part}"
        deck.flow(title, said, notes, sizes, gap_pt=TIGHT_GAP_PT)


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


def _evaluation(deck: Deck) -> None:
    if deck.pack.evaluation:
        said = [Paragraph(line(one), bullet=True) for one in deck.pack.evaluation]
        deck.flow("Fiche d'évaluation", said)


def _told(proved: Iterable[Proved]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line(one.text), one.citations) for one in proved)


def _cell(text: str, *, bold: bool = False) -> Cell:
    return (Paragraph(text, bold=bold),)
