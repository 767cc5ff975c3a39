"""What a question takes for granted: contradicted, confirmed, or only asked."""

import pytest

from assistant.extracting import quotes
from assistant.oppositions import contrary
from assistant.premises import mistaken, with_correction
from ingest.index import Index
from tests.assistant.conftest import Ask
from tests.assistant.test_evidence import unit, weigher

PLACES = unit("La pouponnière accueille 30 enfants au plus.")
TERM = unit("Le projet local est remis au plus tard le 12 mai 2021.", document_id="terme")
PREFECT = unit("Le préfet rédige la synthèse annuelle, que le département relit.")
OPEN = unit("La démarche locale est ouverte aux volontaires : elle n'est pas une obligation.")
KEPT = unit("La note de 2021 complète la note de 2020 et ne la remplace pas.")


def corrected(question: str, index: Index, *units: object) -> str | None:
    """The statement that corrects a question, among some."""
    judge = weigher(question, index)
    found = [judge.weigh(one, None, 1.0) for one in units]  # type: ignore[arg-type]
    premise = mistaken(judge, found, index)
    return premise.unit.text if premise else None


@pytest.mark.parametrize(
    ("question", "statement"),
    [("Puisque la pouponnière accueille 45 enfants, qui les garde ?", PLACES),
     ("Les 45 enfants de la pouponnière, qui les garde ?", PLACES),
     ("Pourquoi la pouponnière accueille 12 enfants ?", PLACES),
     ("Le projet local était à remettre avant le 3 mai 2021, c'est bien ça ?", TERM),
     ("Vu que le projet local est remis au plus tard le 20 mai 2021, qui le lit ?", TERM),
     ("Sachant que l'ARS rédige la synthèse annuelle, que fait le préfet ?", PREFECT),
     ("Puisque la synthèse annuelle est rédigée par le département, qui la relit ?", PREFECT),
     ("La démarche locale étant obligatoire, que risque-t-on ?", OPEN),
     ("Puisque la note de 2021 remplace la note de 2020, que garder ?", KEPT),
     ("Pourquoi la note de 2021 abroge la note de 2020 ?", KEPT)],
)  # fmt: skip
def test_a_premise_that_a_statement_contradicts_is_corrected(
    question: str, statement: object, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, statement) is not None


@pytest.mark.parametrize(
    ("question", "statement"),
    [("Puisque la pouponnière accueille 30 enfants, qui les garde ?", PLACES),
     ("Les trente enfants de la pouponnière, qui les garde ?", PLACES),
     ("Le projet local est remis le 12/05/2021, c'est bien ça ?", TERM),
     ("Sachant que le préfet rédige la synthèse annuelle, que fait le département ?", PREFECT),
     ("La démarche locale étant volontaire, que risque-t-on ?", OPEN),
     ("Puisque la note de 2021 complète la note de 2020, que garder ?", KEPT),
     ("Puisque la note de 2021 ne remplace pas la note de 2020, que garder ?", KEPT)],
)  # fmt: skip
def test_a_premise_that_a_statement_confirms_stays(
    question: str, statement: object, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, statement) is None


@pytest.mark.parametrize(
    ("question", "statement"),
    [("La pouponnière accueille 30 ou 45 enfants ?", PLACES),
     ("Combien d'enfants accueille la pouponnière ? 45 ?", PLACES),
     ("Peut-on remettre le projet local le 3 mai 2021 ?", TERM),
     ("L'ARS rédige-t-elle la synthèse annuelle ?", PREFECT),
     ("La démarche locale est-elle obligatoire ?", OPEN),
     ("La note de 2021 remplace-t-elle la note de 2020 ?", KEPT)],
)  # fmt: skip
def test_what_is_asked_is_no_premise(
    question: str, statement: object, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, statement) is None


@pytest.mark.parametrize(
    "question",
    ["Puisque la tarte cuit 45 minutes, quel four choisir ?",
     "Les 45 enfants de la chorale, qui les garde ?",
     "Pourquoi le contrat comporte 45 pages ?"],
)  # fmt: skip
def test_a_figure_of_another_subject_contradicts_nothing(
    question: str, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, PLACES, TERM, PREFECT, OPEN) is None


