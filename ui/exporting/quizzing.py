"""What the files of a quiz share: a drawn order, ranks, a stable identifier, the proof."""

import hashlib
import html
import re
from collections.abc import Iterable
from typing import Final

from assistant.answer import Citation
from assistant.teaching.pack import Option, Pack, QuizItem
from ui.exporting import crediting, sourcing
from ui.exporting.mixing import mixed

NONE_OF_THESE: Final = "aucune de ces réponses"
"""A choice that is wrong by construction, where Moodle wants a third one."""
MATCH_CHOICES: Final = 3
HOW: Final = {
    "single": "Une seule bonne réponse.",
    "multiple": "Une ou plusieurs bonnes réponses.",
    "true_false": "Vrai ou faux ?",
    "match": "Associez chaque élément à sa réponse.",
    "order": "Remettez dans l'ordre.",
}
_ID_CHARS = 100
_QUOTES = "«» \u00a0\u202f"
_ID_SIGNS = re.compile(r"[^\w:#./-]+", re.ASCII)


def drawn(seed: int, item: QuizItem) -> tuple[str, ...]:
    """What is matched or put in order, as the participants see it on paper, on the wall and on
    the page: the letters that follow agree everywhere. An answer of several pairs comes once."""
    values = item.order or tuple(dict.fromkeys(right for _, right in item.pairs))
    return mixed(values, f"{seed} {item.id}")


def couples(item: QuizItem) -> tuple[tuple[str, str], ...]:
    """What goes together: the pairs of a match, each step of an order with its rank."""
    if item.kind == "order":
        return tuple((step, rank(n)) for n, step in enumerate(item.order, start=1))
    return item.pairs


def rank(number: int) -> str:
    """« 1er », « 2e »."""
    return "1er" if number == 1 else f"{number}e"


def identifier(item: QuizItem) -> str:
    """The item's id, made safe and at most 100 characters: the same from one export to the next."""
    safe = _ID_SIGNS.sub("-", item.id)
    if safe == item.id and len(safe) <= _ID_CHARS:
        return safe
    return f"{safe[:80]}-{hashlib.sha256(item.id.encode('utf-8', 'replace')).hexdigest()[:12]}"


def weights(item: QuizItem) -> tuple[str, ...]:
    """Percentages of the options, as Moodle lists them: right ones add up to 100, and ticking
    everything earns nothing. A single choice has 100 and 0."""
    right = sum(option.right for option in item.options)
    wrong = len(item.options) - right
    if item.kind != "multiple":
        return tuple("100" if option.right else "0" for option in item.options)
    return tuple(share(right) if option.right else f"-{share(wrong)}" for option in item.options)


def share(count: int) -> str:
    """One part of 100 in ``count``, with at most five decimals: « 33.33333 »."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")


def proof(pack: Pack, numbers: Iterable[int]) -> list[str]:
    """The credits of some citations as lines of HTML, each linked to its address."""
    known = crediting.by_number(pack)
    return [_linked(known[n]) for n in dict.fromkeys(numbers) if n in known]


def correction(pack: Pack, item: QuizItem) -> list[str]:
    """Lines of HTML: the key in one sentence, what proves it, « état au »."""
    said = crediting.line(f"Repères, {sourcing.as_of(pack)}.")
    return [marked_up(item.key.text), *proof(pack, item.key.citations), marked_up(said)]


def reason(pack: Pack, option: Option) -> list[str]:
    """Lines of HTML: why a choice is right or wrong, and what proves that."""
    return [marked_up(option.why), *proof(pack, option.citations)]


def own_reason(item: QuizItem, option: Option) -> str:
    """Why a choice is right or wrong; empty when that is the key again, which stands above."""
    same = crediting.line(option.why).strip(_QUOTES) == crediting.line(item.key.text)
    return "" if same else option.why


def marked_up(text: str) -> str:
    """Any text as HTML on one line."""
    return html.escape(crediting.plain(text).strip(), quote=False).replace("\n", "<br>")


def _linked(citation: Citation) -> str:
    said = marked_up(crediting.credit(citation))
    url = crediting.address(citation)
    return f'<a href="{html.escape(url)}">{said}</a>' if url else said


def category(pack: Pack) -> str:
    """The question bank's category: « Repères, La contractualisation, groupe A »."""
    title = crediting.shortened(crediting.line(pack.title), 150)
    return f"Repères, {title}, {sourcing.group(pack.order.seed)}"


def question_name(number: int, item: QuizItem) -> str:
    """The short name that the question bank lists."""
    return f"{number:02d} {crediting.shortened(crediting.line(item.prompt), 120)}"
