"""Letters out, into a folder: for a landlord that has no mail server set."""

import os
from pathlib import Path

from intake.send import Outgoing


def put(letter: Outgoing, folder: Path) -> str:
    """Write a letter into the folder and return where it lies; the same letter has one file.

    Raises:
        OSError: it could not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(c if c.isalnum() or c in ".@-" else "-" for c in letter.own_id.strip("<>"))
    path = folder / f"{name[:150]}.eml"
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(letter.raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return f"Written to the outbox folder as {path.name}: nobody was sent it"
