"""What staff see of a message, as Block Kit. Pure: a summary in, blocks out.

Slack shows the blocks as they are; the desk draws the same ones as HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.triage.files import draw_files
from bot.triage.hiding import draw_hiding
from bot.triage.layout import (
    FIELD_LIMIT,
    MOST_BLOCKS,
    Block,
    button,
    context,
    fit,
    menu,
    option,
    plain,
    section,
)
from bot.triage.outcome_lines import outcome_blocks
from bot.triage.people_lines import around_blocks
from bot.triage.threads import draw_thread, thread_facts, thread_title
from bot.triage.words import (
    ACTION_WORDS,
    FLAG_WORDS,
    KIND_WORDS,
    STEP_WORDS,
    day,
    escape,
    hazard_words,
    listed,
    moment,
    plainly,
    who,
)
from classifier.labels import Band, Flag
from intake.domain.case import (
    Action,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
    actions_from,
)
from intake.domain.letter import NEEDS_A_PERSON, PENDING, LetterState
from intake.domain.moments import ClockName, Warned
from intake.domain.summary import CaseLine, ClockLine, MessageSummary, PenSummary

#: What a date that is near is marked with.
NEAR = {Warned.TWO_DAYS: "in two days", Warned.SOON: "soon", Warned.TODAY: "today"}
#: What a reason must hold to be one: a word, once what is hidden is left out.
WORD, PLACEHOLDER = re.compile(r"[^\W\d_]{3,}"), re.compile(r"\[[A-Z]+ \d+\]")
TEXT_LIMIT = 2_500  # of Slack's 3,000, so that a card stays one screen
HEADER_LIMIT = 150

CONFIRM, CHANGE, UNDO = "triage.confirm", "triage.change", "triage.undo"
MARK_SENT, SEE_POST = "triage.mark_sent", "triage.see_post"
CONFIRM_FORM, CHANGE_FORM = "triage.confirm_form", "triage.change_form"
STEP, STEP_FORM, SEE_TO = "triage.step", "triage.step_form", "see_to"
MENU_LIMIT = 5  # Slack's own, of what an overflow menu offers

#: Instead of a proposal, for the few that staff decide unanchored; they still see these flags.
BLIND = "*What is it? Nothing is proposed for this one: please read it and decide*"
SAFETY = frozenset({Flag.SAFEGUARDING, Flag.DAMP_MOULD, Flag.VULNERABILITY})

A_WHILE = timedelta(minutes=5)
LATE_LETTER = (
    "⚠️ *The acknowledgement should have gone {when}; the mail server has not taken it yet.* "
    "It is tried again. The clock runs. Undo stops it."
)
LETTER_WORDS = {
    LetterState.WAITING: "The acknowledgement waits and goes {when}. Undo stops it.",
    LetterState.WITHDRAWN: "The acknowledgement was taken back and has not been sent.",
    LetterState.SENDING: "The acknowledgement is being sent.",
    LetterState.SENT: "Acknowledged {when}. {proof}",
    LetterState.FAILED: "⚠️ *The acknowledgement was not sent.* {proof}",
    LetterState.UNKNOWN: "⚠️ *Nobody knows whether the acknowledgement was sent.* {proof}",
    LetterState.BY_HAND: "⚠️ *The acknowledgement cannot go by e-mail.* {proof}",
}


CASE_LETTER_WORDS = {
    LetterState.WAITING: "The letter ({what}) waits and goes {when}.",
    LetterState.SENDING: "The letter ({what}) is being sent.",
    LetterState.FAILED: "⚠️ *The letter ({what}) was not sent.* {proof}",
    LetterState.UNKNOWN: "⚠️ *Nobody knows whether the letter ({what}) was sent.* {proof}",
    LetterState.BY_HAND: "⚠️ *The letter ({what}) cannot go by e-mail.* {proof}",
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """A post: what a notification says, without a resident's words, and what the card shows."""

    text: str
    blocks: list[Block]


