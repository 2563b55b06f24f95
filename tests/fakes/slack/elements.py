"""Block elements and the objects they are made of: docs.slack.dev, reference/block-kit."""

from collections.abc import Iterator

from tests.fakes.slack.schema import (
    Check,
    both,
    choice,
    flag,
    integer,
    items,
    keys,
    pattern,
    problem,
    shape,
    string,
    variants,
)

ACTION_ID = string(255)
URL = pattern(r"[a-z][a-z0-9+.-]*:\S+", called="URL")
DATE = pattern(r"\d{4}-\d{2}-\d{2}", called="date")
TIME = pattern(r"\d{2}:\d{2}", called="time")


def plain(maximum: int) -> Check:
    """Accept a text object without markup."""
    return variants({"plain_text": _plain(maximum)})


def text(maximum: int) -> Check:
    """Accept a text object with or without markup."""
    marked = shape({"type": choice("mrkdwn"), "text": string(maximum)}, {"verbatim": flag})
    return variants({"plain_text": _plain(maximum), "mrkdwn": marked})


def _plain(maximum: int) -> Check:
    return shape({"type": choice("plain_text"), "text": string(maximum)}, {"emoji": flag})


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
LINK_OPTION = shape(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL}
)
MARKED_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
OPTION_GROUP = shape({"label": plain(75), "options": items(OPTION, 100)})
DISPATCH = shape(
    {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"), 2)}
)
FILTER = shape(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)

WITH_CONFIRM = {"confirm": CONFIRM}
WITH_FOCUS = {"focus_on_load": flag}
WITH_PLACEHOLDER = {"placeholder": plain(150)}
MANY = {"max_selected_items": integer(1, 1000)}
FIELD = WITH_CONFIRM | WITH_FOCUS
MENU = FIELD | WITH_PLACEHOLDER
TYPED = WITH_FOCUS | WITH_PLACEHOLDER | {"dispatch_action_config": DISPATCH}
IMAGE_SOURCE = {"image_url": URL, "slack_file": shape({}, {"id": string(255), "url": URL})}


def _element(optional: dict[str, Check], **required: Check) -> Check:
    return shape({"type": string(30), **required}, {"action_id": ACTION_ID, **optional})


def _initial_is_offered(value: object, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    offered = [*value.get("options", [])]
    for group in value.get("option_groups", []):
        offered += group.get("options", [])
    chosen = value.get("initial_options", [])
    for option in [*chosen, *([value["initial_option"]] if "initial_option" in value else [])]:
        if option not in offered:
            yield problem("must match one of the options", f"{where}/initial_option")


def _menu(optional: dict[str, Check]) -> Check:
    offered = {"options": items(OPTION, 100), "option_groups": items(OPTION_GROUP, 100)}
    return both(
        _element(MENU | offered | optional), keys("options", "option_groups"), _initial_is_offered
    )


def _ticks(optional: dict[str, Check]) -> Check:
    ticks = _element(FIELD | optional, options=items(MARKED_OPTION, 10))
    return both(ticks, _initial_is_offered)


BUTTON = _element(
    WITH_CONFIRM
    | {
        "url": URL,
        "value": string(2000),
        "style": choice("primary", "danger"),
        "accessibility_label": string(75),
    },
    text=plain(75),
)
IMAGE = both(
    shape({"type": choice("image"), "alt_text": string(2000)}, IMAGE_SOURCE), keys(*IMAGE_SOURCE)
)

IDS = items(string(30), 1000, minimum=0)
QUERY = {"min_query_length": integer(0, 100)}

#: Menus and pickers: they stand in sections, action rows and inputs alike.
MENUS: dict[str, Check] = {
    "static_select": _menu({"initial_option": OPTION}),
    "multi_static_select": _menu(MANY | {"initial_options": items(OPTION, 100)}),
    "external_select": _element(MENU | QUERY | {"initial_option": OPTION}),
    "multi_external_select": _element(
        MENU | QUERY | MANY | {"initial_options": items(OPTION, 100)}
    ),
    "users_select": _element(MENU | {"initial_user": string(30)}),
    "multi_users_select": _element(MENU | MANY | {"initial_users": IDS}),
    "channels_select": _element(
        MENU | {"initial_channel": string(30), "response_url_enabled": flag}
    ),
    "multi_channels_select": _element(MENU | MANY | {"initial_channels": IDS}),
    "conversations_select": _element(
        MENU
        | {
            "initial_conversation": string(30),
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": FILTER,
        }
    ),
    "datepicker": _element(MENU | {"initial_date": DATE}),
    "timepicker": _element(MENU | {"initial_time": TIME, "timezone": string(50)}),
    "datetimepicker": _element(FIELD | {"initial_date_time": integer(10**9, 10**10 - 1)}),
    "radio_buttons": _ticks({"initial_option": MARKED_OPTION}),
    "checkboxes": _ticks({"initial_options": items(MARKED_OPTION, 10)}),
}
#: What a press can start, in sections and action rows.
PRESSED: dict[str, Check] = {
    "button": BUTTON,
    "overflow": _element(WITH_CONFIRM, options=items(LINK_OPTION, 5)),
}
#: What a person types: only in input blocks.
TYPED_IN: dict[str, Check] = {
    "plain_text_input": _element(
        TYPED
        | {
            "initial_value": string(3000, minimum=0),
            "multiline": flag,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        }
    ),
    "email_text_input": _element(TYPED | {"initial_value": string(3000)}),
    "url_text_input": _element(TYPED | {"initial_value": URL}),
    "number_input": _element(
        TYPED | {"initial_value": string(64), "min_value": string(64), "max_value": string(64)},
        is_decimal_allowed=flag,
    ),
}
#: Only modals take files.
FILE_INPUT: dict[str, Check] = {
    "file_input": _element({"filetypes": items(string(20), 100), "max_files": integer(1, 10)})
}
