"""Several questions asked at once: each is answered or refused by itself."""

import re

from assistant.asking import is_question, read_question
from assistant.leaning import content_terms, is_specific, names_something
from assistant.phrases import THING, moments
from assistant.provenance import asks_whence
from assistant.shorthand import written
from assistant.spans import flat, replaced

MOST_PARTS = 4
LEAST_WORDS = 3
"""A part of fewer words leans on the others (« combien, et quand ? » is one question), unless it
says what is done: « et qui paye ? »."""

# « et avec quoi la financer », where « et avec quels moyens » goes on with the same question.
_ASKS_OF_VERB = (
    r"(?:à partir de|d'ici|à|a|par|pour|avec|de|depuis|avant|sur|dans|devant|sous|chez|en"
    r"|auprès de)"
    r" (?:combien|quand|qui|quoi|quel(?:le)?s?)(?=[^?!.;,]*"
    r"(?:-(?:t-)?(?:il|elle|on)s?\b|\w(?:er|ir|oir|re)\b|\b(?:doi(?:t|vent)|peu(?:t|vent)|faut)\b))"
)
_IN_HASTE = "|".join(map(written, "quand qui quoi".split()))
_DEFINES = "(?:" + written("c'est quoi") + "|c'? ?est quoi)"
_WHAT_IS = rf"(?:{_DEFINES}|quel(?:le)?s? (?:est|sont|etait|etaient))"
_ASKS = (
    r"(?:jusqu'?à quand|à quelle|à quel|à qui|par qui|pour qui|avec qui|de combien|depuis quand"
    rf"|d'o[uù]|{_ASKS_OF_VERB}|{_IN_HASTE}|{_DEFINES}|combien|que|qu'est-ce|quels?|quelles?|lequel|laquelle|lesquels|lesquelles"
    r"|où|comment|pourquoi|est-ce|faut-il|doit-on|peut-on|y a-t-il)\b"
)
# « Auprès de quelle autorité est-il placé », « ils reçoivent combien ».
_ASKS_INSIDE = re.compile(
    r"\b(?:quel(?:le)?s?(?! que\b)|combien|quand ?$|(?:a|de|par|pour|avec|aupres de) qui)\b"
    r"|-(?:t-)?(?:il|elle|on)s?\b"
)
# After a question mark a new sentence begins; inside a sentence, only « et » or « ; » and a word
# that asks begin another question: « les sources et leurs montants » is one.
_JOINT = re.compile(
    rf"(?<=[?!])\s+(?=\S)|\s*;\s*(?={_ASKS})|,?\s+(?:et|puis|ainsi que)\s+(?={_ASKS})",
    re.IGNORECASE,
)
_THEN_THING = re.compile(
    rf",?\s+(?:et|puis|ainsi que)\s+(?P<article>(?:le |la |les |l')?)(?={THING}\b)"
)
_OPENS = re.compile(rf"(?:le |la |les |l')?(?!(?:cb|combien) (?!d[e' ]))(?:{THING})\b")
_DEFINED = re.compile(rf"{_WHAT_IS} (?=(?:le|la|les) |l')")
_THINGS = re.compile(rf"\b{THING}\b")
_ASKS_THING = re.compile(
    rf"\b(?:{THING}|qui|quand|quoi|quel(?:le)?s?|lesquel(?:le)?s?|laquelle|lequel|ou|comment)\b"
)
# In haste the word that asks comes late: « … et voté comment », « … et la préfecture met cb ».
_ASKED = (
    rf"(?:{written('comment')}|{written('combien')}|{written('quand')}|{written('quoi')}"
    r"|(?:a|de|par|pour|avec|chez) qui)"
)
_LATE = rf"(?:{_ASKED}|ou)"
_WORD = r"(?!(?:et|ou|que?|qui|dont)\b)[\w'-]+"
_LATE_TAIL = re.compile(
    rf",? et (?P<tail>(?!(?:a|de|en|sur|par|pour|avec|dans|depuis|avant|pas) )(?:{_WORD} ){{1,6}}?"
    rf"{_LATE}(?= ?(?:$|[?!.,;/])| et ))"
    r"|,? et (?P<clause>(?:(?:le|la|les|il|elle|ils|elles|on|ca|son|sa|ses) |l')"
    rf"(?:{_WORD} ){{1,7}}?(?:{_LATE}|quel(?:le)?s?)\b)"
)
_ENDS_ASKING = re.compile(rf"\b{_LATE} ?$")
# A mark that sets another question beside, or a comma that may.
_BESIDE = re.compile(r" /(?= ?\S)|/ | ?\+ |, (?!et )")
_AFTER_COMMA = re.compile(rf"(?:{written('combien')}|{written('quel')}|quelles?|{_WHAT_IS})\b")
_QUESTION_WORD = re.compile(
    rf"(?<!\bce )(?<!\bce a )(?<!\bce de )"
    rf"\b(?:{_ASKED}|{written('quel')}|quelles?|{written('qui')})\b"
)
_ANY_ASKS = re.compile(
    rf"\b(?:{THING}|{_ASKED}|{written('quel')}|quelles?|{written('qui')})\b|\bou$"
)
# « le montant et la date » are two questions, « qui fixe le montant et la date » is one.
_IS_WHAT = re.compile(
    r"(?:quel(?:le)?s? (?:est|sont|etait|etaient)|c'est quoi|c quoi"
    rf"|(?:le |la |les |l')?{THING})\b"
)
_GOVERNS = re.compile(r".\b(?:qui|que|dont|ou|pour|sur|avec|selon|par|concernant)\b|.\bqu'")
_NOT_PARTED = re.compile(
    r"\b(?:entre|differences?|ecarts?|compar\w+|par rapport|rapports? (?:entre|avec)|liens?"
    rf"|versus|vs)\b|, ?{THING}\b"
)
"""What is set side by side, or told in a list, is one question."""
_OF_BEFORE = re.compile(r"-(?:t-)?(?:il|elle)s?\b|\b(?:son|sa|ses|leurs?)\b")
_POINTS = re.compile(r"\b(?:ce|cet|cette|ces|celui|celle|ceux|celles)\b")
_TITLED = re.compile(r"[^:?!;]{2,80}? ?: ")
_SENTENCE_END = re.compile(r"[.!?] ")
# What no noun without its article begins with.
_LEADING = re.compile(
    r"(?:je|j'|tu|il|elle|on|nous|vous|ils|elles|ca|cela|c'|ce|cet|cette|ces|y|en|et|ou|a|de|d'|du"
    r"|des|le|la|les|l'|un|une|son|sa|ses|leurs?|par|pour|avec|sans|si|est|ont|peut|peuvent|doit"
    r"|doivent|faut|sinon|aussi|deja)\b"
)
# « Puisque tous y sont obligés, quelle sanction… ».
_PREMISE = re.compile(
    r"(?:puisqu(?:e |')|vu qu(?:e |')|etant donne qu(?:e |')|sachant qu(?:e |')|comme "
    r"|du moment qu(?:e |')|des lors qu(?:e |'))[^?!;]{8,}?, (?:alors )?"
    rf"(?=(?:{_ASKED}|{written('quel')}|quelles?|{written('qui')}|{_WHAT_IS})\b)"
)
_MARK = re.compile(r"(?<=\?)\s+(?=\S)")
_AGAIN = re.compile(r"(?:et|mais|puis)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|\s)(?:[1-9]|[a-e])\s?[).]\s+")


