from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.wording import holds

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
MILLIONS = st.integers(1, 9999)


def written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@given(DAYS)
def test_a_date_is_held_in_every_french_form(day: date) -> None:
    first = "1er" if day.day == 1 else str(day.day)
    for form in (f"{first} {MONTHS[day.month - 1]} {day.year}", f"{day:%d/%m/%Y}", f"{day}"):
        assert holds(f"À signer avant le {form}.", written(day))


@given(DAYS, st.integers(1, 800))
def test_another_date_is_never_held(day: date, later: int) -> None:
    other = day + timedelta(later)
    assert not holds(f"À signer avant le {written(other)}.", written(day))
    assert not holds(f"À signer avant le {written(day)}.", written(other))


@given(MILLIONS)
def test_an_amount_is_held_in_every_french_form(millions: int) -> None:
    euros = f"{millions * 10**6:,}".replace(",", "\u202f")
    for form in (f"{millions} M€", f"{millions} millions d'euros", f"{euros} €"):
        assert holds(f"Le fonds apporte {form} aux départements.", f"{millions} M€")


@given(MILLIONS, MILLIONS)
def test_another_amount_is_never_held(said: int, wanted: int) -> None:
    text = f"Le fonds apporte {said} M€ aux départements."
    assert holds(text, f"{wanted} M€") is (said == wanted)
    assert holds(text, f"{wanted}") is (said == wanted)


@given(st.text())
def test_any_text_holds_or_not_without_failing(text: str) -> None:
    assert holds(text, "30 départements") in (True, False)
    assert holds("Les 30 départements retenus.", text) in (True, False)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Au plus tard le 30 juin 2022.", "30 juin"),
        ("Le 20 mai 2022.", "mai 2022"),
        ("La loi du 7 février 2022.", "2022"),
        ("D'ici le 30 avril.", "30 avril"),
        ("Dans les trois mois.", "3 mois"),
        ("Vingt pour cent des entretiens.", "20 %"),
        ("Le budget est de 67,5 M€.", "67,5"),
        ("De 49 à 214 € par habitant.", "214"),
        ("Elle est de 663 600 € par an.", "663 600"),
        ("107 millions d'euros.", "107"),
        ("Le décret n° 2022-1125 du 5 août.", "2022-1125"),
        ("L'instruction DGCS/SD2B/DGS/SP1/2021/25.", "2021/25"),
        ("NOR : SSAA2006058C.", "SSAA2006058C"),
        ("L'article 10 de la loi Taquet.", "Art. 10"),
        ("L'article 375-3 du code civil.", "375-3"),
        ("Les articles 375-1 et 375-3 du code civil.", "375-3"),
        ("L'article D226-2-5 du code.", "D. 226-2-5"),
        ("Le contrat couvre 2022 à 2024.", "2022-2024"),
        ("Les objectifs 1 à 5.", "1 à 5"),
        ("L'annexe 3-1 fixe le modèle.", "3-1"),
        ("Six objectifs sur 13.", "6 sur 13"),
        ("Onze objectifs + 15 facultatifs.", "11 + 15"),
    ],
)
def test_a_figure_is_held_in_another_form(text: str, wording: str) -> None:
    assert holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Le 30 juin 2022.", "30 juin 2021"),
        ("Le 30 juin.", "30 juin 2021"),
        ("Le 27 février 2022.", "7 février 2022"),
        ("Soit 133 M€ puis 33,5 M€.", "33 M€"),
        ("Soit 1 600 M€.", "600 M€"),
        ("Le 30 septembre 2021.", "30"),
        ("Soit 30 % des départements.", "30"),
        ("Dans les 30 jours.", "30"),
        ("64 en 2021, 170 en 2022.", "70"),
        ("Le décret n° 2022-1125.", "2022"),
        ("Le décret n° 2022-1125.", "2022-112"),
        ("L'article 12 de la loi.", "article 10"),
        ("L'article 375-3 du code civil.", "375-1"),
        ("L'article 375-3 du code civil.", "375"),
        ("Les articles 375 et 3 du code civil.", "375-3"),
        ("En 2022. Un bilan suit en 2024.", "2022-2024"),
        ("En 2022, après un long échange avec les services, puis 2024.", "2022-2024"),
        ("De 2024 à 2022.", "2022-2024"),
        ("Les 11 objectifs et les 15 autres.", "11 + 15"),
    ],
)
def test_a_neighbouring_figure_is_not_held(text: str, wording: str) -> None:
    assert not holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Elle concerne trente départements.", "30 départements"),
        ("Le nombre de départements retenus est de 30.", "30 départements"),
        ("Un minimum de 12 objectifs.", "minimum 12"),
        ("Il en faut au moins douze.", "au moins 12"),
        ("Les territoires de la vague 1, au nombre de 30.", "vague 1"),
        ("En 2022, 3 objectifs sont nouveaux.", "3 nouveaux"),
        ("La loi de financement de la sécurité sociale pour 2020.", "sécurité sociale 2020"),
    ],
)
def test_the_words_of_a_figure_stand_near_it(text: str, wording: str) -> None:
    assert holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Le 30 juin, les départements signent.", "30 départements"),
        ("Les 12 départements ont retenu 3 objectifs.", "12 objectifs"),
        ("Ils ont 3 objectifs pour 12 départements.", "12 objectifs"),
        ("Il en reste 30. Les départements signent.", "30 départements"),
        ("La vague 2 compte 1 département.", "vague 1"),
        ("Les 12 objectifs.", "au moins 12"),
        (f"Ils sont 30 {'vraiment ' * 8}départements.", "30 départements"),
    ],
)
def test_a_figure_of_another_noun_is_not_held(text: str, wording: str) -> None:
    assert not holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("LE PRÉFET signe.", "préfet"),
        ("L’état d’exécution des crédits.", "état d'exécution"),
        ("Les plans d'action.", "plan d'actions"),
        ("Les fratries et les jeunes majeurs.", "jeune majeur"),
        ("Un comité médico social.", "médico-social"),
        ("La crise sanitaire.", "une crise sanitaire"),
        ("Elle ne la remplace pas.", "ne remplace pas"),
        ("Écrire à dgcs-contrats@social.gouv.fr.", "dgcs-contrats@social.gouv.fr"),
        ("À Marcq-en-Barœul.", "marcq en baroeul"),
        ("Les préfe\u0301ts signent.", "préfet"),
    ],
)
def test_words_are_held_whatever_their_spelling(text: str, wording: str) -> None:
    assert holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Des préfectures.", "préfet"),
        ("Le bilan et le plan de formation, puis les actions.", "plan d'actions"),
        ("Vers un plan. Les actions suivent.", "plan d'actions"),
        ("Rien ne l'annule, elle ne complète pas.", "ne remplace pas"),
        ("En Meurthe-et-Moselle.", "Moselle"),
        ("Le coût est trop cher.", "Cher"),
        ("Les départements retenus.", ""),
        ("Les départements retenus.", "« »"),
    ],
)
def test_other_words_are_not_held(text: str, wording: str) -> None:
    assert not holds(text, wording)


def test_a_collectivite_is_held_by_its_name() -> None:
    text = "Sont retenus le Cher, la Moselle et le Nord."
    assert all(holds(text, name) for name in ("Cher", "Moselle", "Nord"))
    assert not holds(text, "Meuse")
