"""Whether someone seems to speak of a real child in danger, and not of the policy about them.

Plain French cues on folded text: what hurts, and who stands close enough to tell it. Missing a
child costs more than showing a telephone number for nothing, so hints count; a question about a
rule is told by its own turns.
"""

import re

from assistant.kin import ADULT, CHILD, KIN, SOMEONE, WEAR
from assistant.obliging import is_coerced, without_duties
from assistant.privacy import MASK
from assistant.stories import WORRY, is_a_story
from assistant.telling import told_beside
from corpus.lexicon import fold

_NEAR_CHARS = 90
_MINE = (
    rf"\b(?:mon|ma|mes|notre|nos) (?:petite?s? |jeunes? |deux |ancienne? )?(?:{CHILD}|{KIN}"
    r"|classe|immeuble|palier|residence|patiente?s?|foyer|femme|ami(?:e|es|s)?|quartier|rue|ecole"
    r"|chambre|lit|boulangerie|creche)\b(?! accueilli)"
)
# What is done, seen or suffered: a policy names none of it so plainly.
_ACTS = (
    r"fr+ap+(?:e|es|ent|er|ait|ee?s?)|tap(?:e|es|ent|er|ait|ee?s?)|bat(?:s|tent|tue?s?|tre|tait)?",
    r"cogn\w+|tabass?\w+|gifl\w+|baff\w+|claqu\w+|fess\w+|corrige[ea]\w*|defonc\w+|demoli\w*",
    r"demont\w+|derouill\w+|massacr\w+|etrangl\w+|etouff\w+|secou\w+|brul(?:e|ee|ees|es|ent|er)",
    r"brulures?|mord(?:u\w*)?|griff\w+|bleus?|hematomes?|ecchymoses?|lesions?|bosses|fractur\w+|plaies?",
    r"sang|saign\w+|bless(?:ee?s?|er|ures?)|cicatrices?|(?:traces?|marques?) (?:de|sur)|ceinture",
    r"baton|couteau|fusil|arme|coups?|poing|cigarettes?|cass(?:e|ee|es|er|ent)|attach(?:e|ee|es)",
    r"viol(?:e|es|ent|er|ees?|ait)|abus(?:e|es|ent|er|ait|ee?s?)|attouch\w+|agress\w+|caress\w+",
    r"couch(?:e|ent|er) avec|douche|actes? sexuels?|emprise|racket\w*|dans le noir|crach\w+|"
    r"pinc(?:e|ent|er)|tire\w* les cheveux|cachets|medicaments|seringues?|veines|rabaiss\w+|"
    r"embrass\w+|sexe|zizi|zezette|fesses|culotte|nu(?:e|es|s)|deshabill\w+|coucher avec|clients",
    r"passes|se prostitue\w*|porno\w*|choses sexuelles|(?:me|te|la|le|les|l'a|m'a|l'ont) touche\w*",
    r"dans (?:mon|son|leur) lit|chambre la nuit|la nuit dans (?:ma|sa|leur) chambre",
    r"affam\w+|faim|(?:rien|pas|plus|sans|de quoi) (?:a |le |la |de |nous )?mang\w+|nourrir?",
    r"(?:ne |le |la |les |pas |plus )nourri(?!sson)\w*|nourri(?:t|e|s)? (?:pas|plus)|maigre",
    r"mendi\w+|perdu (?:\w+ ){1,2}(?:grammes|kilos?|kg|poids)",
    r"sales?|poubelles?|pouilleux|crasse\w*|abandonn\w+|livre\w* a (?:lui|elle|eux)|dehors",
    r"a la rue|dans la rue|tou(?:te?s?|s) seule?s?|seule?s? (?:la nuit|a la maison|le week)",
    r"seule?s? (?:chez|dans|avec|devant)|cage d'escalier|palier|dans (?:la|une) voiture|placard",
    r"cave|enferm\w+|sequestr\w+|a cle|boi(?:t|vent|s)|bourre\w*|ivres?|saoule?s?|alcool\w*",
    r"drogu\w+|deal\w*|shoot\w*|mourir|tuer?|mort|suicid(?:e|er)|pendre|noyer|en finir|scarifi\w+",
    r"mutil\w+|sauter|plus vivre|menac(?:es?|ent|er|ees?|ait)|chantage",
    r"(?:me|la|le|les|l'a|m'a|nous) forc\w+",
    r"oblige\w* (?:a|de)|harcel(?:e|es|ent|er|ee?s?)|humili\w+|insult\w+|terroris\w+|peur|excis\w+",
    r"marier|(?:va|vont|doit|doivent) etre mariee?s?|marie\w* de force",
    r"fait (?:du |tres |trop )?mal|font (?:du )?mal|faire (?:du )?mal",
    r"pleur(?:e|es|ent|s|er|ait)|cri(?:e|es|ent|s|er|ait)|hurl\w+|gemi\w+|disparu\w*|kidnapp\w+",
    r"fugue(?:e|r)?|vend(?:re|ent)?|maltrait(?:e|es|ent|er|ee?s?|ait)|brutalis\w+|prive\w* de",
    r"ne (?:veut|veulent) (?:pas|plus) rentrer|(?:un|le|notre) secret|veut me voir"
    r"|(?:es?t?|suis|sont|met(?:s|tent)?) (?:\w+ )?en danger|(?:est|sont|ete) (?:\w+ )?neglig\w+",
    r"oeil au beurre noir|lev\w+ la main sur|sous (?:l'emprise|heroine|cocaine|crack|drogues?)",
    r"(?:copain|petit ami|mec|gars|type|homme|monsieur|amant|mari|fiance) de (?:[2-9]\d) ans",
    r"seule?s? depuis|fait (?:\w+ ){0,3}attouchements|a genoux sur",
    r"(?:[89]|1[0-4]) ans est enceinte|ne prend (?:pas|plus) de poids|film\w+ (?:[\w']+ ){1,4}"
    r"(?:toilettes|douches?|vestiaires?|bain|lit|nue?s?)|qui (?:la|le|les) pa[iy]e(?:nt)?",
    r"(?:mont|entr|rentr|vien|va|rest|rejoi)\w* (?:\w+ ){0,3}dans (?:sa|leurs?|les|ma|mes)"
    r" chambres?|fouett\w+|(?:vient|viennent|venait) (?:le|la|les|me|nous) (?:voir|chercher) la"
    r" nuit",
    r"do(?:rt|rment) (?:sous un|sur un banc|dans (?:la|une|un|le) (?:voiture|hall|gare|tente|parc"
    r"|metro|parking))",
    rf"{ADULT} (?:\w+ ){{0,2}}touche(?:nt)? (?:les|des|nos|une?|mon|ma|mes|sa|son|ses) {CHILD}",
)
# What policies name too: it takes more to be heard.
_TOPICS = (
    r"violences?|violente?s?|viols?|inceste\w*|sevices|maltraitance\w*|victimes?",
    r"prostitu\w+|fugu\w+|suicid\w+|harcelement|negligen\w+|agressions?|exploit\w+",
)
_CHILD = re.compile(rf"\b{CHILD}\b")
_ACT = re.compile(rf"\b(?:{'|'.join(_ACTS)})\b")
_HARM = re.compile(rf"\b(?:{'|'.join((*_ACTS, *_TOPICS))}|danger\w*)\b")

