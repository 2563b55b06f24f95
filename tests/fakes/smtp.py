"""A landlord's mail server on a real socket, which a test can make refuse, drop or fall silent."""

import asyncio
import base64
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from intake.delivery.oauth import Tokens
from intake.delivery.relay import Relay

Command = Literal["MAIL", "RCPT", "DATA"]
OK = "250 2.0.0 OK"


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One letter that the server took, and how it came."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    encrypted: bool
    logged_in: bool


@dataclass
class FakeRelay:
    """What the server took, and how it behaves from now on."""

    port: int = 0
    letters: list[Carried] = field(default_factory=list)
    #: What it says to a command, where that is not `250 OK`.
    answers: dict[Command, str] = field(default_factory=dict)
    #: What becomes of the connection once a letter is handed over, in place of an answer.
    after_data: Literal["answer", "drop", "silence"] = "answer"
    #: The one user and password that it knows.
    login: tuple[str, str] | None = None
    #: The user and the token that it takes in place of a password.
    bearer: tuple[str, str] | None = None
    #: How often somebody showed it a token.
    shown: int = 0

    def settings(
        self,
        *,
        encryption: str = "none",
        user: str = "",
        password: str = "",
        tokens: Tokens | None = None,
    ) -> Relay:
        """Return how it is reached."""
        return Relay(
            host="127.0.0.1",
            port=self.port,
            user=user,
            password=password,
            tokens=tokens,
            encryption=encryption,
        )

    async def auth_XOAUTH2(  # noqa: N802 - aiosmtpd finds the method by this name
        self, server: SMTP, args: list[str]
    ) -> AuthResult:
        """As the large providers do: a refusal is told first, and given once that is heard."""
        self.shown += 1
        user, token = self.bearer or ("", "")
        wanted = f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
        if self.bearer is not None and base64.b64decode(args[1]) == wanted:
            return AuthResult(success=True, auth_data=user)
        await server.challenge_auth(b'{"status":"400"}')
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds the method by this name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        answer = self.answers.get("MAIL", OK)
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds the method by this name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        answer = self.answers.get("RCPT", OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds the method by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(server.transport, asyncio.Transport)
        answer = self.answers.get("DATA", OK)
        if answer == OK:
            encrypted = server.transport.get_extra_info("ssl_object") is not None
            self.letters.append(_carried(session, envelope, encrypted=encrypted))
        if self.after_data == "drop":
            server.transport.abort()
        if self.after_data == "silence":
            await asyncio.Event().wait()
        return answer

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
    ) -> AuthResult:
        known = self.login is not None and given == LoginPassword(
            *(word.encode() for word in self.login)
        )
        return AuthResult(success=known, handled=False)


@asynccontextmanager
async def fake_relay(
    *,
    tls: ssl.SSLContext | None = None,
    at_once: bool = False,
    login: tuple[str, str] | None = None,
    bearer: tuple[str, str] | None = None,
) -> AsyncIterator[FakeRelay]:
    """Run a server: with STARTTLS demanded where `tls` is given, or TLS `at_once`."""
    relay = FakeRelay(login=login, bearer=bearer)
    loop = asyncio.get_running_loop()

    def open_connection() -> SMTP:
        with warnings.catch_warnings():
            # A password inside TLS from the first byte looks to aiosmtpd like one in clear.
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(
                relay,
                hostname="relay.example",
                tls_context=None if at_once else tls,
                require_starttls=tls is not None and not at_once,
                auth_required=login is not None or bearer is not None,
                auth_exclude_mechanism=["LOGIN", "PLAIN"] if bearer else ["XOAUTH2"],
                auth_require_tls=not at_once,
                authenticator=relay.authenticate if login else None,
                loop=loop,
            )

    server = await loop.create_server(open_connection, "127.0.0.1", 0, ssl=tls if at_once else None)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        await server.wait_closed()


def _carried(session: Session, envelope: Envelope, *, encrypted: bool) -> Carried:
    return Carried(
        sender=envelope.mail_from or "",
        recipients=tuple(envelope.rcpt_tos),
        raw=envelope.original_content or b"",
        encrypted=encrypted,
        logged_in=bool(session.authenticated),
    )
