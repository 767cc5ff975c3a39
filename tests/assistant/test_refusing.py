"""Why no answer is given."""

import pytest

from assistant.units import UnitReader
from ingest.index import Index
from tests.assistant.conftest import Ask


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "refusals"),
    [
        ("bonjour", {"not_a_question"}),
        ("?", {"not_a_question"}),
        ("asdfgh", {"not_a_question"}),
        ("sdkfj lkqsd mmm", {"not_a_question"}),
        ("Quels indicateurs suit un tableau de bord commercial ?", {"out_of_scope"}),
        ("Quelles pièces joindre à l'avenant d'un bail d'habitation ?", {"out_of_scope"}),
        ("Quelle est la capitale de l'Australie ?", {"out_of_scope"}),
        ("Qui a gagné la coupe du monde de foot en 2018 ?", {"out_of_scope"}),
        ("Ai-je droit à un contrat jeune majeur, j'ai 19 ans ?", {"individual_case"}),
        ("Montant du contrat du Finistère pour 2022 ?", {"not_in_corpus", "known_unknown"}),
        ("Combien la Drôme a-t-elle reçu en 2021 ?", {"not_in_corpus", "known_unknown"}),
        ("Que prévoyait le décret du 12 février 2020 sur les contrats ?", {"not_in_corpus"}),
        ("Le dernier des trois objectifs nouveaux de 2022, lequel est-ce ?", {"known_unknown"}),
        ("Qui a voté contre la loi Taquet ?", {"not_in_corpus"}),
        ("Comment éviter les sorties sèches ?", {"not_in_corpus", "known_unknown"}),
        ("En 2030, quelle date limite de signature ?", {"not_in_corpus"}),
        ("Le département du Bas-Rhin a combien reçu en 2021 ?", {"known_unknown"}),
        ("Qu'a donné l'enquête de Nexem auprès des associations ?", {"known_unknown"}),
        ("Parfait, j'en parle à mon équipe demain.", {"not_a_question"}),
        ("merci bcp, super", {"not_a_question"}),
        ("Combien coûte une année de pension en village d'enfants ?", {"not_in_corpus"}),
        ("Quelle taxe foncière paie une MECS ?", {"not_in_corpus"}),
        ("Qui finance les places de répit ?", {"not_in_corpus"}),
        ("Le 93 a-t-il fini par contractualiser en 2022, ou toujours pas ?", {"known_unknown"}),
    ],
)  # fmt: skip
def test_a_refusal_gives_its_reason(ask: Ask, question: str, refusals: set[str]) -> None:
    answer = ask(question)
    assert (answer.refusal in refusals, answer.claims) == (True, ()), answer.text


@pytest.mark.model
def test_a_known_unknown_quotes_who_says_so(ask: Ask) -> None:
    answer = ask("Quelle est la clé de répartition de l'enveloppe entre départements ?")
    if answer.refusal == "known_unknown":
        (warning,) = [w for w in answer.warnings if w.kind == "unverified"]
        assert warning.citations == tuple(c.n for c in answer.citations)
        assert answer.citations[0].quote.split()[0] in warning.text
    assert answer.status == "refused"


@pytest.mark.model
def test_a_refusal_on_the_subject_says_what_is_near(ask: Ask) -> None:
    answer = ask("Combien la Drôme a-t-elle reçu en 2021 ?")
    assert 1 <= len(answer.nearby) <= 3
    assert all(near.title in answer.text for near in answer.nearby)


@pytest.mark.model
def test_a_question_of_another_field_has_nothing_near(ask: Ask) -> None:
    assert ask("Quelle est la recette de la tarte Tatin ?").nearby == ()


@pytest.mark.model
def test_brackets_of_the_question_are_not_markers(ask: Ask) -> None:
    answer = ask("Combien la Drôme [1] a-t-elle reçu [2[3]] en 2021 ?")
    assert answer.status == "refused" and "[" not in answer.text
    assert "[1]" in answer.question


def test_what_nobody_could_establish_is_marked_as_such(lexical_index: Index) -> None:
    reader = UnitReader(lexical_index)
    units = [u for d in lexical_index.texts.document_ids for u in reader.document(d)]
    unknown = [u for u in units if u.anchor is not None and u.anchor.confidence == "unknown"]
    assert unknown, "the corpus tells what could not be established"


@pytest.mark.model
def test_a_question_on_a_wave_is_of_the_field(ask: Ask) -> None:
    answer = ask("liste des départements de la vague 1")
    assert "Aisne" in answer.text and "unverified" in [one.kind for one in answer.warnings]
    for question in ("liste des 40 dpts de la vague 2", "lst des dpts vague 3"):
        assert ask(question).refusal in (None, "known_unknown")


@pytest.mark.model
def test_a_wave_of_something_else_is_of_another_field(ask: Ask) -> None:
    asked = ask("Quels sont les 40 départements de la deuxième vague de chaleur ?")
    assert asked.refusal == "out_of_scope"


@pytest.mark.model
def test_an_ignored_detail_does_not_hide_what_is_known(ask: Ask) -> None:
    answer = ask("Quels indicateurs faut-il dans le tableau de bord de 2021 ?")
    assert "indicateurs nationaux" in answer.text
    assert "unverified" in [one.kind for one in answer.warnings]
    asked = ask(
        "L'indicateur de résultat de 2021, c'est par action ou par objectif, à quelle maille ?"
    )
    assert asked.refusal == "known_unknown"


@pytest.mark.model
def test_a_period_holds_for_each_of_its_years(ask: Ask) -> None:
    answer = ask("En 2026, combien d'objectifs sont obligatoires dans le contrat ?")
    assert "sept" in answer.text.lower()


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Les 30 premiers départements, lesquels ?", "Aisne"),
        ("Quels sont les 40 départements de la deuxième vague ?", "Saint-Martin"),
        ("quels départements sont entrés en 2021 ?", "Saint-Martin"),
        ("Liste de la troisième vague ?", "Isère"),
        ("Quels départements sont entrés dans la démarche en 2022 ?", "Isère"),
        ("Quels départements ont rejoint la contractualisation en 2022 ?", "Lot-et-Garonne"),
    ],
)
def test_who_is_of_a_wave_is_listed_with_what_lacks(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert name in answer.text
    assert any("n'a pas été retrouvée" in one.text for one in answer.warnings)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "year"),
    [("liste des départements de la vague 1", 2020), ("vague 3 : liste", 2022)],
)
def test_the_list_of_a_wave_is_of_its_year(ask: Ask, question: str, year: int) -> None:
    assert ask(question).frame.exercices == (year,)


def test_a_list_of_which_one_item_is_ignored_is_told(ask: Ask) -> None:
    answer = ask("Quelles sont les trois nouveautés de 2022 ?")
    (claim,) = answer.claims
    assert claim.text.startswith("Trois objectifs sont nouveaux en 2022")
    assert any("troisième objectif nouveau" in warning.text for warning in answer.warnings)
