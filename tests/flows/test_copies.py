"""A letter about a case in which somebody acts for the resident goes to both (Code 3.6)."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Pressed
from bot.triage.views import step_value
from classifier.labels import Assessment, Flag, Label, Text
from intake.domain.case import Action, Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.policy import load_policy
from intake.domain.thread import Standing
from intake.store.tables import LetterRow
from intake.worker import do_due
from tests.builders import assessment, landlord
from tests.fakes.smtp import FakeRelay, fake_relay
from tests.flows.edge_desk import Desk
from tests.flows.test_bounces import OURS, bring, report
from tests.flows.test_stage_2_requests import ANSWER
from tests.flows.test_threads import thread
from tests.house import configured, open_house

pytestmark = pytest.mark.usefixtures("db")
MOTHER, DAUGHTER = "mum@example.org", "sally@example.org"
EDGE = "mx.oak.example"
PROVEN = {
    "From": f"Sally <{DAUGHTER}>",
    "Authentication-Results": f"{EDGE}; dmarc=pass header.from=example.org",
}
SHOWN = {"capacity": "relative_or_friend", "authority": "shown", "evidence": "A signed letter"}
TO_MOTHER = SHOWN | {"address": MOTHER}


REPAIR = "My mother's door is broken."


def reads(texts: Sequence[Text]) -> list[Assessment]:
    """Read all but a repair as dissatisfied, and each as written for somebody else."""
    labels = [
        Label.SERVICE_REQUEST if text.words.strip() == REPAIR else Label.COMPLAINT for text in texts
    ]
    flags = {Flag.REPRESENTATIVE: 0.9}
    return [assessment(label, evidence=(), flags=flags) for label in labels]


@dataclass
class Copies(Desk):
    """The desk, and the mail server that its letters go to."""

    relay: FakeRelay | None = None

    def sent(self) -> list[tuple[str, EmailMessage]]:
        """Return who was sent what, in the order in which it went."""
        assert self.relay is not None
        found = []
        for letter in self.relay.letters:
            mail = message_from_bytes(letter.raw, policy=default)
            assert isinstance(mail, EmailMessage)
            found.append((letter.recipients[0], mail))
        return found

    def letters(self) -> Sequence[LetterRow]:
        def load(session: Session) -> Sequence[LetterRow]:
            return session.scalars(select(LetterRow).order_by(LetterRow.id)).all()

        return self.house.record.db.call(load)

    async def represented(self, facts: dict[str, str], **headers: str) -> None:
        """Take in the daughter's mail, confirm it, and record that she acts for her mother."""
        await self.house.send("Nobody has come to my mother.", **(PROVEN | headers))
        await self.confirm(Kind.COMPLAINT)
        await self.take(Action.NOTE_REPRESENTATIVE, facts)

    async def look(self, step: Action, values: dict[str, str]) -> str:
        """Return the letter of a step as it is looked at first."""
        value = step_value(await self.see(), f"c{(await self.case()).id}", step)
        form = await self.house.heard.presses("oak").take(
            Pressed(value=value, by="Asha", key="look"), values
        )
        return str(form)


