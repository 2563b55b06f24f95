"""A letter that comes back was not sent; what machines send disturbs nobody and is never lost."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value, triage_card
from intake.domain.case import Kind, Status
from intake.domain.letter import LetterState
from intake.domain.message import Automatic
from intake.domain.summary import MessageSummary
from intake.domain.thread import Standing, Way
from intake.letters import readdress
from intake.store.lists import find_awaiting
from intake.store.tables import (
    CaseRow,
    ClockRow,
    EventRow,
    JobRow,
    LetterRow,
    MessageRow,
    NoteRow,
)
from intake.store.thread_tables import ThreadRow
from tests.builders import landlord
from tests.fakes.smtp import Carried, FakeRelay, fake_relay
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
FILLED = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came", outcome="A visit")
Opener = Callable[..., AbstractAsyncContextManager[tuple[House, FakeRelay]]]
OURS = {"intake": "help@oak.example", "addresses": frozenset({"help@oak.example"})}


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house with a mail server."""

    @asynccontextmanager
    async def opener(**changed: object) -> AsyncIterator[tuple[House, FakeRelay]]:
        async with fake_relay() as relay:
            known = configured(relay=relay.settings(), oak=landlord(**(OURS | changed)))
            async with open_house(db_url, tmp_path, child, now, known) as house:
                yield house, relay

    return opener


async def see(house: House, message_id: int = 1) -> MessageSummary:
    return await house.heard.presses("oak").see(message_id)


async def card(house: House, message_id: int = 1) -> str:
    return str(triage_card(await see(house, message_id), now=house.now).blocks)


async def acknowledge(house: House, relay: FakeRelay) -> Carried:
    await house.send("Nobody has come.")
    pressed = Pressed(value=button_value(await see(house)), by="Asha", key="confirm")
    await house.heard.presses("oak").confirm(pressed, FILLED)
    await house.settle()
    house.later(days=1)
    return relay.letters[-1]


def complaint(house: House) -> CaseRow:
    return next(case for case in house.cases() if case.kind is Kind.COMPLAINT)


def letter(house: House) -> LetterRow:
    return house.record.db.call(lambda s: s.scalars(select(LetterRow)).one())


def thread(house: House, message_id: int = 2) -> ThreadRow:
    def load(session: Session) -> ThreadRow:
        return session.scalars(select(ThreadRow).where(ThreadRow.message_id == message_id)).one()

    return house.record.db.call(load)


def clocks(house: House) -> dict[str, bool]:
    """Which clocks of the complaint there are, and whether each runs."""
    case_id = complaint(house).id

    def load(session: Session) -> dict[str, bool]:
        mine = select(ClockRow).where(ClockRow.case_id == case_id)
        return {row.name: row.ended_at is None for row in session.scalars(mine)}

    return house.record.db.call(load)


def report(own_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nTo: help@oak.example\r\n"
        "Subject: Delivery Status Notification\r\nMessage-ID: <b1@mx.example.org>\r\n"
        "MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry. Nobody has come to that address.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; jo@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {own_id}\r\n\r\n--b--\r\n"
    ).encode()


async def bring(house: House, raw: bytes, to: str = "help@oak.example", sender: str = "") -> None:
    host, _, port = house.mail.rpartition(":")
    client = aiosmtplib.SMTP(hostname=host, port=int(port), start_tls=False)
    async with client:
        await client.sendmail(sender, [to], raw)
    await house.settle()


async def test_a_letter_that_came_back_was_not_sent(opened: Opener):
    """50."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        assert complaint(house).status is Status.ACKNOWLEDGED
        assert not clocks(house)["stage_1_acknowledgement"]
        await bring(house, report(letter(house).own_id))
        assert letter(house).state is LetterState.FAILED
        assert complaint(house).status is Status.LOGGED
        assert clocks(house)["stage_1_acknowledgement"]
        shown = await card(house)
        assert "was not sent" in shown
        assert "came back undelivered (5.1.1)" in shown
        assert "Letter came back by Heard" in shown or "Further message joined by Heard" in shown
        assert "at the latest, if acknowledged on the last day" in shown


async def test_staff_are_alerted_once_of_a_letter_that_came_back(opened: Opener):
    """50."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        for _ in range(2):
            await bring(house, report(letter(house).own_id))
            await bring(house, report(letter(house).own_id).replace(b"<b1@", b"<b2@"))
        alerts = select(JobRow.payload).where(JobRow.kind == "alert")
        found = house.record.db.call(lambda s: list(s.scalars(alerts)))
        assert found == [{"of": "returned", "what": complaint(house).reference}]
        returned = select(NoteRow.words).join(EventRow, EventRow.id == NoteRow.event_id)
        events = returned.where(EventRow.action == "letter_returned")
        assert len(house.record.db.call(lambda s: list(s.scalars(events)))) == 1


