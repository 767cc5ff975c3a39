"""A query set searched in several modes, with or without titles: what each part is worth.

The set goes through the product's own ingest and search commands, as a user's files would.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from corpus.errors import InvalidRequest, ReperesError
from evals.bootstrap import Interval, paired_bootstrap
from evals.retrieval import (
    MEASURES,
    Part,
    Product,
    QuerySet,
    by_group,
    files_of,
    read_set,
    score,
    write_jsonl,
)

UNTITLED: Final = " sans titres"
_LABELS: Final = {"lexical": "BM25", "dense": "dense", "hybrid": "hybride"}
_PARTS: Final = {"development": "mise au point", "test": "test", "whole": "ensemble"}
_MISSING: Final = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")


@dataclass(frozen=True, slots=True)
class Ablation:
    """The scores of a set's queries by system, in 0..1.

    ``scores["nDCG@10"]["hybrid"]`` is a system's mean, « hybrid - lexical » a difference, each with
    its 95 % interval, drawn by ``groups`` (the wordings of one intent count once).
    ``refused`` are lines of the corpus that the ingest couldn't read.
    """

    name: str
    part: Part
    queries: int
    groups: int
    documents: int
    refused: tuple[str, ...]
    scores: Mapping[str, Mapping[str, Interval]]


def chosen(folder: Path, part: Part, limit: int | None) -> QuerySet:
    """The set in ``folder``, reduced to a part of its queries and to ``limit`` fixed ones of it.

    Raises:
        InvalidRequest: a file lacks or is malformed, or no judged query is left.
    """
    found = read_set(folder)
    if found is None:
        lacking = [n for n, f in zip(_MISSING, files_of(folder), strict=True) if f is None]
        raise InvalidRequest(
            f"{folder} n'est pas un jeu de questions : il y manque {', '.join(lacking)}."
        )
    kept = replace(found, queries=found.part(part))
    kept = kept if limit is None else kept.first(limit)
    if not kept.queries:
        raise InvalidRequest(
            f"{folder} n'a aucune question jugée dans cette part ({_PARTS[part]})."
        )
    return kept


def ablate(
    product: Product,
    one: QuerySet,
    part: Part,
    modes: Sequence[str],
    *,
    untitled: bool = False,
    say: Callable[[str], None] = lambda _line: None,
) -> Ablation:
    """Scores of each mode, then of each without the documents' titles when ``untitled``.

    Args:
        product: the commands, and where indexes go.
        one: the queries asked, all of them.
        part: what ``one`` was reduced to, to be told.
        modes: how to search; each system is compared with the one before it.
        untitled: also indexes the corpus without its titles.
        say: told each step in a French line.

    Raises:
        ReperesError: a command failed, or there is no model for a mode that needs vectors.
    """
    columns: dict[str, Mapping[str, Mapping[str, float]]] = {}
    first: dict[str, Any] = {}
    for suffix in ("", UNTITLED) if untitled else ("",):
        corpus = one.corpus if not suffix else _without_titles(one.corpus, product.work)
        name = f"{one.name}-{_digest(corpus)}"
        say(f"{one.name}{suffix} : ingest")
        ingested = _ingested(product, name, corpus, modes)
        first = first or ingested
        for mode in modes:
            say(f"{one.name}{suffix} : search --retrieval {mode}")
            with _known_errors():
                found = product.search(name, one.queries, mode)
            columns[mode + suffix] = score(found, one.queries, one.qrels)
    return Ablation(
        one.name,
        part,
        len(one.queries),
        len({query.group for query in one.queries}),
        first["documents"],
        tuple(f"{Path(each['file']).name} : {each['reason']}" for each in first["refused"]),
        {measure: _intervals(columns, measure, one) for measure in MEASURES},
    )


def _ingested(product: Product, name: str, corpus: Path, modes: Sequence[str]) -> dict[str, Any]:
    product.work.mkdir(parents=True, exist_ok=True)
    with _known_errors():
        ingested = product.ingest(name, corpus)
        status = product.call("status", "--json", "--index", str(product.index(name)))
    if set(modes) - {"lexical"} and json.loads(status)["embedding_model"] is None:
        raise InvalidRequest("Aucun modèle de vecteurs ici : seul --modes lexical est possible.")
    return ingested


@contextmanager
def _known_errors() -> Iterator[None]:
    """A command of the product that failed is one line for the user, as it already said it."""
    try:
        yield
    except RuntimeError as error:
        raise ReperesError(str(error)) from error


def _intervals(columns: Mapping[str, Any], measure: str, one: QuerySet) -> dict[str, Interval]:
    values = {name: by_group(by[measure], one.queries) for name, by in columns.items()}
    pairs = [(after, before) for before, after in pairwise(values)]
    return paired_bootstrap(values, pairs)


def _digest(corpus: Path) -> str:
    """An index is of one corpus: of another, or of the same one changed, it would hold both."""
    return hashlib.sha256(corpus.read_bytes()).hexdigest()[:12]


def _without_titles(corpus: Path, work: Path) -> Path:
    path = work / f"{_digest(corpus)}-sans-titres.jsonl"
    work.mkdir(parents=True, exist_ok=True)
    write_jsonl(path, ({**row, "title": ""} for row in _documents(corpus)))
    return path


def _documents(corpus: Path) -> Iterator[dict[str, Any]]:
    opened: Callable[..., Any] = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield dict(json.loads(line))
            except (ValueError, TypeError) as error:
                raise InvalidRequest(f"{corpus.name}#{number} : ligne illisible.") from error


def as_text(found: Ablation) -> str:
    """The scores in French, a table a line a measure, lines to print."""
    queries = f"{found.queries} questions"
    if found.groups != found.queries:
        queries += f" ({found.groups} intentions)"
    lines = [f"{found.name}, {_PARTS[found.part]} : {queries}, {found.documents} documents."]
    lines += [f"Ligne du corpus non lue : {line}" for line in found.refused]
    names = list(next(iter(found.scores.values())))
    table = [["", *map(_label, names)]]
    for measure, by_name in found.scores.items():
        table.append([measure, *(_cell(by_name[name], " - " in name) for name in names)])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    lines.append(
        "Entre crochets, l'intervalle à 95 % (bootstrap apparié, par question ou intention)."
    )
    return "\n".join(lines)


def _label(name: str) -> str:
    words = (part.partition(" ") for part in name.split(" - "))
    return " − ".join(_LABELS[mode] + space + rest for mode, space, rest in words)


def _cell(interval: Interval, signed: bool) -> str:
    sign = "+" if signed else ""
    mean, low, high = (
        f"{value:{sign}.3f}".replace(".", ",").replace("-", "−")
        for value in (interval.mean, interval.low, interval.high)
    )
    return f"{mean} [{low} ; {high}]"
