"""``reperes corpus check``: whether the corpus proves what it says, fault by fault, in French.

The documents come parsed (their reader lives above this package); what is looked at here is what
nobody can see in one document alone, and what a row of a register owes to its statements.
"""

import itertools
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from corpus.asked import read_asked, statement_key
from corpus.errors import InvalidDocument
from corpus.faults import Corpus, Fault, Lines
from corpus.proving import check_registers, years_of
from corpus.references import find_references
from corpus.types import EVIDENCES, OFFICIAL_KINDS, Anchor, Document, Identity, Relation

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,30}\Z")
_UNVERIFIED = re.compile(r"\[(?:NV|TROU|à vérifier)\]|\bTODO\b", re.IGNORECASE)
_NUMBERED = frozenset({"loi", "décret", "arrêté", "circulaire", "instruction"})
_AFTER = frozenset({"complète", "modifie", "remplace", "abroge", "applique"})
_ENDED = frozenset({"remplacé", "abrogé", "annulé", "sans objet"})


def check(
    documents: Mapping[str, Document], documents_folder: Path, registers_folder: Path
) -> list[Fault]:
    """Every fault of the corpus, by file and line; none when it is sound.

    Args:
        documents: those that parse, by id; a file of the folder that isn't among them is taken
            for one that doesn't parse, which is the reader's fault to tell.
        documents_folder: where ``<id>.md`` are.
        registers_folder: where ``<register>.toml`` are.
    """
    corpus = Corpus(documents, documents_folder, registers_folder)
    for path in documents_folder.glob("[!.]*"):
        if path.suffix != ".md" or not path.is_file():
            corpus.fault(path, 0, "ce n'est pas un document (.md) : personne ne le lira.")
    for document_id, document in documents.items():
        _check_document(corpus, document_id, document)
    _check_asked(corpus, documents_folder.parent / "asked")
    _check_numbers(corpus)
    _check_relations(corpus)
    check_registers(corpus)
    return sorted(set(corpus.faults))


def _check_asked(corpus: Corpus, folder: Path) -> None:
    """Every question is asked of a statement that stands as it did when it was written."""
    for path in sorted(folder.glob("*.toml")):
        document = corpus.documents.get(path.stem)
        if document is None:
            corpus.fault(path, 0, "aucun document de ce nom dans le corpus.")
            continue
        try:
            asked = read_asked(path.stem, folder)
        except InvalidDocument as error:
            corpus.fault(path, 0, str(error).removeprefix(f"{path.name} : "))
            continue
        keys = {statement_key(document.text[a.start : a.end]) for a in document.anchors}
        for key in asked.keys() - keys:
            line = corpus.lines(path).first(partial(_opens, key))
            corpus.fault(path, line, "l'énoncé a changé ou disparu : relire ses questions.")


def _opens(key: str, line: str) -> bool:
    return line.startswith(f'"{key}"')


def _check_document(corpus: Corpus, document_id: str, document: Document) -> None:
    path, identity = corpus.path(document_id), document.identity
    lines = corpus.lines(path)
    if _ID.match(document_id) is None:
        message = "le nom du fichier ne tient qu'en lettres minuscules, chiffres et tirets."
        corpus.fault(path, 0, message)
    if lines.lines[:1] != ("+++",):
        corpus.fault(path, 1, "la fiche d'identité manque.")
        return
    for number, line in enumerate(lines.lines, 1):
        if _UNVERIFIED.search(line):
            corpus.fault(path, number, "énoncé non vérifié.")
    if not document.sources:
        corpus.fault(path, 1, "aucune source avec une adresse ou un fichier fondateur.")
    if identity.checked_on is None:
        corpus.fault(path, 1, "la date de relecture (checked_on) manque.")
    _check_dates(corpus, path, lines, identity)
    for year in sorted(
        {*map(str, identity.exercices)} - years_of(f"{identity.title}\n{document.text}")
    ):
        message = f"l'exercice {year} n'est dit nulle part dans le texte."
        corpus.fault(path, lines.key("exercices"), message)
    _check_statements(corpus, path, lines, document)


def _check_statements(corpus: Corpus, path: Path, lines: Lines, document: Document) -> None:
    """Every source serves, every statement is anchored, every anchor says what its sources are."""
    used = {code for anchor in document.anchors for code in anchor.sources}
    for source in document.sources:
        if source.code not in used:
            line = lines.table(f"[sources.{source.code}]")[0]
            corpus.fault(path, line, f"source {source.code} inutilisée.")
    for anchor in document.anchors:
        _check_anchor(corpus, path, lines, document, anchor)
    spans = [(anchor.start, anchor.end) for anchor in document.anchors]
    for position, block in enumerate(document.blocks):
        said = document.text[block.start : block.end]
        heads = block.kind == "row" and document.blocks[position - 1].kind != "row"
        if block.kind == "heading" or heads or said.rstrip().endswith(":"):
            continue
        if not any(start < block.end and block.start < end for start, end in spans):
            corpus.fault(path, lines.statement(said, anchored=False), "énoncé sans ancre.")


