"""Signals of a quote: its words, its year, its names, and mistyped words."""

from datetime import date
from typing import Any

import pytest

from assistant.asking import read_question
from assistant.evidence import Weigher
from assistant.framing import read_named
from assistant.reading import Reading, from_best
from assistant.refusing import Verdict
from assistant.spelling import corrected_terms
from assistant.units import Unit, document_units
from ingest.index import Index
from ingest.lexical import terms
from ingest.reading.content import RawBlock
from tests.assistant.conftest import AS_OF, document


def weigher(question: str, index: Index) -> Weigher:
    return Weigher(index, read_question(question), read_named(question, AS_OF, index))


def unit(text: str, heading: str = "Contrats", **card: object) -> Unit:
    made = document(RawBlock("heading", heading, 2), RawBlock("paragraph", text), **card)
    return document_units(made)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("contractualsation", "contractualisation"), ("prefett", "prefet"), ("tableua", "tableau"),
     ("circulare", "circulaire"), ("candidtaure", "candidature"),
     ("lavenant", "avenant"), ("dinstruction", "instruction")],
)  # fmt: skip
def test_a_typing_slip_is_corrected(typed: str, meant: str, lexical_index: Index) -> None:
    (wanted,) = [t for t in terms(meant) if t.isalpha()]
    slip = tuple(t for t in terms(typed) if t.isalpha())
    assert corrected_terms(lexical_index, slip) == (wanted,)


@pytest.mark.parametrize("word", ["bilan", "fir", "xylo", "zzzzzzz", "=ase", "@2021/25", "2021"])
def test_a_known_short_or_hopeless_term_stays(word: str, lexical_index: Index) -> None:
    assert corrected_terms(lexical_index, (word,)) == (word,)


def test_two_slips_of_one_word_count_once(lexical_index: Index) -> None:
    given = tuple(t for t in terms("prefett prefet préfets") if t.isalpha())
    assert len(corrected_terms(lexical_index, given)) == 1


def test_a_quote_on_the_subject_covers_more(lexical_index: Index) -> None:
    scale = weigher("Quelles pièces joindre à l'avenant ?", lexical_index)
    on = scale.weigh(unit("L'avenant demande des pièces à joindre."), None, 0.5)
    off = scale.weigh(unit("Le préfet signe le contrat."), None, 0.5)
    assert on.own_coverage > 0.9 > off.own_coverage and on.score > off.score


def test_a_heading_proves_less_than_the_quote(lexical_index: Index) -> None:
    scale = weigher("bilan", lexical_index)
    said = scale.weigh(unit("Le bilan est dû."), 0.5, 0.5)
    headed = scale.weigh(unit("Le document est dû.", heading="Bilan"), 0.5, 0.5)
    assert said.coverage > headed.coverage > 0 == headed.own_coverage


@pytest.mark.parametrize(
    ("question", "text"),
    [("Quand signer ?", "Il est signé le 3 mars 2021."), ("Quel montant ?", "Le FIR verse 33 M€."),
     ("Quel pourcentage ?", "Il couvre 80 % des cas."), ("Quel NOR ?", "NOR : SSAA2207127J.")],
)  # fmt: skip
def test_an_answer_holds_the_type_asked_for(question: str, text: str, lexical_index: Index) -> None:
    scale = weigher(question, lexical_index)
    assert scale.weigh(unit(text), None, 0.5).typed
    assert not scale.weigh(unit("Le préfet signe le contrat."), None, 0.5).typed


def test_what_is_counted_comes_before_another_number(lexical_index: Index) -> None:
    scale = weigher("Combien de membres au conseil ?", lexical_index)
    counts = scale.weigh(unit("Le conseil réunit 66 membres."), 0.5, 0.5)
    other = scale.weigh(unit("Le conseil des membres a 120 postes."), 0.5, 0.5)
    assert counts.counts and not other.counts and counts.score > other.score
    assert (
        not weigher("Quand le conseil réunit-il ses membres ?", lexical_index)
        .weigh(counts.unit, 0.5, 0.5)
        .counts
    )


@pytest.mark.parametrize(
    ("question", "text", "typed"),
    [
        ("Combien coûte le rapport ?", "Le coût du rapport est de 3 M€.", True),
        ("Combien coûte le rapport ?", "Le coût social des carences est évalué à 3 M€.", False),
        ("Combien d'enfants par lieu ?", "Les moins de 3 ans y sont accueillis.", False),
        ("Combien de mois dure l'accueil ?", "L'accueil est de 3 mois.", True),
    ],
)
def test_the_cost_or_the_age_of_another_thing_is_no_answer(
    question: str, text: str, typed: bool, lexical_index: Index
) -> None:
    assert weigher(question, lexical_index).weigh(unit(text), None, 0.5).typed is typed


