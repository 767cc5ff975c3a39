"""Chroma's collections of a generation: written once, opened read-only from a private copy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.embedding import SentenceTransformerEmbeddings, Vectors

COLLECTION = "passages"
STATEMENTS = "statements"
CHROMA_FOLDER = "chroma"


def chroma_client(folder: Path) -> Any:
    """A persistent Chroma client without telemetry."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def chroma_store(
    client: Any, embeddings: SentenceTransformerEmbeddings | None, collection: str = COLLECTION
) -> Any:
    """LangChain's vector store over an existing collection."""
    from langchain_chroma import Chroma

    return Chroma(
        collection,
        embedding_function=embeddings,
        client=client,
        create_collection_if_not_exists=False,
    )


def fill_chroma(
    folder: Path,
    name: str,
    rows: Sequence[tuple[str, str, dict[str, Any]]],
    vectors: Vectors,
) -> None:
    """Creates a collection (cosine space) from rows of (id, text, metadata) and their vectors.

    The graph is written when its last row is in: otherwise each reader builds its own at
    opening, and two readers may find different neighbours.

    Raises:
        OSError: it can't be written (Chroma's own errors don't say why).
    """
    from chromadb.errors import ChromaError

    try:
        _fill(folder, name, rows, vectors)
    except ChromaError as error:
        raise OSError(None, str(error), str(folder)) from error


def _fill(
    folder: Path,
    name: str,
    rows: Sequence[tuple[str, str, dict[str, Any]]],
    vectors: Vectors,
) -> None:
    client = chroma_client(folder)
    collection = client.create_collection(
        name,
        embedding_function=None,
        configuration={
            "hnsw": {
                "space": "cosine",
                "ef_construction": 200,
                "ef_search": 200,
                "batch_size": min(max(len(rows), 2), 100),
                "sync_threshold": max(len(rows), 2),
            }
        },
    )
    step = client.get_max_batch_size()
    for at in range(0, len(rows), step):
        ids, texts, metadatas = zip(*rows[at : at + step], strict=True)
        collection.add(
            ids=list(ids),
            embeddings=vectors[at : at + step],
            documents=list(texts),
            metadatas=list(metadatas),
        )
    client.close()
