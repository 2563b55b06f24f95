"""Lines in, from a file or from standard input, and the JSON that each holds."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

#: A longer line is refused, so that memory stays bounded.
LONGEST_LINE = 8_000_000


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


def read_row(line: str | bytes) -> dict[str, Any]:
    """Return the JSON object that a line holds.

    Raises:
        ValueError: it holds none; what is wrong can be said with `say_fault`.
        RecursionError: it is nested too deeply.
    """
    if len(line) > LONGEST_LINE:
        raise ValueError(f"longer than {LONGEST_LINE} bytes")
    row = json.loads(line.decode("utf-8") if isinstance(line, bytes) else line)
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - what was given is at fault, not us
    return row


def say_fault(error: Exception) -> str:
    """Say what is wrong with a line, without its words."""
    if isinstance(error, ValidationError):
        fault = error.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return f"not JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
