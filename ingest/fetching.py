"""``reperes corpus fetch``: the originals whose official address the catalogue knows."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.errors import InvalidDocument, LibraryClash, ReperesError, UnreadableFile
from corpus.references import find_references
from corpus.types import Document, Identity
from ingest.adding import Work, at_work
from ingest.documents import catalogue, make_document
from ingest.downloading import Download, Downloads, Network, Unreachable
from ingest.embedding import PassageEncoder
from ingest.identifying import same_entry
from ingest.library import ORIGINAL
from ingest.pipeline import publish_library
from ingest.reading import Reading, Refusal
from ingest.report import Progress, Report
from ingest.settings import Settings

__all__ = ["Network", "fetch"]


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def fetch(
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = _silent,
    *,
    document_ids: Sequence[str] = (),
    network: Network = Network(),
) -> Report:
    """Downloads originals into the library, one at a time, and publishes.

    Each is kept only when its own text shows the number or the NOR of its entry; what is refused
    changes nothing and is told by itself in the report, with the id of its entry. A file that the
    user added as the original of an entry is never replaced.

    Args:
        settings: whose library and index.
        encoder: the embedding model.
        progress: told what is done.
        document_ids: ids of catalogue entries; all those that have an address when empty.
        network: how sites are reached.

    Returns:
        What was done; ids end with ``ORIGINAL``.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: an id isn't in the catalogue, no entry has an address, or no site at all
            could be reached; nothing is changed then.
    """
    cards = catalogue()
    chosen = _chosen(document_ids, cards)
    downloads = Downloads((card.url for card in cards.values() if card.url), network)
    with at_work(settings, progress) as work:
        asked, unreached = 0, list[str]()
        for number, document_id in enumerate(chosen, 1):
            try:
                url = _address(document_id, cards[document_id], work)
                asked += 1
                _keep(document_id, cards[document_id], url, downloads.get(url), work)
            except Unreachable as error:
                unreached.append(str(error))
                work.report.refuse(Refusal(document_id, str(error)))
            except (UnreadableFile, InvalidDocument, LibraryClash) as error:
                work.report.refuse(Refusal(document_id, str(error)))
            progress("téléchargement", number, len(chosen))
        if asked and len(unreached) == asked:
            raise ReperesError(
                f"Aucun site n'a pu être joint, rien n'a changé ({unreached[0].rstrip('.')}) : "
                "vérifiez la connexion ; si elle passe par un serveur mandataire (proxy), "
                "téléchargez ces textes avec un navigateur, puis ajoutez-les par « reperes ingest »"
                "."
            )
        publish_library(work, encoder)
    return work.report


def _chosen(document_ids: Sequence[str], cards: dict[str, Identity]) -> list[str]:
    for document_id in document_ids:
        if document_id not in cards:
            raise ReperesError(
                f"« {document_id} » n'est pas au catalogue : rien n'a été téléchargé."
            )
    chosen = list(dict.fromkeys(document_ids))
    chosen = chosen or [document_id for document_id, card in cards.items() if card.url]
    if not chosen:
        raise ReperesError("Aucune fiche du catalogue ne donne l'adresse officielle de son texte.")
    return chosen


def _address(document_id: str, card: Identity, work: Work) -> str:
    """The address of an entry's original, when it may be asked for."""
    if card.url is None:
        raise UnreadableFile(f"La fiche « {document_id} » ne donne pas l'adresse de son texte.")
    if same_entry(replace(card, origin="original"), [(document_id, card)]) is None:
        raise UnreadableFile(
            f"La fiche « {document_id} » n'a ni numéro ni NOR auquel reconnaître son texte : rien "
            "n'a été téléchargé."
        )
    held = next((e for e in work.library if e.document_id == document_id + ORIGINAL), None)
    if held is not None and held.fetched_on is None:
        raise UnreadableFile(
            f"La bibliothèque tient déjà ce texte, que vous avez ajouté ({held.path}) : retirez-le "
            f"d'abord par « reperes remove {held.document_id} »."
        )
    return card.url


def _keep(document_id: str, card: Identity, url: str, download: Download, work: Work) -> None:
    """Puts a download in the library, when it is the text of its entry and is new.

    Raises:
        UnreadableFile: it can't be read, or doesn't show whose text it is.
    """
    library, report, name = work.library, work.report, document_id + download.extension
    original = document_id + ORIGINAL
    reading = work.readings.read(name, download.data)
    if not _is_text_of(document_id, card, name, reading):
        shown = " ou ".join(f"« {value} »" for value in (card.number, card.nor) if value)
        raise UnreadableFile(f"La page reçue de « {url} » ne porte pas {shown} comme le sien.")
    same = library.find_content(hashlib.sha256(download.data).hexdigest())
    if same is not None and same.document_id == original:
        report.unchanged.append(original)
        return
    if same is not None:
        report.duplicates.append(f"{url} = {same.path}")
        return
    for refusal in reading.refused:
        report.refuse(Refusal(document_id, refusal.reason))
    today = date.today().isoformat()
    replaced = library.put(url, name, download.data, original, fetched_on=today)
    (report.replaced if replaced else report.added).append(original)
    if replaced is not None and replaced.path != url:
        report.displaced.append(f"{replaced.path} = {url}")


def _is_text_of(document_id: str, card: Identity, name: str, reading: Reading) -> bool:
    """Whether a file is the text of an entry: it names itself so, or shows its number or NOR.

    A text that gives itself another number or NOR only cites this one, as the press does.
    """
    if len(reading.contents) != 1:
        return False
    document = make_document(document_id, name, reading.contents[0])
    own, entry = document.identity, [(document_id, card)]
    if own.number or (own.nor and card.nor):
        return same_entry(own, entry) is not None
    if own.kind not in (card.kind, "page officielle", "inconnue"):
        return False
    return any(same_entry(shown, entry) is not None for shown in _shown(document, card))


def _shown(document: Document, card: Identity) -> list[Identity]:
    """What the text would be if each reference that it shows were its own."""
    shown = Identity("", kind=card.kind, signed_on=document.identity.signed_on)
    found = {(r.kind, r.full) for r in find_references(document.text)}
    numbers = [full for kind, full in found if kind in ("number", "act")]
    nors = [full for kind, full in found if kind == "nor"]
    return [replace(shown, number=number) for number in numbers] + [
        replace(shown, nor=nor) for nor in nors
    ]
