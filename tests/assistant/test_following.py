"""Follow-ups keep the subject of the turns before, amended, and nothing more."""

from datetime import date

import pytest

from assistant.answer import Turn
from assistant.following import Resolved, each_again, each_resolved, resolved, with_subject
from assistant.parting import parts_of
from tests.assistant.conftest import AS_OF

MAY_2022 = date(2022, 5, 4)
DEADLINE = "Quelle est la date limite de signature en 2021 ?"
AMOUNT = "Combien l'État a versé à la Creuse en 2020 ?"
ROLE = "Dans la circulaire du 20 février 2020, que fait le préfet ?"


def after(*questions: str, as_of: date = MAY_2022) -> Resolved:
    """The last question as it stands after the others."""
    *former, last = questions
    return resolved(last, tuple(Turn(question) for question in former), as_of)


def test_a_first_question_stands_by_itself() -> None:
    assert with_subject("Et en 2022 ?", ()) == "Et en 2022 ?"


@pytest.mark.parametrize(
    ("former", "question", "alone"),
    [
        (DEADLINE, "Et en 2022 ?", "Quelle est la date limite de signature en 2022 ?"),
        (DEADLINE, "2022 ?", "Quelle est la date limite de signature en 2022 ?"),
        (DEADLINE, "et cette année ?", "Quelle est la date limite de signature en 2022 ?"),
        (DEADLINE, "et l'année d'avant ?", "Quelle est la date limite de signature en 2020 ?"),
        (DEADLINE, "sinon en 2022 ?", "Quelle est la date limite de signature en 2022 ?"),
        (DEADLINE, "ok, et en 2020 ?", "Quelle est la date limite de signature en 2020 ?"),
        (
            DEADLINE,
            "et pour le Cher ?",
            "Quelle est la date limite de signature en 2021, pour le Cher ?",
        ),
        (AMOUNT, "et la Drôme ?", "Combien l'État a versé à la Drôme en 2020 ?"),
        (AMOUNT, "dans le Gard ?", "Combien l'État a versé au Gard en 2020 ?"),
        (AMOUNT, "et l'ARS ?", "Combien l'ARS a versé à la Creuse en 2020 ?"),
        (AMOUNT, "et l'Eure en 2021 ?", "Combien l'État a versé à l'Eure en 2021 ?"),
        (ROLE, "et l'ARS ?", "Dans la circulaire du 20 février 2020, que fait l'ARS ?"),
        (ROLE, "et en 2021 ?", "Dans la circulaire de 2021, que fait le préfet ?"),
        (
            "Qu'impose l'instruction de 2022 ?",
            "et celle de 2023 ?",
            "Qu'impose l'instruction de 2023 ?",
        ),
        (
            "Que dit la loi Taquet sur les hôtels ?",
            "et celle de 2016 ?",
            "Que dit la loi de 2016 sur les hôtels ?",
        ),
        (
            "Qui compose la première vague ?",
            "et la deuxième ?",
            "Qui compose la deuxième vague ?",
        ),
        (
            "Pour un tuteur, qui donne son accord ?",
            "et pour un parrain ?",
            "pour un parrain, qui donne son accord ?",
        ),
        (
            "Un mineur reste combien de temps à l'hôtel ?",
            "pourquoi ?",
            "Un mineur reste à l'hôtel. pourquoi ?",
        ),
        (DEADLINE, "qui paie ?", "signature en 2021. qui paie ?"),
        (DEADLINE, "combien ?", "signature en 2021. combien ?"),
        (DEADLINE, "c'est obligatoire ?", f"{DEADLINE} c'est obligatoire ?"),
        (DEADLINE, "ils doivent signer ?", f"{DEADLINE} ils doivent signer ?"),
        (DEADLINE, "et pour les autres ?", f"{DEADLINE} et pour les autres ?"),
        (DEADLINE, "cite le texte", DEADLINE),
        (
            DEADLINE,
            "et pour l'exercice 2019 ?",
            "Quelle est la date limite de signature en 2019 ?",
        ),
        ("Qui signe ?", "et pour l'exercice 2019 ?", "Qui signe, pour l'exercice 2019 ?"),
        (DEADLINE, "et nous ?", DEADLINE),
        (DEADLINE, "et pour notre département ?", DEADLINE),
        (DEADLINE, "et les nouveaux ?", f"{DEADLINE[:-2]}, pour les nouveaux ?"),
        (
            "Que rendent les nouveaux départements en 2022 ?",
            "et les autres ?",
            "Que rendent en 2022, pour ceux déjà signataires ?",
        ),
        (
            "Que rend un département déjà signataire en 2022 ?",
            "et pour les autres ?",
            "Que rend un département en 2022, pour les nouveaux ?",
        ),
    ],
)
def test_a_follow_up_is_asked_of_the_former_subject(former: str, question: str, alone: str) -> None:
    found = after(former, question)
    assert (found.text, found.kept) == (alone, True)


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le montant du FIR en 2022 ?",
        "C'est quoi le FIR ?",
        "Que dit la loi Taquet ?",
        "Combien d'enfants sont confiés à l'ASE ?",
        "Le Cher a-t-il contractualisé ?",
        "Étape suivante ?",
        "Et quelles pièces faut-il joindre au bilan annuel du contrat signé avec le préfet ?",
        "FIR 2022 ?",
        "merci",
    ],
)
def test_a_whole_question_or_a_courtesy_is_left_alone(question: str) -> None:
    found = after(DEADLINE, question)
    assert (found.text, found.kept) == (question, False)


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Autre chose : qui pilote ?", "qui pilote ?"),
        ("sinon, un assistant familial touche combien ?", "un assistant familial touche combien ?"),
        ("Rien à voir, mais que dit le code ?", "mais que dit le code ?"),
        ("Changeons de sujet. Qui finance le 119 ?", "Qui finance le 119 ?"),
    ],
)
def test_a_change_of_subject_drops_the_former(question: str, alone: str) -> None:
    found = after(DEADLINE, question)
    assert (found.text, found.kept, found.exercices) == (alone, False, ())


