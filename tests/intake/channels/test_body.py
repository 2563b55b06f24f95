from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.types import Message

from intake.channels.body import TooLargeError, read_body


def request(pieces: list[bytes], read: list[bytes]) -> Request:
    """Return a request whose body comes in pieces; `read` notes those that were taken."""

    async def stream() -> AsyncIterator[Message]:
        for piece in pieces:
            read.append(piece)
            yield {"type": "http.request", "body": piece, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    source = stream()

    async def receive() -> Message:
        return await anext(source)

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


@pytest.mark.parametrize("pieces", [[], [b"abcd"], [b"a", b"", b"bc", b"d"]])
async def test_a_body_up_to_the_limit_is_read(pieces: list[bytes]):
    assert await read_body(request(pieces, []), 4) == b"".join(pieces)


async def test_of_a_body_that_is_too_large_the_rest_is_not_read():
    read: list[bytes] = []
    with pytest.raises(TooLargeError, match="at most 4 bytes are taken"):
        await read_body(request([b"abc", b"de", b"f" * 1_000], read), 4)
    assert read == [b"abc", b"de"]
