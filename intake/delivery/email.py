"""Letters out, over SMTP."""

import ssl

import aiosmtplib

from intake.delivery.outcome import RefusedError, UnknownOutcomeError
from intake.delivery.relay import Relay
from intake.send import Outgoing
from intake.store.jobs import DestinationError

TEMPORARY = range(400, 500)
SECONDS = 30
#: Refusals of us, not of the letter: it waits until they are put right.
NOT_THE_LETTERS_FAULT = (
    aiosmtplib.SMTPAuthenticationError,
    aiosmtplib.SMTPHeloError,
    aiosmtplib.SMTPConnectResponseError,
)


async def send(letter: Outgoing, relay: Relay) -> str:
    """Hand a letter to the mail server and return its answer, the proof of sending.

    Raises:
        DestinationError: the server cannot take it now; nothing has gone.
        RefusedError: the server will never take it; nothing has gone.
        UnknownOutcomeError: the connection ended after the letter was handed over.
    """
    client = aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.user or None,
        password=relay.password or None,
        use_tls=relay.encryption == "tls",
        start_tls=relay.encryption == "starttls",
        timeout=SECONDS,
    )
    try:
        async with client:
            await client.mail(letter.sender)
            await client.rcpt(letter.to)
            return await _hand_over(client, letter)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError, ValueError) as error:
        raise DestinationError(type(error).__name__) from error


async def _hand_over(client: aiosmtplib.SMTP, letter: Outgoing) -> str:
    """From here on, only an answer tells whether the letter has gone."""
    try:
        code, answer = await client.data(letter.raw)
    except (aiosmtplib.SMTPServerDisconnected, TimeoutError, OSError) as error:
        raise UnknownOutcomeError(type(error).__name__) from error
    return f"{code} {answer}"[:500]


def _refused(error: aiosmtplib.SMTPResponseException) -> Exception:
    said = f"{error.code} {error.message}"[:500]
    ours = isinstance(error, NOT_THE_LETTERS_FAULT)
    return DestinationError(said) if ours or error.code in TEMPORARY else RefusedError(said)