def triage_card(message: MessageSummary, *, now: datetime, whole: bool = False) -> Card:
    """Draw the card of one message as its record stands, no longer than Slack takes, or whole."""
    blocks = [
        *_hazards(message, now),
        section(_heading(message)),
        context(*_facts(message, now)),
        *_words(message),
        *draw_files(message.attachments),
        *draw_hiding(message),
        *draw_thread(message, now=now),
        *_why(message),
        *_dates(message, now),
        *_standing(message, now),
        *_steps(message, now),
        *_around(message, now),
    ]
    buttons = list(_buttons(message))
    if not whole:
        references = ", ".join(case.reference for case in _current(message))
        told = f"*There is more than a card can hold.* All of it is at the desk: {references}"
        blocks = fit(blocks, room=MOST_BLOCKS - bool(buttons), told=told)
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
    return Card(text="A message could not be read", blocks=[section(told)])


def told_form(told: str) -> Block:
    """Draw a form that only says something."""
    close = {"close": plain("Close", 24)}
    return {"type": "modal", "title": plain("Not done", 24), **close, "blocks": [section(told)]}


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


def step_value(message: MessageSummary, target: str, step: str) -> str:
    """Return what a step carries: the record, as a button does, and which case or hazard."""
    return f"{button_value(message)}:{target}:{step}"


def button_value(message: MessageSummary) -> str:
    """Return what a button carries: the message, and the state of the record it was drawn from."""
    return f"{message.id}:{message.version}"


def _heading(message: MessageSummary) -> str:
    if not message.cases:
        return f"*{thread_title(message)}*"
    kinds = listed(KIND_WORDS[kind] for kind in message.kinds)
    if not message.awaits_triage:
        return f"*{kinds}*"
    if message.blind:
        return BLIND
    doubt = " - *or a complaint? Please look*" if message.band is Band.POSSIBLE else ""
    return f"*Proposed: {kinds}*{doubt}"


def _notice(message: MessageSummary) -> str:
    hazard = "Hazard! " if message.hazards else ""
    if not message.cases:
        return thread_title(message)
    kinds = listed(KIND_WORDS[kind] for kind in message.kinds)
    kinds = "To decide" if message.blind else kinds
    return f"{hazard}{kinds}: {', '.join(case.reference for case in _current(message))}"


def _hazards(message: MessageSummary, now: datetime) -> Iterator[Block]:
    for hazard in message.dismissed:
        if hazard.dismissed_at is not None and hazard.dismissed_by is not None:
            when = moment(hazard.dismissed_at, now)
            named, by = hazard_words(hazard.category), who(hazard.dismissed_by)
            yield context(f"Hazard {named} dismissed by {by} {when}")
    if not message.hazards:
        return
    names = ", ".join(hazard_words(h.category) for h in message.hazards if h.category)
    emergency = any(hazard.emergency for hazard in message.hazards)
    told = f"{'EMERGENCY' if emergency else 'Hazard'}{': ' + names if names else ''}"
    yield {"type": "header", "text": plain(f"⚠️ {told}", HEADER_LIMIT)}
    lines = [
        f"*{line}*" if not line.endswith("done") else line
        for hazard in message.hazards
        for line in (_clock(clock, now).replace("*", "") for clock in hazard.clocks)
        if line
    ]
    told = "\n".join(dict.fromkeys(lines)) or "No statutory clock runs: a person must look."
    for start in range(0, len(message.hazards), MENU_LIMIT):
        options = [
            option(
                f"{hazard_words(h.category).capitalize()}…", step_value(message, f"h{h.id}", SEE_TO)
            )
            for h in message.hazards[start : start + MENU_LIMIT]
        ]
        yield section(told) | {"accessory": menu(STEP, options)}
        told = "More hazards"


