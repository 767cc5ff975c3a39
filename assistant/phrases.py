"""Phrases of a question that a follow-up replaces: who acts, for whom, which text, what moment."""

import re

from assistant.shorthand import written
from assistant.spans import Span, flat, tidied

_ACTORS = re.compile(
    r"(?<!\w)(?:le |la |l')(?:presidente? (?:du (?:conseil departemental|departement))"
    r"|conseil departemental|departement(?! (?:de|du|d'|des)\b)|prefet(?:e)?(?: de (?:departement"
    r"|region))?|(?:directeur general de l'|dg (?:de l'|d')?)?(?:ars\b|agence regionale de sante)"
    r"|etat\b|justice\b|education nationale|ministere(?: de la justice)?|caf\b|pmi\b|crip\b|dgcs\b)"
)
_FOR = re.compile(
    r"\bpour (?:un |une |le |la |les |l'|des |mon |notre |nos )(?!annee|exercice)[^,?.;:\d]{2,60}?"
    r"(?=,| ?\?| ?$| en 20\d\d)"
)
_TEXT_NAME = re.compile(
    r"(?<!\w)(?:(?:dans |selon |d'apres |de |par )?(?:la |l'|le ))?"
    r"(?:circulaire|instruction|loi(?! de finances)|decret|arrete|ordonnance)s?"
    r"(?:,? (?:n ?° ?)?[\d/-]+\d| taquet| meunier-dini| immigration"
    r"| (?:de |du |d')(?:(?:\d{1,2}(?:er)? )?[a-z]{3,9} )?20\d\d"
    r"| (?:du |d')(?:\d{1,2}(?:er)? )[a-z]{3,9}(?! 20\d\d)| 20\d\d)"
)
_NOW = r"maintenant|aujourd'hui|actuellement|a present|desormais|de nos jours|a ce jour"
_MOMENT = re.compile(
    rf"(?<!\w)(?:(?P<now>{_NOW})|(?:tout )?au (?:tout )?(?:debut|depart)|initialement"
    r"|(?:a l'|d')(?:origine|epoque)|a (?:sa|la) creation)(?!\w)(?! d)"
)
_NUMBERS = ("un", "deux", "trois", "quatre", "cinq", "six")
# « deux ans avant » says when, « deux ans avant la majorité » is a rule's.
_APART = re.compile(
    rf"(?<!\w)(?P<count>{'|'.join(_NUMBERS)}|[1-6]) ans? (?:(?:plus tard|(?P<sooner>plus tot"
    r"|auparavant))(?!\w)|(?:(?:d')?apres|(?P<before>(?:d')?avant))(?= ?(?:$|[?!.,;:])))"
)
THING = (
    r"(?:nb|nbre|nombre|cb|combien|montants?|budget|enveloppe|cout|duree|deadline"
    r"|(?:dates?|delais?|echeances?|jour)(?: (?:limites?|butoirs?|maximum|max|maxi))?)"
)
"""Things asked for without a word that asks: « deadline du projet et nb objectifs » (flattened)."""
_QUESTIONS = re.compile(
    rf"(?:^|(?<=[\s,]))(?:quel(?:le)?s? (?:(?:est|sont|etait|etaient) )?(?:le |la |les |l')?{THING}"
    r"(?: (?:du|des?|pour|a)(?= )| d(?='))?|qu'est-ce que(?: c'est)?|est-ce que"
    r"|c'est quoi|c'est quand|c'est qui"
    r"|quel(?:le)?s? (?:est|sont|etait|etaient)"
    rf"|{written('combien')}(?: d'argent| de millions| de temps| de)?"
    rf"|(?:jusqu'a |depuis |pour |avant |a partir de )?{written('quand')}"
    rf"|(?:a |pour |avant )?quelle date|pourquoi|{written('comment')}"
    rf"|(?:de |a |par |pour |avec )?{written('quoi')}"
    r"|(?:de|a|par|pour|avec) qui)(?=[\s,?]|$)"
    r"|^qui(?= )|\bqui(?= ?\?)|\b(?:la |les )?dates? (?:limite|butoir)s?(?: de| du| des| d')?"
    r"|\?"
)


def actors(text: str) -> list[Span]:
    """Where a question names who acts, with its article: « le préfet », « l'ARS »."""
    return [match.span() for match in _ACTORS.finditer(flat(text))]


def for_whom(text: str) -> list[Span]:
    """Where a question says for whom or for what: « pour un mentor »."""
    return [match.span() for match in _FOR.finditer(flat(text))]


def text_names(text: str) -> list[Span]:
    """Where a question names an official text by its date, its number or its popular name."""
    return [match.span() for match in _TEXT_NAME.finditer(flat(text))]


def moments(text: str) -> list[Span]:
    """Where it says at what point of a story: « au début », « aujourd'hui »."""
    return [match.span() for match in _MOMENT.finditer(flat(text))]


def is_of_now(text: str) -> bool:
    """Whether it asks of the present: « et maintenant ? »."""
    return any(match["now"] for match in _MOMENT.finditer(flat(text)))


def years_apart(text: str) -> list[tuple[Span, int]]:
    """Where it counts years from a former one, with how many: « deux ans plus tard » is +2."""
    found = []
    for match in _APART.finditer(flat(text)):
        word = match["count"]
        count = _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)
        found.append((match.span(), -count if match["sooner"] or match["before"] else count))
    return found


def without_questions(text: str) -> str:
    """What a question is about, less the words that ask: « signature des contrats en 2020 »."""
    low, parts, at = flat(text), [], 0
    for match in _QUESTIONS.finditer(low):
        parts.append(text[at : match.start()])
        at = match.end()
    return tidied("".join(parts) + text[at:]).strip(" ,.:;")


def asks(text: str) -> bool:
    """Whether a question word stands in it, a question mark left out."""
    return any(match[0] != "?" for match in _QUESTIONS.finditer(flat(text)))
