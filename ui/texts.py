"""Every French sentence and label of the HTTP API and the web chat."""

from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
THIN = "\u202f"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

PRODUCT = "Repères"
TAGLINE = (
    "L'assistant qui répond sur la politique de protection de l'enfance et montre, pour chaque "
    "phrase, le passage qui la prouve."
)
NO_SCRIPT = f"{PRODUCT} a besoin de JavaScript pour afficher la conversation."
PRIVACY_NOTICE = "N'écrivez aucune donnée personnelle (nom, adresse, situation d'un enfant)."
QUESTION_LABEL = "Votre question"
QUESTION_HINT = f"Par exemple{NBSP}: quelles pièces joindre en 2022{THIN}?"
SEND = "Envoyer"
CLEAR = "Effacer la conversation"
EXAMPLES_TITLE = "Exemples de questions"
FOLLOW_UPS_TITLE = "Pour continuer"
CONVERSATION_TITLE = "Conversation"
WELCOME = (
    "Posez une question en une phrase. Chaque phrase de la réponse renvoie par un numéro à la "
    "source qui la prouve, passage surligné. Sans preuve, Repères le dit et ne répond pas."
)
SOURCES_TITLE = "Sources de la réponse"
SOURCES_EMPTY = (
    "Les sources de la réponse s'afficheront ici, chacune avec le passage cité surligné."
)
SOURCES_NONE = f"Aucune source citée{NBSP}: cette réponse n'affirme rien."
SOURCES_OF = "Sources pour"
YOUR_QUESTION = f"Votre question{NBSP}:"
SOURCE = "source"
BACK = "Retour à la réponse"
READ_SOURCES = "Ce qui a été lu"
OFFICIAL_LINK = "Page officielle"
NEW_TAB = "(nouvel onglet)"
REWORDED = f"reformulé{NBSP}; chiffres, dates et acteurs vérifiés"
PASSAGE = f"Passage cité{NBSP}:"
NEARBY = "Documents proches"
UNKNOWN = "non établi"
"""What every page and table says of what nobody could establish; « e » follows for a feminine."""
UNKNOWN_KIND = f"nature {UNKNOWN}e"
FOUNDING_FILE = "document fourni"
TABLE_CAPTION = "Comparaison"
ANSWER_SHOWN = "Réponse affichée"
FIRST_STEP = "Je cherche…"
LEXICAL_ONLY = (
    f"La recherche par le sens est indisponible{NBSP}: seuls les mots de la question sont cherchés."
)
CLEARED = "Conversation effacée."

STATUS_LABELS = {
    "answered": "Réponse prouvée",
    "partial": "Réponse partielle",
    "refused": "Pas de réponse prouvée",
}
REFUSAL_LABELS = {
    "not_in_corpus": "aucun passage du corpus ne prouve une réponse",
    "known_unknown": "point que personne n'a pu établir",
    "other_exercice": "établi pour un autre exercice seulement",
    "out_of_scope": "hors de la politique de protection de l'enfance",
    "individual_case": "situation individuelle",
    "not_a_question": "ce n'est pas une question",
}
WARNING_TITLES = {
    "conflict": "Les sources divergent",
    "superseded": "Texte remplacé depuis",
    "annulled": "Texte annulé",
    "other_exercice": "Autre exercice",
    "press_only": "D'après la presse seulement",
    "inferred": "Déduction",
    "false_premise": "La question contient une erreur",
    "unverified": "Ce qui n'est pas prouvé",
    "general_rule": "La règle générale",
    "personal_data": "Donnée personnelle masquée",
    "danger": f"Enfant en danger{NBSP}: appelez le 119",
    "model_unavailable": "Rédaction automatique indisponible",
    "lexical_only": "Recherche par mots seulement",
}
URGENT_WARNINGS = frozenset({"danger"})
QUIET_WARNINGS = frozenset(
    {"inferred", "unverified", "general_rule", "model_unavailable", "lexical_only"}
)
EVIDENCE_LABELS = {
    "official_text": "texte officiel lu",
    "official_page": "page officielle lue",
    "press": "d'après la presse",
    "other": "copie ou association",
}
ENDED = ("annulé", "abrogé", "remplacé")
"""How the words begin that say that a text is no longer the rule."""
OWN_FILE_LABEL = "fichier de votre bibliothèque"

