import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Frame
from tests.ui.fakes import CIRCULAR_ID, HOSTILE_TEXT, PRESS_ID, TODAY, answered, documents
from ui import chat_texts
from ui.chips import Choices, choices_of, render_scope, restrictions_of
from ui.markup import escape
from ui.restrictions import Restriction

CHOICES = Choices((2020, 2021), ("2020",), ("circulaire", "presse"))


def scope(frame: Frame, restriction: Restriction | None = None) -> str:
    answer = replace(answered(), frame=frame)
    return render_scope(answer, restriction or Restriction(), CHOICES, lambda name: f"T {name}")


def changes(shown: str) -> list[str]:
    return re.findall(r'<button class="relancer[^"]*" type="button" value="([^"]*)"', shown)


def test_the_corpus_says_what_can_be_chosen() -> None:
    assert choices_of(documents()) == Choices((2021,), ("2020", "2021"), ("circulaire", "presse"))


def test_what_was_guessed_is_said_so() -> None:
    shown = scope(Frame((2021,), assumed=("exercices",)))
    assert '<span class="valeur">2021</span> <span class="suppose">supposé</span>' in shown
    assert "supposé" not in scope(Frame((2021,)))


def test_every_value_of_the_corpus_is_offered() -> None:
    offered = changes(scope(Frame()))
    for change in ("exercices=2020", "cohort=2020", "kinds=presse", "departement=", "as_of="):
        assert change in offered
    assert '<option value="2A">Corse-du-Sud (2A)</option>' in scope(Frame())


def test_each_change_offered_is_one_that_restrictions_take() -> None:
    for change in changes(scope(Frame((2021,), "2020", "29"))):
        Restriction().changed(change)


def test_the_present_value_is_said_to_be_chosen() -> None:
    shown = scope(Frame((2021,), departement="29"))
    assert f'2021<span class="hors-ecran"> ({chat_texts.CHOSEN})</span>' in shown
    assert '<option value="29" selected="">Finistère (29)</option>' in shown


def test_the_text_understood_leads_to_its_page() -> None:
    shown = scope(Frame(text=CIRCULAR_ID))
    assert f'href="/documents/{CIRCULAR_ID}"' in shown
    assert f"T {CIRCULAR_ID}" in shown


@pytest.mark.parametrize(
    ("restriction", "words", "change"),
    [
        (Restriction((2022,)), "Exercice\u00a0: 2022", "exercices="),
        (Restriction(departement="29"), "Collectivité\u00a0: Finistère (29)", "departement="),
        (Restriction(as_of=date(2022, 3, 1)), "1er\u00a0mars 2022", "as_of="),
        (
            Restriction(include=(PRESS_ID,)),
            f"seulement «\u00a0T {PRESS_ID}",
            f"-include={PRESS_ID}",
        ),
        (Restriction(exclude=(PRESS_ID,)), f"sans «\u00a0T {PRESS_ID}", f"-exclude={PRESS_ID}"),
    ],
)
def test_a_restriction_is_seen_and_removable(
    restriction: Restriction, words: str, change: str
) -> None:
    ((said, removal),) = restrictions_of(restriction, lambda name: f"T {name}")
    assert words in said
    assert removal == change
    assert restriction.changed(removal) == Restriction()
    shown = scope(Frame(), restriction)
    assert chat_texts.RESTRICTIONS_TITLE in shown
    assert escape(said) in shown


def test_a_restriction_is_written_once_beside_its_button() -> None:
    shown = scope(Frame(), Restriction((2021,))).partition(chat_texts.RESTRICTIONS_TITLE)[2]
    text = re.sub(r"<[^>]+>", "", shown)
    assert text.count("Exercice\u00a0: 2021") == 1
    assert f'aria-label="{chat_texts.REMOVE} Exercice\u00a0: 2021"' in shown


def test_several_restrictions_go_at_once() -> None:
    assert changes(scope(Frame(), Restriction(cohort="2020", exclude=("a",))))[-1] == "="
    assert "=" not in changes(scope(Frame(), Restriction(cohort="2020")))
    assert "restrictions" not in scope(Frame())


def test_hostile_titles_stay_text() -> None:
    answer = replace(answered(), frame=Frame(text="x"), as_of=TODAY)
    shown = render_scope(answer, Restriction(exclude=("x",)), CHOICES, lambda _: HOSTILE_TEXT)
    assert "<script" not in shown
    assert "<img" not in shown
