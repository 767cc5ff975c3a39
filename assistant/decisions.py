"""Whether a decision is asked about a person or a family whom the asker knows.

Two signs together: someone definite (« ma jeune », « la petite que je suis », « j'ai une famille »,
« ce monsieur », « un gamin a fugué samedi ») and a decision left to whoever answers (« je la laisse
partir ? », « faut-il lui retirer », « on sépare ? », « oui ou non »). A role in general, a « si un
jeune », a right that someone has or hasn't, are not enough: those ask for the rule.
"""

import re

from assistant.kin import SOMEONE

_WORKER = (
    r"(?:ass(?:is)?t?(?:ante?s?|\.)? ?(?:familiale?s?|maternelle?s?)|assistants? familia(?:l|ux)"
    r"|ass?fams?|assmats?|familles? d'accueil|educ(?:s|at\w+)?|veilleu\w+|surveillante?s?)"
)
_YOUNG = (
    r"(?:jeunes?|enfants?|petite?s?|gamine?s?|gosses?|momes?|ados?|adolescente?s?|bebes?"
    r"|nourrissons?|nouveau-nes?|mineure?s?|mna|majeure?s?|filles?|fillettes?|fils|garcons?"
    r"|loulous?|fratries?|jumeaux|jumelles|freres?|soeurs?|apprentie?s?|lyceen(?:ne)?s?"
    r"|collegien(?:ne)?s?|eleves?|pupilles?|minots?|gars|accueillie|bonhomme|miss|puce"
    r"|derni(?:er|ere) arrivee?)"
)
_GROWN = (
    r"(?:familles?|parents?|(?:beau-|grand-)?peres?|(?:belle-|grand-)?meres?|papas?|mamans?"
    r"|oncle|tante|papi|papy|mamie|monsieur|messieurs|madame|dames?|mme|mlle|couples?|hommes?"
    r"|femmes?|voisine?s?|tiers|candidate?s?|conjointe?|compagn(?:on|e)|tdc)"
)
# « Un enfant sur trois » is a figure.
_PERSON = (
    rf"(?:{_WORKER}|{_YOUNG}|{_GROWN}|{SOMEONE})\b"
    r"(?! (?:\w+ )?sur (?:\d|deux|trois|quatre|cinq|dix))"
)
_STAFF = (
    r"(?:maitre(?:sse)?s? de maison|psy\w*|infirmi\w+|puer\w*|moniteur\w*|monitrice|tiss?f"
    r"|benevole|parrain|marraine|stagiaire|cuisini\w+|chauffeur|agente?|salariee?|chef de service"
    r"|educ\w*|veilleu\w+|interimaire|candidate?|directeur|directrice)"
)
_ADJECTIVE = (
    r"(?:(?:petite?s?|jeunes?|deux|trois|quatre|cinq|[2-9]|pauvres?|autres?|grande?s?|memes?"
    r"|stagiaire|collegue|future?|ancien(?:ne)?|seule?|derni(?:er|ere)|nouve(?:au|lle)) ){0,2}"
)
_SOME = r"(?:une?|deux|trois|quatre|plusieurs|[2-9])"
_ONE = rf"(?:\bl'|\b(?:le|la|{_SOME}) )"
_THE = r"(?:\bl'|\b(?:le|la|au|du|mm?e) )"
_FOLLOWED = (
    r"(?<!ce )(?:(?:que|dont) (?:je|nous|on)|qu'on|que j'|dont j'|que nous|qu'(?:elle|il)s?)"
    r" ?(?:vous |y |en |leur |lui )?(?:suis|suit|suivons|suivent|ai|avons|a|accueil\w+"
    r"|accompagn\w+|heberg\w+|(?:m'|s'|nous )?occup\w*|encadr\w+|recoi\w+|evalu\w+|gard\w+"
    r"|decri\w+|parl\w+)\b"
)
_BROUGHT = (
    r"(?:(?:j'ai|on a|nous avons|il y a|il (?:me|nous) reste) (?:en face de (?:moi|nous) "
    r"|ici |chez (?:moi|nous) |en ce moment |actuellement |depuis \w+ (?:\w+ )?)?"
    r"|(?:je|on|nous) (?:recoi|rencontre|sui|accompagne|accueil|heberge|evalue)\w* (?:\w+ ){0,2}"
    r"|(?:me|m'|nous) ?(?:r?envoi|adress|confi|orient|amen|pass|rend)\w+ (?:\w+ ){0,4}"
    r"|(?:nous|me) demand\w+ de \w+ (?:\w+ ){0,4})"
)
_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
# What happened, and when: on a day the asker has in mind.
_DAY = (
    r"(?:hier|aujourd'hui|demain|avant-hier|ce (?:matin|soir|midi|mois(?:[- ]ci)?|week[- ]?end)"
    r"|cette (?:nuit|semaine|annee)|cet (?:ete|hiver|apres-midi)|(?:lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche)|la semaine (?:prochaine|derniere)|mois (?:prochain|dernier)"
    rf"|l'an dernier|depuis (?:\w+ )?(?:{_MONTH}|noel|paques|la toussaint|la rentree|l'ete)\b"
    r"(?! (?:19|20)\d)|a noel|pour noel|en juin|vien(?:t|nent) d(?:e|')|(?:deux|trois|quatre"
    r"|[2-9]|plusieurs|dix) fois|il y a \w+ (?:jours?|semaines?|mois)|dans \w+ (?:jours?|semaines?)"
    rf"|le \d{{1,2}}\b(?! (?:{_MONTH})))"
)
_KNOWN = re.compile(
    "|".join(
        (
            rf"\b(?:mon|ma|notre) {_ADJECTIVE}{_PERSON}\b(?! (?:doit|doivent|peut|peuvent)\b)",
            r"\b(?:mes|nos) (?:deux |trois )?(?:jumeaux|jumelles)\b",
            rf"\b{_SOME} de (?:mes|nos|leurs) {_ADJECTIVE}{_PERSON}\b",
            rf"{_ONE}{_ADJECTIVE}{_PERSON}\b[^.?!;:]{{0,30}}? {_FOLLOWED}",
            rf"\b{_BROUGHT}(?:une?|deux|trois|quatre|ce|cet|cette|le|la) {_ADJECTIVE}{_PERSON}\b",
            rf"\b(?:ce|cet|cette|ces (?:deux|trois)) {_ADJECTIVE}{_PERSON}\b",
            # « Bonjour Madame » greets; « Mme ne vient plus » tells.
            r"\b(?:mme|mlle|madame|monsieur)(?: [a-z]\b\.?)? (?:a|est|veut|vit|ne|n'|va|vient"
            r"|refuse|demande|part|sort|boit|conteste|dit|reste|dont|qui)\b",
            rf"{_ONE}{_ADJECTIVE}{_PERSON}\b[^?;]{{0,80}}\b{_DAY}",
            rf"\b{_DAY}\b[^?;]{{0,60}}?{_ONE}{_ADJECTIVE}{_PERSON}\b",
            rf"{_ONE}{_ADJECTIVE}{_PERSON} (?:m'|(?:me|nous) )"
            r"(?!(?:(?:a|ont) )?(?:demand|reclam|interrog|sollicit|signal|alert|inform|ecri"
            r"|r?appel))\w+",
            r"(?:^|[.,:;!?] )(?:il|elle) (?:a|n'a que|aura) \d{1,2} (?:ans|mois)\b",
            # A bare age tells of someone: « 17 ans, délinquant ».
            r"(?:^|[,:;.(] )(?:\w+, )?(?:agee? de )?\d{1,2} (?:ans|mois)(?: et demie?)?(?=[,.:;)])",
            rf"^(?:bonjour,? )?{_ADJECTIVE}{_PERSON} [^?;]{{0,60}}?\b{_DAY}",
        )
    )
)
_DONE = (
    r"(?:a|ont|n'a|s'est|se sont|l'a|m'a) (?:(?:pas|deja|encore|jamais|bien) )?"
    r"(?!(?:une|ete|de|le|quelle)\b)(?:\w{2,}ee?s?|dit|fait|mis|pris|repris|recu|perdu|vu|revu|fui"
    r"|rendu|battu|menti|ecrit|parti)\b"
)
# Something happened to the one who is spoken of, or to someone.
_HAPPENED = re.compile(rf"{_THE}{_ADJECTIVE}{_PERSON} (?:[\w-]+ ){{0,3}}?{_DONE}")
_SOMEONE_DID = re.compile(rf"{_ONE}{_ADJECTIVE}{_PERSON} (?:[\w-]+ ){{0,3}}?{_DONE}")
# « La mère est hospitalisée », « le petit », or whoever was said before.
_DEFINITE = re.compile(
    rf"{_THE}{_ADJECTIVE}{_PERSON}\b|(?:^|[.:;!?] )(?:maman|papa|bebe|mere|pere"
    rf"|(?:grande?|petite?) (?:frere|soeur))\b|\bles (?:jumeaux|jumelles)\b"
    rf"|\b(?:les|ses) (?:deux|trois|quatre) {_PERSON}\b"
)
_ANYONE = re.compile(rf"\b{_PERSON}\b")
_THEM = r"(?:l'|(?:le|la|les|lui|leur) )"
# Who asks for themselves what to look up, says who they are, or reports what they think.
_NO_ACT = (
    r"(?!(?:suis|etais|cherche|souhaite\w*|voudr\w+|veux|voulons|prepare|debute|remplace|travaille"
    r"|redige|pense|pensons|crois|sais|savons|me|m'|peux|puis|dois|devons|pouvons|peut|doit|voit"
    r"|dit|parle|lis|vois|viens|comprends?|trouve|trouvons|appelle|ai|avons|a|est|sera|veut|n'"
    r"|ne|entend|definit|calcule|compte|mesure|evalue|nomme"
    r"|demande (?:si|ce|comment|quel|combien|qui|quand|a quoi)|distingue|sait)\b)"
)
_LEAD = r"(?:^|[.,;:?!)] |\b(?:et|ou|mais|jusqu'ou|est-ce que|du coup|alors|donc) )"
_I_ACT = re.compile(
    rf"{_LEAD}(?:je |j'){_NO_ACT}[^.?!;,]{{2,70}}(?:\?|$)"
    rf"|{_LEAD}(?:je |j'){_NO_ACT}\w+ (?:\w+ ){{0,6}}\w+ (?:ou|et) [^.?!]{{1,60}}\?"
    r"|\b(?:tu|vous) (?:la |le |les |l')?(?!pour|sau|aur|ser|voud)\w+r(?:ais|iez)\b"
    r"|\b(?:a votre avis|a ma place|je (?:le|la|les|lui|leur) \w+)\b"
)
_WE_ACT = re.compile(
    rf"{_LEAD}(?:on|nous) (?:(?:y|en) )?{_NO_ACT}[^.?!;,]{{2,70}}(?:\?|$)"
    rf"|{_LEAD}(?:on|nous) {_THEM}{_NO_ACT}\w+|(?<!')\bon {_THEM}{_NO_ACT}\w+[^.?!;,]{{0,50}}\?"
)
_VERBS = r"\w+(?:er|[dt]re|ir|oir)\b"
_TO_DECIDE = re.compile(
    r"\b(?:dois|puis|vais)[- ]je\b|\b(?:je|on) (?:dois|doit|peux|peut|vais|va|suis (?:obligee?"
    r"|tenue?) d\w*) ?[^.?!,;]{2,80}\?|\best-ce que (?:je|on) (?:dois|doit|peux|peut|vais|va)\b"
    rf"|\bfaut[- ]il (?:vraiment |deja )?(?:qu(?:e |')|{_THEM}?{_VERBS})"
    r"|\b(?:peut|doit|va)-on\b|\b(?:peut|doit|va) t on\b|\b(?:devons|devrions|pouvons)-nous\b"
    r"|\b(?:vaut-il|vaut) mieux\b|\bce que c'est a faire\b|\boui ou non\b|\bou (?:pas|non)\b"
    r"|\b(?:fais|fait|faire|feriez|ferais) quoi\b|\bqui a raison\b"
    rf"|\b(?:que|quoi|quel\w* \w+) {_VERBS}"
)
# An opinion is asked, or an agent hesitates aloud.
_OPINION = re.compile(
    r"\bj'hesite\b|\bferiez[- ]vous\b|\bvous (?:me |nous )?(?:conseill\w+|feriez)\b"
    r"|\b(?:bonne|mauvaise) idee\b|\b(?:est-il|est-ce|parait|semble|trouve\w*)"
    r" (?:\w+ )?(?:normal|raisonnable|prudent|judicieux|trop (?:tot|tard))\b"
    r"|\b(?:a )?votre avis\b|\bvous en pensez quoi\b|\bqu'en pensez\b|\bai-je (?:raison|tort)\b"
)
# « Favorable ou pas ? », « pouponnière ou assfam ? »: a choice, and no verb that asks a rule.
_CHOICE = re.compile(
    r"(?:[.,:;!)] |, )(?!(?:a|de|des|pour|par|qui|quand|quel\w*|combien|c'est|est|y|faut) )"
    r"(?:[\w'-]+ ){1,3}ou [^.?!,;]{1,50}\?? ?$"
)
_ASKED_OF_THEM = re.compile(
    r"\b(?:obligatoire\w*|droits?|prevue?s?|legal\w*|permis|possible|eligible\w*|compt\w+)\b"
    r"|\w-(?:t-)?(?:ils?|elles?)\b|\best-ce (?:que|qu')(?!(?:je|on)\b)"
)
_THEY_ACT = re.compile(
    rf"{_LEAD}(?:elle|il|elles|ils) (?!s'agi|fau|suffi|est|a |y a)\w+ [^.?!;,]{{2,60}}\?"
)
_CLAUSES = re.compile(r"[.,:;?!]")
_VERDICT = re.compile(r"\b(?:oui ou non|ou pas|ou non)\b")
_OPEN = re.compile(
    r"(?:^|[.,:;?!] |\b(?:a|avec|par|pour|chez|prevenir|previent|decide) )qui\b"
    r"|\b(?:quand(?! meme)|combien|quels?|quelles?|comment|delais?)\b"
)
_OURS = re.compile(rf"\b(?:mon|ma|notre|une? de (?:mes|nos)|une?) (?:\w+ )?{_STAFF}\b")
_ON_THEM = re.compile(
    rf"\b(?:on|je|faut-il|doit-on|peut-on|dois-je|puis-je|on (?:doit|peut)"
    rf"|je (?:dois|peux)) {_THEM}"
    rf"(?!\w+-)\w+(?: \w+){{0,5}} ?\?"
)
# « Ado de 16 ans, … : je dois »: noted in a hurry, of someone.
_NOTED = re.compile(rf"^(?:bonjour,? )?{_ADJECTIVE}{_PERSON} (?:\w+ )?de \d")
_I_MUST = re.compile(r"\bje (?:dois|peux)\b|\b(?:dois|puis)[- ]je\b|\bfaut-il que je\b")
_PARENTS = re.compile(r"\bles parents\b(?! (?:d'un|d'une|des|doivent|peuvent|ont)\b)")
# What an agent holds that is about one child.
_FILE = re.compile(
    r"\b(?:l'|une |cette |ton |ma )(?:ip|information preoccupante)\b|\bdossier d'agrement sur\b"
)
_ONE_OF_THEM = re.compile(rf"{_ONE}{_ADJECTIVE}{_PERSON}")
_BRIEFLY = re.compile(rf"[.,:;!?)] (?:je |j'){_NO_ACT}{_THEM}?\w+(?: \w+)? ?\?")
_THIS_FILE = re.compile(
    r"\b(?:dans|sur|pour) (?:ce dossier|cette (?:situation|famille)|ce cas)\b"
    rf"|\b(?:dossier|situation|cas)\b[^.?!;:]{{0,20}}? {_FOLLOWED}"
)
# The rule is asked in so many words, or a case is only supposed.
_AS_A_RULE = re.compile(
    r"\b(?:en (?:regle )?general\w*|regle generale|de (?:facon|maniere) generale|d'une (?:facon"
    r"|maniere) generale|dans l'absolu|en theorie)\b"
)
_OF_THE_TEXTS = re.compile(
    r"\bque (?:dit|disent|prevoit|prevoient) (?:l[ae']|les|le) ?(?:loi|textes?|code|decret|droit)"
)
_SUPPOSED = re.compile(
    r"(?:^|[.,:;?!] |\b(?:que faire|quoi|dois-je faire|on fait quoi) )(?:si|s'|quand|lorsqu\w*"
    rf"|des qu\w*|en cas|au cas|dans le cas)\b ?[^.?!]{{0,20}}\b(?:des|une?|les?|la|l') ?{_PERSON}"
)
# A child is named there, and none is meant.
_TERMS = re.compile(
    r"\b(?:projets?|droits?|interets?|convention|maisons?|statut|delegue\w*|observatoire|besoins?)"
    r" (?:pour|de|des|du) (?:l'|la |les )?(?:enfant|famille|mineur)s?\b"
    r"|\bcontrats? (?:de )?jeunes? majeure?s?\b"
)


