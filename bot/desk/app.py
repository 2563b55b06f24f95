"""The desk as a web application: which page is whose, and who may open it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.desk import attachments, case, screens, steps
from bot.desk.desk import Desk
from bot.desk.session import COOKIE, Sitting, is_ours
from intake.channels.body import TooLargeError, read_body

LARGEST = 64 * 1024
Screen = Callable[[Desk, Request, Sitting], Awaitable[Response]]

SHUT = (
    "This desk is opened by the link that `heard run` printed when it started. Each link opens it "
    "once: to open it in another browser, start Heard again."
)

NOWHERE = "There is no page at this address. Please check it, or go on from the list of messages."
FAILED = (
    "That did not work, and the fault is ours. Nothing that residents sent is lost. Go back, look "
    "whether it was recorded, and try once more; if it fails again, tell whoever runs Heard."
)


@dataclass(frozen=True)
class Page:
    """One address of the desk: what answers there, and whether to a form, or before a name."""

    path: str
    screen: Screen
    form: bool = field(default=False, kw_only=True)
    named: bool = field(default=True, kw_only=True)


PAGES = (
    Page("/name", screens.name_page, named=False),
    Page("/name", screens.give_name, form=True, named=False),
    Page("/", screens.queue),
    Page("/cards", screens.cards),
    Page("/decided", screens.decided),
    Page("/pen", screens.pen),
    Page("/pen/{landlord}/{id:int}", screens.raw),
    Page("/pen/{landlord}/{id:int}", screens.reread, form=True),
    Page("/files/{landlord}/{id:int}", attachments.save),
    Page("/files/{landlord}/{id:int}/small", attachments.small),
    Page("/original/{landlord}/{id:int}", attachments.original),
    Page("/letters/{landlord}/{id:int}", attachments.letter),
    Page("/letters", screens.letters),
    Page("/case/{reference}", case.case),
    Page("/promises", case.promises),
    Page("/stuck", screens.stuck),
    Page("/stuck/{landlord}/{id:int}", screens.again, form=True),
    Page("/press/{landlord}", screens.press, form=True),
    Page("/step/{landlord}/{value}", steps.ask),
    Page("/step/{landlord}/{value}", steps.take, form=True),
    Page("/samples", screens.samples, form=True),
)


def build_desk(desk: Desk) -> Starlette:
    """Return the desk as a web application."""

    async def enter(request: Request) -> Response:
        if request.method == "HEAD":  # somebody looks at the link and must not use it up
            return Response()
        sitting = desk.sittings.enter(request.query_params.get("key", ""))
        if sitting is None:
            known = desk.sittings.find(request.cookies) is not None
            return RedirectResponse("/", status_code=303) if known else _shut(desk)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, sitting.token, httponly=True, samesite="strict")
        return response

    return Starlette(
        routes=[
            Route("/enter", enter),
            *(_route(desk, page) for page in PAGES),
            Mount("/static", StaticFiles(packages=[("bot.desk", "static")])),
        ],
        middleware=[Middleware(OwnHostOnly, port=desk.port)],
        exception_handlers=_faults(desk),
    )


def _route(desk: Desk, page: Page) -> Route:
    guarded = _guarded(desk, page.screen, form=page.form, named=page.named)
    return Route(page.path, guarded, methods=["POST" if page.form else "GET"])


def _faults(desk: Desk) -> dict[int, Callable[[Request, Exception], Awaitable[Response]]]:
    """What is answered where there is no such page, or where we failed."""

    async def missing(request: Request, _error: Exception) -> Response:
        sitting = desk.sittings.find(request.cookies)
        return _shut(desk) if sitting is None else _nowhere(desk, sitting)

    async def failed(_request: Request, _error: Exception) -> Response:
        return desk.page("told.html", None, status=500, told=FAILED, title="Something went wrong")

    return {404: missing, 405: missing, 500: failed}


class OwnHostOnly:
    """Refuses requests that reach this desk under another name (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us."""
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            if not is_ours(host, self._port):
                await Response("not here", status_code=421)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _guarded(
    desk: Desk, screen: Screen, *, form: bool, named: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def guard(request: Request) -> Response:
        sitting = desk.sittings.find(request.cookies)
        if sitting is None:
            return _shut(desk)
        if form and not await _is_own_form(request, sitting):
            told = "That form was not this desk's own, or too long. Nothing was done."
            return desk.page("told.html", sitting, status=403, told=told)
        if named and not sitting.name:
            return RedirectResponse("/name", status_code=303)
        return await screen(desk, request, sitting)

    return guard


async def _is_own_form(request: Request, sitting: Sitting) -> bool:
    try:
        request._body = await read_body(request, LARGEST)  # noqa: SLF001 - where `form()` finds it
    except TooLargeError:
        return False
    async with request.form() as form:
        return str(form.get("csrf", "")) == sitting.csrf


def _nowhere(desk: Desk, sitting: Sitting) -> Response:
    return desk.page("told.html", sitting, status=404, told=NOWHERE, title="Page not found")


def _shut(desk: Desk) -> Response:
    return desk.page("told.html", None, status=403, told=SHUT, title="This desk is closed to you")
