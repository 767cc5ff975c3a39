"""The store of accounts: what is kept, what is refused, when a session ends."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import InvalidRequest, ReperesError
from tests.ui.accounts import NEW_PASSWORD, PASSWORD, Clock, cheap_hashes, two_people
from ui.access import passwords, words
from ui.access.people import SESSION_S, PeopleStore
from ui.access.sessions import Sessions, read_secret


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_hashes():
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> PeopleStore:
    return two_people(tmp_path, clock)


def opened(people: PeopleStore, name: str = "claire") -> str:
    session = people.open_session(name, PASSWORD)
    assert session is not None
    return session


def test_no_password_and_no_session_is_written_clear(people: PeopleStore) -> None:
    session = opened(people)
    written = people.path.read_bytes()
    assert b"$argon2id$" in written
    assert PASSWORD.encode() not in written
    assert session.encode() not in written


def test_only_its_owner_reads_the_file(people: PeopleStore) -> None:
    people.path.chmod(0o644)
    people.people()
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600


def test_people_are_listed_by_name_without_hash(people: PeopleStore) -> None:
    listed = people.people()
    assert [(one.name, one.role) for one in listed] == [
        ("bruno", "administrateur"),
        ("claire", "agent"),
    ]
    assert "argon2" not in repr(listed)


@pytest.mark.parametrize("name", ["", "a", "-ab", "a b", "a/b", "é" * 3, "a" * 65, "ab\n", "a;--"])
def test_a_malformed_name_is_refused(people: PeopleStore, name: str) -> None:
    with pytest.raises(InvalidRequest, match="nom de compte"):
        people.add(name, PASSWORD)


def test_a_name_is_taken_once_in_any_case(people: PeopleStore) -> None:
    with pytest.raises(InvalidRequest, match="existe déjà"):
        people.add("Claire", NEW_PASSWORD)
    assert people.open_session("CLAIRE ", PASSWORD) is not None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("a" * 11, words.SHORT_PASSWORD),
        ("a" * 201, words.LONG_PASSWORD),
        ("martin-Claire-1", words.OWN_NAME),
    ],
)
def test_a_weak_password_is_refused(people: PeopleStore, password: str, why: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        people.change_password("claire", password)
    assert str(raised.value) == why


@pytest.mark.parametrize(
    ("name", "password"),
    [("claire", PASSWORD + "x"), ("claire", ""), ("personne", PASSWORD), ("' OR 1=1", PASSWORD)],
)
def test_a_wrong_name_or_password_opens_nothing(
    people: PeopleStore, name: str, password: str
) -> None:
    assert people.open_session(name, password) is None


def test_an_unknown_name_costs_a_check_too(
    people: PeopleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    hasher = passwords._hasher()

    class Counting:
        def verify(self, kept: str, password: bytes) -> bool:
            checked.append(kept)
            return hasher.verify(kept, password)

        hash = staticmethod(hasher.hash)

    monkeypatch.setattr(passwords, "_hasher", Counting)
    people.open_session("personne", PASSWORD)
    people.open_session("claire", "faux mot de passe")
    assert len(checked) == 2
    assert checked[0].startswith("$argon2id$")


def test_an_accent_counts_in_any_form(people: PeopleStore) -> None:
    people.change_password("claire", "e\u0301cole du soir")
    assert people.open_session("claire", "école du soir") is not None


def test_a_session_ends_after_twelve_hours(people: PeopleStore, clock: Clock) -> None:
    session = opened(people)
    clock.now += SESSION_S - 1
    assert people.whose(session) is not None
    clock.now += 1
    assert people.whose(session) is None


def test_signing_out_ends_one_session_only(people: PeopleStore) -> None:
    here, there = opened(people), opened(people)
    people.close_session(here)
    assert people.whose(here) is None
    assert people.whose(there) is not None


def test_a_new_password_ends_the_sessions_of_its_person(people: PeopleStore) -> None:
    hers, his = opened(people), opened(people, "bruno")
    people.change_password("claire", NEW_PASSWORD)
    assert people.whose(hers) is None
    assert people.whose(his) is not None
    assert people.open_session("claire", PASSWORD) is None


def test_a_removed_account_is_out_at_once(people: PeopleStore) -> None:
    session = opened(people)
    people.remove("claire")
    assert people.whose(session) is None
    people.add("claire", NEW_PASSWORD)
    assert people.whose(session) is None


def test_a_password_changed_during_the_check_opens_nothing(
    people: PeopleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(kept: str | None, password: str) -> bool:
        people.change_password("claire", NEW_PASSWORD)
        return True

    monkeypatch.setattr(passwords, "matches", slow)
    assert people.open_session("claire", PASSWORD) is None


@pytest.mark.parametrize("act", ["remove", "change_password"])
def test_an_unknown_account_is_named(people: PeopleStore, act: str) -> None:
    given = ("personne", NEW_PASSWORD) if act == "change_password" else ("personne",)
    with pytest.raises(InvalidRequest, match="« personne » n'existe pas"):
        getattr(people, act)(*given)


def test_a_broken_file_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    path.write_bytes(b"pas une base" * 200)
    with pytest.raises(ReperesError, match="fichier des comptes"):
        PeopleStore(path).people()


@pytest.mark.parametrize("shape", ["{}x", "a{}", "", "é", ".", "{}.{}"])
def test_a_tampered_cookie_is_nobody(people: PeopleStore, tmp_path: Path, shape: str) -> None:
    sessions = Sessions(people, read_secret(tmp_path / "key"))
    cookie = sessions.open("claire", PASSWORD)
    assert sessions.person(cookie) is not None
    assert sessions.person(shape.format(cookie, cookie)) is None


def test_a_cookie_of_another_server_is_nobody(people: PeopleStore, tmp_path: Path) -> None:
    cookie = Sessions(people, read_secret(tmp_path / "a")).open("claire", PASSWORD)
    assert Sessions(people, read_secret(tmp_path / "b")).person(cookie) is None


def test_the_secret_is_made_once_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "dossier" / "people.key"
    assert read_secret(path) == read_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["people.key"]


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("court")
    with pytest.raises(ReperesError, match="trop court"):
        read_secret(tmp_path / "key")
