"""The acknowledgement on its way, and all that can befall it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

import aiosmtplib
import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value, triage_card
from intake.domain.case import Kind, Status
from intake.domain.letter import LetterState
from intake.domain.sending import Limits
from intake.domain.summary import MessageSummary
from intake.send import put_back, start_sending
from intake.store.casefile import load_casefile
from intake.store.jobs import LEASE, LeaseLostError, claim
from intake.store.tables import JobRow, LetterRow, MessageRow
from tests.builders import SENDING, landlord
from tests.fakes.smtp import Carried, FakeRelay, fake_relay
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
BOTH = "There is damp in the hall. Nobody has come. Please send somebody."
FILLED = Filled(
    kinds=(Kind.COMPLAINT, Kind.SERVICE_REQUEST), issues="Nobody came", outcome="A visit"
)
Opener = Callable[..., AbstractAsyncContextManager[tuple[House, FakeRelay]]]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house with a mail server."""

    @asynccontextmanager
    async def opener(
        limits: Limits | None = None, **changed: object
    ) -> AsyncIterator[tuple[House, FakeRelay]]:
        async with fake_relay() as relay:
            known = configured(relay=relay.settings(), oak=landlord(**changed))
            known = replace(known, limits={"oak": limits} if limits else {})
            async with open_house(db_url, tmp_path, child, now, known) as house:
                yield house, relay

    return opener


async def see(house: House) -> MessageSummary:
    return await house.heard.presses("oak").see(1)


async def press(house: House, key: str = "1") -> Pressed:
    return Pressed(value=button_value(await see(house)), by="Asha", key=key)


async def confirm(house: House, key: str = "1") -> None:
    await house.send(BOTH)
    await house.heard.presses("oak").confirm(await press(house, key), FILLED)
    await house.settle()


def state(house: House) -> LetterState:
    def load(session: Session) -> LetterState:
        return session.scalars(select(LetterRow.state)).one()

    return house.record.db.call(load)


def complaint(house: House) -> Status:
    [case] = [case for case in house.cases() if case.kind is Kind.COMPLAINT]
    return case.status


async def card(house: House) -> str:
    return str(triage_card(await see(house), now=house.now).blocks)


def letters(house: House) -> list[LetterRow]:
    return house.record.db.call(
        lambda session: list(session.scalars(select(LetterRow).order_by(LetterRow.id)))
    )


def alerts(house: House) -> list[dict[str, object]]:
    jobs = select(JobRow.payload).where(JobRow.kind == "alert").order_by(JobRow.id)
    return house.record.db.call(lambda session: list(session.scalars(jobs)))


