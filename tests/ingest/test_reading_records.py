"""JSON lines: bad lines are refused by themselves, the rest is kept whole."""

import gzip
import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.reading import Reading, read
from ingest.reading.records import MAX_DECOMPRESSED_BYTES

FIXTURE = Path(__file__).parent / "fixtures" / "records.jsonl"


def reading() -> Reading:
    return read("records.jsonl", FIXTURE.read_bytes())


def test_a_bad_line_is_refused_with_its_number_and_reason() -> None:
    refused = {refusal.file: refusal.reason for refusal in reading().refused}
    assert list(refused) == ["records.jsonl#2", "records.jsonl#3", "records.jsonl#4"]
    assert "JSON valide" in refused["records.jsonl#2"]
    assert "objet" in refused["records.jsonl#3"]
    assert "« text »" in refused["records.jsonl#4"]


def test_the_other_records_are_kept_with_their_identity() -> None:
    first, last = reading().contents
    assert (first.record_id, first.title) == ("fiche/1", "Relais de quartier")
    assert (first.url, first.published_on) == ("https://relais.example/1", date(2022, 10, 4))
    assert (last.record_id, last.references) == (None, ("2022-1125",))


def test_no_line_of_a_record_is_cleaned_away() -> None:
    assert [(b.kind, b.text) for b in reading().contents[0].blocks] == [
        ("heading", "Conditions d'ouverture"),
        (
            "paragraph",
            "Le relais ouvre après l'accord du préfet, donné dans un délai de deux mois.",
        ),
        ("paragraph", "Menu"),
        ("paragraph", "Contact"),
        ("item", "un local ;"),
        ("item", "un agent."),
    ]


def test_a_compressed_file_reads_the_same() -> None:
    data = gzip.compress(FIXTURE.read_bytes())
    assert read("records.jsonl.gz", data).contents == reading().contents


def test_several_gzip_members_are_all_read() -> None:
    member = gzip.compress(b'{"_id": "1", "text": "Un texte."}\n')
    assert len(read("f.jsonl.gz", member + member).contents) == 2


def test_a_cut_gzip_is_refused() -> None:
    data = gzip.compress(os.urandom(2_000))[:-40]
    with pytest.raises(UnreadableFile, match="gzip incomplet"):
        read("f.jsonl.gz", data)


def test_a_gzip_bomb_is_refused_early() -> None:
    bomb = gzip.compress(b" " * 60_000_000)
    start = time.process_time()
    with pytest.raises(UnreadableFile, match="une fois décompressé"):
        read("bombe.jsonl.gz", bomb)
    assert time.process_time() - start < 2
    assert len(bomb) < MAX_DECOMPRESSED_BYTES / 1000


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"text": 3}', '{"text": " "}', '{"text": "\\u200b"}']
)
def test_hostile_lines_are_refused_by_themselves(line: str) -> None:
    result = read("f.jsonl", f'{line}\n{{"text": "Un texte."}}'.encode())
    assert [r.file for r in result.refused] == ["f.jsonl#1"]
    assert len(result.contents) == 1


def test_lone_surrogates_of_json_are_removed() -> None:
    (record,) = read("f.jsonl", b'{"_id": "a", "text": "un \\ud800texte"}').contents
    assert record.blocks[0].text == "un texte"


def test_thousands_of_records_are_read_fast() -> None:
    text = "Conditions\nLe relais ouvre après accord, selon l'article L. 223-1 du code. " * 30
    line = json.dumps({"_id": "a", "title": "Relais", "text": text}) + "\n"
    start = time.process_time()
    assert len(read("f.jsonl", (line * 1_000).encode()).contents) == 1_000
    assert time.process_time() - start < 6
