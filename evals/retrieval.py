"""Query sets in BEIR's layout, searched through the product's own commands, and their scores."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from corpus.errors import InvalidRequest

Part = Literal["development", "test", "whole"]
PARTS: tuple[Part, ...] = ("development", "test", "whole")
MODES = ("lexical", "dense", "hybrid")
MEASURES = ("nDCG@10", "R@1", "R@5", "Hit@5", "MRR@10")
PASSAGES_ASKED = 50

Run = Mapping[str, Sequence[str]]
"""Ranked document ids of each query, best first."""
Scores = Mapping[str, Mapping[str, float]]
"""Value of each measure of each query: ``scores["nDCG@10"]["q1"]``."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question; ``group`` is its intent where several wordings share one, else its own id."""

    query_id: str
    text: str
    group: str

    @property
    def is_development(self) -> bool:
        """Whether its group may choose weights (even hash); the others only test them."""
        return is_development(self.group)


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Questions, the corpus they are asked of, and the graded documents that answer them."""

    name: str
    corpus: Path
    queries: tuple[Query, ...]
    qrels: Mapping[str, Mapping[str, int]]

    def part(self, part: Part) -> tuple[Query, ...]:
        """The queries of a part, in the set's order."""
        if part == "whole":
            return self.queries
        return tuple(q for q in self.queries if q.is_development == (part == "development"))

    def first(self, count: int) -> "QuerySet":
        """``count`` fixed queries: those whose hashed id comes first."""
        kept = set(first_by_hash((q.query_id for q in self.queries), count))
        return replace(self, queries=tuple(q for q in self.queries if q.query_id in kept))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_development(group: str) -> bool:
    """Whether the sha256 of ``group`` is even."""
    return int(_hashed(group), 16) % 2 == 0


def first_by_hash(ids: Iterable[str], count: int) -> list[str]:
    """The ``count`` ids whose sha256 comes first: a fixed sample that no order changes."""
    return sorted(ids, key=_hashed)[:count]


def read_set(folder: Path) -> QuerySet | None:
    """The set in ``folder``, without its unjudged queries; ``None`` when the folder lacks files.

    Raises:
        InvalidRequest: a line of the queries or judgements is malformed (file and line are said).
    """
    corpus, queries, judgements = files_of(folder)
    if corpus is None or queries is None or judgements is None:
        return None
    qrels = _qrels(judgements)
    read = (_query(row, where) for where, row in _rows(queries))
    return QuerySet(folder.name, corpus, tuple(q for q in read if q.query_id in qrels), qrels)


def files_of(folder: Path) -> tuple[Path | None, Path | None, Path | None]:
    """Corpus, queries and judgements of a set, ``None`` for each that isn't there."""
    names = (
        ("corpus.jsonl", "corpus.jsonl.gz"),
        ("queries.jsonl",),
        ("qrels.tsv", "qrels/test.tsv"),  # BEIR's own sets keep theirs in a folder
    )
    found = [next((folder / n for n in some if (folder / n).is_file()), None) for some in names]
    return found[0], found[1], found[2]


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in list(_lines(path))[1:]:  # the first one names the columns
        try:
            query_id, document_id, grade = line.split("\t")
            judged.setdefault(query_id, {})[document_id] = int(grade)
        except ValueError as error:
            raise InvalidRequest(
                f"{path.name}#{number} : il faut une requête, un document et une note entière, "
                "séparés par des tabulations."
            ) from error
    return judged


def _rows(path: Path) -> Iterator[tuple[str, Any]]:
    """Each line's place (« queries.jsonl#3 ») and its JSON, ``None`` when it isn't any."""
    for number, line in _lines(path):
        try:
            yield f"{path.name}#{number}", json.loads(line)
        except ValueError:
            yield f"{path.name}#{number}", None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that aren't blank, each with its number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"{path.name} n'est pas en UTF-8.") from error
    for number, line in enumerate(text.split("\n"), 1):  # a text may hold other line separators
        if line.strip():
            yield number, line


