"""Socket Mode: docs.slack.dev, apis/events-api/using-socket-mode."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.delivery import Answer, Delivery
from tests.fakes.slack.errors import ImpossibleError
from tests.fakes.slack.workspace import APP

Json = dict[str, Any]

#: Slack keeps no more open for one app.
MOST_CONNECTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Ack:
    """One acknowledgement, as the app sent it."""

    envelope_id: str
    payload: Json | None = None
    #: Whether Slack was waiting for it.
    expected: bool = True


class Sockets:
    """The connections of the app, and what went over them."""

    def __init__(self, changed: Callable[[], Awaitable[None]]) -> None:
        self.acks: list[Ack] = []
        self.envelopes: list[Json] = []
        #: Said by the app and not an acknowledgement.
        self.noise: list[str] = []
        #: How many connections were ever made.
        self.made = 0
        self.open: list[web.WebSocketResponse] = []
        self._changed = changed
        self._tickets: set[str] = set()
        self._awaited: dict[str, asyncio.Future[Json | None]] = {}

    def ticket(self) -> str:
        """Return the right to connect once."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(timeout=1)
        await socket.prepare(request)
        if len(self.open) == MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return socket
        await self._hello(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(message.data)
        finally:
            self.open.remove(socket)
            await self._changed()
        return socket

    async def _hello(self, socket: web.WebSocketResponse) -> None:
        self.open.append(socket)
        self.made += 1
        hello = {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "applink-1", "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }
        await socket.send_json(hello)
        await self._changed()

    async def _hear(self, raw: str) -> None:
        try:
            said = json.loads(raw)
        except ValueError:
            said = None
        if not isinstance(said, dict) or not isinstance(said.get("envelope_id"), str):
            self.noise.append(raw)
            await self._changed()
            return
        awaited = self._awaited.pop(said["envelope_id"], None)
        payload = said.get("payload")
        ack = Ack(envelope_id=said["envelope_id"], payload=payload, expected=awaited is not None)
        self.acks.append(ack)
        if awaited is not None and not awaited.done():
            awaited.set_result(payload)
        await self._changed()

    async def bring(
        self, delivery: Delivery, again: Answer | None = None, *, patience: float
    ) -> Answer:
        """Send a delivery over one connection and wait for the acknowledgement.

        Raises:
            ImpossibleError: Nobody is connected.
        """
        if not self.open:
            raise ImpossibleError("the app has no socket open")
        attempt = again.attempt + 1 if again else 0
        envelope_id = str(uuid.uuid4())
        envelope = {
            "envelope_id": envelope_id,
            "type": delivery.type,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.accepts_response_payload,
            "retry_attempt": attempt,
            "retry_reason": again.retry_reason if again else "",
        }
        self.envelopes.append(envelope)
        awaited: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = awaited
        # Slack picks any connection: here each in its turn.
        socket = self.open[len(self.envelopes) % len(self.open)]
        await socket.send_json(envelope)
        try:
            payload = await asyncio.wait_for(awaited, patience)
        except TimeoutError:
            self._awaited.pop(envelope_id, None)
            return Answer(delivery=delivery, attempt=attempt, timed_out=True)
        return Answer(delivery=delivery, attempt=attempt, acknowledged=True, payload=payload)

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to go, as Slack does every few hours."""
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": reason})

    async def drop(self) -> None:
        """Close every connection without asking first."""
        for socket in list(self.open):
            await socket.close()
