import sqlite3
import stat
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from assistant.privacy import MASK
from corpus.errors import InvalidRequest, ReperesError
from evals.cases import load_cases
from evals.feedback import (
    KEPT_DAYS,
    Feedback,
    FeedbackStore,
    drafts,
    drafts_as_yaml,
    reason_counts,
)

TODAY = date(2031, 3, 1)
QUESTION = "Quelles pièces joindre en 2022 ?"


def rows_of(path: Path) -> list[tuple[str]]:
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT answer_id FROM feedback").fetchall()
    db.close()
    return rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "feedback.sqlite"


@pytest.fixture
def store(path: Path) -> FeedbackStore:
    return FeedbackStore(path, lambda: TODAY)


def said(name: str = "a", **changes: object) -> Feedback:
    values = {"reason": "wrong", "comment": "Non.", "question": QUESTION, "useful": False}
    values |= {"corpus_digest": "c0ffee"} | changes
    return Feedback(name, TODAY, **values)  # type: ignore[arg-type]


def test_what_is_said_is_read_back_with_its_day(store: FeedbackStore) -> None:
    kept = store.add("a", useful=False, reason="wrong", comment="Non.", corpus_digest="c0ffee")
    assert kept == said(question=None)
    assert kept.until == TODAY + timedelta(days=30)
    assert store.read() == (kept,)


def test_comment_and_question_are_masked_before_they_reach_the_disk(
    store: FeedbackStore, path: Path
) -> None:
    comment, question = "Appelez le 06 12 34 56 78", "Que fait jean.martin@exemple.fr ?"
    kept = store.add("a", useful=False, comment=comment, question=question)
    assert (kept.comment, kept.question) == (f"Appelez le {MASK}", f"Que fait {MASK} ?")
    assert b"12 34" not in path.read_bytes()
    assert b"martin" not in path.read_bytes()


@pytest.mark.parametrize("act", ["read", "add", "purge"])
def test_every_use_deletes_what_is_older_than_thirty_days(
    store: FeedbackStore, path: Path, act: str
) -> None:
    for name, age in (("old", KEPT_DAYS + 1), ("last", KEPT_DAYS), ("new", 0)):
        FeedbackStore(path, lambda age=age: TODAY - timedelta(days=age)).add(  # type: ignore[misc]
            name, useful=False, comment=f"secret {name}"
        )
    store.add("other", useful=True) if act == "add" else getattr(store, act)()
    assert rows_of(path)[:2] == [("last",), ("new",)]
    assert b"secret old" not in path.read_bytes()
    assert b"secret last" in path.read_bytes()


def test_a_second_word_on_an_answer_takes_the_place_of_the_first(
    store: FeedbackStore, path: Path
) -> None:
    store.add("a", useful=False, question=QUESTION)
    kept = store.add("a", useful=True)
    assert store.read() == (kept,)
    assert b"joindre" not in path.read_bytes()


def test_only_the_owner_reads_the_file_and_nothing_stands_beside_it(
    store: FeedbackStore, path: Path
) -> None:
    path.parent.mkdir()
    path.touch(mode=0o644)
    store.add("a", useful=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_reading_nothing_writes_nothing(store: FeedbackStore, path: Path) -> None:
    assert store.read() == ()
    store.purge()
    assert not path.parent.exists()


def test_threads_write_at_the_same_time(store: FeedbackStore) -> None:
    names = [f"a{n}" for n in range(12)]
    threads = [
        threading.Thread(target=store.add, args=(name,), kwargs={"useful": True}) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.answer_id for one in store.read()) == sorted(names)


def test_a_file_that_is_no_database_is_one_french_sentence(
    store: FeedbackStore, path: Path
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"bonjour" * 200)
    with pytest.raises(ReperesError, match=r"Le fichier des avis .* ne s'ouvre pas"):
        store.read()


def test_a_folder_that_cant_be_made_is_one_french_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReperesError, match=r"c'est un fichier, il faut un dossier"):
        FeedbackStore(tmp_path / "file" / "feedback.sqlite").add("a", useful=True)


def test_reasons_are_counted_without_zeros() -> None:
    given = [said(reason=reason) for reason in ("other", "wrong", None, "other")]
    assert list(reason_counts(given).items()) == [("wrong", 1), ("other", 2)]


def test_drafts_come_only_from_kept_questions_of_answers_that_failed() -> None:
    given = [said("a"), said("b", question=None), said("c", useful=True), said("d", reason=None)]
    made = drafts(given)
    assert [draft["id"] for draft in made] == ["avis-a", "avis-d"]
    assert [draft["source"] for draft in made] == [
        "avis du 01/03/2031, « faux »",
        "avis du 01/03/2031",
    ]
    assert "Non." not in drafts_as_yaml(made)


def test_a_draft_is_refused_until_a_person_finishes_it(tmp_path: Path) -> None:
    path = tmp_path / "brouillons.yaml"
    path.write_text(drafts_as_yaml(drafts([said()])), encoding="utf-8")
    wanted = r"brouillons\.yaml, cas « avis-a » : brouillon.*« category », « status », « author »"
    with pytest.raises(InvalidRequest, match=wanted):
        load_cases([path])
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["cases"][0] |= {"category": "procedure", "status": "answered", "author": "A. B."}
    content["cases"][0]["expected"] = [["bilan"]]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    (case,) = load_cases([path])
    assert (case.question, case.as_of, case.split) == (QUESTION, TODAY, "development")
