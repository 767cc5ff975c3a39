import pytest

from assistant.marking import Assembler, Marked

REPLY = (
    "Phrase une [k:aaaa1111]. Phrase deux. [k:bbbb2222] [ k : cccc3333 ]\n- Phrase trois [k:d]\n"
)
PARTS = [
    Marked("Phrase une.", ("aaaa1111",)),
    Marked("Phrase deux.", ("bbbb2222", "cccc3333")),
    Marked("Phrase trois.", ("d",)),
]


def assembled(*pieces: str) -> list[Marked]:
    one = Assembler()
    return [*(m for piece in pieces for m in one.feed(piece)), *one.end()]


@pytest.mark.parametrize("size", range(1, 30))
def test_sentences_are_the_same_wherever_the_reply_is_cut(size: int) -> None:
    assert assembled(*(REPLY[n : n + size] for n in range(0, len(REPLY), size))) == PARTS


def test_a_sentence_waits_for_its_whole_marker() -> None:
    one = Assembler()
    assert one.feed("Phrase. [k:aaaa") == []
    assert one.feed("1111]") == [] and one.feed("\nSuite") == [Marked("Phrase.", ("aaaa1111",))]


def test_a_line_without_key_is_given_as_such() -> None:
    assert assembled("# Titre\n\nPhrase [k:a]\nFin") == [
        Marked("# Titre."),
        Marked("Phrase.", ("a",)),
        Marked("Fin."),
    ]


@pytest.mark.parametrize("reply", ["", "\n\n", "   \t"])
def test_an_empty_reply_has_no_sentence(reply: str) -> None:
    assert assembled(reply) == []


def test_a_marker_that_never_ends_cites_nothing() -> None:
    (one,) = assembled("Phrase [k:aaaa1111")
    assert one.keys == ()
