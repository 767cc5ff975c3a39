"""French sentences of the pages that add documents to the library."""

from collections.abc import Sequence
from typing import Final

from ui.texts import NBSP, counted

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
UNFORESEEN: Final = (
    "La publication a échoué à cause d'une erreur technique : l'ancien index reste en service, "
    "recommencez dans un instant."
)
NO_WORK: Final = (
    "Aucune publication n'est en cours. Si le serveur s'est arrêté pendant l'une d'elles, elle a "
    "été faite en entier ou pas du tout : un fichier absent de la liste ci-dessous est à ajouter "
    "de nouveau."
)
NOTHING_READY: Final = (
    "Aucun de ces fichiers ne peut être publié sans être vérifié : ouvrez-les un à un."
)


def too_many_drafts(most: int) -> str:
    """As many drafts wait as there may be."""
    return (
        f"{most} fichiers lus attendent déjà, le plus possible : publiez-en ou abandonnez-en, puis "
        "recommencez."
    )


def too_many_files(sent: int, most: int) -> str:
    """More files at once than there may be drafts."""
    return (
        f"Vous avez choisi {counted(sent, 'fichier', 'fichiers')}, et {most} au plus s'envoient à "
        "la fois : recommencez en plusieurs envois."
    )


def twice(name: str) -> str:
    """Two files of an archive have the same name."""
    return f"Un autre « {name} » est dans la même archive : renommez l'un des deux."


def nothing_inside(name: str) -> str:
    """An archive or a mail of which nothing was read."""
    return f"« {name} » ne contient aucun fichier lisible."


def unwritable(reason: str) -> str:
    """The disk refuses."""
    return (
        f"Le fichier n'a pas pu être gardé ({reason}) : libérez de la place sur le serveur, puis "
        "recommencez."
    )


def duplicate(other: str) -> str:
    """The same content is there."""
    return f"Ce fichier est déjà dans la bibliothèque sous le nom « {other} » : abandonnez-le."


YEARS: Final = "Écrivez les exercices en années séparées par des virgules : 2021, 2022."
NO_TITLE: Final = "Écrivez un titre, de 300 caractères au plus."
BAD_KIND: Final = "Choisissez une nature de la liste."
BAD_DAY: Final = "Écrivez cette date en jour, mois et année, par exemple 15/10/2021."
ENDS_BEFORE: Final = "Cette date précède celle de l'entrée en vigueur."
TO_CORRECT: Final = "La correction n'a pas été enregistrée : revoyez ce qui est signalé ci-dessous."
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


def publication_of(names: Sequence[str]) -> str:
    """The title of a publication."""
    return f"Publication de «{NBSP}{names[0]}{NBSP}»" + (
        f" et de {counted(len(names) - 1, 'autre fichier', 'autres fichiers')}" if names[1:] else ""
    )


def removal_of(name: str) -> str:
    """The title of a removal."""
    return f"Retrait de «{NBSP}{name}{NBSP}»"
