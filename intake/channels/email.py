"""Mail in, over SMTP."""

import asyncio
import logging
import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import AnyStr, cast

from aiosmtpd.smtp import SMTP, Envelope, Session as SMTPSession, syntax
from typing_extensions import override

from intake.channels.keep import Keep
from intake.channels.smtp_data import read_data
from intake.domain.clock import Clock
from intake.domain.message import Channel, Delivery

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
MOST_CONNECTIONS = 100
TIMEOUT = 300  # seconds for a command, or for a whole mail on a slow line
#: How many mails of over a megabyte are taken at a time: their bytes wait in memory.
MOST_LARGE = 8
MOST_RECIPIENTS = 50
#: How often a client may say a command before we take it for a machine gone wrong.
MOST_COMMANDS = 1_000

TAKEN = "250 2.1.5 OK"
KEPT = "250 2.0.0 Message kept"
UNKNOWN = "550 5.1.1 No such mailbox here"
TOO_MANY = "452 4.5.3 Too many recipients, send the rest in another message"
TRY_LATER = "451 4.3.0 We cannot keep the message now, please try again later"
ASK = "354 End data with <CR><LF>.<CR><LF>"
TOO_LARGE = "552 5.3.4 The message is too large"
BUSY = b"421 4.3.2 Too many connections, please try again later\r\n"


@dataclass(frozen=True, kw_only=True)
class MailHandler:
    """Answers an SMTP client only once its bytes are on disk."""

    keep: Keep
    #: Which landlord each of our addresses belongs to; any other is refused.
    recipients: Mapping[str, str]
    clock: Clock

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds the method by this name
        self,
        _server: SMTP,
        _session: SMTPSession,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take only our own addresses: we relay for nobody."""
        if self._landlord(address) is None:
            return UNKNOWN
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds the method by this name
        self, _server: SMTP, session: SMTPSession, envelope: Envelope
    ) -> str:
        """Keep one letter, whatever it is, once for each landlord it is addressed to."""
        arrived_at = self.clock()
        owners = {to: str(self._landlord(to)) for to in envelope.rcpt_tos}
        for landlord in sorted(set(owners.values())):
            ours = [to for to, owner in owners.items() if owner == landlord]
            delivery = Delivery(
                landlord=landlord,
                channel=Channel.EMAIL,
                raw=envelope.original_content or b"",
                arrived_at=arrived_at,
                envelope={
                    "from": envelope.mail_from or "",
                    "to": ours,
                    "peer": str((session.peer or ("",))[0]),
                    "hello": session.host_name or "",
                    "encrypted": session.ssl is not None,
                },
            )
            await self.keep(delivery)
        return KEPT

    def _landlord(self, address: str) -> str | None:
        """Whose an address is, as it is listed or without its `+something`."""
        listed = address.casefold()
        local, _, domain = listed.rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return self.recipients.get(listed) or self.recipients.get(plain)

    async def handle_exception(self, error: Exception) -> str:
        """Ask the sender to try again. Without this a fault of ours would bounce the mail."""
        logger.error("mail not kept", extra={"error": type(error).__name__})
        return TRY_LATER


#: What a client can say. AUTH is among them, but we know no way of it: nobody logs in here.
COMMANDS = [name for name in dir(SMTP) if name.startswith("smtp_")]


class MailDoor(SMTP):
    """One SMTP connection that takes long lines and counts itself among the open ones."""

    line_length_limit = MEGABYTE  # of a command, and of what is read of a mail at a time

    def __init__(
        self,
        handler: MailHandler,
        doors: set["MailDoor"],
        large_ones: asyncio.Semaphore,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=LARGEST,
            hostname="heard",
            ident="Heard",
            tls_context=tls,
            enable_SMTPUTF8=True,
            timeout=TIMEOUT,
            command_call_limit=MOST_COMMANDS,
            loop=asyncio.get_running_loop(),
        )
        self._doors = doors
        self._large_ones = large_ones

    @override
    def __dir__(self) -> list[str]:
        # aiosmtpd goes through all attributes, twice, at each connection: half its time.
        return COMMANDS

    @override
    async def push(self, status: AnyStr) -> None:
        """Answer the client; whoever runs the house can see which mails were too large."""
        if str(status).startswith("552"):
            peer = str((self.session.peer or ("",))[0]) if self.session else ""
            logger.warning("mail refused: it is too large", extra={"peer": peer})
        await super().push(status)

    @override
    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """Take one mail. aiosmtpd would read it line by line, and any number of large ones."""
        if await self.check_helo_needed():
            return
        if arg:
            await self.push("501 Syntax: DATA")
            return
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
            return
        await self.push(ASK)
        async with AsyncExitStack() as held:
            wait = partial(held.enter_async_context, self._large_ones)
            raw = await read_data(self._reader, most=LARGEST, when_large=wait)
            envelope.content = envelope.original_content = raw
            answer = TOO_LARGE if raw is None else await self._call_handler_hook("DATA")
        self._set_post_data_state()  # type: ignore[no-untyped-call] # aiosmtpd left it so
        await self.push(answer)

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._doors.add(self)
        super().connection_made(transport)

    @override
    def connection_lost(self, error: Exception | None) -> None:
        self._doors.discard(self)
        super().connection_lost(error)


class Busy(asyncio.Protocol):
    """Asks one client too many to come back later."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(BUSY)  # uvloop's is none by inheritance
        transport.close()


async def serve_mail(
    handler: MailHandler,
    host: str,
    port: int,
    *,
    tls: ssl.SSLContext | None = None,
    most_connections: int = MOST_CONNECTIONS,
) -> asyncio.Server:
    """Listen for mail; STARTTLS is offered where there is a certificate.

    Raises:
        OSError: the port is taken or not ours to take.
    """
    doors: set[MailDoor] = set()
    large_ones = asyncio.Semaphore(MOST_LARGE)

    def open_door() -> asyncio.Protocol:
        if len(doors) >= most_connections:
            return Busy()
        return MailDoor(handler, doors, large_ones, tls)

    return await asyncio.get_running_loop().create_server(open_door, host, port)
