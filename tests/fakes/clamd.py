"""A virus scanner on a real socket, which knows one virus and a limit, or talks nonsense."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.settings import ScannerAddress

VIRUS = b"EICAR"


@dataclass
class FakeClamd:
    """What it was shown, and how it answers from now on."""

    at: ScannerAddress = field(default_factory=ScannerAddress)
    scanned: list[bytes] = field(default_factory=list)
    largest: int = 1_000_000
    #: What it says in place of a verdict; empty to hang up.
    instead: bytes | None = None

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._listen(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # they hung up
        finally:
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = b""
        while (length := int.from_bytes(await reader.readexactly(4))) and (
            len(content) + length <= self.largest
        ):
            content += await reader.readexactly(length)
        self.scanned.append(content)
        writer.write(self._verdict(content, too_large=length > 0))
        await writer.drain()

    def _verdict(self, content: bytes, *, too_large: bool) -> bytes:
        if self.instead is not None:
            return self.instead
        if too_large:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test FOUND\0" if VIRUS in content else b"stream: OK\0"


@asynccontextmanager
async def fake_clamd(path: str = "") -> AsyncIterator[FakeClamd]:
    """Run a scanner on a free port, or at a socket's path."""
    clamd = FakeClamd()
    if path:
        server = await asyncio.start_unix_server(clamd.answer, path)
        clamd.at = ScannerAddress(path=path)
    else:
        server = await asyncio.start_server(clamd.answer, "127.0.0.1", 0)
        clamd.at = ScannerAddress(host="127.0.0.1", port=server.sockets[0].getsockname()[1])
    async with server:
        yield clamd
