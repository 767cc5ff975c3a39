"""What a person does on a page before its picture: send a file, answer a quiz to its end."""

from io import BytesIO

import docx
from playwright.sync_api import Page, expect

NOTE = (
    "Organisation",
    "Chaque unité désigne un référent des mineurs confiés, et le dit à la direction.",
    "À compter du 1er décembre 2026, aucun mineur n'est accueilli à l'hôtel.",
)


def note_read(page: Page) -> None:
    """The report of a département's own note."""
    document, buffer = docx.Document(), BytesIO()
    document.add_paragraph("Département du Jura — Direction enfance famille")
    document.add_heading("Note de service n° 2026-14 du 3 novembre 2026", 1)
    document.add_paragraph("Objet : accueil des mineurs à l'hôtel")
    document.add_heading(NOTE[0], 2)
    for line in NOTE[1:]:
        document.add_paragraph(line)
    document.save(buffer)
    _send(page, "note.docx", buffer.getvalue())
    expect(page.get_by_role("button", name="Abandonner")).to_be_visible()


def nothing_read(page: Page) -> None:
    """A file that isn't what its name says."""
    _send(page, "photo.pdf", b"\x89PNG\r\n")
    expect(page.get_by_role("alert").or_(page.locator(".avance.refus"))).to_be_visible()


def _send(page: Page, name: str, data: bytes) -> None:
    """Chooses a file, which the page sends by itself."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("#fichier").set_input_files([file])  # type: ignore[list-item]


def answered_right(page: Page) -> None:
    """The first question of one choice, right."""
    _answered(page, "right")


def answered_wrong(page: Page) -> None:
    """The first question of one choice, wrong."""
    _answered(page, "wrong")


def _answered(page: Page, outcome: str) -> None:
    """Tries the choices one by one, each on the quiz as it was."""
    asked = page.url
    question = page.locator("fieldset.question:has(input[type=radio])").first
    name = question.get_attribute("id")
    for choice in range(question.locator("input[type=radio]").count()):
        page.goto(f"{asked}&verifier={(name or '')[1:]}&{name}={choice}")
        if question.locator(f".verdict.{outcome}").count():
            question.evaluate("one => one.scrollIntoView({block: 'start'})")
            return
    raise AssertionError(f"aucun choix ne donne « {outcome} »")


def ended(page: Page) -> None:
    """Every question checked, its first choice or its first line's taken: the score."""
    numbers = range(1, page.locator("fieldset.question").count() + 1)
    page.goto("&".join([page.url, *(f"vu={n}&q{n}=0&q{n}-0=0" for n in numbers)]))
    page.locator("#score").evaluate("one => one.scrollIntoView({block: 'center'})")
