"""What is always true of an answer (contract.md, « Honesty of a citation »).

Property 5 speaks of language models: test_writing.py proves it.
"""

import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant import answering, drafting
from assistant.answer import Answer, Citation
from assistant.answering import Assistant
from assistant.asking import read_question
from assistant.wanted import read_wanted
from corpus.collectivites import collectivites, find_collectivites
from corpus.quantities import normalised
from corpus.references import find_references
from ingest.index import Index
from ingest.settings import PROJECT, Settings
from tests.assistant.conftest import AS_OF, Ask, Gold

pytestmark = pytest.mark.model

MARKER = re.compile(r"\[(\d+)\]")
FACTUAL = {
    "conflict", "superseded", "annulled", "other_exercice", "press_only", "inferred",
    "false_premise", "general_rule",
}  # fmt: skip
WORDS = (
    "quelle est la date limite de signature des contrats avenants montant crédits FIR ONDAM "
    "programme 304 budget État département départements circulaire instruction préfet ARS pièces "
    "bilan tableau de bord plan d'actions candidature volontaires retenu combien qui quand quels "
    "enfance protection prévention PMI stratégie nationale objectifs mesure versé en pour le la "
    "du ? : ; « » - — … ! 1er 30 septembre exercice n° NOR SSAA2207127J DGCS/SD2B/DGS/SP1/2021/25 "
    "L. 223-1-1 35 % 107 M€ 15,5 millions d'euros tarte bonjour"
).split()
ODD = ("[1]", "[2][3]", "[1[2]]", "[12345]", "[²]", "{question}", "%s", "\x00", "\x1b[31m",
       "\u202e", "\u200b", "👩‍👧", "🇫🇷", "١٢", "<b>", "\n\n", "\t", "ﷺ", "e\u0301")  # fmt: skip
TOKENS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from(ODD),
    st.sampled_from([c.name for c in collectivites()]),
    st.integers(0, 10**9).map(str),
    st.integers(2015, 2027).map(str),
    st.text(max_size=12),
)
QUESTIONS = st.one_of(
    st.lists(TOKENS, min_size=1, max_size=15).map(" ".join),
    st.lists(TOKENS, min_size=1, max_size=15).map(" ".join),
    st.text(max_size=60),
)
LONG = ("contrat 2021 ? " * 133, "[1] [22]" * 250, "a" * 2000, "107 M€ 3 %, " * 166, "👩‍👧" * 600)


def facts(text: str) -> set[str]:
    """Numbers, amounts, dates, references and collectivités of a text, normalised."""
    named = {f"reference:{r.value}" for r in find_references(text)}
    named |= {f"collectivite:{m.collectivite.code}" for m in find_collectivites(f". {text}")}
    return set(normalised(text)) | named


def held_by(citations: list[Citation]) -> set[str]:
    """What the quotes and the identity fields of citations state."""
    held: set[str] = set()
    for c in citations:
        held |= facts(c.quote) | {f"year:{year}" for year in c.exercices}
        held |= facts(f"{c.title} ; {c.reference or ''} ; {c.nor or ''} ; {c.issuer or ''}")
        dates = (c.signed_on, c.published_on, c.in_force_from, c.in_force_until)
        held |= facts(" ; ".join(d.isoformat() for d in dates if d))
    return held


def cited(answer: Answer, numbers: tuple[int, ...]) -> list[Citation]:
    return [c for c in answer.citations if c.n in numbers]


def plain(answer: Answer) -> dict[str, Any]:
    """The JSON of an answer without what changes each time."""
    return {k: v for k, v in answer.as_dict().items() if k not in ("id", "timings_ms")}


