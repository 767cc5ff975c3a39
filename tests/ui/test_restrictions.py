from datetime import date

import pytest

from assistant.answer import Turn
from corpus.errors import InvalidRequest
from tests.ui.fakes import CIRCULAR_ID, PRESS_ID, TODAY
from ui.restrictions import Restriction

ALL = Restriction((2022,), "29", "2021", ("presse",), date(2022, 1, 1), (CIRCULAR_ID,), (PRESS_ID,))


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("exercices=2022", "exercices", (2022,)),
        ("exercices=2021,2022", "exercices", (2021, 2022)),
        ("departement=2A", "departement", "2A"),
        ("cohort=2020", "cohort", "2020"),
        ("kinds=circulaire", "kinds", ("circulaire",)),
        ("as_of=2022-03-01", "as_of", date(2022, 3, 1)),
        ("include=presse/localtis 2021", "include", (PRESS_ID,)),
        ("exclude=a=b", "exclude", ("a=b",)),
    ],
)
def test_a_change_sets_its_field(change: str, field: str, value: object) -> None:
    assert getattr(Restriction().changed(change), field) == value


@pytest.mark.parametrize("name", ["exercices", "departement", "cohort", "kinds", "as_of"])
def test_a_field_goes_back_to_the_question(name: str) -> None:
    changed = ALL.changed(f"{name}=")
    assert getattr(changed, name) == getattr(Restriction(), name)
    assert changed.exclude == ALL.exclude


@pytest.mark.parametrize(
    "change",
    [
        "",
        "exercices",
        "exercices=demain",
        "exercices=99999",
        "departement=999",
        "kinds=roman",
        "as_of=hier",
        "question=x",
        "history=x",
        "exclude=",
        "exclude=" + "a" * 400,
        "\x00=\ud800",
    ],
)
def test_any_other_change_is_refused_in_french(change: str) -> None:
    with pytest.raises(InvalidRequest, match=r"\.\Z"):
        Restriction().changed(change)


def test_a_document_is_left_out_then_taken_back() -> None:
    without = Restriction().changed(f"exclude={PRESS_ID}").changed(f"exclude={CIRCULAR_ID}")
    assert without.exclude == (PRESS_ID, CIRCULAR_ID)
    assert without.changed(f"-exclude={PRESS_ID}").exclude == (CIRCULAR_ID,)


def test_a_document_is_never_both_wanted_and_unwanted() -> None:
    only = Restriction().changed("exclude=a").changed("include=a")
    assert (only.include, only.exclude) == (("a",), ())
    without = only.changed("exclude=a")
    assert (without.include, without.exclude) == ((), ("a",))


def test_everything_is_removed_at_once() -> None:
    assert ALL.changed("=") == Restriction()


def test_sources_and_day_outlast_the_question_its_frame_does_not() -> None:
    kept = ALL.lasting()
    assert kept == Restriction(
        kinds=ALL.kinds, as_of=ALL.as_of, include=ALL.include, exclude=ALL.exclude
    )


def test_a_request_holds_every_restriction() -> None:
    request = ALL.request("Quand ?", TODAY, (Turn("Avant ?"),), "written")
    assert (request.exercices, request.departement, request.cohort) == ((2022,), "29", "2021")
    assert (request.kinds, request.as_of) == (("presse",), date(2022, 1, 1))
    assert (request.include, request.exclude) == ((CIRCULAR_ID,), (PRESS_ID,))
    assert (request.history, request.mode) == ((Turn("Avant ?"),), "written")
    assert Restriction().request("Quand ?", TODAY, (), "extractive").as_of == TODAY


def test_the_question_is_put_about_the_exercice_chosen() -> None:
    chosen = Restriction(exercices=(2024,))
    assert chosen.phrased("Quels crédits en 2021 ?", (), TODAY) == "Quels crédits en 2024 ?"


@pytest.mark.parametrize("question", ["Quels crédits ?", "Et entre 2021 et 2022 ?", "En 2024 ?"])
def test_a_question_that_names_no_other_exercice_stays(question: str) -> None:
    assert Restriction(exercices=(2024,)).phrased(question, (), TODAY) == question
    assert Restriction().phrased(question, (), TODAY) == question
