"""At which stage a wrong answer went wrong: the first one, from the question to the text."""

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from evals.cases import Case
from evals.outcome import Ground, Place

Stage = Literal[
    "crashed",
    "wrongly_answered",
    "misread",
    "misframed",
    "not_selected",
    "not_retrieved",
    "not_in_corpus",
    "wrong_type_of_refusal",
    "wrongly_refused",
    "drowned",
]
"""Gravest first: an error that looks like an answer harms more than a silence."""

STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
LABELS: Final[Mapping[Stage, str]] = {
    "crashed": "Panne ou délai dépassé",
    "wrongly_answered": "A répondu au lieu de refuser",
    "misread": "Bonne section, fait manqué ou faux",
    "misframed": "Exercice mal compris",
    "not_selected": "Section trouvée, non citée",
    "not_retrieved": "Section non trouvée",
    "not_in_corpus": "Fait absent du corpus",
    "wrong_type_of_refusal": "Refus pour une mauvaise raison",
    "wrongly_refused": "A refusé à tort",
    "drowned": "Juste, mais trop longue à lire",
}
MEANINGS: Final[Mapping[Stage, str]] = {
    "crashed": "L'assistant s'est arrêté sur une erreur, ou n'a pas fini à temps.",
    "wrongly_answered": "Il fallait dire qu'il n'y a pas de réponse, et il en a donné une.",
    "misread": (
        "La bonne section est citée, mais il manque un fait attendu, ou ce qui est dit est "
        "interdit ou non prouvé."
    ),
    "misframed": "La réponse porte sur un autre exercice que celui de la question.",
    "not_selected": "La bonne section est parmi les dix premières, la réponse en cite d'autres.",
    "not_retrieved": "Aucune bonne section n'est parmi les dix premières trouvées.",
    "not_in_corpus": "Un fait attendu n'est écrit dans aucun document indexé.",
    "wrong_type_of_refusal": "Refuser était juste, mais la raison donnée n'est pas la bonne.",
    "wrongly_refused": "La bonne section était trouvée, et l'assistant a refusé de répondre.",
    "drowned": "Tous les faits y sont, dans une réponse qui ne se lit pas en une minute.",
}
_FIRST = 10


def is_right(row: Mapping[str, Any]) -> bool | None:
    """Whether the answer of a run's row is entirely right; ``None`` when that isn't scored."""
    value = value_of(row, "right")
    return None if value is None else value >= 1


def value_of(row: Mapping[str, Any], score: str) -> float | None:
    """The value of a score in a run's row, in 0..1; ``None`` when unscored."""
    found = (row.get("scores") or {}).get(score)
    return None if found is None or found[0] is None else float(found[0])


def stage(case: Case, row: Mapping[str, Any], ground: Ground | None = None) -> Stage | None:
    """The first stage that failed; ``None`` when the answer is entirely right or isn't scored.

    Args:
        case: what was asked and wanted.
        row: its line in a run (answer, scores, and what was retrieved when the run says it).
        ground: the corpus; without it, nothing is known of where the facts stand.
    """
    if is_right(row) is not False:
        return None
    answer = row.get("answer")
    if answer is None:
        return "crashed"
    refused = answer["status"] == "refused"
    if case.status == "refused":
        return "wrong_type_of_refusal" if refused else "wrongly_answered"
    if _only_long(row):
        return "drowned"
    return _before_writing(case, row, ground) or _at_writing(case, row, refused, ground)


def _before_writing(case: Case, row: Mapping[str, Any], ground: Ground | None) -> Stage | None:
    if ground is not None and _absent(case, ground):
        return "not_in_corpus"
    read = _exercices(row)
    if case.exercices and read and read != set(case.exercices):
        return "misframed"
    retrieved = row.get("retrieved")
    if (
        retrieved is not None
        and _locatable(case, ground)
        and _none_is_wanted(case, [(place[0], place[1]) for place in retrieved[:_FIRST]], ground)
    ):
        return "not_retrieved"
    return None


def _at_writing(case: Case, row: Mapping[str, Any], refused: bool, ground: Ground | None) -> Stage:
    if refused:
        return "wrongly_refused"
    facts_held = value_of(row, "vital_recall") == 1 and value_of(row, "forbidden") in (1, None)
    if facts_held and case.exercices and _exercices(row) != set(case.exercices):
        return "misframed"
    cited = _cited(row["answer"])
    if not facts_held and _locatable(case, ground) and _none_is_wanted(case, cited, ground):
        return "not_selected"
    return "misread"


def _only_long(row: Mapping[str, Any]) -> bool:
    """Whether length alone keeps an answer with every fact from being right."""
    others = (value_of(row, score) for score in ("forbidden", "figures", "exercice"))
    return (
        value_of(row, "reading_time") not in (1, None)
        and value_of(row, "vital_recall") == 1
        and all(value in (1, None) for value in others)
    )


def _cited(answer: Mapping[str, Any]) -> list[Place]:
    """The sections that prove the claims; those that only warnings cite don't count."""
    used = {n for claim in answer["claims"] for n in claim["citations"]}
    return [(c["document_id"], c["locator"]) for c in answer["citations"] if c["n"] in used]


def _exercices(row: Mapping[str, Any]) -> set[int]:
    return set((row["answer"].get("frame") or {}).get("exercices") or ())


def _absent(case: Case, ground: Ground) -> bool:
    facts = (ground.places.get(fact) for fact in case.facts)
    return not all(facts) or any(ground.text(name) is None for name in case.documents)


def _locatable(case: Case, ground: Ground | None) -> bool:
    return bool(case.documents or (case.facts and ground is not None))


def _none_is_wanted(case: Case, places: list[Place], ground: Ground | None) -> bool:
    known = ground.places if ground is not None else {}
    wanted = frozenset[Place]().union(*(known.get(fact, frozenset()) for fact in case.facts))
    return not any(place in wanted or place[0] in case.documents for place in places)
