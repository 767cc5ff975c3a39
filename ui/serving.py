"""Starts the server: index opened and warmed up first, address printed once it answers."""

import logging
import socket
from datetime import date

from assistant.answering import Assistant
from assistant.assembly import build_records, build_writer
from assistant.settings import RecordSettings, WriterSettings
from corpus.errors import ReperesError
from evals.feedback import FeedbackStore
from ingest.serving import Service
from ingest.settings import Settings
from ui.access.entrance import people_store
from ui.adding import Desk
from ui.settings import ServerSettings, check_access

WARM_UP = "Quelle est la date limite de signature des contrats en 2021 ?"
_GRACE_S = 5
"""An open tab of the chat listens without end: the server stops all the same."""


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

    import uvicorn

    from ui.api import create_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                shown = "localhost" if server_settings.host == "localhost" else server_settings.host
                print(f"Repères répond sur http://{shown}:{server_settings.port}", flush=True)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            logging.getLogger("uvicorn.error").disabled = True  # it prints each tab that it cuts
            await super().shutdown(sockets=sockets)

    config = uvicorn.Config(
        create_app(assistant, server_settings, feedback, Desk(settings), people),
        host=server_settings.host,
        port=server_settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    Server(config).run()


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