def test_another_statement_that_agrees_keeps_the_question_as_it_is(lexical_index: Index) -> None:
    question = "Puisque la pouponnière accueille 45 enfants, qui les garde ?"
    agreeing = unit("La pouponnière accueille 45 enfants depuis peu.")
    assert corrected(question, lexical_index, PLACES, agreeing) is None


def test_a_figure_of_another_exercice_contradicts_nothing(lexical_index: Index) -> None:
    question = "Puisque la pouponnière accueille 45 enfants en 2021, qui les garde ?"
    other = unit("En 2020, la pouponnière accueille 30 enfants.")
    assert corrected(question, lexical_index, other) is None


def test_an_age_is_no_delay(lexical_index: Index) -> None:
    question = "Puisque la pouponnière accueille les enfants de moins de 6 ans, qui les garde ?"
    stay = unit("La pouponnière accueille les enfants de moins de 3 ans.")
    assert corrected(question, lexical_index, stay) is None


def test_a_collectivite_that_refused_is_not_said_to_take_part(lexical_index: Index) -> None:
    question = "La Creuse ayant signé, combien reçoit-elle ?"
    refused = unit("La Creuse a refusé de candidater.")
    assert corrected(question, lexical_index, refused) == refused.text
    asked = "La Creuse ayant refusé, combien perd-elle ?"
    assert corrected(asked, lexical_index, refused) is None


def test_contrary_words_are_read_in_the_words_given_only(lexical_index: Index) -> None:
    judge = weigher("La démarche locale ?", lexical_index)
    found = [judge.weigh(OPEN, None, 1.0)]
    assert contrary("la démarche est obligatoire", found, lambda one, aside: 1.0) is found[0]
    assert contrary("la démarche est locale", found, lambda one, aside: 1.0) is None
    assert contrary("la démarche est obligatoire", found, lambda one, aside: 0.1) is None


def test_the_correction_leads_the_evidence_once(lexical_index: Index) -> None:
    question = "Puisque la pouponnière accueille 45 enfants, qui les garde ?"
    judge = weigher(question, lexical_index)
    found = [judge.weigh(one, None, 1.0) for one in (TERM, PLACES)]
    premise = mistaken(judge, found, lexical_index)
    led = with_correction(found, premise)
    assert [one.unit.key for one in led] == [PLACES.key, TERM.key]
    assert quotes(led)[0].text == PLACES.text and with_correction(found, None) == found


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "right"),
    [("Sachant que l'Ondam médico-social apporte 33 M€ en 2021, qui le gère ?", "15 M€"),
     ("Vu que le contrat de 2022 doit comporter au moins 20 objectifs, lesquels choisir ?", "12"),
     ("Les 40 départements retenus en 2020 ont-ils tous signé ?", "30 "),
     ("Pourquoi le Loiret a-t-il été retenu en 2020 ?", "pas été retenu"),
     ("Puisque la circulaire de 2021 abroge celle de 2020, que reste-t-il ?", "remplac")],
)  # fmt: skip
def test_an_answer_corrects_the_question(question: str, right: str, ask: Ask) -> None:
    answer = ask(question)
    (warning,) = [one for one in answer.warnings if one.kind == "false_premise"]
    cited = {c.n: c for c in answer.citations}
    assert answer.status == "answered" and right in cited[warning.citations[0]].quote
    assert any(warning.citations[0] in claim.citations for claim in answer.claims)


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["Sachant que l'Ondam médico-social apporte 15 M€ en 2021, qui le gère ?",
     "Vu que le contrat de 2022 doit comporter au moins 12 objectifs, lesquels choisir ?",
     "Les 30 départements retenus en 2020 ont-ils tous signé ?",
     "Pourquoi le Loiret n'a-t-il pas été retenu en 2020 ?",
     "Puisque la circulaire de 2021 complète celle de 2020, que reste-t-il ?"],
)  # fmt: skip
def test_an_answer_leaves_a_right_question_as_it_is(question: str, ask: Ask) -> None:
    assert "false_premise" not in [one.kind for one in ask(question).warnings]
