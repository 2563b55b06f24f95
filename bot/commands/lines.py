"""Lines in, from a file or from standard input."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def opened_lines(source: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input where the source is `-`.

    Raises:
        ValueError: it cannot be read; the message names it.
    """
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = Path(source).open("rb")  # noqa: SIM115 - closed below, when the reader is done
    except OSError as error:
        raise ValueError(f"{source}: cannot be read: {error.strerror}") from error
    with lines:
        yield lines
