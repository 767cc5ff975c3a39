"""Headings, sections and offsets of French administrative documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.content import RawBlock
from ingest.sectioning import Assembled, assemble
from tests.timing import is_under

BODY = "Le préfet, l'agence et le département concluent un contrat pour trois ans."
KINDS = {"h": "heading", "p": "paragraph", "i": "item", "r": "row", "n": "note"}


def read(source: str) -> list[RawBlock]:
    """Blocks from lines such as ``p texte``, ``h2 Titre``, ``i1 élément``, ``p un␤deux``."""
    blocks = []
    for line in filter(None, map(str.strip, source.splitlines())):
        mark, text = line.split(" ", 1)
        level = int(mark[1:] or 0)
        blocks.append(RawBlock(KINDS[mark[0]], text.replace("␤", "\n"), level))  # type: ignore[arg-type]
    return blocks


def paths(done: Assembled) -> list[str]:
    return [" > ".join(section.heading_path) for section in done.sections]


def test_administrative_headings_nest() -> None:
    done = assemble(
        read(
            f"""
            p TITRE II
            p CHAPITRE 1
            p Section 1 : Suivi
            p Article 4
            p {BODY}
            p I. – {BODY}
            p A. – {BODY}
            p Article 5
            p {BODY}
            p CHAPITRE 2
            p Article 6
            p {BODY}
            p Annexe 3
            p {BODY}
            p Annexe 3-1
            p {BODY}
            p Fiche-action n° 4
            p {BODY}
            """
        )
    )
    assert paths(done) == [
        "TITRE II > CHAPITRE 1 > Section 1 : Suivi > Article 4",
        "TITRE II > CHAPITRE 1 > Section 1 : Suivi > Article 4 > I.",
        "TITRE II > CHAPITRE 1 > Section 1 : Suivi > Article 4 > I. > A.",
        "TITRE II > CHAPITRE 1 > Section 1 : Suivi > Article 5",
        "TITRE II > CHAPITRE 2 > Article 6",
        "Annexe 3",
        "Annexe 3 > Annexe 3-1",
        "Annexe 3 > Annexe 3-1 > Fiche-action n° 4",
    ]


def test_a_part_of_an_annex_does_not_go_under_another_annex() -> None:
    done = assemble(read(f"p Annexe 2\np {BODY}\np Annexe 3-1\np {BODY}\np Annexe 3-2\np {BODY}"))
    assert paths(done) == ["Annexe 2", "Annexe 3-1", "Annexe 3-2"]


@pytest.mark.parametrize("kind", ["p", "h2"])
@pytest.mark.parametrize("first", ["Article 1er", "I. – Cadre", "1. Cadre", "TITRE Ier"])
def test_nothing_numbered_goes_under_the_preamble(first: str, kind: str) -> None:
    done = assemble(read(f"{kind} Préambule\np {BODY}\n{kind} {first}\np {BODY}"))
    assert paths(done) == ["Préambule", first]


def test_letters_under_numbers_nest_as_the_document_does() -> None:
    source = f"p 1. Cadre\np A. – Textes\np {BODY}\np B. – Acteurs\np {BODY}\np 2. Suivi\np {BODY}"
    assert paths(assemble(read(source))) == [
        "1. Cadre > A. – Textes",
        "1. Cadre > B. – Acteurs",
        "2. Suivi",
    ]


def test_headings_of_the_reader_keep_their_level_and_hold_the_others() -> None:
    source = f"h2 Cadre\np {BODY}\np Article 1er\np {BODY}\nh3 Suivi\np {BODY}\nh2 Fin\np {BODY}"
    done = assemble(read(source))
    assert paths(done) == ["Cadre", "Cadre > Article 1er", "Cadre > Suivi", "Fin"]
    assert [b.level for b in done.blocks if b.kind == "heading"] == [2, 7, 3, 2]


def test_headings_of_one_level_nest_by_their_words() -> None:
    titles = (
        "I. – Cadre/A. Textes/B. Acteurs/II. – Suivi/1. Bilan/Annexe 1/Article 1er/Article 2/Fin"
    )
    done = assemble(read("\n".join(f"h2 {title}\np {BODY}" for title in titles.split("/"))))
    assert paths(done) == [
        "I. – Cadre",
        "I. – Cadre > A. Textes",
        "I. – Cadre > B. Acteurs",
        "II. – Suivi",
        "II. – Suivi > 1. Bilan",
        "Annexe 1",
        "Annexe 1 > Article 1er",
        "Annexe 1 > Article 2",
        "Fin",
    ]


def test_an_annex_found_in_the_text_holds_the_headings_of_the_reader() -> None:
    source = f"h1 Circulaire\np {BODY}\np Annexe 1\nh2 Calendrier\np {BODY}"
    assert paths(assemble(read(source), "Circulaire")) == ["", "Annexe 1 > Calendrier"]


def test_the_title_of_the_document_stays_out_of_the_path() -> None:
    source = f"h1 Circulaire du 1er avril 2021\np {BODY}\nh2 Financement\np {BODY}"
    assert paths(assemble(read(source), "Circulaire du 1er avril  2021")) == ["", "Financement"]
    assert paths(assemble(read(source)))[1] == "Circulaire du 1er avril 2021 > Financement"


def test_the_text_joins_blocks_with_their_markers() -> None:
    done = assemble(
        [
            RawBlock("heading", "Moyens", 1),
            RawBlock("paragraph", "Deux sources :"),
            RawBlock("item", "l'État"),
            RawBlock("item", "programme 304", 1),
            RawBlock("item", "le fonds d'intervention régional", 0, label="2°"),
            RawBlock("row", "Source | Montant"),
            RawBlock("row", "État | 107 M€"),
            RawBlock("note", "Hors dotation."),
        ]
    )
    assert done.text == (
        "Moyens\n\nDeux sources :\n\n- l'État\n  - programme 304\n"
        "2° le fonds d'intervention régional\n\nSource | Montant\nÉtat | 107 M€\n\nHors dotation."
    )
    assert [done.text[b.start : b.end] for b in done.blocks][2:5] == [
        "l'État",
        "programme 304",
        "2° le fonds d'intervention régional",
    ]


def test_marks_have_the_span_of_their_block() -> None:
    blocks = [
        RawBlock("paragraph", "Sources :"),
        RawBlock("item", "l'État ;", mark="F084 single press"),
    ]
    done = assemble(blocks)
    start, end, mark = done.marks[0]
    assert (done.text[start:end], mark) == ("l'État ;", "F084 single press")


def test_a_section_that_runs_over_pages_has_one_part_a_page() -> None:
    blocks = [
        RawBlock("heading", "Suivi", 1, 3),
        RawBlock("paragraph", BODY, page=3),
        RawBlock("paragraph", BODY, page=4),
    ]
    sections = assemble(blocks).sections
    assert [s.locator for s in sections] == ["Suivi (p. 3)", "Suivi (p. 4)"]


def test_a_heading_directly_under_another_gives_no_empty_section() -> None:
    done = assemble(read(f"h1 A\nh2 B\np {BODY}"))
    assert paths(done) == ["A > B"]


def test_nothing_gives_an_empty_text() -> None:
    assert assemble([]) == assemble([RawBlock("paragraph", " \n ")]) == Assembled("", (), (), ())


OPENINGS = st.sampled_from(
    ["TITRE Ier", "Article 3 – ", "Article 4", "I. – ", "II. ", "A. ", "B. – ", "1° ", "1. ", "2. "]
    + ["1.2 ", "a) ", "Annexe 3-1 : ", "Annexe", "Fiche-action n° 4", "Préambule", "", "", "\n"]
)
WORDS = st.sampled_from(["Objet", BODY, "les crédits ;", "Les crédits :", "", "(abrogé)", "L'État"])
TEXTS = st.one_of(
    st.text(max_size=30),
    st.tuples(OPENINGS, WORDS, st.sampled_from(["", "\n" + BODY])).map("".join),
)
BLOCKS = st.lists(
    st.builds(
        RawBlock,
        st.sampled_from(["heading", "paragraph", "paragraph", "item", "row", "note"]),
        TEXTS,
        st.integers(0, 4),
        st.one_of(st.none(), st.integers(1, 3)),
        st.sampled_from(["", "", "1°", "a)"]),
        st.sampled_from([None, None, "F1 single press"]),
    ),
    max_size=12,
)


def bare(text: str) -> str:
    return "".join(text.split())


def shown(block: RawBlock) -> str:
    text = block.text.strip()
    if block.kind != "item" or not text:
        return text
    return text if not block.label or text.startswith(block.label) else block.label + text


@given(BLOCKS)
def test_no_character_is_lost_from_blocks_to_text(blocks: list[RawBlock]) -> None:
    done = assemble(blocks)
    kept = "".join(done.text[b.start : b.end] for b in done.blocks)
    assert bare(kept) == bare("".join(map(shown, blocks)))


@given(BLOCKS)
def test_between_blocks_stand_only_blanks_and_bullets(blocks: list[RawBlock]) -> None:
    done = assemble(blocks)
    position = 0
    for block in done.blocks:
        assert done.text[position : block.start].strip() in {"", "-"}
        assert done.text[block.start : block.end].strip() == done.text[block.start : block.end]
        position = block.end
    assert position == len(done.text)
    assert [m for *_, m in done.marks] == [b.mark for b in blocks if b.mark and b.text.strip()]


@given(BLOCKS)
def test_sections_cover_all_but_the_headings(blocks: list[RawBlock]) -> None:
    done = assemble(blocks)
    inside = [
        (b.kind == "heading", sum(s.start <= b.start and b.end <= s.end for s in done.sections))
        for b in done.blocks
    ]
    assert all(count == (0 if heading else 1) for heading, count in inside)
    ends = [edge for s in done.sections for edge in (s.start, s.end)]
    assert ends == sorted(ends)
    assert all(done.text[s.start : s.end].strip() for s in done.sections)


@pytest.mark.parametrize(
    "unit",
    [
        "I",
        "1.",
        "1 ",
        "Article 1-",
        "Article L. ",
        ".",
        " ",
        "A. ",
        "(",
        "\n",
        "I.-",
        "(abrogé",
        "– ",
        "é",
    ],
)
def test_hostile_blocks_take_linear_time(unit: str) -> None:
    long = unit * (100_000 // len(unit))
    blocks = [RawBlock("paragraph", f"{start}{long}") for start in ("", "Article 3 – ", "I. – ")]
    blocks += [RawBlock("paragraph", f"{unit}x") for _ in range(5_000)]
    assert is_under(0.4, lambda: assemble(blocks))


def test_a_document_of_many_nested_headings_takes_linear_time() -> None:
    lines = ["Article 3 – Objet", "I. – Le cadre", "1. Public", "a) Les enfants", BODY]
    blocks = [RawBlock("paragraph", line) for line in lines * 1_000]
    assert is_under(0.5, lambda: assemble(blocks))
