"""The web application: HTTP API under ``/api``, chat at ``/``."""

import asyncio
import os
from collections.abc import Callable
from datetime import date
from http import HTTPMethod
from typing import Annotated, Any

from fastapi import FastAPI, Header, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Match

from assistant.answer import Answer
from corpus.errors import InvalidRequest, ReperesError
from corpus.lexicon import glossary
from evals.feedback import FeedbackStore
from ui import feedback_texts, texts
from ui.access import entrance, signing
from ui.access.door import refused
from ui.access.isolation import OwnConversations
from ui.access.people import PeopleStore
from ui.adding import Desk
from ui.documents import summary_of, whole
from ui.gate import ChatDoor, ChatGate
from ui.glossary import entry_as_dict
from ui.headers import Guard, SecurityHeaders, error_body, log_crash
from ui.pages.site import add_pages
from ui.requests import AnswerBody, FeedbackBody, explain
from ui.service import Assistant
from ui.settings import ServerSettings
from ui.sse import MEDIA_TYPE, answer_events, as_json, wants_events


class ErrorDetail(BaseModel):
    """Un code pour les programmes, une phrase pour les personnes."""

    code: str
    message: str


class ErrorBody(BaseModel):
    """La forme de toute erreur."""

    error: ErrorDetail


class FeedbackKept(BaseModel):
    """Ce qui est gardé d'un avis, et le dernier jour où il l'est."""

    stored: bool
    question_kept: bool
    until: date


AnswerId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="L'« id » de la réponse.")]
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "Demande refusée, avec la raison."},
    401: {"model": ErrorBody, "description": "Connexion demandée, hors de cette machine."},
    413: {"model": ErrorBody, "description": "Corps de plus de 64 Ko."},
    404: {"model": ErrorBody, "description": "Adresse ou document inconnu."},
    422: {"model": ErrorBody, "description": "Champ manquant, inconnu ou mal formé."},
    429: {"model": ErrorBody, "description": "Trop de demandes ; « Retry-After » dit quand."},
    500: {"model": ErrorBody, "description": "Erreur technique."},
}


_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # tells its authors nothing
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",  # remembers no visit
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),  # computes no statistics after each answer
}
"""Read from the environment when Gradio is imported or its queue is made."""


class FrenchJSON(Response):
    """JSON in UTF-8, not ASCII-escaped."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of ``content``; what UTF-8 can't hold becomes « ? »."""
        return as_json(content)


def create_app(
    assistant: Assistant,
    settings: ServerSettings,
    feedback: FeedbackStore,
    desk: Desk | None = None,
    people: PeopleStore | None = None,
) -> FastAPI:
    """The whole application, ready for a server; ``feedback`` keeps what people say of answers.

    ``desk`` adds documents to the index that ``assistant`` uses; without it, no page does.
    ``people`` are those who sign in where other machines reach the server.

    Raises:
        InvalidRequest: other machines reach the server, and nobody could sign in.
    """
    sessions = entrance.open_sessions(settings, people)
    door = ChatDoor()
    app = FastAPI(
        title=texts.PRODUCT,
        summary=texts.TAGLINE,
        description=texts.API_DESCRIPTION,
        version="1",
        docs_url=None,
        redoc_url=None,
        default_response_class=FrenchJSON,
        middleware=[
            Middleware(SecurityHeaders),
            entrance.door(settings, sessions),
            Middleware(Guard, trusted_hosts=settings.trusted_hosts, refuse=refused),
            Middleware(OwnConversations, sessions=sessions),
            Middleware(ChatGate, door=door),
        ],
    )
    _add_error_handlers(app)
    _add_answers(app, assistant)
    _add_feedback(app, assistant, feedback)
    _add_documents(app, assistant)
    _add_glossary(app, assistant)
    _add_unknown(app)
    app.include_router(signing.router(sessions))
    add_pages(app, assistant, desk)
    os.environ.update(_GRADIO)
    from ui.chat import mount_chat  # here, for Gradio takes seconds to import

    _in_a_loop(lambda: mount_chat(app, assistant, feedback, door))
    return app


def _in_a_loop(build: Callable[[], None]) -> None:
    """Runs ``build`` inside an event loop: outside one, Gradio opens ten and closes none."""

    async def run() -> None:
        build()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(run())
    else:
        build()


def explain_error(error: Exception) -> dict[str, Any]:
    """The JSON of any exception; one that nobody foresaw is logged and tells nothing."""
    if isinstance(error, ReperesError):
        return error_body(400, str(error))
    log_crash(error)
    return error_body(500)


def _add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return FrenchJSON(error_body(422, explain(list(error.errors()))), 422)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        known = isinstance(error, _Explained)
        return FrenchJSON(
            error_body(error.status_code, error.detail if known else None), error.status_code
        )

    @app.exception_handler(ReperesError)
    def known(request: Request, error: ReperesError) -> Response:
        return FrenchJSON(error_body(400, str(error)), 400)


