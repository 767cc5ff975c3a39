"""Sentence spans of French administrative prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences
from tests.timing import is_under


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_a_sentence_ends_after_an_accented_letter_a_year_or_a_closing_sign() -> None:
    text = (
        "Le contrat est signé. Il vaut pour 2021. Il est prorogé (une fois). Fin du « projet ». Oui"
    )
    assert sentences(text) == [
        "Le contrat est signé.",
        "Il vaut pour 2021.",
        "Il est prorogé (une fois).",
        "Fin du « projet ».",
        "Oui",
    ]


def test_a_sentence_may_begin_with_a_digit_a_guillemet_a_dash_or_a_bullet() -> None:
    text = "La liste est close. 30 départements y sont. « Tous » ont signé. – Le suivi. • La fin."
    assert len(sentences(text)) == 5


def test_question_exclamation_and_ellipsis_end_a_sentence_before_a_capital_only() -> None:
    assert sentences("Qui signe ? Le préfet ! Et l'ARS… Elle vise.") == [
        "Qui signe ?",
        "Le préfet !",
        "Et l'ARS…",
        "Elle vise.",
    ]
    assert len(sentences("« Est-ce obligatoire ? » demandent les services.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "L'art. L. 223-1 et l'art. R. 221-4 encadrent le projet pour l'enfant.",
        "La circulaire n° 2021/25, cf. annexe 3, p. 12 et al. 2, fixe le calendrier.",
        "M. Dupont, Mme. Durand et le Dr. Petit ont remis leur avis à A. Taquet et J.-P. Martin.",
        "Le budget, les avenants, etc. sont transmis au préfet.",
        "Le financement de 12,5 M€ passe à 1.5 million au 1er janv. 2022.",
        "Le décret est pris en application des articles L. 221-1, R. 221-2 et D. 223-4 du code.",
        "1. Le préfet signe le contrat.",
        "I. – Le département transmet un bilan.",
        "- 2° Le tableau de bord est complété.",
        "Article L. 221-2-3. – Le président du conseil départemental décide.",
        "II. Les avenants sont conclus.",
    ],
)
def test_abbreviations_numbers_initials_and_enumerators_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_etc_and_an_amount_end_a_sentence_before_a_capital() -> None:
    text = "Sont visés les avenants, bilans, etc. Le total est de 107 M€. Il baisse."
    assert len(sentences(text)) == 3


def test_a_letter_ends_a_sentence_when_what_follows_is_no_surname() -> None:
    assert len(sentences("Le modèle est à l'annexe A. Le préfet le complète.")) == 2
    assert len(sentences("Il relève de l'A.S.E. Les services du département l'instruisent.")) == 2


def test_a_number_in_the_middle_of_a_line_ends_a_sentence() -> None:
    assert len(sentences("Le contrat compte l'annexe n° 3. Le préfet la vise.")) == 2


def test_footnote_calls_stay_with_their_sentence() -> None:
    text = (
        "Trois sources financent les contrats.[1] La première est l'État. [2] Le reste suit.¹ Fin."
    )
    assert sentences(text) == [
        "Trois sources financent les contrats.[1]",
        "La première est l'État. [2]",
        "Le reste suit.¹",
        "Fin.",
    ]


def test_a_line_break_always_ends_a_sentence() -> None:
    text = "Les pièces sont :\n- le bilan ;\n  - le plan\nDépartement | 2021"
    assert sentences(text) == [
        "Les pièces sont :",
        "- le bilan ;",
        "- le plan",
        "Département | 2021",
    ]


def test_a_blank_text_has_no_sentence() -> None:
    assert split_sentences("") == split_sentences(" \n\t\u00a0\n") == []


FRAGMENTS = st.sampled_from(
    [
        "Le préfet",
        " signe",
        ".",
        " ",
        "\n",
        "[1]",
        " »",
        "« ",
        "art.",
        "L. 223-1",
        "M.",
        "A.",
        "2021",
    ]
    + ["…", "?", ")", "n° 3", "é", "\u00a0", "I.", "1°", "-", "etc.", "\t", "\u2028"]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    position = 0
    for start, end in split_sentences(text):
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "unit",
    [".", ". ", ".[1] ", "A. ", "1.", " ", "»", ". »", "I.", "(", "a. B", "[1", "art. ", "1.2"],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert is_under(0.2, lambda: split_sentences(text))
