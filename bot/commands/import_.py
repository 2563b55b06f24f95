"""`heard import`: old mailboxes into the record, or a trial of it that writes nothing."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Heard
from bot.child import BoundedChild
from bot.mailboxes import Found, measure, read_mailboxes
from bot.model import load_model
from bot.open import opened
from bot.record import Record
from bot.settings import load_settings
from classifier.labels import Judge, Redact
from intake.channels.keep import NotKeptError
from intake.domain.landlord import Landlord
from intake.domain.message import Channel, Delivery
from intake.mail.edge import Header, is_outgoing, read_header
from intake.receive import find_known
from intake.worker import Handlers, do_due

MOST_TOGETHER, MOST_BYTES = 50, 8_000_000
UNUSABLE = 2
UNDATED = "it does not say when it was received, or says a day that cannot be true"
#: Says of how many bytes of a mailbox the work is done.
Advance = Callable[[int], None]


class ImportMailError(ValueError):
    """A mailbox cannot be imported; the message says why, and what to do."""


def import_mail(
    paths: Sequence[Path],
    *,
    data: Path,
    landlord: str | None = None,
    dry_run: bool = False,
    live: bool = False,
) -> int:
    """Take old mailboxes in, or print what would be recorded of them; return the exit status.

    Raises:
        ImportMailError: it is not said whose mail it is, or the database fails.
        SettingsError: a setting is wrong.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise ImportMailError(f"{missing[0]}: there is no such file or folder")
    if dry_run:
        from bot.commands.import_trial import try_import  # a record is never opened

        return try_import(paths, data=data, landlord=landlord)
    with opened(load_settings(), data) as record:
        whose = choose_landlord(record.configured.landlords, landlord)
        judge, redact = load_model(record.configured.keep)
        with progress(measure(list(paths))) as advance:
            mailbox = Mailbox(record=record, landlord=whose, live=live)
            asyncio.run(mailbox.take_in(paths, judge, redact, advance))
        print(*mailbox.summary(), sep="\n", file=sys.stderr)
        return UNUSABLE if mailbox.faults else 0


def choose_landlord(landlords: Mapping[str, Landlord], key: str | None) -> Landlord:
    """Return whose mail it is: the only landlord's, where nobody says it.

    Raises:
        ImportMailError: there is no such landlord, or several and none is named.
    """
    found = landlords.get(key) if key is not None else None
    if key is None and len(landlords) == 1:
        [found] = landlords.values()
    if found is None:
        given = f"{key!r} is none of" if key is not None else "expected one of"
        raise ImportMailError(f"--landlord: {given} {', '.join(landlords)}")
    return found


@contextmanager
def progress(length: int, *, printing: bool = False) -> Iterator[Advance]:
    """Show on a terminal how far it has come; not among lines that are printed there."""
    hidden = not sys.stderr.isatty() or (printing and sys.stdout.isatty())
    with typer.progressbar(length=length, label="Importing", file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def tell_fault(found: Found) -> None:
    """Say in a plain line what is wrong with a file, or with one mail of it."""
    which = f", mail {found.number}" if found.number > 1 else ""
    print(f"heard: {found.file}{which}: {found.fault}", file=sys.stderr)


@dataclass
class Mailbox:
    """Old mail on its way into the record of a landlord."""

    record: Record
    landlord: Landlord
    live: bool = False
    new: int = 0
    known: int = 0
    undated: int = 0
    own: int = 0
    faults: int = 0

    async def take_in(
        self, paths: Sequence[Path], judge: Judge, redact: Redact, advance: Advance
    ) -> None:
        """Record, read and judge all mails, some at a time; what is known changes nothing.

        Raises:
            ImportMailError: the database fails; what was taken in is there.
        """
        child = await asyncio.to_thread(BoundedChild)
        lane, *_ = Heard(self.record).handlers(judge, redact, child).lanes()
        # In turn: an answer must be read after what it answers.
        in_turn = {**lane, "read": replace(lane["read"], queue=lambda job: job.landlord)}
        try:
            for together in _batches(read_mailboxes(list(paths))):
                await self._keep(together)
                await self._work(in_turn)
                advance(sum(found.size for found in together))
        except (NotKeptError, SQLAlchemyError, OSError, ExceptionGroup) as error:
            raise _failed(error) from error
        finally:
            child.close()

    def summary(self) -> list[str]:
        """Return what was done, in plain words."""
        told = "as if it came today" if self.live else "and nobody was told"
        lines = [f"{self.new} mails were recorded for {self.landlord.name}, {told}."]
        if self.known:
            lines.append(f"{self.known} were on record already.")
        if self.undated:
            lines.append(f"{self.undated} of them lie in the holding pen: {UNDATED}.")
        if self.own:
            lines.append(f"{self.own} that the landlord wrote were left out.")
        if self.faults:
            lines.append(f"{self.faults} could not be taken in: see the lines above.")
        return lines

    async def _keep(self, together: Sequence[Found]) -> None:
        deliveries: dict[str, Delivery] = {}
        for found in together:
            if found.fault:
                self.faults += 1
                tell_fault(found)
                continue
            delivery = self._delivery(found)
            if delivery is not None and delivery.key not in deliveries:
                deliveries[delivery.key] = delivery
            elif delivery is not None:
                self.known += 1
        known = await self.record.db.read(find_known, list(deliveries))
        fresh = [delivery for key, delivery in deliveries.items() if key not in known]
        await self.record.keep_in_order(fresh)
        self.new += len(fresh)
        self.known += len(known)
        self.undated += sum("undated" in delivery.envelope for delivery in fresh)

    async def _work(self, lane: Handlers) -> None:
        """Read and judge what is due; a live message goes first, whoever takes it."""
        while await do_due(self.record.db, lane, clock=self.record.clock):
            pass

    def _delivery(self, found: Found) -> Delivery | None:
        now = self.record.clock()
        header = read_header(found.raw, latest=now)
        if is_outgoing(header, self.landlord):
            self.own += 1
            return None
        return Delivery(
            landlord=self.landlord.key,
            channel=Channel.EMAIL,
            raw=found.raw,
            arrived_at=now,
            envelope=_envelope(header) | ({} if self.live else {"imported": True}),
        )


def _failed(error: Exception) -> Exception:
    """What to say where the database fails in the middle; any other fault is told as it is."""
    faults = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
    if not all(isinstance(fault, NotKeptError | SQLAlchemyError | OSError) for fault in faults):
        return error
    kinds = ", ".join(sorted({type(fault).__name__ for fault in faults}))
    return ImportMailError(f"the database fails ({kinds}): import it again, and it goes on")


def _envelope(header: Header) -> dict[str, Any]:
    when = {"undated": UNDATED} if header.received is None else {}
    if header.received is not None:
        when["edge_date"] = header.received.isoformat()
    sender = header.handed_by or header.sender
    return {"source": "import", "from": sender, "to": list(header.came_to), **when}


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    """Some mails at a time, so that memory is bounded and live work has its turn."""
    together: list[Found] = []
    for one in found:
        together.append(one)
        if len(together) >= MOST_TOGETHER or sum(len(f.raw) for f in together) > MOST_BYTES:
            yield together
            together = []
    if together:
        yield together
