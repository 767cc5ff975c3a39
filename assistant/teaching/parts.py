"""The parts of a pack beside its key points: timeline, roles, comparison, words, objectives."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from assistant.checking import facts, unproved
from assistant.citing import cite
from assistant.conflicts import states
from assistant.entries import Entries, Entry
from assistant.lines import Side as Column
from assistant.lines import lines_of_years
from assistant.proofs import quote_of
from assistant.teaching.choosing import STEADY, Subject, urgency
from assistant.teaching.material import Material
from assistant.teaching.moments import moment_of, words_of
from assistant.teaching.pack import (
    Audience,
    Event,
    Pack,
    Proved,
    Role,
    Table,
    Word,
)
from assistant.teaching.schedule import TITLES
from assistant.teaching.studies import FREE_CASE
from assistant.teaching.successions import replaced_in
from assistant.teaching.telling import ACTORS, OTHERS, Teller, sentence, subject
from assistant.teaching.themes import themes
from assistant.units import Unit
from assistant.wanted import Wanted
from corpus.lexicon import Entry as LexiconEntry
from corpus.lexicon import entries as lexicon
from corpus.lexicon import fold, folded_words, generic_notions
from corpus.quantities import normalised
from corpus.registry import Conflict, Funding, Obligation
from ingest.lexical import terms

Tell = Callable[[Entry[Any]], Proved | None]
MOST_ROWS, LEAST_COMPARED = 8, 2
A_TURN = 2
"""Lines that an actor gets before the next one does."""
COMPARED_THEMES = ("contractualisation", "ce-qui-change", "financement", "objectifs", "calendrier")
_ACRONYM = re.compile(r"[A-ZÉ][A-ZÉa-z]{0,2}[A-ZÉ]+|119")
_WRITTEN_SMALL = re.compile(r"[A-Z][a-z]{3,5}")
"""« Ondam »: an acronym that is read as a word."""
_CAPITALS = re.compile(r"\b[A-ZÉ]{2,}\b|\b[A-Z][a-z]?[A-Z]+\b")
_FIRST: dict[Audience, tuple[str, ...]] = {
    "nouveaux agents": ("département", "signataires"),
    "élus": ("département", "signataires", "État"),
    "associations": ("autre", "juge", "département"),
    "tous publics": (),
}


def events_of(material: Material, tell: Tell, most: int) -> tuple[Event, ...]:
    """Dates that hold, in order of time, those that bind someone kept first; what is said without
    a day, a month nor a year is no date."""
    found = [
        (entry, told)
        for entry in material.deadlines
        if entry.row.standing in STEADY
        and entry.row.replaced_by is None
        and moment_of(entry.row) is not None
        and (told := tell(entry)) is not None
    ]
    found.sort(key=lambda one: urgency(one[0]))
    kept = sorted(found[:most], key=lambda one: moment_of(one[0].row) or "")
    return tuple(Event(told, entry.row.on, words_of(entry.row)) for entry, told in kept)


def roles_of(material: Material, audience: Audience, tell: Tell, most: int) -> tuple[Role, ...]:
    """« Qui fait quoi »: what binds first whom the audience cares for, then by actor; about
    ``most`` lines, what one condition asks never being told in part."""
    first = _FIRST[audience]
    rows: list[tuple[Obligation, Role]] = []
    said: set[str] = set()
    for entry in material.obligations:
        told = tell(entry)
        if told is None or told.text in said:
            continue
        said.add(told.text)
        rows.append((entry.row, Role(_who(entry.row), entry.row.modality, told)))
    actors = list(dict.fromkeys([*first, *(row.who for row, _role in rows)]))
    queues = {who: _together(rows, who) for who in actors}
    kept: set[str] = set()
    while len(kept) < most and any(queues.values()):  # each actor in turn, none left out
        for who in actors:
            turn = 0
            while queues[who] and turn < A_TURN and len(kept) < most:
                group = queues[who].pop(0)
                kept |= group
                turn += len(group)
    return tuple(
        role for who in actors for row, role in rows if row.who == who and role.told.id in kept
    )


def _together(rows: Sequence[tuple[Obligation, Role]], who: str) -> list[set[str]]:
    """The ids of what an actor does, those under one condition in one group: of the three pieces
    of a file, a table that shows one shows all."""
    groups: dict[tuple[str, str], set[str]] = {}
    for row, role in rows:
        if row.who == who:
            groups.setdefault((row.modality, row.condition or row.id), set()).add(role.told.id)
    return list(groups.values())


def _who(row: Obligation) -> str:
    who = subject(row)[0] or OTHERS
    if who == ACTORS.get(row.who, ("",))[0]:
        who = row.who
    who = re.sub(r"^(?:les? |la |l')", "", who)
    return f"{who[:1].upper()}{who[1:]}"


def compared(material: Material, entries: Entries, teller: Teller) -> Table | None:
    """The exercice beside the one before, row by row; ``None`` where it tells nothing."""
    order = material.order
    year = order.exercice
    if year is None or order.question or order.theme not in COMPARED_THEMES:
        return None
    sides = [Column(str(one), one) for one in (year - 1, year)]
    money, dates = order.theme == "financement", order.theme == "calendrier"
    wanted = Wanted(False, False, False, order.theme == "objectifs", dates, money, frozenset())
    rows = []
    shown: set[tuple[str, ...]] = set()
    for line in lines_of_years(sides, wanted, entries):
        cells = []
        for cell, side in zip(line.cells, sides, strict=True):
            told = [teller.statement(unit, (side.exercice,), alone=True) for unit in cell.units]
            if any(told):
                found = _touching(cell.units, side.exercice, entries)
                told += [_disputed(one, side.exercice, teller) for one in found]
                told += replaced_in(cell.units, side.exercice, entries, teller)
            cells.append(tuple(one for one in told if one is not None))
        said = tuple(one.id for cell in cells for one in cell)
        if said and said not in shown:
            shown.add(said)
            rows.append((line.label, tuple(cells)))
    if len(rows) < LEAST_COMPARED:
        return None
    title = f"{themes()[order.theme].title} : {year - 1} et {year}"
    return Table(title, tuple(side.label for side in sides), tuple(rows[:MOST_ROWS]))


def _touching(
    units: Collection[Unit], exercice: int, entries: Entries
) -> Iterator[Entry[Conflict]]:
    """Disagreements on what a cell says: on its very statements, or on the amount that they give
    when another one is told of the same fund in the same exercice."""
    keys = {unit.key for unit in units}
    given = {value for unit in units for value in normalised(unit.text)}
    funds = [entry for entry in entries.of(Funding) if entry.row.exercice == exercice]
    told = [
        entry.row
        for entry in funds
        if f"amount:{entry.row.amount_eur}" in given and keys & _keys(entry)
    ]
    for conflict in entries.of(Conflict):
        contested = _keys(conflict)
        rivals = {entry.row.source for entry in funds if contested & _keys(entry)}
        if keys & contested or any(
            row.source in rivals and states(conflict.row, [("amount", str(row.amount_eur))])
            for row in told
        ):
            yield conflict


def _keys(entry: Entry[Any]) -> frozenset[tuple[str, int]]:
    return frozenset(unit.key for unit in entry.units)


def _disputed(entry: Entry[Conflict], exercice: int, teller: Teller) -> Proved | None:
    """« Discuté : … », both sides and what to retain, or that sources disagree where a quote
    proves no more."""
    row = entry.row
    sides = " ; ou ".join(side.says for side in row.sides)
    plain = "Discuté : les sources lues ne s'accordent pas."
    citations = cite([quote_of(unit) for unit in entry.units], teller.index)
    named = f"conflicts:{row.id}:comparison"
    for text in (f"Discuté : {sides}. À retenir : {sentence(row.retain)}", plain):
        if not unproved(text, citations):
            return teller.tell(named, text, citations, "", (exercice,))
    return None


def words_of_pack(pack: Pack, most: int) -> tuple[Word, ...]:
    """Words of the glossary that the pack uses, in alphabetical order: kept first those that it
    says by their acronym, then the most used."""
    texts = _texts(pack)
    used = Counter(term[1:] for text in texts for term in terms(text) if term.startswith("="))
    said = f" {' '.join(word for text in texts for word in folded_words(text))} "
    acronyms = frozenset(_CAPITALS.findall(" ".join(texts)))

    def is_short(entry: LexiconEntry) -> bool:
        return any(form.upper() in acronyms for form in entry.forms if form[:1].isupper())

    held = [
        entry
        for entry in lexicon()
        if entry.definition
        and (used[entry.id] or is_short(entry))
        and entry.id not in generic_notions()
        and not entry.document
        and not facts(entry.definition)
        and any(f" {' '.join(folded_words(form))} " in said for form in _shown(entry))
    ]
    held.sort(key=lambda entry: (not is_short(entry), -used[entry.id]))
    words = [Word(_term(entry), entry.definition or "") for entry in held[:most]]
    return tuple(sorted(words, key=lambda word: folded_words(word.term)))


def _shown(entry: LexiconEntry) -> list[str]:
    """The first form of a word, and its acronym."""
    forms = [form for form in entry.forms[1:] if _is_acronym_of(form, entry.forms[0])]
    acronyms = [form for form in forms if _ACRONYM.fullmatch(form)]
    acronyms += [form for form in forms if _WRITTEN_SMALL.fullmatch(form)]
    return [entry.forms[0], *acronyms[:1]]


def _is_acronym_of(form: str, whole: str) -> bool:
    """Whether the signs of ``form`` come in that order in ``whole``; « CJM » is of another word
    than « jeunes majeurs ». A number stands for any."""
    left = iter(fold(whole))
    return form.isdigit() or all(sign in left for sign in fold(form))


def _term(entry: LexiconEntry) -> str:
    first, *acronym = _shown(entry)
    written = f"{first[:1].upper()}{first[1:]}"
    return f"{written} ({acronym[0]})" if acronym and not _ACRONYM.fullmatch(first) else written


def _texts(pack: Pack) -> list[str]:
    """All that the pack says as proved, the names of its lines included."""
    told = [*pack.points, *(e.told for e in pack.timeline), *(r.told for r in pack.roles)]
    told += [one for case in pack.cases for answers in case.answers for one in answers]
    told += [one for dispute in pack.disputes for one in (dispute.told, *dispute.sides)]
    if pack.comparison:
        told += [one for _label, cells in pack.comparison.rows for cell in cells for one in cell]
    return [one.text for one in {one.id: one for one in told}.values()]


_FUNDS = re.compile(
    r"\b(?:credits?|financ\w+|cofinanc\w+|dotations?|subvention\w*|budget\w*|enveloppes?|fonds"
    r"|programmes? \d+|fir|ondam|loi de finances)\b"
)
_AIMS: dict[Subject, str] = {
    "frame": "Situer {subject} : de quoi il s'agit et quels textes s'appliquent.",
    "rule": "Énoncer les principales règles et les conditions à remplir.",
    "goal": "Distinguer ce qui est obligatoire de ce qui peut être choisi.",
    "money": "Dire d'où viennent les crédits, et ce que le corpus ne chiffre pas.",
}


def objectives_of(pack: Pack, subjects: Collection[Subject]) -> tuple[str, ...]:
    """What participants will be able to do, from what the pack holds; without any figure."""
    about = "la question posée" if pack.order.question else "le thème"
    told = {subject for subject in subjects if subject != "money" or _tells_of_funds(pack)}
    found = [aim.format(subject=about) for subject, aim in _AIMS.items() if subject in told]
    if pack.timeline:
        found.append("Placer les échéances dans l'ordre et dire qui chacune concerne.")
    if pack.roles:
        found.append("Dire qui doit ou peut faire quoi, et nommer l'acteur compétent.")
    if any(step.title == TITLES["comparison"] for step in pack.steps):
        found.append("Comparer l'exercice au précédent, sans confondre leurs règles.")
    if pack.disputes:
        found.append("Reconnaître ce qui est discuté ou non établi, et ne pas l'affirmer.")
    if any(case.id != FREE_CASE for case in pack.cases):
        found.append("Appliquer ces règles à une situation concrète, texte à l'appui.")
    elif pack.cases:
        found.append("Répondre à la question posée, texte à l'appui.")
    return tuple(found)


def _tells_of_funds(pack: Pack) -> bool:
    """Whether a key point says where money comes from: an amount alone may be a fine."""
    return any(_FUNDS.search(fold(point.text)) for point in pack.points)


def evaluation_of(pack: Pack) -> tuple[str, ...]:
    """Questions of the sheet that participants fill in."""
    asked = ["Ce que je retiens de la séance :", "Ce qui reste flou pour moi :"]
    if pack.roles:
        asked.append("Ce que je ferai autrement dans mon travail ou dans mon mandat :")
    if pack.timeline:
        asked.append("La date que je dois surveiller :")
    asked += [
        "Les objectifs annoncés ont-ils été atteints ? (pas du tout, un peu, assez, tout à fait)",
        "Le rythme et la durée convenaient-ils ? (pas du tout, un peu, assez, tout à fait)",
        "Ce qu'il faudrait ajouter ou retirer :",
    ]
    return tuple(asked)
