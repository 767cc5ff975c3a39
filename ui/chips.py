"""What was understood of a question, as chips that can be changed, and what restricts its answer.

Every control is a button whose value is the change it asks for (see ``ui.restrictions``); beside a
list or a date, the value that stands there is added to it in the browser.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answer import Frame
from corpus.collectivites import collectivites
from corpus.types import KINDS, Document
from ui import chat_texts, texts
from ui.exporting.typography import typeset
from ui.markup import escape, tag
from ui.pages.navigation import document_address
from ui.restrictions import Restriction

TitleOf = Callable[[str], str]
EARLIEST, LATEST = "2000-01-01", "2100-12-31"


class Framed(Protocol):
    """What chips tell of an answer: its frame, and the day that it was given for."""

    @property
    def frame(self) -> Frame:
        """What it holds for."""

    @property
    def as_of(self) -> date:
        """The day it was given for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the corpus offers: exercices and cohorts that its documents name, kinds it holds."""

    exercices: tuple[int, ...] = ()
    cohorts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def choices_of(documents: Iterable[Document]) -> Choices:
    """The values worth offering over these documents, in order."""
    identities = [document.identity for document in documents]
    held = {identity.kind for identity in identities}
    return Choices(
        tuple(sorted({year for identity in identities for year in identity.exercices})),
        tuple(sorted({name for identity in identities for name in identity.cohorts})),
        tuple(kind for kind in KINDS if kind in held and kind != "inconnue"),
    )


def restrictions_of(restriction: Restriction, title_of: TitleOf) -> list[tuple[str, str]]:
    """Each restriction that a person made, in words, with the change that removes it."""
    values = {
        "exercices": chat_texts.years(restriction.exercices),
        "departement": _place(restriction.departement),
        "cohort": restriction.cohort or "",
        "kinds": texts.listed(restriction.kinds) if restriction.kinds else "",
        "as_of": texts.french_date(restriction.as_of) if restriction.as_of else "",
    }
    found = [
        (chat_texts.field_is(name, value), f"{name}=") for name, value in values.items() if value
    ]
    found += [(chat_texts.only(title_of(i)), f"-include={i}") for i in restriction.include]
    return found + [(chat_texts.without(title_of(i)), f"-exclude={i}") for i in restriction.exclude]


def render_scope(
    answer: Framed, restriction: Restriction, choices: Choices, title_of: TitleOf
) -> str:
    """The chips of an answer, then its restrictions."""
    frame = answer.frame
    chips = [
        _chip(
            "exercices",
            chat_texts.years(frame.exercices),
            _buttons("exercices", map(str, choices.exercices), map(str, frame.exercices)),
            assumed="exercices" in frame.assumed,
        ),
        _chip("departement", _place(frame.departement), _places(frame.departement)),
        _chip(
            "cohort",
            frame.cohort or "",
            _buttons("cohort", choices.cohorts, [frame.cohort] if frame.cohort else ()),
            assumed="cohort" in frame.assumed,
        ),
        _chip(
            "kinds",
            texts.listed(restriction.kinds) if restriction.kinds else "",
            _buttons("kinds", choices.kinds, restriction.kinds),
        ),
        _chip("as_of", texts.french_date(answer.as_of), _day(answer.as_of.isoformat())),
    ]
    if frame.text:
        link = tag(
            "a",
            escape(typeset(title_of(frame.text))),
            href=document_address(frame.text),
            target="_blank",
            rel="noopener",
        )
        label = tag("span", escape(chat_texts.FIELD_LABELS["text"] + texts.NBSP + ": "), "nom")
        chips.append(tag("p", label + link, "puce fixe"))
    hint = tag("p", escape(chat_texts.SCOPE_HINT), "aide")
    summary = tag("summary", tag("h3", escape(chat_texts.SCOPE_TITLE)))
    shown = tag("details", summary + hint + tag("div", "".join(chips), "puces"), "plis", open="")
    return tag("div", shown + _active(restrictions_of(restriction, title_of)), "cadre")


def _chip(name: str, value: str, choices: str, *, assumed: bool = False) -> str:
    label = tag("span", escape(f"{chat_texts.FIELD_LABELS[name]}{texts.NBSP}: "), "nom")
    shown = tag("span", escape(value or chat_texts.UNSET[name]), "valeur")
    if assumed:
        shown += " " + tag("span", escape(chat_texts.ASSUMED), "suppose")
    hint = chat_texts.FIELD_HINTS.get(name)
    note = tag("p", escape(hint), "aide") if hint else ""
    back = _button(f"{name}=", chat_texts.AS_ASKED if name != "as_of" else chat_texts.UNSET[name])
    body = tag("div", choices + back + note, "choix")
    css = "puce" if value else "puce vide"
    return tag(
        "details", tag("summary", label + shown) + body, css, id=f"puce-{name}", name_="puce"
    )


def _button(change: str, words: str, *, current: bool = False) -> str:
    mark = tag("span", escape(f" ({chat_texts.CHOSEN})"), "hors-ecran") if current else ""
    css = "relancer actuel" if current else "relancer"
    return tag("button", escape(words) + mark, css, type="button", value=change)


def _buttons(name: str, values: Iterable[str], current: Iterable[str]) -> str:
    held = set(current)
    return "".join(_button(f"{name}={one}", one, current=one in held) for one in values)


def _place(code: str | None) -> str:
    if code is None:
        return ""
    name = next((c.name for c in collectivites() if c.code == code), None)
    return f"{name} ({code})" if name else code


def _places(code: str | None) -> str:
    none = tag("option", escape(chat_texts.CHOOSE), value="", selected=None if code else "")
    options = [
        none,
        *(
            tag(
                "option",
                escape(f"{place.name} ({place.code})"),
                value=place.code,
                selected="" if place.code == code else None,
            )
            for place in collectivites()
        ),
    ]
    label = tag("label", escape(chat_texts.FIELD_LABELS["departement"]), for_="choix-departement")
    lone = tag("select", "".join(options), id="choix-departement")
    return label + lone + _button("departement=", chat_texts.RERUN)


def _day(value: str) -> str:
    label = tag("label", escape(chat_texts.FIELD_LABELS["as_of"]), for_="choix-as_of")
    field = f'<input type="date" id="choix-as_of" value="{value}" min="{EARLIEST}" max="{LATEST}">'
    return label + field + _button("as_of=", chat_texts.RERUN)


def _active(restrictions: Sequence[tuple[str, str]]) -> str:
    if not restrictions:
        return ""
    rows = "".join(
        tag("li", escape(typeset(words)) + " " + _remover(change, words))
        for words, change in restrictions
    )
    title = tag("p", escape(chat_texts.RESTRICTIONS_TITLE), "titre")
    everything = _button("=", chat_texts.REMOVE_ALL) if len(restrictions) > 1 else ""
    return tag("div", title + tag("ul", rows) + everything, "restrictions")


def _remover(change: str, words: str) -> str:
    """The button that removes a restriction, whose words stand beside it and are shown once."""
    name = {"aria-label": f"{chat_texts.REMOVE} {words}"}
    return tag("button", escape(chat_texts.REMOVE), "relancer", type="button", value=change, **name)
