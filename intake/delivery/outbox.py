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
    path = _path(letter.own_id, folder)
    try:
        _write(letter.raw, path)
    except OSError as error:
        raise DestinationError(f"the outbox folder: {error.strerror}") from error
    return f"Written to the outbox folder as {path.name}: nobody was sent it"


def remove(own_id: str, folder: Path) -> None:
    """Take a letter out of the folder, where it lies there."""
    _path(own_id, folder).unlink(missing_ok=True)


def _path(own_id: str, folder: Path) -> Path:
    name = "".join(c if c.isalnum() or c in ".@-" else "-" for c in own_id.strip("<>"))
    return folder / f"{name[:150]}.eml"


def _write(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
