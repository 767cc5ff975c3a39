"""Which lines of French administrative documents are headings."""

import pytest

from ingest.reading.content import RawBlock
from ingest.sectioning import assemble, relabel
from tests.ingest.test_sectioning import BODY, paths, read


def headings(source: str) -> list[tuple[int, str]]:
    done = assemble(read(source))
    return [(b.level, done.text[b.start : b.end]) for b in done.blocks if b.kind == "heading"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("TITRE Ier — DISPOSITIONS GÉNÉRALES", 1),
        ("Titre II", 1),
        ("CHAPITRE 3", 2),
        ("Section 1", 3),
        ("Section 2. – Dispositions financières.", 3),
        ("Sous-section 2", 4),
        ("SOUS-SECTION 2 : Suivi", 4),
        ("Article 1er", 5),
        ("Article 2 Objet du contrat", 5),
        ("Article unique", 5),
        ("Art. L. 223-1-1", 5),
        ("Article L. 221-2-3.", 5),
        ("I. – Le cadre de la contractualisation", 6),
        ("I.- Cadre", 6),
        ("I. Contexte", 6),
        ("II/ Les moyens", 6),
        ("I.2. Le calendrier", 6),
        ("A. – Les objectifs", 7),
        ("B-1. Suivi des actions", 7),
        ("A. Objectifs communs", 7),
        ("1. Public visé", 8),
        ("1.2. Calendrier", 8),
        ("1° Prévention", 8),
        ("a) Les enfants confiés", 9),
        ("Annexe 3-1", 1),
        ("ANNEXE 6 : modèle de contrat", 1),
        ("Annexe 10 (services)", 1),
        ("Annexe", 1),
        ("Fiche-action n° 4", 1),
        ("Fiche action 12 – Bilan de santé", 1),
        ("Préambule", 1),
        ("Engagement 2 : sécuriser les parcours", 2),
    ],
)
def test_administrative_headings_are_found_with_their_level(line: str, level: int) -> None:
    assert headings(f"p {line}\np {BODY}") == [(level, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Article L. 223-1 du code de l'action sociale et des familles prévoit un projet",
        "Article L. 223-1 CASF",
        "Article L102 B du livre des procédures",
        "Articles 3 et 4 de la convention",
        "L'annexe 2 précise le modèle de contrat",
        "Annexe 3 de la circulaire du 20 février 2020 reste applicable.",
        "Annexe 3 – La liste des pièces est à transmettre avant le 30 juin.",
        "Au titre II de la loi",
        "Titre II de la loi du 7 février 2022",
        "I. et II. de l'article 3",
        "I. bis de l'article 3",
        "Section 2 du chapitre 1er du code",
        "Fiche-action n° 4 du contrat",
        "A. Taquet a présenté la stratégie.",
        "A. Taquet",
        "A.\u00a0Taquet",
        "M. Dupont",
        "I. Santiago a remis son rapport au ministre.",
        "L. 223-1 du code",
        "30 – Gard",
        "1.5 million d'euros",
        "2021. Une année de transition",
        "II. – Les moyens ........ 4",
        "Engagement 1",
    ],
)
def test_a_reference_a_name_or_a_figure_is_no_heading(line: str) -> None:
    assert headings(f"p {line}\np {BODY}") == []


def test_enumerations_become_items_with_their_label_and_their_lead_in_stays() -> None:
    done = assemble(
        read(
            "p Le bilan décrit :\np 1° les actions ;\np a) leur coût ;\np 2° les résultats.\np Fin."
        )
    )
    assert done.text == (
        "Le bilan décrit :\n\n1° les actions ;\n  a) leur coût ;\n2° les résultats.\n\nFin."
    )
    assert [b.kind for b in done.blocks] == ["paragraph", "item", "item", "item", "paragraph"]


def test_short_siblings_in_a_row_are_a_list_not_headings() -> None:
    assert headings("p 1. Le bilan\np 2. Le plan\np 3. Le tableau\np " + BODY) == []


