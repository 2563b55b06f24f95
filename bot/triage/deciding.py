"""The forms by which staff say what a message is, as Block Kit. Pure."""

from collections.abc import Iterator

from bot.triage.fields import ISSUES, KINDS, NOT_OURS, OUTCOME, SEE
from bot.triage.layout import Block, context, form, input_block, option, text_input
from bot.triage.people_lines import conflict_blocks
from bot.triage.views import CHANGE_FORM, CONFIRM_FORM, button_value
from bot.triage.words import KIND_WORDS
from intake.domain.case import Action
from intake.domain.summary import MessageSummary
from intake.domain.triage import CHOICES


def confirm_form(message: MessageSummary) -> Block:
    """Draw the form for confirming a complaint: its issues and the outcome sought."""
    told = "This goes to the resident as our understanding of the complaint. Please check it."
    warnings = [w for case in message.cases for w in conflict_blocks(case, Action.ACKNOWLEDGE)]
    blocks = [context(told), *warnings, *_definition(message, optional=False)]
    return form(CONFIRM_FORM, "Confirm complaint", blocks, button_value(message))


def change_form(message: MessageSummary) -> Block:
    """Draw the form for saying that a message is something else."""
    options = [option(KIND_WORDS[kind], kind) for kind in CHOICES]
    proposed = () if message.blind else message.kinds
    chosen = [option(KIND_WORDS[kind], kind) for kind in CHOICES if kind in proposed]
    boxes: Block = {"type": "checkboxes", "action_id": KINDS, "options": options}
    if chosen:
        boxes["initial_options"] = chosen
    blocks = [input_block(KINDS, "What is it? Choose all that apply", boxes)]
    blocks += [context("Only for a complaint:"), *_definition(message, optional=True)]
    return form(CHANGE_FORM, "Change", blocks, button_value(message))


def _definition(message: MessageSummary, *, optional: bool) -> Iterator[Block]:
    issues = text_input(ISSUES, "" if message.blind else message.issues)
    yield input_block(ISSUES, "Issues, one a line", issues, optional=optional)
    outcome = text_input(OUTCOME, message.outcome)
    yield input_block(OUTCOME, "Outcome sought", outcome, optional=optional)
    not_ours = text_input(NOT_OURS, "")
    yield input_block(NOT_OURS, "What we are not responsible for", not_ours, optional=True)
    box = {"type": "checkboxes", "action_id": SEE, "options": [option("See the letter", SEE)]}
    yield input_block(SEE, "Before it goes", box, optional=True)
