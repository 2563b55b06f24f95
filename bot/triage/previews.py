"""The form of a letter that would go: the letter, what its check found, and the fields. Pure.

The fields stay below the letter as they were filled in: whoever changes one sees the letter again.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.triage.fields import OVERRIDE, Values
from bot.triage.layout import (
    FIELD_LIMIT,
    Block,
    context,
    input_block,
    plain,
    section,
    text_input,
)
from bot.triage.threads import RUNG_WORDS
from bot.triage.words import day, escape, listed, plainly
from intake.domain.copies import Copy
from intake.domain.letter_check import stops
from intake.domain.letter_draft import Gravity, Problem
from intake.domain.preview import Preview
from intake.domain.triage import IncompleteError


class UnsaidError(IncompleteError):
    """A letter that its check stops was sent on without a reason; `form` asks for it."""

    def __init__(self, form: Block) -> None:
        super().__init__({OVERRIDE: "Say why it should go in spite of this"})
        self.form = form


GRAVITY_WORDS = {
    Gravity.MISSING: "✖ *Missing*",
    Gravity.WRONG: "✖ *Wrong*",
    Gravity.DOUBTFUL: "⚠️ *Look again*",
}
MOST = 30  # problems on a form
#: Marks that somebody saw why a letter cannot be written.
UNWRITTEN = "unwritten"
#: How the letter is marked, for whoever draws it as a page.
LETTER_PART, LARGE_PART = "letter", "letter-large"


def preview_form(
    form: Block, preview: Preview, problems: Sequence[Problem], values: Values
) -> Block:
    """Draw a step's form once more, filled in, below the letter as it will go."""
    fields = [_filled(block, values) for block in form["blocks"] if block["type"] == "input"]
    blocks = [*_head(preview), *_letter(preview), *_problems(problems), *_override(problems)]
    return form | {
        "title": plain("Look before it goes", 24),
        "submit": plain("Send", 24),
        "private_metadata": f"{form['private_metadata']}:{preview.digest}",
        "blocks": [*blocks, *fields],
    }


def unwritten_form(form: Block, why: str, values: Values) -> Block:
    """Draw a form once more, below why its letter cannot be written."""
    told = f"{GRAVITY_WORDS[Gravity.MISSING]}: {escape(why)}"
    task = "If you go on, the letter becomes a task for a person, and its clock runs."
    label = "Why it should be recorded all the same"
    reason = input_block(OVERRIDE, label, text_input(OVERRIDE), optional=True)
    fields = [_filled(block, values) for block in form["blocks"] if block["type"] == "input"]
    return form | {
        "private_metadata": f"{form['private_metadata']}:{UNWRITTEN}",
        "blocks": [section(told), context(task), reason, *fields],
    }


def _head(preview: Preview) -> list[Block]:
    where = f"By e-mail to {escape(preview.to)}, {day(preview.send_at)}"
    if not preview.to:
        where = f"By hand. {escape(preview.by_hand)}"
    quoted = "It quotes none of the resident's words."
    if preview.quotes:
        quoted = f"It quotes the resident: {escape('; '.join(preview.quotes))}"
    large = "It goes in large print." if preview.shown.large_print else ""
    if preview.rung is not None:
        where += f" ({RUNG_WORDS[preview.rung]})"
    lines = [f"*{escape(preview.shown.subject)}*", where, *_copied(preview.copy)]
    lines += [f"⚠️ {escape(told)}" for told in preview.conflicts]
    return [section("\n".join(lines)), context(quoted, large)]


def _copied(copy: Copy | None) -> list[str]:
    """Who has the letter and who its copy, and what a person has to do about that."""
    if copy is None:
        return []
    if not copy.address:
        return [copy.told, f"⚠️ {escape(copy.why)}"]
    return [f"{copy.told} The copy goes to {escape(copy.address)}"]


def _letter(preview: Preview) -> list[Block]:
    """The letter whole, in as many parts as its length needs."""
    part = LARGE_PART if preview.shown.large_print else LETTER_PART
    return [
        {"type": "section", "block_id": f"{part}-{number}", "text": plain(piece, FIELD_LIMIT)}
        for number, piece in enumerate(_pieces(preview.shown.text))
    ]


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for line in text.strip().splitlines(keepends=True):
        for start in range(0, len(line), FIELD_LIMIT):
            cut = line[start : start + FIELD_LIMIT]
            if len(pieces[-1]) + len(cut) > FIELD_LIMIT:
                pieces.append("")
            pieces[-1] += cut
    return pieces


def _problems(problems: Sequence[Problem]) -> list[Block]:
    if not problems:
        return [context("The check found every part that the Code asks for, and nothing wrong.")]
    lines = [f"{GRAVITY_WORDS[p.gravity]}: {escape(p.told)}" for p in problems[:MOST]]
    if len(problems) > MOST:
        lines.append(f"… and {len(problems) - MOST} more")
    return [section("\n".join(lines))]


def _override(problems: Sequence[Problem]) -> list[Block]:
    if not stops(tuple(problems)):
        return []
    label = "Why it should go as it is, if you change nothing"
    return [input_block(OVERRIDE, label, text_input(OVERRIDE), optional=True)]


def overridden(problems: Sequence[Problem], reason: str) -> str:
    """Return what is put on record when a letter goes in spite of its check."""
    parts = [plainly(p.gravity) + ": " + p.told for p in stops(tuple(problems))]
    return f"{reason}\n{listed(parts)}"


def _filled(block: Block, values: Values) -> Block:
    """A field with what was filled in, as Slack begins it."""
    given = values.get(block["block_id"])
    element = {
        name: value for name, value in block["element"].items() if not name.startswith("initial_")
    }
    begun = BEGINNINGS[element["type"]](element, given) if given else {}
    return block | {"element": element | begun}


def _words(_element: Block, given: object) -> Block:
    return {"initial_value": given}


def _day(_element: Block, given: object) -> Block:
    return {"initial_date": given}


def _choice(element: Block, given: object) -> Block:
    chosen = [option for option in element["options"] if option["value"] == given]
    return {"initial_option": chosen[0]} if chosen else {}


def _choices(element: Block, given: object) -> Block:
    ticked = given if isinstance(given, list) else [given]
    chosen = [option for option in element["options"] if option["value"] in ticked]
    return {"initial_options": chosen} if chosen else {}


#: How a field of each type begins with what was filled in.
BEGINNINGS: Mapping[str, Callable[[Block, object], Block]] = {
    "plain_text_input": _words,
    "datepicker": _day,
    "static_select": _choice,
    "checkboxes": _choices,
}
