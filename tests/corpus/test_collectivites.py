"""Collectivités are found by name, with the care that ordinary words need."""

from collections import Counter

import pytest

from corpus.collectivites import collectivites, find_collectivites, find_regions, regions


def codes(text: str) -> list[str]:
    """Codes of the collectivités named in a text, in order."""
    return [mention.collectivite.code for mention in find_collectivites(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Que fait le Finistère ?", ["29"]),
        ("dans le finistere", ["29"]),
        ("La Loire-Atlantique et la Loire", ["44", "42"]),
        ("Territoire de Belfort", ["90"]),
        ("LE PAS-DE-CALAIS", ["62"]),
        ("Val-d’Oise puis Val d'Oise", ["95", "95"]),
        ("Métropole de Lyon", ["69M"]),
        ("la Corse", ["20R"]),
        ("Alpes-de-Haute-Provence", ["04"]),
        ("Bonjour", []),
        ("", []),
    ],
)
def test_names_are_found_whatever_their_case_and_accents(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un repas cher payé", []),
        ("le contrat du cher", ["18"]),
        ("le contrat du Cher", ["18"]),
        ("une somme de 3 millions", []),
        ("la somme versée", []),
        ("le département de la Somme", ["80"]),
        ("le lot de mesures", []),
        ("le département du lot", ["46"]),
        ("Somme versée en 2021", []),
        ("une réunion du comité", []),
        ("à La Réunion", ["974"]),
        ("en creuse", ["23"]),
    ],
)
def test_an_ordinary_word_needs_a_capital_or_an_article(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["le Cher.", "« Côtes-d'Armor »", "1 Val-d’Oise 𝒜 Eure"])
def test_a_mention_spans_exactly_the_name(text: str) -> None:
    for mention in find_collectivites(text):
        named = text[mention.start : mention.end]
        assert named.replace("’", "'") == mention.collectivite.name


def test_every_collectivite_is_found_by_its_own_name() -> None:
    for collectivite in collectivites():
        text = f"le département {collectivite.name}"
        assert codes(text) == [collectivite.code], collectivite.name


def test_a_former_name_is_that_of_its_only_successor() -> None:
    former = {
        **{"Charente-Inférieure": "17", "Loire-Inférieure": "44", "Seine-Inférieure": "76"},
        **{"Basses-Alpes": "04", "Basses-Pyrénées": "64", "Côtes-du-Nord": "22"},
    }
    assert {name: codes(f"dans l'ancien {name}") for name in former} == {
        name: [code] for name, code in former.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        *("la Seine-et-Oise", "Châlons-sur-Marne", "Vienne-en-Val", "Paris-Saclay", "Nord-Isère"),
        *("Saint-Martin-de-Ré", "Saint-Martin d'Hères", "les Pays de la Loire", "Rhône-Alpes"),
    ],
)
def test_a_name_inside_a_longer_one_is_not_read(text: str) -> None:
    assert codes(text) == []


def test_names_joined_by_a_hyphen_are_each_read() -> None:
    assert codes("l'axe Drôme-Ardèche, contrat Eure-2021") == ["26", "07", "27"]
    assert codes("l'ex-Loire-Inférieure ; le Doubs a-t-il signé ?") == ["44", "25"]


def test_codes_are_unique() -> None:
    counted = Counter(collectivite.code for collectivite in collectivites())
    assert [code for code, count in counted.items() if count > 1] == []
    assert len(counted) > 100


def test_a_region_is_found_by_its_whole_name() -> None:
    found = {text: [one.name for one in find_regions(text)] for text in (
        "La Lorraine a-t-elle signé ?", "la haute-normandie", "Nouvelle-Aquitaine et Bretagne",
        "le Loiret", "la Lorraine-t-elle",
    )}  # fmt: skip
    assert found["La Lorraine a-t-elle signé ?"] == found["la Lorraine-t-elle"] == ["Lorraine"]
    assert found["la haute-normandie"] == ["Haute-Normandie"] and not found["le Loiret"]
    assert set(found["Nouvelle-Aquitaine et Bretagne"]) == {"Nouvelle-Aquitaine", "Bretagne"}


def test_every_region_holds_collectivites_of_the_register() -> None:
    codes = {one.code for one in collectivites()}
    assert all(set(one.codes) <= codes for _pattern, one in regions())
