import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant.answer import Answer, Caution, Claim, Part
from tests.ui.fakes import (
    CIRCULAR_TEXT,
    DEADLINE,
    GOALS,
    HOSTILE_TEXT,
    FakeAssistant,
    answered,
    citation,
    documents,
    hostile,
    in_danger,
    refused,
)
from ui import chat_texts, texts
from ui.cards import context_of, publishers, render_card
from ui.exchanges import exchange_of, render_conversation, render_panel, render_sources
from ui.markup import clean, escape, flow, web_address
from ui.rendering import render_answer

FAKE = FakeAssistant()
ALLOWED = {
    "a",
    "article",
    "bdi",
    "blockquote",
    "button",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h2",
    "h3",
    "h4",
    "li",
    "mark",
    "p",
    "pre",
    "section",
    "span",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}

ATTRIBUTES = set("class hidden href id open rel role scope tabindex target type value".split())


class Reader(HTMLParser):
    """Tags, attributes and text of a fragment, as a browser reads them."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.words = ""
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(*answers: Answer) -> str:
    exchanges = [exchange_of(i, a, FAKE.document) for i, a in enumerate(answers, start=1)]
    return render_conversation(exchanges) + render_panel(exchanges)


@pytest.mark.parametrize("answer", [answered(), refused(), hostile("a"), in_danger("b")])
def test_nothing_of_an_answer_acts_as_markup(answer: Answer) -> None:
    page = page_of(answer)
    reader = Reader(page)
    assert set(reader.tags) <= ALLOWED
    assert reader.names <= ATTRIBUTES
    assert all(link.startswith(("#", "https://", "/documents/")) for link in reader.links)
    assert "\n" not in page


def test_hostile_text_is_shown_as_text() -> None:
    reader = Reader(page_of(hostile("Quoi ?")))
    assert reader.words.count(HOSTILE_TEXT[:-2]) >= 5
    assert "img" not in reader.tags
    assert "script" not in reader.tags


def test_every_link_of_an_answer_leads_to_its_card() -> None:
    page = page_of(refused(), answered(), answered("Encore ?"))
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = [link[1:] for link in Reader(page).links if link.startswith("#")]
    assert {"source-2-1", "source-3-3", "reponse-2"} <= set(links) <= ids


def test_numbers_between_brackets_link_only_to_citations() -> None:
    answer = replace(
        refused(),
        text="Le texte [1] cite [7] et [12].",
        citations=answered().citations[:1],
        nearby=(),
    )
    assert Reader(render_answer(1, answer)).links == ["#source-1-1"]


def test_the_mark_holds_exactly_the_quote() -> None:
    for made in answered().citations:
        card = render_card(1, made, FAKE.document(made.document_id))
        (marked,) = re.findall(r"<mark>(.*?)</mark>", card)
        assert html.unescape(marked) == made.quote


def test_the_context_is_the_text_around_cut_at_line_borders() -> None:
    made = answered().citations[0]
    context = context_of(made, FAKE.document(made.document_id))
    assert context.before + made.quote + context.after in CIRCULAR_TEXT
    assert context.before.startswith("Objet de la circulaire")
    assert context.cut_before
    assert context.cut_after
    assert context.after.startswith("\nLes avenants")


def test_the_context_of_a_short_document_is_whole() -> None:
    press = documents()[1]
    context = context_of(citation(1, press, "Les départements restent volontaires."), press)
    assert context.before == press.text[: -len("Les départements restent volontaires.")]
    assert (context.after, context.cut_before, context.cut_after) == ("", False, False)


@pytest.mark.parametrize("document", [None, documents()[1]])
def test_a_document_that_changed_leaves_the_quote_alone(document: object) -> None:
    card = render_card(1, answered().citations[0], document)  # type: ignore[arg-type]
    assert f"<mark>{escape(DEADLINE)}</mark>" in card
    assert "avenants des départements" not in card


def test_a_card_says_what_the_source_is() -> None:
    words = Reader(render_card(1, answered().citations[0], documents()[0])).words
    for expected in (
        "d'après la presse",
        "sources concordantes",
        "DGCS/SD2B/DGS/SP1/2021/25",
        "Résumé Repères, d'après Direction[s], Localtis, Ministère des solidarités",
        "SSAA2110502J",
        "1er\u00a0avril 2021",
        "28\u00a0avril 2021",
        "non établi",
        "Page officielle",
        "Circulaire > Calendrier de signature",
        "Ministère des solidarités (document fourni)",
    ):
        assert expected in words
    assert "texte officiel" not in words


def test_an_original_says_so() -> None:
    assert "Texte original" in render_card(1, answered().citations[1], documents()[1])


def test_outside_links_tell_nothing_of_the_page() -> None:
    card = render_card(1, answered().citations[0], documents()[0])
    outside = re.findall(r'<a [^>]*href="https?:[^>]*>', card)
    assert len(outside) == 3
    for link in outside:
        assert 'rel="noopener noreferrer nofollow"' in link
        assert 'target="_blank"' in link


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.b", "http://", "http://[", "", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_publishers_come_once_in_order() -> None:
    made = replace(
        answered().citations[0],
        sources=(
            {"publisher": "B"},
            {"publisher": "A"},
            {"publisher": "B"},
            {"publisher": None},
        ),
    )
    assert publishers(made) == ["B", "A"]


def test_items_become_a_list_with_the_marks_at_the_end() -> None:
    shown = flow(GOALS, "M")
    assert shown.startswith("<p>La contractualisation poursuit trois objectifs :</p><ul><li>")
    assert shown.count("<li>") == 3
    assert shown.endswith("mieux piloter la politique&nbsp;M.</li></ul>")
    assert flow("Trois :\n- un ;", "M").endswith("<li>un&nbsp;M.</li></ul>")


def test_a_refusal_looks_different_and_says_why() -> None:
    shown = render_answer(1, refused())
    assert 'class="reponse refused"' in shown
    assert texts.STATUS_LABELS["refused"] in shown
    assert escape(texts.REFUSAL_LABELS["known_unknown"]) in shown
    assert texts.NEARBY in shown
    assert 'class="phrase"' not in shown


def test_nearby_titles_of_the_text_are_listed_once() -> None:
    answer = refused()
    answer = replace(answer, text=f"Rien.\nDocuments proches : {answer.nearby[0].title}.")
    assert render_answer(1, answer).count(answer.nearby[0].title) == 1


def test_danger_comes_first() -> None:
    shown = render_answer(1, in_danger("Que faire ?"))
    assert shown.index("119") < shown.index(texts.STATUS_LABELS["refused"])
    assert "avertissement urgent" in shown


@pytest.mark.parametrize("kind", list(texts.WARNING_TITLES))
def test_every_warning_has_a_title_and_its_citations(kind: str) -> None:
    warning = Caution(kind, "Attention.", (2,))  # type: ignore[arg-type]
    shown = render_answer(1, replace(answered(), claims=(), warnings=(warning,)))
    assert escape(texts.WARNING_TITLES[kind]) in shown
    assert "#source-1-2" in shown


@pytest.mark.parametrize(
    ("kind", "title", "rest"),
    [
        ("press_only", "D'après la presse seulement", " : aucun texte lu [1]."),
        ("conflict", "Les sources divergent", ". Aucun texte lu [1]."),
    ],
)
def test_a_warning_does_not_repeat_its_title(kind: Any, title: str, rest: str) -> None:
    warning = Caution(kind, f"{title}{rest}", (1,))
    words = Reader(render_answer(1, replace(answered(), warnings=(warning,)))).words
    assert words.count(title) == 1
    assert "Aucun texte lu" in words


def test_parts_keep_their_own_state() -> None:
    parts = (
        Part("Quelle date ?", "answered", None, (0,)),
        Part("Quel <b>âge</b> ?", "refused", "out_of_scope", ()),
    )
    shown = render_answer(1, replace(answered(), status="partial", parts=parts))
    assert "Quel &lt;b&gt;âge&lt;/b&gt;\u202f?" in shown
    assert escape(texts.REFUSAL_LABELS["out_of_scope"]) in shown
    assert shown.count('class="phrase"') == 1


def test_a_table_shows_claims_in_its_cells_and_says_unknown() -> None:
    table = {
        "columns": ["2020", "2021"],
        "rows": [{"label": "Crédits", "cells": [[], [1]]}],
    }
    shown = render_answer(1, replace(answered(), table=table))
    assert f">2020</span>{texts.UNKNOWN}</td>" in shown
    assert '<th scope="row">Crédits</th>' in shown
    assert shown.count('class="phrase"') == 3


def test_the_modality_of_a_rule_is_said() -> None:
    claim = Claim("Le préfet peut signer.", (1,), "checked", "may", "préfet")
    shown = render_answer(1, replace(answered(), claims=(claim,)))
    assert "faculté\u00a0: préfet" in shown
    assert "vérifiée dans son passage" in shown


def test_the_newest_sources_come_first_and_open() -> None:
    exchanges = [
        exchange_of(1, answered("Un ?"), FAKE.document),
        exchange_of(2, answered("Deux ?"), FAKE.document),
    ]
    panel = render_panel(exchanges)
    assert panel.index("Deux\u202f?") < panel.index("Un\u202f?")
    assert panel.count(' open=""') == 1


@pytest.mark.parametrize(("given", "fold"), [(5, ""), (6, "Voir une autre source"), (14, "9")])
def test_the_cards_after_the_fifth_are_folded(given: int, fold: str) -> None:
    one = answered().citations[0]
    cited = tuple(replace(one, n=n) for n in range(1, given + 1))
    shown = render_sources(1, replace(answered(), citations=cited), FAKE.document)
    before, _, after = shown.partition('<details class="autres"')
    assert shown.count("<article") == given and before.count("<article") == 5
    assert fold in after.partition("</summary>")[0] and bool(after) == bool(fold)


def test_no_mark_of_french_begins_a_line() -> None:
    source = replace(answered().citations[0], title="Plan : le « socle » ; suite")
    asked = replace(answered(), question="Le « socle » ; et après ?")
    shown = render_answer(1, asked) + render_card(1, source, None) + render_panel([])
    shown += render_panel([exchange_of(1, asked, FAKE.document)])
    for marked in ("Le «\u00a0socle\u00a0»\u202f; et après\u202f?", "Plan\u00a0: le «\u00a0socle"):
        assert marked in shown
    assert not re.search(r" [»;:?!]|« ", re.sub(r"<blockquote.*?</blockquote>|<[^>]*>", "", shown))


def test_clean_text_can_always_be_sent() -> None:
    assert clean("a\ud800b\x00c\u202ed\r\ne\tf") == "a\ufffdb c d\ne\tf"


def test_french_words_follow_their_numbers() -> None:
    assert texts.counted(1, "source", "sources") == "1\u00a0source"
    assert texts.counted(12_345, "source", "sources") == "12\u202f345\u00a0sources"
    assert texts.corpus_line(13, 2, documents()[0].identity.checked_on) == (
        "Corpus\u00a0: 13\u00a0documents résumés et 2\u00a0textes originaux, "
        "vérifiés au 21\u00a0novembre 2026."
    )


def test_badges_come_by_weight_and_an_ended_text_says_so_first() -> None:
    made = replace(answered().citations[0], exercices=(2021, 2022))

    def badges(*standing: str) -> list[str]:
        card = render_card(1, made, documents()[0], standing)
        return re.findall(r'<li class="etiquette[^"]*">(.*?)</li>', card)

    known = ["circulaire", "d&#x27;après la presse", "sources concordantes", "2021 et 2022"]
    assert badges() == known
    assert badges("complété en 2022") == [*known, "complété en 2022"]
    assert badges("annulé en 2023", "complété en 2022") == ["annulé en 2023", *known]


def test_a_card_leads_to_its_neighbours_and_to_its_document() -> None:
    cards = exchange_of(4, answered(), FAKE.document).sources_html.split("</article>")
    links = [Reader(card).links for card in cards[:3]]
    assert "#source-4-1" not in links[0]
    assert {"#source-4-1", "#source-4-3"} <= set(links[1])
    made = answered().citations[1]
    place = f"?debut={made.start}&fin={made.end}#p{made.start}"
    assert f"/documents/presse/localtis%202021{place}" in links[1]
    assert not any(link.startswith("/") for link in Reader(render_card(1, made, None)).links)


def test_a_source_can_be_left_out_or_read_alone() -> None:
    card = render_card(1, answered().citations[0], documents()[0])
    assert 'value="exclude=circulaire-2021-25"' in card
    assert 'value="include=circulaire-2021-25"' in card


@pytest.mark.parametrize("refusal", list(texts.REFUSAL_LABELS))
def test_every_refusal_says_what_to_do_next(refusal: str) -> None:
    shown = render_answer(1, replace(refused(), refusal=refusal))  # type: ignore[arg-type]
    assert escape(chat_texts.NEXT_STEPS[refusal]) in shown
    assert chat_texts.NEXT_STEP not in render_answer(1, answered())


def test_a_rewritten_answer_names_its_model() -> None:
    answer = replace(answered(), mode="written", model="petit-modele")
    assert "Reformulé par petit-modele." in render_answer(1, answer)
    assert "petit-modele" not in render_answer(1, replace(answer, mode="extractive"))
