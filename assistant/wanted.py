"""What a question asks of a département as a whole: its status, what it hands in, by when."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.leaning import content_terms
from assistant.shorthand import spelled_out
from assistant.spans import flat
from assistant.staging import unstaged
from ingest.lexical import terms

_DONE = (
    r"(?:signe|rejoint|contractualise|candidate|entree?s?|retenue?s?|engagee?s?|selectionnee?s?)"
)
_WHO = r"(?:[ -](?:t-)?(?:il|elle|on|nous|ils|elles|vous))"
# « le contrat de l'Allier, signé quand ? », « date de signature » without « limite ».
_SIGNING = r"\bsignee?s? (?:quand|quel jour)\b|\bdates? (?:de (?:la )?)?signature\b"
_STATUS = re.compile(
    r"\b(?:concernee?s?|eligibles?|eligibilite|signataires?|participe\w*|annee d'entree)\b"
    r"|\bde quand dat\w+ \w+ contrat\b"
    r"|\bdans les (?:\d{2,3}|trente|quarante|soixante-dix)(?! (?:ans|jours|mois|heures))\b"
    rf"|\bfait{_WHO}? partie\b|\bdans (?:la|le) (?:demarche|dispositif)\b"
    r"|\b(?:quelle|premiere|deuxieme|troisieme|meme) (?:vague|cohorte)\b"
    r"|\bdans la vague (?:\d|une|deux|trois)\b"
    rf"|{_SIGNING}"
    rf"|\b(?:a|ont|avons|avait|est|sont|sommes|etait){_WHO}?(?: (?:deja|bien|ete|enfin))* {_DONE}\b"
)
_SIGNED = re.compile(rf"\b(?:signe|signataires?)\b|\bde quand dat\w+\b|{_SIGNING}")
_ENTERED = re.compile(rf"\b{_DONE}\b|{_SIGNING}|\bde quand dat\w+\b|\bvague\b")
_OTHERWISE = re.compile(r"\b(?:(?<!ce )qui|pourquoi|comment|avec quels?|par quels?)\b")
_MODALS = r"(?:doi(?:t|s|vent)|dev(?:ons|ait|aient|ions|ra|ront|rons)|faut|fallait|faudra)"
HANDED_IN = re.compile(
    r"\b(?:remet\w*|rend(?:re|ons|ez|ent|u)?|fourni\w*|envo(?:yer|yons|ie)\w*|produi\w*"
    r"|transmet\w*|depos\w+|communiqu\w+|remonter|pieces?|documents?|livrables?|papiers?"
    r"|justificatifs?)\b"
)
"""Verbs and nouns of what is handed in, in a question or a row, without accents."""
_NEEDED = re.compile(
    r"\b(?:faut[ -]il|il faut|quoi|conditions?) pour (?:\w+(?:er|ir|oir) )?"
    r"(?:un |l'|le |notre |mon |les )?(?:avenant|contrat|dossier)s?\b"
)
_CONDITIONS = re.compile(r"\bconditions?\b")
_MUST = re.compile(
    r"\b(?:nous|vous|leur) (?:est |a )?demande\w*"
    rf"|\bobligations?\b|\b{_MODALS}{_WHO}? (?:\w+ )?faire\b"
    r"|\b(?:que|quoi|a) faire\b|\bdemarches?\b|\bexige\w*"
)
_MODAL = re.compile(rf"\b(?:{_MODALS}|peu(?:t|vent)|pouvons){_WHO}?\b")
_WHEN = re.compile(
    r"\bquand\b|\becheances?\b|\bdates?(?: limites?)?\b|\bdelais?\b|\bcalendrier\b"
    r"|\bdernier jour\b|\bau plus tard\b|\bquel jour\b"
)
_UNTIL = re.compile(r"\b(?:avant|apres|d'ici|jusqu'a)\b")
_ASKS_ENTRY = re.compile(
    rf"\b(?:a|ont|avons|avait|est|sont|sommes|etait)-(?:t-)?(?:il|elle|on|nous|ils|elles)\b"
    rf"(?: \w+){{0,2}} {_DONE}\b"
)
# « A signé après la date limite ? », « dans les délais ? »: the day of an entry, beside its limit.
_LATE = re.compile(
    r"\b(?:apres|avant|hors|dans|respect\w*|depass\w*|pass\w*) (?:la |le |les |l')?"
    r"(?:dates?|delais?|echeances?|limites?|temps)\b|\ba temps\b|\ben retard\b"
)
_AMOUNT = re.compile(r"\bcombien\b|\bmontants?\b|\bfinancements?\b|\bcredits?\b|\bargent\b")
# Words that only set the scene of such a question: who asks, about which policy.
_SCENE = (
    "département collectivité territoire conseil départemental contractualisation contractualiser "
    "contrat avenant exercice année stratégie nationale prévention protection enfance démarche "
    "préfet préfecture préf ARS État texte cadre titre nouveau nouvel entrant entrée ancien "
    "président dép dépt dpt"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: ``status`` (is it concerned), ``signed`` (has it signed), what it
    ``hands_in``, all it ``must`` do, ``when``, the ``amount``; ``about`` are the stems that
    narrow it (« signer »)."""

    status: bool
    signed: bool
    hands_in: bool
    must: bool
    when: bool
    amount: bool
    about: frozenset[str]
    asks_entry: bool = False
    """Whether it asks if one entered, and doesn't tell it."""
    modal: bool = False
    """Whether it asks if something must or may be done."""
    late: bool = False
    """Whether it asks if one signed in time."""
    text: str = ""
    """The question, for the years of the things that it names."""

    @property
    def rules(self) -> bool:
        """Whether obligations or dates are asked for."""
        return self.hands_in or self.must or self.when


def read_wanted(text: str) -> Wanted:
    """What ``text`` asks, from its surface only."""
    text = spelled_out(text)
    low = flat(text)
    # Conditions of an avenant are the pieces that it takes.
    needed = bool(_NEEDED.search(low) or ("avenant" in low and _CONDITIONS.search(low)))
    text = _CONDITIONS.sub(" ", unstaged(text)) if needed else unstaged(text)
    low = flat(text)
    rest = list(text)
    found = {}
    for pattern in (_LATE, _STATUS, HANDED_IN, _NEEDED, _MUST, _MODAL, _WHEN, _AMOUNT, _UNTIL):
        spans = [match.span() for match in pattern.finditer(low)]
        found[pattern] = bool(spans)
        for start, end in spans if pattern is not _UNTIL or found[_WHEN] else ():
            rest[start:end] = " " * (end - start)
    # « Quand a-t-elle signé ? » asks the day of an entry, not what is due.
    entered = found[_STATUS] and bool(_ENTERED.search(low))
    handed = found[HANDED_IN] or found[_NEEDED] or needed
    past = entered and not (handed or found[_MUST])
    return Wanted(
        status=found[_STATUS],
        signed=found[_STATUS] and bool(_SIGNED.search(low)),
        hands_in=handed,
        must=found[_MUST],
        when=found[_WHEN] and not past,
        amount=found[_AMOUNT],
        about=frozenset(content_terms("".join(rest))) - _scene() | set(_OTHERWISE.findall(low)),
        asks_entry=bool(_ASKS_ENTRY.search(low)),
        modal=found[_MODAL],
        late=past and found[_LATE],
        text=text,
    )


@cache
def _scene() -> frozenset[str]:
    return frozenset(terms(_SCENE))
