"""A person's own situation is told from a question about a rule."""

from pathlib import Path

import pytest
import yaml

from assistant.individual import is_individual, without_particulars
from assistant.privacy import masked
from tests.assistant.conftest import Ask
from tests.assistant.privacy_sets import every, held_out

RECALL, FALSE_ALARMS = 0.9, 0.05


@pytest.mark.parametrize(
    "question",
    ["Ai-je droit à un contrat jeune majeur ?", "J'ai 17 ans, que faire ?",
     "Mon ex refuse de me rendre ma fille", "Mes droits ?", "Mes parents sont-ils éligibles ?",
     "Sophie B., 16 ans, entretien d'autonomie ?",
     "né en 2009 à Bobigny, suivi par l'ASE : droit au mentorat ?",
     "le petit kevin 8 ans doit-il rentrer chez lui", "Mme Durand peut-elle voir ses enfants ?",
     "Léa M., 17 ans et demi, sera-t-elle aidée après ses 18 ans ?"],
)  # fmt: skip
def test_a_person_s_own_case_is_recognised(question: str) -> None:
    assert is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["Mon département est-il éligible ?", "Quels jeunes de 18 ans sont suivis ?",
     "Qui a droit à un contrat jeune majeur ?", "Que dois-je fournir pour l'avenant 2021 ?",
     "Un jeune de 19 ans avec une OQTF, le Département peut encore l'aider ?",
     "Une mamie peut-elle être tiers digne de confiance ?", "Chez nous, qui signe ?"],
)  # fmt: skip
def test_a_question_about_a_rule_is_not_a_case(question: str) -> None:
    assert not is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["Nos enfants nous ont été retirés hier, quel recours ?",
     "L'ASE nous réclame une participation pour notre fille, c'est légal ?",
     "On nous a refusé l'agrément d'assistant familial", "Nos ados ne veulent plus rentrer",
     "Mme Lacoste, son agrément expire en mai : doit-elle tout refaire ?",
     "Mon éducatrice a changé trois fois, puis-je demander qu'elle reste ?"],
)  # fmt: skip
def test_a_family_that_says_we_tells_its_case(question: str) -> None:
    assert is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["Un club nous réclame l'attestation d'honorabilité d'un éduc, en a-t-il le droit ?",
     "L'entretien des 17 ans pour nos ados, au plus tard quand ?",
     "On nous a refusé des crédits du FIR en 2021, sur quel critère ?",
     "Nos ados placés ont-ils tous droit à un parrain ?",
     "Mmes Laurent et Costa, leur rapport propose combien de mesures ?",
     "Notre éducateur référent doit-il signer le PPE ?"],
)  # fmt: skip
def test_a_service_that_says_we_asks_for_a_rule(question: str) -> None:
    assert not is_individual(masked(question))


def test_the_sets_are_large_enough() -> None:
    assert len(set(every("individual"))) >= 40 and len(set(every("general"))) >= 60


def test_most_cases_of_the_held_out_half_are_recognised() -> None:
    told = [is_individual(masked(line)) for line in held_out("individual")]
    assert sum(told) / len(told) >= RECALL


def test_rules_of_the_held_out_half_are_seldom_taken_for_a_case() -> None:
    told = [is_individual(masked(line)) for line in held_out("general")]
    assert sum(told) / len(told) <= FALSE_ALARMS


