"""``corpus check``: a sound corpus is clean, and each way to break it is a fault at its line."""

import shutil
from pathlib import Path

import pytest

from corpus.catalogue import documents_folder
from corpus.checking import check
from corpus.errors import ReperesError
from corpus.faults import Fault, misread
from corpus.registry import UNNAMED
from ingest.documents import make_document, read_documents, shipped_files
from ingest.reading import read
from ingest.report import Report
from tests.timing import fastest_s

FIRST = """+++
title = "Circulaire n° 2031/10 du 5 mars 2031 relative aux contrats de l'exercice 2031"
kind = "circulaire"
authority = "circulaire"
number = "AAA/BB1/2031/10"
nor = "ABCD3110001C"
signed_on = 2031-03-05
published_on = 2031-03-20
in_force_from = 2031-03-20
in_force_until = 2032-12-31
text_status = "remplacé"
exercices = [2031]
checked_on = 2032-06-01

[sources.MIN]
publisher = "Ministère d'essai"
evidence = "official_page"
url = "https://ministere.example/circulaire"

[sources.GAZ]
publisher = "Gazette d'essai"
evidence = "press"
url = "https://gazette.example/contrats"

[anchors]
F1 = ["MIN", "GAZ"]
F2 = ["MIN"]
F3 = ["GAZ"]
+++

# Circulaire du 5 mars 2031

## Financement de l'exercice 2031

La circulaire ouvre 12 millions d'euros à l'Aisne en 2031. <!-- F1 several official_page -->

Le préfet doit signer le contrat avant le 30 septembre 2031. <!-- F2 single official_page -->

Les pièces sont :
- le plan d'action de 4 pages, d'après la gazette. <!-- F3 single press -->

## Ce qui n'est pas établi

- Le nombre de contrats signés n'a pas été retrouvé. <!-- T1 unknown -->
"""
SECOND = """+++
title = "Circulaire n° 2032/20 du 2 février 2032 relative aux contrats de l'exercice 2032"
kind = "circulaire"
authority = "circulaire"
number = "AAA/BB1/2032/20"
signed_on = 2032-02-02
text_status = "annulé"
exercices = [2032]
checked_on = 2032-06-01

[[relations]]
kind = "remplace"
target = "premiere"

[[relations]]
kind = "annulé par"
target = "decision"

[sources.GAZ]
publisher = "Gazette d'essai"
evidence = "press"
url = "https://gazette.example/2032"

[anchors]
G1 = ["GAZ"]
G2 = ["GAZ"]
+++

# Circulaire du 2 février 2032

## Calendrier de l'exercice 2032

Le contrat de 2032 est signé avant le 30 juin 2032. <!-- G1 single press -->

La date de signature est reportée au 31 octobre 2032. <!-- G2 disputed press -->
"""
DECISION = """+++
title = "Décision du 3 mai 2032"
kind = "jurisprudence"
authority = "jurisprudence"
signed_on = 2032-05-03
checked_on = 2032-06-01

[sources.JUG]
publisher = "Conseil d'essai"
evidence = "official_text"
file = "decision.txt"

[anchors]
J1 = ["JUG"]
+++

# Décision du 3 mai 2032

La décision annule la circulaire du 2 février 2032. <!-- J1 single official_text -->
"""
REGISTERS = {
    "obligations": """[[rows]]
id = "signer-2031"
who = "préfet"
modality = "must"
what = "signer le contrat"
deadline = 2031-09-30
exercices = [2031]
proofs = ["premiere#F2"]

[[rows]]
id = "joindre-2031"
who = "département"
modality = "may"
what = "joindre un plan d'action de 4 pages"
exercices = [2031]
proofs = ["premiere#F3"]
""",
    "eligibility": """[[rows]]
id = "aisne"
code = "02"
name = "Aisne"
wave = "inconnue"
standing = "établi"
proofs = ["premiere#F1"]
""",
    "funding": """[[rows]]
id = "ensemble-2031"
exercice = 2031
source = "ensemble"
amount_eur = 12_000_000
perimeter = "tous les crédits"
standing = "établi"
proofs = ["premiere#F1"]
""",
    "calendar": """[[rows]]
id = "signature-2032"
exercice = 2032
event = "signature du contrat"
on = 2032-06-30
replaced_by = "signature-2032-reportee"
standing = "établi"
proofs = ["seconde#G1"]

[[rows]]
id = "signature-2032-reportee"
exercice = 2032
event = "signature du contrat, reportée"
on = 2032-10-31
standing = "discuté"
proofs = ["seconde#G2"]
""",
    "objectives": """[[rows]]
id = "objectif-un"
kind = "fondamental"
number = 1
exercices = [2031]
standing = "inconnu"
proofs = ["premiere#T1"]
""",
    "conflicts": """[[rows]]
id = "date-2032"
about = "Date de signature de l'exercice 2032"
retain = "Le 31 octobre."
why = "Elle est plus récente."
proofs = ["seconde#G1", "seconde#G2"]

[[rows.sides]]
says = "le 30 juin 2032"
sources = ["Gazette d'essai"]

[[rows.sides]]
says = "le 31 octobre 2032"
sources = ["Gazette"]
""",
    "unknowns": """[[rows]]
id = "nombre-de-contrats"
question = "Combien de contrats ont été signés ?"
proofs = ["premiere#T1"]
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound corpus of three documents and a row or two in each register."""
    for name in ("documents", "registers"):
        (tmp_path / name).mkdir()
    for name, text in (("premiere", FIRST), ("seconde", SECOND), ("decision", DECISION)):
        (tmp_path / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
    for name, text in REGISTERS.items():
        (tmp_path / "registers" / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def faults_in(folder: Path) -> list[Fault]:
    """What is wrong in a folder, documents that don't parse included."""
    documents, faults = {}, []
    for path in sorted((folder / "documents").glob("*.md")):
        try:
            (content,) = read(path.name, path.read_bytes()).contents
            documents[path.stem] = make_document(path.stem, path.name, content, ours=True)
        except ReperesError as error:
            faults.append(misread(path, str(error)))
    return faults + check(documents, folder / "documents", folder / "registers")


def change(path: Path, old: str, new: str) -> None:
    """Breaks a file at one place."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} fois {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, place: str | int) -> int:
    """The line that holds these words, which only one does; a number is a line itself."""
    if isinstance(place, int):
        return place
    numbered = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    (line,) = [number for number, line in numbered if place in line]
    return line


def test_a_sound_corpus_has_no_fault(folder: Path) -> None:
    assert faults_in(folder) == []


UNUSED = '[sources.X]\npublisher = "X"\nevidence = "press"\nurl = "https://x.example"\n\n'
CHANGES: dict[str, tuple[str, str, str, str | int, str]] = {
    "nor": ("premiere", '"ABCD3110001C"', '"ABC12"', 'nor = "ABC12"', "champ « nor »"),
    "unknown field": ("premiere", "exercices = ", "exercises = ", "exercises", "« exercises »"),
    "missing field": ("premiere", 'kind = "circulaire"\n', "", 1, "champ « kind »"),
    "unknown kind": ("decision", 'kind = "jurisprudence"', 'kind = "x"', 'kind = "x"', "« kind »"),
    "source without address": (
        *("premiere", 'url = "https://gazette.example/contrats"\n', ""),
        *("[sources.GAZ]", "champ « sources.GAZ »"),
    ),
    "source with an unknown evidence": (
        *("premiere", 'evidence = "press"', 'evidence = "rumeur"', "rumeur"),
        "champ « sources.GAZ.evidence »",
    ),
    "unknown relation": (
        *("seconde", 'kind = "annulé par"', 'kind = "cite"', 'kind = "cite"'),
        "champ « relations.1.kind »",
    ),
    "card that is not TOML": (
        *("premiere", "checked_on = 2032-06-01", "checked_on = le 1er", "le 1er", "TOML valide"),
    ),
    "card left open": ("decision", '["JUG"]\n+++', '["JUG"]', 1, "ne la ferme"),
    "anchor ill formed": (
        *("premiere", "F3 single press", "F3 sure press", "F3 sure", "mal formée"),
    ),
    "anchor of an unknown fact": (
        *("premiere", "F3 single press", "F9 single press", "F9 single", "l'ancre F9"),
    ),
    "fact of an unknown source": (
        *("seconde", 'G2 = ["GAZ"]', 'G2 = ["LMS"]', "G2 disputed", "source inconnue LMS"),
    ),
    "fact without source": (
        *("premiere", 'F3 = ["GAZ"]', "F3 = []", "F3 single", "l'ancre F3 n'a aucune source"),
    ),
    "no card": ("decision", "+++\ntitle", "title", "title =", "la fiche d'identité manque"),
    "malformed number": (
        *("premiere", '"AAA/BB1/2031/10"', '"2031-dix"', "number =", "« 2031-dix » mal formé"),
    ),
    "number of another": (
        *("seconde", '"AAA/BB1/2032/20"', '"AAA/BB1/2031/10"', "number =", "numéro de premiere"),
    ),
    "published before signed": (
        *("premiere", "published_on = 2031-03-20", "published_on = 2031-03-01"),
        *("published_on", "published_on (2031-03-01) précède signed_on (2031-03-05)"),
    ),
    "checked before published": (
        *("premiere", "checked_on = 2032-06-01", "checked_on = 2031-03-06"),
        *("checked_on", "précède published_on"),
    ),
    "ended before in force": (
        *("premiere", "in_force_until = 2032-12-31", "in_force_until = 2030-12-31"),
        *("in_force_until", "précède l'entrée en vigueur"),
    ),
    "never reread": (*("decision", "checked_on = 2032-06-01\n", "", 1, "(checked_on) manque"),),
    "exercice not stated": (
        *("premiere", "exercices = [2031]", "exercices = [2031, 2034]"),
        *("exercices", "l'exercice 2034 n'est dit nulle part"),
    ),
    "relation to an absent document": (
        *("seconde", 'target = "decision"', 'target = "perdue"', '"perdue"', "absent (perdue)"),
    ),
    "later text completed": (
        *("seconde", 'kind = "annulé par"', 'kind = "complète"', '"decision"'),
        "complète un texte postérieur (decision)",
    ),
    "replaced text that does not say so": (
        *("premiere", '"remplacé"', '"en vigueur"', "text_status", "par seconde, son statut"),
    ),
    "annulled text that does not say so": (
        *("seconde", '"annulé"', '"en vigueur"', "text_status", "son statut non"),
    ),
    "unused source": (
        *("premiere", "[anchors]", UNUSED + "[anchors]"),
        *("[sources.X]", "source X inutilisée"),
    ),
    "statement without anchor": (
        *("premiere", "La circulaire ouvre 12", "Le dossier est public.\n\nLa circulaire ouvre 12"),
        *("dossier est public", "énoncé sans ancre"),
    ),
    "item without anchor": (
        *("premiere", "Les pièces sont :\n", "Les pièces sont :\n- un **bilan** signé ;\n"),
        *("**bilan**", "énoncé sans ancre"),
    ),
    "row of a table without anchor": (
        *(
            "decision",
            "La décision annule",
            "| An | Nombre |\n|---|---|\n| 2031 | 7 |\n\nLa décision",
        ),
        *("| 2031 | 7 |", "énoncé sans ancre"),
    ),
    "evidence too strong": (
        *("seconde", "G1 single press", "G1 single official_text"),
        *("G1 single", "preuve « official_text », ses sources donnent « press »"),
    ),
    "evidence too weak": (
        *("premiere", "F2 single official_page", "F2 single press"),
        *("F2 single", "preuve « press », ses sources donnent « official_page »"),
    ),
    "several with one source": (
        *("seconde", "G1 single press", "G1 several press", "G1 several", "demande deux sources"),
    ),
    "several with one address": (
        *("premiere", "https://gazette.example/contrats", "https://ministere.example/circulaire"),
        *("F1 several", "demande deux sources"),
    ),
    "unverified": ("premiere", "de 4 pages", "de 4 pages [NV]", "[NV]", "énoncé non vérifié"),
    "note left": ("decision", "annule la", "annule <!-- TODO --> la", "TODO", "non vérifié"),
    "id taken": (
        *("obligations", '"joindre-2031"', '"signer-2031"', 11, "identifiant est déjà pris"),
    ),
    "id of another register": (
        *("unknowns", '"nombre-de-contrats"', '"aisne"', '"aisne"', "identifiant est déjà pris"),
    ),
    "proof by an absent document": (
        *("obligations", "premiere#F3", "perdue#F3", "perdue#F3", "perdue n'existe pas"),
    ),
    "proof by an absent fact": (
        *("obligations", "premiere#F3", "premiere#F33", "F33", "l'ancre d'aucun énoncé"),
    ),
    "proof ill formed": ("unknowns", "premiere#T1", "premiere", "proofs", "champ « proofs.0 »"),
    "no proof": ("unknowns", '["premiere#T1"]', "[]", "proofs", "« proofs » trop court"),
    "amount not in its proof": (
        *("funding", "12_000_000", "13_000_000", "amount_eur", "le montant 13000000 n'est pas"),
    ),
    "figure not in its proof": (
        *("obligations", "de 4 pages", "de 5 pages", "5 pages", "le nombre 5 n'est pas"),
    ),
    "date not in its proof": (
        *("obligations", "2031-09-30", "2031-09-29", "deadline", "la date 2031-09-29 n'est pas"),
    ),
    "date of the calendar not in its proof": (
        *("calendar", "2032-06-30", "2032-07-30", "on = 2032-07", "la date 2032-07-30 n'est pas"),
    ),
    "year not in its proof": (
        *("objectives", "[2031]", "[2033]", "exercices", "l'année 2033 n'est pas dans sa preuve"),
    ),
    "wave not in its proof": (
        *("eligibility", '"inconnue"', '"2020"', "wave", "l'année 2020 n'est pas dans sa preuve"),
    ),
    "collectivité not in its proof": (
        *("eligibility", 'code = "02"\nname = "Aisne"', 'code = "03"\nname = "Allier"'),
        *("name", "sa preuve ne nomme pas Allier"),
    ),
    "wrong code": ("eligibility", '"02"', '"01"', "code", "01 n'est pas le code de Aisne"),
    "row with an unknown field": (
        *("funding", "perimeter", "perimetre", "perimetre", "« perimetre » inconnu"),
    ),
    "row without a field": (
        *("funding", 'perimeter = "tous les crédits"\n', "", "[[rows]]", "« perimeter » manquant"),
    ),
    "row out of the list": (
        *("funding", '"ensemble"', '"loterie"', "loterie", "« source » hors de la liste"),
    ),
    "replaced by an absent row": (
        *("calendar", '"signature-2032-reportee"\nstanding', '"signature-2033"\nstanding'),
        *("replaced_by", "remplacée par une ligne absente (signature-2033)"),
    ),
    "replaced by itself": (
        *("calendar", '"signature-2032-reportee"\nstanding', '"signature-2032"\nstanding'),
        *("replaced_by", "tournent en rond"),
    ),
    "conflict with one side": (
        *(
            "conflicts",
            '\n[[rows.sides]]\nsays = "le 31 octobre 2032"\nsources = ["Gazette"]\n',
            "",
        ),
        *("[[rows]]", "« sides » trop court"),
    ),
    "sides that agree": (
        *("conflicts", '"le 31 octobre 2032"', '"le 30 juin 2032"', "[[rows]]", "la même chose"),
    ),
    "side with a figure of its own": (
        *("conflicts", '"le 31 octobre 2032"', '"le 1er octobre 2032"', "[[rows]]"),
        "la date 2032-10-01 n'est pas",
    ),
    "source of a side not read": (
        *("conflicts", '["Gazette"]', '["Le Quotidien"]', "[[rows]]", "« Le Quotidien »"),
    ),
    "known point given as unknown": (
        *("unknowns", "premiere#T1", "premiere#F2", "proofs", "n'est un point inconnu"),
    ),
    "established by a disputed statement": (
        *("calendar", 'standing = "discuté"', 'standing = "établi"', 15, "n'est un point établi"),
    ),
    "deduced from what is written": (
        *("funding", '"établi"', '"déduit"', "standing", "n'est un point déduit"),
    ),
    "conflict that no statement disputes": (
        *("conflicts", '["seconde#G1", "seconde#G2"]', '["seconde#G1"]', "proofs"),
        "n'est un point discuté",
    ),
    "register that is not TOML": (
        *("obligations", 'who = "préfet"', 'who = "préfet', 'who = "préfet', "pas du TOML valide"),
    ),
    "misspelt table": (
        *("unknowns", "[[rows]]", "[[row]]", 0, "« row » : seules des lignes [[rows]]"),
    ),
    "row that is no row": (
        "unknowns",
        REGISTERS["unknowns"],
        "rows = [3]\n",
        1,
        "n° 1 n'est pas une table",
    ),
    "rows that are no rows": ("unknowns", REGISTERS["unknowns"], "rows = 3\n", 0, "une suite de"),
}


@pytest.mark.parametrize(("name", "old", "new", "at", "message"), CHANGES.values(), ids=[*CHANGES])
def test_a_broken_corpus_is_a_fault_at_its_line(
    folder: Path, name: str, old: str, new: str, at: str | int, message: str
) -> None:
    kind = "registers/{}.toml" if name in REGISTERS else "documents/{}.md"
    path = folder / kind.format(name)
    change(path, old, new)
    (found,) = [fault for fault in faults_in(folder) if message in fault.message]
    assert (found.file, found.line) == (path.name, line_of(path, at))


@pytest.mark.parametrize("name", ["nor", "card that is not TOML", "anchor ill formed"])
def test_a_document_that_does_not_parse_is_one_fault(folder: Path, name: str) -> None:
    document, old, new, _at, _message = CHANGES[name]
    change(folder / "documents" / f"{document}.md", old, new)
    assert len(faults_in(folder)) == 1


def test_relations_in_a_circle_are_a_fault_of_each_text(folder: Path) -> None:
    relation = '[[relations]]\nkind = "applique"\ntarget = "seconde"\n\n'
    path = folder / "documents" / "premiere.md"
    change(path, "[sources.MIN]", relation + "[sources.MIN]")
    faults = [fault for fault in faults_in(folder) if "tournent en rond" in fault.message]
    expected = [("premiere.md", line_of(path, "[[relations]]")), ("seconde.md", 11)]
    assert [(fault.file, fault.line) for fault in faults] == expected


def test_a_document_without_source_is_a_fault(folder: Path) -> None:
    text = DECISION.split("[sources.JUG]")[0] + "+++\n\n# Décision\n\n## Contenu\n"
    (folder / "documents" / "decision.md").write_text(text, encoding="utf-8")
    assert [str(f) for f in faults_in(folder)] == [
        "decision.md:1 : aucune source avec une adresse ou un fichier fondateur."
    ]


def test_a_file_name_that_cannot_be_an_id_is_a_fault(folder: Path) -> None:
    text = DECISION.replace("3 mai", "4 mai")
    (folder / "documents" / "Décision_2.md").write_text(text, encoding="utf-8")
    (fault,) = faults_in(folder)
    assert (fault.file, fault.line) == ("Décision_2.md", 0)
    assert "lettres minuscules" in str(fault)


@pytest.mark.parametrize("name", ["circulaire.txt", "2031"])
def test_what_is_no_document_of_the_folder_is_a_fault(folder: Path, name: str) -> None:
    shutil.copytree(folder / "registers", folder / "documents" / "2031")
    (folder / "documents" / "circulaire.txt").write_text(SECOND, encoding="utf-8")
    (folder / "documents" / ".cache").write_text("", encoding="utf-8")
    faults = faults_in(folder)
    assert len(faults) == 2
    assert name in [fault.file for fault in faults]


def test_questions_of_a_statement_that_changed_are_a_fault(folder: Path) -> None:
    (folder / "asked").mkdir()
    (folder / "asked" / "premiere.toml").write_text('# x\n"0123456789ab" = ["quand ?"]\n')
    (folder / "asked" / "absente.toml").write_text('"0123456789ab" = ["quand ?"]\n')
    (folder / "asked" / "seconde.toml").write_text("=")
    faults = {fault.file: fault for fault in faults_in(folder)}
    assert set(faults) == {"premiere.toml", "absente.toml", "seconde.toml"}
    assert (faults["premiere.toml"].line, faults["absente.toml"].line) == (2, 0)


def test_a_register_that_is_not_there_is_a_fault(folder: Path) -> None:
    (folder / "registers" / "funding.toml").unlink()
    assert list(map(str, faults_in(folder))) == [
        "funding.toml : ce registre manque ou ne se lit pas."
    ]


def test_every_fault_of_a_register_is_told(folder: Path) -> None:
    path = folder / "registers" / "obligations.toml"
    change(path, 'who = "préfet"', 'who = "roi"')
    change(path, 'who = "département"\n', "")
    assert [fault.line for fault in faults_in(folder)] == [3, 10]


def test_a_proof_may_name_two_facts_of_one_statement(folder: Path) -> None:
    change(folder / "documents" / "premiere.md", "F2 single official", "F1+F2 several official")
    path = folder / "registers" / "obligations.toml"
    change(path, "premiere#F2", "premiere#F1+F2")
    assert faults_in(folder) == []


def shipped_faults() -> list[Fault]:
    """What is wrong in the shipped corpus, which must parse whole."""
    report = Report()
    documents = {each.document_id: each for each in read_documents(shipped_files(), report)}
    assert report.refused == []
    return check(documents, documents_folder(), documents_folder().parent / "registers")


def test_a_side_may_have_a_source_that_nobody_named(folder: Path) -> None:
    change(folder / "registers" / "conflicts.toml", '["Gazette"]', f'["{UNNAMED}"]')
    assert faults_in(folder) == []


def test_the_shipped_corpus_has_no_fault() -> None:
    assert list(map(str, shipped_faults())) == []


def test_the_shipped_corpus_is_checked_in_less_than_five_seconds() -> None:
    assert fastest_s(shipped_faults, runs=1) < 5
