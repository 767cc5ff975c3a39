"""The command line: results on stdout, one French line for an error, the exit codes promised."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from ingest.pipeline import ingest
from ingest.settings import PROJECT, Settings
from tests.conftest import settings_in, write_corpus
from tests.ui.commands import Ended, Run
from ui.cli import app
from ui.usage import in_french

REPORT = {
    *("added", "unchanged", "replaced", "removed", "duplicates", "displaced", "refused"),
    "documents",
    *("passages", "embedded", "seconds", "published", "corpus_digest"),
}
RESULT = {"passage_id", "document_id", "title", "locator", "text", "score"}
ANSWER = {
    *("id", "question", "as_of", "frame", "status", "refusal", "text", "claims", "parts", "table"),
    *("citations", "warnings", "nearby", "follow_ups", "sureness", "mode", "model", "retrieval"),
    *("corpus_digest", "corpus_checked_on", "settings_fingerprint", "timings_ms"),
}
AS_OF = ("--as-of", "2026-11-21")
ENGLISH = frozenset(
    "usage commands command args show this message and exit default required range int "
    "str path list float text integer file directory query paths document_ids target first second "
    "runs dynamic env deprecated aborted missing".split()
)


@pytest.fixture
def reperes(settings: Settings, monkeypatch: pytest.MonkeyPatch, command_line: Run) -> Run:
    """Runs a command lexically over an index of this test."""
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    monkeypatch.setenv("REPERES_INDEX", str(settings.index_folder))
    monkeypatch.setenv("REPERES_CACHE", str(settings.cache))
    return command_line


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The tiny corpus, without vectors."""
    folder = tmp_path_factory.mktemp("lexical")
    ingest([write_corpus(folder / "corpus")], settings_in(folder), None)
    return settings_in(folder)


@pytest.fixture
def indexed(lexical: Settings, settings: Settings, reperes: Run) -> Run:
    """The same, with the tiny corpus in the index."""
    shutil.copytree(lexical.index_folder, settings.index_folder)
    return reperes


def one_french_line(outcome: Ended) -> str:
    """The only line of stderr, after checking that it is an error of exit code 1."""
    assert (outcome.code, outcome.out) == (1, "")
    (line,) = outcome.err.splitlines()
    assert line.startswith("Erreur : ")
    return line


def child(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """A Python process of its own."""
    given = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        timeout=60,
        cwd=PROJECT,
        env=given | environment,
    )


