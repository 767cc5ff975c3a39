"""What kind of document a file is when no official title names it: press, report, contract…"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from corpus.lexicon import fold
from corpus.types import Kind
from ingest.identifying.naming import HEAD_BLOCKS, Line, is_prose
from ingest.identifying.titling import plain
from ingest.reading.content import Content

Side = Literal["press", "official"]

_TITLES = 12
_ENDS = 12
_TITLE_CHARS = 250
_PARTIES = 2
_ARTICLES = 2
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_MAGAZINE = re.compile(
    r"^(?:publie|paru) dans (?!.{0,60}(?:bulletin|journal officiel|recueil)).{2,60}? n ?° ?\d"
)
_AGENCY = re.compile(r"^(?:.{0,120}\((?:avec )?afp\)|par afp\b|source ?: afp\b|.{0,30}\bavec afp)")
_OFFICE = re.compile(
    r"(?:(?:le )?(?:ministere|secretariat d'etat|gouvernement|prefecture|conseil departemental"
    r"|departement|conseil regional|region|agence regionale de sante|rectorat|academie)"
    r"(?: (?:de|du|des|d'|charge|en charge|de la|de l').{0,100})?)"
)
_OFFICE_SITE = re.compile(
    r"(?:[\w-]{1,63}\.){0,5}(?:departement-?[\w-]{2,30}|[\w-]{2,30}departement)\.fr"
)
_COMMUNIQUE = re.compile(
    r"communique(?: de presse)?(?: (?:commun|conjoint|officiel))?"
    r"(?:,? ?(?:-|–|du|n ?°|le|\d).{0,60})?"
)
_REPORT = re.compile(
    r"(?:rapport (?:d'information|d'enquete|d'activite|d'evaluation|annuel|public|final|thematique"
    r"|fait au nom|n ?°|definitif|d'observations|d'inspection|de mission|remis|parlementaire)\b"
    r"|rapport$)"
)
_REPORT_SIGNS = re.compile(
    r"(?:etabli par|presente[es]* par|(?:co-?)?rapporteure?s?\b|sommaire\b|table des matieres"
    r"|cour des comptes|chambre regionale des comptes|inspection generale|assemblee nationale"
    r"|senat\b|enregistre a la presidence|membres? de l'inspection|depose (?:en application|par)"
    r"|remis (?:au|a)|lettre de mission)"
)
_STRATEGY = re.compile(
    r"(?:strategie (?:nationale|departementale|interministerielle|regionale)"
    r"|schema (?:departemental|regional|metropolitain))\b"
)
_STRATEGY_SIGNS = re.compile(
    r"(?:(?:le )?(?:ministere|secretariat d'etat|gouvernement|premier ministre|departement"
    r"|conseil departemental|republique francaise|sommaire|table des matieres|dossier de presse))"
)
_CONTRACT = re.compile(
    r"^(?:contrat|convention|avenant n ?° ?\d.{0,20} (?:au contrat|a la convention))\b"
    r".{0,60}?(?:departement|prefet|territorial|local|protection de l'enfance|tripartite|objectifs"
    r"|etat|\bars\b)"
)
_CONVENTION = re.compile(
    r"^convention (?!collective|internationale|europeenne|nationale|des? nations)"
)
_REPRESENTED = re.compile(r"(?<!\w)representee?s? par(?!\w)")
_PARTIES_OPEN = re.compile(r"(?:entre(?: les soussignes?)?|conclue? entre|d'une part)\b")
_PARTY = re.compile(
    r"(?<!\w)(?:l'etat|prefete?|agence regionale de sante|ars|conseil departemental|departement"
    r"|metropole|collectivite|commune|communaute|conseil regional|caisse)(?!\w)"
)
_AGREED = re.compile(
    r"(?:il (?:est|a ete) (?:convenu|arrete|expose)|preambule|article (?:1|premier))"
)
_BILL = re.compile(r"(?:projet|proposition) de loi\b(?! de finances pour \d{4} ?:)")
_BILL_SIGNS = re.compile(
    r"(?:assemblee nationale|senat\b|enregistre a la presidence|expose des motifs"
    r"|presentee? (?:au nom|par)|constitution du 4 octobre|texte (?:de la commission|adopte))"
)
_DEBATE = re.compile(
    r"^(?:compte rendu (?:integral|analytique|officiel|de la commission)|(?:premiere|deuxieme"
    r"|troisieme|\d(?:re|e)) seance du|seance (?:publique )?du|amendement n ?°|session "
    r"(?:ordinaire|extraordinaire))"
)
_HOUSE = re.compile(r"^(?:.{0,40}(?:assemblee nationale|senat)\b)")
_SPEAKER = re.compile(
    r"^(?:m\.|mme) (?:le |la )?(?:presidente?|rapporteure?|ministre|secretaire)|expose sommaire"
    r"|presente par (?:m\.|mme|le gouvernement)|m\. [a-z' -]{2,40}\. [–-]"
)
_COURT = re.compile(
    r"^(?:.{0,40}(?:conseil d'etat|cour de cassation|cour (?:administrative )?d'appel|tribunal "
    r"(?:administratif|judiciaire|pour enfants)|conseil constitutionnel|cour europeenne))"
)
_RULING = re.compile(
    r"^(?:.{0,60}\becli:|.{0,20}au nom du peuple francais|lecture du |decision n ?° ?\d{2,4}-\d+"
    r"|(?:arret|jugement|ordonnance) (?:n ?°|du \d)|n ?°s? ?\d{5,6}\b|.{0,20}publie au (?:bulletin"
    r"|recueil))"
)
_CODE = re.compile(
    r"(?:article [lrda]\.? ?\d{3,4}[\d-]{0,12} ?[-–,:]? ?)?(?:du )?code (?:de|du|des|general|civil"
    r"|penal)\b[^.:?!]{0,80}"
)
_CODE_SIGNS = re.compile(r"(?:article [lrda]\.? ?\*?\d|version en vigueur|.{0,60}legifrance)")
_STANCE = re.compile(r"(?:prise de position|plaidoyer|lettre ouverte|motion|contribution)\b")
_STANCE_SIGNS = re.compile(
    r"(?:(?:l'|la |le |les )?(?:association|federation|union|collectif|confederation|convention"
    r" nationale|syndicat|comite|conseil)|signataires|premiers signataires|prise de position)"
)


@cache
def _register() -> tuple[dict[str, Side], tuple[tuple[str, Side], ...]]:
    """Sides by the key of a name, and sites with their side."""
    with (files("corpus") / "registers" / "publishers.toml").open("rb") as file:
        rows = tomllib.load(file)
    names: dict[str, Side] = {}
    sites: list[tuple[str, Side]] = []
    sides: tuple[Side, ...] = ("press", "official")
    for side in sides:
        for row in rows[side]:
            names |= {_key(form): side for form in (row["name"], *row.get("forms", ()))}
            sites += [(site, side) for site in row["sites"]]
    return names, tuple(sites)


def side_of(content: Content) -> Side | None:
    """Tell the press and the administration by the page's address, else by its publisher's name.

    A name that is only a site (« exemple.fr ») may be one that the page cites: it counts when the
    page also shows its author and its date.
    """
    if content.url and (side := _side_of_url(content.url)):
        return side
    if not content.publisher:
        return None
    names, _sites = _register()
    name = content.publisher
    is_site = "." in name and " " not in name.strip()
    signed = content.author is not None and content.published_on is not None
    if (known := names.get(_key(name))) and (not is_site or signed):
        return known
    if is_site:
        return _side_of_url(f"https://{name}") if signed else None
    return "official" if _OFFICE.fullmatch(plain(name)) else None


def nature_of(content: Content, head: Sequence[Line]) -> Kind:
    """Give the kind of a document that no official title names; « inconnue » when in doubt."""
    side = side_of(content)
    if side == "press" or _is_magazine(content):
        return "presse"
    found = _by_title(head)
    if found is None and side == "official":
        return "page officielle"
    return found or "inconnue"


def _key(name: str) -> str:
    return _NOT_KEY.sub("", fold(name))


def _side_of_url(url: str) -> Side | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    for site, side in _register()[1]:
        domain, _, path = site.partition("/")
        here = host == domain or host.endswith(f".{domain}")
        if here and parts.path.startswith(f"/{path}" if path else ""):
            return side
    return "official" if _OFFICE_SITE.fullmatch(host) else None


def _is_magazine(content: Content) -> bool:
    """Tell a page that says in which issue it was published, or that an agency wrote it."""
    ends = (*content.blocks[:_TITLES], *content.blocks[-_ENDS:])
    lines = [plain(block.text[:_TITLE_CHARS]) for block in ends if block.kind != "note"]
    return any(_MAGAZINE.match(line) or _AGENCY.match(line) for line in lines)


def _by_title(head: Sequence[Line]) -> Kind | None:
    """Give the kind that the first lines name, where the head confirms it."""
    lines = [line.plain for line in head if not is_prose(line)]
    if (found := _by_court_or_house(lines)) is not None:
        return found
    for line in _titles(head):
        if _COMMUNIQUE.fullmatch(line):
            return "communiqué"
        if _CODE.fullmatch(line.removesuffix(" - legifrance")):
            return "code" if _count(_CODE_SIGNS, lines) >= _ARTICLES else None
        if _BILL.match(line) and _count(_BILL_SIGNS, lines):
            return "projet ou proposition de loi"
        if _REPORT.match(line):
            return "rapport" if _count(_REPORT_SIGNS, lines) else None
        if _STRATEGY.match(line) and " : " not in line:
            return "stratégie" if _count(_STRATEGY_SIGNS, lines) else None
        if _CONTRACT.match(line) or _CONVENTION.match(line):
            return "contrat local" if _is_agreed(lines) else None
        if _STANCE.match(line):
            return "prise de position" if _count(_STANCE_SIGNS, lines) else None
    return None


def _titles(head: Sequence[Line]) -> list[str]:
    """Give the lines that may be a title: the first ones, up to the first sentence."""
    found: list[str] = []
    for line in head[:_TITLES]:
        if is_prose(line):
            break
        if line.kind in ("heading", "paragraph") and len(line.text) <= _TITLE_CHARS:
            found.append(line.plain)
    return found


def _by_court_or_house(lines: Sequence[str]) -> Kind | None:
    first = lines[:_TITLES]
    if _count(_COURT, first) and _count(_RULING, first):
        return "jurisprudence"
    if _count(_HOUSE, first) and _count(_DEBATE, first):
        return "débat parlementaire" if _count(_SPEAKER, lines[:HEAD_BLOCKS]) else None
    return None


def _is_agreed(lines: Sequence[str]) -> bool:
    """Tell a contract by what is agreed and its parties: two public bodies, or one and another
    that is represented too."""
    if not _count(_PARTIES_OPEN, lines) or not _count(_AGREED, lines):
        return False
    parties = {match[0] for line in lines for match in _PARTY.finditer(line)}
    represented = sum(len(_REPRESENTED.findall(line)) for line in lines)
    return len(parties) >= _PARTIES or (bool(parties) and represented >= _PARTIES)


def _count(pattern: re.Pattern[str], lines: Sequence[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)
