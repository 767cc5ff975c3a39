"""Wrong dates that their year alone doesn't give away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assistant.teaching.fact import Fact

_YEAR = re.compile(r"\b20\d\d\b")
_SHOWN_YEAR = re.compile(r" 20\d\d$")


def year_given(fact: Fact, words: str) -> str:
    """The year of a fact's date, where a question that doesn't ask it says it already; else
    nothing."""
    if fact.kind not in ("date", "month"):
        return ""
    year = fact.value.partition(":")[2][:4]
    return year if year in _YEAR.findall(words) else ""


def of_year(facts: Iterable[Fact], year: str) -> list[Fact]:
    """Those of ``facts`` that fall in a year; all of them when none is given."""
    return [one for one in facts if not year or one.value.partition(":")[2].startswith(year)]


def brought_to(facts: Iterable[Fact], year: str) -> Iterator[Fact]:
    """Each day in another year, which its wording no longer shows."""
    for fact in facts:
        try:
            moved = date.fromisoformat(f"{year}{fact.value[-6:]}")
        except ValueError:  # 29 February
            continue
        yield replace(fact, value=f"date:{moved}", shown=without_year(fact.shown))


def without_year(shown: str) -> str:
    """« 30 avril » of « 30 avril 2022 »."""
    return _SHOWN_YEAR.sub("", shown)
