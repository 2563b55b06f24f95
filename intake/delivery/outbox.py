"""Letters out, into a folder: for a landlord that has no mail server set."""

import os
from pathlib import Path

from intake.send import Outgoing
from intake.store.jobs import DestinationError


def put(letter: Outgoing, folder: Path) -> str:
    """Write a letter into the folder and return where it lies; the same letter has one file.

    Raises:
        DestinationError: it could not be written now; there is no letter.
    """
    name = "".join(c if c.isalnum() or c in ".@-" else "-" for c in letter.own_id.strip("<>"))
    path = folder / f"{name[:150]}.eml"
    try:
        _write(letter.raw, path)
    except OSError as error:
        raise DestinationError(f"the outbox folder: {error.strerror}") from error
    return f"Written to the outbox folder as {path.name}: nobody was sent it"


def _write(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
