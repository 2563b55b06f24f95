"""The one key of an installation, which seals the addresses and Message-IDs of its letters."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex

from bot.settings import Settings, SettingsError
from intake.mail.seal import Seal

FILE = "seal-key"
SHORTEST = 32  # bytes: a key that could be guessed would seal nothing


def load_key(settings: Settings, data: Path) -> bytes:
    """Return the key: the one that is set, which several machines share, or the data folder's own.

    Raises:
        SettingsError: the one set is too short, or the folder's cannot be read or made.
    """
    if settings.seal_key is None:
        return keep_key(data)
    key = settings.seal_key.get_secret_value().encode()
    if len(key) < SHORTEST:
        raise SettingsError(f"HEARD_SEAL_KEY: expected at least {SHORTEST} characters")
    return key


def keep_key(data: Path) -> bytes:
    """Return the key of a data folder, which is made at the first use and never again.

    Raises:
        SettingsError: it is damaged, or cannot be read or made.
    """
    path = data / FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: the key cannot be kept: {error.strerror}") from error
    if len(key) < SHORTEST:
        raise SettingsError(f"{path}: it is damaged; without it no answer to an old letter is ours")
    return key


def make_seals(key: bytes, landlords: Iterable[str]) -> dict[str, Seal]:
    """Return what each landlord's outgoing mail is sealed with."""
    return {landlord: Seal(landlord=landlord, key=key) for landlord in landlords}


def _make(path: Path) -> None:
    """Write a key whole before it has its name, so that of two processes both use one."""
    part = path.with_name(f"{FILE}.{token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(token_bytes(SHORTEST))
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
