"""Whether a question is about one person's situation: who writes, or someone given.

« Un jeune de 19 ans », « une mamie », « mon département », « chez nous » ask for a rule; so do a
service that says « nos ados », « on nous réclame », and who names the author of a report.
"""

import re

from assistant.decisions import asks_the_rule, is_asked_to_decide
from assistant.kin import SOMEONE as _SOMEONE
from assistant.privacy import MASK
from corpus.lexicon import fold

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
_KIN = (
    r"(?:fils|filles?|enfants?|bebes?|ados?|neveux?|nieces?|parents|petits?-enfants?|jumeaux"
    r"|jumelles)"
)
_SAID_OF_THEM = (
    r"(?=(?: \w+s?)?,? (?:nous|sont|ont|vont|ne|n'|veulent|viennent|etaient|avaient|vivent|dorment"
    r"|chez)\b(?!-))(?! accueilli| confie| places? (?:chez|en|a l'hotel) un| de l'ase| suivi)"
)
_TAKEN = r"(?:retir|plac|refus|pris|enlev|coup|mis|vir|expuls|rejet|confi|suspend|suspendu|propos)"
_WHOM = (
    r"\w*\b(?! (?:des? |les |la |le |l'|du |un |une )?(?:credit|fonds|dotation|enveloppe|place"
    r"|poste|\d[\d ,.]*(?:e\b|k?€|euros|millions|%)))"
)
_INTIMATE = (
    rf"(?:(?:mon|ma|mes|notre|nos) {_KIN}\b(?! de l'ase| confie| accueilli| suivi)|agrement\b"
    r"|droit de visite|garde\b|chez nous\b|adopter|adoption)"
)
# « Mmes X et Y, leur commission »: who signs a report is no case.
_CIVIL = r"(?:mm(?:es?|s)?|m|mlles?|mrs?|messieurs|mesdames|monsieur|madame)\.?"
_AUTHORS = re.compile(
    rf"\b{_CIVIL} (?:\w+ )?(?:{_SOMEONE}|[\w-]+)(?:,? et (?:{_CIVIL} )?(?:{_SOMEONE}|[\w-]+))?,? "
    r"(?:leur (?:commission|rapport|mission|audition|proposition|avis|amendement|etude)"
    r"|(?:son|sa) (?:rapport (?:parlementaire|de mission|d'information|propose|compte|dit)"
    r"|proposition de loi|amendement|audition (?:au|a l')|commission d'enquete|ministere|discours))"
)
# Who asks presents themselves, or names someone they work with: no case, unless the question then
# speaks of that person's children, agrément or file.
_ROLE = (
    r"(?:collegues?|chef(?:fe)?s?|direct\w+|dg[sa]s?|elue?s?|(?:vice-)?president\w*|depute\w*"
    r"|senat\w+|ministre|prefete?|inspect\w+|referente?|chargee?s? (?:de|d')|controleu\w+"
    r"|auditeu\w+|attachee?|conseill\w+|cadre|responsable|coordinat\w+|format(?:eur|rice)"
    r"|consultante?|prestataire|interlocut\w+|remplacante?|gestionnaire|juriste|redact\w+"
    r"|adjointe?|stagiaire|secretaire)"
)
_OFFICE = (
    r"(?:service|pole|direction|bureau|cellule|crip|pmi|ars|ddets|dgcs|prefecture|departement|ase"
    r"|odpe|mission|cabinet|cd|conseil)"
)
_WHO = (
    rf"(?:{_CIVIL} )?(?:le |la )?(?:{_ROLE} )?{_SOMEONE}(?: et (?:{_CIVIL} )?{_SOMEONE})?"
    r"(?!,? \(?\d+ (?:ans|mois)|,? (?:mineur|mna|pere|mere))"
)
_WORKING = re.compile(
    "|".join(
        (
            rf"\b{_ROLE}\b(?:,? [\w'-]+){{0,3}},? (?:de )?{_CIVIL} {_SOMEONE}",
            rf"\b{_ROLE} (?:\w+ )?{_WHO}",
            rf"{_WHO},? \(?(?:est(?:-elle|-il)? |bien )*(?:(?:mon|ma|notre|la|le) |l')?(?:\w+ )?"
            rf"{_ROLE}",
            rf"\b{_CIVIL} {_SOMEONE},? \(?(?:du |de la |de l'|des |au )?{_OFFICE}\b",
            r"\b(?:je suis|je m'appelle|moi c'est|ici|signee?|cordialement|bien a vous|salutations"
            rf"|de la part de)(?: ?[:,])? {_WHO}",
            r"\b(?:je remplace|(?:je )?travaille avec|repondre a|attendue? par|a l'attention de"
            rf"|ecris pour|reunion avec|equipe et|{_OFFICE} de) {_WHO}",
            rf"{_WHO},? (?:me|nous) (?:demande|charge|reclame)\w*",
            rf"{_WHO},? (?:demande|veut savoir|cherche|souhaite savoir|dit que|a besoin)"
            r"(?: (?:si|combien|quand|quel\w*|qui|ce|le|la|les|du)\b| ?[:,])?(?! (?:a|de)\b)",
        )
    )
)
_THEIR_OWN = re.compile(
    r"\b(?:son|sa|ses|leurs?) (?:\w+ )?(?:fils|filles?|enfants?|bebe|petite?s?|petit-\w+|neveu"
    r"|niece|soeur|frere|agrement|droits?|dossier|placement|logement)\b|\brecuperer\b"
    r"|\bdroit de visite\b|\b(?:est|sont|ete) (?:placee?s?|confiee?s?|retiree?s?)\b"
)
# Who alerts is no party to the case, and who presents their trade asks for its rule.
_ALERTER = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) (?:\w+ )?(?:voisine?s?|amie?s?|cousine?s?|soeur|frere|mere|pere)"
    r" (?:a|ont|avait) (?:deja )?(?:alert|signal|prevenu|appel|ecrit a|contact)\w*"
    r"(?=.{0,200}\b(?:retour|nouvelles?|savoir|informee?|reponse|devenu|suite)\b)"
)
_TRADE_NAME = (
    r"(?:une? )?(?:future? )?(?:assistante? (?:familiale?|maternelle?|sociale?)|famille d'accueil"
    r"|ass?fam|assmat|educat\w+|puericultrice|infirmiere|psychologue|medecin|tiss?f|travailleu\w+"
    r"|(?:direct|chef|refer|respons|cadre|inspect|charg|coord|juriste|conseill)\w*)\b"
)
_TRADE = re.compile(rf"\bj(?:e |')suis {_TRADE_NAME}")
_OF_A_TRADE = re.compile(
    rf"\b(?:mon|ma) (?:\w+ )?(?:voisine?|amie?|soeur|frere|mere|pere|femme|mari|conjointe?|fille"
    rf"|fils|cousine?|tante) est {_TRADE_NAME}"
)
_RIGHT = re.compile(
    r"\b(?:ai-je|j'ai) (?:le )?droit\b|\bsuis[- ]je (?:eligible|concerne|oblige|en droit)\w*"
    r"|\b(?:puis|dois)-je (?:encore )?(?:accueillir|garder|refuser|beneficier)\b"
)
_INDIVIDUAL = re.compile(
    "|".join(
        (
            rf"\b(?:mon|ma|mes|notre(?! educ)) {_OWN}\b(?! (?:accueillis?|accueillies?"
            rf"|place a l'hotel))",
            # A service says « nos ados » too: of its own, a family tells something.
            rf"\bnos {_KIN}\b{_SAID_OF_THEM}",
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
            rf"\b(?:on|ils|elles?|il|\w+) m'(?:a|ont|avait) (?:deja )?{_TAKEN}\w*",
            r"\b(?:m'a|m'ont) (?:donne|accorde)\b(?! (?:l'|les? |la |une? )(?:avenant|textes?"
            r"|circulaire|instruction|document|rapport|fichier|tableau|mission|date|chiffres?|copie))"
            rf"|\b(?:m'a|m'ont|nous a|nous ont) ete {_TAKEN}",
            rf"\bnous (?:a|ont|avait) (?:deja )?(?:retir|plac|enlev|expuls|mis dehors|vir){_WHOM}",
            r"\bme (?:refuse|reclame|coupe|retire|met dehors|doit(?:-il|-elle)?|doivent|garde)"
            r"\w*\b",
            # An office is refused credits, a family an agrément.
            rf"\bnous (?:(?:a|ont|avait) (?:deja )?(?:{_TAKEN}|donne|accorde)\w*|(?:refuse|reclame"
            rf"|coupe|retire|met dehors|doit|doivent|garde)\w*)\b(?=.*\b{_INTIMATE})"
            rf"|\b{_INTIMATE}.*\bnous (?:refuse|reclame|coupe|retire|doit|doivent|garde)\w*\b",
            r"\bva(?:-t-on| t on|nt-ils)? me (?:garder|couper|placer|retirer|mettre)\b"
            r"|\bqui m'aide\b",
            r"\brefuse\w* (?:de me|de nous|que je|qu'on)\b|\bme doit-il\b|\bpeut-on me\b",
            r"\b(?:placer|recuperer|reprendre|enlever|separer|garder|revoir|voir) (?:mon|ma|mes"
            r"|notre|nos)"
            rf" {_OWN}\b|\bmon (?:foyer|educ\w*) (?:me|refuse|dit|veut)\b"
            rf"|\bma demande\b(?!.{{0,20}}avenant)",
            r"\bdans (?:mon|notre) cas\b",
            r"(?:^|[,;:(] ?)nee? (?:en|le) ",  # whoever it is, that one alone
            # Someone given, masked before.
            rf"\b{_GIVEN}\.? (?:de |d')?{_SOMEONE}|{_SOMEONE}\.?,? (?:\(?\d+ (?:ans|mois)\b"
            rf"|{_DOES}\b)",
            rf"{_SOMEONE},? (?:age\w* de|mineure?\b|mna\b|nee? (?:en|le)|enceinte"
            r"|(?:pere|mere) de)",
        )
    )
)


