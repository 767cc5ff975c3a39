"""The extractive answer: the smallest set of quotes that answers, in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.asking import Question
from assistant.evidence import Evidence, Weigher
from assistant.retrieval import Hit
from assistant.units import Unit, UnitReader

PASSAGES_READ = 15
NEAR_SIMILARITY, FAR_SIMILARITY = 0.93, 0.80  # useful range of e5's cosines
MERGED_CHARS = 300
MORE_QUOTES = 2
ALIKE = 0.8  # items that answer nearly as well as the best one: the question is on the list


@dataclass(frozen=True, slots=True)
class Quote:
    """A contiguous span of one document, made of one or several units that follow each other."""

    units: tuple[Unit, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """Exactly ``document.text[start:end]``."""
        return self.units[0].document.text[self.start : self.end]


def weigh_candidates(
    hits: Sequence[Hit],
    statements: dict[tuple[str, int], float],
    reader: UnitReader,
    weigher: Weigher,
) -> list[Evidence]:
    """Every unit of the best passages and every near statement, weighed, best first."""
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found: dict[tuple[str, int], Evidence] = {}
    for hit in [*hits[:PASSAGES_READ], *(h for h in hits if h.score == 0.0)]:
        passage = hit.passage
        for unit in reader.inside(passage.document_id, passage.start, passage.end):
            cosine = statements.get(unit.key, hit.similarity)
            found[unit.key] = weigher.weigh(unit, _stretched(cosine), hit.score / best)
    for key, cosine in statements.items():
        if key in found:
            continue
        unit_found = next((u for u in reader.document(key[0]) if u.start == key[1]), None)
        if unit_found is not None:
            found[key] = weigher.weigh(unit_found, _stretched(cosine), 0.0)
    return sorted(
        found.values(), key=lambda e: (-e.score, e.unit.document.document_id, e.unit.start)
    )


def _stretched(cosine: float | None) -> float:
    if cosine is None:
        return 0.0
    share = (cosine - FAR_SIMILARITY) / (NEAR_SIMILARITY - FAR_SIMILARITY)
    return min(max(share, 0.0), 1.0)


def weigh_lists(
    evidence: Sequence[Evidence], reader: UnitReader, weigher: Weigher
) -> list[Evidence]:
    """Lists that hold some of ``evidence``, each weighed as a whole, best first."""
    inside: dict[tuple[str, int], list[Evidence]] = {}
    for e in evidence:
        if e.unit.group is not None:
            key = (e.unit.document.document_id, e.unit.group)
            inside.setdefault(key, []).append(e)
    weighed = []
    for (document_id, group), items in inside.items():
        for unit in reader.lists(document_id):
            if unit.group == group:
                similarity = max(e.similarity for e in items)
                weighed.append(weigher.weigh(unit, similarity, max(e.rank for e in items)))
    return sorted(weighed, key=lambda e: (-e.score, e.unit.key))


def select(
    evidence: Sequence[Evidence],
    lists: Sequence[Evidence],
    question: Question,
    weigher: Weigher,
) -> list[Evidence]:
    """The evidence to quote: the best one, its whole list, and what it leaves unanswered.

    Args:
        evidence: fitting units, best first, at least one.
        lists: the lists they belong to, each weighed as a whole, best first.
    """
    best = evidence[0]
    if question.wants_list and lists and lists[0].typed and lists[0].score >= best.score:
        best = next(e for e in evidence if _of_list(e, lists[0]))
        chosen = _items(lists[0], evidence)
    elif best.unit.group is not None:
        whole = next((one for one in lists if _of_list(best, one)), None)
        items = _items(whole, evidence) if whole else [best]
        alike = [e.score for e in items if e is not best]
        all_answer = alike and sum(alike) / len(alike) >= ALIKE * best.score
        chosen = items if question.wants_list or all_answer else [best]
    elif question.wants_list:
        chosen = [best, *_same_section(best, evidence)]
    else:
        chosen = [best]
    return chosen + _complements(chosen, evidence, weigher)


def _of_list(evidence: Evidence, whole: Evidence) -> bool:
    unit = evidence.unit
    return unit.document is whole.unit.document and unit.group == whole.unit.group


def _items(whole: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """All items of a list: a list is given whole or not at all."""
    return [e for e in evidence if _of_list(e, whole)]


def _same_section(best: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Other statements of the section that answer as well: a list written as paragraphs."""
    return [
        e
        for e in evidence
        if e is not best
        and e.unit.document is best.unit.document
        and e.unit.section == best.unit.section
        and e.typed
        and e.score >= 0.85 * best.score
    ]


def _complements(
    chosen: Sequence[Evidence], evidence: Sequence[Evidence], weigher: Weigher
) -> list[Evidence]:
    """Quotes that speak of what the chosen ones leave out, each worth its place."""
    covered = frozenset().union(*(e.covered for e in chosen))
    known = weigher.known_share(covered)
    more: list[Evidence] = []
    for candidate in evidence[:12]:
        if len(more) >= MORE_QUOTES or known >= 0.9:
            break
        gain = weigher.known_share(covered | candidate.covered) - known
        if gain >= 0.15 and candidate.score >= 0.75 * chosen[0].score and candidate.typed:
            if all(candidate.unit.key != e.unit.key for e in chosen):
                more.append(candidate)
                covered |= candidate.covered
                known += gain
    return more


def quotes(chosen: Sequence[Evidence]) -> list[Quote]:
    """Chosen units as quotes: lists with their lead-in, neighbours joined while they stay short.

    Documents come in the order of their best unit, quotes in reading order inside each.
    """
    order = {e.unit.document.document_id: n for n, e in reversed(list(enumerate(chosen)))}
    units = sorted(
        {e.unit.key: e.unit for e in chosen}.values(),
        key=lambda u: (order[u.document.document_id], u.start),
    )
    out: list[Quote] = []
    for unit in units:
        start = unit.start
        first_of_list = unit.group is not None and not any(
            q.units[-1].document is unit.document and q.units[-1].group == unit.group for q in out
        )
        if first_of_list and unit.lead_in and _adjacent(unit, unit.lead_in[1], unit.start):
            start = unit.lead_in[0]
        last = out[-1] if out else None
        if last is not None and _joins(last, unit):
            out[-1] = Quote((*last.units, unit), last.start, unit.end)
        else:
            out.append(Quote((unit,), start, unit.end))
    return out


def _joins(last: Quote, unit: Unit) -> bool:
    before = last.units[-1]
    return (
        before.document is unit.document
        and before.group == unit.group
        and unit.group is not None
        and _adjacent(unit, last.end, unit.start)
        and unit.end - last.start <= MERGED_CHARS
    )


def _adjacent(unit: Unit, end: int, start: int) -> bool:
    """Only blanks and list markers stand between two offsets."""
    between = unit.document.text[end:start]
    return end <= start and not between.strip(" \n-–•*")
