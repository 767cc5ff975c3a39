"""What a pack says of its sources: in a note, on a badge, in the list at the end."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from assistant.answer import Citation
from assistant.teaching.pack import Pack, Proved
from ingest.context import cut_at_word
from ui import texts
from ui.cards import publishers
from ui.exporting.mixing import letter
from ui.exporting.typography import told
from ui.markup import web_address
from ui.natures import nature_of

OWN_NOTE: Final = "note de l'animateur, non vérifiée"
UNKNOWN: Final = "non établi"
"""What a cell says when nobody could establish its value."""
_SHOWN_PUBLISHERS = 3
_SHORT_CHARS = 80
_AFTER = re.compile(
    r"(?: \((?P<aside>[^()]*)\) : | : |, (?P<more>[^:]+ : ))(?P<rest>.+)", re.DOTALL
)
"""What a sentence says after the heading that it opens with."""
_SUBJECT = re.compile(r",? (?:relati[fv]|portant|fixant|visant)\w*\b.*$")
_READ: Mapping[str, str] = {**texts.EVIDENCE_LABELS, "press": "presse"}


def origin(citation: Citation) -> str:
    """« résumé Repères, d'après Légifrance », or « texte original »."""
    names = publishers(citation)
    more = len(names) - _SHOWN_PUBLISHERS
    if more > 0:
        others = "une autre source" if more == 1 else f"{more} autres sources"
        names = [*names[:_SHOWN_PUBLISHERS], others]
    if citation.origin == "original":
        return "texte original"
    return f"résumé Repères, d'après {texts.listed(names)}" if names else "résumé Repères"


def wording(citation: Citation) -> str:
    """Whose words a quote is: « Résumé Repères » or « Texte original »."""
    return "Texte original" if citation.origin == "original" else "Résumé Repères"


def read(citation: Citation) -> str:
    """What was read for this very quote, in brackets after who published it: « presse »."""
    own = citation.origin == "original" and citation.evidence == "other"
    if citation.confidence == "unknown" and not citation.sources:
        return texts.CONFIDENCE_LABELS["unknown"]
    return texts.OWN_FILE_LABEL if own else _READ[citation.evidence]


def readings(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Who published what was read, each with its address (empty when there is none); those past
    the third are counted."""
    found: dict[str, str] = {}
    for source in citation.sources:
        if name := source.get("publisher"):
            found[name] = found.get(name) or web_address(source.get("url")) or ""
    shown = list(found.items())
    more = len(shown) - _SHOWN_PUBLISHERS
    others = "une autre source" if more == 1 else f"{more} autres sources"
    return (*shown[:_SHOWN_PUBLISHERS], *([(others, "")] if more > 0 else []))


def short_title(citation: Citation) -> str:
    """The title up to its subject: « Instruction n° 2022/61 du 18 février 2022 »."""
    short = _SUBJECT.sub("", citation.title)
    return cut_at_word(short if re.search(r"\d", short) else citation.title, _SHORT_CHARS)


def identity(citation: Citation) -> str:
    """The title, with the official number and the NOR that it doesn't say itself."""
    said = [citation.title]
    for mark in (citation.reference, citation.nor and f"NOR {citation.nor}"):
        if mark and mark.removeprefix("NOR ") not in " ".join(said):
            said.append(mark)
    return ", ".join(said)


def place(citation: Citation) -> str:
    """Where the quote stands in the text: its section and its page, as far as known."""
    page = f"page {citation.page}" if citation.page else ""
    return ", ".join(part for part in (citation.locator, page) if part)


def status(citation: Citation) -> str:
    """What became of the text; empty when unknown."""
    return "" if citation.text_status in ("", "inconnu") else citation.text_status


def proof(citation: Citation) -> str:
    """What was read: « page officielle lue », « d'après la presse »."""
    return texts.read_label(citation.evidence, citation.confidence, bool(citation.sources))


def authority(citation: Citation) -> str:
    """The nature of the text described, in words."""
    return nature_of(citation.authority, citation.title)


def headed(proved: Proved) -> tuple[str, Proved]:
    """The heading of a sentence, and the sentence without it where it opens with it: « Date de
    signature » and « Le 30 septembre 2021. »."""
    label, text = proved.label, proved.text
    if not label or not text.casefold().startswith(label.casefold()):
        return label, proved
    found = _AFTER.fullmatch(text[len(label) :])
    if found is None:
        return "", proved
    aside, rest = found["aside"], found["rest"]
    said = f"{rest.rstrip('.')} ({aside})." if aside else f"{found['more'] or ''}{rest}"
    return label, replace(proved, text=f"{said[:1].upper()}{said[1:]}")


def ended(heading: str) -> str:
    """A heading with its full stop, unless it ends with a sign already."""
    return heading if heading.endswith(("…", "?", "!", ".")) else f"{heading}."


def badges(pack: Pack, proved: Proved) -> tuple[str, ...]:
    """What a reader must know of a sentence: authority, evidence, confidence, status, exercice."""
    cited = [one for one in pack.citations if one.n in proved.citations]
    said = [
        *(authority(one) for one in cited),
        *(proof(one) for one in cited),
        *(texts.CONFIDENCE_LABELS[one.confidence] for one in cited),
        *(f"texte {status(one)}" for one in cited if status(one)),
        *([exercices(proved.exercices)] if proved.exercices else []),
    ]
    return tuple(dict.fromkeys(said))


def official_link(citation: Citation) -> str | None:
    """The official address, when it is a plain web address."""
    return web_address(citation.url)


def compared(title: str) -> str:
    """The heading of a comparison: « Comparaison : 2020 et 2021 », with a dash before a title
    that has a colon of its own."""
    sign = "–" if " : " in title.replace(texts.NBSP, " ") else ":"
    return f"Comparaison {sign} {title}"


def exercices(years: tuple[int, ...]) -> str:
    """« exercice 2021 », « exercices 2020 et 2021 »."""
    return ("exercices " if len(years) > 1 else "exercice ") + texts.listed(
        [str(year) for year in years]
    )


def group(seed: int) -> str:
    """« groupe A » for 1: which choice of the quiz it is."""
    return f"groupe{texts.NBSP}" + (letter(seed - 1) if 1 <= seed <= 26 else f"n° {seed}")


def groups() -> str:
    """What changes from a group to another, and what they share."""
    return (
        "Le quiz et, quand le thème en a assez, les études de cas changent d'un groupe à l'autre ; "
        "tout le reste est commun."
    )


def as_of(pack: Pack) -> str:
    """« état au 1er juin 2022 », with the day when the corpus was checked."""
    checked = pack.corpus_checked_on
    more = f" (corpus vérifié le {told(checked)})" if checked else ""
    return f"état au {told(pack.order.as_of)}{more}"


def duration(minutes: int) -> str:
    """« 45 min », « 1 h », « 2 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{texts.NBSP}min"
    return f"{hours}{texts.NBSP}h" + (f"{texts.NBSP}{rest:02d}" if rest else "")
