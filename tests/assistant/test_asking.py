"""What a question asks for, and the terms it speaks of."""

import pytest

from assistant.asking import is_question, read_question
from assistant.privacy import MASK


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Quand la circulaire est-elle parue ?", "date"),
        ("Avant quelle date signer ?", "deadline"),
        ("contrat 2020 signature au plus tard quand svp", "deadline"),
        ("Combien le FIR a-t-il versé ?", "amount"),
        ("fir 2021 combien", "amount"),
        ("Combien de départements ont signé ?", "count"),
        ("le Cher a mis combien d'actions dans son contrat", "count"),
        ("combien de l'État en 2020 ?", "amount"),
        ("elle est signée du combien de février ?", "date"),
        ("Quelle part des crédits revient à l'État ?", "percent"),
        ("Qui signe le contrat ?", "who"),
        ("Quel est le NOR de la circulaire ?", "reference"),
        ("Quelles pièces fournir ?", "list"),
        ("Le Cher a-t-il été retenu ?", "yes_no"),
        ("Il peut signer quand même ?", "other"),
        ("Parlez-moi de la gouvernance", "other"),
    ],
)
def test_a_question_tells_what_it_asks_for(text: str, asked: str) -> None:
    assert asked in read_question(text).asked


def test_case_and_accents_do_not_change_what_is_asked() -> None:
    first, second = read_question("ÉCHÉANCE DE SIGNATURE ?"), read_question("echeance de signature")
    assert (first.asked, first.terms) == (second.asked, second.terms)


def test_a_deadline_is_asked_for_rather_than_any_date() -> None:
    assert "date" not in read_question("À quelle date limite faut-il signer ?").asked


def test_an_amount_is_not_also_a_count() -> None:
    assert "count" not in read_question("Combien d'argent l'État a-t-il versé ?").asked


def test_two_questions_in_one_ask_for_both() -> None:
    asked = read_question("Avant quelle date, et pour quel montant ?").asked
    assert {"deadline", "amount"} <= asked


def test_words_of_the_question_itself_are_not_its_subject() -> None:
    terms = read_question("Bonjour, pourriez-vous me dire quand signer le contrat ? merci").terms
    assert "merc" not in terms and "bonjour" not in terms and "contrat" in terms


def test_help_offered_and_a_judge_seized_are_subjects() -> None:
    assert {"aid", "sais"} <= set(read_question("la mère refuse l'aide : on saisit qui ?").terms)
    asked = read_question("aidez-moi, je ne sais pas qui signe, merci pour votre aide").terms
    assert not {"aid", "sais"} & set(asked)


def test_half_a_year_of_age_is_no_subject() -> None:
    assert "dem" not in read_question("un jeune de 17 ans et demi").terms


def test_terms_come_once_in_order() -> None:
    terms = read_question("contrat bilan contrat bilan").terms
    assert terms.index("contrat") < terms.index("bilan") and len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    "text", ["Quelles sont les pièces ?", "Citez les engagements", "liste des annexes"]
)
def test_a_plural_question_wants_a_list(text: str) -> None:
    assert read_question(text).wants_list


def test_a_stated_count_is_kept() -> None:
    question = read_question("Quelles sont les trois sources de 2021 ?")
    assert 3 in question.counts and 2021 not in question.counts


@pytest.mark.parametrize(
    "text", ["bonjour", "merci beaucoup", "?", "…", "12 34", "[1]", "au revoir !"]
)
def test_small_talk_is_not_a_question(text: str) -> None:
    assert not is_question(read_question(text))


@pytest.mark.parametrize(
    "text", ["contrat", "bonjour, quand signer ?", "FIR", "merci de préciser le montant"]
)
def test_a_subject_is_enough_for_a_question(text: str) -> None:
    assert is_question(read_question(text))


@pytest.mark.parametrize(
    "text",
    ["Quelle date porte l'instruction ?", "La circulaire porte quelle date ?",
     "Le décret est daté de quel jour ?", "De quand date la loi ?"],
)  # fmt: skip
def test_the_date_of_a_text_is_that_of_its_signature(text: str) -> None:
    asked = read_question(text).terms
    assert "=signature" in asked and "port" not in asked


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ou a t il présenté sa stratégie", True),
        ("département sorti du contrat : lequel ?", True),
        ("le préfet ou l'ARS signe", False),
    ],
)
def test_a_question_of_place_is_told_without_its_accent(text: str, places: bool) -> None:
    assert read_question(text).asks_places is places


def test_what_was_masked_is_no_subject() -> None:
    plain = read_question("Écrivez-moi. Quand signer le contrat ?").terms
    assert read_question(f"Écrivez-moi à {MASK}. Quand signer le contrat ?").terms == plain


@pytest.mark.parametrize(
    ("text", "counted"),
    [("Combien d'enfants suivis ?", {"enfant"}), ("nb de places svp", {"plac"}),
     ("combien de l'État ?", set()), ("Quand signer ?", set())],
)  # fmt: skip
def test_what_is_counted_is_read(text: str, counted: set[str]) -> None:
    assert {t for t in read_question(text).counted if t.isalpha()} == counted


def test_where_the_policy_holds_is_no_subject() -> None:
    everywhere = read_question("Combien d'enfants sont protégés en France ?").terms
    assert everywhere == read_question("Combien d'enfants sont protégés ?").terms
