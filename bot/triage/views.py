"""What staff see of a message, as Block Kit. Pure: a summary in, blocks out.

Slack shows the blocks as they are; the desk draws the same ones as HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.triage.words import (
    ACTION_WORDS,
    FLAG_WORDS,
    KIND_WORDS,
    day,
    escape,
    listed,
    moment,
    plainly,
    who,
)
from classifier.labels import Band, Flag
from intake.domain.case import Action, InvalidTransitionError, Kind, OvertakenError, Status
from intake.domain.letter import NEEDS_A_PERSON, LetterState
from intake.domain.moments import ClockName
from intake.domain.summary import CaseLine, ClockLine, HazardLine, MessageSummary, PenSummary
from intake.domain.triage import CHOICES

Block = dict[str, Any]

TEXT_LIMIT = 2_500  # of Slack's 3,000, so that a card stays one screen
HEADER_LIMIT = 150
FIELD_LIMIT = 3_000

CONFIRM, CHANGE, UNDO = "triage.confirm", "triage.change", "triage.undo"
MARK_SENT, SEE_POST = "triage.mark_sent", "triage.see_post"
CONFIRM_FORM, CHANGE_FORM = "triage.confirm_form", "triage.change_form"
KINDS, ISSUES, OUTCOME, NOT_OURS = "kinds", "issues", "outcome", "not_ours"

LETTER_WORDS = {
    LetterState.WAITING: "The acknowledgement waits and goes {when}. Undo stops it.",
    LetterState.WITHDRAWN: "The acknowledgement was taken back and has not been sent.",
    LetterState.SENDING: "The acknowledgement is being sent.",
    LetterState.SENT: "Acknowledged {when}. {proof}",
    LetterState.FAILED: "⚠️ *The acknowledgement was not sent.* {proof}",
    LetterState.UNKNOWN: "⚠️ *Nobody knows whether the acknowledgement was sent.* {proof}",
    LetterState.BY_HAND: "⚠️ *The acknowledgement cannot go by e-mail.* {proof}",
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """A post: what a notification says, without a resident's words, and what the card shows."""

    text: str
    blocks: list[Block]


def triage_card(message: MessageSummary, *, now: datetime) -> Card:
    """Draw the card of one message as its record stands."""
    blocks = [
        *_hazards(message),
        _section(_heading(message)),
        _context(*_facts(message, now)),
        *_words(message),
        *_why(message),
        *_dates(message, now),
        *_standing(message, now),
    ]
    buttons = list(_buttons(message))
    if buttons:
        blocks.append({"type": "actions", "block_id": f"m{message.id}", "elements": buttons})
    return Card(text=_notice(message), blocks=blocks)


def pen_card(pen: PenSummary, *, now: datetime) -> Card:
    """Draw the card of a delivery that could not be read."""
    told = (
        f"📥 *Could not be read:* {escape(pen.reason)}\n"
        f"Came by {plainly(pen.channel)} {moment(pen.arrived_at, now)}, {pen.size:,} bytes, "
        f"reference {pen.reference}. Nothing is lost: the original is kept. A person must look."
    )
    return Card(text="A message could not be read", blocks=[_section(told)])


def confirm_form(message: MessageSummary) -> Block:
    """Draw the form for confirming a complaint: its issues and the outcome sought."""
    told = "This goes to the resident as our understanding of the complaint. Please check it."
    blocks = [_context(told), *_definition(message, optional=False)]
    return _form(CONFIRM_FORM, "Confirm complaint", blocks, message)


def change_form(message: MessageSummary) -> Block:
    """Draw the form for saying that a message is something else."""
    options = [_option(kind) for kind in CHOICES]
    chosen = [_option(kind) for kind in CHOICES if kind in message.kinds]
    boxes: Block = {"type": "checkboxes", "action_id": KINDS, "options": options}
    if chosen:
        boxes["initial_options"] = chosen
    blocks = [_input(KINDS, "What is it? Choose all that apply", boxes)]
    blocks += [_context("Only for a complaint:"), *_definition(message, optional=True)]
    return _form(CHANGE_FORM, "Change", blocks, message)