_HELP = re.compile(
    r"\b(?:aide[rz]?[- ]moi|help|au secours|sos|que faire|dois-je faire|je fais quoi|quoi faire"
    r"|comment (?:le |la |les )?signaler|a qui j[e']|(?:qui|a qui) (?:prevenir|appeler|alerter"
    r"|(?:le |en )?(?:dire|parler)|telephoner|(?:le |la |les )?signaler))"
)
# Who tells it stands close: their own, what they saw, what a child told them.
_OWN = re.compile(
    rf"{_MINE}|{SOMEONE}|\bj'(?:entends|ai vu|ai entendu|ai surpris)\b(?! (?:parler|dire))"
    r"|\bje (?:viens de|vois|garde)\b"
    r"|\b(?:m'a|m'ont|me|ma) (?:dit|confie|parle|raconte|montre|revele|avoue)\b"
    r"|\bde me (?:dire|reveler|confier)\b|\bj(?:e )?(?:soupconne|crois|pense|crains)\b"
    r"|\bje (?:connais|m'inquiete)\b|\bj'ai (?:tres )?peur\b|\ba l'instant\b|\ben bas de chez\b"
    r"|(?<!la )(?<!le )(?<!du )\b(?:papa|maman) |\bque je (?:lui|leur) (?:envoie|montre|fasse)\b"
)
_SCENE = re.compile(
    rf"\b(?:un|une|le|la|l'|des|les|du|au) ?(?:petite?s? )?{CHILD}\b|\bvoisine?s?\b"
    rf"|\bd'a cote\b"
    r"|\bdu (?:dess(?:us|ous)|quartier|voisin)\b|\bchez (?:moi|eux|elle|lui)\b|\bil y a une?\b"
    rf"|\b(?:ce matin|ce soir|hier|en ce moment)\b|\b(?:son|sa) {KIN}\b|^{CHILD}\b"
)
_ME = re.compile(
    r"\b(?:me|moi|je suis|j'ai ete)\b|\bm'(?!a (?:demand|charg|confi|dit|appele))"
    r"|\bnous (?!avons|sommes|devons|pouvons|voulons)"
)
# The turns of a question about a rule, and the texts that hold it.
_TURN = (
    r"instructions?|circulaires?|decrets?|lois?|articles?|casf|codes?|strategie|contrats?"
    r"|indicateurs?|objectifs?|annexes?|plans?|budgets?|credits?|financ\w+|mesures?|dispositifs?"
    r"|collectivites?|definition|textes?|(?<!mauvaises )notes?|fiches?|delais?|combien|rapports?"
    r"|avenants?|evaluations?|guides?"
    r"|en cas d(?:e (?!danger|urgence)|'(?!urgence))|lorsqu\w*"
    r"|(?:enfants?|mineure?s?|jeunes?) sur (?:deux|trois|quatre|cinq|dix|\d+)"
    r"|(?:suit|suivre|prepare|anime|organise|propose|monte|cherche)\w* une? (?:\w+ )?"
    r"(?:formation|module|session|atelier)"
    r"|logiciels?|prevention|referentiel|missions?|protocoles?|autorite parentale|chiffres|recours"
    r"|exercices?|reforme|20[12]\d|quel(?:le)?s?|qu'est-ce|pourquoi|a-t-(?:il|elle|on)|modele"
    r"|que (?:dit|prevoit|risque|deviennent|fait)|l'etat|contractualisation"
    r"|(?:doi(?:t|vent)|peu(?:t|vent)|va|vont|est|sont|garde|perd(?:ent)?|releve|reste|devien(?:t|nent)|beneficie(?:nt)?"
    r"|font|touche|prevoit|risque|faut|dorment|pleurent)[- ](?:t-)?(?:ils?|elles?|on)"
)
_FIELD = (
    r"departements?|etablissements?|actions?|services?|professionnels?|droits?|numeros?|cours|crip"
    r"|ase|hotels?|pmi"
)
_A_RULE = re.compile(rf"\b(?:{_TURN})\b")
_RULE = re.compile(
    rf"\b(?:{_TURN}|{_FIELD})\b|^(?:qui|ou) (?:controle|recoit|evalue|finance|trouver)"
)
_ASKING = re.compile(r"(?:qui|comment|quand|ou|a quoi|a quelle?s?|que|qu'est-ce) ")
_DEATH = (
    r"(?:mourir|en finir|plus (?:vivre|etre la)|crever|me (?:tuer|suicider|foutre|jeter"
    r"|pendre|noyer|ouvrir les veines))"
)
# Said in the first person, it needs nothing else.
_SELF = re.compile(
    rf"\b(?:on|il|elle|ils|elles|qui|ca|{KIN}) (?:il |elle )?(?:me |m'|ma |nous )"
    rf"(?:a |ont |l'a )?(?:{'|'.join(_ACTS[:6])}|viol\w*|abus\w+|agress\w+|touch\w+|force\w*)\b"
    r"|\bme touche\b|\bme fo(?:nt|rcent?) (?:a )?(?:faire|coucher)\b|\bpeur (?:de |d')?rentre"
    r"|\bj'ai ete (?:viol|agress|abus|batt|frapp)|\bj'ai (?:avale|pris) (?:des|tous|trop|les"
    r"|une boite)\b|\bje (?:suis|me fais|me suis fait\w*) (?:viol|frapp|batt|abus|agress"
    r"|sequestr|harcel|tap)|\bje suis (?:(?:mineure? )?(?:et )?a la rue|en danger|en fugue"
    r"|victime d|enceinte de mon)|\bje (?:dors|vis) (?:dehors|dans la rue)\b"
    r"|\bje me suis (?:sauve|enfui|barre|tire)e?\b|\bnumero (?:d')?enfance en danger\b"
    r"|\bnumero (?:\w+ ){0,4}?(?:appel|compos|joind|telephon)\w* (?:[\w']+ ){0,6}(?:en danger|battu"
    r"|frapp|maltrait|victime|viol)"
    r"|\bfaire exciser\b|\bmariee? de force\b|\bplus envie de vivre\b"
    rf"|\bveu?x (?:pas |plus )?{_DEATH}|\b(?:je |j)(?:vais|ve) {_DEATH}|\benvie (?:de |d'){_DEATH}"
    r"|\bje me (?:scarifie|mutile|coupe|fais du mal)\b"
    r"|\bj'ai (?:frappe|secoue|tape|gifle|battu|enferme) (?:mon|ma|mes|le|la|notre)\b"
    r"|\bpeur de (?:le |la |lui |les )?(?:faire (?:du )?mal|frapper|secouer|tuer)\b"
    r"|\bfinir par (?:le|la|les|lui)\b|\b(?:brul|cass|tord|mord|griff|frapp|tap|cogn)\w* (?:mon|ma"
    r"|mes) (?:bras|jambes?|mains?|visage|dos|tete|doigts?|pieds?|oreilles?|cheveux|ventre)\b"
    r"|\bje (?:vais|ve) (?:le |la |les |lui |l')(?:secouer|frapper|gifler|etouffer|jeter|tuer"
    r"|claquer|defoncer|etrangler|noyer|faire (?:du )?mal)\b"
    r"|\bj'ai failli (?:le |la |les |lui |l')?(?:jeter|secouer|frapper|tuer|gifler|taper"
    r"|etouffer|faire (?:du )?mal)\b"
    r"|\bje (?:ne )?(?:veux|peux|ose) (?:pas|plus) (?:\w+ )?rentrer (?:chez (?:moi|nous|mon|ma|mes)"
    r"|a la maison|au foyer|ce soir)\b"
    r"|\bque je (?:suis|sers|vaux) (?:une? |a |qu'une )?(?:merde|rien|conne?|debile|nulle?"
    r"|bon a rien)\b"
)
# Said so plainly that a child, or someone's parent, named nearby is enough to hear it.
_PLAIN = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?:touche|caresse|embrasse|force)e?s? par (?:\w+ )?(?:l')?{ADULT}",
            r"tripot\w+|pelot(?:e|ent|er)|caress\w+|massages?|des guilis|dans les? lits?",
            r"(?:lui|leur|me) (?:fait|font|faisait|faire|montre\w*) (?:\w+ )?(?:des|de|les)"
            r" (?:choses|trucs|gestes|bisous|calins)",
            rf"gestes? (?:deplaces?|sexuels?|bizarres?|intimes?|genants?|que (?:\w+ )?{ADULT}"
            rf"|(?:de|du) (?:\w+ )?{ADULT})|(?:dans|sous|baiss\w+|enlev\w+) (?:\w+ )?{WEAR}",
            r"(?:dans|sous) (?:mon|son|leur|ma|sa) (?:lit|douche|bain)|actes? sexuels?",
            rf"dort avec (?:son|leur) {ADULT}|veut que (?:je|elle|il) (?:le|la|lui) touche",
            r"laiss\w+ (?:[\w']+ ){0,8}(?:seule?s?|debrouill\w+|dehors|sans (?:personne|manger"
            r"|surveillance|adulte|rien|soins))",
            r"seule?s? (?:le soir|la nuit|toute|tout|tous|des (?:heures|jours|nuits)|pour (?:sortir"
            r"|aller))|sans (?:surveillance|nourriture|chauffage|manger)|livre\w* a (?:elle|eux)",
            r"jamais (?:soigne|lave|nourri|change)e?s?|l[ea]s? (?:lave|soigne|nourri|change)\w* "
            r"(?:jamais|pas|plus)|priv\w+ (?:\w+ ){0,3}(?:repas|manger|nourriture)",
            r"raclees?|torgnoles?|martinet|claques|coups de (?:pied|poing|ceintur\w+|baton)"
            r"|ceinturon|jet(?:e|te|ee?s?) (?:\w+ ){0,3}(?:contre|par terre)",
            r"mis(?:e|es)? dehors|adieu|aval\w+ (?:des|les)|comprimes|idees noires"
            r"|(?:taillad|entaill)\w+|(?:etre|sera|serait|serai) plus la|se (?:drogue|prostitue)",
            r"proxenetes?|michetons?|(?:contre|pour) de l'argent|se (?:vend|fait payer)",
            r"(?:faire|se faire) (?:couper|exciser)|promise a|(?:au|le) bled|nudes?|sextape"
            r"|photos? (?:\w+ )?(?:intimes?|denude\w*|nue?s?|de (?:son|leur) (?:sexe|corps))",
        )
    )
    + r")\b"
)
_PARENTED = re.compile(
    rf"\b(?:{CHILD}|bambins?|(?:son|sa|ses|leurs?|mon|ma|mes) (?:beaux?-|belle-|grands?-"
    r"|grand-)?(?:peres?|meres?|parents))\b"
)
# An account beside a question says what hurts, or what bodies and nights are made of.
_HURT = re.compile(rf"\b(?:{'|'.join((*_ACTS, *_TOPICS))})\b|{_PLAIN.pattern}|{WORRY.pattern}")
_SOMEBODY = re.compile(rf"\b(?:{CHILD}|{ADULT})\b")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SPOKEN = (
    (
        re.compile(r"\b(?:frapp|toqu|tap)\w* (?:a|aux) (?:la |l'|les |sa |notre |nos )?portes?\b"),
        "venir",
    ),
    (re.compile(rf"\b(?:mme|mlle|m|mr|monsieur|madame)\b\.? {SOMEONE}"), "quelqu'un"),
    (re.compile(r"\beleves? (?=educ|infirm|assistant|moniteur|avocat)"), "stagiaires "),
    (
        re.compile(r"\b(meres?|mamans?|femmes?|parents?|peres?|papas?) (?:isole|seul)e?s?\b"),
        r"\1",
    ),
    (re.compile(r"\bj ?ai\b"), "j'ai"),
    (re.compile(r"\bg (?=peur|envie|\d)"), "j'ai "),
    (re.compile(r"\b(?:chui|jsuis|chuis)\b"), "je suis"),
    (re.compile(r"\bm (?=a |ont |en )"), "m'"),
    (re.compile(r"\bki\b"), "qui"),
    (re.compile(r"\bbb\b"), "bebe"),
    (re.compile(r"\bk[eo]\b"), "que"),
    (re.compile(r"\benfan\b"), "enfant"),
    (re.compile(r"\bper\b"), "pere"),
    (re.compile(r"\bmer\b"), "mere"),
    (re.compile(r"\b(beau|belle|grand|petite?) (pere|mere|frere|soeur|fils|fille)\b"), r"\1-\2"),
    (re.compile(r"\bj'?(me|veux|vais|dors|suis|vis|crois|pense|peux) "), r"je \1 "),
)


