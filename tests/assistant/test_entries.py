"""Rows of the registers, each with the quotes that prove it."""

from assistant.entries import Entries
from corpus.registry import REGISTERS, Deadline, Eligibility, read_register
from ingest.serving import Service
from ingest.settings import Settings
from tests.conftest import opened


def test_every_row_of_every_register_is_proved_in_the_shipped_corpus(
    shipped_service: Service,
) -> None:
    entries = Entries(shipped_service.index())
    for name, kind in REGISTERS.items():
        assert [e.row for e in entries.of(kind)] == list(read_register(name))


def test_a_proof_is_an_exact_quote_of_its_document(shipped_service: Service) -> None:
    index = shipped_service.index()
    for entry in Entries(index).of(Deadline):
        for citation in entry.citations:
            document = index.texts.document(citation.document_id)
            assert document is not None
            assert document.text[citation.start : citation.end] == citation.quote


def test_an_index_that_proves_no_row_has_no_entry(published: Settings) -> None:
    assert Entries(opened(published).index()).of(Eligibility) == ()
