"""The gravest failures of a run, told so that a reader sees what was wanted and what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evals.cases import Case
from evals.glossary import CATEGORIES, REFUSALS, STATUSES
from evals.report_tables import score_label
from evals.stages import LABELS, Stage, value_of
from evals.summary import RIGHT, Failure, Row
from ingest.context import cut_at_word

SHOWN: Final = 10
_TEXT_CHARS: Final = 1500
_QUOTE_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A failure in words; ``citations`` are (where, quote), ``reasons`` (score, why)."""

    id: str
    category: str
    question: str
    history: tuple[str, ...]
    expected: str
    status: str
    text: str
    citations: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Failures of one stage: how many, those told, and the ids of the others."""

    label: str
    count: int
    shown: tuple[Told, ...]
    others: tuple[str, ...]


def worst(failed: Mapping[Stage, Sequence[Failure]]) -> list[Group]:
    """The failures by stage, gravest first: at most ten told each, one wording a question."""
    return [_group(stage, several) for stage, several in failed.items()]


def _group(stage: Stage, several: Sequence[Failure]) -> Group:
    by_base = {failure.case.base: failure for failure in reversed(several)}
    shown = [failure for failure in several if by_base[failure.case.base] is failure][:SHOWN]
    told = {failure.case.id for failure in shown}
    others = tuple(f.case.id for f in several if f.case.id not in told)
    return Group(LABELS[stage], len(several), tuple(map(_told, shown)), others)


def _told(failure: Failure) -> Told:
    case, row = failure.case, failure.row
    answer = row.get("answer")
    refusal = REFUSALS.get(answer["refusal"]) if answer and answer["refusal"] else None
    status = STATUSES[answer["status"]] if answer else "rien"
    return Told(
        id=case.id,
        category=CATEGORIES[case.category].lower(),
        question=case.question,
        history=case.history,
        expected=expected(case),
        status=f"{status}, {refusal}" if refusal else status,
        text=cut_at_word(answer["text"] if answer else str(row.get("error")), _TEXT_CHARS),
        citations=_citations(row),
        reasons=_reasons(row),
    )


def expected(case: Case) -> str:
    """What a right answer holds, in one line."""
    if case.status == "refused":
        kinds = " ou ".join(REFUSALS[each] for each in case.refusal)
        return f"un refus ({kinds})" if kinds else "un refus"
    facts = " ; ".join(" ou ".join(f"« {wording} »" for wording in each) for each in case.expected)
    forbidden = ", ".join(f"« {each} »" for each in case.forbidden)
    said = facts or f"une réponse qui cite {', '.join(case.documents) or 'le corpus'}"
    return f"{said} (et surtout pas {forbidden})" if forbidden else said


def _citations(row: Row) -> tuple[tuple[str, str], ...]:
    answer = row.get("answer") or {}
    return tuple(
        (
            f"[{each['n']}] {each['title']}, {each['locator']}",
            cut_at_word(each["quote"], _QUOTE_CHARS),
        )
        for each in answer.get("citations", ())
    )


def _reasons(row: Row) -> tuple[tuple[str, str], ...]:
    """Why each score that isn't full isn't, the one that sums up first."""
    names = sorted(row["scores"], key=lambda name: name != RIGHT)
    low = (name for name in names if (value_of(row, name) or 0) < 1)
    return tuple(
        (score_label(name), row["scores"][name][1])
        for name in low
        if value_of(row, name) is not None
    )
