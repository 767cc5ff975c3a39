"""What a pack can't affirm: what sources disagree on, what is unknown, what the corpus lacks."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.checking import unproved
from assistant.citing import cite
from assistant.entries import Entry
from assistant.proofs import quote_of
from assistant.teaching.holdings import COVERS
from assistant.teaching.material import Material
from assistant.teaching.pack import Dispute, Pack, Proved
from assistant.teaching.telling import Teller, sentence
from assistant.wording import day
from corpus.quantities import normalised
from corpus.registry import Conflict
from ingest.index import Index
from ingest.lexical import terms

Tell = Callable[[Entry[Any]], Proved | None]
MOST_LISTED = 12
"""Points named one by one in what is missing; the others are counted."""
_DULL = re.compile(
    r"\b(?:NOR|adresse|texte intégral|numéro|membres|destinataires|auteur|orateur|émis|document)\b"
)
_MINOR = re.compile(
    r"^(?:Nature|Numéro|Dates? (?:de diffusion|de publication|de l'"
    r"|du rapport|de la loi|de parution|de création)|Fin des fonctions|Nombre d'axes)"
)
_VITAL = re.compile(
    r"\b(?:date limite|sanction|montants?|crédits|cofinancement|effet juridique|pièces"
    r"|obligatoires?|fin des contrats|(?:date de|qui) sign\w+)\b",
    re.IGNORECASE,
)


def disputes_of(
    material: Material, teller: Teller, tell: Tell, most: int, said: Sequence[str] = ()
) -> tuple[Dispute, ...]:
    """What sources disagree on, then what nobody could establish, each in its turn.

    Args:
        said: the sentences of the session: a disagreement on what one of them tells comes first.
    """
    spoken = [frozenset(terms(text)) for text in said]
    values = frozenset(one for text in said for one in normalised(text) if _is_a_value(one))

    def rank(entry: Entry[Conflict]) -> tuple[bool, bool]:
        vital = _VITAL.search(entry.row.about) or _touches(entry.row, spoken, values)
        return bool(_MINOR.search(entry.row.about)), not vital

    conflicts = sorted(material.conflicts, key=rank)
    fought = [one for e in conflicts if (one := _conflict(e, teller, tell)) is not None]
    unknowns = sorted(material.unknowns, key=lambda e: not _VITAL.search(e.row.question))
    unsaid = [
        Dispute(told)
        for entry in unknowns
        if not _DULL.search(entry.row.question) and (told := tell(entry)) is not None
    ]
    share = max(most - len(unsaid), -(-2 * most // 3))
    return tuple([*fought[:share], *unsaid][:most])


def _touches(row: Conflict, spoken: Sequence[frozenset[str]], values: frozenset[str]) -> bool:
    """Whether a session tells a value of a side, or speaks of what sources disagree on."""
    about = frozenset(t for t in terms(row.about) if t[0] not in "=@")
    sides = {one for side in row.sides for one in normalised(side.says) if _is_a_value(one)}
    shared = (len(about & one) for one in spoken)
    return bool(sides & values) or any(many >= COVERS * len(about) for many in shared)


def _is_a_value(normal: str) -> bool:
    return not normal.startswith(("year:", "number:"))


def _conflict(entry: Entry[Conflict], teller: Teller, tell: Tell) -> Dispute | None:
    row = entry.row
    told = tell(entry)
    citations = cite([quote_of(unit) for unit in entry.units], teller.index)
    if told is None:
        return None
    sides = []
    for number, side in enumerate(row.sides, 1):
        named = " et ".join(side.sources) if len(side.sources) < 3 else ", ".join(side.sources)
        text = sentence(f"{side.says} ({named})")
        one = teller.tell(f"conflicts:{row.id}:{number}", text, citations, f"Côté n° {number}")
        if one is not None:
            sides.append(one)
    retain = f"{sentence(row.retain)} {sentence(row.why)}"
    if len(sides) < 2 or unproved(retain, citations):
        return None
    return Dispute(told, tuple(sides), retain)


def missing_of(pack: Pack, material: Material, dropped: int) -> tuple[str, ...]:
    """What the corpus couldn't give, in French sentences."""
    found = []
    given = sum(step.minutes for step in pack.steps)
    if given < pack.order.minutes:
        found.append(
            f"Le corpus ne donne de matière prouvée que pour {given} minutes sur les "
            f"{pack.order.minutes} demandées : la séance n'a pas été rallongée sans preuve."
        )
    if not pack.timeline:
        found.append("Aucune date établie sur ce thème : la séance n'a pas de frise.")
    if not pack.roles:
        found.append("Aucune obligation établie sur ce thème : « qui fait quoi » est vide.")
    found += material.reply.lacks
    if not pack.cases and not material.order.question:
        found.append("Pas de règle assez précise pour une étude de cas.")
    if not pack.quiz:
        found.append(
            "Aucun fait assez sûr pour une question de quiz : il y faut une date, un montant, une "
            "durée ou un acteur que la phrase dit seule, et une réponse fausse qu'aucun texte ne "
            "soutient."
        )
    weak = weak_points(pack)
    if weak is not None:
        found.append(weak)
    held = {dispute.told.id for dispute in pack.disputes}
    apart = [e.row.about for e in material.conflicts if f"conflicts:{e.row.id}" not in held]
    if apart:
        listed = _listed([f"{about[:1].lower()}{about[1:]}" for about in apart], " ; ")
        found.append(f"Autres désaccords entre sources sur ce thème : {listed}.")
    rows = [e.row for e in material.unknowns if f"unknowns:{e.row.id}" not in held]
    rows.sort(key=lambda row: not _VITAL.search(row.question))
    if rows:
        listed = _listed([row.question for row in rows], " ")
        found.append(f"Autres points que le corpus n'établit pas sur ce thème : {listed}")
    if dropped:
        found.append(f"Phrases écartées parce que leurs citations ne les prouvent pas : {dropped}.")
    return tuple(found)


