"""What is known of the contract of one collectivité: its row's values, else the statements."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from assistant.entries import Entries, Entry
from corpus.collectivites import find_collectivites
from corpus.quantities import find_quantities
from corpus.registry import Eligibility, Funding, Unknown
from ui import texts
from ui.pages.rows import amount_words, place_of, typeset

_CONTRACT: Final = re.compile(r"\b(?:contrat|convention)", re.IGNORECASE)
_SIGNED: Final = re.compile(r"\bsign(?:é|ature)", re.IGNORECASE)
_NEAR_CHARS: Final = 30  # « signé leur contrat 2025-2027 le 11 décembre 2025 »
_DAYS: Final = ("date", "month")
Facts = list[tuple[str, str]]


def contract_of(entry: Entry[Eligibility], entries: Entries) -> tuple[Entry[Eligibility], Facts]:
    """The row with the proofs that are its own, and what is known of the contract.

    A value that the row lacks is told by the statements that give it, as they are written: those
    that prove the row, then those of the local amounts, which join its proofs, then its note.

    Returns:
        The row, and its labelled facts: « non établi » only where nothing says more.
    """
    own = _own(entry, entries)
    row = own.row
    if row.signed_on:
        signature = ("Contrat signé le", texts.french_date(row.signed_on))
    else:
        told = _told(own, signing_days)
        signature = ("Signature", told) if told else ("Date de signature du contrat", "non établie")
    if row.amount_eur:
        return own, [signature, ("Montant du contrat", amount_words(row.amount_eur))]
    if not (told := _told(own, contract_amounts)):
        own = _with_local_amounts(own, entries)
        told = _told(own, contract_amounts)
    if told and told == signature[1]:
        return own, [("Signature et montant", told)]
    return own, [signature, ("Montant", told) if told else ("Montant du contrat", "non établi")]


def signing_days(text: str) -> frozenset[str]:
    """Days and months at which a text says that a contract was or is to be signed, in ISO."""
    if not _CONTRACT.search(text):
        return frozenset()
    ends = [match.end() for match in _SIGNED.finditer(text)]
    return frozenset(
        q.value
        for q in find_quantities(text)
        if q.kind in _DAYS and any(0 <= q.start - end <= _NEAR_CHARS for end in ends)
    )


def contract_amounts(text: str) -> frozenset[str]:
    """Amounts of a text about a contract, as plain euros."""
    if not _CONTRACT.search(text):
        return frozenset()
    return frozenset(q.value for q in find_quantities(text) if q.kind == "amount")


def _own(entry: Entry[Eligibility], entries: Entries) -> Entry[Eligibility]:
    """The row without the statements about other collectivités; all of them when none is left.

    Its own are those that name it, or a collectivité of its note; those that name nobody; and
    those of lists that nobody could complete, whoever else these name.
    """
    row = entry.row
    named = {row.code} | _codes(row.note or "")
    incomplete = {unit.key for unknown in entries.of(Unknown) for unit in unknown.units}
    kept = [
        n
        for n, unit in enumerate(entry.units)
        if not (codes := _codes(unit.text)) or codes & named or unit.key in incomplete
    ]
    return _only(entry, kept) if kept else entry


def _only(entry: Entry[Eligibility], kept: Iterable[int]) -> Entry[Eligibility]:
    pairs = [(entry.units[n], entry.citations[n]) for n in kept]
    return Entry(entry.row, tuple(u for u, _c in pairs), tuple(c for _u, c in pairs))


def _with_local_amounts(entry: Entry[Eligibility], entries: Entries) -> Entry[Eligibility]:
    """The row with the proofs of the local amounts of its contract too."""
    local = [
        found
        for found in entries.of(Funding)
        if place_of(found.row) == entry.row.code and _CONTRACT.search(found.row.perimeter)
    ]
    units = dict(zip((u.key for u in entry.units), entry.units, strict=True))
    citations = {(c.document_id, c.start): c for c in entry.citations}
    for found in local:
        units |= {u.key: u for u in found.units if u.key not in units}
        citations |= {
            place: c
            for c in found.citations
            if (place := (c.document_id, c.start)) not in citations
        }
    return replace(entry, units=tuple(units.values()), citations=tuple(citations.values()))


def _told(entry: Entry[Eligibility], values: Callable[[str], frozenset[str]]) -> str:
    """The statements about the collectivité that give such values, each a new one; else its note.

    Args:
        entry: the row and its proofs.
        values: what a text gives of what is sought.
    """
    found: list[str] = []
    known: frozenset[str] = frozenset()
    for unit in entry.units:
        given = values(unit.text)
        if not given <= known and entry.row.code in _codes(unit.text):
            known |= given
            found.append(unit.text)
    if not found and entry.row.note and values(entry.row.note):
        found.append(entry.row.note)
    return typeset(" ".join(found))


def _codes(text: str) -> frozenset[str]:
    return frozenset(m.collectivite.code for m in find_collectivites(f". {text}"))
