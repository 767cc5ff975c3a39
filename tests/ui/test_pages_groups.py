"""A group, « groupe A », is said with what it is wherever a session shows it."""

from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.fakes import FakeAssistant
from tests.ui.registers import registers
from ui.pages.site import add_pages

ASKED = "/seance?theme=contractualisation&exercice=2021&au=2022-06-01"


@pytest.mark.parametrize(
    ("address", "shown"), [("/seance", "Groupe C"), (ASKED, "groupe\u00a0A (")]
)
def test_a_group_is_said_with_what_changes_from_one_to_the_next(address: str, shown: str) -> None:
    fake, app = FakeAssistant(), FastAPI()
    fake.registers.rows = registers()
    add_pages(app, fake)
    page = unescape(TestClient(app).get(address).text)
    assert shown in page
    assert "d'un groupe à l'autre" in page
