"""Whether someone seems to speak of a real child in danger, and not of the policy about them.

Plain French cues on folded text: what hurts, and who stands close enough to tell it. Missing a
child costs more than showing a telephone number for nothing, so hints count; a question about a
rule is told by its own turns.
"""

import re

from assistant.privacy import MASK
from corpus.lexicon import fold

_NEAR_CHARS = 90
_SOMEONE = "personne-masquee"
_CHILD_WORDS = (
    r"(?:enfants?|mineure?s?|bebes?|nourrissons?|nouveaux?[- ]nes?|fils|filles?|fillette|garcons?"
    r"|garconnet|gamine?s?|petits?-fils|petites?-filles?|petite?s?|eleves?|neveux?|nieces?|ados?"
    r"|adolescente?s?|freres?|soeurs?|frangine?s?|jeunes?|gosses?|momes?|cousine?s?|filleule?s?"
    rf"|collegien(?:ne)?s?|lyceen(?:ne)?s?|jumeaux|jumelles|{_SOMEONE})"
)
_KIN = (
    r"(?:(?:beaux?-|grands?-)?(?:peres?|freres?|parents)|(?:belles?-|grand-)?(?:meres?|soeurs?"
    r"|filles?)|beau-fils|papa|maman|parents?|oncle|tonton|tante|tata|pap[iy]|mamie|cousine?"
    r"|copain|copine|conjoint|compagnon|mari|ex|mec|keum|daron(?:ne)?s?|reuf|frangin|educ\w*"
    r"|entraineur|coach|prof\w*|moniteur|voisine?s?|nounou|assistante? (?:maternelle|familiale))"
)
_MINE = (
    rf"\b(?:mon|ma|mes|notre|nos) (?:petite?s? |jeunes? |deux |ancienne? )?(?:{_CHILD_WORDS}|{_KIN}"
    r"|classe|immeuble|palier|residence|patiente?s?|foyer|femme|ami(?:e|es|s)?|quartier|rue|ecole"
    r"|chambre|lit|boulangerie|creche)\b(?! accueilli)"
)
# What is done, seen or suffered: a policy names none of it so plainly.
_ACTS = (
    r"fr+ap+(?:e|es|ent|er|ait|ee?s?)|tap(?:e|es|ent|er|ait|ee?s?)|bat(?:s|tent|tue?s?|tre|tait)?",
    r"cogn\w+|tabass?\w+|gifl\w+|baff\w+|claqu\w+|fess\w+|corrige[ea]\w*|defonc\w+|demoli\w*",
    r"demont\w+|derouill\w+|massacr\w+|etrangl\w+|etouff\w+|secou\w+|brul(?:e|ee|ees|es|ent|er)",
    r"brulures?|mord(?:u\w*)?|griff\w+|bleus?|hematomes?|ecchymoses?|bosses|fractur\w+|plaies?"
    r"|sang",
    r"saign\w+|bless(?:e|ee|ees|es|er|ures?)|cicatrices?|(?:traces?|marques?) (?:de|sur)|ceinture",
    r"baton|couteau|fusil|arme|coups?|poing|cigarettes?|cass(?:e|ee|es|er|ent)|attach(?:e|ee|es)",
    r"viol(?:e|es|ent|er|ees?|ait)|abus(?:e|es|ent|er|ait|ee?s?)|attouch\w+|agress\w+|caress\w+",
    r"couch(?:e|ent|er) avec|douche|actes? sexuels?|emprise|racket\w*|dans le noir|crach\w+|"
    r"pinc(?:e|ent|er)|tire\w* les cheveux|cachets|medicaments|seringues?|veines|rabaiss\w+|"
    r"embrass\w+|sexe|zizi|zezette|fesses|culotte|nu(?:e|es|s)|deshabill\w+|coucher avec|clients",
    r"passes|se prostitue\w*|porno\w*|choses sexuelles|(?:me|te|la|le|les|l'a|m'a|l'ont) touche\w*",
    r"dans (?:mon|son|leur) lit|chambre la nuit|la nuit dans (?:ma|sa|leur) chambre",
    r"affam\w+|faim|(?:rien|pas|plus|sans|de quoi) (?:a |le |la |de |nous )?mang\w+|nourrir?",
    r"(?:ne |le |la |les |pas |plus )nourri\w*|nourri(?:t|e|s)? (?:pas|plus)|maigre|mendi\w+"
    r"|sales?",
    r"poubelles?|pouilleux|crasse\w*|abandonn\w+|livre\w* a (?:lui|elle|eux)|dehors|a la rue",
    r"dans la rue|(?:tout|toute|tous|toutes) seule?s?|seule?s? (?:la nuit|a la maison|le week)",
    r"seule?s? (?:chez|dans|avec|devant)|cage d'escalier|palier|dans (?:la|une) voiture|cave"
    r"|placard",
    r"enferm\w+|sequestr\w+|a cle|boi(?:t|vent)|bois|bourre\w*|ivres?|saoule?s?|alcool\w*|drogu\w+",
    r"deal\w*|shoot\w*|mourir|tuer?|mort|suicid(?:e|er)|pendre|noyer|en finir|scarifi\w+|mutil\w+",
    r"sauter|plus vivre|menac(?:e|es|ent|er|ee?s?|ait)|chantage|(?:me|la|le|les|l'a|m'a"
    r"|nous) forc\w+",
    r"oblige\w* (?:a|de)|harcel(?:e|es|ent|er|ee?s?)|humili\w+|insult\w+|terroris\w+|peur|excis\w+",
    r"marier|marie\w* de force|fait (?:du |tres |trop )?mal|font (?:du )?mal|faire (?:du )?mal",
    r"pleur(?:e|es|ent|s|er|ait)|cri(?:e|es|ent|s|er|ait)|hurl\w+|gemi\w+|disparu\w*|kidnapp\w+",
    r"fugue(?:e|r)?|vend(?:re|ent)?|maltrait(?:e|es|ent|er|ee?s?|ait)|brutalis\w+|prive\w* de",
    r"ne (?:veut|veulent) (?:pas|plus) rentrer|(?:un|le|notre) secret|veut me voir|en danger",
)
# What policies name too: it takes more to be heard.
_TOPICS = (
    r"violences?|violente?s?|viols?|inceste\w*|sevices|maltraitance\w*|danger\w*|victimes?",
    r"prostitu\w+|fugu\w+|suicid\w+|harcelement|mineure? en danger|negligen\w+|agressions?"
    r"|exploit\w+",
)
_CHILD = re.compile(rf"\b{_CHILD_WORDS}\b")
_ACT = re.compile(rf"\b(?:{'|'.join(_ACTS)})\b")
_HARM = re.compile(rf"\b(?:{'|'.join((*_ACTS, *_TOPICS))})\b")
_HELP = re.compile(
    r"\b(?:aide[rz]?[- ]moi|help|au secours|sos|que faire|dois-je faire|je fais quoi|quoi faire"
    r"|comment (?:le |la |les )?signaler|a qui j[e']|(?:qui|a qui) (?:prevenir|appeler|alerter"
    r"|(?:le |en )?(?:dire|parler)|telephoner|(?:le |la |les )?signaler))"
)
# Who tells it stands close: their own, what they saw, what a child told them.
_OWN = re.compile(
    rf"{_MINE}|{_SOMEONE}|\bj'(?:entends|ai vu|ai entendu|ai surpris)\b|\bje (?:viens de|vois"
    rf"|garde)\b"
    r"|\b(?:m'a|m'ont|me|ma) (?:dit|confie|parle|raconte|montre|revele|avoue)\b"
    r"|\bde me (?:dire|reveler|confier)\b|\bj(?:e )?(?:soupconne|crois|pense|crains)\b"
    r"|\bje (?:connais|m'inquiete)\b|\bj'ai (?:tres )?peur\b|\ba l'instant\b|\ben bas de chez\b"
    r"|(?<!la )(?<!le )(?<!du )\b(?:papa|maman) |\bque je (?:lui|leur) (?:envoie|montre|fasse)\b"
)
_SCENE = re.compile(
    rf"\b(?:un|une|le|la|l'|des|les|du|au) ?(?:petite?s? )?{_CHILD_WORDS}\b|\bvoisine?s?\b"
    rf"|\bd'a cote\b"
    r"|\bdu (?:dess(?:us|ous)|quartier|voisin)\b|\bchez (?:moi|eux|elle|lui)\b|\bil y a une?\b"
    rf"|\b(?:ce matin|ce soir|hier|en ce moment)\b|\b(?:son|sa) {_KIN}\b|^{_CHILD_WORDS}\b"
)
_ME = re.compile(
    r"\b(?:me|moi|je suis|j'ai ete)\b|\bm'(?!a (?:demand|charg|confi|dit|appele))"
    r"|\bnous (?!avons|sommes|devons|pouvons|voulons)"
)
# Words of the texts, and the turns of a question about a rule.
_RULE = re.compile(
    r"\b(?:instructions?|circulaires?|decrets?|lois?|articles?|casf|codes?|strategie|contrats?"
    r"|indicateurs?|objectifs?|annexes?|plans?|budgets?|credits?|financ\w+|mesures?|dispositifs?"
    r"|departements?|collectivites?|etablissements?|definition|textes?|notes?|fiches?|delais?"
    r"|combien|rapports?|avenants?|logiciels?|prevention|actions?|referentiel|missions?|services?"
    r"|protocoles?|professionnels?|autorite parentale|chiffres|recours|exercices?|reforme|20[12]\d"
    r"|quel(?:le)?s?|qu'est-ce|pourquoi|a-t-(?:il|elle|on)|droits?|numeros?|modele|cours"
    r"|que (?:dit|prevoit|risque|deviennent|fait)|crip|ase|hotels?|pmi|l'etat|contractualisation)\b"
    r"|\b(?:doi(?:t|vent)|peu(?:t|vent)|est|sont|garde|perd(?:ent)?|releve|reste|beneficie(?:nt)?"
    r"|font|touche|prevoit|risque|faut|dorment|pleurent)[- ](?:t-)?(?:ils?|elles?|on)\b"
    r"|^(?:qui|ou) (?:controle|recoit|evalue|finance|trouver)"
)
_ASKING = re.compile(r"(?:qui|comment|quand|ou|a quoi|a quelle?s?|que|qu'est-ce) ")
_DEATH = (
    r"(?:mourir|en finir|plus (?:vivre|etre la)|crever"
    r"|me (?:tuer|suicider|foutre|jeter|pendre|noyer|ouvrir les veines))"
)
# Said in the first person, it needs nothing else.
_SELF = re.compile(
    "|".join(
        (
            rf"\b(?:on|il|elle|ils|elles|qui|ca|{_KIN}) (?:il |elle )?(?:me |m'|ma |nous )"
            rf"(?:a |ont |l'a )?(?:{'|'.join(_ACTS[:6])}|viol\w*|abus\w+|agress\w+|touch\w+"
            rf"|force\w*)\b",
            r"\bme touche\b|\bme fo(?:nt|rcent?) (?:a )?(?:faire|coucher)\b|\bj'ai ete (?:viol"
            r"|agress"
            r"|abus|batt|frapp)\w+|\bpeur (?:de |d')?rentre\w*"
            r"|\bj'ai (?:avale|pris) (?:des|tous|trop|les|une boite)\b",
            r"\bje (?:suis|me fais|me suis fait\w*) (?:viol|frapp|batt|abus|agress|sequestr"
            r"|harcel|tap)\w*",
            r"\bje suis (?:(?:mineure? )?(?:et )?a la rue|en danger|en fugue|victime d"
            r"|enceinte de mon)",
            r"\bje (?:dors|vis) (?:dehors|dans la rue)\b|\bje me suis (?:sauve|enfui|barre"
            r"|tire)e?\b",
            r"\bnumero (?:d')?enfance en danger\b|\bfaire exciser\b|\bmariee? de force\b",
            rf"\bveu?x (?:pas |plus )?{_DEATH}|\b(?:je |j)(?:vais|ve) {_DEATH}|\benvie (?:de "
            rf"|d'){_DEATH}",
            r"\bplus envie de vivre\b|\bje me (?:scarifie|mutile|coupe|fais du mal)\b",
            r"\bj'ai (?:frappe|secoue|tape|gifle|battu|enferme) (?:mon|ma|mes|le|la|notre)\b",
            r"\bpeur de (?:le |la |lui |les )?(?:faire (?:du )?mal|frapper|secouer|tuer)\b",
            r"\bfinir par (?:le|la|les|lui)\b",
        )
    )
)
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SPOKEN = (
    (re.compile(rf"\b(?:mme|mlle|m|mr|monsieur|madame)\b\.? {_SOMEONE}"), "quelqu'un"),
    (re.compile(r"\bj ?ai\b"), "j'ai"),
    (re.compile(r"\bg (?=peur|envie|\d)"), "j'ai "),
    (re.compile(r"\b(?:chui|jsuis|chuis)\b"), "je suis"),
    (re.compile(r"\bm (?=a |ont |en )"), "m'"),
    (re.compile(r"\bki\b"), "qui"),
    (re.compile(r"\bk[eo]\b"), "que"),
    (re.compile(r"\benfan\b"), "enfant"),
    (re.compile(r"\bper\b"), "pere"),
    (re.compile(r"\bmer\b"), "mere"),
    (
        re.compile(r"\b(beau|belle|grand|petit|petite) (pere|mere|frere|soeur|fils|fille)\b"),
        r"\1-\2",
    ),
    (re.compile(r"\bj'?(me|veux|vais|dors|suis|vis|crois|pense|peux) "), r"je \1 "),
)


