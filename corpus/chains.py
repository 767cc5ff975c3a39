"""How texts follow one another: what a text changes, what changes it, who governs an exercice.

Pure functions over identity cards by document id; relations that turn in a circle end there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.types import Identity, Kind, RelationKind

_RULES: Final[frozenset[Kind]] = frozenset(
    {"loi", "décret", "arrêté", "circulaire", "instruction", "stratégie"}
)
_TAKES_PLACE: Final[frozenset[RelationKind]] = frozenset({"remplace", "abroge"})
PASSIVE: Final[Mapping[RelationKind, str]] = {
    "complète": "est complété par",
    "modifie": "est modifié par",
    "remplace": "est remplacé par",
    "abroge": "est abrogé par",
    "applique": "est appliqué par",
    "annulé par": "annule",
}
"""Each relation read from its target."""


@dataclass(frozen=True, slots=True)
class Link:
    """``source`` says of ``target`` that it ``kind`` it: « complète », « annulé par »…"""

    source: str
    kind: RelationKind
    target: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What a text follows from and what follows from it.

    Attributes:
        document_id: the text at its centre.
        parents: its own relations, in the order of its card.
        children: relations of other texts towards it, oldest text first.
        members: ids of the texts that it follows from and of those that follow from it, near or
            far, with itself: oldest first, those without a date before all.
        links: every relation between members.
        governing: exercice → ids of the members that rule it, oldest first.
    """

    document_id: str
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    members: tuple[str, ...]
    links: tuple[Link, ...]
    governing: Mapping[int, tuple[str, ...]]


def chain_of(identities: Mapping[str, Identity], document_id: str) -> Chain:
    """The chain of a text; a relation to a text that isn't in ``identities`` is left out.

    Raises:
        KeyError: ``document_id`` isn't in ``identities``.
    """
    identities[document_id]
    links = links_of(identities)
    outwards: dict[str, list[str]] = {}
    inwards: dict[str, list[str]] = {}
    for link in links:
        outwards.setdefault(link.source, []).append(link.target)
        inwards.setdefault(link.target, []).append(link.source)
    found = _reached(document_id, outwards) | _reached(document_id, inwards)
    members = tuple(sorted(found, key=lambda name: _age(identities, name)))
    children = [link for link in links if link.target == document_id]
    return Chain(
        document_id,
        tuple(link for link in links if link.source == document_id),
        tuple(sorted(children, key=lambda link: _age(identities, link.source))),
        members,
        tuple(link for link in links if link.source in found and link.target in found),
        governing({name: identities[name] for name in members}),
    )


def links_of(identities: Mapping[str, Identity]) -> tuple[Link, ...]:
    """Every relation between two texts of ``identities``, in their order."""
    return tuple(
        Link(name, relation.kind, relation.target)
        for name, identity in identities.items()
        for relation in identity.relations
        if relation.target in identities
    )


def governing(identities: Mapping[str, Identity]) -> dict[int, tuple[str, ...]]:
    """Which texts rule which exercice, oldest first, by exercice.

    A rule is a law, a decree, an order, a circular, an instruction or a strategy whose card names
    that exercice. An annulled one rules none, nor does one that another of the same exercice
    replaces or repeals. Several may rule together: one completes the other.
    """
    rules = {
        name: identity
        for name, identity in identities.items()
        if identity.kind in _RULES and identity.text_status != "annulé"
    }
    replaced = {
        (relation.target, exercice)
        for identity in rules.values()
        for relation in identity.relations
        if relation.kind in _TAKES_PLACE
        for exercice in identity.exercices
    }
    found: dict[int, list[str]] = {}
    for name in sorted(rules, key=lambda name: _age(rules, name)):
        for exercice in rules[name].exercices:
            if (name, exercice) not in replaced:
                found.setdefault(exercice, []).append(name)
    return {exercice: tuple(found[exercice]) for exercice in sorted(found)}


def day_of(identity: Identity) -> date | None:
    """The day that dates a text: its signature, else its publication, ``None`` if unknown."""
    return identity.signed_on or identity.published_on


def _age(identities: Mapping[str, Identity], name: str) -> tuple[date, str]:
    return (day_of(identities[name]) or date.min, name)


def _reached(start: str, towards: Mapping[str, list[str]]) -> set[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for name in towards.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen
