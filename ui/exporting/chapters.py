"""Chapters of a document that teach: from the frame of the session to the list of its sources."""

from collections.abc import Iterable

from assistant.teaching.pack import Proved
from ui import texts
from ui.exporting import pictures, sourcing
from ui.exporting.drawing import Picture
from ui.exporting.outline import Draft
from ui.exporting.run_sheet import lines
from ui.exporting.syntax import (
    Block,
    Inlines,
    bullets,
    emphasis,
    image,
    joined,
    line_break,
    numbered,
    para,
    plain,
    span,
    strong,
    styled,
    table,
    words,
)

_PICTURE_WIDTH = "17cm"
_DRAWN_COLUMNS = 3
_NOTED = (
    "Chaque affirmation porte une note qui donne sa source et les mots cités ; « note 1 » renvoie "
    "à une note déjà donnée. Une source a le même numéro partout : en note, dans la liste des "
    "sources et sur les diapositives."
)
_LINKED = (
    "Chaque affirmation porte entre crochets le numéro de sa source, qui mène aux mots cités, en "
    "fin de document."
)
_SUMMED_UP = (
    "Les citations viennent de résumés rédigés par Repères d'après les textes nommés : pour un "
    "acte, lisez le texte officiel."
)


def frame(draft: Draft) -> None:
    """What the session is: theme, exercice, audience, length, day on which it holds."""
    pack, order = draft.pack, draft.pack.order
    rows = [
        ("Thème", order.question or pack.title),
        ("Exercice", str(order.exercice) if order.exercice else "tous les exercices"),
        ("Public", order.audience),
        ("Durée demandée", sourcing.duration(order.minutes)),
        ("État au", sourcing.as_of(pack).removeprefix("état au ")),
        ("Groupe", sourcing.group(order.seed)),
    ]
    draft.head(1, "Cadre de la séance")
    draft.blocks.append(
        table(
            ("Cadre", "Choix"), [(strong(name), words(said)) for name, said in rows], (0.28, 0.72)
        )
    )
    summed_up = any(one.origin == "summary" for one in pack.citations)
    said = (_LINKED if draft.flavour.linked else _NOTED, _SUMMED_UP if summed_up else "")
    if pack.citations:
        draft.blocks.append(para(words(" ".join(said).strip())))
    if pack.quiz or pack.cases:
        draft.blocks.append(para(words(sourcing.groups())))


def objectives(draft: Draft) -> None:
    """What the participants will be able to do."""
    if draft.pack.objectives:
        draft.head(1, "Objectifs")
        draft.blocks.append(bullets([plain(words(one))] for one in draft.pack.objectives))


def run_sheet(draft: Draft) -> None:
    """The steps with their times, and what each uses."""
    if not draft.pack.steps:
        return
    draft.head(1, "Déroulé")
    rows = [
        (words(line.time), words(line.length), strong(line.title), _how(draft, line.how, line.uses))
        for line in lines(draft.pack)
    ]
    heads = ("Temps", "Durée", "Étape", "Ce que fait l'animateur")
    draft.blocks.append(table(heads, rows, (0.17, 0.12, 0.23, 0.48)))


def _how(draft: Draft, how: str, uses: str) -> Inlines:
    between = words(" ") if draft.flavour.plain else [line_break()]
    return joined([words(how), emphasis(uses) if uses else []], between)


def points(draft: Draft) -> None:
    """The key points, each with what its proof is worth."""
    if not draft.pack.points:
        return
    draft.head(1, "Points clés")
    draft.blocks.append(
        numbered([_point(draft, point), _badges(draft, point)] for point in draft.pack.points)
    )


def _point(draft: Draft, point: Proved) -> Block:
    lead, told = sourcing.headed(point)
    label = strong(sourcing.ended(lead)) if lead else []
    return para(joined([label, draft.notes.proved(told)], words(" ")))


def _badges(draft: Draft, point: Proved) -> Block:
    said = [span(words(one), "marque") for one in sourcing.badges(draft.pack, point)]
    return styled("Preuve", [para(joined(([one] for one in said), words(" · ")))])


