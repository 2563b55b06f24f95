"""A letter as staff see it before it goes: to whom, by which way, in which words. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from intake.domain.copies import Copy
from intake.domain.identity import Rung
from intake.domain.letter import LetterKind, LetterText
from intake.domain.letter_draft import Draft


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A letter that would go, were it decided now."""

    kind: LetterKind
    shown: LetterText
    draft: Draft
    #: The address it goes to; nobody's where a person has to give it.
    to: str = field(repr=False)
    #: Why a person has to give it.
    by_hand: str = ""
    #: What of the resident's own words is in it.
    quotes: tuple[str, ...] = field(default=(), repr=False)
    #: What was agreed with the resident that a letter by this way does not meet.
    conflicts: tuple[str, ...] = ()
    send_at: datetime
    #: How well its reader is known, where that is the writer of the message.
    rung: Rung | None = None
    #: Who has a copy of it, if anybody.
    copy: Copy | None = None

    @property
    def digest(self) -> str:
        """Tells this letter from any other that might go instead."""
        copied = (self.copy.reader, self.copy.address) if self.copy is not None else ()
        said = repr((self.to, self.shown.subject, self.shown.text, self.draft.text, *copied))
        return sha256(said.encode()).hexdigest()[:16]
