"""What a trainer expects of a pack: essentials first, whole answer keys, gaps named."""

import re
from functools import partial
from itertools import pairwise

import pytest

from assistant.answering import Assistant
from assistant.checking import unproved
from assistant.teaching.choosing import subject_of
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Audience, Order, Pack, Proved, Role
from assistant.teaching.schedule import TITLES
from corpus.registry import Obligation, read_register
from ingest.index import Index
from tests.assistant.conftest import AS_OF

PACKS: dict[tuple[int, int], Pack] = {}


@pytest.fixture
def pack_of(assistant: Assistant, index: Index) -> partial[Pack]:
    return partial(made, assistant, index)


def made(assistant: Assistant, index: Index, exercice: int, minutes: int = 60) -> Pack:
    """A pack on the contracts of an exercice, made once."""
    if (exercice, minutes) not in PACKS:
        audience: Audience = "nouveaux agents"
        order = Order("contractualisation", AS_OF, exercice, audience, minutes)
        PACKS[exercice, minutes] = make_pack(assistant, index, order)
    return PACKS[exercice, minutes]


@pytest.mark.parametrize(
    ("exercice", "words"),
    [
        (2022, ["30 avril 2022", "trois pièces", "31 décembre 2023", "140 M€", "12 objectifs"]),
        (2025, ["15 juillet 2025", "120 M€"]),
        (2024, ["31 octobre 2024", "15 décembre 2024"]),
    ],
)
def test_key_points_hold_the_dates_the_pieces_and_the_money(
    pack_of: partial[Pack], exercice: int, words: list[str]
) -> None:
    said = " ".join(point.text for point in pack_of(exercice).points)
    assert [word for word in words if word not in said] == []


def test_newcomers_of_2022_learn_who_may_enter_how_many_had_and_which_law_it_rests_on(
    pack_of: partial[Pack],
) -> None:
    said = " ".join(point.text for point in pack_of(2022).points)
    assert all(w in said for w in ("tous les départements volontaires", "64 départements"))
    assert "loi n° 2022-140 du 7 février 2022" in said


def test_no_two_key_points_have_the_same_heading_and_all_are_sentences(
    pack_of: partial[Pack],
) -> None:
    points = pack_of(2022).points
    labels = [point.label for point in points if point.label]
    assert len(set(labels)) == len(labels)
    assert any(
        one.text.startswith("Prévu d'abord") and "Retenu ensuite" in one.text for one in points
    )


def test_the_quiz_of_an_exercice_asks_nothing_of_former_years_alone(
    pack_of: partial[Pack],
) -> None:
    for item in pack_of(2022).quiz:
        years = [int(year) for year in re.findall(r"\b20\d\d\b", item.prompt)]
        assert not years or max(years) >= 2022, item.prompt


@pytest.mark.parametrize(
    ("exercice", "ids"),
    [
        (2021, {"total-2021-155-ou-200", "budget-etat-2021-107-ou-67"}),
        (
            2022,
            {
                "contrats-2022-2024-fin",
                "instruction-2022-61-date-de-signature",
                "objectifs-obligatoires-2022",
            },
        ),
    ],
)
def test_disagreements_on_what_is_told_are_among_the_disputes(
    pack_of: partial[Pack], exercice: int, ids: set[str]
) -> None:
    told = {d.told.id.partition(":")[2] for d in pack_of(exercice).disputes}
    assert ids <= told


@pytest.mark.parametrize("exercice", [2021, 2022, 2024])
def test_an_answer_key_gives_all_the_pieces_that_a_duty_counts(
    pack_of: partial[Pack], exercice: int
) -> None:
    answers = {a.id for case in pack_of(exercice).cases for given in case.answers for a in given}
    rows = [row for row in read_register("obligations") if exercice in row.exercices]
    pieces = {f"obligations:{r.id}" for r in rows if r.condition and "trois pièces" in r.condition}
    dated = {f"obligations:{r.id}" for r in rows if r.id.startswith("contrat-2024-") and r.deadline}
    assert pieces | dated and pieces | dated <= answers


@pytest.mark.parametrize("exercice", [2021, 2022])
def test_who_does_what_tells_all_the_pieces_of_a_file_or_none(
    pack_of: partial[Pack], exercice: int
) -> None:
    rows = [row for row in read_register("obligations") if exercice in row.exercices]
    pieces = {f"obligations:{r.id}" for r in rows if r.condition and "trois pièces" in r.condition}
    shown = {role.told.id for role in pack_of(exercice, 30).roles}
    assert len(pieces) == 3 and pieces <= shown


def test_a_case_fits_its_audience_and_says_by_when(assistant: Assistant, index: Index) -> None:
    audiences: tuple[Audience, ...] = ("nouveaux agents", "élus", "associations")
    orders = [Order("contractualisation", AS_OF, 2021, one, 30) for one in audiences]
    agents, elected, others = (make_pack(assistant, index, order).cases[0] for order in orders)
    assert "votre cheffe de service" in agents.situation
    assert "commission" in elected.situation and "cheffe" not in elected.situation
    assert "vous" not in others.situation
    asked = next(at for at, one in enumerate(elected.questions) if one.endswith("et quand ?"))
    assert any("30 septembre 2021" in answer.text for answer in elected.answers[asked])


