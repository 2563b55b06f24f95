"""Looks at the files of a message: what they are, whether there is a virus, what may be shown."""

import asyncio
import re
from dataclasses import dataclass, replace
from functools import partial

from bot.child import BoundedChild
from bot.clamd import Clamd, NotScannedError
from bot.thumbnails import draw_thumbnail
from classifier.labels import Audience, Redact, RedactedText, WithheldError
from intake.channels.email import LARGEST
from intake.domain.attachment import FileCheck, Risk
from intake.domain.clock import Clock
from intake.domain.hiding import hide_names, keeping
from intake.domain.message import UnreadableError
from intake.mail.attached import Opened, open_attachments
from intake.store.attachments import (
    MOST,
    UNNAMED,
    Seen,
    Unseen,
    give_up_looking,
    load_unseen,
    note_seen,
    record_seen,
)
from intake.store.database import Database
from intake.store.files import Files
from intake.store.jobs import DestinationError, Job, finish

MOST_PICTURES = 20  # of one message that are drawn small
#: Files that are not drawn, whatever they say that they are.
UNSAFE = {Risk.EXECUTABLE, Risk.ACTIVE, Risk.ENCRYPTED}
JOINED = re.compile(r"[_+]+|(?<=\w)-(?=\w)|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, kw_only=True)
class FileLooker:
    """What looking at files needs."""

    db: Database
    files: Files
    child: BoundedChild
    redact: Redact
    #: None where nobody looks for viruses, which is then said.
    scanner: Clamd | None
    clock: Clock

    async def look(self, jobs: list[Job]) -> None:
        """Look at the files of one message and put on record what was found.

        Raises:
            DestinationError: the virus scanner does not answer now; all else is on record.
        """
        [job] = jobs
        unseen = await self.db.read(load_unseen, job, self.files)
        if unseen is None:
            await self.db.run(finish, job)
            return
        try:
            seen = await asyncio.to_thread(self._see, unseen, job.landlord)
        except UnreadableError:
            await self.give_up(job)
            return
        checked = {}
        try:
            for number, (found, content) in seen.items():
                checked[number] = await self._scan(found, content)
        except DestinationError:
            rest = {number: found for number, (found, _) in seen.items()}
            await self.db.run(note_seen, job, rest | checked, now=self.clock())
            raise
        await self.db.run(record_seen, job, checked, now=self.clock())

    async def give_up(self, job: Job) -> None:
        """Leave files unchecked that could not be looked at, and say so."""
        await self.db.run(give_up_looking, job, now=self.clock())

    def _see(self, unseen: Unseen, landlord: str) -> dict[int, tuple[Seen, bytes]]:
        opening = partial(open_attachments, most=MOST, largest=LARGEST)
        opened = {each.file.sha256: each for each in self.child.run(opening, unseen.raw)}
        seen = {}
        pictures = 0
        for number, said in unseen.names.items():
            found = opened.get(unseen.sha256[number])
            name = self._shown(said, unseen, landlord)
            if found is None:
                seen[number] = (Seen(name=name, check=FileCheck.UNCHECKED), b"")
                continue
            drawn = self._draw(found) if pictures < MOST_PICTURES else None
            pictures += drawn is not None
            fresh = Seen(
                name=name,
                type=found.type,
                risks=found.risks,
                check=FileCheck.PENDING,
                thumbnail=drawn,
            )
            seen[number] = (fresh, found.content)
        return seen

    def _shown(self, said: str, unseen: Unseen, landlord: str) -> RedactedText:
        """A file's name without personal data, which hides behind what joins its words."""
        stem, dot, ending = said.rpartition(".")
        words = JOINED.sub(" ", stem or ending)
        shown = f"{words}{dot if stem else ''}{ending if stem else ''}"
        author = unseen.author
        try:
            found = self.redact(shown, audience=Audience.STAFF, author=author, landlord=landlord)
        except WithheldError:
            return UNNAMED
        return keeping(hide_names(found, unseen.known), unseen.kept).text

    def _draw(self, found: Opened) -> bytes | None:
        if not found.type.startswith("image/") or UNSAFE & {*found.risks}:
            return None
        try:
            return self.child.run(draw_thumbnail, found.content)
        except UnreadableError:
            return None

    async def _scan(self, found: Seen, content: bytes) -> Seen:
        if found.check is not FileCheck.PENDING:
            return found
        if self.scanner is None:
            return replace(found, check=FileCheck.UNCHECKED)
        try:
            virus = await self.scanner.scan(content)
        except NotScannedError:
            return replace(found, check=FileCheck.UNCHECKED)
        if virus:
            return replace(found, check=FileCheck.INFECTED, virus=virus, thumbnail=None)
        return replace(found, check=FileCheck.CLEAN)
