import asyncio
from datetime import datetime

import aiosmtplib
import pytest

from intake.channels.email import MailHandler, serve_mail
from tests.builders import MAIL, Shelf
from tests.fakes.certificate import Certificate
from tests.intake.channels.smtp import (
    FROM,
    HELLO,
    RECIPIENTS,
    TO,
    mail_door,
    say,
    send,
    wait_for_room,
)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def _serve(
    shelf: Shelf, now: datetime, certificate: Certificate, most: int = 5
) -> asyncio.Server:
    handler = MailHandler(keep=shelf.keep, recipients=RECIPIENTS, clock=lambda: now)
    tls = certificate.server()
    return await serve_mail(handler, "127.0.0.1", 0, tls=tls, most_connections=most)


async def test_with_a_certificate_mail_comes_encrypted(
    shelf: Shelf, now: datetime, certificate: Certificate
):
    async with await _serve(shelf, now, certificate) as server:
        await aiosmtplib.send(
            MAIL,
            sender="jo@example.org",
            recipients=["help@oak.example"],
            hostname="127.0.0.1",
            port=server.sockets[0].getsockname()[1],
            start_tls=True,
            tls_context=certificate.client(),
        )
    [kept] = shelf.deliveries
    assert kept.envelope["encrypted"] is True
    assert kept.raw == MAIL


async def test_with_a_certificate_mail_may_still_come_in_clear(
    shelf: Shelf, now: datetime, certificate: Certificate
):
    async with await _serve(shelf, now, certificate) as server:
        await send(server.sockets[0].getsockname()[1])
    [kept] = shelf.deliveries
    assert kept.envelope["encrypted"] is False


async def test_without_a_certificate_encryption_is_not_offered(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        async with client:
            await client.ehlo()
            assert not client.supports_extension("starttls")
            assert client.supports_extension("smtputf8")
            assert client.esmtp_extensions["size"] == str(25 * 1024 * 1024)


async def test_what_is_said_before_the_encryption_is_not_heard_inside_it(
    shelf: Shelf, now: datetime, certificate: Certificate
):
    async with await _serve(shelf, now, certificate) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        injected = [FROM, TO, b"DATA", b"Subject: x\r\n\r\nInjected\r\n."]
        writer.write(b"\r\n".join([HELLO, b"STARTTLS", *injected, b""]))
        heard = b""
        while b"220 Ready to start TLS" not in heard:
            heard += await reader.readline()
        await writer.start_tls(certificate.client(), server_hostname="localhost")
        writer.write(b"QUIT\r\n")
        assert (await reader.readline()).startswith(b"221")
        writer.close()
        await writer.wait_closed()
    assert not shelf.kept


async def test_an_encrypted_connection_counts_once_and_is_let_go(
    shelf: Shelf, now: datetime, certificate: Certificate
):
    async with await _serve(shelf, now, certificate, most=1) as server:
        port = server.sockets[0].getsockname()[1]
        client = aiosmtplib.SMTP(
            hostname="127.0.0.1", port=port, start_tls=True, tls_context=certificate.client()
        )
        async with client:
            assert (await say(port))[0].startswith(b"421")
        await wait_for_room(port)


async def test_a_client_that_greets_with_nonsense_instead_of_encryption_is_let_go(
    shelf: Shelf, now: datetime, certificate: Certificate
):
    async with await _serve(shelf, now, certificate) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"EHLO x\r\nSTARTTLS\r\n")
        heard = b""
        while b"220 Ready to start TLS" not in heard:
            heard += await reader.readline()
        writer.write(b"this is no handshake\r\n" * 10)
        await reader.read()
        writer.close()
        await writer.wait_closed()
        await send(port)
    assert len(shelf.deliveries) == 1
