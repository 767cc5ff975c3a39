"""Assistants broken on purpose, made from the recorded answers of a sound one.

A sabotage turns what the sound assistant gave, case by case, into what the broken one would have
given. It never sees what a case expects. ``Given.answer`` is the JSON of the contract.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Request
from assistant.answering import Assistant
from corpus.types import Document
from evals.assistants import Given
from evals.cases import Case
from evals.outcome import Place

Answer = Mapping[str, Any]
Said = tuple[str, Sequence[Mapping[str, Any]]]
"""A claim's text and the citations that it goes by."""
Recorded = Mapping[str, Given]
"""What an assistant gave, by case id, in the order of the cases."""
Cases = Mapping[str, Case]
Documents = Callable[[str], Document | None]
Sabotage = Callable[[Recorded, Documents], Recorded]

_MARKER = re.compile(r" ?\[\d+\]")
_DIGITS = re.compile(r"\d+")
SLOWER_MS = 2000.0


@dataclass(frozen=True, slots=True)
class Replayed:
    """An assistant that gives what was recorded."""

    name: str
    recorded: Recorded

    @property
    def setup(self) -> Mapping[str, Any]:
        """Nothing more than its name changes its answers."""
        return {"settings_fingerprint": self.name}

    def answer(self, case: Case) -> Given:
        """What was given to that case."""
        return self.recorded[case.id]


def _each(change: Callable[[Given, Documents], Given]) -> Sabotage:
    """The sabotage that treats every answer alike."""

    def sabotage(recorded: Recorded, documents: Documents) -> Recorded:
        return {name: change(given, documents) for name, given in recorded.items()}

    return sabotage


def _answering(change: Callable[[Answer, Given, Documents], Answer]) -> Sabotage:
    """The sabotage that changes answers with claims, and leaves refusals."""

    def changed(given: Given, documents: Documents) -> Given:
        if not given.answer["claims"]:
            return given
        return replace(given, answer=change(given.answer, given, documents))

    return _each(changed)


def _saying(answer: Answer, claims: Sequence[Said]) -> Answer:
    """``answer`` with other claims: citations numbered again, warnings kept with theirs."""
    numbers: dict[int, int] = {}
    cited: list[Mapping[str, Any]] = []

    def number(citation: Mapping[str, Any]) -> int:
        if id(citation) not in numbers:
            cited.append(citation)
            numbers[id(citation)] = len(cited)
        return numbers[id(citation)]

    said = [{"text": text, "citations": [number(c) for c in by]} for text, by in claims]
    own = {citation["n"]: citation for citation in answer["citations"]}
    warnings = [
        {
            **warning,
            "text": _MARKER.sub("", warning["text"]),
            "citations": [number(own[n]) for n in warning["citations"]],
        }
        for warning in answer["warnings"]
    ]
    lines = [" ".join([text, *(f"[{number(c)}]" for c in by)]) for text, by in claims]
    return {
        **answer,
        "status": "answered" if said else "refused",
        "refusal": None if said else "not_in_corpus",
        "text": "\n\n".join(lines) if said else "Aucun passage ne le prouve.",
        "claims": said,
        "citations": [{**citation, "n": n} for n, citation in enumerate(cited, 1)],
        "warnings": warnings,
    }


def _said(answer: Answer) -> list[Said]:
    own = {citation["n"]: citation for citation in answer["citations"]}
    return [(claim["text"], [own[n] for n in claim["citations"]]) for claim in answer["claims"]]


def _section(place: Place, documents: Documents) -> Mapping[str, Any] | None:
    """A citation of a whole section."""
    document = documents(place[0])
    if document is None:
        return None
    section = next(s for s in document.sections if s.locator == place[1])
    return {
        "n": 0,
        "document_id": place[0],
        "locator": place[1],
        "exercices": list(document.identity.exercices),
        "quote": document.text[section.start : section.end],
        "start": section.start,
        "end": section.end,
    }


def _first_sections(count: int, given: Given, documents: Documents) -> list[Said]:
    """What search found first, each whole section a claim."""
    cited = (_section(place, documents) for place in (given.retrieved or ())[:count])
    return [(citation["quote"], [citation]) for citation in cited if citation is not None]


def _changed_figures(answer: Answer, _given: Given, _documents: Documents) -> Answer:
    def wrong(digits: re.Match[str]) -> str:
        value = int(digits[0])
        return str(value - 1 if value > 1 else value + 1).zfill(len(digits[0]))

    return _saying(answer, [(_DIGITS.sub(wrong, text), by) for text, by in _said(answer)])


changes_figures = _answering(_changed_figures)
"""Every number is one less: 30 September 2021 becomes 29 September 2020."""


