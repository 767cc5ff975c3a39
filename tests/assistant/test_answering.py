"""The whole story, from a question to its answer, over the shipped corpus."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from assistant.answer import Answer, Request, Turn
from assistant.answering import Assistant
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import normalised
from evals.cases import QUESTIONS
from ingest.index import Index
from tests.assistant.conftest import AS_OF, Ask, Gold

pytestmark = pytest.mark.model

SIGNED = "Quand les contrats devaient-ils être signés au plus tard en 2021 ?"


def claimed(answer: Answer) -> str:
    """What an answer claims, each claim held by the quotes it cites."""
    for claim in answer.claims:
        quotes = [c.quote for c in answer.citations if c.n in claim.citations]
        assert quotes and any(fold(claim.text[:40]) in fold(quote) for quote in quotes)
    return "\n".join(claim.text for claim in answer.claims)


def kinds(answer: Answer) -> list[str]:
    return [warning.kind for warning in answer.warnings]


# What the issue requires.


def test_the_three_sources_of_2021_come_with_their_amounts(ask: Ask) -> None:
    answer = ask("Quelles sont les trois sources de financement en 2021 et leurs montants ?")
    assert answer.status == "answered" and answer.frame.exercices == (2021,)
    assert {"amount:107000000", "amount:33000000", "amount:15000000"} <= normalised(claimed(answer))
    for source in ("programme 304", "FIR", "ONDAM"):
        assert source in claimed(answer)


def test_contracts_of_2021_are_signed_by_30_september(ask: Ask) -> None:
    answer = ask(SIGNED)
    assert "date:2021-09-30" in normalised(claimed(answer))
    assert all(2021 in c.exercices for c in answer.citations)


def test_the_amendment_of_2021_needs_three_documents(ask: Ask) -> None:
    answer = ask("Quelles pièces conditionnent l'avenant 2021 ?")
    for piece in ("bilan", "tableau de bord", "plan d'actions"):
        assert piece in claimed(answer)


def test_the_cher_was_chosen_in_2020(ask: Ask) -> None:
    answer = ask("Le Cher a-t-il été retenu en 2020 ?")
    assert answer.frame.departement == "18" and answer.frame.exercices == (2020,)
    assert "Cher" in claimed(answer) and "retenu" in claimed(answer)


def test_all_volunteers_may_join_in_2022(ask: Ask) -> None:
    answer = ask("Qui peut contractualiser en 2022 ?")
    assert "volontaires" in claimed(answer)
    assert any(2022 in c.exercices for c in answer.citations)


def test_a_disputed_date_is_given_twice_with_a_warning(ask: Ask) -> None:
    answer = ask("De quand date l'instruction mise en ligne le 11 mars 2022 ?")
    assert {"date:2022-02-18", "date:2022-02-28"} <= normalised(claimed(answer))
    assert "conflict" in kinds(answer)
    assert "disputed" in [c.confidence for c in answer.citations]


def test_a_question_of_another_field_is_refused_as_such(ask: Ask) -> None:
    answer = ask("Quelle est la recette de la tarte Tatin ?")
    assert (answer.refusal, answer.claims, answer.citations) == ("out_of_scope", (), ())


def test_an_amount_that_nobody_published_is_refused(ask: Ask) -> None:
    answer = ask("Combien la Drôme a-t-elle reçu en 2021 ?")
    assert answer.status == "refused" and answer.claims == ()
    assert answer.refusal in ("not_in_corpus", "known_unknown")
    assert answer.frame.departement == "26"


# Filters and frames.


@pytest.mark.parametrize(
    "restriction",
    [{"kinds": ("décret",)}, {"include": ("absent",)}, {"exercices": (2015,)}],
    ids=lambda r: next(iter(r)),
)
def test_a_filter_that_matches_nothing_refuses(ask: Ask, restriction: dict[str, Any]) -> None:
    answer = ask(SIGNED.replace(" en 2021", ""), **restriction)
    assert answer.status == "refused" and answer.citations == ()
    assert answer.refusal != "out_of_scope", "the filter refuses, not the subject"


def test_excluding_every_document_refuses(ask: Ask, index: Index) -> None:
    answer = ask(SIGNED, exclude=index.texts.document_ids)
    assert (answer.status, answer.citations) == ("refused", ())


def test_no_citation_leaves_the_filter(ask: Ask, gold: tuple[Gold, ...], index: Index) -> None:
    press = {d for d, kind in index.texts.kinds.items() if kind == "presse"}
    for one in gold[::4]:
        question = one.case["question"]
        assert {c.document_id for c in ask(question, kinds=("presse",)).citations} <= press
        only = ask(question, include=("circulaire-2021-25", "absent"))
        assert {c.document_id for c in only.citations} <= {"circulaire-2021-25"}
        spared = {c.document_id for c in ask(question, exclude=("circulaire-2021-25",)).citations}
        assert "circulaire-2021-25" not in spared


def years(text: str) -> set[int]:
    found = {q.partition(":")[2][:4] for q in normalised(text) if q.startswith("year:")}
    return {int(year) for year in found}


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022, 2023])
@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la date limite de signature pour l'exercice {} ?",
        "Quel est le montant du FIR en {} ?",
        "Combien de départements contractualisent en {} ?",
        "Quelles pièces fournir en {} ?",
    ],
)
def test_a_year_is_never_answered_with_another(ask: Ask, question: str, year: int) -> None:
    answer = ask(question.format(year))
    for c in answer.citations:
        own, card = years(c.quote), {d.year for d in (c.signed_on, c.published_on) if d}
        assert year in own | years(c.locator) | set(c.exercices) | card
        assert year in own or not own or not own & set(c.exercices), c.quote


def test_a_text_of_another_exercice_is_left_where_that_of_the_exercice_answers(ask: Ask) -> None:
    answer = ask("Pour quand le contrat signé de 2024 doit-il parvenir à la préfecture ?")
    assert {c.exercices for c in answer.citations} == {(2024,)}


def test_a_rule_of_a_later_text_on_the_exercice_is_kept(ask: Ask) -> None:
    answer = ask("Pour quand fallait-il rendre le rapport d'exécution de 2020 ?")
    assert (2021,) in {c.exercices for c in answer.citations}


def test_the_year_that_a_text_was_presented_in_says_only_which_text(ask: Ask) -> None:
    answer = ask("Quels engagements prend la stratégie nationale présentée en 2019 ?")
    assert "vie d'adulte" in claimed(answer)


def test_a_part_told_what_it_is_about_makes_no_case_of_someone(ask: Ask) -> None:
    answer = ask("combien de jours un bébé peut rester en pouponnière et on prolonge ou pas")
    assert answer.status == "answered" and "une fois" in claimed(answer)


def test_figures_of_another_collectivite_are_never_given_for_the_one_asked(ask: Ask) -> None:
    for question in ("Quel est le montant du contrat ?", "Combien le Cher a-t-il reçu en 2021 ?"):
        answer = ask(question, departement="26")
        assert answer.frame.departement == "26"
        for c in answer.citations:
            found = {m.collectivite.code for m in find_collectivites(f". {c.quote}")}
            assert not found or "26" in found, c.quote


def test_the_collectivite_of_a_request_keeps_national_rules(ask: Ask) -> None:
    assert "date:2021-09-30" in normalised(claimed(ask(SIGNED, departement="26")))


def test_an_exercice_of_the_request_wins_over_the_question(ask: Ask) -> None:
    answer = ask(SIGNED, exercices=(2020,))
    assert answer.frame.exercices == (2020,) and answer.frame.assumed == ()
    assert "date:2021-09-30" not in normalised(claimed(answer))


def test_an_unsaid_exercice_is_announced_as_assumed(ask: Ask) -> None:
    answer = ask("Qui peut candidater ?")
    assert answer.status == "refused" or (
        "exercices" in answer.frame.assumed and answer.frame.exercices
    )


# Conversation, privacy, danger.


def test_a_follow_up_keeps_its_subject(ask: Ask) -> None:
    answer = ask("Et en 2022 ?", history=(Turn("Qui peut contractualiser en 2021 ?"),))
    assert answer.frame.exercices == (2022,) and "volontaires" in claimed(answer)
    assert answer.question == "Et en 2022 ?"


def test_a_follow_up_without_history_is_not_answered_at_random(ask: Ask) -> None:
    assert ask("Et alors ?").status == "refused"


@pytest.mark.parametrize(
    "secret",
    ["jean.dupont@exemple.fr", "06 12 34 56 78", "+33 (0)6.12.34.56.78", "1 85 05 78 006 084 36"],
)
def test_personal_data_appears_nowhere_in_the_answer(ask: Ask, secret: str) -> None:
    history = (Turn(f"Appelez {secret} : qui peut contractualiser en 2021 ?"),)
    answers = [
        ask(f"Répondez à {secret} : qui peut contractualiser en 2022 ?"),
        ask(f"Recette de la tarte pour {secret} ?"),
        ask("Et en 2022 ?", history=history),
    ]
    assert [kinds(a).count("personal_data") for a in answers] == [1, 1, 0]
    assert secret not in json.dumps([a.as_dict() for a in answers], ensure_ascii=False)


def test_danger_comes_before_any_other_warning(ask: Ask) -> None:
    answer = ask("Ma voisine frappe son fils, son numéro est le 06 12 34 56 78, que faire ?")
    assert answer.warnings[0].kind == "danger" and "119" in answer.warnings[0].text
    assert answer.claims == () and answer.refusal == "individual_case"


def test_the_rule_of_an_individual_case_is_only_a_cited_warning(ask: Ask) -> None:
    answer = ask("Mon fils peut-il profiter du contrat de mon département en 2022 ?")
    assert (answer.refusal, answer.claims) == ("individual_case", ())
    assert len(answer.citations) == kinds(answer).count("general_rule")


# Events and identity of the answer.


def test_events_end_with_the_answer_and_give_each_claim_before(assistant: Assistant) -> None:
    events = list(assistant.events(Request(SIGNED, AS_OF), case_id="q1"))
    answer = events[-1][1]
    assert [kind for kind, _ in events[:2]] == ["step", "step"] and events[-1][0] == "answer"
    assert tuple(value for kind, value in events if kind == "sentence") == answer.claims
    assert answer.as_dict()["case_id"] == "q1"


def test_an_answer_says_what_it_was_made_with(ask: Ask, index: Index) -> None:
    answer = ask(SIGNED)
    assert (answer.retrieval, answer.mode, answer.model) == ("hybrid", "extractive", None)
    assert answer.corpus_digest == index.manifest.corpus_digest and answer.as_of == AS_OF
    assert answer.timings_ms.keys() == {"retrieve", "total"}


# Without vectors.


def test_a_lexical_answer_says_so(lexical_ask: Ask) -> None:
    for question in (SIGNED, "Recette de la tarte Tatin ?", "bonjour"):
        answer = lexical_ask(question)
        assert answer.retrieval == "lexical" and "lexical_only" in kinds(answer)


def test_words_alone_still_answer(lexical_ask: Ask) -> None:
    assert "date:2021-09-30" in normalised(claimed(lexical_ask(SIGNED)))
    answer = lexical_ask("Quelles pièces conditionnent l'avenant 2021 ?")
    assert "tableau de bord" in claimed(answer)


def test_words_alone_still_refuse(lexical_ask: Ask) -> None:
    assert lexical_ask("Quelle est la recette de la tarte Tatin ?").refusal == "out_of_scope"


def test_the_reason_of_a_lexical_search_is_told(lexical_index: Index) -> None:
    assistant = Assistant(lambda: lexical_index, lambda: "le modèle manque.")
    answer = assistant.answer(Request(SIGNED, AS_OF))
    assert "le modèle manque." in answer.warnings[-1].text
    assert assistant.health()["status"] == "degraded"


def test_a_small_text_of_the_user_answers(over_texts: Callable[..., Assistant]) -> None:
    assistant = over_texts(note="# Crédits\n\nLe fonds régional apporte 33 M€ aux départements.")
    answer = assistant.answer(Request("Combien le fonds régional apporte-t-il ?", AS_OF))
    assert "amount:33000000" in normalised(claimed(answer))
    assert answer.citations[0].origin == "original" and answer.citations[0].evidence == "other"


# Guards on the development questions: floors a little below what was measured.


def holds(text: str, wording: str) -> bool:
    stated = normalised(wording)
    return fold(wording) in fold(text) or (bool(stated) and stated <= normalised(text))


def is_right(one: Gold) -> bool:
    """Every expected fact stands in the claims, in one of its wordings, and no forbidden one."""
    text = "\n".join(claim.text for claim in one.answer.claims)
    expected = all(any(holds(text, form) for form in forms) for forms in one.case["expected"])
    return bool(text) and expected and not any(holds(text, form) for form in one.case["forbidden"])


def reasons(one: Gold) -> list[str]:
    refusal = one.case["refusal"]
    return refusal if isinstance(refusal, list) else [refusal]


@pytest.fixture(scope="module")
def development(ask: Ask) -> list[Gold]:
    """The questions that have floors, each answered once."""
    cases = yaml.safe_load((QUESTIONS / "exercices_2019_2022.yaml").read_bytes())["cases"]
    return [Gold(c, ask(c["question"])) for c in cases if c["split"] == "development"]


def answerable(cases: list[Gold]) -> list[Gold]:
    return [one for one in cases if one.case["status"] == "answered"]


def unanswerable(cases: list[Gold]) -> list[Gold]:
    return [one for one in cases if one.case["status"] == "refused"]


def test_most_development_questions_are_answered_rightly(development: list[Gold]) -> None:
    asked = answerable(development)
    assert sum(map(is_right, asked)) >= 0.84 * len(asked)  # measured: 66 of 76


def test_most_unanswerable_questions_are_refused(development: list[Gold]) -> None:
    asked = unanswerable(development)
    refused = [one for one in asked if one.answer.status == "refused"]
    assert len(refused) >= 0.9 * len(asked)  # measured: 25 of 27


def test_refusals_mostly_give_the_right_reason(development: list[Gold]) -> None:
    asked = unanswerable(development)
    right = [one for one in asked if one.answer.refusal in reasons(one)]
    assert len(right) >= 0.85 * len(asked)  # measured: 24 of 27


def test_few_answerable_questions_are_refused(development: list[Gold]) -> None:
    asked = answerable(development)
    refused = [one for one in asked if one.answer.status == "refused"]
    assert len(refused) <= 0.08 * len(asked)  # measured: 3 of 76


def test_expected_warnings_mostly_come_with_the_answer(development: list[Gold]) -> None:
    wanted = [(w, one) for one in development for w in one.case["warnings"]]
    given = [w for w, one in wanted if w in kinds(one.answer)]
    assert len(given) >= 0.6 * len(wanted)  # measured: 9 of 13


@pytest.mark.parametrize(
    "question",
    ["Quelle est la durée maximale d'une AEMO ?", "combien de temps peut durer un suivi AEMO ?"],
)  # fmt: skip
def test_a_measure_in_the_family_lasts_as_any_measure_of_the_judge(question: str, ask: Ask) -> None:
    assert "2 ans au plus" in ask(question).claims[0].text


def test_what_no_text_says_of_aid_at_home_is_not_of_another_field(ask: Ask) -> None:
    assert ask("Quelle est la durée maximale d'une AED ?").refusal == "not_in_corpus"


@pytest.mark.parametrize(
    "question",
    ["on est obligés de prendre en charge les jeunes majeurs ?",
     "est-on obligés d'accompagner les jeunes majeurs ?"],
)  # fmt: skip
def test_a_duty_is_told_before_its_exception(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.refusal is None and "danger" not in kinds(answer)
    assert "transforme une faculté en obligation" in answer.claims[0].text


def test_when_aid_is_refused_the_prosecutor_is_seized(ask: Ask) -> None:
    answer = ask("enfant de 3 ans, mère refuse l'aide : on saisit qui ?")
    assert "procureur" in answer.claims[0].text


def test_what_one_actor_must_do_is_not_what_another_must(ask: Ask) -> None:
    answer = ask("Que doit faire le préfet en 2022 ?")
    bound = {one.addressee for one in answer.claims if one.modality == "must"}
    assert answer.claims and not bound & {"département", "ARS"}


def test_the_share_of_the_state_is_that_of_the_contract_not_of_another_policy(ask: Ask) -> None:
    answer = ask("Quelle part paie l'État dans le contrat ?")
    cited = {citation.document_id for citation in answer.citations}
    assert any("moitié" in claim.text for claim in answer.claims)
    assert "contrats-locaux-des-solidarites-2024-2027" not in cited
