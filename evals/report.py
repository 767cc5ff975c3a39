"""The report of one or more runs in Markdown, compact enough to be kept in the repository."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from evals.cases import Case
from evals.findings import counted, findings
from evals.glossary import BASELINES, SPLITS, assistant_label
from evals.outcome import Ground
from evals.report_tables import (
    Table,
    category_table,
    latency_table,
    operating_table,
    score_table,
    slice_table,
)
from evals.stages import LABELS, Stage
from evals.summary import RIGHT, Failure, Run, failures, groups, score

METHOD: Final = (
    "Moyennes par question : ses reformulations comptent ensemble pour une. Entre crochets, "
    "l'intervalle à 95\u00a0% (bootstrap par question). Une note sans objet pour une question n'y "
    "compte pas ; une panne compte zéro."
)
COPIES: Final = (
    "Recopier des passages entiers donne beaucoup de faits sans trier : « Sans remplissage » et "
    "« Citations au bon endroit » disent ce que le lecteur doit trier lui-même, et une réponse qui "
    "ne se lit pas en une minute n'est pas entièrement juste."
)
_DIGEST_CHARS: Final = 12


def markdown(runs: Sequence[Run], cases: Iterable[Case], ground: Ground | None = None) -> str:
    """The report of ``runs``, the product's first, in French.

    Args:
        runs: at least one; the failures shown are those of the first.
        cases: what was asked; a row whose case isn't there has no failure stage.
        ground: the corpus; without it, the places of the facts are unknown.
    """
    known = {case.id: case for case in cases}
    failed = failures(runs[0], known, ground)
    lines = ["# Rapport d'évaluation", ""]
    lines += [f"- {label} : {value}" for label, value in heading(runs)]
    lines += ["", "## En bref", "", *(f"- {line}" for line in findings(runs, known, failed))]
    lines += ["", *(f"- {line}" for line in compared(runs))] if compared(runs) else []
    lines += ["", "## Notes", "", METHOD, "", *_table(score_table(runs, known))]
    lines += ["", "## Par catégorie (entièrement juste)", "", *_table(category_table(runs))]
    lines += ["", "## Par lot et par formulation", "", *_table(slice_table(runs))]
    lines += ["", "## Répondre ou refuser", "", *_table(operating_table(runs, known))]
    lines += ["", "## Temps de réponse", "", *_table(latency_table(runs))]
    lines += ["", "## Étapes en échec", "", *_failures(failed)]
    return "\n".join(lines) + "\n"


def heading(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """What was measured, when and on what, each with its French label."""
    first = runs[0].fingerprint
    commit = str(first.get("commit") or "inconnu")[:_DIGEST_CHARS]
    lots = groups(runs[0].rows, lambda row: row.get("split"))
    found = [
        ("Date", str(first.get("date") or "inconnue").replace("T", " à ")[:18]),
        (
            "Commit",
            commit + (" (avec des changements non enregistrés)" if first.get("dirty") else ""),
        ),
        ("Corpus", str(first.get("corpus_digest") or "inconnu")[:_DIGEST_CHARS]),
        ("Vecteurs", str(first.get("embedding_model") or "aucun (recherche lexicale)")),
        ("Machine", _machine(first.get("machine"))),
        ("Questions", counted(score(runs[0].rows, RIGHT))),
        ("Lots", ", ".join(f"{SPLITS.get(lot, lot)} {len(rows)}" for lot, rows in lots.items())),
    ]
    return found + [("Attention", line) for line in _cautions(runs)]


def compared(runs: Sequence[Run]) -> list[str]:
    """What the other assistants are, for those that are our baselines; a line each."""
    names = [run.name for run in runs[1:] if run.name in BASELINES]
    lines = [f"{assistant_label(name)} : {BASELINES[name]}." for name in names]
    return [*lines, COPIES] if lines else []


def _machine(machine: Any) -> str:
    if isinstance(machine, Mapping):
        return f"{machine.get('cpu')}, {machine.get('cores')} cœurs"
    return str(machine or "inconnue")


def _cautions(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        wanted, name = run.fingerprint.get("n_cases"), assistant_label(run.name)
        if isinstance(wanted, int) and wanted > len(run.rows):
            yield f"passe interrompue, {len(run.rows)} cas sur {wanted} ({name})"
    for key, what in (("corpus_digest", "le même corpus"), ("cases_digest", "les mêmes cas")):
        if len({run.fingerprint.get(key) for run in runs}) > 1:
            yield f"les passes n'ont pas {what}"


def _failures(failed: Mapping[Stage, Sequence[Failure]]) -> Iterator[str]:
    if not failed:
        yield "Aucune réponse fausse."
    for stage, several in failed.items():
        names = ", ".join(failure.case.id for failure in several)
        yield f"- {LABELS[stage]} ({len(several)}) : {names}"


def _table(table: Table) -> Iterator[str]:
    head, rows = table
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
