"""The forms for what follows triage, as Block Kit. Pure: a summary in, a form out.

Slack shows them as modals, the desk as pages. What they ask for is what the Code demands.
"""

from collections.abc import Callable, Mapping
from datetime import date

from bot.triage import fields
from bot.triage.fields import Way
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
from bot.triage.people_lines import conflict_blocks
from bot.triage.views import SEE_TO, STEP_FORM, step_value
from bot.triage.words import KIND_WORDS, STEP_WORDS, day, hazard_words, plainly
from intake.domain.case import Action, Kind
from intake.domain.letter import LetterKind
from intake.domain.life import Answer, Ground, Outcome
from intake.domain.moments import Work
from intake.domain.reply import FEEDBACK_LETTERS
from intake.domain.response_parts import WRITTEN, Part
from intake.domain.summary import CaseLine, HazardLine, MessageSummary

GROUND_WORDS = {
    Ground.OVER_THE_WINDOW: "More than 12 months after event or awareness",
    Ground.LEGAL_PROCEEDINGS: "Claim filed at court (not a letter of claim)",
    Ground.ALREADY_CONSIDERED: "Already considered under the policy",
    Ground.LATE_REQUEST: "Stage 2 asked for after the landlord's window",
}
ANSWER_WORDS = {
    Answer.YES: "Yes, it is a complaint",
    Answer.NO: "No",
    Answer.SILENT: "No answer",
}
WORK_WORDS = {
    Work.MADE_SAFE: "Investigated and made safe",
    Work.INVESTIGATED: "Investigated",
    Work.SUMMARY_SENT: "Written summary sent",
    Work.WORK_DONE: "Safety work done",
}
#: What the resident said to more time.
AGREED_WORDS = {Answer.YES: "Yes", Answer.NO: "No", Answer.SILENT: "No answer"}
PART_WORDS = {
    Part.APOLOGY: "Apology, where something is upheld",
    Part.REDRESS: "Compensation or reimbursement considered, and what came of it",
    Part.IMPROVEMENT: "What changes in our service",
    Part.REGRET: "Regret for inconvenience or distress, where not upheld",
    Part.LESSONS: "What was reviewed to learn from, where not upheld",
}
WAY_WORDS = {
    Way.LETTER: "Send the letter; I see it first",
    Way.OTHER: "No letter: it is done another way",
}
#: What the letter to the writer of praise or of a comment says.
LETTER_WORDS = {
    LetterKind.COMPLIMENT_THANKS: "The letter thanks the writer and says who hears of it.",
    LetterKind.COMMENT_NOTED: "The letter says which department was told.",
    LetterKind.COMMENT_CHANGED: "The letter says what has changed, in your words below.",
}
PROMISED = "Promised, one a line, such as: Mend the gate; Repairs; 2026-04-01"
#: What the one field of words asks for.
NOTE_WORDS = {
    Action.ACKNOWLEDGE: "How the writer was thanked or told",
    Action.RESPOND: "How it was answered",
    Action.WITHDRAW: "How the resident said so",
    Action.REFER: "What the Ombudsman asks, and by when",
    Action.CLOSE: "Why it is closed",
    Action.REOPEN: "Why it is opened again",
    Action.OFFER: "How, and in which words, the choice was put",
    Action.FORWARD: "To whom, through which line manager or department",
    Action.TELL: "What changed, and how the writer was told",
}


def step_form(message: MessageSummary, case: CaseLine, step: Action, *, today: date) -> Block:
    """Draw the form of one step of a case."""
    draw = DRAWINGS.get(step)
    if step in {Action.ACKNOWLEDGE, Action.RESPOND} and case.kind is not Kind.COMPLAINT:
        draw = None
    blocks = [context(f"{KIND_WORDS[case.kind]} {case.reference}, {plainly(case.status)}")]
    blocks += conflict_blocks(case, step)
    letter = FEEDBACK_LETTERS.get(case.kind, {}).get(step)
    blocks += draw(case, today) if draw else [_words(fields.NOTE, NOTE_WORDS[step])]
    blocks += _feedback(step, letter) if letter else []
    value = step_value(message, f"c{case.id}", step)
    return form(STEP_FORM, STEP_WORDS[step].rstrip("…"), blocks, value)


def hazard_form(message: MessageSummary, hazard: HazardLine) -> Block:
    """Draw the form for what was done about a hazard, or for dismissing it with a reason."""
    work = [option(words, what) for what, words in WORK_WORDS.items()]
    choices = [*work, option("It is no hazard: dismiss it", fields.DISMISS)]
    named = hazard_words(hazard.category)
    blocks = [
        context(f"Hazard: {named}. Only a person dismisses one, and says why."),
        input_block(fields.WORK, "What was done", select(fields.WORK, choices)),
        _words(fields.NOTE, "Why, if it is dismissed", optional=True),
    ]
    return form(STEP_FORM, "Hazard", blocks, step_value(message, f"h{hazard.id}", SEE_TO))


