"""What départements write themselves: notes, deliberations, minutes, rules, plans, agreements."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

import docx
import pytest
from odf.opendocument import OpenDocumentText
from odf.text import H, P

from corpus.types import Identity
from ingest.identifying import identify
from ingest.identifying.local import called
from ingest.reading import read

Write = Callable[[Sequence[str]], bytes]
PROSE = "Les familles du quartier sont accueillies chaque samedi par l'équipe du service. " * 2
NOTE = "Note de service n° 2026-14 du 3 novembre 2026"
JURA = "Département du Jura — Direction enfance famille"
DAY = date(2026, 11, 3)


def under(header: Sequence[str], *lines: str) -> Identity:
    """What a Word file says of itself whose page header holds these lines."""
    document, buffer = docx.Document(), BytesIO()
    document.sections[0].header.paragraphs[0].text = "\t".join(header)
    for line in (*lines, PROSE):
        document.add_paragraph(line)
    document.save(buffer)
    return of_bytes("texte.docx", buffer.getvalue())


def of_bytes(name: str, data: bytes) -> Identity:
    (content,) = read(name, data).contents
    return identify(content, "\n\n".join(block.text for block in content.blocks))


def of_lines(*lines: str) -> Identity:
    return of_bytes("texte.txt", "\n\n".join((*lines, PROSE)).encode())


def as_docx(lines: Sequence[str]) -> bytes:
    document, buffer = docx.Document(), BytesIO()
    document.add_paragraph(lines[0])
    document.add_heading(lines[1], 1)
    for line in lines[2:]:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def as_odt(lines: Sequence[str]) -> bytes:
    document, buffer = OpenDocumentText(), BytesIO()
    document.text.addElement(P(text=lines[0]))
    document.text.addElement(H(outlinelevel=1, text=lines[1]))
    for line in lines[2:]:
        document.text.addElement(P(text=line))
    document.save(buffer)
    return buffer.getvalue()


def as_html(lines: Sequence[str]) -> bytes:
    rest = "".join(f"<p>{line}</p>" for line in lines[2:])
    page = f"<html><body><main><p>{lines[0]}</p><h1>{lines[1]}</h1>{rest}</main></body></html>"
    return page.encode()


@pytest.mark.parametrize(("name", "write"), [("a.docx", as_docx), ("a.odt", as_odt)])
@pytest.mark.parametrize("fields", [(), ("Objet : accueil des mineurs",)])
def test_a_note_shows_its_number_date_and_issuer(
    name: str, write: Write, fields: tuple[str, ...]
) -> None:
    found = of_bytes(name, write((JURA, NOTE, *fields, PROSE)))
    assert (found.number, found.signed_on, found.issuer) == ("2026-14", DAY, JURA)
    assert found.title == NOTE + (" – accueil des mineurs" if fields else "")


def test_a_saved_page_shows_the_same_note() -> None:
    found = of_bytes("a.html", as_html((JURA, NOTE, "Destinataires : les unités", PROSE)))
    assert (found.number, found.signed_on, found.addressees) == ("2026-14", DAY, ("les unités",))


@pytest.mark.parametrize(
    ("lines", "number", "day"),
    [
        (
            ("Département du Lot", "Cahors, le 12 mai 2025", "NOTE DE SERVICE", "N° 2025/07"),
            "2025/07",
            date(2025, 5, 12),
        ),
        (
            ("Département du Lot", "Note interne n° 14", "Date : 8 janvier 2025"),
            "14",
            date(2025, 1, 8),
        ),
        (
            ("Préfecture du Cher", "Note d'information n° 2025-3 du 2 février 2025 relative à x"),
            "2025-3",
            date(2025, 2, 2),
        ),
        (
            (
                "Conseil départemental du Var",
                "Extrait du registre des délibérations",
                "Délibération de la commission permanente n° CP-2023-0456 du lundi 6 mars 2023",
            ),
            "CP-2023-0456",
            date(2023, 3, 6),
        ),
    ],
)
def test_its_number_and_date_are_read_as_written(
    lines: tuple[str, ...], number: str, day: date
) -> None:
    found = of_lines(*lines, "Objet : astreintes")
    assert (found.number, found.signed_on, found.issuer) == (number, day, lines[0])


@pytest.mark.parametrize(
    "title",
    [
        "Compte rendu du comité de pilotage du 3 avril 2024",
        "Procès-verbal de la réunion du conseil départemental du 3 avril 2024",
        "Règlement départemental d'aide sociale",
        "Schéma départemental de l'enfance et de la famille (2021-2025)",
    ],
)
def test_minutes_rules_and_plans_show_their_issuer_and_no_signature(title: str) -> None:
    found = of_lines("Département de l'Eure", title, "Sommaire")
    assert (found.title.rstrip(")"), found.issuer) == (title.rstrip(")"), "Département de l'Eure")
    assert (found.number, found.signed_on) == (None, None)


@pytest.mark.parametrize(
    "lines",
    [
        (JURA, "PROJET", NOTE, "Objet : x"),
        (JURA, f"Analyse de la {NOTE.lower()}", "Objet : x"),
        (JURA, "Revue de presse", NOTE, "Objet : x"),
        (JURA, NOTE, f"La {NOTE.lower()} est parue."),
        (JURA, f"{NOTE} : que faut-il retenir ?"),
        (JURA, f"{NOTE} : ce qui change pour les agents"),
        (JURA, NOTE, "Note de service n° 2026-15 du 4 novembre 2026"),
        ("Union départementale des syndicats", NOTE, "Objet : x"),
        ("Réunion d'équipe", f"La {NOTE.lower()} prévoit un référent dans chaque unité."),
        (JURA, "Bonjour,", f"{NOTE} en pièce jointe.", "Cordialement,"),
    ],
)
def test_what_is_about_a_note_has_not_its_identity(lines: tuple[str, ...]) -> None:
    found = of_lines(*lines)
    assert (found.number, found.signed_on, found.issuer) == (None, None, None)


def test_two_dates_give_none() -> None:
    lines = ("Département du Doubs", "Besançon, le 12 mai 2025", "Note de service n° 2025-3")
    assert of_lines(*lines, "Date : 14 mai 2025").signed_on is None


def test_a_convention_with_an_association_is_a_local_contract() -> None:
    title = "Convention de partenariat relative à l'accueil durable"
    parties = (
        "Entre les soussignés :",
        "Le département de l'Aube, représenté par son président,",
        "et l'association Les Rives, représentée par sa présidente,",
        "Il est convenu ce qui suit :",
    )
    found = of_lines(title, *parties, "Fait à Troyes, le 4 mars 2023")
    assert (found.kind, found.signed_on) == ("contrat local", date(2023, 3, 4))
    national = of_lines("Convention collective nationale du 15 mars 1966", *parties)
    assert national.kind == "inconnue"


def test_a_president_who_is_a_woman_issues_an_order() -> None:
    found = of_lines(
        "Arrêté n° 2024-31 du 2 février 2024 relatif au tarif",
        "La présidente du conseil départemental,",
        "Vu le code de l'action sociale et des familles,",
        "Arrête :",
        "Article 1er : le tarif est fixé.",
    )
    assert found.issuer == "La présidente du conseil départemental"


def test_a_note_without_a_letterhead_keeps_the_name_that_it_gives_itself() -> None:
    found = of_lines("Note de service n° 2024-07", "Objet : accueil des mineurs")
    assert found.title == "Note de service n° 2024-07 – accueil des mineurs"
    assert (found.kind, found.issuer, found.number) == ("inconnue", None, "2024-07")
    assert (found.addressees, found.signed_on) == ((), None)


def test_a_note_without_a_letterhead_keeps_its_day_and_its_addressees() -> None:
    found = of_lines(NOTE, "Destinataires : les équipes", "Objet : accueil des mineurs")
    assert (found.number, found.signed_on) == ("2026-14", DAY)
    assert (found.issuer, found.addressees) == (None, ("les équipes",))


@pytest.mark.parametrize(
    "lines",
    [
        ("Note de service n° 2024-07", "La note est à télécharger."),
        ("Note de service n° 2024-07", "La note n° 2024-07 est parue."),
        ("Note de service n° 2024-07", "Note de service n° 2024-08", "Objet : x"),
        ("Note de service n° 2024-07 : ce qui change", "Objet : x"),
    ],
)
def test_a_note_without_a_letterhead_that_is_only_announced_has_no_number(
    lines: tuple[str, ...],
) -> None:
    assert of_lines(*lines).number is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Note de service n° 2024-07 – accueil", "note de service"),
        ("DÉLIBÉRATION n° 12", "délibération"),
        ("Notes de lecture", None),
        ("Le bilan", None),
    ],
)
def test_what_a_title_calls_its_text(title: str, name: str | None) -> None:
    assert called(title) == name


def test_a_page_header_gives_the_letterhead_the_number_and_the_day() -> None:
    found = under((JURA, NOTE), "Objet : accueil des mineurs")
    assert (found.number, found.signed_on, found.issuer) == ("2026-14", DAY, JURA)
    assert found.title == f"{NOTE} – accueil des mineurs"
    found = under((JURA,), NOTE, "Objet : accueil des mineurs")
    assert (found.number, found.signed_on, found.issuer) == ("2026-14", DAY, JURA)


def test_a_page_header_gives_the_number_that_the_title_lacks() -> None:
    found = under((NOTE,), JURA, "Note de service", "Objet : accueil des mineurs")
    assert (found.title, found.number) == ("Note de service – accueil des mineurs", "2026-14")
    assert (found.signed_on, found.issuer) == (DAY, JURA)


def test_a_page_header_gives_the_number_of_a_circular() -> None:
    body = (
        "Circulaire relative à l'accueil des mineurs",
        "Le préfet du Jura à Mesdames et Messieurs les maires",
        "Date d'application : immédiate",
        "Je vous demande de recenser les lieux d'accueil.",
    )
    found = under(("Préfecture du Jura", "Circulaire n° 2024/31 du 2 février 2024"), *body)
    assert (found.kind, found.number) == ("circulaire", "2024/31")
    assert found.signed_on == date(2024, 2, 2)
    assert (
        under(("Préfecture du Jura", "Arrêté n° 2024-31 du 2 février 2024"), *body).number is None
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Annexe 2 : formulaire de demande", "Objet : x"),
        ("Compte rendu de la réunion", "Ordre du jour"),
        ("Note de service n° 2026-15 du 4 novembre 2026", "Objet : x"),
        ("Bonjour,", "la note est en pièce jointe.", "Cordialement,"),
        ("Les samedis de l'accueil", "La note est parue."),
    ],
)
def test_a_page_header_never_names_what_goes_with_its_text(lines: tuple[str, ...]) -> None:
    assert under((JURA, NOTE), *lines).number != "2026-14"
