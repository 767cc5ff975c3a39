"""Two runs held against each other, case by case: what moved, and whether chance would do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus.errors import InvalidRequest
from evals.bootstrap import Interval, paired_bootstrap
from evals.fingerprint import differences
from evals.scoring import LABELS
from evals.stages import is_right, value_of
from evals.summary import Run, base_of

Verdict = Literal["better", "worse", "none_shown", "too_few"]
FEWEST_BASES = 6
"""Five bases that all move one way do it by chance in 2 draws out of 2⁵: more than 5 %."""
NO_DIFFERENCE = "aucune différence montrée"
_VERDICTS: Mapping[Verdict, str] = {
    "better": "mieux",
    "worse": "moins bien",
    "none_shown": NO_DIFFERENCE,
    "too_few": f"moins de {FEWEST_BASES} questions, rien à conclure",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A score over the ``cases`` (of ``bases`` different questions) that both runs score.

    Means weigh each base once; ``difference`` is the second run's less the first's, in 0..1.
    """

    name: str
    label: str
    cases: int
    bases: int
    first: float
    second: float
    difference: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved from a first run to a second one.

    ``left_out`` are cases that only one run holds, or whose question or wanted facts changed;
    ``gained`` and ``lost`` those that became entirely right, or ceased to be.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any]
    differs: tuple[str, ...]
    cases: int
    left_out: tuple[str, ...]
    changes: tuple[Change, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare(a: Run, b: Run) -> Comparison:
    """The second run ``b`` held against the first one ``a``, over the cases that both hold.

    Raises:
        InvalidRequest: they have no case in common.
    """
    first = {row["id"]: row for row in a.rows}
    second = {row["id"]: row for row in b.rows}
    common = [
        name
        for name, row in first.items()
        if name in second and row.get("digest") == second[name].get("digest")
    ]
    if not common:
        raise InvalidRequest("Ces deux passes n'ont aucun cas en commun.")
    pairs = [(first[name], second[name]) for name in common]
    scores = dict.fromkeys(name for row, _other in pairs for name in row["scores"])
    changes = [change for name in scores if (change := _change(name, pairs)) is not None]
    flips = [(row["id"], is_right(row), is_right(other)) for row, other in pairs]
    return Comparison(
        a.fingerprint,
        b.fingerprint,
        tuple(differences(a.fingerprint, b.fingerprint)),
        len(common),
        tuple(sorted((first.keys() | second.keys()) - set(common))),
        tuple(changes),
        gained=tuple(name for name, was, now in flips if was is False and now),
        lost=tuple(name for name, was, now in flips if was and now is False),
    )


def _change(name: str, pairs: Sequence[tuple[Any, Any]]) -> Change | None:
    """The change of a score; ``None`` when no case is scored by both runs."""
    scored = [
        (base_of(row), was, now)
        for row, other in pairs
        if (was := value_of(row, name)) is not None and (now := value_of(other, name)) is not None
    ]
    if not scored:
        return None
    by_base: dict[str, list[tuple[float, float]]] = {}
    for base, was, now in scored:
        by_base.setdefault(base, []).append((was, now))
    columns = {
        "first": [sum(was for was, _now in rows) / len(rows) for rows in by_base.values()],
        "second": [sum(now for _was, now in rows) / len(rows) for rows in by_base.values()],
    }
    found = paired_bootstrap(columns, [("second", "first")])
    difference = found["second - first"]
    return Change(
        name,
        LABELS.get(name, name),
        len(scored),
        len(by_base),
        found["first"].mean,
        found["second"].mean,
        difference,
        _verdict(difference, len(by_base)),
    )


def _verdict(difference: Interval, bases: int) -> Verdict:
    if bases < FEWEST_BASES:
        return "too_few"
    if difference.low <= 0 <= difference.high:
        return "none_shown"
    return "better" if difference.mean > 0 else "worse"


def as_text(comparison: Comparison) -> str:
    """The comparison in French, lines to print."""
    lines = [
        f"A : {_described(comparison.first)}",
        f"B : {_described(comparison.second)}",
        f"Ce qui diffère : {', '.join(comparison.differs) or 'rien que la date'}.",
        f"{comparison.cases} cas comparés, {len(comparison.left_out)} laissés de côté (absents "
        "d'une passe, ou modifiés entre les deux).",
        "",
        "Moyennes par question (les reformulations comptent une fois), écart B - A et son "
        "intervalle à 95 %.",
        "Sur vingt scores qui n'auraient pas bougé, un sort de son intervalle par hasard.",
    ]
    width = max((len(change.label) for change in comparison.changes), default=0)
    lines += [_line(change, width) for change in comparison.changes]
    lines += ["", _listed("Devenus entièrement justes", comparison.gained)]
    lines += [_listed("Qui ne le sont plus", comparison.lost)]
    return "\n".join(lines)


def _described(fingerprint: Mapping[str, Any]) -> str:
    commit = fingerprint.get("commit")
    at = f"commit {commit[:9]}" if commit else "sans commit"
    dirty = " modifié" if fingerprint.get("dirty") else ""
    corpus = str(fingerprint.get("corpus_digest"))[:9]
    return (
        f"{fingerprint.get('assistant')}, {fingerprint.get('date')}, {at}{dirty}, corpus {corpus}"
    )


def _line(change: Change, width: int) -> str:
    gap, low, high = (
        f"{100 * value:+.1f}".replace("-0.0", "+0.0").replace(".", ",")
        for value in (change.difference.mean, change.difference.low, change.difference.high)
    )
    first, second = (f"{100 * x:.1f}".replace(".", ",") for x in (change.first, change.second))
    return (
        f"  {change.label:<{width}}  {first:>5} % → {second:>5} %  {gap} [{low} ; {high}]  "
        f"n={change.cases} ({change.bases})  {_VERDICTS[change.verdict]}"
    )


def _listed(title: str, names: Sequence[str]) -> str:
    return f"{title} : {len(names)}" + (f" ({', '.join(names)})" if names else "")
