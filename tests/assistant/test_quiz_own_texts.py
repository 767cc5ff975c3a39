"""The quiz on a text that its trainer added: its dated and counted sentences, under its name."""

from collections.abc import Callable
from datetime import date

from assistant.answering import Assistant
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Order, Pack

TEXT = """# Règlement du fonds Alizé

## Dépôt

Le dossier du fonds Alizé est déposé au plus tard le 12 mars 2025 à la maison des familles. La \
commission du fonds Alizé se réunit le 15 mai 2025 à Brel. Les projets retenus par le fonds Alizé \
commencent le 1er septembre 2025. Le fonds Alizé est doté de 340 000 euros pour l'année 2025. \
Chaque projet du fonds Alizé reçoit 60 000 euros. Le bilan mentionné ci-dessus est remis le 3 juin \
2026.
"""


def _pack(assistant: Assistant) -> Pack:
    question = "Quelles sont les règles du fonds Alizé ?"
    order = Order("", date(2026, 11, 21), None, "tous publics", 60, 1, question)
    return make_pack(assistant, assistant._index(), order)


def test_a_text_of_ones_own_is_asked_under_its_name(
    over_texts: Callable[..., Assistant],
) -> None:
    made = _pack(over_texts(reglement=TEXT))
    assert made.facts >= 3 and len(made.quiz) >= 3
    assert all("(document : Règlement du fonds Alizé)" in one.prompt or "[…]" in one.prompt
               for one in made.quiz)  # fmt: skip
    cited = {made.citations[n - 1].document_id for one in made.quiz for n in one.key.citations}
    assert cited == {"reglement"}


def test_a_sentence_that_needs_another_one_is_not_asked(
    over_texts: Callable[..., Assistant],
) -> None:
    made = _pack(over_texts(reglement=TEXT))
    assert made.quiz and not [one for one in made.quiz if "ci-dessus" in one.key.text]


def test_a_text_without_anything_to_ask_says_why(over_texts: Callable[..., Assistant]) -> None:
    text = "# Règlement du fonds Alizé\n\nLe fonds Alizé aide les familles qui en ont besoin.\n"
    made = _pack(over_texts(reglement=text))
    assert made.quiz == ()
    assert any("une date, un montant" in one for one in made.missing)
