"""The manifest: what was written is read back, and no changed byte goes unseen."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import IndexBroken, IndexMismatch, IndexMissing, IndexUnusable
from ingest.manifest import INDEX_FORMAT, MANIFEST_FILE, Manifest, digests

MANIFEST = Manifest(
    index_format=INDEX_FORMAT,
    corpus_digest="c" * 64,
    chunking="sections",
    embedding_model="modèle",
    embedding_digest="d" * 64,
    dimension=32,
    normalised=True,
    documents=3,
    passages=5,
    statements=2,
    built_at="2026-11-21T00:00:00+00:00",
    checked_on=date(2026, 11, 21),
    versions={"chromadb": "1.5.9"},
    files={"a/texts.sqlite": (3, "e" * 64)},
)


@pytest.mark.parametrize(
    "manifest",
    [
        MANIFEST,
        replace(MANIFEST, checked_on=None, files={}),
        replace(MANIFEST, embedding_model=None, embedding_digest=None, dimension=None),
    ],
)
def test_a_manifest_is_read_as_it_was_written(tmp_path: Path, manifest: Manifest) -> None:
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest


def test_no_manifest_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="reperes ingest"):
        Manifest.read(tmp_path)


def test_another_format_is_a_mismatch_that_names_both(tmp_path: Path) -> None:
    replace(MANIFEST, index_format=INDEX_FORMAT + 1).write(tmp_path)
    with pytest.raises(IndexMismatch, match=f"format {INDEX_FORMAT + 1}.*format {INDEX_FORMAT} "):
        Manifest.read(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"index_format": 1}', "{" * 9])
def test_a_file_that_is_no_manifest_is_unusable(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST_FILE).write_text(text)
    with pytest.raises(IndexUnusable, match="reperes ingest"):
        Manifest.read(tmp_path)


def test_a_value_changed_by_hand_is_seen(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    values = json.loads((tmp_path / MANIFEST_FILE).read_text())
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(values | {"passages": 6}))
    with pytest.raises(IndexBroken):
        Manifest.read(tmp_path)


def test_any_flipped_bit_of_a_manifest_is_unusable_or_changes_nothing(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    data = (tmp_path / MANIFEST_FILE).read_bytes()
    for place in range(len(data)):
        flipped = bytes([data[place] ^ (1 << place % 8)])
        (tmp_path / MANIFEST_FILE).write_bytes(data[:place] + flipped + data[place + 1 :])
        try:
            assert Manifest.read(tmp_path) == MANIFEST
        except IndexUnusable:
            continue


@pytest.mark.parametrize("damage", ["flip", "cut", "remove", "folder"])
def test_a_file_that_changed_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "texts.sqlite"
    path.write_bytes(b"abc")
    manifest = replace(MANIFEST, files=digests(tmp_path))
    manifest.check_files(tmp_path)
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "remove":
        path.write_bytes(b"abd" if damage == "flip" else b"ab")
    with pytest.raises(IndexBroken, match=r"texts\.sqlite"):
        manifest.check_files(tmp_path)
