"""What a text says of itself: title, date of publication, author, publisher, references."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.quantities import find_quantities
from corpus.references import find_references
from ingest.reading.content import RawBlock

_DATE_LINE = re.compile(
    r"(?:(?:publié|publiée|mis en ligne|mise en ligne|posté|paru|écrit|créé|rédigé)\b|le \d)",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"(?:(?:mis|mise) à jour|modifiée?|actualisée?|(?:fait )?à\b|[^\W\d_][\w'’ -]{1,40},)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:^|[\s•|·,(–-])(?:par|propos recueillis par|auteure? :|rédaction :)\s+"
    r"((?:[^\W\d_][\w.'’-]*\s+){0,3}[^\W\d_][\w.'’-]*)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’-]*\.?(?: [^\W\d_][\w'’-]*\.?){1,3}")
_PARTICLES = frozenset(("de", "du", "des", "d", "le", "la", "van", "von", "ben", "el"))
_ARTICLES = frozenset(("le", "la", "les", "l", "un", "une", "des", "du"))
_MAGAZINE = re.compile(
    r"(?:publié|paru) dans (?:le |la |les |l['’])?(?:magazine |revue |journal |quotidien )?"
    r"(.{2,60}?) ?(?:n°|du \d|,|$)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?<![\w@/.-])(?:www\.)?([^\W_][\w-]{2,40}\.(?:fr|com|org|net|eu|info))(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_OF_A_TEXT = re.compile(
    r"\b(?:loi|ordonnance|décret|arrêté|circulaire|instruction|délibération|décision|convention"
    r"|jugement|note)\b.{0,25}\bdu $",
    re.IGNORECASE,
)
_LINE_CHARS = 200
_DATE_LINE_REST_CHARS = 25
_NAME_CHARS = 50
_LONG_FORM_NUMBERS = ("number", "act", "nor", "identifier")


def cited_numbers(blocks: Iterable[RawBlock], *first: str | None) -> tuple[str, ...]:
    """Give the numbers of texts, NOR and Légifrance identifiers that a document shows.

    Args:
        blocks: its blocks.
        first: texts read before the blocks (fields of a front matter, a title).

    Returns:
        Canonical values (``2021/25``, ``2022-140``, ``SSAA2207127J``), each once, in the order of
        the text. Articles of codes aren't among them.
    """
    text = "\n".join([part for part in first if part] + [block.text for block in blocks])
    found = (r.value for r in find_references(text) if r.kind in _LONG_FORM_NUMBERS)
    return tuple(dict.fromkeys(found))


def published_on(lines: Sequence[str]) -> date | None:
    """Give the date of a page: « Publié le … », else a line that is a date, else ``None``."""
    fallback: date | None = None
    for line in lines:
        if (found := date_of_line(line)) is not None:
            if line.lower().startswith(("publi", "mis en", "mise en", "posté", "paru")):
                return found
            fallback = fallback or found
    return fallback


def date_of_line(line: str) -> date | None:
    """Give the date of a line that dates a page (« Le 15 février 2020 », « 19/05/2021 »)."""
    if not 6 <= len(line) <= _LINE_CHARS or _NOT_PUBLISHED.match(line):
        return None
    dated = [q for q in find_quantities(line) if q.kind == "date" and q.value[0] != "-"]
    if not dated:
        return None
    if _OF_A_TEXT.search(line[: min(dated[0].start, _LINE_CHARS)]):
        return None
    rest = len(line) - (dated[0].end - dated[0].start)
    if not (_DATE_LINE.match(line) and dated[0].start <= _DATE_LINE_REST_CHARS) and (
        rest > _DATE_LINE_REST_CHARS or line[dated[0].end :].strip()
    ):
        return None
    if line.endswith((" :", ";", ".")) and len(line) > 40:
        return None
    try:
        return date.fromisoformat(dated[0].value)
    except ValueError:
        return None


def author(lines: Sequence[str]) -> str | None:
    """Give the name after « Par » in a short line, else ``None``."""
    for line in lines:
        if len(line) <= _LINE_CHARS and (found := _AUTHOR.search(line)):
            words = found[1].split()
            while words and not words[-1][0].isupper():
                words.pop()
            if _signs(words):
                return " ".join(words)
    return None


def is_name(line: str) -> bool:
    """Tell a line that may be a person's name: two to four words, each with its capital."""
    if len(line) > _NAME_CHARS or line.isupper() or not _NAME.fullmatch(line):
        return False
    words = line.split()
    return all(_is_name_word(w) for w in words) and words[0][0].isupper() and words[-1][0].isupper()


def _signs(words: Sequence[str]) -> bool:
    """Tell the words of a name from those of a body or a sentence (« le CNP », « La Note »)."""
    if len(words) < 2 or not words[0][0].isupper():
        return False
    if words[0].lower().replace("’", "'").partition("'")[0] in _ARTICLES:
        return False
    return all(_is_name_word(word) and not any(map(str.isdigit, word)) for word in words)


def _is_name_word(word: str) -> bool:
    return word[0].isupper() or word.lower().partition("'")[0] in _PARTICLES


def publisher(lines: Sequence[str]) -> str | None:
    """Give the magazine of « Publié dans … N° », else the site most named, else ``None``."""
    sites: Counter[str] = Counter()
    for line in lines:
        if len(line) <= _LINE_CHARS and (found := _MAGAZINE.match(line)):
            return found[1].strip()
        sites.update(match[1] for match in _SITE.finditer(line))
    return sites.most_common(1)[0][0] if sites else None
