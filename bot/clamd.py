"""Asks a ClamAV daemon whether there is a virus in a file (clamd's INSTREAM)."""

import asyncio
import re
from dataclasses import dataclass

from bot.settings import ScannerAddress
from intake.store.jobs import DestinationError

CHUNK = 64 * 1024
SECONDS = 60
FOUND = re.compile(r"stream: (.{1,200}) FOUND")
CLEAN = "stream: OK"
TOO_LARGE = "size limit exceeded"


class NotScannedError(Exception):
    """The scanner will not look at this file, now or later."""


@dataclass(frozen=True)
class Clamd:
    """The daemon, where it listens."""

    at: ScannerAddress

    async def scan(self, content: bytes) -> str:
        """Return the name of the virus in a file; empty where none was found.

        Raises:
            DestinationError: the daemon does not answer now.
            NotScannedError: it does not look at this one, which may be too large for it.
        """
        try:
            async with asyncio.timeout(SECONDS):
                said = await self._ask(content)
        except (OSError, TimeoutError, ValueError) as error:
            raise DestinationError(f"the virus scanner: {type(error).__name__}") from error
        if said == CLEAN:
            return ""
        found = FOUND.fullmatch(said)
        if found:
            return found[1]
        if TOO_LARGE in said:
            raise NotScannedError("the scanner takes no file of this size")
        raise DestinationError(f"the virus scanner said {said[:100]!r}")

    async def _ask(self, content: bytes) -> str:
        if self.at.path:
            reader, writer = await asyncio.open_unix_connection(self.at.path)
        else:
            reader, writer = await asyncio.open_connection(self.at.host, self.at.port)
        # A daemon that has heard enough says so at once and hangs up: it is listened to meanwhile.
        answer = asyncio.ensure_future(reader.readuntil(b"\0"))
        try:
            await _hand_over(writer, content, answer)
            return (await answer).rstrip(b"\0").decode("utf-8", "replace").strip()
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("no answer") from error
        finally:
            answer.cancel()
            writer.close()


async def _hand_over(
    writer: asyncio.StreamWriter, content: bytes, answer: asyncio.Future[bytes]
) -> None:
    """Send a file, as long as nothing is said to it."""
    try:
        writer.write(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            writer.write(len(chunk).to_bytes(4) + chunk)
            await writer.drain()
            await asyncio.sleep(0)
            if answer.done():
                return
        writer.write(bytes(4))
        await writer.drain()
    except ConnectionError:
        return  # its answer says why
