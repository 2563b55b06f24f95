"""The other two doors: a web form and a signed notice of a public post become cards too."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, text

from bot.child import BoundedChild
from bot.triage.views import triage_card
from intake.channels.source import Source
from intake.domain.case import Kind
from intake.domain.summary import MessageSummary
from intake.store.database import Database
from intake.store.tables import MessageRow, PartyRow
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
SECRET = "between the tool and us"


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[House]:
    known = configured(source=Source(landlord="oak", secret=SECRET))
    async with open_house(db_url, tmp_path, child, now, known) as opened:
        yield opened


async def see(house: House) -> MessageSummary:
    await house.settle()
    return await house.heard.presses("oak").see(1)


async def notify(house: House, post: Mapping[str, object], to: str = "posts") -> httpx.Response:
    raw = json.dumps(post).encode()
    stamp = str(int(house.now.timestamp()))
    digest = hmac.new(SECRET.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    headers = {"X-Timestamp": stamp, "X-Signature": f"sha256={digest}"}
    async with httpx.AsyncClient(base_url=house.web) as tool:
        return await tool.post(f"/hooks/{to}", content=raw, headers=headers)


def post_of(house: House, **changed: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "id": "p1",
        "text": "There is damp and nobody has come. Ring 07700 900123",
        "author": "@mould_flat",
        "public": True,
        "posted_at": (house.now - timedelta(days=3)).isoformat(),
        "permalink": "https://social.example/p1",
        "picture": True,
    }
    return facts | changed


async def test_a_public_post_is_dated_from_its_posting_and_shown_redacted(house: House):
    answer = await notify(house, post_of(house))
    assert answer.status_code == 202
    message = await see(house)
    shown = str(triage_card(message, now=house.now).blocks)
    assert "Public post" in shown
    assert "900123" not in shown
    assert "picture not checked" in shown
    assert "https://social.example/p1" in shown
    assert message.received_at == house.now - timedelta(days=3)
    assert {case.kind for case in message.cases} == {Kind.COMPLAINT, Kind.SERVICE_REQUEST}


async def test_a_notice_made_three_times_is_one_message(house: House):
    answers = [await notify(house, post_of(house)) for _ in range(3)]
    assert len({answer.json()["reference"] for answer in answers}) == 1
    await house.settle()
    assert len(house.cases()) == 2


async def test_a_post_from_tomorrow_is_received_today(house: House):
    await notify(house, post_of(house, posted_at=(house.now + timedelta(days=1)).isoformat()))
    assert (await see(house)).received_at == house.now


async def test_who_fills_in_the_form_is_answered_under_its_reference(house: House):
    async with httpx.AsyncClient(base_url=house.web) as resident:
        filled = {"what_happened": "Nobody has come.", "put_right": "A visit", "for_whom": "my mum"}
        answer = await resident.post("/contact/oak", data=filled)
    assert answer.status_code == 202
    message = await see(house)
    assert message.reference in answer.text
    assert message.outcome == "A visit"
    assert message.on_behalf


async def test_two_people_who_leave_no_address_are_two_people(house: House):
    async with httpx.AsyncClient(base_url=house.web) as resident:
        for name in ("Alice Abernathy", "Boris"):
            filled = {"what_happened": f"Nobody has come, says {name}.", "name": name}
            await resident.post("/contact/oak", data=filled)
    await house.settle()
    names = await house.record.db.read(
        lambda session: list(session.scalars(select(MessageRow.sender_name)))
    )
    assert set(names) == {"Alice Abernathy", "Boris"}
    parties = await house.record.db.read(lambda s: s.scalars(select(PartyRow.id)).all())
    assert len(parties) == 2


async def test_a_database_that_is_down_loses_nothing_that_a_resident_typed(
    house: House, db: Database
):
    await db.run(lambda session: session.execute(text("ALTER TABLE delivery RENAME TO lost")))
    try:
        async with httpx.AsyncClient(base_url=house.web) as resident:
            answer = await resident.post("/contact/oak", data={"what_happened": "No heat at all"})
            assert answer.status_code == 503
            assert "No heat at all" in answer.text
        refused = await notify(house, post_of(house))
        assert refused.status_code == 503
    finally:
        await db.run(lambda session: session.execute(text("ALTER TABLE lost RENAME TO delivery")))
    again = await notify(house, post_of(house))
    assert again.status_code == 202
