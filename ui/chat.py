"""The chat's page: a Gradio layout over ``ui.handlers``, mounted at ``/``.

Content is shown through Markdown components that hold our own escaped HTML on one line: Gradio's
HTML component evaluates templates in the browser, which the security policy forbids.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.answer import Mode
from assistant.settings import WriterSettings
from evals.feedback import FeedbackStore
from ui import chat_texts, texts
from ui.examples import NEEDS, Examples
from ui.exchanges import Exchange
from ui.feedback_form import FeedbackForm, html_block
from ui.gate import ChatDoor
from ui.handlers import QUESTION_CHARS, CorpusLine, Screen, ask, ask_again, empty_screen
from ui.headers import log_crash
from ui.markup import escape, tag
from ui.memories import MEMORY_CHARS
from ui.recalling import recall
from ui.restrictions import CHANGE_CHARS
from ui.rewording import model_notice
from ui.service import Assistant

STATIC = Path(__file__).parent / "static"
SESSION_SCRIPT = Path(__file__).parent / "pages" / "static" / "seance.js"
FOLLOW_UPS = 3
OFFERED = len(NEEDS)
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


def mount_chat(
    app: FastAPI,
    assistant: Assistant,
    feedback: FeedbackStore,
    door: ChatDoor,
    writer: WriterSettings | None = None,
) -> None:
    """Mounts the chat at ``/`` behind ``door``; routes added before keep their addresses.

    ``writer`` describes the language model, as the environment does when it is ``None``.
    """
    blocks = build_chat(assistant, feedback, model_notice(writer or WriterSettings()))
    styles = [(STATIC / name).read_text(encoding="utf-8") for name in ("look.css", "chat.css")]
    scripts = [f"const WORDS = {json.dumps(chat_texts.SCRIPT)};"]
    files = (STATIC / "chat.js", STATIC / "memory.js", SESSION_SCRIPT)
    scripts += [file.read_text(encoding="utf-8") for file in files]
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
        head=f"<style>{''.join(styles)}</style><script>{''.join(scripts)}</script>",
    )
    door.inputs = {
        number: tuple(bool if isinstance(c, gr.Checkbox) else str for c in function.inputs)
        for number, function in blocks.fns.items()
        if function.fn is not None
    }
    door.has_session = lambda session: session in blocks._queue.pending_messages_per_session


def build_chat(
    assistant: Assistant, feedback: FeedbackStore, model: str | None = None
) -> gr.Blocks:
    """The page and what its buttons do; the conversation lives in the tab's own state.

    ``model`` says which language model may rewrite answers and where; ``None`` offers none.
    """
    blocks = _Blocks(title=texts.PRODUCT, analytics_enabled=False, fill_width=True)
    with blocks:
        corpus = _header()
        state = gr.State((), time_to_live=STATE_SECONDS)
        form = FeedbackForm(assistant, feedback, STATE_SECONDS)
        page = _Page(assistant, state, form, model)
        page.build()
        page.connect()
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        blocks.load(_corpus_reader(assistant), None, corpus, **quiet)
        blocks.load(_examples_reader(assistant), None, page.example_outputs, **quiet)
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


def _examples_reader(assistant: Assistant) -> Any:
    examples = Examples(assistant)

    def read() -> list[Any]:
        shown = examples.read()
        return [tag("h2", escape(texts.EXAMPLES_TITLE)) if shown else "", *_named(shown, OFFERED)]

    return read


class _Page:
    """Components in reading order, and the events between them."""

    def __init__(
        self, assistant: Assistant, state: gr.State, form: FeedbackForm, model: str | None
    ) -> None:
        self.assistant = assistant
        self.state = state
        self.form = form
        self.model = model

    def build(self) -> None:
        """Lays out the conversation and, beside it (under it on a phone), its sources."""
        first = empty_screen()
        with gr.Row(elem_id="page"):
            with gr.Column(elem_id="fil", min_width=0):
                self.conversation = html_block(first.conversation, "conversation")
                self.scope = html_block("", "cadre")
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
                    self.examples_title = html_block("", "exemples-titre")
                    self.example_buttons = [
                        gr.Button("", size="sm", visible=False) for _ in range(OFFERED)
                    ]
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
            with gr.Row(elem_id="redaction", visible=self.model is not None):
                self.written = gr.Checkbox(
                    False, label=chat_texts.WRITTEN_LABEL, container=False, elem_id="reformuler"
                )
                html_block(tag("p", escape(self.model or "")), "modele")
            self.status = html_block("", "etat")
        with gr.Column(elem_id="pont"):  # through which controls inside our HTML act
            self.change = gr.Textbox(max_length=CHANGE_CHARS, elem_id="changement")
            self.again = gr.Button("", elem_id="reposer")
            self.told = gr.Textbox(max_length=MEMORY_CHARS, elem_id="souvenir")
            self.recall = gr.Button("", elem_id="retrouver")

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
            self.scope,
            self.examples,
            self.follow_ups,
            *self.follow_up_buttons,
            *self.form.outputs,
        ]

    @property
    def example_outputs(self) -> list[Any]:
        """What holds the examples of the day: their title, their buttons."""
        return [self.examples_title, *self.example_buttons]

    def _updates(self, screen: Screen) -> list[Any]:
        return [*_shown(screen), *self.form.about(screen.about)]

    def _mode(self, written: Any) -> Mode:
        return "written" if self.model is not None and written is True else "extractive"

    def connect(self) -> None:
        """Every way to ask runs the same generator; clearing stops what is running."""

        def answer(question: str, exchanges: Exchanges, written: bool) -> Iterator[list[Any]]:
            for screen in ask(self.assistant, question, exchanges, mode=self._mode(written)):
                yield self._updates(screen)

        def answer_again(change: str, exchanges: Exchanges, written: bool) -> Iterator[list[Any]]:
            for screen in ask_again(self.assistant, change, exchanges, mode=self._mode(written)):
                yield self._updates(screen)

        def found_again(told: str, exchanges: Exchanges) -> list[Any]:
            screen = recall(self.assistant, told, exchanges)
            return self._updates(screen) if screen else [gr.skip()] * len(self.outputs)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        given = [self.state, self.written]
        triggers = [self.send.click, self.question.submit]
        running = [gr.on(triggers, answer, [self.question, *given], self.outputs, **quiet)]
        running += [
            button.click(answer, [button, *given], self.outputs, **quiet)
            for button in [*self.example_buttons, *self.follow_up_buttons]
        ]
        running.append(self.again.click(answer_again, [self.change, *given], self.outputs, **quiet))
        self.clear.click(
            lambda: self._updates(empty_screen(texts.CLEARED)),
            None,
            self.outputs,
            cancels=running,
            **quiet,
        )
        self.recall.click(found_again, [self.told, self.state], self.outputs, **quiet)


def _named(values: Sequence[str], places: int) -> list[Any]:
    """The updates of a row of buttons: those that have a text are seen."""
    shown = [gr.update(value=text, visible=True) for text in values[:places]]
    return shown + [gr.update(visible=False)] * (places - len(shown))


def _shown(screen: Screen) -> list[Any]:
    """The updates of a screen less the form's, in the order of ``_Page.outputs``."""
    follow_ups = () if screen.busy else screen.follow_ups[:FOLLOW_UPS]
    return [
        screen.exchanges,
        screen.conversation,
        screen.sources,
        tag("p", escape(screen.status)) if screen.status else "",
        gr.skip() if screen.question is None else screen.question,
        gr.update(interactive=not screen.busy),
        screen.scope,
        gr.update(visible=not screen.exchanges and not screen.busy),
        gr.update(visible=bool(follow_ups)),
        *_named(follow_ups, FOLLOW_UPS),
    ]
