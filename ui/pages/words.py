"""French sentences and labels of the pages' frame and of the documents' pages."""

from collections.abc import Sequence
from typing import Final

from corpus.types import Confidence, Evidence, Identity, Kind
from ui import texts

ERROR_TITLES: Final = {
    400: "Demande refusée",
    401: "Connexion demandée",
    403: "Accès refusé",
    404: "Page introuvable",
    405: "Demande refusée",
    413: "Envoi trop volumineux",
    422: "Adresse mal formée",
    429: "Trop de demandes",
    500: "Erreur technique",
    503: "Service indisponible",
}
BAD_ADDRESS: Final = "Un des choix de cette adresse n'a pas la forme attendue."
QUERY_CHARS: Final = 200
"""The longest search that a page takes."""
KINDS: Final[dict[Kind, str]] = {
    "loi": "Lois",
    "décret": "Décrets",
    "arrêté": "Arrêtés",
    "circulaire": "Circulaires",
    "instruction": "Instructions",
    "code": "Articles de codes",
    "jurisprudence": "Jurisprudence",
    "stratégie": "Stratégies",
    "rapport": "Rapports",
    "projet ou proposition de loi": "Projets et propositions de loi",
    "débat parlementaire": "Débats parlementaires",
    "contrat local": "Contrats locaux",
    "communiqué": "Communiqués",
    "prise de position": "Prises de position",
    "page officielle": "Pages officielles",
    "presse": "Presse",
    "inconnue": "Autres documents",
}
ORIGINS: Final = {"original": "texte original", "summary": "résumé Repères"}
SURE: Final[frozenset[Confidence]] = frozenset({"several", "single"})
_EVIDENCES: Final[dict[Evidence, str]] = {
    "official_text": "texte officiel",
    "official_page": "page officielle",
    "press": "presse",
    "other": "copie ou association",
}
_CONFIDENCES: Final[dict[Confidence, str]] = {
    "several": "plusieurs sources",
    "single": "une seule source",
    "inferred": "déduit",
    "disputed": "sources en désaccord",
    "unknown": "non établi",
}


def proof(evidence: Evidence, confidence: Confidence) -> str:
    """What a statement rests on, in three or four words; nobody was read for an unknown."""
    if confidence == "unknown":
        return _CONFIDENCES[confidence]
    return f"{_EVIDENCES[evidence]}, {_CONFIDENCES[confidence]}"


def exercices(years: Sequence[int]) -> str:
    """« exercice 2021 », « exercices 2020 et 2021 »; empty without a year."""
    if not years:
        return ""
    return ("exercices " if len(years) > 1 else "exercice ") + texts.listed(list(map(str, years)))


def name_of(identity: Identity, document_id: str) -> str:
    """What people call a document: its short title, else its title, else its identifier."""
    return identity.short_title or identity.title or document_id


def others(count: int) -> str:
    """What ends a list of sources that is too long to name them all."""
    return f"et {count}{texts.NBSP}autres sources (voir ce qui a été lu)"


def number(count: int) -> str:
    """« 1 054 »: thousands apart."""
    return f"{count:,}".replace(",", texts.THIN)