CONFIDENCE_LABELS = {
    "several": "sources concordantes",
    "single": "une seule source",
    "inferred": "déduction",
    "disputed": "sources en désaccord",
    "unknown": "point non établi",
}
MODALITY_LABELS = {"must": "obligation", "may": "faculté"}
IDENTITY_LABELS = {
    "reference": "Référence",
    "nor": "NOR",
    "issuer": "Auteur",
    "signed_on": "Signé le",
    "published_on": "Publié le",
    "in_force_from": "En vigueur à partir du",
    "in_force_until": "En vigueur jusqu'au",
    "exercices": "Exercice",
    "text_status": "Statut du texte",
    "locator": "Où dans le texte",
}

QUESTION_EMPTY = "Écrivez une question avant de l'envoyer."
QUESTION_LENGTH = f"La question doit compter de 1 à 2{THIN}000 caractères."
TECHNICAL_ERROR = (
    "La réponse n'a pas pu être établie à cause d'une erreur technique. Réessayez dans un instant."
)
CODES = {
    400: "bad_request",
    401: "sign_in_needed",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}
HTTP_MESSAGES = {
    400: "La requête n'a pas pu être lue.",
    403: "Cette adresse ne vous est pas ouverte.",
    404: "Cette adresse n'existe pas.",
    405: "Cette adresse n'accepte pas cette méthode HTTP.",
    413: f"L'envoi dépasse 64{NBSP}Ko{NBSP}: raccourcissez-le, puis recommencez.",
    415: "Ce type de contenu n'est pas accepté.",
    422: "La requête n'a pas le format attendu.",
    500: "Une erreur technique est survenue. Réessayez dans un instant.",
    503: "Trop de demandes sont en cours. Réessayez dans un instant.",
}
BAD_HOST = (
    "Ce serveur ne répond qu'à son adresse locale (http://localhost ou http://127.0.0.1) et aux "
    "noms de REPERES_ALLOWED_HOSTS."
)
UNKNOWN_ACTION = "Cette action n'existe pas dans la conversation."
UNKNOWN_SESSION = "Cette conversation n'est pas connue. Rechargez la page."
NO_DOCUMENT_ID = (
    "Ajoutez à cette adresse l'identifiant d'un document. Les identifiants sont listés à l'adresse "
    "/api/documents."
)
INVALID_JSON = "Le corps de la requête n'est pas un JSON valide."
BODY_NOT_OBJECT = (
    "Le corps de la requête doit être un objet JSON, envoyé en « Content-Type"
    f"{NBSP}: application/json »."
)
INVALID_FIELDS = {
    "question": QUESTION_LENGTH,
    "as_of": "Le champ « as_of » attend une date de 2000 à 2100, au format AAAA-MM-JJ.",
    "exercices": "Le champ « exercices » attend une liste d'années de 2007 à 2100.",
    "kinds": "Le champ « kinds » attend une liste de natures de textes, comme « circulaire ».",
    "include": "Le champ « include » attend une liste d'identifiants de documents.",
    "exclude": "Le champ « exclude » attend une liste d'identifiants de documents.",
    "history": (
        "Le champ « history » attend une liste d'au plus 20 objets, chacun avec « question » et, "
        "au choix, « answer_id » et « frame » tels que l'API les a rendus."
    ),
    "mode": "Le champ « mode » attend « extractive » ou « written ».",
    "departement": (
        "Le champ « departement » attend le code officiel d'une collectivité, comme « 18 » ou "
        "« 2A »."
    ),
    "cohort": "Le champ « cohort » attend le nom d'une vague, comme « 2020 ».",
}

