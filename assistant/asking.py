"""What a question asks for: the type of answer, and the terms that the answer must speak of."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.privacy import MASK
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from ingest.lexical import terms

Asked = Literal[
    "deadline",
    "date",
    "amount",
    "count",
    "quantity",
    "percent",
    "who",
    "reference",
    "yes_no",
    "list",
    "other",
]
"""The type of answer; a ``deadline`` needs a day, a ``date`` may be a year, a ``quantity`` is a
« combien » that may be of money, people or time. ``list`` may go with another type: « les sources
et leurs montants »."""

# Verbs of money beside « combien ».
_PAYS = (
    r"(?:vers\w+|touche\w*|recu\w*|recoi\w+|recev\w+|percu\w*|percoi\w+|financ\w+|donn(?:e|er|ent|ait)"
    r"|mis|mise|met|mettent|mettre|apport\w+|allou\w+|accord\w+|poche|prevu\w*|inscri\w+|pay(?:e|er|ent)"
    r"|debloqu\w+|obten\w+|mobilis\w+|consomm\w+)"
)
# « combien d'actions » counts actions, « combien de l'État » is of money.
_OF_MONEY = r"\bcombien\b(?! d(?:'|e (?!l'|la |letat\b|fir\b|ondam\b|p304\b|bop\b)))"
# Read on the folded question; each says what kind of thing would satisfy the person.
_PATTERNS: tuple[tuple[Asked, str], ...] = (
    (
        "reference",
        r"\bnor\b|\bnumeros?\b|\bn°|(?<!\bde )\breferences?\b",
    ),
    (
        "percent",
        r"\bpourcentages?\b|\bquel(?:le)? (?:taux|part|proportion)\b"
        r"|\bcombien (?:de )?pour ?cent\b",
    ),
    (
        "amount",
        r"\bmontants?\b|\beuros?\b|\bbudgets?\b|\benveloppes?\b|\bcout(?:e|ent|s)?\b"
        r"|\bcombien (?:d'argent|de sous|de credits|de millions|de milliards|de fonds)\b"
        r"|\bquels? (?:moyens? financiers?|credits?)\b|\bdepenses?\b"
        rf"|{_OF_MONEY}.*\b{_PAYS}\b|\b(?:{_PAYS}|fir|ondam|p304|bop|304)\b.*{_OF_MONEY}"
        rf"|{_OF_MONEY}.*\b(?:fir|ondam|programme 304|etat|ars)\b",
    ),
    (
        "deadline",
        r"\becheances?\b|\bdeadline\b|\bdelais?\b|\bjusqu'?a quand\b|\bau plus tard\b"
        r"|\bavant quelle\b|\bbutoir\b|\bd'ici quand\b|\bdate limite\b|\bdernier jour\b"
        r"|\bquel jour\b",
    ),
    (
        "date",
        r"\b(?:du|le|au) combien\b|\bquand\b(?! meme)|\bdates?\b|\bquel mois\b|\bquelle annee\b"
        r"|\bcombien de temps\b"
        r"|\bquelle duree\b|\btemps pour\b|\bquelle periode\b",
    ),
    (
        "count",
        r"(?<!\bdu )(?<!\ble )(?<!\bau )\bcombien d(?:e|')|\bcombien (?:y|sont|etaient|ont)\b"
        r"|\bquel nombre\b|\bnombre de\b"
        r"|\bcb de\b|\bnb(?:re)? d(?:e|')",
    ),
    ("quantity", r"\bcombien\b(?! d(?:e\b|'))|\bcb\b(?! de\b)"),
    (
        "who",
        r"\bqui\b|\ba qui\b|\bpar qui\b|\baupres de qui\b|\bqui est-ce\b|\bsignataires?\b"
        r"|\bquels? (?:acteurs?|services?|ministeres?|ministres?|autorites?|interlocuteurs?)\b"
        r"|\bdestinataires?\b",
    ),
    (
        "list",
        r"\bquel(?:le)?s sont\b|\blesquel(?:le)?s\b|\blistes?\b|\bciter?\b|\bcitez\b|\benumer"
        r"|\bquelles? (?:pieces|conditions|sources|mesures|annexes|actions)\b"
        r"|\bquels? (?:criteres|objectifs|engagements|axes|departements|documents|papiers"
        r"|justificatifs|territoires|champs|droits)\b",
    ),
    (
        "yes_no",
        r"(?:-t)?-(?:il|elle|ils|elles|on|ce)\b|\best-ce qu|\bfaut[- ]il\b|\bpeut[- ]on\b"
        r"|\bdoit[- ]on\b|\best ce qu|\ba t (?:il|elle)\b|\bfait (?:il|elle|partie)\b",
    ),
)
# What people are paid may be a multiple of the minimum wage or a share, and no sum in euros.
_OF_WAGES = re.compile(
    r"\b(?:salaires?|remuner\w+|indemni\w+|smic|paies?|ass(?:ist\w*)? ?(?:famil\w*|fam)|assfam)\b"
)
_HOW_MANY = re.compile(r"\bco[nm]b(?:ien|i1|1)\b|\b(?:cbien|cmb|cbn|kombien|conbyen)\b")
"""Spellings of « combien » in messages typed in haste."""
_EVERYWHERE = re.compile(r"\b(?:en France|au (?:niveau|plan) national)\b", re.IGNORECASE)
"""Where all of this policy holds: it tells no rule from another."""
_COUNTED = re.compile(r"\b(?:combien|cb|nombre|nbr?e?) d(?:e |es |')(\w[\w-]*)")
_COMPILED = tuple((asked, re.compile(pattern)) for asked, pattern in _PATTERNS)
_PLURAL_QUESTION = re.compile(
    r"\bquel(?:le)?s\b|\blesquel|\bliste|\btou(?:s|tes) les\b|\bciter?\b"
    r"|\bse (?:repartissent|composent|decomposent)\b|\bc'est quoi les\b|\bon fournit quoi\b"
)
_PLACES = re.compile(
    r"\bquel(?:le)?s? (?:\w+ ){0,2}(?:departements?|territoires?|collectivites?)\b"
    r"|\bles?quels?\b"
    r"|\bexemples?\b|\blistes?\b|\boutre[- ]mer\b|\bgrand est\b|\bregions?\b|\bou\b.*\?"
    r"|^(?:d'|par )?ou\b"
)
# The date of an administrative text is that of its signature, whatever day it was published.
_TEXT = r"(?:circulaire|instruction|loi|decret|arrete|texte|communique|note)s?"
_DATE_OF_TEXT = re.compile(
    rf"\bde quand dat\w+\b.*\b{_TEXT}\b|\bdates? (?:exacte )?(?:de |du |de la |de l')+{_TEXT}\b"
    rf"|\bquelle date (?:exacte )?(?:porte|est datee?)\b.*\b{_TEXT}\b"
    rf"|\b{_TEXT}\b.*\b(?:porte(?:-t-elle|-t-il)? quelle date|datee?s? de (?:quand|quel jour))\b"
)
# Words that say what kind of answer is asked: matching them proves nothing by itself.
_QUESTION_WORDS = frozenset(
    "quand combien date dat montant liste list numero numer nombr quel est ce savoir sav connaitr "
    "connait dit dire expliqu expliquer bonjour merci svp stp plait besoin voudr veux peux jaim "
    "aim exact exactement cit citer donn donner quelqu cb c cest on appel qu pourr pourriez "
    "souhait "
    "souh souhaitons rappel cherch voul aur merc bonsoir afin correct idee question repons "
    "precis pouv doi comprend concern parl dis faud prendr fais fai vien arriv lor nb".split()
)
# « Aidez-moi », « je ne sais pas » ask for help; « l'aide », « on saisit qui » are subjects.
_HELP_ASKED = re.compile(
    r"\baide[rz]?[- ](?:moi|nous)\b|\b(?:m'|nous )aide[rz]?\b|\bbesoin d'aide\b"
    r"|\bmerci (?:de|pour) (?:votre|ton) aide\b|^ ?(?:a l')?aide\b"
    r"|\b(?:j(?:e |')|tu |on )(?:ne |n'(?:en )?)?sais\b|\bsais[- ](?:tu|je)\b",
    re.IGNORECASE,
)
# « 17 ans et demi »: half a year is no subject.
_HALF = re.compile(r"(?<=\bans) et demie?\b|(?<=\ban) et demie?\b", re.IGNORECASE)
_SMALL_TALK = re.compile(
    r"^(?:bonjour|bonsoir|salut|coucou|hello|merci(?: beaucoup)?|au revoir|ok|oui|non|ca va"
    r"|test|aide|help|d'accord|super|bonne journee|quelle? (?:heure|jour|date)"
    r" (?:est-il|est-on|sommes-nous|est-ce|il est|on est))(?:[ ,!.?]+(?:a tous|madame|monsieur"
    r"|ca va|merci|beaucoup|bien|aujourd'hui|maintenant))*[ !.?]*$"
)
_ACKNOWLEDGED = re.compile(
    r"(?:c'?(?:est)? )?(?:merci|ok|okay|nickel|parfait|super|top|genial|impeccable|d'accord|entendu"
    r"|note|(?:bien )?(?:recu|note|compris)|je vous remercie|bonne (?:journee|soiree))\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the extraction reads it.

    ``terms`` are its content terms (stems, notions ``=…``, references ``@…``) in order, each
    once; ``asked`` the types of answer it asks for; ``counts`` the numbers it states (« les trois
    sources »).
    """

    text: str
    asked: frozenset[Asked]
    terms: tuple[str, ...]
    wants_list: bool
    counts: frozenset[int] = frozenset()
    asks_places: bool = False
    """Whether it asks which collectivités: quotes that name some are what is wanted."""
    counted: frozenset[str] = frozenset()
    """Terms of what it asks the number of: « combien d'enfants »."""


