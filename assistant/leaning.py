"""How a question leans on the conversation: it continues it, changes the subject, or says hello."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.asking import Asked, read_question
from assistant.cohorts import find_cohorts
from assistant.exercices import FIRST_CONTRACTS, find_years
from assistant.phrases import text_names, years_apart
from assistant.places import find_places
from assistant.spans import Span, flat, inside
from corpus.lexicon import generic_notions
from corpus.references import find_references

LEAN_TERMS, LONG_LEAN_TERMS, POINTING_TERMS = 3, 5, 3
"""Most content terms of a follow-up: after « et », after « et » when it also points back
(« leur »), and when it only points back. More of them make a whole question."""

LONGEST_LEAN_CHARS = 300
"""A longer question stands by itself."""

_ANNOUNCED = re.compile(r"\b(?:exercices?|annees?) $")
_FILLER = re.compile(
    r"^(?:(?:bonjour|bonsoir|merci(?: beaucoup)?|ok|okay|d'accord|bon|bien|super|parfait|tres bien"
    r"|ah(?: bon)?|oh|euh|hum|tiens|oui|non|pardon|excusez-moi|alors|donc)\b[ ,.!:;-]*)+"
)
_NEW_SUBJECT = re.compile(
    r"^(?:autre(?:s)? (?:chose|question|sujet|point)s?|(?:je |on )?chang\w+ de sujet|rien a voir"
    r"|question suivante|nouvelle question|passons a(?: autre chose)?|hors sujet)\b[ ,.:;!-]*"
)
_ASIDE = re.compile(r"^(?:sinon|au fait|par ailleurs|d'ailleurs)\b[ ,.:;-]*")
_LEAN = re.compile(
    r"^(?:et|mais|idem|pareil(?:lement)?|meme (?:chose|question)|du coup|dans ce cas|aussi"
    r"|c'est-a-dire)\b"
)
_ALSO = re.compile(
    r"\b(?:aussi|egalement|pareil)[ ,.!?]*(?:svp|stp|merci|s'il (?:vous|te) plait)?[ .!?]*$"
)
_DEFINES = re.compile(
    r"\b(?:c'est quoi|c quoi|qu'est-ce que?|qu'est-ce qu'une?|que veut dire|veut dire quoi"
    r"|que signifi\w+|definition|definir|qui est|qui sont)\b"
)
_ASKS = re.compile(
    r"\b(?:qui|que|quoi|quel\w*|combien|cb|quand|comment|pourquoi|lesquel\w+|laquelle|lequel)\b"
    r"|\best-ce\b|-(?:il|elle|on|ils|elles)\b|\?|\bou\b"
)
_POINTS = re.compile(
    r"\b(?:cet?|cette|ces) (?:texte|date|montant|chiffre|somme|delai|regle|liste|arrete|credit"
    r"|departement|contrat|instruction|circulaire|loi|decret|obligation|piece|mesure|objectif|cas"
    r"|document|rapport|fonds|enveloppe|aide|taux|nombre|condition|engagement|annee-la)s?\b"
    r"|\b(?:celui|celle|ceux|celles)-(?:ci|la)\b|\b(?:la-)?dedans\b|\bla-dessus\b|\bleurs?\b|\beux\b"
    r"|(?<!-)\b(?:ils|elles|elle)\b"
    r"|(?<!-)\bil\b(?! (?:faut|fallait|y|est (?:possible|prevu)|existe|s'agit))"
    r"|^(?:c'(?:est|etait) (?!qu|combien|comment)|ce (?:sera|n'est)|ca\b|cela\b|est-ce (?!qu))"
    r"|^(?:sont|est|ont|a|doit|doivent|peut|peuvent|devait|devaient)-(?:t-)?(?:ils|elles|il|elle|ce)"
)
_TEXT = r"(?:texte|passage|extrait|phrase|citation|source|article|reference|mot)s?"
_CITES = re.compile(
    rf"\b(?:cite[rz]?|donne[rz]?|montre[rz]?|copie[rz]?|redonne[rz]?|recopie[rz]?|voir|lire)"
    rf"(?:-moi)? (?:le |la |les |l'|ce |cet |un |une |ta |tes |vos |votre )(?:{_TEXT})\b"
    rf"|^(?:et )?(?:la |ta |tes |votre |vos |les )?(?:quelles? (?:est |sont )?)?"
    rf"(?:la |ta |tes |les |vos |votre )?(?:source|reference|citation)s?(?: exactes?)?\b"
    rf"|\b(?:dans quel|quel|que) (?:dit |dit exactement )?(?:le )?(?:texte|article|document)"
    rf"(?: (?:le )?(?:dit|prevoit|c'est|est-ce))?(?= ?[?!.]*$)"
    r"|\b(?:ou|d'ou) (?:c'est|est-ce|ca|cela|tu|vous|(?:l'|a)?(?:as|avez)[- ](?:tu|vous))\b.*"
    r"\b(?:ecrit|dit|sor[ts]\w*|vient|ten\w+|tien\w+|trouv\w+|lue?s?)\b"
    r"|\bc'est (?:ecrit|dit|marque|note) (?:ou|dans quel)\b|^(?:les )?mots exacts\b"
    r"|\bd'ou (?:(?:sort|vient) )?(?:ca|cela|ce|cette|cet|ces)\b"
)
_WHY = re.compile(
    r"^(?:et |mais )*(?:(?:c'est |ca sert )?(?:pourquoi|pour quoi(?: faire)?|a quoi ca sert)"
    r"|pour quelles? raisons?|(?:dans |a )quel(?:le)? (?:but|fin|objectif)"
    r"|comment ca se fait|comment (?:ca |cela )?s'explique"
    r"|qu'est-ce qui (?:l'|le )?(?:explique|justifie)|(?:quelle (?:est |en est )?|la |pour quelle )"
    r"(?:la )?raison)\b"
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a question says of its place in a conversation.

    ``text`` is the question without what only opens it (« ok, », « autre chose : »). ``kept``:
    it goes on with the subject; ``idle``: it asks nothing (« merci »); ``cites``: the words of
    the texts are asked for; ``why``: a reason is; ``asked``: the types of answer it asks for.
    """

    text: str
    kept: bool
    idle: bool = False
    cites: bool = False
    why: bool = False
    asked: frozenset[Asked] = frozenset()


