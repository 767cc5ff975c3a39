"""French sentences and labels of what people say of answers."""

from datetime import date

from evals.feedback import COMMENT_CHARS, KEPT_DAYS
from ui.texts import NBSP, THIN, french_date

QUESTION = f"Cette réponse vous a-t-elle aidé{THIN}?"
YES = "Oui"
NO = "Non"
REASON = f"Qu'est-ce qui ne va pas{THIN}?"
COMMENT = "Commentaire (facultatif)"
COMMENT_HINT = "Ce que la réponse aurait dû dire, sans aucune donnée personnelle."
SEND = "Envoyer mon avis"
NOTICE = (
    f"Avis gardé {KEPT_DAYS}{NBSP}jours sur cette machine. Sans votre accord, rien de votre "
    f"question n'est gardé{NBSP}; avec, elle peut devenir une question de test de Repères."
)
GONE = "Cette réponse n'est plus en mémoire. Posez de nouveau la question pour donner votre avis."
NOT_AGREED = (
    "La question n'est gardée que si la personne, qui a relu sa forme masquée, l'accepte"
    f"{NBSP}: envoyez « agreed{NBSP}: true » avec « question », ou retirez « question »."
)
COMMENT_LENGTH = f"Le commentaire compte au plus {COMMENT_CHARS:,} caractères.".replace(",", THIN)
INVALID_FIELDS = {
    "answer_id": (
        "L'identifiant d'une réponse compte 32 chiffres hexadécimaux, tels que l'API l'a rendu."
    ),
    "useful": "Le champ « useful » attend true ou false.",
    "reason": (
        "Le champ « reason » attend outdated, other_departement, incomplete, wrong, miscited, "
        "off_topic ou other."
    ),
    "comment": COMMENT_LENGTH,
    "agreed": "Le champ « agreed » attend true ou false.",
}


def agreement(question: str) -> str:
    """What a person ticks to send the question, in the form it will be kept."""
    return f"J'accepte d'envoyer ma question, telle qu'affichée ici{NBSP}: «{NBSP}{question}{NBSP}»"


def thanks(question_kept: bool, until: date) -> str:
    """What is kept, and until when."""
    question = "avec" if question_kept else "sans"
    return (
        f"Merci{NBSP}! Votre avis est gardé jusqu'au {french_date(until)}, {question} votre "
        "question."
    )
