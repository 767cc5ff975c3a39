"""Markdown files, and the documents of our corpus (TOML front matter, one statement a line)."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from corpus.errors import UnreadableFile
from ingest.reading.content import BlockKind, Content, RawBlock, Reading
from ingest.reading.identity import cited_numbers
from ingest.reading.inline import cells_of, is_rule_row, plain_words
from ingest.reading.sanitising import decode, one_line, sanitise

_FENCE = "+++"
_ANCHOR = re.compile(r"[A-Z][\w.-]*\d[\w.+-]*(?: [a-z_]+){0,2}\Z")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_ANCHOR_CHARS = 200
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•–]|(\d{1,9}[.)]|\d{1,3}°|[a-z]\)))(?:[ \t]+(.*)|$)")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)$")
_LINK_TARGET = re.compile(r" {0,3}\[[^\]^][^\]]{0,200}\]:[ \t]*\S+")
_CODE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"(?: *> ?)++")
_TOML_LINE = re.compile(r"line (\d+)")
_SETEXT_CHARS = 200
_FIELD_DEPTH = 20


def read(name: str, data: bytes) -> Reading:
    """Read one markdown file.

    Raises:
        UnreadableFile: binary content, malformed front matter, or no text at all.
    """
    return Reading((content_of(name, sanitise(decode(name, data))),))


def content_of(name: str, text: str) -> Content:
    """Give the content of a sanitised markdown text.

    With a front matter, each line is its own block (only an indented line continues a list item);
    without one, soft line breaks join.

    Raises:
        UnreadableFile: malformed front matter (the message names file and line), or no text.
    """
    front_matter, body = _front_matter(name, text)
    yaml: dict[str, str] = {}
    if front_matter is None:
        yaml, body = _yaml_header(body)
    blocks = blocks_of(body, one_statement_a_line=front_matter is not None)
    if not blocks and front_matter is None:
        raise UnreadableFile(f"« {name} » ne contient aucun texte.")
    fields: dict[str, Any] = front_matter if front_matter is not None else yaml
    heading = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), None)
    return Content(
        blocks=tuple(blocks),
        title=_text(fields, "title") or heading,
        published_on=_day(fields.get("published_on", fields.get("date"))),
        publisher=_text(fields, "publisher") or _text(fields, "issuer"),
        author=_text(fields, "author"),
        references=cited_numbers(blocks, _text(fields, "number"), _text(fields, "nor")),
        url=_text(fields, "url"),
        front_matter=front_matter,
    )


def blocks_of(text: str, *, one_statement_a_line: bool) -> list[RawBlock]:
    """Give the blocks of a sanitised markdown body, inline markup removed."""
    page = _Page(one_statement_a_line)
    lines = _without_comments(text).expandtabs(4).split("\n")
    position = 0
    while position < len(lines):
        position = page.take(lines, position)
    page.close()
    return page.blocks


def _front_matter(name: str, text: str) -> tuple[dict[str, Any] | None, str]:
    lines = text.lstrip("\n").split("\n")
    skipped = len(text) - len(text.lstrip("\n"))
    if lines[0].rstrip() != _FENCE:
        return None, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise UnreadableFile(
            f"« {name} », ligne {skipped + 1} : la fiche d'identité commence par"
            " +++ mais aucune autre ligne +++ ne la ferme."
        )
    try:
        fields = _sane(tomllib.loads("\n".join(lines[1:end])), _FIELD_DEPTH)
    except (ValueError, RecursionError) as error:  # a huge number is no TOMLDecodeError
        at = _TOML_LINE.search(str(error))
        line = skipped + 1 + (int(at[1]) if at else end - 1)
        raise UnreadableFile(
            f"« {name} », ligne {line} : la fiche d'identité (entre les lignes +++)"
            " n'est pas du TOML valide."
        ) from error
    return fields, "\n".join(lines[end + 1 :])


def _sane(value: Any, depth: int) -> Any:
    """Give a value of TOML with its texts sanitised, since TOML has escapes for any character.

    Raises:
        ValueError: tables or lists that hold one another deeper than ``depth``.
    """
    if isinstance(value, str):
        return sanitise(value)
    if not isinstance(value, (dict, list)):
        return value
    if not depth:
        raise ValueError
    if isinstance(value, list):
        return [_sane(item, depth - 1) for item in value]
    return {sanitise(key): _sane(item, depth - 1) for key, item in value.items()}


def _yaml_header(text: str) -> tuple[dict[str, str], str]:
    """Take the simple ``key: value`` lines of a ``---`` header away from the body."""
    if not text.startswith("---\n"):
        return {}, text
    head, closed, body = text[4:].partition("\n---\n")
    if not closed or any(
        line and ":" not in line and line[0] not in " -#" for line in head.split("\n")
    ):
        return {}, text
    pairs = (line.partition(":") for line in head.split("\n") if line[:1].isalpha())
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}, body


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return one_line(value) or None if isinstance(value, str) else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _without_comments(text: str) -> str:
    """Remove HTML comments, but the anchor comments that end a line."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        inside = text[start + 4 : end].strip() if end - start <= _ANCHOR_CHARS else ""
        is_anchor = _ANCHOR.match(inside) and _LINE_END.match(text, end + 3)
        parts.append(text[position : end + 3 if is_anchor else start])
        position = end + 3
    return "".join(parts) + text[position:]


