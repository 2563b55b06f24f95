"""The desk as a web application: which page is whose, and who may open it."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.desk import screens, steps
from bot.desk.desk import Desk
from bot.desk.session import COOKIE, Sitting, is_ours
from intake.channels.body import TooLargeError, read_body

LARGEST = 64 * 1024
Screen = Callable[[Desk, Request, Sitting], Awaitable[Response]]

SHUT = (
    "This desk is opened by the link that `heard run` printed when it started. Each link opens it "
    "once: to open it in another browser, start Heard again."
)


def build_desk(desk: Desk) -> Starlette:
    """Return the desk as a web application."""

    def page(path: str, screen: Screen, *, form: bool = False, named: bool = True) -> Route:
        method = "POST" if form else "GET"
        return Route(path, _guarded(desk, screen, form=form, named=named), methods=[method])

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
            page("/name", screens.name_page, named=False),
            page("/name", screens.give_name, form=True, named=False),
            page("/", screens.queue),
            page("/cards", screens.cards),
            page("/decided", screens.decided),
            page("/pen", screens.pen),
            page("/pen/{landlord}/{id:int}", screens.raw),
            page("/letters", screens.letters),
            page("/stuck", screens.stuck),
            page("/stuck/{landlord}/{id:int}", screens.again, form=True),
            page("/press/{landlord}", screens.press, form=True),
            page("/step/{landlord}/{value}", steps.ask),
            page("/step/{landlord}/{value}", steps.take, form=True),
            page("/samples", screens.samples, form=True),
            Mount("/static", StaticFiles(packages=[("bot.desk", "static")])),
        ],
        middleware=[Middleware(OwnHostOnly, port=desk.port)],
    )


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


def _shut(desk: Desk) -> Response:
    return desk.page("told.html", None, status=403, told=SHUT)
