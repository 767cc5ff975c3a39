"""Commands of the evaluation that say what runs are worth: report, gate, accept, suite."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.evaluating import evaluated_over, texts_only
from ui.exits import say
from ui.options import IndexOption, JsonOption, progress_bar, settings_for, show

ASSISTANTS = ("product", "quickstart", "bm25", "bm25-1")
RunFile = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Fichier écrit par « reperes eval run ».")
]
RunFiles = Annotated[
    list[Path], typer.Argument(metavar="FICHIER", help="Fichiers écrits par « reperes eval run ».")
]


def report(
    runs: RunFiles,
    markdown: Annotated[Path | None, typer.Option(help="Fichier Markdown à écrire.")] = None,
    html: Annotated[Path | None, typer.Option(help="Page HTML à écrire.")] = None,
    index: IndexOption = None,
) -> None:
    """Fait le rapport d'une ou plusieurs passes, celle du produit en premier.

    Sans fichier à écrire, l'affiche en Markdown.
    """
    from evals.cases import load_cases
    from evals.report import markdown as as_markdown

    read, cases = _product_first(runs), load_cases()
    ground = _ground_of(read, index)
    if markdown is None and html is None:
        print(as_markdown(read, cases, ground), end="")
    _write_reports(read, cases, ground, markdown, html)


def gate(run: RunFile, as_json: JsonOption = False) -> None:
    """Refuse une passe sous les seuils, ou en baisse sur la dernière acceptée ; sort alors en 1."""
    from evals.cases import load_cases
    from evals.runner import read_run

    _end_by(_examined(read_run(run), load_cases()), as_json)


def accept(
    runs: RunFiles,
    thresholds: Annotated[
        bool, typer.Option("--thresholds", help="Refait aussi les seuils, à la hausse ou non.")
    ] = False,
    index: IndexOption = None,
) -> None:
    """Fait de la passe du produit celle à laquelle les suivantes se comparent.

    Quand une personne le décide : elle écrit evals/reports/latest.jsonl et latest.md. Les autres
    passes ne servent qu'au rapport.
    """
    from evals import accepted
    from evals import gate as gates
    from evals.cases import load_cases

    read, cases = _product_first(runs), load_cases()
    gates.require_whole(read[0], cases)
    reduced = accepted.scores_only(read[0], cases)
    accepted.write(reduced, accepted.LATEST)
    _write_reports(read, cases, _ground_of(read, index), accepted.LATEST.with_suffix(".md"), None)
    if thresholds:
        text = gates.as_toml(gates.thresholds_of(reduced), reduced)
        gates.THRESHOLDS.write_text(text, encoding="utf-8")
    print(f"Passe acceptée : {len(reduced.rows)} cas. Vérifiez et enregistrez evals/ dans git.")


def suite(
    output: Annotated[
        Path | None, typer.Option(help="Dossier des passes et du rapport (défaut : var/evals).")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Passe tous les cas au produit et à ses deux points de comparaison, puis la barrière.

    Écrit une passe par assistant (reprise si elle a été interrompue, refaite si quelque chose a
    changé), report.md et report.html, affiche les notes, et sort en 1 si la barrière refuse.
    """
    from corpus.errors import InvalidRequest
    from evals.cases import load_cases
    from evals.grounding import ground
    from evals.report_tables import score_table, slice_table
    from ingest.settings import PROJECT
    from ui.cli import opened_index  # which registers these commands

    folder = output or PROJECT / "var" / "evals"
    settings, cases = settings_for(index), load_cases()
    opened = opened_index(settings)
    known = ground(opened)
    runs = []
    for name in ASSISTANTS:
        try:
            evaluated = evaluated_over(name, opened, settings)
        except InvalidRequest as error:  # quickstart asks for vectors
            say(f"Passe de « {name} » laissée de côté : {error}")
            continue
        say(f"Passe de « {name} »")
        runs.append(_passed(evaluated, cases, known, folder))
    _write_reports(runs, cases, known, folder / "report.md", folder / "report.html")
    for table in (score_table(runs, {case.id: case for case in cases}), slice_table(runs)):
        print(_columns(table), end="\n\n")
    _end_by(_examined(runs[0], cases), as_json=False)


def _passed(evaluated: Any, cases: Sequence[Any], ground: Any, folder: Path) -> Any:
    """A run in ``folder``; one that was made otherwise is begun anew."""
    from corpus.errors import InvalidRequest
    from evals.runner import run

    path = folder / f"{evaluated.name}.jsonl"
    with progress_bar() as bar:

        def progress(done: int, total: int) -> None:
            bar("cas", done, total)

        try:
            return run(cases, evaluated, ground, path, progress=progress)
        except InvalidRequest:  # said before the first case, and this folder is for such files
            return run(cases, evaluated, ground, path, restart=True, progress=progress)


def _product_first(paths: Sequence[Path]) -> list[Any]:
    from evals.runner import read_run

    return sorted((read_run(path) for path in paths), key=lambda run: run.name != "product")


def _ground_of(runs: Sequence[Any], index: Path | None) -> Any:
    """The corpus that the first run was made on; ``None``, said, when the index holds another."""
    from corpus.errors import IndexUnusable
    from evals.grounding import ground

    try:
        opened = texts_only(index)
    except IndexUnusable:
        opened = None
    digest = runs[0].fingerprint.get("corpus_digest")
    if opened is None or opened.manifest.corpus_digest != digest:
        say("Attention : l'index n'est pas celui de la passe, la place des faits reste inconnue.")
        return None
    return ground(opened)


def _write_reports(
    runs: Sequence[Any], cases: Any, ground: Any, markdown: Path | None, html: Path | None
) -> None:
    from evals.report import markdown as as_markdown
    from evals.report_page import page
    from ingest.replacing import write_shared

    for path, form in ((markdown, as_markdown), (html, page)):
        if path is not None:
            write_shared(path, form(runs, cases, ground))
            say(f"Rapport écrit dans {path}.")


def _examined(run: Any, cases: Sequence[Any]) -> Any:
    from evals import accepted
    from evals import gate as gates

    gates.require_whole(run, cases)
    reduced = accepted.scores_only(run, cases)
    reference = accepted.read(accepted.LATEST)
    return gates.examine(reduced, reference, gates.read_thresholds(gates.THRESHOLDS))


def _end_by(verdict: Any, as_json: bool) -> None:
    """Shows the verdict of the gate; a refusal ends the command with 1."""
    from evals.gate import as_text

    if as_json:
        show({"holds": verdict.holds, "faults": verdict.faults, "notes": verdict.notes})
    else:
        print(as_text(verdict))
    if not verdict.holds:
        raise typer.Exit(1)


def _columns(table: Any) -> str:
    """A table as aligned lines."""
    head, rows = table
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    )
    return "\n".join(lines)
