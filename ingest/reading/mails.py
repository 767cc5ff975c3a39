"""Mails and pages saved with their images: the body, then what is attached."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from pathlib import PurePosixPath
from typing import Final

from corpus.errors import UnreadableFile
from ingest.reading.archives import MAX_ENTRIES, MAX_ENTRY_BYTES, NAME_CHARS, refused, unsafe
from ingest.reading.content import Entry, RawBlock, Refusal
from ingest.reading.plain import blocks_of, content_of
from ingest.reading.sanitising import decode, disguise, one_line, sanitise

MAX_MULTIPARTS: Final = 60
MAX_PART_LINES: Final = 10_000
MAX_HEADER_CHARS: Final = 2_000
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "&<>`*_[]~\\|#"}
_LABEL = re.compile(r"\d{1,3}[.)°]|[a-z]\)")
_BODY = re.compile(r"<body[^<>]{0,1000}>", re.IGNORECASE)
_MAIL_FAILURES = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
_MAIL_HEADERS = ("from", "to", "subject", "date", "mime-version", "content-type", "received")
_CHARSETS = ("utf-", "utf8", "iso-8859-", "iso8859-", "windows-125", "cp125", "macintosh", "koi8-")


def mailed(name: str, data: bytes) -> Iterator[Entry | Refusal]:
    """Give the body of a mail, then what is attached; of a saved page, the page alone."""
    message = _message(name, data)
    try:
        leaves = _leaves(message)
    except _MAIL_FAILURES as error:
        raise UnreadableFile(f"« {name} » n'est pas un message lisible.") from error
    shown = [leaf for leaf in leaves if leaf.get_content_maintype() == "text"]
    shown = [leaf for leaf in shown if not _is_attached(leaf)]
    html = [leaf for leaf in shown if leaf.get_content_type() == "text/html"][:1]
    texts = [_text(name, leaf) for leaf in html or shown]
    text = "\n\n".join(part.strip() for part in texts)
    if not name.lower().endswith(".eml"):
        if text:
            stem = PurePosixPath(name).stem
            yield Entry(stem + (".html" if html else ".txt"), text.encode("utf-8-sig"))
        return
    if text:
        yield _body(message, text, is_html=bool(html))
    attached = [leaf for leaf in leaves if _is_attached(leaf)]
    for number, leaf in enumerate(attached, 1):
        yield _attached(name, leaf, number)


def _message(name: str, data: bytes) -> Message:
    """Parse a mail with the older policy: the newer one takes minutes on a hostile header.

    Raises:
        UnreadableFile: no mail, too many parts, encrypted.
    """
    if found := disguise(data):
        raise UnreadableFile(f"« {name} » est en fait {found[0]} : {found[2]}.")
    if data.lower().count(b"boundary=") > MAX_MULTIPARTS or data.count(b"\n--") > MAX_PART_LINES:
        raise UnreadableFile(f"« {name} » contient trop de parties : message refusé.")
    try:
        message = message_from_bytes(data)
        kind = message.get_content_type()
        known = any(header in message for header in _MAIL_HEADERS)
    except _MAIL_FAILURES as error:
        raise UnreadableFile(f"« {name} » n'est pas un message lisible.") from error
    if not known:
        raise UnreadableFile(f"« {name} » n'est pas un message lisible.")
    if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise UnreadableFile(f"« {name} » est chiffré : enregistrez-en le texte en clair.")
    return message


def _leaves(message: Message) -> list[Message]:
    """Give the parts that hold something, in order; an attached message is one of them."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_ENTRIES:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [child for child in reversed(inner) if isinstance(child, Message)]
        else:
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    """Tell an attached file from the body and from the images shown inside it."""
    if part.get_content_disposition() == "attachment":
        return True
    kind = part.get_content_maintype()
    return kind != "image" and (kind in ("message", "application") or bool(part.get_filename()))


