"""What of a message is hidden, as its card says it and a reviewer changes it. Pure."""

from collections.abc import Iterable, Iterator

from bot.triage import fields
from bot.triage.layout import (
    Block,
    context,
    form,
    input_block,
    menu,
    option,
    section,
    select,
    text_input,
)
from intake.domain.hiding import Data, HiddenPlace, HidingLine, Part, Scope
from intake.domain.summary import MessageSummary

HIDE, REVEAL, AGAIN, CHECKED = "hide", "reveal", "hide_again", "checked"
#: Slack's name for choosing a step, and for filling in its form.
STEP, STEP_FORM = "triage.step", "triage.step_form"
#: What a step is about: the message itself.
ITSELF = "m0"
WORDS, KIND, PLACE, SCOPE = "words", "kind", "place", "scope"
MOST = 100  # of a list to choose from, which is Slack's own limit
MOST_NAMED = 10  # doubtful places on a card

STEP_WORDS = {
    HIDE: "Hide more…",
    REVEAL: "Show a part…",
    AGAIN: "Hide again…",
    CHECKED: "Doubtful places checked…",
}
PART_WORDS = {
    Part.AUTHOR: "the writer's name",
    Part.SUBJECT: "the subject",
    Part.TEXT: "the text",
    Part.OUTCOME: "the outcome sought",
}
KIND_WORDS = {
    Data.NAME: "A person's name",
    Data.ADDRESS: "An address with its number",
    Data.STREET: "A street or place",
    Data.POSTCODE: "A postcode",
    Data.PHONE: "A phone number",
    Data.EMAIL: "An e-mail address",
    Data.DOB: "A date of birth",
    Data.REF: "A reference or account",
    Data.BANK: "Bank details",
    Data.CARD: "A payment card",
    Data.NINO: "A National Insurance number",
    Data.NHS: "An NHS number",
    Data.VRM: "A number plate",
    Data.HANDLE: "A handle",
    Data.URL: "A web address",
    Data.STAFF: "A member of staff",
}
SCOPE_WORDS = {
    Scope.HERE: "It is personal data: show it to staff, in this message only",
    Scope.EVERYWHERE: "It is no personal data: never hide these words again",
}
HOW_TO_HIDE = (
    "Type or paste the words as they stand on the card. They are hidden wherever they stand in "
    "the subject, the text, the writer's name and file names, here and in the other messages of "
    "the case."
)
HOW_TO_REVEAL = (
    "To see what stands there, read the original at the desk first. A person's name is personal "
    "data: choose “never hide” only for words that name nobody."
)
HOW_TO_CHECK = "You have looked at the doubtful places, and what is hidden is hidden rightly."


def draw_hiding(message: MessageSummary) -> Iterator[Block]:
    """Say what is hidden, and what a person must look at before it goes further."""
    hiding = message.hiding
    if not hiding.known:
        return
    told = f"{_count(len(hiding.hidden))} hidden"
    if hiding.revealed:
        told += f", {_count(len(hiding.revealed))} shown by a reviewer"
    if hiding.doubtful:
        named = [_name(place) for place in hiding.doubtful[:MOST_NAMED]]
        more = len(hiding.doubtful) - len(named)
        told = (
            f"⚠️ *{_count(len(hiding.doubtful), 'doubtful place')}: look before you forward.* "
            f"{', '.join(named)}{f' and {more} more' if more else ''}\n{told}"
        )
    value = f"{message.id}:{message.version}:{ITSELF}"
    options = [option(STEP_WORDS[step], f"{value}:{step}") for step in _steps(hiding)]
    yield section(told) | {"accessory": menu(STEP, options)}


def hiding_form(message: MessageSummary, step: str) -> Block | None:
    """Draw the form of a review; none where there is nothing to review."""
    if step not in _steps(message.hiding):
        return None
    blocks = [*_blocks(message, step)]
    value = f"{message.id}:{message.version}:{ITSELF}:{step}"
    return form(STEP_FORM, STEP_WORDS[step].rstrip("…"), blocks, value)


def place_value(place: HiddenPlace) -> str:
    """Return what stands for a place in a form."""
    return f"{place.part}:{place.placeholder}"


def _steps(hiding: HidingLine) -> list[str]:
    offered = {
        HIDE: hiding.known,
        REVEAL: bool(hiding.hidden),
        AGAIN: bool(hiding.revealed),
        CHECKED: bool(hiding.doubtful),
    }
    return [step for step, can in offered.items() if can]


def _blocks(message: MessageSummary, step: str) -> Iterator[Block]:
    reason = input_block(fields.REASON, "Why", text_input(fields.REASON))
    if step == CHECKED:
        yield context(HOW_TO_CHECK)
    elif step == HIDE:
        yield context(HOW_TO_HIDE)
        yield input_block(WORDS, "Words to hide", text_input(WORDS))
        kinds = [option(words, kind) for kind, words in KIND_WORDS.items()]
        yield input_block(KIND, "What they are", select(KIND, kinds))
        yield reason
    elif step == REVEAL:
        yield context(HOW_TO_REVEAL)
        yield _places("What to show", message.hiding.hidden)
        scopes = [option(words, scope) for scope, words in SCOPE_WORDS.items()]
        yield input_block(SCOPE, "How far", select(SCOPE, scopes))
        yield reason
    else:
        yield _places("What to hide again", message.hiding.revealed)
        yield reason


def _places(label: str, places: Iterable[HiddenPlace]) -> Block:
    options = [option(_name(place), place_value(place)) for place in places]
    return input_block(PLACE, label, select(PLACE, options[:MOST]))


def _name(place: HiddenPlace) -> str:
    return f"{place.placeholder} in {PART_WORDS[place.part]}"


def _count(number: int, what: str = "place") -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
