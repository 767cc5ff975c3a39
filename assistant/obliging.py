"""Who is obliged, and to do what: a duty of those who look after children, or what an adult makes
a child do.

« On est obligés de prendre en charge les jeunes ? » and « le département est obligé de… » ask
about a duty; « il l'oblige à dormir par terre » tells of a danger. Patterns on folded text.
"""

import re

from assistant.kin import ADULT, CHILD, KIN

_THE = r"(?:les? |la |l'|une? |des |cette? |ces |chaque |nos |notre |tou(?:te)?s les )"
_BODY = (
    r"(?:departements?|conseils? departementa\w+|presidents?\w*|collectivites?|metropoles?|regions?"
    r"|communes?|mair(?:es?|ies?)|etats?|prefets?|prefectures?|ars|ase|pmi|crip|pjj|caf|parquets?"
    r"|procureurs?|juges?|magistrats?|tribuna(?:l|ux)|avocate?s?|services?|etablissements?"
    r"|structures?|associations?|foyers?|mecs|pouponnieres?|creches?|ecoles?|colleges?|lycees?"
    r"|hopita(?:l|ux)|maternites?|directeurs?|directrices?|professionnel\w*|medecins?|referente?s?"
    r"|travailleurs? socia\w+|assistant\w* (?:famili|soci|maternel)\w+|familles? d'accueil"
    r"|agents?|employeurs?|administrations?)"
)
_OF_WHAT = r"(?: (?:du |des |de la |de l'|de |d')[\w-]+| (?:departementa|socia|famili|regiona)\w+)"
_RULE = (
    r"(?:rien(?: ne)?|quoi|lois?|textes?|decrets?|articles?|codes?|instructions?|circulaires?"
    r"|reformes?|contrats?|conventions?|schema|justice|prefecture|hierarchie|cheffe?|ministere)"
)
# What those who look after children do for them: nobody makes a child do it.
_CARE = (
    r"(?:(?:re)?prendre (?:en charge|en compte|(?:\w+ )?(?:les?|la|l'|une?|des|tou\w+) ?)"
    r"|accueillir|garder|payer|financer|rembourser|indemniser|verser|loger|heberger|accompagner"
    r"|suivre|evaluer|reevaluer|signaler|prevenir|informer|avertir|alerter|recevoir|entendre"
    r"|auditionner|proposer|renouveler|prolonger|confier|placer|maintenir|deplacer|transmettre"
    r"|declarer|repondre|respecter|etablir|rediger|ecrire|signer|communiquer|aider|assurer"
    r"|orienter|reorienter|former|controler|admettre|inscrire|scolariser|revoir|demander|saisir"
    r"|consulter|associer|organiser|fournir|chercher|trouver|continuer|poursuivre|refuser"
    r"|accepter|designer|verifier|separer|reunir|rendre|donner|dire|mettre en place"
    r"|faire (?:appel|(?:une?|le|la|les|des) (?:ppe|projet|bilan|rapport|demande|contrat|dossier"
    r"|signalement|information|evaluation|entretien|point|visite)s?))"
)
_MADE = r"(?:oblig\w+|forc(?:e|ent|ee?s?|er)|contrain\w+)"
_TO = r"(?: a | de | d')"
_THEM = r"(?:(?:les?|la|lui|leur|y|en|tou(?:te?)?s|aussi) |l')*"
_WE = (
    r"(?:(?:on|nous|vous|j[e']) ?(?:n'|ne )?(?:est|etes|sommes|suis|serai\w*|sera|serons|etait)"
    r"(?: (?:pas|plus|donc|toujours|encore|aussi|vraiment|bien))?|suis-je|sommes-nous|est-on"
    r"|etes-vous|^)"
)
_DUTY = re.compile(
    # an institution is obliged, whatever to
    rf"(?<!a )(?<!de )(?<!dans ){_THE}{_BODY}{_OF_WHAT}{{0,2}} (?:n'|ne )?"
    rf"(?:est|sont|soi(?:t|ent)|serai\w*|sera|seront|etait)(?:-(?:ils?|elles?))? (?:\w+ )?"
    rf"{_MADE}{_TO}"
    rf"|\b{_MADE} {_THE}{_BODY}{_TO}"
    # we are obliged, or a rule obliges us, to look after
    rf"|(?:\b|^){_WE} ?{_MADE}{_TO}{_THEM}{_CARE}\b"
    rf"|\b(?:on|{_RULE}|(?<!du )(?<!de la )(?<!de l'){_BODY}) (?:ne |n')?"
    rf"(?:(?:nous|vous|m') ?)?{_MADE}{_TO}"
    rf"{_THEM}{_CARE}\b"
    rf"|\b(?:nous|vous) oblige(?:nt)?-t-on{_TO}"
    # whether someone may be obliged
    rf"|\b(?:on|{_BODY}|{_RULE}) (?:ne |n')?peu(?:t|vent) (?:pas |plus )?(?:l'|les )?"
    rf"(?:obliger|forcer|contraindre) "
)
_OBLIGED = re.compile(rf"\b{_MADE}\b")
_COERCED = re.compile(
    rf"\b(?:{ADULT}|ils?|elles?|qui) (?:l'|les |m'|me |nous |lui )(?:a |ont )?{_MADE}{_TO}"
    rf"(?!{_THEM}{_CARE}\b)"
    rf"|\b(?:{ADULT}|ils?|elles?|qui) (?:a |ont )?{_MADE} "
    rf"(?:les? |la |l'|une? |des |ses |son |sa |leurs? )(?:\w+ )?{CHILD}{_TO}(?!{_THEM}{_CARE}\b)"
)
_US = re.compile(
    rf"\b(?:(?:on|je|nous) (?:est|suis|sommes)|on (?:nous |m'|me )) ?{_MADE}{_TO}"
    rf"(?!{_THEM}{_CARE}\b)"
)
_CLOSE = re.compile(
    rf"\b(?:{CHILD}|(?:son|sa|ses|leurs?|mon|ma|mes|nos|notre) (?:{KIN}))\b"
    r"|\bj'ai \d+ ans\b"
)
_AT_HOME = re.compile(
    r"\bj'ai (?:(?:que|a peine) )?(?:[5-9]|1[0-7]) ans\b|\b(?:papa|maman|tonton|tata)\b"
    rf"|\b(?:mon|ma|mes|notre|nos) (?:petite?s? )?{KIN}\b|\b(?:mon|ma|mes|notre) {CHILD}\b"
    r"|\b(?:a la maison|chez (?:moi|nous))\b"
)