@pytest.mark.parametrize(
    "question",
    ["cite le texte", "quelle source ?", "donne-moi l'extrait", "et la référence ?",
     "où est-ce écrit ?", "quel article le dit ?", "tu peux me citer le passage ?",
     "d'où ça sort ?", "c'est écrit où ?", "où as-tu lu ça ?", "dans quel document ?"],
)  # fmt: skip
def test_the_words_of_the_text_are_asked_for(question: str) -> None:
    found = after(AMOUNT, question)
    assert (found.cites, found.text) == (True, AMOUNT)


@pytest.mark.parametrize(
    "question",
    ["Pourquoi ?", "et pourquoi ?", "pour quelle raison ?", "dans quel but ?", "pourquoi ça ?"],
)
def test_a_reason_is_asked_for(question: str) -> None:
    found = after(DEADLINE, question)
    assert (found.why, found.former) == (True, DEADLINE)


def test_a_reason_asked_of_nothing_is_no_follow_up() -> None:
    assert not after("pourquoi ?").why


@pytest.mark.parametrize(
    "question",
    ["cite les trois pièces", "pourquoi le FIR a-t-il baissé ?", "d'où vient l'argent ?"],
)
def test_a_question_with_its_own_subject_raises_no_flag(question: str) -> None:
    found = after(AMOUNT, question)
    assert not found.cites and not found.why


def test_the_frame_follows_the_amended_subject() -> None:
    found = after(AMOUNT, "et la Drôme ?", "et en 2021 et 2022 ?")
    assert (found.exercices, found.departement) == ((2021, 2022), "26")


def test_a_new_standing_replaces_the_former() -> None:
    found = after("En 2022, un département déjà signataire rend quoi ?", "et pour les nouveaux ?")
    assert found.text == "En 2022, un département rend quoi, pour les nouveaux ?"


def test_a_courtesy_between_two_turns_changes_nothing() -> None:
    assert after(AMOUNT, "merci !", "et en 2021 ?").text == AMOUNT.replace("2020", "2021")


def test_a_greeting_is_no_subject() -> None:
    assert not after("bonjour", "Et en 2021 ?").kept


def test_the_reason_is_that_of_the_last_turn() -> None:
    assert after(AMOUNT, "qui paie ?", "pourquoi ?").text.endswith("paie. pourquoi ?")


