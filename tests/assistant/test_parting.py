"""Several questions asked at once are told apart, and one is never cut in two."""

import pytest

from assistant.parting import asked_after_premise, parts_of, stands_alone


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Qui signe le contrat ? Quand faut-il le remettre ?",
         ("Qui signe le contrat ?", "Quand faut-il le remettre ?")),
        ("Combien de départements ont candidaté et combien ont été retenus ?",
         ("Combien de départements ont candidaté", "combien ont été retenus ?")),
        ("Qui pilote le CDPE ; quels sont ses membres",
         ("Qui pilote le CDPE", "quels sont ses membres")),
        ("1) Qui signe le contrat ? 2) Quelles sont les pièces à joindre ?",
         ("Qui signe le contrat ?", "Quelles sont les pièces à joindre ?")),
        ("Bonjour. Nous préparons un avenant. Quelles pièces joindre ? Et quand les envoyer ?",
         ("Bonjour. Nous préparons un avenant. Quelles pièces joindre ?",
          "Et quand les envoyer ?")),
        ("À qui la présidence est-elle confiée, et qui occupe la vice-présidence ?",
         ("À qui la présidence est-elle confiée", "qui occupe la vice-présidence ?")),
        ("deadline projet de contrat 2025 et nb objectifs",
         ("deadline projet de contrat 2025", "nb objectifs")),
        ("qui signe le contrat et ki prepare le rapport annuel",
         ("qui signe le contrat", "ki prepare le rapport annuel")),
        ("L'isere est dans quelle vague, et cb d'objectifs",
         ("L'isere est dans quelle vague", "cb d'objectifs")),
        ("Quelles sont les sources de financement en 2021 et la date limite de signature ?",
         ("Quelles sont les sources de financement en 2021", "la date limite de signature ?")),
        ("Le Cher, combien en 2022 ? et en 2024 ? et la Somme ?",
         ("Le Cher, combien en 2022 ?", "et en 2024 ?", "et la Somme ?")),
        ("combien pour le Doubs en 2021, et d'où ça vient ?",
         ("combien pour le Doubs en 2021", "d'où ça vient ?")),
        ("Le comité existe depuis quand et qui le finance ?",
         ("Le comité existe depuis quand", "qui le finance ?")),
        ("La loi a été votée quand et elle fait combien de pages ?",
         ("La loi a été votée quand", "elle fait combien de pages ?")),
    ],
)  # fmt: skip
def test_questions_asked_at_once_are_told_apart(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sont les trois sources et leurs montants ?",
        "Combien, et quand ?",
        "Le Cher et la Creuse ont-ils signé ?",
        "Quel est le rôle du préfet et de l'ARS ?",
        "montant FIR et ONDAM 2021",
        "date limite et montant des crédits",
        "le contrat du Doubs date et montant",
        "Isère, premier contrat : date, nombre d'objectifs et budget sur trois ans",
        "Qui fixe le montant du FIR et la date limite de signature ?",
        "Quel est le texte qui fixe le nombre d'objectifs et la durée du contrat ?",
        "Quel écart entre le nombre d'objectifs de 2020 et le montant du FIR ?",
        "Quand envoyer le bilan et le nombre d'actions ?",
        "Nous sommes signataires et date limite 2022",
        "Le préfet signe le contrat et la durée est de trois ans",
        "Le préfet et le département, qui décide ?",
        "bonjour, le contrat ?",
        "?",
        "",
    ],
)
def test_one_question_stays_whole(question: str) -> None:
    assert parts_of(question) == (question,)


def test_too_many_questions_are_read_as_one() -> None:
    question = " ".join(f"Quel est le montant de l'année {n} ?" for n in range(9))
    assert parts_of(question) == (question,)


def test_no_word_is_lost() -> None:
    question = (
        "Merci. Qui signe le contrat ? Je crois que c'est le préfet. Quand signer l'avenant ?"
    )
    assert "".join(" ".join(parts_of(question)).split()) == "".join(question.split())


@pytest.mark.parametrize(
    ("question", "count"),
    [("Et qui signe ? Et combien ?", 2), ("Et en 2022 ?", 1), ("combien, et quand ?", 1)],
)
def test_short_questions_of_a_conversation_are_told_apart(question: str, count: int) -> None:
    assert len(parts_of(question, follows=True)) == count


