"""Words that announce a person's name, or that it isn't a private person's; all folded."""

import re

TITLES = frozenset("m mr mme mlle monsieur madame mademoiselle mmes dr docteur maitre".split())
OFFICES = frozenset(
    """
    prefet prefete ministre president presidente directeur directrice maire procureur procureure
    juge recteur rectrice secretaire senateur senatrice depute deputee rapporteur rapporteure
    commissaire chef cheffe delegue deleguee garde conseiller conseillere inspecteur inspectrice
    defenseur defenseure premier premiere sous adjoint adjointe
    """.split()
)
RANKS = frozenset(
    """
    general generale adjoint adjointe delegue deleguee departemental departementale regional
    regionale academique
    """.split()
)
PERSONS = frozenset(
    """
    petit petite jeune enfant garcon fille fils neveu niece frere soeur eleve bebe ado adolescent
    adolescente mineur mineure collegien collegienne lyceen lyceenne gamin gamine gosse cousin
    cousine oncle tante tonton tata papi papy mamie voisin voisine ex conjoint conjointe mari
    femme compagnon compagne copain copine educateur educatrice educ referent referente familiale
    familial sociale social juge tuteur tutrice psychologue psy infirmiere benevole parrain
    marraine beau-pere belle-mere beau-frere belle-soeur demi-frere demi-soeur grand-pere
    grand-mere petit-fils petite-fille pere mere maman papa enfants freres soeurs filles garcons
    petits parents jumeaux jumelles
    """.split()
)
OWNED = PERSONS | {"anniversaire", "placement", "eleves", "prof", "avocate", "avocat"}
FAMILIES = frozenset("famille fratrie epoux couple consorts".split())
ARTICLES = frozenset("la cette une notre sa ma les le ce l".split())
NAMED = frozenset("prenomme prenommee denomme denommee nomme nommee prenom".split())
SUBJECTS = frozenset("il elle qui".split()) | PERSONS
PARTICLES = frozenset("de du d des le la ben bin el al da dos di van von ait n m o".split())
ELIDED = frozenset("o d n m".split())
APOSTROPHES = frozenset("' ’ ʼ ` ´".split())
TEXTS = frozenset(
    """
    loi lois rapport rapports mission proposition commission plan decret amendement strategie
    reforme circulaire ministre ministres ministere ministres secretaire senateur senatrice depute
    deputee preside presidee cabinet gouvernement arret arrete
    """.split()
)
REPORTS = frozenset("rapport rapports".split())
PLACES = frozenset(
    """
    fondation association lycee college ecole creche hopital chu ch clinique foyer mecs maison
    centre institut prix rue avenue boulevard place allee stade gare station pont universite
    espace village villages domaine clos residence chateau groupe cite saint sainte st ste notre
    notre-dame parc salle salles villa commune ville canton port square quai cours affaire
    """.split()
)
WHERE = frozenset("a au aux en dans sur vers pres".split())
LINKS = frozenset("de d du par".split())
CARED = frozenset(
    """
    concernant confier placer accueillir heberger suivre suit suivons evaluer recuperer revoir
    garder aider recevoir proteger
    """.split()
)
PEOPLE_OF = re.compile(r"(?:ien|ienne|ais|aise|ois|oise|ain|aine|iste|ique)s?$")
ADJECTIVE = re.compile(r"(?:(?:al|e|iv|ain|ant|ent|iqu|ell|eus|ier|abl|ibl|in)es?|es)$")
AGE = re.compile(
    r"[\s,]{0,3}\(?(?:(?:qui )?(?:a|avait|aura|a eu)\s|[âa]g[ée]{1,2}e? de\s)?\d{1,2}\s?"
    r"(?:ans|an|mois)\b(?! (?:maximum|renouvelable))"
)
AGE_AT_ONCE = re.compile(
    r"[\s,(]{0,3}(?:il |elle )?(?:a |[âa]g[ée]{1,2}e? de )?\d{1,2}\s?(?:ans|mois)\b"
)
CASE = re.compile(
    r",?\s(?:qui )?(?:(?:est|a été|sera|était|reste) (?:toujours |bien )?(?:plac|confi|suivi"
    r"|accueilli|hospitalis|descolaris|déscolaris|scolaris|enceinte|née?\b|sous |en (?:foyer|mecs"
    r"|famille|danger|fugue)|arriv[ée]{1,2}e? (?:de |du |d['’]))|(?:vit|dort|fugue|pleure) "
    r"|a (?:fugu|frapp|mordu|agress|disparu|mang|tent)|n['’]a plus |ne (?:mange|dort|parle|voit) "
    r"|et (?:sa|son|ses) (?:petite? |demi-|grande? )?(?:s[oœ]|fr[èe]re|jum))",
    re.IGNORECASE,
)