def _check_anchor(
    corpus: Corpus, path: Path, lines: Lines, document: Document, anchor: Anchor
) -> None:
    if anchor.confidence == "unknown":
        return
    facts = "+".join(anchor.facts)
    sources = [source for source in document.sources if source.code in anchor.sources]
    ranks = [EVIDENCES.index(source.evidence) for source in sources]
    found = []
    if not sources:
        found.append(f"l'ancre {facts} n'a aucune source.")
    elif anchor.evidence != (strongest := EVIDENCES[min(ranks)]):
        found.append(f"preuve « {anchor.evidence} », ses sources donnent « {strongest} ».")
    if anchor.confidence == "several" and len({s.url or s.file for s in sources}) < 2:
        found.append("« several » demande deux sources d'adresses différentes.")
    for message in found:
        line = lines.holding(f"{facts} {anchor.confidence} {anchor.evidence}", lines.body)
        corpus.fault(path, line, message)


def _check_dates(corpus: Corpus, path: Path, lines: Lines, identity: Identity) -> None:
    order = [
        ("signed_on", identity.signed_on),
        ("published_on", identity.published_on),
        ("checked_on", identity.checked_on),
    ]
    known = [(name, day) for name, day in order if day is not None]
    for (first, before), (second, after) in itertools.pairwise(known):
        if after < before:
            message = f"{second} ({after}) précède {first} ({before})."
            corpus.fault(path, lines.key(second), message)
    starts, ends = identity.in_force_from, identity.in_force_until
    if starts and ends and ends < starts:
        message = f"la fin de vigueur ({ends}) précède l'entrée en vigueur ({starts})."
        corpus.fault(path, lines.key("in_force_until"), message)


def _check_numbers(corpus: Corpus) -> None:
    """Numbers of official texts are well formed; no two texts share a number or an NOR."""
    holders: dict[str, str] = {}
    for document_id, document in corpus.documents.items():
        identity, path = document.identity, corpus.path(document_id)
        named = identity.number if identity.kind in _NUMBERED else None
        if named and not _is_number(named):
            line = corpus.lines(path).key("number")
            corpus.fault(path, line, f"numéro « {named} » mal formé.")
        numbered = identity.kind in OFFICIAL_KINDS and identity.number
        mine = {
            "nor": identity.nor,
            "number": f"{identity.kind} n° {numbered}" if numbered else None,
        }
        for field, value in mine.items():
            holder = holders.setdefault(value, document_id) if value else document_id
            if holder != document_id:
                message = f"« {value} » est déjà le numéro de {holder}."
                corpus.fault(path, corpus.lines(path).key(field), message)


def _is_number(number: str) -> bool:
    written = f"n° {number}"
    found = find_references(written)
    return len(found) == 1 and written[found[0].start : found[0].end] == number


def _check_relations(corpus: Corpus) -> None:
    """Targets exist, a text comes after what it changes, what is replaced says so, no cycle."""
    after: dict[str, set[str]] = {}
    for document_id, document in corpus.documents.items():
        for position, relation in enumerate(document.identity.relations):
            _check_relation(corpus, document_id, position, relation)
            if relation.kind in _AFTER:
                after.setdefault(document_id, set()).add(relation.target)
    for document_id in sorted(_in_cycle(after)):
        path = corpus.path(document_id)
        line = corpus.lines(path).table("[[relations]]")[0]
        corpus.fault(path, line, "ses relations tournent en rond.")


def _check_relation(corpus: Corpus, document_id: str, position: int, relation: Relation) -> None:
    path, identity = corpus.path(document_id), corpus.documents[document_id].identity
    lines = corpus.lines(path)
    start, end = lines.table("[[relations]]", position)
    line = lines.key("target", start, end) or start
    target = corpus.documents.get(relation.target)
    if target is None:
        if corpus.is_absent(relation.target):
            message = f"la relation vise un document absent ({relation.target})."
            corpus.fault(path, line, message)
        return
    if relation.kind in _AFTER and _precedes(identity, target.identity):
        corpus.fault(path, line, f"{relation.kind} un texte postérieur ({relation.target}).")
    if relation.kind in ("remplace", "abroge") and target.identity.text_status not in _ENDED:
        other = corpus.path(relation.target)
        message = f"est remplacé ou abrogé par {document_id}, son statut ne le dit pas."
        corpus.fault(other, corpus.lines(other).key("text_status") or 1, message)
    if relation.kind == "annulé par" and identity.text_status != "annulé":
        message = "une relation le dit annulé, son statut non."
        corpus.fault(path, lines.key("text_status") or line, message)


def _precedes(one: Identity, other: Identity) -> bool:
    """Whether a text is surely older than another: signatures compared, else what is known."""
    if one.signed_on and other.signed_on:
        return one.signed_on < other.signed_on
    if one.published_on and other.published_on:
        return one.published_on < other.published_on
    latest: date | None = one.published_on or one.signed_on
    earliest: date | None = other.signed_on or other.published_on
    return latest is not None and earliest is not None and latest < earliest


def _in_cycle(after: Mapping[str, set[str]]) -> set[str]:
    """Documents that come after themselves."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(after.get(start, ()))
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += after.get(here, ())
        return seen

    return {name for name in after if name in reached(name)}
