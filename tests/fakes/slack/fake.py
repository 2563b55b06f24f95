"""The fake itself: a server on a free port, and what a test does with it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self, TypedDict, Unpack

from aiohttp import web

from tests.fakes.slack.answers import take_answer
from tests.fakes.slack.clock import START, MovableClock, PostRate
from tests.fakes.slack.delivery import Answer, Delivery, Post, post_signed
from tests.fakes.slack.people import (
    Press,
    close_view,
    press_message,
    press_view,
    submit_view,
    wrap_event,
)
from tests.fakes.slack.server import APP_TOKEN, BOT_TOKEN, Call, FaultOptions, Server
from tests.fakes.slack.sockets import Ack, Sockets
from tests.fakes.slack.workspace import (
    ALICE,
    BOB,
    BOT_USER,
    ELSEWHERE,
    TRIAGE,
    Channel,
    Ephemeral,
    Json,
    Workspace,
)

BOT_SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "groups:history",
    "groups:read",
    "reactions:write",
    "users:read",
)


class PressOptions(TypedDict, total=False):
    """How a person uses an element, apart from just pressing it."""

    user: str
    #: What they choose, or a button's value other than the one it bears.
    value: str
    #: What they entered elsewhere on the same message, by action_id or block_id.
    state: Mapping[str, object]
    #: Where an action_id stands in more than one block.
    block_id: str


class FakeSlack:
    """One workspace with one app in it, as strict as the original.

    Time stands still until a test moves `clock`. What people do reaches the app by Socket Mode, or
    as signed HTTP once `request_url` is set. Interactions wait `patience` seconds for an answer.
    """

    bot_token, app_token = BOT_TOKEN, APP_TOKEN
    signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"

    def __init__(self, *, now: float = START, patience: float = 3.0) -> None:
        self.clock = MovableClock(now)
        self.patience = patience
        self.request_url: str | None = None
        self.rate = PostRate(self.clock)
        self.workspace = _housed(self.clock, self.rate)
        self.sockets = Sockets(self._tell)
        self.server = Server(
            workspace=self.workspace,
            sockets=self.sockets,
            changed=self._tell,
            scopes={BOT_TOKEN: set(BOT_SCOPES), APP_TOKEN: {"connections:write"}},
        )
        self._changed = asyncio.Condition()
        self._runner = web.AppRunner(self.server.app(), access_log=None, shutdown_timeout=1)
        self._base = ""

    # What a test looks at.

    @property
    def url(self) -> str:
        """What to give a client as its base_url."""
        return f"{self._base}/api/"

    @property
    def scopes(self) -> set[str]:
        """What the bot token may do: a test adds and takes away."""
        return self.server.scopes[BOT_TOKEN]

    @property
    def calls(self) -> list[Call]:
        """Every call of the app's, in order."""
        return self.server.calls

    @property
    def responses(self) -> list[Json]:
        """What the app posted to a response_url, in order."""
        return self.server.responses

    @property
    def ephemerals(self) -> list[Ephemeral]:
        """What stands before one person only, in order."""
        return list(self.workspace.ephemerals.values())

    @property
    def views(self) -> list[Json]:
        """The modals that stand open, in the order they were opened."""
        return [view.body for view in self.workspace.views.values() if view.open]

    @property
    def acks(self) -> list[Ack]:
        """What the app acknowledged over its sockets, in order."""
        return self.sockets.acks

    def called(self, method: str) -> list[Json]:
        """Return what was sent to one method, in order."""
        return [call.args for call in self.calls if call.method == method]

    def messages(self, channel: str = TRIAGE) -> list[Json]:
        """Return what stands in a channel, threads included, in order."""
        return list(self.workspace.channels[channel].messages.values())

    def message(self, channel: str, ts: str) -> Json:
        """Return one message as it stands."""
        return self.workspace.channels[channel].messages[ts]

    # What Slack does wrong.

    def fail_next(self, method: str, *, times: int = 1, **fault: Unpack[FaultOptions]) -> None:
        """Let the next calls of a method go wrong, after those already told to."""
        self.server.faults[method].extend([fault] * times)

    # What people do.

    def press_delivery(
        self, channel: str, ts: str, action_id: str, **how: Unpack[PressOptions]
    ) -> Delivery:
        """Press a button or choose from a menu on a message; nothing reaches the app yet.

        Raises:
            ImpossibleError: That person does not see that element.
        """
        press = Press(action_id=action_id, **how)
        payload = press_message(self.workspace, (channel, ts), press, self._base)
        return Delivery(type="interactive", payload=payload)

    async def press(
        self, channel: str, ts: str, action_id: str, *, times: int = 1, **how: Unpack[PressOptions]
    ) -> list[Answer]:
        """Press a button or choose from a menu on a message, and return what the app answered.

        Raises:
            ImpossibleError: That person does not see that element.
        """
        return await self.deliver(self.press_delivery(channel, ts, action_id, **how), times=times)

    async def press_in_view(
        self, view_id: str, action_id: str, *, times: int = 1, **how: Unpack[PressOptions]
    ) -> list[Answer]:
        """Press a button or choose from a menu in a modal, and return what the app answered.

        Raises:
            ImpossibleError: That person does not see that element.
        """
        payload = press_view(self.workspace, view_id, Press(action_id=action_id, **how))
        return await self.deliver(Delivery(type="interactive", payload=payload), times=times)

    def submit_delivery(
        self, view_id: str, values: Mapping[str, object] | None = None, *, user: str = ALICE
    ) -> Delivery:
        """Submit a modal with these values entered; nothing reaches the app yet.

        Raises:
            ImpossibleError: It cannot be submitted like that.
        """
        payload = submit_view(self.workspace, view_id, values, user)
        return Delivery(type="interactive", payload=payload, accepts_response_payload=True)

    async def submit(
        self,
        view_id: str,
        values: Mapping[str, object] | None = None,
        *,
        user: str = ALICE,
        times: int = 1,
    ) -> list[Answer]:
        """Submit a modal with these values entered, and do what the app answers.

        Raises:
            ImpossibleError: It cannot be submitted like that.
        """
        return await self.deliver(self.submit_delivery(view_id, values, user=user), times=times)

    async def close_view(self, view_id: str, *, user: str = ALICE) -> list[Answer]:
        """Close a modal: the app is told if it asked to be.

        Raises:
            ImpossibleError: It is not open before that person.
        """
        payload = close_view(self.workspace, view_id, user)
        if payload is None:
            return []
        return await self.deliver(Delivery(type="interactive", payload=payload))

    def event_delivery(
        self, event_type: str, *, event_id: str | None = None, **fields: object
    ) -> Delivery:
        """Let something happen that the app subscribed to; nothing reaches the app yet."""
        payload = wrap_event(self.workspace, {"type": event_type, **fields}, event_id)
        return Delivery(type="events_api", payload=payload)

    async def event(
        self, event_type: str, *, event_id: str | None = None, times: int = 1, **fields: object
    ) -> list[Answer]:
        """Let something happen that the app subscribed to, and return what the app answered."""
        told = self.event_delivery(event_type, event_id=event_id, **fields)
        return await self.deliver(told, times=times)

    # How it reaches the app.

    async def deliver(self, delivery: Delivery, *, times: int = 1) -> list[Answer]:
        """Bring the same thing to the app so many times, the repeats marked as Slack marks them."""
        answers = [await self._bring(delivery)]
        while len(answers) < times:
            answers.append(await self.redeliver(answers[-1]))
        return answers

    async def redeliver(self, answer: Answer) -> Answer:
        """Bring something to the app again, because of how it answered before."""
        return await self._bring(answer.delivery, answer)

    async def deliver_http(
        self,
        url: str,
        delivery: Delivery,
        *,
        again: Answer | None = None,
        secret: str | None = None,
        timestamp: str | None = None,
    ) -> Answer:
        """Bring something to a URL, signed; `secret` and `timestamp` are for a forger."""
        post = Post(
            url=url,
            secret=secret or self.signing_secret,
            patience=self.patience,
            timestamp=timestamp,
        )
        return self._take(await post_signed(delivery, post, again))

    async def _bring(self, delivery: Delivery, again: Answer | None = None) -> Answer:
        if self.request_url is not None:
            return await self.deliver_http(self.request_url, delivery, again=again)
        brought = await self.sockets.bring(delivery, again, patience=self.patience)
        return self._take(brought)

    def _take(self, answer: Answer) -> Answer:
        return replace(answer, problems=tuple(take_answer(self.workspace, answer)))

    # What a test waits for.

    async def wait_for(self, holds: Callable[[], object], *, seconds: float = 10) -> None:
        """Return once something holds that the app's doings bring about."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(holds)

    async def wait_for_call(self, method: str, *, count: int = 1) -> Json:
        """Return what was sent to a method the first, second, third time, once it was called."""
        await self.wait_for(lambda: len(self.called(method)) >= count)
        return self.called(method)[count - 1]

    async def wait_for_message(self, channel: str = TRIAGE, *, count: int = 1) -> Json:
        """Return the first, second, third message in a channel, once it stands there."""
        await self.wait_for(lambda: len(self.messages(channel)) >= count)
        return self.messages(channel)[count - 1]

    async def wait_for_socket(self, *, made: int = 1) -> None:
        """Return once the app has made so many connections and holds one."""
        await self.wait_for(lambda: self.sockets.made >= made and self.sockets.open)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stopped.set()
        await self.sockets.drop()
        await self._runner.cleanup()


def _housed(clock: MovableClock, rate: PostRate) -> Workspace:
    workspace = Workspace(clock=clock, rate=rate)
    for user, name in ((BOT_USER, "heard"), (ALICE, "alice"), (BOB, "bob")):
        workspace.add_user(user, name)
    workspace.add_channel(Channel(id=TRIAGE, name="triage", members={BOT_USER, ALICE, BOB}))
    workspace.add_channel(Channel(id=ELSEWHERE, name="else", members={BOB}, private=False))
    return workspace
