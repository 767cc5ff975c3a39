"""What a question takes for granted: contradicted, confirmed, or only asked."""

import pytest

from assistant.evidence import Evidence
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
JOINT = unit("Le préfet de département copilote la démarche locale avec l'ARS.")
SIGNERS = unit("La note est signée par le préfet, l'ARS et le département.")


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
     ("Vu que la note force à la démarche locale, que risque-t-on ?", OPEN),
     ("Puisque la note de 2021 remplace la note de 2020, que garder ?", KEPT),
     ("Pourquoi la note de 2021 abroge la note de 2020 ?", KEPT),
     ("La pouponnière accueille 45 enfants, non ?", PLACES),
     ("Les pouponnières accueillent 45 enfants dans le local", PLACES),
     ("Le projet local est remis avant le 3 mai 2021 ?", TERM),
     ("Le projet local doit-il être remis avant le 3 mai 2021 ?", TERM),
     ("Remise du projet local avant le 3 mai 2021, on est hors délai ?", TERM),
     ("Date limite du projet local, c'était bien le 3 mai 2021 ?", TERM),
     ("Le préfet est seul pilote de la démarche locale, c'est ça ?", JOINT),
     ("L'ARS pilote seule la démarche locale, non ?", JOINT),
     ("Puisque le département est l'unique signataire de la note, qui la lit ?", SIGNERS)],
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
     ("Puisque la note de 2021 ne remplace pas la note de 2020, que garder ?", KEPT),
     ("La pouponnière accueille 30 enfants, non ?", PLACES),
     ("Le projet local est remis avant le 12 mai, non ?", TERM),
     ("Le projet local doit-il être remis avant le 12 mai 2021 ?", TERM),
     ("Le préfet n'est pas seul pilote de la démarche locale, c'est ça ?", JOINT),
     ("Le préfet et l'ARS pilotent la démarche locale, c'est ça ?", JOINT)],
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
     ("Remis avant le 3 mai 2021, quel délai court pour le projet local ?", TERM),
     ("L'ARS rédige-t-elle la synthèse annuelle ?", PREFECT),
     ("La démarche locale est-elle obligatoire ?", OPEN),
     ("La note de 2021 remplace-t-elle la note de 2020 ?", KEPT),
     ("La pouponnière accueille 45 enfants, oui ou non ?", PLACES),
     ("Est-ce que la pouponnière accueille 45 enfants ?", PLACES),
     ("Qui est seul pilote de la démarche locale ?", JOINT)],
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


def test_a_quote_that_shares_a_word_and_names_others_contradicts_nothing(
    lexical_index: Index,
) -> None:
    pilots = unit("L'attestation a eu six départements pilotes, puis d'autres.")
    assert corrected("Le préfet est seul pilote, c'est ça ?", lexical_index, pilots) is None
    filed = unit("Un département qui entre dépose sa candidature locale.")
    question = "La candidature locale est déposée à l'ARS, non ?"
    assert corrected(question, lexical_index, filed) is None


def test_a_quote_that_shares_a_whole_out_contradicts_no_whole(lexical_index: Index) -> None:
    shared = unit("La pouponnière accueille 30 enfants le jour et 15 enfants la nuit.")
    assert corrected("Les 45 enfants de la pouponnière sont là ?", lexical_index, shared) is None


def test_a_value_that_a_side_of_a_disagreement_holds_is_disputed_and_not_mistaken(
    lexical_index: Index,
) -> None:
    state = unit("Le budget de l'État met 107 M€ en 2021.")
    judge = weigher("L'État met 200 M€ en 2021, c'est ça ?", lexical_index)
    premise = mistaken(judge, [judge.weigh(state, None, 1.0)], lexical_index)
    assert premise is not None and premise.row is not None and premise.stated == frozenset()
    assert "200 M€" in premise.unit.text and "155 M€" in premise.unit.text


