"""Quiz files read back: GIFT as Moodle's importer parts it, Moodle XML by lxml, cards by csv."""

import csv
import html
import io
import re
from dataclasses import dataclass, field, replace

import hypothesis.strategies as st
import pytest
from hypothesis import given
from lxml import etree
from starlette.datastructures import FormData

from assistant.teaching.pack import Option, Pack, QuizItem
from corpus.errors import InvalidRequest
from tests.packs import AS_OF, MONEY, SIGNED, pack
from ui.exporting import cards, gift, moodle, quizzing, sourcing
from ui.exporting.crediting import line, plain
from ui.exporting.formats import export
from ui.exporting.mixing import letter
from ui.pages.playing import questions_of
from ui.pages.session_view import PackNotes

SOURCE = "Circulaire inventée du 1er février 2021, Calendrier – résumé Repères, d'après Légifrance"
STATE = "état au 1er juin 2022"
SIGNS = "~=#{}:\\%[]/-><&\"'\n\r\t,;@+$]]>\u202e\u2067\x00\x85\u00a0éA1 "
HOSTILE = st.one_of(
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=40),
    st.text(min_size=1, max_size=40),
    st.sampled_from(
        ["[html]x", "%100%x", "####", "//x", "$CATEGORY: x", "A->B", "]]>", "\\n", "=1"]
    ),
).filter(lambda text: bool(line(text)))
# What Moodle's PLACEHOLDERS stand for, and the marks that MATCHES an answer's weight.
ESCAPED = {"\\:": "\x01", "\\#": "\x02", "\\=": "\x03", "\\{": "\x04", "\\}": "\x05", "\\~": "\x06"}


@dataclass
class Asked:
    name: str
    prompt: str
    comment: str
    feedback: str
    answers: list[tuple[float, str, str]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    true: bool | None = None
    said: tuple[str, str] = ("", "")


def hidden(text: str) -> str:
    text = text.replace("\\\\", "\x07")
    for written, mark in ESCAPED.items():
        text = text.replace(written, mark)
    return text.replace("\x07", "\\")


def read(text: str) -> str:
    assert not re.match(r"\[(?!html\])", text.strip())
    text = text.strip().removeprefix("[html]")
    for written, mark in ESCAPED.items():
        text = text.replace(mark, written[1])
    return html.unescape(text.replace("<br>", "\n"))


def parsed(written: bytes) -> list[Asked]:
    blocks = [block for block in re.split(r"\n\s*\n", written.decode()) if block.strip()]
    assert blocks[0].startswith("$CATEGORY: ")
    return [asked(block) for block in blocks[1:]]


def asked(block: str) -> Asked:
    lines = block.split("\n")
    comment = "\n".join(one for one in lines if one.strip().startswith("//"))
    text = hidden("\n".join(one for one in lines if not one.strip().startswith("//")))
    _, name, text = text.split("::", 2)
    start, end = text.index("{"), text.index("}")
    assert text[end + 1 :].strip() == ""
    answers, _, feedback = text[start + 1 : end].strip().rpartition("####")
    found = Asked(read(name), read(text[:start]), comment, read(feedback))
    if "~" in answers:
        for one in answers.replace("=", "~=").split("~")[1:]:
            weight = re.match(r"%(-*[0-9]{1,2}\.?[0-9]*)%", one)
            share = 100.0 if one[0] == "=" else float(weight[1]) if weight else 0.0
            said, _, why = one[weight.end() if weight else one[0] == "=" :].partition("#")
            found.answers.append((share, read(said), read(why)))
    elif "=" in answers and "->" in answers:
        for one in answers.split("=")[1:]:
            left, _, right = one.partition("->")
            found.pairs.append((read(left), read(right)))
    else:
        key, wrong, right = answers.split("#", 2)
        assert key in ("TRUE", "FALSE")
        found.true, found.said = key == "TRUE", (read(wrong), read(right))
    return found


def with_texts(*texts: str) -> Pack:
    """The sample pack, each kind of item said with hostile texts."""
    first, second, third = texts
    options = (
        Option(first, True, second, (1,)),
        Option(second, False, third, (2,)),
        Option(third, False, first, ()),
    )
    items = (
        QuizItem(first, "single", second, SIGNED.id, SIGNED, options),
        QuizItem(f"m{first}", "multiple", third, MONEY.id, MONEY, options),
        QuizItem(f"t{first}", "true_false", first, MONEY.id, MONEY, options[:2]),
        QuizItem(
            f"p{first}", "match", first, MONEY.id, MONEY, pairs=((first, second), (third, "b"))
        ),
        QuizItem(f"o{first}", "order", first, MONEY.id, MONEY, order=texts),
    )
    return replace(pack(), quiz=items, title=first)


def test_gift_gives_every_kind_as_it_was_asked() -> None:
    single, multiple, true_false, match, order = parsed(gift.write(pack()))
    assert [one[0] for one in single.answers] == [100, 0, 0]
    assert [one[0] for one in multiple.answers] == [50, 50, -100]
    assert true_false.true is False
    assert match.pairs == [
        ("Programme 304", "15,5\u00a0M€"),
        ("FIR", "15\u00a0M€"),
        ("", "aucune de ces réponses"),
    ]
    assert order.pairs == [("Circulaire", "1er"), ("Signature", "2e"), ("Bilan", "3e")]


def test_gift_proves_every_key_and_every_choice() -> None:
    for one in parsed(gift.write(pack())):
        assert SOURCE in one.feedback
        assert STATE in one.feedback
        assert all(SOURCE in why for _, _, why in one.answers)


def test_gift_names_each_question_by_a_stable_identifier() -> None:
    found = [re.search(r"\[id:([^\]]+)\]", one.comment) for one in parsed(gift.write(pack()))]
    assert [one[1] for one in found if one] == [item.id for item in pack().quiz]


@given(HOSTILE, HOSTILE, HOSTILE)
def test_gift_brings_hostile_texts_back(first: str, second: str, third: str) -> None:
    sample = with_texts(first, second, third)
    single, multiple, true_false, match, order = parsed(gift.write(sample))
    said = [plain(text).strip() for text in (first, second, third)]
    assert single.prompt == said[1]
    assert [text for _, text, _ in single.answers] == said
    assert [text for _, text, _ in multiple.answers] == said
    assert true_false.true
    assert [left for left, _ in match.pairs[:2]] == [on_one_line(first), on_one_line(third)]
    assert [left for left, _ in order.pairs] == [
        on_one_line(text) for text in (first, second, third)
    ]


def on_one_line(text: str) -> str:
    return plain(line(text).replace("->", "→")).strip()


def test_moodle_xml_has_what_its_importer_reads() -> None:
    root = etree.fromstring(moodle.write(pack()))
    assert root.tag == "quiz"
    kinds = [one.get("type") for one in root]
    assert kinds == ["category", "multichoice", "multichoice", "truefalse", "matching", "matching"]
    for question in root[1:]:
        assert question.findtext("name/text")
        assert question.find("questiontext").get("format") == "html"
        assert 0 <= float(question.findtext("penalty") or -1) <= 1
        assert question.findtext("defaultgrade") == "1"
    ids = [one.findtext("idnumber") for one in root[1:]]
    assert ids == [item.id for item in pack().quiz]


def test_moodle_fractions_add_up_to_100() -> None:
    for question in etree.fromstring(moodle.write(pack())).iterfind("question[answer]"):
        shares = [float(one.get("fraction")) for one in question.iterfind("answer")]
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.001)
        assert question.findtext("single") in ("true", "false", None)


