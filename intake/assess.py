"""Step three: put the classifier's view on record and open the cases it proposes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import (
    Assessment,
    Audience,
    Flag,
    Hazard,
    Redact,
    RedactedText,
    Redaction,
    Text,
    WithheldError,
    on_one_line,
)
from intake.cases import SAME_MESSAGE, Opening, link_cases, open_case
from intake.clocks import compute, set_hazard_clocks
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind
from intake.domain.message import Channel
from intake.domain.moments import Moment
from intake.domain.triage import is_hazard, issues_of, kinds_of, outcome_of
from intake.letters import promise_letter
from intake.store.base import Day
from intake.store.jobs import Job, NewJob, Priority, enqueue, finish
from intake.store.tables import AssessmentRow, HazardRow, MessageRow


@dataclass(frozen=True, kw_only=True)
class Unassessed:
    """A message as it is judged and redacted."""

    text: Text
    author: str
    outcome_sought: str
    public: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What others may see of a message, redacted."""

    author: RedactedText
    subject: RedactedText
    text: RedactedText
    issues: RedactedText
    outcome: RedactedText
    reasons: tuple[str, ...]
    #: What the placeholders stand for, in the issues and in the outcome filled in.
    hidden: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)


LONGEST_REASON = 160
NOTHING = RedactedText("")
#: What is shown of a message that could not be checked for personal data.
UNSHOWN = Shown(
    author=NOTHING,
    subject=NOTHING,
    text=RedactedText("[text withheld: it could not be checked for personal data]"),
    issues=NOTHING,
    outcome=NOTHING,
    reasons=(),
)

#: What the classifier says of a message, and what may be shown of it.
View = tuple[Assessment, Shown]


def load_texts(session: Session, jobs: Sequence[Job]) -> list[Unassessed]:
    """Return what is to be judged, in the order of the jobs."""
    return [_unassessed(_message(session, job)) for job in jobs]


def hide(message: Unassessed, assessment: Assessment, redact: Redact) -> Shown:
    """Return what may be shown of a message; where redaction fails, nothing of it."""
    text = message.text
    audience = Audience.PUBLIC if message.public else Audience.STAFF

    def redacted(words: str) -> Redaction:
        return redact(words, audience=audience, author=message.author, landlord=text.landlord)

    try:
        words = redacted(text.words)
        stated = redacted(message.outcome_sought)
        asked = stated if stated.text else words
        return Shown(
            author=redacted(message.author).text,
            subject=redacted(text.subject).text,
            text=words.text,
            issues=issues_of(words, assessment),
            outcome=stated.text or outcome_of(words),
            reasons=_reasons(assessment, words),
            hidden={"issues": words.hidden, "outcome": asked.hidden},
        )
    except WithheldError:
        return UNSHOWN


def propose(
    session: Session,
    job: Job,
    view: View,
    landlord: Landlord,
    *,
    now: datetime,
) -> None:
    """Keep the view as proposed, and open one case for each kind of matter in the message."""
    assessment, shown = view
    message = _message(session, job)
    if session.scalar(_assessed(message)) is None:
        _show(message, shown)
        row = _assessment_row(message, view, now=now)
        row.acknowledge_by = _acknowledge_by(session, message, landlord)
        session.add(row)
        _raise_hazards(session, message, assessment, landlord, now=now)
        kinds = kinds_of(assessment, survey=message.channel is Channel.SURVEY)
        openings = [Opening(message=message, kind=kind, landlord=landlord) for kind in kinds]
        cases = [open_case(session, opening, by="heard", at=now) for opening in openings]
        link_cases(session, cases, reason=SAME_MESSAGE)
        if landlord.receipt and message.reply_to and message.automatic is None:
            promise_letter(session, message, LetterKind.RECEIPT, by="heard", send_at=now)
    finish(session, job)


def _assessed(message: MessageRow) -> Any:  # noqa: ANN401 - a statement; its type says nothing
    mine = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    return select(AssessmentRow.id).where(*mine)


def _show(message: MessageRow, shown: Shown) -> None:
    message.shown_author = shown.author
    message.shown_subject = shown.subject
    message.shown_text = shown.text
    message.shown_issues = shown.issues
    message.shown_outcome = shown.outcome
    message.hidden = dict(shown.hidden)


def _assessment_row(message: MessageRow, view: View, *, now: datetime) -> AssessmentRow:
    assessment, shown = view
    return AssessmentRow(
        landlord=message.landlord,
        message_id=message.id,
        labels=list(assessment.labels),
        probabilities=dict(assessment.probabilities),
        band=assessment.band,
        flags=dict(assessment.flags),
        hazards=list(assessment.hazards),
        evidence=[
            {"label": e.label, "start": e.start, "end": e.end, "cues": list(e.cues)}
            for e in assessment.evidence
        ],
        reasons=list(shown.reasons),
        model=assessment.model,
        at=now,
    )


def _acknowledge_by(session: Session, message: MessageRow, landlord: Landlord) -> Day | None:
    first, *_ = compute(session, landlord, {Moment.RECEIVED: message.received_at})
    return first.code or first.target


def _raise_hazards(
    session: Session,
    message: MessageRow,
    assessment: Assessment,
    landlord: Landlord,
    *,
    now: datetime,
) -> None:
    if not is_hazard(assessment):
        return
    emergency = Flag.EMERGENCY in assessment.flags
    categories: list[Hazard | None] = [*assessment.hazards] or [None]
    for category in categories:
        row = HazardRow(
            landlord=message.landlord,
            message_id=message.id,
            category=category,
            emergency=emergency,
            aware_at=message.received_at,
        )
        session.add(row)
        session.flush()
        set_hazard_clocks(session, row, landlord, at=now)
    urgent = NewJob(
        landlord=message.landlord,
        kind="card",
        key=f"hazard:{message.id}",
        run_at=now,
        payload={"message_id": message.id},
        priority=Priority.HAZARD,
    )
    enqueue(session, urgent)


def _reasons(assessment: Assessment, words: Redaction) -> tuple[str, ...]:
    """The named reasons; where there are none, the deciding sentence, redacted.

    A reason that quotes the text could show what redaction hid, so none does.
    """
    raw = words.original.casefold()
    reasons: dict[str, None] = {}
    for evidence in assessment.evidence:
        named = [cue for cue in evidence.cues if cue.casefold() not in raw]
        sentence = on_one_line(words.cut(evidence.start, evidence.end))[:LONGEST_REASON]
        quoted = [f"“{sentence}”"] if sentence else []
        reasons |= dict.fromkeys(named or quoted)
    return tuple(reasons)


def _unassessed(message: MessageRow) -> Unassessed:
    text = Text(
        words=message.visible or message.text,
        subject=message.subject,
        landlord=message.landlord,
        channel=message.channel,
    )
    return Unassessed(
        text=text,
        author=message.sender_name,
        outcome_sought=message.outcome_sought,
        public=message.public,
    )


def _message(session: Session, job: Job) -> MessageRow:
    mine = (MessageRow.landlord == job.landlord, MessageRow.id == job.payload["message_id"])
    return session.scalars(select(MessageRow).where(*mine)).one()
