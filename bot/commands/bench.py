"""`heard bench`: how fast mail is kept and recorded. Measured beside the bare mail server."""

import asyncio
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec, TypeVar, cast

import uvloop
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.app import Heard
from bot.child import BoundedChild
from bot.clock import utc_now
from bot.model import load_model
from bot.open import load_configured
from bot.record import Record
from bot.serve import working
from bot.settings import Settings
from intake.assess import Proposal, propose_all
from intake.channels.email import MailHandler, serve_mail
from intake.store.database import Database
from intake.store.tables import DeliveryRow, MessageDeliveryRow

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 20
MAILS = 400
SIZES = {"2 KB": 2_000, "18 KB": 18_000}
RATE, SECONDS = 20, 15  # mails a second, and for how long
PATIENCE = 60  # seconds after the last, within which all must be recorded
TO = "complaints@oak.example"
SENTENCE = "The tap in the kitchen drips and nobody has come to see to it. "


def bench(*, rounds: int) -> None:
    """Print the tables."""
    print("| mails kept a second, a connection each, 20 at a time | null handler | Heard | ratio |")
    print("|---|---|---|---|")
    for name, size in SIZES.items():
        null, ours = _accepts(size, rounds)
        print(f"| {name} | {null:.0f} | {ours:.0f} | {ours / null:.2f} |", flush=True)
    print()
    fifty, ninety_nine, count = uvloop.run(measure_latency(RATE * SECONDS))
    print(f"| mail to recorded case at {RATE} mails a second, {count} mails | p50 | p99 |")
    print("|---|---|---|")
    print(f"| milliseconds | {fifty * 1000:.0f} | {ninety_nine * 1000:.0f} |")
    print()
    started, memory, heavy = _mail_process()
    print(
        "| `heard mail` | starts and stops in | resident memory | of spacy, sklearn, numpy loaded |"
    )
    print("|---|---|---|---|")
    print(f"| alone | {started:.2f} s | {memory:.0f} MiB | {', '.join(heavy) or 'none'} |")


def _accepts(size: int, rounds: int) -> tuple[float, float]:
    """Measure both in turn, so that what the machine does besides falls on both."""
    null, ours = [], []
    for number in range(rounds + 1):
        pair = _measured(_serve_null, size), _measured(_serve_heard, size)
        if number:  # the first warms up
            null.append(pair[0])
            ours.append(pair[1])
    return statistics.median(null), statistics.median(ours)


def _measured(serve: Callable[[str, "multiprocessing.Queue[int]"], None], size: int) -> float:
    spawn = multiprocessing.get_context("spawn")
    with TemporaryDirectory() as folder:
        port_of = spawn.Queue()
        server = spawn.Process(target=serve, args=(folder, port_of), daemon=True)
        server.start()
        port = port_of.get(timeout=30)
        seconds = asyncio.run(_send_many(port, size))
        server.terminate()
        server.join()
    return MAILS / seconds


async def _send_many(port: int, size: int) -> float:
    turns = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        async with turns:
            await _send(port, _mail(number, size))

    await _send(port, _mail(MAILS, size))  # the first connection is not measured
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(MAILS):
            group.create_task(send(number))
    return time.perf_counter() - started