def check_markers(answer: Answer, index: Index) -> None:
    """Property 1: markers, citations and quotes match each other and the documents."""
    numbers = [c.n for c in answer.citations]
    assert len(set(numbers)) == len(numbers)
    shown = {int(m) for m in MARKER.findall(answer.text)}
    assert shown <= set(numbers), "a marker without citation"
    warned = {n for w in answer.warnings for n in w.citations}
    assert shown | warned == set(numbers), "a citation that nothing uses"
    for c in answer.citations:
        document = index.texts.document(c.document_id)
        assert document is not None and document.text[c.start : c.end] == c.quote != ""


def check_facts(answer: Answer) -> None:
    """Property 2: every figure stands in a quote, in an identity, or in the frame; a warning may
    say the day on which the corpus was read."""
    checked_on = answer.corpus_checked_on
    read_on = (facts(checked_on.isoformat()) if checked_on else set()) | {"number:119"}
    for claim in answer.claims:
        assert claim.citations and not MARKER.search(claim.text)
        assert facts(claim.text) <= held_by(cited(answer, claim.citations))
    for warning in answer.warnings:
        text = MARKER.sub("", warning.text)
        assert warning.citations or warning.kind not in FACTUAL, warning
        assert facts(text) <= held_by(cited(answer, warning.citations)) | read_on
    rest = MARKER.sub("", answer.text)
    for text in sorted((c.text.rstrip(" .;,!?") for c in answer.claims), key=len, reverse=True):
        rest = rest.replace(text, "")
    asked = re.sub(r"\s?\[\d+\]", "", answer.question)
    while re.search(r"\s?\[\d+\]", asked):
        asked = re.sub(r"\s?\[\d+\]", "", asked)
    parts = [re.sub(r"\s?\[\d+\]", "", part.question) for part in answer.parts]
    for said in (asked, *parts, *(near.title for near in answer.nearby)):
        rest = rest.replace(said, "")
    years = {f"year:{year}" for year in answer.frame.exercices}
    assert facts(rest) <= years | {"number:119"}, rest


def check_refusal(answer: Answer) -> None:
    """Property 4: a refusal says why, without a claim; an answer has claims."""
    assert (answer.status == "refused") == (answer.refusal is not None) == (not answer.claims)
    assert answer.text.strip()
    if answer.refusal == "individual_case":
        assert {n for w in answer.warnings for n in w.citations} == {c.n for c in answer.citations}
    if answer.refusal not in (None, "not_a_question"):
        assert "Recherche faite" in answer.text


def check_json(answer: Answer) -> None:
    """The contract's JSON goes out and comes back the same."""
    values = answer.as_dict()
    assert json.loads(json.dumps(values, ensure_ascii=False)) == values
    json.dumps(values, ensure_ascii=False).encode("utf-8")


def check_length(answer: Answer) -> None:
    """Property 7: at most six claims a question beside a table, unless a list is asked for, in
    those words or by asking what to do or to hand in."""
    rows = (answer.table or {}).get("rows", ())
    in_table = {claim for row in rows for cell in row["cells"] for claim in cell}
    wanted = read_wanted(answer.question)
    asks_list = read_question(answer.question).wants_list or wanted.must or wanted.hands_in
    most = 6 * max(len(answer.parts), 1)
    assert len(answer.claims) - len(in_table) <= most or asks_list


