"""Commands of the evaluation: check, run, compare; the others stand in modules of their own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from ui.eval_reports import accept, gate, report, suite
from ui.evaluating import evals_extra, evaluated_over, texts_only
from ui.exits import Misuse
from ui.feedback_commands import feedback
from ui.options import IndexOption, JsonOption, progress_bar, settings_for, show
from ui.retrieval_commands import retrieval

commands = typer.Typer(
    help="L'évaluation : vérifier les cas, les passer, comparer et juger les passes.",
    no_args_is_help=True,
)
AssistantName = Literal["product", "quickstart", "bm25", "bm25-1"]
RunFile = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Fichier écrit par « reperes eval run ».")
]


@commands.command()
@evals_extra()
def check(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Vérifie que le corpus prouve chaque cas ; sort en 1 sinon."""
    from evals.cases import load_cases
    from evals.checking import faults as faults_of

    cases = load_cases()
    texts = texts_only(index).texts
    documents = [d for i in texts.document_ids if (d := texts.document(i)) is not None]
    faults = faults_of(cases, documents)
    if as_json:
        show({"cases": len(cases), "faults": faults})
    elif faults:
        print("\n".join(faults))
    else:
        held_back = sum(case.split == "validation" for case in cases)
        bases = len({case.base for case in cases})
        print(
            f"Aucune faute : {len(cases)} cas ({held_back} de validation), {bases} questions "
            f"différentes, {len({case.category for case in cases})} catégories."
        )
    if faults:
        raise typer.Exit(1)


@commands.command()
@evals_extra()
def run(
    index: IndexOption = None,
    split: Annotated[
        str | None, typer.Option(help="Seulement cette part : development ou validation.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Seulement cette catégorie.")] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Seulement ce cas (répétable).")
    ] = None,
    assistant: Annotated[
        str, typer.Option(help="product, quickstart, bm25 ou bm25-1.")
    ] = "product",
    output: Annotated[
        Path | None, typer.Option(help="Fichier de la passe (.jsonl ; défaut : var/evals).")
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Recommence, quoi que tienne le fichier.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.001, help="Secondes permises pour une réponse.")
    ] = 30.0,
    judge: Annotated[
        bool, typer.Option("--judge", help="Demande aussi son avis au modèle REPERES_MODEL.")
    ] = False,
) -> None:
    """Pose les cas à un assistant et note ses réponses.

    Une passe interrompue reprend où elle en était.
    """
    from evals.grounding import ground
    from evals.judge import JudgeSettings, configured_judge, judged
    from evals.runner import run as run_cases
    from ingest.settings import PROJECT
    from ui.cli import opened_index  # which registers these commands

    if assistant not in get_args(AssistantName):
        raise Misuse("product, quickstart, bm25 ou bm25-1", param_hint="--assistant")
    asked = configured_judge(JudgeSettings()) if judge else None
    cases = _selected(split, category, case or [])
    settings = settings_for(index)
    opened = texts_only(index) if assistant.startswith("bm25") else opened_index(settings)
    evaluated = evaluated_over(assistant, opened, settings)
    path = output or PROJECT / "var" / "evals" / f"{assistant}.jsonl"
    with progress_bar() as report_progress:
        done = run_cases(
            cases,
            evaluated,
            ground(opened),
            path,
            limit_s=time_limit,
            restart=restart,
            judge=asked,
            progress=lambda n, total: report_progress("cas", n, total),
        )
    print(_counted(done))
    if asked is not None:
        print(judged(done.rows))
    print(f"Passe écrite dans {path}.")


@commands.command()
@evals_extra()
def compare(first: RunFile, second: RunFile, as_json: JsonOption = False) -> None:
    """Compare deux passes, cas par cas.

    Dit ce qui a bougé, et si c'est plus que du hasard.
    """
    from dataclasses import asdict

    from evals.compare import as_text
    from evals.compare import compare as compare_runs
    from evals.runner import read_run

    found = compare_runs(read_run(first), read_run(second))
    if as_json:
        show(asdict(found))
    else:
        print(as_text(found))


for each in (report, gate, accept, suite, retrieval, feedback):
    commands.command()(evals_extra()(each))


def _selected(split: str | None, category: str | None, ids: Sequence[str]) -> list[Any]:
    """The cases asked for, in file order.

    Raises:
        Misuse: no such split or category.
        InvalidRequest: no such case, or none left.
    """
    from corpus.errors import InvalidRequest
    from evals.cases import Category, Split, load_cases

    for given, known, hint in ((split, Split, "--split"), (category, Category, "--category")):
        if given is not None and given not in get_args(known):
            raise Misuse(f"une valeur parmi {', '.join(get_args(known))}", param_hint=hint)
    cases = load_cases()
    unknown = sorted(set(ids) - {case.id for case in cases})
    if unknown:
        raise InvalidRequest(f"Aucun cas « {unknown[0]} » dans les questions.")
    kept = [
        case
        for case in cases
        if (split is None or case.split == split)
        and (category is None or case.category == category)
        and (not ids or case.id in ids)
    ]
    if not kept:
        raise InvalidRequest("Aucun cas ne répond à ces choix.")
    return kept


def _counted(done: Any) -> str:
    from evals.summary import score

    found = score(done.rows, "right")
    failed = sum(row["error"] is not None for row in done.rows)
    interval = found.interval
    if interval is None:
        return "Aucun cas noté."
    shares = (interval.mean, interval.low, interval.high)
    mean, low, high = (f"{100 * share:.1f}".replace(".", ",") for share in shares)
    return (
        f"{len(done.rows)} cas, {found.bases} questions différentes : entièrement juste "
        f"{mean} % [{low} ; {high}], {failed} sans réponse."
    )
