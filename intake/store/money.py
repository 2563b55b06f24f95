"""Money as it is kept, in pence, and as it is shown."""

from decimal import Decimal

from intake.domain.outcome import MoneyLine
from intake.store.outcome_tables import MoneyRow

PENNIES = 100


def to_pence(amount: Decimal) -> int:
    """Return pounds in pence."""
    return int(amount * PENNIES)


def to_pounds(pence: int) -> Decimal:
    """Return pence in pounds."""
    return Decimal(pence) / PENNIES


def amount_of(row: MoneyRow) -> Decimal:
    """Return how much it is."""
    return to_pounds(row.pence)


def money_line(row: MoneyRow) -> MoneyLine:
    """Return money as it is shown."""
    return MoneyLine(
        id=row.id,
        redress=row.redress,
        amount=amount_of(row),
        authorisers=tuple(row.authorisers),
        approved=row.approved_at is not None,
        open_until=row.open_until,
        reply=row.reply,
        pay_by=row.pay_by,
        paid_on=row.paid_on,
    )
