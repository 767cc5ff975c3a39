"""Passages of French administrative documents: where they are cut, and their context."""

import hashlib
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Document, Identity, Passage
from ingest.chunking import CHUNKING, Chunking, passages
from ingest.reading.content import RawBlock
from ingest.sectioning import assemble
from tests.timing import is_under

CIRCULAR = Identity(
    "Circulaire relative à la contractualisation en prévention et protection de l'enfance",
    kind="circulaire",
    short_title="Contractualisation 2021",
    number="DGCS/2021/25",
    signed_on=date(2021, 4, 1),
)
SENTENCE = (
    "Le département transmet au préfet un bilan des actions conduites pendant l'exercice 2021."
)


def document(*blocks: RawBlock, identity: Identity | None = None) -> Document:
    identity = identity or Identity("Contrat")
    done = assemble(blocks, identity.title)
    return Document("contrat", done.text, identity, done.blocks, done.sections)


def paragraph(text: str = SENTENCE, page: int | None = None) -> RawBlock:
    return RawBlock("paragraph", text, page=page)


def heading(text: str, level: int = 2) -> RawBlock:
    return RawBlock("heading", text, level)


def prose(count: int) -> str:
    return " ".join(SENTENCE.replace("2021", str(2021 + n)) for n in range(count))


def cut(*blocks: RawBlock, identity: Identity | None = None) -> tuple[Passage, ...]:
    return passages(document(*blocks, identity=identity))


def test_whole_blocks_stay_together_while_they_fit() -> None:
    found = cut(paragraph(), paragraph("Le plan est joint."))
    assert [p.text for p in found] == [f"{SENTENCE}\n\nLe plan est joint."]


def test_a_passage_never_crosses_a_section() -> None:
    found = cut(heading("Suivi"), paragraph("Oui."), heading("Bilan"), paragraph("Non."))
    assert [(p.text, p.locator) for p in found] == [("Oui.", "Suivi"), ("Non.", "Bilan")]


def test_a_long_paragraph_is_cut_evenly_at_sentence_ends() -> None:
    found = cut(paragraph(prose(12)))
    assert len(found) == 2
    assert all(p.text.startswith("Le dép") and p.text.endswith(".") for p in found)
    assert all(400 < len(p.text) <= CHUNKING.max_chars for p in found)


def test_a_long_sentence_is_cut_at_clauses_then_between_words() -> None:
    clauses = ", ".join(f"le département numéro {n} transmet son bilan annuel" for n in range(40))
    found = cut(paragraph(f"{clauses}."))
    assert all(p.text.endswith((",", ".")) for p in found)
    words = cut(paragraph("bilan " * 400))
    assert all(p.text.endswith("bilan") for p in words)


def test_a_word_longer_than_a_passage_is_cut_anywhere() -> None:
    found = cut(paragraph("x" * 2_000))
    assert "".join(p.text for p in found) == "x" * 2_000


def test_text_without_headings_gives_passages() -> None:
    assert len(cut(paragraph(prose(17)))) == 2
    text = prose(17)
    bare = passages(Document("d", text, Identity("Note")))
    assert [p.locator for p in bare] == ["", ""]


def test_a_split_list_repeats_its_lead_in_in_the_context_only() -> None:
    lead = "Le contrat retient les objectifs suivants :"
    items = [RawBlock("item", f"{SENTENCE} {n}") for n in range(12)]
    first, second, *_ = cut(paragraph(f"Il est signé. {lead}"), *items)
    assert first.text.startswith("Il est signé.") and lead not in first.context
    assert second.text.startswith("- Le département") and lead not in second.text
    assert second.context == f"Contrat\n{lead}"


def test_a_split_nested_list_repeats_the_item_that_introduces_it() -> None:
    inner = [RawBlock("item", f"{SENTENCE} {n}", 1) for n in range(12)]
    found = cut(paragraph("Sont prévus :"), RawBlock("item", "pour le département :"), *inner)
    assert found[1].context.endswith("pour le département :")


def test_a_lead_in_stays_with_its_first_item() -> None:
    text = prose(5)
    found = cut(paragraph(text), paragraph(text[:370] + " :"), *[RawBlock("item", SENTENCE)] * 9)
    assert not any(p.text.endswith(":") for p in found)


def test_a_split_table_repeats_its_header() -> None:
    rows = [RawBlock("row", f"Département {n} | {n} 000 000 € | {SENTENCE}") for n in range(20)]
    found = cut(RawBlock("row", "Département | Montant | Suite"), *rows)
    assert found[0].text.startswith("Département | Montant")
    assert all(p.context.endswith("Département | Montant | Suite") for p in found[1:])


def test_a_list_over_two_pages_keeps_its_lead_in_and_its_pages() -> None:
    found = cut(
        paragraph("Le bilan décrit :", page=1),
        RawBlock("item", "les actions ;", page=1),
        RawBlock("item", "leur coût.", page=2),
    )
    assert [(p.page, p.context) for p in found] == [
        (1, "Contrat"),
        (2, "Contrat\nLe bilan décrit :"),
    ]


