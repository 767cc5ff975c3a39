"""The story of one child, where nothing is asked and no notion of the field is named.

Who tells it, then either what bodies, nights and fears are made of, or someone else who does
something; or a child who speaks of home, or of what they are told to keep quiet.
"""

import re

from assistant.asking import read_question
from assistant.kin import ADULT, CHILD, WEAR
from corpus.lexicon import generic_notions

# Asked without a question mark: who may, what is paid, what is meant.
_BY_THE_WAY = re.compile(
    r"\b(?:peu(?:t|vent) (?!pas|plus)|doi(?:t|vent)|faut|droits?|autoris\w+|accord|prevue?s?|quoi"
    r"|possible|comment (?!faire)|par qui|avec qui|(?<!pour )pay(?:e|er|es|ee)|cherche un|juge"
    r"|avocat|va ou|logee? ou|combien)\b"
)
_CARERS = frozenset({"assmat", "assfam", "educateur"})
_ONE_CHILD = re.compile(
    rf"\b(?:un|une|le|la|ma|mon|mes|sa|ses|son|cet|cette|ces|deux|trois|quatre|des|leurs?|du|au"
    rf"|les|l') ?(?:petite?s? |jeunes? |plus )?(?:{CHILD}|bambins?)\b|\b(?:son|sa|leurs?) "
    r"(?:(?:beau-|belle-)?(?:pere|mere|parents)|papa|maman)\b"
    rf"|\b(?:un|une) de (?:nos|mes) (?:petite?s? |jeunes? )?{CHILD}\b"
    r"|\b(?:camarade|copine?|ami\w*) de (?:ma |sa |la )?(?:classe|ecole|college|lycee)\b"
    r"|\b(?:creche|maternelle|scolaire|infirmerie|cantine)\b"
    r"|\b(?:[1-9]|1[0-7]|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize) ans\b"
)
# A professional who notes what they saw of one child.
_SEEN = (
    r"(?:j'ai|nous avons|on a|(?:a|ont) (?:bien )?)(?: |(?<= ))(?:vu|trouve|entendu|remarque"
    r"|constate|surpris|recu|recueilli|decouvert)e?s?"
)
_TOLD = re.compile(
    rf"\b(?:mon|ma|mes|son|sa|ses|leurs?) (?:\w+ )?(?:{ADULT}|{CHILD}|compagn\w+)\b"
    r"|\bm'a\b|\bme (?:dit|parle|raconte|confie|signale|avoue|explique|montre)\b|\b(?:une?|deux"
    r"|trois|quatre|les?|la) (?:petite?s? )?(?:gosses?|gamine?s?|momes?|bambins?|fillette|petite?s?"
    r"|garconnet|bebes?|nourrisson|frangine?|ado)\b|\bune? (?:homme|mere|pere|papa|maman|couple"
    r"|type|mec|eleve|collegien\w*|lyceen\w*|mineure?|garcon|fille|voisine?|adulte|inconnu|enfant"
    r"|jeune|surveillant)\b|\bvoisins\b|\bdu dessus\b|\bd'a cote\b|\bd'en face\b"
    rf"|\b(?:les|ses|[2-9]|deux|trois|quatre) (?:(?:deux|trois|quatre|petite?s?) )?{CHILD} (?:dans"
    rf"|chez|sans|seule?s|arriv\w+|viennent|revien\w+|dorm\w+|crient|pleurent)\b"
    rf"|^(?:le |la |l')?{CHILD} (?:de \d|age|retrouve|trouve|vue? |dit )"
    rf"|\b(?:la|le|les) (?:maman|papa|mere|pere|parents) (?:du |de la |de l'|d'une? |des ){CHILD}\b"
    r"|\b(?:la|le|les) (?:maman|papa|mere|pere|parents) (?:(?:nous|me|lui|leur) )?(?:dit|disent"
    r"|decri\w+|racont\w+|reconnai\w+|avou\w+|menac\w+|expliqu\w+)\b"
    rf"|\b{_SEEN}\b|\b(?:il|elle) (?:a|n'a que) (?:[1-9]|1[0-7]) ans\b"
)
_CLOSE = re.compile(
    rf"\b(?:mon|ma|mes|son|sa|ses|leurs?|une?|les?|la|des|du|au|l'|chez) ?(?:\w+ )?{ADULT}\b"
    r"|\b(?:papa|maman|tonton|quelqu'un|mon|ma|mes|hier|ce (?:matin|soir)|m'a|me|depuis|chez"
    r"|tous les|toutes? la|elle|il)\b"
)
_DOES = re.compile(
    r"\b(?:a|ont|est|sont|se|lui|ne|dit|veut|fait|va|met|qui|quand|elle|ils?|on|et)\b"
    r"|\b(?:s'|n'|qu'|l')"
)
WORRY = re.compile(
    r"\b(?:ventre|cou|bras|genoux|visage|tete|oeil|yeux|doigts?|mains?|corps|bouche|cheveux|sexes?"
    r"|mal (?:en|au|a|aux)|fievre|couches?|vomi\w*|lit|douche|bain|toilettes|nuit|noir|dor[mt]\w*"
    r"|cauchemars?|pleur\w*|cri(?:e|ent|s)|manger?|froid|par terre|balcon|cave|ordures|toit|frigo"
    r"|s'occupe\w*|frott\w+|film\w+|video|photos?|tord\w*|arme|punit|puni\w*|punition|boire"
    r"|retient|introuvable|pas rentree?|ne revient|enfuie?|tuer|jeter|sauter|vivre|disparaitre"
    r"|respirer|corde|coupe|argent|dose|vend|marier|epouser|fianc\w+|pays|pedophil\w+|snap\w*"
    r"|avant-bras|poignets?|dos|fesses|oreilles?|joues?|front|dents?|peau|jambes?|pieds? nus?"
    r"|levres?|tout(?:e)? nue?|touss\w+|respir\w+|evanou\w+|maigr\w+|kilos?|grammes?|urine"
    r"|sent mauvais|oreiller|sac plastique|cadenas|chaines?|baignoire|squat|tente|camion|garage"
    r"|placard|parking|trottoir|gare|chauffage|electricite|sursaut\w+|trembl\w+|mutique|mime\w*"
    r"|dessin(?:e|ent)|se changer|manches longues|cach(?:e|ent)|n'ose\w*"
    r"|ne (?:parle|repond|mange|sort|joue)\w* (?:pas|plus)|messages?|retrouvee?s?|jurer|promettre"
    rf"|insta\w*|rendez-vous|(?<!est )inconnue?s?|attend|bizarre|angoiss\w+|majeur|suppli\w*"
    rf"|{WEAR})\b"
)
_DAILY = re.compile(
    r"\b(?:foot|recettes?|cadeaux?|cours|cartes?|allocations?|cantine|anniversaire"
    r"|inscri\w+|statut|salaire|bilan|liste|nombre|calendrier|conseil|choisi\w*|revoir|separer"
    r"|ensemble|visites?|accueillir)\b"
)
# A child speaks: of those who hold them at home, or of their age and of home.
_ELDER = (
    r"(?:(?:mon|ma|mes) (?:\w+ )?(?:(?:beaux?-|belle-|grands?-|grand-)?(?:peres?|meres?|parents"
    r"|freres?)|papa|maman|oncle|tante|cousin|parrain|daron(?:ne)?s?|educ\w*|coach|entraineur"
    r"|moniteur|prof\w*|surveillant\w*)|papa|maman)"
)
_OLDER = re.compile(rf"\b{_ELDER}\b")
_SPEAKER = re.compile(r"\b(?:me|moi|je|nous)\b")
_SPEAKER_AFTER = re.compile(r"\b[mj]'")
_OWN_AGE = re.compile(r"\bj'ai (?:(?:que|a peine|bientot) )?(?:[5-9]|1[0-7]) ans\b")
_AT_HOME = re.compile(r"\b(?:chez (?:moi|nous)|a la maison|ma famille|personne|peur|foyer)\b")
_GROWN = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) (?:\w+ )?(?:fils|filles?|enfants?|conjointe?|mari|femme|service"
    r"|equipe|cheffe?|direct\w+|president\w*|collegues?)\b"
)
_HUSHED = re.compile(
    r"\bsi (?:je|tu|elle|il|j'en) (?:le |la |lui |en )?(?:parle|dit?s?|raconte|repete)\b"
    r"|\b(?:notre|leur|un|leur petit|notre petit) (?:secret|jeu secret)\b|\bjeu secret\b"
    r"|\b(?:jurer|promettre) de (?:ne )?(?:rien|pas|jamais) (?:le |en )?(?:dire|parler|repeter)\b"
)

