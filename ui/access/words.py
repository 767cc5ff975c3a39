"""French sentences of accounts, sign-in and rates."""

from typing import Final

from ui import texts

BAD_NAME: Final = (
    "Un nom de compte compte de 2 à 64 caractères parmi a-z, 0-9, « . », « _ », « - » et « @ », et "
    "commence par une lettre ou un chiffre : claire.martin par exemple."
)
SHORT_PASSWORD: Final = (
    "Le mot de passe doit compter au moins 12 caractères : quelques mots "
    "sans rapport entre eux font l'affaire."
)
LONG_PASSWORD: Final = "Le mot de passe doit compter au plus 200 caractères."
OWN_NAME: Final = "Le mot de passe ne doit pas contenir le nom du compte."
DIFFERENT: Final = "Les deux mots de passe tapés sont différents. Recommencez."
NO_TERMINAL: Final = "sans terminal, donnez le mot de passe sur l'entrée standard"
PASSWORD_PROMPT: Final = "Mot de passe : "
AGAIN_PROMPT: Final = "Le même, une seconde fois : "
SIGN_IN_NEEDED: Final = "Connectez-vous pour continuer."
WRONG: Final = "Nom ou mot de passe incorrect."
FOREIGN: Final = (
    "Cette demande vient d'une autre page que celles de Repères. Rechargez la page et recommencez."
)


def no_account(host: str) -> str:
    """The sentence for a server that others would reach while nobody has an account."""
    return (
        f"D'autres machines atteindraient ce serveur ({host}) et il n'a aucun compte : "
        "créez-en un (reperes users add NOM), réglez REPERES_PROXY_HEADER, ou n'écoutez que sur "
        "127.0.0.1, sans REPERES_ALLOWED_HOSTS."
    )


def no_public_name(host: str) -> str:
    """The sentence for a server on every address of the machine, whose name nobody gave."""
    return (
        f"Ce serveur écoute sur toutes les adresses ({host}) : dites dans "
        "REPERES_ALLOWED_HOSTS sous quels noms les navigateurs l'appellent."
    )


def taken(name: str) -> str:
    """The sentence for an account that exists."""
    return f"Le compte « {name} » existe déjà : « reperes users password {name} »."


def unknown(name: str) -> str:
    """The sentence for an account that doesn't exist."""
    return f"Le compte « {name} » n'existe pas : « reperes users list » les montre."


def later(wait_s: int) -> str:
    """The sentence for too many questions; ``wait_s`` in seconds."""
    return f"Trop de demandes en peu de temps. Réessayez dans {_wait(wait_s)}."


def too_many_attempts(wait_s: int) -> str:
    """The sentence for too many wrong passwords; ``wait_s`` in seconds."""
    return f"Trop d'essais de connexion. Réessayez dans {_wait(wait_s)}."


def _wait(wait_s: int) -> str:
    if wait_s < 120:
        return texts.counted(wait_s, "seconde", "secondes")
    return texts.counted(-(-wait_s // 60), "minute", "minutes")
