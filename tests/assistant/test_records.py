"""Kept answers: what a record holds and never holds, how long, and what a replay tells."""

import logging
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Caution, Request, Turn
from assistant.answering import Assistant
from assistant.privacy import MASK
from assistant.records import Record, RecordStore
from assistant.replaying import Change, Replay, replay
from corpus.errors import InvalidRequest, ReperesError
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.assistant.conftest import AS_OF

Kept = Callable[..., Record]
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))
NOTE = """# Note sur les contrats

Le contrat départemental est signé avant le 30 septembre 2021.

## Financement

La protection maternelle et infantile reçoit 12 millions d'euros en 2021.
"""
ASKED = "Quand le contrat départemental est-il signé en 2021 ?"
PERSONAL = {
    "name": "Claire Dubois",
    "nir": "2 85 05 78 006 084 36",
    "mail": "claire.dubois@exemple.fr",
    "phone": "06 12 34 56 78",
}
TOLD = "Mme {name}, NIR {nir}, {mail}, {phone} : quand le contrat est-il signé ?".format(**PERSONAL)


class Clock:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> RecordStore:
    return RecordStore(tmp_path / "kept" / "answers.sqlite", 30, clock)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index, without vectors, of the note as it was when questions were asked."""
    return indexed(tmp_path_factory.mktemp("note"), NOTE)


@pytest.fixture
def assistant(unchanged: Index, store: RecordStore) -> Assistant:
    """Answers over the note, and keeps what it answers."""
    return Assistant(lambda: unchanged, record=store.recorder())


@pytest.fixture
def same(unchanged: Index) -> Assistant:
    """Answers over the note, and keeps nothing."""
    return Assistant(lambda: unchanged)


@pytest.fixture
def kept(assistant: Assistant, store: RecordStore) -> Kept:
    """Asks a question, and gives the record that was made of its answer."""

    def ask(question: str = ASKED, **fields: Any) -> Record:
        answer = assistant.answer(Request(question, AS_OF, **fields))
        return store.find(answer.id)

    return ask


def indexed(folder: Path, text: str, name: str = "note") -> Index:
    """An index, without vectors, of one text."""
    settings = Settings(index=folder / "index", embedding_model="none")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    ingest([folder / f"{name}.md"], settings, None)
    return Service(settings).index()


def over(folder: Path, text: str, name: str = "note") -> Assistant:
    """An assistant over one text."""
    index = indexed(folder, text, name)
    return Assistant(lambda: index)


def found_by(made: Replay, kind: str) -> list[Change]:
    return [change for change in made.changes if change.kind == kind]


# What is kept.


def test_a_record_holds_the_request_and_the_whole_answer(
    store: RecordStore, assistant: Assistant
) -> None:
    request = Request(ASKED, AS_OF, exercices=(2021,), exclude=("autre",))
    answer = assistant.answer(request)
    record = store.find(answer.id)
    assert (record.request, record.answer) == (request, answer)
    assert (record.answered_at, record.until) == (NOON, date(2026, 12, 22))
    assert record.answer.citations and record.answer.claims
    assert record.as_dict()["answer"] == answer.as_dict()


def test_no_personal_data_reaches_the_file(store: RecordStore, assistant: Assistant) -> None:
    request = Request(
        TOLD,
        AS_OF,
        cohort=PERSONAL["phone"],
        departement=PERSONAL["nir"],
        include=("note", PERSONAL["mail"]),
        history=(Turn(TOLD, answer_id=PERSONAL["phone"], text=PERSONAL["mail"]),),
    )
    answer = assistant.answer(request, case_id=PERSONAL["mail"])
    written = store.path.read_bytes()
    assert [p for p in PERSONAL.values() if p.encode() in written] == []
    assert MASK in store.find(answer.id).request.history[0].question
    assert MASK.encode() in written and b"Dubois" not in written


def test_the_store_masks_what_another_caller_gives_it_unmasked(
    kept: Kept, store: RecordStore
) -> None:
    record = kept()
    given = replace(record.answer, id="ab" * 16, question=TOLD, case_id=PERSONAL["mail"])
    store.add(replace(record.request, question=TOLD), given)
    again = store.find("ab" * 16)
    assert again.request.question == again.answer.question
    assert MASK in again.answer.question and again.answer.case_id is None
    assert [p for p in PERSONAL.values() if p.encode() in store.path.read_bytes()] == []


def test_every_answer_is_kept_whoever_reads_it(store: RecordStore, assistant: Assistant) -> None:
    refused = assistant.answer(Request("Quelle est la recette de la tarte Tatin ?", AS_OF))
    *_, (_kind, streamed) = assistant.events(Request(ASKED, AS_OF))
    assistant.answer(Request(ASKED, AS_OF), recorded=False)
    assert [r.answer.id for r in store.latest(9)] == [streamed.id, refused.id]


def test_nothing_is_kept_without_the_setting(tmp_path: Path) -> None:
    off = RecordStore(tmp_path / "answers.sqlite", 0)
    off.purge()
    assert off.recorder() is None
    assert (off.latest(9), off.forget_all()) == ((), 0)
    assert not off.path.exists()


def test_only_the_owner_reads_the_file(kept: Kept, store: RecordStore) -> None:
    kept()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


# How long.


def test_a_record_goes_after_its_last_day(kept: Kept, store: RecordStore, clock: Clock) -> None:
    record = kept()
    clock.now = NOON + timedelta(days=30)
    assert store.latest(9) == (record,)
    clock.now = NOON + timedelta(days=31)
    store.purge()
    assert ASKED.encode() not in store.path.read_bytes()


@pytest.mark.parametrize(("days", "left"), [(0, 1), (7, 0), (300, 1)])
def test_fewer_days_shorten_the_life_of_a_record_and_off_lets_it_end(
    kept: Kept, store: RecordStore, clock: Clock, days: int, left: int
) -> None:
    kept()
    clock.now = NOON + timedelta(days=8)
    assert len(RecordStore(store.path, days, clock).latest(9)) == left
    clock.now = NOON + timedelta(days=31)
    assert RecordStore(store.path, days, clock).latest(9) == ()


def test_a_forgotten_record_leaves_no_trace(kept: Kept, store: RecordStore) -> None:
    first, second = kept(), kept("Combien la protection maternelle reçoit-elle en 2021 ?")
    assert store.forget(first.answer.id[:12]) == first.answer.id
    assert store.latest(9) == (second,)
    assert ASKED.encode() not in store.path.read_bytes()
    assert (store.forget_all(), store.latest(9)) == (1, ())


# Names of records.


def test_the_beginning_of_an_id_is_enough_when_one_answer_has_it(
    kept: Kept, store: RecordStore
) -> None:
    record = kept()
    for end in ("0", "1"):
        store.add(record.request, replace(record.answer, id=f"abcdef{end * 26}"))
    assert store.find("ABCDEF0").answer.id == "abcdef" + "0" * 26
    with pytest.raises(InvalidRequest, match="Plusieurs réponses"):
        store.find("abcdef")


@pytest.mark.parametrize("name", ["ffffff", "abcde", "%%%%%%", "______", "", "g" * 32, "a" * 33])
def test_an_unknown_id_is_one_error(kept: Kept, store: RecordStore, name: str) -> None:
    kept()
    with pytest.raises(InvalidRequest, match="Aucune réponse gardée"):
        store.find(name)


# What goes wrong.


def test_an_answer_goes_out_when_it_cannot_be_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, unchanged: Index
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    broken = RecordStore(tmp_path / "taken" / "answers.sqlite", 30)
    assistant = Assistant(lambda: unchanged, record=broken.recorder())
    for _ in range(2):
        assert assistant.answer(Request(ASKED, AS_OF)).status == "answered"
    (warned,) = (r for r in caplog.records if r.name == "reperes.assistant")
    assert warned.levelno == logging.WARNING and "ne s'ouvre pas" in warned.getMessage()
    assert ASKED not in caplog.text


def test_what_cannot_be_written_as_text_is_no_error_either(
    kept: Kept, store: RecordStore, caplog: pytest.LogCaptureFixture
) -> None:
    record, keep = kept(), store.recorder()
    assert keep is not None
    keep(replace(record.request, question="Qui signe \ud800 ?"), record.answer)
    assert len(caplog.records) == 1 and "Qui signe" not in caplog.text


def test_a_damaged_file_is_one_french_error(store: RecordStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    with pytest.raises(ReperesError, match="ne s'ouvre pas"):
        store.find("abcdef")


def test_a_record_of_another_version_is_one_error_that_tells_nothing_of_it(
    kept: Kept, store: RecordStore
) -> None:
    record = kept()
    with sqlite3.connect(store.path) as db:
        db.execute("UPDATE answers SET record = replace(record, 'answered\"', 'found\"')")
    db.close()
    with pytest.raises(ReperesError, match="pas lisible") as error:
        store.find(record.answer.id)
    assert ASKED not in str(error.value)
    assert store.forget(record.answer.id) == record.answer.id


# Replays.


def test_nothing_changed_over_the_same_texts(kept: Kept, same: Assistant) -> None:
    for question in (ASKED, TOLD, "Quelle est la recette de la tarte Tatin ?"):
        made = replay(kept(question), same)
        assert (made.changes, made.same_answer, made.by_quote) == ((), True, False)


def test_former_questions_are_asked_again_too(kept: Kept, same: Assistant) -> None:
    record = kept("Et en 2021 ?", history=(Turn("Quand le contrat départemental est-il signé ?"),))
    assert record.answer.status == "answered"
    assert replay(record, same).changes == ()


def test_a_changed_text_shows_its_new_words(kept: Kept, tmp_path: Path) -> None:
    record = kept()
    made = replay(record, over(tmp_path, NOTE.replace("30 septembre", "31 octobre")))
    old = "Le contrat départemental est signé avant le 30 septembre 2021."
    new = old.replace("30 septembre", "31 octobre")
    assert [change.kind for change in made.changes] == [
        *("corpus", "claim_lost", "claim_added", "quote_changed")
    ]
    assert found_by(made, "quote_changed") == [
        Change("quote_changed", old, new, document_id="note")
    ]
    assert not made.same_answer


def test_a_quote_that_only_moved_did_not_change(kept: Kept, tmp_path: Path) -> None:
    made = replay(
        kept(), over(tmp_path, NOTE.replace("\n\nLe", "\n\nUn ajout sans rapport.\n\nLe"))
    )
    assert [change.kind for change in made.changes] == ["corpus"]
    assert made.same_answer


def test_a_removed_document_is_told_and_the_answer_becomes_a_refusal(
    kept: Kept, tmp_path: Path
) -> None:
    elsewhere = "# Crèches\n\nLa crèche ouvre ses portes en octobre.\n"
    made = replay(kept(), over(tmp_path, elsewhere, name="fiche"))
    assert found_by(made, "document_gone") == [
        Change("document_gone", "Note sur les contrats", document_id="note")
    ]
    (status,) = found_by(made, "status")
    assert (status.before, status.after) == ("answered", made.answer.refusal)


def altered(record: Record, **changes: Any) -> Record:
    """The record as if today's answer were another one."""
    return replace(record, answer=replace(record.answer, **changes))


