"""What Slack accepts as the blocks of a message or a modal: docs.slack.dev, reference/block-kit."""

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.elements import (
    FILE_INPUT,
    IMAGE,
    IMAGE_SOURCE,
    MENUS,
    PRESSED,
    TYPED_IN,
    URL,
    plain,
    text,
)
from tests.fakes.slack.schema import (
    Check,
    both,
    choice,
    flag,
    integer,
    items,
    keys,
    problem,
    shape,
    string,
    variants,
)

Block = dict[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
#: Undocumented: `msg_blocks_too_long` at about this many characters over all blocks
#: (github.com/slackapi/bolt-js/issues/2509).
MESSAGE_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000
VIEW_BYTES = 250_000

STYLE = shape({}, {"bold": flag, "italic": flag, "strike": flag, "code": flag, "underline": flag})
KIND = string(30)
RICH_PIECE = variants(
    {
        "text": shape({"type": KIND, "text": string(3000)}, {"style": STYLE}),
        "link": shape({"type": KIND, "url": URL}, {"text": string(3000), "style": STYLE}),
        "emoji": shape({"type": KIND, "name": string(100)}),
        "user": shape({"type": KIND, "user_id": KIND}, {"style": STYLE}),
        "channel": shape({"type": KIND, "channel_id": KIND}, {"style": STYLE}),
        "date": shape(
            {"type": KIND, "timestamp": integer(0, 10**10), "format": string(255)},
            {"fallback": string(255), "url": URL, "style": STYLE},
        ),
    }
)
RICH_PIECES = items(RICH_PIECE, 1000)
RICH_SECTION = shape({"type": KIND, "elements": RICH_PIECES})
RICH_BOX = shape({"type": KIND, "elements": RICH_PIECES}, {"border": integer(0, 1)})
RICH_LIST = shape(
    {
        "type": KIND,
        "elements": items(variants({"rich_text_section": RICH_SECTION}), 1000),
        "style": choice("bullet", "ordered"),
    },
    {"indent": integer(0, 8), "offset": integer(0, 1000), "border": integer(0, 1)},
)
RICH_PART = variants(
    {
        "rich_text_section": RICH_SECTION,
        "rich_text_preformatted": RICH_BOX,
        "rich_text_quote": RICH_BOX,
        "rich_text_list": RICH_LIST,
    }
)


def _block(optional: dict[str, Check] | None = None, **required: Check) -> Check:
    return shape({"type": KIND, **required}, {"block_id": string(255), **(optional or {})})


def _input(elements: dict[str, Check]) -> Check:
    return _block(
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
        label=plain(2000),
        element=variants(elements),
    )


BLOCKS: dict[str, Check] = {
    "section": both(
        _block(
            {
                "text": text(3000),
                "fields": items(text(2000), 10),
                "accessory": variants({**PRESSED, **MENUS, "image": IMAGE}),
                "expand": flag,
            }
        ),
        keys("text", "fields", most=2),
    ),
    "divider": _block(),
    "header": _block(text=plain(150)),
    "context": _block(
        elements=items(
            variants({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 10
        )
    ),
    "actions": _block(elements=items(variants(PRESSED | MENUS), 25)),
    "image": both(
        _block(IMAGE_SOURCE | {"title": plain(2000)}, alt_text=string(2000)), keys(*IMAGE_SOURCE)
    ),
    "rich_text": _block(elements=items(RICH_PART, 1000)),
}
IN_MESSAGES = BLOCKS | {
    "input": _input(MENUS | TYPED_IN),
    "markdown": _block(text=string(MARKDOWN_CHARACTERS)),
}
IN_MODALS = BLOCKS | {"input": _input(MENUS | TYPED_IN | FILE_INPUT)}

MODAL = shape(
    {
        "type": choice("modal"),
        "title": plain(24),
        "blocks": items(variants(IN_MODALS), VIEW_BLOCKS),
    },
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(3000, minimum=0),
        "callback_id": string(255, minimum=0),
        "external_id": string(255, minimum=0),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)


def message_problems(blocks: object) -> list[str]:
    """Return what Slack would refuse in the blocks of a message, in its words."""
    check = items(variants(IN_MESSAGES), MESSAGE_BLOCKS, minimum=0)
    found = list(check(blocks, "/blocks"))
    if found or not isinstance(blocks, list):
        return found
    marked = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if marked > MARKDOWN_CHARACTERS:
        found.append(problem(f"must be less than {MARKDOWN_CHARACTERS + 1} characters", "/blocks"))
    return [*found, *_repeated_ids(blocks, "/blocks")]


def view_problems(view: object) -> list[str]:
    """Return what Slack would refuse in a modal, in its words."""
    found = list(MODAL(view, "/view"))
    if found or not isinstance(view, dict):
        return found
    for index, block in enumerate(view["blocks"]):
        if block["type"] == "input" and "submit" not in view:
            where = f"/view/blocks/{index}/input"
            found.append(problem("must define `submit` to use an `input` block in modals", where))
    return [*found, *_repeated_ids(view["blocks"], "/view/blocks")]


def _repeated_ids(blocks: list[Block], where: str) -> Iterator[str]:
    """Find a block_id used twice in all, and an action_id used twice in one block."""
    blocks_seen: set[str] = set()
    for index, block in enumerate(blocks):
        yield from _seen(block, "block_id", blocks_seen, f"{where}/{index}")
        actions_seen: set[str] = set()
        for place, element in enumerate(block.get("elements", [])):
            here = f"{where}/{index}/elements/{place}"
            yield from _seen(element, "action_id", actions_seen, here)


def _seen(thing: Block, key: str, seen: set[str], where: str) -> Iterator[str]:
    name = thing.get(key)
    if name in seen:
        yield problem(f'`{key}` "{name}" already exists', f"{where}/{key}")
    elif name is not None:
        seen.add(name)


def characters(value: object) -> int:
    """Return how many characters stand in blocks, leaving out the names of types."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    if isinstance(value, dict):
        return sum(characters(item) for key, item in value.items() if key != "type")
    return 0


def too_large(view: object) -> bool:
    """Return whether a view is over Slack's 250 kB."""
    return len(json.dumps(view)) > VIEW_BYTES
