"""Letters out, over SMTP."""

import re
import ssl

import aiosmtplib

from intake.delivery.outcome import RefusedError, UnknownOutcomeError
from intake.delivery.relay import Relay
from intake.send import Outgoing
from intake.store.jobs import DestinationError

TEMPORARY, FOR_GOOD = range(400, 500), range(500, 600)
WRONG_SECRET = 535  # RFC 4954 6
SECONDS = 20  # for each step: all of them together stay within the lease of a job
ADDRESS = re.compile(r"<?[^\s<>]{1,64}@[^\s<>]{1,255}>?")
#: Refusals of us, not of the letter: it waits until they are put right.
NOT_THE_LETTERS_FAULT = (
    aiosmtplib.SMTPAuthenticationError,
    aiosmtplib.SMTPHeloError,
    aiosmtplib.SMTPConnectResponseError,
    aiosmtplib.SMTPSenderRefused,
)


async def send(letter: Outgoing, relay: Relay) -> str:
    """Hand a letter to the mail server and return its answer, the proof of sending.

    Raises:
        DestinationError: the server cannot take it now; nothing has gone.
        RefusedError: the server will never take it; nothing has gone.
        UnknownOutcomeError: the connection ended after the letter was handed over.
    """
    try:
        return await _carry(letter, relay)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error, letter.to) from error
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError, ValueError) as error:
        raise DestinationError(type(error).__name__) from error


async def _carry(letter: Outgoing, relay: Relay) -> str:
    """With a token, once more where the server knows it no longer: nothing was handed over."""
    if relay.tokens is None:
        return await _carry_with(letter, relay)
    token = await relay.tokens.get()
    try:
        return await _carry_with(letter, relay, token)
    except aiosmtplib.SMTPAuthenticationError as error:
        if error.code != WRONG_SECRET:
            raise
    relay.tokens.drop(token)
    return await _carry_with(letter, relay, await relay.tokens.get())


async def _carry_with(letter: Outgoing, relay: Relay, token: str = "") -> str:
    async def said() -> str:
        return token

    client = aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.user or None,
        password=relay.password or None,
        oauth_token_generator=said if token else None,
        use_tls=relay.encryption == "tls",
        start_tls=relay.encryption == "starttls",
        timeout=SECONDS,
    )
    async with client:
        await client.mail(letter.sender)
        await client.rcpt(letter.to)
        return await _hand_over(client, letter)


async def _hand_over(client: aiosmtplib.SMTP, letter: Outgoing) -> str:
    """From here on, only an answer tells whether the letter has gone."""
    try:
        code, answer = await client.data(letter.raw)
    except aiosmtplib.SMTPResponseException as error:
        if error.code in TEMPORARY or error.code in FOR_GOOD:
            raise
        raise UnknownOutcomeError(f"an answer that says neither: {error.code}") from error
    except (aiosmtplib.SMTPServerDisconnected, TimeoutError, OSError) as error:
        raise UnknownOutcomeError(type(error).__name__) from error
    return _without_addresses(f"{code} {answer}", letter.to)


def _without_addresses(said: str, to: str) -> str:
    """The server's words without whom they name, or half name: staff and logs see them."""
    half = re.escape(to.partition("@")[0])
    shown = ADDRESS.sub("[address]", said)
    return re.sub(rf"(?<!\w){half}(?!\w)", "[address]", shown, flags=re.IGNORECASE)[:500]


def _refused(error: aiosmtplib.SMTPResponseException, to: str) -> Exception:
    said = _without_addresses(f"{error.code} {error.message}", to)
    ours = isinstance(error, NOT_THE_LETTERS_FAULT)
    return RefusedError(said) if error.code in FOR_GOOD and not ours else DestinationError(said)
