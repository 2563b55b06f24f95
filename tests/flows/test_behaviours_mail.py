"""What must become of odd mail, over a real socket; the numbers are those of the behaviours."""

import asyncio
import base64
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import aiosmtplib
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.alerts import alert_card
from bot.triage.views import triage_card
from intake.channels.email import LARGEST
from intake.domain.case import Action, Status
from intake.domain.message import Automatic
from intake.follow import FLOOD
from intake.mail.copied import ONLY_COPIED, UNNAMED
from intake.store.base import Base
from intake.store.lists import find_awaiting
from intake.store.tables import (
    CaseLinkRow,
    CaseRow,
    DeliveryRow,
    EventRow,
    HoldingPenRow,
    JobRow,
    MessageDeliveryRow,
    MessageRow,
)
from intake.worker import do_due
from tests.builders import landlord
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
FROM = b"From: Jo <jo@example.org>\r\n"
HEAD = FROM + b"To: help@oak.example\r\nSubject: My home\r\n"
WORDS = b"\r\nThere is damp. Nobody has come.\r\n"
Opener = Callable[[], AbstractAsyncContextManager[House]]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house of which two addresses are known."""

    @asynccontextmanager
    async def opener() -> AsyncIterator[House]:
        known = configured()
        both = {**known.recipients, "repairs@oak.example": "oak"}
        oak = landlord(addresses=frozenset(both), staff_domains=("oak.example",))
        known = replace(known, recipients=both, landlords={**known.landlords, "oak": oak})
        async with open_house(db_url, tmp_path, child, now, known) as house:
            yield house

    return opener


async def bring(house: House, raw: bytes, *, to: str = "help@oak.example") -> None:
    """Hand bytes to the door as a mail server does, and let the house deal with them."""
    host, _, port = house.mail.rpartition(":")
    await aiosmtplib.send(
        raw,
        sender="jo@example.org",
        recipients=[to],
        hostname=host,
        port=int(port),
        start_tls=False,
    )
    await house.settle()


def messages(house: House) -> list[MessageRow]:
    def load(session: Session) -> list[MessageRow]:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    return house.record.db.call(load)


def pen(house: House) -> list[str]:
    return house.record.db.call(lambda s: list(s.scalars(select(HoldingPenRow.reason))))


def count(house: House, row: type[Base]) -> int:
    def load(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(row)) or 0

    return house.record.db.call(load)


async def hand_over(client: aiosmtplib.SMTP, raw: bytes, said: list[str]) -> None:
    await client.mail("jo@example.org", options=said)
    await client.rcpt("help@oak.example")
    await client.data(raw)


@pytest.mark.parametrize("declared", [True, False])
async def test_5_a_mail_that_is_too_large_is_refused_and_whoever_runs_the_house_can_see_it(
    opened: Opener, caplog: pytest.LogCaptureFixture, *, declared: bool
):
    async with opened() as house:
        host, _, port = house.mail.rpartition(":")
        async with aiosmtplib.SMTP(hostname=host, port=int(port), start_tls=False) as client:
            _, hello = await client.ehlo()
            assert f"SIZE {LARGEST}" in hello
            said = [f"SIZE={LARGEST + 1}"] * declared
            sending = hand_over(client, HEAD + b"\r\n" + b"x" * LARGEST, said)
            with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
                await sending
        assert refused.value.code == 552
        [told] = [r for r in caplog.records if r.message == "mail refused: it is too large"]
        assert "jo@example.org" not in str(vars(told))
        await bring(house, HEAD + WORDS)
        assert (count(house, DeliveryRow), len(house.cases())) == (1, 2)


async def test_10_without_a_message_id_the_same_bytes_are_one_message(opened: Opener):
    async with opened() as house:
        for _ in range(2):
            await bring(house, HEAD + WORDS)
        assert (count(house, DeliveryRow), len(messages(house)), len(house.cases())) == (1, 1, 2)


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        pytest.param(b"", "", id="none"),
        pytest.param(b"From: <>\r\n", "", id="nobody"),
        pytest.param(b"From: undisclosed: ;\r\n", "", id="a group of nobody"),
        pytest.param(FROM + b"From: Al <al@example.org>\r\n", "jo@example.org", id="two"),
    ],
)
async def test_11_whoever_a_mail_is_from_it_is_a_case_and_its_bringer_known(
    opened: Opener, header: bytes, sender: str
):
    async with opened() as house:
        await bring(house, header + b"Subject: My home\r\n" + WORDS)
        assert len(house.cases()) == 2
        [message] = messages(house)
        assert message.reply_to == sender

        def brought(session: Session) -> object:
            return session.scalars(select(DeliveryRow)).one().envelope["from"]

        assert house.record.db.call(brought) == "jo@example.org"


@pytest.mark.parametrize(
    "date",
    [
        pytest.param(b"Date: Tue, 19 Jan 2038 03:14:08 +0000\r\n", id="2038"),
        pytest.param(b"Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n", id="1970"),
        pytest.param(b"Date: yesterday, I think\r\n", id="no date"),
        pytest.param(b"", id="none"),
    ],
)
async def test_12_a_mail_is_received_when_it_arrives_whatever_day_it_says(
    opened: Opener, date: bytes
):
    async with opened() as house:
        await bring(house, HEAD + date + WORDS)
        assert [case.received_at for case in house.cases()] == [house.now, house.now]


async def test_13_what_no_database_takes_is_left_out_and_the_rest_is_kept(opened: Opener):
    async with opened() as house:
        subject = b"Subject: a\x00b\x07c\r\n"
        body = b"\r\nThere is \x00damp\x1b. Nobody\x08 has come.\r\n"
        await bring(house, FROM + subject + body)
        [message] = messages(house)
        assert not set("\x00\x07\x08\x1b") & set(message.subject + message.text)
        assert "damp" in message.text
        assert len(house.cases()) == 2


async def test_14_what_nests_without_end_lies_in_the_holding_pen_and_the_next_is_read(
    opened: Opener,
):
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(2000)
    )
    async with opened() as house:
        await bring(house, FROM + nested)
        assert pen(house) == ["its parts are too many, or nested too deeply"]
        assert count(house, DeliveryRow) == 1
        await bring(house, HEAD + WORDS)
        assert len(house.cases()) == 2


async def test_15_a_bomb_is_a_file_like_any_other_and_is_never_opened(opened: Opener):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 20_000_000)
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + WORDS + b"--b\r\n"
        b"Content-Type: application/zip; name=plans.zip\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(packed.getvalue()).replace(b"\n", b"\r\n")
        + b"\r\n--b--\r\n"
    )
    async with opened() as house:
        await bring(house, raw)
        [message] = messages(house)
        [attachment] = message.attachments
        assert (attachment["name"], attachment["size"]) == ("plans.zip", len(packed.getvalue()))
        assert len(house.cases()) == 2


async def test_16_photos_without_a_word_are_a_case_for_staff_to_look_at(opened: Opener):
    raw = (
        HEAD + b"Content-Type: image/jpeg; name=wall.jpg\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n/9j/4AAQSkZJRg==\r\n"
    )
    async with opened() as house:
        await bring(house, raw)
        [message] = messages(house)
        assert [file["name"] for file in message.attachments] == ["wall.jpg"]
        assert len(house.cases()) == 1
        assert pen(house) == []


async def test_26_one_mail_to_two_addresses_is_one_case_with_both_on_record(opened: Opener):
    own = b"Message-ID: <1@example.org>\r\n"
    async with opened() as house:
        for to in ("help@oak.example", "repairs@oak.example"):
            way = f"Received: by mx for <{to}>; Mon, 2 Mar 2026 09:00:00 +0000\r\n".encode()
            await bring(house, way + HEAD + own + WORDS, to=to)
        assert (len(messages(house)), len(house.cases())) == (1, 2)
        assert count(house, MessageDeliveryRow) == 2

        def came_to(session: Session) -> list[object]:
            rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
            return [row.envelope["to"] for row in rows]

        assert house.record.db.call(came_to) == [["help@oak.example"], ["repairs@oak.example"]]


async def test_26_the_card_names_our_addresses_that_it_came_to_and_counts_the_others(
    opened: Opener,
):
    sealed = "help+abc-def-ghj.aaaaaaaaaaaaaaaa@oak.example"
    cc = b"Cc: repairs@oak.example, Al <al@example.org>, b@c.example\r\n"
    async with opened() as house:
        for to in ("help@oak.example", "Repairs@oak.example", sealed):
            way = f"Received: by mx for <{to}>\r\nMessage-ID: <1@example.org>\r\n".encode()
            await bring(house, way + HEAD + cc + WORDS, to=to)
        seen = await house.heard.presses("oak").see(1)
        drawn = str(triage_card(seen, now=house.now).blocks)
        assert "to help@oak.example and repairs@oak.example" in drawn
        assert "it went to 2 other addresses too" in drawn
        assert "al@example.org" not in drawn
        assert "aaaaaaaaaaaaaaaa" not in drawn


async def test_26_what_a_sender_put_behind_the_plus_of_our_address_is_not_shown(opened: Opener):
    async with opened() as house:
        await bring(house, HEAD + WORDS, to="help+Marlowe.07700900123@oak.example")
        seen = await house.heard.presses("oak").see(1)
        drawn = str(triage_card(seen, now=house.now).blocks)
        assert "to help@oak.example" in drawn
        assert "marlowe" not in drawn.casefold()


@pytest.mark.parametrize(
    ("header", "told"),
    [
        pytest.param("To: al@example.org\r\nCc: help@oak.example", ONLY_COPIED, id="copied in"),
        pytest.param("To: al@example.org", UNNAMED, id="blind"),
        pytest.param("To: help@oak.example\r\nCc: bo@oak.example", "", id="written to"),
        pytest.param("To: team@oak.example", "", id="another of theirs, which is passed on"),
        pytest.param("X-To: nobody", "", id="nobody named"),
    ],
)
async def test_26_the_card_says_where_we_were_only_copied_in(
    opened: Opener, header: str, told: str
):
    async with opened() as house:
        await bring(house, FROM + f"{header}\r\n".encode() + WORDS)
        [message] = messages(house)
        assert [problem for problem in message.problems if "went" not in problem] == [told] * bool(
            told
        )
        seen = await house.heard.presses("oak").see(1)
        drawn = str(triage_card(seen, now=house.now).blocks)
        assert told in drawn
        assert ("it went to 1 other address too" in drawn) is ("al@" in header)
        assert len(house.cases()) == 2


async def test_28_a_mail_server_that_did_not_hear_our_answer_makes_no_second_case(opened: Opener):
    async with opened() as house:
        for _ in range(3):
            await bring(house, HEAD + b"Message-ID: <1@example.org>\r\n" + WORDS)
        assert (count(house, DeliveryRow), len(house.cases())) == (1, 2)


async def test_30_two_workers_on_the_answers_of_one_case_keep_each_once_and_in_order(
    opened: Opener,
):
    async with opened() as house:
        await bring(house, HEAD + b"Message-ID: <1@example.org>\r\n" + WORDS)
        host, _, port = house.mail.rpartition(":")
        for number in range(2, 8):
            answer = f"Message-ID: <{number}@example.org>\r\nReferences: <1@example.org>\r\n"
            await aiosmtplib.send(
                HEAD + answer.encode() + b"\r\nThe door is blue.\r\n",
                sender="jo@example.org",
                recipients=["help@oak.example"],
                hostname=host,
                port=int(port),
                start_tls=False,
            )
        lane, db = house.lanes[0], house.record.db
        while any(await asyncio.gather(*(do_due(db, lane, clock=house.clock) for _ in range(2)))):
            pass
        assert len(messages(house)) == 7

        def histories(session: Session) -> list[tuple[int, int]]:
            joined = EventRow.action == Action.FOLLOW_UP
            rows = select(EventRow).where(joined).order_by(EventRow.case_id, EventRow.seq)
            return [(row.case_id, row.seq) for row in session.scalars(rows)]

        expected = [(case.id, seq) for case in house.cases() for seq in range(2, 8)]
        assert house.record.db.call(histories) == expected


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Content-Type: text/calendar; method=REQUEST", id="an invitation"),
        pytest.param("Subject: Report Domain: a.example Submitter: b.example Report-ID: <1>",
                     id="DMARC"),
        pytest.param("Content-Type: multipart/report; report-type=feedback-report", id="ARF"),
        pytest.param(
            "Content-Type: multipart/report; report-type=disposition-notification", id="receipt"
        ),
    ],
)  # fmt: skip
async def test_53_what_machines_send_of_their_own_accord_opens_nothing(opened: Opener, header: str):
    async with opened() as house:
        await bring(house, FROM + f"{header}\r\n".encode() + WORDS)
        assert [message.automatic for message in messages(house)] == [Automatic.REPORT]
        assert house.cases() == []
        assert find_awaiting_of(house) == [("oak", 1)]


def find_awaiting_of(house: House) -> list[tuple[str, int]]:
    return [*house.record.db.call(find_awaiting, most=9)]


def links(house: House) -> list[tuple[int, int]]:
    """Which messages' cases are linked with those of which others."""

    def load(session: Session) -> list[tuple[int, int]]:
        message = {case.id: case.message_id for case in session.scalars(select(CaseRow))}
        rows = session.scalars(select(CaseLinkRow).where(CaseLinkRow.reason == FLOOD))
        return sorted({(message[row.case_id], message[row.other_id]) for row in rows})

    return house.record.db.call(load)