class _Explained(HTTPException):
    """Its ``detail`` is a French sentence of ours."""


def _add_answers(app: FastAPI, assistant: Assistant) -> None:
    @app.post(
        "/api/answers",
        summary="Répondre à une question",
        description=(
            "Rend une réponse prouvée. Avec « Accept: text/event-stream », envoie les événements "
            "step, sentence, answer et error au fil de l'eau."
        ),
        response_description="La réponse, ou les événements qui y mènent.",
        responses={
            **{code: _ERRORS[code] for code in (400, 401, 413, 422, 429, 500)},
            200: {"model": Answer, "content": {MEDIA_TYPE: {}}},
        },
        tags=["réponses"],
    )
    def post_answer(body: AnswerBody, accept: Annotated[str, Header()] = "") -> Response:
        request = body.request(date.today())
        if wants_events(accept):
            return StreamingResponse(
                answer_events(assistant, request, explain_error), media_type=MEDIA_TYPE
            )
        return FrenchJSON(assistant.answer(request).as_dict())


def _add_feedback(app: FastAPI, assistant: Assistant, feedback: FeedbackStore) -> None:
    @app.post(
        "/api/answers/{answer_id}/feedback",
        status_code=201,
        summary="Dire si une réponse a aidé",
        description=(
            "Garde un avis 30 jours, à la place d'un avis précédent sur la même réponse. Rien de "
            "la question n'est gardé sans « agreed »."
        ),
        response_description="Ce qui est gardé, et jusqu'à quand.",
        responses={
            **{code: _ERRORS[code] for code in (400, 401, 413, 422, 429, 500)},
            201: {"model": FeedbackKept},
        },
        tags=["réponses"],
    )
    def post_feedback(answer_id: AnswerId, body: FeedbackBody) -> Response:
        if body.question is not None and not body.agreed:
            raise InvalidRequest(feedback_texts.NOT_AGREED)
        kept = feedback.add(
            answer_id,
            useful=body.useful,
            reason=body.reason,
            comment=body.comment,
            question=body.question,
            corpus_digest=assistant.health().get("corpus_digest"),
        )
        shown = FeedbackKept(stored=True, question_kept=kept.question is not None, until=kept.until)
        return FrenchJSON(shown.model_dump(mode="json"), 201)


def _add_documents(app: FastAPI, assistant: Assistant) -> None:
    @app.get(
        "/api/documents",
        summary="Lister les documents",
        description="Les documents de l'index en service, sans leur texte.",
        response_description="Une ligne par document.",
        responses={500: _ERRORS[500]},
        tags=["documents"],
    )
    def list_documents() -> Response:
        return FrenchJSON({"documents": [summary_of(d) for d in assistant.documents()]})

    @app.get(
        "/api/documents/{document_id:path}",
        summary="Lire un document",
        description="Identité, texte, sections, preuves et sources d'un document.",
        response_description="Le document.",
        responses={404: _ERRORS[404], 422: _ERRORS[422]},
        tags=["documents"],
    )
    def read_document(document_id: str) -> Response:
        if not document_id.strip():
            raise _Explained(404, texts.NO_DOCUMENT_ID)
        document = assistant.document(document_id)
        if document is None:
            raise _Explained(404, texts.unknown_document(document_id[:300]))
        return FrenchJSON(whole(document))

    @app.get(
        "/api/health",
        summary="Dire l'état du service",
        description="État, mode de recherche, taille et date de vérification du corpus.",
        response_description="L'état du service.",
        tags=["service"],
    )
    def health() -> Response:
        return FrenchJSON(assistant.health())


def _add_glossary(app: FastAPI, assistant: Assistant) -> None:
    @app.get(
        "/api/glossary",
        summary="Lister les mots du métier",
        description="Sigles, synonymes et noms courants de textes, par ordre alphabétique.",
        response_description="Une ligne par mot, avec le document de l'index qu'il désigne.",
        responses={500: _ERRORS[500]},
        tags=["documents"],
    )
    def list_glossary() -> Response:
        indexed = {document.document_id for document in assistant.documents()}
        return FrenchJSON({"entries": [entry_as_dict(entry, indexed) for entry in glossary()]})


def _add_unknown(app: FastAPI) -> None:
    """Without this, the chat mounted at ``/`` would take whatever no API route accepts."""

    @app.api_route("/api/{rest:path}", methods=[*HTTPMethod], include_in_schema=False)
    def unknown(request: Request) -> Response:
        matches = [route.matches(request.scope)[0] for route in app.routes]
        raise HTTPException(405 if Match.PARTIAL in matches else 404)
