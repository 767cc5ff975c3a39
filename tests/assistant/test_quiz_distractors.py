"""Sabotage: a wrong answer that the corpus supports under some reading is refused."""

from dataclasses import replace

import pytest

from assistant.entries import Entries
from assistant.teaching.distractors import refuted
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.gaps import gap_of
from assistant.teaching.material import Bibliography
from assistant.teaching.pack import Option, Proved, QuizItem
from assistant.teaching.prompts import choice_prompt, sentence, true_false_prompt
from assistant.teaching.quizzing import quiz
from assistant.teaching.rechecking import Rechecker
from corpus.registry import Funding
from ingest.index import Index
from tests.assistant.quiz_materials import everything, fact_of, material_of, statements_of


@pytest.fixture(scope="module")
def entries(index: Index) -> Entries:
    return Entries(index)


@pytest.fixture(scope="module")
def facts(entries: Entries, index: Index) -> dict[str, Fact]:
    return {fact.id: fact for fact in facts_of(everything(entries, index))}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        # the date that it replaced, which texts still give
        ("calendar:date-signature-2020", "date:2020-07-01"),
        # the same amount in euros, and one that rounds to it
        ("funding:contractualisation-2021-fir", "amount:33000000"),
        ("funding:contractualisation-2021-fir", "amount:33400000"),
        # another perimeter of the same source and exercice
        ("funding:action-17-2021-prevu", "amount:153400000"),
        ("funding:action-17-2021-prevu", "amount:107000000"),
        # a side of a disagreement on the same source
        ("funding:action-17-2021-prevu", "amount:67500000"),
        # sums of the parts of a total
        ("funding:contractualisation-2020-ensemble", "amount:65000000"),
        # a part of a total, which its giver gives too, and the total of a part
        ("funding:contractualisation-2020-ensemble", "amount:50000000"),
        ("funding:contractualisation-2020-programme-304", "amount:80000000"),
        # the prefect is the State; the proof names the other signatories
        ("obligations:controle-procedures-de-signalement", "actor:État"),
        ("obligations:mentorat-convention", "actor:département"),
        # lists not known whole: it may be one of them
        ("objectives:socle-2025-accueil-familial", "objective:Former les professionnels."),
        ("objectives:fondamental-1-entretien-prenatal-precoce", "objective:Renforcer l'observatoire"
         " départemental de la protection de l'enfance (ODPE)."),
        ("eligibility:eure", "wave:2020"),
    ],
)  # fmt: skip
def test_a_supported_value_is_never_wrong(
    fact: str, value: str, facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    assert not refuted(facts[fact], value, entries, index)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("calendar:date-signature-2020", "date:2021-04-28"),
        ("calendar:date-signature-2021", "date:2020-10-15"),
        ("funding:contractualisation-2021-fir", "amount:80000000"),
        ("obligations:controle-procedures-de-signalement", "actor:juge"),
        ("objectives:facultatif-formation", "objective:Accueillir les mineurs victimes de "
         "prostitution."),
        ("eligibility:eure", "wave:2022"),
    ],
)  # fmt: skip
def test_a_neighbour_s_value_is_wrong(
    fact: str, value: str, facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    assert refuted(facts[fact], value, entries, index)


def test_no_fact_refutes_its_own_value(
    facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    assert [f.id for f in facts.values() if refuted(f, f.value, entries, index)] == []


def test_a_value_of_the_proof_itself_is_never_wrong(
    facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    fact = facts["funding:action-17-2021-engage"]
    assert "151,5 M€" in fact.unit.text
    assert not refuted(fact, "amount:151500000", entries, index)


def test_a_day_of_the_month_that_a_text_gives_is_never_wrong(
    facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    fact = facts["calendar:date-projets-2020"]
    assert (fact.kind, fact.value) == ("month", "month:2020-09")
    assert not refuted(replace(fact, kind="date", value="date:2020-09-02"), "date:2020-09-15",
                       entries, index)  # fmt: skip


def test_a_row_added_with_a_wrong_value_takes_it_from_the_quiz(
    entries: Entries, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = material_of(entries, 2021)
    fact = fact_of(material, "funding:contractualisation-2021-fir")
    value = "amount:80000000"
    assert refuted(fact, value, entries, index)
    other = Entries(index)
    held = other.of(Funding)
    forged = held[0].row.model_copy(
        update={"id": "faux", "exercice": 2021, "source": "FIR", "amount_eur": 80_000_000}
    )
    monkeypatch.setitem(other._entries, "funding", (*held, replace(held[0], row=forged)))
    assert not refuted(fact, value, other, index)


def test_facts_whose_every_rival_is_supported_are_not_asked(
    entries: Entries, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.teaching.items.refuted", lambda *_given: False)
    material = statements_of(entries, index, "institution-crip")
    assert len(facts_of(material)) > 1
    assert quiz(material, entries, index, Bibliography(), 20) == ()


@pytest.mark.parametrize("year", [2021, 2025])
def test_what_a_quiz_calls_wrong_is_refuted_again_over_the_same_index(
    year: int, entries: Entries, index: Index
) -> None:
    rechecker = Rechecker(entries, index)
    for most in (8, 100):
        items = quiz(material_of(entries, year), entries, index, Bibliography(), most)
        assert [rechecker.fault(item) for item in items if rechecker.fault(item)] == []


def test_a_saved_wrong_answer_that_the_index_supports_is_told(
    entries: Entries, index: Index
) -> None:
    items = quiz(material_of(entries, 2020), entries, index, Bibliography(), 100, least=100)
    item = next(one for one in items if one.kind == "single")
    former = Option("1er juillet 2020", False, "", ())  # the date that another one replaced
    forged = replace(item, fact="calendar:date-signature-2020", options=(former,))
    assert "1er juillet 2020" in Rechecker(entries, index).fault(forged)
    assert not Rechecker(entries, index).fault(item)


def test_an_amount_of_another_perimeter_is_never_named_as_the_whole_source(
    facts: dict[str, Fact],
) -> None:
    assert facts["funding:contractualisation-2021-fir"].subject == "FIR, 2021"
    asked = facts["funding:action-17-2023-plf"].subject
    assert asked.startswith("action 17 du programme 304") and asked.endswith(", 2023")


def test_another_date_of_the_same_court_is_never_wrong(index: Index, entries: Entries) -> None:
    told = statements_of(entries, index, "conseil-etat-2022-11-15-jeunes-majeurs")
    unit = next(u for u in told.statements if u.text.startswith("Le droit reconnu"))
    gap = gap_of(unit.text, "date:2022-11-15")
    assert gap is not None
    fact = Fact("", "date", gap.value, gap.shown, unit, "", "", gap.spans)
    assert not refuted(fact, "date:2022-12-12", entries, index)
    assert not refuted(fact, "date:2022-11-28", entries, index)
    assert refuted(fact, "date:2022-04-30", entries, index)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("duration:16 ans", False),  # « moins de 17 ans » is « 16 ans » at most
        ("duration:18 ans", False),
        ("duration:204 mois", False),  # the same one in months
        ("duration:13 ans", True),
    ],
)
def test_an_age_counted_otherwise_is_never_wrong(
    value: str, wrong: bool, entries: Entries, index: Index
) -> None:
    told = facts_of(statements_of(entries, index, "loi-2022-140"))
    aged = next(f for f in told if f.value == "duration:17 ans")
    assert refuted(aged, value, entries, index) is wrong


@pytest.mark.parametrize(
    ("words", "wrong", "told"),
    [
        ("d'au moins 13 ans", "16 ans", True),  # who is 16 is within the rule
        ("mineurs de moins de 16 ans ni", "18 ans", False),
        ("mineurs de moins de 16 ans ni", "13 ans", True),
        ("plus de 60 % des hébergements", "80 %", True),
    ],
)
def test_a_saved_wrong_answer_within_a_bound_of_its_text_is_told(
    words: str, wrong: str, told: bool, facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    fact = next(one for one in facts.values() if words in one.unit.text)
    fact_id = f"{fact.unit.document.document_id}#"
    key = Proved(fact_id, sentence(fact.unit), ())
    options = (Option(fact.shown, True, "", ()), Option(wrong, False, "", ()))
    item = QuizItem(f"single:{fact_id}", "single", "Combien ?", fact_id, key, options)
    said = f"« {wrong} », donné pour faux, est vrai aussi"
    assert Rechecker(entries, index).fault(item).startswith(said) is told


@pytest.mark.parametrize("wrong", ["30 février 2021", "29 février", "31 avril"])
def test_a_saved_day_that_is_none_is_no_fault(
    wrong: str, facts: dict[str, Fact], entries: Entries, index: Index
) -> None:
    fact = facts["calendar:date-signature-2020"]
    key = Proved(fact.id, sentence(fact.unit), ())
    options = (Option(wrong, False, "", ()),)
    item = QuizItem(f"single:{fact.id}", "single", "Quand ?", fact.id, key, options)
    assert Rechecker(entries, index).fault(item) == ""


def test_a_judge_is_never_wrong_for_the_state(
    facts: dict[str, Fact], index: Index, entries: Entries
) -> None:
    judged = next(f for f in facts.values() if f.value == "actor:juge")
    assert not refuted(judged, "actor:État", entries, index)
    assert refuted(judged, "actor:département", entries, index)


def test_an_actor_that_the_task_names_as_a_part_is_no_choice(
    facts: dict[str, Fact], index: Index, entries: Entries
) -> None:
    duty = next(f for f in facts.values() if f.value == "actor:département" and f.row)
    assert refuted(duty, "actor:ARS", entries, index)
    with_state = replace(duty, subject=f"{duty.subject}, avec le concours de l'État")
    assert not refuted(with_state, "actor:ARS", entries, index)


def test_an_objective_of_2022_is_wrong_for_a_list_only_when_its_year_is_said(
    facts: dict[str, Fact], index: Index, entries: Entries
) -> None:
    new = facts["objectives:nouveau-2022-fin-du-recours-a-l-hotel"].value
    dated = facts["objectives:fondamental-enfants-proteges-handicap"]
    undated = facts["objectives:fondamental-renforcement-odpe"]
    assert "de 2020" in choice_prompt(dated) and "2020" not in choice_prompt(undated)
    assert refuted(dated, new, entries, index) and not refuted(undated, new, entries, index)
    said = replace(facts["objectives:nouveau-2022-fin-du-recours-a-l-hotel"], subject="fondamental")
    assert true_false_prompt(said, "").endswith("est un objectif fondamental de 2020.")
