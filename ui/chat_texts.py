"""French words of the chat's controls: frame, restrictions, copies, model, what to do next."""

from collections.abc import Sequence

from ui.texts import NBSP, listed

AS_ASKED = "selon la question"
CHOSEN = "choisi"
CHOOSE = "à choisir"
ASSUMED = "supposé"
SCOPE_TITLE = "Question comprise ainsi"
SCOPE_HINT = "Changez un élément pour reposer la question."
FIELD_LABELS = {
    "exercices": "Exercice",
    "departement": "Collectivité",
    "cohort": "Vague d'entrée",
    "kinds": "Type de source",
    "as_of": "À la date du",
    "text": "Texte",
}
UNSET = {
    "exercices": "tous",
    "departement": "toutes",
    "cohort": "toutes",
    "kinds": "tous",
    "as_of": "aujourd'hui",
}
FIELD_HINTS = {
    "as_of": (
        "Les années relatives («\u00a0l'an dernier\u00a0») et les textes remplacés ou annulés sont "
        "comptés à cette date."
    ),
}
RERUN = "Reposer la question"
RESTRICTIONS_TITLE = f"Restrictions en cours{NBSP}:"
REMOVE = "retirer"
REMOVE_ALL = "Tout retirer"
WITHOUT_SOURCE = "Sans cette source"
KEEP = "Ajouter à ma séance"
ONLY_SOURCE = "Seulement cette source"
NOTHING_TO_RERUN = (
    "Le serveur ne connaît plus cette conversation. Posez de nouveau votre question ci-dessous."
)
UNKNOWN_CHANGE = "Ce changement n'est pas reconnu. Rechargez la page."
RECALLED = f"Conversation retrouvée{NBSP}: elle n'était gardée que dans cet onglet."
NOT_RECALLED = (
    f"La conversation affichée n'a pas pu être reprise{NBSP}: la prochaine question en commencera "
    "une autre."
)
RERUN_STEP = "Je repose la question avec ce changement…"

PREVIOUS_QUOTE = "Citation précédente"
NEXT_QUOTE = "Citation suivante"
SYNTHESIS = "synthèse"
IN_DOCUMENT = "Voir dans le document"

COPY = "Copier la réponse"
COPY_MARKDOWN = "Copier en Markdown"
PRINT = "Imprimer"
COPY_SOURCES = "Sources"
COPY_WARNINGS = "À savoir"


def other_sources(count: int) -> str:
    """What the fold of the sources after the first ones says."""
    return f"Voir {count} autres sources" if count > 1 else "Voir une autre source"


WRITTEN_LABEL = "Reformuler la réponse"

NEXT_STEPS = {
    "not_in_corpus": (
        "Précisez l'exercice, le texte ou l'acteur visé, retirez une restriction, ou ouvrez un "
        "document proche."
    ),
    "known_unknown": (
        "Le corpus ne permettra pas de l'établir. Adressez-vous à l'auteur du texte ou à votre "
        "interlocuteur habituel."
    ),
    "other_exercice": (
        "Choisissez l'exercice voulu sous la réponse, ou posez la question pour l'exercice établi."
    ),
    "out_of_scope": (
        "Posez une question sur les textes, les contrats, les échéances ou les financements de la "
        "protection de l'enfance."
    ),
    "individual_case": "Demandez ce que dit la règle, sans nommer ni décrire personne.",
    "not_a_question": "Écrivez une question complète, ou choisissez un exemple.",
}
NEXT_STEP = f"Que faire{NBSP}:"

SCRIPT = {
    "copied": "Copié",
    "notCopied": "Le navigateur a refusé la copie.",
    "away": (
        "Le serveur ne répond plus. Cette page reste lisible et votre question est gardée ; la "
        "liaison est réessayée."
    ),
    "back": (
        f"Le serveur répond de nouveau. Rechargez la page{NBSP}: la conversation et votre question "
        "vous seront rendues."
    ),
    "forgotten": (
        "Le serveur a redémarré et oublié les questions précédentes : la conversation repart d'ici."
    ),
    "former": "Début de la conversation",
    "refused": "Demande refusée",
    "reload": "Recharger la page",
    "close": "Fermer",
}
"""What the page's own script says."""


def without(title: str) -> str:
    """The restriction that leaves a document out."""
    return f"sans «{NBSP}{title}{NBSP}»"


def only(title: str) -> str:
    """The restriction to one document."""
    return f"seulement «{NBSP}{title}{NBSP}»"


def field_is(name: str, value: str) -> str:
    """« Exercice : 2021 »."""
    return f"{FIELD_LABELS[name]}{NBSP}: {value}"


def restricted(parts: Sequence[str]) -> str:
    """What an answer was restricted to, in one sentence; empty without restriction."""
    return f"Restrictions{NBSP}: {f'{NBSP}; '.join(parts)}." if parts else ""


def and_in(exercice: int) -> str:
    """The same question about another exercice, as a person would say it."""
    return f"Et en {exercice} ?"


def years(values: Sequence[int]) -> str:
    """« 2021 et 2022 »; empty for none."""
    return listed([str(value) for value in values]) if values else ""


def on_this_machine(model: str) -> str:
    """Who rewrites, when nothing leaves the machine."""
    return f"Modèle {model}, sur cette machine{NBSP}: aucune question n'en sort."


def sent_away(model: str, host: str) -> str:
    """Who rewrites, and where the questions go."""
    return (
        f"Modèle {model}{NBSP}: si vous cochez, les questions et les passages cités partent vers "
        f"{host}."
    )


def rewritten_by(model: str | None) -> str:
    """Which model rewrote an answer."""
    return f"Reformulé par {model}." if model else ""


def checked_on(day: str) -> str:
    """Until when the sources were checked."""
    return f"Sources vérifiées au {day}."