API_DESCRIPTION = (
    "Questions et réponses prouvées sur la politique de protection de l'enfance. Chaque phrase "
    "d'une réponse porte ses citations, et chaque citation est un extrait exact d'un document. "
    'Toute erreur a la forme {"error": {"code", "message"}}, avec une phrase en français.'
)


def unknown_field(name: str) -> str:
    """The sentence for a field that the request doesn't know."""
    return f"Le champ « {name} » n'existe pas dans cette requête."


def unknown_document(document_id: str) -> str:
    """The sentence for a document that the index doesn't hold."""
    return f"Le document « {document_id} » n'est pas dans l'index."


def french_date(day: date) -> str:
    """« 1er avril 2021 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def counted(count: int, one: str, many: str) -> str:
    """« 1 source », « 3 sources »: the noun follows the number, thousands apart."""
    return f"{count:,}".replace(",", THIN) + NBSP + (many if count > 1 else one)


def listed(values: Sequence[str]) -> str:
    """« a, b et c »."""
    return " et ".join([", ".join(values[:-1]), values[-1]] if len(values) > 1 else values)


def corpus_line(summaries: int, originals: int, checked_on: date | None) -> str:
    """What the answers rest on: how many texts, and until when they were checked."""
    parts = []
    if summaries or not originals:
        parts.append(counted(summaries, "document résumé", "documents résumés"))
    if originals:
        parts.append(counted(originals, "texte original", "textes originaux"))
    checked = f", vérifiés au {french_date(checked_on)}" if checked_on else ""
    return f"Corpus{NBSP}: {listed(parts)}{checked}."


def origin_line(origin: str, publishers: Sequence[str]) -> str:
    """Whose wording the quote is; a summary names the publishers it was written from."""
    if origin == "original":
        return "Texte original"
    return f"Résumé Repères, d'après {', '.join(publishers)}" if publishers else "Résumé Repères"


def read_label(evidence: str, confidence: str, sourced: bool) -> str:
    """What was read for a quote: nothing for a point that nobody could establish."""
    told = sourced or confidence != "unknown"
    return EVIDENCE_LABELS[evidence] if told else CONFIDENCE_LABELS[confidence]


def sources_title(number: int) -> str:
    """« 2 sources »."""
    return counted(number, "source", "sources")


def scope_line(
    exercices: Sequence[int],
    cohort: str | None,
    departement: str | None,
    assumed: Sequence[str],
    as_of: date,
) -> str:
    """What an answer holds for, and which part of it the question didn't say."""
    parts = []
    if exercices:
        years = listed([str(year) for year in exercices])
        parts.append(
            ("exercices " if len(exercices) > 1 else "exercice ")
            + years
            + (" (supposé)" if "exercices" in assumed else "")
        )
    if cohort:
        parts.append(f"vague {cohort}" + (" (supposée)" if "cohort" in assumed else ""))
    if departement:
        parts.append(
            f"collectivité {departement}" + (" (supposée)" if "departement" in assumed else "")
        )
    scope = f"Cadre{NBSP}: {', '.join(parts)}, " if parts else f"Cadre{NBSP}: tous exercices, "
    return f"{scope}textes connus au {french_date(as_of)}."


def proof_line(claims: int, quoted: int, sources: int) -> str:
    """How much was said, on how many sources, and how it was checked; empty without a claim."""
    if not claims:
        return ""
    if claims == 1:
        how = "citée mot pour mot" if quoted else "vérifiée dans son passage"
    else:
        how = "citées mot pour mot" if quoted == claims else "vérifiées dans leur passage"
    return f"{counted(claims, 'phrase', 'phrases')} ({how}), {sources_title(sources)}."


def answer_shown(status: str, sources: int) -> str:
    """What a screen reader hears when the answer is there."""
    count = f", {sources_title(sources)}" if sources else ""
    return f"{ANSWER_SHOWN}{NBSP}: {STATUS_LABELS[status].lower()}{count}."
