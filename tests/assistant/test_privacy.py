"""Personal data is masked by its shape and its words; what the field writes is left alone."""

from itertools import pairwise

import pytest

from assistant.privacy import MASK, masked, personal_spans
from tests.assistant.privacy_sets import every, held_out, letters, marked

RECALL, FALSE_ALARMS, OVERMASKED = 0.95, 0.05, 0.05


@pytest.mark.parametrize(
    "secret",
    [
        "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", "0612345678",
        "06\u00a012\u202f34\u00a056\u00a078", "+33 6 12 34 56 78", "+33612345678",
        "0033 1 23 45 67 89", "+33 (0)6 12 34 56 78", "1 85 05 78 006 084 36", "185057800608436",
        "2 85 05 2A 006 084", "2 85 05 2a 006 084 36", "1-85-05-78-006-084-36",
        "1\u00a085\u00a005\u00a078\u00a0006\u00a0084\u00a036", "jean.dupont@exemple.fr",
        "Jean+x@mairie-lyon.gouv.fr", "agnès@cg18.fr", "AB-123-CD",
        "FR76 3000 6000 0112 3456 7890 189", "12 rue des Lilas, 35000 Rennes",
    ],
)  # fmt: skip
def test_personal_data_is_masked(secret: str) -> None:
    assert masked(f"Écrivez à {secret}, merci.") == f"Écrivez à {MASK}, merci."


@pytest.mark.parametrize(
    "text",
    [
        "107 000 000 € et 33 000 000 €", "DGCS/SD2B/DGS/SP1/2021/25", "NOR : SSAA2207127J",
        "du 01/04/2021 au 30/09/2021", "2019 2020 2021 2022 2023 2024", "JORFTEXT000045133771",
        "article L. 223-1-1 du CASF", "le 119 répond à toute heure", "120 000 000 000 euros",
        "du 01 04 2021 au 30 09 2022", "la loi Taquet", "Saint-Martin a signé",
        "le rapport Santiago",
        "Adrien Taquet et Olivier Véran", "3 places d'accueil", "numéro de signalement : 119",
        "la circulaire 2021/25", "l'instruction n° 2022/61", "l'ordonnance n° 2019-950",
        "le décret n° 2022-1697", "l'affaire n° 468365", "l'affaire C-245/19",
        "le rapport de Perrine Goulet", "Madame la présidente du conseil départemental du Gard",
    ],
)  # fmt: skip
def test_what_the_field_writes_is_left_alone(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("le petit kevin 8 ans", f"le petit {MASK} 8 ans"),
        ("mme durand refuse", f"mme {MASK} refuse"),
        ("La famille Durand déménage", f"La famille {MASK} déménage"),
        ("né le 12/03/2015", f"né le {MASK}"),
        ("dossier n° 12345, suite", f"dossier n° {MASK}, suite"),
        ("Mme la préfète Fabienne Balussou signe", f"Mme la préfète {MASK} signe"),
        ("M. le sous-préfet Yannig Kermarrec signe", f"M. le sous-préfet {MASK} signe"),
        ("La directrice générale Anne Martel signe", f"La directrice générale {MASK} signe"),
        ("Le rapport de Sophie Bernard date", f"Le rapport de {MASK} date"),
        ("RG 22/01234 : quel délai ?", f"RG {MASK} : quel délai ?"),
        ("ordonnance n° 21/00567 reçue", f"ordonnance n° {MASK} reçue"),
        ("affaire n° 2021-0456, suite", f"affaire n° {MASK}, suite"),
        ("Monsieur le préfet et Mme Durand", f"Monsieur le préfet et Mme {MASK}"),
    ],
)
def test_only_the_name_goes(said: str, kept: str) -> None:
    assert masked(said) == kept


@pytest.mark.parametrize("first", ["Kevin", "kevin", "Emma"])
@pytest.mark.parametrize(
    "name", ["O'Connor", "O’Connor", "o'connor", "O'connor", "O' Connor", "d'Angelo", "n'diaye"]
)
def test_a_surname_with_an_apostrophe_goes_whole(first: str, name: str) -> None:
    assert masked(f"Que faire pour {first} {name} en 2021 ?") == f"Que faire pour {MASK} en 2021 ?"


@pytest.mark.parametrize("said", ["n'a plus de place", "m'inquiète", "d'abord placé"])
def test_an_elision_after_a_first_name_is_no_surname(said: str) -> None:
    assert masked(f"Kevin {said}") == f"{MASK} {said}"


def test_the_sets_are_large_enough() -> None:
    assert len(set(every("personal"))) >= 200 and len(set(every("impersonal"))) >= 250
    assert all(marked(line).spans for line in every("personal"))


def test_personal_data_of_the_held_out_half_is_found() -> None:
    found = []
    for one in map(marked, held_out("personal")):
        got = letters(one.text, tuple(personal_spans(one.text)))
        found += [letters(one.text, (span,)) <= got for span in one.spans]
    assert sum(found) / len(found) >= RECALL


def test_the_held_out_half_without_personal_data_is_left_alone() -> None:
    changed = [masked(line) != line for line in held_out("impersonal")]
    assert sum(changed) / len(changed) <= FALSE_ALARMS


def test_little_else_is_masked_beside_personal_data() -> None:
    wide = spoilt = 0
    for one in map(marked, held_out("personal")):
        got = letters(one.text, tuple(personal_spans(one.text)))
        wide, spoilt = wide + len(got), spoilt + len(got - letters(one.text, one.spans))
    assert spoilt / wide <= OVERMASKED


def test_spans_are_in_order_and_apart() -> None:
    for one in map(marked, every("personal")):
        spans = personal_spans(one.text)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_masking_again_changes_nothing() -> None:
    once = [masked(marked(line).text) for line in every("personal")]
    assert [masked(text) for text in once] == once
