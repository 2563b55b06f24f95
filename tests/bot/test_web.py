"""The public web: health, metrics, and Slack's door."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.child import BoundedChild
from intake.channels.source import Source
from intake.store.database import Database
from tests.fakes.slack import FakeSlack
from tests.house import House, configured, open_house, slack_settings

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[House]:
    known = configured(source=Source(landlord="oak", secret="s"))
    async with open_house(db_url, tmp_path, child, now, known) as opened:
        yield opened


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.web) as opened:
        yield opened


async def test_a_live_process_says_so(client: httpx.AsyncClient):
    assert (await client.get("/healthz")).text == "ok"


async def test_ready_means_that_what_arrives_can_be_kept(
    house: House, client: httpx.AsyncClient, db: Database
):
    answer = await client.get("/readyz")
    assert answer.json() == {"ready": True}
    house.later(seconds=1)
    assert (await client.get("/readyz")).status_code == 200
    house.later(seconds=1)
    await db.run(lambda session: session.execute(text('ALTER TABLE "job" RENAME TO lost')))
    try:
        broken = await client.get("/readyz")
        assert broken.status_code == 503
        assert broken.json()["ready"] is False
    finally:
        await db.run(lambda session: session.execute(text('ALTER TABLE lost RENAME TO "job"')))


async def test_the_figures_say_what_waits_and_what_is_overdue(
    house: House, client: httpx.AsyncClient
):
    await house.send("There is damp. Nobody has come.")
    house.now += timedelta(days=40)
    figures = (await client.get("/metrics")).text
    assert "heard_cases_awaiting_triage 2.0" in figures
    assert "heard_clocks_overdue 2.0" in figures
    assert "damp" not in figures


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("/slack/nobody", {}, 404, id="no such landlord"),
        pytest.param("/slack/oak", {}, 404, id="a landlord without Slack"),
    ],
)
async def test_slacks_door_is_shut_to_others(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
):
    assert (await client.post(path, headers=headers, content=b"{}")).status_code == status


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        pytest.param({}, b"{}", 401, id="not signed"),
        pytest.param({"X-Slack-Request-Timestamp": "soon"}, b"{}", 401, id="no number"),
        pytest.param(
            {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"}, b"{}", 401, id="forged"
        ),
        pytest.param(
            {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"},
            b"x" * 2_000_000,
            413,
            id="without end",
        ),
    ],
)
async def test_a_press_that_slack_did_not_sign_is_refused(
    db_url: str,
    tmp_path: Path,
    child: BoundedChild,
    now: datetime,
    headers: dict[str, str],
    body: bytes,
    status: int,
):
    async with FakeSlack() as slack:
        known = configured(slack=slack_settings(slack, "http"))
        async with (
            open_house(db_url, tmp_path, child, now, known) as house,
            httpx.AsyncClient(base_url=house.web) as client,
        ):
            answer = await client.post("/slack/oak", headers=headers, content=body)
            assert answer.status_code == status


async def test_a_mistyped_address_is_answered_in_words(client: httpx.AsyncClient):
    answer = await client.get("/contakt/oak")
    assert answer.status_code == 404
    assert "There is no form here" in answer.text
