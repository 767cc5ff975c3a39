"""Plain text, and web pages saved as text."""

from datetime import date
from pathlib import Path

import pytest

from ingest.reading import Content, RawBlock, read

FIXTURES = Path(__file__).parent / "fixtures"


def content(name: str) -> Content:
    return read(name, (FIXTURES / name).read_bytes()).contents[0]


def shown(name: str) -> str:
    return "\n".join(block.text for block in content(name).blocks)


def blocks(text: str) -> tuple[RawBlock, ...]:
    return read("f.txt", text.encode()).contents[0].blocks


STAYS = {
    "press_page.txt": [
        *("Les maisons de répit peinent", "Lancé au printemps 2022", "3,6 millions d'euros"),
        *("Pourquoi ce retard", "900 000 euros de plus", "La question du logement"),
        *("deux équipes ont été perdues", "Mis en ligne le 07/09/2023"),
    ],
    "magazine_page.txt": [
        *("Des relais mieux repérés", "04/10/2022", "Deux enveloppes [1]", "Six priorités"),
        *("vigilance constante", "huit actions libres", "[1] Instruction n° DAEX/BR2/2022/318"),
    ],
    "departement_page.txt": [
        *("FAMILLES | accueil", "Le 3 mars 2021", "rejoint le programme national"),
        *("moins de 5 000 habitants", "agent référent nommé", "publier un bilan annuel"),
        "recevra une aide de l'État",
    ],
    "portal_page.txt": ["longtemps été vu", "Chacun doit rendre", "un lieu ouvert"],
}
GOES = {
    "press_page.txt": [
        *("Mot de passe", "Créer mon compte", "Rester connecté", "Annonces légales", "matinale"),
        *("Choisissez vos thèmes", "réservé aux abonnés", "reste à lire", "offre d'essai"),
        *("postes à pourvoir", "Salon des maires", "Commentaires", "données personnelles"),
        *("Photo Yves", "ne sera pas publiée", "veuillez saisir", "Réagir"),
    ],
    "magazine_page.txt": [
        *("commentaire", "réservée aux abonnés", "destinataire", "Champs obligatoires", "H/F"),
        *("Les Tilleuls", "Voir le sommaire", "PSYCHOLOGUE", "cérémonie", "Maud Serrano"),
        *("Avec le soutien", "Travailler la nuit"),
    ],
    "departement_page.txt": ["Vous êtes ici", "Vivre ici", "Nouvelles"],
    "portal_page.txt": ["même sujet", "cantines", "Rythmes", "mission", "Texte du pacte"],
}


@pytest.mark.parametrize(("name", "part"), [(n, p) for n, parts in STAYS.items() for p in parts])
def test_the_article_stays(name: str, part: str) -> None:
    assert part in shown(name)


@pytest.mark.parametrize(("name", "part"), [(n, p) for n, parts in GOES.items() for p in parts])
def test_the_site_around_goes(name: str, part: str) -> None:
    assert part not in shown(name)


@pytest.mark.parametrize("name", STAYS)
def test_no_long_block_comes_twice(name: str) -> None:
    long = [b.text for b in content(name).blocks if len(b.text) > 60]
    assert len(long) == len(set(long))


@pytest.mark.parametrize(
    ("name", "title", "day", "author"),
    [
        (
            "press_page.txt",
            "Les maisons de répit peinent encore à recruter dans la vallée",
            date(2023, 9, 7),
            "Solène Batteux",
        ),
        ("magazine_page.txt", "Des relais mieux repérés", date(2022, 10, 4), "Bérengère Loustau"),
        ("departement_page.txt", "FAMILLES | accueil", date(2021, 3, 3), None),
        ("portal_page.txt", None, date(2022, 11, 8), None),
    ],
)
def test_a_page_says_its_title_date_and_author(
    name: str, title: str | None, day: date, author: str | None
) -> None:
    page = content(name)
    assert (page.title, page.published_on, page.author) == (title, day, author)