def _text(name: str, part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "").lower()
    if charset.startswith(_CHARSETS) and charset not in ("utf-8", "utf8"):
        try:
            return data.decode("cp1252" if charset == "iso-8859-1" else charset, errors="replace")
        except LookupError:
            pass
    return decode(name, data) if data else ""


def _header(message: Message, key: str) -> str:
    """Give a header on one line, "" where there is none or it is too long to be one."""
    raw = next((value for name, value in message.raw_items() if name.lower() == key), "")
    return _words(str(raw)) if len(str(raw)) <= MAX_HEADER_CHARS else ""


def _words(raw: str) -> str:
    """Undo the encoded words of a header (``=?utf-8?q?…?=``)."""
    written = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in decode_header(written)
        ]
    except _MAIL_FAILURES:
        pieces = [written]
    return one_line(sanitise("".join(pieces)))


def _body(message: Message, text: str, *, is_html: bool) -> Entry:
    """Give the body with the subject as its title, then its sender's name and its day.

    A text becomes markdown, where any subject, however long, is a heading.
    """
    subject = _header(message, "subject")
    sender = parseaddr(_header(message, "from"))[0]
    lines = [f"De : {sender}"] if sender else []
    fields = []
    with suppress(*_MAIL_FAILURES):  # no date, or one that no calendar knows
        day = parsedate_to_datetime(_header(message, "date"))
        lines.append(f"Le {day:%d/%m/%Y}")
        fields = ["---", f"date: {day:%Y-%m-%d}", "---"]
    stem = _UNFIT.sub(" ", subject).strip(" .")[:NAME_CHARS] or "message"
    if not is_html:
        title = [f"# {_literal(subject)}"] if subject else []
        body = content_of(blocks_of(sanitise(text))).blocks
        said = [*title, *map(_literal, lines), *map(_marked, body)]
        whole = "\n".join([*fields, "\n\n".join(said)])
        return Entry(f"{one_line(stem)}.md", whole.encode("utf-8-sig", "replace"))
    named = f"<meta property='og:title' content='{escape(subject)}'>" if subject else ""
    head = f"<h1>{escape(subject)}</h1>" if subject else ""
    head += "".join(f"<p>{escape(line)}</p>" for line in lines)
    opening = _BODY.search(text)
    at = opening.end() if opening else 0
    page = named + text[:at] + head + text[at:]
    return Entry(f"{one_line(stem)}.html", page.encode("utf-8-sig", "replace"))


def _marked(block: RawBlock) -> str:
    """Give a block in markdown; headings stand under the subject."""
    words = _literal(block.text)
    if block.kind == "heading":
        return f"{'#' * max(2, block.level)} {words}"
    if block.kind == "item":
        marker = block.label if _LABEL.fullmatch(block.label) else "-"
        words = words if marker != "-" else _literal(f"{block.label} {block.text}".strip())
        return f"{' ' * 4 * block.level}{marker} {words}"
    number, bracket, note = block.text.partition("] ")
    return f"[^{number[1:]}]: {_literal(note)}" if block.kind == "note" and bracket else words


def _literal(text: str) -> str:
    """Give words that no sign makes markup of markdown, nor their first one the mark of an item."""
    marks = bool(text) and (not text[0].isalpha() or text[1:2] == ")")
    first = f"&#{ord(text[0])};" if marks else text[:1]
    return first + text[1:].translate(_MARKUP)


def _attached(name: str, part: Message, number: int) -> Entry | Refusal:
    path = _words(part.get_filename() or f"pièce jointe {number}")
    if part.get_content_maintype() == "message":
        return refused(name, path, "un message joint n'est pas ouvert : déposez-le seul")
    payload = part.get_payload(decode=True)
    if reason := unsafe(path) or (None if path else "elle n'a pas de nom"):
        return refused(name, path, reason)
    content = payload if isinstance(payload, bytes) else b""
    if len(content) > MAX_ENTRY_BYTES:
        return refused(name, path, "ce fichier est trop gros")
    return Entry(path, content)
