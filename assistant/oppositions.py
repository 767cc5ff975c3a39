"""Words that can't both be true of one thing: optional or obligatory, replaced or completed,
taking part or refusing to, done by one actor or by another."""

import re
from collections.abc import Iterable, Sequence

from assistant.denials import denying
from assistant.doers import other_actor, shared
from assistant.evidence import Evidence
from assistant.opposing import NEGATED, NOT, Share, affirmed, sided
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold

# What a question takes for granted, then what a quote says to the contrary (folded text).
_OPPOSITES = tuple(
    (re.compile(said), re.compile(contrary))
    for said, contrary in (
        (
            r"\bfacultati\w+|\bvolontaires?\b|\bpas obligatoires?\b|\boptionnel\w*",
            r"(?<!pas )\bobligatoires?\b|\bobligation\b",
        ),
        (
            r"(?<!pas )\b(?:obligatoires?|oblige(?:es?|s|nt)?\b|tenue?s? de\b|contrai[nt]\w+"
            r"|(?:force|forcent|impose|imposent) (?!majeure)"
            r"|(?:est|reste) une obligation)",
            r"\bfacultati\w+|\bvolontaires?\b|\b(?:pas (?:une )?|sans )obligat\w+",
        ),
        (
            r"(?<!pas )\b(?:interdi[st]|prohibe)\w*"
            r"|\bn'\w+ (?:plus|pas) (?:du tout )?le droit d[e']"
            r"|\bne peu\w+ plus\b",
            r"\b(?:est|sont|restent?|demeurent?) (?:autoris|permis)\w*|\bpermet(?:tent)?\b"
            r"|\b(?:garde|conserve)\w* la (?:faculte|possibilite)\b"
            r"|\bpeu(?:t|vent) (?:encore|toujours|continuer)\b",
        ),
        (
            r"(?<!pas )\b(?:(?:autoris|permis|permet)\w*|laisse(?:nt)?\b|possibles?\b)",
            r"\b(?:interdi\w+|prohib\w+)",
        ),
        (
            r"\b(?:totalite|totalement|integral\w+|entier\w*|100 ?%)",
            r"\b(?:parts? egales?|cofinanc\w+|moitie|a parite|partage\w*)\b",
        ),
        (
            r"\b(?:chang|modifi|boulevers|remplac|abrog|supprim)\w+",
            r"\b(?:reconduit|maintenu|inchange)\w*|\brestent? (?:les memes|valables?)\b",
        ),
        (
            r"(?<!pas )(?<!non )\bseule?s?\b",
            r"\bconjoint\w*|\ben commun\b|\btripartites?\b",
        ),
        (
            r"\bsans (?:aucune |la moindre )?conditions?\b|\binconditionnel\w*",
            r"\bconditionne\w*|\bsoumise?s? a (?:une |des |trois )?condition"
            r"|\bsous (?:reserve|condition)",
        ),
        (
            r"\b(?:d'office|automatique(?:ment)?|systematique(?:ment)?|spontanement)\b",
            r"\bs(?:i |')(?:elles?|ils?|on) (?:l[ea] |en )?(?:demand|souhait)\w+"
            r"|\b(?:a|sur) (?:sa|leur) demande\b",
        ),
        (
            r"\baucune? \w+ n(?:e |')(?:\w+ )?(?:exig|demand|requi|obligat|impos|prev|fall|faut)\w*"
            r"|\bsans (?:aucune? |la moindre )?(?:pieces?|justificatifs?|contreparties?)\b",
            r"\bconditionne\w*|\bobligatoires?\b|\bexige\w*"
            r"|\bdoi(?:t|vent) (?:produire|remettre|fournir|presenter)\b",
        ),
        (
            r"\b(?:partag|repart|vers|coup|divis|attribu)\w+ (?:\w+ )?(?:a |en )(?:\w+ )?"
            r"(?:parts? (?:egales?|identiques?)|egalite)\b",
            r"\bpas (?:\w+ )?(?:de |en |a )?parts egales\b|\binega\w+",
        ),
        (
            r"\b(?:desormais|deja|en vigueur|en place)\b",
            r"\bpas (?:encore )?(?:entree?s? )?en (?:vigueur|place)\b"
            r"|\bpas (?:encore )?(?:adopte|promulgu|publie|par)\w*\b|\bne figure(?:nt)? pas\b",
        ),
        (
            r"\b(?:remplac|abrog|annul|supprim)\w+",
            rf"\bcomplet(?:e|ent|ant)\b|{NOT}(?:remplac|abrog|annul|supprim)\w+"
            r"|\bne (?:l[ae] |les |l')?(?:remplac|abrog|annul|supprim)\w+ pas\b",
        ),
    )
)
_ONLY = re.compile(
    r"\b(?P<before>\w{4,}) (?:uniquement|seulement|exclusivement)\b"
    r"|\b(?:uniquement|seulement|exclusivement) (?:(?:par|en|au|a) )?(?P<after>\w{4,})\b"
)
_REFUSES = re.compile(
    r"\brefus\w*|\brejet\w*|\bpas ete retenue?\b|\bnon retenue?\b|\bpas candidat\w*|\bpas signe\w*"
)


def contrary(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """The best quote that says the contrary of ``said``, unless another near one agrees."""
    folded = fold(said)
    for claim, opposite in _OPPOSITES:
        match = claim.search(folded)
        if match is None or NEGATED.search(folded):
            continue
        quotes = [(fold(one.unit.text), one) for one in candidates]
        sides = [
            (bool(claim.search(affirmed(quote))), bool(opposite.search(quote)), one)
            for quote, one in quotes
        ]
        found = sided(sides, share, match[0])
        if found is not None:
            return found
    return (
        _refusing(said, candidates)
        or _either(folded, candidates, share)
        or shared(folded, candidates, share)
        or other_actor(folded, candidates, share)
        or denying(said, candidates, share)
    )


def _either(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote that offers a choice of which ``said`` keeps one term only: « par écrit
    uniquement », « par écrit ou oralement »."""
    only = _ONLY.search(said)
    if only is None:
        return None
    word = re.escape(only["before"] or only["after"])
    choice = re.compile(rf"\b{word} ou \w+|\w+ ou (?:(?:par|en|au|a) )?{word}\b")
    quotes = [(fold(one.unit.text), one) for one in candidates]
    sides = [(bool(_ONLY.search(q)), bool(choice.search(q)), one) for q, one in quotes]
    return sided(sides, share, only[0])


def _refusing(said: str, candidates: Iterable[Evidence]) -> Evidence | None:
    """A quote by which a collectivité, said to take part, refuses or isn't retained."""
    codes = {m.collectivite.code for m in find_collectivites(f". {said}")}
    if not codes or _REFUSES.search(fold(said)):
        return None
    for one in candidates:
        named = {m.collectivite.code for m in find_collectivites(f". {one.unit.text}")}
        if codes & named and one.fits and _REFUSES.search(fold(one.unit.text)):
            return one
    return None
