"""Sentences of a pack: quotes, or templates filled from rows, each proved by its citations."""

import re
from collections.abc import Sequence
from typing import Any

from assistant.answer import Citation
from assistant.checking import unproved, without_brackets
from assistant.citing import cite
from assistant.duties import best_statement
from assistant.entries import Entry
from assistant.extracting import Quote
from assistant.proofs import quote_of
from assistant.teaching.headlines import after_colon, short
from assistant.teaching.listing import unlabelled
from assistant.teaching.material import Bibliography
from assistant.teaching.moments import when
from assistant.teaching.pack import Proved
from assistant.teaching.themes import register_of, years_of
from assistant.units import Unit, document_units, list_units
from assistant.wording import day
from corpus.registry import Conflict, Deadline, Funding, Objective, Obligation, Row, Unknown
from ingest.index import Index

LIST_CHARS = 600
_ABOUT = "environ, "
"""How the perimeter of an amount that isn't exact begins."""
_FUNDS = {"ensemble": "Ensemble des crédits", "autre": "Autre financement", "FIR": "FIR"}
_FUNDS |= {"programme 304": "Programme 304", "Ondam médico-social": "Ondam médico-social"}
_OBJECTIVES = {
    "fondamental": "Objectif fondamental de 2020",
    "facultatif": "Objectif facultatif de 2020",
    "nouveau 2022": "Objectif nouveau en 2022",
    "socle 2025": "Objectif obligatoire du socle de 2025",
    "objectif 2025": "Objectif de 2025",
}
_FOR = re.compile(
    r"pour (?P<who>.+?), (?=(?:ne (?:pas )?|se |s')?[^\W\d_]+(?:er|ir|re)\b)(?P<what>.+)"
)
_YEARS = re.compile(
    r"[ ,](?:en |de |du |pour |des |à rendre en )?20\d\d(?:-20\d\d)?(?: et \w+ \w+)?$"
)
_YEAR_OF_LIST = re.compile(r" de 20\d\d(?= :|$)")
_NOT = re.compile(r"ne pas (?P<verb>.+)")
_ONLY = re.compile(r"ne (?P<verb>[^\W\d_]+ qu.+)")
MODALS = {
    ("must", False): "doit",
    ("must", True): "doivent",
    ("may", False): "peut",
    ("may", True): "peuvent",
}
ACTORS = {
    "département": ("le département", False),
    "préfet": ("le préfet", False),
    "ARS": ("l'ARS", False),
    "préfet et ARS": ("le préfet et l'ARS", True),
    "État": ("l'État", False),
    "signataires": ("les signataires du contrat", True),
    "GIP": ("le GIP France enfance protégée", False),
    "juge": ("le juge", False),
}
OTHERS = "autres acteurs"
FRAME = "Texte applicable"
"""Heading of what says which text rules."""


