"""Talk to the mail door as a client that keeps to no rules."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import aiosmtplib

from intake.channels.email import MailHandler, serve_mail
from tests.builders import MAIL, Shelf

RECIPIENTS = {
    "help@oak.example": "oak",
    "repairs@oak.example": "oak",
    "help@elm.example": "elm",
    "old+name@oak.example": "oak",
}
HELLO = b"EHLO client.example"
FROM, TO = b"MAIL FROM:<jo@example.org>", b"RCPT TO:<help@oak.example>"


@asynccontextmanager
async def mail_door(shelf: Shelf, now: datetime, *, most: int = 100) -> AsyncIterator[int]:
    """Serve the door on a free port and give the port."""
    handler = MailHandler(keep=shelf.keep, recipients=RECIPIENTS, clock=lambda: now)
    server = await serve_mail(handler, "127.0.0.1", 0, most_connections=most)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def say(port: int, *lines: bytes) -> list[bytes]:
    """Say everything at once and return the last line of each answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\r\n".join([*lines, b"QUIT", b""]))
    answers = [line for line in (await reader.read()).split(b"\r\n") if line[3:4] == b" "]
    writer.close()
    await writer.wait_closed()
    return answers


async def send(
    port: int, raw: bytes = MAIL, *, to: list[str] | None = None, sender: str = "jo@example.org"
) -> str:
    """Send one mail as a well-behaved client, and return the answer."""
    _, answer = await aiosmtplib.send(
        raw,
        sender=sender,
        recipients=to or ["help@oak.example"],
        hostname="127.0.0.1",
        port=port,
        start_tls=False,
    )
    return answer


async def wait_for_room(port: int) -> None:
    """Knock until a connection that has ended is no longer counted."""
    while (await say(port))[0].startswith(b"421"):
        pass