def alerts(house: House) -> list[str]:
    which = select(JobRow).where(JobRow.kind == "alert").order_by(JobRow.id)
    return house.record.db.call(lambda s: [row.payload["of"] for row in s.scalars(which)])


async def test_48_fifty_mails_of_one_address_are_kept_grouped_and_told_of_once(opened: Opener):
    async with opened() as house:
        await house.send("There is damp.", own_id="0", From="Max <max@else.example>")
        for number in range(1, 51):
            await house.send(f"There is damp in room {number}.", own_id=str(number))
            house.later(seconds=12)
        assert len(messages(house)) == 51
        assert links(house) == [(2, number) for number in range(3, 52)]
        assert {case.status for case in house.cases()} == {Status.AWAITING_TRIAGE}
        assert alerts(house) == ["flood"]
        told = str(alert_card("flood", "the first is ABC-DEF-GHJ").blocks)
        assert "Many messages come from one address" in told
        house.later(hours=2)
        await house.send("There is damp in the loft.", own_id="later")
        assert len(links(house)) == 49


async def test_48_what_staff_pass_on_is_not_grouped(opened: Opener):
    async with opened() as house:
        for number in range(12):
            desk = {"From": "Desk <desk@oak.example>", "Subject": f"Call {number}"}
            await house.send(f"There is damp in room {number}.", own_id=str(number), **desk)
        assert len(house.cases()) == 12
        assert (links(house), alerts(house)) == ([], [])
