"""``reperes eval retrieval``: the search measured on any query set in BEIR's layout."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.exits import Misuse, say
from ui.options import JsonOption, settings_for, show


def retrieval(
    folder: Annotated[
        Path,
        typer.Option("--set", help="Dossier : corpus.jsonl[.gz], queries.jsonl, qrels.tsv (BEIR)."),
    ],
    part: Annotated[str, typer.Option(help="development, test ou whole.")] = "whole",
    modes: Annotated[str, typer.Option(help="Modes à comparer.")] = "lexical,dense,hybrid",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Au plus tant de questions, toujours les mêmes.")
    ] = None,
    untitled: Annotated[
        bool, typer.Option("--without-titles", help="Compare aussi sans les titres des documents.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Mesure la recherche sur un jeu de questions, mode par mode.

    Le jeu passe par les commandes « ingest » et « search » elles-mêmes, dans un index à part.
    """
    from dataclasses import asdict

    from evals.ablation import ablate, as_text, chosen
    from evals.retrieval import MODES, PARTS, Product

    wanted: Any = part
    if part not in PARTS:
        raise Misuse(f"une valeur parmi {', '.join(PARTS)}", param_hint="--part")
    names = tuple(dict.fromkeys(name.strip() for name in modes.split(",")))
    if not set(names) <= set(MODES):
        raise Misuse(f"des valeurs parmi {', '.join(MODES)}", param_hint="--modes")
    one = chosen(folder, wanted, limit)
    cache = settings_for(None).cache
    product = Product(cache / "sets", cache)
    found = ablate(product, one, wanted, names, untitled=untitled, say=say)
    if as_json:
        show(asdict(found))
    else:
        print(as_text(found))