@pytest.mark.parametrize(
    ("change", "kind", "sides"),
    [
        ({"settings_fingerprint": "autre"}, "settings", ("autre", None)),
        ({"retrieval": "hybrid"}, "retrieval", ("hybrid", "lexical")),
        ({"corpus_digest": "c0ffee"}, "corpus", ("c0ffee", None)),
    ],
)
def test_what_changed_around_leaves_the_answer_the_same(
    kept: Kept, change: Any, kind: str, sides: Any, same: Assistant
) -> None:
    made = replay(altered(kept(), **change), same)
    (found,) = made.changes
    assert (found.kind, found.before) == (kind, sides[0])
    assert found.after == (sides[1] or getattr(made.answer, next(iter(change))))
    assert made.same_answer


def test_the_status_and_the_proof_of_a_source_are_compared(kept: Kept, same: Assistant) -> None:
    record = kept()
    (today,) = record.answer.citations
    was = replace(today, text_status="en vigueur", evidence="official_text")
    made = replay(altered(record, citations=(was,)), same)
    assert [(c.kind, c.field, c.before, c.after) for c in made.changes] == [
        ("citation_changed", "text_status", "en vigueur", "inconnu"),
        ("citation_changed", "evidence", "official_text", "other"),
    ]


def test_warnings_are_compared_without_the_numbers_of_their_sources(
    kept: Kept, same: Assistant
) -> None:
    record = kept()
    gone = Caution("superseded", "Ce texte n'est plus en vigueur [3].", (3,))
    made = replay(altered(record, warnings=(*record.answer.warnings, gone)), same)
    assert made.changes == (
        Change("warning_lost", "Ce texte n'est plus en vigueur.", field="superseded"),
    )


def test_another_day_is_told(kept: Kept, same: Assistant) -> None:
    made = replay(kept(), same, as_of=date(2022, 1, 1))
    assert made.answer.as_of == date(2022, 1, 1)
    assert found_by(made, "as_of") == [Change("as_of", "2026-11-21", "2022-01-01")]


def test_a_reworded_answer_is_compared_by_its_quotes(kept: Kept, same: Assistant) -> None:
    record = kept(mode="written")
    claims = tuple(replace(c, text="Signature avant fin septembre.") for c in record.answer.claims)
    reworded = altered(record, claims=claims, mode="written", model="rédacteur")
    made = replay(reworded, same)
    assert made.by_quote and made.answer.mode == "extractive"
    assert found_by(made, "model") == [Change("model", "rédacteur", None)]
    assert not found_by(made, "claim_lost") and not found_by(made, "claim_added")
    assert "model_unavailable" not in {w.kind for w in made.answer.warnings}
