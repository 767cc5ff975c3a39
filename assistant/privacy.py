"""What a question must not carry away: personal data is masked, danger is answered first.

Detection is by shape only (numbers, addresses) and by plain French cues; not storing is what
protects, this warns.
"""

import re
import unicodedata

from corpus.lexicon import fold

MASK = "[donnée masquée]"
_PERSONAL = (
    re.compile(
        r"(?<!\d)[12][\s.-]?\d{2}[\s.-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.-]?(?:\d{2}|2[ABab])"
        r"[\s.-]?\d{3}[\s.-]?\d{3}(?:[\s.-]?\d{2})?(?!\d)"
    ),
    re.compile(
        r"(?:[\w+-]{1,40}\s?\.\s?){0,3}[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){1,4}"
    ),
    re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}(?:\s?[A-Z\d]{1,3})?\b"),  # IBAN
    re.compile(r"\bn[ée]{1,2}e?s? le \d{1,2}(?:er)?[ /.-]\w+[ /.-]\d{2,4}", re.IGNORECASE),
    re.compile(r"\+(?:262|590|594|596|687|689)(?:[\s.-]?\d{2,3}){3,5}(?!\d)"),
    re.compile(r"(?<!\d)0(?:[\s.-]?\d){9}(?!\d)"),
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    re.compile(
        r"(?<!\d)(?:(?:\+|00)33(?:\s?\(0\))?|0)\s?[1-9]"
        r"(?:(?:[\s.-]?\d{2}){4}|(?:/\d{2}){4})(?!\d)"
    ),
)
_CHILD = (
    r"(?:enfant|mineure?|bebe|nourrisson|fils|fille|garcon|gamine?|petite?|eleve|neveu|niece|ado"
    r"|adolescente?|frere|soeur|jeune|voisine?|gosse|mome|cousine?|collegien(?:ne)?"
    r"|lyceen(?:ne)?)s?"
)
_HARM = (
    r"(?:frapp\w+|tap(?:e|ent|er)|bat(?:tu\w*|tent|tre)?|coups?|viol(?:e|ee|ees|er|ent)?|abus\w*"
    r"|agress\w+|maltrait\w+|sevices|bleus|hematomes?|secoue\w*|attouche\w+|seuls? la nuit"
    r"|en danger|suicid\w*|fugue\w*|insult\w+|menac\w+|brul\w+|affame\w*|crie\w*|hurle\w*|inceste"
    r"|violences?|victimes?|cogn\w+|tabass\w+|roue\w* de coups|enferme\w*|sequestr\w+|prive\w*"
    r"|mang(?:e|er)|pleure\w*|touche\w*|fait du mal|photos? nues?|peur)"
)
_DANGER = re.compile(rf"\b{_CHILD}\b.{{0,80}}\b{_HARM}\b|\b{_HARM}\b.{{0,80}}\b{_CHILD}\b")
# What an agent writes of the work: « dans mon département », « je prépare une note ».
_WORK = (
    r"(?:departements?|notes?|services?|collectivite|president\w*|direct\w+|equipes?|collegues?"
    r"|rapports?|dossiers?|contrats?|territoires?|deliberation|convention|missions?|question)"
)
_STUDY = (
    r"(?:(?:re)?cherche (?:la|le|les|l'|une?|des|quel)|prepare|redige|relis|travaille|lis|souhait"
    r"|(?:voudrais|veux|dois|aimerais) (?:savoir|connaitre|citer|rediger|presenter))"
)
_CLOSE = re.compile(
    rf"\b(?:mon|ma|mes)\b(?! {_WORK}\b)|\bje\b(?! {_STUDY})"
    rf"|\b(?:voisine?s?|j'ai|j'entends|on m'a|chez (?:moi|eux|elle|lui))\b"
    r"|\b(?:du dessous|du dessus|d'a cote|ses gosses)\b"
    rf"|\b{_CHILD} de \w+ ans\b|\bil a \d+ ans\b|\b(?:aidez|aide[- ]moi|a l'aide|au secours"
    rf"|urgent|c'est une urgence|que faire|qui (?:prevenir|appeler|alerter)|du quartier"
    rf"|a qui (?:le |la |les )?signaler)\b"
)
# Someone who speaks of their own harm names no child: « mon père me frappe ».
_HIT = r"(?:frapp\w+|tap(?:e|ent|er?)|bat(?:s|tent|tu)?|viol(?:e|ent|ee?)|maltrait\w+|agress\w+)"
_KIN = (
    r"(?:(?:beau-|grand-)?(?:pere|frere)|(?:belle-|grand-)?(?:mere|soeur)|papa|maman|parents"
    r"|oncle|tante|cousine?|copain|educat\w+|entraineur|prof\w*)"
)
_SELF = re.compile(
    rf"\b(?:on|il|elle|ils|elles|qui|{_KIN}) (?:me |m'(?:a |ont )?){_HIT}\b"
    rf"|\b(?:mon|ma|mes) {_KIN} (?:me |m'(?:a |ont )?)(?:touche\w*|abus\w+|force\w*|enferm\w+)"
    rf"|\bje (?:suis|me fais) (?:{_HIT}|abuse\w*|battue?s?|en danger)\b"
    r"|\bje (?:veux|vais) (?:mourir|en finir|me (?:tuer|suicider))\b|\benvie de mourir\b"
    r"|\bje me (?:scarifie|mutile|coupe|fais violer)\b|\bj'ai ete (?:viole|agresse|abuse|battu)\w*"
    r"|\bpeur de rentrer\b|\bje suis (?:enceinte de mon|en fugue|sequestre\w*|violente\w*"
    r"|victime de)\b|\bje dors dehors\b|\bmarie\w* de force\b|\bnumero (?:d')?enfance en danger\b"
    rf"|\b{_KIN} (?:me |m'a ?|ma |nous )?(?:il |elle )?(?:me |nous )?"
    r"(?:viole?e?|fait du mal|fait des choses|cogne|tape|bat)\b"
    r"|\b(?:il|elle) (?:m'a|ma) touchee?\b"
    r"|\b(?:ils?|elles?|on|et) nous (?:cogne\w*|tape\w*|prive\w*|batt\w+|frapp\w+)"
)
_INDIVIDUAL = re.compile(
    r"\b(?:ai-je|ai je|puis-je|puis je|suis-je|suis je|dois-je)\b.{0,60}\b(?:droit|aide|contrat"
    r"|toucher|beneficier|eligible|obtenir|recevoir|prise? en charge)"
    r"|\bj'ai (?:\d+|dix|seize|vingt)[\w-]* ans\b|\bma situation\b|\bmon (?:fils|ex|mari|dossier)\b"
    r"|\bma (?:fille|femme|compagne|voisine|niece)\b|\bmes (?:enfants?|parents)\b"
    r"|\bmon (?:enfant|neveu|voisin)\b"
    r"|\bmon (?:beau-)?(?:pere|frere|oncle)\b|\bma (?:belle-)?(?:mere|soeur|tante)\b"
    r"|\b(?:est|a)[- ](?:il|elle) droit\b|\bj'ai droit\b"
    r"|\b(?:le|la|un|une) (?:petite?|jeune|enfant|mineure?|fille|garcon) [a-z]+,? \d+ ans\b"
    r"|\bon m'a\b|\bmon agrement\b|\bmes droits\b"
    r"|\bage[e]? de \w+ ans\b"
)


def masked(text: str) -> str:
    """``text`` with addresses, telephone, bank and social security numbers, birth dates replaced.

    Full-width signs are read as the plain ones (NFKC), but only where something is masked.
    """
    plain = unicodedata.normalize("NFKC", text)
    if any(pattern.search(plain) for pattern in _PERSONAL):
        text = plain
    for pattern in _PERSONAL:
        text = pattern.sub(MASK, text)
    return text


def smells_of_danger(text: str) -> bool:
    """Whether someone seems to speak of a real child in danger now."""
    folded = fold(text)
    return bool(_SELF.search(folded) or (_DANGER.search(folded) and _CLOSE.search(folded)))


def is_individual(text: str) -> bool:
    """Whether the question is about a person's own situation or entitlement."""
    return bool(_INDIVIDUAL.search(fold(text)))
