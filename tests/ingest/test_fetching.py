"""Originals of the catalogue: downloaded, recognised by their own number, kept, published."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ReperesError
from corpus.types import Identity
from ingest import documents, fetching
from ingest.fetching import fetch
from ingest.index import current_generation, open_generation
from ingest.library import Entry, Library, listing, parse_listing
from ingest.pipeline import backup, ingest, remove, restore
from ingest.report import Report
from ingest.settings import Settings
from tests.conftest import NOTE, settings_in
from tests.ingest.identity_texts import BODY
from tests.ingest.sites import Page, Site, redirect, sent, serving

ORIGINAL = "circulaire-2031-40/original"
CIRCULAR = f"""République française

Circulaire n° DGCS/SD2B/2031/40 du 2 avril 2031 relative à l'accueil des mineurs

Date d'application : immédiate
Résumé : la présente circulaire donne le cadre de la campagne.

{BODY}"""
PRESS = f"""Le ministère a publié hier un texte attendu

La circulaire n° DGCS/SD2B/2031/40 du 2 avril 2031 fixe le cadre de la campagne.

{BODY}"""
LATER = CIRCULAR.replace("2031/40 du 2 avril 2031", "2032/7") + (
    "\nElle complète la circulaire n° DGCS/SD2B/2031/40 du 2 avril 2031.\n"
)
DECREE = f"""Décret n° 2031-418 du 12 mai 2031 relatif à l'accueil durable des mineurs

NOR : SOCA3112345D

Vu le code de l'action sociale et des familles,
Décrète :

Article 1er
Le présent décret entre en vigueur le 1er septembre 2031.

