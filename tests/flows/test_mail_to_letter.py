"""A mail becomes a dated record, staff confirm it in Slack, and the resident is answered."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.child import BoundedChild
from bot.triage import views
from intake.domain.case import Kind, Status
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import ALICE, BOB, TRIAGE
from tests.house import House, configured, open_house, slack_settings

BOTH = "There is damp in the hall. Nobody has come. Ring me on 07700 900123. Please send somebody."
MODES = ["socket", "http"]

pytestmark = pytest.mark.usefixtures("db")


async def arrange(house: House, slack: FakeSlack, mode: str) -> str:
    """Connect the house to Slack, take in the mail, and return the card's ts."""
    if mode == "http":
        slack.request_url = f"{house.web}/slack/oak"
    else:
        await slack.wait_for_socket()
    await house.send(BOTH)
    [card] = slack.messages(TRIAGE)
    return str(card["ts"])


@pytest.mark.parametrize("mode", MODES)
async def test_a_mail_is_triaged_and_acknowledged(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime, mode: str
):
    async with FakeSlack() as slack:
        known = configured(slack=slack_settings(slack, mode))
        async with open_house(db_url, tmp_path, child, now, known) as house:
            ts = await arrange(house, slack, mode)
            repair, grievance = sorted(house.cases(), key=lambda case: case.kind, reverse=True)
            assert (repair.kind, grievance.kind) == (Kind.SERVICE_REQUEST, Kind.COMPLAINT)
            shown = str(slack.message(TRIAGE, ts))
            assert "[PHONE 1]" in shown
            assert "900123" not in shown
            assert "Acknowledge by *Mon 9 Mar 2026*" in shown

            for answer in await slack.press(TRIAGE, ts, views.CONFIRM, user=ALICE, times=1):
                assert not answer.problems
            await slack.wait_for(lambda: slack.views)
            [form] = slack.views
            answers = await slack.submit(form["id"], user=ALICE, times=3)
            assert all(not answer.problems for answer in answers)
            await house.settle()

            [letter] = house.outbox()
            assert "There is damp in the hall." in letter
            assert "Monday 16 March 2026" in letter
            assert grievance.reference in letter
            assert repair.reference in letter
            assert "0300 111 3000" in letter
            states = {case.kind: case.status for case in house.cases()}
            assert states == {
                Kind.COMPLAINT: Status.ACKNOWLEDGED,
                Kind.SERVICE_REQUEST: Status.LOGGED,
            }
            assert "Respond by *Mon 16 Mar 2026*" in str(slack.message(TRIAGE, ts))
            assert len(slack.messages(TRIAGE)) == 1


@pytest.mark.parametrize("mode", MODES)
async def test_the_second_of_two_people_is_told_who_was_first(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime, mode: str
):
    async with FakeSlack() as slack:
        known = configured(slack=slack_settings(slack, mode))
        async with open_house(db_url, tmp_path, child, now, known) as house:
            ts = await arrange(house, slack, mode)
            await slack.press(TRIAGE, ts, views.CONFIRM, user=ALICE)
            await slack.press(TRIAGE, ts, views.CONFIRM, user=BOB)
            await slack.wait_for(lambda: len(slack.views) == 2)
            hers, his = slack.views
            await slack.submit(hers["id"], user=ALICE)
            await slack.submit(his["id"], user=BOB)
            assert f"<@{ALICE}>" in str(slack.views)
            await house.settle()
            assert len(house.outbox()) == 1
