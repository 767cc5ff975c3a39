"""A pack saved and read back: equal, or refused in one French sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.teaching.naming import id_of
from assistant.teaching.pack import (
    Case,
    Dispute,
    Event,
    Note,
    Option,
    Order,
    Pack,
    Proved,
    QuizItem,
    Role,
    Step,
    Table,
    Word,
)
from assistant.teaching.saving import MOST_CHARS, VERSION, UnreadablePack, as_json, from_json
from assistant.teaching.themes import themes
from tests.packs import citation, pack

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), max_size=30)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
YEARS = st.lists(st.integers(2000, 2100), max_size=2).map(tuple)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
AS_OF = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


def named(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3, unique_by=id_of).map(tuple)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs of every part, with citations that lead somewhere."""
    count = draw(st.integers(1, 4))
    quotes = draw(st.lists(TEXT, min_size=count, max_size=count))
    numbers = st.lists(st.integers(1, count), max_size=3).map(tuple)
    proved = st.builds(Proved, TEXT, TEXT, numbers, TEXT, YEARS)
    width = draw(st.integers(1, 3))
    rows = st.tuples(TEXT, st.lists(several(proved), min_size=width, max_size=width).map(tuple))
    columns = st.lists(TEXT, min_size=width, max_size=width).map(tuple)
    cases = st.integers(0, 2).flatmap(
        lambda n: st.builds(
            Case,
            TEXT,
            TEXT,
            TEXT,
            st.lists(TEXT, min_size=n, max_size=n).map(tuple),
            st.lists(several(proved), min_size=n, max_size=n).map(tuple),
        )
    )
    kinds = st.sampled_from(["single", "multiple", "true_false", "match", "order"])
    options = st.builds(Option, TEXT, st.booleans(), TEXT, numbers)
    pairs = st.tuples(TEXT, TEXT)
    return Pack(
        order=draw(
            st.builds(
                Order,
                st.sampled_from(sorted(themes())),
                AS_OF,
                st.none() | st.integers(2000, 2100),
                seed=st.integers(1, 99),
                question=TEXT,
            )
        ),
        title=draw(TEXT),
        objectives=draw(TEXTS),
        steps=draw(several(st.builds(Step, st.integers(1, 400), TEXT, TEXT, TEXTS))),
        points=draw(named(proved)),
        timeline=draw(named(st.builds(Event, proved, st.none() | DAYS, st.none() | TEXT))),
        roles=draw(named(st.builds(Role, TEXT, st.sampled_from(["must", "may"]), proved))),
        comparison=draw(st.none() | st.builds(Table, TEXT, columns, several(rows))),
        words=draw(named(st.builds(Word, TEXT, TEXT, numbers))),
        cases=draw(named(cases)),
        quiz=draw(
            named(
                st.builds(
                    QuizItem,
                    TEXT,
                    kinds,
                    TEXT,
                    TEXT,
                    proved,
                    several(options),
                    several(pairs),
                    TEXTS,
                )
            )
        ),
        disputes=draw(named(st.builds(Dispute, proved, several(proved), TEXT))),
        evaluation=draw(TEXTS),
        missing=draw(TEXTS),
        facts=draw(st.integers(0, 500)),
        citations=tuple(citation(n, quote) for n, quote in enumerate(quotes, 1)),
        corpus_digest=draw(TEXT),
        corpus_checked_on=draw(st.none() | DAYS),
        notes=draw(named(st.builds(Note, TEXT, TEXT))),
    )


@given(packs())
@settings(max_examples=40)
def test_a_saved_pack_is_read_back_equal(made: Pack) -> None:
    assert from_json(as_json(made)) == made


def test_the_file_says_its_version_and_reads_as_french() -> None:
    text = as_json(pack())
    assert json.loads(text)["version"] == VERSION
    assert "au plus tard le 15 octobre 2021" in text and '"as_of": "2022-06-01"' in text


@pytest.mark.parametrize("end", [0, 1, 40, 400, -2, -20])
def test_a_file_cut_anywhere_is_refused(end: int) -> None:
    with pytest.raises(UnreadablePack, match="ce n'est pas du JSON, ou il est coupé"):
        from_json(as_json(pack())[:end])


@pytest.mark.parametrize("text", ["[]", "null", "{}", '"reperes"', '{"format": "autre"}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePack, match="format : reperes-seance"):
        from_json(text)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"format": "\\ud800"}', "9" * 6_000, "\0", "<html>", "NaN{"]
)
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePack):
        from_json(text)


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(UnreadablePack, match="dépasse 8 millions de caractères"):
        from_json(" " * (MOST_CHARS + 1))