class Teller:
    """Makes the sentences of one pack; ``dropped`` counts those that nothing proves.

    Args:
        exercice: the one whose texts prove a row best, ``None`` for the row's own.
    """

    def __init__(
        self, index: Index, bibliography: Bibliography, exercice: int | None = None
    ) -> None:
        self.index = index
        self._exercice = exercice
        self._bibliography = bibliography
        self._ids: dict[str, tuple[str, int]] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}
        self.dropped = 0

    def year_of(self, years: Sequence[int]) -> int | None:
        """Which exercice of a row a statement should be of."""
        return self._exercice if self._exercice in years else next(iter(years), None)

    def tell(
        self,
        made_id: str,
        text: str,
        citations: Sequence[Citation],
        label: str = "",
        exercices: tuple[int, ...] = (),
    ) -> Proved | None:
        """A sentence with as few of ``citations`` as prove it, the first one always; ``None`` when
        they don't. A label that they don't prove gives way to what of it they do, then to the
        short name of the text."""
        used, left = list(citations[:1]), unproved(text, citations[:1])
        for one in citations[1:]:
            if left and (rest := unproved(text, [*used, one])) != left:
                used, left = [*used, one], rest
        if left or not used:
            self.dropped += 1
            return None
        headings = (label, _YEARS.sub("", label), after_colon(label), self.name_of(used[0]))
        shown = next((one for one in headings if not unproved(one, used)), "")
        numbers = self._bibliography.numbers(used)
        return Proved(made_id, text, numbers, shown, exercices)

    def name_of(self, citation: Citation) -> str:
        """The short name of the text that a quote is of."""
        document = self.index.texts.document(citation.document_id)
        return (document.identity.short_title if document else None) or short(citation.title)

    def statement(
        self,
        unit: Unit,
        exercices: tuple[int, ...] = (),
        *,
        alone: bool = False,
        whole_only: bool = False,
    ) -> Proved | None:
        """A statement in its own words; an item of a list brings its list, or what introduces
        it, unless it stays ``alone``; ``whole_only`` gives no item of a list too long."""
        fact = unit.anchor.facts[0] if unit.anchor else f"{unit.start}"
        quotes = [quote_of(unit)]
        if unit.lead_in is not None and not alone:
            whole = self._list_of(unit)
            if whole is not None:
                quotes = [whole]
            elif whole_only:
                return None
            else:
                quotes.insert(0, Quote((unit,), *unit.lead_in))
        text = sentence(" ".join(unlabelled(quote) for quote in quotes))
        key = (unit.document.document_id, quotes[0].start)
        return self.tell(
            self._free(f"{key[0]}#{fact}", key),
            text,
            cite(quotes, self.index),
            heading(unit),
            exercices,
        )

    def _list_of(self, unit: Unit) -> Quote | None:
        """The list that a statement is an item of, unless it is long."""
        document_id = unit.document.document_id
        if document_id not in self._units:
            self._units[document_id] = document_units(unit.document)
        items = tuple(u for u in self._units[document_id] if u.group == unit.group)
        whole = next(iter(list_units(items)), None)
        if whole is None or whole.end - whole.start > LIST_CHARS:
            return None
        return Quote(items, whole.start, whole.end)  # shown as sure as its least sure item

    def _free(self, wanted: str, key: tuple[str, int]) -> str:
        """``wanted``, or with a number after it when another statement has it."""
        made, number = wanted, 2
        while self._ids.setdefault(made, key) != key:
            made, number = f"{wanted}~{number}", number + 1
        return made

    def row(self, entry: Entry[Any]) -> Proved | None:
        """A row as a sentence, proved by its statements, the fittest first."""
        row = entry.row
        text, label = _TEMPLATES[type(row)](row)
        if not text:
            return None
        years = years_of(row)
        best = best_statement(entry, text, self.year_of(years))
        known = [u for u in entry.units if not u.unknown] or list(entry.units)
        units = sorted(known, key=lambda unit: unit is not best)
        citations = cite([quote_of(unit) for unit in units], self.index)
        made_id = f"{register_of(row)}:{row.id}"
        if isinstance(row, Objective) and unproved(text, citations):  # no quote says the year
            text, label = _YEAR_OF_LIST.sub("", text, 1), _YEAR_OF_LIST.sub("", label, 1)
        return self.tell(made_id, text, citations, label, years)

    def unknown(self, entry: Entry[Unknown]) -> Proved | None:
        """The statement that says of a point that nobody could establish it."""
        unit = next((u for u in entry.units if u.unknown), None)
        if unit is None:
            return None
        text = sentence(unit.text)
        return self.tell(
            f"unknowns:{entry.row.id}", text, cite([quote_of(unit)], self.index), "Non établi"
        )


