"""Whether a sentence states an obligation, a faculty, or neither."""

import re

from assistant.answer import Modality
from corpus.lexicon import fold

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_MAY = re.compile(
    r"\b(?:peu(?:t|vent)|pourr(?:a|ont)|possibles?|volontaires?)\b(?! ou non)"
    r"|\b(?:est|sont|reste|restent|devient|deviennent) (?:\w+ )?facultati(?:f|fs|ve|ves)\b"
)
_MUST = re.compile(
    # a relative clause defines its noun (« la part qui doit rester »), and some verbs only foresee
    r"(?<!\bqui )(?<!\bqui ne )\b(?:doi(?:t|vent)|dev(?:ait|aient|ra|ront))\b"
    r"(?! (?:aussi )?(?:encore|recevoir|beneficier|percevoir|s.achever|faire l.objet)\b)"
    r"|\bobligatoirement\b"
    r"|\b(?:oblige(?:ait|nt|ra|ront)?|obligee?s? (?:de|a))\b"
    r"|\b(?:a|ont|avait|fait|font) (?:l.)?obligation\b|\ben obligation\b|\best une obligation\b"
    r"|(?<!\bl.)\bexige(?:nt|ait|aient|ra|ront)?\b"
    r"|\bimpos(?:e|ent|ait|aient|era|eront|ee|es|ees)\b"
    r"|\btenue?s? (?:de|d.)|\bil faut\b"
    r"|\b(?:est|etait|pour) (?:la )?date limite (?:de|d.|pour)\b"
    r"|\b(?:est|sont|etait|etaient|reste|restent) due?s?\b(?! \d)"
    r"|\bdemand(?:ent|ait|aient) [^,;:]* au plus tard\b"
    r"|\ba (?:remettre|rendre|transmettre|signer|deposer|adresser|communiquer|envoyer|produire)\b"
    r"[^,;:]* (?:au plus tard|avant)\b"
)
_COMPULSORY = re.compile(r"\bobligatoires?\b")
_NOT_COMPULSORY = re.compile(
    r"\b(?:non|sans etre|pas|plus|aucune?|ni|si|caractere|nombre de?)\b[^,;:.]*\bobligatoires?\b"
    r"|\d+ (?:\w+ )?obligatoires? sur\b|\bsur (?:les )?\d+\b[^;:.]*\bobligatoires?\b"
    r"|\b(?:des|parmi les) \d+ \w+[^;:.]*\bobligatoires?\b"
    r"|\bobligatoires?[^,;:.]* (?:n.est|n.ont|ne sont|vient|viennent)\b"
    r"|\bobjectifs? d.\w+ obligatoires?\b"
)
_TOLD = re.compile(
    # what is said of the sources or of what nobody knows rules nothing
    r"\bn.(?:est|a|ont|etait) (?:pas|plus) (?:ete )?(?:connu|etabli|retrouve|precise)e?s?\b"
    r"|\bretenir\b|\bcomparaison\b|\bdecompte\b|\binexact\b"
)


_DUTY_ASKED = re.compile(
    r"\b(?:obligee?s?|tenue?s?|forcee?s?|contrainte?s?) (?:de |d'|a )|\boblige(?:nt)?(?: |-t)"
)
# « Obligés de remplir quels indicateurs, et depuis quand ? » takes the duty for granted.
_OPEN = re.compile(
    r"\b(?:quand|quoi|koi|quel(?:le)?s?|combien|comment|conditions?|delais?)\b|\bqui ?(?:\?|$)"
    r"|(?:^|[,;:?!] |\b(?:a|par|de|chez|avec|pour) )qui\b"
)
_OF_DUTY = re.compile(
    r"\b(?:oblig\w+|(?<!de )droits?(?! commun)|dispens\w+|faculte|volontaires?|systematiquement"
    r"|libres? de|sans y etre tenue?s?)\b"
)


def asks_duty(question: str) -> bool:
    """Whether a question asks if someone is obliged: « est-on obligés de… »."""
    folded = fold(question)
    return bool(_DUTY_ASKED.search(folded)) and not _OPEN.search(folded)


def tells_duty(text: str) -> bool:
    """Whether a statement says that something must be done, or needn't, or is a right."""
    return bool(_OF_DUTY.search(fold(text))) or modality_of(text) == "must"


def modality_of(text: str) -> Modality:
    """``"must"`` when a sentence of ``text`` obliges somebody, else ``"may"`` when one allows.

    A figure, a definition, a count of what is compulsory, a disagreement of the sources or a
    point that nobody knows obliges nobody, whatever its words.
    """
    sentences = [one for one in _SENTENCE.split(fold(text)) if not _TOLD.search(one)]
    if any(_obliges(one) for one in sentences):
        return "must"
    return "may" if any(_MAY.search(one) for one in sentences) else "states"


def _obliges(sentence: str) -> bool:
    if _MUST.search(sentence):
        return True
    return bool(_COMPULSORY.search(sentence)) and not _NOT_COMPULSORY.search(sentence)
