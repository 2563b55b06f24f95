import asyncio
from datetime import datetime
from email import message_from_bytes

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from intake.channels.email import MailHandler, serve_mail
from intake.delivery import email
from intake.delivery.oauth import OAuth, Tokens
from intake.delivery.outcome import RefusedError, UnknownOutcomeError
from intake.delivery.relay import Relay
from intake.send import Outgoing
from intake.store.jobs import DestinationError
from tests.builders import Shelf
from tests.fakes.certificate import Certificate
from tests.fakes.smtp import Command, FakeRelay, fake_relay
from tests.fakes.token_endpoint import FakeTokens, fake_tokens

RAW = b"From: help@oak.example\r\nTo: jo@example.org\r\n\r\nHello.\r\n.\r\n.hidden\r\n"
LETTER = Outgoing(
    own_id="<heard.1@oak.example>", to="jo@example.org", sender="help@oak.example", raw=RAW
)
LOGIN = ("help@oak.example", "correct horse")


async def test_a_letter_is_handed_over_as_it_is():
    async with fake_relay() as relay:
        answer = await email.send(LETTER, relay.settings())
    [carried] = relay.letters
    assert answer == "250 2.0.0 OK"
    assert (carried.sender, carried.recipients) == ("help@oak.example", ("jo@example.org",))
    assert carried.raw == RAW
    assert message_from_bytes(carried.raw)["To"] == "jo@example.org"


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_refusal_for_now_leaves_the_letter_waiting(command: Command):
    async with fake_relay() as relay:
        relay.answers[command] = "451 4.7.1 Try again in an hour"
        with pytest.raises(DestinationError, match=r"451 4\.7\.1 Try again in an hour"):
            await email.send(LETTER, relay.settings())
        assert relay.letters == []
        relay.answers.clear()
        await email.send(LETTER, relay.settings())
    assert len(relay.letters) == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_refusal_for_good_ends_the_letter(command: Command):
    async with fake_relay() as relay:
        relay.answers[command] = "550 5.1.1 Nobody of that name"
        with pytest.raises(RefusedError, match=r"550 5\.1\.1 Nobody of that name"):
            await email.send(LETTER, relay.settings())
    assert relay.letters == []


async def test_a_refusal_of_the_landlords_own_address_leaves_the_letter_waiting():
    # The address is a setting: when that is put right, the letter can go.
    async with fake_relay() as relay:
        relay.answers["MAIL"] = "550 5.7.60 You may not send as this"
        with pytest.raises(DestinationError, match="You may not send as this"):
            await email.send(LETTER, relay.settings())


