"""What the words of a report mean, in French, for someone who never read the code."""

from collections.abc import Mapping, Sequence
from typing import Final

from assistant.answer import Refusal, Status, WarningKind
from evals.summary import Fate

CATEGORIES: Final[Mapping[str, str]] = {
    "obligation": "Obligation",
    "eligibility": "Éligibilité",
    "deadline": "Échéance",
    "amount": "Montant",
    "actor": "Qui fait quoi",
    "definition": "Définition",
    "objective": "Objectif",
    "procedure": "Procédure",
    "identity": "Identité d'un texte",
    "comparison": "Comparaison",
    "conflict": "Sources en désaccord",
    "false_premise": "Question qui se trompe",
    "superseded": "Texte dépassé",
    "other_exercice": "Autre exercice",
    "known_unknown": "Point inconnu de tous",
    "not_in_corpus": "Absent du corpus",
    "out_of_scope": "Hors sujet",
    "individual_case": "Cas individuel",
    "injection": "Consigne cachée",
    "follow_up": "Question de suite",
    "framing": "Année ou lieu à lire",
    "lookalike": "Textes qui se ressemblent",
    "other": "Autre",
}
SPLITS: Final[Mapping[str, str]] = {
    "development": "Mise au point",
    "validation": "Validation",
}
REWORDINGS: Final[Mapping[str | None, str]] = {
    None: "Telle quelle",
    "formal": "Soignée",
    "telegraphic": "Télégraphique",
    "typos": "Avec des fautes",
}
ASSISTANTS: Final[Mapping[str, str]] = {
    "product": "Repères",
    "quickstart": "LangChain nu",
    "bm25": "BM25 seul",
    "bm25-1": "BM25, premier passage",
}
BASELINES: Final[Mapping[str, str]] = {
    "quickstart": (
        "le montage d'essai de LangChain : il recopie les quatre extraits les plus proches par le "
        "sens, sans jamais refuser ni tenir compte de la conversation"
    ),
    "bm25": (
        "la recherche par mots : elle recopie les quatre passages les plus proches, sans jamais "
        "refuser ni tenir compte de la conversation"
    ),
    "bm25-1": "la même, qui ne recopie que le premier passage : aussi courte qu'une réponse",
}
"""What the product is compared with; whole passages hold many facts, and much else."""
STATUSES: Final[Mapping[Status, str]] = {
    "answered": "réponse",
    "partial": "réponse partielle",
    "refused": "refus",
}
REFUSALS: Final[Mapping[Refusal, str]] = {
    "not_in_corpus": "absent du corpus",
    "known_unknown": "point que personne n'a pu établir",
    "other_exercice": "autre exercice",
    "out_of_scope": "hors sujet",
    "individual_case": "cas individuel",
    "not_a_question": "pas une question",
}
WARNINGS: Final[Mapping[WarningKind, str]] = {
    "conflict": "désaccord entre sources",
    "superseded": "texte remplacé",
    "annulled": "texte annulé",
    "other_exercice": "autre exercice",
    "press_only": "presse seulement",
    "inferred": "déduction",
    "false_premise": "prémisse fausse",
    "unverified": "non vérifié",
    "general_rule": "règle générale",
    "personal_data": "donnée personnelle",
    "danger": "danger",
    "model_unavailable": "modèle indisponible",
    "lexical_only": "recherche par mots",
}
FATES: Final[Mapping[Fate, str]] = {
    "right_answer": "Réponse juste",
    "right_refusal": "Refus juste",
    "wrong_refusal": "Refus à tort ou mal motivé",
    "wrong_answer": "Réponse fausse ou incomplète",
    "crashed": "Panne",
}
SCORES: Final[Mapping[str, str]] = {
    "right": (
        "La part des questions où tout est bon : le choix de répondre ou de refuser, tous les "
        "faits attendus, rien de faux, chaque chiffre prouvé, le bon exercice, en une minute de "
        "lecture au plus."
    ),
    "vital_recall": "La part des faits indispensables que la réponse donne.",
    "okay_recall": "La part des faits utiles, mais non demandés, que la réponse donne.",
    "forbidden": (
        "La part des réponses sans l'erreur plausible qui leur était tendue (l'année d'à côté, "
        "le chiffre d'un autre fonds)."
    ),
    "figures": (
        "La part des nombres, dates, références et territoires affirmés qui sont bien dans les "
        "passages cités."
    ),
    "validity": "La part des citations recopiées mot pour mot de leur document et utiles au texte.",
    "citation_recall": "La part des phrases de la réponse que leurs citations suffisent à prouver.",
    "citation_precision": "La part des citations qui servent vraiment à prouver leur phrase.",
    "source_precision": "La part des citations prises là où la bonne réponse est écrite.",
    "source_recall": "La part des faits attendus dont la section est citée.",
    "ndcg_10": (
        "La recherche met-elle les bonnes sections en tête de ses dix premiers résultats ? 100 % "
        "si elles sont toutes en tête."
    ),
    "recall_5": "La part des faits dont une section est parmi les cinq premières trouvées.",
    "recall_10": "La part des faits dont une section est parmi les dix premières trouvées.",
    "mrr": "100 % si la première section trouvée est bonne, 50 % si c'est la deuxième, etc.",
    "exercice": "L'assistant a-t-il compris de quelle année parle la question ?",
    "departement": "L'assistant a-t-il compris de quel territoire parle la question ?",
    "status": "L'assistant a-t-il répondu quand il le fallait, et refusé quand il le fallait ?",
    "refusal_type": (
        "Quand il fallait refuser, l'assistant l'a-t-il fait, et pour la bonne raison ?"
    ),
    "expected_warnings": "La part des avertissements indispensables qui sont donnés.",
    "unwanted_warnings": "La part des réponses sans avertissement fort donné à tort.",
    "quote_length": "100 % si les citations tiennent en 300 caractères, moins au-delà.",
    "reading_time": (
        "100 % si la réponse se lit en une minute (1 200 caractères, et 400 de plus par fait "
        "attendu après le deuxième), moins au-delà."
    ),
    "brevity": "La part des phrases qui apportent un fait attendu ou utile : le remplissage coûte.",
    "latency": "100 % jusqu'à 400 millisecondes, moins si la réponse tarde.",
    "stability": "La même question posée autrement reçoit-elle la même réponse ?",
}


def assistant_labels(names: Sequence[str]) -> list[str]:
    """What a report calls each of several assistants; the second of one name is « … (2) »."""
    labels = [assistant_label(name) for name in names]
    counts = [labels[: n + 1].count(label) for n, label in enumerate(labels)]
    return [
        label if count == 1 else f"{label} ({count})"
        for label, count in zip(labels, counts, strict=True)
    ]


def assistant_label(name: str) -> str:
    """What a report calls an assistant: its own name when it isn't one of ours."""
    return ASSISTANTS.get(name, name)
