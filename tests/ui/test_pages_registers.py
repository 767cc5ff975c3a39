"""The pages of the registers: eligibility, calendar and its file, exercices side by side."""

import re
from datetime import date
from html import unescape
from typing import Any, cast

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from assistant.entries import Entries, Entry
from corpus.collectivites import collectivites
from corpus.lexicon import fold
from corpus.registry import Conflict, Deadline, Eligibility, Funding, Obligation, Side
from ingest.serving import Service
from tests.ui.fakes import CREDITS, DEADLINE, HOSTILE_TEXT, PURPOSE, TODAY, FakeEntries
from tests.ui.registers import deadline, entry, funding, obligation, pages, registers
from ui.pages.agenda import as_ics, set_aside
from ui.pages.bearing import bears_on
from ui.pages.calendar import EVERY_YEAR, dated_lines, unfolded
from ui.pages.changes import change_of
from ui.pages.chronology import earliest_day
from ui.pages.contract import contract_amounts, contract_of, signing_days
from ui.pages.eligibility import rules_of
from ui.pages.matching import align, subject_of
from ui.pages.rows import (
    Proofs,
    actor_words,
    amount_words,
    deadline_words,
    funding_line,
    place_of,
    typeset,
)
from ui.pages.tilemap import tiles

NBSP, THIN = "\u00a0", "\u202f"
BAD = (
    "/eligibilite?departement=zz",
    "/eligibilite?departement=29&exercice=1900",
    "/echeancier?exercice=abc",
    "/echeancier?qui=moi",
    "/echeancier?cohorte=1999",
    "/echeancier?au=hier",
    "/echeancier.ics?exercice=abc",
    "/comparer?a=2021",
    "/comparer?a=2021&b=2021",
    "/comparer?a=2021&b=1850",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(pages(), raise_server_exceptions=False)


def shown(client: TestClient, address: str) -> str:
    """What a page says, as text on one line."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return re.sub(r"[\s\u00a0\u202f]+", " ", unescape(text))


def events(client: TestClient, address: str) -> dict[str, Any]:
    """Events of a calendar file by the start of their identifier."""
    calendar = Calendar.from_ical(client.get(address).content)
    return {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize("address", BAD)
def test_a_bad_choice_is_told_in_french_on_the_page(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert re.search(r'role="alert">[A-ZÀ-Ý][^<]+\.</p>', response.text)


def test_hostile_text_stays_text(client: TestClient) -> None:
    for address in ("/echeancier?exercice=2022", "/comparer?a=2021&b=2022", "/eligibilite?q=<b>x"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>x" not in page
    assert HOSTILE_TEXT[:20] in shown(client, "/echeancier?exercice=2022")


def test_every_row_links_to_the_statement_that_proves_it(client: TestClient) -> None:
    page = client.get("/eligibilite?departement=01&exercice=2021").text
    start = registers()[Deadline][0].citations[0].start
    assert (
        f'href="/documents/circulaire-2021-25?debut={start}&amp;fin={start + len(DEADLINE)}' in page
    )
    assert f"#p{start}" in page
    assert DEADLINE in unescape(page)


@pytest.mark.parametrize(
    "address",
    [
        *("/eligibilite", "/eligibilite?departement=01&exercice=2021"),
        *("/echeancier", "/comparer?a=2021&b=2022"),
    ],
)
def test_a_printed_page_names_the_source_of_each_number(client: TestClient, address: str) -> None:
    body, printed = client.get(address).text.split('<section class="imprime">')
    called = set(re.findall(r"source </span>(\d+)\]", body))
    assert called == set(re.findall(r"\[(\d+)\]", printed)) != set()


def test_a_quote_keeps_one_number_on_its_page() -> None:
    rows = FakeEntries()
    rows.rows = registers()
    proofs = Proofs(cast(Entries, rows))
    first, again = (proofs.notes(e) for e in registers()[Deadline][0:3:2])
    assert [note.n for note in first + again] == [1, 1]


def test_the_overview_counts_known_and_unknown_years(client: TestClient) -> None:
    text = shown(client, "/eligibilite")
    total = len(collectivites())
    assert (
        f"connue pour 2 collectivités sur {total} et n'a pas pu être établie pour {total - 2}"
        in text
    )
    assert "Vague 2020 1 entrée établie" in text
    assert "Vague 2022 0 entrée établie , 1 déduite ou discutée" in text
    assert "Quelle est la liste de 2021 ?" in text


def test_a_tile_says_its_year_in_words_and_marks_a_doubt(client: TestClient) -> None:
    page = client.get("/eligibilite").text
    assert "Isère (38) : entrée en 2022, déduit" in page
    assert f'<b>38</b> <span class="annee">2022{THIN}?</span>' in page
    assert '<b>29</b> <span class="annee">?</span>' in page


def test_the_map_gives_every_collectivite_a_place_of_its_own() -> None:
    codes = [one.code for one in collectivites()]
    places = tiles([*codes, "new", "newer"])
    assert len(set(places.values())) == len(codes) + 2


def test_a_collectivite_has_only_the_rules_of_its_wave(client: TestClient) -> None:
    text = shown(client, "/eligibilite?departement=01&exercice=2021")
    assert "Vague 2020" in text
    assert "Contrat signé le 1er octobre 2020" in text
    assert "Suivre le plan" in text
    assert "Candidater" not in text
    assert "Première date du rapport" not in text


def test_an_unknown_wave_is_said_and_its_rules_stand_apart(client: TestClient) -> None:
    text = shown(client, "/eligibilite?departement=29&exercice=2021")
    assert "Année d'entrée non établie." in text
    shared, apart = text.split("Selon la vague : 2 règles")
    assert "Produire un bilan" in shared
    assert "Candidater" in apart
    assert "Suivre le plan" in apart


def test_what_another_policy_asks_comes_last_and_says_who(client: TestClient) -> None:
    text = shown(client, "/eligibilite?departement=01&exercice=2021")
    rules, other = text.split("D'autres politiques que la protection de l'enfance")
    assert "Produire un bilan" in rules
    assert "Calpae" not in rules
    assert "Qui doit la collectivité signataire d'une Calpae" in other
    assert "autre acteur" not in text


def test_an_actor_without_a_name_is_said_in_words(client: TestClient) -> None:
    named = obligation("a", "pour l'employeur, verser le salaire", who="autre")
    assert actor_words(named) == "l'employeur"
    assert actor_words(obligation("b", "afficher le 119", who="autre")) == "un autre acteur"
    assert actor_words(deadline("c", 2021, "parution du décret")) == "acteur non nommé"
    page = client.get("/echeancier?qui=autre").text
    assert '<option value="autre" selected>un autre acteur</option>' in page


def test_an_actor_without_name_is_never_only_other() -> None:
    by_other = deadline("a", 2021, "parution du décret", who="autre", on=date(2021, 3, 1))
    (event,) = Calendar.from_ical(as_ics([entry(by_other, CREDITS)], TODAY)).walk("VEVENT")
    assert f"Qui{NBSP}: un autre acteur" in event["description"]
    rows = [
        obligation("o-2021", "pour l'employeur, verser", 2021, who="autre"),
        obligation("o-2022", "pour l'employeur, verser", 2022, who="autre"),
    ]
    (subject,) = align([entry(row, CREDITS) for row in rows], (2021, 2022))
    assert change_of(subject, (2021, 2022)).words == "Inchangé, à l'année près"


def test_money_of_no_named_fund_is_told_by_what_it_counts() -> None:
    proofs = Proofs(cast(Entries, FakeEntries()))
    entries = [entry(funding("f", 2021, 10, source=source), CREDITS) for source in ("autre", "FIR")]
    other, fir = (funding_line(one, proofs) for one in entries)
    assert other.facts == (("Périmètre", "budget de l'État"),)
    assert fir.facts[0] == ("Source", "FIR")


def test_a_collectivite_not_yet_in_is_told_so(client: TestClient) -> None:
    text = shown(client, "/eligibilite?departement=38&exercice=2021")
    assert "en 2021, cette collectivité n'était pas encore dans la démarche" in text
    assert "Suivre le plan" not in text


def test_local_money_is_shown_to_its_own_collectivite_only(client: TestClient) -> None:
    assert "441 826 €" in shown(client, "/eligibilite?departement=01&exercice=2021")
    assert "441 826 €" not in shown(client, "/eligibilite?departement=38&exercice=2021")


def test_a_disagreement_stands_by_both_amounts_and_is_told_once(client: TestClient) -> None:
    page = client.get("/eligibilite?departement=01&exercice=2021").text
    assert page.count('id="desaccord-total-2021"') == 1
    assert page.count('href="#desaccord-total-2021"') == 2
    assert "La circulaire fait foi." in page


@pytest.mark.parametrize(
    ("typed", "name"),
    [("fini", "Finistère (29)"), ("29", "Finistère (29)"), ("ISERE", "Isère (38)")],
)
def test_a_search_with_one_answer_opens_it(client: TestClient, typed: str, name: str) -> None:
    assert f"<h1>{name}</h1>" in client.get("/eligibilite", params={"q": typed}).text


@pytest.mark.parametrize("choice", ["collectivite=Isère", "departement=isere", "collectivite=38"])
def test_an_address_may_name_a_collectivite(client: TestClient, choice: str) -> None:
    assert "<h1>Isère (38)</h1>" in client.get(f"/eligibilite?{choice}").text
    assert "<h1>Loire (42)</h1>" in client.get("/eligibilite?collectivite=loire").text
    assert (
        "Loire-Atlantique (44)</a></li>" in client.get("/eligibilite?departement=atlantique").text
    )


def test_a_choice_that_the_page_does_not_know_is_told(client: TestClient) -> None:
    told = "que cette page ne connaît pas : « region »"
    assert told in shown(client, "/eligibilite?region=Bretagne")
    assert told in shown(client, "/eligibilite?departement=29&region=Bretagne")
    assert "ne connaît pas" not in shown(client, "/eligibilite?departement=29")


def _untold(about: str) -> Entry[Conflict]:
    sides = tuple(Side(says=says, sources=("Journal A",)) for says in ("oui", "non"))
    given = {"sides": sides, "retain": "Oui.", "why": "Le texte le dit."}
    row = Conflict(id="autre", proofs=("circulaire-2021-25#F084",), about=about, **given)
    return cast(Entry[Conflict], entry(row, DEADLINE))


@pytest.mark.parametrize(
    ("about", "texts", "bears"),
    [
        ("Objectifs obligatoires d'un contrat de 2021", {"circulaire-2021-25"}, True),
        ("Objectifs obligatoires d'un contrat de 2021", {"instruction-2022-61"}, False),
        ("Nombre de départements engagés en 2021", {"circulaire-2021-25"}, False),
        ("Montant du contrat de la Côte-d'Or en 2021", {"circulaire-2021-25"}, False),
        ("Montant du contrat de l'Isère en 2021", {"circulaire-2021-25"}, True),
    ],
)
def test_only_a_disagreement_that_bears_on_the_collectivite_is_told(
    about: str, texts: set[str], bears: bool
) -> None:
    assert bears_on(_untold(about), "38", texts) is bears


def test_a_sheet_leaves_out_the_disagreements_of_other_texts(shipped_service: Service) -> None:
    entries = Entries(shipped_service.index())
    told = rules_of("38", "2022", 2022, entries, Proofs(entries), TODAY).disputes
    ids = {dispute.id for dispute in told}
    assert "objectifs-obligatoires-2022" in ids
    assert not ids & {"strategie-2020-2022-axes", "conseil-etat-ordonnance-numero"}


def test_pages_and_answers_tell_the_same_sides_of_a_disagreement(shipped_service: Service) -> None:
    """An answer quotes the disputed statement, a page tells the sides of the register."""
    rows = Entries(shipped_service.index()).of(Conflict)
    for found in rows:
        told = [c for c in found.citations if c.confidence == "disputed"]
        read = [str(source["publisher"]) for c in told for source in c.sources]
        words = fold(" ".join([c.quote for c in told] + read))
        for source in {one for side in found.row.sides for one in side.sources}:
            named = source == "source non nommée" or fold(source).split(" (")[0] in words
            assert named, (found.row.id, source)
    assert len(rows) > 50


def test_a_search_with_several_answers_lists_them(client: TestClient) -> None:
    page = client.get("/eligibilite?q=loire&exercice=2021").text
    assert '<a href="/eligibilite?departement=44&amp;exercice=2021">Loire-Atlantique' in page
    assert "0 collectivité pour" in shown(client, "/eligibilite?q=nulle+part")


def test_dates_stand_in_order_whatever_says_them(client: TestClient) -> None:
    page = client.get("/echeancier?exercice=2021").text
    order = re.findall(r'<li id="(date-[\w-]+)"', page)
    assert order == [
        *("date-rapport-2021-initiale", "date-projet-2021", "date-rapport-2021"),
        "date-signature-2021",
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("environ un mois, jusqu'à la fin de novembre 2021", "2021-11-21"),
        ("à la fin d'octobre 2021", "2021-10-21"),
        ("mi-mai 2021", "2021-05-11"),
        ("début juillet 2021", "2021-07-01"),
        ("dès octobre 2022", "2022-10-01"),
        ("deuxième trimestre 2021", "2021-04-01"),
        ("jusqu'à l'été 2021", "2021-06-20"),
        ("de 2019 à 2021", "2021-01-01"),
        ("30 juin de l'année suivante", "2022-06-30"),
        ("sous un an", "9999"),
        (None, "9999"),
    ],
)
def test_words_allow_a_first_day(words: str | None, first: str) -> None:
    assert earliest_day(deadline("d", 2021, "essai", words=words)) == first


def test_many_dates_are_folded_but_those_of_the_day() -> None:
    years = range(2020, 2025)
    assert unfolded(years, date(2022, 5, 1), 100) == "2022"
    assert unfolded(years, date(2030, 1, 1), 100) == "2024"
    assert unfolded(years, date(2019, 1, 1), 100) == "2020"
    assert unfolded(years, date(2022, 5, 1), 10) == unfolded([2021], TODAY, 100) == EVERY_YEAR


def test_a_folded_exercice_is_opened_by_its_link(client: TestClient) -> None:
    page = client.get("/echeancier?qui=juge&ouvert=2022").text
    assert 'href="/echeancier?qui=juge&amp;ouvert=2022#exercice-2022" aria-current="true"' in page
    assert page.count('<details class="volet" open>') == 1
    assert f"<summary>4{NBSP}dates" in client.get("/echeancier?ouvert=tout").text
    assert '<details class="volet">' not in client.get("/echeancier?ouvert=tout").text


def test_the_shipped_dates_of_an_exercice_stand_in_order(shipped_service: Service) -> None:
    kept = [e for e in Entries(shipped_service.index()).of(Deadline) if e.row.exercice == 2020]
    entries = Entries(shipped_service.index())
    lines = [line.line.id for line in dated_lines(kept, entries, Proofs(entries), TODAY)]
    wanted = (
        "date-credits-2020-amendement",
        "date-appel-candidatures-2020",
        "date-candidature-2020",
    )
    assert [name for name in lines if name in wanted] == list(wanted)
    assert lines.index("date-candidature-2020") < lines.index("date-redaction-2020")


def test_a_replaced_date_says_by_what_and_why(client: TestClient) -> None:
    page = client.get("/echeancier?exercice=2021").text
    assert "<s>30\u00a0juin 2021</s>" in page
    text = shown(client, "/echeancier?exercice=2021")
    assert "Remplacée par : Date du rapport, 31 août 2021" in text
    assert "Pourquoi : La circulaire fait foi." in text


def test_past_and_future_are_seen_from_the_day_asked(client: TestClient) -> None:
    text = shown(client, "/echeancier?exercice=2021&au=2021-08-31")
    assert "31 août 2021 aujourd'hui" in text
    assert "au plus tard le 30 septembre 2021 à venir" in text
    assert "début juillet 2021 jour non précisé" in text
    assert "30 septembre 2021 passée" in shown(client, "/echeancier?au=2022-01-01")


def test_filters_keep_what_names_nobody(client: TestClient) -> None:
    text = shown(client, "/echeancier?qui=département&cohorte=2021")
    assert "Date limite de signature" in text
    assert "Projet finalisé" in text
    assert "Avis du juge" not in text
    assert "Première date du rapport" not in text


def test_doubt_is_said_in_words(client: TestClient) -> None:
    text = shown(client, "/echeancier?exercice=2022")
    assert "discuté, les sources divergent" in text
    assert "non établi par les textes lus" in text


def test_the_calendar_file_holds_the_dated_rows_that_nothing_replaced(client: TestClient) -> None:
    found = events(client, "/echeancier.ics?exercice=2021")
    assert set(found) == {"date-signature-2021", "date-rapport-2021"}
    signature = found["date-signature-2021"]
    assert signature["dtstart"].dt == date(2021, 9, 30)
    assert signature["dtend"].dt == date(2021, 10, 1)
    assert str(signature["summary"]) == "Date limite de signature"
    assert DEADLINE in str(signature["description"]).replace("\n", " ")
    assert f"État au 21{NBSP}novembre {TODAY.year}" in str(signature["description"])


def test_the_calendar_file_follows_the_filters_and_keeps_its_identifiers(
    client: TestClient,
) -> None:
    asked = events(client, "/echeancier.ics?exercice=2022&qui=juge&au=2022-03-01")
    assert "date-avis-2022" in asked
    assert str(asked["date-avis-2022"]["status"]) == "TENTATIVE"
    assert "date-avis-2022" not in events(client, "/echeancier.ics?qui=département")
    assert asked.items() <= events(client, "/echeancier.ics").items()


def test_a_date_alone_in_its_year_makes_no_exercice_of_it() -> None:
    far = entry(deadline("limite", 2030, "limite des places", on=date(2030, 1, 1)), DEADLINE)
    due = entry(obligation("contrat-2022", "signer", 2022), DEADLINE)
    client = TestClient(pages({Deadline: (far,), Obligation: (due,)}))
    text = shown(client, "/echeancier")
    assert "Dates de 2030 1 date, dont 1 à venir 1er janvier 2030" in text
    assert "Exercice 2030" not in text
    for address in ("/echeancier", "/comparer"):
        assert "<option>2030" not in client.get(address).text


def test_a_date_that_a_disagreement_sets_aside_is_on_the_page_alone() -> None:
    days = {"retenue": date(2022, 2, 18), "autre": date(2022, 2, 28), "sure": date(2022, 3, 1)}
    dates = tuple(
        entry(
            deadline(name, 2022, f"signature {name}", on=day, standing="discuté"),
            DEADLINE if name != "sure" else PURPOSE,
        )
        for name, day in days.items()
    )
    sides = tuple(Side(says=f"le {n} février 2022", sources=("Journal A",)) for n in (18, 28))
    dispute = Conflict(
        id="jour",
        proofs=("circulaire-2021-25#F084",),
        about="Jour de signature",
        sides=sides,
        retain="Le 18 février.",
        why="Trois sources la donnent.",
    )
    client = TestClient(pages({Deadline: dates, Conflict: (entry(dispute, DEADLINE),)}))
    assert set(events(client, "/echeancier.ics")) == {"retenue", "sure"}
    text = shown(client, "/echeancier")
    assert "28 février 2022 non retenue Signature autre" in text
    assert "18 février 2022 passée" in text
    assert "2 dates pour votre agenda" in text


def test_a_disagreement_that_retains_no_day_sets_none_aside(shipped_service: Service) -> None:
    entries = Entries(shipped_service.index())
    aside = set_aside(entries)
    marked = {e.row.id for e in entries.of(Deadline) if "non retenue" in e.row.event}
    assert aside == marked != set()
    assert "date-pouponnieres-30-places" not in aside


def test_a_row_that_tells_no_wave_apart_says_nothing_of_waves(client: TestClient) -> None:
    for address in ("/echeancier", "/eligibilite?departement=01&exercice=2021"):
        text = shown(client, address)
        assert "Pour sans distinction" not in text
        assert "Pour vague 2020" in text
    assert "Pour sans distinction de vague" in shown(client, "/comparer?a=2021&b=2022")


def test_the_calendar_file_is_well_formed(client: TestClient) -> None:
    response = client.get("/echeancier.ics?exercice=2021")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert 'filename="echeancier-2021.ics"' in response.headers["content-disposition"]
    lines = response.content.split(b"\r\n")
    assert not any(b"\n" in line or len(line) > 75 for line in lines)
    assert b"VTIMEZONE" not in response.content
    assert b"TZID" not in response.content


def test_the_export_link_carries_the_filters(client: TestClient) -> None:
    page = client.get("/echeancier?exercice=2021&cohorte=2020").text
    assert 'href="/echeancier.ics?exercice=2021&amp;cohorte=2020"' in page


def test_same_subjects_stand_face_to_face(client: TestClient) -> None:
    text = shown(client, "/comparer?a=2021&b=2022")
    assert "Change : 155 M€, puis 140 M€" in text
    assert "Non établi en 2022 33 M€" in text
    assert "Inchangé, à l'année près Produire un bilan" in text
    assert "Inchangé Renforcer la prévention." in text
    assert "Circulaire du 1er avril 2021" in text


def test_a_subject_of_one_exercice_is_said_to_be_so(client: TestClient) -> None:
    page = client.get("/comparer?a=2021&b=2022").text
    alone = page.split('<h2 id="obligations">')[1].split('"Seulement en 2021"')[1]
    assert "Candidater" in alone
    assert "Rien de relevé" in alone


def test_a_subject_has_its_name_whatever_the_year_and_the_instrument() -> None:
    names = ("contrat-2021-bilan", "avenant-2022-bilans", "bilan-2020", "contrat-2021")
    assert [subject_of(obligation(name, "faire un bilan")) for name in names] == [
        *("bilan", "bilan", "bilan"),
        "contrat",
    ]
    texts = ("date-circulaire-2021-signature", "date-instruction-2022-signature")
    assert {subject_of(deadline(n, 2021, "signature")) for n in texts} == {"date-texte-signature"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((deadline("d-2021", 2021, "un bilan", on=date(2021, 6, 30)),), "Seulement en 2021"),
        (
            (
                deadline("d-2021", 2021, "un bilan", on=date(2021, 6, 30)),
                deadline("d-2022", 2022, "un bilan", on=date(2022, 6, 30)),
            ),
            f"Inchangé{NBSP}: 30{NBSP}juin 2021",
        ),
        (
            (
                deadline("d-2021", 2021, "un bilan", words="2021-2022"),
                deadline("d-2022", 2022, "un bilan", words="2022-2024"),
            ),
            f"Change{NBSP}: 2021-2022, puis 2022-2024",
        ),
        (
            (
                obligation("o-2021", "signer en 2021", 2021),
                obligation("o-2022", "signer en 2022", 2022, modality="may", condition="si besoin"),
            ),
            f"Change{NBSP}: la modalité et la condition",
        ),
        (
            (funding("f-2021", 2021, 10), funding("f-2022", 2022, None, standing="inconnu")),
            "Non établi en 2022",
        ),
    ],
)
def test_what_changes_is_said_in_words(rows: tuple[Any, ...], words: str) -> None:
    (subject,) = align([entry(row, CREDITS) for row in rows], (2021, 2022))
    assert change_of(subject, (2021, 2022)).words == words


def test_without_a_choice_the_comparison_proposes_pairs(client: TestClient) -> None:
    assert 'href="/comparer?a=2021&amp;b=2022"' in client.get("/comparer").text


def test_pages_of_an_index_that_proves_nothing_still_answer() -> None:
    bare = TestClient(pages({}))
    assert "n'a pas pu être établie" in shown(bare, "/eligibilite")
    assert "Les documents de l'index ne disent rien" in shown(bare, "/eligibilite?departement=29")
    assert "Aucune date ne répond" in shown(bare, "/echeancier")
    assert bare.get("/comparer").status_code == 200
    assert events(bare, "/echeancier.ics") == {}


def test_amounts_and_dates_are_written_in_french() -> None:
    amounts = {107_000_000: "107_M€", 67_500_000: "67,5_M€", 1_260_000: "1,26_M€"}
    for euros, words in amounts.items():
        assert amount_words(euros) == words.replace("_", NBSP)
    assert amount_words(249_181_725) == f"249{THIN}181{THIN}725{NBSP}€"
    early = deadline("d", 2020, "un bilan", on=date(2020, 10, 15), words="avant le 15 octobre 2020")
    assert deadline_words(early) == f"avant le 15{NBSP}octobre 2020"
    assert typeset("« n° 5 » : le 1er avril 2021, 10 M€ ?") == (
        "«_n°_5_»_: le 1er_avril 2021, 10_M€".replace("_", NBSP) + f"{THIN}?"
    )


def test_only_a_leading_name_makes_money_local() -> None:
    assert place_of(funding("f", 2021, 1, perimeter="Nord, dotation")) == "59"
    assert place_of(funding("f", 2021, 1, perimeter="total des crédits, Nord compris")) is None


@pytest.mark.parametrize(
    ("text", "days", "amounts"),
    [
        ("Le contrat a été signé à la fin d'octobre 2020.", {"2020-10"}, set()),
        ("Elle a signé le 7 décembre 2021 un contrat de 2 M€.", {"2021-12-07"}, {"2000000"}),
        ("Une lettre d'intention a été signée le 14 octobre 2019.", set(), set()),
        ("Un contrat signé avec l'État, annoncé par la presse locale en mai 2021.", set(), set()),
        ("Un projet reçoit 3 M€.", set(), set()),
    ],
)
def test_a_statement_gives_the_day_and_the_amount_of_a_contract(
    text: str, days: set[str], amounts: set[str]
) -> None:
    assert signing_days(text) == days
    assert contract_amounts(text) == amounts


def test_a_contract_is_told_by_its_statements_where_the_row_has_no_value(
    shipped_service: Service,
) -> None:
    entries = Entries(shipped_service.index())
    for place in entries.of(Eligibility):
        own, facts = contract_of(place, entries)
        told = " ".join(value for _label, value in facts)
        note = place.row.note or ""
        assert not ("non établie" in told and signing_days(note)), place.row.id
        assert not (told.endswith("non établi") and contract_amounts(note)), place.row.id
        assert own.units, place.row.id
    reunion = next(e for e in entries.of(Eligibility) if e.row.code == "974")
    own, facts = contract_of(reunion, entries)
    assert "à la fin d'octobre 2020" in dict(facts)["Signature"]
    assert f"4,7{NBSP}M€" in dict(facts)["Montant"]
    assert all("Réunion" in citation.quote for citation in own.citations)


def test_one_statement_that_gives_the_day_and_the_amount_is_told_once(
    shipped_service: Service,
) -> None:
    entries = Entries(shipped_service.index())
    told = [contract_of(place, entries)[1] for place in entries.of(Eligibility)]
    assert any(label == "Signature et montant" for facts in told for label, _value in facts)
    for facts in told:
        assert len({value for _label, value in facts if len(value) > 20}) == len(
            [value for _label, value in facts if len(value) > 20]
        )


def test_local_money_of_a_contract_proves_what_its_row_does_not_say() -> None:
    rows = FakeEntries()
    rows.rows = registers() | {
        Funding: (entry(funding("f", 2021, 1, perimeter="Ain, part du contrat"), CREDITS),)
    }
    place = next(e for e in registers()[Eligibility] if e.row.code == "01")
    own, facts = contract_of(place, cast(Entries, rows))
    assert [citation.quote for citation in own.citations] == [DEADLINE, CREDITS]
    assert ("Contrat signé le", f"1er{NBSP}octobre 2020") in facts


def test_every_dated_row_of_the_shipped_register_goes_into_the_file(
    shipped_service: Service,
) -> None:
    dates = Entries(shipped_service.index()).of(Deadline)
    wanted = [e.row.id for e in dates if e.row.on and e.row.replaced_by is None]
    aside = set_aside(Entries(shipped_service.index()))
    wanted = [name for name in wanted if name not in aside]
    found = Calendar.from_ical(as_ics(dates, TODAY, aside)).walk("VEVENT")
    assert [str(event["uid"]) for event in found] == [f"{name}@reperes" for name in wanted]
    assert len(wanted) == len(set(wanted)) > 0
