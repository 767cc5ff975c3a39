"""What a pack says of its sources: in a note, on a badge, in the list at the end."""

from assistant.answer import Citation
from assistant.teaching.pack import Pack, Proved
from ui import texts
from ui.cards import publishers
from ui.exporting.typography import told
from ui.markup import web_address

OWN_NOTE = "note de l'animateur, non vérifiée"
_SHOWN_PUBLISHERS = 3


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
    return texts.EVIDENCE_LABELS[citation.evidence]


def authority(citation: Citation) -> str:
    """The nature of the text described, in words."""
    return texts.UNKNOWN_KIND if citation.authority == "inconnue" else citation.authority


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


def addresses(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Where to check it, each with its name: the official page, then what was read."""
    found = {address: "Page officielle"} if (address := official_link(citation)) else {}
    for source in citation.sources:
        if address := web_address(source.get("url")):
            found.setdefault(address, source.get("publisher") or "Page lue")
    return tuple((name, address) for address, name in found.items())


def exercices(years: tuple[int, ...]) -> str:
    """« exercice 2021 », « exercices 2020 et 2021 »."""
    return ("exercices " if len(years) > 1 else "exercice ") + texts.listed(
        [str(year) for year in years]
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
