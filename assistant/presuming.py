"""What a question takes for granted or states: clauses, dates, amounts, counts.

What is asked (« 6 ou 11 ? », « faut-il… ? ») isn't stated.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities

_STOP = r"(?=[;?!]|[.,:](?=\s|$)|$)"
_GIVEN = re.compile(
    r"\b(?:puisqu(?:e\b|')|vu qu(?:e\b|')|(?:étant|etant) donné qu(?:e\b|')|sachant qu(?:e\b|')"
    r"|d[èe]s lors qu(?:e\b|')|maintenant qu(?:e\b|')|depuis qu(?:e\b|')|alors qu(?:e\b|')"
    r"|du fait qu(?:e\b|')|consid[ée]rant qu(?:e\b|')|^comme |(?<=[,;:.?!] )comme (?="
    r"(?:l[ae]s?|ce(?:s|tte)?|tou(?:s|tes?)|ils?|elles?|on|nos?|notre|mon) |l'))(?P<said>.+?)"
    + _STOP,
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?<![^;?!])(?P<said>[^;?!]*?\b(?:étant|etant|ayant|(?:devant|pouvant) (?:[eê]tre |se |s'|y )?"
    r"\w+(?:er|ir|re|oir|ée?s?|i[st]e?s?|ue?s?))\b.+?)" + _STOP,
    re.IGNORECASE,
)
# « le procureur présidant le comité, … », « l'interdiction s'appliquant dès 2022, … »: a present
# participle follows its subject, goes on, and its clause ends before what is asked.
_PARTICIPLE = re.compile(
    r"^(?P<said>(?:l[ae]s? |l'|ce(?:s|tte)? |nos |notre |tou[st]\w* )(?:[^\s,;:?!]+ ){0,7}?"
    r"(?<!nouvel )(?<!un )(?<!cet )(?<!d')(?<!l')(?!(?:avant|pendant|devant|durant|suivant|enfant"
    r"|concernant|moyennant|maintenant|montant|avenant|cependant|auparavant)\b)(?:s')?\w{2,}ant "
    r"(?:(?:encore|toujours|désormais|desormais|déjà|deja|donc|bien|plus|pas) )?"
    r"(?:l[ae]s? |l'|une? |des? |du |d'|d[èe]s |qu[e'] ?|[àa] |aux? |en |pour |depuis |par )"
    r"[^;:?!]+?), (?=.*\w)",
    re.IGNORECASE,
)
_SO = re.compile(r"(?<![^;?!:])(?P<said>[^;?!:]*?\w donc [^;?!:,]+)", re.IGNORECASE)
# What one may or must (« on a six mois pour… »), not what one did.
_RULED = (
    r"(?:(?:n')?(?:a|avons)|(?:ne )?(?:peut|pouvons|doit|devons)|(?:n')?(?:est|sommes)) "
    r"(?:plus|pas|jusqu|au plus|\d|un (?:mois|an)\b|deux|trois|quatre|cinq|six|dix|(?:le )?droit"
    r"|oblig|tenue?s?|forc|interdi|autoris)"
)
# A clause that states, then another that asks: « le préfet rédige le bilan, mais quand ? »; what
# one says of oneself (« je prépare… ») is no statement of the corpus's matter.
_LEADING = re.compile(
    r"^(?:(?:bon|alors|donc|ok|et|mais|or|bonjour|bonsoir),? )?(?!(?:je|moi|m[ao]n?|mes) |j')"
    rf"(?!(?:on|nous) (?!{_RULED}))"
    r"(?P<said>[^;:?!.,]{10,160}?)(?: ?[:;] |\. |, (?:(?:bon|ok|d'accord),? )?(?="
    r"(?:mais|donc|alors|du coup|et donc|qu|combien|comment|pourquoi|o[ùu] |est-ce"
    r"|lequel|laquelle|lesquel"
    r"|[\w']+-(?:t-)?(?:ils?|elles?|on|je|nous|vous)\b"
    r"|on |[àa] |ils? |elles? |nous|notre|nos |je |c'[ée]|[cç]a |ceux |cel(?:le|ui)s?\b|faut )))"
    r"(?=.*\w)",
    re.IGNORECASE,
)
# What the asker was told, or wants confirmed: « on nous dit que… », « vous confirmez que… ».
_REPORTED = re.compile(
    r"\b(?:on (?:nous |me |m'|vous )?(?:a )?(?:dit|répète|repete|répété|assur[eé]|affirm[eé]"
    r"|soutient|soutenu|expliqu[eé])|il para[iî]t|(?:j'ai|j'avais|nous avi?ons|on a(?:vait)?) "
    r"(?:lu|vu|compris|entendu(?: dire)?|appris|retenu|noté)"
    r"|(?:cro[iy]|pens)(?:s|t|e|ent|ais|ait|aient|ons|ions)|(?:vous )?(?:me |nous )?confirmez"
    r"(?:-vous)?(?: bien)?) qu(?:e\b ?|')(?P<said>[^;?!:]+)",
    re.IGNORECASE,
)
# Where or when it is so: « côté État, … », « depuis janvier 2024 … ».
_PLACED = (
    r"(?:(?:en|pour|depuis|dans|aux?|a|chez|cote|selon|sur|avec|d'apres|avant|apres|des) "
    r"[^,;:?!]{2,45}?,? )?"
)
# « c'est bien la loi de 2016 qui… ? », « le délai est bien de… ? »: put to be confirmed.
_CONFIRMED = re.compile(
    r"(?<![^;?!.])(?P<said>[^;?!]*?\b(?:est|[ée]tait|sont|[ée]taient|a|ont|doi(?:t|vent)"
    r"|peu(?:t|vent)) bien (?!c'|ça|ca\b)[^;?!]+)\?",
    re.IGNORECASE,
)
_CLEFT = re.compile(rf"^{_PLACED}c'est (?:bien )?(.+?) qui ")
# « l'agent qui signale est… » tells which one; « n'a qu'un an » restricts.
_RELATIVE = re.compile(
    r"^((?:l[ae]s? |l'|une? |des |tou[st]\w* )(?:[^,;:?!]{0,40} )?"
    r"(?!(?:avec|pour|chez|mais|donc|alors|sai[st]|savoir|dire|demande(?:nt)?) )[a-z-]{3,})"
    r" qui (?:(?:n'|s'|l'|ne |se |l[ae]s? |y |en )*[a-z]+)"
)
_RESTRICTED = re.compile(r"\bn(?:e |')(?:[^ ,;:?!]+ ){1,4}?qu(?:e |')")
_TAGGED = re.compile(
    r"(?<![^;?!])(?P<said>[^;?!]+?),? (?:c'est (?:bien )?(?:ça|ca|cela|le cas)\b|n'est-ce pas"
    r"|on est d'accord|exact\b|pas vrai|donc\b|(?<!ou )(?:non|hein|correct|juste)(?=\W*$))",
    re.IGNORECASE,
)
# A sentence that states, whatever its last mark: no word that asks, a subject, a verb (folded).
_ASKING = re.compile(
    r"\b(?:qui|que|quoi|quel\w*|lequel|laquelle|combien|cb|comment|pourquoi|quand|ou|si|est-ce)\b"
    r"|\bqu'|-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)\b"
)
_STATING = re.compile(
    rf"^{_PLACED}(?:(?:l[ae]s? |l'|une? |nos? |notre |tou[st]\w* |chaque |aucune? ).{{2,80}}? "
    r"(?:n'|s'|y )?(?:est|sont|a|ont|avait|avaient|etait|etaient|doi(?:t|vent)|peu(?:t|vent)|met"
    r"|vers[ae]|financ[ae]|pai?ye?|apport[ae]|comport[ae]|compt[ae]|dur[ae]|sign[ae]|finit|va|vont"
    r"|court|courent|[a-z]{2,}(?<!m)ent) "
    rf"|(?:on|nous) {_RULED})"
)
# A noun followed at once by a determiner is a verb, as is what follows a pronoun: « le préfet
# rédige le bilan », « la loi nous interdit d'aider »; « participer est une obligation » has one.
_ACTING = re.compile(
    rf"^{_PLACED}(?:l[ae]s? |l'|ce(?:s|tte)? |tou(?:s|tes) |nos? |notre )?.{{2,80}}? "
    r"(?:(?:nous|vous|lui|leur|se) [a-z]{3,}(?:e|it|ent) "
    r"|(?!(?:entre|contre|sous|outre|comme|chaque|meme|voire|toute|ce|cette|avant|pendant|et)\b)"
    r"[a-z]{3,}(?:[etd]|ent|a|ut) (?:seule?s? |toujours |encore )?"
    r"(?:l[ae]s? |l'|une? |sa |son |ses |leurs? |nos |cel(?:le|ui)s? |\d))"
    r"|^[a-z]{3,}(?:er|ir|re) .{2,80}? (?:est|reste|devient) "
)
_WHY = re.compile(
    r"\b(?:pourquoi|comment se fait-il que|pour quelles? raisons?|qu'est-ce qui explique que)\b"
    r"(?P<said>[^;?!]+)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"(?:\b(?:les|ces|aux|nos|leurs|mes|vos|des) "
    r"|\b(?:l[ae] |l'|du |au |cette |notre |leur |sa |son )(?:[\w'-]+ ){1,4}?"
    r"(?:du |de |d'|des |fixée? (?:au|à) |prévue? (?:au|à|pour) ))$",
    re.IGNORECASE,
)
# A day put forward as a limit (folded), where a limit is spoken of and nothing else is asked.
_AS_LIMIT = re.compile(
    r"(?:\b(?:avant|au plus tard|c'(?:est|etait)(?: bien)?|(?:est|etait)-ce(?: bien)?) le "
    r"|\bjusqu'au |\bd'ici (?:le|au) )$"
)
# « la part du Nord dans les 50 M€ » is a part of it, « notre département a mis 300 000 € » is no
# matter of the corpus's.
_OF_ONES_OWN = re.compile(
    r"\b(?:dans|sur|parmi) (?:l[ae]s? |l'|ces |cette |nos )(?:[\w'-]+ ){0,3}$"
    r"|(?:^|[;:.,?!] ?)(?:notre|nos|mon|ma|mes|nous|on|je|j') ?[^;:.,?!]*$"
)
# The end of a month is a day; « avant juin » isn't.
_WHOLE_MONTH = re.compile(r"\b(?:fin|jusqu'en|jusqu'a|fin du mois de) $")
LIMITING = re.compile(
    r"\b(?:dates? (?:limites?|butoirs?)|delais?|echeances?|deadline|doi(?:t|vent)"
    r"|dev(?:ait|aient|ra|ront|ons|ions)|faut|fallait|faudra)\b"
)
_OTHER_ASKED = re.compile(
    r"(?<!est-ce )\b(?:qui|que|quoi|quel\w*|lequel|laquelle|combien|cb|comment|pourquoi"
    r"|quand|ou|si)\b"
)
_AGE = re.compile(
    r"\b(?:(?:moins|plus|âgés? de|agés? de) (?:de )?|les |ses |leurs |nos |jusqu'à |des |[àa] "
    r"|\b\d{1,2} ?[-–/] ?)$",
    re.IGNORECASE,
)


def proposed(text: str) -> list[Quantity]:
    """Days that a question puts forward as a limit, for it to be confirmed or not, and asks nothing
    else: « devait-il être signé avant le 30 juin ? », « l'échéance, c'était bien le 30 juin ? »."""
    folded = fold(text)
    if not LIMITING.search(folded) or _OTHER_ASKED.search(folded):
        return []
    days = [q for q in quantities(text) if q.kind == "date"]
    return [q for q in days if _AS_LIMIT.search(fold(text[: q.start]))]


def assumed(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) that the question takes for granted."""
    taken = [
        match.span("said")
        for pattern in (_GIVEN, _BEING, _TAGGED, _WHY, _REPORTED, _CONFIRMED)
        for match in pattern.finditer(text)
    ]
    stated = [m.span("said") for p in (_PARTICIPLE, _SO) for m in p.finditer(text)]
    leading = _LEADING.match(text)
    if leading is not None and _is_said(leading["said"]):
        stated.append(leading.span("said"))
    return taken + [one for one in stated if not _ASKING.search(_uncleft(text[slice(*one)]))]


