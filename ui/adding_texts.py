"""French sentences of the pages that add documents to the library."""

from typing import Final

from ui.texts import NBSP

NOT_ALLOWED: Final = "L'ajout de documents est réservé aux administrateurs de ce serveur."
FOREIGN: Final = (
    "Cette demande vient d'une autre page ou d'avant un redémarrage du serveur : rouvrez "
    "« Ajouter » et recommencez."
)
NO_FILE: Final = "Choisissez d'abord un fichier."
BAD_FORM: Final = "Ce formulaire n'a pas pu être lu : rouvrez la page et recommencez."
TOO_LARGE: Final = (
    f"Ce fichier dépasse 25{NBSP}Mo : enregistrez-le sans ses images, ou découpez-le."
)
GONE: Final = (
    "Ce brouillon n'existe plus (il est gardé une heure, et jusqu'au redémarrage) : ajoutez le "
    "fichier de nouveau."
)
NOT_HELD: Final = "Ce fichier n'est plus dans la bibliothèque : rouvrez « Ajouter »."
READING: Final = (
    "D'autres fichiers sont en cours de lecture : attendez quelques secondes et recommencez."
)
WORKING: Final = (
    "Une autre publication est en cours sur ce serveur : attendez qu'elle finisse, puis "
    "recommencez."
)
TOO_MANY: Final = "Trop de brouillons attendent : publiez-en ou abandonnez-en, puis recommencez."
UNFORESEEN: Final = (
    "La publication a échoué à cause d'une erreur technique : l'ancien index reste en service, "
    "recommencez dans un instant."
)


def container(name: str) -> str:
    """An archive or a mail, which the page doesn't open."""
    return f"« {name} » contient d'autres fichiers : ajoutez ici chacun d'eux."


def unwritable(reason: str) -> str:
    """The disk refuses."""
    return (
        f"Le fichier n'a pas pu être gardé ({reason}) : libérez de la place sur le serveur, puis "
        "recommencez."
    )


def not_added(reason: str) -> str:
    """Nothing to publish."""
    return f"Rien n'a été publié. {reason}"


def duplicate(other: str) -> str:
    """The same content is there."""
    return f"Ce fichier est déjà dans la bibliothèque sous le nom « {other} » : abandonnez-le."


YEARS: Final = "Écrivez les exercices en années séparées par des virgules : 2021, 2022."
CORRECTS: Final = "Ce fichier est déjà dans la bibliothèque : publier corrige son identité."
UNCHANGED: Final = "Ce fichier est déjà dans la bibliothèque, à l'identique : abandonnez-le."


def replaces(name: str) -> str:
    """A file of the same name is there."""
    return (
        f"La bibliothèque tient déjà un autre « {name} » ajouté ici : le publier le remplace. Si "
        "ce sont deux documents, abandonnez, renommez ce fichier et ajoutez-le de nouveau."
    )


def same_text(name: str) -> str:
    """The text of the same entry is there, from another file."""
    return f"C'est le même texte officiel que « {name} » : le publier le remplace."


def taken(document_id: str, name: str) -> str:
    """Another document has that identifier."""
    return (
        f"L'identifiant « {document_id} » est déjà celui de « {name} » : abandonnez, renommez ce "
        "fichier et ajoutez-le de nouveau."
    )


SHIPPED: Final = "un document du corpus livré"


def publication_of(name: str) -> str:
    """The title of a publication."""
    return f"Publication de «{NBSP}{name}{NBSP}»"


def removal_of(name: str) -> str:
    """The title of a removal."""
    return f"Retrait de «{NBSP}{name}{NBSP}»"