def test_moodle_matching_offers_three_answers_at_least() -> None:
    for question in etree.fromstring(moodle.write(pack())).iterfind("question[subquestion]"):
        texts = [one.findtext("text") for one in question.iterfind("subquestion")]
        assert len([text for text in texts if text]) >= 2
        assert len({one.findtext("answer/text") for one in question.iterfind("subquestion")}) >= 3


def test_moodle_proves_every_key_and_every_choice() -> None:
    root = etree.fromstring(moodle.write(pack()))
    for question in root[1:]:
        feedback = question.findtext("generalfeedback/text")
        assert SOURCE in feedback
        assert STATE in feedback
        assert all(SOURCE in one.findtext("feedback/text") for one in question.iterfind("answer"))
    link = 'href="https://www.legifrance.gouv.fr/circulaire/id/1"'
    assert link in root[1].findtext("generalfeedback/text")


@given(HOSTILE, HOSTILE, HOSTILE)
def test_moodle_brings_hostile_texts_back(first: str, second: str, third: str) -> None:
    sample = with_texts(first, second, third)
    root = etree.fromstring(moodle.write(sample))
    single = root[1]
    shown = [html.unescape(one.findtext("text")) for one in single.iterfind("answer")]
    assert shown == [plain(text).strip().replace("\n", "<br>") for text in (first, second, third)]
    assert len(root) == 6
    for question in root[1:]:
        for text in question.iterfind(".//*[@format='html']/text"):
            assert not re.search(r"<(?!/?p>|br>|a href=\"https://|/a>)", text.text or "")


@pytest.mark.parametrize("right", range(1, 11))
def test_weights_are_those_that_moodle_knows(right: int) -> None:
    known = "100 50 33.33333 25 20 16.66667 14.28571 12.5 11.11111 10".split()
    assert quizzing.share(right) == known[right - 1]


