import gzip
import hashlib
import json
import math
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assistant.fusion import Weights
from evals.bench import requirements
from evals.retrieval import (
    Product,
    Query,
    QuerySet,
    by_group,
    first_by_hash,
    is_development,
    ranked,
    read_set,
    score,
    write_jsonl,
)
from evals.tuning import Tuning, candidates

Q1, Q2 = Query("q1", "un", "i"), Query("q2", "deux", "j")


def written_set(folder: Path, compressed: bool = False) -> Path:
    folder.mkdir()
    write_jsonl(folder / "corpus.jsonl", [{"_id": "d1", "title": "", "text": "Texte."}])
    if compressed:
        data = (folder / "corpus.jsonl").read_bytes()
        (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(data))
        (folder / "corpus.jsonl").unlink()
    rows: list[dict[str, Any]] = [
        {"_id": "q1", "text": "fin de cdd", "metadata": {"intent": "cdd"}},
        {"_id": "q2", "text": "congés", "metadata": {}},
        {"_id": "q3", "text": "jamais jugée"},
    ]
    write_jsonl(folder / "queries.jsonl", rows)
    qrels = "query-id\tcorpus-id\tscore\nq1\td1\t5\nq1\td2\t1\nq2\td1\t1\n"
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_set_is_read_with_grades_intents_and_only_judged_queries(tmp_path: Path) -> None:
    one = read_set(written_set(tmp_path / "cdtn"))
    assert one is not None
    assert one.name == "cdtn"
    assert one.queries == (Query("q1", "fin de cdd", "cdd"), Query("q2", "congés", "q2"))
    assert one.qrels["q1"] == {"d1": 5, "d2": 1}


def test_a_compressed_corpus_is_found(tmp_path: Path) -> None:
    one = read_set(written_set(tmp_path / "cdtn", compressed=True))
    assert one is not None
    assert one.corpus.name == "corpus.jsonl.gz"


def test_an_absent_or_partial_set_is_none(tmp_path: Path) -> None:
    folder = written_set(tmp_path / "spf")
    (folder / "qrels.tsv").unlink()
    assert read_set(folder) is None
    assert read_set(tmp_path / "nowhere") is None


def test_the_split_is_the_parity_of_the_hashed_group() -> None:
    even = int(hashlib.sha256(b"cdd").hexdigest(), 16) % 2 == 0
    assert is_development("cdd") is even
    assert Query("q1", "fin de cdd", "cdd").is_development is even


def test_development_and_test_share_no_group() -> None:
    queries = tuple(Query(f"q{i}", "x", f"intent-{i % 9}") for i in range(60))
    one = QuerySet("s", Path("c"), queries, {})
    development, test = one.part("development"), one.part("test")
    assert development and test
    assert not {q.group for q in development} & {q.group for q in test}
    assert len(development) + len(test) == len(one.part("whole")) == 60


def test_the_fixed_sample_ignores_the_order_of_queries() -> None:
    queries = tuple(Query(f"q{i}", "x", f"q{i}") for i in range(30))
    one = QuerySet("s", Path("c"), queries, {})
    other = QuerySet("s", Path("c"), queries[::-1], {})
    assert set(one.first(7).queries) == set(other.first(7).queries)
    assert len(one.first(7).queries) == 7
    assert first_by_hash(["b", "a"], 5) == first_by_hash(["a", "b"], 5)


def test_documents_are_ranked_by_their_best_passage() -> None:
    assert ranked(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]


def test_measures_of_a_known_ranking() -> None:
    qrels = {"q1": {"d1": 5, "d2": 1}}
    found = score({"q1": ["d9", "d1", "d2"]}, [Q1], qrels)
    ideal = 5 + 1 / math.log2(3)
    expected = (5 / math.log2(3) + 1 / math.log2(4)) / ideal
    assert found["nDCG@10"]["q1"] == pytest.approx(expected)
    assert found["MRR@10"]["q1"] == 0.5
    assert (found["R@1"]["q1"], found["R@5"]["q1"], found["Hit@5"]["q1"]) == (0.0, 1.0, 1.0)


def test_the_product_s_order_counts_not_the_names_of_documents() -> None:
    qrels = {"q1": {"z": 1}, "q2": {"a": 1}}
    found = score({"q1": ["z", "a"], "q2": ["a", "z"]}, [Q1, Q2], qrels)
    assert found["R@1"] == {"q1": 1.0, "q2": 1.0}


def test_a_query_missing_from_the_results_counts_zero() -> None:
    qrels = {"q1": {"d1": 1}, "q2": {"d1": 1}}
    found = score({"q1": ["d1"]}, [Q1, Q2], qrels)
    assert all(values == {"q1": 1.0, "q2": 0.0} for values in found.values())


