"""Starts the server: index opened and warmed up first, address printed once it answers."""

import socket
from datetime import date
from functools import partial

from assistant.answering import Assistant
from assistant.assembly import build_records, build_writer
from assistant.settings import RecordSettings, WriterSettings
from corpus.errors import ReperesError
from evals.feedback import FeedbackStore
from ingest.serving import Service
from ingest.settings import Settings
from ui.access.entrance import people_store
from ui.adding import Desk
from ui.closing import server_of
from ui.settings import ServerSettings, check_access

WARM_UP = "Quelle est la date limite de signature des contrats en 2021 ?"


def build_assistant(settings: Settings) -> Assistant:
    """The assistant over the index in service, following its replacements.

    Raises:
        IndexUnusable: nothing published there can be read.
    """
    service = Service(settings)
    service.index()
    records = build_records(RecordSettings(), settings.library_folder)
    records.purge()
    return Assistant(
        service.index,
        lambda: service.fault,
        build_writer(WriterSettings()),
        records.recorder(),
    )


def run(settings: Settings, host: str | None, port: int | None) -> None:
    """Serves until interrupted.

    Raises:
        InvalidRequest: other machines could reach the server, and nobody could sign in.
        ReperesError: the port is taken, or the index or the feedback can't be read.
    """
    defaults = ServerSettings()
    server_settings = ServerSettings(host=host or defaults.host, port=port or defaults.port)
    people = people_store(settings)
    check_access(server_settings, len(people.people()))
    _check_port(server_settings.host, server_settings.port)
    feedback = FeedbackStore(settings.feedback_file)
    feedback.purge()
    assistant = build_assistant(settings)
    assistant.warm(WARM_UP, date.today())

    from ui.api import create_app

    server = server_of(
        create_app(assistant, server_settings, feedback, Desk(settings), people),
        partial(_say_address, server_settings),
        host=server_settings.host,
        port=server_settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
    )
    server.run()


def _say_address(settings: ServerSettings) -> None:
    shown = "localhost" if settings.host == "localhost" else settings.host
    print(f"Repères répond sur http://{shown}:{settings.port}", flush=True)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ReperesError(
                f"Le port {port} est déjà pris sur {host} : fermez l'autre programme, ou "
                "choisissez un autre port (--port, ou make run PORT=7861)."
            ) from error
