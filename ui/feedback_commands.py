"""``reperes eval feedback``: what people said of answers, and drafts of cases."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.exits import printable
from ui.options import IndexOption, JsonOption, settings_for, show


def feedback(
    drafts: Annotated[
        Path | None,
        typer.Option(help="Nouveau fichier YAML où écrire des brouillons de cas."),
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Liste les avis reçus, gardés 30 jours.

    Un brouillon vient d'un avis négatif dont la question est gardée ; une personne le finit.
    """
    from evals.feedback import FeedbackStore, reason_counts

    kept = FeedbackStore(settings_for(index).feedback_file).read()
    drafted = None if drafts is None else _write_drafts(kept, drafts)
    useful = sum(one.useful for one in kept)
    counts = reason_counts(kept)
    if as_json:
        rows = [{**asdict(one), "day": one.day.isoformat()} for one in kept]
        found = {"useful": useful, "useless": len(kept) - useful, "reasons": counts}
        show({**found, "feedback": rows} | ({} if drafted is None else {"drafts": drafted}))
        return
    print(_counted(useful, len(kept) - useful, counts))
    for one in kept:
        print(_line(one))
    if drafted is not None:
        written = (
            f"{drafted} brouillon(s) dans {drafts}." if drafted else "Aucun brouillon à faire."
        )
        print(written)


def _write_drafts(kept: Any, path: Path) -> int:
    """Writes the drafts, when there are any; returns how many.

    Raises:
        InvalidRequest: the file exists: someone may be filling it.
    """
    from corpus.errors import InvalidRequest
    from evals.feedback import drafts, drafts_as_yaml

    made = drafts(kept)
    if not made:
        return 0
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(drafts_as_yaml(made))
    except FileExistsError as error:
        raise InvalidRequest(
            f"{path} existe déjà : choisissez un autre fichier pour les brouillons."
        ) from error
    return len(made)


def _counted(useful: int, useless: int, counts: Any) -> str:
    from evals.feedback import REASONS

    if not useful + useless:
        return "Aucun avis gardé."
    lines = [f"{useful + useless} avis gardés : {useful} oui, {useless} non."]
    lines += [f"  {REASONS[reason]} : {count}" for reason, count in counts.items()]
    return "\n".join(lines)


def _line(one: Any) -> str:
    from evals.feedback import REASONS

    said = [
        one.day.isoformat(),
        one.answer_id[:12],
        "oui" if one.useful else "non",
        REASONS[one.reason] if one.reason else "",
        f"« {one.question} »" if one.question else "",
        f"commentaire : {one.comment}" if one.comment else "",
    ]
    return printable("  ".join(" ".join(part.split()) for part in said if part))
