"""Open the mail door, do the work, and stop in good order when told to."""

import asyncio
import signal
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.record import Record
from bot.settings import Settings, SettingsError
from intake.channels.email import MailHandler, serve_mail
from intake.worker import Handlers, work

FINISH_WITHIN = 20  # seconds, of the thirty in which a service must end


class PortError(Exception):
    """A port cannot be had; the message says which, why, and what to do."""


@asynccontextmanager
async def mail_server(record: Record, settings: Settings) -> AsyncIterator[str]:
    """Take mail while the context lasts, and give the address.

    Raises:
        PortError: the port is taken, or not ours to take.
    """
    handler = MailHandler(
        keep=record.keep, recipients=record.configured.recipients, clock=record.clock
    )
    host, port = settings.smtp_host, settings.smtp_port
    try:
        server = await serve_mail(handler, host, port, tls=_tls(settings))
    except OSError as error:
        raise port_error(error, host, port, "HEARD_SMTP_PORT") from error
    try:
        yield f"{host}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()  # clients in mid-sentence are cut off, unanswered: they come again


@asynccontextmanager
async def working(record: Record, lanes: Sequence[Handlers]) -> AsyncIterator[None]:
    """Do due jobs while the context lasts; at its end those in hand are finished."""
    stop = asyncio.Event()
    shut: PortError | None = None
    async with asyncio.TaskGroup() as group:
        lanes_at_work = []
        for lane in lanes:
            wake = asyncio.Event()
            record.wakes(wake)
            at_work = work(record.db, lane, clock=record.clock, stop=stop, wake=wake)
            lanes_at_work.append(group.create_task(at_work))
        try:
            yield
        except PortError as error:
            shut = error  # raised below: the group would wrap it, and hide its one line
        finally:
            stop.set()
            record.wake()
            _, late = await asyncio.wait(lanes_at_work, timeout=FINISH_WITHIN)
            for lane_at_work in late:
                lane_at_work.cancel()  # what it had in hand is claimed again, or is unknown
    if shut is not None:
        raise shut


def when_told_to_stop() -> asyncio.Event:
    """Return what is set when the process is asked to end (SIGTERM, or Control-C)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def port_error(error: OSError, host: str, port: int, named: str) -> PortError:
    """Return why we cannot listen, and what to do about it."""
    why = (error.strerror or type(error).__name__).partition(":")[0].capitalize()
    return PortError(f"cannot listen on {host}:{port} ({why}): set {named} to another port")


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.smtp_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.smtp_certificate, settings.smtp_key)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"HEARD_SMTP_CERTIFICATE: cannot be used: {type(error).__name__}"
        ) from error
    return context
