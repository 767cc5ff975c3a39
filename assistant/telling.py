"""What a text tells beside what it asks: « Mon fils est battu, quel délai ? » tells of a son.

A rule is often asked after an account, and its words must not excuse it. Sentence by sentence,
what asks is left out; so is what only supposes (« si un enfant … »), names a kind of people
(« une mère qui délaisse son enfant ») or says what a service does. What stays happens to someone.
"""

import re

from assistant.kin import CHILD
from assistant.spans import flat

_SENTENCE = re.compile(r"[^.?!…\n]+[.?!…]*")
_PIECE = re.compile(r"[,;:]\s+|\s[;:–—-]\s")
_QUESTION_WORD = (
    r"(?:quel(?:le)?s?\b(?! que\b)|combien\b|comment\b|pourquoi\b|c'? ?est quoi\b|qu'est[- ]ce"
    r"|est[- ]ce|(?:que|k[eo]?) (?:dit|disent|prevoi\w*|doi(?:t|vent)|fait|font|risque\w*|faut)\b"
    r"|(?:a|de|par|chez|vers|aupres de) (?:qui|quoi)\b|faut[- ]il|peut[- ]on|doit[- ]on"
    r"|y a[- ]t[- ]il|qui (?:dois|doit|peut|prevenir|appeler|saisir|alerter|signale|controle|evalue"
    r"|decide|finance|retire|est charge))"
)
# « Mon fils est battu que dit la loi »: no comma before what is asked.
_ASKED_INSIDE = re.compile(
    r"(?<!\bde)(?<!\bdu)(?<!\bsur)(?<!\ba)(?<!\bdans)(?<!\bpar)(?<!\bpour)(?<!\bdepuis)(?<!\bet)"
    rf"(?<!\bsavoir)(?<!\bdemande) (?={_QUESTION_WORD})"
)
_ASKS = re.compile(
    rf"^(?:(?:et|mais|donc|alors|du coup|svp|merci|bonjour),? )*(?:{_QUESTION_WORD}|qui |ou |quand"
    r" (?:faut|doit|peut)|d'apres vous|selon vous|a partir de quel)"
    r"|(?<!rendez)-(?:t-)?(?:ils?|elles?|on|ce|nous|vous|je)\b|\bquoi\b|\bquel(?:le)?s?\b(?! que\b)"
    r"|\bcombien\b"
)
_SUPPOSES = re.compile(
    r"^(?:"
    r"(?:si|s'ils?|lorsqu\w*|quand|des (?:que|qu')|en cas|dans (?:le|les) cas|pour|selon|d'apres"
    r"|concernant|a propos|au sujet|quant|depuis (?:la|le|les|l') ?(?:loi|decret|reforme\w*"
    r"|ordonnance|instruction|texte)|avec (?:la|le) (?:loi|decret|reforme))\b"
    r")"
)
# Some people, or what is counted of them; « mon », « hier », « depuis » speak of one of them.
_KIND = re.compile(
    r"^(?:"
    r"(?:une?|des|les?|la|l'|toute?|chaque) ?(?:(?:[\w'-]+ ){1,4}?(?:qui|dont|ayant)"
    r"|(?:[\w-]+ )(?:que|qu'\w+))\b"
    r"|(?:une?|des|les?) (?:ancien\w* )?(?:jeunes? )?majeure?s?\b"
    r"|les (?:enfants?|mineurs|jeunes|parents|peres|meres|ados|adolescents|eleves|familles) \w+nt\b"
    r"|une? \w+ (?:[\w'-]+ ){0,6}?(?:toute?s les (?:\w+ )?(?:secondes|minutes|heures)|tous les"
    r" (?:\w+ )?jours sous les coups|sur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+))\b"
    r"|(?:une?|les?|la|l') ?(?:medecin|infirmiere?|enseignante?|prof\w*|instit\w*|educat\w+"
    r"|policier|puericultrice|psychologue|sage-femme|assistante? sociale?|travailleu\w+ socia\w+"
    r"|gendarme|animat\w+|direct\w+|ecole)(?: scolaire| de pmi)? (?:voit|constate|apprend|recoit"
    r"|decouvre|repere|remarque|suspecte|soupconne)\b|(?:[\w'-]+ ){1,3}?(?:a|ont) commis\b"
    r")"
)
_DATED = re.compile(
    r"\b(?:mon|ma|mes|me|m'\w+|hier|ce (?:matin|soir)|cette nuit|depuis|tous les soirs"
    r"|toutes les nuits)\b"
)
# Read with its accents: « un bébé secoué » is a kind of child, « il a secoué » an act.
_BARE = re.compile(
    r"^(?:"
    r"(?:(?:une?|des|les?|la|l') ?)?(?:\w+ )?"
    rf"(?:{CHILD.replace('bebe', 'bébé').replace('eleve', 'élève')}|parents?|[mp][èe]res?)"
    r"(?:(?: de \d+ (?:ans|mois))? (?:toute? )?(?:seule?s?|à la rue|dehors)\b"
    r"|(?: \w+){0,4}? (?:\w+(?:é|ée|és|ées)|battue?s?"
    r"|vendue?s?|perdue?s?|victimes?|en (?:danger|situation|fugue|souffrance|errance))\b)"
    r")"
)
_FINITE = re.compile(
    r"\b(?:est|sont|a|ont|était|avait|se|s'\w+|ne|n'\w+|me|m'\w+|l'\w+|lui|leur|vient|va"
    r"|vont|dit|veut|fait|[mts]on|[mts]a)\b"
)
_TRADE = (
    r"(?:departement|services?|crip|cellule|equipe|foyer|mecs|etablissement|association|ase|pmi"
    r"|maison|structure|pouponniere|direct\w+|cheffe?|president\w*|agents?|professionnel\w*|collegues?"
    r"|educ\w*|assfams?|assistant\w* famili\w*|rapport|dossier|note|memoire|action|projet)"
)
_TEXT = (
    r"(?:strategie|loi|lois|guide|instruction|circulaire|decret|texte|code|contrat|plan|avenant"
    r"|referentiel|article|annexe|rapport|projet|protocole|reforme|mesure|action"
    r"|ministre|gouvernement|senat\w*|depute|presse|igas|onpe|ciivise|defenseur\w*)s?"
)
_WORKS = re.compile(
    r"^(?:"
    rf"(?:nous|on|je|j'|(?:notre|nos|mon|ma|mes|le|la|les|l') ?{_TRADE}) ?(?:ne |ai |avons |a )?"
    r"(?:accueill\w+|sui(?:t|vons|s|vent)|financ\w+|prepar\w+|voul\w+|veu(?:x|t)|souhait\w+|form\w+"
    r"|organis\w+|recoi\w+|recev\w+|compt\w+|ger\w+|ouvr\w+|heberg\w+|porte|travaill\w+|redig\w+"
    r"|cit\w+|etudi\w+|doi(?:s|t|vent)|devons|cherch\w+|finalis\w+|anim\w+|parle\w*|traite\w*)"
    r" (?!(?:chez |avec |bien |pas )?(?:une?|le|la|mon|ma|notre) )"
    r"|dans (?:ma|mon|notre|cette|un|une) (?:these|memoire|note|cours|rapport|devoir|etude"
    r"|expose)\b"
    r"|(?:[\w'-]+ ){0,5}?nous (?:a |ont |avait )?(?:deja )?(?:signal|alert)\w+"
    r"|(?:nous|on) (?:venons de|vient de|avons|a) (?:recevoir|recu) (?:une?|des|\d+|plusieurs)"
    r" (?:ip|informations?|signalements?|alertes?)\b"
    r"|(?:j'ai|on a|nous avons) (?:vu|lu|entendu) (?:dans (?:le monde|la presse|le journal|un"
    r" (?:article|reportage|rapport))|a la (?:tele\w*|radio)|sur (?:france|internet))\b"
    r"|(?:(?:j'ai|on a|nous avons) (?:vu|lu|entendu dire) (?:que |qu'))?"
    rf"(?:la|le|les|l'|une?|ce) ?{_TEXT} "
    rf"|(?:nos|les|mes|des) {_TRADE} (?:sont|ont ete|se font|se plaignent)\b"
    r")"
)


