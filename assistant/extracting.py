"""The extractive answer: the smallest set of quotes that answers, in reading order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.asking import Question
from assistant.contents import figures_of, names_someone, terms_of
from assistant.evidence import Evidence, Weigher
from assistant.listing import asked_list_of, is_of, items_of, rest_of_lists, with_siblings
from assistant.retrieval import Hit
from assistant.twins import at_home, same_fact
from assistant.units import Unit, UnitReader

PASSAGES_READ = 15
NEAR_SIMILARITY, FAR_SIMILARITY = 0.94, 0.82  # useful range of e5's cosines
MERGED_CHARS = 450  # a list stays one quote up to there
MORE_QUOTES = 2
CANDIDATES_READ = 15
TYPE_STRENGTH, WORD_STRENGTH, LEAST_GAIN = 0.7, 0.85, 0.15
NEIGHBOUR_STRENGTH, RIVAL_STRENGTH, RIVALS_UP_TO, REPEATED_SHARE = 0.70, 0.80, 5, 0.7
LISTED_UP_TO = 12
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
    far = FAR_SIMILARITY if statements else None  # a passage found by words alone isn't near
    found: dict[tuple[str, int], Evidence] = {}
    for hit in [*hits[:PASSAGES_READ], *(h for h in hits if h.score == 0.0)]:
        passage = hit.passage
        for unit in reader.inside(passage.document_id, passage.start, passage.end):
            cosine = statements.get(unit.key, hit.similarity or far)
            found[unit.key] = weigher.weigh(unit, _stretched(cosine), hit.score / best, hit.score)
    for key, cosine in statements.items():
        if key in found:
            continue
        unit_found = next((u for u in reader.document(key[0]) if u.start == key[1]), None)
        if unit_found is not None:
            found[key] = weigher.weigh(unit_found, _stretched(cosine), 0.0)
    return sorted(
        found.values(), key=lambda e: (-e.score, e.unit.document.document_id, e.unit.start)
    )


def _stretched(cosine: float | None) -> float | None:
    if cosine is None:
        return None
    share = (cosine - FAR_SIMILARITY) / (NEAR_SIMILARITY - FAR_SIMILARITY)
    return min(max(share, 0.0), 1.0)


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
    lead = best
    asked_list = asked_list_of(best, evidence, lists, question)
    if asked_list is not None:
        lead = asked_list
        chosen = [e for whole in with_siblings(lead, lists) for e in items_of(whole, evidence)]
    elif best.unit.group is not None:
        whole = next((one for one in lists if is_of(best, one)), None)
        items = items_of(whole, evidence) if whole else [best]
        alike = [e.score for e in items if e is not best]
        all_answer = alike and sum(alike) / len(alike) >= ALIKE * best.score
        chosen = items if question.wants_list or all_answer else [best]
    elif question.wants_list:
        chosen = [best, *_same_section(best, evidence)]
    else:
        chosen = [best]
    if chosen == [best]:
        best = lead = at_home(best, evidence, weigher)
        chosen = [best]
    rows = [e for e in evidence if e.registered]
    if best.registered and (question.wants_list or any(e.unit.unknown for e in rows)):
        # the rows are the list, with its holes
        rows = sorted(rows, key=lambda e: (e.unit.unknown, -e.score))
        return (rows if question.wants_list else _each_once(rows))[:LISTED_UP_TO]
    chosen = chosen + _complements(lead, chosen, evidence, weigher)
    chosen = chosen + _rivals(best, chosen, evidence, weigher)
    return chosen + rest_of_lists(chosen, evidence, lists, question)


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
    lead: Evidence, chosen: Sequence[Evidence], evidence: Sequence[Evidence], weigher: Weigher
) -> list[Evidence]:
    """Quotes that give what the chosen ones leave out: a type asked for, or a good part of the
    question's words; each must be nearly as strong as ``lead``, the best unit or list."""
    covered = lead.covered.union(*(e.covered for e in chosen))
    held = lead.types.union(*(e.types for e in chosen))
    more: list[Evidence] = []
    for candidate in evidence[:CANDIDATES_READ]:
        if len(more) >= MORE_QUOTES:
            break
        held_too = (*chosen, *more)
        if any(candidate.unit.key == e.unit.key or same_fact(candidate, e) for e in held_too):
            continue
        strength = candidate.score / max(lead.score, 1e-6)
        known = weigher.known_share(covered)
        gain = weigher.known_share(covered | candidate.covered) - known
        new_type = bool(candidate.types - held) and strength >= TYPE_STRENGTH
        if new_type or (gain >= LEAST_GAIN and candidate.typed and strength >= WORD_STRENGTH):
            more.append(candidate)
            covered |= candidate.covered
            held |= candidate.types
    return more


