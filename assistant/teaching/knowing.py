"""The day of a session: how far ahead it may be, and the refusal of one of an unknown point."""

from datetime import date, timedelta

from assistant.knowing import entries_of as entries_of
from assistant.knowing import is_known as is_known
from assistant.teaching.pack import Order
from assistant.wording import day as day_words
from corpus.errors import InvalidRequest

AHEAD = timedelta(days=366)
"""How far from today a session may be dated."""


def check_day(order: Order, today: date) -> None:
    """That a session is dated of a day that something is known of.

    Raises:
        InvalidRequest: it is more than a year ahead (French).
    """
    if order.as_of > today + AHEAD:
        raise InvalidRequest(
            f"Une séance ne peut pas être tenue pour le {day_words(order.as_of)}, plus d'un an "
            "après aujourd'hui : choisissez une date plus proche."
        )


def nothing_known(order: Order) -> InvalidRequest:
    """What refuses a session of which nothing was known on its day."""
    about = "cette question" if order.question else "ce thème"
    of_year = f" pour l'exercice {order.exercice}" if order.exercice else ""
    return InvalidRequest(
        f"Au {day_words(order.as_of)}, aucun texte du corpus n'établit rien sur {about}{of_year} : "
        "choisissez une autre date ou un autre exercice."
    )
