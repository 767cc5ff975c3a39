"""Answers about one département or cohort, framed by the registers."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant import wording
from assistant.answer import Answer, Request
from assistant.answering import Assistant
from assistant.asked_rows import ENTERED_ANY, ENTERED_BEFORE, ENTERING
from assistant.dossier import BY_ENTRY, NO_RULE
from assistant.duties import deadlines, duties, waves
from assistant.entries import Entries
from assistant.wanted import read_wanted
from corpus.quantities import normalised
from corpus.registry import Eligibility, read_register
from ingest.index import Index
from tests.assistant.conftest import AS_OF, Ask
from tests.assistant.test_contract import check_facts, check_markers

WHOLE = "Mon département, {place}, est-il concerné en {year}, que devons-nous remettre et quand ?"
MET = [
    ("la Creuse", 2021, ("tableau de bord", "30 septembre 2021"), ("acte de candidature",)),
    ("la Creuse", 2022, ("état d'exécution", "30 avril 2022"), ("acte de candidature",)),
    ("l'Isère", 2022, ("acte de candidature", "30 juin 2022"), ("tableau de bord",)),
    ("la Creuse", 2025, ("15 juillet 2025",), ("30 septembre 2021",)),
]


def told(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.claims)


def kinds(answer: Answer) -> list[str]:
    return [warning.kind for warning in answer.warnings]


@pytest.mark.parametrize(("place", "year", "wanted", "other"), MET)
def test_a_departement_is_told_its_status_and_what_its_cohort_hands_in(
    lexical_ask: Ask, place: str, year: int, wanted: tuple[str, ...], other: tuple[str, ...]
) -> None:
    answer = lexical_ask(WHOLE.format(place=place, year=year))
    assert answer.status == "answered" and answer.frame.exercices == (year,)
    assert all(words in told(answer) for words in wanted)
    assert not any(words in told(answer) for words in other)


def test_the_request_frames_as_the_question_does(lexical_ask: Ask) -> None:
    asked = lexical_ask("Que devons-nous remettre et quand ?", departement="23", exercices=(2022,))
    assert asked.frame.cohort == "2020" and "retenu en 2020" in told(asked)
    cohort = lexical_ask("Que faut-il rendre et quand en 2022 ?", cohort="2022")
    assert "acte de candidature" in told(cohort) and "bilan" not in told(cohort)


def test_an_exercice_that_nobody_names_is_assumed_and_others_are_offered(lexical_ask: Ask) -> None:
    answer = lexical_ask("La Creuse est-elle concernée, que remettre et quand ?")
    assert "exercices" in answer.frame.assumed and len(answer.frame.exercices) == 1
    assert answer.frame.exercices[0] <= AS_OF.year and answer.follow_ups


def test_only_what_is_asked_is_answered(lexical_ask: Ask) -> None:
    answer = lexical_ask("Quand la Creuse doit-elle signer en 2021 ?")
    assert "30 septembre 2021" in told(answer) and "tableau de bord" not in told(answer)
    assert len(answer.claims) <= 2


@pytest.mark.parametrize(
    "asked", ["Quand la Creuse a-t-elle signé ?", "De quand date son contrat ?"]
)
def test_the_day_of_a_signature_is_no_deadline(lexical_ask: Ask, asked: str) -> None:
    answer = lexical_ask(asked, departement="23")
    assert "7 décembre 2021" in told(answer) and "2025" not in told(answer)


def test_must_comes_before_may_and_says_who(lexical_ask: Ask) -> None:
    answer = lexical_ask("Quelles obligations pour un département entré en 2021 en 2022 ?")
    modalities = [claim.modality for claim in answer.claims]
    assert modalities == sorted(modalities, key=("must", "may").index)
    assert {claim.addressee for claim in answer.claims} <= {"département", "signataires"}


def test_an_unknown_year_of_entry_is_refused_with_what_holds_for_all(lexical_ask: Ask) -> None:
    answer = lexical_ask("Le Finistère est-il éligible en 2022 ?")
    assert answer.refusal == "known_unknown" and not answer.claims
    rules = [w.text for w in answer.warnings if w.kind == "general_rule"]
    assert any("volontaires" in text for text in rules) and "unverified" in kinds(answer)


def test_a_date_that_nobody_found_is_refused_as_unknown(lexical_ask: Ask) -> None:
    answer = lexical_ask("Quand la Creuse doit-elle signer en 2022 ?")
    assert answer.refusal == "known_unknown"
    assert any("date limite de signature" in warning.text for warning in answer.warnings)


def test_a_deduced_year_of_entry_is_said_so(lexical_ask: Ask) -> None:
    assert "inferred" in kinds(lexical_ask("Le Cantal est-il concerné en 2022 ?"))
    assert "inferred" not in kinds(lexical_ask("L'Isère est-elle concernée en 2022 ?"))


def test_a_disputed_entry_warns_of_the_conflict(lexical_ask: Ask) -> None:
    assert "conflict" in kinds(lexical_ask("Saint-Barthélemy est-elle concernée ?"))


def test_a_departement_not_yet_in_has_no_duty(lexical_ask: Ask) -> None:
    answer = lexical_ask("L'Isère est-elle concernée en 2021, que doit-elle remettre ?")
    assert "2022" in told(answer) and len(answer.claims) == 1


def test_the_amount_of_its_contract_is_given_when_asked(lexical_ask: Ask) -> None:
    answer = lexical_ask("Le Doubs a-t-il signé et pour quel montant ?")
    assert "amount:2800000" in normalised(told(answer))


@pytest.mark.parametrize(
    "question",
    [
        "La Creuse est-elle concernée par l'interdiction de l'accueil à l'hôtel ?",
        "Combien d'objectifs dans le contrat de l'Isère en 2022 ?",
        "Qui a signé le contrat du Cantal ?",
        "Quels départements du Grand Est sont concernés en 2020 ?",
        "Quelles pièces demande la circulaire du 1er avril 2021 ?",
    ],
)
def test_another_question_goes_the_usual_way(lexical_ask: Ask, question: str) -> None:
    assert lexical_ask(question).sureness < 1.0


def test_a_question_is_narrowed_by_its_own_words() -> None:
    assert read_wanted("Quand la Creuse doit-elle signer ?").about == {"sign"}
    whole = read_wanted("Mon département est-il concerné, que devons-nous remettre et quand ?")
    assert whole.status and whole.hands_in and whole.when and not whole.about


def test_a_replaced_date_is_no_deadline(lexical_index: Index) -> None:
    entries = Entries(lexical_index)
    gone = {row.id for row in read_register("calendar") if row.replaced_by}
    for year in range(2019, 2028):
        assert not gone & {duty.row.id for duty in deadlines(entries, year, ("2020", "2021"))}


def test_collectivites_of_all_exercices_have_sound_answers(
    lexical_assistant: Assistant, lexical_index: Index
) -> None:
    entries = Entries(lexical_index)
    for number, entry in enumerate(entries.of(Eligibility)[::3]):  # all waves, all exercices
        year, row = 2020 + number % 7, entry.row
        request = Request(
            "Est-il concerné, que devons-nous remettre et quand ?", AS_OF, (year,), row.code
        )
        answer = lexical_assistant.answer(request)
        check_markers(answer, lexical_index)
        check_facts(answer)
        assert answer.frame.departement == row.code
        lost = row.wave == "inconnue" or int(row.wave) > year
        held = () if lost else (row.wave,)
        unknown = row.wave == "inconnue"  # told for each entry that it may have, in its part
        any_of = waves(entries) if unknown else held
        allowed = [*duties(entries, year, any_of), *deadlines(entries, year, any_of)]
        rules = {duty.unit.text for duty in allowed}
        own = {unit.text for unit in entry.units}
        for claim in answer.claims:
            assert any(text in claim.text for text in rules | own), claim.text
        if lost and not unknown:
            assert not any(claim.modality == "must" and claim.addressee for claim in answer.claims)


@pytest.fixture
def on_day(lexical_assistant: Assistant) -> Callable[[str, str], Answer]:
    return lambda day, question: lexical_assistant.answer(
        Request(question, date.fromisoformat(day))
    )


@pytest.mark.parametrize(
    "question",
    [
        "Loire-Atlantique, contrat depuis l'an passé. Pour toucher la rallonge 2021, "
        "qu'est-ce qu'il faut envoyer à la préf avec l'avenant ?",
        "On a signé en 2020. Pour décrocher l'avenant de cette année il faut fournir quoi ?",
        "Nous avons signé en 2020 : à quelles conditions a-t-on l'avenant 2021 ?",
    ],
)
def test_who_tells_its_entry_gets_the_pieces_of_its_cohort(
    on_day: Callable[[str, str], Answer], question: str
) -> None:
    answer = on_day("2021-06-14", question)
    assert answer.frame.exercices == (2021,) and answer.frame.cohort == "2020"
    assert all(piece in told(answer) for piece in ("bilan", "tableau de bord", "plan d'actions"))


def test_an_entry_that_the_register_ignores_is_believed_and_said_unverified(
    on_day: Callable[[str, str], Answer],
) -> None:
    answer = on_day("2022-03-01", "Ain, nous sommes entrés en 2021. Quelles pièces en 2022 ?")
    assert "état d'exécution" in told(answer) and "unverified" in kinds(answer)
    asked = on_day("2022-03-01", "L'Ain est-il entré en 2021, que doit-il remettre en 2022 ?")
    assert asked.parts[0].refusal == "known_unknown"  # what is asked isn't believed
    assert "état d'exécution" in of_part(asked, ENTERED_BEFORE.format(year=2022))


def test_several_cohorts_get_what_holds_for_them(on_day: Callable[[str, str], Answer]) -> None:
    answer = on_day("2022-03-01", "Un département entré avant 2022, quelles pièces en 2022 ?")
    assert "état d'exécution" in told(answer) and "acte de candidature" not in told(answer)


@pytest.mark.parametrize("place", ["dép. 2A", "la Haute-Corse"])
def test_what_entered_as_a_whole_is_told_of_its_part(lexical_ask: Ask, place: str) -> None:
    answer = lexical_ask(f"{place} : dans les 30 ?")
    assert "Corse : territoire retenu en 2020" in told(answer) and "unverified" in kinds(answer)


def test_a_departement_of_a_like_name_is_no_part(lexical_ask: Ask) -> None:
    assert not lexical_ask("Haute-Loire : dans les 30 ?").claims


def test_the_next_date_is_meant_when_no_year_is_named(
    on_day: Callable[[str, str], Answer],
) -> None:
    asked = "avant les vacances faut avoir transmis le projet de contrat, dernier jour ?"
    answer = on_day("2025-06-18", asked)
    assert "15 juillet 2025" in told(answer) and "exercices" in answer.frame.assumed
    assert on_day("2025-09-01", asked).sureness < 1.0  # it is past: nothing is to come


def test_the_report_of_another_year_keeps_the_yearly_date(lexical_ask: Ask) -> None:
    for question in ("Rapport d'exécution 2021 : à rendre quand ?",
                     "La Creuse doit rendre son rapport d'exécution 2021 quand ?"):  # fmt: skip
        answer = lexical_ask(question)
        assert "30 juin de l'année suivante" in told(answer)
        assert "30 septembre" not in told(answer)


def test_only_the_amount_of_the_named_collectivite_is_given(lexical_ask: Ask) -> None:
    answer = lexical_ask("Bouches-du-Rhône, aide jeunes majeurs de 2024, le montant exact ?")
    assert "1 311 751" in told(answer) and "416 260" not in told(answer)
    assert "unverified" not in kinds(answer)


def test_a_precise_duty_is_told_with_the_status(lexical_ask: Ask) -> None:
    answer = lexical_ask("La Creuse doit-elle présenter le projet de contrat à l'ODPE ?")
    assert "retenu en 2020" in told(answer) and "présenté à l'observatoire" in told(answer)


def test_a_definition_that_proves_a_rule_is_no_obligation(lexical_ask: Ask) -> None:
    answer = lexical_ask("Quelles obligations pour un département en 2020 ?")
    modalities = {
        claim.modality for claim in answer.claims if "Les trois parties du contrat" in claim.text
    }
    assert modalities == {"states"}


def test_an_event_that_asks_nothing_is_not_due(lexical_ask: Ask, lexical_index: Index) -> None:
    assert "comité" not in told(lexical_ask(WHOLE.format(place="la Creuse", year=2020)))
    held = {d.row.id for d in deadlines(Entries(lexical_index), 2022, ("2020",))}
    assert "date-pieces-complementaires-2022" in held  # a limit, though its row names nobody


def test_a_lost_departement_is_told_whole_lists_and_what_depends_on_its_entry(
    lexical_ask: Ask,
) -> None:
    later = lexical_ask(WHOLE.format(place="Paris", year=2024))
    assert any("fiches actions" in c.text and "contrat signé" in c.text for c in later.claims)
    former = [w.text for w in lexical_ask(WHOLE.format(place="Paris", year=2021)).warnings]
    assert BY_ENTRY in former and NO_RULE not in former
    assert BY_ENTRY not in [w.text for w in later.warnings]  # nothing differs by entry


def of_part(answer: Answer, words: str) -> str:
    """What the part whose label ends so claims."""
    part = next(part for part in answer.parts if part.question.endswith(words))
    return " ".join(answer.claims[n].text for n in part.claims)


def test_a_lost_departement_is_told_what_new_ones_and_former_ones_hand_in(
    lexical_ask: Ask, lexical_index: Index
) -> None:
    answer = lexical_ask(WHOLE.format(place="le Finistère", year=2022))
    first = answer.parts[0]
    assert answer.status == "partial" and (first.refusal, first.claims) == ("known_unknown", ())
    assert "30 avril 2022" in of_part(answer, ENTERING.format(year=2022))
    former = of_part(answer, ENTERED_BEFORE.format(year=2022))
    assert "état d'exécution" in former and "acte de candidature" not in former
    assert "volontaires" in of_part(answer, ENTERED_ANY.format(year=2022))
    assert any("date limite de signature" in warning.text for warning in answer.warnings)
    check_markers(answer, lexical_index)


def test_a_precise_date_of_a_lost_departement_is_the_one_of_any_entry(lexical_ask: Ask) -> None:
    answer = lexical_ask("Quand le Finistère doit-il signer en 2021 ?")
    assert "30 septembre 2021" in of_part(answer, ENTERED_ANY.format(year=2021))


def test_a_region_is_told_by_its_departements(lexical_ask: Ask) -> None:
    answer = lexical_ask("La Lorraine a-t-elle été retenue en 2020 ?")
    assert "Meurthe-et-Moselle" in told(answer) and "Loiret" not in told(answer)
    texts = [warning.text for warning in answer.warnings]
    assert wording.REGION in texts and wording.REST_OF_REGION.format(count=1) in texts


def test_a_wave_asked_of_two_says_which_one_is_not_known(lexical_ask: Ask) -> None:
    answer = lexical_ask("L'Ain et l'Aisne ont-ils la même vague ?")
    assert [part.status for part in answer.parts] == ["refused", "answered"]


def test_a_signature_said_late_comes_with_its_limit(lexical_ask: Ask) -> None:
    answer = lexical_ask("Le Doubs a signé après la date limite ?")
    assert "27 octobre 2021" in told(answer) and "30 septembre 2021" in told(answer)


def test_a_collectivite_is_found_by_its_full_name(lexical_ask: Ask) -> None:
    answer = lexical_ask("la collectivité européenne d'Alsace est-elle concernée ?")
    assert answer.frame.departement == "6AE" and "18 octobre 2021" in told(answer)