def test_titled_enumerators_with_a_body_each_are_headings() -> None:
    source = f"p 1. Public\np {BODY}\np 2. Moyens\np {BODY}"
    assert headings(source) == [(8, "1. Public"), (8, "2. Moyens")]


def test_a_labelled_item_with_a_body_is_a_heading() -> None:
    blocks = [RawBlock("item", "Public visé", label="1."), RawBlock("paragraph", BODY)]
    assert [b.kind for b in relabel(blocks)] == ["heading", "paragraph"]
    assert assemble(blocks).sections[0].heading_path == ("1. Public visé",)


def test_numbered_parts_announced_by_a_colon_are_headings_when_each_has_a_body() -> None:
    source = f"p Le contrat suit trois axes :\np 1. Public\np {BODY}\np 2. Moyens\np {BODY}"
    assert headings(source) == [(8, "1. Public"), (8, "2. Moyens")]


def test_the_articles_of_a_model_announced_by_a_colon_are_headings() -> None:
    source = f"p Le modèle est le suivant :\np Article 1er – Objet\np {BODY}"
    assert headings(source) == [(5, "Article 1er – Objet")]


def test_bullets_that_name_annexes_stay_a_list() -> None:
    assert headings("p Pièces jointes :\ni Annexe 1 : contrat\ni Annexe 2 : bilan\np " + BODY) == []


def test_a_list_of_annexes_then_the_annexes_themselves() -> None:
    source = (
        f"p Annexes :\np Annexe 1 : contrat\np Annexe 2 : bilan\np Annexe 1 : contrat\np {BODY}"
    )
    done = assemble(read(source))
    assert paths(done) == ["", "Annexe 1 : contrat"]


def test_an_initial_confirmed_by_its_sibling_is_a_heading() -> None:
    source = f"p A. Financement\np {BODY}\np B. Suivi\np {BODY}"
    assert headings(source) == [(7, "A. Financement"), (7, "B. Suivi")]


def test_the_letter_after_h_is_no_roman_numeral() -> None:
    source = "\n".join(f"p {letter}. – Fiche\np {BODY}" for letter in "ABCDEFGHI")
    assert {level for level, _ in headings(source)} == {7}


def test_an_enumerator_before_a_long_paragraph_is_a_heading_by_itself() -> None:
    done = assemble(read(f"p I. – {BODY}\np II. – {BODY}"))
    assert done.text == f"I. –\n\n{BODY}\n\nII. –\n\n{BODY}"
    assert paths(done) == ["I.", "II."]


def test_an_enumerator_whose_next_stands_in_the_same_paragraph_is_no_heading() -> None:
    assert headings(f"p I. - {BODY} II. - {BODY}") == []


def test_an_article_that_runs_on_gives_its_heading_and_its_body() -> None:
    done = assemble(read(f"p Article L. 221-2-3. – {BODY}\np Article 4 (abrogé)"))
    assert paths(done) == ["Article L. 221-2-3", "Article 4"]
    assert done.text.endswith("Article 4\n\n(abrogé)")


def test_an_article_quoted_after_a_colon_is_no_heading() -> None:
    source = f"p Article 5\np Le code est ainsi complété :\np Art. L. 223-1-3. – {BODY}"
    assert headings(source) == [(5, "Article 5")]


def test_a_title_on_the_next_line_belongs_to_its_heading() -> None:
    done = assemble(
        read(f"p TITRE Ier\np DISPOSITIONS GÉNÉRALES\np Article 1er\np Objet\np {BODY}")
    )
    assert paths(done) == ["TITRE Ier – DISPOSITIONS GÉNÉRALES > Article 1er – Objet"]


def test_a_heading_and_its_body_in_one_block_are_parted() -> None:
    done = assemble(read(f"p Article 3␤{BODY}"))
    assert [b.kind for b in done.blocks] == ["heading", "paragraph"]


def test_an_anchored_statement_is_never_a_heading() -> None:
    blocks = [RawBlock("paragraph", "Article 3 – Objet", mark="F084 single press")]
    done = assemble([*blocks, RawBlock("paragraph", BODY)])
    assert [b.kind for b in done.blocks] == ["paragraph", "paragraph"]