def read_question(text: str) -> Question:
    """Reads what is asked, from surface patterns only."""
    folded = _HOW_MANY.sub("combien", fold(text))
    asked = {kind for kind, pattern in _COMPILED if pattern.search(folded)}
    if "deadline" in asked:
        asked.discard("date")
    if "amount" in asked and _OF_WAGES.search(folded):
        asked = asked - {"amount"} | {"quantity"}
    if asked & {"amount", "count", "percent", "date"}:
        asked.discard("quantity")
    if "amount" in asked and len(re.findall(r"\b(?:combien|cb)\b", folded)) < 2:
        asked.discard("count")
    said = _HELP_ASKED.sub(" ", text.replace("’", "'").replace(MASK, " "))
    said = _EVERYWHERE.sub(" ", _HALF.sub(" ", said))
    content = [term for term in dict.fromkeys(terms(said)) if term not in _QUESTION_WORDS]
    if _DATE_OF_TEXT.search(folded):  # « quelle date porte… »: the verb says nothing of the text
        content = [term for term in content if term not in ("port", "=signature")]
        content.append("=signature")
    wants_list = "list" in asked or bool(_PLURAL_QUESTION.search(folded))
    counts = frozenset(
        int(q.value) for q in find_quantities(text) if q.kind == "number" and q.value.isdigit()
    )
    places = bool(_PLACES.search(folded))
    things = _COUNTED.findall(folded) if "count" in asked else ()
    counted = frozenset(term for thing in things for term in terms(thing))
    kinds: frozenset[Asked] = frozenset(asked or {"other"})
    return Question(text, kinds, tuple(content), wants_list, counts, places, counted)


def thanks(text: str) -> bool:
    """Whether it only acknowledges an answer: « ok bien reçu, je transfère à ma cheffe »."""
    return "?" not in text and bool(_ACKNOWLEDGED.match(fold(text).strip()))


def is_question(question: Question) -> bool:
    """Whether there is anything to look for: a content term with letters, not a greeting."""
    if _SMALL_TALK.match(fold(question.text).strip()):
        return False
    return any(any(c.isalpha() for c in term) for term in question.terms)
