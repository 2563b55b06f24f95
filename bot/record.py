"""The record of one process: its database and files, and the keeping of what arrives."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.checkpoints import Checkpoints
from bot.landlords import Configured
from bot.seals import keep_key, make_seals
from intake.channels.keep import NotKeptError
from intake.domain.clock import Clock
from intake.domain.message import Delivery
from intake.receive import Arrival, receive
from intake.store.database import Database
from intake.store.files import Files
from intake.store.schema import upgrade

#: Larger deliveries are kept as files beside the embedded database.
LARGEST_ROW = 64 * 1024


class Record:
    """What every process shares, whatever else it does."""

    def __init__(
        self,
        configured: Configured,
        *,
        database_url: str,
        data: Path,
        clock: Clock,
        seal_key: bytes | None = None,
    ) -> None:
        self.configured = configured
        self.data = data
        self.clock = clock
        #: What each landlord's letters are sealed with, so that their answers find their cases.
        key = seal_key or keep_key(data)
        self.seals = make_seals(key, configured.landlords)
        self.checkpoints = Checkpoints(data / "audit", key)
        self.db = Database(database_url)
        self.files = Files(data / "files")
        #: A server's database may be shared by machines that share no folder: it keeps all bytes.
        self._files_are_ours = self.db.engine.dialect.name == "sqlite"
        self._wakes: list[asyncio.Event] = []

    def prepare(self) -> None:
        """Bring the database to the shape that this version expects."""
        upgrade(self.db.engine)

    async def keep(self, delivery: Delivery) -> str:
        """Keep a delivery and return its reference, once it is on disk.

        Raises:
            NotKeptError: it is not, by a fault of ours.
        """
        try:
            reference = await self.db.keep(receive, await self._put_by(delivery))
        except (SQLAlchemyError, OSError) as error:
            raise NotKeptError(type(error).__name__) from error
        self.wake()
        return reference

    async def keep_in_order(self, deliveries: Sequence[Delivery]) -> list[str]:
        """Keep deliveries as if they came one after the other, and return their references.

        All files are there before the first row: nobody waits for a large one and is overtaken.

        Raises:
            NotKeptError: not all are, by a fault of ours.
        """
        try:
            arrivals = [await self._put_by(delivery) for delivery in deliveries]
            kept = [self.db.keep(receive, arrival) for arrival in arrivals]
            references = await asyncio.gather(*kept)
        except (SQLAlchemyError, OSError) as error:
            raise NotKeptError(type(error).__name__) from error
        self.wake()
        return references

    async def _put_by(self, delivery: Delivery) -> Arrival:
        digest = None
        if self._files_are_ours and len(delivery.raw) > LARGEST_ROW:
            digest = await asyncio.to_thread(self.files.keep, delivery.raw)
        return Arrival(delivery=delivery, sha256=digest)

    def wakes(self, event: asyncio.Event) -> None:
        """Have somebody told at once that there may be work, who would else look later."""
        self._wakes.append(event)

    def wake(self) -> None:
        """Say that there may be work."""
        for event in self._wakes:
            event.set()

    def close(self) -> None:
        """Finish what is being written, and let go of the database."""
        self.db.close()
