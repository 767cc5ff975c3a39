"""The identity of a text, read from its file: what it shows of itself, nothing more.

What isn't found stays unknown: a false identity is worse than none. A text that cites a circular
has neither its number nor its kind.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from corpus.references import Reference, find_references
from corpus.types import OFFICIAL_KINDS, Identity, Kind
from ingest.identifying import letterhead
from ingest.identifying.confirming import signs
from ingest.identifying.local import Local, headed
from ingest.identifying.naming import Line, Naming, head_of, naming_of
from ingest.identifying.natures import nature_of, side_of
from ingest.identifying.running import completed, entitled, local_of, with_header
from ingest.identifying.titling import plain, titled
from ingest.reading.content import Content

_Value = TypeVar("_Value")

_SIGNS = 2
_SIGNS_IF_DOUBT = 4
_SIGNED_KINDS: frozenset[Kind] = OFFICIAL_KINDS | {"contrat local"}
_YEARS = r"((?:20\d\d)(?:(?:, | et | a | ?- ?)(?:20\d\d)){0,5})(?!\d)"
_EXERCICE = re.compile(
    rf"(?:exercices?(?: budgetaires?)?|campagnes?(?: budgetaires?)?|pour (?:l'annee|les annees)"
    rf"|au titre (?:de l'annee|des annees|de|du budget)) {_YEARS}"
)
_FOR_YEAR = re.compile(rf"\b(?:pour|en) {_YEARS}(?=[ .)]*$)")
_YEAR = re.compile(r"20\d\d")
_RANGE = re.compile(r"(20\d\d)(?: a | ?- ?)(20\d\d)")
_MOST_YEARS = 10
_WITHOUT_SUBJECT = re.compile(r"(?:\d|^[^\W\d]{4,20}(?: [^\W\d]{4,20}){0,2})[ ,)]*$")
_IN_CHARGE = re.compile(r"suivie?s? par|chargee? du dossier|contact|\btel\b|courriel|\bmel\b|@")


def identify(content: Content, text: str) -> Identity:
    """Give the identity of a document: what its head, its signature and its page say of it.

    Args:
        content: what a reader gave.
        text: the document's whole text.

    Returns:
        An original (``authority`` is its kind). ``None``, empty and « inconnue » mean that the
        text doesn't show it, or shows it twice differently.
    """
    head = head_of(content)
    whole = with_header(content, head)
    naming = None if side_of(content) == "press" else _confirmed(content, head, whole, text)
    kind = naming.kind if naming else nature_of(content, head)
    if naming is not None:
        return _named(naming, content, whole, text)
    unsigned = content.author is None and content.url is None
    if kind in ("inconnue", "stratégie") and unsigned:
        own_text = local_of(head, whole, text)
        if own_text is not None:
            own_title = entitled(own_text.title, content, whole, head)
            return _local(replace(own_text, title=own_title), kind, content, whole, text)
    named = headed(whole, text) if kind == "inconnue" and unsigned else None
    title = content.title or letterhead.subject(head) or ""
    title = entitled(named.title, content, whole, head) if named else title
    own = kind == "communiqué"
    number, day = (named.number, named.day) if named else (None, None)
    days = letterhead.letter_days(head) if own else frozenset[date]()
    return Identity(
        title=title,
        kind=kind,
        authority=kind,
        number=number,
        issuer=content.publisher or (letterhead.issuer(head) if own else None),
        author=_author(content, head),
        addressees=named.addressees if named else (),
        signed_on=_only(letterhead.signed_days(text)) if kind in _SIGNED_KINDS else day,
        published_on=content.published_on or letterhead.publication(head) or _only(days),
        exercices=exercices_of(title, official=kind in _SIGNED_KINDS),
        url=content.url,
    )


def same_entry(identity: Identity, catalogue: Iterable[tuple[str, Identity]]) -> str | None:
    """Give the catalogue's summary of the same text, by its number or its NOR.

    Both must be of the same official kind. Numbers are compared with their services where both
    show them; another NOR or another date of signature means another text.

    Args:
        identity: what a file shows of itself.
        catalogue: document ids with their cards; only summaries count.

    Returns:
        The document id, ``None`` where no card or several are of that text.
    """
    if identity.kind not in OFFICIAL_KINDS or identity.origin != "original":
        return None
    found = {
        document_id
        for document_id, card in catalogue
        if card.origin == "summary" and card.kind == identity.kind and _is_same(identity, card)
    }
    return found.pop() if len(found) == 1 else None


def original_of(identity: Identity, card: Identity) -> Identity:
    """Give a file's identity completed with what the card of the same text knows.

    What the file shows wins; it stays an original whose authority is its kind.
    """
    unknown = (None, "", (), "inconnu", "inconnue")
    known = {
        field.name: value
        for field in fields(Identity)
        if (value := getattr(identity, field.name)) not in unknown
    }
    whole = replace(card, **known)
    return replace(whole, origin="original", authority=whole.kind, checked_on=None)


def exercices_of(title: str, *, official: bool) -> tuple[int, ...]:
    """Give the years of the exercices that a title names, a range in full.

    Args:
        title: the title.
        official: whether « pour 2022 » at its end names one too.
    """
    low = plain(title)
    found = [match[1] for match in _EXERCICE.finditer(low)]
    if official and (last := _FOR_YEAR.search(low)):
        found.append(last[1])
    years: set[int] = set()
    for named in found:
        years |= {int(year) for year in _YEAR.findall(named)}
        for first, last_year in _RANGE.findall(named):
            if 0 < int(last_year) - int(first) < _MOST_YEARS:
                years |= set(range(int(first), int(last_year)))
    return tuple(sorted(years))


def _confirmed(
    content: Content, head: Sequence[Line], whole: Sequence[Line], text: str
) -> Naming | None:
    """Give the text's own name if the text also speaks as one of that name does.

    A name that only the page header gives is doubted: a header may be that of another text.
    """
    over = whole[: len(whole) - len(head)]
    naming = naming_of(head)
    above = naming_of(whole) if naming is None else None
    found = naming or above
    if found is None:
        return None
    doubt = found.doubts or above or _author(content, head) is not None
    enough = _SIGNS_IF_DOUBT if doubt else _SIGNS
    return completed(found, over) if signs(head, text) >= enough else None


def _author(content: Content, head: Sequence[Line]) -> str | None:
    """Give who wrote a page, but not who follows the file in an office, nor half a sentence."""
    name = content.author or ""
    words = name.split()
    if not words or not (words[0][0].isupper() and words[-1][0].isupper()):
        return None
    in_charge = any(name in line.text and _IN_CHARGE.search(line.plain) for line in head)
    return None if in_charge else name


def _named(naming: Naming, content: Content, head: Sequence[Line], text: str) -> Identity:
    """Give the identity of a text that names itself."""
    nors = letterhead.nors(head) | ({naming.nor} if naming.nor else set())
    signed = _signed_on(naming, head, text)
    published = letterhead.publication(head)
    if published is None and content.published_on != signed:
        published = content.published_on
    if published and signed and published < signed:
        published = None
    title = _title(naming, head)
    return Identity(
        title=title,
        kind=naming.kind,
        authority=naming.kind,
        number=naming.number,
        nor=_only(nors),
        issuer=letterhead.issuer(head),
        author=_author(content, head),
        addressees=letterhead.addressees(head),
        signed_on=signed,
        published_on=published,
        in_force_from=letterhead.in_force(head, text),
        text_status=letterhead.status(head),
        exercices=exercices_of(title, official=True),
        url=content.url,
    )


def _local(own: Local, kind: Kind, content: Content, head: Sequence[Line], text: str) -> Identity:
    """Give the identity of a text that a local body wrote."""
    return Identity(
        title=own.title,
        kind=kind,
        authority=kind,
        number=own.number,
        issuer=own.issuer,
        addressees=own.addressees,
        signed_on=own.day,
        published_on=letterhead.publication(head),
        in_force_from=letterhead.in_force(head, text),
        exercices=exercices_of(own.title, official=False),
        url=content.url,
    )


def _title(naming: Naming, head: Sequence[Line]) -> str:
    """Give the title line; without its subject, a fuller one of that number or « Objet : » too."""
    if not _WITHOUT_SUBJECT.search(naming.title):
        return naming.title
    for line in head:
        again = titled(line.text) if naming.number else None
        if again and again.number == naming.number and again.end > len(naming.title) + 1:
            return line.text[: again.end].rstrip(" ,;:–-(")
    subject = letterhead.subject(head)
    return f"{naming.title} – {subject}" if subject else naming.title


def _signed_on(naming: Naming, head: Sequence[Line], text: str) -> date | None:
    """Give the date of the title, by which the text is cited; else that of its signature.

    Titles of the same number with two dates, or signatures of two dates, give ``None``.
    """
    if naming.day is not None:
        again = (titled(line.text) for line in head if line.kind in ("heading", "paragraph"))
        days = {t.day for t in again if t and t.day and t.number and t.number == naming.number}
        return naming.day if days <= {naming.day} else None
    return _only({*letterhead.letter_days(head), *letterhead.signed_days(text)})


def _is_same(identity: Identity, card: Identity) -> bool:
    if identity.signed_on and card.signed_on and identity.signed_on != card.signed_on:
        return False
    if identity.nor and card.nor:
        return identity.nor == card.nor
    ours, theirs = _number(identity), _number(card)
    if ours is None or theirs is None or (ours.kind, ours.value) != (theirs.kind, theirs.value):
        return False
    services = [
        frozenset(n.full.removesuffix(n.value).strip("/").split("/")) - {""} for n in (ours, theirs)
    ]
    return not all(services) or services[0] == services[1]


def _number(identity: Identity) -> Reference | None:
    found = find_references(f"n° {identity.number}") if identity.number else []
    return found[0] if found and found[0].kind in ("number", "act") else None


def _only(values: Iterable[_Value]) -> _Value | None:
    """Give the only value there is."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
