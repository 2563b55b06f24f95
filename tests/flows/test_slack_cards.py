"""Cards and presses in Slack when Slack, or somebody, does not do as expected."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiosmtplib
import pytest

from bot.child import BoundedChild
from bot.triage import views
from intake.channels.source import Source
from intake.domain.case import Kind, Status
from intake.store.jobs import NewJob, enqueue
from tests.builders import landlord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import ALICE, BOB, TRIAGE
from tests.house import House, configured, open_house, slack_settings

pytestmark = pytest.mark.usefixtures("db")
BOTH = "There is damp in the hall. Nobody has come. Please send somebody."


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime, slack: FakeSlack
) -> AsyncIterator[House]:
    known = configured(
        slack=slack_settings(slack, "socket"),
        source=Source(landlord="oak", secret="s", body_only=True),
        oak=landlord(undo=timedelta(seconds=60)),
    )
    async with open_house(db_url, tmp_path, child, now, known) as opened:
        await slack.wait_for_socket()
        yield opened


async def card(house: House, slack: FakeSlack, text: str = BOTH) -> str:
    await house.send(text)
    return str(slack.messages(TRIAGE)[-1]["ts"])


async def confirm(slack: FakeSlack, ts: str, user: str = ALICE) -> None:
    await slack.press(TRIAGE, ts, views.CONFIRM, user=user)
    await slack.wait_for(lambda: slack.views)
    await slack.submit(slack.views[-1]["id"], user=user)


def statuses(house: House) -> dict[Kind, Status]:
    return {case.kind: case.status for case in house.cases()}


async def test_a_repair_is_confirmed_by_the_press_alone(house: House, slack: FakeSlack):
    ts = await card(house, slack, "There is damp in the hall.")
    [first, *_] = await slack.press(TRIAGE, ts, views.CONFIRM, user=ALICE, times=3)
    assert first.acknowledged
    assert not slack.views
    await house.settle()
    assert statuses(house) == {Kind.SERVICE_REQUEST: Status.LOGGED}
    assert f"Confirmed by <@{ALICE}>" in str(slack.message(TRIAGE, ts))


async def test_a_message_is_changed_into_what_it_is(house: House, slack: FakeSlack):
    ts = await card(house, slack, "There is damp in the hall.")
    await slack.press(TRIAGE, ts, views.CHANGE, user=ALICE)
    await slack.wait_for(lambda: slack.views)
    filled = {"kinds": ["complaint"], "issues": "Damp", "outcome": "A visit"}
    await slack.submit(slack.views[0]["id"], filled, user=ALICE)
    await house.settle()
    assert statuses(house) == {
        Kind.SERVICE_REQUEST: Status.RECORDED_IN_ERROR,
        Kind.COMPLAINT: Status.LOGGED,
    }


async def test_a_complaint_without_issues_is_said_so_in_the_form(house: House, slack: FakeSlack):
    ts = await card(house, slack, "There is damp in the hall.")
    await slack.press(TRIAGE, ts, views.CHANGE, user=ALICE)
    await slack.wait_for(lambda: slack.views)
    filled = {"kinds": ["complaint"], "issues": "", "outcome": "A visit"}
    [answer] = await slack.submit(slack.views[0]["id"], filled, user=ALICE)
    assert answer.payload is not None
    assert answer.payload["response_action"] == "errors"
    assert set(answer.payload["errors"]) == {"issues"}
    assert statuses(house) == {Kind.SERVICE_REQUEST: Status.AWAITING_TRIAGE}


async def test_the_acknowledgement_is_seen_in_the_form_before_it_goes(
    house: House, slack: FakeSlack
):
    ts = await card(house, slack)
    await slack.press(TRIAGE, ts, views.CONFIRM, user=ALICE)
    await slack.wait_for(lambda: slack.views)
    filled = {"issues": "Nobody came", "outcome": "A visit", "see": ["see"]}
    [answer] = await slack.submit(slack.views[0]["id"], filled, user=ALICE)
    assert not answer.problems
    assert Status.AWAITING_TRIAGE in statuses(house).values()
    form = slack.views[0]
    assert "WHAT WE UNDERSTAND YOUR COMPLAINT TO BE" in str(form["blocks"])
    [answer] = await slack.submit(form["id"], filled, user=ALICE)
    assert not answer.problems
    await house.settle()
    assert statuses(house)[Kind.COMPLAINT] is Status.LOGGED


async def test_undo_in_slack_takes_the_letter_back(house: House, slack: FakeSlack):
    ts = await card(house, slack)
    await confirm(slack, ts)
    await house.settle()
    await slack.press(TRIAGE, ts, views.UNDO, user=BOB, times=2)
    house.later(minutes=10)
    await house.settle()
    assert house.outbox() == []
    assert set(statuses(house).values()) == {Status.AWAITING_TRIAGE}


async def test_undo_after_the_letter_left_is_refused_to_that_person_alone(
    house: House, slack: FakeSlack
):
    ts = await card(house, slack)
    await confirm(slack, ts)
    await house.settle()
    late = slack.press_delivery(TRIAGE, ts, views.UNDO, user=BOB)
    house.later(minutes=10)
    await house.settle()
    await slack.deliver(late)
    await slack.wait_for(lambda: slack.responses)
    [told] = slack.responses
    assert told["response_type"] == "ephemeral"
    assert "Not done" in told["text"]
    assert len(house.outbox()) == 1


async def test_who_cannot_be_reached_by_mail_is_told_another_way(house: House, slack: FakeSlack):
    await house.send(BOTH, **{"Reply-To": "no-reply@example.org"})
    ts = str(slack.messages(TRIAGE)[0]["ts"])
    await confirm(slack, ts)
    await house.settle()
    assert "cannot go by e-mail" in str(slack.message(TRIAGE, ts))
    await slack.press(TRIAGE, ts, views.MARK_SENT, user=ALICE)
    await house.settle()
    assert statuses(house)[Kind.COMPLAINT] is Status.ACKNOWLEDGED


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"error": "not_in_channel"}, {"silence": "disconnect"}],
    ids=["a fault of Slack's", "not in the channel", "no answer"],
)
async def test_a_card_that_slack_does_not_take_is_posted_later_and_once(
    house: House, slack: FakeSlack, fault: dict[str, object]
):
    slack.fail_next("chat.postMessage", times=3, **fault)  # type: ignore[arg-type] # one of its faults
    await house.send(BOTH)
    assert slack.messages(TRIAGE) == []
    for _ in range(3):
        house.later(minutes=20)
        await house.settle()
    assert len(slack.messages(TRIAGE)) == 1


async def test_a_card_that_was_posted_though_nobody_heard_so_is_found_again(
    house: House, slack: FakeSlack
):
    slack.fail_next("chat.postMessage", silence="disconnect", done=True)
    house.now = datetime.fromtimestamp(slack.clock.now, tz=house.now.tzinfo)
    await house.send(BOTH)
    house.later(minutes=20)
    await house.settle()
    assert len(slack.messages(TRIAGE)) == 1


async def test_work_that_was_given_up_is_told_to_staff_in_slack(house: House, slack: FakeSlack):
    alert = NewJob(
        landlord="oak",
        kind="alert",
        key="1",
        run_at=house.now,
        payload={"of": "assess", "what": "given up"},
    )
    await house.record.db.run(enqueue, alert)
    await house.settle()
    [told] = slack.messages(TRIAGE)
    assert "no case was opened" in str(told)


async def test_the_card_of_a_message_with_two_cases_hangs_once(house: House, slack: FakeSlack):
    await house.send(BOTH)
    assert len(slack.called("chat.postMessage")) == 1


async def test_what_cannot_be_read_is_shown_to_staff_without_its_words(
    house: House, slack: FakeSlack
):
    host, _, port = house.mail.rpartition(":")
    await aiosmtplib.send(
        b"\x00\xff Mrs Jones",
        sender="jo@example.org",
        recipients=["help@oak.example"],
        hostname=host,
        port=int(port),
        start_tls=False,
    )
    await house.settle()
    [pen] = slack.messages(TRIAGE)
    assert "Could not be read" in str(pen)
    assert "Jones" not in str(pen)


async def test_a_hazard_stands_first_on_its_card(house: House, slack: FakeSlack):
    ts = await card(house, slack, "There is a smell of gas.")
    blocks = slack.message(TRIAGE, ts)["blocks"]
    assert blocks[0]["type"] == "header"
    assert "EMERGENCY" in blocks[0]["text"]["text"]


async def test_a_residents_words_cannot_call_people_or_make_links(house: House, slack: FakeSlack):
    words = "There is damp. <!channel> <@U1> <https://evil.example|click> *bold*"
    ts = await card(house, slack, words)
    blocks = slack.message(TRIAGE, ts)["blocks"]
    holding = [b["text"] for b in blocks if b["type"] == "section" and "<!channel>" in str(b)]
    assert [text["type"] for text in holding] == ["plain_text"]


async def test_a_notification_says_no_words_of_the_resident(house: House, slack: FakeSlack):
    ts = await card(house, slack)
    assert "damp" not in slack.message(TRIAGE, ts)["text"]


@pytest.mark.usefixtures("house")
async def test_an_event_that_nobody_asked_for_is_no_failure(slack: FakeSlack):
    [answer] = await slack.event("reaction_added", reaction="eyes", user=ALICE)
    assert answer.acknowledged
