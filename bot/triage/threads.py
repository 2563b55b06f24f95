"""Whose a message is, as its card says it and staff decide it. Pure."""

from collections.abc import Iterator
from datetime import datetime

from bot.triage.layout import Block, context, form, menu, option, section
from bot.triage.words import KIND_WORDS, day, moment, plainly, who
from intake.domain.case import Kind, Status
from intake.domain.identity import Rung
from intake.domain.message import Channel
from intake.domain.summary import MessageSummary
from intake.domain.thread import TAKES_MORE, Standing, Way, Why
from intake.domain.thread_line import CaseName, ThreadLine

ATTACH, DISOWN, SEEN = "attach", "not_ours", "seen"
#: What staff decide about a message that reads as a request for stage 2.
TAKE_UP, TURN_DOWN = "take_up", "turn_down"
#: Slack's name for choosing a step, and for filling in its form.
STEP, STEP_FORM = "triage.step", "triage.step_form"
#: What a step of a message is about, where it is about none of its own cases.
NO_CASE = "t0"

RUNG_WORDS = {
    Rung.UNKNOWN: "address not seen before, not verified",
    Rung.SEEN: "address seen before, not verified",
    Rung.DOMAIN: "sender's mail domain verified",
    Rung.CONFIRMED: "staff confirmed who writes",
    Rung.MATCHED: "from an address whose writer staff confirmed before",
}
#: Anybody can write in somebody's name.
MAY_BE_FORGED = "; whether this mail comes from there is not verified"
WAY_WORDS = {
    Way.BOUNCE_ADDRESS: "it came to the address of a letter",
    Way.REPLY_ADDRESS: "it came to the case's own address",
    Way.RETURNED: "it brings back a letter of ours",
    Way.LETTER: "it answers a letter of ours",
    Way.MESSAGE: "it answers a message of the case",
    Way.SEALED_ID: "it answers a letter of ours",
    Way.REFERENCE: "its subject quotes the reference",
}
WHY_WORDS = {
    Why.ANSWERS: "it answers our letter",
    Why.REFERENCE: "its subject quotes the reference",
    Why.SAME_SENDER: "the same address wrote about it",
    Why.STAGE_2: "it reads as a request for stage 2",
    Why.NO_STAGE_2: "it read as a request for stage 2, and is none",
}
TITLES = {
    ATTACH: "Attach to a case",
    DISOWN: "Not ours",
    SEEN: "Seen",
    TAKE_UP: "Take to stage 2",
    TURN_DOWN: "No request for stage 2",
}
TOLD = {
    ATTACH: (
        "This message becomes part of the case, and whoever writes from its address is taken as "
        "somebody of the case from now on. What was proposed for it ends, unless the case does "
        "not cover it. Nothing is sent to the address."
    ),
    DISOWN: (
        "What was proposed for this message ends, with its clocks. The message is kept, and "
        "nothing is sent."
    ),
    SEEN: "You have read this message, and it needs no case of its own.",
    TAKE_UP: (
        "The complaint goes to stage 2 from the day on which this message came. No reason is asked "
        "for (Code 6.12), and somebody else decides it (Code 6.13)."
    ),
    TURN_DOWN: (
        "The resident asks for no stage 2 here: its clocks end as if they had not begun. If it is "
        "a new complaint, choose Change instead."
    ),
}
STAGE_2_TOLD = (
    "It may be a new complaint: then choose Change, and it counts from the day of this message. "
    "Nothing is closed by itself; if our time for asking has passed, a person decides, with "
    "reasons (Code 2.4)."
)


def thread_facts(message: MessageSummary) -> Iterator[str]:
    """Say how well we know who writes."""
    thread = message.thread
    if thread is None or message.channel is not Channel.EMAIL:
        return
    if thread.passed_on:
        staff = "verified" if thread.proven else "not verified"
        yield f"passed on by staff ({staff}); who wrote it first is not verified"
    if not message.automatic:
        forged = thread.rung is Rung.MATCHED and not thread.proven
        yield RUNG_WORDS[thread.rung] + MAY_BE_FORGED * forged
    elif thread.why_automatic:
        yield f"because of: {thread.why_automatic}"


def thread_title(message: MessageSummary) -> str:
    """Return what a message without a case of its own is called."""
    thread = message.thread
    if thread is not None and thread.joined:
        return f"Part of {_listed(thread.joined)}"
    if thread is not None and thread.standing is Standing.NOT_OURS:
        return "Not for us"
    return "A machine's message" if message.automatic else "A message without a case"


