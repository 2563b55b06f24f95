"""What a card says of the people around a case, their letters and their needs. Pure."""

from collections.abc import Iterator
from datetime import datetime

from bot.triage.layout import Block, context, menu, option, section, topic
from bot.triage.people_words import (
    AUTHORITY_WORDS,
    CAPACITY_WORDS,
    NEED_WORDS,
    OWED_WORDS,
    PEOPLE_WORDS,
    REPLIES_WORDS,
    SENDER_WORDS,
    STANDING_WORDS,
)
from bot.triage.words import KIND_WORDS, day, escape, listed, plainly
from intake.domain.adjustments import Carrier, find_conflicts
from intake.domain.around import GROUPS, AdjustmentLine, Around, BreachLine, LetterInLine
from intake.domain.case import Action
from intake.domain.lengths import london_day
from intake.domain.moments import ClockName
from intake.domain.people import Authority
from intake.domain.summary import CaseLine

HEADINGS = ("People", "Letters from others, other bodies", "Needs and data", "Who writes")
MENU_LIMIT = 5  # Slack's own, of what an overflow menu offers


def around_blocks(case: CaseLine, step_id: str, value: str, *, now: datetime) -> Iterator[Block]:
    """Draw what stands around a case, and a menu for each group of steps.

    `value` is what a step carries, but for the step itself.
    """
    offered = case.around.steps(case.kind, case.status)
    for heading, group, lines in zip(HEADINGS, GROUPS, _lines(case.around, now), strict=True):
        steps = [step for step in group if step in offered]
        told = [f"{KIND_WORDS[case.kind]}: {heading}", *lines]
        if steps:
            options = [option(PEOPLE_WORDS[step], f"{value}:{step}") for step in steps]
            yield topic(f"{case.id}-{heading}", told, menu(step_id, options))
        elif lines:
            yield section("\n".join(told))


def conflict_blocks(case: CaseLine, step: Action) -> list[Block]:
    """Warn, in the form of a letter, of what was agreed and the letter does not keep to."""
    if step not in WRITTEN:
        return []
    needs = [line.need for line in case.around.adjustments]
    carrier = Carrier.EMAIL if case.around.reachable else Carrier.BY_HAND
    return [context(f"⚠️ *{words}*") for words in find_conflicts(needs, carrier)]


#: Steps of a complaint that write to the resident.
WRITTEN = frozenset({Action.ACKNOWLEDGE, Action.RESPOND, Action.EXTEND, Action.REFUSE})


def _lines(around: Around, now: datetime) -> tuple[list[str], ...]:
    who: list[str] = []  # the card says it of the message
    return [*_people(around)], [*_letters(around, now)], [*_needs(around, now)], who


def _people(around: Around) -> Iterator[str]:
    acts = around.representation
    if acts is not None and acts.authority is not Authority.NOT_NEEDED:
        yield (
            f"Acted for by: {CAPACITY_WORDS[acts.capacity].lower()}. Authority: "
            f"{AUTHORITY_WORDS[acts.authority].lower()}. Replies go to "
            f"*{REPLIES_WORDS[acts.replies]}*: {escape(acts.why)}"
        )
    elif around.standing_in:
        yield "Written for somebody else: ask for authority. Replies go to *the resident* till then"
    if around.contact:
        yield f"Letters: {escape(around.contact)}"
    if not around.reachable:
        yield "*No letter can go by itself.* The clocks run"
    if around.members:
        copies = sum(member.copied for member in around.members)
        alone = sum(member.alone for member in around.members)
        yield f"{len(around.members)} complain together: {copies} had a copy, {alone} alone as well"
    if around.standing is not None:
        yield f"Checked: {STANDING_WORDS[around.standing]}"


def _letters(around: Around, now: datetime) -> Iterator[str]:
    yield from (_letter(letter, now) for letter in around.letters)
    if around.stopped:
        yield f"{len(around.stopped)} issue(s) before a court stop; all others go on (Code 2.2)"
    if around.referred:
        yield f"Parts referred to {listed(body.upper() for body in around.referred)}"


def _letter(letter: LetterInLine, now: datetime) -> str:
    came = f"{SENDER_WORDS[letter.sender]}, {day(letter.received_on)}"
    if letter.answered:
        return f"{came}: answered"
    owed = ", ".join(f"{OWED_WORDS[ClockName(name)]} *{day(by)}*" for name, by in letter.owed)
    late = " - 🚨 *OVERDUE*" if letter.overdue(now) else ""
    unsure = " (its source is not certain: check it)" if letter.evidence in {"C", "K"} else ""
    return f"{came}: {owed or 'no period in the policy'}{unsure}{late}"


def _needs(around: Around, now: datetime) -> Iterator[str]:
    yield from (_adjustment(line, now) for line in around.adjustments)
    yield from (_breach(line, now) for line in around.breaches)
    if around.held:
        yield "🔒 *Legal hold*: nothing of this case is removed"


def _adjustment(line: AdjustmentLine, now: datetime) -> str:
    due = " - *review due*" if line.review_on <= london_day(now) else ""
    return f"⚠️ *{NEED_WORDS[line.need].capitalize()}* agreed, review {day(line.review_on)}{due}"


def _breach(line: BreachLine, now: datetime) -> str:
    if line.decided is not None:
        return f"Possible breach: {plainly(line.decided)}"
    if line.report_by is None:
        return "Possible breach: to be decided"
    late = " - 🚨 *OVERDUE*" if line.report_by < now else ""
    by = f"decide by *{day(line.report_by)}* (its source is not certain: check it)"
    return f"Possible breach: {by}{late}"
