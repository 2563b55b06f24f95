"""Reasonable adjustments and preferred formats: agreed for a purpose, reviewed, and used. Pure.

Sources: the Equality Act 2010 section 20, the Complaint Handling Code 3.1 and 5.10.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.triage import IncompleteError


class Need(StrEnum):
    """What was agreed with a resident about how they are reached."""

    LARGE_PRINT = "large_print"
    BRAILLE = "braille"
    EASY_READ = "easy_read"
    AUDIO = "audio"
    INTERPRETER = "interpreter"
    TRANSLATION = "translation"
    PHONE_ONLY = "phone_only"
    IN_WRITING_ONLY = "in_writing_only"
    POST_ONLY = "post_only"
    IN_PERSON = "in_person"
    MORE_TIME = "more_time"
    OTHER = "other"


class Carrier(StrEnum):
    """By which way words reach a resident."""

    EMAIL = "e-mail"
    BY_HAND = "a person's hand"


#: Needs that a letter by e-mail does not meet by itself, and what staff do instead.
AGAINST_EMAIL = {
    Need.LARGE_PRINT: "send it in large print",
    Need.BRAILLE: "send it in Braille",
    Need.EASY_READ: "send it in Easy Read",
    Need.AUDIO: "send a recording",
    Need.INTERPRETER: "have an interpreter tell it",
    Need.TRANSLATION: "send a translation",
    Need.PHONE_ONLY: "ring the resident and read it out",
    Need.POST_ONLY: "send it by post",
    Need.IN_PERSON: "take it to the resident",
}


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One adjustment: what, for which purpose, and when it is looked at again (Code 5.10)."""

    need: Need
    words: str = field(repr=False)
    purpose: str = field(repr=False)
    review_on: date


def check_adjustment(adjustment: Adjustment, *, today: date) -> None:
    """Ask for the purpose, the words of a need of no name, and a day of review to come.

    Raises:
        IncompleteError: one of these is missing.
    """
    missing = {}
    if not adjustment.purpose.strip():
        missing["purpose"] = "Say what it is for: it is kept for that and nothing else"
    if adjustment.need is Need.OTHER and not adjustment.words.strip():
        missing["words"] = "Say what was agreed"
    if adjustment.review_on <= today:
        missing["review_on"] = "Give a day to come on which it is looked at again (Code 5.10)"
    if missing:
        raise IncompleteError(missing)


def find_conflicts(needs: Iterable[Need], carrier: Carrier) -> tuple[str, ...]:
    """Return a warning for each need that a letter going that way does not meet."""
    if carrier is not Carrier.EMAIL:
        return ()
    return tuple(
        f"{need.replace('_', ' ')} was agreed, and this goes by {carrier}: {AGAINST_EMAIL[need]}"
        for need in dict.fromkeys(needs)
        if need in AGAINST_EMAIL
    )
