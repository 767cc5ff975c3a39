"""Speed and size of the product, measured through its real commands on this machine."""

import json
import os
import resource
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from evals.retrieval import Product, command

QUESTIONS = Path(__file__).resolve().parent / "questions"
AS_OF = "2026-11-21"
INDEX = "shipped"
THROUGHPUT_PASSAGES = 128
ROUNDS = 5
ASKED = 3
POSTS = 100
WARM_POSTS = 5
PEOPLE, TURNS = 20, 5
START_TIMEOUT_S = 120.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure with its limit: at most ``limit``, or at least when ``more_is_better``."""

    name: str
    value: float
    unit: str
    limit: float
    more_is_better: bool = False
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.value >= self.limit if self.more_is_better else self.value < self.limit


def development_questions(folder: Path = QUESTIONS) -> list[str]:
    """Questions of the development split, in file order."""
    return [
        case["question"]
        for path in sorted(folder.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        if case.get("split") == "development"
    ]


def measure_all(
    product: Product, say: Callable[[str], None] = lambda _line: None
) -> tuple[list[Measurement], list[str]]:
    """Every measurement, in order, and a French line for each that couldn't be made.

    The index comes first: the others use it.
    """
    done, failed = [], []
    steps: tuple[tuple[str, Callable[[Product], list[Measurement]]], ...] = (
        ("index livré, caches vides", cold_index),
        ("reperes ask, à froid", cold_ask),
        ("POST /api/answers", served),
        ("débit des vecteurs", throughput),
    )
    for label, measure in steps:
        say(label)
        try:
            done += measure(product)
        except (RuntimeError, OSError, ValueError) as error:
            failed.append(f"{label} : non mesuré ({error})")
    return done, failed


def cold_index(product: Product) -> list[Measurement]:
    """Seconds to build the shipped index from nothing: no index, no unpacked model, no vector."""
    with tempfile.TemporaryDirectory(prefix="reperes-bench-") as folder:
        cold = Product(Path(folder), Path(folder) / "cache")
        before_s = _processor_seconds()
        report = cold.ingest(INDEX)
        processor_s = _processor_seconds() - before_s
    product.ingest(INDEX)
    detail = (
        f"{report['documents']} documents, {report['embedded']} vecteurs, "
        f"{processor_s:.0f} s de processeur"
    )
    wall_s = report["wall_s"]
    return [Measurement("Index livré construit à froid", wall_s, "s", 180.0, detail=detail)]


def _processor_seconds() -> float:
    """Processor time of the commands that ended: tells a slow product from a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold_ask(product: Product) -> list[Measurement]:
    """Seconds of a whole ``reperes ask``, the slowest of three new processes."""
    times = []
    for question in development_questions()[:ASKED]:
        started = time.monotonic()
        arguments = ("--json", "--as-of", AS_OF, "--index", str(product.index(INDEX)))
        product.call("ask", question, *arguments)
        times.append(time.monotonic() - started)
    detail = ", ".join(f"{seconds:.1f}" for seconds in times)
    return [Measurement("reperes ask à froid", max(times), "s", 5.0, detail=detail)]


def served(product: Product) -> list[Measurement]:
    """95th percentile of 100 answers one after the other, then of 20 people at once, and the
    server's memory after them."""
    questions = development_questions()
    if not questions:
        raise ValueError("aucune question de développement")
    with server(product) as (process, address):
        for question in questions[:WARM_POSTS]:
            post(address, question)
        times = [post(address, questions[i % len(questions)]) for i in range(POSTS)]
        together = at_once(address, questions)
        memory_gb = resident_bytes(process.pid) / 1e9
    times_ms = sorted(1000 * seconds for seconds in times)
    p95_ms = statistics.quantiles(times_ms, n=100, method="inclusive")[94]
    detail = f"médiane {statistics.median(times_ms):.0f} ms, maximum {times_ms[-1]:.0f} ms"
    return [
        Measurement("POST /api/answers, p95 à chaud", p95_ms, "ms", 300.0, detail=detail),
        together,
        Measurement("Mémoire résidente du serveur", memory_gb, "Go", 2.0, detail="VmRSS"),
    ]


def at_once(address: str, questions: Sequence[str]) -> Measurement:
    """95th percentile of what 20 people wait who ask at the same instant, each another question,
    five times in a row without a pause.

    Raises:
        OSError: the server refused one of them, or broke off.
    """
    with ThreadPoolExecutor(PEOPLE) as people:
        asked = [questions[i % len(questions)] for i in range(PEOPLE * TURNS)]
        times_ms = [1000 * seconds for seconds in people.map(partial(post, address), asked)]
    p95_ms = statistics.quantiles(times_ms, n=100, method="inclusive")[94]
    detail = f"médiane {statistics.median(times_ms):.0f} ms, {len(times_ms)} réponses"
    return Measurement("20 personnes à la fois, p95", p95_ms, "ms", 2_000.0, detail=detail)