Opener = Callable[..., AbstractAsyncContextManager[Copies]]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house with a mail server, under the policy that copies representatives in."""

    @asynccontextmanager
    async def opener(**changed: object) -> AsyncIterator[Copies]:
        async with fake_relay() as relay:
            facts = OURS | {"policy": load_policy("older-persons"), "edges": frozenset({EDGE})}
            known = configured(relay=relay.settings(), oak=landlord(**(facts | changed)))
            async with open_house(db_url, tmp_path, child, now, known, reads=reads) as house:
                yield Copies(house, relay=relay)

    return opener


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


async def test_the_resident_has_the_letter_and_their_daughter_a_copy(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER)
        told = await desk.look(Action.RESPOND, ANSWER)
        assert f"By e-mail to {MOTHER}" in told
        both = "To the resident; copy to whoever acts for the resident."
        assert f"{both} The copy goes to {DAUGHTER}" in told
        await desk.take(Action.RESPOND, ANSWER)
        (to, letter), (copied, copy) = desk.sent()[-2:]
        assert (to, copied) == (MOTHER, DAUGHTER)
        assert str(copy["Subject"]).startswith("Copy of our letter about ")
        assert copy["To"] == DAUGHTER
        assert words(letter) in words(copy)
        rows = {row.to: row for row in desk.letters() if row.own_id}
        assert rows[DAUGHTER].kind is LetterKind.COPY
        assert {row.state for row in rows.values()} == {LetterState.SENT}
        assert (rows[DAUGHTER].proof or "").startswith("250")
        assert letter["Message-ID"] != copy["Message-ID"]
        events = [(e["action"], e["note"]) for e in (await desk.file())["events"]]
        assert ("promise_letter", both) in events
        assert events[-1] == ("send_a_copy", rows[DAUGHTER].proof)
        assert (await desk.case()).status is Status.RESPONDED


async def test_a_copy_goes_once_however_often_its_job_is_done(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER)
        await desk.take(Action.RESPOND, ANSWER)
        count = len(desk.sent())
        for _ in range(3):
            desk.house.later(hours=1)
            await desk.house.settle()
        assert len(desk.sent()) == count


async def test_in_the_undo_window_the_card_says_who_gets_what_and_undone_nobody_does(
    opened: Opener,
):
    async with opened(undo=timedelta(seconds=30)) as desk:
        await desk.represented(TO_MOTHER)
        both = "To the resident; copy to whoever acts for the resident."
        assert both in await desk.card()  # the acknowledgement waits
        assert desk.sent() == []
        desk.house.later(minutes=1)
        await desk.house.settle()
        assert [to for to, _ in desk.sent()] == [MOTHER, DAUGHTER]
        await desk.take(Action.RESPOND, ANSWER)
        card = await desk.card()
        assert "waits and goes" in card
        assert both in card
        await desk.take(Action.TAKE_BACK, {})
        desk.house.later(minutes=1)
        await desk.house.settle()
        assert len(desk.sent()) == 2


async def test_an_address_that_nobody_confirmed_gets_no_copy_and_a_person_posts_it(
    opened: Opener,
):
    async with opened() as desk:
        await desk.represented(TO_MOTHER, **{"Authentication-Results": "else.example; dmarc=pass"})
        told = await desk.look(Action.RESPOND, ANSWER)
        assert "copy to whoever acts for the resident, which a person must post." in told
        assert "must be posted: no confirmed e-mail address of theirs is known" in told
        await desk.take(Action.RESPOND, ANSWER)
        assert DAUGHTER not in {to for to, mail in desk.sent() if "Copy" in str(mail["Subject"])}
        assert "A copy of a letter did not go by e-mail" in await desk.card()
        # Copies hold up no other step; whoever posts it says so.
        assert Action.ESCALATE in (await desk.case()).steps
        await desk.take(Action.GIVE_LETTER, {})
        assert (await desk.case()).copy is None
        assert "Given another way, says Asha" in str((await desk.file())["events"][-1])


async def test_an_address_that_staff_put_on_record_gets_the_copy(opened: Opener):
    async with opened() as desk:
        facts = TO_MOTHER | {"copy_to": "advice@shelter.example"}
        await desk.represented(facts, **{"Authentication-Results": ""})
        await desk.take(Action.RESPOND, ANSWER)
        assert [to for to, _ in desk.sent()][-2:] == [MOTHER, "advice@shelter.example"]


async def test_whoever_has_copies_can_answer_and_is_of_the_case(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER | {"copy_to": "advice@shelter.example"})
        await desk.take(Action.RESPOND, ANSWER)
        _, copy = desk.sent()[-1]
        answer = {"From": "advice@shelter.example", "In-Reply-To": copy["Message-ID"]}
        await desk.house.send("The door is blue.", own_id="2", **answer)
        assert thread(desk.house).standing is Standing.JOINED


async def test_a_resident_has_a_copy_of_what_goes_to_their_representative(opened: Opener):
    async with opened() as desk:
        wish = {"wish": "representative_with_copy", "copy_to": MOTHER}
        await desk.represented(SHOWN | wish)
        await desk.take(Action.RESPOND, ANSWER)
        assert [to for to, _ in desk.sent()][-2:] == [DAUGHTER, MOTHER]
        assert "Acted for by: relative or friend" in await desk.card()


@pytest.mark.parametrize(
    ("step", "facts", "told"),
    [
        (Action.NOTE_CONTACT, {"note": "She wants no letters"}, "nobody can be written to"),
        (
            Action.AGREE_ADJUSTMENT,
            {"need": "post_only", "purpose": "No computer", "review_on": "2026-09-01"},
            "post only was agreed",
        ),
    ],
    ids=["nobody is written to", "post was agreed"],
)
async def test_who_is_not_written_to_gets_no_copy_by_mail(
    opened: Opener, step: Action, facts: dict[str, str], told: str
):
    async with opened() as desk:
        await desk.represented(TO_MOTHER)
        await desk.take(step, facts)
        before = len([to for to, _ in desk.sent() if to == DAUGHTER])
        await desk.take(Action.RESPOND, ANSWER)
        if (await desk.case()).status is not Status.RESPONDED:
            await desk.take(Action.GIVE_LETTER, {})  # the letter itself
        assert len([to for to, _ in desk.sent() if to == DAUGHTER]) == before
        assert told in await desk.card()


async def test_what_was_given_by_hand_is_copied_as_it_would_have_been_written(opened: Opener):
    async with opened() as desk:
        await desk.represented(SHOWN)  # the resident has no e-mail
        await desk.take(Action.RESPOND, ANSWER)
        await desk.take(Action.GIVE_LETTER, {})
        to, copy = desk.sent()[-1]
        assert to == DAUGHTER
        assert ANSWER["reasons_1"] in words(copy)


async def test_authority_that_was_withdrawn_ends_the_copies(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER)
        count = len(desk.sent())
        await desk.take(Action.NOTE_REPRESENTATIVE, TO_MOTHER | {"authority": "refused_or_none"})
        await desk.take(Action.RESPOND, ANSWER)
        assert [to for to, _ in desk.sent()][count:] == [MOTHER]


async def test_a_copy_that_comes_back_moves_nothing_and_waits_for_a_person(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER)
        await desk.take(Action.RESPOND, ANSWER)
        await bring(desk.house, report(str(desk.sent()[-1][1]["Message-ID"])))
        assert (await desk.case()).status is Status.RESPONDED
        assert "A copy of a letter did not go by e-mail" in await desk.card()


async def test_a_copy_goes_where_the_complaint_was_not_the_first_case_of_its_message(
    opened: Opener,
):
    async with opened(undo=timedelta(seconds=30)) as desk:
        await desk.house.send(REPAIR, **PROVEN)
        await desk.confirm(Kind.SERVICE_REQUEST, Kind.COMPLAINT)
        await desk.take(Action.NOTE_REPRESENTATIVE, TO_MOTHER)
        desk.house.later(minutes=1)
        await desk.house.settle()
        assert [to for to, _ in desk.sent()] == [MOTHER, DAUGHTER]


async def test_no_copy_is_left_to_post_to_whoever_has_no_authority_any_more(opened: Opener):
    async with opened() as desk:
        await desk.represented(TO_MOTHER, **{"Authentication-Results": ""})
        await desk.take(Action.RESPOND, ANSWER)
        assert (await desk.case()).copy is not None
        await desk.take(Action.NOTE_REPRESENTATIVE, TO_MOTHER | {"authority": "refused_or_none"})
        assert (await desk.case()).copy is None
        assert "A copy of a letter did not go by e-mail" not in await desk.card()


async def test_a_copy_follows_the_address_on_record_there_and_back(opened: Opener):
    async with opened(undo=timedelta(seconds=30)) as desk:
        assert desk.relay is not None
        first, second = (TO_MOTHER | {"copy_to": f"{who}@shelter.example"} for who in "ab")
        await desk.represented(first)
        desk.house.later(minutes=1)
        await do_due(desk.house.record.db, desk.house.lanes[2], clock=desk.house.clock)
        desk.relay.answers["RCPT"] = "451 4.3.0 later"
        for facts in (second, first):
            await desk.take(Action.NOTE_REPRESENTATIVE, facts)
            desk.house.later(minutes=20)
            await desk.house.settle()
        desk.relay.answers.clear()
        desk.house.later(hours=1)
        await desk.house.settle()
        assert [to for to, _ in desk.sent()] == [MOTHER, "a@shelter.example"]


async def test_what_a_mail_server_says_of_an_address_on_record_shows_no_such_address(
    opened: Opener,
):
    async with opened(undo=timedelta(seconds=30)) as desk:
        assert desk.relay is not None
        await desk.represented(TO_MOTHER | {"copy_to": "mabel.marlowe@shelter.example"})
        desk.house.later(minutes=1)
        await do_due(desk.house.record.db, desk.house.lanes[2], clock=desk.house.clock)
        desk.relay.answers["RCPT"] = "550 5.1.1 <Mabel.Marlowe@shelter.example>: no mabel.marlowe"
        card = await desk.card()
        assert "A copy of a letter did not go by e-mail" in card
        assert "550 5.1.1" in card
        assert "marlowe" not in card.casefold()
        assert "marlowe" not in str(await desk.file()).casefold()


@pytest.mark.parametrize(
    "other",
    [{"capacity": "solicitor", "name": "Bell"}, {"name": "Mary Bell"}],
    ids=["as something else", "somebody else"],
)
async def test_whoever_wrote_has_no_copy_once_another_acts_for_the_resident(
    opened: Opener, other: dict[str, str]
):
    async with opened() as desk:
        await desk.represented(TO_MOTHER | {"name": "Sally Jones"})
        count = len(desk.sent())
        await desk.take(Action.NOTE_REPRESENTATIVE, TO_MOTHER | other)
        await desk.take(Action.RESPOND, ANSWER)
        assert [to for to, _ in desk.sent()][count:] == [MOTHER]
        assert "A copy of a letter did not go by e-mail" in await desk.card()
