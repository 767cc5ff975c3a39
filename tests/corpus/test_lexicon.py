"""The lexicon: words are compared without accents or case, and the longest form wins."""

from collections import Counter

import pytest

from corpus.lexicon import entries, fold, folded_words, notions


def same(word: str) -> str:
    """No stemming."""
    return word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève", "eleve"),
        ("ŒUVRE", "oeuvre"),
        ("sœur", "soeur"),
        ("l’État", "l'etat"),
        ("ÇÀ", "ca"),
        ("e\u0301te\u0301", "ete"),
        ("", ""),
    ],
)
def test_folding_removes_case_accents_and_ligatures(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


def test_apostrophes_and_hyphens_separate_words() -> None:
    assert folded_words("L'avant-projet d’arrêté_2") == ["l", "avant", "projet", "d", "arrete", "2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la PMI", ["pmi"]),
        ("protection maternelle et infantile", ["pmi"]),
        ("le DG ARS et l'ARS", ["dg-ars", "ars"]),
        ("Pmi, puis ase, puis pmi", ["pmi", "ase", "pmi"]),
        ("rien", []),
        ("", []),
    ],
)
def test_notions_come_in_order_and_the_longest_form_wins(text: str, found: list[str]) -> None:
    assert notions(folded_words(text), same) == found


def test_a_form_cut_short_is_not_the_notion() -> None:
    assert "pmi" not in notions(folded_words("protection maternelle et"), same)


def test_entries_have_unique_identifiers_and_forms_with_words() -> None:
    identifiers = Counter(entry.id for entry in entries())
    assert [name for name, count in identifiers.items() if count > 1] == []
    for entry in entries():
        assert entry.forms
        assert all(folded_words(form) for form in entry.forms), entry.id


def test_no_form_belongs_to_two_entries() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entry in entries():
        for form in entry.forms:
            owners.setdefault(tuple(folded_words(form)), set()).add(entry.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}