# One test a property over gold questions (all of them in the long count)…


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_every_property_holds_on_the_whole_gold_set() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", __file__, "-k", "on_gold"],
        env=os.environ | {"REPERES_GOLD": "whole"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_markers_and_quotes_are_exact_on_gold(gold: tuple[Gold, ...], index: Index) -> None:
    for one in gold:
        check_markers(one.answer, index)


def test_every_figure_is_proved_on_gold(gold: tuple[Gold, ...]) -> None:
    for one in gold:
        check_facts(one.answer)


def test_refusals_say_why_without_a_claim_on_gold(gold: tuple[Gold, ...]) -> None:
    for one in gold:
        check_refusal(one.answer)


def test_the_same_request_gets_the_same_answer_on_gold(
    gold: tuple[Gold, ...], ask: Ask, other_assistant: Assistant
) -> None:
    for one in gold:
        assert plain(ask(one.case["question"])) == plain(one.answer)
    for one in gold[::2]:
        request = answering.Request(one.case["question"], AS_OF)
        assert plain(other_assistant.answer(request)) == plain(one.answer)


def test_another_process_gives_the_same_answers(gold: tuple[Gold, ...], shipped: Settings) -> None:
    chosen = gold[::7]
    code = (
        "import json, sys\nfrom tests.assistant.conftest import *\n"
        "from tests.assistant.test_contract import plain\n"
        "service = opened(Settings(index=Path(sys.argv[1]), embedding_model='e5-small'))\n"
        "ask = asker(Assistant(service.index, lambda: service.fault))\n"
        "print(json.dumps([plain(ask(q)) for q in json.load(sys.stdin)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(shipped.index_folder)],
        input=json.dumps([one.case["question"] for one in chosen]),
        cwd=PROJECT, env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [plain(one.answer) for one in chosen]


def test_quotes_are_short_and_few_on_gold(gold: tuple[Gold, ...]) -> None:
    lengths = [len(c.quote) for one in gold if one.answer.claims for c in one.answer.citations]
    assert statistics.median(lengths) <= 300  # measured: 131
    for one in gold:
        check_length(one.answer)


def test_answers_round_trip_through_json_on_gold(gold: tuple[Gold, ...]) -> None:
    for one in gold:
        check_json(one.answer)


# … and all of them over each generated question: answering costs more than checking.


@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(text=QUESTIONS)
@example(text=LONG[0])
@example(text=LONG[1])
@example(text=LONG[2])
@example(text=LONG[3])
@example(text=LONG[4])
def test_every_property_holds_on_any_question(
    ask: Ask, index: Index, other_assistant: Assistant, text: str
) -> None:
    answer = ask(text)
    check_markers(answer, index)
    check_facts(answer)
    check_refusal(answer)
    check_length(answer)
    check_json(answer)
    assert plain(ask(text)) == plain(answer)
    assert plain(other_assistant.answer(answering.Request(text, AS_OF))) == plain(answer)


# Property 3, and what a source may hide.


def test_a_claim_that_fails_its_check_is_never_shown(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "unproved", lambda *_: frozenset({"amount:1"}))
    answer = ask("Qui peut contractualiser en 2022 ?")
    assert (answer.status, answer.claims, answer.citations) == ("refused", (), ())
    assert "unverified" in [w.kind for w in answer.warnings]


def test_what_is_proved_stays_when_one_claim_fails(
    ask: Ask, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Quelles sont les trois sources de financement en 2021 et leurs montants ?"
    given_all = ask(question)
    assert len(given_all.claims) > 1
    last = given_all.claims[-1].text
    monkeypatch.setattr(drafting, "unproved", lambda t, _: frozenset({"x"} if t == last else ()))
    answer = ask(question)
    assert [c.text for c in answer.claims] == [c.text for c in given_all.claims[:-1]]
    assert "unverified" in [w.kind for w in answer.warnings]
    check_markers(answer, index)


def test_a_quote_that_moved_is_never_shown(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = drafting.cite
    monkeypatch.setattr(
        drafting, "cite", lambda *a: [replace(c, start=c.start + 1) for c in exact(*a)]
    )
    assert ask("Qui peut contractualiser en 2022 ?").status == "refused"


def test_bracketed_numbers_of_a_source_stay_in_the_quote_only(
    over_texts: Callable[..., Assistant],
) -> None:
    note = "# Crédits\n\nLe fonds régional apporte 33 M€ [7] aux départements volontaires [12345]."
    assistant = over_texts(note=note)
    answer = assistant.answer(
        answering.Request("Combien le fonds régional apporte-t-il aux départements ?", AS_OF)
    )
    assert answer.claims[0].text.startswith("Le fonds régional apporte 33 M€ aux départements")
    assert "[7]" in answer.citations[0].quote and MARKER.findall(answer.text) == ["1"]
