"""Lexical terms match whatever the accents, case and apostrophes; the index keeps its scores."""

from pathlib import Path

import numpy as np
import pytest

from ingest.lexical import LexicalIndex, analysis_fingerprint, terms

ROWS = [
    "La protection maternelle et infantile (PMI) reçoit 12 millions d'euros.",
    "Le contrat est signé par le préfet, article L. 223-1-1 du CASF.",
    "La circulaire n° DGCS/SD2B/2021/25 du 1er avril 2021.",
    "Rien de tout cela.",
]


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(terms(row) for row in ROWS)


def best(index: LexicalIndex, query: str) -> int | None:
    """Row of the best score, ``None`` when no row scores."""
    scores = index.scores(terms(query))
    return int(scores.argmax()) if scores.max() > 0 else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Préfet", "prefet"),
        ("SIGNÉE", "signée"),
        ("signés", "signe"),
        ("départementaux", "departementaux"),
        ("sœurs", "soeurs"),
        ("l’enveloppe", "l'enveloppe"),
        ("millions", "million"),
    ],
)
def test_accents_case_number_and_apostrophes_do_not_matter(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


def test_empty_words_give_no_term() -> None:
    assert terms("Quelle est-elle, et pour qui ?") == []


@pytest.mark.parametrize("query", ["PMI", "pmi", "protection maternelle et infantile"])
def test_an_acronym_and_its_words_share_a_notion(query: str) -> None:
    assert "=pmi" in terms(query)


def test_an_acronym_finds_a_passage_that_only_spells_it_out() -> None:
    rows = ["Le comité se réunit.", "La protection maternelle et infantile est renforcée."]
    assert best(LexicalIndex.build(terms(row) for row in rows), "missions de PMI") == 1


@pytest.mark.parametrize("written", ["L. 223-1-1", "L223-1-1", "l'article L.223-1-1"])
def test_a_code_article_is_one_reference_however_it_is_spaced(written: str) -> None:
    assert "@L223-1-1" in terms(written)


def test_a_longer_article_is_another_reference() -> None:
    assert "@L223-1" not in terms("article L. 223-1-1 du CASF")


def test_a_circular_is_found_by_its_short_number(index: LexicalIndex) -> None:
    assert "@2021/25" in terms("circulaire 2021/25")
    assert best(index, "que dit la 2021/25 ?") == 2


def test_a_saved_index_gives_the_same_scores(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    for query in [*ROWS, "PMI", "contrat signé", "2021/25"]:
        assert np.array_equal(loaded.scores(terms(query)), index.scores(terms(query)))
    assert loaded.rows == len(ROWS)


@pytest.mark.parametrize("query", ["", "de la", "zygomatique", "\x00 ?!"])
def test_a_query_without_a_known_term_scores_zero_everywhere(
    index: LexicalIndex, query: str
) -> None:
    scores = index.scores(terms(query))
    assert scores.dtype == np.float32
    assert scores.tolist() == [0.0] * len(ROWS)


def test_rows_without_any_term_can_be_indexed(tmp_path: Path) -> None:
    LexicalIndex.build([[], []]).save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores(["contrat"]).tolist() == [0.0, 0.0]


def test_the_vocabulary_gives_stems_by_their_initial(index: LexicalIndex) -> None:
    assert set(terms("préfet protection")) & set(index.vocabulary("p")) != set()
    assert all(word.startswith("p") and word.isalpha() for word in index.vocabulary("p"))
    assert index.vocabulary("=") == index.vocabulary("@") == ()


def test_a_frequency_counts_rows_not_words() -> None:
    index = LexicalIndex.build([terms("contrat contrat"), terms("le contrat"), terms("bilan")])
    (contract,) = (term for term in terms("contrat") if not term.startswith("="))
    assert index.document_frequency(contract) == 2
    assert index.document_frequency("zygomatique") == 0


def test_the_fingerprint_follows_the_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import lexical

    before = analysis_fingerprint()
    monkeypatch.setattr(lexical, "entries", lambda: ())
    analysis_fingerprint.cache_clear()
    changed = analysis_fingerprint()
    analysis_fingerprint.cache_clear()
    assert changed != before