{BODY}"""


def card(url: str | None) -> Identity:
    """The card of the circular."""
    return Identity(
        title="Circulaire n° DGCS/SD2B/2031/40",
        kind="circulaire",
        authority="circulaire",
        origin="summary",
        number="DGCS/SD2B/2031/40",
        issuer="ministère d'essai",
        signed_on=date(2031, 4, 2),
        exercices=(2031,),
        url=url,
    )


def text(words: str) -> Page:
    """A page of plain text."""
    return sent(words.encode())


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/texte"] = text(CIRCULAR)
        yield found


@pytest.fixture
def cards(site: Site, monkeypatch: pytest.MonkeyPatch) -> dict[str, Identity]:
    """A catalogue of one circular, whose text the site has."""
    found = {"circulaire-2031-40": card(site.url())}
    for module in (documents, fetching):
        monkeypatch.setattr(module, "catalogue", lambda: found)
    return found


@pytest.fixture(scope="module")
def _of_one_note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("note")
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    ingest([folder / "note.md"], settings_in(folder), None)
    return folder


@pytest.fixture
def started(_of_one_note: Path, tmp_path: Path) -> Settings:
    """A copy of an index of one note."""
    shutil.copytree(_of_one_note / "index", tmp_path / "index")
    return settings_in(tmp_path)


def run(site: Site, settings: Settings, *ids: str, **changes: object) -> Report:
    """A fetch from the site."""
    return fetch(settings, None, document_ids=ids, network=site.network(**changes))


def refused(site: Site, settings: Settings, *ids: str) -> str:
    """Why the one refusal of a fetch that keeps nothing."""
    before = [entry.path for entry in Library(settings.library_folder)]
    report = run(site, settings, *ids)
    assert (report.added, report.replaced, report.unchanged) == ([], [], [])
    assert [entry.path for entry in Library(settings.library_folder)] == before
    (refusal,) = report.refused
    assert refusal["file"] == "circulaire-2031-40"
    return refusal["reason"]


def held(settings: Settings) -> Entry:
    """The original that the library holds."""
    return next(e for e in Library(settings.library_folder) if e.document_id == ORIGINAL)


def identity(settings: Settings) -> Identity | None:
    """The identity of the original in service, if it is there."""
    index = open_generation(current_generation(settings.index_folder), None)
    try:
        found = index.texts.document(ORIGINAL)
        return found.identity if found else None
    finally:
        index.close()


@pytest.mark.usefixtures("cards")
def test_an_original_is_downloaded_kept_and_published(site: Site, started: Settings) -> None:
    report = run(site, started)
    assert (report.added, report.refused, report.published) == ([ORIGINAL], [], True)
    entry = held(started)
    assert (entry.name, entry.path) == ("circulaire-2031-40.txt", site.url())
    assert entry.fetched_on == date.today().isoformat()
    assert Library(started.library_folder).data(entry) == CIRCULAR.encode()


@pytest.mark.usefixtures("cards")
def test_its_identity_is_completed_by_the_card(site: Site, started: Settings) -> None:
    run(site, started)
    found = identity(started)
    assert found is not None
    assert (found.origin, found.kind, found.number) == (
        "original",
        "circulaire",
        "DGCS/SD2B/2031/40",
    )
    assert (found.issuer, found.exercices) == ("ministère d'essai", (2031,))


@pytest.mark.usefixtures("cards")
def test_the_same_content_is_unchanged(site: Site, started: Settings) -> None:
    first = run(site, started)
    report = run(site, started)
    assert (report.added, report.unchanged, report.replaced) == ([], [ORIGINAL], [])
    assert report.corpus_digest == first.corpus_digest


@pytest.mark.usefixtures("cards")
def test_a_new_content_replaces_the_former(site: Site, started: Settings) -> None:
    run(site, started)
    site.pages["/texte"] = text(CIRCULAR + "\nUne annexe est ajoutée.\n")
    report = run(site, started)
    assert (report.added, report.replaced) == ([], [ORIGINAL])
    assert len(Library(started.library_folder)) == 2


def test_a_new_address_replaces_what_came_from_the_former(
    site: Site, started: Settings, cards: dict[str, Identity]
) -> None:
    run(site, started)
    cards["circulaire-2031-40"] = card(site.url("/autre"))
    site.pages["/autre"] = text(CIRCULAR + "\nUne annexe est ajoutée.\n")
    report = run(site, started)
    assert report.replaced == [ORIGINAL]
    assert report.displaced == [f"{site.url()} = {site.url('/autre')}"]
    assert held(started).path == site.url("/autre")
    assert len(Library(started.library_folder)) == 2


@pytest.mark.usefixtures("cards")
def test_a_web_page_is_read_as_one(site: Site, started: Settings) -> None:
    lines = "".join(f"<p>{line}</p>" for line in CIRCULAR.splitlines() if line)
    page = f"<html><head><meta charset=utf-8><title>x</title></head><body>{lines}</body></html>"
    site.pages["/texte"] = sent(page.encode(), "text/html; charset=utf-8")
    assert run(site, started).added == [ORIGINAL]
    assert held(started).name == "circulaire-2031-40.html"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("<html><body><p>Cette page n'existe plus sur notre site.</p></body></html>", "text/html"),
        (LATER, "text/plain"),
        (CIRCULAR.replace("DGCS/SD2B/2031/40", "DGOS/R2/2031/40"), "text/plain"),
        (CIRCULAR.replace("2 avril 2031", "3 avril 2031"), "text/plain"),
        (f"Publié dans le Mensuel des villes n° 12\n\n{PRESS}", "text/plain"),
        (BODY, "text/plain"),
    ],
)
@pytest.mark.usefixtures("cards")
def test_a_page_without_the_number_as_its_own_is_refused(
    site: Site, started: Settings, words: str, kind: str
) -> None:
    site.pages["/texte"] = sent(words.encode(), f"{kind}; charset=utf-8")
    assert refused(site, started) == (
        f"La page reçue de « {site.url()} » ne porte pas « DGCS/SD2B/2031/40 » comme le sien."
    )
    assert identity(started) is None


@pytest.mark.usefixtures("cards")
def test_a_text_that_does_not_name_itself_is_known_by_the_number_it_shows(
    site: Site, started: Settings
) -> None:
    site.pages["/texte"] = text(f"Annexe à la circulaire n° DGCS/SD2B/2031/40\n\n{BODY}")
    assert run(site, started).added == [ORIGINAL]


@pytest.mark.parametrize(
    ("number", "nor"), [("2031-418", None), (None, "SOCA3112345D"), ("2031-418", "SOCA3112345D")]
)
def test_an_act_is_known_by_its_number_or_its_nor(
    site: Site, started: Settings, cards: dict[str, Identity], number: str, nor: str
) -> None:
    site.pages["/texte"] = text(DECREE)
    known = replace(card(site.url()), kind="décret", signed_on=None, number=number, nor=nor)
    cards["circulaire-2031-40"] = known
    assert run(site, started).added == [ORIGINAL]


def test_an_entry_without_number_is_not_downloaded(
    site: Site, started: Settings, cards: dict[str, Identity]
) -> None:
    cards["circulaire-2031-40"] = replace(card(site.url()), number=None)
    assert "n'a ni numéro ni NOR" in refused(site, started)
    assert site.asked == []


def test_an_entry_without_address_is_refused_by_itself(
    site: Site, started: Settings, cards: dict[str, Identity]
) -> None:
    cards["circulaire-2031-40"] = card(None)
    assert "ne donne pas l'adresse" in refused(site, started, "circulaire-2031-40")
    with pytest.raises(ReperesError, match="Aucune fiche du catalogue"):
        run(site, started)


@pytest.mark.usefixtures("cards")
def test_an_unknown_id_is_an_error_before_anything_is_asked(site: Site, started: Settings) -> None:
    with pytest.raises(ReperesError, match="« absent » n'est pas au catalogue"):
        run(site, started, "circulaire-2031-40", "absent")
    assert site.asked == []


@pytest.mark.usefixtures("cards")
def test_a_file_that_the_user_added_is_never_replaced(
    site: Site, started: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "circulaire.txt"
    own.write_text(CIRCULAR + "\nTexte corrigé à la main.\n", encoding="utf-8")
    assert ingest([own], started, None).added == [ORIGINAL]
    assert f"reperes remove {ORIGINAL}" in refused(site, started)
    assert site.asked == []


@pytest.mark.usefixtures("cards")
def test_damaged_content_is_refused_by_its_reader(site: Site, started: Settings) -> None:
    site.pages["/texte"] = sent(b"<html>Maintenance</html>", "application/pdf")
    assert "circulaire-2031-40.pdf" in refused(site, started)


def test_one_failure_leaves_the_others(
    site: Site, started: Settings, cards: dict[str, Identity]
) -> None:
    gone = replace(card(site.url("/absente")), number="DGCS/SD2B/2031/41")
    cards["circulaire-2031-41"] = gone
    seen: list[tuple[int, int]] = []

    def progress(_stage: str, done: int, total: int) -> None:
        seen.append((done, total))

    report = fetch(started, None, progress, network=site.network())
    assert report.added == [ORIGINAL]
    reason = f"« {site.url('/absente')} » répond par l'erreur 404."
    assert report.refused == [{"file": "circulaire-2031-41", "reason": reason}]
    assert seen == [(1, 2), (2, 2)]


def test_only_the_entries_that_are_asked_for_are_downloaded(
    site: Site, started: Settings, cards: dict[str, Identity]
) -> None:
    cards["circulaire-2031-41"] = replace(card(site.url("/41")), number="DGCS/SD2B/2031/41")
    assert run(site, started, "circulaire-2031-40", "circulaire-2031-40").added == [ORIGINAL]
    assert site.asked == ["/texte"]


@pytest.mark.usefixtures("cards")
def test_a_redirect_out_of_the_catalogue_is_told_by_itself(site: Site, started: Settings) -> None:
    site.pages["/texte"] = redirect("http://127.0.0.1:1/interne")
    assert refused(site, started) == "« 127.0.0.1:1 » n'est pas un site du catalogue."


@pytest.mark.usefixtures("cards")
def test_without_network_there_is_one_error_and_nothing_changes(
    site: Site, started: Settings
) -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    before = current_generation(started.index_folder)
    with pytest.raises(ReperesError, match="Aucun site n'a pu être joint") as caught:
        run(site, started, resolve=unknown)
    assert "\n" not in str(caught.value)
    assert current_generation(started.index_folder) == before
    assert [entry.name for entry in Library(started.library_folder)] == ["note.md"]


@pytest.mark.usefixtures("cards")
def test_a_backup_keeps_where_and_when_it_was_downloaded(
    site: Site, started: Settings, tmp_path: Path
) -> None:
    run(site, started)
    backup(tmp_path / "tout.zip", started)
    elsewhere = settings_in(tmp_path / "ailleurs")
    restore(tmp_path / "tout.zip", elsewhere, None)
    assert held(elsewhere) == held(started)
    assert run(site, elsewhere).unchanged == [ORIGINAL]


@pytest.mark.usefixtures("cards")
def test_an_original_can_be_removed(site: Site, started: Settings) -> None:
    run(site, started)
    remove([ORIGINAL], started, None)
    assert identity(started) is None


@pytest.mark.parametrize("day", [20310512, ["2031-05-12"]])
def test_a_day_that_is_no_text_is_not_a_list_of_ours(day: Any) -> None:
    entry = Entry("a.txt", "https://a.example/", "0" * 64, "a", fetched_on=day)
    with pytest.raises(ValueError, match=r"library\.json"):
        parse_listing(listing([entry]))