async def _send(port: int, raw: bytes) -> None:
    """A bare client: what is measured is the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _expect(reader, b"220")
    for line in (b"EHLO bench", b"MAIL FROM:<r@example.org>", f"RCPT TO:<{TO}>".encode()):
        writer.write(line + b"\r\n")
        await _expect(reader, b"250")
    writer.write(b"DATA\r\n")
    await _expect(reader, b"354")
    writer.write(raw + b".\r\n")
    await _expect(reader, b"250")
    writer.write(b"QUIT\r\n")
    await _expect(reader, b"221")
    writer.close()
    await writer.wait_closed()


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    line = await reader.readline()
    while line[3:4] == b"-":
        line = await reader.readline()
    if not line.startswith(code):
        raise RuntimeError(f"expected {code!r}, the server said {line!r}")


def _mail(number: int, size: int) -> bytes:
    head = (
        f"From: R{number} <r{number}@example.org>\r\nTo: {TO}\r\nSubject: My tap\r\n"
        f"Message-ID: <{number}.{time.time_ns()}@example.org>\r\n\r\n"
    )
    lines = (SENTENCE.strip() + "\r\n") * (max(0, size - len(head)) // (len(SENTENCE) + 1) + 1)
    return (head + lines).encode()


def _serve_null(_folder: str, port_of: "multiprocessing.Queue[int]") -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        handler = Sink()
        server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", 0)
        port_of.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def _serve_heard(folder: str, port_of: "multiprocessing.Queue[int]") -> None:
    async def serve() -> None:
        async with _kept_by_heard(Path(folder)) as (_, port):
            port_of.put(port)
            await asyncio.Event().wait()

    uvloop.run(serve())


class TimedDatabase(Database):
    """Notes when each message was assessed: once its cases are on disk."""

    def __init__(self, url: str, mails: int) -> None:
        super().__init__(url)
        self._mails = mails
        self.recorded: dict[int, datetime] = {}
        self.all_recorded = asyncio.Event()

    @override
    async def run(
        self, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        done = await super().run(work, *args, **kwargs)
        if work is propose_all:
            proposals = cast("Sequence[Proposal]", args[0])
            recorded = utc_now()
            self.recorded |= {one.job.payload["message_id"]: recorded for one in proposals}
            if len(self.recorded) == self._mails:
                self.all_recorded.set()
        return done


@asynccontextmanager
async def _kept_by_heard(data: Path) -> AsyncIterator[tuple[Record, int]]:
    configured = load_configured(Settings(), data)
    url = f"sqlite:///{data}/heard.db"
    record = Record(configured, database_url=url, data=data, clock=utc_now)
    record.prepare()
    handler = MailHandler(keep=record.keep, recipients=configured.recipients, clock=utc_now)
    server = await serve_mail(handler, "127.0.0.1", 0)
    yield record, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    record.close()


async def measure_latency(mails: int) -> tuple[float, float, int]:
    """Send mails at an even rate to the whole house, and see when each one's case was recorded.

    Returns the median and the 99th percentile in seconds, and how many were recorded.
    """
    judge, redact = load_model({})
    with TemporaryDirectory() as folder:
        async with _kept_by_heard(Path(folder)) as (record, port):
            record.db.close()
            record.db = timed = TimedDatabase(f"sqlite:///{folder}/heard.db", mails)
            child = await asyncio.to_thread(BoundedChild)
            async with working(record, Heard(record).handlers(judge, redact, child).lanes()):
                await _send_evenly(port, mails)
                async with asyncio.timeout(PATIENCE):
                    await timed.all_recorded.wait()
            child.close()
            arrived = dict(await record.db.read(_arrivals))
    waits = sorted((at - arrived[one]) / timedelta(seconds=1) for one, at in timed.recorded.items())
    return waits[len(waits) // 2], waits[len(waits) * 99 // 100], len(waits)


def _arrivals(session: Session) -> list[tuple[int, datetime]]:
    """When each message reached us."""
    found = select(MessageDeliveryRow.message_id, DeliveryRow.arrived_at).join(
        DeliveryRow, DeliveryRow.id == MessageDeliveryRow.delivery_id
    )
    return [(message_id, at) for message_id, at in session.execute(found)]


async def _send_evenly(port: int, mails: int) -> None:
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(mails):
            await asyncio.sleep(max(0.0, started + number / RATE - time.perf_counter()))
            group.create_task(_send(port, _mail(number, 2_000)))


def _mail_process() -> tuple[float, float, list[str]]:
    """Start `heard mail` as a process, and look at it from inside when it is ready."""
    look = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from bot.commands import mail\n"
        "def ready():\n"
        "    heavy = [m for m in ('spacy', 'sklearn', 'numpy') if m in sys.modules]\n"
        "    lines = open('/proc/self/status')\n"
        "    print('ready', next(n.split()[1] for n in lines if 'VmHWM' in n), *heavy)\n"
        "    stop = asyncio.Event()\n"
        "    asyncio.get_running_loop().call_soon(stop.set)\n"
        "    return stop\n"
        "mail.when_told_to_stop = ready\n"
        "mail.run_mail(Path(sys.argv[1]))\n"
    )
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-c", look, folder],
            env={**os.environ, "HEARD_SMTP_PORT": "0"},  # noqa: TID251 - for a child of ours
            capture_output=True,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - began
    _, kib, *heavy = process.stdout.splitlines()[0].split()
    return seconds, int(kib) / 1024, heavy