async def test_a_letter_that_came_back_can_be_given_another_way(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        await bring(house, report(letter(house).own_id))
        house.later(days=1)
        pressed = Pressed(value=button_value(await see(house)), by="Asha", key="given")
        await house.heard.presses("oak").mark_sent(pressed)
        assert complaint(house).status is Status.ACKNOWLEDGED
        assert not clocks(house)["stage_1_acknowledgement"]


async def test_the_address_of_a_letter_tells_which_one_came_back(opened: Opener):
    async with opened() as (house, relay):
        carried = await acknowledge(house, relay)
        assert carried.sender.startswith("help+")
        raw = b"From: postmaster@mx.example.org\r\nSubject: Hm\r\n\r\nIt did not work.\r\n"
        await bring(house, raw, to=carried.sender)
        assert thread(house).way is Way.BOUNCE_ADDRESS
        assert thread(house).why_automatic
        assert letter(house).state is LetterState.FAILED


async def test_a_failure_that_is_told_where_an_answer_should_go_takes_the_letter_back(
    opened: Opener,
):
    async with opened() as (house, relay):
        carried = await acknowledge(house, relay)
        to = str(message_from_bytes(carried.raw)["Reply-To"])
        assert to.startswith("help+")
        await bring(house, report(letter(house).own_id), to=to)
        assert letter(house).state is LetterState.FAILED
        assert complaint(house).status is Status.LOGGED


async def test_a_server_that_gave_up_after_days_of_trying_takes_the_letter_back(opened: Opener):
    """50: a delay is told of with 4.x.x, and so is the end of trying (RFC 3464 2.3.3)."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        await bring(house, report(letter(house).own_id, status="4.4.7"))
        assert letter(house).state is LetterState.FAILED
        assert clocks(house)["stage_1_acknowledgement"]


async def test_a_late_report_of_the_first_sending_leaves_the_second_alone(opened: Opener):
    async with opened() as (house, relay):
        first, own_id = await acknowledge(house, relay), letter(house).own_id
        await bring(house, report(own_id), to=first.sender)

        case_id, letter_id = complaint(house).id, letter(house).id

        def send_again(session: Session) -> None:
            session.get_one(LetterRow, letter_id).to = ""
            readdress(session, session.get_one(CaseRow, case_id))

        house.record.db.call(send_again)
        house.later(days=1)
        await house.settle()
        second = relay.letters[-1]
        assert (second.sender != first.sender, letter(house).own_id != own_id) == (True, True)
        for number, to in enumerate((first.sender, "help@oak.example")):
            late = report(own_id).replace(b"<b1@", b"<late%d@" % number)
            await bring(house, late, to=to)
            assert letter(house).state is LetterState.SENT
            assert complaint(house).status is Status.ACKNOWLEDGED
        await bring(house, report(letter(house).own_id).replace(b"<b1@", b"<b9@"))
        assert letter(house).state is LetterState.FAILED


async def test_who_is_away_and_says_so_where_failures_are_told_takes_nothing_back(opened: Opener):
    async with opened() as (house, relay):
        carried = await acknowledge(house, relay)
        raw = b"From: jo@example.org\r\nAuto-Submitted: auto-generated\r\n\r\nI am gone.\r\n"
        await bring(house, raw, to=carried.sender)
        assert letter(house).state is LetterState.SENT
        assert complaint(house).status is Status.ACKNOWLEDGED
        assert thread(house).standing is Standing.JOINED


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0")])
async def test_a_delay_takes_nothing_back(opened: Opener, action: str, status: str):
    """50."""
    async with opened() as (house, relay):
        carried = await acknowledge(house, relay)
        raw = report(letter(house).own_id, action=action, status=status)
        await bring(house, raw, to=carried.sender)
        assert letter(house).state is LetterState.SENT
        assert complaint(house).status is Status.ACKNOWLEDGED
        assert thread(house).standing is Standing.JOINED


async def test_a_failure_of_what_we_never_sent_opens_nothing_and_answers_nothing(opened: Opener):
    """51."""
    async with opened(receipt=True) as (house, relay):
        await bring(house, report("<never@oak.example>"))
        assert house.cases() == []
        assert relay.letters == []
        assert thread(house, 1).standing is Standing.MACHINE
        assert ("oak", 1) in house.record.db.call(find_awaiting, most=9)
        assert "A machine's message" in await card(house)


async def test_a_person_can_say_that_a_machines_mail_is_a_message(opened: Opener):
    async with opened() as (house, _):
        await bring(house, report("<never@oak.example>"))
        received = house.now
        house.later(days=2)
        pressed = Pressed(value=button_value(await see(house)), by="Asha", key="it is")
        await house.heard.presses("oak").confirm(pressed, FILLED)
        await house.settle()
        assert complaint(house).status in {Status.LOGGED, Status.ACKNOWLEDGED}
        assert complaint(house).received_at == received


async def test_an_automatic_reply_stays_on_its_case_and_moves_nothing(opened: Opener):
    """43."""
    async with opened(receipt=True) as (house, relay):
        carried = await acknowledge(house, relay)
        went, before = len(relay.letters), complaint(house)
        away = {"In-Reply-To": letter_id(carried), "Auto-Submitted": "auto-replied"}
        await house.send("Nobody has come: I am away.", own_id="2", **away)
        assert thread(house).standing is Standing.JOINED
        assert len(house.cases()) == 1
        assert complaint(house).status is before.status
        assert len(relay.letters) == went
        assert "looks automatic" in await card(house, 2)
        assert "because of: Auto-Submitted" in await card(house, 2)


@pytest.mark.parametrize("subject", ["Automatic reply: Home", "Ymateb awtomatig", "Abwesend"])
async def test_an_unasked_automatic_reply_is_a_case_without_a_clock(opened: Opener, subject: str):
    """46."""
    async with opened(receipt=True) as (house, relay):
        await house.send("Nobody has come.", Subject=subject)
        [case] = house.cases()
        assert (case.kind, case.status) == (Kind.ENQUIRY, Status.AWAITING_TRIAGE)
        assert (await see(house)).cases[0].clocks == ()
        assert relay.letters == []


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Precedence": "bulk"}, id="44 bulk"),
        pytest.param({"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}, id="45 suppressed"),
        pytest.param({"List-Id": "<flats.example.org>"}, id="44 list"),
    ],
)
async def test_who_wants_no_automatic_answer_gets_a_case_and_no_receipt(
    opened: Opener, headers: dict[str, str]
):
    """44, 45."""
    async with opened(receipt=True) as (house, relay):
        await house.send("Nobody has come.", **headers)
        assert complaint(house).status is Status.AWAITING_TRIAGE
        assert relay.letters == []
        await house.send("There is damp.", own_id="2")
        assert len(relay.letters) == 1


async def test_our_own_mail_coming_back_opens_nothing(opened: Opener):
    """49."""
    async with opened(receipt=True) as (house, relay):
        await acknowledge(house, relay)
        went = len(relay.letters)
        for carried in relay.letters[:went]:
            await bring(house, carried.raw)
            await bring(house, without_mark(carried.raw), sender="jo@example.org")
        await house.send("Nobody has come.", own_id="9", From="help@oak.example")
        assert len(house.cases()) == 1
        assert len(relay.letters) == went
        kinds = house.record.db.call(lambda s: list(s.scalars(select(MessageRow.automatic))))
        assert set(kinds[1:]) == {Automatic.OURS}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("report-type=disposition-notification", "message/disposition-notification"),
        ("report-type=feedback-report", "message/feedback-report"),
    ],
)
async def test_receipts_and_reports_of_machines_open_nothing(
    opened: Opener, kind: str, content: str
):
    """53."""
    async with opened(receipt=True) as (house, relay):
        raw = (
            "From: mx@example.org\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: multipart/report; {kind}; boundary="b"\r\n\r\n'
            "--b\r\nContent-Type: text/plain\r\n\r\nNobody has come.\r\n"
            f"--b\r\nContent-Type: {content}\r\n\r\nVersion: 1\r\n\r\n--b--\r\n"
        )
        await bring(house, raw.encode(), sender="mx@example.org")
        assert house.cases() == []
        assert relay.letters == []


async def test_a_receipt_says_nothing_of_what_was_written(opened: Opener):
    """52."""
    async with opened(receipt=True) as (house, relay):
        await house.send("Buy now. Nobody has come.", Subject="Cheap pills")
        [carried] = relay.letters
        assert b"pills" not in carried.raw
        assert b"Buy now" not in carried.raw


def letter_id(carried: Carried) -> str:
    mail = EmailMessage()
    for line in carried.raw.decode().split("\n"):
        if line.casefold().startswith("message-id:"):
            mail["Message-ID"] = line.partition(":")[2].strip()
            break
    return str(mail["Message-ID"])


def without_mark(raw: bytes) -> bytes:
    """The same letter, as a mail server leaves it that drops fields it does not know."""
    lines = raw.split(b"\r\n")
    marks = (b"x-heard", b"auto-submitted", b"x-auto-response")
    return b"\r\n".join(line for line in lines if not line.lower().startswith(marks))