def _rivals(
    best: Evidence, chosen: Sequence[Evidence], evidence: Sequence[Evidence], weigher: Weigher
) -> list[Evidence]:
    """Quotes so close to the best one that nothing says which of them answers, unless they
    repeat what is already quoted; its own section is allowed to be a little less close, since
    it goes on about the same thing; a row of the registers leaves no such doubt."""
    more: list[Evidence] = []
    if best.registered:
        return more
    for candidate in evidence[:CANDIDATES_READ]:
        held = [*chosen, *more]
        if len(held) >= RIVALS_UP_TO:
            break
        if not _may_join(candidate, best, weigher):
            continue
        near = candidate.unit.document is best.unit.document
        near = near and candidate.unit.section == best.unit.section
        least = NEIGHBOUR_STRENGTH if near else RIVAL_STRENGTH
        close = candidate.score >= least * best.score and (near or candidate.typed)
        repeats = any(candidate.unit.key == e.unit.key or _repeats(candidate, e) for e in held)
        if close and not repeats:
            more.append(candidate)
    return more


def _may_join(candidate: Evidence, best: Evidence, weigher: Weigher) -> bool:
    """Whether a quote may stand beside the best one: what one collectivité did is no reading of a
    rule, nor is a text that governs other exercices than the one named, nor what counts something
    else than what is counted, nor what names nobody when the best one says who."""
    if weigher.question.asked == {"who"} and _tells_less(candidate, best):
        return False
    governed = set(candidate.unit.document.identity.exercices)
    wanted = set(weigher.named.years)
    same_years = not (governed and wanted) or bool(governed & wanted)
    of_place = candidate.particular and not best.particular
    asked = weigher.question
    counts = candidate.counts or not best.counts or asked.wants_list or len(asked.asked) > 1
    return same_years and not of_place and counts


def _tells_less(candidate: Evidence, best: Evidence) -> bool:
    """Whether a quote names nobody and the best one does."""
    return names_someone(best.unit.text) and not names_someone(candidate.unit.text)


def _repeats(candidate: Evidence, other: Evidence) -> bool:
    """Whether two quotes share most of their terms and no figure of the first is new: the same
    fact in two documents."""
    mine, theirs = set(terms_of(candidate.unit.text)), set(terms_of(other.unit.text))
    alike = len(mine & theirs) >= REPEATED_SHARE * min(len(mine), len(theirs))
    return alike and figures_of(candidate.unit.text) <= figures_of(other.unit.text)


def _each_once(rows: Iterable[Evidence]) -> list[Evidence]:
    """Rows without those that repeat one before them."""
    kept: list[Evidence] = []
    for one in rows:
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return kept


def quotes(chosen: Sequence[Evidence]) -> list[Quote]:
    """Chosen units as quotes, the best ones first: lists with their lead-in, neighbours joined
    while they stay short; what goes on with a list stays after it."""
    order = {e.unit.key: n for n, e in reversed(list(enumerate(chosen)))}
    units = {e.unit.key: e.unit for e in chosen}.values()
    found = joined(sorted(units, key=lambda u: u.key))
    best: dict[tuple[str, int], int] = {}
    for quote in found:
        rank = min(order[unit.key] for unit in quote.units)
        best[_list_of(quote)] = min(rank, best.get(_list_of(quote), rank))
    return sorted(found, key=lambda quote: (best[_list_of(quote)], quote.start))


def _list_of(quote: Quote) -> tuple[str, int]:
    """What tells apart the lists that quotes belong to; a quote outside lists is by itself."""
    lead = quote.units[0]
    return lead.document.document_id, -1 - quote.start if lead.group is None else lead.group


def joined(units: Iterable[Unit]) -> list[Quote]:
    """Units as quotes, in their order: a list with its lead-in, its items that follow joined; an
    item alone comes without the words that announce the others."""
    units = list(units)
    out: list[Quote] = []
    items = Counter((u.document.document_id, u.group) for u in units)
    for unit in units:
        start = unit.start
        first_of_list = unit.group is not None and not any(
            q.units[-1].document is unit.document and q.units[-1].group == unit.group for q in out
        )
        several = items[unit.document.document_id, unit.group] > 1
        if (
            first_of_list
            and several
            and unit.lead_in
            and _adjacent(unit, unit.lead_in[1], unit.start)
        ):
            start = unit.lead_in[0]
        elif unit.group is not None and not first_of_list:
            start = _with_marker(unit)
        last = out[-1] if out else None
        if last is not None and _joins(last, unit):
            out[-1] = Quote((*last.units, unit), last.start, unit.end)
        else:
            out.append(Quote((unit,), start, unit.end))
    return out


def _with_marker(unit: Unit) -> int:
    """Start of an item's line, so that a list goes on as a list after a break."""
    line = unit.document.text.rfind("\n", 0, unit.start) + 1
    return line if _adjacent(unit, line, unit.start) else unit.start


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
