"""What a question must not carry away: personal data is found and masked before anything else.

Numbers and addresses are told by their shape and the words before them, persons' names by the
rules of ``assistant.names``. Not storing is what protects, this warns.
"""

import re
import unicodedata

from assistant.names import find_names

MASK = "[donnée masquée]"
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre)"
)
_DATE = rf"\d{{1,2}}(?:er)?(?:\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?|\s{_MONTH}\s)\d{{2,4}}(?!\d)"
_BIRTH = r"(?:n[ée]{1,2}e?s? (?:le|un|en)|date de naissance|naissance le|ddn)\s?:?\s?"
_DIGITS_WORD = r"(?:z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_STREET = (
    r"(?:rue|avenue|av\.?|boulevard|bd\.?|bld|all[ée]e|chemin|impasse|square|quai|lotissement"
    r"|ruelle"
    r"|faubourg|sentier|route|(?:place|cours|passage|cit[ée]|r[ée]sidence|villa)"
    r"(?=\s(?:de la|du|des|de l['’]|(?-i:[A-ZÀ-Ý]))))"
)
_LINK = r"(?:(?:de la|de|du|des|la|le|les|de l['’]|l['’]|d['’])\s?)"
_NAME = r"[^\W\d_][\w'’-]{1,30}"
_PROPER = r"(?-i:[A-ZÀ-Ý])[\w'’-]{1,30}"
_TOWN = rf"(?:,?\s\d{{5}}\s{_NAME}(?:[ -]{_PROPER}){{0,3}}|\s[aà]\s(?!c[ôo]t[ée]){_NAME})"
_STREET_NAME = rf"{_LINK}{{0,2}}{_NAME}(?:\s{_LINK}{{0,2}}{_PROPER}){{0,4}}{_TOWN}?"
_FILE = (
    r"(?:dossier|allocataire|matricule|b[ée]n[ée]ficiaire|usager|assur[ée]|agdref|[ée]tranger"
    r"|[ée]crou|passeport|titre de s[ée]jour|carte d['’]identit[ée]|permis|parquet|ip|ase|caf|mdph"
    r"|plainte|main courante|information pr[ée]occupante|signalement|proc[ée]dure)"
)
_YEARS = r"(?:19|20)\d{2}(?:[/-](?:19|20)?\d{2})?(?![\w/-])"
_CODE = (
    r"((?=[\w/-]{4})(?=[\w/-]{0,12}\d{2})[A-Z\d]{1,16}(?:[/-][A-Z\d]{1,16}){0,4}"
    r"(?:\s(?-i:[A-Z]))?)(?!\w)"
)
_CASE_NUMBER = r"((?:(?:19|20)\d{2}[/-]\d{3,7}|\d{2}/\d{3,7}))(?![\w/-])"
_NUMBERED = r"\s?:?\s?(?:n°|num[ée]ro|no)?\s?:?\s?"
_PERSONAL = (
    re.compile(
        r"(?<!\d)[12][\s.-]?\d{2}[\s.-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.-]?(?:\d{2}|2[ABab])"
        r"[\s.-]?\d{3}[\s.-]?\d{3}(?:[\s./-]?\d{2})?(?!\d)"
    ),
    re.compile(
        r"(?<![\w.+-])(?:[\w+-]{1,40}\s\.\s){0,3}[\w.+-]++\s?(?:@|\(at\)|\[at\])\s?"
        r"[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){1,4}"
    ),
    re.compile(  # IBAN
        r"\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}(?:\s?[A-Z\d]{1,3}\b)?", re.IGNORECASE
    ),
    re.compile(rf"\b{_BIRTH}({_DATE})", re.IGNORECASE),
    re.compile(rf"\bn[ée]{{1,2}}e?s? le (\d{{1,2}}(?:er)? {_MONTH})(?! \d)", re.IGNORECASE),
    re.compile(rf"\bn[ée]{{1,2}}e? en ({_MONTH}\s\d{{4}})", re.IGNORECASE),
    re.compile(r"\+\d{2,3}(?:[\s.-]?\d{2,3}){3,5}(?!\d|\s?\d|\s?(?:€|euros?|M))"),
    re.compile(r"(?<!\d)(?<!\d[\s.-])0(?:[\s.-]?\d){9}(?!\d)"),
    re.compile(
        r"(?<!\d)(?:(?:\+|00)33(?:\s?\(0\))?|0)\s?[1-9]"
        r"(?:(?:[\s.-]?\d{2}){4}|(?:/\d{2}){4})(?!\d)"
    ),
    re.compile(rf"\b{_DIGITS_WORD}(?:[\s-]{_DIGITS_WORD}){{8,11}}\b", re.IGNORECASE),
    re.compile(
        rf"(?<![\w/.-])(\d{{1,4}}(?:\s?(?:bis|ter"
        rf"|quater))?,?(?: de la)?\s{_STREET}\s{_STREET_NAME})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:habit\w{{1,4}}|domicili\w{{1,4}}|demeurant|r[ée]sid\w{{1,4}}|adresse)"
        rf"\s?:?(?: [àa]u?)?\s(?:la )?{_STREET}\s({_STREET_NAME})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_FILE}(?: (?:ase|caf|mdph))?\s?:?\s?(?:n°|num[ée]ro|no|#)\s?:?\s?{_CODE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:n°|\bnum[ée]ro)\s?(?:d['’]|de |du )?(?:{_FILE}\s?){{1,2}}:?\s?{_CODE}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:dossier(?: ase| caf| mdph)?|matricule|allocataire"
        rf"|parquet)\s?:?\s?(?!{_YEARS}){_CODE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\brg{_NUMBERED}{_CODE}", re.IGNORECASE),
    re.compile(  # what a court or the police number: year and rank, unlike « affaire n° 468365 »
        rf"\b(?:affaire|jugement|minute|proc[èe]s-verbal|pv|audience){_NUMBERED}{_CASE_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w/.-])(\d{2}/\d{5})(?![\w/-])"),  # a roll of a court: « 22/01234 »
    re.compile(r"\bportalis\s?:?\s?([A-Z\d]{2,5}(?:-[A-Z\d]{1,5}){1,4})(?!\w)", re.IGNORECASE),
    re.compile(
        rf"\br[ée]f(?:[ée]rence)?s?\.?(?: du| de mon)? dossier\s?:?\s?{_CODE}", re.IGNORECASE
    ),
    re.compile(r"\b(?-i:[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2})\b"),
    re.compile(
        r"\b(?:plaque|immatricul\w{1,6}|voiture|v[ée]hicule)\s?:?\s"
        r"([A-Z]{2}[\s-]?\d{3}[\s-]?[A-Z]{2}|\d{2,4}[\s-]?[A-Z]{2,3}[\s-]?(?:\d{2}|2[AB]))\b",
        re.IGNORECASE,
    ),
)
# « 01 04 2021 30 » is no telephone, « les enfants nés le 1er janvier ou après » no birth date.
_DATED = re.compile(r"(?<!\d)\d{2}[ .-]\d{2}[ .-](?:19|20)\d{2}")
_BORN_RULE = re.compile(
    r"(?:loi|r[ée]forme|texte|contrat|strat[ée]gie|dispositif|plan|d[ée]cret|programme|rapport)"
    r"(?: est| sont)? $",
    re.IGNORECASE,
)
_FROM_THEN = re.compile(r"\s?(?:ou|et) (?:avant|apr[èe]s)")
_DATE_AFTER = re.compile(rf"[\s,(]{{1,3}}({_DATE})")


def personal_spans(text: str) -> list[tuple[int, int]]:
    """Where personal data stands in ``text``: (start, end), in order, none over another."""
    found = [span for pattern in _PERSONAL for span in _shaped(pattern, text)]
    for start, end in find_names(text):
        found.append((start, end))
        if born := _DATE_AFTER.match(text, end):
            found.append(born.span(1))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _shaped(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    spans = []
    for match in pattern.finditer(text):
        start, end = match.span(1 if pattern.groups else 0)
        before = text[max(0, match.start() - 24) : match.start()]
        dated = match.group().startswith("0") and _DATED.search(match.group())
        if not (dated or _BORN_RULE.search(before) or _FROM_THEN.match(text, end)):
            spans.append((start, end))
    return spans


def masked(text: str) -> str:
    """``text`` with personal data replaced: names of persons, numbers, addresses, birth dates.

    Full-width signs are read as the plain ones (NFKC), but only where something is masked.
    """
    plain = unicodedata.normalize("NFKC", text)
    spans = personal_spans(plain)
    if not spans:
        return text
    out, at = [], 0
    for start, end in spans:
        out += [plain[at:start], MASK]
        at = end
    return "".join(out) + plain[at:]
