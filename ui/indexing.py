"""Commands of the library and the index: ingest, remove, status, backup, restore."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ui.exits import printable, say
from ui.options import IndexOption, JsonOption, encoder, progress_bar, settings_for, show

commands = typer.Typer()
SHOWN_IDS = 20


@commands.command()
def ingest(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(metavar="CHEMIN", help="Fichiers ou dossiers.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ajoute des fichiers à la bibliothèque et publie l'index (sans fichier : le corpus livré)."""
    from ingest.pipeline import ingest as run

    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(paths or [], settings, encoder(settings), report_progress)
    _show_report(report, as_json)


@commands.command()
def remove(
    document_ids: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT", help="Identifiants des documents.")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Retire des documents de la bibliothèque et republie l'index."""
    from ingest.pipeline import remove as run

    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(document_ids, settings, encoder(settings), report_progress)
    _show_report(report, as_json)


@commands.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier à écrire (.zip).")],
    index: IndexOption = None,
) -> None:
    """Sauvegarde la bibliothèque dans un fichier, sans les comptes, avis ni réponses gardées."""
    from ingest.pipeline import backup as run

    settings = settings_for(index)
    count = run(target, settings)
    print(f"{counted(count, 'fichier')} de la bibliothèque dans {target}.")
    beside = sorted(p.name for p in settings.library_folder.parent.glob("*.sqlite"))
    if beside:
        print(
            "Les comptes, les avis et les réponses gardées n'y sont pas, car ils disent qui "
            f"demande quoi : copiez à part, serveur arrêté, {', '.join(beside)} "
            f"(dossier {settings.library_folder.parent})."
        )


@commands.command()
def restore(
    source: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Fichier écrit par « reperes backup ».")
    ],
    index: IndexOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Même si la bibliothèque tient d'autres fichiers.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Remet la bibliothèque d'une sauvegarde et publie l'index."""
    from ingest.pipeline import restore as run

    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(source, settings, encoder(settings), report_progress, replacing=replace)
    _show_report(report, as_json)


def _show_report(report: Any, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        show(asdict(report))
        return
    for refusal in report.refused:
        label = "Partie non lue" if "#" in Path(refusal["file"]).name else "Refusé"
        say(f"{label} : {refusal['file']} : {refusal['reason']}")
    for duplicate in report.duplicates:
        say(f"Doublon : {duplicate}")
    for displaced in report.displaced:
        say(f"Remplacé, car du même numéro : {displaced}")
    done = (
        ("ajouté", report.added),
        ("remplacé", report.replaced),
        ("inchangé", report.unchanged),
        ("retiré", report.removed),
        ("refusé", report.refused),
    )
    counts = ", ".join(counted(len(items), word) for word, items in done)
    for word, items in done[:2]:
        for item in items[:SHOWN_IDS]:
            print(printable(f"{word.capitalize()} : {item}"))
        if len(items) > SHOWN_IDS:
            print(f"… et {len(items) - SHOWN_IDS} autres.")
    published = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    print(f"Index : {published}. Fichiers : {counts}. {report.seconds:.1f} s.")


def counted(number: int, word: str) -> str:
    """« 1 document », « 2 documents »."""
    return f"{number} {word}{'s' if number > 1 else ''}"


@commands.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Ce qui est indexé, avec quel modèle, depuis quand."""
    from ingest.index import current_generation
    from ingest.manifest import Manifest

    settings = settings_for(index)
    folder = current_generation(settings.index_folder)
    manifest = Manifest.read(folder)
    manifest.check_files(folder)
    values = {
        "documents": manifest.documents,
        "passages": manifest.passages,
        "embedding_model": manifest.embedding_model,
        "corpus_digest": manifest.corpus_digest,
        "built_at": manifest.built_at,
        "retrieval": "hybrid" if manifest.embedding_model else "lexical",
    }
    if as_json:
        show(values)
        return
    labels = {
        "documents": "Documents",
        "passages": "Passages",
        "embedding_model": "Modèle de vecteurs",
        "corpus_digest": "Empreinte du corpus",
        "built_at": "Construit le",
        "retrieval": "Recherche",
    }
    for key, label in labels.items():
        print(f"{label} : {values[key] or 'aucun'}")
