import re
from dataclasses import replace

import pytest

from tests.ui.fakes import CREDITS, DEADLINE, answered, hostile, refused
from ui import texts
from ui.copying import markdown_copy, plain_copy, render_copies
from ui.markup import escape


def test_a_copy_holds_the_text_its_calls_and_numbered_references() -> None:
    copy = plain_copy(answered())
    assert copy.startswith("À quelle date signer les contrats de 2021 ?\n")
    assert f"{DEADLINE[:-1]} [1]. {CREDITS[:-1]} [2]." in copy
    assert copy.index(" [2].") < copy.index("\n[1] Circulaire n°") < copy.index("\n[2] Localtis")


def test_a_reference_says_what_a_reader_needs_to_find_it() -> None:
    (line,) = re.findall(r"^\[1\] .*$", plain_copy(answered()), re.MULTILINE)
    for expected in (
        "DGCS/SD2B/DGS/SP1/2021/25",
        "NOR\u00a0SSAA2110502J",
        "1er avril 2021",
        "Circulaire > Calendrier de signature",
        "https://www.legifrance.gouv.fr/circulaire/id/45171",
        "Résumé Repères, d'après Direction[s], Localtis",
        "d'après la presse",
    ):
        assert expected in line


def test_a_copy_says_for_when_it_holds() -> None:
    last = plain_copy(answered()).rstrip().rsplit("\n", 1)[1]
    assert "exercice 2021 (supposé), textes connus au 21\u00a0novembre 2026." in last
    assert "Sources vérifiées au 21\u00a0novembre 2026." in last


def test_warnings_are_copied_with_their_titles() -> None:
    copy = plain_copy(answered())
    assert f"- {texts.WARNING_TITLES['inferred']}\u00a0: Les objectifs" in copy


def test_a_refusal_is_copied_as_one() -> None:
    copy = plain_copy(refused())
    assert texts.STATUS_LABELS["refused"] in copy
    assert texts.REFUSAL_LABELS["known_unknown"] in copy
    assert "\nSources\n" not in copy


def test_markdown_links_the_title_and_keeps_the_calls() -> None:
    copy = markdown_copy(answered())
    assert f"{CREDITS[:-1]} [2]." in copy
    assert re.search(r"^\[1\] \[Circulaire n°.*\]\(<https://www\.legifrance", copy, re.MULTILINE)


@pytest.mark.parametrize("mark", ["<script>", "![image](", "**gras**", "[lien]("])
def test_nothing_of_a_source_acts_in_markdown(mark: str) -> None:
    answer = replace(hostile("Quoi ?"), text="\n".join(c.text for c in hostile("Quoi ?").claims))
    assert mark in plain_copy(answer)
    assert mark not in markdown_copy(answer).replace("**À savoir**", "").replace("**Sources**", "")


def test_lines_that_look_like_lists_stay_lines() -> None:
    answer = replace(answered(), text="1. un\n# deux\n2021. trois")
    copy = markdown_copy(answer)
    assert "1\\. un\n\\# deux\n2021\\. trois" in copy


def test_what_is_copied_waits_unseen_in_the_page() -> None:
    shown = render_copies(3, answered())
    assert "\n" not in shown
    copies = {"copie-3": plain_copy(answered()), "copie-3-md": markdown_copy(answered())}
    for name, copy in copies.items():
        assert f'<button class="copier" type="button" value="{name}">' in shown
        assert f'id="{name}" hidden="">{escape(copy)}</pre>' in shown
