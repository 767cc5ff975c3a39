"""Commands of the corpus: check, show, glossary, table, fetch."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.exits import say
from ui.options import IndexOption, JsonOption, encoder, progress_bar, settings_for, show

commands = typer.Typer(
    help="Le corpus livré : vérifier, montrer, lister, aller chercher les originaux.",
    no_args_is_help=True,
)


@commands.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Option(help="Dossier qui tient documents/ et registers/ (défaut : le corpus livré)."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Vérifie que chaque énoncé et chaque ligne de registre est prouvé ; sort en 1 sinon."""
    from dataclasses import asdict

    from corpus.checking import check as faults_of
    from corpus.faults import misread
    from corpus.registry import REGISTERS, read_register

    documents_at, registers_at = _folders(folder)
    documents, refused = _read(documents_at)
    faults = faults_of(documents, documents_at, registers_at)
    faults = sorted([*faults, *(misread(documents_at / name, why) for name, why in refused)])
    statements = sum(len(document.anchors) for document in documents.values())
    rows = 0 if faults else sum(len(read_register(name, registers_at)) for name in REGISTERS)
    if as_json:
        counts = {"documents": len(documents), "statements": statements}
        show(counts | {"rows": None if faults else rows, "faults": [asdict(f) for f in faults]})
    elif faults:
        print("\n".join(map(str, faults)))
    else:
        print(
            f"Aucune faute : {len(documents)} documents, {statements} énoncés, "
            f"{rows} lignes de registre."
        )
    if faults:
        raise typer.Exit(1)


@commands.command(name="show")
def show_document(
    document_id: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Identifiant d'un document du corpus livré.")
    ],
    svg: Annotated[
        Path | None, typer.Option(help="Fichier où dessiner la chaîne des textes (.svg).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Montre la fiche d'un texte, ses sources et la chaîne des textes où il se place."""
    from corpus.chains import chain_of
    from ingest.replacing import write_shared
    from ui.catalogue import chain_as_dict, plain_card
    from ui.chain_picture import draw_chain
    from ui.documents import whole

    documents = _shipped()
    document = documents.get(document_id)
    if document is None:
        raise _unknown(document_id, list(documents))
    identities = {name: each.identity for name, each in documents.items()}
    chain = chain_of(identities, document_id)
    if svg is not None:
        write_shared(svg, draw_chain(identities, chain))
        say(f"Chaîne des textes dessinée dans {svg}.")
    if as_json:
        unshown = {"text", "sections", "blocks", "anchors"}
        card = {key: value for key, value in whole(document).items() if key not in unshown}
        show(card | {"statements": len(document.anchors), "chain": chain_as_dict(chain)})
    else:
        print(plain_card(document, identities, chain))


@commands.command()
def glossary(
    word: Annotated[
        str, typer.Argument(metavar="MOT", help="Mot ou sigle à chercher (défaut : tous).")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Donne les mots du métier, leurs autres formes, leur sens et le texte qu'ils désignent."""
    from corpus.errors import InvalidRequest
    from corpus.lexicon import entries
    from corpus.lexicon import glossary as defined
    from ui.glossary import entry_as_dict, plain_entry

    found = defined(word)
    if not found:
        forms = [form for entry in entries() if entry.definition for form in entry.forms]
        raise InvalidRequest(f"Aucun mot « {word} » dans le glossaire{_near(word, forms)}.")
    if as_json:
        show([entry_as_dict(entry) for entry in found])
    else:
        print("\n".join(map(plain_entry, found)))


@commands.command()
def table(
    write: Annotated[
        Path | None,
        typer.Option(help="Fichier à mettre à jour entre ses deux lignes « documents »."),
    ] = None,
) -> None:
    """Donne le tableau Markdown des documents, ou met à jour celui d'un fichier."""
    from corpus.errors import InvalidRequest
    from ingest.replacing import file_at, write_shared
    from ui.catalogue import documents_table, with_table

    made = documents_table(_shipped().values())
    if write is None:
        print(made)
        return
    try:
        written = with_table(file_at(write).read_text(encoding="utf-8"), made)
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"« {write} » n'est pas un fichier de texte (UTF-8).") from error
    except InvalidRequest as error:
        raise InvalidRequest(f"« {write} » : {error}") from error
    write_shared(write, written)
    print(f"Tableau des documents mis à jour dans {write}.")


@commands.command()
def fetch(
    document_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Documents du corpus livré (défaut : tous)."),
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Va chercher les originaux aux adresses officielles du catalogue et les indexe."""
    from dataclasses import asdict

    from ingest.documents import shipped_ids
    from ingest.fetching import fetch as run

    ids = document_ids or []
    known = shipped_ids()
    for document_id in ids:
        if document_id not in known:
            raise _unknown(document_id, sorted(known))
    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(settings, encoder(settings), report_progress, document_ids=ids)
    if as_json:
        show(asdict(report))
    else:
        for refusal in report.refused:
            say(f"Refusé : {refusal['file']} : {refusal['reason']}")
        print(
            f"{len(report.added)} originaux ajoutés, {len(report.replaced)} remplacés, "
            f"{len(report.unchanged)} inchangés, {len(report.refused)} refusés."
        )
    if report.refused and not (report.added or report.replaced or report.unchanged):
        raise typer.Exit(1)


def _folders(folder: Path | None) -> tuple[Path, Path]:
    """Where documents and registers are.

    Raises:
        InvalidRequest: one of the two folders isn't there.
    """
    from corpus.catalogue import documents_folder
    from corpus.errors import InvalidRequest

    corpus = folder or documents_folder().parent
    found = corpus / "documents", corpus / "registers"
    for each in found:
        if not each.is_dir():
            raise InvalidRequest(f"« {corpus} » ne contient pas de dossier {each.name}/.")
    return found


def _read(folder: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Documents of a folder by id, and those that don't parse as (file name, reason)."""
    from ingest.documents import IndexedFile, read_documents
    from ingest.reading import read
    from ingest.report import Report

    report = Report()
    files = [
        IndexedFile(path.name, partial(read, path.name, path.read_bytes()), path.stem, True)
        for path in sorted(folder.glob("*.md"))
    ]
    documents = {document.document_id: document for document in read_documents(files, report)}
    return documents, [(refusal["file"], refusal["reason"]) for refusal in report.refused]


def _shipped() -> dict[str, Any]:
    from corpus.catalogue import documents_folder

    return _read(documents_folder())[0]


def _unknown(document_id: str, known: Sequence[str]) -> Exception:
    """The error of an id that no document has, with the ids near it."""
    from corpus.errors import InvalidRequest

    near = _near(document_id, known)
    return InvalidRequest(f"Aucun document « {document_id} » dans le corpus{near}.")


def _near(asked: str, known: Sequence[str]) -> str:
    """Up to three known names near what was asked, in brackets; empty when none is."""
    holding = [name for name in known if asked and asked in name]
    near = dict.fromkeys(holding[:3] + get_close_matches(asked, known, n=3, cutoff=0.5))
    return f" (proches : {', '.join([*near][:3])})" if near else ""
