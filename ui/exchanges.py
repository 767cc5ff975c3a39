"""The exchanges of a conversation and their sources as HTML, each rendered once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Turn
from corpus.chains import links_of
from corpus.types import Document
from ui import chat_texts, texts
from ui.cards import Neighbours, render_card
from ui.chips import choices_of, render_scope, restrictions_of
from ui.copying import render_copies
from ui.exporting.typography import typeset
from ui.markup import escape, tag
from ui.memories import memory_of
from ui.pages.standing import standings
from ui.rendering import render_answer
from ui.restrictions import Restriction

FindDocument = Callable[[str], Document | None]
SHOWN_CARDS = 5
"""Cards of an answer that stand open; the others wait folded."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, rendered once; ``turn`` is what the next question needs.

    ``asked`` is the question as it was first put; ``restriction`` is what a person limited it to
    since, ``scope_html`` the chips that change it.
    """

    number: int
    asked: str
    turn: Turn
    answer_html: str
    sources_html: str
    scope_html: str = ""
    restriction: Restriction = field(default_factory=Restriction)


def exchange_of(
    number: int,
    answer: Answer,
    find: FindDocument,
    documents: Sequence[Document] = (),
    restriction: Restriction | None = None,
    asked: str | None = None,
) -> Exchange:
    """The exchange of an answer.

    Args:
        number: its place in the conversation, from 1.
        answer: what was answered.
        find: gives the documents around its quotes.
        documents: all of the index: what chips offer, and what became of the texts cited.
        restriction: what a person limited it to.
        asked: the question as first put (personal data masked), when it was put again since.
    """
    restriction = restriction or Restriction()
    frame = answer.frame
    turn = Turn(answer.question, answer.id, frame.exercices, frame.departement, frame.text)
    cards = {document.document_id: document.identity for document in documents}
    title_of = title_finder(documents)
    limits = [words for words, _change in restrictions_of(restriction, title_of)]
    memory = memory_of(number, asked or answer.question, answer, restriction)
    return Exchange(
        number,
        asked or answer.question,
        turn,
        render_answer(number, answer, limits) + render_copies(number, answer, memory),
        render_sources(number, answer, find, standings(cards, links_of(cards))),
        render_scope(answer, restriction, choices_of(documents), title_of),
        restriction,
    )


def title_finder(documents: Sequence[Document]) -> Callable[[str], str]:
    """Gives the title of a document to show; its identifier for one that isn't among these."""
    cards = {document.document_id: document.identity for document in documents}

    def title_of(document_id: str) -> str:
        identity = cards.get(document_id)
        return (identity.short_title or identity.title) if identity else document_id

    return title_of


def render_conversation(exchanges: Sequence[Exchange], pending: str = "") -> str:
    """The exchanges, oldest first, then what is being answered; a welcome when there is none."""
    shown = "".join(exchange.answer_html for exchange in exchanges) + pending
    if not shown and not exchanges:
        shown = tag("p", escape(texts.WELCOME), "accueil")
    title = tag("h2", escape(texts.CONVERSATION_TITLE), "hors-ecran")
    return tag("section", title + shown, "echanges")


def render_panel(exchanges: Sequence[Exchange]) -> str:
    """The sources of every answer of the conversation, newest first and open."""
    groups = []
    for exchange in reversed(exchanges):
        if not exchange.sources_html:  # the tab itself shows them since it was reloaded
            continue
        newest = exchange is exchanges[-1]
        named = typeset(f"{texts.SOURCES_OF} « {exchange.turn.question} »")
        summary = tag("summary", escape(named))
        css = "groupe" if newest else "groupe ancien"
        groups.append(
            tag(
                "details",
                summary + exchange.sources_html,
                css,
                id=f"sources-{exchange.number}",
                open="" if newest else None,
            )
        )
    shown = "".join(groups)
    if not exchanges:
        shown = tag("p", escape(texts.SOURCES_EMPTY), "vide")
    return tag("section", tag("h2", escape(texts.SOURCES_TITLE)) + shown, "panneau")


def render_sources(
    number: int,
    answer: Answer,
    find: FindDocument,
    became: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The cards of one answer, in the order of their numbers; ``became``: see ``render_card``."""
    ordered = sorted(answer.citations, key=lambda c: c.n)
    numbers = [None, *(citation.n for citation in ordered), None]
    cards = [
        render_card(
            number,
            citation,
            find(citation.document_id),
            (became or {}).get(citation.document_id, ()),
            Neighbours(numbers[place], numbers[place + 2]),
        )
        for place, citation in enumerate(ordered)
    ]
    if not cards:
        return tag("p", escape(texts.SOURCES_NONE), "vide")
    return "".join(cards[:SHOWN_CARDS]) + _folded(cards[SHOWN_CARDS:])


def _folded(cards: Sequence[str]) -> str:
    """The cards that stay closed, under a summary that says how many; a call opens them."""
    if not cards:
        return ""
    summary = tag("summary", escape(chat_texts.other_sources(len(cards))))
    return tag("details", summary + "".join(cards), "autres")
