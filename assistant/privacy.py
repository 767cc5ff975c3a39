"""What a question must not carry away: personal data is masked, danger is answered first.

Detection is by shape only (numbers, addresses) and by plain French cues; not storing is what
protects, this warns.
"""

import re

from corpus.lexicon import fold

MASK = "[donnée masquée]"
_PERSONAL = (
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    re.compile(r"(?<!\d)(?:\+33|0033|0)\s?[1-9](?:[ .-]?\d{2}){4}(?!\d)"),
    re.compile(r"(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}"
               r"(?: ?\d{2})?(?!\d)"),
)
_CHILD = (
    r"(?:enfant|mineure?|bebe|nourrisson|fils|fille|garcon|gamine?|petite?|eleve|neveu|niece|ado"
    r"|adolescente?|frere|soeur|jeune|voisine?)s?"
)
_HARM = (
    r"(?:frapp\w+|tap(?:e|ent|er)|bat(?:tu\w*|tent|tre)?|coups?|viol(?:e|ee|ees|er|ent)?|abus\w*"
    r"|agress\w+|maltrait\w+|sevices|bleus|hematomes?|secoue\w*|attouche\w+|seuls? la nuit"
    r"|en danger|suicid\w*|fugue\w*|insult\w+|menac\w+|brul\w+|affame\w*|crie\w*|hurle\w*|inceste)"
)
_DANGER = re.compile(rf"\b{_CHILD}\b.{{0,80}}\b{_HARM}\b|\b{_HARM}\b.{{0,80}}\b{_CHILD}\b")
_CLOSE = re.compile(
    rf"\b(?:mon|ma|mes|voisine?s?|je|j'ai|j'entends|on m'a|chez (?:moi|eux|elle|lui))\b"
    rf"|\b{_CHILD} de \w+ ans\b|\bil a \d+ ans\b|\b(?:aide|secours|urgen\w+|que faire)\b"
)
_INDIVIDUAL = re.compile(
    r"\b(?:ai-je|ai je|puis-je|puis je|suis-je|suis je|dois-je)\b.{0,60}\b(?:droit|aide|contrat"
    r"|toucher|beneficier|eligible|obtenir|recevoir|prise? en charge)"
    r"|\bj'ai (?:\d+|dix|seize|vingt)[\w-]* ans\b|\bma situation\b|\bmon (?:fils|ex|mari|dossier)\b"
    r"|\bma (?:fille|femme|compagne|voisine|niece)\b|\bmes enfants?\b|\bmon (?:enfant|neveu|voisin)\b"
    r"|\b(?:est|a)[- ](?:il|elle) droit\b|\bj'ai droit\b"
    r"|\b(?:le|la|un|une) (?:petite?|jeune|enfant|mineure?|fille|garcon) [a-z]+,? \d+ ans\b"
    r"|\bon m'a\b|\bmon agrement\b|\bmes droits\b"
    r"|\bage[e]? de \w+ ans\b"
)


def masked(text: str) -> str:
    """``text`` with e-mail addresses, telephone and social security numbers replaced."""
    for pattern in _PERSONAL:
        text = pattern.sub(MASK, text)
    return text


def smells_of_danger(text: str) -> bool:
    """Whether someone seems to speak of a real child in danger now."""
    folded = fold(text)
    return bool(_DANGER.search(folded) and _CLOSE.search(folded))


def is_individual(text: str) -> bool:
    """Whether the question is about a person's own situation or entitlement."""
    return bool(_INDIVIDUAL.search(fold(text)))
