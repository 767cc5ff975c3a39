"""French templates of what the assistant says around its claims; no fact of the corpus here."""

from collections.abc import Mapping
from datetime import date

from assistant.answer import Refusal

REFUSALS: Mapping[Refusal, str] = {
    "not_in_corpus": (
        "Le corpus ne contient pas de passage qui réponde à cette question. Rien n'est affirmé "
        "sans preuve."
    ),
    "known_unknown": (
        "Ce point n'a pas pu être établi : les sources lues n'en disent rien de sûr."
    ),
    "other_exercice": (
        "Le corpus ne répond à cette question que pour un autre exercice que celui demandé ; "
        "une règle d'un autre exercice n'est pas donnée comme si elle valait."
    ),
    "out_of_scope": (
        "Cette question ne semble pas porter sur la politique de prévention et de protection de "
        "l'enfance, et Repères ne répond qu'à partir des textes de ce domaine. Si elle en relève, "
        "nommez le texte, l'exercice ou le dispositif dont il s'agit."
    ),
    "individual_case": (
        "Repères répond sur les textes, jamais sur la situation d'une personne : la décision "
        "revient à qui la suit, service de l'aide sociale à l'enfance ou juge. Demandez la règle "
        "générale, sans personne en particulier."
    ),
    "not_a_question": (
        "Posez une question sur la contractualisation ou la protection de l'enfance, par exemple "
        "sur une échéance, un montant, une pièce à fournir ou un département."
    ),
}
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
LOOKED_FOR = "Recherche faite : « {question} »{frame}."
NEARBY = "Documents proches : {titles}."
PART = "« {question} »"
SAID_ABOVE = "Déjà cité plus haut."
FOR_EXERCICES = ", exercice {years}"

CONFLICT = "Les sources divergent. {about} : {sides}. À retenir : {retain} {why}"
CONFLICT_QUOTED = "Les sources divergent. {quote}"
INFERRED = "Ce point est une déduction, pas une donnée lue dans un texte {markers}."
PRESS_ONLY = "D'après la presse seulement : le texte officiel n'a pas été lu {markers}."
SUPERSEDED = "Ce texte n'est plus en vigueur."
ANNULLED = "Ce texte a été annulé."
ENDED = "« {title} » {how}{by}{on}."
REPLACED_DATE = "Une date a été remplacée par une autre : {quote}"
REPLACED_DATE_PLAIN = "Une date donnée ici a été remplacée par une autre."
FORMER_VALUE = "La question reprend ce qui valait auparavant : {quote}"
FORMER_VALUE_PLAIN = "La question reprend ce qui valait auparavant."
FALSE_PREMISE = "La question tient pour acquis un point que le corpus contredit : {quote}"
FALSE_PREMISE_PLAIN = "La question tient pour acquis un point que le corpus contredit."
OTHER_EXERCICE = (
    "Ce qui est cité vaut pour l'exercice {years}, pas pour l'année en cours {markers}."
)
OTHER_EXERCICE_ASKED = (
    "Ce qui est cité vaut pour l'exercice {years}, pas pour celui de la question {markers}."
)
NO_REASON = "Les textes lus disent ce point sans en donner la raison, et aucune n'est supposée."
CHECKED_ON = "Le corpus a été vérifié au {day} : ce qui a paru depuis n'y est pas."
CODE_READ_ON = (
    "Article de code lu au {checked} : sa rédaction au {asked} pouvait être autre {markers}."
)
SAID_LATER = "Ce qu'en disent ces textes n'était pas connu au {day} : {texts}."
KNOWN_SINCE = "connu depuis le {day}"
UNDATED = "sans date"
UNKNOWN = "Non établi : {quote} {markers}"
GENERAL_RULE = "Règle générale, sans rapport avec une situation particulière : {quote} {markers}"
FOR_ALL = (
    "Ce qui est cité vaut pour tous ceux que la règle vise, et ne dit rien de propre à la "
    "collectivité nommée {markers}."
)
NATIONAL_AMOUNT = (
    "Montant national : la part de la collectivité nommée n'est pas dans ce qui est cité {markers}."
)
NO_ENTRY = (
    "L'année d'entrée de la collectivité nommée dans la contractualisation n'a pas été établie."
)
REGION = (
    "La question nomme une région : ce qui est dit l'est de ses départements, un par un, non "
    "d'elle."
)
REST_OF_REGION = "Départements de cette région dont l'année d'entrée n'a pas été établie : {count}."
DROPPED = "Une partie de la réponse n'a pas passé les vérifications et n'est pas montrée."
LEXICAL_ONLY = "Recherche par mots seulement : {reason}"
NO_MODEL = "l'index ou le modèle de vecteurs n'est pas disponible."
PERSONAL_DATA = (
    "La question contenait une donnée personnelle : elle a été masquée et n'est pas conservée."
)
DANGER = (
    "Si un enfant est en danger ou risque de l'être, appelez tout de suite le 119 (gratuit, "
    "confidentiel, à toute heure), ou prévenez la cellule de recueil des informations "
    "préoccupantes (CRIP) du département ; en urgence, pour lui ou pour vous, les secours, la "
    "police ou la gendarmerie."
)
IN_DANGER = (
    "Repères répond sur les textes, jamais sur la situation d'une personne : qu'il s'agisse d'un "
    "enfant ou de vous-même, parlez-en dès maintenant à quelqu'un qui peut agir : une "
    "personne de confiance, un médecin, les secours."
)
ASSUMED_EXERCICE = "Et pour l'exercice {year} ?"
STEP_SEARCH = "Je cherche dans le corpus…"
STEP_CHECK = "Je vérifie chaque phrase…"


def day(on: date) -> str:
    """A day in words: « 1er avril 2021 »."""
    number = "1er" if on.day == 1 else str(on.day)
    return f"{number} {_MONTHS[on.month - 1]} {on.year}"
