"""How a text names itself at its head, and in which place a name counts.

A text that only cites a circular isn't that circular: its number counts on the line that stands
where a title stands, with nothing but a letterhead above it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from corpus.types import Kind
from ingest.identifying.titling import FIELD, TITLE_CHARS, begins_title, plain, titled
from ingest.reading.content import Content
from ingest.reading.identity import is_name
from ingest.reading.sanitising import one_line

HEAD_BLOCKS: Final = 60
HEAD_CHARS: Final = 6000
_LINE_CHARS = 1500
_LABEL_CHARS = 30
_JOINED_LINES = 6
_PROSE_WORDS = 12
_GLUED_FIELDS = 2
_GLUED = re.compile(
    r"(?<![\w'’])(?:CIRCULAIRE|INSTRUCTION|NOTE D['’]INFORMATION)"
    r"(?: [A-ZÉÈÊ]{4,20}){0,2} ?N ?[°ºOo]"
)
_CONTINUES = re.compile(
    r"(?:n ?°|no [a-z0-9]|(?:en date )?du \d|(?:relati(?:f|ve)s?|portant|concernant)\b|\("
    r"|[a-z]{3,16}ant\b)"
)
_ADDRESSED = re.compile(r"(?<!\w)(?:mesdames|messieurs|madame|monsieur)(?!\w)")
_BLOCKER = re.compile(
    r"^(?:(?:projet|note|compte[- ]rendu|proces[- ]verbal|releve|ordre du jour|faq|foire aux"
    r"|questions?|synthese|fiche|guide|veille|revue|liste|tableau|sommaire|table des matieres"
    r"|analyse|commentaire|decryptage|presentation|memo|vade-?mecum|courriel|from|envoye|bonjour"
    r"|bonsoir|re|tr|fwd?|transfere|communique|rapport|modele|exemples?|extraits?|resume de"
    r"|erratum|rectificatif|additif|lettre d'information|newsletter|actualites?|dossier(?! suivi)"
    r"|article|avis|motion|contrat|convention|protocole|annexe)\b"
    r"|[- ]{0,4}(?:message transfere|forwarded|original message|message d'origine)"
    r"|(?:de|a|cc|from|to) ?: ?\S{1,40}.{0,60}@"
    r"|(?:chere?s? )?(?:madame|monsieur|mesdames|messieurs|collegues|tous|toutes)"
    r"(?:(?:,| et| ou) ?(?:chere?s? )?(?:madame|monsieur|mesdames|messieurs|tous|collegues)){0,3}"
    r" ?[,!]?$)"
)
_MAIL = re.compile(
    r"^(?:bonjour|bonsoir|salut|(?:bien |tres )?cordialement|envoye ?:"
    r"|(?:de|from|to|cc) ?: ?\S.{0,80}@"
    r"|[- ]{0,4}(?:message transfere|forwarded|original message|message d'origine))"
)
_LETTERHEAD = re.compile(
    r"^(?:[\W\d]{0,4}(?:le |la |les |l'|pour |copie |a |et )?(?:premiere? )?(?:minist|secretai"
    r"|garde des|haut[- ]|direct|sous-?direct|bureau|service|mission|pole|cabinet|prefe"
    r"|sous-pref|agence|delegation|delegue|republique|liberte|egalite|fraternite|president|gouvern"
    r"|departement|conseil|recteur|rectorat|academie|inspection|caisse|mesdames|messieurs|madame"
    r"|monsieur|copie|suivie? par|dossier suivi|affaire suivie|personnes? (?:chargee|en charge)"
    r"|contact|tel|mel\b|mail|adresse|paris|nor\b|date|ref|n ?°|numero|classement|categorie"
    r"|validee?|visee?|texte|bulletin|b\.?o\b|jo\b|jorf|journal|publi|attribution|information"
    r"|execution|diffusion|emetteur|destinataire|plan de|page|https?|www|version|derniere mise"
    r"|sante|solidarites|cedex|protection sociale|action sociale|document opposable"
    r"|decrets, arretes, circulaires|textes generaux|mesures nominatives|legifrance"
    r"|abroge)|.{0,80}@|.{0,80}cedex|\d{1,4},? (?:rue|avenue|place|boulevard|quai)|.{0,3}$)"
)
_REFERENCES = re.compile(
    r"(?:(?:textes? de reference|textes? (?:abroge|modifie)|ref|references?|vu|visas?|sources?"
    r"|circulaires? abrogee|instructions? abrogee|voir|objet)s? ?\.? ?:.{0,30}"
    r"(?:$|circulaire|instruction|decret|loi|arrete|note)|vu )"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document's head; ``plain`` has no capital or accent and the same length."""

    kind: str
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What a text calls itself in its title; ``doubts`` asks for more signs around it."""

    kind: Kind
    title: str
    number: str | None
    nor: str | None
    day: date | None
    doubts: int


def line_of(text: str, kind: str = "paragraph") -> Line:
    """Give one line, its blanks single and « 1 er » in one word."""
    shown = one_line(text[:_LINE_CHARS]).replace(" 1 er ", " 1er ")
    return Line(kind, shown, plain(shown))


def head_of(content: Content) -> tuple[Line, ...]:
    """Give the first lines of a document, its title first where no block repeats it.

    A row of a table gives a line a cell; « NOR | SSAA… » gives « NOR : SSAA… ».
    """
    lines: list[Line] = []
    room = HEAD_CHARS
    for block in content.blocks[:HEAD_BLOCKS]:
        if room <= 0:
            break
        room -= len(block.text)
        cells = block.text[:_LINE_CHARS].split(" | ") if block.kind == "row" else [block.text]
        if len(cells) == 2 and len(cells[0]) <= _LABEL_CHARS:
            cells = [f"{cells[0].rstrip(' :')} : {cells[1]}"]
        for cell in cells:
            lines += [line_of(part, block.kind) for part in _fields_apart(cell) if part.strip()]
    if content.title:
        title = line_of(content.title, "heading")
        if all(title.plain not in line.plain for line in lines[:15]):
            lines.insert(0, title)
    return tuple(lines)


def naming_of(lines: Sequence[Line]) -> Naming | None:
    """Give the first line that names the text itself, ``None`` where something else comes first.

    Something else: prose, a note, minutes, a list of questions, a mail, a list of references.
    A mail whose subject cites a text is a mail.
    """
    unknown = 0
    for position, line in enumerate(lines):
        if line.kind in ("row", "note"):
            continue
        found = _naming(lines, position, min(unknown, 1)) if line.kind != "item" else None
        if found is not None:
            return None if any(is_mail(after) for after in lines) else found
        if is_blocked(line) or is_prose(line):
            return None
        if not is_letterhead(line):
            unknown += 1
    return None


def is_prose(line: Line) -> bool:
    """Tell a sentence from a line of a letterhead."""
    return (
        line.text.endswith((".", "!", "?", "…", "»"))
        and len(line.text.split()) >= _PROSE_WORDS
        and FIELD.match(line.plain) is None
        and _ADDRESSED.search(line.plain) is None
    )


def is_mail(line: Line) -> bool:
    """Tell a line that only a mail has."""
    return _MAIL.match(line.plain) is not None


def is_blocked(line: Line) -> bool:
    """Tell a line that says that something else than the text follows."""
    return bool(_BLOCKER.match(line.plain) or _REFERENCES.match(line.plain))


def is_letterhead(line: Line) -> bool:
    """Tell a line that may stand above a title: an office, a place and a day, a name."""
    return _LETTERHEAD.match(line.plain) is not None or is_name(line.text)


def joined_at(lines: Sequence[Line], position: int) -> str:
    """Give the title at ``position`` with the lines that go on with it."""
    return _joined(lines[position].text, lines[position + 1 : position + 1 + _JOINED_LINES])


def _fields_apart(text: str) -> list[str]:
    """Cut a head that the extraction glued in one block: before its title and its fields."""
    text = line_of(text).text
    low = plain(text)
    cuts = [m.end() - len(m[0].lstrip(" .;,–-")) for m in FIELD.finditer(low)]
    cuts = [cut for cut in cuts if low[cut] != "("]
    if (glued := _GLUED.search(text)) is not None and _LETTERHEAD.match(low):
        cuts.append(glued.start())
    if len(cuts) < _GLUED_FIELDS:
        return [text]
    bounds = [0, *sorted(set(cuts)), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def _naming(lines: Sequence[Line], position: int, doubts: int) -> Naming | None:
    line = lines[position]
    start = 0
    if not begins_title(line.plain):
        glued = _GLUED.search(line.text) if _LETTERHEAD.match(line.plain) else None
        if glued is None:
            return None
        start = glued.start()
    text = _joined(line.text[start:], lines[position + 1 : position + 1 + _JOINED_LINES])
    found = titled(text)
    if found is None:
        return None
    title = text[: found.end].rstrip(" ,;:–-(")
    return Naming(found.kind, title, found.number, found.nor, found.day, found.doubts + doubts)


def _joined(text: str, following: Sequence[Line]) -> str:
    """Give a title with the lines that go on with it."""
    for line in following:
        if line.kind in ("row", "note", "item") or text.endswith((".", ";")):
            break
        goes_on = _CONTINUES.match(line.plain) is not None
        if not goes_on and not FIELD.match(line.plain) and not _LETTERHEAD.match(line.plain):
            goes_on = line.text[0].islower() or (text.isupper() and line.text.isupper())
        if not goes_on or len(text) > TITLE_CHARS:
            break
        text = f"{text} {line.text}"
    return text
