"""The public web: the residents' form, the tools' webhooks, Slack over HTTP, and our health."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health import Figures, load_figures, prove_writable
from bot.record import Record
from intake.channels.body import TooLargeError, read_body
from intake.channels.social import SocialDoor
from intake.channels.webform import FormDoor, say_nothing_is_here

ONE_SECOND = timedelta(seconds=1)
LARGEST_PRESS = 1024 * 1024
LONGEST_STAMP = 12  # digits


def build_web(record: Record, slack: Mapping[str, AsyncApp]) -> Starlette:
    """Return the web application; `slack` are the apps of landlords that use HTTP."""
    form = FormDoor(keep=record.keep, names=record.configured.names, clock=record.clock)
    social = SocialDoor(keep=record.keep, sources=record.configured.sources, clock=record.clock)
    handlers = {key: AsyncSlackRequestHandler(app) for key, app in slack.items()}

    async def press(request: Request) -> Response:
        handler = handlers.get(request.path_params["landlord"])
        if handler is None:
            return PlainTextResponse("no such landlord", status_code=404)
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
            return PlainTextResponse("not signed", status_code=401)
        try:
            await _within(request)
        except TooLargeError as error:
            return PlainTextResponse(str(error), status_code=413)
        return await handler.handle(request)

    health = _Health(record)
    return Starlette(
        routes=[
            Route("/contact/{landlord}", form.get, methods=["GET"]),
            Route("/contact/{landlord}", form.post, methods=["POST"]),
            Route("/hooks/{source}", social.post, methods=["POST"]),
            Route("/slack/{landlord}", press, methods=["POST"]),
            Route("/healthz", _healthz),
            Route("/readyz", health.ready),
            Route("/metrics", health.metrics),
        ],
        exception_handlers={404: say_nothing_is_here},
    )


async def _within(request: Request) -> None:
    """Read the body, bounded; Bolt's adapter then finds it read."""
    request._body = await read_body(request, LARGEST_PRESS)  # noqa: SLF001 - where `body()` keeps it


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok")


class _Health:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._figures = Figures()
        self._looked_at: datetime | None = None
        self._fault = ""

    async def ready(self, _request: Request) -> Response:
        """Whether what arrives can be kept, looked at once a second. Slack does not count."""
        now = self._record.clock()
        if self._looked_at is None or now - self._looked_at >= ONE_SECOND:
            self._looked_at, self._fault = now, await self._find_fault()
        if self._fault:
            return JSONResponse({"ready": False, "why": self._fault}, status_code=503)
        return JSONResponse({"ready": True})

    async def _find_fault(self) -> str:
        try:
            await self._record.db.run(prove_writable)
        except (SQLAlchemyError, OSError) as error:
            return type(error).__name__
        return ""

    async def metrics(self, _request: Request) -> Response:
        """The figures, for Prometheus."""
        figures = await self._record.db.read(load_figures, now=self._record.clock())
        self._figures.set(figures)
        return Response(generate_latest(self._figures.registry), media_type=CONTENT_TYPE_LATEST)
