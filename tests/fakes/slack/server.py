"""Slack's HTTP side on a real socket: the Web API, response_url and the door to Socket Mode."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from aiohttp import web

from tests.fakes.slack.answers import respond
from tests.fakes.slack.errors import RateLimitedError, SlackRefusalError
from tests.fakes.slack.methods import METHODS, Method, perform
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.workspace import APP, Json, Workspace

BOT_TOKEN, APP_TOKEN = "xoxb-1-fake", "xapp-1-fake"
OPEN_SOCKET = "apps.connections.open"
#: What `fail_next` calls a post to a response_url.
RESPONSE_URL = "response_url"
RATE_LIMITED, NOT_FOUND, BAD_REQUEST = 429, 404, 400


@dataclass(kw_only=True)
class Call:
    """One call of the app's, as it came over the wire, and what it was answered."""

    method: str
    token: str
    args: Json
    #: 0 until it is answered.
    status: int = 0
    #: Of the work, if Slack did it; a fault may have kept it from the app.
    answer: Json = field(default_factory=dict)


class FaultOptions(TypedDict, total=False):
    """How a call can go wrong."""

    #: An HTTP status, as 500 or 429.
    status: int
    #: The error of an `ok: false`.
    error: str
    #: Seconds, with 429.
    retry_after: int
    #: No answer at all: the connection is cut, or left hanging until the fake stops.
    silence: Literal["disconnect", "hang"]
    #: Whether Slack did the work before it went wrong, so that its outcome is unknown.
    done: bool


@dataclass(kw_only=True)
class Reply:
    """An answer on its way out."""

    body: Json | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """Return it as it goes over the wire."""
        if isinstance(self.body, str):
            return web.Response(text=self.body, status=self.status)
        return web.json_response(self.body, status=self.status, headers=self.headers)


def _limited(seconds: int) -> Reply:
    headers = {"Retry-After": str(seconds)}
    return Reply(body={"ok": False, "error": "ratelimited"}, status=RATE_LIMITED, headers=headers)


@dataclass(kw_only=True)
class Server:
    """Answers the app as Slack would."""

    workspace: Workspace
    sockets: Sockets
    changed: Callable[[], Awaitable[None]]
    #: What each known token may do.
    scopes: dict[str, set[str]]
    calls: list[Call] = field(default_factory=list)
    #: What the app posted to a response_url, in order, refused or not.
    responses: list[Json] = field(default_factory=list)
    faults: defaultdict[str, deque[FaultOptions]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    #: Set when the fake stops: lets go of the calls that are left hanging.
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> web.Application:
        """Return what to serve."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/actions/{name}", self._respond)
        app.router.add_get("/link", self.sockets.serve)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        args = await _arguments(request)
        name = request.match_info["method"]
        call = Call(method=name, token=token if scheme == "Bearer" else "", args=args)
        self.calls.append(call)
        response = await self._answer(request, name, lambda: self._reply(call, request.host))
        call.status = response.status
        return response

    async def _respond(self, request: web.Request) -> web.Response:
        said = await _arguments(request)
        self.responses.append(said)
        name = request.match_info["name"]
        return await self._answer(request, RESPONSE_URL, lambda: self._take(name, said))

    async def _answer(
        self, request: web.Request, name: str, work: Callable[[], Reply]
    ) -> web.Response:
        waiting = self.faults[name]
        fault = waiting.popleft() if waiting else None
        if fault is None:
            reply = work()
        else:
            if fault.get("done"):
                work()
            if "silence" in fault:
                return await self._fall_silent(request, fault["silence"])
            reply = _broken(fault)
        await self.changed()
        return reply.response()

    async def _fall_silent(
        self, request: web.Request, silence: Literal["disconnect", "hang"]
    ) -> web.Response:
        await self.changed()
        if silence == "hang":
            await self.stopped.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _reply(self, call: Call, host: str) -> Reply:
        granted = {"X-OAuth-Scopes": ",".join(sorted(self.scopes.get(call.token, ())))}
        try:
            call.answer = self._perform(call, host)
        except RateLimitedError as refusal:
            call.answer = refusal.body()
            return _limited(refusal.retry_after)
        except SlackRefusalError as refusal:
            call.answer = refusal.body()
        return Reply(body=call.answer, headers=granted)

    def _perform(self, call: Call, host: str) -> Json:
        if not call.token:
            raise SlackRefusalError("not_authed")
        if call.token not in self.scopes:
            raise SlackRefusalError("invalid_auth")
        method = self._method(call.method, host)
        if call.token.startswith("xapp-") != (call.method == OPEN_SOCKET):
            raise SlackRefusalError("not_allowed_token_type")
        return perform(self.workspace, method, call.args, self.scopes[call.token])

    def _method(self, name: str, host: str) -> Method:
        if name == OPEN_SOCKET:
            url = f"ws://{host}/link?ticket={self.sockets.ticket()}&app_id={APP}"
            return Method(run=lambda _workspace, _args: {"url": url}, scopes=("connections:write",))
        if name not in METHODS:
            raise SlackRefusalError("unknown_method", req_method=name)
        return METHODS[name]

    def _take(self, name: str, said: Json) -> Reply:
        try:
            respond(self.workspace, name, said)
        except SlackRefusalError as refusal:
            gone = refusal.error in {"used_url", "expired_url"}
            return Reply(body=refusal.body(), status=NOT_FOUND if gone else BAD_REQUEST)
        return Reply(body="ok")


def _broken(fault: FaultOptions) -> Reply:
    status = fault.get("status", 200)
    if status == RATE_LIMITED:
        return _limited(fault.get("retry_after", 1))
    error = fault.get("error", "internal_error")
    return Reply(body={"ok": False, "error": error}, status=status)


async def _arguments(request: web.Request) -> Json:
    """Return what a call says, whether in its address, as a form or as JSON."""
    said: Json = dict(request.query)
    if request.content_type != "application/json":
        return said | dict(await request.post())
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise web.HTTPBadRequest(text="invalid_json") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="json_not_object")
    return said | body
