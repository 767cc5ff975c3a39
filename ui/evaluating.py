"""What the commands of the evaluation share: the package they need, the index, the assistants."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ui.options import settings_for

_EXTRA = {"yaml": "PyYAML", "ir_measures": "ir-measures"}
_EXTRA |= {"langchain_text_splitters": "langchain-text-splitters"}


@contextmanager
def evals_extra() -> Iterator[None]:
    """Wraps a command: a package that only evaluations need is one French error when it is missing.

    Raises:
        ReperesError: that error.
    """
    from corpus.errors import ReperesError

    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in _EXTRA:
            raise
        raise ReperesError(
            f"L'évaluation demande {_EXTRA[name]}, qui n'est pas installé : "
            "pip install 'reperes[evals]'."
        ) from error


def texts_only(index: Path | None) -> Any:
    """The index in service without its vectors: no model is loaded."""
    from ingest.index import current_generation, open_generation

    return open_generation(current_generation(settings_for(index).index_folder), None)


def evaluated_over(name: str, index: Any, settings: Any) -> Any:
    """The assistant of that name (product, quickstart, bm25, bm25-1), its model loaded.

    Raises:
        InvalidRequest: quickstart over an index without vectors.
    """
    from assistant.retrieval import search
    from evals.assistants import Product
    from evals.baselines import Lexical, Quickstart

    search(index, "réponse", 1)  # loads the model: the first case isn't slower than the others
    if name == "quickstart":
        return Quickstart(index, settings.cache)
    if name == "product":
        return Product(index)
    return Lexical(index, 1) if name == "bm25-1" else Lexical(index)