def _facts(message: MessageSummary, now: datetime) -> Iterator[str]:
    seen = "Public post" if message.public else plainly(message.channel).capitalize()
    yield f"{seen}, received {moment(message.received_at, now)}"
    if message.author:
        yield f"from {escape(message.author)}"
    if message.came_to:
        yield f"to {escape(listed(message.came_to))}"
    cases = _current(message)
    words = ["" if message.blind else f"{KIND_WORDS[case.kind]} " for case in cases]
    yield " · ".join(word + case.reference for word, case in zip(words, cases, strict=True))
    told = SAFETY if message.blind else set(Flag) - {Flag.EMERGENCY}
    flags = [FLAG_WORDS[flag] for flag in message.flags if flag in told]
    if flags:
        yield f"*{', '.join(flags)}*"
    if message.on_behalf:
        yield "writes for somebody else: check authority, the clock runs meanwhile"
    if message.automatic:
        yield f"looks automatic ({plainly(message.automatic)}): no receipt was sent"
    yield from thread_facts(message)
    if message.pictures and not message.attachments:
        yield f"{message.pictures} picture(s), not checked"
    if message.files and not message.attachments:
        yield f"{message.files} other file(s), not checked"
    yield from (escape(problem) for problem in message.problems)


def _words(message: MessageSummary) -> Iterator[Block]:
    if message.subject:
        yield context(f"Subject: {escape(message.subject)}")
    text = message.text or "(no words)"
    cut = text if len(text) <= TEXT_LIMIT else text[:TEXT_LIMIT] + " … (cut: the record has it all)"
    yield {"type": "section", "text": plain(cut, FIELD_LIMIT)}


def _why(message: MessageSummary) -> Iterator[Block]:
    reasons = [reason for reason in message.reasons if _says_something(reason)]
    if message.awaits_triage and reasons and not message.blind:
        yield context("Why: " + escape("; ".join(reasons)))


def _says_something(reason: str) -> bool:
    """Whether a person learns from it: scraps of words and placeholders say nothing."""
    return WORD.search(PLACEHOLDER.sub("", reason)) is not None


def _dates(message: MessageSummary, now: datetime) -> Iterator[Block]:
    lines = [
        line
        for case in _current(message)
        for line in (_clock(clock, now) for clock in case.clocks if not _is_past(case, clock))
        if line and not message.blind
    ]
    doubtful = message.band is Band.POSSIBLE and Kind.COMPLAINT not in message.kinds
    doubtful = doubtful or message.blind
    if doubtful and message.awaits_triage and message.acknowledge_by is not None:
        lines.append(f"If it is a complaint: acknowledge by *{day(message.acknowledge_by)}*")
    if lines:
        yield section("\n".join(lines))


CLOCK_WORDS = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: "Acknowledge by",
    ClockName.STAGE_1_RESPONSE: "Respond by",
    ClockName.STAGE_2_ACKNOWLEDGEMENT: "Acknowledge stage 2 by",
    ClockName.STAGE_2_RESPONSE: "Respond at stage 2 by",
    ClockName.FEEDBACK_ACKNOWLEDGEMENT: "Thank by",
    ClockName.DP_COMPLAINT_ACKNOWLEDGEMENT: "Acknowledge by",
    ClockName.OMBUDSMAN_RESPONSE: "Answer the Ombudsman by",
    ClockName.HAZARD_EMERGENCY: "Investigate and make safe by",
    ClockName.HAZARD_INVESTIGATION: "Investigate by",
    ClockName.HAZARD_SUMMARY: "Send the written summary by",
    ClockName.HAZARD_SAFETY_WORK: "Do the safety work by",
}


def _is_past(case: CaseLine, clock: ClockLine) -> bool:
    """Whether a clock ended in time, at a stage that is over: the card leaves it out."""
    return case.responded and clock.ended_at is not None and clock.met is not False