@pytest.mark.parametrize("fate", ["drop", "silence"])
async def test_a_connection_lost_after_the_handing_over_leaves_the_outcome_unknown(
    fate: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(email, "SECONDS", 0.3)
    async with fake_relay() as relay:
        relay.after_data = "drop" if fate == "drop" else "silence"
        with pytest.raises(UnknownOutcomeError):
            await email.send(LETTER, relay.settings())
    assert len(relay.letters) == 1


@pytest.mark.parametrize("answer", ["Well done", "299 Perhaps", "354 Go on"])
async def test_an_answer_that_says_neither_leaves_the_outcome_unknown(answer: str):
    async with fake_relay() as relay:
        relay.answers["DATA"] = answer
        with pytest.raises(UnknownOutcomeError):
            await email.send(LETTER, relay.settings())


async def test_nonsense_before_the_handing_over_leaves_the_letter_waiting():
    async with fake_relay() as relay:
        relay.answers["RCPT"] = "Well done"
        with pytest.raises(DestinationError):
            await email.send(LETTER, relay.settings())
    assert relay.letters == []


async def test_a_server_that_is_not_there_leaves_the_letter_waiting():
    async with fake_relay() as relay:
        gone = relay.settings()
    with pytest.raises(DestinationError):
        await email.send(LETTER, gone)


async def test_a_server_that_is_busy_leaves_the_letter_waiting(now: datetime):
    handler = MailHandler(keep=Shelf().keep, recipients={}, clock=lambda: now)
    async with await serve_mail(handler, "127.0.0.1", 0, most_connections=0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DestinationError, match="421"):
            await email.send(LETTER, Relay(host="127.0.0.1", port=port, encryption="none"))


async def test_a_server_that_says_nothing_leaves_the_letter_waiting(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(email, "SECONDS", 0.2)
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DestinationError):
            await email.send(LETTER, Relay(host="127.0.0.1", port=port, encryption="none"))


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_a_letter_goes_encrypted_and_with_the_password(
    encryption: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    user, password = LOGIN
    at_once = encryption == "tls"
    async with fake_relay(tls=certificate.server(), at_once=at_once, login=LOGIN) as relay:
        how = relay.settings(encryption=encryption, user=user, password=password)
        await email.send(LETTER, how)
    [carried] = relay.letters
    assert carried.encrypted
    assert carried.logged_in


async def test_a_wrong_password_leaves_the_letter_waiting(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    async with fake_relay(tls=certificate.server(), login=LOGIN) as relay:
        how = relay.settings(encryption="starttls", user=LOGIN[0], password="wrong")
        with pytest.raises(DestinationError, match="535") as refused:
            await email.send(LETTER, how)
    assert relay.letters == []
    assert "wrong" not in str(refused.value)


def tokens_of(endpoint: FakeTokens) -> Tokens:
    return Tokens(OAuth(token_url=endpoint.url, client_id="heard", client_secret="hush"))


def by_token(relay: FakeRelay, endpoint: FakeTokens) -> Relay:
    return relay.settings(encryption="starttls", user=LOGIN[0], tokens=tokens_of(endpoint))


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_a_letter_goes_with_a_token_in_place_of_a_password(
    encryption: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    tls, at_once, bearer = certificate.server(), encryption == "tls", (LOGIN[0], "token-1")
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=tls, at_once=at_once, bearer=bearer) as relay,
    ):
        tokens = tokens_of(endpoint)
        how = relay.settings(encryption=encryption, user=LOGIN[0], tokens=tokens)
        for _ in range(2):
            await email.send(LETTER, how)
    assert [carried.logged_in for carried in relay.letters] == [True, True]
    assert len(endpoint.asked) == 1


async def test_a_token_that_the_server_knows_no_longer_is_renewed_at_once(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=certificate.server(), bearer=(LOGIN[0], "token-1")) as relay,
    ):
        how = by_token(relay, endpoint)
        await email.send(LETTER, how)
        relay.bearer = (LOGIN[0], "token-2")
        await email.send(LETTER, how)
    assert len(relay.letters) == 2
    assert relay.shown == 3


async def test_a_server_that_refuses_a_fresh_token_leaves_the_letter_waiting(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=certificate.server(), bearer=(LOGIN[0], "another")) as relay,
    ):
        with pytest.raises(DestinationError, match="535") as refused:
            await email.send(LETTER, by_token(relay, endpoint))
    assert relay.letters == []
    assert relay.shown == 2
    assert "token-" not in str(refused.value)


async def test_without_a_token_the_letter_waits(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=certificate.server(), bearer=(LOGIN[0], "token-1")) as relay,
    ):
        endpoint.status, endpoint.answer = 401, b'{"error": "invalid_client"}'
        with pytest.raises(DestinationError, match="401 invalid_client"):
            await email.send(LETTER, by_token(relay, endpoint))
    assert relay.shown == 0


async def test_a_server_that_takes_no_token_leaves_the_letter_waiting(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=certificate.server(), login=LOGIN) as relay,
    ):
        with pytest.raises(DestinationError):
            await email.send(LETTER, by_token(relay, endpoint))
    assert relay.letters == []


async def test_a_server_that_is_not_ready_for_tokens_is_asked_again_later(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))

    async def not_now(_self: FakeRelay, server: SMTP, _args: list[str]) -> AuthResult:
        await server.push("454 4.7.0 Temporary authentication failure")
        return AuthResult(success=False, handled=True)

    monkeypatch.setattr(FakeRelay, "auth_XOAUTH2", not_now)
    async with (
        fake_tokens() as endpoint,
        fake_relay(tls=certificate.server(), bearer=(LOGIN[0], "token-1")) as relay,
    ):
        with pytest.raises(DestinationError, match="454"):
            await email.send(LETTER, by_token(relay, endpoint))
    assert len(endpoint.asked) == 1


async def test_a_server_that_cannot_prove_its_name_gets_no_letter(certificate: Certificate):
    async with fake_relay(tls=certificate.server()) as relay:
        with pytest.raises(DestinationError):
            await email.send(LETTER, relay.settings(encryption="starttls"))
    assert relay.letters == []


async def test_no_letter_goes_in_clear_where_encryption_is_asked_for():
    async with fake_relay() as relay:
        with pytest.raises(DestinationError):
            await email.send(LETTER, relay.settings(encryption="starttls"))
    assert relay.letters == []


async def test_an_address_with_a_line_end_adds_no_command():
    smuggled = Outgoing(
        own_id="<1@x>", to="jo@x.org>\r\nRCPT TO:<al@x.org", sender="a@b.cc", raw=RAW
    )
    async with fake_relay() as relay:
        await email.send(smuggled, relay.settings())
    [carried] = relay.letters
    assert len(carried.recipients) == 1


def test_a_password_stays_out_of_logs():
    assert "horse" not in repr(Relay(host="x", port=1, user="u", password="correct horse"))
