"""The frame of a question: exercices, cohorts, collectivités and texts that it names."""

from datetime import date

import pytest

from assistant.answer import Request
from assistant.cohorts import asked_cohorts, find_cohorts, holds_for_cohort
from assistant.exercices import compared, dated, find_years
from assistant.framing import Named, read_frame, read_named
from assistant.places import find_places
from ingest.index import Index
from tests.assistant.conftest import AS_OF

MAY_2023 = date(2023, 5, 4)


def named(text: str, index: Index, as_of: date = AS_OF) -> Named:
    return read_named(text, as_of, index)


def exercices(text: str, as_of: date = MAY_2023) -> list[int]:
    return [year.value for year in find_years(text, as_of) if year.role == "exercice"]


def codes(text: str) -> list[str]:
    return [mention.collectivite.code for mention in find_places(text)]


def test_years_come_once_in_order(lexical_index: Index) -> None:
    assert named("En 2021, 2020 et le 3 mars 2021 ?", lexical_index).years == (2021, 2020)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("combien l'an dernier ?", 2022),
        ("le tableau de bord de cette année", 2023),
        ("les crédits de l’année prochaine", 2024),
        ("le budget N-1", 2022),
        ("la part de l'État en N + 1", 2024),
        ("l'enveloppe de l'exercice en cours", 2023),
        ("l'avenant de l'exercice précédent", 2022),
        ("ce qu'on a rendu l'année d'avant", 2022),
        ("il y a deux ans, quel délai ?", 2021),
        ("le contrat signé au printemps dernier", 2022),
        ("l'avenant de l'automne dernier", 2022),
        ("le bilan envoyé en mars dernier", 2023),
        ("la campagne de la rentrée prochaine", 2023),
        ("dès janvier prochain", 2024),
        ("la première année de la contractualisation", 2020),
        ("la troisième année de la stratégie", 2022),
        ("les effectifs fin 2021", 2021),
        ("le projet de loi de finances pour 2022", 2022),
        ("le rapport d'exécution 2020", 2020),
        ("la circulaire du 1er avril 2021", 2021),
    ],
)
def test_one_exercice_is_read(text: str, year: int) -> None:
    assert exercices(text) == [year]


@pytest.mark.parametrize(
    "text",
    [
        "en 1998",
        "2 021 euros",
        "le 3 mars",
        "n° 2021/25",
        "cette année-là, qui signait ?",
        "le 31 mars de l'année suivante",
        "que change la loi de 2022 ?",
        "le décret du 5 août 2022 s'applique à qui ?",
        "les propositions du rapport de novembre 2020",
    ],
)
def test_what_is_no_exercice_is_left_out(text: str) -> None:
    assert exercices(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("le contrat 2020-2022 de l'Aisne", [2020, 2021, 2022]),
        ("les crédits de 2021 à 2023", [2021, 2022, 2023]),
        ("les contrats passés entre 2020 et 2022", [2020, 2021, 2022]),
        ("quelle différence entre 2020 et 2022 ?", [2020, 2022]),
        ("le FIR a augmenté de combien de 2020 à 2022 ?", [2020, 2022]),
        ("le FIR en 2022 et l'année d'avant", [2022, 2021]),
        ("en 2022, le plan écrit l'année d'avant", [2022]),
        ("la loi de 2016 compte pour l'avenant 2021 ?", [2021]),
    ],
)
def test_several_years_keep_their_meaning(text: str, years: list[int]) -> None:
    assert exercices(text) == years


def test_compared_exercices_keep_the_order_of_the_question() -> None:
    assert compared(find_years("2022 puis 2020 : combien ?", AS_OF)) == (2022, 2020)


def test_a_range_compares_nothing() -> None:
    assert compared(find_years("le contrat 2020-2022", AS_OF)) == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("l'avenant de l'an dernier", "l'avenant de 2022"),
        ("Combien cette année ?", "Combien en 2023 ?"),
        ("signé au printemps dernier ?", "signé au printemps 2022 ?"),
        ("pour l'exercice en cours, qui signe ?", "pour 2023, qui signe ?"),
        ("Combien en 2021 ?", "Combien en 2021 ?"),
    ],
)
def test_a_relative_year_is_written_out(text: str, written: str) -> None:
    assert dated(text, MAY_2023) == written