def test_ten_turns_keep_one_subject() -> None:
    turns = ("et la Drôme ?", "et en 2021 ?", "qui paie ?", "merci", "pourquoi ?", "et l'ARS ?",
             "c'est obligatoire ?", "et en 2022 ?", "combien ?")  # fmt: skip
    found = after(AMOUNT, *turns, "cite le texte")
    assert found.cites and (found.exercices, found.departement) == ((2022,), "26")
    assert found.text == "l'ARS a versé à la Drôme en 2022. combien ?"


def test_a_long_conversation_does_not_pile_up() -> None:
    found = after(AMOUNT, *("qui paie ?", "et en 2021 ?", "c'est obligatoire ?") * 3)
    assert found.text == f"{AMOUNT.replace('2020', '2021')} c'est obligatoire ?"


def test_a_new_subject_is_followed_in_its_turn() -> None:
    found = after(AMOUNT, "Qui préside le comité départemental en 2023 ?", "et en 2024 ?")
    assert found.text == "Qui préside le comité départemental en 2024 ?"


def test_the_place_of_a_request_is_kept_with_the_subject() -> None:
    history = (Turn("Combien l'État a versé en 2020 ?", departement="18"),)
    assert resolved("et en 2021 ?", history, AS_OF).departement == "18"
    assert resolved("Que dit la loi Taquet ?", history, AS_OF).departement is None


def test_the_text_of_the_last_answer_is_kept_until_another_is_named() -> None:
    history = (Turn(ROLE, text="circulaire-2020-34"),)
    assert resolved("et l'ARS ?", history, AS_OF).text_id == "circulaire-2020-34"
    assert resolved("et en 2021 ?", history, AS_OF).text_id is None


def test_without_a_day_relative_years_stay_as_typed() -> None:
    assert with_subject("Combien l'an dernier ?", ()) == "Combien l'an dernier ?"
    assert with_subject("Combien l'an dernier ?", (), MAY_2022) == "Combien en 2021 ?"
    assert resolved("et l'an dernier ?", (Turn(DEADLINE),)).exercices == (2021,)


def test_the_words_asked_for_are_those_of_the_last_answer() -> None:
    history = tuple(Turn(q) for q in (AMOUNT, "pourquoi ?", "merci", "cite le texte"))
    assert resolved("d'où ça sort ?", history, AS_OF).again == history[:2]


def test_only_a_change_of_exercice_asks_the_former_question_again() -> None:
    assert after(DEADLINE, "et en 2022 ?").former == DEADLINE
    for other in ("et en 2021 ?", "et pour le Cher en 2022 ?", "et en 2022, qui paie ?"):
        assert after(DEADLINE, other).former == ""


def test_a_change_of_place_asks_the_former_question_again() -> None:
    assert after("Combien pour le Cher en 2022 ?", "et la Somme ?").former.startswith("Combien")


def test_what_a_question_takes_along_is_told_from_its_own_words() -> None:
    parts = ("Quel délai pour le bilan", "qui le signe ?")
    first, second = each_resolved(parts, (), MAY_2022)
    assert not first.own and second.own == "qui le signe ?"
    assert second.text == "le bilan. qui le signe ?"
    assert not after(DEADLINE, "et en 2022 ?").own


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("combien pour le Doubs en 2021, et d'où ça vient ?",
         "Quelles sources de financement pour le Doubs en 2021 ?"),
        ("80 M€ pour le Doubs en 2021 et d'où vient l'argent ?",
         "Quelles sources de financement pour le Doubs en 2021 ?"),
        ("Quand le bilan est-il remis et d'où ça vient ?",
         "Quand le bilan est-il remis. d'où ça vient ?"),
    ],
)  # fmt: skip
def test_where_money_comes_from_asks_what_finances_it(question: str, last: str) -> None:
    assert each_resolved(parts_of(question), (), MAY_2022)[-1].text == last


def test_questions_that_go_on_together_each_keep_the_subject() -> None:
    history = (Turn(DEADLINE),)
    parts = parts_of("Et qui signe ? Et combien ?", follows=True)
    found = [one.text for one in each_resolved(parts, history, MAY_2022)]
    assert found == ["signature en 2021. Et qui signe ?", "signature en 2021. Et combien ?"]


