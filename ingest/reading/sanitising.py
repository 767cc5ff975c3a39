"""Bytes to text, and text without what a reader can't see."""

import re
import unicodedata

from corpus.errors import UnreadableFile

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PLAIN_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SYMBOL_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8]")
_REMOVED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but tab and line breaks
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, bidi
    "\ufe00-\ufe0f\U000e0000-\U000e01ef"  # variation selectors and tags
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates, what is no character
    "]"
)
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"{\\rtf",
    b"RIFF",
    b"7z\xbc\xaf",
    b"Rar!",
)
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PROBE_BYTES = 65_536
_CONTROL_SHARE = 0.05
_GOOD_PER_BAD = 10


def sanitise(text: str) -> str:
    """Give the text in NFC with plain spaces and line feeds, without invisible characters.

    Control characters, bidi controls, zero-width and tag characters, soft hyphens and lone
    surrogates are removed; no-break and thin spaces become plain spaces; ``’`` stays as typed.
    Doing it twice changes nothing.
    """
    text = _LINE_BREAKS.sub("\n", text)
    if text.isascii():
        return _REMOVED.sub("", text)
    text = _REMOVED.sub("", _PLAIN_SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _SYMBOL_BULLETS.sub("•", text))


def decode(name: str, data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252.

    A UTF-8 text with a few broken bytes stays UTF-8, the broken bytes becoming ``U+FFFD``.

    Raises:
        UnreadableFile: the bytes aren't text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if looks_binary(data):
        raise UnreadableFile(f"« {name} » ne contient pas du texte (contenu binaire).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8-sig", errors="replace")
    bad = lenient.count("\ufffd")
    good = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", lenient)))
    return lenient if good > _GOOD_PER_BAD * bad else data.decode("cp1252", errors="replace")


def looks_binary(data: bytes) -> bool:
    """Tell a binary file by its first bytes, a NUL or many control characters."""
    probe = data[:_PROBE_BYTES]
    if probe.startswith(_BINARY_STARTS) or b"\x00" in probe:
        return True
    controls = sum(probe.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
    return controls > _CONTROL_SHARE * len(probe)


def one_line(text: str) -> str:
    """Give the text with each run of white space as one space, none at the ends."""
    return " ".join(text.split())
