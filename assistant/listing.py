"""Lists as answers: which one a question asks for, and that it is given whole or not at all."""

from collections.abc import Iterable, Sequence

from assistant.asking import Question
from assistant.evidence import Evidence, Weigher
from assistant.units import UnitReader

LIST_BONUS, COUNT_BONUS = 0.10, 0.10
SIBLING_STRENGTH = 0.7
SHORT_LIST = 6


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
                asked = [q for e in items if e.unit.anchor for q in e.unit.anchor.asked]
                rank = max(e.rank for e in items)
                weighed.append(weigher.weigh(unit, similarity, rank, asked=asked))
    return sorted(weighed, key=lambda e: (-e.score, e.unit.key))


def missing_items(
    evidence: Sequence[Evidence], lists: Sequence[Evidence], reader: UnitReader, weigher: Weigher
) -> list[Evidence]:
    """Items that no search found of the lists that some of ``evidence`` belongs to: a list is
    given whole or not at all."""
    held = {e.unit.key for e in evidence}
    groups = {(e.unit.document.document_id, e.unit.group) for e in lists}
    documents = dict.fromkeys(e.unit.document.document_id for e in lists)
    items = [u for d in documents for u in reader.document(d) if (d, u.group) in groups]
    weighed = [weigher.weigh(u, 0.0, 0.0) for u in items if u.key not in held]
    return [e for e in weighed if e.fits]


def asked_list_of(
    best: Evidence, evidence: Sequence[Evidence], lists: Sequence[Evidence], question: Question
) -> Evidence | None:
    """The list that a plural question asks for, when one answers about as well as ``best``; a
    list of as many items as the question says (« les trois sources ») is the better for it."""
    if not question.wants_list:
        return None

    def fitness(whole: Evidence) -> float:
        count_fits = len(items_of(whole, evidence)) in question.counts
        return whole.score + LIST_BONUS + (COUNT_BONUS if count_fits else 0.0)

    typed = [whole for whole in lists if whole.typed and items_of(whole, evidence)]
    whole = max(typed, key=fitness, default=None)
    return whole if whole is not None and fitness(whole) >= best.score else None


def with_siblings(lead: Evidence, lists: Sequence[Evidence]) -> list[Evidence]:
    """A list and those that go on with it: same section, nearly as good an answer."""
    return [
        whole
        for whole in lists
        if whole is lead
        or (
            whole.unit.document is lead.unit.document
            and whole.unit.section.heading_path[:-1] == lead.unit.section.heading_path[:-1]
            and whole.typed
            and whole.score >= SIBLING_STRENGTH * lead.score
        )
    ]


def rest_of_lists(
    chosen: Sequence[Evidence],
    evidence: Sequence[Evidence],
    lists: Sequence[Evidence],
    question: Question,
) -> list[Evidence]:
    """The other items of short lists of which several items were chosen one by one."""
    rest: list[Evidence] = []
    for whole in lists:
        items = items_of(whole, evidence)
        picked = [e for e in chosen if is_of(e, whole)]
        several = len(picked) >= 2 or (picked and len(items) in question.counts)
        if several and len(items) <= SHORT_LIST:
            rest += [e for e in items if all(e.unit.key != one.unit.key for one in picked)]
    return rest


def items_of(whole: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """All items of a list: a list is given whole or not at all."""
    return [e for e in evidence if is_of(e, whole)]


def is_of(evidence: Evidence, whole: Evidence) -> bool:
    """Whether a unit is an item of a list."""
    unit = evidence.unit
    return unit.document is whole.unit.document and unit.group == whole.unit.group
