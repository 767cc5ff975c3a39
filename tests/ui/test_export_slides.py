"""The slides read back with python-pptx; their room measured with another library's metrics."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pypdfium2
import pytest
from hypothesis import given, settings
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from assistant.teaching.pack import Case, Event, Pack, Proved, Role, Step, Table, Word
from tests.packs import AMOUNT, DEADLINE, MONEY, SIGNED, VISITED, VISITS, citation, pack
from tests.ui.office import converted
from ui.exporting import quizzing, slides, sourcing
from ui.exporting.crediting import line
from ui.exporting.deck.canvas import body_room, shared_sizes
from ui.exporting.deck.fitting import (
    Paragraph,
    Room,
    height_pt,
    packed,
    pages,
    width_pt,
    wrapped,
)
from ui.exporting.mixing import letter

LONG = "Le conseil départemental transmet au préfet le bilan de l'année écoulée ; " * 15
OFFICIAL = "https://www.legifrance.gouv.fr/circulaire/id/1"
SMALLEST_PT, SMALLEST_BODY_PT = 12, 18
for name in ("Vera", "VeraBd"):  # the widths of DejaVu Sans
    registerFont(TTFont(name, f"{name}.ttf"))
HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.text(st.sampled_from("ab {}~<>&\n\r\t\x00\x0b\u202e\u2028\ufffe\ud800_x0041_"), min_size=1),
    st.sampled_from([LONG, "W" * 900, "mot " * 700, "🙂" * 200, " ", "\n"]),
)


def opened(sample: Pack) -> Any:
    return Presentation(io.BytesIO(slides.write(sample)))


def texts(slide: Any) -> str:
    return "\n".join(frame.text for _, frame, _, _ in framed(slide))


def framed(slide: Any) -> Iterator[tuple[Any, Any, float, float]]:
    """Each text of a slide with its shape and its width and height, in points."""
    for shape in every(slide.shapes):
        if shape.has_text_frame:
            yield shape, shape.text_frame, Emu(shape.width).pt, Emu(shape.height).pt
        elif shape.has_table:
            for row in shape.table.rows:
                for column, cell in zip(shape.table.columns, row.cells, strict=True):
                    yield shape, cell.text_frame, Emu(column.width).pt, Emu(row.height).pt


def every(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from every(shape.shapes)


def slide_of(presentation: Any, title: str) -> Any:
    return next(one for one in presentation.slides if one.shapes.title.text_frame.text == title)


def links(presentation: Any, slide: Any) -> dict[str, str]:
    """Where the texts of a slide lead: an address, or the title of another slide."""
    found = {}
    for element in slide._element.iter(qn("a:r")):
        link = element.find(f"{qn('a:rPr')}/{qn('a:hlinkClick')}")
        if link is not None:
            rel = slide.part.rels[link.get(qn("r:id"))]
            to = rel.target_ref if rel.is_external else rel.target_part.slide.shapes.title.text
            found[element.findtext(qn("a:t"))] = to
    return found


def test_slides_follow_the_session_each_with_its_own_title() -> None:
    titles = [one.shapes.title.text_frame.text for one in opened(pack()).slides]
    assert titles[:4] == [
        "La contractualisation, exercice 2021",
        "Objectifs",
        "Déroulé",
        "Glossaire",
    ]
    assert "Qui fait quoi\u00a0: département" in titles
    assert titles[-1] == "Sources"
    assert len(set(titles)) == len(titles)


def test_slides_come_in_the_order_of_the_run_sheet() -> None:
    titles = [one.shapes.title.text_frame.text for one in opened(pack()).slides]
    wanted = (
        "Glossaire", "Points clés", "Calendrier", "Qui fait quoi", "Comparaison", "Étude de cas",
        "Points à manier", "Questions", "Fiche", "Sources",
    )  # fmt: skip
    places = [[title.startswith(name) for title in titles].index(True) for name in wanted]
    assert places == sorted(places)


def asked_of(presentation: Any) -> list[str]:
    """The texts of the slides that ask questions."""
    return [
        texts(one)
        for one in presentation.slides
        if re.match(r"Questions? [\d et]+(?: \(|$)", one.shapes.title.text_frame.text)
    ]


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("count", [4, 5])
def test_a_question_is_never_split_from_its_options(lines: int, count: int) -> None:
    options = tuple(replace(pack().quiz[0].options[0], text=f"Choix {n}") for n in range(count))
    room = Room(body_room(20).width_pt, 0, 20)
    full = next(  # its lines are so full that a number before it takes one more
        "il " * n
        for n in range(1, 200)
        if len(wrapped(f"1. {'il ' * n}".strip(), room, bold=True)) > lines
    ).strip()
    asked = replace(pack().quiz[0], prompt=full, options=options)
    shown = asked_of(opened(replace(pack(), quiz=(asked, replace(asked, id="autre")))))
    assert sum(one.count("Choix 0") for one in shown) == 2
    assert all(one.count("Choix 0") == one.count(f"Choix {count - 1}") >= 1 for one in shown)


def test_a_session_is_read_in_three_sizes_and_its_points_bear_their_numbers() -> None:
    slide = slide_of(opened(replace(pack(), points=(SIGNED, VISITED))), "Points clés 1 et 2")
    runs = [run for one in slide.placeholders[1].text_frame.paragraphs for run in one.runs]
    assert {run.font.size.pt for run in runs} == {20.0}
    assert "1. Signature des contrats. " in texts(slide)
    long = replace(pack(), points=(replace(SIGNED, text=LONG[:560]), *pack().points[1:]))
    sizes = {
        run.font.size.pt
        for sample in (long, pack())
        for one in opened(sample).slides
        for shape in one.placeholders
        if shape.name == "Texte"
        for said in shape.text_frame.paragraphs
        for run in said.runs
    }
    assert sizes <= {24.0, 20.0, 18.0}


def test_two_points_of_one_heading_have_two_titles() -> None:
    told = replace(SIGNED, text=f"{DEADLINE} " * 8)
    sample = replace(pack(), points=(told, replace(told, id="other")))
    titles = [one.shapes.title.text_frame.text for one in opened(sample).slides]
    assert {"1. Signature des contrats", "2. Signature des contrats"} <= set(titles)


def test_a_key_point_shows_its_source_and_keeps_its_quote_in_the_notes() -> None:
    presentation = opened(replace(pack(), points=(SIGNED,)))
    slide = slide_of(presentation, "1. Signature des contrats")
    assert DEADLINE in texts(slide)
    assert "Calendrier – résumé Repères, d'après Légifrance (page officielle lue)" in texts(slide)
    assert "Exercice 2021, état au 1er juin 2022" in texts(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert f"[1] Résumé Repères\u00a0: «\u00a0{DEADLINE}\u00a0»" in notes
    assert "Déroulé, de 0 h 10 à 0 h 40 (30\u00a0min)\u00a0: Points clés." in notes


def test_short_points_share_a_slide_with_all_their_sources() -> None:
    shown = texts(slide_of(opened(pack()), "Points clés 1 à 3"))
    assert all(
        line(point.text) in shown and point.label in shown for point in (SIGNED, MONEY, VISITED)
    )
    assert shown.count("résumé Repères, d'après Légifrance (page officielle lue)") == 1
    assert "en notes" not in shown


def test_a_session_of_long_points_keeps_them_apart() -> None:
    told = replace(SIGNED, text=LONG[:560])
    sample = replace(pack(), points=(told, replace(told, id="b", label="Autre")))
    titles = [one.shapes.title.text_frame.text for one in opened(sample).slides]
    assert {"1. Signature des contrats", "2. Autre"} <= set(titles)


def test_what_one_actor_does_is_on_one_slide() -> None:
    roles = [Role(who, "must", told) for told in (SIGNED, MONEY) for who in ("préfet", "ARS")]
    shown = texts(slide_of(opened(replace(pack(), roles=tuple(roles))), ACTORS))
    assert shown.index("Préfet\n") < shown.rindex("ARS\n")
    assert shown.count("Obligation.") == 4


def test_a_fact_read_in_the_press_leads_to_the_press() -> None:
    read: tuple[dict[str, str | None], ...] = (
        {"code": "S1", "publisher": "Le Média", "url": "https://media.test/a"},
    )
    press = replace(citation(1, DEADLINE), evidence="press", sources=read)
    sample = replace(pack(), points=(SIGNED,), citations=(press, *pack().citations[1:]))
    presentation = opened(sample)
    found = links(presentation, slide_of(presentation, "1. Signature des contrats"))
    assert found["[1]"] == "https://media.test/a"


ACTORS = "Qui fait quoi\u00a0: préfet et ARS"


def test_every_call_leads_to_its_source() -> None:
    presentation = opened(pack())
    found = links(presentation, slide_of(presentation, "Points clés 1 à 3"))
    assert found["[1]"] == OFFICIAL and found["[3]"] == "Sources"
    for slide in list(presentation.slides)[:-1]:
        calls = set(re.findall(r"\[\d+\]", texts(slide)))
        linked = " ".join(links(presentation, slide))
        assert all(call in linked for call in calls)


def test_a_question_keeps_its_answer_for_the_next_slide() -> None:
    presentation = opened(replace(pack(), quiz=pack().quiz[:1]))
    question, answer = (
        slide_of(presentation, f"Question 1{end}") for end in ("", "\u00a0: réponse")
    )
    assert DEADLINE not in texts(question)
    assert DEADLINE in texts(answer)
    assert "B. 31 décembre 2021 – Faux. C'est la date d'un autre texte." in texts(answer)
    assert DEADLINE in question.notes_slide.notes_text_frame.text


def test_slides_letter_a_match_as_the_printed_sheet_does() -> None:
    item = pack().quiz[3]
    letters = [
        letter(quizzing.drawn(pack().order.seed, item).index(right)) for _, right in item.pairs
    ]
    shown = texts(slide_of(opened(replace(pack(), quiz=(item,))), "Question 1\u00a0: réponse"))
    assert f"1. Programme 304 → {letters[0]}. 15,5\u00a0M€" in shown
    assert f"2. FIR → {letters[1]}. 15\u00a0M€" in shown


def test_a_list_that_goes_on_overleaf_says_again_what_it_lists() -> None:
    said = [Paragraph("Un texte", bold=True)]
    said += [Paragraph(f"Passage {n}", (n,), bullet=True) for n in range(30)]
    made = pages(said, Room(400, 200, 20))
    assert len(made) > 1
    assert [page[0].text for page in made[1:]] == ["Un texte (suite)"] * (len(made) - 1)


def test_the_last_slide_of_a_list_is_about_as_full_as_the_others() -> None:
    said = [Paragraph(f"Passage {n}") for n in range(11)]
    room = Room(400, 5 * 32 + 1, 20)  # five of them fit
    assert [len(page) for page in pages(said, room)] == [4, 4, 3]
    assert [len(group) for group in packed([[one] for one in said], room)] == [4, 4, 3]


def test_slides_of_one_list_have_letters_of_one_size() -> None:
    short, long = [Paragraph("Un mot")], [Paragraph(LONG)]
    assert shared_sizes([short], (28.0, 18.0), 2)[0] == 28
    assert shared_sizes([short, long], (28.0, 18.0), 2)[0] == 18


def test_actors_of_two_are_told_apart_in_a_title() -> None:
    roles = (Role("signataires", "must", SIGNED), Role("préfet et ARS", "must", MONEY))
    titles = [one.shapes.title.text for one in opened(replace(pack(), roles=roles)).slides]
    assert "Qui fait quoi\u00a0: signataires\u202f; préfet et ARS" in titles


def test_verdicts_without_a_reason_are_not_all_in_bold() -> None:
    options = tuple(replace(one, why="") for one in pack().quiz[0].options)
    shown = opened(replace(pack(), quiz=(replace(pack().quiz[0], options=options),)))
    slide = slide_of(shown, "Question 1\u00a0: réponse")
    runs = [run for one in slide.placeholders[1].text_frame.paragraphs[1:] for run in one.runs]
    assert {run.text for run in runs if run.font.bold} == {"A. ", "B. ", "C. "}


def test_a_heading_is_not_left_at_the_foot_of_a_slide() -> None:
    said = [Paragraph(f"Passage {n}") for n in range(5)]
    said += [Paragraph("Titre", bold=True), Paragraph("Suite", bullet=True)]
    made = pages(said, Room(400, 6 * 32 + 1, 20))
    assert [[one.text for one in page][-2:] for page in made][-1] == ["Titre", "Suite"]


def test_libreoffice_shows_as_many_pages_as_slides(tmp_path: Path) -> None:
    written = tmp_path / "seance.pptx"
    written.write_bytes(slides.write(pack()))
    with pypdfium2.PdfDocument(converted(written, "pdf")) as pdf:
        assert len(pdf) == len(Presentation(written).slides)
        shown = pdf[4].get_textpage().get_text_bounded()
    assert "Les contrats de 2021 sont signés" in shown


def test_what_is_not_proved_says_so() -> None:
    presentation = opened(pack())
    notes = texts(slide_of(presentation, "Notes de l'animateur"))
    assert "Note de l'animateur, non vérifiée\u00a0: Prévoir des <badges> & du café." in notes
    assert "non établi" in texts(slide_of(presentation, "Comparaison\u00a0: 2020 et 2021"))
    assert "Situation fictive." in texts(
        slide_of(presentation, "Étude de cas 1\u00a0: Un contrat en retard")
    )
    assert "Point non établi." in texts(slide_of(presentation, "Points à manier avec prudence"))


def test_every_shape_has_a_name_and_every_drawing_an_alternative_text() -> None:
    for slide in opened(pack()).slides:
        for shape in every(slide.shapes):
            properties = next(shape._element.iter(qn("p:cNvPr")))
            assert shape.name.strip()
            assert not re.search(r"Placeholder|TextBox|Connector|Group|Table \d", shape.name)
            if not shape.has_text_frame or not shape.text_frame.text:
                decorative = "decorative" in "".join(one.tag for one in properties.iter())
                assert properties.get("descr") or decorative


def test_the_timeline_is_described_and_keeps_words_for_a_date_unknown() -> None:
    slide = slide_of(opened(pack()), "Calendrier")
    group = next(shape for shape in slide.shapes if shape.name == "Frise")
    described = next(group._element.iter(qn("p:cNvPr"))).get("descr")
    assert f"15 octobre 2021\u00a0: {DEADLINE}" in re.sub("(?<=15)\u00a0", " ", described)
    assert "courant 2021" in described


def test_all_is_in_french_and_nothing_personal_travels() -> None:
    written = slides.write(pack())
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = archive.namelist()
        for name in (one for one in names if re.match(r"ppt/(slides|notesSlides)/\w+\.xml", one)):
            text = archive.read(name).decode()
            assert set(re.findall(r' lang="([^"]+)"', text)) == {"fr-FR"}
            assert text.count("<a:r>") <= text.count(' lang="fr-FR"')
    assert not [one for one in names if re.search(r"printer|thumbnail|vba|media|embed", one)]
    about = Presentation(io.BytesIO(written)).core_properties
    assert (about.author, about.last_modified_by, about.language) == ("Repères",) * 2 + ("fr-FR",)


def test_reading_order_is_title_then_text_then_foot() -> None:
    for slide in list(opened(pack()).slides)[1:]:
        names = [shape.name for shape in slide.shapes]
        assert names[0] == "Titre"
        tops = [shape.top for shape in slide.shapes if shape.name in ("Titre", "Texte", "Sources")]
        assert tops == sorted(tops)


@cache
def written_long() -> bytes:
    return slides.write(long_pack())


def long_pack() -> Pack:
    """The sample pack with texts that no slide holds."""
    told = Proved("x#F1", LONG, (1, 2, 3), "Un très long point " * 20, (2021,))
    return replace(
        pack(),
        title=LONG[:1500],
        points=(told, SIGNED),
        timeline=tuple(Event(one, None, "fin 2021") for one in (SIGNED, told, MONEY) * 4),
        roles=tuple(Role("préfet de département", "may", one) for one in (SIGNED, told, MONEY)),
        comparison=Table(
            "De 2020 à 2024",
            ("2020", "2021", "2022", "2023", "2024"),
            (("Bilan", ((), (told,), (SIGNED, MONEY), (MONEY,), (told,))),) * 3,
        ),
        words=tuple(Word(f"Mot {n}", VISITS + AMOUNT) for n in range(30)),
        cases=(Case("c", LONG[:400], LONG, (LONG, "Qui ?"), ((told,), (SIGNED,))),),
    )


def test_nothing_overflows_and_nothing_is_lost() -> None:
    presentation = Presentation(io.BytesIO(written_long()))
    assert overflowing(presentation) == []
    points = [one for one in presentation.slides if " Un très" in one.shapes.title.text]
    said = " ".join(one.placeholders[1].text_frame.text for one in points)
    assert line(LONG) in re.sub(r"\s*\[\d\]", "", said.replace("\n", " "))


def overflowing(presentation: Any) -> list[str]:
    """The texts whose lines are taller than their box, by the metrics of DejaVu Sans, which
    takes the place of Arial."""
    found = []
    for slide in presentation.slides:
        for shape, frame, width, height in framed(slide):
            if shape.name == "Numéro":
                continue
            needed = 0.0
            for paragraph in frame.paragraphs:
                sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
                size = max(sizes, default=30)
                bold = any(run.font.bold for run in paragraph.runs) or shape.name == "Titre"
                font = "VeraBd" if bold else "Vera"
                indent = Emu(int(paragraph._p.get_or_add_pPr().get("marL") or 0)).pt
                text = paragraph.text.replace("\u202f", " ")
                lines = simpleSplit(text, font, size, width - 14.4 - indent)
                needed += len(lines) * size * 1.15 + (paragraph.space_after or Emu(0)).pt
            if needed > height + 1:
                title = slide.shapes.title.text_frame.text
                found.append(f"{title} / {shape.name}: {needed:.0f} > {height:.0f}")
    return found


def test_no_text_is_too_small_to_project() -> None:
    for slide in Presentation(io.BytesIO(written_long())).slides:
        for shape, frame, _, _ in framed(slide):
            least = SMALLEST_PT if shape.name in ("Sources", "Pied de page") else SMALLEST_BODY_PT
            for paragraph in frame.paragraphs:
                assert all(run.font.size.pt >= least for run in paragraph.runs if run.font.size)


def test_no_shape_leaves_the_slide_nor_covers_another() -> None:
    for written in (slides.write(pack()), written_long()):
        presentation = Presentation(io.BytesIO(written))
        for slide in presentation.slides:
            boxes = [one for one in slide.shapes if one.name != "Numéro"]
            for one in boxes:
                assert one.left >= 0 and one.top >= 0
                assert one.left + one.width <= presentation.slide_width
                assert one.top + one.height <= presentation.slide_height
            tops = sorted((one.top, one.top + one.height) for one in boxes)
            assert all(low <= top for (_, low), (top, _) in pairwise(tops))


@settings(max_examples=6, deadline=None)
@given(HOSTILE, HOSTILE)
def test_hostile_texts_give_a_file_that_opens(first: str, second: str) -> None:
    told = replace(SIGNED, text=first, label=second)
    sample = replace(
        pack(),
        title=first,
        objectives=(second,),
        points=(told, told),
        timeline=(Event(told, None, second),),
        words=(Word(first, second, (1,)),),
        missing=(second,),
    )
    presentation = opened(sample)
    titles = [one.shapes.title.text_frame.text for one in presentation.slides]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(title.strip() for title in titles)


def test_what_is_missing_is_told_to_the_trainer_and_not_projected() -> None:
    bare = replace(
        pack(), objectives=(), steps=(), points=(), timeline=(), roles=(), comparison=None,
        words=(), cases=(), quiz=(), disputes=(), evaluation=(), citations=(), notes=(),
    )  # fmt: skip
    (first,) = opened(bare).slides
    assert pack().missing[0] not in texts(first)
    assert line(pack().missing[0]) in first.notes_slide.notes_text_frame.text


def test_sources_take_two_slides_at_most_and_the_notes_tell_what_was_read() -> None:
    cited = tuple(
        replace(citation(n, "Un passage.", None), document_id=f"t{n}", title=f"Texte n° {n}")
        for n in range(1, 25)
    )
    presentation = opened(replace(pack(), citations=(*pack().citations, *cited)[:30]))
    sources = [s for s in presentation.slides if s.shapes.title.text_frame.text[:7] == "Sources"]
    assert 1 <= len(sources) <= 2
    shown = " ".join(map(texts, sources))
    assert all(f"[{n}]" in shown for n in range(1, 25))


@pytest.mark.parametrize("text", [DEADLINE, AMOUNT, VISITS, LONG, "ÉTAT AU 1er JUIN (AVENANT) ?"])
def test_estimated_widths_are_at_least_those_of_the_font(text: str) -> None:
    for bold, fonts in ((False, ("Helvetica", "Vera")), (True, ("Helvetica-Bold", "VeraBd"))):
        widest = max(stringWidth(text, font, 20) for font in fonts)
        assert 0.99 * widest <= width_pt(text, 20, bold=bold) <= 1.2 * widest


@given(st.text(max_size=200), st.floats(40, 400))
def test_wrapped_lines_join_to_the_text(text: str, width: float) -> None:
    lines = wrapped(text, Room(width, 0, 20))
    assert "".join(lines) == text.replace("\n", "")


@given(st.lists(st.text(min_size=1, max_size=400), max_size=6))
def test_pages_are_never_taller_than_their_room(said: list[str]) -> None:
    room = Room(300, 200, 20)
    paragraphs = [Paragraph(text.replace("\n", " "), (1, 2)) for text in said]
    for page in pages(paragraphs, room):
        assert sum(height_pt(one, room) for one in page) <= 200


def test_a_table_that_goes_overleaf_leaves_no_page_nearly_empty() -> None:
    steps = tuple(Step(5, f"Étape {n}", "Faire.") for n in range(13))
    presentation = Presentation(io.BytesIO(slides.write(replace(pack(), steps=steps))))
    tables = [
        len(shape.table.rows) - 1
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_table and "Déroulé" in shape.name
    ]
    assert len(tables) == 2 and max(tables) - min(tables) <= 1


def test_a_heading_that_the_sentence_opens_with_is_said_once() -> None:
    told = replace(pack().points[0], label="Les contrats de 2021")
    assert sourcing.headed(told) == ("", told)
    assert sourcing.headed(replace(told, label="Signature"))[0] == "Signature"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Fin du droit : le 28 janvier 2024.", "Le 28 janvier 2024."),
        ("Fin du droit (article 5) : le 28 janvier 2024.", "Le 28 janvier 2024 (article 5)."),
        ("Fin du droit, pour tous : le 28 janvier 2024.", "Pour tous : le 28 janvier 2024."),
    ],
)
def test_a_heading_that_a_date_opens_with_leaves_the_date_alone(text: str, rest: str) -> None:
    heading, told = sourcing.headed(replace(SIGNED, label="Fin du droit", text=text))
    assert (heading, told.text) == ("Fin du droit", rest)


def test_a_comparison_of_an_hour_takes_three_slides_and_the_notes_tell_it_whole() -> None:
    told = tuple(replace(SIGNED, id=f"x#{n}", text=f"{n} {LONG[:120]}") for n in range(2))
    fought = replace(MONEY, id="conflicts:m:comparison", text="Discuté : 15 M€ ou 30 M€.")
    row = ("Point", (told, (*told, fought)))
    table = Table("2020 et 2021", ("2020", "2021"), (row, ("Autre", (told, told))) * 3)
    presentation = opened(replace(pack(), comparison=table))
    shown = [one for one in presentation.slides if one.shapes.title.text.startswith("Comparaison")]
    assert 2 <= len(shown) <= 3
    assert sum(texts(one).count("Discuté") for one in shown) == 3
    notes = shown[0].notes_slide.notes_text_frame.text
    assert all(line(one.text) in notes for one in told)


def test_short_questions_stand_three_a_slide_and_so_do_their_answers() -> None:
    items = tuple(replace(pack().quiz[0], id=f"q{n}") for n in range(6))
    titles = [one.shapes.title.text for one in opened(replace(pack(), quiz=items)).slides]
    asked = [title for title in titles if title.startswith("Question")]
    assert asked[0] == "Questions 1, 2 et 3" and len(asked) == 4


def test_what_to_retain_of_a_disagreement_is_never_shown_without_its_sides() -> None:
    fought = pack().disputes[0]
    side = replace(MONEY, text=LONG[:400])
    dispute = replace(fought, sides=(side, replace(side, text=LONG[5:400])))
    presentation = opened(replace(pack(), disputes=(dispute,) * 4))
    shown = [one for one in presentation.slides if one.shapes.title.text.startswith("Points à")]
    told = " ".join(map(texts, shown))
    assert told.count("À retenir") == 4 and told.count(line(side.text)) == 4


def test_a_page_exactly_full_is_one_page() -> None:
    room = Room(800, 10 * 22 * 1.2 + 10 * 2.0, 22, 2.0)
    assert len(pages([Paragraph(f"Passage {n}") for n in range(10)], room)) == 1
