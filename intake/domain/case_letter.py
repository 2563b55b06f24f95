"""Letters about one complaint: extension, responses, stage 2 acknowledgement, refusal. Pure.

Each has what the Complaint Handling Code demands of it, and the dated contact of the ombudsman.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind, LetterText, Matter, definition, ombudsman, spoken
from intake.domain.life import Ground, Outcome, Promise

OUTCOMES = {
    Outcome.UPHELD: "We uphold this: you were right.",
    Outcome.PARTLY_UPHELD: "We uphold this in part.",
    Outcome.NOT_UPHELD: "We do not uphold this.",
}
GROUNDS = {
    Ground.OVER_THE_WINDOW: (
        "It came more than 12 months after it happened, or after you learned of it."
    ),
    Ground.LEGAL_PROCEEDINGS: (
        "Legal proceedings about it have started: the claim has been filed at court."
    ),
    Ground.ALREADY_CONSIDERED: (
        "We have already considered the same matter under our complaints procedure."
    ),
    Ground.LATE_REQUEST: (
        "You asked for stage 2 after the time in which our procedure allows for it."
    ),
}
NOTHING_OUTSTANDING = "There is nothing that we still have to do."
ADVICE = "You can ask the {name} for advice at any time"
TO_OMBUDSMAN = "If you are not happy with our answer, you can take your complaint to the {name}"
AGAINST_REFUSAL = (
    "You can take this decision itself to the {name}, who may tell us to take your complaint on"
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One issue with what was found on it and why."""

    issue: str = field(repr=False)
    outcome: Outcome
    reasons: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a letter tells besides the matter itself; each letter needs some of it."""

    stage: int
    requested_on: date | None = None
    until: date | None = None
    original: date | None = None
    reason: str = field(default="", repr=False)
    found: Sequence[Found] = ()
    remedy: str = field(default="", repr=False)
    promises: Sequence[Promise] = ()
    decider: str = ""
    ground: Ground | None = None


class MissingPartError(ValueError):
    """A letter lacks a part that the Code asks for; the message names the part and provision."""


def write_case_letter(
    kind: LetterKind, matter: Matter, decided: Decided, landlord: Landlord, *, on: date
) -> LetterText:
    """Return the words of a letter of a day about one complaint.

    Raises:
        MissingPartError: a part that the Code asks for is missing.
    """
    subject, body = WRITERS[kind](matter, decided)
    told = ombudsman(landlord, on, told=_ways(kind))
    paragraphs = ["Hello,", *body, *told, landlord.name]
    subject = f"Your complaint {matter.reference}: {subject}"
    return LetterText(subject=subject, text="\n\n".join(paragraphs) + "\n")


_Part = TypeVar("_Part")
Written = tuple[str, list[str]]


def _extension(matter: Matter, decided: Decided) -> Written:
    until = _need(decided.until, "the new day (6.4)")
    original = _need(decided.original, "the day it replaces (6.4)")
    reason = _need(decided.reason, "the reason (6.4)")
    body = [
        (
            f"We told you that we would answer your complaint {matter.reference} at stage "
            f"{decided.stage} by {spoken(original)}. We are sorry that we need longer."
        ),
        f"WHY WE NEED LONGER\n{reason}",
        f"WHEN YOU WILL HEAR FROM US\nWe will write to you with our decision by {spoken(until)}.",
    ]
    return "we need longer", body


def _response(matter: Matter, decided: Decided) -> Written:
    next_step = (
        "IF YOU ARE NOT HAPPY WITH OUR DECISION\n"
        "You can ask for your complaint to go to stage 2, where somebody else looks at it again. "
        "You need not say why. Answer this e-mail, or tell any of our staff in any way."
    )
    return "our decision at stage 1", [*_decision(matter, decided), next_step]


def _final(matter: Matter, decided: Decided) -> Written:
    last = "This is our final word on your complaint: our procedure has no further stage."
    return "our final decision", [*_decision(matter, decided), last]


def _decision(matter: Matter, decided: Decided) -> list[str]:
    found = _need(decided.found, "a finding on each issue (6.7)")
    decider = _need(decided.decider, "who decided (5.8)")
    lines = [
        f"{n}. {each.issue}\n{OUTCOMES[each.outcome]} {each.reasons}"
        for n, each in enumerate(found, start=1)
    ]
    promises = [f"- {p.what}: {p.owner}, by {spoken(p.due)}" for p in decided.promises]
    upheld = any(each.outcome is not Outcome.NOT_UPHELD for each in found)
    sorry = ["We are sorry for what went wrong, which is set out below."] if upheld else []
    remedy = _need(decided.remedy, "the remedy (7.1)") if upheld else decided.remedy
    return [
        (
            f"This is our decision on your complaint {matter.reference} at stage {decided.stage} "
            f"of our complaints procedure. We received it on {spoken(matter.received_at)}. "
            f"{decider} decided it."
        ),
        *sorry,
        *definition(matter)[:2],
        "OUR DECISION ON EACH POINT, AND WHY\n" + "\n\n".join(lines),
        f"HOW WE PUT THINGS RIGHT\n{remedy or 'We found nothing to put right.'}",
        "WHAT WE STILL HAVE TO DO\n" + ("\n".join(promises) or NOTHING_OUTSTANDING),
    ]


def _stage_2_acknowledgement(matter: Matter, decided: Decided) -> Written:
    requested = _need(decided.requested_on, "the day of the request (6.11)")
    answer_by = _need(matter.answer_by, "the day of the answer (6.14)")
    body = [
        (
            f"You asked on {spoken(requested)} for your complaint {matter.reference} to be looked "
            "at again. It is now at stage 2 of our complaints procedure."
        ),
        *definition(matter),
        (
            "WHAT HAPPENS NEXT\n"
            "Somebody who did not decide stage 1 will look at your complaint and write to you with "
            f"our final decision by {spoken(answer_by)}. If we need longer, we will tell you "
            "before that day why, and when you will hear from us."
        ),
    ]
    return "stage 2", body


def _refusal(matter: Matter, decided: Decided) -> Written:
    ground = _need(decided.ground, "the ground (2.2)")
    reasons = _need(decided.reason, "the reasons (2.4)")
    decider = _need(decided.decider, "who decided (2.1)")
    what = "take your complaint on" if decided.stage == 1 else "take your complaint to stage 2"
    body = [
        f"We received your message on {spoken(matter.received_at)}. We have decided not to {what}.",
        f"WHY\n{GROUNDS[ground]} {reasons}",
        f"{decider} decided this.",
    ]
    return "why we do not take it on", body


WRITERS: Mapping[LetterKind, Callable[[Matter, Decided], Written]] = {
    LetterKind.EXTENSION: _extension,
    LetterKind.RESPONSE: _response,
    LetterKind.FINAL_RESPONSE: _final,
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: _stage_2_acknowledgement,
    LetterKind.REFUSAL: _refusal,
}


def _ways(kind: LetterKind) -> str:
    return {
        LetterKind.FINAL_RESPONSE: TO_OMBUDSMAN,
        LetterKind.REFUSAL: AGAINST_REFUSAL,
    }.get(kind, ADVICE)


def _need(part: _Part | None, named: str) -> _Part:
    if not part:
        raise MissingPartError(f"the letter lacks {named}")
    return part
