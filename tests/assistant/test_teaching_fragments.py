"""Key points of a deposited text: sentences, not the words of a link nor of a program."""

import pytest

from assistant.teaching.fragments import is_fragment


@pytest.mark.parametrize(
    "text", ["Clic.", "I.", "Accueil et plan du site", "document.title='x' et la suite du texte"]
)
def test_what_says_nothing_by_itself_is_no_key_point(text: str) -> None:
    assert is_fragment(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le comité se réunit deux fois par an.",
        "Le fonds inventé est de 78 M€.",
        "Chaque lieu reçoit une visite.",
        "Les jeunes doivent être entendus.",
    ],
)
def test_a_sentence_may_be_one(text: str) -> None:
    assert not is_fragment(text)
