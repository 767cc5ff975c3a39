"""Lexical analysis and the BM25 index (bm25s, French Snowball stemming)."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import entries, fold, notions
from corpus.references import find_references

_WORD = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    """a ai aie aient ait alors au aucun
    aura aurait aux avait avec avez avoir avons c ca car ce ceci cela
    celle celles celui ces cet cette ceux chez ci combien comme comment d dans de des dois doit
    doivent donc dont du elle elles en encore entre es est et etaient etait etant ete etes etre eu
    eux fait faire fallait faut il ils j je jusqu l la laquelle le lequel les lesquels leur leurs
    lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas peut peuvent plus
    pour pourquoi pu puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera serait
    ses si soit sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un
    une vos votre vous y""".split()
)

_ANALYSIS_VERSION = 1  # raise it when ``terms`` gives other terms for the same text


@cache
def analysis_fingerprint() -> str:
    """Changes with the lexicon, the stop words and the analysis: an index made before is stale."""
    forms = [(entry.id, entry.forms) for entry in entries()]
    shape = f"{_ANALYSIS_VERSION} {sorted(STOP_WORDS)} {forms}"
    return hashlib.sha256(shape.encode("utf-8")).hexdigest()[:16]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("french", 0)


@cache
def _stem(word: str) -> str:
    """Stem of a lower-case word, without accents."""
    return fold(_stemmer().stemWord(word))


def terms(text: str) -> list[str]:
    """Index terms of ``text`` in order: stems without stop words, then notions and references.

    Notions (``=ase``) join the forms of a lexicon entry; references (``@2021/25``,
    ``@L223-1-1``) match exactly whatever their spacing.
    """
    words = _WORD.findall(text.replace("’", "'").lower())
    folded = [fold(word) for word in words]
    stems = [_stem(word) for word in words]
    out = [
        stem
        for stem, plain in zip(stems, folded, strict=True)
        if plain not in STOP_WORDS and (len(plain) > 1 or plain.isdigit())
    ]
    out += [f"={notion}" for notion in notions(stems, _stem)]
    out += [f"@{reference.value}" for reference in find_references(text)]
    return out


class LexicalIndex:
    """BM25 over passages, in row order."""

    def __init__(self, scorer: Any, rows: int) -> None:
        self._scorer = scorer
        self.rows = rows
        self._by_initial: dict[str, tuple[str, ...]] | None = None

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> "LexicalIndex":
        """An index over lists of terms, one a row (at least one row)."""
        from bm25s import BM25

        lists = [list(row) or [""] for row in texts]
        scorer = BM25(k1=1.5, b=0.75)
        scorer.index(lists, show_progress=False)
        return cls(scorer, len(lists))

    def save(self, folder: Path) -> None:
        """Writes the index into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Opens a saved index; its arrays stay on disk (memory-mapped)."""
        from bm25s import BM25

        scorer = BM25.load(folder, mmap=True, show_progress=False)
        return cls(scorer, int(scorer.scores["num_docs"]))

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """BM25 score of every row, float32, zero where no term matches."""
        known = [term for term in query if term in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self.rows, np.float32)
        return np.asarray(self._scorer.get_scores(known), np.float32)

    def vocabulary(self, initial: str) -> tuple[str, ...]:
        """Known stems that begin with a letter (not notions, nor references)."""
        if self._by_initial is None:
            table: dict[str, list[str]] = {}
            for word in self._scorer.vocab_dict:
                if word.isalpha():
                    table.setdefault(word[0], []).append(word)
            self._by_initial = {letter: tuple(sorted(words)) for letter, words in table.items()}
        return self._by_initial.get(initial, ())

    def document_frequency(self, term: str) -> int:
        """In how many rows ``term`` stands."""
        column = self._scorer.vocab_dict.get(term)
        if column is None:
            return 0
        starts = self._scorer.scores["indptr"]
        return int(starts[column + 1] - starts[column])
