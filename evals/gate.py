"""The gate: no score under its threshold, and none lower than in the last accepted run.

A score is lower when the whole 95 % interval of its difference, paired by base, is below zero.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import floor
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, get_args

from pydantic import Field, TypeAdapter, ValidationError

from corpus.errors import InvalidRequest, system_reason
from evals.cases import Case, Split
from evals.compare import Change, compare
from evals.fingerprint import case_digest
from evals.glossary import SPLITS
from evals.scoring import LABELS
from evals.stages import value_of
from evals.summary import Row, Run, mean, score, scores_in

THRESHOLDS: Final = Path(__file__).parent / "thresholds.toml"
OF_THE_MACHINE: Final[Mapping[str, float]] = MappingProxyType({"latency": 0.5})
"""Scores that follow the machine and its load: never compared, and their fixed threshold (half:
answers come in twice the time that costs nothing)."""

Thresholds = Mapping[str, Mapping[Split, Annotated[float, Field(ge=0, le=1)]]]
"""The least mean of a score, in 0..1, by split: ``thresholds["right"]["validation"]``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a run: why it is refused, and what is worth knowing, in French."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the run passes."""
        return not self.faults


def examine(run: Run, reference: Run | None, thresholds: Thresholds) -> Verdict:
    """Holds a run against the thresholds and the last accepted run, both reduced to scores.

    Raises:
        InvalidRequest: the two runs have no case in common, or not the same assistant.
    """
    faults = list(_under(run, thresholds))
    if reference is None:
        return Verdict(tuple(faults), ("Aucune passe n'a encore été acceptée.",))
    if run.name != reference.name:
        raise InvalidRequest(
            f"Cette passe est de « {run.name} », la passe acceptée de « {reference.name} »."
        )
    found = compare(reference, run)
    for change in found.changes:
        if change.verdict == "worse" and change.name not in OF_THE_MACHINE:
            faults.append(_lower(change, reference, run))
    if found.cases * 2 < len(run.rows):
        faults.append(
            f"La passe acceptée ne dit plus rien de {len(run.rows) - found.cases} cas sur "
            f"{len(run.rows)} : il faut en accepter une autre (reperes eval accept)."
        )
    notes = [f"{found.cases} cas comparés à la passe acceptée du {_day(reference)}."]
    if found.left_out:
        count = len(found.left_out)
        notes.append(f"{count} cas ne sont pas comparés (nouveaux, retirés ou modifiés).")
    if found.differs:
        notes.append(f"Ce qui diffère : {', '.join(found.differs)}.")
    return Verdict(tuple(faults), tuple(notes))


def require_whole(run: Run, cases: Iterable[Case]) -> None:
    """Refuses a run that doesn't hold every case as it is today: its means would mislead.

    Raises:
        InvalidRequest: it says how many cases lack.
    """
    held = {row["id"]: row.get("digest") for row in run.rows}
    lacking = [case.id for case in cases if held.get(case.id) != case_digest(case)]
    if lacking:
        raise InvalidRequest(
            f"Il manque {len(lacking)} cas à cette passe, ou ils ont changé depuis "
            f"({lacking[0]}, …) : refaites-la entière (make evals)."
        )


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds of a TOML file: a table a score, a number a split.

    Raises:
        InvalidRequest: unreadable, an unknown split, or a number outside 0..1.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return TypeAdapter(Thresholds).validate_python(found)
    except OSError as error:
        raise InvalidRequest(
            f"{path.name} : seuils illisibles ({system_reason(error)})."
        ) from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidRequest(f"{path.name} : seuil « {where} » refusé.") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise InvalidRequest(f"{path.name} : seuils illisibles ({error}).") from error


def thresholds_of(run: Run) -> Thresholds:
    """What a run shows for sure: the low end of the interval of each mean, rounded down to 1 %."""
    found: dict[str, dict[Split, float]] = {}
    for name in scores_in([run]):
        for split in get_args(Split):
            interval = score(_part(run, split), name).interval
            if interval is not None:
                least = OF_THE_MACHINE.get(name, floor(100 * interval.low) / 100)
                found.setdefault(name, {})[split] = least
    return found


def as_toml(thresholds: Thresholds, run: Run) -> str:
    """The file of thresholds, which says in French when and on what they were set."""
    commit = run.fingerprint.get("commit")
    at = f"commit {commit[:9]}" if commit else "sans commit"
    lines = [
        "# Sous ces moyennes, la barrière (reperes eval gate) refuse une passe.",
        f"# Fixés le {_day(run)} sur la passe de « {run.name} », {at} : borne basse de",
        "# l'intervalle à 95 % de chaque moyenne, par question, arrondie au centième inférieur.",
        "# Refaits seulement quand une personne le décide : reperes eval accept RUN --thresholds.",
    ]
    for name, by_split in thresholds.items():
        lines += ["", f"[{name}]  # {LABELS.get(name, name)}"]
        lines += [f"{split} = {least:.2f}" for split, least in by_split.items()]
    return "\n".join(lines) + "\n"


def as_text(verdict: Verdict) -> str:
    """The verdict in French, lines to print."""
    if verdict.holds:
        said = "La barrière laisse passer : aucun score sous son seuil, aucun en baisse."
        return "\n".join((*verdict.notes, said))
    count = len(verdict.faults)
    said = f"La barrière refuse : {count} faute{'s' if count > 1 else ''}."
    return "\n".join((*verdict.notes, said, *(f"- {fault}" for fault in verdict.faults)))


def _under(run: Run, thresholds: Thresholds) -> Iterator[str]:
    for name, by_split in thresholds.items():
        for split, least in by_split.items():
            found = mean(_part(run, split), partial(value_of, score=name))
            where = f"« {LABELS.get(name, name)} », {SPLITS[split].lower()}"
            if found is None:
                yield f"{where} : plus aucun cas noté, alors qu'un seuil l'attend."
            elif found < least:
                yield f"{where} : {_points(found)}, sous le seuil de {_points(least)}."


def _lower(change: Change, reference: Run, run: Run) -> str:
    """A fall in words, with every case whose score fell."""
    before = {(row["id"], row["digest"]): row for row in reference.rows}
    fallen = [
        row["id"]
        for row in run.rows
        if (row["id"], row["digest"]) in before
        and _fell(before[row["id"], row["digest"]], row, change.name)
    ]
    gap = change.difference
    return (
        f"« {change.label} » baisse de {_points(change.first)} à {_points(change.second)} "
        f"(écart entre {_points(gap.low)} et {_points(gap.high)}) ; cas en baisse : "
        f"{', '.join(fallen)}."
    )


def _fell(before: Row, after: Row, name: str) -> bool:
    was, now = value_of(before, name), value_of(after, name)
    return was is not None and now is not None and now < was


def _points(share: float) -> str:
    """A percentage to a tenth: falls are small."""
    return f"{100 * share:.1f} %".replace(".", ",").replace("-", "−")


def _part(run: Run, split: Split) -> list[Row]:
    return [row for row in run.rows if row.get("split") == split]


def _day(run: Run) -> str:
    return str(run.fingerprint.get("date") or "?")[:10]