def write(path: Path, text: str) -> Path:
    """A file of that text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_help_lists_the_commands_and_imports_nothing_big() -> None:
    code = (
        "import sys; sys.argv = ['reperes', '--help']\n"
        "import atexit; atexit.register(lambda: print('BIG', sorted({'torch', 'gradio', "
        "'chromadb', 'sentence_transformers', 'langchain_core', 'numpy'} & set(sys.modules))))\n"
        "from ui.cli import main; main()"
    )
    done = child("-c", code)
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "BIG []" in text
    assert all(name in text for name in ("ingest", "remove", "status", "search", "ask", "serve"))


def helps() -> dict[str, str]:
    """The help of every command by its name, without its own names, values and quotes."""
    found: dict[str, str] = {}

    def read(command: Any, name: str) -> None:
        context = command.context_class(command, info_name=name)
        found[name] = command.get_help(context)
        for subcommand in getattr(command, "commands", {}).values():
            read(subcommand, f"{name} {subcommand.name}")

    read(in_french(get_command(app)), "reperes")
    return found


def test_no_english_word_is_left_in_the_help_of_any_command() -> None:
    ours = r"reperes [a-z ]+|THEME \| list \| refresh|« [^»]+»|^  [a-z-]+  |--?\w[\w-]*|_id, text"
    for name, text in helps().items():
        said = re.sub(ours, " ", text, flags=re.MULTILINE)
        words = {word.casefold() for word in re.findall(r"[^\W\d]+", said)}
        assert (name, words & ENGLISH) == (name, set())
        assert text.startswith("Utilisation : "), name
        assert "Montre cette aide." in text, name


def test_the_help_says_types_bounds_and_defaults_in_french() -> None:
    text = " ".join(helps()["reperes search"].split())
    assert "-k <entier> Nombre de passages. [défaut : 10 ; de 1 à 1000]" in text
    assert "search [OPTIONS] [REQUÊTE]" in text
    assert "<AAAA-MM-JJ>" in helps()["reperes answers replay"]
    assert "[obligatoire]" in helps()["reperes remove"]
    assert "COMMANDE [ARGUMENTS]..." in helps()["reperes answers"]
    every = "".join(helps().values())
    assert not re.search(r"[<\[](?:list|%|x[<>]=|\d+<=)", every)


def test_a_lexical_search_imports_no_model_and_no_vector_store(
    corpus: Path, settings: Settings
) -> None:
    ingest([corpus], settings, None)
    code = (
        "import sys, atexit; sys.argv = ['reperes', 'search', 'crèche', '--json']\n"
        "atexit.register(lambda: print('BIG', sorted({'torch', 'gradio', 'chromadb', "
        "'sentence_transformers', 'openai'} & set(sys.modules)), file=sys.stderr))\n"
        "from ui.cli import main; main()"
    )
    environment = {"REPERES_EMBEDDING_MODEL": "none", "REPERES_INDEX": str(settings.index_folder)}
    done = child("-c", code, LC_ALL="C", PYTHONIOENCODING="ascii", **environment)
    assert (done.returncode, done.stderr.decode()) == (0, "BIG []\n")
    assert "crèche".encode() in done.stdout
    assert b"\\u" not in done.stdout


def test_an_ingest_reports_what_it_did(reperes: Run, corpus: Path) -> None:
    bad = write(corpus / "bad.jsonl", "{\n")
    report = reperes("ingest", corpus, "--json").json
    assert set(report) == REPORT
    assert report["added"] == ["circulaire-essai", "fiches.jsonl", "note"]
    assert [refused["file"] for refused in report["refused"]] == [f"{bad}#1"]
    assert (report["published"], report["documents"]) == (True, 5)


def test_without_json_an_ingest_says_it_in_french(reperes: Run, corpus: Path) -> None:
    write(corpus / "bad.jsonl", "{\n")
    outcome = reperes("ingest", corpus)
    assert outcome.code == 0
    assert "5 documents" in outcome.out
    assert "Partie non lue" in outcome.err
    assert "bad.jsonl#1" in outcome.err


def test_the_index_option_wins_over_the_environment(
    reperes: Run, corpus: Path, tmp_path: Path
) -> None:
    reperes("ingest", corpus, "--index", tmp_path / "autre")
    assert reperes("status", "--index", tmp_path / "autre", "--json").json["documents"] == 5
    assert (tmp_path / "autre" / "library" / "library.json").is_file()
    assert "Aucun index" in one_french_line(reperes("status"))


def test_status_says_what_is_indexed(indexed: Run) -> None:
    status = indexed("status", "--json").json
    keys = ["documents", "passages", "embedding_model", "corpus_digest", "built_at", "retrieval"]
    assert list(status) == keys
    assert (status["documents"], status["embedding_model"]) == (5, None)
    assert status["retrieval"] == "lexical"
    assert "Documents : 5" in indexed("status").out


def test_search_gives_ranked_passages_and_never_the_query(indexed: Run) -> None:
    outcome = indexed("search", "zygomatique contrat", "-k", "2", "--json")
    found = outcome.json
    assert list(found) == ["results"]
    assert all(set(result) == RESULT for result in found["results"])
    scores = [result["score"] for result in found["results"]]
    assert 0 < len(scores) <= 2
    assert scores == sorted(scores, reverse=True)
    assert "zygomatique" not in outcome.out


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (("--document", "note"), {"note"}),
        (("--kind", "circulaire"), {"circulaire-essai"}),
        (("--exercice", "2021"), {"circulaire-essai"}),
        (("--exercice", "2021", "--document", "note"), set()),
        (("--document", "absent"), set()),
        (("--retrieval", "lexical", "--document", "note"), {"note"}),
    ],
)
def test_search_options_restrict_it(
    indexed: Run, options: tuple[str, ...], documents: set[str]
) -> None:
    results = indexed("search", "contrat", *options, "--json").json["results"]
    assert {result["document_id"] for result in results} == documents


def test_search_without_json_is_readable(indexed: Run) -> None:
    assert "La crèche ouvre ses portes" in indexed("search", "crèche").out
    outcome = indexed("search", "zygomatique", "--retrieval", "lexical")
    assert (outcome.code, outcome.out) == (0, "Aucun passage ne correspond.\n")


def test_a_batch_gives_one_line_a_query_in_order(indexed: Run, tmp_path: Path) -> None:
    queries = [{"_id": f"q{n}", "text": text} for n, text in enumerate(("crèche", "", "PMI"))]
    text = "\ufeff" + "\n\n".join(json.dumps(query) for query in queries)
    outcome = indexed("search", "--batch", write(tmp_path / "q.jsonl", text), "-k", "1")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [list(row) for row in rows] == [["_id", "results"]] * 3
    assert [row["_id"] for row in rows] == ["q0", "q1", "q2"]
    assert [[r["document_id"] for r in row["results"]] for row in rows] == [
        ["fiche/deux"],
        [],
        ["note"],
    ]


@pytest.mark.parametrize("line", ["{", "[]", '{"_id": "b"}', '{"_id": 3, "text": "x"}'])
def test_a_bad_line_of_a_batch_is_named_with_its_number(
    indexed: Run, tmp_path: Path, line: str
) -> None:
    path = write(tmp_path / "q.jsonl", f'\n{{"_id": "a", "text": "PMI"}}\n{line}\n')
    outcome = indexed("search", "--batch", path)
    assert outcome.code == 1
    assert outcome.err == f"Erreur : {path}#3 : il faut un objet JSON avec _id, text.\n"


def test_ask_gives_the_answer_of_the_contract(indexed: Run) -> None:
    answer = indexed("ask", "Quand le contrat départemental est-il signé ?", *AS_OF, "--json").json
    assert set(answer) == ANSWER
    assert answer["as_of"] == "2026-11-21"
    assert answer["retrieval"] == "lexical"
    for citation in answer["citations"]:
        assert citation["quote"]


def test_a_refusal_is_an_answer_and_exits_zero(indexed: Run) -> None:
    outcome = indexed("ask", "Quelle est la capitale de l'Australie ?", *AS_OF, "--json")
    assert (outcome.code, outcome.json["status"]) == (0, "refused")


def test_ask_without_json_shows_the_text_and_its_sources(indexed: Run) -> None:
    question = ("ask", "Quand signer le contrat ?", *AS_OF)
    answer, outcome = indexed(*question, "--json").json, indexed(*question)
    assert outcome.code == 0
    assert answer["text"] in outcome.out
    assert all(citation["title"] in outcome.out for citation in answer["citations"])


def test_a_batch_of_questions_keeps_their_identifiers(indexed: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "un", "question": "Quand signer le contrat ?"},
        {"id": "deux", "question": "Que fait la crèche ?", "as_of": "2022-01-01"},
    ]
    path = write(tmp_path / "q.jsonl", "\n".join(json.dumps(row) for row in rows))
    outcome = indexed("ask", "--batch", path, *AS_OF)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer["case_id"] for answer in answers] == ["un", "deux"]
    assert [answer["as_of"] for answer in answers] == ["2026-11-21", "2022-01-01"]


@pytest.mark.parametrize(
    ("text", "case_id", "reason"),
    [
        ('{"id": "a", "question": "?", "bof": 1}', "a", "bof"),
        ('{"id": "a"}', "a", "question"),
        ('{"id": 7, "question": "Quand ?"}', 7, "id"),
        ('{"id": "a", "question": "  "}', "a", "question"),
        ('{"id": "a", "question": "Quand ?", "as_of": "1990-01-01"}', "a", "2000"),
        ('{"id": "a", "question": "Quand ?", "cohort": 2020}', "a", "cohort"),
        ("{", None, "JSON"),
        ("[]", None, "JSON"),
    ],
)
def test_a_wrong_line_of_a_batch_has_its_own_error_and_the_others_their_answer(
    indexed: Run, tmp_path: Path, text: str, case_id: str | int | None, reason: str
) -> None:
    good = [json.dumps({"id": name, "question": "Quand signer le contrat ?"}) for name in "bc"]
    path = write(tmp_path / "q.jsonl", "\n".join([good[0], "", text, good[1]]))
    outcome = indexed("ask", "--batch", path, *AS_OF)
    first, wrong, last = (json.loads(line) for line in outcome.out.splitlines())
    assert [first["case_id"], last["case_id"]] == ["b", "c"]
    assert set(first) == set(last) == ANSWER | {"case_id"}
    assert wrong == {"case_id": case_id, "line": 3, "error": wrong["error"]}
    assert reason in wrong["error"]
    assert outcome.code == 1 and outcome.err.count("\n") == 1
    assert outcome.err.startswith("Erreur : 1 question sur 3 sans réponse")
    assert f"{path} (ligne 3)" in outcome.err


def test_a_wrong_option_stops_a_batch_before_its_lines(indexed: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", '{"id": "a", "question": "Quand ?"}')
    assert "AAAA-MM-JJ" in one_french_line(indexed("ask", "--batch", path, "--as-of", "demain"))


@pytest.mark.parametrize(
    "command",
    [("status",), ("search", "contrat"), ("ask", "Quand ?")],
)
def test_a_missing_index_is_one_line_with_the_remedy(
    reperes: Run, command: tuple[str, ...]
) -> None:
    assert "reperes ingest" in one_french_line(reperes(*command))


@pytest.mark.parametrize("command", ["search", "ask"])
def test_a_missing_batch_is_one_french_line(indexed: Run, command: str, tmp_path: Path) -> None:
    line = one_french_line(indexed(command, "--batch", tmp_path / "absent.jsonl"))
    assert "n'existe pas" in line
    assert "absent.jsonl" in line


def test_files_that_cannot_be_used_are_one_french_line(indexed: Run, tmp_path: Path) -> None:
    assert "dossier" in one_french_line(indexed("search", "--batch", tmp_path))
    assert "absent.md" in one_french_line(indexed("ingest", tmp_path / "absent.md"))
    history = write(tmp_path / "h.json", "{")
    assert "h.json" in one_french_line(indexed("ask", "Quand ?", "--history", history))
    file = write(tmp_path / "file", "")
    assert "dossier" in one_french_line(indexed("ingest", "--index", file, file))


@pytest.mark.parametrize("value", ["demain", "2021-13-01", "31/12/2021", ""])
def test_a_bad_date_is_one_french_line(indexed: Run, value: str) -> None:
    line = one_french_line(indexed("ask", "Quand ?", "--as-of", value))
    assert "AAAA-MM-JJ" in line


def test_a_dense_search_of_a_lexical_index_is_one_french_line(indexed: Run) -> None:
    line = one_french_line(indexed("search", "contrat", "--retrieval", "dense"))
    assert "--retrieval lexical" in line


def test_a_damaged_index_is_one_french_line(indexed: Run, settings: Settings) -> None:
    for path in settings.index_folder.glob("*/texts.sqlite"):
        path.write_bytes(path.read_bytes()[:-1])
    assert "texts.sqlite" in one_french_line(indexed("search", "contrat"))
    assert "texts.sqlite" in one_french_line(indexed("status"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x", "--retrieval", "bof"),
        ("search",),
        ("search", "x", "--batch", "y"),
        ("search", "x", "-k", "0"),
        ("search", "x", "--exercice", "bof"),
        ("ask",),
        ("ask", "x", "--batch", "y"),
        ("remove",),
        ("bof",),
        ("status", "--bof"),
    ],
)
def test_misuse_exits_two_with_nothing_on_stdout(indexed: Run, arguments: tuple[str, ...]) -> None:
    outcome = indexed(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err


def test_remove_takes_a_document_out(indexed: Run) -> None:
    report = indexed("remove", "fiche/un", "--json").json
    assert set(report) == REPORT
    assert (report["removed"], report["documents"]) == (["fiche/un"], 4)
    assert "« fiche/un »" in one_french_line(indexed("remove", "fiche/un"))


def test_a_backup_moves_the_library_to_another_index(
    indexed: Run, tmp_path: Path, settings: Settings
) -> None:
    assert "3 fichiers" in indexed("backup", tmp_path / "s.zip").out
    report = indexed("restore", tmp_path / "s.zip", "--index", tmp_path / "autre", "--json").json
    assert (len(report["added"]), report["published"]) == (3, True)
    status = indexed("status", "--index", tmp_path / "autre", "--json").json
    assert status["corpus_digest"] == indexed("status", "--json").json["corpus_digest"]


def test_a_backup_says_what_it_leaves_out(indexed: Run, tmp_path: Path, settings: Settings) -> None:
    assert "comptes" not in indexed("backup", tmp_path / "s.zip").out
    settings.library_folder.with_name("people.sqlite").touch()
    said = indexed("backup", tmp_path / "s.zip").out
    assert "Les comptes, les avis et les réponses gardées n'y sont pas" in said
    assert "people.sqlite" in said


def test_a_restore_that_would_lose_files_is_one_french_line(indexed: Run, tmp_path: Path) -> None:
    indexed("backup", tmp_path / "s.zip")
    indexed("ingest", write(tmp_path / "neuf.md", "# Neuf\n\nUn tambourin.\n"))
    assert "--replace" in one_french_line(indexed("restore", tmp_path / "s.zip"))
    assert indexed("restore", tmp_path / "s.zip", "--replace").code == 0


def test_what_is_no_backup_is_one_french_line(indexed: Run, corpus: Path) -> None:
    assert "pas une sauvegarde" in one_french_line(indexed("restore", corpus / "note.md"))


def test_a_busy_port_is_one_french_line(indexed: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Le port {port} est déjà pris" in one_french_line(indexed("serve", "--port", port))


def test_without_a_model_a_search_says_that_it_is_lexical(
    indexed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import weights

    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "e5-small")
    monkeypatch.setattr(weights, "find_spec", lambda _name: None)
    outcome = indexed("search", "crèche", "--json")
    assert outcome.code == 0
    assert outcome.json["results"][0]["document_id"] == "fiche/deux"
    assert outcome.err.startswith("Attention : recherche lexicale seule.")


def test_an_index_of_another_model_exits_one_in_one_line(
    published: Settings, reperes: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "e5-small")
    assert "fake" in one_french_line(reperes("search", "contrat"))


def test_an_interrupted_command_exits_130_without_a_traceback(
    settings: Settings, corpus: Path, tmp_path: Path
) -> None:
    ingest([corpus], settings, None)
    os.mkfifo(tmp_path / "queries")
    arguments = ["search", "--batch", str(tmp_path / "queries")]
    code = f"import sys; sys.argv = ['reperes', *{arguments!r}]; from ui.cli import main; main()"
    given = {"REPERES_EMBEDDING_MODEL": "none", "REPERES_INDEX": str(settings.index_folder)}
    with (
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=PROJECT,
            env=os.environ | given,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ) as process,
        (tmp_path / "queries").open("w"),
    ):  # waits until the command reads it
        for _press in range(5):  # one that comes just before a blocking read wakes nobody
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=6)
                break
        _out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
