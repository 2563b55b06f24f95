"""What staff write in a letter that tells of no decision on a complaint."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from intake.store.base import Base, belongs_to


class LetterWordsRow(Base):
    """What one letter says in the words of staff, and which letter from outside it answers."""

    __tablename__ = "letter_words"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("letter"),
        belongs_to("correspondence"),
        UniqueConstraint("letter_id"),
    )

    case_id: Mapped[int]
    letter_id: Mapped[int]
    correspondence_id: Mapped[int | None]
    words: Mapped[str]
    #: Whom praise or a comment was passed to, where it is not as the policy has it.
    passed_to: Mapped[str]
    #: An ombudsman's own reference, the papers that go to it, and who answers for them.
    their_reference: Mapped[str]
    enclosed: Mapped[list[str]]
    decider: Mapped[str]
