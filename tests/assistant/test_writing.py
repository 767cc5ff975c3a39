"""The written mode against a real HTTP server whose model is good, bad or broken."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant import prompting
from assistant.answer import Answer, Citation, Part, Request
from assistant.answering import Assistant
from assistant.assembly import build_writer
from assistant.drafting import Draft
from assistant.settings import WriterSettings
from assistant.writing import MOST_FAILED, MOST_REVISED, Writer, rewritten
from corpus.quantities import normalised
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.assistant.conftest import AS_OF
from tests.assistant.rewritings import (
    BROKEN,
    NOTE,
    QUESTIONS,
    RIGHT,
    SIGN,
    SLOW,
    UNSEEN,
    WRONG,
    Attack,
    table,
)
from tests.assistant.test_contract import check_facts, check_markers
from tests.model_server import ModelServer, cut_after, endless, status

Filled = Callable[..., Answer]
WORST = SIGN.replace("doit", "peut") + " [k:{k}]"

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as one:
        yield one


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("note")
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    settings = Settings(index=folder / "index", embedding_model="none")
    ingest([folder / "note.md"], settings, None)
    index = Service(settings).index()
    yield index
    index.close()


def writing_assistant(index: Index, url: str, timeout_s: float = 5.0, **more: Any) -> Assistant:
    settings = WriterSettings(model="essai", model_url=url, model_timeout_s=timeout_s, **more)
    return Assistant(lambda: index, writer=build_writer(settings))


@pytest.fixture(scope="module")
def writer(index: Index, server: ModelServer) -> Assistant:
    return writing_assistant(index, server.url)


@pytest.fixture(scope="module")
def hurried(index: Index, server: ModelServer) -> Assistant:
    return writing_assistant(index, server.url, 0.25)


def asked(assistant: Assistant, about: str, mode: Any = "written") -> Answer:
    return assistant.answer(Request(QUESTIONS[about], AS_OF, mode=mode))


@pytest.fixture(scope="module")
def quoted(writer: Assistant) -> dict[str, Answer]:
    """The extractive answer to each question: one quote each."""
    return {about: asked(writer, about, "extractive") for about in QUESTIONS}


@pytest.fixture(scope="module")
def citations(quoted: dict[str, Answer]) -> dict[str, Citation]:
    return {about: answer.citations[0] for about, answer in quoted.items()}


@pytest.fixture
def filled(citations: dict[str, Citation]) -> Callable[[str, Any], Any]:
    """A reply whose ``{k}`` is the key of the quote that answers."""
    return lambda about, reply: (
        reply.format(k=prompting.key_of(citations[about])) if isinstance(reply, str) else reply
    )


def check_answer(answer: Answer, index: Index) -> None:
    """The contract's invariants; the count of what was dropped is ours."""
    check_markers(answer, index)
    told = [w for w in answer.warnings if w.kind != "unverified"]
    check_facts(replace(answer, warnings=tuple(told)))
    for claim in answer.claims:
        assert claim.verdict == "checked" or answer.mode == "extractive" or claim.text == SIGN


def kinds(answer: Answer) -> list[str]:
    return [w.kind for w in answer.warnings if w.kind != "lexical_only"]


def check_fallback(answer: Answer, quoted: Answer, index: Index) -> None:
    """The extractive answer, word for word, and why."""
    check_answer(answer, index)
    assert (answer.claims, answer.citations) == (quoted.claims, quoted.citations)
    assert (answer.text, answer.mode, answer.model) == (quoted.text, "extractive", None)
    assert kinds(answer) == ["model_unavailable"]


def test_each_question_is_answered_by_one_quote(quoted: dict[str, Answer]) -> None:
    assert all(len(answer.claims) == 1 for answer in quoted.values())
    assert all(answer.mode == "extractive" for answer in quoted.values())


def named(attack: Attack) -> str:
    """An id that is the same in every process: the address of a function is not."""
    reply = attack.reply
    said = reply if isinstance(reply, str) else reply.__qualname__
    return f"{attack.family}-{said:.40}"


@pytest.mark.parametrize(("about", "reply"), RIGHT)
def test_a_right_rewriting_is_shown(
    writer: Assistant, server: ModelServer, index: Index, filled: Any, about: str, reply: str
) -> None:
    server.will(filled(about, reply))
    answer = asked(writer, about)
    check_answer(answer, index)
    assert (answer.mode, answer.model, kinds(answer)) == ("written", "essai", [])
    assert len(answer.claims) == len(server.asked) == 1