@pytest.mark.parametrize(
    ("text", "heading", "exercices", "fits"),
    [
        ("Le FIR verse 33 M€ en 2021.", "Crédits", (), True),
        ("Le FIR verse 33 M€ en 2020.", "Crédits", (), False),
        ("Le FIR verse 33 M€.", "Exercice 2021", (), True),
        ("Le FIR verse 33 M€.", "Exercice 2020", (2021,), False),
        ("Le FIR verse 33 M€.", "Crédits", (2021,), True),
        ("Le FIR verse 33 M€.", "Crédits", (2020,), False),
        ("Le FIR verse 33 M€ en 2020.", "Calendrier 2019 à 2021", (2019, 2020, 2021), False),
        ("Le FIR verse 33 M€ en 2020.", "Crédits", (2020, 2021), False),
        ("Il complète le texte de 2020.", "Exercice 2021", (2021,), True),
        ("33 M€ en 2020, selon un rapport du 3 mars 2021.", "Crédits", (), False),
        ("Un montant ajouté par le décret n° 2021-305.", "Depuis 2022", (), True),
        ("Un montant ajouté par l'instruction n° 2022/61.", "Depuis 2022", (), False),
    ],
)
def test_a_quote_fits_the_exercice_it_speaks_of(
    text: str, heading: str, exercices: tuple[int, ...], fits: bool, lexical_index: Index
) -> None:
    scale = weigher("Quel montant en 2021 ?", lexical_index)
    found = scale.weigh(unit(text, heading, exercices=exercices), None, 0.5)
    assert found.fits is fits and found.other_exercice is not fits


def test_a_named_collectivite_must_stand_there(lexical_index: Index) -> None:
    scale = weigher("Combien la Drôme a-t-elle reçu ?", lexical_index)
    assert scale.weigh(unit("La Drôme a reçu 2 M€."), None, 0.5).fits
    assert not scale.weigh(unit("Le Cher a reçu 2 M€."), None, 0.5).fits


def test_every_signal_stays_between_zero_and_one(lexical_index: Index) -> None:
    scale = weigher("bilan du contrat du Cher en 2020", lexical_index)
    found = scale.weigh(unit("Le Cher remet le bilan du contrat de 2020."), 1.0, 1.0)
    for value in (found.coverage, found.own_coverage, found.similarity, found.rank):
        assert 0.0 <= value <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("question", "particular"),
    [("Qui signe le contrat ?", True), ("Après les Calpae, quel contrat ?", False)],
)
def test_a_contract_of_another_policy_is_apart_unless_such_policies_are_asked_about(
    question: str, particular: bool, lexical_index: Index
) -> None:
    said = unit("Les contrats locaux des solidarités sont signés par le préfet.")
    assert weigher(question, lexical_index).weigh(said, None, 0.5).particular is particular


def test_the_name_of_a_text_is_not_what_is_asked_of_it(lexical_index: Index) -> None:
    scale = weigher("loi meunier-dini combien d'articles", lexical_index)
    named = scale.weigh(unit("La loi vient de Michelle Meunier et de Muguette Dini."), None, 0.5)
    asked = scale.weigh(unit("La loi compte 49 articles."), None, 0.5)
    assert asked.own_coverage > named.own_coverage


@pytest.mark.parametrize(
    ("text", "card", "fits"),
    [
        (
            "Le FIR de 2022 est demandé.",
            {"signed_on": date(2021, 11, 8), "exercices": (2022,)},
            True,
        ),
        ("Le FIR verse 33 M€.", {"title": "Rapport de septembre 2021"}, True),
        ("Le FIR verse 33 M€ en 2020.", {"title": "Rapport de septembre 2021"}, False),
        ("Le FIR de 2022.", {"signed_on": date(2021, 11, 8), "exercices": (2022, 2023)}, False),
        ("Le FIR de 2022.", {"title": "Contrats de 2021 à 2023", "exercices": (2022,)}, False),
    ],
)
def test_the_year_of_a_text_names_it(
    text: str, card: dict[str, Any], fits: bool, lexical_index: Index
) -> None:
    found = weigher("Quel montant en 2021 ?", lexical_index).weigh(unit(text, **card), None, 0.5)
    assert found.fits is fits


@pytest.mark.parametrize(
    ("question", "exercices"),
    [
        ("Quel montant verse le FIR en 2021 ?", [(2021,)]),
        ("Nous avons signé en 2021, quel montant verse le FIR ?", [(2022,), (2021,)]),
    ],
)
def test_only_an_exercice_that_is_named_sets_the_texts_of_others_aside(
    question: str, exercices: list[tuple[int, ...]], lexical_index: Index
) -> None:
    scale = weigher(question, lexical_index)
    said = {2022: "Le FIR verse 33 M€ en 2021 et 40 M€ en 2022.", 2021: "Le FIR verse 33 M€."}
    units = [unit(text, exercices=(year,)) for year, text in said.items()]
    found = [scale.weigh(one, 0.5, 0.5) for one in units]
    reading = Reading(scale.question, scale.named, scale, found, found, [], 0.0, 0)
    usable = from_best(reading, Verdict(None, found[0]))
    assert [e.unit.document.identity.exercices for e in usable] == exercices


def test_the_rule_comes_before_its_exception_unless_that_is_asked(lexical_index: Index) -> None:
    rule = unit("Le département a l'obligation d'accompagner les jeunes majeurs.")
    apart = unit("Le département peut accompagner un jeune majeur sous OQTF, sans y être tenu.")
    general = weigher("est-on obligé d'accompagner les jeunes majeurs ?", lexical_index)
    asked = weigher("est-on obligé d'accompagner un jeune sous OQTF ?", lexical_index)
    assert general.weigh(apart, 0.5, 0.5).exceptional
    assert general.weigh(rule, 0.5, 0.5).score > general.weigh(apart, 0.5, 0.5).score
    assert not asked.weigh(apart, 0.5, 0.5).exceptional


def test_a_question_of_duty_is_answered_by_a_duty(lexical_index: Index) -> None:
    scale = weigher("est-on obligé d'évaluer un mineur isolé ?", lexical_index)
    assert scale.weigh(unit("Le département doit évaluer le mineur isolé."), None, 0.5).typed
    assert not scale.weigh(unit("Le mineur isolé est évalué après le répit."), None, 0.5).typed
