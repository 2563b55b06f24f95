"""A real Bolt app that only listens, by Socket Mode or by HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import client_of
from tests.fakes.slack.workspace import ALICE, BOT, BOT_USER, TEAM

Json = dict[str, Any]


def words(text: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    """Return an option of a menu."""
    return {"text": words(value), "value": value}


CARD: list[Json] = [
    {"type": "section", "text": words("Damp in the bedroom")},
    {
        "type": "input",
        "block_id": "why",
        "label": words("Why"),
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": "reason", "initial_value": "none"},
    },
    {
        "type": "actions",
        "block_id": "case-7",
        "elements": [
            {"type": "button", "action_id": "confirm", "value": "7", "text": words("Confirm")},
            {"type": "static_select", "action_id": "team", "options": [option("a"), option("b")]},
            {"type": "overflow", "action_id": "more", "options": [option("snooze")]},
        ],
    },
]
FORM: Json = {
    "type": "modal",
    "callback_id": "change",
    "title": words("Change"),
    "submit": words("Save"),
    "private_metadata": "7",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "kind",
            "label": words("Kind"),
            "element": {
                "type": "radio_buttons",
                "action_id": "kind.pick",
                "options": [option("complaint"), option("comment")],
                "initial_option": option("comment"),
            },
        },
        {
            "type": "input",
            "block_id": "note",
            "label": words("Note"),
            "element": {"type": "plain_text_input", "action_id": "note.text", "max_length": 20},
        },
        {
            "type": "input",
            "block_id": "tags",
            "label": words("Tags"),
            "optional": True,
            "element": {
                "type": "checkboxes",
                "action_id": "tags.pick",
                "options": [option("damp"), option("asb")],
            },
        },
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "again", "text": words("Again")}],
        },
    ],
}


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None,
        team_id=TEAM,
        bot_user_id=BOT_USER,
        bot_id=BOT,
        bot_token=FakeSlack.bot_token,
    )


class App:
    """A Bolt app that keeps what it hears, and acknowledges unless told otherwise."""

    def __init__(self, slack: FakeSlack) -> None:
        self.heard: list[Json] = []
        self.headers: list[Json] = []
        self.silent = False
        self.said: Json = {}
        self.bolt = AsyncApp(
            client=client_of(slack, ""),
            signing_secret=slack.signing_secret,
            authorize=_authorize,  # Bolt cannot call a bound method here
            before_authorize=self._keep,
        )
        self.bolt.action({"type": "block_actions", "action_id": "confirm"})(self._ack)
        for action in ("team", "more", "again"):
            self.bolt.action(action)(self._ack)
        self.bolt.view("change")(self._answer)
        self.bolt.view_closed("change")(self._ack)
        self.bolt.event("member_joined_channel")(self._hear)
        self.bolt.event("message")(self._hear)

    async def _keep(self, req: AsyncBoltRequest, next_: Callable[[], Awaitable[None]]) -> None:
        self.heard.append(req.body)
        self.headers.append(dict(req.headers))
        if self.silent:
            raise RuntimeError("the disk is full")
        await next_()

    async def _ack(self, ack: AsyncAck) -> None:
        await ack()

    async def _answer(self, ack: AsyncAck) -> None:
        await ack(**self.said)

    async def _hear(self) -> None: ...


@asynccontextmanager
async def by_socket(slack: FakeSlack, app: App) -> AsyncIterator[None]:
    """Let the app listen by Socket Mode."""
    handler = AsyncSocketModeHandler(app.bolt, slack.app_token, ping_interval=0.2)
    handler.client.proxy = None
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt types no return
    await slack.wait_for_socket()
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt types no return


@asynccontextmanager
async def by_http(slack: FakeSlack, app: App) -> AsyncIterator[None]:
    """Let the app listen at an address, and the fake send everything there."""
    runner = web.AppRunner(app.bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield
    finally:
        await runner.cleanup()


async def opened(slack: FakeSlack, **more: object) -> str:
    """Open the form before Alice, and return its id."""
    view = {key: value for key, value in (FORM | more).items() if value is not None}
    trigger = slack.workspace.issue_trigger(ALICE)
    return str((await client_of(slack).views_open(trigger_id=trigger, view=view))["view"]["id"])