@pytest.mark.parametrize("exercice", [2021, 2022])
def test_answers_of_a_case_fit_the_wave_of_its_situation(
    pack_of: partial[Pack], exercice: int
) -> None:
    rows: dict[str, Obligation] = {f"obligations:{r.id}": r for r in read_register("obligations")}
    seen = 0
    for case in pack_of(exercice, 420).cases:
        for ask, given in zip(case.questions, case.answers, strict=True):
            enters = case.id == "case:premier-contrat" or "voisin entre" in ask
            if not enters and case.id != "case:dossier-a-boucler":
                continue
            for cohorts in (rows[one.id].cohorts for one in given if one.id in rows):
                seen += bool(cohorts)
                assert not cohorts or not enters or str(exercice) in cohorts
                assert not cohorts or enters or min(cohorts) < str(exercice)
    assert seen


def test_the_one_case_of_a_short_session_is_told_of_the_new_entrant_too(
    pack_of: partial[Pack],
) -> None:
    (case,) = pack_of(2022).cases
    assert "entre cette année" in case.questions[-1]
    assert [one.id for one in case.answers[-1]] == ["obligations:candidature-2022"]


def test_no_département_already_engaged_is_told_of_the_first_exercice(
    pack_of: partial[Pack],
) -> None:
    assert "case:dossier-a-boucler" not in {case.id for case in pack_of(2020, 420).cases}


@pytest.mark.parametrize("exercice", [2022, 2025])
def test_money_of_another_policy_is_no_key_point_of_the_contracts(
    pack_of: partial[Pack], exercice: int
) -> None:
    assert not [p.text for p in pack_of(exercice, 420).points if "jeunes majeurs est" in p.text]


def test_what_is_left_out_is_named_not_counted(pack_of: partial[Pack]) -> None:
    missing = " ".join(pack_of(2022).missing)
    assert "Quel est l'échéancier de versement des crédits de 2022 ?" in missing
    assert "70 en 2021 ou 64 début 2022" in missing


def test_acronyms_of_the_pack_are_in_its_glossary(pack_of: partial[Pack]) -> None:
    terms = " ".join(word.term for word in pack_of(2022).words)
    assert "(FIR)" in terms and "(Ondam)" in terms and "(LFR)" not in terms


@pytest.mark.parametrize("exercice", [2021, 2022])
def test_an_objective_of_2020_is_told_as_such(pack_of: partial[Pack], exercice: int) -> None:
    pack = pack_of(exercice, 420)
    told = [p.text for p in pack.points if p.text.startswith("Objectif f")]
    assert told and all("de 2020 :" in text for text in told)
    held = {citation.n: citation for citation in pack.citations}
    asked = [i for i in pack.quiz if "fondament" in i.prompt and "de 2020" not in i.prompt]
    assert all(unproved("2020", [held[n] for n in item.key.citations]) for item in asked)


@pytest.mark.parametrize("minutes", [30, 60, 240])
def test_comparing_is_an_objective_when_the_run_sheet_has_time_for_it(
    pack_of: partial[Pack], minutes: int
) -> None:
    pack = pack_of(2022, minutes)
    slot = any(step.title == TITLES["comparison"] for step in pack.steps)
    assert slot == any(text.startswith("Comparer") for text in pack.objectives)


@pytest.mark.parametrize(
    ("who", "modality", "verb"),
    [
        ("Préfet et ARS", "must", "doivent"),
        ("Signataires du contrat", "may", "peuvent"),
        ("ARS", "must", "doit"),
        ("Département", "may", "peut"),
    ],
)
def test_the_verb_agrees_with_the_actor(who: str, modality: str, verb: str) -> None:
    assert Role(who, modality, Proved("r", "…", (1,))).verb == verb  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le dossier est remis au plus tard le 15 juillet 2025.", "date"),
        ("Selon une note du 17 novembre 2025, la démarche continue.", "frame"),
        ("Le fonds apporte 15 M€.", "money"),
        ("Le contrat doit comporter au moins 12 objectifs.", "rule"),
    ],
)
def test_a_claim_is_sorted_by_what_it_says(text: str, subject: str) -> None:
    assert subject_of(text) == subject


def test_the_time_limit_of_a_theme_comes_before_what_describes_it(
    assistant: Assistant, index: Index
) -> None:
    order = Order("information-preoccupante", AS_OF, audience="nouveaux agents")
    points = make_pack(assistant, index, order).points
    assert any("3 mois" in p.text and "évaluation" in p.text for p in points)
    assert sum("sans délai" in p.text for p in points) >= 1
    assert sum("2018" in p.text for p in points) == 0
    assert sum("119" in p.label for p in points if p.id not in {q.id for q in points[:3]}) <= 3


def test_a_question_is_answered_once_and_its_case_applies_the_answer(
    assistant: Assistant, index: Index
) -> None:
    asked = "Quel est le délai d'évaluation d'une information préoccupante ?"
    pack = make_pack(assistant, index, Order("", AS_OF, question=asked))
    same = [p for p in pack.points if "objectif fondamental 6 vise" in p.text]
    assert "3 mois" in pack.points[0].text and not same
    (case,) = pack.cases
    assert asked not in case.questions
    assert any("3 mois" in one.text for given in case.answers for one in given)


def test_a_day_tells_its_points_by_subject_between_activities_and_has_cases(
    assistant: Assistant, index: Index
) -> None:
    pack = make_pack(assistant, index, Order("contractualisation", AS_OF, minutes=420))
    told = [n for n, step in enumerate(pack.steps) if step.title.startswith("Points clés : ")]
    assert len(told) >= 3 and [b - a for a, b in pairwise(told)].count(1) < 2
    spread = [name for n in told for name in pack.steps[n].items]
    assert spread == [point.id for point in pack.points]
    assert len(pack.cases) >= 4 and not any("2027" in case.situation for case in pack.cases)
    words = next(step for step in pack.steps if step.title == TITLES["words"])
    assert words.minutes <= 15