def test_nothing_found_counts_zero_everywhere() -> None:
    found = score({"q1": []}, [Q1], {"q1": {"d1": 1}})
    assert all(values == {"q1": 0.0} for values in found.values())


def test_a_document_beyond_the_tenth_counts_for_nothing() -> None:
    others = [f"x{i}" for i in range(10)]
    found = score({"q1": [*others, "d1"]}, [Q1], {"q1": {"d1": 1}})
    assert found["nDCG@10"]["q1"] == found["MRR@10"]["q1"] == 0.0


def test_wordings_of_an_intent_count_once() -> None:
    queries = [Query("a", "x", "i"), Query("b", "x", "i"), Query("c", "x", "j")]
    assert by_group({"a": 1.0, "b": 0.0, "c": 1.0}, queries) == [0.5, 1.0]


class FakeCommand:
    """``subprocess.run`` with a queue of results and a history of arguments."""

    def __init__(self, *results: tuple[int, str, str]) -> None:
        self.results = list(results)
        self.calls: list[tuple[list[str], dict[str, str]]] = []

    def __call__(self, arguments: list[str], **options: Any) -> Any:
        self.calls.append((arguments, options["env"]))
        code, out, err = self.results.pop(0)
        return subprocess.CompletedProcess(arguments, code, out.encode(), err.encode())


def test_a_search_asks_the_command_for_fifty_passages_in_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [{"document_id": d} for d in ("d2", "d1", "d2")]
    line = json.dumps({"_id": "q1", "results": results})
    command = FakeCommand((0, line + "\n", ""))
    monkeypatch.setattr(subprocess, "run", command)
    run = Product(tmp_path, tmp_path / "cache").search("spf", [Q1], "dense")
    assert run == {"q1": ["d2", "d1"]}
    ((arguments, environment),) = command.calls
    wanted = ["search", "--json", "-k", "50", "--retrieval", "dense", "--batch"]
    assert arguments[-10:-3] == wanted
    assert arguments[-2:] == ["--index", str(tmp_path / "spf")]
    assert environment["REPERES_CACHE"] == str(tmp_path / "cache")
    batch = (tmp_path / "spf.queries.jsonl").read_text(encoding="utf-8")
    assert json.loads(batch) == {"_id": "q1", "text": "un"}


def test_a_failed_command_says_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", FakeCommand((1, "", "…\nErreur : index absent.\n")))
    with pytest.raises(RuntimeError, match=r"ingest : code 1\. Erreur : index absent\."):
        Product(tmp_path).ingest("spf", tmp_path / "corpus.jsonl")


def test_an_ingest_returns_the_command_s_report_and_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", FakeCommand((0, '{"passages": 3}', "")))
    report = Product(tmp_path).ingest("spf", tmp_path / "corpus.jsonl")
    assert report["passages"] == 3
    assert report["wall_s"] >= 0


def measured(lexical: float, dense: float, hybrid: float, low: float = 0.0) -> dict[str, Any]:
    means = {"lexical": lexical, "dense": dense, "hybrid": hybrid}
    row: dict[str, Any] = {name: {"mean": mean} for name, mean in means.items()}
    return {"scores": {"whole": {"nDCG@10": row | {"hybrid - lexical": {"low": low}}}}}


def test_hybrid_below_bm25_is_a_missed_requirement() -> None:
    (kept,) = requirements({"crpa_faq": measured(0.6, 0.5, 0.6)})
    (missed,) = requirements({"crpa_faq": measured(0.6, 0.5, 0.59)})
    assert kept["holds"]
    assert not missed["holds"]


def test_spf_also_owes_the_dense_score_and_the_published_one() -> None:
    found = requirements({"spf_qr": measured(0.8, 0.94, 0.935)})
    assert [row["holds"] for row in found] == [True, False, True]


def test_cdtn_must_be_above_bm25_beyond_doubt() -> None:
    found = requirements({"cdtn_search": measured(0.3, 0.3, 0.31, low=-0.001)})
    assert [row["holds"] for row in found] == [True, False]


def test_the_best_weights_have_the_best_average_over_sets() -> None:
    tried = tuple(Weights(dense=share) for share in (0.2, 0.5, 0.8))
    tuning = Tuning(tried, {"small": (0.9, 0.7, 0.1), "large": (0.1, 0.7, 0.8)})
    assert tuning.averages == pytest.approx((0.5, 0.7, 0.45))
    assert tuning.best == Weights(dense=0.5)


def test_the_grid_goes_from_lexical_to_dense_by_twentieths() -> None:
    shares = [weights.dense for weights in candidates()]
    assert (shares[0], shares[1], shares[-1], len(shares)) == (0.0, 0.05, 1.0, 21)