def test_a_lead_in_does_not_outlive_its_section() -> None:
    found = cut(
        heading("A"), paragraph("Sont prévus :"), heading("A"), RawBlock("item", "le bilan.")
    )
    assert found[1].context == "Contrat\nA"


def test_the_context_names_the_text_and_the_place() -> None:
    found = cut(heading("Financement"), heading("Exercice 2021", 3), paragraph(), identity=CIRCULAR)
    assert found[0].context == (
        "circulaire · Contractualisation 2021 · n° DGCS/2021/25 · signée le 1er avril 2021\n"
        "Financement > Exercice 2021"
    )


def test_the_context_repeats_nothing_that_the_title_says() -> None:
    identity = Identity(
        "Loi n° 2022-140 du 7 février 2022",
        kind="loi",
        number="2022-140",
        signed_on=date(2022, 2, 7),
    )
    assert cut(paragraph(), identity=identity)[0].context == "Loi n° 2022-140 du 7 février 2022"


def test_the_context_tells_publication_from_signature() -> None:
    press = Identity("Une instruction publiée", kind="presse", published_on=date(2022, 3, 14))
    ruling = Identity("Cour, chambre 1", kind="jurisprudence", signed_on=date(2022, 3, 1))
    contexts = [cut(paragraph(), identity=i)[0].context for i in (press, ruling)]
    assert contexts[0].endswith("publié le 14 mars 2022")
    assert contexts[1].endswith("rendue le 1er mars 2022")


def test_the_context_without_identity_is_title_and_path() -> None:
    assert cut(heading("Suivi"), paragraph())[0].context == "Contrat\nSuivi"
    assert cut(paragraph(), identity=Identity(""))[0].context == ""


def test_a_long_context_keeps_the_nearest_heading_and_cuts_the_title_at_a_word() -> None:
    identity = Identity("Instruction relative " + "à la prévention " * 30, kind="décret")
    lead = "Les départements volontaires " * 9 + "transmettent :"
    items = [RawBlock("item", SENTENCE)] * 12
    path = [heading("Partie générale " * 9, 2), heading("Calendrier de transmission", 3)]
    context = cut(*path, paragraph(lead), *items, identity=identity)[1].context
    assert len(context) <= 250
    title, where, repeated = context.splitlines()
    assert title.startswith("décret · Instruction") and title.endswith("…")
    assert where == "Calendrier de transmission"
    assert repeated.startswith("Les départements volontaires") and repeated.endswith("…")


def test_the_passage_id_is_a_digest_of_document_start_and_text() -> None:
    found = cut(heading("Suivi"), paragraph())[0]
    expected = hashlib.sha256(f"contrat\0{found.start}\0{found.text}".encode()).hexdigest()[:16]
    assert found.passage_id == expected


def test_the_fingerprint_tells_the_limits_apart() -> None:
    assert CHUNKING.fingerprint != Chunking(max_chars=800).fingerprint
    assert Chunking().fingerprint == CHUNKING.fingerprint


LINES = st.sampled_from(
    [SENTENCE, prose(4), prose(14), "Le bilan :", "Oui.", "a | b", "x" * 1_000, "mot " * 300]
    + ["Article 3 – Objet", "I. – Le cadre", "1° le coût ;", "é, " * 500, "\u00a0", "un\ndeux"]
)
BLOCKS = st.lists(
    st.builds(
        RawBlock,
        st.sampled_from(["heading", "paragraph", "paragraph", "item", "item", "row", "note"]),
        st.one_of(LINES, st.text(max_size=40)),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(1, 3)),
        st.sampled_from(["", "", "1°"]),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(BLOCKS, st.sampled_from([CHUNKING, Chunking(120, 80, 30), Chunking(10, 10, 0)]))
def test_passages_partition_the_sections(blocks: list[RawBlock], chunking: Chunking) -> None:
    source = document(*blocks, identity=CIRCULAR)
    found = passages(source, chunking)
    position = 0
    outside = list(source.text)
    for passage in found:
        assert position <= passage.start < passage.end
        assert passage.text == source.text[passage.start : passage.end] == passage.text.strip()
        assert len(passage.text) <= chunking.max_chars
        assert len(passage.context) <= 250
        outside[passage.start : passage.end] = " " * len(passage.text)
        position = passage.end
    left = "".join(outside)
    assert not any(left[s.start : s.end].strip() for s in source.sections)
    assert len({p.passage_id for p in found}) == len(found)
    if source.sections:
        assert all(
            any(s.start <= p.start and p.end <= s.end for s in source.sections) for p in found
        )


@pytest.mark.parametrize("unit", ["x", "a ", "a, ", "A. ", ". ", ":\n", "– ", "Oui. ", "| "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    source = document(paragraph(text), *[RawBlock("item", unit + ":", n % 9) for n in range(2_000)])
    assert is_under(0.4, lambda: passages(source))


def test_ordinary_documents_are_cut_fast() -> None:
    blocks = [paragraph(prose(n % 13 + 1)) for n in range(400)]
    source = document(*blocks)
    began = time.process_time()
    passages(source)
    chars_a_second = len(source.text) / (time.process_time() - began)
    assert chars_a_second > 1_500_000