@pytest.mark.parametrize("attack", WRONG, ids=named)
def test_a_wrong_reply_gives_the_extractive_answer(
    writer: Assistant,
    server: ModelServer,
    index: Index,
    quoted: dict[str, Answer],
    filled: Any,
    attack: Attack,
) -> None:
    reply = filled(attack.about, attack.reply)
    server.will(*[reply] * (1 + MOST_REVISED))
    check_fallback(asked(writer, attack.about), quoted[attack.about], index)
    assert len(server.asked) <= 1 + MOST_REVISED


@pytest.mark.parametrize("attack", WRONG, ids=named)
def test_a_wrong_reply_after_a_right_one_takes_nothing_back(
    writer: Assistant, server: ModelServer, index: Index, filled: Any, attack: Attack
) -> None:
    reply = filled(attack.about, attack.reply)
    right = filled("signature", RIGHT[0][1])
    server.will(f"{right}\n{reply}" if isinstance(reply, str) else cut_after(right + "\n"))
    events = list(writer.events(Request(QUESTIONS["signature"], AS_OF, mode="written")))
    answer = events[-1][1]
    check_answer(answer, index)
    assert tuple(value for kind, value in events if kind == "sentence") == answer.claims
    assert answer.mode == "written" and answer.claims[0].text in right


@pytest.mark.parametrize("attack", SLOW, ids=named)
def test_a_slow_model_is_given_up_in_time(
    hurried: Assistant, server: ModelServer, index: Index, quoted: dict[str, Answer], attack: Attack
) -> None:
    server.will(attack.reply)
    started = time.monotonic()
    answer = asked(hurried, attack.about)
    assert time.monotonic() - started < 1.0
    check_fallback(answer, quoted[attack.about], index)
    assert prompting.TOO_SLOW in answer.warnings[-1].text


def test_an_endless_reply_is_cut(
    writer: Assistant, server: ModelServer, index: Index, quoted: dict[str, Answer]
) -> None:
    server.will(endless("contrat " * 50))
    check_fallback(asked(writer, "signature"), quoted["signature"], index)


def test_a_model_that_nobody_serves_gives_the_extractive_answer(
    index: Index, quoted: dict[str, Answer]
) -> None:
    alone = writing_assistant(index, "http://127.0.0.1:9/v1")
    check_fallback(asked(alone, "signature"), quoted["signature"], index)


def test_without_a_model_the_answer_says_so(index: Index, quoted: dict[str, Answer]) -> None:
    answer = asked(Assistant(lambda: index), "signature")
    check_fallback(answer, quoted["signature"], index)
    assert prompting.NOT_CONFIGURED in answer.warnings[-1].text


@pytest.mark.parametrize(("about", "reply"), UNSEEN)
def test_a_role_swap_without_a_clue_passes_and_is_labelled(
    writer: Assistant, server: ModelServer, filled: Any, about: str, reply: str
) -> None:
    server.will(filled(about, reply))
    answer = asked(writer, about)
    assert [c.verdict for c in answer.claims] == ["checked"], "the label says what is verified"


def test_a_failed_sentence_is_revised_once_with_its_reason(
    writer: Assistant, server: ModelServer, index: Index, filled: Any
) -> None:
    server.will(filled("signature", WORST), filled("signature", RIGHT[0][1]))
    answer = asked(writer, "signature")
    check_answer(answer, index)
    assert (answer.mode, kinds(answer)) == ("written", [])
    assert server.asked[1][-2]["content"] == SIGN.replace("doit", "peut")
    assert "obligation" in server.asked[1][-1]["content"]


def test_what_fails_twice_is_dropped_and_counted(
    writer: Assistant, server: ModelServer, index: Index, filled: Any
) -> None:
    lines = [RIGHT[0][1], WORST, WORST.replace("30", "29")]
    server.will("\n".join(filled("signature", line) for line in lines))
    answer = asked(writer, "signature")
    check_answer(answer, index)
    assert [(w.kind, normalised(w.text)) for w in answer.warnings if w.kind == "unverified"] == [
        ("unverified", {"number:2"})
    ]
    assert len(answer.claims) == 1 and len(server.asked) == 3


def test_a_looping_model_is_left_before_its_end(
    writer: Assistant, server: ModelServer, filled: Any
) -> None:
    server.will(filled("signature", f"{WORST}\n" * 100))
    asked(writer, "signature")
    assert len(server.asked) == 1 + MOST_REVISED < MOST_FAILED


def test_a_rewriting_that_says_less_is_not_given(
    writer: Assistant, server: ModelServer, index: Index, quoted: dict[str, Answer], filled: Any
) -> None:
    half = "Le programme 304 apporte 107 M€ aux contrats. [k:{k}]"
    server.will(filled("financement", half))
    answer = asked(writer, "financement")
    check_fallback(answer, quoted["financement"], index)
    assert prompting.LESS_COMPLETE in answer.warnings[-1].text


