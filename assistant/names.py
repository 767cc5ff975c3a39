"""Names of private persons in a text, told by a title, a kinship, an age or a first name.

Rules without a model: what is common in the corpus is no one's name, and who is known by a text
(a minister, the author of a report) is no private person.
"""

from collections.abc import Sequence

from assistant.cased_words import CasedWord, cased_words
from assistant.known_names import is_first_name, is_known, is_ordinary, is_public
from assistant.name_cues import (
    ADJECTIVE,
    AGE,
    AGE_AT_ONCE,
    APOSTROPHES,
    ARTICLES,
    CARED,
    CASE,
    ELIDED,
    FAMILIES,
    LINKS,
    NAMED,
    OFFICES,
    OWNED,
    PARTICLES,
    PEOPLE_OF,
    PERSONS,
    PLACES,
    RANKS,
    REPORTS,
    SUBJECTS,
    TEXTS,
    TITLES,
    WHERE,
)

_LONGEST = 5


def find_names(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the names of private persons in ``text``, in order, without titles."""
    words = cased_words(text)
    spans, at = [], 0
    while at < len(words):
        end = _name_end(words, at, text)
        if end > at:
            spans.append((words[at].start, words[end - 1].end))
        at = max(end, at + 1)
    return spans


def _name_end(words: Sequence[CasedWord], at: int, text: str) -> int:
    """The index after the name that begins at ``at``; ``at`` itself when none does."""
    word = words[at]
    if _is_title(words, at):
        return at
    common = is_ordinary(word.folded) and not is_first_name(word.folded)
    if common and not word.is_capital and word.folded not in PARTICLES:
        return at
    for rule in (_after_title, _after_office, _after_kinship, _after_family, _after_naming):
        end = rule(words, at, text)
        if end > at:
            break
    else:
        end = max(_with_a_situation(words, at, text), _by_first_name(words, at, text))
    return at if end > at and _is_public(words, at, end, text) else end


def _is_title(words: Sequence[CasedWord], at: int) -> bool:
    told = (at + 1 < len(words) and words[at + 1].is_capital) or "[" in words[at].after
    following = told and not _is_elided_name(words, at)
    return words[at].folded in TITLES and (words[at].folded != "m" or following)


def _after_title(words: Sequence[CasedWord], at: int, text: str) -> int:
    title = words[at - 1] if at else None
    if title is None or title.folded not in TITLES or words[at].before.strip(" .\u00a0\u202f"):
        return at
    dotted = words[at].before.startswith(".")
    if title.folded == "m" and not (dotted or (title.is_capital and words[at].is_close)):
        return at
    if title.folded == "m" and title.before[-2:-1].isdigit():  # « 15 M de … »
        return at
    if title.folded in ("docteur", "maitre") and not words[_head(words, at)].is_capital:
        return at
    return _strong(words, at)


def _after_office(words: Sequence[CasedWord], at: int, text: str) -> int:
    """« Mme la préfète Balussou », « la directrice générale Anne Martel »."""
    word, near = words[at], at - 1
    if not (word.is_capital and word.is_close):
        return at
    while near > 0 and words[near].folded in RANKS and words[near].is_close:
        near -= 1
    if near < 0 or words[near].folded.rpartition("-")[2] not in OFFICES - TEXTS:
        return at
    named = is_first_name(word.folded, alone=False) or _is_unheard(word)
    return _longer(words, at) if named else at


def _after_kinship(words: Sequence[CasedWord], at: int, text: str) -> int:
    """« le petit kevin 8 ans », « l'éducateur Dupont », « la mère de Gwendal »."""
    word, near = words[at], words[at - 1] if at else None
    if near is None:
        return at
    owned = near.folded in ("de", "d") and at > 1 and words[at - 2].folded in OWNED
    owned = owned or (near.folded in CARED and word.is_capital)
    comma = word.before.strip() == "," and word.is_capital and near.folded in PERSONS
    if not (comma or word.is_close) or not (owned or near.folded in PERSONS):
        return at
    if word.is_initial:
        return _initials(words, at)
    first = is_first_name(word.folded, alone=not word.is_capital)
    end = _longer(words, at)
    if first or (word.is_capital and _is_unheard(word)):
        return end
    aged = bool(AGE_AT_ONCE.match(text, word.end)) and len(word.text) > 2
    known = is_known(word.folded) and not is_first_name(word.folded, alone=False)
    return end if aged and not known else at


def _after_family(words: Sequence[CasedWord], at: int, text: str) -> int:
    near = words[at - 1] if at else None
    if near is None or near.folded not in FAMILIES or not words[at].is_close:
        return at
    word = words[_head(words, at)]
    if word.is_capital:
        return at if is_ordinary(word.folded) and word.folded != "petit" else _strong(words, at)
    told = at > 1 and words[at - 2].folded in ARTICLES
    plain = is_known(word.folded) or ADJECTIVE.search(word.folded) or len(word.text) < 3
    return _strong(words, at) if told and not plain else at


def _after_naming(words: Sequence[CasedWord], at: int, text: str) -> int:
    """« je m'appelle kevin martin », « un dénommé Vidal », « née Roussel »."""
    if at == 0:
        return at
    word, near, gap = words[at], words[at - 1].folded, words[at].before.strip()
    before = words[at - 2].folded if at > 1 else ""
    if near == "appelle" and not gap:
        subject = words[at - 3].folded if at > 2 else ""
        named = before == "m" or (before == "s" and subject in SUBJECTS)
        first = is_first_name(word.folded, alone=False)
        plain = before == "s" and is_known(word.folded) and not first
        return at if plain or not named else _strong(words, at)
    told = near in NAMED and gap in ("", ":") and not is_known(word.folded)
    told = told or (near in ("nom", "signe") and gap == ":" and word.is_capital)
    told = told or (near == "est" and before == "nom" and word.is_capital)
    told = told or (near == "suis" and before == "je" and word.is_capital and _is_unheard(word))
    told = told or (near == "nee" and not gap and word.is_capital and _is_unheard(word))
    following = words[at + 1].folded if at + 1 < len(words) else ""
    told = told or (near == "nom" and not gap and following == "prenom")
    return _strong(words, at) if told else at


def _with_a_situation(words: Sequence[CasedWord], at: int, text: str) -> int:
    """« Inaya Benkacem, 6 ans », « Tyméo est placé », « A. B., 8 ans »."""
    word = words[at]
    if not word.is_capital:
        return at
    end = _initials(words, at) if word.is_initial else _longer(words, at)
    named = word.is_initial or is_first_name(word.folded, alone=False) or _is_unheard(word)
    stop = words[end - 1].end + (1 if words[end - 1].is_initial else 0)
    placed = at > 0 and words[at].is_close and words[at - 1].folded in WHERE
    if not named or _is_of_a_text(words, at) or (placed and not is_first_name(word.folded)):
        return at
    return end if AGE.match(text, stop) or CASE.match(text, stop) else at


def _by_first_name(words: Sequence[CasedWord], at: int, text: str) -> int:
    """« Que faire pour Jordan ? », « DUPONT Kevin », « Marine Duval »."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    joined = following is not None and following.is_close and following.is_capital
    if _is_of_a_text(words, at):
        return at
    surname = word.text.isupper() and len(word.text) > 2 and not is_known(word.folded)
    if following and joined and surname and is_first_name(following.folded, alone=False):
        return at + 2
    if is_first_name(word.folded):
        return _longer(words, at)
    if word.is_capital and following and joined:
        told = following.is_initial or _is_unheard(following)
        shouted = following.is_initial or (following.text.isupper() and not word.text.isupper())
        named = is_first_name(word.folded, alone=False) or (shouted and _is_unheard(word))
        return _longer(words, at) if told and named else at
    return at


def _is_unheard(word: CasedWord) -> bool:
    """Whether a capitalised word is neither of the corpus, an acronym nor a people's name."""
    acronym = word.text.isupper() and len(word.text) < 6
    peoples = PEOPLE_OF.search(word.folded) and not is_first_name(word.folded)
    return not (len(word.text) < 2 or acronym or peoples or is_known(word.folded))


def _is_of_a_text(words: Sequence[CasedWord], at: int) -> bool:
    """Whether the name is that of a law, a report, a school, a street."""
    near = at - 1
    if near < 0 or not words[at].is_close:
        return False
    if words[near].folded in PLACES or words[near].folded in TEXTS:
        return True
    return words[near].folded in LINKS and near > 0 and words[near - 1].folded in TEXTS - REPORTS


def _is_public(words: Sequence[CasedWord], at: int, end: int, text: str) -> bool:
    last, first = words[end - 1].folded, words[at].folded
    if AGE.match(text, words[end - 1].end):
        return False
    if end - at == 1:
        return not is_first_name(last, alone=False) and is_public(last)
    return is_public(last, first)


def _head(words: Sequence[CasedWord], at: int) -> int:
    """The index of the name's first word after its particles (« de La Tour » gives « Tour »)."""
    head = at
    while (
        head - at < 3
        and head + 1 < len(words)
        and words[head].folded in PARTICLES
        and words[head + 1].is_close
    ):
        head += 1
    return head


def _strong(words: Sequence[CasedWord], at: int) -> int:
    """The end of a name after words that announce one: only offices and common words aren't it."""
    if words[at].is_initial:
        return _initials(words, at)
    if _is_elided_name(words, at):
        return _longer(words, at + 1)
    head = _head(words, at)
    word, particle = words[head], words[at] if head > at else None
    if word.folded in OFFICES or word.folded in TITLES:
        return at
    if particle and not particle.is_capital and particle.folded in ("le", "la", "des"):
        return at
    if word.is_capital:
        common = particle and particle.folded != "de" and is_ordinary(word.folded)
        return at if common else _longer(words, head)
    fresh = not is_ordinary(word.folded) or is_first_name(word.folded, alone=False)
    elided = particle and particle.folded in ("de", "du", "d", "n", "m", "o")
    return _longer(words, head) if fresh and not elided and len(word.text) > 2 else at


def _longer(words: Sequence[CasedWord], head: int) -> int:
    """The end of the name whose first word is at ``head``: what follows closely and is a name."""
    end = head + 1
    given = is_first_name(words[head].folded, alone=False)
    while end < len(words) and end - head < _LONGEST and words[end].is_close:
        word = words[end]
        after = _head(words, end)
        if _is_elided_name(words, end):
            end += 2
        elif after > end and words[after].is_capital and (word.is_capital or word.folded != "d"):
            if is_known(words[after].folded) or not (given or word.is_capital):
                break
            end = after + 1
        elif word.text.isupper() and len(word.text) > 1 and is_known(word.folded):
            break  # an acronym of the field
        elif word.is_initial or (word.is_capital and (given or not is_ordinary(word.folded))):
            if is_ordinary(word.folded) and not word.is_initial and end > head + 1:
                break
            end += 1
        elif given and not words[head].is_capital and _may_be_a_surname(word.folded):
            end += 1
        else:
            break
    return end


def _is_elided_name(words: Sequence[CasedWord], at: int) -> bool:
    """« O'Connor », « N'Diaye », « d'Angelo »: what no elision of French explains."""
    word = words[at]
    if word.folded not in ELIDED or at + 1 == len(words):
        return False
    name = words[at + 1]
    if name.before.strip() not in APOSTROPHES or len(name.text) < 2:
        return False
    never = word.folded == "o" or name.folded[0] not in "aeiouyh"
    return never or (name.is_capital and not is_known(name.folded))


def _may_be_a_surname(word: str) -> bool:
    named = is_first_name(word, alone=False) or is_public(word)
    return named or (len(word) > 3 and not is_known(word))


def _initials(words: Sequence[CasedWord], at: int) -> int:
    if words[at].folded == "x":  # already hidden by the writer
        return at
    end = at + 1
    while end < len(words) and words[end].is_initial and words[end].before.strip() == ".":
        end += 1
    return end
