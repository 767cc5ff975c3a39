from typing import Any

import pytest

from assistant.answer import Citation
from assistant.entailing import faults, shares, statements

LIST = """Trois sources financent les contrats de 2021, sauf en Corse :

- programme 304 : 107 M€ ;
- FIR : 33 M€ pour les ARS [4] ;
- ONDAM : 15 M€ ou davantage."""
TWO = "Le préfet signe le contrat avant le 30 juin 2022. Le FIR apporte 33 M€ aux départements."


def quote(text: str, **card: Any) -> Citation:
    """A citation of ``text``, of an identity that says nothing else."""
    known: dict[str, Any] = dict.fromkeys(Citation.__dataclass_fields__)
    known |= {"n": 1, "title": "Note", "quote": text, "exercices": (), "end": len(text)}
    return Citation(**(known | card))


def test_a_quote_states_each_of_its_sentences() -> None:
    assert [len(one) for one in statements(TWO)] == [49, 38]


def test_a_list_states_each_item_with_its_lead_in_and_the_whole() -> None:
    *items, whole = statements(LIST)
    assert len(items) == 3 and all(item.startswith("Trois sources") for item in items)
    assert "FIR" in items[1] and "[4]" not in items[1] and "ONDAM" not in items[1]
    assert "304" in whole and "ONDAM" in whole


@pytest.mark.parametrize("text", [*statements(TWO), statements(LIST)[0]])
def test_a_statement_proves_itself(text: str) -> None:
    assert faults(text, quote(TWO if text in TWO else LIST)) == ()


def test_two_statements_stitched_together_prove_nothing() -> None:
    stitched = "Le préfet signe le contrat aux départements avant le 30 juin 2022."
    assert "words" in faults(stitched, quote(TWO))
    assert "words" in faults("Le FIR apporte 33 M€ avant le 30 juin 2022.", quote(TWO))


def test_an_item_keeps_the_exception_of_its_lead_in() -> None:
    kept = "Des sources financent les contrats de 2021, sauf en Corse : programme 304, 107 M€."
    dropped = "Le programme 304 : 107 M€ pour les contrats de 2021."
    assert "exception" not in faults(kept, quote(LIST))
    assert "exception" in faults(dropped, quote(LIST))


def test_a_notion_may_be_written_in_full() -> None:
    short = quote("La DGCS pilote la démarche avec l'ARS depuis 2020.")
    full = "La DGCS pilote la démarche avec l'agence régionale de santé depuis 2020."
    assert "words" not in faults(full, short)
    assert "words" in faults(full.replace("santé", "solidarité"), short)


def test_the_only_exercice_of_a_text_may_be_said() -> None:
    said = "En 2021, le préfet signe le contrat départemental."
    alone = "Le préfet signe le contrat départemental."
    assert faults(said, quote(alone, exercices=(2021,))) == ()
    assert faults(said, quote(alone, exercices=(2020, 2021))) == ("figures",)
    assert faults(said, quote(alone)) == ("figures",)


@pytest.mark.parametrize(
    ("fault", "said", "meant"),
    [
        ("negation", "Le contrat est signé par le préfet.", "Le contrat n'est pas signé par lui "
         "mais le bilan est signé par le préfet."),
        ("negation", "Le préfet ne signe pas le contrat remis.",
         "Le préfet signe le contrat que le département n'a pas remis."),
        ("negation", "Le préfet signe le contrat départemental.",
         "Il est interdit au préfet de signer le contrat départemental : il le signe."),
        ("modality", "Le plan doit être joint au contrat remis.",
         "Le plan peut être joint au contrat, qui doit être remis."),
        ("alternative", "Le préfet signe le contrat et le bilan.",
         "Le préfet signe le contrat ou le bilan."),
        ("alternative", "Le préfet signe le contrat local.",
         "Le préfet ou l'ARS signe le contrat local."),
        ("roles", "Le plan est remis au préfet par le département.",
         "Le plan est remis par le préfet au département."),
        ("order", "Le plan coûte 12 M€ en Isère et 15 M€ dans le Cher.",
         "Le plan coûte 15 M€ en Isère et 12 M€ dans le Cher."),
        ("bounds", "Le plan porte sur au plus trois actions locales.",
         "Le plan porte sur au moins trois actions locales."),
        ("condition", "Le préfet signe le contrat départemental.",
         "Le préfet signe le contrat départemental si le bilan est remis."),
        ("tense", "Le préfet signe le contrat départemental.",
         "Le préfet signera le contrat départemental."),
        ("source", "Le préfet signe le contrat départemental.",
         "Selon la presse, le préfet signe le contrat départemental."),
        ("extent", "Les départements signent le contrat national.",
         "Certains départements signent le contrat national."),
    ],
)  # fmt: skip
def test_what_is_turned_round_is_seen(fault: str, said: str, meant: str) -> None:
    assert faults(meant, quote(meant)) == ()
    assert fault in faults(said, quote(meant))


@pytest.mark.parametrize(
    "text",
    ["", "Le contrat.", "le [1] préfet signe le contrat", "Le préfet signe-t-il le contrat ?",
     "Le préfet signe le contrat. Le FIR apporte 33 M€.", "Le préfet **signe** le contrat local.",
     "Le préfet\nsigne le contrat.", "Le préfet signe le contrat \x1b[31m local.", "a " * 300],
)  # fmt: skip
def test_what_is_not_a_plain_sentence_is_refused(text: str) -> None:
    assert faults(text, quote(TWO)) == ("form",)


def test_shares_of_words_count_what_was_said() -> None:
    assert shares(TWO, [TWO]) == 1.0 and shares(TWO, []) == 0.0
    assert 0.3 < shares(TWO, statements(TWO)[:1]) < 0.7
