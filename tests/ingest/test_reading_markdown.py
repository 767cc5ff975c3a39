"""Markdown, and the documents of our corpus."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.reading import Content, RawBlock, read

FIXTURES = Path(__file__).parent / "fixtures"


def content(name: str) -> Content:
    return read(name, (FIXTURES / name).read_bytes()).contents[0]


def blocks(text: str) -> tuple[RawBlock, ...]:
    return read("f.md", text.encode()).contents[0].blocks


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text)]


def test_front_matter_names_the_document() -> None:
    document = content("corpus_document.md")
    assert document.title == "Instruction du 12 septembre 2022 relative aux relais de quartier"
    assert document.published_on == date(2022, 9, 30)
    assert document.references == ("2022/318", "PLAT2212345C")
    assert document.front_matter is not None
    assert document.front_matter["anchors"] == {"F001": ["REL22"]}


def test_each_anchored_line_is_its_own_block() -> None:
    marked = {b.text: b.mark for b in content("corpus_document.md").blocks if b.mark}
    assert marked == {
        "relais existants : 12 millions d'euros ;": "F001 single press",
        "3 millions au premier semestre ;": "F002 several official_page",
        "2 millions au second semestre.": "F003+F004 inferred other",
        "Le relais est ouvert six jours par semaine.": "F005 single press",
        "Le préfet désigne un référent.": "F006 several official_text",
        "2023 | 12 M€": "F007 single press",
        "Le nombre de relais fermés n'a pas été retrouvé.": "T01 unknown",
    }


def test_a_line_that_introduces_a_list_is_a_paragraph() -> None:
    lead = content("corpus_document.md").blocks[2]
    assert lead == RawBlock("paragraph", "Deux enveloppes sont ouvertes en 2023 :")


def test_comments_never_show() -> None:
    for name in ("corpus_document.md", "note.md"):
        assert not any("<!--" in b.text or "relire" in b.text for b in content(name).blocks)


def test_lists_nest_and_keep_numbers_as_labels() -> None:
    items = [(b.level, b.label, b.text) for b in content("note.md").blocks if b.kind == "item"]
    assert items == [
        (0, "1.", "déposer le dossier"),
        (0, "2.", "signer la convention avec le préfet"),
        *((0, "", "un lieu"), (1, "", "une salle"), (2, "", "un bureau"), (0, "", "un agent")),
    ]


def test_underlined_headings_and_soft_breaks_are_read() -> None:
    note = content("note.md")
    assert note.title == "Relais de quartier"
    assert [(b.level, b.text) for b in note.blocks if b.kind == "heading"] == [
        *((1, "Relais de quartier"), (2, "Les étapes")),
    ]
    assert "Un relais ouvre six jours par semaine, avec un agent référent" in note.blocks[1].text


def test_tables_give_rows_without_their_rule() -> None:
    rows = [b.text for b in content("note.md").blocks if b.kind == "row"]
    assert rows == ["Année | Relais", "2022 | 11", "2023 | 18"]


def test_footnotes_are_notes_and_calls_are_bracketed() -> None:
    note = content("note.md")
    assert note.blocks[-1] == RawBlock("note", "[a] Ou par le président.")
    assert "le maire[a]. Voir la carte et un plan." in note.blocks[1].text


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("**gras** et *italique* et ***deux***", "gras et italique et deux"),
        ("__gras__ et _italique_ mais mot_a_mot", "gras et italique mais mot_a_mot"),
        ("du `code` et ~~barré~~", "du code et barré"),
        ("[texte](http://a.fr/b_(c) 'T') ; [x][y] ; <https://a.fr>", "texte ; x ; https://a.fr"),
        ("5 * 3 * 2 = 30 et 2 \\* 3", "5 * 3 * 2 = 30 et 2 * 3"),
        ("l&rsquo;&eacute;t&eacute;&nbsp;: 3 < 4<br>fin", "l’été : 3 < 4 fin"),
        ("12 jours <ouvrés> & francs, ‹ouvrés>", "12 jours <ouvrés> & francs, ‹ouvrés>"),
        ("si a <b et c> d, </fin> et <Ouest>", "si a <b et c> d, </fin> et <Ouest>"),
        ('un <span class="x" hidden>mot</span><BR/>et <i>là</i><o:p></o:p>', "un mot et là"),
        ("a **b *c* d**", "a b c d"),
    ],
)
def test_inline_markup_goes_and_words_stay(markup: str, plain: str) -> None:
    assert texts(markup) == [plain]


def test_quotes_code_and_rules_leave_their_words() -> None:
    text = "> cité\n> deux\n\n```toml\na = 1\n```\n\n***\n\nfin"
    assert texts(text) == ["cité deux", "a = 1", "fin"]


def test_closed_headings_of_all_levels() -> None:
    found = [(b.level, b.text) for b in blocks("# Un #\n### Trois ###\nTexte\n#pas un titre")]
    assert found == [(1, "Un"), (3, "Trois"), (0, "Texte #pas un titre")]


def test_the_mark_of_a_misspelt_anchor_is_kept_for_the_checker() -> None:
    assert blocks("Un fait. <!-- F99 severl pres -->")[0].mark == "F99 severl pres"


@pytest.mark.parametrize(
    "mark", ["F017a several press", "D03 single other", "T01 unknown", "F1+F2"]
)
def test_anchors_of_all_shapes_are_kept(mark: str) -> None:
    assert blocks(f"Un fait. <!-- {mark} -->  \nfin")[0].mark == mark


def test_malformed_front_matter_names_file_and_line() -> None:
    with pytest.raises(UnreadableFile, match=r"« f\.md », ligne 3 : .* TOML valide"):
        read("f.md", b'+++\ntitle = "a"\nkind = \n+++\ntexte')


def test_an_unclosed_front_matter_names_its_first_line() -> None:
    with pytest.raises(UnreadableFile, match=r"« f\.md », ligne 1 : .* ne la ferme"):
        read("f.md", b'+++\ntitle = "a"\n\ntexte')


def test_a_simple_yaml_header_gives_title_and_date() -> None:
    read_ = read("f.md", b'---\ntitle: "Un titre"\ndate: 2022-05-02\n---\n\nUn texte.').contents[0]
    assert (read_.title, read_.published_on) == ("Un titre", date(2022, 5, 2))
    assert [b.text for b in read_.blocks] == ["Un texte."]


def test_a_row_of_empty_cells_is_no_block() -> None:
    text = "| a | b |\n|---|---|\n|   |\n|\n| 1 | 2 |\n"
    (content,) = read("note.md", text.encode()).contents
    assert [block.text for block in content.blocks] == ["a | b", "1 | 2"]


def test_a_title_keeps_what_is_no_tag() -> None:
    (found,) = read("a.md", b"# Secteur <Ouest>\n\nUn fait.").contents
    assert found.title == "Secteur <Ouest>"
