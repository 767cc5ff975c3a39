"""Any query set, searched mode by mode through the product's commands."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistant.retrieval import search
from corpus.errors import InvalidRequest, ReperesError
from evals.ablation import Ablation, ablate, as_text, chosen
from evals.bootstrap import Interval
from evals.retrieval import Product, Query, ranked, write_jsonl
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings

DOCUMENTS = {
    "d1": ("Contrats", "Le contrat est signé par le préfet."),
    "d2": ("Relais", "Les familles viennent le lundi."),
    "d3": ("Crèche", "Les portes ouvrent en octobre."),
}
QUERIES = {"q1": "qui signe le contrat", "q2": "quand ouvre la crèche", "q3": "où va le préfet"}
QRELS = {"q1": "d1", "q2": "d3", "q3": "d1"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of three documents and three questions, two of one intent."""
    path = tmp_path / "petit"
    path.mkdir()
    rows = [{"_id": k, "title": title, "text": text} for k, (title, text) in DOCUMENTS.items()]
    write_jsonl(path / "corpus.jsonl", rows)
    intents = {"q1": "contrat", "q2": "ouverture", "q3": "contrat"}
    queries = [
        {"_id": k, "text": text, "metadata": {"intent": intents[k]}} for k, text in QUERIES.items()
    ]
    write_jsonl(path / "queries.jsonl", queries)
    lines = ["query-id\tcorpus-id\tscore", *(f"{q}\t{d}\t1" for q, d in QRELS.items())]
    (path / "qrels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Direct(Product):
    """The commands' own functions, in this process and without a model."""

    def settings(self, name: str) -> Settings:
        return Settings(index=self.index(name), cache=self.work, embedding_model="none")

    def ingest(self, name: str, *files: Path) -> dict[str, Any]:
        return asdict(ingest(list(files), self.settings(name), None))

    def search(self, name: str, queries: Sequence[Query], mode: str) -> dict[str, list[str]]:
        index = Service(self.settings(name)).index()
        found = {q.query_id: search(index, q.text, 50, retrieval="lexical") for q in queries}
        return {k: ranked(hit.passage.document_id for hit in hits) for k, hits in found.items()}

    def call(self, *arguments: str) -> str:
        return '{"embedding_model": null}'


class Failing(Direct):
    """Commands that end in 1."""

    def ingest(self, name: str, *files: Path) -> dict[str, Any]:
        raise RuntimeError("reperes ingest : code 1. Erreur : le disque est plein.")


@pytest.fixture
def product(tmp_path: Path) -> Product:
    return Direct(tmp_path / "work")


def test_a_set_goes_through_ingest_and_search(folder: Path, product: Product) -> None:
    found = ablate(product, chosen(folder, "whole", None), "whole", ["lexical"], untitled=True)
    assert (found.queries, found.groups, found.documents, found.refused) == (3, 2, 3, ())
    hits = found.scores["R@1"]
    assert hits["lexical"] == Interval(1.0, 1.0, 1.0)
    assert hits["lexical sans titres"].mean == 0.5  # « crèche » stands only in a title
    assert hits["lexical sans titres - lexical"].mean == -0.5
    assert "R@1      1,000 [1,000 ; 1,000]  0,500" in as_text(found)


def test_a_changed_corpus_is_never_mixed_with_the_former_one(
    folder: Path, product: Product
) -> None:
    ablate(product, chosen(folder, "whole", None), "whole", ["lexical"])
    write_jsonl(folder / "corpus.jsonl", [{"_id": "d1", "title": "", "text": "Autre."}])
    assert ablate(product, chosen(folder, "whole", 1), "whole", ["lexical"]).documents == 1


def test_a_mode_that_needs_vectors_is_refused_without_a_model(
    folder: Path, product: Product
) -> None:
    with pytest.raises(InvalidRequest, match="seul --modes lexical est possible"):
        ablate(product, chosen(folder, "whole", None), "whole", ["lexical", "hybrid"])


def test_a_command_that_fails_is_a_known_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReperesError, match="le disque est plein"):
        ablate(Failing(tmp_path), chosen(folder, "whole", None), "whole", ["lexical"])


def test_a_line_of_the_corpus_that_is_refused_is_told(folder: Path, product: Product) -> None:
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write("bonjour\n")
    found = ablate(product, chosen(folder, "whole", None), "whole", ["lexical"])
    assert "Ligne du corpus non lue : corpus.jsonl#4 : " in as_text(found)


def test_a_part_and_a_limit_keep_fewer_questions(folder: Path) -> None:
    halves = [chosen(folder, "development", None), chosen(folder, "test", None)]
    assert sum(len(one.queries) for one in halves) == 3
    assert len(chosen(folder, "whole", 2).queries) == 2


def test_the_folder_of_judgements_of_beir_is_read(folder: Path) -> None:
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert len(chosen(folder, "whole", None).queries) == 3


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("queries.jsonl", None, "n'est pas un jeu de questions : il y manque queries.jsonl."),
        ("queries.jsonl", '{"_id": "q1"}\n', "queries.jsonl#1 : il faut un objet JSON"),
        ("queries.jsonl", "bonjour\n", "queries.jsonl#1 : il faut un objet JSON"),
        ("qrels.tsv", "q\td\ts\nq1\td1\n", "qrels.tsv#2 : il faut une requête"),
        ("qrels.tsv", "q\td\ts\nq1\td1\toui\n", "qrels.tsv#2 : il faut une requête"),
        ("qrels.tsv", "q\td\ts\n", "n'a aucune question jugée"),
    ],
)
def test_a_wrong_file_is_one_sentence_that_names_its_line(
    folder: Path, name: str, text: str | None, said: str
) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequest, match=said):
        chosen(folder, "whole", None)


def test_the_table_says_questions_intentions_and_signed_differences() -> None:
    rows = {"lexical": Interval(0.5, 0.4, 0.6), "hybrid": Interval(0.4, 0.3, 0.5)}
    rows["hybrid - lexical"] = Interval(-0.1, -0.2, 0.01)
    lines = as_text(Ablation("jeu", "test", 9, 4, 30, (), {"MRR@10": rows})).splitlines()
    assert lines[0] == "jeu, test : 9 questions (4 intentions), 30 documents."
    assert lines[1].split("  ")[-1] == "hybride − BM25"
    assert lines[2].endswith("−0,100 [−0,200 ; +0,010]")


def test_the_command_goes_through_the_real_ones_and_prints_json(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    out = Product(tmp_path).call(
        "eval", "retrieval", "--set", str(folder), "--modes", "lexical", "--json"
    )
    found = json.loads(out)
    assert (found["part"], found["scores"]["R@1"]["lexical"]["mean"]) == ("whole", 1.0)
