"""What happens when a person says whether an answer helped: screens, with no Gradio."""

from dataclasses import dataclass

from assistant.answer import Turn
from corpus.errors import ReperesError
from evals.feedback import COMMENT_CHARS, REASONS, FeedbackStore
from ui import feedback_texts, texts
from ui.headers import log_crash
from ui.markup import clean
from ui.service import Assistant


@dataclass(frozen=True, slots=True)
class FeedbackScreen:
    """What is shown under an answer: the question (``asked``), the form, or one sentence."""

    asked: bool = True
    form: bool = False
    message: str = ""


FORM = FeedbackScreen(form=True)
"""The answer didn't help: reasons, comment and agreement are asked."""


def give(
    assistant: Assistant,
    store: FeedbackStore,
    about: Turn | None,
    *,
    useful: bool,
    reason: str | None = None,
    comment: str | None = None,
    agreed: bool | None = False,
) -> FeedbackScreen:
    """Keeps what a person says and thanks them; nothing is ever raised.

    Args:
        assistant: names the corpus in service.
        store: where it is kept.
        about: the answer as the page showed it, its question masked; ``None`` once forgotten.
        useful: whether it helped.
        reason: one of ``REASONS``; any other is no reason.
        comment: at most ``COMMENT_CHARS``.
        agreed: only ``True`` sends the question.
    """
    comment = clean(comment or "").strip()
    if about is None or about.answer_id is None:
        return FeedbackScreen(asked=False, message=feedback_texts.GONE)
    if len(comment) > COMMENT_CHARS:
        return FeedbackScreen(form=not useful, message=feedback_texts.COMMENT_LENGTH)
    try:
        kept = store.add(
            about.answer_id,
            useful=useful,
            reason=reason if reason in REASONS else None,
            comment=comment or None,
            question=about.question if agreed is True else None,
            corpus_digest=assistant.health().get("corpus_digest"),
        )
    except ReperesError as error:
        return FeedbackScreen(form=not useful, message=str(error))
    except Exception as error:  # a person never reads a traceback
        log_crash(error)
        return FeedbackScreen(form=not useful, message=texts.HTTP_MESSAGES[500])
    thanks = feedback_texts.thanks(kept.question is not None, kept.until)
    return FeedbackScreen(asked=False, message=thanks)
