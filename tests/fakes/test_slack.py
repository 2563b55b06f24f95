"""The fake's Web API, called by the real client, is as strict as Slack's."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import client_of, refused
from tests.fakes.slack.workspace import (
    ALICE,
    BOB,
    BOT_USER,
    ELSEWHERE,
    TRIAGE,
    Channel,
)

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Damp*"}}
BUTTON = {
    "type": "button",
    "action_id": "case.confirm",
    "value": "7",
    "text": {"type": "plain_text", "text": "Confirm"},
}
CARD: list[dict[str, Any]] = [
    SECTION,
    {"type": "actions", "block_id": "case-7", "elements": [BUTTON]},
]
LONG_AGO = "1.000001"


async def post(client: AsyncWebClient, **args: object) -> str:
    message = {"channel": TRIAGE, "text": "Case 7", **args}
    return str((await client.api_call("chat.postMessage", json=message))["ts"])


async def test_a_post_stands_in_the_channel_with_an_id_for_every_part(
    slack: FakeSlack, client: AsyncWebClient
):
    answer = await client.chat_postMessage(channel=TRIAGE, text="Case 7", blocks=CARD)
    kept = slack.message(TRIAGE, answer["ts"])
    assert slack.messages() == [kept] == [answer["message"]]
    assert kept["user"] == BOT_USER
    assert kept["blocks"][0]["block_id"]
    assert kept["blocks"][1]["elements"][0] == BUTTON | {
        "text": {"type": "plain_text", "text": "Confirm", "emoji": True}
    }


async def test_calls_are_kept_in_order_as_they_came(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client, blocks=CARD)
    await client.auth_test()
    await refused(slack, "chat.update", channel=TRIAGE, ts=LONG_AGO, text="x")
    assert [(call.method, call.status) for call in slack.calls] == [
        ("chat.postMessage", 200),
        ("auth.test", 200),
        ("chat.update", 200),
    ]
    assert slack.called("chat.postMessage")[0]["blocks"] == CARD
    assert slack.calls[0].answer["ts"] == ts
    assert slack.calls[2].answer == {"ok": False, "error": "message_not_found"}


async def test_a_form_is_read_like_json(slack: FakeSlack, client: AsyncWebClient):
    blocks = '[{"type": "divider"}]'
    form = {"channel": TRIAGE, "text": "Case 7", "blocks": blocks}
    await client.api_call("chat.postMessage", data=form)
    assert slack.messages()[0]["blocks"][0]["type"] == "divider"
    form["blocks"] = "[{"
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await client.api_call("chat.postMessage", data=form)


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        pytest.param("", "auth.test", "not_authed", id="none"),
        pytest.param("xoxb-2-other", "auth.test", "invalid_auth", id="unknown"),
        pytest.param(
            FakeSlack.app_token, "auth.test", "not_allowed_token_type", id="the app's, for a bot"
        ),
        pytest.param(
            FakeSlack.bot_token,
            "apps.connections.open",
            "not_allowed_token_type",
            id="the bot's, for a socket",
        ),
        pytest.param(FakeSlack.bot_token, "chat.postMesage", "unknown_method", id="no such method"),
    ],
)
async def test_a_call_needs_the_right_token(slack: FakeSlack, token: str, method: str, error: str):
    assert (await refused(slack, method, token=token))["error"] == error


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("chat.postMessage", "chat:write"),
        ("chat.update", "chat:write"),
        ("chat.delete", "chat:write"),
        ("chat.postEphemeral", "chat:write"),
        ("conversations.history", "groups:history"),
        ("conversations.replies", "groups:history"),
        ("conversations.members", "groups:read"),
        ("users.info", "users:read"),
        ("reactions.add", "reactions:write"),
    ],
)
async def test_a_call_needs_its_scope(slack: FakeSlack, method: str, scope: str):
    slack.scopes.remove(scope)
    answer = await refused(slack, method, channel=TRIAGE)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"]


async def test_reading_a_public_channel_needs_another_scope(slack: FakeSlack):
    slack.scopes.remove("channels:history")
    answer = await refused(slack, "conversations.history", channel=ELSEWHERE)
    assert answer["needed"] == "channels:history"


async def test_opening_a_socket_needs_its_scope(slack: FakeSlack):
    slack.server.scopes[slack.app_token].clear()
    answer = await refused(slack, "apps.connections.open", token=slack.app_token)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "connections:write")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        pytest.param("C0NOWHERE1", "channel_not_found", id="no such channel"),
        pytest.param("C0SECRET01", "channel_not_found", id="private, without the bot"),
        pytest.param(ELSEWHERE, "not_in_channel", id="public, without the bot"),
        pytest.param("C0OLD00001", "is_archived", id="archived"),
    ],
)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.postEphemeral"])
async def test_the_bot_must_be_in_the_channel(
    slack: FakeSlack, method: str, channel: str, error: str
):
    slack.workspace.add_channel(Channel(id="C0SECRET01", name="secret", members={ALICE}))
    slack.workspace.add_channel(
        Channel(id="C0OLD00001", name="old", members={BOT_USER}, archived=True)
    )
    answer = await refused(slack, method, channel=channel, ts="1.1", user=ALICE, text="x")
    assert answer["error"] == error


async def test_a_missing_argument_is_named(slack: FakeSlack):
    answer = await refused(slack, "chat.update", channel=TRIAGE)
    assert answer["error"] == "invalid_arguments"
    assert "missing required field: ts" in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({}, "no_text", id="nothing"),
        pytest.param({"text": "", "blocks": []}, "no_text", id="emptiness"),
        pytest.param({"text": "x" * 40_001}, "msg_too_long", id="too much text"),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "case"}},
            "invalid_metadata_schema",
            id="schema",
        ),
        pytest.param({"text": "x", "metadata": "{"}, "invalid_metadata_format", id="format"),
        pytest.param({"text": "x", "metadata": [1]}, "invalid_metadata_format", id="array"),
    ],
)
async def test_a_post_must_say_something_that_fits(
    slack: FakeSlack, args: dict[str, Any], error: str
):
    answer = await refused(slack, "chat.postMessage", channel=TRIAGE, **args)
    assert answer["error"] == error
    assert not slack.messages()


async def test_refused_blocks_are_named_with_their_limit(slack: FakeSlack):
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    answer = await refused(slack, "chat.postMessage", channel=TRIAGE, text="x", blocks=[long])
    assert answer["error"] == "invalid_blocks"
    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {said}"]


@pytest.mark.parametrize(("letters", "fits"), [(2640, True), (2641, False)])
async def test_all_blocks_together_have_a_limit_too(slack: FakeSlack, letters: int, *, fits: bool):
    text = {"type": "plain_text", "text": "x" * letters}
    blocks = [{"type": "section", "text": text}] * 5
    if fits:
        await post(client_of(slack), blocks=blocks)
    else:
        answer = await refused(slack, "chat.postMessage", channel=TRIAGE, text="x", blocks=blocks)
        assert answer["error"] == "msg_blocks_too_long"


async def test_text_alone_takes_the_blocks_away(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client, blocks=CARD)
    await client.chat_update(channel=TRIAGE, ts=ts, text="Closed")
    assert "blocks" not in slack.message(TRIAGE, ts)
    assert slack.message(TRIAGE, ts)["edited"]["user"] == BOT_USER


async def test_an_update_with_blocks_shows_no_edit(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client)
    await client.chat_update(channel=TRIAGE, ts=ts, text="Logged", blocks=CARD)
    changed = slack.message(TRIAGE, ts)
    assert (changed["text"], len(changed["blocks"])) == ("Logged", 2)
    assert "edited" not in changed


async def test_metadata_stays_until_it_is_emptied(slack: FakeSlack, client: AsyncWebClient):
    metadata = {"event_type": "case", "event_payload": {"outbox_id": "9"}}
    ts = await post(client, metadata=metadata)
    await client.chat_update(channel=TRIAGE, ts=ts, text="Logged")
    assert slack.message(TRIAGE, ts)["metadata"] == metadata
    await client.api_call("chat.update", json={"channel": TRIAGE, "ts": ts, "metadata": {}})
    assert "metadata" not in slack.message(TRIAGE, ts)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({"ts": LONG_AGO, "text": "x"}, "message_not_found", id="unknown"),
        pytest.param({"ts": "2.1", "text": "x"}, "cant_update_message", id="another's"),
        pytest.param({"ts": "3.1"}, "no_text", id="nothing new"),
        pytest.param({"ts": "3.1", "text": "x" * 4001}, "msg_too_long", id="too long"),
    ],
)
async def test_an_update_needs_a_message_of_the_bots(
    slack: FakeSlack, args: dict[str, str], error: str
):
    there = slack.workspace.channels[TRIAGE].messages
    there["2.1"] = {"ts": "2.1", "user": BOB, "text": "hello"}
    there["3.1"] = {"ts": "3.1", "user": BOT_USER, "bot_id": "B0HEARDBOT", "text": "hello"}
    assert (await refused(slack, "chat.update", channel=TRIAGE, **args))["error"] == error
    assert there["3.1"]["text"] == "hello"


async def test_a_message_is_deleted_once(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client)
    await client.chat_delete(channel=TRIAGE, ts=ts)
    assert not slack.messages()
    answer = await refused(slack, "chat.delete", channel=TRIAGE, ts=ts)
    assert answer["error"] == "message_not_found"


async def test_a_whisper_reaches_one_person_and_cannot_be_updated(
    slack: FakeSlack, client: AsyncWebClient
):
    answer = await client.chat_postEphemeral(channel=TRIAGE, user=ALICE, text="Bob was first")
    [shown] = slack.ephemerals
    assert (shown.user, shown.message["text"]) == (ALICE, "Bob was first")
    assert not slack.messages()
    ts = answer["message_ts"]
    gone = await refused(slack, "chat.update", channel=TRIAGE, ts=ts, text="x")
    assert gone["error"] == "message_not_found"
    stranger = await refused(
        slack, "chat.postEphemeral", channel=TRIAGE, user="U0STRANGER", text="x"
    )
    assert stranger["error"] == "user_not_in_channel"


async def test_history_shows_metadata_on_request_and_threads_apart(client: AsyncWebClient):
    metadata = {"event_type": "case", "event_payload": {"outbox_id": "9"}}
    first = await post(client, metadata=metadata)
    reply = await post(client, thread_ts=first, metadata=metadata)
    last = await post(client)
    plain = await client.conversations_history(channel=TRIAGE)
    assert [message["ts"] for message in plain["messages"]] == [last, first]
    assert "metadata" not in plain["messages"][1]
    full = await client.conversations_history(
        channel=TRIAGE, include_all_metadata=True, latest=first, inclusive=True
    )
    assert [message["metadata"] for message in full["messages"]] == [metadata]
    thread = await client.conversations_replies(channel=TRIAGE, ts=first, include_all_metadata=True)
    assert [message["ts"] for message in thread["messages"]] == [first, reply]
    assert thread["messages"][0]["reply_count"] == 1


async def test_history_comes_in_pages(slack: FakeSlack, client: AsyncWebClient):
    posted = [await post(client) for _ in range(3)]
    page = await client.conversations_history(channel=TRIAGE, limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=TRIAGE, limit=2, cursor=cursor)
    seen = [m["ts"] for m in [*page["messages"], *rest["messages"]]]
    assert (seen, page["has_more"], rest["has_more"]) == (posted[::-1], True, False)
    bad = await refused(slack, "conversations.history", channel=TRIAGE, cursor="x")
    assert bad["error"] == "invalid_cursor"


async def test_people_can_be_looked_up(slack: FakeSlack, client: AsyncWebClient):
    members = await client.conversations_members(channel=TRIAGE)
    assert members["members"] == sorted([ALICE, BOB, BOT_USER])
    assert (await client.users_info(user=ALICE))["user"]["profile"]["display_name"] == "alice"
    assert (await client.auth_test())["user_id"] == BOT_USER
    assert (await refused(slack, "users.info", user="U0STRANGER"))["error"] == "user_not_found"
    unseen = await refused(slack, "conversations.members", channel="C0NOWHERE1")
    assert unseen["error"] == "channel_not_found"


async def test_a_reaction_is_added_once(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client)
    tick = {"channel": TRIAGE, "timestamp": ts, "name": "white_check_mark"}
    await client.reactions_add(**tick)
    assert slack.message(TRIAGE, ts)["reactions"][0]["name"] == "white_check_mark"
    assert (await refused(slack, "reactions.add", **tick))["error"] == "already_reacted"
    coloned = await refused(slack, "reactions.add", **tick | {"name": ":tick:"})
    assert coloned["error"] == "invalid_name"


async def test_a_permalink_needs_a_message(slack: FakeSlack, client: AsyncWebClient):
    ts = await post(client)
    link = await client.chat_getPermalink(channel=TRIAGE, message_ts=ts)
    assert link["permalink"].endswith(f"{TRIAGE}/p{ts.replace('.', '')}")
    answer = await refused(slack, "chat.getPermalink", channel=TRIAGE, message_ts=LONG_AGO)
    assert answer["error"] == "message_not_found"
