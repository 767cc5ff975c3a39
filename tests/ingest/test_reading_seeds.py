"""The five founding pages: what must stay, what must go (probes of a few words)."""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.reading import Content, read
from ingest.reading.plain import blocks_of
from ingest.reading.sanitising import sanitise
from ingest.reading.shapes import looks_like_page

ROOT = Path(__file__).parents[2]
SEEDS = (ROOT / os.environ.get("REPERES_SHARED", "../shared")).resolve() / "seeds"

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"dossier partagé absent : {SEEDS} (REPERES_SHARED le nomme)"
)

STAYS = {
    "000": [
        *("pas encore fait ses preuves", "Publié le 03/11/2021", "lancée en octobre 2019"),
        *("Trente départements volontaires", "à parts égales", "Quel bilan les départements"),
        *("200 millions en 2021", "enjeu des moyens humains", "délégué Sud santé sociaux"),
    ],
    "001": [
        *("politique décentralisée", "assumer ses responsabilités", "rehausser le niveau"),
        *("14 octobre 2019", "réponses à leurs besoins", "enjeu politique majeur"),
    ],
    "002": [
        *("le point sur la contractualisation", "Publié le 14/03/2022", "publiée le 11 mars"),
        *("loi n° 2022-140", "étendue en 2022", "avenants financiers au titre"),
        *("années 2022 à 2024", "violences institutionnelles"),
    ],
    "003": [
        *("Contractualisation, étape 2", "19/05/2021", "Trois sources de financement [1]"),
        *("107 millions d'euros", "Onze objectifs fondamentaux", "attention particulière"),
        *("15 autres objectifs", "Stratégie Pauvreté", "[1] Circulaire n°"),
    ],
    "004": [
        *("ENFANCE | protection", "Le 15 février 2020", "Le Département du Cher"),
        *("première vague", "6 groupes de travail", "Une analyse précise", "l’insularité"),
        *("fin du mois de février", "préparer l’avenir", "renfort financier"),
    ],
}
GOES = {
    "000": [
        *("Déjà inscrit", "Mot de passe", "codes d'accès", "inscrire gratuitement", "Newsletters"),
        *("newsletter personnalisée", "réservé aux abonnés", "reste à lire", "Offre Découverte"),
        *(
            "J’en profite",
            "offres d'emploi",
            "Prépa concours",
            "Commentaires",
            "ne sera pas publié",
        ),
        *("caractère personnel", "marche online", "Thèmes abordés", "Ma Gazette", "shadow"),
    ],
    "001": ["même rubrique", "Décret petite enfance", "attestation d'honorabilité", "Actu -"],
    "002": [
        *("Déjà inscrit", "Mot de passe", "Fermer", "Menu", "newsletter", "Domaines juridiques"),
        *("Réagir à", "Prépa concours", "Formations", "Commentaires", "ne sera pas publié"),
    ],
    "003": [
        *("commentaire", "réservé aux abonnés", "expéditeur", "Champs obligatoires", "sommaire"),
        *("Offres d'emploi", "EMPREINTES", "H/F", "Haute Garonne", "Trophée", "palmarès"),
        *("hauts patronages", "Sophie Cluzel", "Christophe Itier", "digital étend"),
    ],
    "004": ["Vous êtes ici", "Page d’accueil"],
}
KNOWN = {
    "000": ("La stratégie de protection de l’enfance", date(2021, 11, 3), "Mariette Kammerer"),
    "001": (None, date(2020, 10, 14), None),
    "002": ("Stratégie nationale de prévention", date(2022, 3, 14), "Léna Jabre"),
    "003": ("Contractualisation, étape 2", date(2021, 5, 19), "Laura Taillandier"),
    "004": ("ENFANCE | protection", date(2020, 2, 15), None),
}


@cache
def page(number: str) -> Content:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return read(path.name, path.read_bytes()).contents[0]


def shown(number: str) -> str:
    return "\n".join(block.text for block in page(number).blocks)


@pytest.mark.parametrize(("number", "part"), [(n, p) for n, ps in STAYS.items() for p in ps])
def test_the_article_stays(number: str, part: str) -> None:
    assert part in shown(number)


@pytest.mark.parametrize(("number", "part"), [(n, p) for n, ps in GOES.items() for p in ps])
def test_the_site_around_goes(number: str, part: str) -> None:
    assert part not in shown(number)


@pytest.mark.parametrize("number", KNOWN)
def test_the_page_says_its_title_date_and_author(number: str) -> None:
    title, day, author = KNOWN[number]
    found = page(number)
    assert (found.published_on, found.author) == (day, author)
    assert found.title is None if title is None else (found.title or "").startswith(title)


@pytest.mark.parametrize("number", KNOWN)
def test_no_long_block_comes_twice(number: str) -> None:
    long = [block.text for block in page(number).blocks if len(block.text) > 60]
    assert len(long) == len(set(long))


def test_official_references_are_found() -> None:
    assert page("002").references == ("2022-140",)
    assert page("003").references == ("2021/25",)


def test_headings_and_lists_keep_their_kinds() -> None:
    headings = [b.text for b in page("003").blocks if b.kind == "heading"]
    assert headings == ["Contractualisation, étape 2", "Onze objectifs fondamentaux"]
    assert sum(block.kind == "item" for block in page("004").blocks) == 10


def test_official_fiches_are_never_taken_for_pages() -> None:
    corpus = SEEDS.parent / "data" / "spf_qr" / "corpus.jsonl"
    if not corpus.is_file():
        pytest.skip(f"jeu absent : {corpus}")
    texts = (json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines())
    assert not any(looks_like_page(blocks_of(sanitise(text))) for text in texts)
