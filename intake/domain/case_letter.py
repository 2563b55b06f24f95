"""What each letter says, put together from what the record holds. Pure.

The words themselves are templates; what the Complaint Handling Code demands of a letter is
needed here, so that no letter is written without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from intake.domain.case import Kind
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind, LetterText, Matter, spoken, ways_to
from intake.domain.letter_template import PLACES, render
from intake.domain.life import Ground, Outcome, Promise
from intake.domain.response_parts import Part

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
OTHERS = {
    Kind.SERVICE_REQUEST: "The work you asked us for",
    Kind.COMPLIMENT: "Your thanks, which we pass on",
    Kind.COMMENT: "Your suggestion",
}
#: What a letter cannot be written without: the fact, what it is, and the provision.
NEEDS: Mapping[LetterKind, tuple[tuple[str, str], ...]] = {
    LetterKind.ACKNOWLEDGEMENT: (("answer_by", "the day of the answer (6.3)"),),
    LetterKind.EXTENSION: (
        ("until", "the new day (6.4)"),
        ("original", "the day it replaces (6.4)"),
        ("reason", "the reason (6.4)"),
    ),
    LetterKind.EXTENSION_NOT_AGREED: (
        ("until", "the new day (6.4)"),
        ("original", "the day it replaces (6.4)"),
        ("reason", "the reason (6.4)"),
    ),
    LetterKind.RESPONSE: (
        ("points", "a finding on each issue (6.7)"),
        ("decider", "who decided (5.8)"),
    ),
    LetterKind.FINAL_RESPONSE: (
        ("points", "a finding on each issue (6.18)"),
        ("decider", "who decided (6.13)"),
    ),
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: (
        ("requested", "the day of the request (6.11)"),
        ("answer_by", "the day of the answer (6.14)"),
    ),
    LetterKind.REFUSAL: (
        ("ground", "the ground (2.2)"),
        ("reason", "the reasons (2.4)"),
        ("decider", "who decided (2.1)"),
    ),
    LetterKind.MP_ACKNOWLEDGEMENT: (("answer_by", "the day of the answer"),),
    LetterKind.MP_RESPONSE: (("words", "the answer"),),
    LetterKind.OMBUDSMAN_COVER: (
        ("their_reference", "the Ombudsman's reference"),
        ("requested", "the day of the request"),
        ("enclosed", "the list of papers"),
        ("decider", "who answers for it"),
    ),
    LetterKind.COMMENT_CHANGED: (("words", "what has changed"),),
    LetterKind.COPY: (("words", "the letter that it copies"),),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One issue with what was found on it and why."""

    issue: str = field(repr=False)
    outcome: Outcome
    reasons: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a letter tells besides the matter itself; each letter needs some of it."""

    stage: int = 1
    requested_on: date | None = None
    until: date | None = None
    original: date | None = None
    reason: str = field(default="", repr=False)
    found: Sequence[Found] = ()
    remedy: str = field(default="", repr=False)
    promises: Sequence[Promise] = ()
    #: Apology, regret and the like, as staff wrote them.
    parts: Mapping[str, str] = field(default_factory=dict, repr=False)
    decider: str = ""
    ground: Ground | None = None
    #: What staff write in their own words: an answer to an MP, what a comment changed.
    words: str = field(default="", repr=False)
    #: Whom it is addressed to, where that is not the resident: an MP or councillor by name.
    addressee: str = ""
    #: Whether an MP's letter shows a resident's dissatisfaction, logged as a complaint (1.3).
    is_complaint: bool = False
    #: Whom praise or a comment was passed to, where it is not as the policy has it.
    passed_to: str = ""
    #: An ombudsman's own reference, and the papers that go to it.
    their_reference: str = ""
    enclosed: Sequence[str] = ()

    @property
    def upheld(self) -> bool:
        """Whether anything was upheld."""
        return any(each.outcome is not Outcome.NOT_UPHELD for each in self.found)


NOTHING_DECIDED = Decided()


#: Letters that carry the reference of a message and none of a case.
WITHOUT_CASE = frozenset(
    {LetterKind.RECEIPT, LetterKind.NEUTRAL_ACKNOWLEDGEMENT, LetterKind.HOW_TO_COMPLAIN}
)
#: Letters about all that one message brought.
OF_A_MESSAGE = WITHOUT_CASE | {LetterKind.ACKNOWLEDGEMENT}


class MissingPartError(ValueError):
    """A letter lacks a part that the Code asks for; the message names the part and provision."""


def write_letter(
    kind: LetterKind,
    matters: Sequence[Matter],
    landlord: Landlord,
    message_reference: str,
    *,
    on: date,
) -> LetterText:
    """Return the words of a letter of a day about all matters of one message, complaints first.

    Raises:
        MissingPartError: a part that the Code asks for is missing.
    """
    if not matters:
        bare: dict[str, object] = {"reference": message_reference, "landlord": landlord.name}
        return _written(kind, bare, landlord)
    first, *others = sorted(matters, key=lambda matter: matter.kind is not Kind.COMPLAINT)
    facts = _facts(first, NOTHING_DECIDED, landlord, on) | {
        "others": [
            {"what": OTHERS.get(other.kind, "Your question"), "reference": other.reference}
            for other in others
        ]
    }
    if kind in WITHOUT_CASE:
        facts["reference"] = message_reference
    return _written(kind, facts, landlord)


def write_case_letter(
    kind: LetterKind, matter: Matter, decided: Decided, landlord: Landlord, *, on: date
) -> LetterText:
    """Return the words of a letter of a day about one case.

    Raises:
        MissingPartError: a part that the Code asks for is missing.
    """
    facts = _facts(matter, decided, landlord, on)
    if decided.upheld and not decided.remedy:
        raise MissingPartError("the letter lacks the remedy (7.1)")
    return _written(kind, facts, landlord)


def _written(kind: LetterKind, facts: Mapping[str, object], landlord: Landlord) -> LetterText:
    for name, what in NEEDS.get(kind, ()):
        if not facts.get(name):
            raise MissingPartError(f"the letter lacks {what}")
    if "ombudsman" in PLACES[kind] and not facts.get("ombudsman"):
        raise MissingPartError(f"the letter lacks how to reach {facts['ombudsman_name']} (3.7)")
    return render(kind, facts, landlord.wording.get(kind), source=f"{landlord.key}/{kind}")


def _facts(matter: Matter, decided: Decided, landlord: Landlord, on: date) -> dict[str, object]:
    feedback = landlord.policy.comments
    if matter.kind is Kind.COMPLIMENT:
        feedback = landlord.policy.compliments
    return {
        "reference": matter.reference,
        "landlord": landlord.name,
        "received": spoken(matter.received_at),
        "issues": matter.issues,
        "outcome": matter.outcome,
        "not_ours": matter.not_responsible,
        "answer_by": _spoken(matter.answer_by),
        "stage": decided.stage,
        "requested": _spoken(decided.requested_on),
        "until": _spoken(decided.until),
        "original": _spoken(decided.original),
        "reason": decided.reason,
        "upheld": decided.upheld,
        "remedy": decided.remedy,
        "parts": {part: decided.parts.get(part, "") for part in Part},
        "decider": decided.decider,
        "ground": GROUNDS[decided.ground] if decided.ground else "",
        "words": decided.words,
        "addressee": decided.addressee or "Sir or Madam",
        "is_complaint": decided.is_complaint,
        "passed_to": decided.passed_to or feedback.passed_to,
        "told_of_changes": feedback.told_if_something_changes,
        "further_contact": feedback.further_contact,
        "their_reference": decided.their_reference,
        "enclosed": decided.enclosed,
        **_points(decided),
        **_ombudsman(landlord, on),
    }


def _points(decided: Decided) -> dict[str, object]:
    return {
        "points": [
            {"issue": each.issue, "finding": OUTCOMES[each.outcome], "reasons": each.reasons}
            for each in decided.found
        ],
        "promises": [
            {"what": promise.what, "owner": promise.owner, "due": spoken(promise.due)}
            for promise in decided.promises
        ],
    }


def _ombudsman(landlord: Landlord, on: date) -> dict[str, object]:
    """Say how to reach the ombudsman (Complaint Handling Code 3.7); empty where none is known."""
    body = landlord.policy.regulator
    contact = landlord.policy.find_contact(body, on)
    if contact is None:
        return {"ombudsman": "", "ombudsman_name": f"{body} on {on}"}
    return {"ombudsman": ways_to(contact), "ombudsman_name": contact.name}


def _spoken(day: date | None) -> str:
    return "" if day is None else spoken(day)