def test_a_disputed_value_said_of_another_subject_is_mistaken(lexical_index: Index) -> None:
    fund = unit("Le FIR apporte 33 M€ en 2021.")
    judge = weigher("Sachant que le FIR apporte 200 M€ en 2021, qui le gère ?", lexical_index)
    premise = mistaken(judge, [judge.weigh(fund, None, 1.0)], lexical_index)
    assert premise is not None and premise.row is None and premise.unit.text == fund.text


def test_contrary_words_are_read_in_the_words_given_only(lexical_index: Index) -> None:
    def whole(one: Evidence, aside: str, alone: bool = False) -> float:
        return 1.0

    def barely(one: Evidence, aside: str, alone: bool = False) -> float:
        return 0.1

    judge = weigher("La démarche locale ?", lexical_index)
    found = [judge.weigh(OPEN, None, 1.0)]
    assert contrary("la démarche est obligatoire", found, whole) is found[0]
    assert contrary("la démarche est locale", found, whole) is None
    assert contrary("la démarche est obligatoire", found, barely) is None


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
     ("Puisque la circulaire de 2021 abroge celle de 2020, que reste-t-il ?", "remplac"),
     ("Le préfet pilote seul la contractualisation, c'est bien cela ?", "copilot"),
     ("En 2022 un nouveau département dépose sa candidature avant le 30 juin, non ?", "30 avril"),
     ("Les nouveaux entrants candidatent avant le 12 juin 2022 ?", "30 avril"),
     ("Les 55 départements de 2021 ont tous signé, non ?", "70 ")],
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
     "Puisque la circulaire de 2021 complète celle de 2020, que reste-t-il ?",
     "En 2022 un nouveau département dépose sa candidature avant le 30 avril, non ?",
     "La candidature se dépose à l'ARS, non ?"],
)  # fmt: skip
def test_an_answer_leaves_a_right_question_as_it_is(question: str, ask: Ask) -> None:
    assert "false_premise" not in [one.kind for one in ask(question).warnings]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "sides"),
    [("L'État apporte 200 M€ en 2021, c'est bien ça ?", ("155 M€", "200 M€")),
     ("Les 70 départements ont tous signé", ("70 ", "64 ")),
     ("L'instruction 2022/61 est signée le 28 février 2022, non ?", ("18 février", "28 février"))],
)  # fmt: skip
def test_a_question_that_takes_a_side_is_told_both(
    question: str, sides: tuple[str, str], ask: Ask
) -> None:
    warnings = ask(question).warnings
    assert "false_premise" not in [one.kind for one in warnings]
    assert any(all(s in w.text for s in sides) for w in warnings if w.kind == "conflict")


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["date limite signature avenant 2021 c'était bien le 30 juin ?",
     "L'avenant 2021 devait-il être signé avant le 30 juin 2021 ?",
     "signature de l'avenant 2021 avant le 30 juin, on est hors délai ?"],
)  # fmt: skip
def test_a_day_put_forward_does_not_change_the_subject(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert "30 septembre 2021" in answer.claims[0].text and "rapport" not in answer.text
    assert "false_premise" in [one.kind for one in answer.warnings]


@pytest.mark.model
def test_a_correction_is_told_before_a_list_on_another_point(ask: Ask) -> None:
    forced = "Vu que l'instruction 2022 force tous les départements à signer"
    answer = ask(f"{forced}, que risque-t-on à ne pas le faire ?")
    (warning,) = [one for one in answer.warnings if one.kind == "false_premise"]
    assert warning.citations[0] in answer.claims[0].citations


@pytest.mark.parametrize(
    "question",
    [
        "L'ONDAM 2022 vaut 15 M€, n'est-ce pas ?",
        "Mon chef dit que le FIR 2022 est de 45 M€, exact ?",
    ],
)
def test_an_amount_that_nobody_knows_is_not_corrected_by_a_wider_one(
    question: str, ask: Ask
) -> None:
    answer = ask(question)
    assert (answer.status, answer.refusal) == ("refused", "known_unknown")
    assert not [one for one in answer.warnings if one.kind == "false_premise"]
