"""The bytes of one mail as SMTP carries them (RFC 5321 4.5.2)."""

import asyncio
from collections.abc import Awaitable, Callable

CRLF = b"\r\n"
DOT = b".\r\n"
END = CRLF + DOT
#: A line that opens with one of these could be, or hide, the end.
DOUBTFUL = (b".", b"\r", b"\n")
TURN = 256  # doubtful lines after which others have their turn


async def read_data(
    reader: asyncio.StreamReader, *, most: int, when_large: Callable[[], Awaitable[object]]
) -> bytes | None:
    """Return what comes before the lone dot, without the dots put before lines.

    None where it has more than `most` bytes. A mail is large, and `when_large` awaited before
    more of it is taken, once it is longer than the reader's limit. Only CR LF ends a line.
    """
    data = bytearray()
    size = doubtful = 0
    large = False
    until = b""  # empty at the start of a line
    while data != DOT and not data.endswith(END):
        if not until:
            block = await reader.readexactly(1)
            until = CRLF if block in DOUBTFUL else END
            doubtful = (doubtful + (until == CRLF)) % TURN
            if until == CRLF and not doubtful:
                await asyncio.sleep(0)
        else:
            try:
                block = await reader.readuntil(until)
                until = b""
            except asyncio.LimitOverrunError as error:
                if not large:
                    await when_large()
                large = True
                block = await reader.read(error.consumed)
        data += block
        size += len(block)
        if size > most + len(DOT):
            del data[: -len(END)]
    return None if size > most + len(DOT) else _plain(data)


def _plain(data: bytearray) -> bytes:
    """Take off the end, and the dot before each line that has one."""
    del data[-len(DOT) :]
    return bytes(data.removeprefix(b".").replace(b"\r\n.", CRLF))