def read_leaning(question: str) -> Leaning:
    """How ``question`` leans, from its surface only; a first question may lean too."""
    if len(question) > LONGEST_LEAN_CHARS:
        return Leaning(question, kept=False)
    low = flat(question)
    opened = _FILLER.match(low)
    start = opened.end() if opened and opened.end() < len(low.rstrip(" ?!.")) else 0
    changed = _NEW_SUBJECT.match(low[start:])
    aside = _ASIDE.match(low[start:])
    for marker in (changed, aside):
        start += marker.end() if marker else 0
    said, low = question[start:].strip(), flat(question[start:].strip())
    content = content_terms(said)
    if not content and not names_something(said) and not _ASKS.search(low) and not _LEAN.match(low):
        return Leaning(question, kept=False, idle=True)
    if changed or (aside and len(content) > 1):
        return Leaning(said, kept=False)
    few = len(content) <= POINTING_TERMS
    cites = few and bool(_CITES.search(low))
    why = len(content) <= 1 and bool(_WHY.match(low))
    kept = cites or why or _goes_on(said, low, content)
    asked = read_question(said).asked - {"other"}
    return Leaning(said if kept else question, kept, cites=cites, why=why, asked=asked)


_OF_ANOTHER = re.compile(
    r"-(?:t-)?(?:il|elle)s?\b|\b(?:son|sa|ses|leurs?|ils?|elles?|ce|cet|cette|ces|cel\w+|ceux|ca|y|en)"
    r" (?!20\d\d)"
)
"""Words that stand for something said before; « en 2022 » doesn't."""


def content_terms(text: str) -> tuple[str, ...]:
    """Stems that say what is asked: no year, no place, no cohort, no question word."""
    spans = [m.span for m in find_cohorts(text)] + _years(text)
    spans += [(m.start, m.end) for m in find_places(text)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return tuple(t for t in read_question(text).terms if t[0] not in "=@" and not t.isdigit())


def _goes_on(said: str, low: str, content: tuple[str, ...]) -> bool:
    specific = is_specific(said)
    points = bool(_POINTS.search(low))
    defines = specific and bool(_DEFINES.search(low)) and not points
    if _LEAN.match(low) or _ALSO.search(low):
        return not defines and len(content) <= (LONG_LEAN_TERMS if points else LEAN_TERMS)
    if find_references(said) or text_names(said) or (defines and content):
        return False
    if not content:
        return True
    if find_places(said):
        return False
    if points:
        return len(content) <= POINTING_TERMS
    return len(content) == 1 and not _years(said)


def names_something(text: str) -> bool:
    """Whether it names a year, a collectivité or a cohort."""
    return bool(_years(text) or find_places(text) or find_cohorts(text))


def is_whole(text: str) -> bool:
    """Whether it names a year and a thing of its own, and points to nothing said before:
    « montant FIR 2022 ? »."""
    things = [term for term in content_terms(text) if term.isalpha()]
    return bool(_years(text) and things) and _OF_ANOTHER.search(flat(text)) is None


def _years(text: str) -> list[Span]:
    """Where years stand, with the word that announces one: « l'exercice 2021 »; those counted
    from a former question's too: « l'année d'après », « deux ans plus tard »."""
    years: list[Span] = [span for span, _step in years_apart(text)]
    for year in find_years(text, date.max, FIRST_CONTRACTS):
        if not inside(year.span, years):
            announced = _ANNOUNCED.search(flat(text[: year.span[0]]))
            years.append((announced.start() if announced else year.span[0], year.span[1]))
    return years


def is_specific(text: str) -> bool:
    """Whether it has a word of the field, not an ordinary one."""
    notions = {t[1:] for t in read_question(text).terms if t[0] == "="}
    return bool(notions - generic_notions())