def test_the_year_of_a_law_still_designates_it(lexical_index: Index) -> None:
    found = named("Que change la loi de 2022 ?", lexical_index)
    assert (found.text, found.years, found.exercices) == ("loi-2022-140", (2022,), ())


def test_full_dates_and_days_without_year_are_kept(lexical_index: Index) -> None:
    found = named("entre le 1er avril 2021 et le 30 septembre", lexical_index)
    assert found.dates == ("2021-04-01", "--09-30")


@pytest.mark.parametrize(
    ("text", "exercice", "cohorts"),
    [
        ("Nous avons signé en 2020, quelles pièces ?", 2022, ("2020",)),
        ("On a rejoint la démarche en 2021.", 2022, ("2021",)),
        ("un territoire entré en 2021", 2022, ("2021",)),
        ("mon département a signé en 2021, l'avenant 2022 ?", 2022, ("2021",)),
        ("entrant 2021, durée du contrat", 2021, ("2021",)),
        ("signataires de 2020", 2022, ("2020",)),
        ("les trente premiers", 2021, ("2020",)),
        ("les 40 nouveaux", 2021, ("2021",)),
        ("un tout premier contrat conclu en 2022", 2022, ("2022",)),
        ("la troisième vague", 2022, ("2022",)),
        ("nouvel entrant, que fournir ?", 2022, ("2022",)),
        ("chez nous, pas encore de contrat", 2022, ("2022",)),
        ("département déjà signataire", 2021, ("2020",)),
        ("département déjà signataire", 2022, ("2020", "2021")),
        ("les anciens et les nouveaux rendent quoi ?", 2022, ()),
        ("les anciens de l'ASE", 2022, ()),
        ("les 40 objectifs", 2022, ()),
        ("entre 2020 et 2022", 2022, ()),
        ("nous n'avons rien signé en 2020", 2022, ()),
        ("nous avons signé l'avenant en 2021", 2022, ()),
        ("qui sont les signataires en 2021 ?", 2021, ()),
        ("Nous sommes partis en 2020", 2022, ("2020",)),
        ("On est partis en 2021 avec les autres", 2022, ("2021",)),
        ("contrat de 2020 chez nous", 2022, ("2020",)),
        ("notre contrat date de 2021", 2022, ("2021",)),
    ],
)
def test_a_cohort_is_named_by_its_year(text: str, exercice: int, cohorts: tuple[str, ...]) -> None:
    assert asked_cohorts(find_cohorts(text), [exercice]) == cohorts


@pytest.mark.parametrize(
    ("quote", "heading", "cohort", "holds"),
    [
        ("Les territoires entrés en 2020 rendent un bilan.", "", "2020", True),
        ("Les territoires entrés en 2020 rendent un bilan.", "", "2022", False),
        ("En 2022, un nouveau département dépose une candidature.", "", "2022", True),
        ("En 2022, un nouveau département dépose une candidature.", "", "2021", False),
        ("Un bilan est joint.", "Départements déjà signataires en 2022", "2021", True),
        ("Un bilan est joint à l'avenant 2021.", "", "2021", False),
        ("Un bilan est joint à l'avenant 2021.", "", "2020", True),
        ("Les nouveaux contrats de 2021 durent deux ans.", "", "2020", False),
        ("Contrats et avenants se signent avant octobre 2021.", "", "2021", None),
        ("Le préfet signe le contrat.", "Signataires", "2020", None),
    ],
)
def test_a_quote_holds_for_its_own_cohort(
    quote: str, heading: str, cohort: str, holds: bool | None
) -> None:
    assert holds_for_cohort(quote, heading, (cohort,)) is holds


def test_without_a_cohort_every_quote_holds() -> None:
    assert holds_for_cohort("Les territoires entrés en 2020 rendent un bilan.", "", ()) is None


def test_the_year_of_an_entry_is_not_the_exercice(lexical_index: Index) -> None:
    text = "Nous avons signé en 2020 ; que joindre à l'avenant de cette année ?"
    frame = read_frame(Request(text, MAY_2023), named(text, lexical_index, MAY_2023))
    assert (frame.exercices, frame.cohort, frame.assumed) == ((2023,), "2020", ())


def test_an_entry_alone_gives_an_assumed_exercice(lexical_index: Index) -> None:
    text = "Entrant en 2022, jusqu'à quand candidater ?"
    frame = read_frame(Request(text, AS_OF), named(text, lexical_index))
    assert (frame.exercices, frame.cohort, frame.assumed) == ((2022,), "2022", ("exercices",))


