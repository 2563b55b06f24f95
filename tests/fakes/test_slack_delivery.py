"""How things reach a real Bolt app: by Socket Mode and by signed HTTP alike."""

import asyncio

import aiohttp
import pytest

from tests.fakes.bolt import App, by_http, by_socket, opened
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import client_of
from tests.fakes.slack.errors import ImpossibleError
from tests.fakes.slack.workspace import ALICE, BOB, BOT_USER, TRIAGE


async def test_an_event_is_wrapped_and_its_repeats_are_marked(slack: FakeSlack, app: App):
    answers = await slack.event("member_joined_channel", channel=TRIAGE, user=BOB, times=3)
    assert all(answer.ok for answer in answers)
    assert len({body["event_id"] for body in app.heard}) == 1
    assert app.heard[0]["event"]["type"] == "member_joined_channel"
    assert app.heard[0]["authorizations"][0]["user_id"] == BOT_USER
    numbers = [headers.get("x-slack-retry-num") for headers in app.headers]
    first = ["0"] if slack.request_url is None else None
    assert numbers == [first, ["1"], ["2"]]


async def test_a_press_that_comes_three_times_is_the_same_press(
    slack: FakeSlack, app: App, card: str
):
    answers = await slack.press(TRIAGE, card, "confirm", times=3)
    assert [answer.attempt for answer in answers] == [0, 1, 2]
    assert app.heard == [app.heard[0]] * 3
    if slack.request_url is not None:
        assert not any("x-slack-retry-num" in headers for headers in app.headers)


async def test_an_app_that_cannot_keep_an_event_is_brought_it_again(slack: FakeSlack, app: App):
    app.silent, slack.patience = True, 0.2
    [lost] = await slack.event("message", event_id="Ev1", channel=TRIAGE, user=BOB, text="x")
    assert not lost.acknowledged
    app.silent, slack.patience = False, 3
    again = await slack.redeliver(lost)
    assert again.ok
    assert app.headers[1]["x-slack-retry-reason"] == [lost.retry_reason]
    assert lost.retry_reason == ("timeout" if slack.request_url is None else "http_error")
    assert [body["event_id"] for body in app.heard] == ["Ev1", "Ev1"]


async def test_an_interaction_without_an_answer_times_out(slack: FakeSlack, card: str):
    app = App(slack)
    app.silent, slack.patience = True, 0.2
    async with by_socket(slack, app):
        [answer] = await slack.press(TRIAGE, card, "confirm")
    assert (answer.timed_out, answer.ok, slack.acks) == (True, False, [])


async def test_acknowledgements_are_kept_with_what_they_say(slack: FakeSlack):
    app = App(slack)
    app.said = {"response_action": "errors", "errors": {"note": "no"}}
    async with by_socket(slack, app):
        await slack.submit(await opened(slack), {"note": "x"})
    [ack] = slack.acks
    [envelope] = slack.sockets.envelopes
    assert (ack.expected, ack.payload) == (True, app.said)
    assert ack.envelope_id == envelope["envelope_id"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", True)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")


async def test_the_app_comes_back_when_its_socket_is_to_be_refreshed(slack: FakeSlack):
    app = App(slack)
    async with by_socket(slack, app):
        await slack.sockets.ask_to_reconnect()
        await slack.wait_for_socket(made=2)
        await slack.wait_for(lambda: len(slack.sockets.open) == 1)
        [answer] = await slack.event("message", channel=TRIAGE, user=BOB, text="x")
        assert answer.ok
        await slack.sockets.drop()
        await slack.wait_for_socket(made=3)
    assert len(slack.called("apps.connections.open")) == 3


async def test_a_ticket_opens_one_socket_and_ten_are_enough(slack: FakeSlack):
    client = client_of(slack)
    async with aiohttp.ClientSession() as session:
        urls = [
            (await client.apps_connections_open(app_token=slack.app_token))["url"]
            for _ in range(11)
        ]
        sockets = [await session.ws_connect(url) for url in urls]
        said = [(await socket.receive_json()) for socket in sockets]
        assert [hello["num_connections"] for hello in said[:10]] == list(range(1, 11))
        assert said[10]["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(urls[0])
        await sockets[0].send_str("hello")
        await slack.wait_for(lambda: slack.sockets.noise == ["hello"])


async def test_nobody_connected_hears_nothing(slack: FakeSlack):
    with pytest.raises(ImpossibleError):
        await slack.event("message", channel=TRIAGE)
    delivery = slack.event_delivery("message", channel=TRIAGE)
    answer = await slack.deliver_http("http://127.0.0.1:1/slack/events", delivery)
    assert (answer.acknowledged, answer.retry_reason) == (False, "connection_failed")


async def test_a_forged_request_is_refused_by_the_app(slack: FakeSlack, card: str):
    app = App(slack)
    async with by_http(slack, app):
        assert slack.request_url is not None
        press = slack.press_delivery(TRIAGE, card, "confirm")
        forged = await slack.deliver_http(slack.request_url, press, secret="guess")
        old = await slack.deliver_http(slack.request_url, press, timestamp="1600000000")
        good = await slack.deliver_http(slack.request_url, press)
    assert (forged.status, old.status, good.status) == (401, 401, 200)
    assert len(app.heard) == 1


async def test_an_address_that_does_not_answer_times_out(slack: FakeSlack):
    slack.patience = 0.2
    slack.fail_next("auth.test", silence="hang")
    delivery = slack.event_delivery("message", channel=TRIAGE)
    answer = await slack.deliver_http(f"{slack.url}auth.test", delivery)
    assert (answer.timed_out, answer.ok, answer.problems) == (True, False, ())


async def test_a_press_takes_no_answer_but_an_acknowledgement(slack: FakeSlack, card: str):
    press = slack.press_delivery(TRIAGE, card, "confirm")
    answer = await slack.deliver_http(f"{slack.url}auth.test", press)  # any JSON will do
    assert answer.problems == ("no payload is accepted in the answer to this",)
    assert (answer.acknowledged, answer.ok) == (True, False)


async def test_two_people_can_press_at_once(slack: FakeSlack, app: App, card: str):
    presses = [slack.press(TRIAGE, card, "confirm", user=user) for user in (ALICE, BOB)]
    answers = await asyncio.gather(*presses)
    assert all(answer.ok for [answer] in answers)
    assert {body["user"]["id"] for body in app.heard} == {ALICE, BOB}
