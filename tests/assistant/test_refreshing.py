"""A saved pack over today's corpus: two small indexes, registers of a few invented rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.entries import Entries
from assistant.proofs import statements
from assistant.teaching.composing import Edit, composed
from assistant.teaching.doubts import weak_points
from assistant.teaching.material import Bibliography
from assistant.teaching.offering import Pool
from assistant.teaching.pack import (
    Case,
    Dispute,
    Event,
    Note,
    Option,
    Order,
    Pack,
    QuizItem,
    Role,
    Step,
    Table,
    Word,
)
from assistant.teaching.refreshing import Item, Refresh, refreshed
from assistant.teaching.saving import as_json, from_json
from assistant.teaching.telling import Teller
from assistant.teaching.tracing import added
from corpus.registry import Conflict, Deadline, Funding, Obligation, Row, Side
from corpus.types import Passage
from ingest.documents import IndexedFile, read_documents
from ingest.index import Index
from ingest.reading import read
from ingest.report import Report
from ingest.texts import Texts, write_texts

TITLE = "Circulaire d'essai du 2 mars 2021"
CARD = """+++
title = "Circulaire d'essai du 2 mars 2021"
kind = "circulaire"
authority = "circulaire"
origin = "summary"
number = "DGCS/ESSAI/2021/25"
text_status = "en vigueur"
exercices = [2021]
checked_on = 2026-11-21

[sources.A1]
publisher = "Journal d'essai"
evidence = "press"
url = "https://journal.example/1"

[anchors]
F001 = ["A1"]
F002 = ["A1"]
F003 = ["A1"]
F004 = ["A1"]
+++
# Circulaire d'essai

## Calendrier
Les contrats de 2021 sont signés au plus tard le 15 octobre 2021. <!-- F001 single press -->

Les contrats de 2021 peuvent encore être signés le 30 novembre 2021. <!-- F004 single press -->

## Crédits et contrôle
Le fonds d'essai apporte 15 millions d'euros en 2021. <!-- F002 single press -->