def told_beside(text: str) -> str:
    """What is told in a text that also asks; empty when nothing is asked or nothing told."""
    told: list[str] = []
    asked = False
    for sentence in _SENTENCE.findall(text.lower().replace("’", "'")):
        pieces = list(_pieces(sentence))
        kept = [piece for piece in pieces if not _ASKS.search(flat(piece))]
        if "?" in sentence and len(kept) == len(pieces):
            kept = kept[:-1]  # « …, c'est normal ? »
        asked = asked or len(kept) < len(pieces)
        told += kept
    return ", ".join(piece for piece in told if _happens(piece)) if asked else ""


def _pieces(sentence: str) -> list[str]:
    pieces = []
    for part in _PIECE.split(sentence):
        words = part.strip(" ?!.…")
        found = _ASKED_INSIDE.search(flat(words))
        cut = [words[: found.start()], words[found.start() + 1 :]] if found else [words]
        pieces += [piece for piece in cut if piece]
    return pieces


def _happens(piece: str) -> bool:
    """Whether a piece tells what happens, not what would, what some do, or what is one's work."""
    plain = flat(piece)
    if _SUPPOSES.match(plain) or _WORKS.match(plain):
        return False
    if _KIND.match(plain) and not _DATED.search(plain):
        return False
    return not _BARE.match(piece) or bool(_FINITE.search(piece))