def _feedback(step: Action, letter: LetterKind) -> list[Block]:
    ways = [option(words, way) for way, words in WAY_WORDS.items()]
    named = _line(fields.PASSED_TO, "Whom the letter names, if not as the policy has it")
    return [
        context(LETTER_WORDS[letter]),
        input_block(fields.WAY, "How the writer is told", select(fields.WAY, ways)),
        *([named | {"optional": True}] if step is not Action.TELL else []),
    ]


def _acknowledge(case: CaseLine, _today: date) -> list[Block]:
    return [
        context("This goes to the resident as our understanding of the complaint."),
        _words(fields.ISSUES, "Issues, one a line", initial="\n".join(case.issues)),
        _words(fields.OUTCOME, "Outcome sought", initial=case.outcome),
        _words(fields.NOT_OURS, "What we are not responsible for", optional=True),
    ]


def _respond(case: CaseLine, _today: date) -> list[Block]:
    blocks = []
    for number, issue in enumerate(case.issues, start=1):
        if issue in case.around.stopped:
            blocks.append(context(f"Issue {number} is before a court and waits for it (Code 2.2)"))
            continue
        outcomes = [option(plainly(o).capitalize(), o) for o in Outcome]
        name = fields.outcome(number)
        blocks.append(input_block(name, f"Issue {number}: {issue}", select(name, outcomes)))
        blocks.append(_words(fields.reasons(number), "Reasons, with the policy or law"))
    return [
        *blocks,
        _words(fields.REMEDY, "How we put it right, if anything is upheld", optional=True),
        _words(fields.PROMISES, PROMISED, optional=True),
        _line(fields.DECIDER, "Who decided, by name"),
        *[_words(part, PART_WORDS[part], optional=True) for part in WRITTEN],
    ]


def _extend(case: CaseLine, _today: date) -> list[Block]:
    running = [
        c.code or c.target for c in case.clocks if c.ended_at is None and "response" in c.name
    ]
    owed = f"Owed by {day(running[0])}. " if running and running[0] else ""
    return [
        context(f"{owed}The letter goes before that day, and says how to reach the Ombudsman."),
        input_block(fields.UNTIL, "We will answer by", day_input(fields.UNTIL)),
        _words(fields.REASON, "Why we need longer"),
        input_block(
            fields.AGREED,
            "The resident was asked, and agreed",
            select(fields.AGREED, [option(words, a) for a, words in AGREED_WORDS.items()]),
            optional=True,
        ),
        _words(fields.GOOD_REASON, "Good reason, if beyond the Code's limit", optional=True),
    ]


def _escalate(_case: CaseLine, today: date) -> list[Block]:
    return [
        context("The resident need not say why (Code 6.12). Somebody else decides (6.13)."),
        input_block(fields.ASKED_ON, "Asked for on", day_input(fields.ASKED_ON, today)),
        _words(fields.COMPLAINED_ABOUT, "Staff complained about, one a line", optional=True),
    ]


def _refuse(_case: CaseLine, _today: date) -> list[Block]:
    grounds = [option(words, ground) for ground, words in GROUND_WORDS.items()]
    aware = day_input(fields.AWARE_ON)
    return [
        input_block(fields.GROUND, "Ground", select(fields.GROUND, grounds)),
        _words(fields.REASONS, "Reasons, as the resident reads them"),
        _words(fields.EVIDENCE, "Claim number, earlier reference, or why no discretion"),
        input_block(fields.AWARE_ON, "Late: when it happened or was learned", aware, optional=True),
        _line(fields.DECIDER, "Who decided, by name"),
    ]


def _answer_offer(_case: CaseLine, _today: date) -> list[Block]:
    answers = [option(words, answer) for answer, words in ANSWER_WORDS.items()]
    return [input_block(fields.ANSWER, "The resident said", select(fields.ANSWER, answers))]


def _complete(case: CaseLine, _today: date) -> list[Block]:
    open_ones = [
        option(f"{p.what[:40]}, {p.owner[:15]}, {day(p.due)}", str(p.id)) for p in case.promises
    ]
    return [
        input_block(fields.PROMISE, "What was done", select(fields.PROMISE, open_ones)),
        _words(fields.EVIDENCE, "What shows it"),
    ]


def _take_back(_case: CaseLine, _today: date) -> list[Block]:
    return [context("The letter does not go, and what it decided counts for nothing.")]


def _give(_case: CaseLine, _today: date) -> list[Block]:
    return [context("You say that the resident has the letter another way.")]


DRAWINGS: Mapping[Action, Callable[[CaseLine, date], list[Block]]] = {
    Action.ACKNOWLEDGE: _acknowledge,
    Action.RESPOND: _respond,
    Action.EXTEND: _extend,
    Action.ESCALATE: _escalate,
    Action.REFUSE: _refuse,
    Action.ANSWER_OFFER: _answer_offer,
    Action.COMPLETE: _complete,
    Action.TAKE_BACK: _take_back,
    Action.GIVE_LETTER: _give,
}


def _words(name: str, label: str, *, initial: str = "", optional: bool = False) -> Block:
    return input_block(name, label, text_input(name, initial), optional=optional)


def _line(name: str, label: str) -> Block:
    return input_block(name, label, text_input(name, multiline=False))
