"""The table of the files that came with messages."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classifier.labels import RedactedText
from intake.domain.attachment import FileCheck
from intake.store.base import Base, Key, belongs_to


class AttachmentRow(Base):
    """One file of a message. Its bytes lie in the delivery that it came with, and only there."""

    __tablename__ = "attachment"
    __table_args__ = (
        belongs_to("message"),
        belongs_to("delivery"),
        UniqueConstraint("message_id", "number"),
    )

    message_id: Mapped[int]
    delivery_id: Mapped[int]
    number: Mapped[int]
    #: What it can be kept under, and what the sender called it where that is another name.
    name: Mapped[str]
    original: Mapped[str]
    #: For staff, in lists and on cards; none until it was looked at.
    shown_name: Mapped[RedactedText | None]
    #: What the mail says that it is, and what its content says.
    said_type: Mapped[str]
    type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[Key]
    inline: Mapped[bool]
    risks: Mapped[list[str]]
    check: Mapped[FileCheck]
    virus: Mapped[str]
    #: A small picture of it, made anew and so without what the camera wrote.
    thumbnail: Mapped[bytes | None] = mapped_column(deferred=True)
