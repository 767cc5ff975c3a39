"""A fixed sample of the cases, asked of the product and held against the last accepted run."""

import os
from pathlib import Path

import pytest

from corpus.errors import ModelUnavailable
from evals import accepted
from evals.assistants import Product
from evals.cases import Case, load_cases
from evals.gate import as_text, examine
from evals.grounding import ground
from evals.retrieval import first_by_hash
from evals.runner import run
from ingest.index import Index
from ingest.serving import Service

CASES = 80
REFRESH = (
    "Si le changement est voulu : make evals, puis reperes eval accept var/evals/product.jsonl "
    "(--thresholds pour refaire aussi les seuils)."
)


def sample(cases: tuple[Case, ...]) -> list[Case]:
    """Whole questions: one of each category in each split, then others up to 80 cases."""
    by_base: dict[str, list[Case]] = {}
    for case in cases:
        by_base.setdefault(case.base, []).append(case)
    ordered = first_by_hash(by_base, len(by_base))
    kinds = {(by_base[base][0].category, by_base[base][0].split): base for base in ordered[::-1]}
    chosen: list[Case] = []
    for base in dict.fromkeys((*kinds.values(), *ordered)):
        if base in kinds.values() or len(chosen) < CASES:
            chosen += by_base[base]
    return chosen


@pytest.fixture(scope="module")
def shipped_index(request: pytest.FixtureRequest) -> Index:
    """The shipped corpus with vectors: without them other answers would come."""
    try:
        service: Service = request.getfixturevalue("shipped_service")
    except ModelUnavailable as error:
        if "model" in os.environ.get("REPERES_REQUIRE", ""):
            raise
        pytest.skip(f"le modèle de vecteurs manque : {error}")
    return service.index()


def test_the_sample_holds_every_category_of_both_splits_and_stays_small() -> None:
    cases = load_cases()
    chosen = sample(cases)
    assert {(c.category, c.split) for c in chosen} == {(c.category, c.split) for c in cases}
    assert CASES <= len(chosen) <= 1.25 * CASES


@pytest.mark.model
def test_the_product_is_as_good_as_when_it_was_last_accepted(
    shipped_index: Index, tmp_path: Path
) -> None:
    cases = sample(load_cases())
    done = run(cases, Product(shipped_index), ground(shipped_index), tmp_path / "passe.jsonl")
    reference = accepted.read(accepted.LATEST)
    assert reference is not None, f"Aucune passe n'a été acceptée. {REFRESH}"
    kept = accepted.part_of(reference, {case.id for case in cases})
    verdict = examine(accepted.scores_only(done, cases), kept, {})
    assert verdict.holds, f"{as_text(verdict)}\n{REFRESH}"