def timeline(draft: Draft) -> None:
    """The dates, drawn and then told."""
    if not draft.pack.timeline:
        return
    draft.head(1, "Calendrier")
    _draw(draft, pictures.timeline(draft.pack))
    rows = [
        (strong(pictures.when(event)), draft.notes.proved(event.told))
        for event in draft.pack.timeline
    ]
    draft.blocks.append(table(("Date", "Ce qui se passe"), rows, (0.25, 0.75)))


def comparison(draft: Draft) -> None:
    """The comparison; an empty cell says that nothing is known.

    It is drawn too from three columns on, where the cells are long and the figures far apart.
    """
    shown = draft.pack.comparison
    if shown is None or not shown.rows:
        return
    draft.head(1, sourcing.compared(shown.title))
    if len(shown.columns) >= _DRAWN_COLUMNS:
        _draw(draft, pictures.comparison(draft.pack))
    between = words(" ") if draft.flavour.plain else [line_break()]
    rows = [
        (
            strong(label),
            *(
                joined([draft.notes.proved(one) for one in cell], between)
                or words(sourcing.UNKNOWN)
                for cell in cells
            ),
        )
        for label, cells in shown.rows
    ]
    share = 0.78 / len(shown.columns)
    draft.blocks.append(
        table(("Point comparé", *shown.columns), rows, (0.22, *(share for _ in shown.columns)))
    )


def _draw(draft: Draft, drawn: Iterable[Picture]) -> None:
    for one in drawn:
        draft.alternatives.append(one.alt)
        address = one.address(draft.flavour.picture)
        draft.blocks.append(styled("Figure", [para([image(one.alt, address, _PICTURE_WIDTH)])]))


def roles(draft: Draft) -> None:
    """Who must and who may do what."""
    if not draft.pack.roles:
        return
    draft.head(1, "Qui fait quoi")
    rows = [
        (
            strong(role.who),
            words(texts.MODALITY_LABELS[role.modality]),
            draft.notes.proved(role.told),
        )
        for role in draft.pack.roles
    ]
    draft.blocks.append(table(("Qui", "Portée", "Quoi"), rows, (0.24, 0.16, 0.6)))


def glossary(draft: Draft) -> None:
    """The words that the session uses."""
    if not draft.pack.words:
        return
    draft.head(1, "Glossaire")
    rows = [
        (strong(word.term), draft.notes.text(word.definition, word.citations))
        for word in draft.pack.words
    ]
    draft.blocks.append(table(("Mot", "Ce qu'il veut dire"), rows, (0.28, 0.72)))


def disputes(draft: Draft) -> None:
    """What sources disagree on, and what nobody could establish."""
    if not draft.pack.disputes:
        return
    draft.head(1, "Points à manier avec prudence")
    for dispute in draft.pack.disputes:
        kind = "Les sources divergent." if dispute.sides else "Point non établi."
        told = joined([strong(kind), draft.notes.proved(dispute.told)], words(" "))
        draft.blocks.append(para(told))
        if dispute.sides:
            draft.blocks.append(
                bullets([plain(draft.notes.proved(side))] for side in dispute.sides)
            )
        if dispute.retain:
            retain = joined([strong("À retenir :"), words(dispute.retain)], words(" "))
            draft.blocks.append(para(retain))


def notes(draft: Draft) -> None:
    """The trainer's own words, said to be so."""
    if not draft.pack.notes:
        return
    draft.head(1, "Notes de l'animateur, non vérifiées")
    draft.blocks.append(
        bullets(
            [plain([*words(note.text), *words(" "), *emphasis(f"({sourcing.OWN_NOTE})")])]
            for note in draft.pack.notes
        )
    )


def missing(draft: Draft) -> None:
    """What the corpus couldn't give."""
    if draft.pack.missing:
        draft.head(1, "Ce qui manque")
        draft.blocks.append(bullets([plain(words(one))] for one in draft.pack.missing))