def asks_the_rule(folded: str) -> bool:
    """Whether a folded question says itself that it asks for the general rule."""
    return bool(_AS_A_RULE.search(folded))


def is_asked_to_decide(folded: str) -> bool:
    """Whether a folded question asks what to do with someone whom the asker knows.

    Args:
        folded: a question, folded, its names replaced by ``kin.SOMEONE``.
    """
    folded = _TERMS.sub(" contrat ", folded)
    if _SUPPOSED.search(folded) or _OF_THE_TEXTS.search(folded):
        return False
    act = bool(_I_ACT.search(folded))
    chosen = bool(_CHOICE.search(folded)) and not _ASKED_OF_THEM.search(folded)
    led = act or bool(_WE_ACT.search(folded))
    opinion = bool(_OPINION.search(folded))
    someone = bool(_ANYONE.search(folded))
    told = _KNOWN.search(folded) or _HAPPENED.search(folded)
    if told or (someone and _THIS_FILE.search(folded)):
        return (
            led or chosen or opinion or bool(_TO_DECIDE.search(folded) or _THEY_ACT.search(folded))
        )
    if someone and opinion:
        return True
    verdict = _BRIEFLY.search(folded) or (chosen and _VERDICT.search(folded))
    if verdict and _ONE_OF_THEM.search(folded):
        return True
    if _NOTED.search(folded) and (act or _I_MUST.search(folded)):
        return True
    last = [clause for clause in _CLAUSES.split(folded) if clause.strip()][-1:]
    if any(_OPEN.search(f", {clause.strip()}") for clause in last):
        return act and bool(_DEFINITE.search(folded))
    if _SOMEONE_DID.search(folded) and led:
        return True
    if _DEFINITE.search(folded):
        return led or chosen or _comes_after(folded, _DEFINITE, _ON_THEM, _I_MUST)
    if _PARENTS.search(folded) and act:
        return True
    return _comes_after(folded, _OURS, _ON_THEM) or bool(_FILE.search(folded) and act)


def _comes_after(folded: str, whom: re.Pattern[str], *asked: re.Pattern[str]) -> bool:
    """Whether something is asked once someone was spoken of."""
    found = [match for pattern in asked if (match := pattern.search(folded))]
    return any(whom.search(folded, 0, match.start()) for match in found)
