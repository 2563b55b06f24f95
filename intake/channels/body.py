"""Read the body of a request, up to a size."""

from starlette.requests import Request


class TooLargeError(Exception):
    """The sender wants to give us more than we take."""


async def read_body(request: Request, largest: int) -> bytes:
    """Return the raw bytes of a request.

    Raises:
        TooLargeError: there are more than `largest`; the rest is not read.
    """
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > largest:
            raise TooLargeError(f"at most {largest:,} bytes are taken")
        pieces.append(piece)
    return b"".join(pieces)