def _set(*place: str | int, value: Any) -> Callable[[Any], None]:
    def change(whole: Any) -> None:
        for part in place[:-1]:
            whole = whole[part]
        whole[place[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("version", value=2), "il est de la version 2, et celle qui se lit ici est la 1"),
        (_set("version", value="1"), "« version » est hors de la liste"),
        (_set("autre", value=1), "le champ « autre » est inconnu"),
        (_set("pack", "autre", value=1), "le champ « autre » est inconnu"),
        (_set("pack", "points", 1, "autre", value=1), "« points 2, autre » est inconnu"),
        (_set("pack", "points", 1, "text", value=1), "« points 2, text » est incorrect"),
        (_set("pack", "points", 0, "citations", value=[True]), "« points 1, citations 1 »"),
        (_set("pack", "order", "as_of", value="hier"), "« order, as_of » est incorrect"),
        (_set("pack", "order", "as_of", value=20), "« order, as_of » est incorrect"),
        (_set("pack", "order", "as_of", value="1066-01-01"), "référence n'est pas de 2000 à 2100"),
        (_set("pack", "order", "exercice", value=10**30), "son exercice n'est pas de 2000 à 2100"),
        (_set("pack", "order", "minutes", value=29), "sa durée n'est pas de 30 à 420 minutes"),
        (_set("pack", "order", "minutes", value=421), "sa durée n'est pas de 30 à 420 minutes"),
        (_set("pack", "order", "question", value="a " * 1_001), "question dépasse 2000 caractères"),
        (_set("pack", "order", "seed", value=0), "groupe n'est pas de 1 à 99"),
        (_set("pack", "order", "seed", value=-5), "groupe n'est pas de 1 à 99"),
        (_set("pack", "order", "seed", value=10**400), "groupe n'est pas de 1 à 99"),
        (_set("pack", "order", "theme", value="inconnu"), "son thème n'est pas dans la liste"),
        (_set("pack", "order", "theme", value=""), "il n'a ni thème ni question"),
        (_set("pack", "objectives", value=["a"] * 301), "« objectives » a plus de 300 éléments"),
        (_set("pack", "cases", 0, "questions", value=["a"] * 301), "« cases » a plus de 300"),
        (_set("pack", "points", 0, "citations", value=[1] * 301), "« points » a plus de 300"),
        (_set("pack", "quiz", 0, "kind", value="qcm"), "« quiz 1, kind » est hors de la liste"),
        (_set("pack", "facts", value="3"), "« facts » est incorrect"),
        (_set("pack", value=[]), "« pack » est incorrect"),
        (_set("pack", "points", 0, "citations", value=[9]), "citation 9, qui n'y est pas"),
        (_set("pack", "points", 0, "citations", value=[0]), "citation 0, qui n'y est pas"),
        (_set("pack", "words", 0, "citations", value=[-1]), "citation -1, qui n'y est pas"),
        (_set("pack", "citations", 1, "n", value=7), "numérotées de 1 en 1"),
        (_set("pack", "citations", 1, "url", value="javascript:x()"), "citation 2 n'est pas celle"),
        (_set("pack", "citations", 1, "sources", value=[{"url": "file:///x"}]), "citation 2"),
        (_set("pack", "title", value="a\x1b[31m"), "un caractère de contrôle"),
        (_set("pack", "notes", 0, "text", value="a\0"), "un caractère de contrôle"),
        (_set("pack", "comparison", "columns", value=["2021"]), "autant de cases que de colonnes"),
        (_set("pack", "cases", 0, "questions", value=[]), "autant de réponses que de questions"),
        (_set("pack", "steps", 0, "minutes", value=0), "au moins une minute"),
        (_set("pack", "notes", 0, "text", value="a" * 1_001), "dépasse 1000 caractères"),
        (_set("pack", "notes", value=[{"id": f"{n}", "text": ""} for n in range(201)]), "200 no"),
        (_set("pack", "notes", value=[{"id": "n", "text": ""}] * 2), "« n » y est deux fois"),
        (_set("pack", "points", 0, "id", value="a" * 401), "« points » dépasse 400 caractères"),
    ],
)
def test_a_wrong_field_is_named(change: Callable[[Any], None], said: str) -> None:
    whole = json.loads(as_json(pack()))
    change(whole)
    with pytest.raises(UnreadablePack) as refused:
        from_json(json.dumps(whole))
    message = str(refused.value)
    assert said in message
    assert message.startswith("Ce fichier n'est pas une séance enregistrée lisible : ")
    assert "\n" not in message and message.endswith(".")


def test_a_part_with_more_items_than_a_session_holds_is_refused() -> None:
    made = pack()
    many = tuple(replace(made.points[0], id=f"calendar:{n}") for n in range(301))
    assert len(from_json(as_json(replace(made, points=many[:300]))).points) == 300
    with pytest.raises(UnreadablePack, match="« points » a plus de 300 éléments"):
        from_json(as_json(replace(made, points=many)))
    cited = tuple(citation(n, "a") for n in range(1, 2_002))
    with pytest.raises(UnreadablePack, match="plus de 2000 citations"):
        from_json(as_json(replace(made, citations=cited)))


def test_every_missing_field_is_named() -> None:
    for name in json.loads(as_json(pack()))["pack"]:
        whole = json.loads(as_json(pack()))
        del whole["pack"][name]
        if name in ("notes", "dropped"):
            bare: dict[str, Any] = {name: ()}
            assert from_json(json.dumps(whole)) == replace(pack(), **bare)
            continue
        with pytest.raises(UnreadablePack, match=f"le champ « {name} » manque"):
            from_json(json.dumps(whole))