def _clock(clock: ClockLine, now: datetime) -> str:
    days = sorted({d for d in (clock.target, clock.code) if d is not None}, key=str)
    if clock.name not in CLOCK_WORDS or not days:
        return ""
    words = CLOCK_WORDS[ClockName(clock.name)]
    when = " (ours), ".join(day(d) for d in days) + (" (the Code)" if len(days) > 1 else "")
    if clock.ended_at is not None:
        late = " - *late*" if clock.met is False else " - done"
        return f"{words} {when}{late}"
    late = f" - ⏰ *{NEAR[clock.warned]}*" if clock.warned in NEAR else ""
    late = " - 🚨 *OVERDUE*" if clock.overdue(now) else late
    sure = " at the latest, if acknowledged on the last day" if clock.provisional else ""
    more = " (extended)" if clock.extended else ""
    stop = f", backstop {day(clock.backstop)}" if clock.backstop else ""
    return f"{words} *{when}*{more}{sure}{stop}{late}"


def _standing(message: MessageSummary, now: datetime) -> Iterator[Block]:
    letter = message.letter
    if letter is not None:
        when = moment(letter.sent_at or letter.send_at, now)
        words = LETTER_WORDS[letter.state]
        if letter.state is LetterState.WAITING and now - letter.send_at > A_WHILE:
            words = LATE_LETTER
        told = words.format(when=when, proof=escape(letter.proof))
        yield context(f"{told} {letter.readers}".rstrip())
    last = message.last
    if last is not None and last.action is not Action.OPEN:
        done = ACTION_WORDS[last.action].capitalize()
        yield context(f"{done} by {who(last.by)} {moment(last.at, now)}")


def _steps(message: MessageSummary, now: datetime) -> Iterator[Block]:
    """What can be done next with each case, from the table of its kind."""
    for case in _current(message):
        if case.status is Status.AWAITING_TRIAGE or not case.steps:
            continue
        told = f"*{KIND_WORDS[case.kind]}*: {plainly(case.status)}"
        if case.letter is not None and case.letter.state in PENDING:
            words = CASE_LETTER_WORDS[case.letter.state]
            when = moment(case.letter.send_at, now)
            what = plainly(case.letter.kind).replace("_", " ")
            told += "\n" + words.format(what=what, when=when, proof=escape(case.letter.proof))
            told += f" {case.letter.readers}".rstrip()
        if case.copy is not None:
            told += f"\n⚠️ *A copy of a letter did not go by e-mail.* {escape(case.copy.proof)}"
        options = [option(STEP_WORDS[s], step_value(message, f"c{case.id}", s)) for s in case.steps]
        yield section(told) | {"accessory": menu(STEP, options)}


def _around(message: MessageSummary, now: datetime) -> Iterator[Block]:
    """Who stands around each case, what others ask about it, and what was agreed."""
    for case in _current(message):
        value = f"{button_value(message)}:c{case.id}"
        yield from around_blocks(case, STEP, value, now=now)
        yield from outcome_blocks(case, STEP, value, now=now)


def _buttons(message: MessageSummary) -> Iterator[Block]:
    value = button_value(message)
    letter = message.letter
    if message.blind:
        yield button(CHANGE, "Decide…", value, style="primary")
    elif message.awaits_triage:
        yield button(CONFIRM, "Confirm", value, style="primary")
        yield button(CHANGE, "Change…", value)
    elif not message.cases:
        yield button(CHANGE, "Change…", value)
    elif _can_undo(message):
        yield button(UNDO, "Undo", value)
    if letter is not None and letter.state in NEEDS_A_PERSON:
        yield button(MARK_SENT, "I have told the resident", value, style="primary")
    if message.permalink:
        yield button(SEE_POST, "See the post", value) | {"url": message.permalink}


def _can_undo(message: MessageSummary) -> bool:
    letter = message.letter
    waits = letter is None or letter.state in {LetterState.WAITING, LetterState.WITHDRAWN}
    return waits and all(
        Action.UNDO in actions_from(case.kind, case.status) and Action.TAKE_BACK not in case.steps
        for case in message.cases
    )


def _current(message: MessageSummary) -> list[CaseLine]:
    return [case for case in message.cases if case.status is not Status.RECORDED_IN_ERROR]
