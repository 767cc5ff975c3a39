"""The bench's report in Markdown, in French, from its JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_MODES = {"lexical": "BM25", "dense": "dense", "hybrid": "hybride"}
_PARTS = {"development": "développement", "test": "test", "whole": "ensemble"}


def as_markdown(report: Mapping[str, Any]) -> str:
    """The whole report; parts that weren't measured have no heading."""
    lines = [*_head(report)]
    for name, measured in report["sets"].items():
        lines += ["", f"## {name}", "", *_set(measured)]
    if "tuning" in report:
        lines += ["", "## Choix de la fusion", "", *_tuning(report["tuning"])]
    if "title_ablation" in report:
        lines += ["", "## Ablation du titre (cdtn_search)", ""]
        for label, title in (("with_title", "Avec titre"), ("without_title", "Sans titre")):
            lines += [f"### {title}", "", *_set(report["title_ablation"][label]), ""]
    if "performance" in report:
        lines += ["", "## Vitesse et mémoire", "", *_performance(report)]
    lines += ["", "## Exigences", "", *_requirements(report["requirements"])]
    return "\n".join(lines) + "\n"


def _head(report: Mapping[str, Any]) -> Iterator[str]:
    machine, weights = report["machine"], report["weights"]
    kind = "complet" if report["kind"] == "full" else "courant"
    yield f"# Banc de recherche ({kind})"
    yield ""
    yield f"- Date : {report['date']} ; commit : {report['commit']} ; durée : {report['seconds']} s"
    yield (
        f"- Machine : {machine['cpu']}, {machine['cores']} cœurs, charge au départ "
        f"{machine['load_1min']}"
    )
    yield f"- Poids de la fusion : {_weights(weights)}"
    for name in report["absent"]:
        yield f"- Jeu absent : {name}"
    for line in report["failed"]:
        yield f"- ÉCHEC : {line}"
    for name, value in report.get("bm25_check", {}).items():
        yield f"- Contrôle du calcul : BM25 sur tout piaf1, {name} {value:.3f}"
    yield ""
    yield (
        "Documents classés par leur meilleur passage (50 passages). Intervalles à 95 % par "
        "bootstrap apparié (2 000 tirages), par requête, ou par intention là où elles existent."
    )


def _weights(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in weights.items())


def _set(measured: Mapping[str, Any]) -> Iterator[str]:
    seconds = ", ".join(f"{name} {value:.0f} s" for name, value in measured["seconds"].items())
    yield (
        f"{measured['documents']} documents, {measured['passages']} passages "
        f"(dont {measured['embedded']} vecteurs calculés). {seconds}."
    )
    columns = list(next(iter(measured["scores"]["whole"].values())))
    yield ""
    yield _row(["partie", "n", "mesure", *map(_column, columns)])
    yield _row(["---"] * (3 + len(columns)))
    for part, by_measure in measured["scores"].items():
        n, groups = measured["n"][part], measured["groups"][part]
        count = str(n) if n == groups else f"{n} ({groups} intentions)"
        for measure, found in by_measure.items():
            cells = [_interval(found[name], " - " in name) for name in columns]
            yield _row([_PARTS[part], count, measure, *cells])


def _column(name: str) -> str:
    return " − ".join(_MODES[part] for part in name.split(" - "))


def _interval(interval: Mapping[str, float], signed: bool) -> str:
    sign = "+" if signed else ""
    mean, low, high = (format(interval[key], f"{sign}.3f") for key in ("mean", "low", "high"))
    return f"{mean} [{low} ; {high}]"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _tuning(tuning: Mapping[str, Any]) -> Iterator[str]:
    best, used = tuning["best"], tuning["in_service"]
    yield f"nDCG@10 des requêtes de développement. Le meilleur : {_weights(best)}."
    yield f"En service : {_weights(used)}{'' if best == used else ' (différent du meilleur)'}."
    yield ""
    names = list(tuning["by_set"])
    yield _row(["dense", *names, "moyenne"])
    yield _row(["---"] * (2 + len(names)))
    for at, dense in enumerate(tuning["dense"]):
        values = [tuning["by_set"][name][at] for name in names]
        cells = [f"{value:.4f}" for value in (*values, tuning["averages"][at])]
        yield _row([f"{dense:.2f}", *cells])


def _performance(report: Mapping[str, Any]) -> Iterator[str]:
    yield _row(["mesure", "valeur", "limite", "tenu", "détail"])
    yield _row(["---"] * 5)
    for row in report["performance"]:
        bound = "≥" if row["more_is_better"] else "<"
        value = f"{row['value']:.2f} {row['unit']}"
        limit = f"{bound} {row['limit']:g} {row['unit']}"
        yield _row([row["name"], value, limit, _kept(row["holds"]), row["detail"]])
    for line in report["not_measured"]:
        yield _row([line, "", "", "non mesuré", ""])


def _requirements(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not rows:
        yield "Aucun jeu présent : rien n'a été mesuré."
    for row in rows:
        figures = f"{row['value']:.4f}, il faut {row['least']:.4f}"
        yield f"- {_kept(row['holds'])} : {row['text']} ({figures})"


def _kept(holds: bool) -> str:
    return "tenu" if holds else "MANQUÉ"