def parts_of(question: str, follows: bool = False) -> tuple[str, ...]:
    """The questions that ``question`` asks, in order, in the person's own words; at least one.

    A piece that asks nothing by itself (a greeting, the circumstances told before a question)
    stays with its neighbour.

    Args:
        follows: it goes on with a conversation, whose subject completes each of its questions:
            « et qui signe ? et combien ? » are two.
    """
    if follows:
        pieces = [p.strip() for p in _MARK.split(question) if any(c.isalnum() for c in p)]
        return tuple(pieces) if 1 < len(pieces) <= MOST_PARTS else (question,)
    kept = _told_apart(_pieces(question))
    kept = [part for one in kept or [question] for tail in _trailed(one) for part in _noted(tail)]
    return (question,) if not 1 < len(kept) <= MOST_PARTS else tuple(kept)


def _told_apart(pieces: list[tuple[str, str]]) -> list[str]:
    """The pieces that ask something, each with those around it that don't."""
    kept: list[str] = []
    waiting = ""
    for place, (joint, piece) in enumerate(pieces):
        whole = f"{waiting}{joint}{piece}" if waiting else piece
        goes_on = place + 1 < len(pieces) and bool(pieces[place + 1][0].strip())
        if asks(piece) or (goes_on and _opens_asked(piece)) or (kept and _asks_again(piece)):
            kept.append(whole)
            waiting = ""
        elif kept and not waiting and len(piece.split()) < LEAST_WORDS:
            kept[-1] = f"{kept[-1]} {piece}"
        else:
            waiting = whole
    if waiting and kept:
        kept[-1] = f"{kept[-1]} {waiting}"
    return kept


def _asks_again(piece: str) -> bool:
    """Whether a piece asks what is asked before it of something else, « et en 2024 ? », or where
    it comes from."""
    again = "?" in piece and _AGAIN.match(piece) and names_something(piece)
    return bool(again) or asks_whence(piece)


def _opens_asked(piece: str) -> bool:
    """Whether a piece begins with a thing asked for, under a title (« CNPE : nb de sièges »)."""
    return begins_with_thing(piece) and _is_asked_apart(flat(piece))


def begins_with_thing(piece: str) -> bool:
    """Whether a piece begins with a thing asked for, after its title if it has one."""
    low = flat(piece)
    title = _TITLED.match(low)
    return bool(_OPENS.match(low[title.end() if title else 0 :]))


def _pieces(question: str) -> list[tuple[str, str]]:
    """What may be questions, each with the words that join it to the one before."""
    pieces = [p.strip() for p in _NUMBERED.split(question) if p.strip()]
    if len(pieces) > 1:
        return [(" ", piece) for piece in pieces]
    at, joint, found = 0, "", []
    for match in _JOINT.finditer(question):
        found.append((joint, question[at : match.start()].strip()))
        at, joint = match.end(), match[0]
    found.append((joint, question[at:].strip()))
    return [one for one in found if one[1]]


