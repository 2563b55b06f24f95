"""A conflict that the check of a policy finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a conflict is: a broken right, an inconsistent process, or something stale."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a policy says, what the Code says, and what Heard does about it."""

    #: Every provision of the Code concerned, such as `6.4-6.5, 6.15-6.16`.
    provision: str
    severity: Severity
    says: str
    code: str
    heard_does: str
