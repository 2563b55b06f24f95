import asyncio

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given, strategies as st

from intake.channels.smtp_data import CRLF, DOT, read_data

LIMIT = 64
#: What the end could hide in.
PIECES = st.sampled_from([b"\r\n", b".", b"\r", b"\n", b"..", b".\r", b"a", b"To: b", b"x" * 99])


async def read(sent: list[bytes], *, most: int = 10_000) -> tuple[bytes | None, bytes, int]:
    """What is read of these blocks, what is left after it, and how often room was asked for."""
    reader = asyncio.StreamReader(limit=LIMIT)
    asked = []

    async def when_large() -> None:
        asked.append(1)

    reading = asyncio.create_task(read_data(reader, most=most, when_large=when_large))
    for block in sent:
        reader.feed_data(block)
        await asyncio.sleep(0)
    reader.feed_eof()
    return await reading, await reader.read(), len(asked)


class Lines(SMTP):
    """Reads as aiosmtpd does, line by line."""

    @staticmethod
    async def read(sent: bytes) -> bytes:
        """What it gives its handler."""
        got: list[bytes] = []

        class Handler:
            async def handle_DATA(  # noqa: N802 - found by this name
                self, _server: SMTP, _session: Session, envelope: Envelope
            ) -> str:
                got.append(envelope.original_content or b"")
                return "250 kept"

        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Handler(), loop=loop), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for line in (b"HELO a", b"MAIL FROM:<a@b.example>", b"RCPT TO:<c@d.example>", b"DATA"):
                await reader.readline()
                writer.write(line + CRLF)
            await reader.readline()
            writer.write(sent)
            assert (await reader.readline()).startswith(b"250")
            writer.close()
            await writer.wait_closed()
        return got[0]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param(b".\r\n", b"", id="an empty mail"),
        pytest.param(b"\r\n.\r\n", b"\r\n", id="an empty line"),
        pytest.param(b"a\r\n.\r\n", b"a\r\n", id="a line"),
        pytest.param(b"..\r\n.\r\n", b".\r\n", id="a line that was a dot"),
        pytest.param(b".a\r\n..b\r\n.\r\n", b"a\r\n.b\r\n", id="dots before lines"),
        pytest.param(b"a\n.\nb\r\n.\r\n", b"a\n.\nb\r\n", id="a dot between bare line feeds"),
        pytest.param(b"a\r.\rb\r\n.\r\n", b"a\r.\rb\r\n", id="a dot between bare returns"),
        pytest.param(b"a\n.\r\nb\r\n.\r\n", b"a\n.\r\nb\r\n", id="a smuggler's dot"),
        pytest.param(b"\r\r\n.\r\n", b"\r\r\n", id="two returns"),
    ],
)
async def test_a_mail_ends_at_the_lone_dot_and_nowhere_else(sent: bytes, kept: bytes):
    assert await read([sent + b"QUIT\r\n"]) == (kept, b"QUIT\r\n", 0)
    assert await read([bytes([one]) for one in sent]) == (kept, b"", 0)


@given(pieces=st.lists(PIECES, max_size=12), cut=st.integers(1, 7))
def test_whatever_the_lines_and_blocks_it_is_what_a_reader_of_lines_would_see(
    pieces: list[bytes], cut: int
):
    lines = (b"".join(pieces) + CRLF).split(CRLF)[:-1]
    sent = b"".join(b"." * line.startswith(b".") + line + CRLF for line in lines) + DOT
    blocks = [sent[at : at + cut] for at in range(0, len(sent), cut)]
    kept, rest, _ = asyncio.run(read([*blocks, b"QUIT\r\n"]))
    assert (kept, rest) == (b"".join(line + CRLF for line in lines), b"QUIT\r\n")


@pytest.mark.parametrize("sent", [b"a\r\n.b\r\n..c\r\n.\r\n", b".\r\n", b"\r\n\r\n.x\r\n.\r\n"])
async def test_it_is_what_aiosmtpd_reads(sent: bytes):
    assert (await read([sent]))[0] == await Lines.read(sent)


async def test_room_is_asked_for_once_before_more_than_the_limit_is_taken():
    long = b"x" * LIMIT * 5 + CRLF
    assert await read([long, long, DOT]) == (long + long, b"", 1)


@pytest.mark.parametrize("over", [0, 1])
async def test_a_mail_of_the_most_bytes_is_kept_and_one_more_is_too_many(over: int):
    sent = b"x" * (198 + over) + CRLF
    kept, rest, _ = await read([sent + DOT + b"QUIT\r\n"], most=200)
    assert kept == (None if over else sent)
    assert rest == b"QUIT\r\n"


async def test_many_lines_that_could_be_the_end_let_others_have_their_turn():
    turns = []

    async def other() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    kept, _, _ = await read([CRLF * 4_000 + DOT])
    task.cancel()
    assert kept == CRLF * 4_000
    assert len(turns) > 5