def shuffles_citations(recorded: Recorded, documents: Documents) -> Recorded:
    """Every answer wears the citations of the next one that has some."""
    answering = [name for name, given in recorded.items() if given.answer["claims"]]
    others = dict(zip(answering, [*answering[1:], *answering[:1]], strict=True))
    found = dict(recorded)
    for name, other in others.items():
        proofs = [by for _text, by in _said(recorded[other].answer)]
        claims = [
            (text, proofs[at % len(proofs)])
            for at, (text, _by) in enumerate(_said(recorded[name].answer))
        ]
        found[name] = replace(recorded[name], answer=_saying(recorded[name].answer, claims))
    return found


always_refuses = _each(lambda given, _documents: replace(given, answer=_saying(given.answer, [])))
"""Nothing is ever found in the corpus."""


@_each
def never_refuses(given: Given, documents: Documents) -> Given:
    """Where the sound assistant refuses, what search found first is the answer."""
    if given.answer["claims"]:
        return given
    return replace(given, answer=_saying(given.answer, _first_sections(1, given, documents)))


gives_first_section = _answering(
    lambda answer, given, documents: _saying(answer, _first_sections(1, given, documents))
)
"""What search found first is the answer, whole."""

gives_six_sections = _answering(
    lambda answer, given, documents: _saying(answer, _first_sections(6, given, documents))
)
"""The six sections that search found first are the answer, whole."""


def _whole_sections(answer: Answer, _given: Given, documents: Documents) -> Answer:
    places = dict.fromkeys(
        (citation["document_id"], citation["locator"])
        for _text, by in _said(answer)
        for citation in by
    )
    whole = [found for place in places if (found := _section(place, documents)) is not None]
    return _saying(answer, [(citation["quote"], [citation]) for citation in whole])


quotes_whole_sections = _answering(_whole_sections)
"""The right sections, copied whole."""


def _half(answer: Answer, _given: Given, _documents: Documents) -> Answer:
    lines = [(line, by) for text, by in _said(answer) for line in text.split("\n") if line.strip()]
    return _saying(answer, lines[len(lines) // 2 :])


halves_lists = _answering(_half)
"""The last half of the lines, the best one being first; an answer of one line is left as it is."""

slow = _each(lambda given, _documents: replace(given, elapsed_ms=given.elapsed_ms + SLOWER_MS))
"""The same answers, two seconds later."""


@_answering
def misplaces_quotes(answer: Answer, _given: Given, _documents: Documents) -> Answer:
    """Every quote is said to stand one character further."""
    moved = [{**c, "start": c["start"] + 1, "end": c["end"] + 1} for c in answer["citations"]]
    return {**answer, "citations": moved}


def searches_elsewhere(recorded: Recorded, documents: Documents) -> Recorded:
    """Search gives what it found for the next question; the answers stay."""
    given = list(recorded.values())
    others = [*given[1:], *given[:1]]
    return {
        name: replace(own, retrieved=other.retrieved)
        for (name, own), other in zip(recorded.items(), others, strict=True)
    }


@_each
def reads_no_frame(given: Given, _documents: Documents) -> Given:
    """Neither the exercice nor the collectivité of a question is read."""
    frame = {**given.answer["frame"], "exercices": [], "departement": None}
    return replace(given, answer={**given.answer, "frame": frame})


@_each
def never_warns(given: Given, _documents: Documents) -> Given:
    """No warning, nor the citations that only warnings used."""
    answer = {**given.answer, "warnings": []}
    if not answer["claims"]:
        return replace(given, answer={**answer, "citations": []})
    return replace(given, answer=_saying(answer, _said(answer)))


@_each
def always_warns(given: Given, _documents: Documents) -> Given:
    """Every answer is said to rest on a text that another one replaced."""
    alarm = {"kind": "superseded", "text": "Ce texte est dépassé.", "citations": []}
    return replace(given, answer={**given.answer, "warnings": [*given.answer["warnings"], alarm]})


def reads_the_year_before(recorded: Recorded, assistant: Assistant, cases: Cases) -> Recorded:
    """Where one exercice was read, the assistant answers for the one before.

    Search, as recorded, doesn't depend on it. Follow-up questions are left: they need a talk.
    """
    found = dict(recorded)
    for name, given in recorded.items():
        years, case = given.answer["frame"]["exercices"], cases[name]
        if len(years) == 1 and not case.history:
            request = Request(case.question, case.as_of, exercices=(years[0] - 1,))
            found[name] = replace(given, answer=assistant.answer(request).as_dict())
    return found


def is_moody(recorded: Recorded, _documents: Documents) -> Recorded:
    """One question in three gets its answer, one none, one the answer of a question far from it."""
    names = list(recorded)
    found = dict(recorded)
    for at, name in enumerate(names):
        if at % 3 == 1:
            answer = _saying(recorded[name].answer, [])
            found[name] = replace(recorded[name], answer=answer)
        elif at % 3 == 2:
            other = recorded[names[(at + len(names) // 2) % len(names)]]
            found[name] = replace(recorded[name], answer=other.answer)
    return found