def smells_of_danger(text: str) -> bool:
    """Whether someone seems to speak of a real child in danger now, whatever the spelling.

    Args:
        text: a question, masked or not; someone masked counts as someone given.
    """
    text = text.replace(MASK, SOMEONE)
    if _is_heard(text, _spelt(text), _RULE):
        return True
    beside = told_beside(text)
    told = _spelt(beside)
    hurt = _HURT.search(told) and _SOMEBODY.search(told)
    return bool(hurt) and _is_heard(beside, told, _A_RULE)


def _spelt(text: str) -> str:
    told = _REPEATED.sub(r"\1", fold(text))
    for pattern, plain in _SPOKEN:
        told = pattern.sub(plain, told)
    return without_duties(told)


def _is_heard(text: str, told: str, rule: re.Pattern[str]) -> bool:
    if _SELF.search(told):
        return True
    if _is_told_plainly(told):
        return True
    if not _asks(told) and is_a_story(told, text, bool(_HARM.search(told))):
        return True
    acts, helped = bool(_ACT.search(told)), bool(_HELP.search(told))
    ruled = bool(rule.search(told)) or (not helped and bool(_ASKING.match(told)))
    if _OWN.search(told) and _HARM.search(told):
        return not ruled or (acts and bool(_CHILD.search(told)) and len(rule.findall(told)) < 2)
    if ruled:
        return False
    if acts and _ME.search(told):
        return True
    close = helped or (acts and bool(_SCENE.search(told)))
    return close and _are_near(told, _CHILD, _HARM)


def _is_told_plainly(told: str) -> bool:
    helped, turns = bool(_HELP.search(told)), len(_A_RULE.findall(told))
    if turns > helped or (_ASKING.match(told) and not helped):
        return False
    return _are_near(told, _PARENTED, _PLAIN) or is_coerced(told)


def _asks(told: str) -> bool:
    asked = "?" in told and not _HELP.search(told)
    return asked or bool(_A_RULE.search(told) or _ASKING.match(told))


def _are_near(told: str, child: re.Pattern[str], harm: re.Pattern[str]) -> bool:
    last_child, last_harm = -_NEAR_CHARS - 1, -_NEAR_CHARS - 1
    marks = [(m.start(), m.end(), True) for m in child.finditer(told)]
    marks += [(m.start(), m.end(), False) for m in harm.finditer(told)]
    for start, end, is_child in sorted(marks):
        if start - (last_harm if is_child else last_child) <= _NEAR_CHARS:
            return True
        if is_child:
            last_child = end
        else:
            last_harm = end
    return False