@pytest.mark.parametrize(
    ("part", "alone"),
    [
        ("nb objectifs", True),
        ("la date limite de signature ?", True),
        ("cb d'objectifs", True),
        ("combien ont été retenus ?", False),
        ("la date ?", False),
        ("qui signe le contrat ?", False),
        ("combien de sièges compte-t-il ?", False),
        ("nb de membres de son bureau", False),
    ],
)
def test_a_thing_asked_of_something_stands_alone(part: str, alone: bool) -> None:
    assert stands_alone(part) is alone


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("À qui montrer le projet, et pour quand doit-il être bouclé ?", 2),
        ("Par quoi commencer le diagnostic, et avec qui en discuter ?", 2),
        ("L'argent arrive en combien de fois et à quels mois de l'année ?", 1),
        ("Peut-on former un recours, devant qui et dans quel délai ?", 1),
    ],
)
def test_a_preposition_opens_a_question_when_a_verb_follows(question: str, count: int) -> None:
    assert len(parts_of(question)) == count


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("le rapport cb de recos et voté comment", ("le rapport cb de recos", "voté comment")),
        ("il dépend de kel ministre et ils sont conbien dedans",
         ("il dépend de kel ministre", "ils sont conbien dedans")),
        ("combien d'actions et la préfecture met quelle somme en 2021 ?",
         ("combien d'actions", "la préfecture met quelle somme en 2021 ?")),
        ("elle est versée où et débloquée quand ?", ("elle est versée où", "débloquée quand ?")),
        ("CNPE : rattaché à qui, nb de membres", ("CNPE : rattaché à qui", "nb de membres")),
        ("appel : nb dossiers déposés / nb admis ?", ("appel : nb dossiers déposés", "nb admis ?")),
        ("le préfet et l'ARS décident comment ?", None),
        ("le contrat est signé quand et pour combien", None),
        ("montant FIR/ONDAM et programme 304 ?", None),
        ("qui signe : préfet / ARS / département ?", None),
        ("quel écart entre le nombre d'objectifs et le FIR il est de combien ?", None),
    ],
)  # fmt: skip
def test_a_word_that_asks_may_come_late(question: str, parts: tuple[str, ...] | None) -> None:
    assert parts_of(question) == (parts or (question,))


def test_a_piece_that_waits_keeps_the_word_that_joins_it() -> None:
    question = "Le premier comité, où et quand a-t-il été installé, et qui le préside ?"
    parts = parts_of(question)
    assert parts == ("Le premier comité, où et quand a-t-il été installé", "qui le préside ?")


def test_a_long_clause_may_ask_late() -> None:
    question = "quel est son NOR, et le contrat signé il faut l'envoyer pour quand ?"
    assert parts_of(question) == (
        "quel est son NOR", "le contrat signé il faut l'envoyer pour quand ?"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("delai eval IP + combien de pros pour l'evaluer + c est quoi le delai pr le PPE",
         ("delai eval IP", "combien de pros pour l'evaluer", "c est quoi le delai pr le PPE")),
        ("pouponnières: nb max de places et durée du séjour, et qui paye ?",
         ("pouponnières: nb max de places", "durée du séjour", "qui paye ?")),
        ("le 38 a signé quand, combien d objectifs et combien d argent",
         ("le 38 a signé quand", "combien d objectifs", "combien d argent")),
        ("combien on touche du FIR en 2021 et c koi le total des 3 sources",
         ("combien on touche du FIR en 2021", "c koi le total des 3 sources")),
        ("hôtel interdit depuis quand, dérogation de combien de temps",
         ("hôtel interdit depuis quand", "dérogation de combien de temps")),
        ("combien de membres avant, combien maintenant ?", None),
        ("Pour 2024, l'enveloppe du FIR, quel chiffre ?", None),
        ("Avant d'écrire ce à quoi on s'engage, quel travail faut-il faire ?", None),
        ("quel montant, et combien ?", None),
        ("date du bilan / tableau de bord / plan ?", None),
    ],
)  # fmt: skip
def test_marks_set_questions_beside_each_other(
    question: str, parts: tuple[str, ...] | None
) -> None:
    assert parts_of(question) == (parts or (question,))


@pytest.mark.parametrize(
    ("part", "alone"),
    [
        ("c est quoi le delai pr le PPE", True),
        ("c koi le total des 3 sources", True),
        ("entretien d'autonomie à quel âge", True),
        ("parrainage qui donne son accord", True),
        ("combien d argent", True),
        ("c'est quoi la sanction ?", False),
        ("dérogation de combien de temps", False),
        ("on compte à partir de quoi", False),
    ],
)
def test_a_part_with_its_own_subject_stands_alone(part: str, alone: bool) -> None:
    assert stands_alone(part) is alone


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("puisque tous y sont obligés, quelle sanction si on refuse ?",
         "quelle sanction si on refuse ?"),
        ("Vu que le FIR a doublé, combien touche-t-on ?", "combien touche-t-on ?"),
        ("Puisque le contrat est obligatoire, faut-il le signer ?", ""),
        ("quelle sanction si on refuse ?", ""),
    ],
)  # fmt: skip
def test_what_is_asked_after_a_premise_is_found(question: str, asked: str) -> None:
    assert asked_after_premise(question) == asked
