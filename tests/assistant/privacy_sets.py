"""The texts of ``privacy_cases.yaml``, in two halves: one to tune the rules, one to test."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_MARKED = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the spans (start, end) of its personal data."""

    text: str
    spans: tuple[tuple[int, int], ...]


@cache
def _sets() -> dict[str, list[str]]:
    path = Path(__file__).parent / "privacy_cases.yaml"
    lines: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: text.splitlines() for name, text in lines.items()}


def is_held_out(line: str) -> bool:
    return hashlib.sha256(line.encode()).digest()[0] % 2 == 1


def every(name: str) -> list[str]:
    return _sets()[name]


def held_out(name: str) -> list[str]:
    return [line for line in every(name) if is_held_out(line)]


def marked(line: str) -> Marked:
    text, spans, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return Marked(text + line[at:], tuple(spans))


def letters(text: str, spans: tuple[tuple[int, int], ...]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}
