"""The README says what the product does: its commands, settings and example hold."""

import json
import re
from pathlib import Path

import pytest

from assistant.settings import RecordSettings, WriterSettings
from ingest.documents import read_documents, shipped_files
from ingest.pipeline import ingest
from ingest.report import Report
from ingest.settings import Settings
from ui.catalogue import documents_table, with_table
from ui.cli import app
from ui.requests import read_request
from ui.settings import ServerSettings

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_holds_every_setting() -> None:
    known = (Settings, WriterSettings, RecordSettings, ServerSettings)
    fields = [name for settings in known for name in settings.model_fields]
    documented = re.findall(r"^\| `(REPERES_\w+)`", README, re.MULTILINE)
    assert sorted(documented) == sorted(f"REPERES_{name.upper()}" for name in fields)


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"reperes (ask|search|ingest|status|remove|serve|\w+)\b", README))
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert known <= shown


def test_the_history_shown_is_read() -> None:
    (shown,) = re.findall(r"^`(\[\{\"question\".*\}\])`", README, re.MULTILINE)
    request = read_request({"question": "Et en 2022 ?", "history": json.loads(shown)})
    assert [turn.question for turn in request.history] == ["Qui peut contractualiser en 2021 ?"]


def test_every_make_target_shown_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_linked_exists() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (PROJECT / link).is_file(), link


def test_the_langchain_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPERES_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    ingest([], Settings(), None)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out.count(" — ") == 3


def test_the_table_of_documents_is_up_to_date() -> None:
    made = documents_table(read_documents(shipped_files(), Report()))
    assert with_table(README, made) == README, "reperes corpus table --write README.md"


def test_no_machine_path_nor_registry_stands_in_the_readme() -> None:
    assert not re.search(r"/(?:work|opt|root)/", README)