@pytest.mark.model
def test_a_case_without_danger_is_not_shown_the_numbers(ask: Ask) -> None:
    answer = ask("J'ai 19 ans, puis-je avoir un contrat jeune majeur ?")
    assert answer.refusal == "individual_case"
    assert [w.kind for w in answer.warnings] == ["general_rule"]


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["Mon fils peut-il profiter du contrat de mon département en 2022 ?",
     "Mon ex refuse de me rendre ma fille"],
)  # fmt: skip
def test_no_rule_is_told_that_is_not_on_the_subject(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.refusal == "individual_case" and answer.citations == ()


def cases(name: str) -> list[str]:
    text = (Path(__file__).parent / "individual_cases.yaml").read_text(encoding="utf-8")
    sets: dict[str, str] = yaml.safe_load(text)
    return sets[name].splitlines()


def test_who_presents_themselves_or_a_colleague_tells_no_case() -> None:
    told = [is_individual(masked(line)) for line in cases("asker")]
    assert len(told) == 40 and sum(told) / len(told) <= 0.05


def test_a_family_given_by_its_name_is_a_case() -> None:
    told = [is_individual(masked(line)) for line in cases("case")]
    assert len(told) == 40 and sum(told) / len(told) >= 0.95


@pytest.mark.parametrize(
    "question",
    ["Ma collègue Mme Roy me demande si le petit Léo Roux doit changer d'école",
     "Mme Roy me demande si sa fille peut rentrer",
     "Le président a placé l'enfant Hugo Morel, est-ce légal ?"],
)  # fmt: skip
def test_a_colleague_may_still_tell_the_case_of_a_family(question: str) -> None:
    assert is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["La petite que je suis (4 ans) : la mère la réclame pour Noël. Je la laisse partir ?",
     "J'ai un jeune de 19 ans qui dort dans sa voiture. Est-ce que je lui signe son contrat ?",
     "Une de nos assfam est mise en cause. Faut-il lui retirer son agrément tout de suite ?",
     "Le père sort de prison lundi. Est-ce que je laisse faire la visite ?",
     "Un gamin du foyer a fugué samedi, on demande la mainlevée ?",
     "Mme ne vient plus aux visites. J'arrête les visites ?"],
)  # fmt: skip
def test_a_decision_asked_about_someone_known_is_a_case(question: str) -> None:
    assert is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["Si un jeune ment, peut-on rompre son contrat ?",
     "Le projet pour l'enfant, doit-on le finir pour le 31 octobre ?",
     "Bonjour Madame, faut-il envoyer la délibération avant le 31 octobre ?",
     "Vous pourriez me dire si le père paie ?",
     "Nous avons un enfant sur trois placé hors département, doit-on le dire ?",
     "La pouponnière accueille 45 enfants, oui ou non ?",
     "L'avenant, je le signe avant quand ?"],
)  # fmt: skip
def test_someone_in_general_or_only_supposed_is_no_case(question: str) -> None:
    assert not is_individual(masked(question))


@pytest.mark.parametrize(
    "question",
    ["Ma voisine a alerté la CRIP. En règle générale un particulier a droit à un retour ?",
     "Ma sœur a signalé un gamin. Peut-elle savoir ce qu'il est devenu ?",
     "Ma voisine est famille d'accueil, combien d'enfants peut-elle accueillir ?",
     "Je suis assistante familiale, ai-je droit à un week-end de répit ?",
     "On nous a retiré 40 000 euros sur le solde, est-ce prévu ?"],
)  # fmt: skip
def test_who_alerts_and_who_asks_the_rule_of_a_trade_tells_no_case(question: str) -> None:
    assert not is_individual(masked(question))


@pytest.mark.parametrize(("half", "recall"), [("seen", 0.95), ("unseen", 0.7)])
def test_decisions_are_told_from_rules(half: str, recall: float) -> None:
    told = [is_individual(masked(line)) for line in cases(f"decision_{half}")]
    alarms = [is_individual(masked(line)) for line in cases(f"rule_{half}")]
    assert len(told) >= 20 and sum(told) / len(told) >= recall
    assert len(alarms) >= 25 and sum(alarms) / len(alarms) <= FALSE_ALARMS


@pytest.mark.model
def test_a_long_story_gets_the_general_rule_too(ask: Ask) -> None:
    answer = ask(
        "J'ai une jeune de 19 ans, en apprentissage, qui vient de recevoir une OQTF et dort chez "
        "une amie. Est-ce que je lui signe son contrat jeune majeur ?"
    )
    assert (answer.refusal, answer.claims) == ("individual_case", ())
    (rule,) = [one.text for one in answer.warnings if one.kind == "general_rule"]
    assert "OQTF" in rule


@pytest.mark.parametrize(
    ("question", "left"),
    [("Léa M., 17 ans et demi, sera-t-elle aidée après ses 18 ans ?",
      "sera-t-elle aidée après ses 18 ans ?"),
     ("enfant de 3 ans, mère qui refuse l'aide : qui saisir ?",
      "enfant , mère qui refuse l'aide : qui saisir ?"),
     ("jusqu'à 21 ans ?", "jusqu'à 21 ans ?")],
)  # fmt: skip
def test_the_age_of_the_person_is_no_part_of_the_rule(question: str, left: str) -> None:
    assert without_particulars(masked(question)).strip(" ,") == left


@pytest.mark.model
def test_the_rule_shown_is_that_of_what_is_asked_not_of_the_age_told(ask: Ask) -> None:
    answer = ask("Léa M., 17 ans et demi, sera-t-elle encore aidée après ses 18 ans ?")
    assert answer.refusal == "individual_case"
    assert any("21 ans" in w.text for w in answer.warnings if w.kind == "general_rule")