def test_a_part_that_leans_continues_the_one_before_it() -> None:
    parts = ("Qui préside le comité en 2023 ?", "Et en 2024 ?", "Quel est le montant du FIR ?")
    found = [one.text for one in each_resolved(parts, (), MAY_2022)]
    assert found[1] == "Qui préside le comité en 2024 ?" and "le comité en 2023" in found[2]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("deadline projet de contrat 2025 et nb objectifs",
         ["deadline projet de contrat 2025", "nb objectifs, en 2025, contrat"]),
        ("L'isere est dans quelle vague, et cb d'objectifs",
         ["L'isere est dans quelle vague", "cb d'objectifs, Isère"]),
        ("nb de postes à financer et date de signature du contrat du Doubs en 2021",
         ["nb de postes à financer, en 2021, Doubs, contrat",
          "date de signature du contrat du Doubs en 2021"]),
        ("date limite pour les nouveaux entrants 2022 de candidater et nb objectifs",
         ["date limite pour les nouveaux entrants 2022 de candidater",
          "nb objectifs, nouveaux entrants 2022"]),
        ("montant du FIR en 2021 et date limite de signature en 2020",
         ["montant du FIR en 2021", "date limite de signature en 2020"]),
    ],
)  # fmt: skip
def test_each_part_of_a_sentence_keeps_what_the_sentence_names(
    question: str, texts: list[str]
) -> None:
    assert [one.text for one in each_resolved(parts_of(question), (), MAY_2022)] == texts


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("on a signé en 2021, quoi pour l'avenant 2022",
         "départements entrés en 2021, quoi pour l'avenant 2022"),
        ("Nous avons rejoint la démarche en 2020. Que joindre cette année ?",
         "départements entrés en 2020. Que joindre en 2022 ?"),
        ("on a signé en 2021, quel délai ?", "on a signé en 2021, quel délai ?"),
        ("qui a signé en 2021, et en 2022 ?", "qui a signé en 2021, et en 2022 ?"),
        ("on a signé en 2020 combien de contrats, et en 2021 ?",
         "on a signé en 2020 combien de contrats, et en 2021 ?"),
    ],
)  # fmt: skip
def test_an_entry_told_before_another_exercice_is_told_as_the_texts_do(
    question: str, text: str
) -> None:
    assert with_subject(question, (), MAY_2022) == text


@pytest.mark.parametrize(
    ("parts", "second"),
    [
        (
            ("combien de candidats en 2020", "combien ont été retenus ?"),
            "combien de candidats en 2020. combien ont été retenus ?",
        ),
        (
            ("combien de pages a le rapport", "quel vote des députés de la commission ?"),
            "pages a le rapport. quel vote des députés de la commission ?",
        ),
    ],
)
def test_a_part_is_told_the_question_before_it_only_when_they_ask_alike(
    parts: tuple[str, str], second: str
) -> None:
    assert each_resolved(parts, (), MAY_2022)[1].text == second


@pytest.mark.parametrize(
    ("former", "question", "alone"),
    [
        ("Combien de mesures en 2022 ?", "deux ans plus tard ?", "Combien de mesures en 2024 ?"),
        (DEADLINE, "un an avant ?", "Quelle est la date limite de signature en 2020 ?"),
        (AMOUNT, "et l'année d'après, la part du FIR ?", AMOUNT.replace("2020", "2021")),
        ("Combien de contrats en 2020 ?", "et maintenant ?", "Combien de contrats, maintenant ?"),
        (
            "Ils étaient combien au début ?",
            "et aujourd'hui ?",
            "Ils étaient combien aujourd'hui ?",
        ),
        (
            "Les trente premiers départements signent avant quand ?",
            "et pour les quarante suivants, c'était quelle date ?",
            "les quarante suivants signent avant quand, en 2021 ?",
        ),
        (AMOUNT, "et la Drôme, c'est combien ?", AMOUNT.replace("Creuse", "Drôme")),
        (DEADLINE, "et le Cher, c'est quand ?", f"{DEADLINE[:-2]}, le Cher ?"),
    ],
)  # fmt: skip
def test_a_moment_or_a_wave_takes_the_place_of_the_former(
    former: str, question: str, alone: str
) -> None:
    assert after(former, question).text.startswith(alone)


