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
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_RENAME = "renommez-le en {}"
_NO_IMAGE = "une image n'est pas lue ici, seul son texte pourrait l'être"
_NO_PROGRAM = "un programme n'est pas un document"
_MAGICS = (
    (b"%PDF-", "un fichier PDF", ".pdf", _RENAME),
    (b"\x1f\x8b", "un fichier compressé (gzip)", ".gz", "décompressez-le d'abord"),
    (b"\x89PNG", "une image PNG", ".png", _NO_IMAGE),
    (b"GIF8", "une image GIF", ".gif", _NO_IMAGE),
    (b"\xff\xd8\xff", "une image JPEG", ".jpg", _NO_IMAGE),
    (b"II*\x00", "une image TIFF", ".tif", _NO_IMAGE),
    (b"MM\x00*", "une image TIFF", ".tif", _NO_IMAGE),
    (
        b"\xd0\xcf\x11\xe0",
        "un ancien fichier Office (.doc, .xls, .ppt, .msg)",
        ".doc",
        "enregistrez-le au format .docx",
    ),
    (b"{\\rtf", "un fichier RTF", ".rtf", "enregistrez-le au format .docx"),
    (b"\x7fELF", "un programme", ".exe", _NO_PROGRAM),
    (b"MZ\x90\x00", "un programme", ".exe", _NO_PROGRAM),
    (b"7z\xbc\xaf", "une archive 7z", ".7z", "décompressez-la d'abord"),
    (b"Rar!", "une archive RAR", ".rar", "décompressez-la d'abord"),
    (b"RIFF", "un fichier de son ou d'image (RIFF)", ".wav", "il ne contient pas de texte"),
)
_ZIP = b"PK\x03\x04"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
_ZIPS = (
    (_ODF + b"text", "un document OpenDocument", ".odt", _RENAME),
    (_ODF, "un fichier OpenDocument", ".ods", "exportez-le en .pdf"),
    (b"word/document", "un document Word", ".docx", _RENAME),
    (b"xl/workbook", "un classeur Excel", ".xlsx", "exportez-le en .pdf"),
    (b"ppt/presentation", "une présentation PowerPoint", ".pptx", "exportez-la en .pdf"),
    (b"", "une archive ZIP", ".zip", _RENAME),
)
_PASSWORD_PARTS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_PROBE_BYTES = 65_536
_CONTROL_SHARE = 0.05
_NUL_SHARE = 0.01
_GOOD_PER_BAD = 10
_WIDE_BYTES = 8
_WIDE_SHARE = 0.7
_NARROW_SHARE = 0.05
_SUSPECTS = ("Ã", "Â", "√", "\x80", "â€")  # one of these in any text to repair
# A lead byte of UTF-8 read as Windows-1252, then the image of a continuation byte.
_CONTINUATION = "[\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_MOJIBAKE = re.compile(
    f"Â[\x80-\xbf]|[ÃÄÅ]{_CONTINUATION}|â[\x80€]|Ã |ï»¿|√[©®†ßâ™ªîïôéèàÄ´¥ºû]|‚Ä"
)


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
    """Decode UTF-8, UTF-16 and UTF-32 (with or without BOM, the last with), else Windows-1252.

    A UTF-8 text with a few broken bytes stays UTF-8, the broken bytes becoming ``U+FFFD``; a few
    NULs in a text are dropped; text that was decoded wrongly once before is repaired.

    Raises:
        UnreadableFile: the bytes aren't text; the message says what they are where they tell.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return repaired(data.decode(encoding, errors="replace"))
    if wide := _wide_encoding(data):
        return repaired(data.decode(wide, errors="replace"))
    if found := disguise(data):
        raise UnreadableFile(f"« {name} » est en fait {found[0]} (contenu binaire) : {found[2]}.")
    if looks_binary(data):
        raise UnreadableFile(f"« {name} » ne contient pas du texte (contenu binaire).")
    return repaired(_narrow(data.replace(b"\x00", b"")))


def _narrow(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8-sig", errors="replace")
    bad = lenient.count("\ufffd")
    good = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", lenient)))
    return lenient if good > _GOOD_PER_BAD * bad else data.decode("cp1252", errors="replace")


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without BOM by its NULs, at every other byte of a text in Latin letters."""
    probe = data[:_PROBE_BYTES]
    half = len(probe) // 2
    if half * 2 < _WIDE_BYTES or b"\x00" not in probe:
        return None
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if odd > _WIDE_SHARE * half and even < _NARROW_SHARE * half:
        return "utf-16-le"
    if even > _WIDE_SHARE * half and odd < _NARROW_SHARE * half:
        return "utf-16-be"
    return None


def looks_binary(data: bytes) -> bool:
    """Tell a binary file by its first bytes, by many NULs or many control characters."""
    probe = data[:_PROBE_BYTES]
    if disguise(probe) or probe.count(0) > _NUL_SHARE * len(probe):
        return True
    controls = sum(probe.count(byte) for byte in range(1, 32) if byte not in b"\t\n\r\x0b\x0c\x1b")
    return controls > _CONTROL_SHARE * len(probe)


def disguise(data: bytes) -> tuple[str, str, str] | None:
    """Tell what a file really is by its first bytes.

    Returns:
        Its French name with its article (``un fichier PDF``), its usual extension (``.pdf``) and
        what to do (``renommez-le en .pdf``); ``None`` for a text or an unknown binary.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0") and any(part in data for part in _PASSWORD_PARTS):
        return "un document protégé par un mot de passe", ".doc", "retirez ce mot de passe"
    if data.startswith(_ZIP):
        found = next(known for known in _ZIPS if known[0] in data)
    else:
        matching = (known for known in _MAGICS if data.startswith(known[0]))
        found = next(matching, (b"", "", "", ""))
    _, kind, extension, remedy = found
    return (kind, extension, remedy.format(extension)) if kind else None


def repaired(text: str) -> str:
    """Give the text with its mojibake undone: « protÃ©gÃ© » is « protégé » again.

    Line by line, and only lines that hold a telltale pair; a clean text comes back as it is.
    """
    if not any(suspect in text for suspect in _SUSPECTS) or not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding

    return "\n".join(
        fix_encoding(line) if _MOJIBAKE.search(line) else line for line in text.split("\n")
    )


def one_line(text: str) -> str:
    """Give the text with each run of white space as one space, none at the ends."""
    return " ".join(text.split())
