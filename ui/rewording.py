"""Which language model rewrites answers when a person asks for it, and where it runs."""

import ipaddress
from urllib.parse import urlsplit

from assistant.settings import WriterSettings
from ui import chat_texts
from ui.markup import clean
from ui.texts import NBSP


def model_notice(settings: WriterSettings) -> str | None:
    """The model's name and whether questions leave the machine; ``None`` without a model."""
    if settings.model is None or settings.model_url is None:
        return None
    host = urlsplit(settings.model_url).hostname or settings.model_url
    name = clean(settings.model)
    return (
        chat_texts.on_this_machine(name) if _is_loopback(host) else chat_texts.sent_away(name, host)
    )


def session_notice(settings: WriterSettings) -> str:
    """What the page of a session says of the model; empty without one."""
    if settings.model is None or settings.model_url is None:
        return ""
    host = urlsplit(settings.model_url).hostname or settings.model_url
    name = clean(settings.model)
    if _is_loopback(host):
        return f"Modèle {name}, sur cette machine{NBSP}: rien n'en sort."
    return f"Modèle {name}{NBSP}: les points clés et leurs preuves partent vers {host}."


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
