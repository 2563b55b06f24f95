"""From what a text reads as to what staff decide: the proposal, and what is filled in for them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from classifier.labels import (
    Assessment,
    Flag,
    Label,
    RedactedText,
    Redaction,
    join_redacted,
    on_one_line,
)
from intake.domain.case import Definition, Kind
from intake.domain.clean import clean

#: What each label is proposed as. Nothing is dropped: what reads as nothing else is an enquiry.
KIND_OF = {
    Label.SERVICE_REQUEST: Kind.SERVICE_REQUEST,
    Label.COMPLAINT: Kind.COMPLAINT,
    Label.COMPLIMENT: Kind.COMPLIMENT,
    Label.COMMENT: Kind.COMMENT,
    Label.OTHER: Kind.ENQUIRY,
}

#: What staff may choose from, in the order shown.
CHOICES = (
    Kind.COMPLAINT,
    Kind.SERVICE_REQUEST,
    Kind.COMPLIMENT,
    Kind.COMMENT,
    Kind.ENQUIRY,
    Kind.DP_COMPLAINT,
)

PLACEHOLDER = re.compile(r"\[[A-Z]{2,10} \d{1,4}\]")
NOT_STATED = RedactedText(
    "Not stated yet. Please tell us what you would like us to do to put this right."
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
ASKS = re.compile(
    r"\b(please|pls|plz|can (you|someone|somebody)|could (you|someone|somebody)"
    r"|i(?:['\u2019]d| would) like|i want|we want|i need|we need|i expect|we expect"
    r"|i am asking|asking for)\b",
    re.IGNORECASE,
)
LONGEST_FIELD = 3000  # Slack's own limit on what a field holds
BULLETS = " -*•\t"
#: How often staff are to decide unanchored, and from which message of a record on.
ONE_BLIND_IN, NONE_BLIND = 20, 100


def kinds_of(assessment: Assessment, *, survey: bool = False) -> tuple[Kind, ...]:
    """Return the kinds of case that a message opens, each once, complaints first.

    Dissatisfaction in a survey is not by itself a complaint (Code 1.6): it is a comment, whose
    writer is offered the choice before it may close.
    """
    wanted = {KIND_OF[label] for label in assessment.labels}
    if survey and Kind.COMPLAINT in wanted:
        wanted = wanted - {Kind.COMPLAINT} | {Kind.COMMENT}
    return tuple(kind for kind in CHOICES if kind in wanted)


def is_hazard(assessment: Assessment) -> bool:
    """Whether a person must hear of it before anything else."""
    return bool(assessment.hazards) or Flag.EMERGENCY in assessment.flags


def issues_of(redaction: Redaction, assessment: Assessment) -> RedactedText:
    """Return the issues to fill in: the sentences that show dissatisfaction, a line each."""
    places = dict.fromkeys(
        (evidence.start, evidence.end)
        for evidence in assessment.evidence
        if evidence.label is Label.COMPLAINT and evidence.end > evidence.start
    )
    return _filled_in(redaction, list(places) or [(0, len(redaction.original))], "\n")


def outcome_of(redaction: Redaction) -> RedactedText:
    """Return the outcome sought to fill in: the sentences that ask for something."""
    places = [
        (sentence.start(), sentence.end())
        for sentence in SENTENCE.finditer(redaction.original)
        if ASKS.search(sentence.group())
    ]
    return _filled_in(redaction, places, " ") or NOT_STATED


def _filled_in(redaction: Redaction, places: list[tuple[int, int]], by: str) -> RedactedText:
    pieces = (on_one_line(redaction.cut(start, end)) for start, end in places)
    return join_redacted((piece for piece in pieces if piece), by, limit=LONGEST_FIELD)


def give_back(words: str, hidden: Mapping[str, str]) -> str:
    """Return words with what their placeholders stand for, for the eyes of who wrote it."""
    return PLACEHOLDER.sub(lambda match: hidden.get(match.group(), match.group()), words)


class IncompleteError(Exception):
    """Something that staff must fill in is missing; `fields` says what, in plain words."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What staff say a message is: the kinds of its cases and, for a complaint, its definition."""

    kinds: tuple[Kind, ...]
    definition: Definition | None = field(default=None, repr=False)


def is_blind(message_id: int) -> bool:
    """Return whether staff decide on a message without seeing what is proposed for it.

    One in twenty, by its number alone, so that a card redrawn is the same; none of the first, by
    which staff learn what a card is.
    """
    digest = sha256(f"blind {message_id}".encode()).digest()
    return message_id > NONE_BLIND and int.from_bytes(digest[:4]) % ONE_BLIND_IN == 0


def decision(
    kinds: Collection[Kind], *, issues: str = "", outcome: str = "", not_responsible: str = ""
) -> Decision:
    """Return a decision that can be put on record.

    Raises:
        IncompleteError: no kind was chosen, or a complaint lacks its issues or outcome sought
            (Complaint Handling Code 5.6).
    """
    chosen = tuple(kind for kind in CHOICES if kind in kinds)
    if not chosen:
        raise IncompleteError({"kinds": "Choose at least one"})
    if Kind.COMPLAINT not in chosen:
        return Decision(kinds=chosen)
    lines = (line.strip(BULLETS) for line in clean(issues).splitlines())
    points = tuple(line for line in lines if line.strip())  # of unseen signs: none
    wanted = clean(outcome).strip()
    missing = {}
    if not points:
        missing["issues"] = "Say what the complaint is about, one issue a line"
    if not wanted:
        missing["outcome"] = "Say what the resident wants, or that it is not stated yet"
    if missing:
        raise IncompleteError(missing)
    not_ours = clean(not_responsible).strip()
    definition = Definition(issues=points, outcome=wanted, not_responsible=not_ours)
    return Decision(kinds=chosen, definition=definition)