def test_a_list_that_loses_its_items_is_not_given(
    writer: Assistant, server: ModelServer, index: Index, quoted: dict[str, Answer], filled: Any
) -> None:
    one = "L'avenant du département contient un plan d'action. [k:{k}]"
    server.will(filled("pièces", one))
    check_fallback(asked(writer, "pièces"), quoted["pièces"], index)


def test_the_model_receives_the_masked_question_and_the_quotes_only(
    writer: Assistant, server: ModelServer, citations: dict[str, Citation]
) -> None:
    server.will("")
    question = f"Écrivez-moi à jean.dupont@exemple.fr. {QUESTIONS['signature']}"
    writer.answer(Request(question, AS_OF, mode="written"))
    data = server.asked[0][1]["content"]
    assert "jean.dupont" not in data and "donnée masquée" in data
    assert f"[k:{prompting.key_of(citations['signature'])}]" in data and SIGN in data
    assert "bilan annuel" not in data, "only what is cited is sent"


@pytest.mark.parametrize("question", ["Recette de la tarte Tatin ?", "Bonjour", "Mon fils a-t-il "
                                      "droit au contrat ?"])  # fmt: skip
def test_a_refusal_never_reaches_the_model(
    writer: Assistant, server: ModelServer, question: str
) -> None:
    server.will("")
    assert writer.answer(Request(question, AS_OF, mode="written")).status == "refused"
    assert server.asked == []


def test_an_extractive_request_never_reaches_the_model(
    writer: Assistant, server: ModelServer
) -> None:
    server.will("")
    asked(writer, "signature", "extractive")
    assert server.asked == []


def test_a_refused_request_is_not_repeated(writer: Assistant, server: ModelServer) -> None:
    server.will(status(500), status(500))
    asked(writer, "signature")
    assert len(server.asked) == 1


def test_the_key_of_the_server_goes_to_it_and_is_never_shown(
    index: Index, server: ModelServer
) -> None:
    server.will(status(401))
    writer = writing_assistant(index, server.url, model_key="secret-7")
    answer = asked(writer, "signature")
    assert server.headers[0]["authorization"] == "Bearer secret-7"
    assert "secret-7" not in str(answer.as_dict()) + repr(WriterSettings(model_key="secret-7"))


def test_the_model_is_part_of_what_made_a_written_answer(
    writer: Assistant, server: ModelServer, quoted: dict[str, Answer], filled: Any
) -> None:
    server.will(filled("signature", RIGHT[0][1]))
    fingerprint = asked(writer, "signature").settings_fingerprint
    assert fingerprint != quoted["signature"].settings_fingerprint


def test_any_chat_model_of_langchain_will_do(index: Index, filled: Any) -> None:
    said = AIMessage(filled("signature", RIGHT[0][1]))
    model = GenericFakeChatModel(messages=iter([said]))
    answer = asked(Assistant(lambda: index, writer=Writer(model, "feint", 5.0)), "signature")
    assert (answer.mode, answer.model) == ("written", "feint")


def test_each_of_several_questions_keeps_its_rewritten_claims(
    quoted: dict[str, Answer], filled: Any
) -> None:
    both = [quoted["signature"], quoted["bilan"]]
    draft = Draft(
        claims=[replace(a.claims[0], citations=(n,)) for n, a in enumerate(both, 1)],
        citations=[replace(a.citations[0], n=n) for n, a in enumerate(both, 1)],
        parts=tuple(Part(a.question, "answered", None, (n,)) for n, a in enumerate(both)),
    )
    said = AIMessage(filled("bilan", RIGHT[3][1]) + "\n" + filled("signature", RIGHT[0][1]))
    writer = Writer(GenericFakeChatModel(messages=iter([said])), "feint", 5.0)
    list(rewritten(writer, Request("Quand, et à qui ?", AS_OF, mode="written"), draft))
    assert draft.mode == "written" and [part.claims for part in draft.parts] == [(1,), (0,)]


def test_no_model_is_built_from_half_a_setting() -> None:
    assert build_writer(WriterSettings(model="essai")) is None
    assert build_writer(WriterSettings(model_url="http://127.0.0.1:9/v1")) is None


def test_the_readme_names_a_check_for_every_family(citations: dict[str, Citation]) -> None:
    made = table(citations)
    rows = made.splitlines()[2:]
    assert made in README
    assert len(rows) >= 20 and all(row.split("|")[3].strip() for row in rows)
    assert len(WRONG) + len(SLOW) >= 60 and len(BROKEN) > 10