Le département doit contrôler les lieux d'accueil chaque année. <!-- F003 single press -->
"""
SIGNED = "Les contrats de 2021 sont signés au plus tard le 15 octobre 2021."
VISITS = "Le département doit contrôler les lieux d'accueil chaque année."
FORMER, TODAY = date(2026, 1, 5), date(2026, 11, 21)
ESSAY = "circulaire-essai"
DEADLINE = Deadline(
    id="signature-2021",
    proofs=(f"{ESSAY}#F001",),
    exercice=2021,
    event="signature des contrats de 2021",
    on=date(2021, 10, 15),
    standing="établi",
)
MONEY = Funding(
    id="fonds-2021",
    proofs=(f"{ESSAY}#F002",),
    exercice=2021,
    source="autre",
    amount_eur=15_000_000,
    perimeter="fonds d'essai",
    standing="établi",
)
DUTY = Obligation(
    id="controle",
    proofs=(f"{ESSAY}#F003",),
    who="département",
    modality="must",
    what="contrôler chaque lieu d'accueil",
)
CONFLICT = Conflict(
    id="montant",
    proofs=(f"{ESSAY}#F002",),
    about="montant du fonds d'essai",
    sides=(Side(says="quinze", sources=("A",)), Side(says="seize", sources=("B",))),
    retain="Le premier montant.",
    why="C'est le plus récent.",
)


class Published:
    """What is read of an index: its texts, its manifest, how common words are."""

    def __init__(self, texts: Texts, digest: str) -> None:
        self.texts = texts
        self.manifest = SimpleNamespace(corpus_digest=digest, checked_on=TODAY, passages=1)
        self.lexical = SimpleNamespace(document_frequency=lambda _term: 1)


Registers = dict[str, tuple[Row, ...]]
Publish = Callable[..., Index]


@pytest.fixture
def registers(monkeypatch: pytest.MonkeyPatch) -> Registers:
    """The registers that everything reads, to change between two packs."""
    rows: Registers = {
        "calendar": (DEADLINE,),
        "funding": (MONEY,),
        "obligations": (DUTY,),
        "conflicts": (CONFLICT,),
    }
    for reader in ("assistant.entries", "assistant.teaching.tracing"):
        monkeypatch.setattr(f"{reader}.read_register", lambda name: rows.get(name, ()))
    return rows


@pytest.fixture
def publish(tmp_path: Path, registers: Registers) -> Publish:
    """Publishes the texts of one shipped card, some of its words replaced."""
    made: list[Index] = []

    def index(name: str = ESSAY, **changes: str) -> Index:
        card = CARD
        for word, new in changes.items():
            assert WORDS[word] in card
            card = card.replace(WORDS[word], new)
        file = f"{name}.md"
        parsed = IndexedFile(file, partial(read, file, card.encode()), name, ours=True)
        (document,) = read_documents([parsed], Report())
        end = len(document.text)
        passage = Passage("0" * 16, name, 0, end, document.text, "", "")
        texts = tmp_path / f"{len(made)}.sqlite"
        write_texts(texts, [document], [passage])
        read_only: Any = Published(Texts(texts), f"{len(made):064x}")
        made.append(read_only)
        return made[-1]

    return index


WORDS = {
    "day": "15 octobre 2021",
    "signed": f"{SIGNED} <!-- F001 single press -->",
    "visits": f"{VISITS} <!-- F003 single press -->",
    "sure": "F001 single press",
    "status": '"en vigueur"',
    "amount": "15 millions",
}


def pack_over(index: Index, as_of: date = FORMER) -> Pack:
    """A pack of one of everything that an index of the card still proves."""
    bibliography = Bibliography()
    teller, entries = Teller(index, bibliography), Entries(index)

    def said(fact: str) -> Any:
        units = statements([f"{ESSAY}#{fact}"], index)
        return teller.statement(units[0]) if units else None

    def told(kind: Any) -> Any:
        return next((teller.row(entry) for entry in entries.of(kind)), None)

    signed, visits = said("F001"), said("F003")
    when, paid, duty, doubt = map(told, (Deadline, Funding, Obligation, Conflict))
    row: Any = next((entry.row for entry in entries.of(Deadline)), None)
    quiz, cases = [], []
    if when is not None:
        shown = when.text.rpartition(" : ")[2]
        right, wrong = Option(shown, True, "", (1,)), Option("1er mai 2021", False, "", (1,))
        asked = "Quand les contrats de 2021 sont-ils signés ?"
        quiz = [QuizItem(f"single:{when.id}", "single", asked, when.id, when, (right, wrong))]
        cases = [Case(f"case:{when.id}", "Un retard", "Le contrat tarde.", (asked,), ((when,),))]
    made = Pack(
        order=Order("contractualisation", as_of, 2021),
        title="Une séance",
        objectives=("Situer la signature.",),
        steps=(Step(60, "Exposé", "Exposer.", tuple(p.id for p in (signed, visits) if p)),),
        points=tuple(point for point in (signed, visits) if point),
        timeline=(Event(when, row.on, row.words),) if when else (),
        roles=(Role("département", "must", duty),) if duty else (),
        comparison=Table("Crédits", ("2021",), (("Fonds", ((paid,),)),)) if paid else None,
        words=(Word("Contractualisation", "Conclure un contrat."),),
        cases=tuple(cases),
        quiz=tuple(quiz),
        disputes=(Dispute(doubt),) if doubt else (),
        evaluation=(),
        missing=(),
        facts=1,
        citations=bibliography.citations,
        corpus_digest=index.manifest.corpus_digest,
        corpus_checked_on=index.manifest.checked_on,
    )
    weak = weak_points(made)
    return replace(made, missing=(weak,) if weak else ())


def offered(pack: Pack) -> Callable[[], Pool]:
    """What the theme allows, where a pack of everything stands for it."""
    return lambda: Pool(pack, (pack,))


def bare(pack: Pack) -> Pack:
    """A pack of today that chose nothing of what it might hold."""
    none: Any = dict.fromkeys(("points", "timeline", "roles", "cases", "quiz", "disputes"), ())
    return replace(pack, comparison=None, missing=(), **none)


def told_of(found: Refresh, part: str, name: str) -> Item:
    (item,) = [item for item in found.items if (item.part, item.id) == (part, name)]
    return item


def test_over_the_same_corpus_everything_holds_and_nothing_moves(publish: Publish) -> None:
    index = publish()
    saved = pack_over(index)
    found = refreshed(saved, pack_over(index, TODAY), index)
    assert [item.outcome for item in found.items] == ["holds"] * 15
    assert found.pack == replace(saved, order=replace(saved.order, as_of=TODAY))


def test_what_today_s_pack_did_not_choose_still_holds(publish: Publish) -> None:
    index = publish()
    saved = pack_over(index)
    now = replace(bare(saved), comparison=saved.comparison)
    found = refreshed(saved, now, index, offered(saved))
    assert [item for item in found.items if item.outcome != "holds"] == []
    assert (found.pack.points, found.pack.quiz) == (saved.points, saved.quiz)


def test_text_added_before_a_quote_moves_it_and_changes_nothing(publish: Publish) -> None:
    saved = pack_over(publish())
    index = publish(signed=f"Une phrase nouvelle.\n\n{WORDS['signed']}")
    found = refreshed(saved, pack_over(index), index)
    assert {item.outcome for item in found.items} == {"holds"}
    assert found.pack.citations[0].start > saved.citations[0].start


@pytest.mark.parametrize("chosen", [True, False])
def test_another_date_is_told_before_and_after_with_its_text(
    publish: Publish, registers: Registers, chosen: bool
) -> None:
    saved = pack_over(publish())
    registers["calendar"] = (DEADLINE.model_copy(update={"on": date(2021, 12, 3)}),)
    index = publish(day="3 décembre 2021")
    now = pack_over(index) if chosen else bare(pack_over(index))
    found = refreshed(saved, now, index)
    item = told_of(found, "points", f"{ESSAY}#F001")
    assert (item.outcome, item.before, item.texts) == ("changed", SIGNED, (TITLE,))
    assert item.after == SIGNED.replace("15 octobre", "3 décembre")
    assert found.pack.timeline[0].on == date(2021, 12, 3)
    assert "3 décembre 2021" in found.pack.timeline[0].told.text
    assert all("15 octobre" not in one.quote for one in found.pack.citations)


def test_a_changed_answer_takes_today_s_question_or_leaves_the_quiz(
    publish: Publish, registers: Registers
) -> None:
    saved = pack_over(publish())
    registers["calendar"] = (DEADLINE.model_copy(update={"on": date(2021, 12, 3)}),)
    index = publish(day="3 décembre 2021")
    now = pack_over(index)
    kept, dropped = (refreshed(saved, one, index) for one in (now, bare(now)))
    assert [option.text for option in kept.pack.quiz[0].options if option.right] == [
        now.quiz[0].options[0].text
    ]
    assert (dropped.pack.quiz, dropped.pack.cases) == ((), ())
    assert {told_of(dropped, part, f"{kind}:calendar:signature-2021").outcome
            for part, kind in (("quiz", "single"), ("cases", "case"))} == {"gone"}  # fmt: skip


def test_a_wrong_answer_that_is_now_right_changes_the_question(publish: Publish) -> None:
    index = publish()
    saved, now = pack_over(index), pack_over(index)
    (item,) = now.quiz
    item = replace(item, options=(replace(item.options[1], right=True),))
    found = refreshed(saved, replace(now, quiz=(item,)), index)
    assert [one.outcome for one in found.items if one.part == "quiz"] == ["changed"]
    assert found.pack.quiz == (item,)


def test_a_wrong_answer_that_a_text_of_ours_supports_leaves_the_quiz(publish: Publish) -> None:
    saved = pack_over(publish())
    added = "Les contrats de 2021 sont signés au plus tard le 1er mai 2021."
    index = publish(visits=f"{WORDS['visits']}\n\n{added}")
    (item,) = [one for one in refreshed(saved, bare(saved), index).items if one.part == "quiz"]
    assert (item.outcome, item.after) == ("gone", None)
    assert "1er mai 2021" in item.why and TITLE in item.why


def test_a_statement_that_went_is_gone_with_its_line_of_the_run_sheet(publish: Publish) -> None:
    saved, index = pack_over(publish()), publish(visits="")
    found = refreshed(saved, pack_over(index), index)
    item = told_of(found, "points", f"{ESSAY}#F003")
    assert (item.outcome, item.after, item.texts) == ("gone", None, (TITLE,))
    assert "ne contient plus cette phrase" in item.why
    assert found.pack.steps[0].items == (f"{ESSAY}#F001",)
    assert told_of(found, "roles", "obligations:controle").outcome == "gone"


def test_a_document_that_was_removed_is_named(publish: Publish) -> None:
    saved, index = pack_over(publish()), publish(name="autre-texte")
    found = refreshed(saved, pack_over(index), index)
    proved = [item for item in found.items if item.part not in ("words", "frame")]
    assert {item.outcome for item in proved} == {"gone"}
    assert f"« {TITLE} » n'est plus dans le corpus" in proved[0].why
    assert (found.pack.points, found.pack.citations) == ((), ())


def test_what_sources_now_dispute_is_gone(publish: Publish) -> None:
    saved, index = pack_over(publish()), publish(sure="F001 disputed press")
    found = refreshed(saved, bare(pack_over(index)), index)
    item = told_of(found, "points", f"{ESSAY}#F001")
    assert (item.outcome, item.why[:17]) == ("gone", "désormais discuté")
    assert "une seule source → sources en désaccord" in item.why


def test_what_a_new_dispute_quotes_is_gone(publish: Publish) -> None:
    index = publish()
    saved = replace(pack_over(index), disputes=(), corpus_digest="of before")
    now = bare(pack_over(index))
    doubt = replace(pack_over(index).points[1], id="conflicts:nouveau", text="Qui contrôle ?")
    found = refreshed(saved, replace(now, disputes=(Dispute(doubt),)), index)
    item = told_of(found, "points", f"{ESSAY}#F003")
    assert (item.outcome, item.why) == ("gone", "désormais discuté : Qui contrôle ?")
    assert told_of(found, "disputes", "conflicts:nouveau").outcome == "new"


@pytest.mark.parametrize(("chosen", "outcome"), [(True, "changed"), (False, "gone")])
def test_an_annulled_text_is_told(publish: Publish, chosen: bool, outcome: str) -> None:
    saved, index = pack_over(publish()), publish(status='"annulé"')
    now = pack_over(index)
    found = refreshed(saved, now if chosen else bare(now), index)
    item = told_of(found, "points", f"{ESSAY}#F001")
    assert (item.outcome, item.texts) == (outcome, (TITLE,))
    assert "statut : en vigueur → annulé" in item.why
    assert all(one.text_status == "annulé" for one in found.pack.citations)


def test_a_replaced_row_gives_place_to_the_one_that_replaced_it(
    publish: Publish, registers: Registers
) -> None:
    index = publish()
    saved = pack_over(index)
    later = {"id": "report-2021", "on": date(2021, 11, 30), "proofs": (f"{ESSAY}#F004",)}
    registers["calendar"] = (
        DEADLINE.model_copy(update={"replaced_by": "report-2021"}),
        DEADLINE.model_copy(update=later),
    )
    found = refreshed(saved, bare(saved), index)
    for part, name in (("points", f"{ESSAY}#F001"), ("timeline", "calendar:signature-2021")):
        item = told_of(found, part, name)
        assert (item.outcome, item.texts) == ("changed", ("calendar:report-2021",))
        assert item.after is not None and "30 novembre 2021" in item.after
    assert [event.on for event in found.pack.timeline] == [date(2021, 11, 30)]


def test_a_row_whose_words_changed_is_told_again(publish: Publish, registers: Registers) -> None:
    index = publish()
    saved = pack_over(index)
    registers["obligations"] = (DUTY.model_copy(update={"what": "visiter les lieux d'accueil"}),)
    found = refreshed(saved, bare(saved), index)
    item = told_of(found, "roles", "obligations:controle")
    assert (item.outcome, item.texts) == ("changed", ("obligations:controle",))
    assert item.after is not None and "doit visiter" in item.after


@pytest.mark.parametrize("chosen", [True, False])
def test_what_was_a_duty_and_is_a_choice_does_not_hold(
    publish: Publish, registers: Registers, chosen: bool
) -> None:
    index = publish()
    saved = pack_over(index)
    registers["obligations"] = (DUTY.model_copy(update={"modality": "may"}),)
    now = pack_over(index)
    now = replace(now, roles=(replace(now.roles[0], modality="may"),))
    found = refreshed(saved, now if chosen else bare(now), index)
    assert told_of(found, "roles", "obligations:controle").outcome == "changed"
    assert [role.modality for role in found.pack.roles] == ["may"]


@pytest.mark.parametrize("standing", ["discuté", "inconnu"])
def test_a_row_that_is_no_longer_established_is_gone(
    publish: Publish, registers: Registers, standing: str
) -> None:
    index = publish()
    saved = pack_over(index)
    registers["funding"] = (MONEY.model_copy(update={"standing": standing}),)
    found = refreshed(saved, bare(saved), index)
    item = told_of(found, "comparison", "funding:fonds-2021")
    assert (item.outcome, item.texts) == ("gone", ("funding:fonds-2021",))
    assert found.pack.comparison is None


def test_a_settled_disagreement_is_gone(publish: Publish, registers: Registers) -> None:
    index = publish()
    saved = pack_over(index)
    registers["conflicts"] = ()
    found = refreshed(saved, pack_over(index), index)
    item = told_of(found, "disputes", "conflicts:montant")
    assert item.outcome == "gone" and "plus au registre" in item.why
    assert found.pack.disputes == ()


def test_what_is_new_is_told_and_left_to_the_trainer(publish: Publish) -> None:
    index = publish()
    now = pack_over(index)
    saved = replace(now, points=now.points[1:])
    found = refreshed(saved, now, index)
    item = told_of(found, "points", f"{ESSAY}#F001")
    assert (item.outcome, item.before, item.after) == ("new", None, SIGNED)
    assert [point.id for point in found.pack.points] == [f"{ESSAY}#F003"]


def test_what_the_trainer_removed_is_never_new(publish: Publish) -> None:
    index = publish()
    now = pack_over(index)
    cut = [Edit("drop", "points", now.points[0].id), Edit("drop", "quiz", now.quiz[0].id)]
    saved = composed(now, cut, lambda _order: now, lambda *_place: ()).pack
    found = refreshed(from_json(as_json(saved)), now, index)
    assert found.count("new") == 0 and found.pack.dropped == saved.dropped != ()
    again = refreshed(found.pack, now, index)
    assert again.count("new") == 0


def test_the_trainer_s_order_and_notes_stay(publish: Publish) -> None:
    index = publish()
    now = pack_over(index)
    mine = (Note("note:1", "Prévoir des badges."),)
    saved = replace(now, points=now.points[::-1], notes=mine)
    found = refreshed(saved, now, index).pack
    assert ([one.id for one in found.points], found.notes) == (
        [f"{ESSAY}#F003", f"{ESSAY}#F001"],
        mine,
    )


def test_a_passage_added_by_hand_holds_as_long_as_it_stands(publish: Publish) -> None:
    index = publish()
    made = pack_over(index)
    place = made.citations[0]
    chosen = added(ESSAY, place.start, place.end, index)
    assert chosen is not None
    mine = replace(chosen[0], citations=made.points[0].citations)
    saved = replace(made, points=(mine,))
    (held, lost) = (refreshed(saved, bare(made), one) for one in (index, publish(signed="")))
    assert told_of(held, "points", mine.id).outcome == "holds"
    assert told_of(lost, "points", mine.id).outcome != "holds"


def test_every_reason_is_one_french_line(publish: Publish) -> None:
    saved, index = pack_over(publish()), publish(status='"annulé"', day="3 décembre 2021")
    found = refreshed(saved, pack_over(index), index)
    told = [item for item in found.items if item.outcome in ("changed", "gone")]
    assert told and all(item.why and "\n" not in item.why and item.texts for item in told)


INVENTED = "Les contrats de 2021 ne sont pas signés avant le 15 octobre 2021."


def _with(part: str, **changed: Any) -> Callable[[Pack], Pack]:
    """The first item of a part, edited by hand in the file."""

    def edit(pack: Pack) -> Pack:
        first, *others = getattr(pack, part)
        given: dict[str, Any] = {part: (replace(first, **changed), *others)}
        return replace(pack, **given)

    return edit


def _first_citation(**changed: Any) -> Callable[[Pack], Pack]:
    """What is said of the first source, edited by hand in the file."""
    return lambda pack: replace(
        pack, citations=(replace(pack.citations[0], **changed), *pack.citations[1:])
    )


EDITED = [
    _with("points", text=INVENTED),
    _with("points", citations=()),
    _with("points", label="Inventé"),
    _with("points", exercices=(2019,)),
    _with("timeline", on=date(2030, 1, 1)),
    _with("roles", who="préfet"),
    _with("words", definition="Autre chose."),
    _with("cases", situation="Madame Untel est maltraitée."),
    _with("cases", questions=("Autre question ?",)),
    _with("quiz", prompt="Autre question ?"),
    _with("quiz", options=()),
    _with("quiz", pairs=(("A", "B"),)),
    _with("quiz", order=("B", "A")),
    _with("disputes", retain="Le second montant."),
    lambda pack: replace(pack, title="Tout est gratuit"),
    lambda pack: replace(pack, objectives=("Obtenir 9 millions.",)),
    lambda pack: replace(pack, evaluation=("Votre nom ?",)),
    lambda pack: replace(pack, steps=(replace(pack.steps[0], minutes=400),)),
    lambda pack: replace(pack, steps=(replace(pack.steps[0], how="Ne rien vérifier."),)),
    lambda pack: replace(pack, comparison=replace(pack.comparison, title="Faux")),
    lambda pack: replace(pack, comparison=replace(pack.comparison, columns=("1999",))),
    lambda pack: replace(pack, missing=()),
    lambda pack: replace(pack, missing=("Rien ne manque.",)),
    _first_citation(url="https://ailleurs.example/1"),
    _first_citation(sources=({"code": "S", "publisher": "X", "url": "https://ailleurs.example"},)),
]


@pytest.mark.parametrize("edit", EDITED)
def test_what_was_edited_in_the_file_is_told_and_never_exported(
    publish: Publish, edit: Callable[[Pack], Pack]
) -> None:
    index = publish()
    made = pack_over(index)
    edited = edit(made)
    assert edited != made
    found = refreshed(edited, made, index, offered(made))
    assert [item.outcome for item in found.items if item.outcome != "holds"] == ["changed"]
    assert found.pack == made


@pytest.mark.parametrize("part", ["points", "timeline", "roles", "quiz", "cases", "disputes"])
def test_what_bears_the_name_of_nothing_is_taken_out(publish: Publish, part: str) -> None:
    index = publish()
    made = pack_over(index)
    (first, *_others) = getattr(made, part)
    own = {"id": "invente#F999"}
    named = {"told": replace(first.told, **own)} if hasattr(first, "told") else own
    if part == "quiz":
        named["fact"] = "invente#F999"
    edited = _with(part, **named)(made)
    found = refreshed(edited, made, index, offered(made))
    (item,) = [one for one in found.items if one.id == "invente#F999"]
    assert (item.outcome, item.after) == ("gone", None)
    assert "non prouvé" in item.why


def test_notes_and_what_was_written_by_hand_are_shown_masked(publish: Publish) -> None:
    index = publish()
    made = pack_over(index)
    call = "Appeler Mme Dupont au 06 12 34 56 78."
    saved = replace(made, title=call, notes=(Note("note:1", call),))
    found = refreshed(saved, made, index)
    told = [item.before or "" for item in found.items] + [note.text for note in found.pack.notes]
    assert not any("06 12" in text or "Dupont" in text for text in told)
