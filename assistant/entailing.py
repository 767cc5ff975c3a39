"""A rewritten sentence against the statement it comes from: what may not have changed.

A sentence passes when one statement of its quote holds all it says: its words, its figures and
the small words that turn a rule round. The checks prefer to drop a right sentence than to show a
wrong one. They read surface forms: who does what to whom is only seen through the order of the
actors and the preposition before them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from assistant.answer import Citation
from assistant.checking import facts, without_brackets
from assistant.citing import claim
from assistant.turning import Fault, turned
from assistant.words import Token, is_actor, stems_of, words_of
from corpus.lexicon import entries, generic_notions
from corpus.quantities import find_quantities
from corpus.sentences import split_sentences
from ingest.lexical import terms

LEAST_STEMS, SENTENCE_CHARS = 3, 400
_MARKUP = re.compile(r"[{}<>|`*#_\\]|\[ ?(?:\d|k ?:)|\]\(|https?:")
_OPENING = re.compile(r"[«\"“]?\s?(?:[^\W\d_]|\d)")
_BULLET = re.compile(r"^\s*[-–•*]\s+")
_LEAD_IN = re.compile(r":\s*$")
_UNITS = "millions milliards euros"  # what « M€ » and « Md€ » read as


def faults(sentence: str, citation: Citation) -> tuple[Fault, ...]:
    """What keeps the quote of ``citation`` from proving ``sentence``; empty when it does.

    The statement that proves best is the one that counts: words are never borrowed from two.
    """
    formed = _form(sentence)
    if formed:
        return formed
    found = [_against(sentence, one, citation) for one in statements(citation.quote)]
    return min(found, key=len, default=("words",))


def statements(quote: str) -> list[str]:
    """What a quote states: each sentence, or a whole list and each item with its lead-in."""
    found = (_BULLET.sub("", line) for line in without_brackets(quote).split("\n"))
    lines = [line for line in found if line.strip()]
    if len(lines) < 2:
        text = lines[0] if lines else ""
        return [text[start:end] for start, end in split_sentences(text)]
    lead = lines.pop(0) if _LEAD_IN.search(lines[0]) else ""
    items = [f"{lead} {line}".strip() for line in lines]
    return [*items, " ".join([lead, *lines]).strip()]


def shares(text: str, told: Iterable[str]) -> float:
    """Share of the content words of ``text`` (0 to 1) that the sentences ``told`` hold."""
    wanted, held = stems_of(words_of(text)), set[str]()
    named = set(terms(text))
    for one in told:
        held |= stems_of(words_of(one))
        held |= frozenset().union(
            *(_notion_stems().get(t, ()) for t in named.intersection(terms(one)))
        )
    return len(wanted & held) / len(wanted) if wanted else 1.0


def _form(sentence: str) -> tuple[Fault, ...]:
    plain = len(split_sentences(sentence)) == 1 and sentence.isprintable()
    plain = plain and len(sentence) <= SENTENCE_CHARS and not _MARKUP.search(sentence)
    plain = plain and bool(_OPENING.match(sentence)) and not sentence.rstrip().endswith("?")
    return () if plain and len(stems_of(words_of(sentence))) >= LEAST_STEMS else ("form",)


def _against(sentence: str, statement: str, citation: Citation) -> tuple[Fault, ...]:
    mine, theirs = words_of(sentence), words_of(statement)
    found: dict[Fault, None] = {}
    if not _words_held(mine, statement):
        found["words"] = None
    if facts(sentence) - facts(statement) - _exercice(citation):
        found["figures"] = None
    if not _same_order(sentence, statement, mine, theirs):
        found["order"] = None
    said, meant = (claim(replace(citation, quote=text)) for text in (sentence, statement))
    if said.modality != meant.modality:
        found["modality"] = None
    elif said.addressee != meant.addressee:
        found["addressee"] = None
    return tuple(found | dict.fromkeys(turned(sentence, statement)))


def _exercice(citation: Citation) -> frozenset[str]:
    """The year of a text that governs one exercice may be said without being in the quote."""
    years = citation.exercices
    return frozenset({f"year:{years[0]}"}) if len(years) == 1 else frozenset()


def _words_held(mine: Sequence[Token], statement: str) -> bool:
    """Every content word stands in the statement, or names the same notion of the lexicon."""
    allowed = _allowed(statement) | _allowed(_UNITS)
    written = {token.folded for token in words_of(statement)}
    return all(
        token.stem is None
        or token.stem in allowed
        or token.folded in written
        or token.folded.isdigit()  # figures have their own check
        or token.folded == "1er"
        for token in mine
    )


@lru_cache(maxsize=4096)
def _allowed(text: str) -> frozenset[str]:
    """Stems of a text, and of every form of the notions it names (« ARS » in full)."""
    found = set(stems_of(words_of(text)))
    for term in terms(text):
        found |= _notion_stems().get(term, frozenset())
    return frozenset(found)


@cache
def _notion_stems() -> Mapping[str, frozenset[str]]:
    """Stems of the forms of each notion that isn't made of ordinary words."""
    generic = generic_notions()
    return {
        f"={entry.id}": frozenset(
            term for form in entry.forms for term in terms(form) if term[0] not in "=@"
        )
        for entry in entries()
        if entry.id not in generic
    }


def _same_order(
    sentence: str, statement: str, mine: Sequence[Token], theirs: Sequence[Token]
) -> bool:
    """Figures, and actors, come in the order of the statement: swapped ones don't."""
    figures = [_figures(text) for text in (sentence, statement)]
    actors = [[t.stem for t in words if is_actor(t)] for words in (mine, theirs)]
    return all(_follows(said, meant) for said, meant in (figures, actors))


def _figures(text: str) -> list[str]:
    """Quantities in order; a year that is alone in its text may stand anywhere."""
    found = find_quantities(text)
    years = {q.value for q in found if q.kind == "year"}
    return [f"{q.kind}:{q.value}" for q in found if q.kind != "year" or len(years) > 1]


def _follows(said: Sequence[str | None], meant: Sequence[str | None]) -> bool:
    left: Iterator[str | None] = iter(meant)
    return all(one in left for one in said if one in meant)
