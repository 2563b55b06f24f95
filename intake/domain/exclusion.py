"""Whether an exclusion of the policy applies to one case: considered on its merits. Pure.

Complaint Handling Code 2.1 (evidence, each on its merits), 2.3 (discretion), 2.5 (no blanket
exclusions). Considering one refuses nothing: a refusal is a decision of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from intake.domain.case import ForbiddenError
from intake.domain.policy import Policy
from intake.domain.triage import IncompleteError


class Excluded(StrEnum):
    """What an exclusion would keep a resident from."""

    COMPLAINT = "complaint"
    MONEY = "money"


class Weighed(StrEnum):
    """What came of considering an exclusion."""

    DOES_NOT_APPLY = "does_not_apply"
    #: It applies, and the landlord goes on all the same.
    DISCRETION_USED = "discretion_used"
    APPLIES = "applies"


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """One exclusion of a policy: from what, and in which words."""

    excluded: Excluded
    topic: str
    words: str

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.excluded}:{self.topic}"


@dataclass(frozen=True, kw_only=True)
class Considered:
    """What was considered, what came of it, why, and by whom it was decided."""

    key: str
    weighed: Weighed
    reasons: str = field(repr=False)
    decider: str


def exclusions_of(policy: Policy) -> tuple[Exclusion, ...]:
    """Return what a policy excludes: from being a complaint, and from being paid."""
    complaints = [
        Exclusion(excluded=Excluded.COMPLAINT, topic=one.topic, words=one.words)
        for one in policy.exclusions
    ]
    money = [
        Exclusion(excluded=Excluded.MONEY, topic=str(number), words=words)
        for number, words in enumerate(policy.compensation.exclusions, start=1)
    ]
    return (*complaints, *money)


def check_considered(considered: Considered, known: Collection[Exclusion]) -> Exclusion:
    """Return the exclusion that was considered, with its reasons and its decider.

    Raises:
        IncompleteError: it is none of the policy's.
        ForbiddenError: the reasons or the decider are missing.
    """
    found = next((one for one in known if one.key == considered.key), None)
    if found is None:
        raise IncompleteError({"exclusion": "Choose one"})
    if not considered.reasons.strip():
        why = "each case is judged on its merits: say what was considered, discretion too"
        raise ForbiddenError("2.1, 2.3", why, field="reasons")
    if not considered.decider.strip():
        raise ForbiddenError("2.1", "somebody by name considered it", field="decider")
    return found