def smells_of_danger(text: str) -> bool:
    """Whether someone seems to speak of a real child in danger now, whatever the spelling.

    Args:
        text: a question, masked or not; someone masked counts as someone given.
    """
    told = _REPEATED.sub(r"\1", fold(text.replace(MASK, _SOMEONE)))
    for pattern, plain in _SPOKEN:
        told = pattern.sub(plain, told)
    if _SELF.search(told):
        return True
    acts, helped = bool(_ACT.search(told)), bool(_HELP.search(told))
    ruled = bool(_RULE.search(told)) or (not helped and bool(_ASKING.match(told)))
    if _OWN.search(told) and _HARM.search(told):
        return not ruled or (acts and bool(_CHILD.search(told)) and not _asks_a_rule(told))
    if ruled:
        return False
    if acts and _ME.search(told):
        return True
    close = helped or (acts and bool(_SCENE.search(told)))
    return close and _is_a_child_near_harm(told)


def _asks_a_rule(told: str) -> bool:
    return len(_RULE.findall(told)) > 1


def _is_a_child_near_harm(told: str) -> bool:
    last_child, last_harm = -_NEAR_CHARS - 1, -_NEAR_CHARS - 1
    marks = [(m.start(), m.end(), True) for m in _CHILD.finditer(told)]
    marks += [(m.start(), m.end(), False) for m in _HARM.finditer(told)]
    for start, end, is_child in sorted(marks):
        if start - (last_harm if is_child else last_child) <= _NEAR_CHARS:
            return True
        if is_child:
            last_child = end
        else:
            last_harm = end
    return False
