"""Bytes too large for a row, kept by their sha256 under one folder.

A file is written and fsynced before the row that names it; one that no row names is harmless.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex


class Files:
    """One folder of files, each named by what is in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Keep `content` on disk and return its sha256; the same content is kept once.

        Raises:
            OSError: it could not be made durable, as when the disk is full.
        """
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        with suppress(FileNotFoundError):
            os.utime(path)  # nobody takes it for one that was left behind
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{digest}.{token_hex(4)}.part")
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        for folder in (path.parent, self._folder, self._folder.parent):
            _sync_folder(folder)
        return digest

    def load(self, digest: str) -> bytes:
        """Return the content of a file that must be there."""
        return self._path(digest).read_bytes()

    def remove(self, digest: str) -> None:
        """Delete a file that no row names any more."""
        self._path(digest).unlink(missing_ok=True)

    def find_older(self, moment: datetime) -> Iterator[str]:
        """Find the files that nobody has kept since then, parts of some among them, by name."""
        for path in sorted(self._folder.glob("??/*")):
            if path.stat().st_mtime < moment.timestamp():
                yield path.name

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