@contextmanager
def server(product: Product) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running ``reperes serve`` on a free loopback port, with its address; ended on exit.

    Raises:
        RuntimeError: it ended, or didn't answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["serve", "--port", str(port), "--index", str(product.index(INDEX))]
    process = subprocess.Popen(
        [*command(), *arguments],
        env=product.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(process, f"{address}/api/health")
        yield process, address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"reperes serve s'est arrêté avec le code {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as response:
            response.read()
            return
        time.sleep(0.2)
    raise RuntimeError(f"reperes serve ne répond pas après {START_TIMEOUT_S:.0f} s")


def post(address: str, question: str) -> float:
    """Seconds that one whole answer took.

    Raises:
        OSError: the server refused it, or broke off.
    """
    body = json.dumps({"question": question, "as_of": AS_OF}).encode()
    request = urllib.request.Request(
        f"{address}/api/answers", body, {"Content-Type": "application/json"}
    )
    started = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()
    return time.monotonic() - started


def resident_bytes(pid: int) -> int:
    """Resident memory of a process and of its children, from ``/proc``.

    Raises:
        OSError: there is no such process, or no ``/proc`` here.
    """
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    lines = (line.split() for line in status.splitlines() if line.startswith("VmRSS:"))
    own = sum(int(parts[1]) * 1024 for parts in lines)
    children = Path(f"/proc/{pid}/task/{pid}/children")
    pids = children.read_text(encoding="ascii").split() if children.exists() else []
    return own + sum(resident_bytes(int(child)) for child in pids)


def throughput(product: Product) -> list[Measurement]:
    """How many times faster our encoder is than plain ``SentenceTransformer.encode`` in fp32.

    Same passages, same weights, same process, turn by turn: a ratio of medians.
    """
    from sentence_transformers import SentenceTransformer

    from ingest.embedding import PackedE5Embeddings
    from ingest.settings import Settings
    from ingest.weights import unpacked_model

    cache = product.cache or Settings().cache
    texts = shipped_passages(product)
    ours = PackedE5Embeddings(cache)
    ours.encode_passages(texts[:8])  # loads the model and warms up
    plain = SentenceTransformer(str(unpacked_model(cache)), device="cpu")
    plain.encode(texts[:8], show_progress_bar=False)
    encoders: dict[str, Callable[[Sequence[str]], Any]] = {
        "ours": ours.encode_passages,
        "plain": lambda batch: plain.encode(list(batch), show_progress_bar=False),
    }
    times: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(ROUNDS):
        for name, encode in encoders.items():
            started = time.monotonic()
            encode(texts)
            times[name].append(time.monotonic() - started)
    rates = {name: len(texts) / statistics.median(seconds) for name, seconds in times.items()}
    fastest = min(times["plain"]) / min(times["ours"])  # what a busy machine disturbs least
    detail = (
        f"{rates['ours']:.1f} contre {rates['plain']:.1f} passages par seconde ; "
        f"meilleurs tours : {fastest:.2f} fois"
    )
    ratio = rates["ours"] / rates["plain"]
    return [Measurement("Débit des vecteurs", ratio, "fois", 1.5, True, detail)]


def shipped_passages(product: Product, count: int = THROUGHPUT_PASSAGES) -> list[str]:
    """``count`` passages of the shipped index as they are embedded, taken at even steps."""
    from ingest.index import current_generation
    from ingest.texts import Texts

    texts = Texts(current_generation(product.index(INDEX)) / "texts.sqlite")
    rows = len(texts.passage_documents)
    step = max(rows / count, 1.0)
    passages = [texts.passage(int(i * step)) for i in range(min(count, rows))]
    texts.close()
    return [passage.indexed_text for passage in passages]


def described(measurement: Measurement) -> dict[str, Any]:
    """The measurement as JSON."""
    rounded = replace(measurement, value=round(measurement.value, 4))
    fields = ("name", "value", "unit", "limit", "more_is_better", "detail")
    return {name: getattr(rounded, name) for name in fields} | {"holds": measurement.holds}


def machine() -> dict[str, Any]:
    """Processor, cores and the load at the start: what makes times comparable."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    load = os.getloadavg()[0]
    return {
        "cpu": models[0] if models else "inconnu",
        "cores": os.cpu_count() or 0,
        "load_1min": round(load, 2),
    }
