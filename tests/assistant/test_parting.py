"""Several questions asked at once are told apart, and one is never cut in two."""

import pytest

from assistant.parting import parts_of


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
