"""What witnesses to the audit trail from beside it."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.base import Base, Key


class ChainHeadRow(Base):
    """Where the history of a case has got to. It names the case and hangs on nothing of it.

    A case that is removed leaves this behind, and a history that is cut is shorter than it says.
    """

    __tablename__ = "chain_head"
    __table_args__ = (UniqueConstraint("landlord", "reference"),)

    reference: Mapped[Key] = mapped_column(unique=True)
    seq: Mapped[int]
    head: Mapped[bytes]