# Alone before those who hear or advise a child, or signing by oneself: no one left them there.
_ALONE = re.compile(
    r"\b(?:tou(?:te?s?|s) )?seule?s?\b"
    r"(?! (?:avec|chez|dans|depuis|la nuit|le soir|a la maison|sur))"
)
_HEARING = re.compile(
    r"\b(?:entend(?:u\w*|re|ent)?|entend-(?:il|elle|on)|recoi(?:t|vent)|recue?s?|recevoir|audition\w*"
    r"|audience|voi(?:t|r|ent)|rencontre\w*|parle\w*|signe\w*|saisi\w*|comparai\w+)\b"
)
_HEARER = re.compile(
    r"\b(?:juges?|magistrate?s?|avocate?s?|tribunal|audience|procureur|evaluat(?:eur|rice)s?"
    r"|administrat(?:eur|rice)|greffi\w+|contrat|referente?)\b"
)


def without_duties(told: str) -> str:
    """A folded text where duties and hearings no longer look like coercion or abandonment.

    A child who speaks of home (« papa », « j'ai 10 ans ») has no duty of the kind.
    """
    if not _AT_HOME.search(told):
        told = _DUTY.sub(lambda m: _OBLIGED.sub("en devoir", m[0]), told)
    if _HEARING.search(told) and _HEARER.search(told):
        told = _ALONE.sub("en personne", told)
    return told


def is_coerced(told: str) -> bool:
    """Whether someone makes a child, or the one who tells it at home, do what is no care."""
    if _COERCED.search(told) and _CLOSE.search(told):
        return True
    return bool(_US.search(told) and _AT_HOME.search(told))
