"""Which texts rule each exercice, with the former ones that they complete and leave in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.chains import Link, day_of, governing, links_of
from corpus.types import Identity, Kind
from ui import texts
from ui.pages import words
from ui.pages.rows import cohort_words
from ui.pages.standing import standings

_ENDS: Final = frozenset({"remplace", "abroge"})
_OVER: Final = frozenset({"annulé", "abrogé", "remplacé", "sans objet"})
_FRAMES: Final[frozenset[Kind]] = frozenset({"circulaire", "instruction"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A text that rules an exercice; ``why`` says how one of a former exercice still does."""

    id: str
    name: str
    why: str = ""


def rulings(identities: Mapping[str, Identity]) -> dict[int, tuple[Ruling, ...]]:
    """The texts of each exercice, oldest first, by exercice.

    With those whose card names the exercice stand the former circulars and instructions that
    nothing ended: what one of them completes, near or far, and one whose card says that it is in
    force and that aims at a wave of the exercice's own texts.
    """
    links = links_of(identities)
    ended = _ended(links, identities)
    found = {}
    for exercice, names in governing(identities).items():
        former = dict(_in_force(links, identities, exercice, names)) | dict(
            _completed([link for link in links if link.target not in ended], identities, names)
        )
        said = {name: why for name, why in former.items() if name not in ended} | dict.fromkeys(
            names, ""
        )
        found[exercice] = tuple(
            Ruling(name, words.name_of(identities[name], name), said[name])
            for name in sorted(said, key=lambda name: (day_of(identities[name]) or date.min, name))
        )
    return found


def unsettled(identities: Mapping[str, Identity]) -> dict[int, tuple[Ruling, ...]]:
    """Former circulars and instructions of which no card says whether they still rule, by exercice.

    They aim at a wave of the exercice's own texts, nothing ended them, their status is unknown and
    no text of the exercice completes them; of each, ``why`` says so.
    """
    links = links_of(identities)
    ended = _ended(links, identities)
    rules = rulings(identities)
    found = {}
    for exercice, names in governing(identities).items():
        told = {ruling.id for ruling in rules[exercice]}
        open_ones = (
            Ruling(
                name,
                words.name_of(identities[name], name),
                f"{waves}{texts.NBSP}: aucune fiche ne dit s'il vaut encore",
            )
            for name, waves in _of_same_waves(identities, exercice, names)
            if identities[name].text_status == "inconnu" and name not in told | ended
        )
        found[exercice] = tuple(open_ones)
    return found


def _completed(
    links: Sequence[Link], identities: Mapping[str, Identity], names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Circulars and instructions that others of the exercice complete, near or far."""
    seen, waiting = {*names}, list(names)
    while waiting:
        source = waiting.pop()
        for link in links:
            target = link.target
            if link.source != source or link.kind != "complète" or target in seen:
                continue
            seen.add(target)
            waiting.append(target)
            if identities[target].kind in _FRAMES:
                by = words.name_of(identities[source], source)
                yield target, f"texte complété, non remplacé, par{texts.NBSP}: {by}"


def _in_force(
    links: Sequence[Link],
    identities: Mapping[str, Identity],
    exercice: int,
    names: tuple[str, ...],
) -> Iterator[tuple[str, str]]:
    became = standings(identities, links)
    for name, waves in _of_same_waves(identities, exercice, names):
        if identities[name].text_status == "en vigueur":
            yield name, f"texte {', '.join(became[name])} selon les fiches, {waves}"


def _of_same_waves(
    identities: Mapping[str, Identity], exercice: int, names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Former circulars and instructions that aim at waves of these texts, with those waves."""
    aimed = {wave for name in names for wave in identities[name].cohorts}
    for name, card in identities.items():
        shared = sorted(aimed.intersection(card.cohorts))
        before = bool(card.exercices) and max(card.exercices) < exercice
        if card.kind in _FRAMES and before and shared:
            yield name, cohort_words(shared)


def _ended(links: Sequence[Link], identities: Mapping[str, Identity]) -> set[str]:
    """The texts that another ended, or whose own card says so."""
    ended = {link.target for link in links if link.kind in _ENDS}
    ended |= {link.source for link in links if link.kind == "annulé par"}
    return ended | {name for name, card in identities.items() if card.text_status in _OVER}