def words_of(carried: Carried) -> str:
    mail = message_from_bytes(carried.raw, policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_the_letter_answers_the_mail_and_is_marked_as_no_persons(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [carried] = relay.letters
        letter = message_from_bytes(carried.raw, policy=default)
        assert carried.recipients == ("jo@example.org",)
        assert letter["From"] == "complaints@oak.example"
        assert letter["In-Reply-To"] == "<1@example.org>"
        assert letter["Auto-Submitted"] == "auto-replied"
        assert state(house) is LetterState.SENT
        assert complaint(house) is Status.ACKNOWLEDGED


async def test_the_message_id_and_the_exact_bytes_are_kept_as_proof(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [row] = house.record.db.call(lambda session: list(session.scalars(select(LetterRow))))
        [carried] = relay.letters
        assert row.own_id in carried.raw.decode()
        assert row.raw is not None
        assert row.raw.strip() == carried.raw.strip()
        assert row.proof == "250 2.0.0 OK" or (row.proof or "").startswith("250")


async def test_the_letter_waits_until_it_can_no_longer_be_undone(opened: Opener):
    async with opened(undo=timedelta(seconds=60)) as (house, relay):
        await confirm(house)
        assert relay.letters == []
        assert "Undo" in await card(house)
        house.later(seconds=59)
        await house.settle()
        assert relay.letters == []
        house.later(seconds=1)
        await house.settle()
        assert len(relay.letters) == 1
        assert "Undo" not in await card(house)


async def test_an_undone_letter_never_leaves(opened: Opener):
    async with opened(undo=timedelta(seconds=60)) as (house, relay):
        await confirm(house)
        await house.heard.presses("oak").undo(await press(house, "2"))
        house.later(minutes=10)
        await house.settle()
        assert relay.letters == []
        assert complaint(house) is Status.AWAITING_TRIAGE


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_cannot_take_it_now_is_asked_again(opened: Opener, command: str):
    async with opened() as (house, relay):
        relay.answers = {command: "451 4.3.0 later"}  # type: ignore[dict-item] # a literal
        await confirm(house)
        assert state(house) is LetterState.WAITING
        assert complaint(house) is Status.LOGGED
        relay.answers = {}
        house.later(seconds=30)
        await house.settle()
        assert len(relay.letters) == 1
        assert complaint(house) is Status.ACKNOWLEDGED


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_server_that_will_never_take_it_makes_a_task_for_staff(
    opened: Opener, command: str
):
    async with opened() as (house, relay):
        relay.answers = {command: "550 5.1.1 no such mailbox"}  # type: ignore[dict-item] # a literal
        await confirm(house)
        assert state(house) is LetterState.FAILED
        assert complaint(house) is Status.LOGGED
        shown = await card(house)
        assert "was not sent" in shown
        assert "no such mailbox" in shown
        await house.heard.presses("oak").mark_sent(await press(house, "2"))
        assert complaint(house) is Status.ACKNOWLEDGED


async def test_a_letter_whose_fate_nobody_knows_is_not_sent_again(opened: Opener):
    async with opened() as (house, relay):
        relay.after_data = "drop"
        await confirm(house)
        assert len(relay.letters) == 1
        assert state(house) is LetterState.UNKNOWN
        relay.after_data = "answer"
        house.later(days=5)
        await house.settle()
        assert len(relay.letters) == 1
        assert "Nobody knows" in await card(house)


async def test_a_worker_whose_lease_ran_out_puts_no_letter_back(opened: Opener):
    async with opened() as (house, _):
        await house.send(BOTH)
        await house.heard.presses("oak").confirm(await press(house), FILLED)
        db, known = house.record.db, house.record.configured.landlords["oak"]
        [slow] = await db.run(claim, ["letter"], now=house.now)
        await db.run(start_sending, slow, known, SENDING, now=house.now)
        house.later(seconds=LEASE.total_seconds())
        await house.settle()
        assert state(house) is LetterState.UNKNOWN
        with pytest.raises(LeaseLostError):
            await db.run(put_back, slow, "451 later")
        assert state(house) is LetterState.UNKNOWN


async def test_a_letter_that_the_server_refuses_for_days_becomes_a_persons_task(opened: Opener):
    async with opened() as (house, relay):
        relay.answers = {"MAIL": "451 4.3.0 later"}
        await confirm(house)
        for _ in range(24 * 6):
            house.later(hours=1)
            await house.settle()
        assert state(house) is LetterState.FAILED
        assert "was not sent" in await card(house)


async def test_a_worker_that_died_while_sending_leaves_it_to_a_person(opened: Opener):
    async with opened() as (house, relay):
        await house.send(BOTH)
        await house.heard.presses("oak").confirm(await press(house), FILLED)

        def die(session: Session) -> None:
            """As the worker does before it carries the letter; and then no more."""
            letter = session.scalars(select(LetterRow)).one()
            letter.state = LetterState.SENDING

        await house.record.db.run(die)
        house.later(seconds=LEASE.total_seconds())
        await house.settle()
        assert relay.letters == []
        assert state(house) is LetterState.UNKNOWN


async def test_a_late_acknowledgement_says_the_day_counted_from_its_sending(opened: Opener):
    async with opened() as (house, relay):
        await house.send(BOTH)
        house.later(days=14)
        await house.heard.presses("oak").confirm(await press(house), FILLED)
        await house.settle()
        [carried] = relay.letters
        assert "Monday 30 March 2026" in carried.raw.decode()
        assert "late" in await card(house)


async def test_a_bare_receipt_ends_no_clock(opened: Opener):
    async with opened(receipt=True) as (house, relay):
        await house.send(BOTH)
        [carried] = relay.letters
        assert "We have your message" in carried.raw.decode()
        assert complaint(house) is Status.AWAITING_TRIAGE
        clocks = [clock for case in (await see(house)).cases for clock in case.clocks]
        assert all(clock.ended_at is None for clock in clocks)


async def test_the_writer_gets_their_own_words_back_and_staff_never_see_them(opened: Opener):
    async with opened() as (house, relay):
        await house.send("Nobody rang me on 07700 900123. Please ring 07700 900123 today.")
        seen = await see(house)
        assert "900123" not in seen.issues + seen.outcome
        filled = Filled(kinds=(Kind.COMPLAINT,), issues=seen.issues, outcome=seen.outcome)
        await house.heard.presses("oak").confirm(await press(house), filled)
        await house.settle()
        [carried] = relay.letters
        letter = words_of(carried)
        assert letter.count("07700 900123") >= 2
        assert "[PHONE" not in letter
        [shown] = house.record.db.call(lambda s: list(s.scalars(select(LetterRow.shown))))
        assert shown is not None
        assert "900123" not in shown


async def test_every_address_of_a_letter_is_sealed_and_names_its_case(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [carried], [row] = relay.letters, letters(house)
        seal = house.record.seals["oak"]
        letter = message_from_bytes(carried.raw, policy=default)
        [reference] = [c.reference.casefold() for c in house.cases() if c.kind is Kind.COMPLAINT]
        assert seal.find_case([str(letter["Reply-To"])]) == reference
        assert seal.find_case_by_id([str(letter["Message-ID"])]) == reference
        assert seal.find_letter([carried.sender]) == f"{row.id}-{row.promise}"
        assert str(letter["Reply-To"]).startswith("help+")
        assert row.sent_from == carried.sender


async def test_the_message_id_is_on_record_before_the_letter_leaves(opened: Opener):
    async with opened() as (house, relay):
        relay.answers = {"DATA": "451 4.3.0 later"}
        await confirm(house)
        [before] = [row.own_id for row in letters(house)]
        assert house.record.seals["oak"].find_case_by_id([before])
        relay.answers = {}
        house.later(minutes=1)
        await house.settle()
        assert before in relay.letters[0].raw.decode()


async def test_a_landlord_whose_server_takes_no_sealed_sender_sends_from_its_own(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with fake_relay() as relay:
        known = configured(relay=replace(relay.settings(), sealed_sender=False))
        async with open_house(db_url, tmp_path, child, now, known) as house:
            await confirm(house)
        assert relay.letters[0].sender == "complaints@oak.example"


async def test_a_letter_says_the_same_as_text_and_as_a_page(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        mail = message_from_bytes(relay.letters[0].raw, policy=default)
        assert isinstance(mail, EmailMessage)
        assert mail.get_content_type() == "multipart/alternative"
        page = mail.get_body(("html",))
        assert page is not None
        assert "Nobody came" in page.get_content()
        assert "Nobody came" in words_of(relay.letters[0])


async def test_the_exact_bytes_and_the_servers_answer_are_shown(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [row], [reference] = letters(house), [c.reference for c in house.cases()][:1]
        assert row.raw is not None
        for original in (False, True):
            facts = house.record.db.call(load_casefile, reference, original=original)
            assert facts is not None
            [letter] = facts["letters"]
            assert letter["sha256"] == sha256(row.raw).hexdigest()
            assert (letter["size"], letter["message_id"]) == (len(row.raw), row.own_id)
            assert letter["proof"].startswith("250")
            assert (letter.get("bytes") == row.raw.decode()) is original
        assert relay.letters[0].raw.strip() == row.raw.strip()
        async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as desk:
            page = (await desk.get("/enter", params={"key": house.sittings.key})).text
            csrf = page.split('name="csrf" value="', 1)[1].split('"', 1)[0]
            await desk.post("/name", data={"csrf": csrf, "name": "Asha"})
            page = (await desk.get("/letters")).text
            assert sha256(row.raw).hexdigest() in page
            saved = await desk.get(f"/letters/oak/{row.id}")
            assert saved.content == row.raw
            assert saved.headers["content-type"] == "application/octet-stream"
            assert (await desk.get("/letters/oak/99")).status_code == 404


async def test_staff_hear_once_of_a_server_that_is_long_busy_and_see_what_it_says(opened: Opener):
    async with opened() as (house, relay):
        relay.answers = {"MAIL": "451 4.3.0 greylisted"}
        await confirm(house)
        assert alerts(house) == []
        for _ in range(40):
            house.later(minutes=5)
            await house.settle()
        assert alerts(house) == [{"of": "letter", "what": "not answered for long"}]
        [row] = letters(house)
        assert row.state is LetterState.WAITING
        assert row.proof == "451 4.3.0 greylisted"
        assert "has not taken it yet" in await card(house)


async def test_fifty_mails_from_one_address_are_all_kept_and_few_answered(opened: Opener):
    async with opened(receipt=True) as (house, relay):
        for number in range(50):
            await house.send(f"There is damp in room {number}.", own_id=str(number))
            house.later(seconds=10)
        assert len(relay.letters) == 3
        withheld = [row for row in letters(house) if row.state is LetterState.WITHDRAWN]
        assert len(withheld) == 47
        assert "withheld" in (withheld[0].proof or "")
        assert len(house.cases()) >= 1
        assert len(letters(house)) == 50
        assert [told["of"] for told in alerts(house)] == ["withheld"]
        house.later(days=1)
        await house.send("There is damp again.", own_id="next day")
        assert len(relay.letters) == 4


async def test_an_answering_machine_with_a_new_address_each_time_is_stopped_by_its_domain(
    opened: Opener,
):
    async with opened(receipt=True, limits=Limits(per_domain=5)) as (house, relay):
        for number in range(12):
            sender = f"robot{number}@robots.example"
            await house.send(f"There is damp {number}.", own_id=str(number), From=sender)
        assert len(relay.letters) == 5


async def test_an_answering_machine_gets_no_answer_to_its_answer_from_whatever_address(
    opened: Opener,
):
    async with opened(receipt=True) as (house, relay):
        await house.send("There is damp.", own_id="0", From="robot0@robots.example")
        for number in range(1, 6):
            ours = message_from_bytes(relay.letters[-1].raw, policy=default)["Message-ID"]
            facts = {"From": f"robot{number}@robots.example", "In-Reply-To": ours}
            await house.send("Thank you for your message.", own_id=str(number), **facts)
        assert len(relay.letters) == 1


async def test_a_flood_with_forged_senders_spreads_nothing_of_what_it_says(opened: Opener):
    async with opened(receipt=True, limits=Limits(burst=10)) as (house, relay):
        for number in range(30):
            facts = {"From": f"a@victim{number}.example", "Subject": "BUY PILLS at spam.example"}
            await house.send(f"BUY PILLS {number}", own_id=str(number), **facts)
        assert len(relay.letters) == 10
        assert not [carried for carried in relay.letters if b"PILLS" in carried.raw]
        assert [told["of"] for told in alerts(house)] == ["withheld"]
        house.later(hours=2)
        await house.settle()
        assert len(relay.letters) == 10


async def test_an_acknowledgement_that_is_withheld_is_a_persons_task_and_its_clock_runs_on(
    opened: Opener,
):
    async with opened(limits=Limits(per_address=1)) as (house, relay):
        await confirm(house)
        await house.send(BOTH.replace("hall", "kitchen"), own_id="2")
        second = await house.heard.presses("oak").see(2)
        pressed = Pressed(value=button_value(second), by="Asha", key="2")
        await house.heard.presses("oak").confirm(pressed, FILLED)
        await house.settle()
        assert len(relay.letters) == 1
        second = await house.heard.presses("oak").see(2)
        shown = str(triage_card(second, now=house.now).blocks)
        assert "was not sent" in shown
        assert "too many have gone to this address" in shown
        assert "I have told the resident" in shown
        [case] = [case for case in second.cases if case.kind is Kind.COMPLAINT]
        assert case.status is Status.LOGGED
        assert case.clocks
        assert [clock for clock in case.clocks if clock.ended_at is None]
        assert [told["of"] for told in alerts(house)] == ["withheld"]


async def test_an_acknowledgement_waits_until_a_burst_is_over(opened: Opener):
    async with opened(limits=Limits(per_address=9, burst=1)) as (house, relay):
        await confirm(house)
        await house.send(BOTH.replace("hall", "kitchen"), own_id="2")
        second = await house.heard.presses("oak").see(2)
        pressed = Pressed(value=button_value(second), by="Asha", key="2")
        await house.heard.presses("oak").confirm(pressed, FILLED)
        await house.settle()
        assert len(relay.letters) == 1
        assert letters(house)[1].state is LetterState.WAITING
        for _ in range(8):
            house.later(minutes=15)
            await house.settle()
        assert len(relay.letters) == 2


async def test_no_letter_is_sent_to_ourselves(opened: Opener):
    async with opened() as (house, relay):
        await house.send(BOTH)

        def turn(session: Session) -> None:
            """As a mail does whose sender pretends to be us."""
            session.scalars(select(MessageRow)).one().reply_to = "help+x.y@oak.example"

        await house.record.db.run(turn)
        await house.heard.presses("oak").confirm(await press(house), FILLED)
        await house.settle()
        assert relay.letters == []
        assert state(house) is not LetterState.SENT


async def test_a_residents_words_are_literal_in_the_answer(opened: Opener):
    words = "{{7*7}} %s ${HOME} {0} <img src=x onerror=alert(1)>"
    async with opened() as (house, relay):
        await house.send(BOTH)
        filled = replace(FILLED, issues=words)
        await house.heard.presses("oak").confirm(await press(house), filled)
        await house.settle()
        assert words in " ".join(words_of(relay.letters[0]).split())
        assert b"<img" not in relay.letters[0].raw.partition(b"text/html")[2]


async def test_a_subject_with_line_ends_adds_no_header_to_the_answer(opened: Opener):
    raw = (
        b"From: Jo <jo@example.org>\r\nTo: help@oak.example\r\nMessage-ID: <1@example.org>\r\n"
        b"Subject: =?utf-8?q?damp=0D=0ABcc=3A_al=40example.org?=\r\n\r\nNobody has come.\r\n"
    )
    async with opened(receipt=True) as (house, relay):
        host, _, port = house.mail.rpartition(":")
        await aiosmtplib.send(
            raw,
            sender="jo@example.org",
            recipients=["help@oak.example"],
            hostname=host,
            port=int(port),
            start_tls=False,
        )
        await house.settle()
        [carried] = relay.letters
        assert carried.recipients == ("jo@example.org",)
        assert message_from_bytes(carried.raw, policy=default)["Bcc"] is None
