"""The shipped corpus shown to people: the card of a text with its chain, the table of documents."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from corpus.chains import PASSIVE, Chain, day_of
from corpus.errors import InvalidRequest
from corpus.types import Document, Identity
from ingest.context import french_date
from ui.chain_picture import short_name
from ui.texts import EVIDENCE_LABELS, FOUNDING_FILE, UNKNOWN

START: Final = "<!-- documents -->"
END: Final = "<!-- /documents -->"
_COLUMNS: Final = ("Identifiant", "Texte", "Nature", "Date", "Exercices", "Énoncés")


def plain_card(document: Document, identities: Mapping[str, Identity], chain: Chain) -> str:
    """Identity, sources and chain of a text as a terminal shows them."""
    lines = [document.identity.title, ""]
    lines += [f"{label} : {value}" for label, value in _fields(document)]
    lines += ["", "Sources lues :", *_sources(document)]
    lines += ["", "Chaîne des textes :", *_links(identities, chain)]
    if chain.governing:
        lines += ["", "Textes de cette chaîne qui régissent un exercice :"]
        for exercice, names in chain.governing.items():
            lines.append(f"  {exercice} : {', '.join(_named(identities, n) for n in names)}")
    return "\n".join(lines)


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    identity = document.identity
    yield "Identifiant", document.document_id
    yield "Nature", identity.kind
    if identity.authority != identity.kind:
        yield "Autorité du texte décrit", identity.authority
    yield "Numéro", identity.number or UNKNOWN
    yield "NOR", identity.nor or UNKNOWN
    yield "Auteur", identity.issuer or UNKNOWN
    yield "Destinataires", ", ".join(identity.addressees) or UNKNOWN
    yield "Signé le", _day(identity.signed_on)
    yield "Publié le", _day(identity.published_on)
    yield "En vigueur à partir du", _day(identity.in_force_from)
    if identity.in_force_until:
        yield "En vigueur jusqu'au", _day(identity.in_force_until)
    yield "Statut", UNKNOWN if identity.text_status == "inconnu" else identity.text_status
    yield "Exercices régis", ", ".join(map(str, identity.exercices)) or UNKNOWN
    yield "Années d'entrée visées", ", ".join(identity.cohorts) or UNKNOWN
    yield "Adresse officielle", identity.url or f"{UNKNOWN}e"
    yield "Relu le", _day(identity.checked_on)
    yield "Énoncés", str(len(document.anchors))


def _day(day: date | None) -> str:
    return french_date(day) if day else UNKNOWN


def _sources(document: Document) -> Iterator[str]:
    for source in document.sources:
        place = source.url or f"{FOUNDING_FILE} : {source.file}"
        evidence = EVIDENCE_LABELS[source.evidence]
        yield f"  - {source.code} · {source.publisher} · {evidence} · {place}"


def _links(identities: Mapping[str, Identity], chain: Chain) -> Iterator[str]:
    if not (chain.parents or chain.children):
        yield "  Aucun lien connu avec un autre texte du corpus."
    for link in chain.parents:
        yield f"  - {link.kind} : {_named(identities, link.target)}"
    for link in chain.children:
        yield f"  - {PASSIVE[link.kind]} : {_named(identities, link.source)}"


def _named(identities: Mapping[str, Identity], name: str) -> str:
    return f"{short_name(identities, name)} ({name})"


def chain_as_dict(chain: Chain) -> dict[str, Any]:
    """A chain for programs: its links, members and which of them rule which exercice."""

    def rows(links: Iterable[Any]) -> list[dict[str, str]]:
        return [{"source": k.source, "kind": k.kind, "target": k.target} for k in links]

    return {
        "parents": rows(chain.parents),
        "children": rows(chain.children),
        "members": list(chain.members),
        "links": rows(chain.links),
        "governing": {str(year): list(names) for year, names in chain.governing.items()},
    }


def documents_table(documents: Iterable[Document]) -> str:
    """A Markdown table of documents, in their order, then a line that counts them."""
    rows = [_row(document) for document in documents]
    statements = sum(int(row[-1]) for row in rows)
    lines = [_COLUMNS, ("---",) * len(_COLUMNS), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{table}\n\n{len(rows)} documents, {statements} énoncés."


def _row(document: Document) -> tuple[str, ...]:
    identity = document.identity
    day = day_of(identity)
    cells = (
        f"`{document.document_id}`",
        identity.short_title or identity.title,
        identity.kind,
        french_date(day) if day else "inconnue",
        ", ".join(map(str, identity.exercices)) or "—",
        str(len(document.anchors)),
    )
    return tuple(" ".join(cell.split()).replace("|", "\\|") for cell in cells)


def with_table(text: str, table: str) -> str:
    """A text whose table between the two marks is replaced.

    Raises:
        InvalidRequest: the marks aren't there, once each and in order.
    """
    before, start, rest = text.partition(START)
    _old, end, after = rest.partition(END)
    if not start or not end or START in rest or END in after:
        raise InvalidRequest(f"il faut une ligne « {START} » puis une ligne « {END} » (une fois).")
    return f"{before}{START}\n{table}\n{END}{after}"
