"""Checkpoints of the audit trail: a signed list of where each history stood, in the data folder.

Whoever changes the database alone cannot change it; whoever holds the folder too, with its key,
can. Its digest goes to the log, which may be kept elsewhere.
"""

import hmac
import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from intake.domain.chain import Head


class CheckpointError(Exception):
    """A checkpoint was changed, or cannot be read; the message says which and what to do."""


class Checkpoints:
    """The last checkpoint of each landlord."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Sign with a key of its own, made from the installation's."""
        self._folder = folder
        self._key = hmac.new(key, b"heard audit", sha256).digest()

    def load(self, landlord: str) -> dict[str, Head] | None:
        """Return the last checkpoint of a landlord; none where none was made here.

        Raises:
            CheckpointError: it was changed, or cannot be read.
        """
        path = self._path(landlord)
        try:
            signature, _, body = path.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{path}: it cannot be read") from error
        if not hmac.compare_digest(signature.encode(), self._sign(landlord, body).encode()):
            raise CheckpointError(f"{path}: it was changed, or signed with another key")
        heads = json.loads(body)["heads"]
        return {ref: Head(seq=seq, hash=bytes.fromhex(head)) for ref, (seq, head) in heads.items()}

    def keep(self, landlord: str, heads: Mapping[str, Head], *, at: datetime) -> str:
        """Keep a checkpoint in place of the last, and return its digest for the log.

        Raises:
            OSError: it could not be made durable.
        """
        listed = {ref: [head.seq, head.hash.hex()] for ref, head in sorted(heads.items())}
        body = json.dumps({"landlord": landlord, "at": at.isoformat(), "heads": listed})
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(landlord)
        part = path.with_name(f"{path.name}.{token_hex(4)}.part")
        try:
            with part.open("x", encoding="utf-8") as file:
                file.write(f"{self._sign(landlord, body)}\n{body}")
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return sha256(body.encode()).hexdigest()

    def _path(self, landlord: str) -> Path:
        return self._folder / f"{landlord}.heads"

    def _sign(self, landlord: str, body: str) -> str:
        return hmac.new(self._key, f"{landlord}\n{body}".encode(), sha256).hexdigest()
