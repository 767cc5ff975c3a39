"""Markup inside a line of markdown: emphasis, links, code, entities, cells of a table."""

import html
import re

from ingest.reading.sanitising import one_line, sanitise

_ELEMENTS = (
    "a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button"
    "|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div"
    "|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header"
    "|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|math|menu|meta"
    "|meter|nav|noframes|noscript|object|ol|optgroup|option|output|p|param|path|picture|pre"
    "|progress|q|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike"
    "|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title"
    "|tr|track|tt|u|ul|var|video|wbr|circle|defs|ellipse|g|polygon|polyline|rect|tspan|(?:o|m|st1|v|w):\\w+"
)
_VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++)"""
_ALONE = (
    "allowfullscreen|async|autoplay|checked|compact|controls|defer|disabled|hidden|loop|multiple"
    "|muted|noshade|nowrap|open|readonly|required|reversed|selected"
)
_ATTRIBUTE = rf"(?:[\w:@.-]++\s*+=\s*+{_VALUE}|(?:{_ALONE})\b)"
_INLINE = (
    (re.compile(r"<(https?://[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>"), r"\1"),
    (re.compile(r"<br ?/?>", re.IGNORECASE), " "),
    (re.compile(rf"</?(?:{_ELEMENTS})(?:\s++{_ATTRIBUTE})*+\s*+/?>", re.IGNORECASE), ""),
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
    """Give the words of a line of markdown on one line, without its markup.

    What stands between angle brackets and is no tag of HTML is words: « 12 jours <ouvrés> ».
    """
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
