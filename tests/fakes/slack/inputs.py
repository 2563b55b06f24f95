"""What a person can fill in and press, and the state Slack then sends of it."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.blockkit import Block
from tests.fakes.slack.errors import ImpossibleError

#: Kind of element -> where its state keeps what was chosen, and where it starts from.
KEPT: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
#: Pressed, and then forgotten.
STATELESS = {"button", "overflow"}

State = dict[str, dict[str, dict[str, Any]]]


def elements(blocks: list[Block]) -> Iterator[tuple[Block, Block]]:
    """Yield every element a person can use, with the block it stands in."""
    for block in blocks:
        within = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from ((block, one) for one in within if one is not None and "action_id" in one)


def fill(blocks: list[Block], values: Mapping[str, object] | None = None) -> State:
    """Return `state.values`: what stood there at first, overridden by what a person entered.

    Values are named by action_id; those of an input block also by its block_id.

    Raises:
        ImpossibleError: There is no such input, or it does not take such a value.
    """
    left = dict(values or {})
    state: State = {}
    for block, element in elements(blocks):
        if element["type"] in STATELESS:
            continue
        names = (block["block_id"] if block["type"] == "input" else "", element["action_id"])
        name = next((name for name in names if name in left), None)
        entered = _start(element) if name is None else kept(element, left.pop(name))
        state.setdefault(block["block_id"], {})[element["action_id"]] = entered
    if left:
        raise ImpossibleError(f"there is no input called {', '.join(left)}")
    return state


def unfilled(blocks: list[Block], state: State) -> list[str]:
    """Return the required inputs that are still empty: Slack's client refuses to submit them."""
    return [
        element["action_id"]
        for block, element in elements(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and not state[block["block_id"]][element["action_id"]][KEPT[element["type"]][0]]
    ]


def kept(element: Block, value: object) -> dict[str, Any]:
    """Return the state of one element after a person entered something.

    Raises:
        ImpossibleError: The element does not take such a value.
    """
    key, _ = KEPT[element["type"]]
    if isinstance(value, dict):
        return {"type": element["type"], **value}
    if key == "selected_option":
        return {"type": element["type"], key: None if value is None else _option(element, value)}
    if key == "selected_options":
        chosen = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
        return {"type": element["type"], key: [_option(element, one) for one in chosen]}
    if key == "value":
        _refuse_length(element, value)
        return {"type": element["type"], key: value or None}
    return {"type": element["type"], key: value}


def _start(element: Block) -> dict[str, Any]:
    key, initial = KEPT[element["type"]]
    empty: list[str] | None = [] if key.endswith("s") else None
    return {"type": element["type"], key: copy.deepcopy(element.get(initial, empty))}


def _option(element: Block, value: object) -> Block:
    offered = [*element.get("options", [])]
    for group in element.get("option_groups", []):
        offered += group["options"]
    for option in offered:
        if option["value"] == value:
            return dict(option)
    raise ImpossibleError(f"{element['action_id']} does not offer {value!r}")


def _refuse_length(element: Block, value: object) -> None:
    length = len(str(value or ""))
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if length and not least <= length <= most:
        raise ImpossibleError(
            f"{element['action_id']} takes {least} to {most} characters, not {length}"
        )
