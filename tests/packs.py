"""A small pack over two invented texts, for the tests of exports, pages and refreshing."""

from datetime import date

from assistant.answer import Citation
from assistant.teaching.pack import (
    Case,
    Dispute,
    Event,
    Note,
    Option,
    Order,
    Pack,
    Proved,
    QuizItem,
    Role,
    Step,
    Table,
    Word,
)

AS_OF = date(2022, 6, 1)
DEADLINE = "Les contrats de 2021 sont signés au plus tard le 15 octobre 2021."
AMOUNT = "Le programme 304 apporte 15,5 millions d'euros en 2021 & rien de plus."
VISITS = "Le département doit contrôler les lieux d'accueil « au moins une fois » par an."


def citation(n: int, quote: str, document_id: str = "circulaire-inventee") -> Citation:
    """A quote of an invented text."""
    return Citation(
        n=n,
        passage_id=f"{n:016x}",
        document_id=document_id,
        title="Circulaire inventée du 1er février 2021",
        kind="circulaire",
        authority="circulaire",
        evidence="official_page",
        origin="summary",
        confidence="single",
        reference="SSA/2021/1",
        nor=None,
        issuer="Ministère inventé",
        signed_on=date(2021, 2, 1),
        published_on=None,
        in_force_from=None,
        in_force_until=None,
        text_status="in_force",
        exercices=(2021,),
        locator="Calendrier",
        page=None,
        quote=quote,
        start=100 * n,
        end=100 * n + len(quote),
        url="https://www.legifrance.gouv.fr/circulaire/id/1" if n == 1 else None,
        sources=({"code": "S01", "publisher": "Légifrance", "url": None},),
    )


SIGNED = Proved("calendar:signature-2021", DEADLINE, (1,), "Signature des contrats", (2021,))
MONEY = Proved("funding:304-2021", AMOUNT, (2,), "Programme 304, 2021", (2021,))
VISITED = Proved("circulaire-inventee#F3", VISITS, (3,), "Contrôle", (2021,))


def pack() -> Pack:
    """One of everything: five kinds of quiz items, a table with a hole, a dispute, a note."""
    true, false = "Vrai", "Faux"
    return Pack(
        order=Order("contractualisation", AS_OF, 2021, "nouveaux agents", 60, 1),
        title="La contractualisation, exercice 2021",
        objectives=("Situer la date de signature.", "Dire qui paie et combien."),
        steps=(
            Step(10, "Accueil", "Tour de table, attentes."),
            Step(30, "Points clés", "Exposé et questions.", (SIGNED.id, MONEY.id)),
            Step(20, "Quiz", "Par groupes de trois, puis correction.", ("single:calendar",)),
        ),
        points=(SIGNED, MONEY, VISITED),
        timeline=(
            Event(SIGNED, date(2021, 10, 15)),
            Event(MONEY, None, "courant 2021"),
        ),
        roles=(Role("département", "must", VISITED),),
        comparison=Table(
            "2020 et 2021",
            ("2020", "2021"),
            (("Signature", ((), (SIGNED,))), ("Programme 304", ((), (MONEY,)))),
        ),
        words=(Word("ARS", "Agence régionale de santé"),),
        cases=(
            Case(
                "case:calendar:signature-2021",
                "Un contrat en retard",
                "Le département d'Exemple prépare la signature de son contrat.",
                ("Quand doit-il signer ?",),
                ((SIGNED,),),
            ),
        ),
        quiz=(
            QuizItem(
                "single:calendar:signature-2021",
                "single",
                "Quelle est la date limite de signature des contrats de 2021 ?",
                SIGNED.id,
                SIGNED,
                (
                    Option("15 octobre 2021", True, DEADLINE, (1,)),
                    Option("31 décembre 2021", False, "C'est la date d'un autre texte.", (3,)),
                    Option("1er février 2021", False, "C'est la date de la circulaire.", (1,)),
                ),
            ),
            QuizItem(
                "multiple:funding:304-2021",
                "multiple",
                "Lesquelles de ces phrases sont exactes ?",
                MONEY.id,
                MONEY,
                (
                    Option("Le programme 304 apporte 15,5 M€ en 2021.", True, AMOUNT, (2,)),
                    Option("Les contrats se signent avant le 16 octobre.", True, DEADLINE, (1,)),
                    Option("Le programme 304 apporte 30 M€ en 2021.", False, AMOUNT, (2,)),
                ),
            ),
            QuizItem(
                "true_false:circulaire-inventee#F3",
                "true_false",
                "Le département peut s'abstenir de contrôler les lieux d'accueil.",
                VISITED.id,
                VISITED,
                (Option(true, False, VISITS, (3,)), Option(false, True, VISITS, (3,))),
            ),
            QuizItem(
                "match:funding:2021",
                "match",
                "Associez chaque source à son montant.",
                MONEY.id,
                MONEY,
                pairs=(("Programme 304", "15,5 M€"), ("FIR", "15 M€")),
            ),
            QuizItem(
                "order:calendar:2021",
                "order",
                "Remettez ces étapes dans l'ordre.",
                SIGNED.id,
                SIGNED,
                order=("Circulaire", "Signature", "Bilan"),
            ),
        ),
        disputes=(
            Dispute(
                MONEY,
                (MONEY, VISITED),
                "On retient le montant de la circulaire, texte le plus fort.",
            ),
            Dispute(Proved("unknowns:u1", "Les noms de deux départements sont inconnus.", (3,))),
        ),
        evaluation=("Ce que je retiens :", "Ce qui reste flou :"),
        missing=("Le corpus ne dit pas le montant de 2020.",),
        facts=3,
        citations=(citation(1, DEADLINE), citation(2, AMOUNT), citation(3, VISITS)),
        corpus_digest="0" * 16,
        corpus_checked_on=date(2022, 5, 1),
        notes=(Note("note:1", "Prévoir des <badges> & du café."),),
    )
