"""The fake's limits on speed, and its faults on demand."""

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import refused
from tests.fakes.slack.workspace import BOT_USER, ELSEWHERE, TRIAGE


async def post(client: AsyncWebClient, **args: object) -> str:
    message = {"channel": TRIAGE, "text": "Case 7", **args}
    return str((await client.api_call("chat.postMessage", json=message))["ts"])


async def test_a_channel_takes_one_post_a_second_after_a_short_burst(
    slack: FakeSlack, client: AsyncWebClient
):
    for _ in range(4):
        await post(client)
    too_many = await refused(slack, "chat.postMessage", channel=TRIAGE, text="x")
    assert (too_many.status_code, too_many["error"]) == (429, "ratelimited")
    assert too_many.headers["Retry-After"] == "1"
    slack.clock.forward(1)
    await post(client)
    await refused(slack, "chat.postMessage", channel=TRIAGE, text="x")
    slack.workspace.channels[ELSEWHERE].members.add(BOT_USER)
    await client.chat_postMessage(channel=ELSEWHERE, text="another channel")
    slack.rate.enforced = False
    await post(client)
    assert len(slack.messages()) == 6


@pytest.mark.parametrize(
    ("status", "error"), [(500, "internal_error"), (429, "ratelimited"), (200, "fatal_error")]
)
async def test_a_call_can_be_made_to_fail(
    slack: FakeSlack, client: AsyncWebClient, status: int, error: str
):
    slack.fail_next("chat.postMessage", times=2, status=status, error=error, retry_after=7)
    for _ in range(2):
        answer = await refused(slack, "chat.postMessage", channel=TRIAGE, text="x")
        assert (answer.status_code, answer["error"]) == (status, error)
        assert answer.headers.get("Retry-After") == ("7" if status == 429 else None)
    assert not slack.messages()
    await post(client)


@pytest.mark.parametrize(("done", "posted"), [(True, 1), (False, 0)])
async def test_a_connection_can_be_cut_with_the_outcome_unknown(
    slack: FakeSlack, client: AsyncWebClient, posted: int, *, done: bool
):
    slack.fail_next("chat.postMessage", silence="disconnect", done=done)
    with pytest.raises(aiohttp.ClientError):
        await post(client)
    assert len(slack.messages()) == posted


async def test_the_clients_own_retry_after_a_cut_posts_twice(slack: FakeSlack):
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.url)
    client.proxy = None
    slack.fail_next("chat.postMessage", silence="disconnect", done=True)
    await post(client)
    assert len(slack.messages()) == 2


async def test_an_answer_can_hang_although_the_work_is_done(
    slack: FakeSlack, client: AsyncWebClient
):
    slack.fail_next("chat.postMessage", silence="hang", done=True)
    posting = asyncio.ensure_future(post(client))
    assert (await slack.wait_for_call("chat.postMessage"))["text"] == "Case 7"
    await slack.wait_for_message()
    assert not posting.done()
    posting.cancel()


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_what_is_not_json_is_no_call(slack: FakeSlack, body: str):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{slack.url}chat.postMessage", data=body) as answer,
    ):
        assert answer.status == 400
    assert not slack.calls