def test_an_entry_says_no_exercice_of_what_comes_after(lexical_index: Index) -> None:
    assert named("Signataires de 2020, quelles pièces pour l'avenant ?", lexical_index).years == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le Cher est-il retenu ?", "18"),
        ("et la drôme ?", "26"),
        ("dpt de la Côte-d’Or", "21"),
        ("combien pour le 76 ?", "76"),
        ("dép. 2A, quel contrat ?", "2A"),
        ("971 : qui signe ?", "971"),
        ("département 18", "18"),
        ("le CD35 a signé ?", "35"),
        ("Vierzon (18)", "18"),
        ("dans les landes", "40"),
        ("La Réunion a touché combien ?", "974"),
        ("et la réunion ?", "974"),
        ("Qu'a obtenu la Manche ?", "50"),
        ("Qu'a reçu le Nord de l'État ?", "59"),
        ("Belfort, quel montant ?", "90"),
        ("à St-Martin", "978"),
        ("la Haute-Vienne", "87"),
        ("la Vienne, à ne pas confondre avec la Haute-Vienne", "86"),
        ("la Haute-Savoie, pas la Savoie", "74"),
    ],
)
def test_a_collectivite_is_named_by_its_code(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "est-ce trop cher pour nous ?",
        "la réunion du comité est quand ?",
        "la somme versée par l'État",
        "le nord du département",
        "à l'aube de la contractualisation",
        "un lot de mesures",
        "Cher collègue, combien ?",
        "la région Auvergne-Rhône-Alpes",
        "l'ARS Pays de la Loire",
        "avant le 30 avril",
        "le 18 ou le 28 février ?",
        "le 16 octobre",
        "appelez le 17",
        "le 304 et le 119",
        "le 75 % restant",
        "les 40 premiers",
        "articles 12 et 15",
        "974 enfants confiés",
        "les 30 premiers départements",
    ],
)
def test_an_ordinary_word_or_number_is_no_collectivite(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("la circulaire n° 2021/25", "circulaire-2021-25"),
        ("DGCS/SD2B/DGS/SP1/2021/25", "circulaire-2021-25"),
        ("la 2022/61 dit quoi ?", "instruction-2022-61"),
        ("l'instruction du 11 mars", "instruction-2022-61"),
        ("la loi Taquet", "loi-2022-140"),
        ("une instruction de 2024, la n° 73", "instruction-2024-73"),
        ("la circulaire signée en février 2020", "circulaire-2020-34"),
    ],
)
def test_a_number_a_date_or_a_name_designates_a_text(
    text: str, document: str, lexical_index: Index
) -> None:
    assert named(text, lexical_index).text == document


def test_a_relative_year_designates_the_circular_of_that_year(lexical_index: Index) -> None:
    text = dated("Que demande la circulaire de l'an dernier ?", date(2022, 3, 1))
    assert named(text, lexical_index).text == "circulaire-2021-25"


def test_an_article_is_a_reference(lexical_index: Index) -> None:
    assert named("que dit l'art. L. 221-2-4 ?", lexical_index).references == ("L221-2-4",)


def test_an_unknown_number_designates_nothing(lexical_index: Index) -> None:
    found = named("l'instruction n° DGCS/SD2B/2021/148", lexical_index)
    assert found.text is None and found.references == ("2021/148",)


def test_the_request_wins_over_the_question(lexical_index: Index) -> None:
    request = Request("Et le Cher en 2021 ?", AS_OF, (2022,), departement="26", cohort="2021")
    frame = read_frame(request, named(request.question, lexical_index))
    assert (frame.exercices, frame.departement, frame.cohort) == ((2022,), "26", "2021")


def test_a_new_entrant_enters_in_the_exercice_of_the_request(lexical_index: Index) -> None:
    found = read_named("nouvel entrant", AS_OF, lexical_index, (2021,))
    assert (found.cohort, found.years, found.assumed) == ("2021", (2021,), ("cohort",))


def test_a_question_that_names_nothing_has_an_empty_frame(lexical_index: Index) -> None:
    frame = read_frame(Request("Qui signe ?", AS_OF), named("Qui signe ?", lexical_index))
    assert (frame.exercices, frame.cohort, frame.departement, frame.text) == ((), None, None, None)
