"""The process is killed at random moments while mail comes in; nothing is lost, nothing twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import aiosmtplib
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from intake.store.database import Database
from intake.store.tables import CaseRow, JobRow, MessageRow
from tests.conftest import MONDAY
from tests.house import configured, open_house

MAILS, AT_ONCE, KILLS = 500, 20, 8
TOP = Path(__file__).parent.parent.parent


class Machine:
    """One process after another on the same record and port."""

    def __init__(self, url: str, folder: Path, port: int) -> None:
        self._arguments = [url, str(folder / "data"), str(port)]
        self._running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        (Path(self._arguments[1])).mkdir(exist_ok=True)
        self._running = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "tests.flows.house_to_kill", *self._arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=TOP,
            start_new_session=True,
        )
        assert self._running.stdout is not None
        assert self._running.stdout.readline() == "ready\n"

    def kill(self) -> None:
        """Kill it and its children, without a word of warning."""
        assert self._running is not None
        os.killpg(self._running.pid, signal.SIGKILL)
        self._close()

    def stop(self) -> int:
        """Ask it to end, and return how it did."""
        assert self._running is not None
        self._running.send_signal(signal.SIGTERM)
        return self._close()

    def _close(self) -> int:
        assert self._running is not None
        assert self._running.stdout is not None
        self._running.stdout.close()
        return self._running.wait(30)


@contextmanager
def machine(url: str, folder: Path, port: int) -> Iterator[Machine]:
    one = Machine(url, folder, port)
    one.start()
    try:
        yield one
    finally:
        assert one.stop() == 0


def mail(number: int) -> bytes:
    words = "There is damp, and nobody has come." if number % 2 else "There is damp."
    return (
        f"From: r{number}@example.org\r\nTo: help@oak.example\r\nSubject: Home {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n\r\n{words}\r\n"
    ).encode()


async def send_until_kept(number: int, port: int, up: asyncio.Event) -> None:
    """Send one mail as a mail server does: again and again, until it hears 250."""
    kept = False
    while not kept:
        await up.wait()
        with suppress(aiosmtplib.SMTPException, OSError):
            await aiosmtplib.send(
                mail(number),
                sender=f"r{number}@example.org",
                recipients=["help@oak.example"],
                hostname="127.0.0.1",
                port=port,
                start_tls=False,
                timeout=5,
            )
            kept = True


async def send_all(port: int, up: asyncio.Event, lives: Sequence[asyncio.Event]) -> None:
    """Send the mails, an equal part in each life of the process."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        await lives[number * len(lives) // MAILS].wait()
        async with turns:
            await send_until_kept(number, port, up)

    async with asyncio.TaskGroup() as group:
        for number in range(MAILS):
            group.create_task(send(number))


async def kill_now_and_then(house: Machine, port: int) -> None:
    """Kill it at random moments while the mails come in."""
    up = asyncio.Event()
    up.set()
    *lives, last = [asyncio.Event() for _ in range(KILLS + 1)]
    sending = asyncio.create_task(send_all(port, up, [*lives, last]))
    chance = random.Random(20261124)  # noqa: S311 - for moments, not for secrets
    for life in lives:
        life.set()
        await asyncio.wait([sending], timeout=chance.uniform(0.01, 0.3))
        up.clear()
        await asyncio.to_thread(house.kill)
        await asyncio.to_thread(house.start)
        up.set()
    last.set()
    await sending


def forget_leases(session: Session) -> None:
    """As if five minutes had passed: every job that is claimed is due again."""
    leased = JobRow.run_at.is_not(None)
    session.execute(update(JobRow).where(leased).values(run_at=MONDAY))


def kept(session: Session) -> tuple[int, int, int]:
    ids = session.scalars(select(MessageRow.own_id)).all()
    cases = session.scalar(select(func.count(CaseRow.id))) or 0
    return len(ids), len(set(ids)), cases


async def test_what_was_acknowledged_is_there_once_whatever_was_killed(
    db: Database, db_url: str, tmp_path: Path, child: BoundedChild, unused_tcp_port: int
):
    with machine(db_url, tmp_path, unused_tcp_port) as house:
        await kill_now_and_then(house, unused_tcp_port)
    await db.run(forget_leases)
    async with open_house(db_url, tmp_path, child, MONDAY, configured()) as after:
        await after.settle()
    assert await db.read(kept) == (MAILS, MAILS, MAILS + MAILS // 2)