def undated_of(pack: Pack, index: Index) -> tuple[str, ...]:
    """Which sources without a date are told as they were read after a session's day: what they
    said on it isn't known."""
    read: dict[str, list[str]] = {}
    for document_id in dict.fromkeys(one.document_id for one in pack.citations):
        document = index.texts.document(document_id)
        if document is None or document.identity.signed_on or document.identity.published_on:
            continue
        checked = document.identity.checked_on
        if checked is not None and pack.order.as_of < checked:
            name = document.identity.short_title or document.identity.title
            read.setdefault(day(checked), []).append(name)
    return tuple(
        f"Sources sans date (articles de code, fiches), lues le {when} : rien ne dit qu'elles "
        f"étaient les mêmes le {day(pack.order.as_of)}. Ce sont : {' ; '.join(names)}."
        for when, names in read.items()
    )


def short_quiz(pack: Pack, most: int, again: int) -> tuple[str, ...]:
    """That a quiz is shorter than the length allows, or asks some facts of group A again."""
    found = []
    asked = sum(not item.revises for item in pack.quiz)
    if 0 < asked < most:
        gathers = any(
            item.kind in ("multiple", "match", "order") for item in pack.quiz if not item.revises
        )
        gathers = gathers and pack.facts > asked
        together = ", et une même question peut en réunir plusieurs" if gathers else ""
        found.append(
            f"Le quiz compte {asked} question{'s' if asked > 1 else ''} au lieu de {most} pour "
            f"{pack.order.minutes} minutes : sur ce thème, le corpus ne donne que {pack.facts} "
            f"fait{'s' if pack.facts > 1 else ''} assez sûr{'s' if pack.facts > 1 else ''} pour "
            f"être demandé{'s' if pack.facts > 1 else ''}{together}."
        )
    if again:
        found.append(
            f"Faits déjà demandés au groupe A et repris dans ce quiz : {again}, par une "
            "autre question quand il y en a une ; le thème n'en a pas assez pour deux quiz."
        )
    return tuple(found)


def weak_points(pack: Pack) -> str | None:
    """How many key points rest on the press alone, or on a source that isn't official; ``None``
    when none does."""
    weak = [p for p in pack.points if all(_is_weak(pack, n) for n in p.citations)]
    if not weak:
        return None
    return (
        f"Points clés qui ne reposent que sur la presse ou une source non officielle : "
        f"{len(weak)} sur {len(pack.points)} ; le texte lui-même n'a pas été lu pour eux."
    )


def _listed(texts: Sequence[str], between: str) -> str:
    """Some texts one after the other, and how many more there are."""
    more = len(texts) - MOST_LISTED
    several = "s" if more > 1 else ""
    end = f"{between}et {more} autre{several}" if more > 0 else ""
    return between.join(texts[:MOST_LISTED]) + end + ("." if end and between == " " else "")


def _is_weak(pack: Pack, number: int) -> bool:
    return pack.citations[number - 1].evidence in ("press", "other")
