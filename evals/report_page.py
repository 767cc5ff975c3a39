"""The report as one HTML file that holds all it needs: pictures, tables, the worst answers."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from evals.cases import Case
from evals.charts import DEFINITIONS, fill_swatch, swatch
from evals.findings import findings
from evals.glossary import FATES, SCORES, assistant_label
from evals.outcome import Ground
from evals.report import METHOD, compared, heading
from evals.report_pictures import pictures
from evals.report_tables import (
    Table,
    category_fate_table,
    category_operating_table,
    category_score_table,
    category_table,
    fate_table,
    latency_classes,
    latency_table,
    names,
    operating_table,
    score_label,
    score_table,
    slice_table,
    stage_table,
)
from evals.stages import Stage
from evals.summary import Failure, Run, every_score, failures, operating
from evals.worst import worst

PARTS: Final = (
    ("bref", "En bref"),
    ("sort", "Le sort des questions"),
    ("notes", "Notes"),
    ("categories", "Forces et faiblesses"),
    ("refus", "Répondre ou refuser"),
    ("temps", "Temps"),
    ("etapes", "Pourquoi il échoue"),
    ("pires", "Pires cas"),
    ("mots", "Glossaire"),
)
_CURVE = (
    "La ligne est la courbe risque-couverture : la part de réponses fausses si l'assistant ne "
    "gardait que celles dont il est le plus sûr. La forme pleine est là où il se tient."
)
_NO_CURVE = (
    "Les réponses ne portent pas de degré de confiance : on ne peut donc pas tracer de courbe "
    "risque-couverture. Chaque forme est le point où se tient un assistant, la croix fine "
    "son intervalle à 95 %."
)


def page(runs: Sequence[Run], cases: Iterable[Case], ground: Ground | None = None) -> str:
    """The report of ``runs``, the product's first, as a whole HTML page in French.

    Args:
        runs: at least one; failures and single pictures are those of the first.
        cases: what was asked; a row whose case isn't there has no failure stage.
        ground: the corpus; without it, the places of the facts are unknown.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    known = {case.id: case for case in cases}
    failed = failures(runs[0], known, ground)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("report_page.html")
    return (
        template.render(
            _words(runs, known, failed)
            | _tables(runs, known, failed)
            | pictures(runs, known, failed)
        )
        + "\n"
    )


def _words(
    runs: Sequence[Run], cases: Mapping[str, Case], failed: Mapping[Stage, Sequence[Failure]]
) -> dict[str, Any]:
    curved = any(operating(run.rows).curve for run in runs)
    return {
        "css": Markup((Path(__file__).parent / "report_page.css").read_text(encoding="utf-8")),
        "definitions": DEFINITIONS,
        "first": assistant_label(runs[0].name),
        "parts": PARTS,
        "heading": heading(runs),
        "findings": findings(runs, cases, failed),
        "method": METHOD,
        "compared": compared(runs),
        "legend": [(name, swatch(n)) for n, name in enumerate(names(runs))],
        "fate_legend": [(label, fill_swatch(each)) for each, label in FATES.items()],
        "curve_note": _CURVE if curved else _NO_CURVE,
        "worst": worst(failed),
        "glossary": [(score_label(name), SCORES[name]) for name in every_score(runs, cases)],
    }


def _tables(
    runs: Sequence[Run], cases: Mapping[str, Case], failed: Mapping[Stage, Sequence[Failure]]
) -> dict[str, Table]:
    first = runs[0]
    return {
        "fates_table": fate_table(runs),
        "category_fates_table": category_fate_table(first),
        "score_table": score_table(runs, cases),
        "category_table": category_table(runs),
        "category_scores": category_score_table(first),
        "slice_table": slice_table(runs),
        "operating_table": operating_table(runs, cases),
        "category_operating": category_operating_table(first),
        "latency_table": latency_table(runs),
        "latency_classes": latency_classes(runs),
        "stage_table": stage_table(failed),
    }
