"""What the fake refuses in blocks, limit by limit, and what it lets through."""

from typing import Any

import pytest

from tests.fakes.slack.blockkit import message_problems, too_large, view_problems

Block = dict[str, Any]


def plain(text: str = "x") -> Block:
    return {"type": "plain_text", "text": text}


def section(**more: object) -> Block:
    return {"type": "section", "text": plain(), **more}


def button(**more: object) -> Block:
    return {"type": "button", "text": plain(), **more}


def actions(*elements: Block, **more: object) -> Block:
    return {"type": "actions", "elements": list(elements), **more}


def field(element: Block, **more: object) -> Block:
    return {"type": "input", "label": plain(), "element": element, **more}


def option(value: str = "a", **more: object) -> Block:
    return {"text": plain(), "value": value, **more}


def select(*options: Block, **more: object) -> Block:
    return {"type": "static_select", "options": list(options), **more}


def modal(**more: object) -> Block:
    return {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}], **more}


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
TYPED = {"type": "plain_text_input"}
PHOTO = {"type": "image", "alt_text": "x", "image_url": "https://a.example/1.png"}

#: Each on its own in a message, and what must be said of it.
REFUSED = [
    (
        section(text=plain("x" * 3001)),
        "less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    (section(text=plain("")), "more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (section(text={"type": "mrkdwn", "text": "x", "emoji": True}), "additional property: emoji"),
    (section(text={"type": "html", "text": "x"}), "unsupported type: html"),
    (section(text="x"), "missing required field: type [json-pointer:/blocks/0/text]"),
    ({"type": "section"}, "at least one of: text, fields"),
    (
        section(fields=[plain()] * 11),
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (section(fields=[]), "at least 1 items"),
    (section(fields=[plain("x" * 2001)]), "less than 2001 characters"),
    (section(accessory=TYPED), "unsupported type: plain_text_input"),
    (section(block_id="x" * 256), "less than 256 characters [json-pointer:/blocks/0/block_id]"),
    (section(expand="yes"), "must be a boolean"),
    (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    ({"type": "header", "text": plain("x" * 151)}, "less than 151 characters"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn"),
    ({"type": "context", "elements": [plain()] * 11}, "no more than 10 items"),
    ({"type": "context", "elements": [button()]}, "unsupported type: button"),
    ({"type": "carousel"}, "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    ({"type": "alert", "text": plain()}, "unsupported type: alert"),
    ({"text": plain()}, "missing required field: type [json-pointer:/blocks/0]"),
    ("x", "missing required field: type [json-pointer:/blocks/0]"),
    (actions(*[button()] * 26), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(), "at least 1 items"),
    (actions(elements={}), "must be an array"),
    (actions({"type": "slider"}), "unsupported type: slider"),
    (actions(button(text=plain("x" * 76))), "less than 76 characters"),
    (actions(button(value="x" * 2001)), "less than 2001 characters"),
    (actions(button(url="x" * 3001)), "less than 3001 characters"),
    (actions(button(url="not an address")), "must be a valid URL"),
    (actions(button(value=7)), "must be a string [json-pointer:/blocks/0/elements/0/value]"),
    (actions(button(accessibility_label="x" * 76)), "less than 76 characters"),
    (actions(button(action_id="x" * 256)), "less than 256 characters"),
    (actions(button(style="green")), "must be one of: primary, danger"),
    (actions(button(confirm="sure?")), "must be an object"),
    (actions(button(confirm=CONFIRM | {"title": plain("x" * 101)})), "less than 101 characters"),
    (actions(button(confirm=CONFIRM | {"text": plain("x" * 301)})), "less than 301 characters"),
    (actions(button(confirm=CONFIRM | {"deny": plain("x" * 31)})), "less than 31 characters"),
    (actions(select(option(value="x" * 151))), "less than 151 characters"),
    (actions(select(option(text=plain("x" * 76)))), "less than 76 characters"),
    (actions(select(option(description=plain("x" * 76)))), "less than 76 characters"),
    (actions(select(option(url="https://a.example"))), "additional property: url"),
    (actions(select(*[option()] * 101)), "no more than 100 items"),
    (actions(select(option(), placeholder=plain("x" * 151))), "less than 151 characters"),
    (actions(select(option(), initial_option=option("b"))), "must match one of the options"),
    (
        actions(select(option(), option_groups=[{"label": plain(), "options": [option()]}])),
        "exactly one of: options, option_groups",
    ),
    (
        actions(
            {
                "type": "static_select",
                "option_groups": [{"label": plain(), "options": [option()]}] * 101,
            }
        ),
        "no more than 100 items",
    ),
    (actions({"type": "overflow", "options": [option()] * 6}), "no more than 5 items"),
    (actions({"type": "radio_buttons", "options": [option()] * 11}), "no more than 10 items"),
    (actions({"type": "checkboxes", "options": [option()] * 11}), "no more than 10 items"),
    (actions({"type": "datepicker", "initial_date": "1/2/2026"}), "must be a valid date"),
    (actions({"type": "timepicker", "initial_time": "9am"}), "must be a valid time"),
    (actions({"type": "datetimepicker", "initial_date_time": "1"}), "must be an integer"),
    (field(TYPED, label=plain("x" * 2001)), "less than 2001 characters"),
    (field(TYPED, hint=plain("x" * 2001)), "less than 2001 characters"),
    (field(TYPED | {"max_length": 3001}), "between 1 and 3000"),
    (field(button()), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    (field({"type": "file_input"}), "unsupported type: file_input"),
    ({"type": "input", "label": plain()}, "missing required field: element"),
    (PHOTO | {"alt_text": "x" * 2001}, "less than 2001 characters"),
    (PHOTO | {"image_url": "https://" + "x" * 3000}, "less than 3001 characters"),
    (PHOTO | {"slack_file": {"id": "F1"}}, "exactly one of: image_url, slack_file"),
    ({"type": "markdown", "text": "x" * 12_001}, "less than 12001 characters"),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [plain()]}]},
        "unsupported type: plain_text",
    ),
    (actions(button(action_id="a"), button(action_id="a")), '`action_id` "a" already exists'),
]

#: Whole messages.
TOGETHER = [
    ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([section(block_id="a"), section(block_id="a")], '`block_id` "a" already exists'),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "less than 12001 characters"),
    ({"type": "divider"}, "must be an array"),
]

VIEWS = [
    (modal(title=plain("x" * 25)), "less than 25 characters [json-pointer:/view/title/text]"),
    (modal(submit=plain("x" * 25)), "less than 25 characters"),
    (modal(close=plain("x" * 25)), "less than 25 characters"),
    (modal(private_metadata="x" * 3001), "less than 3001 characters"),
    (modal(callback_id="x" * 256), "less than 256 characters"),
    (modal(blocks=[{"type": "divider"}] * 101), "no more than 100 items"),
    (modal(blocks=[]), "at least 1 items"),
    (modal(type="home"), "must be one of: modal"),
    (modal(heading="x"), "invalid additional property: heading"),
    (modal(notify_on_close="true"), "must be a boolean"),
    (
        modal(blocks=[field(TYPED)]),
        "must define `submit` to use an `input` block in modals",
    ),
    (
        modal(submit=plain(), blocks=[field({"type": "file_input", "max_files": 11})]),
        "between 1 and 10",
    ),
    (modal(blocks=[section(block_id="a")] * 2), '`block_id` "a" already exists'),
    ({"type": "modal"}, "missing required field: title"),
    ("x", "must be an object"),
]


@pytest.mark.parametrize(("block", "said"), REFUSED)
def test_a_block_beyond_a_limit_is_refused(block: Block, said: str):
    assert any(said in problem for problem in message_problems([block]))


@pytest.mark.parametrize(("blocks", "said"), TOGETHER)
def test_blocks_have_limits_together(blocks: list[Block], said: str):
    assert any(said in problem for problem in message_problems(blocks))


@pytest.mark.parametrize(("view", "said"), VIEWS)
def test_a_modal_beyond_a_limit_is_refused(view: Block, said: str):
    assert any(said in problem for problem in view_problems(view))


def test_what_stands_at_every_limit_is_accepted():
    full = button(
        text=plain("x" * 75),
        value="x" * 2000,
        url="https://a.example/",
        style="danger",
        confirm=CONFIRM | {"style": "primary"},
        accessibility_label="x" * 75,
    )
    choices = select(*[option(str(n)) for n in range(100)], initial_option=option("7"))
    grouped = {
        "type": "multi_static_select",
        "option_groups": [{"label": plain(), "options": [option()]}],
        "initial_options": [option()],
        "max_selected_items": 1,
    }
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_preformatted",
                "elements": [{"type": "text", "text": "x", "style": {"bold": True}}],
            }
        ],
    }
    assert not message_problems(
        [
            section(text=plain("x" * 3000), fields=[plain("x" * 2000)] * 10, accessory=full),
            {"type": "header", "text": plain("x" * 150)},
            {"type": "context", "elements": [plain()] * 9 + [PHOTO]},
            actions(*[button(action_id=f"{n}") for n in range(24)], full),
            actions(choices, grouped, {"type": "overflow", "options": [option()] * 5}),
            field(TYPED | {"max_length": 3000}, label=plain("x" * 2000)),
            {"type": "markdown", "text": "x" * 12_000},
            rich,
            PHOTO,
            *[{"type": "divider"}] * 41,
        ]
    )


def test_what_is_refused_is_never_read_further():
    broken = select(option(), initial_option="a", option_groups=["x"])
    assert message_problems([actions(broken)])


def test_an_action_id_may_come_back_in_another_block():
    assert not message_problems([actions(button(action_id="open"))] * 2)


def test_a_modal_at_its_limits_is_accepted():
    view = modal(
        title=plain("x" * 24),
        submit=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
        notify_on_close=True,
        blocks=[field(TYPED), field({"type": "file_input", "max_files": 10})],
    )
    assert not view_problems(view)


@pytest.mark.parametrize(("letters", "large"), [(249_000, False), (250_001, True)])
def test_a_view_has_a_size(letters: int, *, large: bool):
    assert too_large(modal(private_metadata="x" * letters)) is large