def draw_thread(message: MessageSummary, *, now: datetime) -> Iterator[Block]:
    """Draw what a message belongs to, or may, and what staff can decide about that."""
    thread = message.thread
    if message.further.count and message.further.last_at is not None:
        last = moment(message.further.last_at, now)
        many = "s" if message.further.count > 1 else ""
        yield context(f"📨 {message.further.count} further message{many}, the last {last}")
    if thread is None:
        return
    undecided = thread.by is None and (message.awaits_triage or not message.cases)
    yield from _joined(message, thread)
    if thread.standing is Standing.STRANGER:
        yield from _stranger(message, thread, undecided=undecided)
    yield from _suggested(message, thread, undecided=undecided)
    yield from _requests(message, thread)
    if not message.cases and undecided and not thread.requests:
        told = "Nobody has said yet that they have seen this."
        yield section(told) | _menu(message, [(NO_CASE, SEEN, "Seen…")])
    if thread.by is not None and thread.at is not None:
        words = "Decided" if thread.standing is not Standing.MACHINE else "Seen"
        yield context(f"{words} by {who(thread.by)} {moment(thread.at, now)}")


def thread_form(message: MessageSummary, target_id: int, step: str) -> Block | None:
    """Draw what asks whether staff mean it; none where it can no longer be decided."""
    thread = message.thread
    undecided = (
        thread is not None and thread.by is None and (message.awaits_triage or not message.cases)
    )
    asked = {each.case.id: each.case for each in thread.requests} if thread is not None else {}
    if step in {TAKE_UP, TURN_DOWN} and target_id in asked:
        blocks = [section(f"*{_named(asked[target_id])}*"), context(TOLD[step])]
        return _form(message, target_id, step, blocks)
    if thread is None or step not in {ATTACH, DISOWN, SEEN} or not undecided:
        return None
    blocks = [context(TOLD[step])]
    if step == ATTACH:
        chosen = [case for case in thread.suggested if case.id == target_id]
        if not chosen:
            return None
        blocks.insert(0, section(f"*{_named(chosen[0])}*"))
    return _form(message, target_id, step, blocks)


def _form(message: MessageSummary, target_id: int, step: str, blocks: list[Block]) -> Block:
    value = f"{message.id}:{message.version}:t{target_id}:{step}"
    return form(STEP_FORM, TITLES[step], blocks, value)


def _joined(message: MessageSummary, thread: ThreadLine) -> Iterator[Block]:
    if not thread.joined:
        return
    how = WAY_WORDS[thread.way] if thread.way is not None else "staff said so"
    if message.cases:
        yield context(f"Part of {_listed(thread.joined)}: {how}")
    else:
        yield context(f"Joined because {how}")
    proposed = Kind.COMPLAINT in message.kinds and message.awaits_triage and not message.blind
    if proposed:
        yield from (
            context(f"If it asks for stage 2 of {case.reference}, take that complaint there.")
            for case in thread.joined
            if case.kind is Kind.COMPLAINT and _is_answered(case.status)
        )


def _is_answered(status: Status) -> bool:
    return status not in TAKES_MORE[Kind.COMPLAINT]


def _stranger(message: MessageSummary, thread: ThreadLine, *, undecided: bool) -> Iterator[Block]:
    told = "⚠️ *Reply from an unknown address.* Nothing of the case goes there by itself."
    if undecided:
        told += " Attach it, or confirm it below as a new case."
        yield section(told) | _menu(message, [(NO_CASE, DISOWN, "Not ours…")])
    elif thread.by is None:
        yield section(told)


def _suggested(message: MessageSummary, thread: ThreadLine, *, undecided: bool) -> Iterator[Block]:
    for case in thread.suggested if undecided else ():
        why = WHY_WORDS[case.why] if case.why is not None else ""
        told = f"May belong to {_named(case)}: {why}"
        yield section(told) | _menu(message, [(f"t{case.id}", ATTACH, "Attach…")])


def _requests(message: MessageSummary, thread: ThreadLine) -> Iterator[Block]:
    """The one proposal of an answer to a complaint that was answered (Code 6.10)."""
    for asked in thread.requests:
        target = f"t{asked.case.id}"
        told = f"*Proposed: take {_named(asked.case)} to stage 2.* No reason is needed (Code 6.12)."
        if asked.acknowledge_by is not None:
            told += f" Acknowledge stage 2 by *{day(asked.acknowledge_by)}*"
        steps = [(target, TAKE_UP, "Take to stage 2…"), (target, TURN_DOWN, "It asks for none…")]
        yield section(told) | _menu(message, steps)
        yield context(STAGE_2_TOLD)


def _menu(message: MessageSummary, steps: list[tuple[str, str, str]]) -> Block:
    value = f"{message.id}:{message.version}"
    options = [option(words, f"{value}:{target}:{step}") for target, step, words in steps]
    return {"accessory": menu(STEP, options)}


def _named(case: CaseName) -> str:
    return f"{KIND_WORDS[case.kind]} {case.reference} ({plainly(case.status)})"


def _listed(cases: tuple[CaseName, ...]) -> str:
    return ", ".join(_named(case) for case in cases)