def _query(row: Any, where: str) -> Query:
    texts = [row.get("_id"), row.get("text")] if isinstance(row, Mapping) else [None]
    if not all(isinstance(text, str) and text for text in texts):
        raise InvalidRequest(f"{where} : il faut un objet JSON avec _id et text.")
    metadata = row.get("metadata")
    intent = metadata.get("intent") if isinstance(metadata, Mapping) else None
    return Query(row["_id"], row["text"], str(intent or row["_id"]))


@dataclass(frozen=True, slots=True)
class Product:
    """The installed ``reperes`` command. ``work`` holds an index a name; ``cache`` is
    ``REPERES_CACHE`` (``None`` leaves the environment's own)."""

    work: Path
    cache: Path | None = None

    def index(self, name: str) -> Path:
        """Folder of the index of that name."""
        return self.work / name

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every command: ours, with the cache folder."""
        given = {} if self.cache is None else {"REPERES_CACHE": str(self.cache)}
        return {**os.environ, **given}

    def call(self, *arguments: str) -> str:
        """What the command prints.

        Raises:
            RuntimeError: it failed; the message holds its last line.
        """
        done = subprocess.run(
            [*command(), *arguments],
            env=self.environment,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise RuntimeError(f"reperes {arguments[0]} : code {done.returncode}. {' '.join(said)}")
        return done.stdout.decode("utf-8")

    def ingest(self, name: str, *files: Path) -> dict[str, Any]:
        """Publishes ``files`` (none: the shipped corpus) in the index of that name.

        Returns:
            The command's JSON report, and ``wall_s``, the time of the whole process.
        """
        started = time.monotonic()
        index = self.index(name)
        index.mkdir(parents=True, exist_ok=True)
        out = self.call("ingest", "--json", "--index", str(index), *map(str, files))
        report: dict[str, Any] = json.loads(out)
        return report | {"wall_s": round(time.monotonic() - started, 2)}

    def search(self, name: str, queries: Sequence[Query], mode: str) -> Run:
        """Documents of each query, ranked by their best passage among the 50 first."""
        batch = self.work / f"{name}.queries.jsonl"
        rows = [{"_id": q.query_id, "text": q.text} for q in queries]
        write_jsonl(batch, rows)
        options = ("-k", str(PASSAGES_ASKED), "--retrieval", mode, "--batch", str(batch))
        out = self.call("search", "--json", *options, "--index", str(self.index(name)))
        answers = (json.loads(line) for line in out.splitlines())
        return {a["_id"]: ranked(r["document_id"] for r in a["results"]) for a in answers}


def command() -> list[str]:
    """The ``reperes`` command of this environment."""
    installed = Path(sys.executable).with_name("reperes")
    if installed.is_file():
        return [str(installed)]
    return [sys.executable, "-c", "from ui.cli import main; main()"]


def ranked(document_ids: Iterable[str]) -> list[str]:
    """Documents in the order of their best passage, each once."""
    return list(dict.fromkeys(document_ids))


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, in UTF-8."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def score(run: Run, queries: Sequence[Query], qrels: Mapping[str, Mapping[str, int]]) -> Scores:
    """Every measure of every query by ir-measures; a query missing from the run counts zero.

    nDCG is graded with linear gains; any grade above zero is relevant for the other measures.
    """
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    measures = {nDCG @ 10: "nDCG@10", R @ 1: "R@1", R @ 5: "R@5", Success @ 5: "Hit@5"}
    measures[RR @ 10] = "MRR@10"
    scores = {name: {q.query_id: 0.0 for q in queries} for name in MEASURES}
    judged = {q.query_id: dict(qrels[q.query_id]) for q in queries}
    # the rank itself is the score: ties of the product's scores can't be broken otherwise
    found = {q: {d: -float(rank) for rank, d in enumerate(run.get(q, ()))} for q in judged}
    for value in ir_measures.iter_calc(list(measures), judged, found):
        scores[measures[value.measure]][value.query_id] = float(value.value)
    return scores


def by_group(values: Mapping[str, float], queries: Sequence[Query]) -> list[float]:
    """Mean of each group (an intent's wordings count once), in the order groups appear."""
    groups: dict[str, list[float]] = {}
    for query in queries:
        groups.setdefault(query.group, []).append(values[query.query_id])
    return [sum(group) / len(group) for group in groups.values()]
