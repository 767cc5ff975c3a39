"""The chat's page: a Gradio layout over ``ui.handlers``, mounted at ``/``.

Content is shown through Markdown components that hold our own escaped HTML on one line: Gradio's
HTML component evaluates templates in the browser, which the security policy forbids.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from evals.feedback import FeedbackStore
from ui import texts
from ui.feedback_form import FeedbackForm, html_block
from ui.gate import ChatDoor
from ui.handlers import QUESTION_CHARS, CorpusLine, Screen, ask, empty_screen
from ui.headers import log_crash
from ui.markup import escape, tag
from ui.rendering import Exchange
from ui.service import Assistant

STATIC = Path(__file__).parent / "static"
FOLLOW_UPS = 3
CONCURRENT_ANSWERS = 8
WAITING_ANSWERS = 64
STATE_SECONDS = 3_600
SYSTEM_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Arial", "sans-serif"]

Exchanges = tuple[Exchange, ...]


class _Blocks(gr.Blocks):
    """Gradio prints the message of an error, which may hold a question: it gets none to print."""

    async def process_api(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Runs a function; any error is logged our way and shown as one French sentence."""
        try:
            return await super().process_api(*args, **kwargs)
        except Exception as error:
            log_crash(error)
        raise gr.Error(texts.TECHNICAL_ERROR, title=texts.PRODUCT, print_exception=False)


def mount_chat(app: FastAPI, assistant: Assistant, feedback: FeedbackStore, door: ChatDoor) -> None:
    """Mounts the chat at ``/`` behind ``door``; routes added before keep their addresses."""
    blocks = build_chat(assistant, feedback)
    style = (STATIC / "chat.css").read_text(encoding="utf-8")
    script = (STATIC / "chat.js").read_text(encoding="utf-8")
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size="1kb",
        favicon_path=str(STATIC / "favicon.png"),
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=["ui-monospace", "monospace"]),
        head=f"<style>{style}</style><script>{script}</script>",
    )
    door.inputs = {
        number: tuple(bool if isinstance(c, gr.Checkbox) else str for c in function.inputs)
        for number, function in blocks.fns.items()
        if function.fn is not None
    }
    door.has_session = lambda session: session in blocks._queue.pending_messages_per_session


def build_chat(assistant: Assistant, feedback: FeedbackStore) -> gr.Blocks:
    """The page and what its buttons do; the conversation lives in the tab's own state."""
    blocks = _Blocks(title=texts.PRODUCT, analytics_enabled=False, fill_width=True)
    with blocks:
        corpus = _header()
        state = gr.State((), time_to_live=STATE_SECONDS)
        form = FeedbackForm(assistant, feedback, STATE_SECONDS)
        page = _Page(assistant, state, form)
        page.build()
        page.connect()
        blocks.load(
            _corpus_reader(assistant),
            None,
            corpus,
            show_progress="hidden",
            api_visibility="private",
        )
        form.connect()
        blocks.queue(default_concurrency_limit=CONCURRENT_ANSWERS, max_size=WAITING_ANSWERS)
    return blocks


def _header() -> gr.Markdown:
    """The product's name and purpose; returns the line on the corpus, filled at each visit."""
    name = tag("h1", escape(texts.PRODUCT)) + tag("p", escape(texts.TAGLINE), "objet")
    html_block(tag("div", name, "entete"), "entete")
    return html_block("", "corpus")


def _corpus_reader(assistant: Assistant) -> Any:
    corpus = CorpusLine(assistant)

    def read() -> str:
        line, banner = corpus.read()
        shown = tag("p", escape(line), "ligne") if line else ""
        return tag("div", shown + (tag("p", escape(banner), "bandeau") if banner else ""))

    return read


class _Page:
    """Components in reading order, and the events between them."""

    def __init__(self, assistant: Assistant, state: gr.State, form: FeedbackForm) -> None:
        self.assistant = assistant
        self.state = state
        self.form = form

    def build(self) -> None:
        """Lays out the conversation and, beside it (under it on a phone), its sources."""
        first = empty_screen()
        with gr.Row(elem_id="page"):
            with gr.Column(elem_id="fil", min_width=0):
                self.conversation = html_block(first.conversation, "conversation")
                self.form.build()
                with gr.Column(
                    elem_id="suites", elem_classes="suggestions", visible=False
                ) as self.follow_ups:
                    html_block(tag("h2", escape(texts.FOLLOW_UPS_TITLE)), "suites-titre")
                    self.follow_up_buttons = [
                        gr.Button("", size="sm", visible=False) for _ in range(FOLLOW_UPS)
                    ]
                self._build_composer()
                with gr.Column(elem_id="exemples", elem_classes="suggestions") as self.examples:
                    html_block(tag("h2", escape(texts.EXAMPLES_TITLE)), "exemples-titre")
                    self.example_buttons = [gr.Button(text, size="sm") for text in texts.EXAMPLES]
            with gr.Column(elem_id="cote", min_width=0):
                self.sources = html_block(first.sources, "sources")

    def _build_composer(self) -> None:
        with gr.Column(elem_id="saisie"):
            self.question = gr.Textbox(
                label=texts.QUESTION_LABEL,
                placeholder=texts.QUESTION_HINT,
                lines=1,
                max_lines=6,
                max_length=QUESTION_CHARS,
                elem_id="question",
            )
            self.send = gr.Button(texts.SEND, variant="primary", elem_id="envoyer")
            html_block(tag("p", escape(texts.PRIVACY_NOTICE)), "vie-privee")
            self.clear = gr.Button(texts.CLEAR, variant="secondary", elem_id="effacer")
            self.status = html_block("", "etat")

    @property
    def outputs(self) -> list[Any]:
        """What a screen changes, in the order of ``_shown`` and ``FeedbackForm.about``."""
        return [
            self.state,
            self.conversation,
            self.sources,
            self.status,
            self.question,
            self.send,
            self.examples,
            self.follow_ups,
            *self.follow_up_buttons,
            *self.form.outputs,
        ]

    def _updates(self, screen: Screen) -> list[Any]:
        return [*_shown(screen), *self.form.about(screen.about)]

    def connect(self) -> None:
        """Every way to ask runs the same generator; clearing stops what is running."""

        def answer(question: str, exchanges: Exchanges) -> Iterator[list[Any]]:
            for screen in ask(self.assistant, question, exchanges):
                yield self._updates(screen)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        triggers = [self.send.click, self.question.submit]
        running = [gr.on(triggers, answer, [self.question, self.state], self.outputs, **quiet)]
        running += [
            button.click(answer, [button, self.state], self.outputs, **quiet)
            for button in [*self.example_buttons, *self.follow_up_buttons]
        ]
        self.clear.click(
            lambda: self._updates(empty_screen(texts.CLEARED)),
            None,
            self.outputs,
            cancels=running,
            **quiet,
        )


def _shown(screen: Screen) -> list[Any]:
    """The updates of a screen less the form's, in the order of ``_Page.outputs``."""
    follow_ups = () if screen.busy else screen.follow_ups[:FOLLOW_UPS]
    buttons = [gr.update(value=text, visible=True) for text in follow_ups] + [
        gr.update(visible=False)
    ] * (FOLLOW_UPS - len(follow_ups))
    return [
        screen.exchanges,
        screen.conversation,
        screen.sources,
        tag("p", escape(screen.status)) if screen.status else "",
        screen.question,
        gr.update(interactive=not screen.busy),
        gr.update(visible=not screen.exchanges and not screen.busy),
        gr.update(visible=bool(follow_ups)),
        *buttons,
    ]
