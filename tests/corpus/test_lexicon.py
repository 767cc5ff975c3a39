"""The lexicon: words are compared without accents or case, and the longest form wins."""

from collections import Counter

import pytest

from corpus.lexicon import Entry, entries, fold, folded_words, glossary, named_documents, notions
from corpus.quantities import normalised
from ingest.documents import catalogue, read_documents, shipped_files
from ingest.lexical import terms
from ingest.report import Report


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
        ("circulaire du garde des Sceaux", ["circulaire-justice", "circulaire"]),
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


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_each_form_is_found_by_the_search(entry: Entry) -> None:
    assert [form for form in entry.forms if f"={entry.id}" not in terms(form)] == []


@pytest.mark.parametrize("text", ["première vague", "premiere vague", "PREMIÈRE VAGUE"])
def test_a_form_is_found_with_or_without_accents(text: str) -> None:
    assert "=vague-1" in terms(text)


def test_every_named_document_is_in_the_corpus() -> None:
    assert set(named_documents().values()) <= catalogue().keys()


def test_two_entries_never_name_one_document() -> None:
    counts = Counter(named_documents().values())
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_entry_that_widens_a_search_is_defined_in_one_sentence() -> None:
    for entry in entries():
        definition = entry.definition or ("" if not entry.generic else "Mot.")
        assert definition.endswith("."), entry.id
        assert len(definition) <= 120, entry.id
        assert ". " not in definition, entry.id


def test_the_figures_of_a_definition_stand_in_the_text_it_names() -> None:
    documents = {d.document_id: d for d in read_documents(shipped_files(), Report())}
    proved = {name: normalised(f"{d.identity.title}\n{d.text}") for name, d in documents.items()}
    stated = {entry.id: normalised(entry.definition or "") for entry in entries()}
    missing = {
        entry.id: stated[entry.id] - proved.get(entry.document or "", frozenset())
        for entry in entries()
    }
    assert {name: figures for name, figures in missing.items() if figures} == {}
    assert any(stated.values())


def test_the_glossary_holds_at_least_two_hundred_defined_words() -> None:
    assert len(glossary()) >= 200
    assert all(entry.definition for entry in glossary())


def test_the_glossary_is_ordered_without_accents_or_case() -> None:
    terms_shown = [entry.forms[0] for entry in glossary()]
    assert terms_shown.index("éducateur spécialisé") < terms_shown.index("foyer de l'enfance")
    assert [folded_words(term) for term in terms_shown] == sorted(map(folded_words, terms_shown))


@pytest.mark.parametrize("word", ["AEMO", "aemo", "action educative en milieu ouvert", "ÉDUCATIVE"])
def test_a_word_is_looked_up_in_every_form_whatever_its_case_and_accents(word: str) -> None:
    assert "aemo" in [entry.id for entry in glossary(word)]


def test_a_word_is_looked_up_from_its_beginning() -> None:
    assert "pmi" in [entry.id for entry in glossary("matern")]
    assert "pmi" not in [entry.id for entry in glossary("ternelle")]
    assert glossary("zygomatique") == []
