"""The life of a case as staff live it: the same steps in Slack and at the desk."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from markupsafe import escape

from bot.child import BoundedChild
from bot.triage import views
from bot.triage.people_words import PEOPLE_WORDS
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value
from bot.triage.words import STEP_WORDS
from intake.domain.case import Action, Kind, Status
from intake.domain.summary import MessageSummary
from tests.builders import landlord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import ALICE, TRIAGE
from tests.house import House, configured, open_house, slack_settings

pytestmark = pytest.mark.usefixtures("db")
GRIEVANCE = "Nobody has come about the roof. Please send somebody."
ANSWER = {
    "outcome_1": "upheld",
    "reasons_1": "Our policy says three days.",
    "remedy": "We apologise.",
    "promises": "Mend the roof; Repairs; 2026-04-01",
    "decider": "Asha Bell",
}
DEFINITION = {"issues": "Nobody came", "outcome": "A visit"}
REFUSAL = {
    "ground": "legal_proceedings",
    "reasons": "The court looks at it.",
    "evidence": "K12YX345 of 2 February",
    "decider": "Asha Bell",
}


class Staff(Protocol):
    """Where staff take a step, and what they are told when they cannot."""

    async def take(self, words: str, values: dict[str, str]) -> str: ...


@dataclass
class InSlack:
    house: House
    slack: FakeSlack

    async def take(self, words: str, values: dict[str, str]) -> str:
        await self.house.settle()
        [card] = self.slack.messages(TRIAGE)
        [(block_id, value)] = [
            (block["block_id"], option["value"])
            for block in card["blocks"]
            for option in block.get("accessory", {}).get("options", [])
            if option["text"]["text"] == words
        ]
        known = len(self.slack.views)
        await self.slack.press(
            TRIAGE, card["ts"], views.STEP, value=value, block_id=block_id, user=ALICE
        )
        await self.slack.wait_for(lambda: len(self.slack.views) > known)
        form = self.slack.views[-1]
        answers = await self.slack.submit(form["id"], values, user=ALICE)
        shown = [view for view in self.slack.views if view["id"] == form["id"]]
        if shown and (shown[0].get("submit") or {}).get("text") == "Send":  # its letter
            answers = await self.slack.submit(form["id"], values, user=ALICE)
        assert not [problem for answer in answers for problem in answer.problems]
        return str(answers) + str(self.slack.views)


@dataclass
class AtDesk:
    house: House
    browser: httpx.AsyncClient

    async def take(self, words: str, values: dict[str, str]) -> str:
        page = (await self.browser.get("/decided")).text
        link = page.split(f'">{escape(words)}</a>', 1)[0].rsplit('<a href="', 1)[1]
        form = (await self.browser.get(link)).text
        hidden = {name: _field(form, name) for name in ("csrf", "press")}
        page = (await self.browser.post(link, data=hidden | values)).text
        if ">Send</button>" in page:  # the letter was shown
            link = page.split('<form method="post" action="', 1)[1].split('"', 1)[0]
            page = (await self.browser.post(link, data=hidden | values)).text
        return page


def _field(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


@dataclass
class Life:
    house: House
    staff: Staff
    told: list[str] = field(default_factory=list)

    async def take(self, step: Action, **values: str) -> str:
        """Take a step, and let its letter go."""
        told = await self.staff.take(STEP_WORDS[step], values)
        await self.pass_time()
        return told

    async def pass_time(self) -> None:
        await self.house.settle()
        self.house.later(seconds=60)
        await self.house.settle()

    async def summary(self) -> MessageSummary:
        return await self.house.heard.presses("oak").see(1)

    async def begin(self, text: str = GRIEVANCE, kind: Kind = Kind.COMPLAINT) -> None:
        await self.house.send(text)
        pressed = Pressed(value=button_value(await self.summary()), by="Asha", key="begin")
        filled = Filled(kinds=(kind,), issues="Nobody came", outcome="A visit")
        await self.house.heard.presses("oak").confirm(pressed, filled)
        await self.pass_time()

    async def status(self, kind: Kind = Kind.COMPLAINT) -> Status:
        return next(c.status for c in (await self.summary()).cases if c.kind is kind)

    def letters(self) -> str:
        return "\n".join(self.house.outbox()).replace("=\n", "")


Opener = Callable[[], Awaitable[Life]]


@pytest.fixture(params=["slack", "desk"])
async def life(
    request: pytest.FixtureRequest,
    db_url: str,
    tmp_path: Path,
    child: BoundedChild,
    now: datetime,
) -> AsyncIterator[Life]:
    async with AsyncExitStack() as stack:
        known: dict[str, Any] = {"oak": landlord(undo=timedelta(seconds=30))}
        slack = None
        if request.param == "slack":
            slack = await stack.enter_async_context(FakeSlack())
            known["slack"] = slack_settings(slack, "http")
        opened = open_house(db_url, tmp_path, child, now, configured(**known))
        house = await stack.enter_async_context(opened)
        if slack is not None:
            slack.request_url = f"{house.web}/slack/oak"
            yield Life(house, InSlack(house, slack))
            return
        client = httpx.AsyncClient(base_url=house.desk, follow_redirects=True)
        browser = await stack.enter_async_context(client)
        page = await browser.get("/enter", params={"key": house.sittings.key})
        await browser.post("/name", data={"csrf": _field(page.text, "csrf"), "name": "Asha"})
        yield Life(house, AtDesk(house, browser))


async def test_an_answer_is_put_off_and_given(life: Life):
    await life.begin()
    told = await life.take(Action.EXTEND, until="2026-05-01", reason="The surveyor is ill")
    assert "6.4, 6.15" in told
    await life.take(Action.EXTEND, until="2026-03-30", reason="The surveyor is ill")
    assert "The surveyor is ill" in life.letters()
    await life.take(Action.RESPOND, **ANSWER)
    assert await life.status() is Status.RESPONDED
    assert "Mend the roof: Repairs, by Wednesday 1 April 2026" in life.letters()


async def test_stage_2_is_decided_by_another_reviewer(life: Life):
    await life.begin()
    await life.take(Action.RESPOND, **ANSWER)
    await life.take(Action.ESCALATE, asked_on="2026-03-02", complained_about="Dave")
    await life.take(Action.ACKNOWLEDGE, **DEFINITION)
    assert await life.status() is Status.STAGE_2_ACKNOWLEDGED
    assert "6.13" in await life.take(Action.RESPOND, **ANSWER)
    assert "5.8" in await life.take(Action.RESPOND, **(ANSWER | {"decider": "dave"}))
    await life.take(Action.RESPOND, **(ANSWER | {"decider": "Bill Cole"}))
    assert await life.status() is Status.STAGE_2_RESPONDED
    assert "This is our final word" in life.letters()


async def test_a_refusal_says_why_and_where_to_go(life: Life):
    await life.begin()
    told = await life.take(Action.REFUSE, **(REFUSAL | {"ground": "late_request"}))
    assert "2.2" in told
    await life.take(Action.REFUSE, **REFUSAL)
    assert await life.status() is Status.REFUSED
    assert "who may tell us to take your complaint on" in life.letters()


async def test_the_choice_to_complain_comes_before_closing(life: Life):
    request = Kind.SERVICE_REQUEST
    await life.begin("There is damp. Nobody has come.", request)
    assert "1.3" in await life.take(Action.CLOSE, note="done")
    assert await life.status(request) is Status.LOGGED
    await life.take(Action.OFFER, note="By telephone")
    await life.take(Action.ANSWER_OFFER, answer="no")
    await life.take(Action.CLOSE, note="done")
    assert await life.status(request) is Status.CLOSED


async def test_a_hazard_is_dismissed_with_a_reason(life: Life):
    await life.begin("I smell gas.", Kind.SERVICE_REQUEST)
    assert "Say why" in await life.staff.take("Explosions…", {"work": "dismiss"})
    assert len((await life.summary()).hazards) == 1
    await life.staff.take("Explosions…", {"work": "dismiss", "note": "It was paint"})
    await life.pass_time()
    summary = await life.summary()
    assert (summary.hazards, len(summary.dismissed)) == ((), 1)
    card = str(views.triage_card(summary, now=life.house.now).blocks)
    assert "Hazard explosions dismissed by" in card
    assert "EMERGENCY" not in card


async def test_a_reminder_shows_on_the_card(life: Life):
    await life.begin()
    life.house.later(days=12)
    await life.house.settle()
    shown = str(views.triage_card(await life.summary(), now=life.house.now).blocks)
    assert "⏰ *soon*" in shown
    life.house.later(days=5)
    await life.house.settle()
    shown = str(views.triage_card(await life.summary(), now=life.house.now).blocks)
    assert "OVERDUE" in shown


async def test_a_decision_is_taken_back_before_its_letter_leaves(life: Life):
    await life.begin()
    presses = life.house.heard.presses("oak")
    summary = await life.summary()
    [case] = summary.cases
    value = views.step_value(summary, f"c{case.id}", Action.RESPOND)
    form = await presses.take(Pressed(value=value, by="Asha", key="answer"), ANSWER)
    assert form is not None
    seen = Pressed(value=form["private_metadata"], by="Asha", key="answer")
    assert await presses.take(seen, ANSWER) is None
    await life.take(Action.TAKE_BACK)
    assert await life.status() is Status.ACKNOWLEDGED
    assert "OUR DECISION" not in life.letters()


async def test_praise_is_passed_on_and_its_writer_is_thanked(life: Life):
    await life.begin("Thank you, the caretaker was lovely.", Kind.COMPLIMENT)
    await life.take(Action.FORWARD, note="To Sam, by his manager", way="letter", passed_to="Sam")
    assert "We will pass your thanks on to Sam." in life.letters()
    assert await life.status(Kind.COMPLIMENT) is Status.PASSED_ON


async def test_the_writer_of_a_comment_hears_what_changed(life: Life):
    await life.begin("You could open the gate earlier.", Kind.COMMENT)
    await life.take(Action.FORWARD, note="To Estates", way="other")
    assert life.letters() == ""
    await life.take(Action.TELL, note="The gate opens at six.", way="letter")
    assert "Something has changed because of it." in life.letters()


async def test_an_mp_is_answered_by_a_letter_that_staff_see_first(life: Life):
    await life.begin()
    came = {"sender": "mp", "bearing": "complaint", "came": "apart", "name": "Mary Quill MP"}
    days = {"received_on": "2026-03-02", "asked_by": "2026-03-06"}
    await life.staff.take(PEOPLE_WORDS[Action.NOTE_LETTER], came | days)
    [case] = (await life.summary()).cases
    [letter] = case.around.letters
    answer = {"letter": str(letter.id), "what": "answered", "way": "letter"}
    words = {"note": "The roof is mended.", "address": "mary@parliament.example"}
    await life.staff.take(PEOPLE_WORDS[Action.ANSWER_LETTER], answer | words)
    await life.pass_time()
    assert "To: mary@parliament.example" in life.letters()
    assert "Dear Mary Quill MP," in life.letters()
    [case] = (await life.summary()).cases
    assert case.around.letters[0].answered
