"""Hyphens at the ends of lines: cut words are whole again, true hyphens stay."""

import importlib
import pkgutil
import re
import time

import pytest

from ingest.reading import paged
from ingest.reading.paged.hyphens import Joiner
from ingest.reading.pdf import read
from tests.ingest.pdf_pages import Pages, prose


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("la protec-", "tion des mineurs", "la protection des mineurs"),
        ("le sous-", "préfet", "le sous-préfet"),
        ("c'est-à-", "dire", "c'est-à-dire"),
        ("vis-à-", "vis", "vis-à-vis"),
        ("années 2021-", "2022", "années 2021-2022"),
        ("la Seine-", "Saint-Denis", "la Seine-Saint-Denis"),
        ("le Val-", "de-Marne", "le Val-de-Marne"),
        ("un ser-", "vice médico-", "un service médico-"),
        ("l'équipe médico-", "sociale", "l'équipe médico-sociale"),
        ("doit-", "on", "doit-on"),
        ("l'au-", "torité", "l'autorité"),
        ("l'entre-", "prise", "l'entreprise"),
        ("satis-", "faire", "satisfaire"),
        ("le contrat sous-", "crit", "le contrat souscrit"),
        ("la for-\u00ad".replace("-\u00ad", "\u00ad"), "mation", "la formation"),
        ("un tiret –", "suite", "un tiret – suite"),
        ("sans coupure", "suite", "sans coupure suite"),
    ],
)
def test_a_line_end_is_undone(first: str, second: str, joined: str) -> None:
    assert Joiner([]).join([first, second]) == joined


def test_the_document_itself_tells_a_compound() -> None:
    assert Joiner(["un tiers-lieu ouvert"]).join(["le tiers-", "lieu"]) == "le tiers-lieu"
    assert Joiner(["un compte-fil neuf"]).join(["le compte-", "fil"]) == "le compte-fil"
    assert Joiner(["un contrefort"]).join(["le contre-", "fort"]) == "le contrefort"


def test_cut_words_of_a_page_are_whole() -> None:
    pages = Pages()
    for line in ("Le service assure la protec-", "tion des mineurs, dit le sous-", "préfet."):
        pages.line(line)
    pages.gap()
    pages.text(prose(60))
    blocks = read("f.pdf", pages.data()).contents[0].blocks
    assert blocks[0].text == "Le service assure la protection des mineurs, dit le sous-préfet."


def test_a_word_cut_over_pages_is_whole() -> None:
    pages = Pages()
    pages.text(prose(40))
    pages.line("et les relais de quar-")
    pages.page()
    pages.line("tier ouvrent samedi.")
    assert "quartier ouvrent" in read("f.pdf", pages.data()).contents[0].blocks[0].text


@pytest.mark.parametrize("hostile", ["a-" * 50_000, "-" * 100_000, "a" * 100_000 + "-"])
def test_hostile_lines_cost_little(hostile: str) -> None:
    start = time.process_time()
    Joiner([hostile]).join([hostile, hostile])
    assert time.process_time() - start < 0.2


PATTERNS = [
    pattern
    for module in pkgutil.iter_modules(paged.__path__)
    for pattern in vars(importlib.import_module(f"{paged.__name__}.{module.name}")).values()
    if isinstance(pattern, re.Pattern)
]


@pytest.mark.parametrize(
    "part", ["a", "a-", "- ", ". ", "1", "1 ", "..", "i ", "a_", "objet ", "é´"]
)
def test_patterns_are_linear(part: str) -> None:
    text = part * (100_000 // len(part)) + "\x00"
    assert len(PATTERNS) > 20
    for pattern in PATTERNS:
        start = time.process_time()
        pattern.match(text)
        for _ in zip(pattern.finditer(text), range(2_000), strict=False):
            pass
        assert time.process_time() - start < 0.2, pattern.pattern