def test_years_before_what_a_rule_counts_from_are_no_date() -> None:
    assert not after(DEADLINE, "deux ans avant la majorité, que propose le département ?").exercices


def test_a_change_of_place_asks_the_last_question_again() -> None:
    found = after("L'Isère a signé quand ?", "pour combien ?", "et le Doubs ?")
    assert found.text == "le Doubs a signé. pour combien ?"


def test_a_change_of_place_after_a_reason_asks_what_it_is_the_reason_of() -> None:
    assert after(AMOUNT, "pourquoi ?", "et la Drôme ?").text == AMOUNT.replace("Creuse", "Drôme")


def test_a_change_of_place_and_the_amount_asked_for_ask_the_amount() -> None:
    chain = (AMOUNT, "c'est sur combien d'années ?", "et pour la Drôme, c'est combien ?")
    assert after(*chain).text == AMOUNT.replace("Creuse", "Drôme")


@pytest.mark.parametrize(
    ("question", "kept"),
    [("et la date limite de signature en 2021 ?", False), ("et la nuit ?", True)],
)
def test_a_new_subject_after_a_child_in_danger_leaves_that_child(question: str, kept: bool) -> None:
    found = after("Un enfant est frappé par son père, que faire ?", question)
    assert (found.kept, "frappé" in found.text) == (kept, kept)


@pytest.mark.parametrize(
    ("question", "second"),
    [
        (
            "parrainage ASE : qui donne son accord ? regard du département sur les parrains ?",
            "parrainage ASE. regard du département sur les parrains ?",
        ),
        ("CNPE : rattaché à qui, nb de membres en 2023", "CNPE. nb de membres en 2023"),
        (
            "77 : le contrat a été signé quand et le département y met combien ?",
            "77 : le contrat a été signé. le département y met combien ?",
        ),
    ],
)
def test_a_part_is_told_the_title_of_the_message(question: str, second: str) -> None:
    assert each_resolved(parts_of(question), (), MAY_2022)[1].text == second


def test_a_change_of_year_asks_each_question_of_the_message_again() -> None:
    turns = (Turn("combien de FIR en 2021 et c koi le total des 3 sources"), Turn("et en 2020 ?"))
    (first, one), (second, two) = each_again("et en 2022 ?", turns, AS_OF)
    assert (first, second) == ("combien de FIR en 2022", "c koi le total des 3 sources, en 2022 ?")
    assert one.exercices == two.exercices == (2022,) and "FIR" not in two.text


@pytest.mark.parametrize("said", ["et qui paye ?", "cite le texte", "pourquoi ?", "merci"])
def test_another_question_asks_none_of_the_message_again(said: str) -> None:
    turns = (Turn("combien de FIR en 2021 et combien d'objectifs obligatoires ?"),)
    assert each_again(said, turns, AS_OF) == []


def test_a_part_keeps_the_place_and_the_contract_of_its_sentence() -> None:
    parts = ("le 38 a signé quand", "combien d objectifs", "combien d argent")
    money = each_resolved(parts, (), AS_OF)[2].text
    assert money == "combien d argent, Isère, contrat"


def test_a_part_keeps_the_title_and_not_the_other_question() -> None:
    parts = ("IP: quel délai pour évaluer", "qui évalue")
    assert each_resolved(parts, (), AS_OF)[1].text == "IP. qui évalue"


def test_a_part_keeps_the_title_that_the_one_before_it_was_told() -> None:
    parts = ("accueil hors structure : motif ?", "durée maxi ?", "qui jamais ?")
    assert "accueil hors structure" in each_resolved(parts, (), AS_OF)[2].text


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("Date limite 2021 ? Montant FIR 2022 ?", "Montant FIR 2022"),
        ("Quel montant du P304 en 2021 et quel est le FIR en 2020 ?", "quel est le FIR en 2020"),
    ],
)  # fmt: skip
def test_a_question_with_its_own_year_and_thing_takes_neither_from_the_one_before(
    question: str, last: str
) -> None:
    assert each_resolved(parts_of(question), (), MAY_2022)[-1].text == last
