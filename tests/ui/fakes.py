"""A fake assistant with a history: hand-made documents and answers, no index, no model."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from assistant.answer import Answer, Caution, Citation, Claim, Frame, Nearby, Request
from assistant.teaching.pack import Order, Pack
from assistant.teaching.refreshing import Item, Refresh
from assistant.teaching.rewording import reworded
from assistant.writing import Writer
from corpus.types import Anchor, Block, Document, Identity, Relation, Section, Source
from tests.packs import pack

TODAY = date(2026, 11, 21)
CIRCULAR_ID = "circulaire-2021-25"
PRESS_ID = "presse/localtis 2021"
HOSTILE_ID = "hostile"

DEADLINE = (
    "Les contrats départementaux doivent être signés avant le 30 septembre 2021 pour les "
    "départements entrés dans la démarche en 2021."
)
CREDITS = "L'enveloppe de l'État s'élève à 115 millions d'euros en 2021."
GOALS = (
    "La contractualisation poursuit trois objectifs :\n"
    "- renforcer la prévention ;\n"
    "- sécuriser les parcours des enfants protégés ;\n"
    "- mieux piloter la politique."
)
PURPOSE = (
    "La circulaire précise la contractualisation entre le préfet, l'agence régionale de santé "
    "et le département pour l'exercice 2021. Elle complète celle du 20 février 2020."
)
CIRCULAR_TEXT = "\n".join(
    [
        "Circulaire du 1er avril 2021",
        "Objet de la circulaire",
        PURPOSE,
        "Calendrier de signature",
        "Le calendrier de 2021 est décalé à cause de la crise sanitaire.",
        DEADLINE,
        "Les avenants des départements entrés en 2020 suivent le même calendrier.",
        "Financement",
        "Les crédits du budget de l'État s'ajoutent à ceux de l'assurance maladie.",
        "Objectifs",
        GOALS,
        "Ce qui n'est pas établi",
        "La liste complète des signataires n'a pas été retrouvée.",
    ]
)
PRESS_TEXT = f"Localtis, 3 mai 2021\n{CREDITS}\nLes départements restent volontaires."
HOSTILE_TEXT = (
    "<script>alert('x')</script> <img src=http://dehors.example/x.png onerror=alert(1)> "
    "![image](http://dehors.example/y.png) [lien](javascript:alert(1)) **gras** $x^2$ [1] ${1+1}"
)

SOURCES = (
    Source("DIR21", "press", "Direction[s]", "https://directions.example/2021"),
    Source("BDT21", "press", "Localtis", "https://localtis.example/2021"),
    Source("FON1", "official_page", "Ministère des solidarités", None, "page.html"),
)


def documents() -> list[Document]:
    """Three documents: a summary of a circular, a press page, and a hostile one."""
    start = CIRCULAR_TEXT.index(DEADLINE)
    circular = Document(
        CIRCULAR_ID,
        CIRCULAR_TEXT,
        Identity(
            title="Circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021 relative à la "
            "contractualisation préfet/ARS/département en prévention et protection de l'enfance",
            kind="circulaire",
            authority="circulaire",
            origin="summary",
            short_title="Circulaire du 1er avril 2021",
            number="DGCS/SD2B/DGS/SP1/2021/25",
            nor="SSAA2110502J",
            issuer="ministre des solidarités et de la santé",
            addressees=("préfets de département",),
            signed_on=date(2021, 4, 1),
            published_on=date(2021, 4, 28),
            exercices=(2021,),
            cohorts=("2020", "2021"),
            relations=(Relation("complète", "circulaire-2020-34"),),
            url="https://www.legifrance.gouv.fr/circulaire/id/45171",
            checked_on=TODAY,
        ),
        blocks=(Block("heading", 0, 28, 1), Block("paragraph", start, start + len(DEADLINE))),
        sections=(Section(start, start + len(DEADLINE), ("Circulaire", "Calendrier"), 3),),
        anchors=(
            Anchor(start, start + len(DEADLINE), ("F084",), "several", "press", ("DIR21", "BDT21")),
        ),
        sources=SOURCES,
    )
    press = Document(
        PRESS_ID,
        PRESS_TEXT,
        Identity("Localtis, 3 mai 2021", "presse", "presse", published_on=date(2021, 5, 3)),
    )
    hostile = Document(HOSTILE_ID, HOSTILE_TEXT, Identity(f"Titre {HOSTILE_TEXT}"))
    return [circular, press, hostile]


def citation(n: int, document: Document, quote: str, **changes: Any) -> Citation:
    """A citation of ``quote`` where it stands in ``document``."""
    start = document.text.index(quote)
    identity = document.identity
    made = Citation(
        n=n,
        passage_id=f"{n:016x}",
        document_id=document.document_id,
        title=identity.title,
        kind=identity.kind,
        authority=identity.authority,
        evidence="press",
        origin=identity.origin,
        confidence="several",
        reference=identity.number,
        nor=identity.nor,
        issuer=identity.issuer,
        signed_on=identity.signed_on,
        published_on=identity.published_on,
        in_force_from=None,
        in_force_until=None,
        text_status=identity.text_status,
        exercices=identity.exercices,
        locator="Circulaire > Calendrier de signature",
        page=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        url=identity.url,
        sources=tuple(
            {
                "code": s.code,
                "evidence": s.evidence,
                "publisher": s.publisher,
                "url": s.url,
                "file": s.file,
            }
            for s in document.sources
        ),
    )
    return replace(made, **changes)


def answered(question: str = "À quelle date signer les contrats de 2021 ?") -> Answer:
    """Three claims over three citations, with two warnings and follow-ups."""
    circular, press, _ = documents()
    citations = (
        citation(1, circular, DEADLINE),
        citation(2, press, CREDITS, confidence="single", locator="Localtis"),
        citation(
            3,
            circular,
            GOALS,
            evidence="official_page",
            confidence="inferred",
            locator="Circulaire > Objectifs",
        ),
    )
    return Answer(
        id="a1",
        question=question,
        as_of=TODAY,
        frame=Frame((2021,), assumed=("exercices",)),
        status="answered",
        refusal=None,
        text=f"{DEADLINE[:-1]} [1]. {CREDITS[:-1]} [2].",
        claims=(
            Claim(DEADLINE, (1,), "quoted", "must", "départements"),
            Claim(CREDITS, (2,)),
            Claim(GOALS, (1, 3), "checked"),
        ),
        citations=citations,
        warnings=(
            Caution("press_only", "Le montant n'est connu que par la presse [2].", (2,)),
            Caution("inferred", "Les objectifs sont déduits de plusieurs passages.", (3,)),
        ),
        nearby=(),
        follow_ups=("Et pour l'exercice 2022 ?", "Qui signe le contrat ?"),
        sureness=0.93,
        retrieval="hybrid",
        corpus_digest="c0ffee",
        corpus_checked_on=TODAY,
        settings_fingerprint="f00d",
        timings_ms={"retrieve": 3, "total": 12},
    )


def refused(question: str = "Quelle est la liste des signataires ?") -> Answer:
    """A refusal that helps, without a claim."""
    return replace(
        answered(question),
        id="a2",
        frame=Frame(),
        status="refused",
        refusal="known_unknown",
        text="J'ai cherché la liste des signataires dans les 13 documents.\n"
        "Les sources disent qu'elle n'a pas été retrouvée.",
        claims=(),
        citations=(),
        warnings=(),
        nearby=(Nearby(CIRCULAR_ID, "Circulaire du 1er avril 2021"),),
        follow_ups=(),
    )


def hostile(question: str) -> Answer:
    """An answer whose every text tries to act as markup."""
    document = documents()[2]
    return replace(
        answered(question + HOSTILE_TEXT),
        id="a3",
        claims=(Claim(HOSTILE_TEXT, (1,), "quoted", "must", HOSTILE_TEXT),),
        citations=(
            citation(
                1,
                document,
                HOSTILE_TEXT,
                url="javascript:alert(1)",
                issuer=HOSTILE_TEXT,
                sources=({"publisher": HOSTILE_TEXT, "url": "javascript:alert(1)"},),
            ),
        ),
        warnings=(Caution("conflict", HOSTILE_TEXT, (1,)),),
        nearby=(Nearby(HOSTILE_ID, HOSTILE_TEXT),),
        follow_ups=(HOSTILE_TEXT,),
    )


def in_danger(question: str) -> Answer:
    """A refusal that first says whom to call."""
    text = "Le 119 répond jour et nuit, gratuitement."
    warnings = (Caution("danger", text),)
    return replace(refused(question), refusal="individual_case", warnings=warnings)


class FakeEntries:
    """Rows of registers by their class, as the test gives them; none otherwise."""

    def __init__(self) -> None:
        self.rows: dict[type, tuple[Any, ...]] = {}

    def of(self, kind: type) -> tuple[Any, ...]:
        """The rows given for that class."""
        return self.rows.get(kind, ())


class FakeAssistant:
    """Answers by words of the question; ``requests`` is what it was asked."""

    def __init__(self, pause_s: float = 0.0, lexical: bool = False) -> None:
        self.requests: list[Request] = []
        self.pause_s = pause_s
        self.lexical = lexical
        self.error: Exception | None = None
        self.registers = FakeEntries()
        self.orders: list[Order] = []
        self.writer: Writer | None = None

    def answer(self, request: Request, *, recorded: bool = True) -> Answer:
        """The answer that the question's words call for, or the error that was set."""
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        question = request.question.lower()
        if "hostile" in question:
            return hostile(request.question)
        if "danger" in question:
            return in_danger(request.question)
        if "liste" in question:
            return refused(request.question)
        return answered(request.question)

    def events(
        self, request: Request
    ) -> Iterator[tuple[Literal["step", "sentence", "answer"], Any]]:
        """Two steps, the claims, the answer."""
        yield "step", "Je cherche dans les documents…"
        time.sleep(self.pause_s)
        answer = self.answer(request)
        yield "step", "Je vérifie chaque phrase…"
        for claim in answer.claims:
            yield "sentence", claim
            time.sleep(self.pause_s)
        yield "answer", answer

    def documents(self) -> list[Document]:
        """The three documents."""
        return documents()

    def document(self, document_id: str) -> Document | None:
        """One of the three."""
        return next((d for d in documents() if d.document_id == document_id), None)

    def entries(self) -> FakeEntries:
        """The registers that the test filled."""
        return self.registers

    def pack(self, order: Order, progress: Callable[[str], None] = lambda _step: None) -> Pack:
        """The sample pack over the circular; another seed asks the same facts in other words."""
        progress("Je lis les registres…")
        if self.error is not None:
            raise self.error
        self.orders.append(order)
        progress("J'écris le quiz…")
        made = pack()
        quiz = tuple(replace(q, prompt=f"{q.prompt} ({order.seed})") for q in made.quiz)
        quotes = (DEADLINE, GOALS, PURPOSE)
        citations = tuple(citation(n, documents()[0], quote) for n, quote in enumerate(quotes, 1))
        return replace(made, order=order, quiz=quiz, citations=citations)

    @property
    def rewords(self) -> bool:
        """Whether the test gave a model."""
        return self.writer is not None

    def reworded(self, pack: Pack) -> Pack:
        """As the real one does, with the model of the test."""
        return reworded(pack, self.writer, lambda _step: None) if self.writer else pack

    def renewed(self, saved: Pack, day: date) -> Refresh:
        """The saved pack without its first point, one item changed and one new."""
        if self.error is not None:
            raise self.error
        first, second = saved.points[:2]
        why = "« Circulaire » ne contient plus cette phrase"
        items = (
            Item("points", first.id, "gone", first.text, None, why),
            Item("points", second.id, "changed", second.text, "Le programme apporte <20> M€.", why),
            Item("quiz", saved.quiz[0].id, "holds", "Oui ?", "Oui ?"),
            Item("roles", "obligations:neuf", "new", None, "Le préfet signe."),
        )
        order = replace(saved.order, as_of=day)
        return Refresh(items, replace(saved, order=order, points=saved.points[1:]))

    def quoted(self, document_id: str, start: int, end: int) -> tuple[Citation, ...]:
        """A quote of one of the three documents."""
        document = self.document(document_id)
        if document is None or not 0 <= start < end <= len(document.text):
            return ()
        return (citation(1, document, document.text[start:end]),)

    def health(self) -> dict[str, Any]:
        """In good health, or lexical."""
        return {
            "status": "degraded" if self.lexical else "ok",
            "retrieval": "lexical" if self.lexical else "hybrid",
            "documents": 3,
            "passages": 12,
            "corpus_digest": "c0ffee",
            "corpus_checked_on": TODAY,
            "embedding_model": "e5-small",
            "message": "Recherche par mots seulement." if self.lexical else None,
        }
