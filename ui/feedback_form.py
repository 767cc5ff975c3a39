"""The Gradio layout of what people say of an answer, under the latest one."""

from typing import Any

import gradio as gr

from assistant.answer import Turn
from evals.feedback import COMMENT_CHARS, REASONS, FeedbackStore
from ui import feedback_texts as texts
from ui.feedback import FORM, FeedbackScreen, give
from ui.markup import escape, tag
from ui.service import Assistant


def html_block(content: str, elem_id: str) -> gr.Markdown:
    """A component that shows our own escaped HTML (one line)."""
    return gr.Markdown(
        content,
        elem_id=elem_id,
        latex_delimiters=[],
        sanitize_html=True,
        container=False,
        buttons=[],
    )


class FeedbackForm:
    """« Did it help? », then why not; hidden until an answer is shown.

    What it is about stands in a state of its own, set with the label that shows the question:
    what is sent is what was shown, even if another question is asked meanwhile.
    """

    def __init__(self, assistant: Assistant, store: FeedbackStore, state_seconds: int) -> None:
        self._assistant = assistant
        self._store = store
        self._about = gr.State(None, time_to_live=state_seconds)

    def build(self) -> None:
        """Lays out the question, the form and the line that answers."""
        with gr.Column(elem_id="avis", visible=False) as self._block:
            with gr.Row(elem_id="avis-choix") as self._choice:
                html_block(tag("p", escape(texts.QUESTION)), "avis-question")
                self._yes = gr.Button(texts.YES, size="sm", elem_id="avis-oui")
                self._no = gr.Button(texts.NO, size="sm", elem_id="avis-non")
            with gr.Column(elem_id="avis-formulaire", visible=False) as self._form:
                self._reason = gr.Radio(
                    [(label, reason) for reason, label in REASONS.items()],
                    label=texts.REASON,
                    elem_id="avis-raison",
                )
                self._comment = gr.Textbox(
                    label=texts.COMMENT,
                    placeholder=texts.COMMENT_HINT,
                    lines=2,
                    max_lines=6,
                    max_length=COMMENT_CHARS,
                    elem_id="avis-commentaire",
                )
                self._agreed = gr.Checkbox(False, label="", elem_id="avis-accord")
                html_block(tag("p", escape(texts.NOTICE)), "avis-notice")
                self._send = gr.Button(texts.SEND, size="sm", elem_id="avis-envoyer")
            self._message = html_block("", "avis-etat")

    @property
    def outputs(self) -> list[Any]:
        """What a new answer changes, in the order of ``about``."""
        return [self._about, self._block, self._reason, self._comment, self._agreed, *self._steps]

    @property
    def _steps(self) -> list[Any]:
        return [self._choice, self._form, self._message]

    def about(self, turn: Turn | None) -> list[Any]:
        """The updates that ask, afresh, about an answer; ``None`` hides everything."""
        label = texts.agreement(turn.question) if turn else ""
        return [
            turn,
            gr.update(visible=turn is not None),
            None,
            "",
            gr.update(value=False, label=label),
            *_shown(FeedbackScreen()),
        ]

    def connect(self) -> None:
        """« Yes » is kept at once, « No » opens the form."""

        def useful(about: Turn | None) -> list[Any]:
            return _shown(give(self._assistant, self._store, about, useful=True))

        def useless(about: Turn | None, reason: Any, comment: Any, agreed: Any) -> list[Any]:
            screen = give(
                self._assistant,
                self._store,
                about,
                useful=False,
                reason=reason,
                comment=comment,
                agreed=agreed,
            )
            return _shown(screen)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        self._yes.click(useful, [self._about], self._steps, **quiet)
        self._no.click(lambda: _shown(FORM), None, self._steps, **quiet)
        said = [self._about, self._reason, self._comment, self._agreed]
        self._send.click(useless, said, self._steps, **quiet)


def _shown(screen: FeedbackScreen) -> list[Any]:
    message = tag("p", escape(screen.message), tabindex="-1") if screen.message else ""
    return [gr.update(visible=screen.asked), gr.update(visible=screen.form), message]
