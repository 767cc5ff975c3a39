"""Whether ``reperes search`` finds each fact: the right document and section among the first five.

``python -m evals.facts [--index DIR]`` over ``fact_questions.yaml``, whose author saw the facts and
never the documents. A fact is where an anchor names it; several places may hold one fact.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.retrieval import search
from evals.bootstrap import paired_bootstrap
from ingest.embedding import load_embeddings
from ingest.index import Filters, Index, current_generation, open_generation
from ingest.settings import Settings

QUESTIONS = Path(__file__).parent / "fact_questions.yaml"
FIRST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A question, the places of its fact (document, heading path), and the rank of the first one.

    ``rank`` counts from 1; ``None`` when it isn't among the first ten. ``document_rank`` is that of
    the right document, whatever the section.
    """

    case: Mapping[str, Any]
    places: frozenset[tuple[str, str]]
    rank: int | None
    document_rank: int | None


def places_of(index: Index) -> dict[str, frozenset[tuple[str, str]]]:
    """Where each fact stands: (document id, heading path) of the statements that name it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for document_id in index.texts.document_ids:
        document = index.texts.document(document_id)
        if document is None:
            continue
        for anchor in document.anchors:
            section = next(s for s in document.sections if s.start <= anchor.start < s.end)
            for fact in anchor.facts:
                found.setdefault(fact, set()).add((document_id, section.locator))
    return {fact: frozenset(places) for fact, places in found.items()}


def measure(index: Index, cases: Sequence[Mapping[str, Any]]) -> list[Found]:
    """Each question with the rank of its fact."""
    places = places_of(index)
    rows = []
    for case in cases:
        wanted = _split_too(places, str(case["fact"]))
        hits = search(index, str(case["question"]), 2 * FIRST, Filters(), "hybrid")
        here = [(hit.passage.document_id, hit.passage.locator) for hit in hits]
        documents = {document_id for document_id, _section in wanted}
        rank = next((n for n, place in enumerate(here, 1) if place in wanted), None)
        near = next((n for n, (name, _s) in enumerate(here, 1) if name in documents), None)
        rows.append(Found(case, wanted, rank, near))
    return rows


def _split_too(
    places: Mapping[str, frozenset[tuple[str, str]]], fact: str
) -> frozenset[tuple[str, str]]:
    """Places of a fact, and of the parts that the corpus made of it (« AJM.3 », « AJM.3a »)."""
    parts = [p for name, p in places.items() if name == fact or name[:-1] == fact]
    return frozenset().union(*parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the share found, with its interval, and what was missed."""
    parser = argparse.ArgumentParser("python -m evals.facts")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    settings = Settings(index=options.index) if options.index else Settings()
    folder = current_generation(settings.index_folder)
    index = open_generation(folder, load_embeddings(settings))
    cases = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["cases"]
    began = time.monotonic()
    rows = measure(index, cases)
    held = [row for row in rows if row.places]
    hits = {
        "section": [float(row.rank is not None and row.rank <= FIRST) for row in held],
        "document": [
            float(row.document_rank is not None and row.document_rank <= FIRST) for row in held
        ],
    }
    intervals = paired_bootstrap(hits, [])
    if options.json:
        missed = [row.case["id"] for row, hit in zip(held, hits["section"], strict=True) if not hit]
        print(json.dumps({"n": len(held), "missed": missed}, ensure_ascii=False))
        return 0
    print(f"{len(rows)} questions, {len(held)} dont le fait est dans le corpus, ", end="")
    print(f"{time.monotonic() - began:.0f} s")
    for name, interval in intervals.items():
        print(
            f"{name} dans les {FIRST} premiers : {interval.mean:.3f} [{interval.low:.3f} ; ", end=""
        )
        print(f"{interval.high:.3f}]")
    for row, hit in zip(held, hits["section"], strict=True):
        if not hit:
            place = sorted(row.places)[0]
            print(f"  {row.case['id']} {row.case['fact']} : {row.case['question']} → {place[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