def asks(piece: str) -> bool:
    """Whether a piece is a question by itself: a mark or words that ask, and something asked."""
    asked = re.match(_ASKS, piece, re.IGNORECASE) or _ASKS_INSIDE.search(flat(piece))
    marked = "?" in piece or asked
    short = len(piece.split()) < LEAST_WORDS and not (asked and content_terms(piece))
    return bool(marked) and not short and is_question(read_question(piece))


def asked_after_premise(question: str) -> str:
    """What is asked once a question has told what it takes for granted; empty without it."""
    premise = _PREMISE.match(flat(question))
    asked = question[premise.end() :] if premise else ""
    return asked if asked and content_terms(asked) else ""


def stands_alone(part: str) -> bool:
    """Whether a part begins with the thing it asks for and says of what: « nb objectifs ».

    « combien ont été retenus ? » doesn't, nor « combien de sièges compte-t-il ? »: they need what
    is asked before them.
    """
    low = flat(part)
    defined = _DEFINED.match(low)
    bare = low[defined.end() :] if defined else low
    if _says_of_what_first(low):
        return not _POINTS.search(low)
    if defined and not _OPENS.match(bare):
        said = content_terms(bare) if low.startswith("c") else ()
        return len(said) > 1 and not (_OF_BEFORE.search(low) or _POINTS.search(low))
    return bool(_OPENS.match(bare)) and _says_of_what(bare) and not _OF_BEFORE.search(low)


def _says_of_what_first(low: str) -> bool:
    """« Entretien d'autonomie à quel âge »: a noun with what it is of, then what is asked of it."""
    asked = _ANY_ASKS.search(low)
    said = low[: asked.start()] if asked else ""
    own = len(content_terms(said)) > 1 or is_specific(said)
    return not _LEADING.match(low) and own


def _trailed(piece: str) -> list[str]:
    """The questions of a piece where « et » begins a clause whose word that asks comes late, or
    where a mark sets another one beside the first."""
    low = flat(piece)
    for match in _LATE_TAIL.finditer(low):
        start = match.start("tail" if match["tail"] else "clause")
        before = low[: match.start()]
        if _is_asked_apart(before) and content_terms(piece[start:]):
            return [*_set_beside(piece[: match.start()]), *_trailed(piece[start:])]
    return _set_beside(piece)


def _set_beside(piece: str) -> list[str]:
    """The questions of a piece that slashes, « + » or commas set beside each other."""
    low = flat(piece)
    for match in _BESIDE.finditer(low):
        before, after = low[: match.start()], piece[match.end() :].strip()
        if _is_asked_apart(before) and _is_asked_beside(before, match[0], flat(after)):
            return [piece[: match.start()].strip(), *_trailed(after)]
    return [piece]


def _is_asked_beside(before: str, mark: str, after: str) -> bool:
    """Whether what a mark sets beside a question is another one, of something."""
    one = _BESIDE.split(after)[0]
    opens, asked = bool(_OPENS.match(one)), bool(_ANY_ASKS.search(one))
    before = _SENTENCE_END.split(before)[-1]
    if not _says_of_what(_without_moments(one)) or _NOT_PARTED.search(one):
        return False
    if not mark.startswith(",") or _ENDS_ASKING.search(before):
        return opens or asked
    worded = bool(_QUESTION_WORD.search(before))
    if _AFTER_COMMA.match(one):
        return worded or begins_with_thing(before)
    return worded and opens and not one.startswith(("le ", "la ", "les ", "l'"))


def _is_asked_apart(before: str) -> bool:
    """Whether what stands before another question asks one, of something."""
    asked = _ANY_ASKS.search(before) and not _NOT_PARTED.search(before)
    return bool(asked) and _says_of_what(before)


def _noted(piece: str) -> list[str]:
    """The questions of a piece where « et » and a thing asked for begin another one.

    Each must say of what, and they must ask for different things: « date et montant du contrat »
    is one question.
    """
    low = flat(piece)
    for match in _THEN_THING.finditer(low):
        before, after = low[: match.start()], piece[match.start("article") :]
        governed = match["article"] and (not _IS_WHAT.match(before) or _GOVERNS.search(before))
        if governed or _NOT_PARTED.search(before) or not _ASKS_THING.search(before):
            continue
        new = _kinds(after) - _kinds(before)
        if new and _says_of_what(before) and _says_of_what(flat(after)):
            return [piece[: match.start()], *_noted(after)]
    return [piece]


def _kinds(text: str) -> set[str]:
    """The kinds of answer that a piece asks for; the thing it names when that says none."""
    asked = read_question(text).asked - {"other"}
    return {*asked} or {match[0] for match in _THINGS.finditer(flat(text))}


def _without_moments(low: str) -> str:
    """« Combien avant, combien maintenant » asks for the two sides of one thing."""
    return replaced(low, [(span, " ") for span in moments(low)])


def _says_of_what(low: str) -> bool:
    return bool(content_terms(_THINGS.sub(" ", low)))
