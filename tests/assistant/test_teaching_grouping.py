"""Key points by what they are about, each under a heading of its own."""

import pytest

from assistant.teaching.grouping import Group, group_of, headed_apart, in_order, parts_of
from assistant.teaching.pack import Proved

FRAME = Proved("d#F1", "La circulaire a pour objet la prévention.", (1,), "Objet")
LATE = Proved("d#F2", "Le contrat est signé au plus tard le 30 juin 2022.", (2,), "Signature")
EARLY = Proved("calendar:x", "Candidature : le 30 avril 2022.", (3,), "Candidature")
RULE = Proved("d#F4", "Le département doit produire un bilan.", (4,), "Pièces")
MONEY = Proved("funding:x", "Programme 304 : 20 millions d'euros.", (5,), "Programme 304")


@pytest.mark.parametrize(
    ("point", "group"),
    [(FRAME, "frame"), (LATE, "dates"), (EARLY, "dates"), (RULE, "rules"), (MONEY, "money")],
)
def test_a_point_says_what_it_is_about(point: Proved, group: Group) -> None:
    assert group_of(point) == group


def test_points_follow_each_other_by_group_and_dates_in_order_of_time() -> None:
    subjects = {"d#F1": "frame", "d#F2": "date", "calendar:x": "date", "d#F4": "rule"}
    given = [MONEY, RULE, LATE, EARLY, FRAME]
    told = in_order(given, {**subjects, "funding:x": "money"}, (), by_year=False)  # type: ignore[arg-type]
    assert told == (FRAME, EARLY, LATE, RULE, MONEY)
    assert {group: len(part) for group, part in parts_of(told).items()} == {
        "frame": 1, "dates": 2, "rules": 1, "money": 1,
    }  # fmt: skip


def test_a_point_told_under_a_taken_heading_takes_that_of_its_row() -> None:
    twice = Proved("d#F4~2", "Il faut un tableau.", (4,), "Pièces")
    third = Proved("d#F9", "Il faut un plan.", (4,), "Pièces")
    named = Proved("d#F8", "Il faut un budget.", (4,), "Circulaire du 1er avril")
    titles = {"d#F4": "Produire un tableau", "d#F8": "Produire un budget"}
    told = headed_apart(
        [RULE, twice, third, named], titles, {"Circulaire du 1er avril"}, lambda _text, _told: True
    )
    assert [one.label for one in told] == [
        "Pièces", "Produire un tableau", "Pièces (suite)", "Produire un budget",
    ]  # fmt: skip