def told_form(told: str) -> Block:
    """Draw a form that only says something."""
    close = {"close": _plain("Close", 24)}
    return {"type": "modal", "title": _plain("Not done", 24), **close, "blocks": [_section(told)]}


def refusal(error: InvalidTransitionError, *, now: datetime) -> str:
    """Say why a press changed nothing, and who was first."""
    if not isinstance(error, OvertakenError):
        return f"Not done: {escape(str(error))}."
    last = error.last
    done = ACTION_WORDS[last.action]
    return (
        f"Not done: {escape(str(error))}. The last to act was {who(last.by)} "
        f"({done} {moment(last.at, now)}). The card shows how it stands now."
    )


def button_value(message: MessageSummary) -> str:
    """Return what a button carries: the message, and the state of the record it was drawn from."""
    return f"{message.id}:{message.version}"


def _heading(message: MessageSummary) -> str:
    kinds = listed(KIND_WORDS[kind] for kind in message.kinds)
    if not message.awaits_triage:
        return f"*{kinds}*"
    doubt = " - *or a complaint? Please look*" if message.band is Band.POSSIBLE else ""
    return f"*Proposed: {kinds}*{doubt}"


def _notice(message: MessageSummary) -> str:
    hazard = "Hazard! " if message.hazards else ""
    kinds = listed(KIND_WORDS[kind] for kind in message.kinds)
    return f"{hazard}{kinds}: {', '.join(case.reference for case in _current(message))}"


def _hazards(message: MessageSummary) -> Iterator[Block]:
    if not message.hazards:
        return
    names = listed(plainly(h.category) for h in message.hazards if h.category)
    emergency = any(hazard.emergency for hazard in message.hazards)
    told = f"{'EMERGENCY' if emergency else 'Hazard'}{': ' + names if names else ''}"
    yield {"type": "header", "text": _plain(f"⚠️ {told}", HEADER_LIMIT)}
    lines = [f"*{words}*" for hazard in message.hazards for words in _hazard_dates(hazard)]
    if lines:
        yield _section("\n".join(dict.fromkeys(lines)))


def _hazard_dates(hazard: HazardLine) -> Iterator[str]:
    words = {
        ClockName.HAZARD_EMERGENCY: "Investigate and make safe by",
        ClockName.HAZARD_INVESTIGATION: "Investigate by",
    }
    for clock in hazard.clocks:
        due = clock.code or clock.target
        if clock.name in words and due is not None:
            yield f"{words[ClockName(clock.name)]} {day(due)}"


def _facts(message: MessageSummary, now: datetime) -> Iterator[str]:
    seen = "public post" if message.public else plainly(message.channel)
    yield f"{seen}, received {moment(message.received_at, now)}"
    if message.author:
        yield f"from {escape(message.author)}"
    yield " · ".join(f"{KIND_WORDS[case.kind]} {case.reference}" for case in _current(message))
    flags = [FLAG_WORDS[flag] for flag in message.flags if flag is not Flag.EMERGENCY]
    if flags:
        yield f"*{', '.join(flags)}*"
    if message.on_behalf:
        yield "writes for somebody else: check authority, the clock runs meanwhile"
    if message.automatic:
        yield f"looks automatic ({plainly(message.automatic)}): no receipt was sent"
    if message.pictures:
        yield f"{message.pictures} picture(s), not checked"
    if message.files:
        yield f"{message.files} other file(s), not checked"
    yield from (escape(problem) for problem in message.problems)


def _words(message: MessageSummary) -> Iterator[Block]:
    if message.subject:
        yield _context(f"Subject: {escape(message.subject)}")
    text = message.text or "(no words)"
    cut = text if len(text) <= TEXT_LIMIT else text[:TEXT_LIMIT] + " … (cut: the record has it all)"
    yield {"type": "section", "text": _plain(cut, FIELD_LIMIT)}


def _why(message: MessageSummary) -> Iterator[Block]:
    if message.awaits_triage and message.reasons:
        yield _context("Why: " + escape("; ".join(message.reasons)))


def _dates(message: MessageSummary, now: datetime) -> Iterator[Block]:
    lines = [
        line
        for case in _current(message)
        for line in (_clock(clock, now) for clock in case.clocks)
        if line
    ]
    doubtful = message.band is Band.POSSIBLE and Kind.COMPLAINT not in message.kinds
    if doubtful and message.awaits_triage and message.acknowledge_by is not None:
        lines.append(f"If it is a complaint: acknowledge by *{day(message.acknowledge_by)}*")
    if lines:
        yield _section("\n".join(lines))


