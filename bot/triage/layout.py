"""The pieces that cards and forms are made of, as Block Kit. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

Block = dict[str, Any]

FIELD_LIMIT = 3_000
LABEL_LIMIT = 2_000
TITLE_LIMIT = 24
OPTION_LIMIT = 75
MOST_BLOCKS = 50  # Slack's own, of one message
#: How the name of a block begins that offers steps around a case under a heading.
TOPIC = "topic-"


def section(text: str) -> Block:
    """Draw a paragraph of our own words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:FIELD_LIMIT]}}


def context(*texts: str) -> Block:
    """Draw small print: what is there of it, in one line."""
    joined = " · ".join(text for text in texts if text)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": joined[:FIELD_LIMIT]}]}


def plain(text: str, limit: int) -> Block:
    """Draw words in which nothing is markup."""
    return {"type": "plain_text", "text": text[:limit], "emoji": False}


def button(action_id: str, words: str, value: str, *, style: str = "") -> Block:
    """Draw a button."""
    block: Block = {
        "type": "button",
        "action_id": action_id,
        "value": value,
        "text": plain(words, OPTION_LIMIT),
    }
    return block | ({"style": style} if style else {})


def option(words: str, value: str) -> Block:
    """Draw one choice of several."""
    return {"text": plain(words, OPTION_LIMIT), "value": value}


def menu(action_id: str, options: Iterable[Block]) -> Block:
    """Draw what stands beside a paragraph and opens a menu of at most five."""
    return {"type": "overflow", "action_id": action_id, "options": [*options]}


def topic(name: str, lines: Iterable[str], beside: Block) -> Block:
    """Draw a heading and its lines with the menu beside; `name` is the block's own on a card."""
    block = section("\n".join(lines)) | {"accessory": beside}
    return block | {"block_id": f"{TOPIC}{name}"}


def is_quiet(block: Block) -> bool:
    """Whether a block is a heading with its menu, and says nothing of a case."""
    return block.get("block_id", "").startswith(TOPIC) and "\n" not in block["text"]["text"]


def fit(blocks: list[Block], *, room: int, told: str) -> list[Block]:
    """Return no more blocks than there is room for, and say so where some were left out.

    What says nothing goes first, then what stands last.
    """
    over = len(blocks) + 1 - room
    if over <= 1:
        return blocks
    quiet = {id(block) for block in [b for b in blocks if is_quiet(b)][-over:]}
    kept = [block for block in blocks if id(block) not in quiet]
    return [*kept[: room - 1], context(told)]


def text_input(action_id: str, initial: str = "", *, multiline: bool = True) -> Block:
    """Draw a field for words."""
    block: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": FIELD_LIMIT,
    }
    return block | ({"initial_value": initial} if initial else {})


def select(action_id: str, options: Iterable[Block]) -> Block:
    """Draw a field that holds one of several choices."""
    return {"type": "static_select", "action_id": action_id, "options": [*options]}


def day_input(action_id: str, initial: date | None = None) -> Block:
    """Draw a field for a day."""
    block: Block = {"type": "datepicker", "action_id": action_id}
    return block | ({"initial_date": initial.isoformat()} if initial else {})


def input_block(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """Draw a field with its label."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_LIMIT),
        "element": element,
        "optional": optional,
    }


def form(callback_id: str, title: str, blocks: list[Block], value: str) -> Block:
    """Draw a form; `value` says what it is about."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(_short(title), TITLE_LIMIT),
        "submit": plain("Confirm", TITLE_LIMIT),
        "close": plain("Cancel", TITLE_LIMIT),
        "private_metadata": value,
        "blocks": blocks,
    }


def _short(title: str) -> str:
    """Cut a title between two words."""
    if len(title) <= TITLE_LIMIT:
        return title
    return title[: TITLE_LIMIT - 1].rpartition(" ")[0].rstrip(",") + "…"
