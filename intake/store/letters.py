"""The exact bytes of letters, which prove what was sent."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.tables import LetterRow


class LetterNotFoundError(LookupError):
    """This landlord has no such letter, or it was never written."""


def load_letter_bytes(session: Session, landlord: str, letter_id: int) -> bytes:
    """Return a letter as it was handed over.

    Raises:
        LetterNotFoundError: this landlord has none, or it was never written.
    """
    mine = (LetterRow.landlord == landlord, LetterRow.id == letter_id)
    raw = session.scalar(select(LetterRow.raw).where(*mine))
    if raw is None:
        raise LetterNotFoundError(f"no letter {letter_id}")
    return raw


def digest(letter: LetterRow) -> str:
    """Return the sha256 of a letter as it was handed over; empty where it was never written."""
    return sha256(letter.raw).hexdigest() if letter.raw is not None else ""
