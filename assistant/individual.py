"""Whether a question is about one person's situation: who writes, or someone given.

« Un jeune de 19 ans », « une mamie », « mon département », « chez nous » ask for a rule.
"""

import re

from assistant.privacy import MASK
from corpus.lexicon import fold

_SOMEONE = "personne-masquee"
_OWN = (
    r"(?:(?:petits?|jeunes?|deux|trois|quatre|ex|propres?) )?"
    r"(?:fils|filles?|enfants?|bebes?|ados?|neveux?|nieces?|cousine?s?|petits?-fils"
    r"|petites?-filles?"
    r"|petits?-enfants?|ex|ex-\w+|mari|femme|conjointe?|compagn\w+|copine?|voisine?s?|parents|papa"
    r"|maman|(?:beau-|grand-)?(?:peres?|freres?)|(?:belle-|grand-)?(?:meres?|soeurs?)|oncle|tante"
    r"|mamie|papi|dossier|agrement|droits|situation|cas|placement|eleves?"
    r"|educ\w*|famille d'accueil|assistante? sociale?|avocate?|juge|visites|allocations?"
    r"|contrat jeune majeur|demande d(?:e contrat|'aide|'adoption|e logement|'agrement))"
)
_GIVEN = (
    r"(?:mm?e|mlle|mr?\.?|monsieur|madame|petite?|jeune|enfant|fils|fille|garcon|frere|soeur|bebe"
    r"|eleve|neveu|niece|famille|fratrie|epoux|couple|mere|pere|parents|situation|cas|nomme|pour"
    r"|educat\w+|familiale|voisine?|oncle|tante|ex)"
)
_DOES = (
    r"(?:peut|doit|est|a|va|vit|veut|sort|refuse|conteste|demande|ne|n'|releve|dort|fugue|et|aura"
    r"|sera|risque|attend|pourra|devra)"
)
_TAKEN = r"(?:retir|plac|refus|pris|enlev|coup|mis|vir|expuls|rejet|confi|suspend|suspendu|propos)"
_INDIVIDUAL = re.compile(
    "|".join(
        (
            rf"\b(?:mon|ma|mes|notre|nos) {_OWN}\b(?! (?:accueillis?|accueillies?"
            rf"|place a l'hotel))",
            # What the one who writes is, or asks for themselves.
            r"\bj'ai (?:bientot |presque |eu |deja )?(?:\d+|dix|seize|quinze|quatorze"
            r"|vingt)[\w-]* ans\b",
            r"\bje viens d'avoir \d+ ans\b|\bje vais avoir \d+ ans\b|\bj'aurai \d+ ans\b",
            r"\bj(?:e |')(?:suis|etais|ai ete) (?:(?:un|une|le|la|l'|en|encore"
            r"|aussi) ?)?(?:ancien\w* )?"
            r"(?:mineure?|enceinte|placee?|mere|pere|parents?|grand-(?:mere|pere)|tante|oncle"
            r"|soeur|frere"
            r"|foyer|famille d'accueil|mecs|enfant place\w*|jeune|mna|sortie? de|majeure? "
            r"|handicape\w*"
            r"|a la rue|sans papiers|temoin|suivie? par l'ase|confiee?)",
            r"\bje sors (?:de l'ase|du foyer|de (?:mecs|prison|famille d'accueil))\b",
            r"\b(?:ai|puis|pourrais|vais|dois)[- ]je (?:encore |avoir |pouvoir )*(?:le |la |l')?"
            r"(?:droit|eligible|toucher|beneficier|recuperer|voir (?:m|l)|accueillir"
            r"|garder"
            r"|devenir|rester|reclamer|refuser|adopter)",
            r"\b(?:puis|pourrais|vais)[- ]je (?:obtenir|recevoir) (?:une? )?(?:aide|logement"
            r"|prime|contrat)",
            r"\bsuis[- ]je (?:eligible|concerne|oblige|en droit)\w*|\bj'ai (?:le )?droit\b",
            r"\b(?:est[- ]ce que|si) je (?:peux|pourrai|pourrais) (?:avoir|toucher|rester|garder"
            r"|voir"
            r"|recuperer|beneficier|obtenir)\b|\bj(?:e |')(?:voudrais|veux|souhaite"
            r"|aimerais) (?:accoucher"
            r"|adopter|recuperer|revoir|porter plainte|quitter|partir|retourner|changer de)",
            r"\bje (?:ne )?(?:peux|vois|veux) (?:pas|plus) (?:voir|rentrer|retourner|(?:mes|mon"
            r"|ma))",
            # What was done to them.
            rf"\b(?:on|ils|elles?|il|\w+) (?:m'|nous )(?:a|ont|avait) (?:deja )?{_TAKEN}\w*",
            rf"\b(?:m'a|m'ont|nous a) (?:donne|accorde)\b|\b(?:m'a|m'ont|nous a"
            rf"|nous ont) ete {_TAKEN}",
            r"\b(?:me|nous) (?:refuse|reclame|coupe|retire|met dehors|doit(?:-il|-elle)?|doivent"
            r"|garde)\w*\b",
            r"\bva(?:-t-on| t on|nt-ils)? me (?:garder|couper|placer|retirer|mettre)\b"
            r"|\bqui m'aide\b",
            r"\brefuse\w* (?:de me|de nous|que je|qu'on)\b|\bme doit-il\b|\bpeut-on me\b",
            r"\b(?:placer|recuperer|reprendre|enlever|separer|garder|revoir|voir) (?:mon|ma|mes"
            r"|notre|nos)"
            rf" {_OWN}\b|\bmon (?:foyer|educ\w*) (?:me|refuse|dit|veut)\b"
            rf"|\bma demande\b(?!.{{0,20}}avenant)",
            r"\bdans (?:mon|notre) cas\b",
            # Someone given, masked before.
            rf"\b{_GIVEN}\.? (?:de |d')?{_SOMEONE}|{_SOMEONE},? (?:\(?\d+ (?:ans|mois)\b"
            rf"|{_DOES}\b)",
            rf"{_SOMEONE},? age\w* de",
        )
    )
)


def is_individual(text: str) -> bool:
    """Whether the question is about a person's own situation, or that of someone given.

    Args:
        text: a question, its names masked: they tell that someone is given.
    """
    return bool(_INDIVIDUAL.search(fold(text.replace(MASK, _SOMEONE))))
