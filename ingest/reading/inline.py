"""Markup inside a line of markdown: emphasis, links, code, entities, cells of a table."""

import html
import re

from ingest.reading.sanitising import one_line, sanitise

_INLINE = (
    (re.compile(r"<(https?://[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>"), r"\1"),
    (re.compile(r"<br ?/?>", re.IGNORECASE), " "),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"\[\^([^\[\]\s]+)\]"), r"[\1]"),
    (re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*+\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_]*)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<!\\)\*{2,3}(?=[^\s*])([^*]*)\*{2,3}"), r"\1"),
    (re.compile(r"(?<![\w\\])_{2,3}(?=[^\s_])([^_]*)_{2,3}(?!\w)"), r"\1"),
    (re.compile(r"~~([^~]*)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def plain_words(text: str) -> str:
    """Give the words of a line of markdown on one line, without its markup."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return one_line(sanitise(html.unescape(text)) if "&" in text else text)


def cells_of(line: str) -> list[str]:
    """Give the cells of a table's row, its frame and its escaped bars undone."""
    inner = line.strip().replace("\\|", "\x00").removeprefix("|").removesuffix("|")
    return [cell.replace("\x00", "|").strip() for cell in inner.split("|")]


def is_rule_row(line: str) -> bool:
    """Tell the ``|---|`` line that follows a table's header."""
    cells = cells_of(line)
    return "|" in line and "-" in line and all(c and set(c) <= set(":-") for c in cells)