def tags(text: str) -> str:
    """The words that only ask to confirm: « c'est bien ça », « non »."""
    return " ".join(text[m.end("said") : m.end()] for m in _TAGGED.finditer(text))


def presupposed(text: str, spans: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Quantities, years and bare months aside, that stand in assumed ``spans``, that are said of a
    thing supposed to exist (« les 12 objectifs »), that a sentence states, or ``proposed``."""
    states, put = _states(text), proposed(text)
    return [
        q
        for q in quantities(text)
        if q.kind != "year"
        and (q.kind != "month" or _WHOLE_MONTH.search(fold(text[: q.start])))
        and (
            states
            or q in put
            or any(start <= q.start and q.end <= end for start, end in spans)
            or _DEFINITE.search(text[: q.start])
        )
        and not (q.kind == "amount" and _OF_ONES_OWN.search(fold(text[: q.start])))
        and not _alternative(q, text)
        and not is_age(q, text)
    ]


def _uncleft(said: str) -> str:
    """A folded clause, « c'est la loi qui crée » told as « la loi crée », « l'agent qui signe
    est… » as « l'agent est… », « n'a qu'un an » as « a un an »: none of them asks."""
    plain = _CLEFT.sub(r"\1 ", fold(said).strip())
    return _RELATIVE.sub(r"\1", _RESTRICTED.sub(" ", plain))


def _is_said(clause: str) -> bool:
    """Whether a clause states something: it has a verb and no word that asks."""
    plain = f"{_uncleft(clause)} "
    cleft = _CLEFT.match(fold(clause).strip())
    return bool(_STATING.search(plain) or _ACTING.search(plain) or cleft)


def _states(text: str) -> bool:
    folded = fold(text).strip()
    return not _ASKING.search(folded) and bool(_STATING.search(folded))


def _alternative(quantity: Quantity, text: str) -> bool:
    """« 6 ou 11 »: a choice is asked, not presupposed."""
    after, before = text[quantity.end : quantity.end + 25], text[: quantity.start][-25:]
    return bool(re.search(r"\bou\b", f"{before} | {after}", re.IGNORECASE))


def is_age(quantity: Quantity, text: str) -> bool:
    """« moins de 21 ans », « les 5 ans de la loi »: an age, not a delay."""
    years = quantity.kind == "duration" and quantity.value.split()[1] in ("an", "ans")
    return years and bool(_AGE.search(text[: quantity.start]))


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, kept for the next reading."""
    return tuple(find_quantities(text))