def _obligation(row: Obligation) -> tuple[str, str]:
    who, plural, what = subject(row)
    modal = MODALS[row.modality, plural]
    if not who:
        modal = "il faut" if row.modality == "must" else "il est possible de"
        if row.modality == "may" and what[:1] in "aeéiouyh":
            modal = "il est possible d'"
    verb = f"{who} {modal} {what}".replace("d' ", "d'")
    if row.modality == "must" and who and (match := _NOT.fullmatch(what)):
        verb = f"{who} ne {modal} pas {match['verb']}"
    elif row.modality == "must" and who and (match := _ONLY.fullmatch(what)):
        verb = f"{who} ne {modal} {match['verb']}"
    due = row.deadline_words or (f"le {day(row.deadline)}" if row.deadline else "")
    parts = [verb, f"condition : {row.condition}" if row.condition else ""]
    parts.append(f"échéance : {due}" if due else "")
    text = " ".join(sentence(part) for part in parts if part)
    return text, short(what)


def subject(row: Obligation) -> tuple[str, bool, str]:
    """Who an obligation binds, whether it is several, and what is asked; nobody is named of some
    rows."""
    if match := _FOR.fullmatch(row.what):
        who = match["who"]
        return who, who.startswith("les ") or " et le" in who, match["what"]
    who, plural = ACTORS.get(row.who, ("", False))
    return who, plural, row.what


def _deadline(row: Deadline) -> tuple[str, str]:
    event, at = event_of(row), when(row)
    return (sentence(f"{event} : {at}") if at else ""), short(event)


def event_of(row: Deadline) -> str:
    """What happens on a date: of an act, which of its dates it is."""
    if row.event.startswith("décret") and row.id.endswith("entree-en-vigueur"):
        return f"entrée en vigueur du {row.event}"
    return row.event


def _funding(row: Funding) -> tuple[str, str]:
    if row.amount_eur is None:
        return "", ""
    name = f"{_FUNDS[row.source]}, exercice {row.exercice}"
    if row.perimeter.startswith(_ABOUT):
        said = [f"{name} : environ {euros(row.amount_eur)}", row.perimeter.removeprefix(_ABOUT)]
    else:
        said = [f"{name} : {euros(row.amount_eur)}", f"périmètre : {row.perimeter}"]
    return " ".join(map(sentence, said)), name


def _objective(row: Objective) -> tuple[str, str]:
    if not row.wording:
        return "", ""
    name, of, year = _OBJECTIVES[row.kind].partition(" de ")
    name += (f" n° {row.number}" if row.number else "") + of + year
    return sentence(f"{name} : {row.wording[:1].lower()}{row.wording[1:]}"), name


def _conflict(row: Conflict) -> tuple[str, str]:
    return sentence(f"{row.about} : les sources lues ne s'accordent pas"), short(row.about)


_TEMPLATES: dict[type[Any], Any] = {
    Obligation: _obligation,
    Deadline: _deadline,
    Funding: _funding,
    Objective: _objective,
    Conflict: _conflict,
}


def sentence(text: str) -> str:
    """``text`` on one line, as a sentence: a capital, a full stop, no citation marker."""
    flat = re.sub(r"\s*\n+\s*(?:[-•–]\s+)?", " ", without_brackets(text)).strip()
    flat = flat.rstrip(" ;,")
    flat = f"{flat[:1].upper()}{flat[1:]}"
    return flat if flat.endswith((".", "!", "?", "…")) else f"{flat}."


def heading(unit: Unit) -> str:
    """The heading of a statement, up to its colon or parenthesis."""
    path = unit.section.heading_path
    if path and path[-1].startswith("Identité"):
        return FRAME
    return short(path[-1]) if path else ""


def title_of(row: Row) -> str:
    """The short heading of a row."""
    if isinstance(row, Objective):
        return short((row.wording or "").rstrip("."))
    return str(_TEMPLATES[type(row)](row)[1])


def euros(amount: int) -> str:
    """An amount in words: « 107 millions d'euros », « 663 600 euros »; no rounding."""
    if amount >= 1_000_000 and amount % 10_000 == 0:
        millions = f"{amount / 1_000_000:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        plural = "s" if amount >= 2_000_000 else ""
        return f"{millions} million{plural} d'euros"
    return f"{amount:,} euros".replace(",", " ")
