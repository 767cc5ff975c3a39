"""A duty of those who look after children is told from what an adult makes a child do."""

from pathlib import Path

import pytest
import yaml

from assistant.danger import smells_of_danger
from assistant.obliging import is_coerced, without_duties
from assistant.privacy import masked
from corpus.lexicon import fold

HEARD, FALSE_ALARMS = 0.9, 0.03


def share(name: str) -> float:
    text = (Path(__file__).parent / "obliging_cases.yaml").read_text(encoding="utf-8")
    sets: dict[str, str] = yaml.safe_load(text)
    told = [smells_of_danger(masked(line)) for line in sets[name].splitlines()]
    return sum(told) / len(told)


def test_duties_and_hearings_seldom_alarm() -> None:
    assert share("alike") <= FALSE_ALARMS


def test_most_wordings_of_a_coerced_child_are_heard() -> None:
    assert share("danger") >= HEARD


@pytest.mark.parametrize(
    "question",
    ["les jeunes majeurs sous OQTF on est obligés de les prendre en charge ?",
     "on nous oblige à payer les jeunes majeurs ?",
     "le département est obligé de garder un jeune jusqu'à la fin de l'année scolaire ?",
     "le juge oblige le département à loger un mineur",
     "on peut obliger une mère à confier son bébé ?",
     "Le juge des enfants entend-il l'enfant tout seul ?"],
)  # fmt: skip
def test_a_duty_or_a_hearing_is_no_danger(question: str) -> None:
    assert not smells_of_danger(question)


@pytest.mark.parametrize(
    "text",
    ["il l'oblige à dormir par terre, c'est une gamine",
     "on est obligés de manger dehors, papa ferme à clé",
     "on est obligés de garder les petits toute la nuit, j'ai 9 ans",
     "un grand du foyer me force à faire des trucs",
     "au collège une gamine est obligée de donner son argent",
     "sa tante l'oblige a avaler du savon",
     "on est obligés de rendre la petite à son père, il la frappe"],
)  # fmt: skip
def test_a_child_made_to_do_something_is_heard(text: str) -> None:
    assert smells_of_danger(text)


def test_only_the_obligation_is_set_aside() -> None:
    told = without_duties("on est obliges de garder un jeune que son pere bat")
    assert "oblig" not in told and told.endswith("que son pere bat")


def test_care_that_someone_is_made_to_give_is_no_coercion() -> None:
    assert not is_coerced(fold("elle les oblige à accueillir un enfant"))
    assert is_coerced(fold("elle oblige ses filles à dormir sur le palier"))