# « Léa, 17 ans et demi, »: whose case it is; « après ses 18 ans » is what is asked.
_PARTICULAR = re.compile(
    rf"{re.escape(MASK)}\.?"
    r"|(?:(?<=[,;(])|(?<=^)|\b(?:âgée? de|agee? de|de|a|ai) )\s*\d{1,2} (?:ans|mois)(?: et demie?)?"
    r"(?=\s*[,;:.)?]|$| et\b)",
    re.IGNORECASE,
)


def without_particulars(text: str) -> str:
    """A question about a person without who it is and how old: what is left asks for the rule."""
    return " ".join(_PARTICULAR.sub(" ", text).split())


def is_individual(text: str) -> bool:
    """Whether the question is about a person's own situation, or that of someone given.

    Args:
        text: a question, its names masked: they tell that someone is given.
    """
    low = fold(text.replace(MASK, _SOMEONE)).replace(f"{_SOMEONE}.,", f"{_SOMEONE},")
    low = _AUTHORS.sub(" ", low)
    if asks_the_rule(low):
        return False
    if not _THEIR_OWN.search(low):
        low = _WORKING.sub(" ", low)
    low = _OF_A_TRADE.sub(" ", _ALERTER.sub(" ", low))
    if _TRADE.search(low):
        low = _RIGHT.sub(" ", low)
    return bool(_INDIVIDUAL.search(low)) or is_asked_to_decide(low)