# A story of a child says something; of one whom services look after, it says how.
_LEAST_TOLD = 6
_OF_SERVICES = re.compile(
    r"\b(?:confiee?s?|placee?s?|accueillie?s?|handicapee?s?|adoptee?s?|suivie?s?|parrain(?:age|ee?s?)"
    r"|puericultrice|benevole|condamnee?)\b"
)


def is_a_story(told: str, text: str, harmed: bool) -> bool:
    """Whether a text that asks for nothing tells what happens to one child.

    Args:
        told: the text folded and spelled out.
        text: as it was written.
        harmed: it names some harm.
    """
    if _BY_THE_WAY.search(told) or not _is_plain(text):
        return False
    if _HUSHED.search(told):
        return True
    if _child_speaks(told) and not _GROWN.search(told):
        return not _DAILY.search(told)
    if not (_ONE_CHILD.search(told) and _TOLD.search(told)):
        return False
    acted = _CLOSE.search(told) and _DOES.search(told)
    happens = len(told.split()) >= _LEAST_TOLD and not _OF_SERVICES.search(told)
    return bool(((acted or happens) and not _DAILY.search(told)) or WORRY.search(told) or harmed)


def _child_speaks(told: str) -> bool:
    """Whether « mon beau-père » and « moi », or one's age and one's home, stand in one line."""
    for line in told.splitlines():
        older = _OLDER.search(line)
        if older and (_SPEAKER.search(line) or _SPEAKER_AFTER.search(line, older.end())):
            return True
        if _OWN_AGE.search(line) and _AT_HOME.search(line):
            return True
    return False


def _is_plain(text: str) -> bool:
    """Whether a text names no notion of the field but who cares for a child."""
    named = {term[1:] for term in read_question(text).terms if term[0] in "=@"}
    return named <= generic_notions() | _CARERS
