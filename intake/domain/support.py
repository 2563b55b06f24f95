"""Help offered around a case: mediation, an advocate, an agency. Pure.

A landlord's policy says what it offers; offering it neither ends a complaint nor stops its clock.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from intake.domain.triage import IncompleteError


class Help(StrEnum):
    """What is offered."""

    MEDIATION = "mediation"
    AGENCY = "referral_to_an_agency"
    ADVOCATE = "advocate"
    COMPANY = "company_at_a_meeting"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What was offered to the resident, and how."""

    help: Help
    how: str = field(repr=False)


def check_offered(offered: Offered) -> None:
    """Refuse an offer of which nobody can say how it was made.

    Raises:
        IncompleteError: it is not said how.
    """
    if not offered.how.strip():
        raise IncompleteError({"note": "Say who or what was offered, and how"})
