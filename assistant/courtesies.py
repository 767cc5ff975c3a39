"""What a question sets aside, and courtesies: « auriez-vous l'obligeance… » asks nothing itself.

Their words would otherwise count as a subject (« m'indiquer » is no indicator) and make a polite
question less answered than a hurried one.
"""

import re

from assistant.spans import flat, replaced

_TELL = (
    r"(?:indiquer|dire|preciser|communiquer|transmettre|faire (?:savoir|parvenir)|confirmer"
    r"|rappeler|expliquer|donner|fournir|renseigner(?: sur)?|eclairer(?: sur)?|repondre"
    r"|(?:aider|orienter)(?: a (?:trouver|savoir|comprendre))?|savoir|connaitre|comprendre"
    r"|redonner|lister|citer)"
)
_ME = r"(?:(?:me |nous |m'|lui |leur |en )?(?:en )?)"
_THANKS = (
    r"(?:(?:un grand |mille |avec (?:tous )?mes )?(?:merci|remerciements)s?"
    r"(?: (?:bien|beaucoup|bcp|infiniment|encore|(?:d'|par )avance|(?:de|pour) (?:votre|ton|vos)"
    r" (?:aide|retour|reponse|attention|lumieres|patience|temps))){0,2})"
)
_ASKED_OF_YOU = (
    r"(?:(?:pourri(?:ez|ons)|pourrais|pouvez|peux|voudri(?:ez|ons)|sauri(?:ez|ons)|seri(?:ez|ons)"
    r"|auri(?:ez|ons)|aurais|saurais|serais|serait-il possible|est-il possible|y a-t-il moyen)"
    r"(?:[- ](?:vous|tu|nous|on))?"
    r"(?: (?:l'(?:obligeance|amabilite|extreme obligeance)|la (?:gentillesse|bonte|possibilite)"
    r"|en mesure|a meme|l'aimable \w+))?(?:,? s'il (?:vous|te) plait,?)?"
    rf" (?:de |d')?{_ME}{_TELL}\b)"
)
_BEGGED = (
    r"(?:je (?:vous|te) (?:prie|saurais? gre|serais (?:tres )?(?:reconnaissante?|obligee?)"
    r"|remercie(?: (?:par |d')avance)?|demande|sollicite)"
    rf"(?: (?:de |d')(?:bien vouloir |votre \w+ pour )?{_ME}{_TELL}\b)?)"
    rf"|(?:(?:merci|veuillez|priere) (?:de |d')?(?:bien vouloir )?{_ME}{_TELL}\b)"
)
_WISHED = (
    r"(?:(?:je|nous|on|j') ?(?:souhait\w+|voud(?:rais|rions|rait)|voulais|aim(?:erais|erions"
    r"|erait)|desire\w*|cherche(?:rais)?|cherchons|cherche)"
    r"(?: (?:bien|juste|simplement|aussi))?(?: a)? (?:savoir|connaitre|comprendre|verifier)\b)"
    r"|(?:(?:j'aurais|nous aurions|j'ai|nous avons) (?:une (?:petite )?question|besoin (?:de"
    r" savoir|d'une (?:precision|information))(?: de votre part)?)\b)"
)
_CLOSED = (
    r"(?:(?:bien |tres )?(?:cordialement|respectueusement)|(?:bien )?a (?:vous|toi)(?= ?[.!]?$)"
    r"|salutations(?: distinguees)?|dans l'attente de (?:votre|ton) (?:retour|reponse)"
    r"|bonne (?:journee|soiree|reception))"
)
_COURTESY = re.compile(
    rf"(?<![\w-])(?:{_ASKED_OF_YOU}|{_BEGGED}|{_WISHED}|{_THANKS}|{_CLOSED}"
    r"|(?:bonjour|bonsoir|coucou|salut|hello)(?: (?:a (?:toutes et )?tous|madame|monsieur))?"
    r"|s'il (?:vous|te) plait|svp|stp)(?![\w-])[ ,.!:]*"
)


_PARTY = (
    r"(?:d'|du |des? )?(?:l'|les? |la )?(?:prefet|prefecture|ars|departement|cd|etat|president|nous"
    r"|conseil departemental)\b"
)
_BESIDE = re.compile(
    r"\b(?:hors|hormis|a part|outre|en (?:plus|dehors|sus)|autres? que|a cote)"
    rf" {_PARTY}(?:(?: ?[,/] ?| et | ou | ){_PARTY})*"
)
_ASKS_WHO = re.compile(
    r"\b(?:qui|ki|co-?sign\w+|signatures?|signataires?|services?|partenaires?)\b"
)


def without_parties(text: str) -> str:
    """« à part le préfet, l'ARS et nous, qui signe ? » isn't asked of those three."""
    low = flat(text)
    if not _ASKS_WHO.search(low):
        return text
    return replaced(text, [(match.span(), " ") for match in _BESIDE.finditer(low)])


_WHO_DOES = re.compile(r"\bqui\b")
# « Qui signe : le procureur ou le préfet ? » asks who signs: what is proposed may be wrong.
_CHOICE = re.compile(
    r"^(?P<asked>[^:?]{3,160}) ?: ?(?:les? |la |l')[^:?\d]{2,60} ou (?:les? |la |l')[^:?\d]{2,60}"
    r"(?:\?|$)"
)


def without_choice(text: str) -> str:
    """Who does what, without the actors between whom the question makes one choose."""
    match = _CHOICE.match(flat(text))
    if match is None or not _WHO_DOES.search(match["asked"]):
        return text
    return f"{text[: match.end('asked')].rstrip()} ?"


def without_courtesies(text: str) -> str:
    """``text`` without what is only polite in it; as it was when nothing else would be left."""
    spans = [match.span() for match in _COURTESY.finditer(flat(text))]
    left = " ".join(replaced(text, [(span, " ") for span in spans]).split()) if spans else text
    return left if any(c.isalpha() for c in left) else text
