"""What people do in Slack reaches a real Bolt app as Slack tells it."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import CARD, FORM, App, Json, opened, option, words
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.answers import take_answer
from tests.fakes.slack.client import client_of, refused, responder
from tests.fakes.slack.delivery import Answer
from tests.fakes.slack.errors import ImpossibleError
from tests.fakes.slack.fake import PressOptions
from tests.fakes.slack.inputs import fill
from tests.fakes.slack.workspace import ALICE, APP, BOB, TEAM, TRIAGE


async def test_a_press_arrives_as_slack_sends_it(slack: FakeSlack, app: App, card: str):
    [answer] = await slack.press(TRIAGE, card, "confirm", state={"reason": "no heating"})
    assert answer.ok
    [body] = app.heard
    assert body["user"] == {"id": ALICE, "username": "alice", "name": "alice", "team_id": TEAM}
    assert (body["type"], body["api_app_id"], body["team"]["id"]) == ("block_actions", APP, TEAM)
    assert body["channel"] == {"id": TRIAGE, "name": "triage"}
    assert body["container"]["message_ts"] == card
    assert body["message"] == slack.message(TRIAGE, card)
    assert body["state"]["values"]["why"]["reason"]["value"] == "no heating"
    [action] = body["actions"]
    assert action.pop("action_ts") > card
    assert action == {
        "type": "button",
        "action_id": "confirm",
        "block_id": "case-7",
        "value": "7",
        "text": {"type": "plain_text", "text": "Confirm", "emoji": True},
    }


async def test_a_choice_from_a_menu_is_in_the_action_and_the_state(
    slack: FakeSlack, app: App, card: str
):
    await slack.press(TRIAGE, card, "team", user=BOB, value="b")
    await slack.press(TRIAGE, card, "more", value="snooze")
    first, second = app.heard
    chosen = first["actions"][0]["selected_option"]
    assert chosen["value"] == "b"
    assert first["state"]["values"]["case-7"]["team"]["selected_option"] == chosen
    assert second["actions"][0]["selected_option"]["value"] == "snooze"
    assert second["state"]["values"]["case-7"] == {
        "team": {"type": "static_select", "selected_option": None}
    }
    assert first["trigger_id"] != second["trigger_id"]


@pytest.mark.parametrize(
    ("action", "how"),
    [
        pytest.param("nothing", {}, id="no such button"),
        pytest.param("confirm", {"block_id": "case-8"}, id="in another block"),
        pytest.param("confirm", {"user": "U0STRANGER"}, id="not in the channel"),
        pytest.param("team", {"value": "c"}, id="not offered"),
        pytest.param("confirm", {"state": {"wherefore": "x"}}, id="no such input"),
    ],
)
async def test_nobody_presses_what_is_not_there(
    slack: FakeSlack, card: str, action: str, how: PressOptions
):
    with pytest.raises(ImpossibleError):
        slack.press_delivery(TRIAGE, card, action, **how)
    with pytest.raises(ImpossibleError):
        slack.press_delivery(TRIAGE, "1.1", "confirm")


async def test_a_whispers_button_is_pressed_by_the_one_who_sees_it(slack: FakeSlack, app: App):
    client = client_of(slack)
    shown = await client.chat_postEphemeral(channel=TRIAGE, user=BOB, text="?", blocks=CARD)
    ts = shown["message_ts"]
    with pytest.raises(ImpossibleError):
        await slack.press(TRIAGE, ts, "confirm", user=ALICE)
    await slack.press(TRIAGE, ts, "confirm", user=BOB)
    assert app.heard[0]["container"]["is_ephemeral"]
    assert "message" not in app.heard[0]


async def test_a_trigger_opens_one_view_within_three_seconds(slack: FakeSlack):
    view_id = await opened(slack)
    assert [view["id"] for view in slack.views] == [view_id]
    used = list(slack.workspace.triggers)[-1]
    late = slack.workspace.issue_trigger(ALICE)
    slack.clock.forward(3.1)
    for trigger, error in (
        (used, "exchanged_trigger_id"),
        (late, "expired_trigger_id"),
        ("1.2.3", "invalid_trigger_id"),
    ):
        answer = await refused(slack, "views.open", trigger_id=trigger, view=FORM)
        assert answer["error"] == error


@pytest.mark.parametrize(
    ("more", "error"),
    [
        pytest.param({"title": words("x" * 25)}, "invalid_arguments", id="title"),
        pytest.param({"private_metadata": "x" * 250_001}, "view_too_large", id="size"),
        pytest.param({"external_id": "taken"}, "duplicate_external_id", id="external_id"),
    ],
)
async def test_a_view_beyond_a_limit_does_not_open(slack: FakeSlack, more: Json, error: str):
    await opened(slack, external_id="taken")
    trigger = slack.workspace.issue_trigger(ALICE)
    answer = await refused(slack, "views.open", trigger_id=trigger, view=FORM | more)
    assert answer["error"] == error
    answer = await refused(slack, "views.open", trigger_id=trigger, view="{")
    assert answer["error"] == "invalid_arguments"
    await client_of(slack).views_open(trigger_id=trigger, view=FORM)


async def test_a_view_is_updated_by_id_unless_it_changed_meanwhile(slack: FakeSlack):
    client, view_id = client_of(slack), await opened(slack, external_id="mine")
    [before] = slack.views
    after = FORM | {"title": words("Changed"), "external_id": "mine"}
    await client.views_update(view_id=view_id, view=after, hash=before["hash"])
    assert slack.views[0]["title"]["text"] == "Changed"
    stale = await refused(slack, "views.update", view_id=view_id, view=after, hash=before["hash"])
    assert stale["error"] == "hash_conflict"
    await client.views_update(external_id="mine", view=FORM)
    gone = await refused(slack, "views.update", view_id="V0", view=FORM)
    assert gone["error"] == "not_found"


async def test_a_submission_carries_what_was_entered(slack: FakeSlack, app: App):
    view_id = await opened(slack)
    [answer] = await slack.submit(view_id, {"note": "mould", "tags.pick": ["damp"]})
    assert answer.ok
    [body] = app.heard
    assert (body["type"], body["view"]["private_metadata"]) == ("view_submission", "7")
    values = body["view"]["state"]["values"]
    assert values["note"]["note.text"] == {"type": "plain_text_input", "value": "mould"}
    assert values["kind"]["kind.pick"]["selected_option"]["value"] == "comment"
    assert [o["value"] for o in values["tags"]["tags.pick"]["selected_options"]] == ["damp"]
    assert not slack.views


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="a required input left empty"),
        pytest.param({"note": ""}, id="emptied"),
        pytest.param({"note": "x" * 21}, id="too long"),
        pytest.param({"note": "x", "kind": None}, id="nothing chosen"),
        pytest.param({"note": "x", "kind": "praise"}, id="not offered"),
        pytest.param({"note": "x", "title": "x"}, id="no such input"),
    ],
)
async def test_slacks_client_does_not_submit_what_is_not_filled_in(
    slack: FakeSlack, values: dict[str, str | None]
):
    view_id = await opened(slack)
    with pytest.raises(ImpossibleError):
        slack.submit_delivery(view_id, values)
    with pytest.raises(ImpossibleError):
        slack.submit_delivery(view_id, {"note": "x"}, user=BOB)
    assert slack.views


@pytest.mark.parametrize(
    ("said", "titles", "problems"),
    [
        pytest.param({}, [], (), id="close"),
        pytest.param({"response_action": "clear"}, [], (), id="clear"),
        pytest.param(
            {"response_action": "errors", "errors": {"note": "too short"}},
            ["Change"],
            (),
            id="errors",
        ),
        pytest.param(
            {"response_action": "errors", "errors": {"nowhere": "x"}},
            ["Change"],
            ("no input block to show an error at: nowhere",),
            id="errors at no input",
        ),
        pytest.param(
            {"response_action": "update", "view": FORM | {"title": words("Next")}},
            ["Next"],
            (),
            id="update",
        ),
        pytest.param(
            {"response_action": "push", "view": FORM | {"title": words("Next")}},
            ["Change", "Next"],
            (),
            id="push",
        ),
        pytest.param(
            {"response_action": "push", "view": FORM | {"title": words("x" * 25)}},
            ["Change"],
            (
                "invalid_arguments",
                "must be less than 25 characters [json-pointer:/view/title/text]",
            ),
            id="push what is refused",
        ),
    ],
)
async def test_the_answer_to_a_submission_is_done(
    app: App, said: Json, *, titles: list[str], problems: tuple[str, ...], slack: FakeSlack
):
    app.said = said
    [answer] = await slack.submit(await opened(slack), {"note": "x"})
    assert (answer.problems, answer.ok) == (problems, not problems)
    assert [view["title"]["text"] for view in slack.views] == titles


async def test_an_answer_nobody_knows_is_a_problem(slack: FakeSlack):
    view_id = await opened(slack)
    submitted = slack.submit_delivery(view_id, {"note": "x"})
    none = {"response_action": "errors", "errors": {}}
    for payload in (none, {"response_action": "vanish"}, {"text": "thank you"}):
        answer = Answer(delivery=submitted, acknowledged=True, payload=payload)
        assert take_answer(slack.workspace, answer)


async def test_a_modal_without_a_button_is_not_submitted(slack: FakeSlack):
    view_id = await opened(slack, submit=None, blocks=[{"type": "divider"}])
    with pytest.raises(ImpossibleError):
        slack.submit_delivery(view_id)


async def test_a_press_in_a_thread_says_so(slack: FakeSlack, client: AsyncWebClient, card: str):
    reply = await client.chat_postMessage(
        channel=TRIAGE, text="Case 7", blocks=CARD, thread_ts=card, reply_broadcast=True
    )
    payload = slack.press_delivery(TRIAGE, reply["ts"], "confirm").payload
    assert payload["container"]["thread_ts"] == card
    history = await client.conversations_history(channel=TRIAGE)
    assert [message["ts"] for message in history["messages"]] == [reply["ts"], card]


def test_every_kind_of_input_can_be_filled_in():
    groups = [{"label": words("x"), "options": [option("damp"), option("asb")]}]
    chooser = {"type": "multi_static_select", "action_id": "tags", "option_groups": groups}
    blocks: list[Json] = [
        {"type": "section", "block_id": "a", "accessory": chooser},
        {"type": "input", "block_id": "b", "element": {"type": "datepicker", "action_id": "day"}},
        {"type": "input", "block_id": "c", "element": {"type": "users_select", "action_id": "who"}},
    ]
    state = fill(blocks, {"tags": "asb", "day": "2026-12-24", "who": {"selected_user": BOB}})
    assert state == {
        "a": {"tags": {"type": "multi_static_select", "selected_options": [option("asb")]}},
        "b": {"day": {"type": "datepicker", "selected_date": "2026-12-24"}},
        "c": {"who": {"type": "users_select", "selected_user": BOB}},
    }


async def test_a_closed_modal_is_told_of_if_asked(slack: FakeSlack, app: App):
    await slack.close_view(await opened(slack))
    assert [body["type"] for body in app.heard] == ["view_closed"]
    assert await slack.close_view(await opened(slack, notify_on_close=False)) == []
    assert not slack.views


async def test_a_button_in_a_modal_can_be_pressed(slack: FakeSlack, app: App):
    view_id = await opened(slack)
    [answer] = await slack.press_in_view(view_id, "again", state={"note": "x"})
    assert answer.ok
    [body] = app.heard
    assert body["container"] == {"type": "view", "view_id": view_id}
    assert body["view"]["state"]["values"]["note"]["note.text"]["value"] == "x"


async def test_a_response_url_works_five_times_in_half_an_hour(slack: FakeSlack, card: str):
    payload = slack.press_delivery(TRIAGE, card, "confirm").payload
    respond = responder(payload).send
    for _ in range(5):
        assert (await respond(text="Bob was first")).status_code == 200
    sixth = await respond(text="again")
    assert (sixth.status_code, "used_url" in sixth.body) == (404, True)
    payload = slack.press_delivery(TRIAGE, card, "confirm").payload
    slack.clock.forward(30 * 60 + 1)
    late = await responder(payload).send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)
    assert [shown.user for shown in slack.ephemerals] == [ALICE] * 5
    assert len(slack.responses) == 7


async def test_a_response_can_replace_delete_and_speak_to_all(slack: FakeSlack, card: str):
    payload = slack.press_delivery(TRIAGE, card, "confirm").payload
    respond = responder(payload).send
    await respond(text="Done", replace_original=True)
    assert "blocks" not in slack.message(TRIAGE, card)
    await respond(text="Everybody", response_type="in_channel")
    assert (await respond(blocks=[{"type": "slider"}])).status_code == 400
    slack.fail_next("response_url", status=500)
    assert (await respond(text="x")).status_code == 500
    await respond(delete_original=True)
    assert [message["text"] for message in slack.messages()] == ["Everybody"]
