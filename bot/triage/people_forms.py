"""The forms for the people around a case, their letters and their needs, as Block Kit. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.triage import fields
from bot.triage.forms import WAY_WORDS
from bot.triage.layout import (
    Block,
    context,
    day_input,
    form,
    input_block,
    option,
    select,
    text_input,
)
from bot.triage.people_words import (
    AUTHORITY_WORDS,
    BEARING_WORDS,
    BODY_WORDS,
    BREACH_WORDS,
    CAPACITY_WORDS,
    MEMBER_WORDS,
    NEED_WORDS,
    PEOPLE_WORDS,
    REACTION_WORDS,
    RELATION_WORDS,
    REPLIES_WORDS,
    SENDER_WORDS,
    WRITER_WORDS,
)
from bot.triage.views import STEP_FORM, step_value
from bot.triage.words import KIND_WORDS, day, plainly
from intake.domain.case import Action
from intake.domain.policy import Policy
from intake.domain.summary import CaseLine, MessageSummary

_Name = TypeVar("_Name", bound=StrEnum)
CAPACITY, AUTHORITY, NAME, WISH, ADDRESS = "capacity", "authority", "name", "wish", "address"
MEMBERS, LEAD, MEMBER, WHAT, RELATION = "members", "lead", "member", "what", "relation"
SENDER, BEARING, RECEIVED_ON, ASKED_BY = "sender", "bearing", "received_on", "asked_by"
CAME, CONCERNS, LETTER, BODY, MATTER = "came", "concerns", "letter", "body", "matter"
CLAIM, FILED_ON, OVERLAPPING = "claim", "filed_on", "overlapping"
NEED, WORDS, PURPOSE, REVIEW_ON, ADJUSTMENT = "need", "words", "purpose", "review_on", "adjustment"
BREACH, WRITER = "breach", "writer"
COPY_TO = "copy_to"
THEIR_REFERENCE, ENCLOSED = "their_reference", "enclosed"


class Came(StrEnum):
    """By which way a letter came."""

    THIS = "this_message"
    APART = "apart"


class Possible(StrEnum):
    """Whether personal data may have gone where they should not."""

    YES = "yes"
    NO = "no"


CAME_WORDS = {Came.THIS: "It is this message", Came.APART: "By another way"}
POSSIBLE_WORDS = {Possible.YES: "Yes, it may be", Possible.NO: "No"}


def people_form(
    message: MessageSummary, case: CaseLine, step: Action, *, policy: Policy, today: date
) -> Block:
    """Draw the form of one step around a case."""
    about = context(f"{KIND_WORDS[case.kind]} {case.reference}, {plainly(case.status)}")
    blocks = [about, *PEOPLE_DRAWINGS[step](case, policy, today)]
    value = step_value(message, f"c{case.id}", step)
    return form(STEP_FORM, PEOPLE_WORDS[step].rstrip("…"), blocks, value)


def _representative(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = (
        "No clock waits for this. Until authority is shown we answer the resident; an MP or "
        "councillor who acts for a constituent may be answered."
    )
    return [
        context(told),
        _choice(CAPACITY, "Who acts for the resident", CAPACITY_WORDS),
        _choice(AUTHORITY, "Authority", AUTHORITY_WORDS),
        _line(NAME, "Name", optional=True),
        _words(fields.EVIDENCE, "What shows it, or why there is none", optional=True),
        _choice(WISH, "Replies to, if the resident was asked", REPLIES_WORDS, optional=True),
        _line(ADDRESS, "E-mail for replies, if not the writer's", optional=True),
        _line(COPY_TO, "E-mail for copies, as you have confirmed it", optional=True),
        context("Without a confirmed address for it, a copy becomes a task: somebody posts it."),
    ]


def _group(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    passes = policy.petition.lead_contact_passes_on
    told = "One complaint. Each may have a copy, and may complain alone (Code 1.2)."
    lead = " The lead contact passes on what we write." if passes else ""
    return [
        context(told + lead),
        _words(MEMBERS, "Who complains, one a line: name; e-mail if there is one"),
        _line(LEAD, "Lead contact, as in the list"),
    ]


def _member(case: CaseLine, _policy: Policy, today: date) -> list[Block]:
    who = [option(member.name, str(member.id)) for member in case.around.members]
    return [
        input_block(MEMBER, "Who", select(MEMBER, who)),
        _choice(WHAT, "What", MEMBER_WORDS),
        input_block(RECEIVED_ON, "Asked for on", day_input(RECEIVED_ON, today)),
        _words(fields.NOTE, "How", optional=True),
    ]


def _contact(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = "Without an address no letter goes by itself. The clocks run all the same."
    return [
        context(told),
        _line(ADDRESS, "E-mail for letters; none if nobody can be written to", optional=True),
        _words(fields.NOTE, "Why, such as: the writer gave no name"),
    ]


def _writer(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = (
        "Anybody can write under any address. What comes from this one later counts as theirs too, "
        "as long as it is answered there."
    )
    return [
        context(told),
        _choice(WRITER, "Do we know who writes?", WRITER_WORDS),
        _words(fields.EVIDENCE, "What shows it, such as: we rang the number in the tenancy"),
    ]


def _standing(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    document = policy.document
    applies = "; ".join(document.applies_to) if document else ""
    told = "This refuses nothing: only a person does, on a ground of Code 2.2."
    return [
        context(told, f"The policy applies to: {applies}" if applies else ""),
        _choice(RELATION, "Who complains", RELATION_WORDS),
        _words(fields.NOTE, "What shows it", optional=True),
    ]


def _letter(_case: CaseLine, policy: Policy, today: date) -> list[Block]:
    to = policy.members.reply_to
    told = (
        "A constituent's dissatisfaction is a complaint from the day it arrived. A letter of claim "
        "stops nothing."
    )
    return [
        context(told, f"The policy answers {to}" if to else ""),
        _choice(SENDER, "From", SENDER_WORDS),
        _choice(BEARING, "It shows", BEARING_WORDS),
        _choice(CAME, "It came", CAME_WORDS),
        input_block(RECEIVED_ON, "Received on", day_input(RECEIVED_ON, today)),
        input_block(ASKED_BY, "They ask for an answer by", day_input(ASKED_BY), optional=True),
        _line(NAME, "Name", optional=True),
        _line(CONCERNS, "Reference of an earlier case it concerns", optional=True),
        _words(fields.NOTE, "What they ask", optional=True),
    ]


def _answer_letter(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    open_ones = [
        option(f"{SENDER_WORDS[each.sender]}, {day(each.received_on)}", str(each.id))
        for each in case.around.letters
        if not each.answered
    ]
    return [
        input_block(LETTER, "Which letter", select(LETTER, open_ones)),
        _choice(WHAT, "What is done", REACTION_WORDS),
        _choice(fields.WAY, "How", WAY_WORDS),
        _words(fields.NOTE, "The answer as they read it; else how it was done, and by whom"),
        _line(ADDRESS, "E-mail, if not the writer's of this message", optional=True),
        context("To the Ombudsman, on top of the papers:"),
        _line(THEIR_REFERENCE, "Their reference", optional=True),
        _words(ENCLOSED, "Papers that go with it, one a line", optional=True),
        _line(fields.DECIDER, "Who answers for it, by name", optional=True),
    ]


def _proceedings(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    issues = [f"{number}. {words}" for number, words in enumerate(case.issues, start=1)]
    told = "Only what is before the court stops; the rest of the complaint goes on (Code 2.2)."
    return [
        context(told),
        *[context(issue) for issue in issues],
        _line(CLAIM, "Number of the claim"),
        input_block(FILED_ON, "Filed at court on", day_input(FILED_ON)),
        _line(OVERLAPPING, "Issues that it overlaps, such as 1, 3"),
        _words(fields.REASONS, "Why these, and not the others"),
        _line(fields.DECIDER, "Who decided, by name"),
    ]


def _refer(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = "What is about housing stays with us and goes on."
    return [
        context(told),
        _choice(BODY, "Who hears it", BODY_WORDS),
        _words(MATTER, "Which part"),
    ]


def _adjust(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    offered = ", ".join((*policy.adjustments, *policy.formats))
    return [
        context(f"The policy offers: {offered}" if offered else "Agree it with the resident."),
        _choice(NEED, "What was agreed", NEED_WORDS),
        _words(WORDS, "In more words", optional=True),
        _words(PURPOSE, "What it is for"),
        input_block(REVIEW_ON, "Review on", day_input(REVIEW_ON)),
    ]


def _review(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    agreed = [
        option(f"{NEED_WORDS[line.need]}, review {day(line.review_on)}", str(line.id))
        for line in case.around.adjustments
    ]
    until = day_input(REVIEW_ON)
    return [
        input_block(ADJUSTMENT, "Which", select(ADJUSTMENT, agreed)),
        input_block(REVIEW_ON, "Next review; none if it is needed no more", until, optional=True),
        _words(fields.NOTE, "What was found, and with whom"),
    ]


def _protect(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    rule = policy.breach_report
    told = "It is a complaint of its own, with its own clock, beside this one."
    unsure = f"A breach is reported within {rule.length.amount} hours ({rule.rule})" if rule else ""
    return [
        context(told, unsure),
        _choice(BREACH, "Could it be a breach?", POSSIBLE_WORDS),
        _words(fields.NOTE, "What happened to whose data"),
    ]


def _breach(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    return [
        _choice(WHAT, "What was decided", BREACH_WORDS),
        _words(fields.NOTE, "Why, and by whom it was looked at"),
    ]


def _end_proceedings(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = "The issues that were before the court go on again, and are answered (Code 2.2)."
    return [context(told), _words(fields.NOTE, "How it ended, and on which day")]


def _hold(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = "Nothing of this case, nor of what is linked to it, is removed until the hold ends."
    return [context(told), _words(fields.NOTE, "Why, and who asked for it")]


def _release(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = "The case is kept from now on as long as any other, and then its personal data goes."
    return [context(told), _words(fields.NOTE, "Why, and who decided it")]


PEOPLE_DRAWINGS: Mapping[Action, Callable[[CaseLine, Policy, date], list[Block]]] = {
    Action.NOTE_REPRESENTATIVE: _representative,
    Action.NOTE_GROUP: _group,
    Action.NOTE_MEMBER: _member,
    Action.NOTE_CONTACT: _contact,
    Action.CHECK_STANDING: _standing,
    Action.NOTE_LETTER: _letter,
    Action.ANSWER_LETTER: _answer_letter,
    Action.NOTE_PROCEEDINGS: _proceedings,
    Action.REFER_ELSEWHERE: _refer,
    Action.CHECK_WRITER: _writer,
    Action.AGREE_ADJUSTMENT: _adjust,
    Action.REVIEW_ADJUSTMENT: _review,
    Action.RAISE_DATA_PROTECTION: _protect,
    Action.SEE_TO_BREACH: _breach,
    Action.END_PROCEEDINGS: _end_proceedings,
    Action.HOLD: _hold,
    Action.RELEASE: _release,
}


def _choice(name: str, label: str, words: Mapping[_Name, str], *, optional: bool = False) -> Block:
    options = [option(told[:1].upper() + told[1:], one) for one, told in words.items()]
    return input_block(name, label, select(name, options), optional=optional)


def _words(name: str, label: str, *, optional: bool = False) -> Block:
    return input_block(name, label, text_input(name), optional=optional)


def _line(name: str, label: str, *, optional: bool = False) -> Block:
    return input_block(name, label, text_input(name, multiline=False), optional=optional)