CLOCK_WORDS = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: "Acknowledge by",
    ClockName.STAGE_1_RESPONSE: "Respond by",
    ClockName.FEEDBACK_ACKNOWLEDGEMENT: "Thank by",
    ClockName.DP_COMPLAINT_ACKNOWLEDGEMENT: "Acknowledge by",
}


def _clock(clock: ClockLine, now: datetime) -> str:
    days = sorted({d for d in (clock.target, clock.code) if d is not None}, key=str)
    if clock.name not in CLOCK_WORDS or not days:
        return ""
    words = CLOCK_WORDS[ClockName(clock.name)]
    when = " (ours), ".join(day(d) for d in days) + (" (the Code)" if len(days) > 1 else "")
    if clock.ended_at is not None:
        late = " - *late*" if clock.met is False else " - done"
        return f"{words} {when}{late}"
    late = " - 🚨 *OVERDUE*" if clock.overdue(now) else ""
    sure = " at the latest, if acknowledged on the last day" if clock.provisional else ""
    return f"{words} *{when}*{sure}{late}"


def _standing(message: MessageSummary, now: datetime) -> Iterator[Block]:
    letter = message.letter
    if letter is not None:
        when = moment(letter.sent_at or letter.send_at, now)
        told = LETTER_WORDS[letter.state].format(when=when, proof=escape(letter.proof))
        yield _context(told)
    last = message.last
    if last is not None and last.action is not Action.OPEN:
        done = ACTION_WORDS[last.action].capitalize()
        yield _context(f"{done} by {who(last.by)} {moment(last.at, now)}")


def _buttons(message: MessageSummary) -> Iterator[Block]:
    value = button_value(message)
    letter = message.letter
    if message.awaits_triage:
        yield _button(CONFIRM, "Confirm", value, style="primary")
        yield _button(CHANGE, "Change…", value)
    elif letter is None or letter.state is LetterState.WAITING:
        yield _button(UNDO, "Undo", value)
    if letter is not None and letter.state in NEEDS_A_PERSON:
        yield _button(MARK_SENT, "I have told the resident", value, style="primary")
    if message.permalink:
        yield _button(SEE_POST, "See the post", value) | {"url": message.permalink}


def _definition(message: MessageSummary, *, optional: bool) -> Iterator[Block]:
    issues = _text_input(ISSUES, message.issues)
    yield _input(ISSUES, "Issues, one a line", issues, optional=optional)
    outcome = _text_input(OUTCOME, message.outcome)
    yield _input(OUTCOME, "Outcome sought", outcome, optional=optional)
    not_ours = _text_input(NOT_OURS, "")
    yield _input(NOT_OURS, "What we are not responsible for", not_ours, optional=True)


def _form(callback_id: str, title: str, blocks: list[Block], message: MessageSummary) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, 24),
        "submit": _plain("Confirm", 24),
        "close": _plain("Cancel", 24),
        "private_metadata": button_value(message),
        "blocks": blocks,
    }


def _text_input(action_id: str, initial: str) -> Block:
    block: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": True,
        "max_length": FIELD_LIMIT,
    }
    return block | ({"initial_value": initial} if initial else {})


def _input(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, 200),
        "element": element,
        "optional": optional,
    }


def _option(kind: Kind) -> Block:
    return {"text": _plain(KIND_WORDS[kind], 75), "value": kind}


def _button(action_id: str, words: str, value: str, *, style: str = "") -> Block:
    button: Block = {
        "type": "button",
        "action_id": action_id,
        "value": value,
        "text": _plain(words, 75),
    }
    return button | ({"style": style} if style else {})


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:FIELD_LIMIT]}}


def _context(*texts: str) -> Block:
    joined = " · ".join(text for text in texts if text)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": joined[:FIELD_LIMIT]}]}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": text[:limit], "emoji": False}


def _current(message: MessageSummary) -> list[CaseLine]:
    return [case for case in message.cases if case.status is not Status.RECORDED_IN_ERROR]