def test_identifiers_are_short_safe_and_distinct() -> None:
    base = pack().quiz[0]
    ids = ["x" * 300, "x" * 301, "a]b", "a[b", "é à", "single:calendar:avenants-2021"]
    found = [quizzing.identifier(replace(base, id=one)) for one in ids]
    assert len(set(found)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_:#./-]{1,100}", one) for one in found)
    assert found[-1] == ids[-1]


def test_a_drawn_order_is_never_the_right_one_and_always_the_same() -> None:
    sample, item = pack(), pack().quiz[4]
    for seed in range(20):
        seeded = replace(sample, order=replace(sample.order, seed=seed))
        found = quizzing.drawn(seeded.order.seed, item)
        assert found != item.order
        assert sorted(found) == sorted(item.order)
        assert found == quizzing.drawn(seeded.order.seed, item)


def rows_of(sample: Pack) -> list[list[str]]:
    written = cards.write(sample).decode()
    heads, rest = written.split("\n")[:4], written.split("\n", 4)[4]
    assert heads[:2] == ["#separator:Comma", "#html:true"]
    assert heads[3] == "#tags column:4"
    return list(csv.reader(io.StringIO(rest)))


def test_cards_ask_every_item_and_word_once_with_its_proof() -> None:
    rows = rows_of(pack())
    assert all(len(row) == 4 for row in rows)
    assert len({row[0] for row in rows}) == len(rows) == 6
    assert all(SOURCE in row[2] for row in rows[:5])
    assert all(STATE in row[2] for row in rows)
    assert rows[5][:2] == ["ARS", "Agence régionale de santé"]
    assert rows[0][3].split() == ["repères", "repères::contractualisation", "quiz", "exercice-2021"]


def test_a_point_that_no_item_asks_has_its_card() -> None:
    rows = rows_of(replace(pack(), quiz=pack().quiz[:1]))
    assert [row[0] for row in rows[1:3]] == ["Programme 304, 2021", "Contrôle"]


def test_a_card_says_once_that_a_sentence_is_to_be_judged() -> None:
    item = replace(pack().quiz[2], prompt="Exercice 2021. Vrai ou faux ? L'ARS décide.")
    card = rows_of(replace(pack(), quiz=(item,)))[0][0]
    assert card.count("Vrai ou faux") == 1
    assert rows_of(pack())[2][0].count("Vrai ou faux") == 1


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_cell_begins_as_a_formula_and_texts_come_back(
    first: str, second: str, third: str
) -> None:
    rows = rows_of(with_texts(first, second, third))
    assert all(cell[:1] not in set("=+-@#\t\r|%＝＋－＠") for row in rows for cell in row)
    front = html.unescape(re.split("(?:^|<br>)Une seule", rows[0][0])[0].replace("<br>", "\n"))
    assert front.strip() == plain(second).strip()


def test_no_file_names_the_person_or_the_machine() -> None:
    for write in (gift.write, moodle.write, cards.write):
        written = write(pack()).decode()
        assert "/home/" not in written
        assert "<img" not in written
        assert AS_OF.isoformat() not in written


def test_the_page_letters_its_lines_as_the_printed_sheet_does() -> None:
    sample = replace(pack(), order=replace(pack().order, seed=2))
    played = questions_of(sample.quiz, PackNotes(sample), FormData(), 2)
    match, order = played[3], played[4]
    shown = [f"{letter(n)}. {one}" for n, one in enumerate(quizzing.drawn(2, match.item))]
    assert list(match.gaps[0].options) == shown
    assert [shown[gap.right][3:] for gap in match.gaps] == [right for _, right in match.item.pairs]
    steps = [gap.label[3:] for gap in order.gaps]
    assert tuple(steps) == quizzing.drawn(2, order.item)
    assert [order.item.order[gap.right] for gap in order.gaps] == steps


def test_a_reason_that_is_the_key_is_not_said_again() -> None:
    item = pack().quiz[0]
    same = tuple(replace(one, why=f"« {item.key.text} »") for one in item.options)
    for options, said in ((item.options, True), (same, False)):
        given = (replace(item, options=options),)
        (asked,) = questions_of(given, PackNotes(pack()), FormData([("verifier", "1")]), 1)
        assert any(choice.why for choice in asked.choices) is said


def test_a_group_is_named_the_same_in_the_question_bank() -> None:
    assert quizzing.category(pack()).endswith("groupe\u00a0A")
    assert [sourcing.group(n)[-1] for n in (2, 26)] == ["B", "Z"]
    assert sourcing.group(99) == "groupe\u00a0n° 99"


@pytest.mark.parametrize("name", ["gift", "moodle", "csv"])
def test_a_file_that_would_be_empty_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest, match="aucune question de quiz"):
        export(replace(pack(), quiz=(), points=(), words=()), name)
    assert export(replace(pack(), points=(), words=()), name)