def _split_mark(line: str) -> tuple[str, str | None]:
    stripped = line.rstrip()
    start = stripped.rfind("<!--") if stripped.endswith("-->") else -1
    if start < 0:
        return stripped, None
    return stripped[:start].rstrip(), stripped[start + 4 : -3].strip()


@dataclass
class _Page:
    """The blocks so far, and the paragraph or item that is being read."""

    one_statement_a_line: bool
    blocks: list[RawBlock] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str = ""
    indents: list[int] = field(default_factory=list)
    fence: str = ""
    in_table: bool = False

    def take(self, lines: list[str], position: int) -> int:
        """Read the line at ``position``; give the position of the next one to read."""
        line, mark = _split_mark(lines[position])
        opening = None if self.fence else _CODE_FENCE.match(line)
        if self.fence or opening:
            self._code(line, opening[1] if opening else "")
            return position + 1
        if quoted := _QUOTE.match(line):
            line = line[quoted.end() :]
        if not line.strip():
            if mark is not None and self.lines:
                self.close(mark)
            self.close()
            self.in_table = False
            return position + 1
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if self._table(line, mark, following):
            return position + (2 if is_rule_row(following) else 1)
        if not self._structure(line, mark):
            self._words(line, mark)
        return position + 1

    def _code(self, line: str, opening: str) -> None:
        if opening:
            self.close()
            self.fence = opening
        elif line.strip().startswith(self.fence):
            self.fence = ""
        elif line.strip():
            self.blocks.append(RawBlock("paragraph", one_line(line)))

    def _table(self, line: str, mark: str | None, following: str) -> bool:
        if "|" not in line:
            self.in_table = False
            return False
        if not self.in_table:
            if not is_rule_row(following):
                return False
            self.close()
            self.in_table = True
        if any(cells := [plain_words(cell) for cell in cells_of(line)]):
            self.blocks.append(RawBlock("row", " | ".join(cells), mark=mark))
        return True

    def _structure(self, line: str, mark: str | None) -> bool:
        """Read a heading, a rule, an item's first line or a footnote."""
        if heading := _ATX.match(line):
            self.close()
            text = plain_words((heading[2] or "").rstrip().rstrip("#").rstrip())
            self._add("heading", text, len(heading[1]), mark=mark)
            self.indents.clear()
        elif set(line.strip()) in ({"="}, {"-"}) and (len(line.strip()) > 1 or self._may_head()):
            if self._may_head():
                self._add("heading", plain_words(" ".join(self.lines)), 1 if "=" in line else 2)
                self.lines.clear()
            self.close()
        elif len(line.strip()) > 2 and set(line.replace(" ", "")) in ({"*"}, {"_"}, {"-"}):
            self.close()
        elif note := _FOOTNOTE.match(line):
            self._open("note", f"[{note[1]}] {note[2]}", mark)
        elif item := _ITEM.match(line):
            self._open("item", item[3] or "", mark, self._depth(len(item[1])), item[2] or "")
        else:
            return _LINK_TARGET.match(line) is not None
        return True

    def _may_head(self) -> bool:
        return (
            bool(self.lines)
            and self.kind == "paragraph"
            and sum(map(len, self.lines)) <= _SETEXT_CHARS
        )

    def _depth(self, indent: int) -> int:
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return len(self.indents) - 1

    def _open(
        self, kind: BlockKind, text: str, mark: str | None, level: int = 0, label: str = ""
    ) -> None:
        self.close()
        self.kind, self.lines, self.level, self.label = kind, [text], level, label
        if mark is not None:
            self.close(mark)

    def _words(self, line: str, mark: str | None) -> None:
        """Continue the open block, or open a paragraph."""
        indented = line[:1] == " " and self.kind != "paragraph"
        if self.lines and self.one_statement_a_line and not indented:
            self.close()
        if not self.lines:
            inside = line[:1] == " " and self.indents
            self.kind = "paragraph"
            if not inside:
                self.indents.clear()
        self.lines.append(line)
        if mark is not None:
            self.close(mark)

    def _add(
        self, kind: BlockKind, text: str, level: int = 0, label: str = "", mark: str | None = None
    ) -> None:
        if text:
            self.blocks.append(RawBlock(kind, text, level, None, label, mark))

    def close(self, mark: str | None = None) -> None:
        """End the open block."""
        if self.lines:
            text = plain_words(" ".join(self.lines))
            self._add(self.kind, text, self.level, self.label, mark)
        self.lines = []
        self.kind, self.level, self.label = "paragraph", 0, ""
