"""Every pattern of the code reads hostile text in linear time."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import corpus
import ingest
from tests.timing import is_under

CHARS = 100_000
PROBE_CHARS = 8_000
LIMIT_S = 0.2
MATCHES = 2_000
DEPTH = 3

PIECES = {
    "spaces": " ",
    "tabs and lines": "\t\n",
    "digits": "1",
    "groups of digits": "1 234 ",
    "dots": ".",
    "letters": "a",
    "capitals": "A ",
    "articles": "L. ",
    "hyphens": "a-",
    "slashes": "dgcs/",
    "open brackets": "[",
    "open and closed brackets": "[](",
    "tags": "<a ",
    "quotes": "\"'",
    "guillemets": "« ",
    "rules": "|-",
    "emphasis": "*_",
    "backticks": "`",
    "hash signs": "# ",
    "commas": "et a, ",
    "words of a number": "cent vingt et ",
    "dates": "le 1er ",
    "a head": "circulaire n° du le ministre à entre fait à ",
    "addresses": "a@a.",
    "sites": "www.a-",
    "accents": "é’",
}


def modules() -> list[str]:
    return [
        module.name
        for package in (corpus, ingest)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def patterns_in(value: Any, depth: int = DEPTH) -> Iterator[re.Pattern[str]]:
    """Give the patterns of a value and of what it holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, dict):
        yield from patterns_in((*value.keys(), *value.values()), depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns_in(item, depth - 1)


def collected() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for name in modules():
        for variable, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(patterns_in(value)):
                found.setdefault(f"{name}.{variable}.{number}", pattern)
    unique = {(p.pattern, p.flags): name for name, p in reversed(found.items())}
    return {name: found[name] for name in unique.values()}


PATTERNS = collected()


@cache
def hostile(piece: str) -> str:
    return (piece * (CHARS // len(piece) + 1))[:CHARS]


def texts_for(pattern: re.Pattern[str]) -> dict[str, str]:
    """Give the common hostile texts, and repetitions of the pattern's own literal beginnings."""
    literals = re.findall(r"(?:[^\W\d_]|[ '’.:/°-]){3,40}", pattern.pattern)
    own = {f"« {literal} »": hostile(f"{literal} ") for literal in dict.fromkeys(literals[:6])}
    mixed = " ".join(dict.fromkeys(literals[:12]))
    own |= {"all its words": hostile(f"{mixed} ")} if mixed else {}
    return {name: hostile(piece) for name, piece in PIECES.items()} | own


@cache
def sources() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for package in (corpus, ingest)
        for path in sorted(Path(package.__path__[0]).rglob("*.py"))
    )


@cache
def is_only_matched(name: str) -> bool:
    """Tell a pattern that the code only tries at one place: a scan isn't its use."""
    variable = re.escape(name.split(".")[-2])
    uses = re.findall(rf"\b{variable}(?:\.(\w+)\(|\b(?! = |: ))", sources())
    return bool(uses) and set(uses) <= {"match", "fullmatch"}


def scan(name: str, text: str) -> None:
    pattern = PATTERNS[name]
    if is_only_matched(name):
        pattern.match(text)
        pattern.fullmatch(text)
        return
    pattern.search(text)
    for _ in islice(pattern.finditer(text), MATCHES):
        pass


def test_patterns_are_found_in_both_packages() -> None:
    packages = {name.partition(".")[0] for name in PATTERNS}
    assert packages == {"corpus", "ingest"} and len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    texts = texts_for(PATTERNS[name])
    assert not [kind for kind, text in texts.items() if is_slow(partial(scan, name), text)]


def is_slow(call: Callable[[str], object], text: str) -> bool:
    """Tell a call over the limit; a first measure spares the careful one to nearly all."""
    for part in (text[:PROBE_CHARS], text):
        began = time.process_time()
        call(part)
        quick = time.process_time() - began <= LIMIT_S / 2
        if not quick and not is_under(LIMIT_S, partial(call, part)):
            return True
    return False


def test_a_nested_repetition_is_seen() -> None:
    assert is_slow(re.compile(r"\s+b").search, hostile(" ")[:25_000])


def test_a_pattern_that_scans_is_told_from_one_that_matches() -> None:
    assert is_only_matched("corpus.catalogue._MARK.0")
    assert not is_only_matched("corpus.references._LONG.0")
