"""Hand-made registers over the fake documents, and the pages that read them."""

from datetime import date
from typing import Any

from fastapi import FastAPI

from assistant.entries import Entry
from assistant.units import Unit
from corpus.registry import (
    Conflict,
    Deadline,
    Eligibility,
    Funding,
    Objective,
    Obligation,
    Row,
    Side,
    Unknown,
)
from corpus.types import Section
from tests.ui.fakes import CREDITS, DEADLINE, HOSTILE_TEXT, PURPOSE, FakeAssistant, documents
from tests.ui.fakes import citation as cited
from ui.pages.site import add_pages

PROOF = ("circulaire-2021-25#F084",)
MISSING = "La liste complète des signataires n'a pas été retrouvée."
CIRCULAR, PRESS, HOSTILE = documents()
_PLACES = {
    DEADLINE: CIRCULAR,
    PURPOSE: CIRCULAR,
    MISSING: CIRCULAR,
    CREDITS: PRESS,
    HOSTILE_TEXT: HOSTILE,
}


def entry(row: Row, *quotes: str) -> Entry[Any]:
    """A row proved by quotes of the fake documents."""
    found = [(quote, _PLACES[quote]) for quote in quotes]
    units = tuple(
        Unit(document, start, start + len(quote), Section(0, 0, ()), None)
        for quote, document in found
        for start in [document.text.index(quote)]
    )
    citations = tuple(cited(n, document, quote) for n, (quote, document) in enumerate(found, 1))
    return Entry(row, units, citations)


def deadline(name: str, exercice: int, event: str, **given: Any) -> Deadline:
    """A date of the calendar."""
    values = {"standing": "établi"} | given
    return Deadline(id=name, proofs=PROOF, exercice=exercice, event=event, **values)


def obligation(name: str, what: str, *exercices: int, **given: Any) -> Obligation:
    """What the département must do, unless told otherwise."""
    values = {"who": "département", "modality": "must"} | given
    return Obligation(id=name, proofs=PROOF, what=what, exercices=exercices, **values)


def funding(name: str, exercice: int, amount_eur: int | None, **given: Any) -> Funding:
    """An amount of programme 304, unless told otherwise."""
    values: dict[str, Any] = {"source": "programme 304", "standing": "établi"}
    values |= {"perimeter": "budget de l'État"} | given
    return Funding(id=name, proofs=PROOF, exercice=exercice, amount_eur=amount_eur, **values)


def _place(code: str, name: str, wave: str, standing: str, **given: Any) -> Eligibility:
    values: dict[str, Any] = {"wave": wave, "standing": standing, **given}
    return Eligibility(id=f"place-{code.lower()}", proofs=PROOF, code=code, name=name, **values)


def _calendar() -> tuple[Entry[Any], ...]:
    former = deadline(
        "date-rapport-2021-initiale",
        2021,
        "première date du rapport",
        on=date(2021, 6, 30),
        cohorts=("2020",),
        who="signataires",
        replaced_by="date-rapport-2021",
    )
    return (
        entry(
            deadline(
                "date-signature-2021",
                2021,
                "date limite de signature",
                on=date(2021, 9, 30),
                words="au plus tard le 30 septembre 2021",
                who="signataires",
            ),
            DEADLINE,
        ),
        entry(former, PURPOSE),
        entry(
            deadline("date-rapport-2021", 2021, "date du rapport", on=date(2021, 8, 31)), DEADLINE
        ),
        entry(
            deadline("date-projet-2021", 2021, "projet finalisé", words="début juillet 2021"),
            DEADLINE,
        ),
        entry(
            deadline(
                "date-signature-2022",
                2022,
                "date limite de signature : non retrouvée",
                who="signataires",
                standing="inconnu",
            ),
            MISSING,
        ),
        entry(
            deadline(
                "date-avis-2022",
                2022,
                "avis du juge",
                on=date(2022, 4, 1),
                who="juge",
                standing="discuté",
            ),
            DEADLINE,
        ),
        entry(deadline("date-hostile-2022", 2022, HOSTILE_TEXT, on=date(2022, 5, 2)), HOSTILE_TEXT),
    )


def _conflict() -> Conflict:
    sides = (
        Side(says="155 M€ en tout", sources=("Journal A",)),
        Side(says="200 M€", sources=("Journal B",)),
    )
    return Conflict(
        id="total-2021",
        proofs=PROOF,
        about="Total de 2021",
        sides=sides,
        retain="155 M€.",
        why="La circulaire fait foi.",
    )


def registers() -> dict[type, tuple[Any, ...]]:
    """Some rows of each register."""
    return {
        Deadline: _calendar(),
        Obligation: (
            entry(obligation("contrat-2021-bilan", "produire un bilan", 2021), DEADLINE),
            entry(obligation("avenant-2022-bilan", "produire un bilan", 2022), DEADLINE),
            entry(obligation("plan-2021", "suivre le plan", 2021, cohorts=("2020",)), PURPOSE),
            entry(obligation("candidature-2021", "candidater", 2021, cohorts=("2021",)), DEADLINE),
            entry(
                obligation(
                    "calpae-2021",
                    "pour la collectivité signataire d'une Calpae, suivre les allocataires",
                    2021,
                    who="autre",
                ),
                DEADLINE,
            ),
            entry(obligation("loi", "évaluer chaque situation"), PURPOSE),
        ),
        Funding: (
            entry(funding("total-2021", 2021, 155_000_000), CREDITS),
            entry(funding("autre-2021", 2021, 200_000_000, standing="discuté"), PURPOSE),
            entry(funding("total-2022", 2022, 140_000_000), DEADLINE),
            entry(funding("fir-2021", 2021, 33_000_000, source="FIR"), DEADLINE),
            entry(funding("fir-2022", 2022, None, source="FIR", standing="inconnu"), MISSING),
            entry(funding("ain-2021", 2021, 441_826, perimeter="Ain, dotation"), DEADLINE),
        ),
        Objective: (
            entry(
                Objective(
                    id="prevention",
                    proofs=PROOF,
                    kind="fondamental",
                    number=1,
                    wording="Renforcer la prévention.",
                    exercices=(2021, 2022),
                    standing="établi",
                ),
                PURPOSE,
            ),
        ),
        Eligibility: (
            entry(_place("01", "Ain", "2020", "établi", signed_on=date(2020, 10, 1)), DEADLINE),
            entry(_place("38", "Isère", "2022", "déduit", amount_eur=7_000_000), DEADLINE),
            entry(_place("29", "Finistère", "inconnue", "inconnu", note="Non établi."), MISSING),
        ),
        Conflict: (entry(_conflict(), PURPOSE),),
        Unknown: (
            entry(
                Unknown(id="liste", proofs=PROOF, question="Quelle est la liste de 2021 ?"), MISSING
            ),
        ),
    }


def pages(rows: dict[type, tuple[Any, ...]] | None = None) -> FastAPI:
    """The pages alone, over the hand-made registers."""
    assistant = FakeAssistant()
    assistant.registers.rows = registers() if rows is None else rows
    app = FastAPI()
    add_pages(app, assistant)
    return app