def test_a_page_says_its_publisher_and_references() -> None:
    page = content("magazine_page.txt")
    assert (page.publisher, page.references) == ("Passerelles", ("2022/318",))


def test_the_title_is_the_first_heading_and_notes_are_notes() -> None:
    kinds = [block.kind for block in content("magazine_page.txt").blocks]
    assert kinds == [
        *("heading", "paragraph", "paragraph", "heading", "paragraph", "paragraph", "note"),
    ]


def test_bullets_nest_under_a_dash() -> None:
    items = [b.level for b in content("departement_page.txt").blocks if b.kind == "item"]
    assert items == [0, 1, 1, 1, 0, 0, 0]


def test_a_plain_document_loses_no_word() -> None:
    written = (FIXTURES / "circulaire.txt").read_text(encoding="utf-8")
    shown_words = " ".join(f"{b.label} {b.text}" for b in content("circulaire.txt").blocks).split()
    assert shown_words == written.replace("==========", "").split()


def test_a_circular_is_named_by_its_subject_and_not_dated_by_its_signature() -> None:
    circular = content("circulaire.txt")
    assert circular.title == "ouverture des relais de quartier pour l'exercice 2023"
    assert circular.published_on is None
    assert circular.references == ("PLAT2212345C", "2022/318")


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    joined = [b.text for b in content("circulaire.txt").blocks if "La présente" in b.text]
    assert joined[0].endswith("dans les départements volontaires.")


def test_administrative_headings_stay_paragraphs() -> None:
    kinds = {b.text: b.kind for b in content("circulaire.txt").blocks}
    assert kinds["I. - Le cadre"] == "paragraph"
    assert kinds["Calendrier"] == "heading"


def test_numbered_items_keep_their_marker_as_label() -> None:
    items = [(b.label, b.level) for b in content("circulaire.txt").blocks if b.kind == "item"]
    assert items == [("1°", 0), ("2°", 0), ("a)", 1), ("b)", 1)]


def test_a_short_line_alone_above_prose_is_a_heading() -> None:
    text = "Un texte qui dit une chose.\n\nLes moyens humains\n\nIl manque encore des agents ici."
    assert [b.kind for b in blocks(text)] == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("line", ["Il manque des agents.", "12/05/2021", "NOR : X", "2. Le cadre"])
def test_other_short_lines_are_no_headings(line: str) -> None:
    text = f"Un texte qui dit une chose.\n\n{line}\n\nIl manque encore des agents ici."
    assert "heading" not in [b.kind for b in blocks(text)]


def test_a_bullet_alone_on_its_line_takes_the_next() -> None:
    assert [b.text for b in blocks("Deux choix :\n-\nle premier\n-\nle second")] == [
        *("Deux choix :", "le premier", "le second"),
    ]


def test_a_text_about_passwords_is_not_a_form() -> None:
    text = (
        "Le responsable choisit un mot de passe d'au moins douze caractères pour chaque agent.\n\n"
        "Les données à caractère personnel recueillies par le service sont détruites après un an."
    )
    assert [b.text for b in blocks(text)] == text.split("\n\n")


def test_a_document_that_repeats_paragraphs_a_case_loses_none() -> None:
    case = "Le dossier comprend un budget signé par le maire, avec ses annexes.\n\n"
    case += (
        "Il est déposé avant la fin du mois de janvier, auprès du préfet.\n\nPièces à joindre\n\n"
    )
    text = f"Pour une commune\n\n{case}Pour une association\n\n{case}Accueil\n\nMentions diverses"
    assert len(blocks(text)) == 10


def test_slashes_in_a_title_are_no_breadcrumb() -> None:
    text = (
        "Contractualisation préfet / ARS / département\n\nLe contrat est signé par trois parties."
    )
    assert blocks(text)[0].text == "Contractualisation préfet / ARS / département"
