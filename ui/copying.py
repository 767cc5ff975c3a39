"""An answer to take elsewhere: its text with its references, plain or in Markdown, or printed."""

import re
from collections.abc import Callable

from assistant.answer import Answer, Citation
from ui import chat_texts, texts
from ui.cards import publishers
from ui.markup import clean, escape, tag, web_address

_MARKDOWN = re.compile(r"([\\`*_#<>|~\[\]$])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)", re.MULTILINE)
_OWN_MARK = re.compile(r"\\\[(\d{1,3})\\\]")


def render_copies(number: int, answer: Answer, memory: str = "") -> str:
    """The buttons that copy and print an answer, with what they copy, unseen.

    ``memory`` is what the tab remembers of it, unseen too.
    """
    kinds = [
        (f"copie-{number}", chat_texts.COPY, plain_copy(answer)),
        (f"copie-{number}-md", chat_texts.COPY_MARKDOWN, markdown_copy(answer)),
    ]
    buttons = [
        tag("button", escape(words), "copier", type="button", value=name)
        for name, words, _copy in kinds
    ]
    buttons.append(tag("button", escape(chat_texts.PRINT), "imprimer", type="button"))
    said = tag("span", "", "dit", role="status")
    held = [tag("pre", escape(copy), "copie", id=name, hidden="") for name, _words, copy in kinds]
    if memory:
        held.append(tag("pre", escape(memory), "copie memoire", hidden=""))
    return tag("div", "".join([*buttons, said, *held]), "actions")


def plain_copy(answer: Answer) -> str:
    """The answer as plain text: question, text with its calls, warnings, numbered references."""
    return _copy(answer, title=str, words=str, reference=_plain_reference)


def markdown_copy(answer: Answer) -> str:
    """The same in Markdown; nothing of a source acts as markup, the calls ``[n]`` stay."""
    return _copy(
        answer,
        title=lambda line: f"**{line}**",
        words=_as_words,
        reference=_markdown_reference,
    )


def _copy(
    answer: Answer,
    title: Callable[[str], str],
    words: Callable[[str], str],
    reference: Callable[[Citation], str],
) -> str:
    state = texts.STATUS_LABELS[answer.status]
    if answer.refusal:
        state += f"{texts.NBSP}: {texts.REFUSAL_LABELS[answer.refusal]}"
    parts = [title(words(answer.question)), f"{texts.PRODUCT} — {state}", words(answer.text)]
    if answer.warnings:
        lines = [
            f"- {words(_sentence(texts.WARNING_TITLES[w.kind], w.text))}" for w in answer.warnings
        ]
        parts.append("\n".join([title(chat_texts.COPY_WARNINGS), "", *lines]))
    if answer.citations:
        ordered = sorted(answer.citations, key=lambda c: c.n)
        parts.append(title(chat_texts.COPY_SOURCES))
        parts += [reference(citation) for citation in ordered]
    parts.append(_state_line(answer))
    return clean("\n\n".join(parts)) + "\n"


def _sentence(heading: str, text: str) -> str:
    return text if text.startswith(heading) else f"{heading}{texts.NBSP}: {text}"


def _state_line(answer: Answer) -> str:
    frame = answer.frame
    scope = texts.scope_line(
        frame.exercices, frame.cohort, frame.departement, frame.assumed, answer.as_of
    )
    checked = answer.corpus_checked_on
    state = chat_texts.checked_on(texts.french_date(checked)) if checked else ""
    return f"{scope} {state}".strip()


def _plain_reference(citation: Citation) -> str:
    return f"[{citation.n}] {', '.join([citation.title, *_details(citation)])}. {_origin(citation)}"


def _markdown_reference(citation: Citation) -> str:
    details = "".join(f", {_as_words(detail)}" for detail in _details(citation, linked=True))
    url = web_address(citation.url)
    title = _as_words(citation.title).replace("[", "\\[").replace("]", "\\]")
    shown = f"[{title}](<{url.replace('>', '%3E').replace('<', '%3C')}>)" if url else title
    return f"[{citation.n}] {shown}{details}. {_as_words(_origin(citation))}"


def _details(citation: Citation, *, linked: bool = False) -> list[str]:
    """What identifies the source and the place of the quote, less what its title says."""
    day = citation.signed_on or citation.published_on
    found = [
        citation.reference and f"n°{texts.NBSP}{citation.reference}",
        citation.nor and f"NOR{texts.NBSP}{citation.nor}",
        day and texts.french_date(day),
        citation.locator,
        citation.page and f"p.{texts.NBSP}{citation.page}",
        None if linked else web_address(citation.url),
    ]
    said = (citation.reference or "", texts.french_date(day) if day else "")
    known = [value for value in said if value and value in citation.title]
    return [one for one in found if one and not any(one.endswith(value) for value in known)]


def _origin(citation: Citation) -> str:
    evidence = texts.read_label(citation.evidence, citation.confidence, bool(citation.sources))
    return f"{texts.origin_line(citation.origin, publishers(citation))} ({evidence})."


def _as_words(text: str) -> str:
    """``text`` that Markdown shows as it stands; calls of quotes need no escape."""
    escaped = _LINE_START.sub(_escaped_start, _MARKDOWN.sub(r"\\\1", text))
    return _OWN_MARK.sub(r"[\1]", escaped)


def _escaped_start(found: "re.Match[str]") -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{found[1]}{mark}"
