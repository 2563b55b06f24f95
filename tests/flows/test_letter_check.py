"""Staff see a letter before it goes, with what its check found, and say why it goes anyway."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.layout import Block
from bot.triage.presses import Filled, Pressed
from bot.triage.previews import UnsaidError
from bot.triage.views import button_value, step_value
from intake.domain.case import Action, Kind, Status
from intake.store.tables import EventRow, LetterRow, NoteRow
from tests.builders import landlord
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
ANSWER = {
    "outcome_1": "upheld",
    "reasons_1": "Our policy says three days.",
    "remedy": "We apologise and will mend it.",
    "promises": "Mend the roof; Repairs; 2026-04-01",
    "decider": "Asha Bell",
}
BARE = ANSWER | {"reasons_1": "TBC"}


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[House]:
    """A house with an acknowledged complaint."""
    known = configured(oak=landlord(undo=timedelta(seconds=30)))
    async with open_house(db_url, tmp_path, child, now, known) as opened:
        await opened.send("Nobody has come. Ring me on 07700 900123. Please send somebody.")
        presses = opened.heard.presses("oak")
        pressed = Pressed(value=button_value(await presses.see(1)), by="Asha", key="begin")
        filled = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came [PHONE 1]", outcome="A visit")
        await presses.confirm(pressed, filled)
        opened.later(seconds=60)
        await opened.settle()
        yield opened


async def take(
    house: House, values: dict[str, str], *, seen: str = "", step: Action = Action.RESPOND
) -> Block | None:
    presses = house.heard.presses("oak")
    summary = await presses.see(1)
    [case] = summary.cases
    value = step_value(summary, f"c{case.id}", step)
    return await presses.take(Pressed(value=value + seen, by="Asha", key=f"k{seen}"), values)


async def look(house: House, values: dict[str, str]) -> tuple[str, str]:
    """Return what is shown before a letter goes, and the mark of having seen it."""
    form = await take(house, values)
    assert form is not None
    return str(form["blocks"]), ":" + form["private_metadata"].rpartition(":")[2]


def events(house: House) -> dict[Action, str]:
    def load(session: Session) -> dict[Action, str]:
        noted = select(EventRow.action, NoteRow.words).join(NoteRow)
        return {action: words or "" for action, words in session.execute(noted)}

    return house.record.db.call(load)


def letters(house: House) -> list[LetterRow]:
    return house.record.db.call(lambda session: list(session.scalars(select(LetterRow))))


async def status(house: House) -> Status:
    [case] = (await house.heard.presses("oak").see(1)).cases
    return case.status


async def test_a_letter_is_shown_as_it_will_go_and_nothing_is_recorded(house: House):
    before = len(letters(house)), events(house)
    shown, _ = await look(house, ANSWER)
    for part in ("By e-mail to jo@example.org", "Our policy says three days.", "Oak Homes"):
        assert part in shown
    assert "It quotes the resident" in shown
    assert "every part that the Code asks for" in shown
    assert "900123" not in shown  # the writer's own, which staff do not see
    assert (len(letters(house)), events(house)) == before


async def test_a_letter_that_was_seen_goes(house: House):
    shown, seen = await look(house, ANSWER)
    assert await take(house, ANSWER, seen=seen) is None
    assert await take(house, ANSWER, seen=seen) is None  # the same press once more
    house.later(seconds=60)
    await house.settle()
    assert await status(house) is Status.RESPONDED
    assert Action.OVERRIDE_CHECK not in events(house)
    [*_, sent] = letters(house)
    assert sent.shown is not None
    assert repr(sent.shown.strip()[:300])[1:-1] in shown


async def test_another_letter_than_was_seen_is_shown_first(house: House):
    _, seen = await look(house, ANSWER)
    form = await take(house, ANSWER | {"remedy": "We will pay you £20."}, seen=seen)
    assert form is not None
    assert "£20" in str(form["blocks"])
    assert await status(house) is Status.ACKNOWLEDGED


async def test_a_letter_that_lacks_a_part_goes_only_with_a_reason_on_record(house: House):
    shown, seen = await look(house, BARE)
    assert "✖ *Missing*: the reasons for it (Code 6.9, 6.7): point 1 has no reasons" in shown
    with pytest.raises(UnsaidError) as asked:
        await take(house, BARE, seen=seen)
    assert "override" in asked.value.fields
    assert await take(house, BARE | {"override": "They know why"}, seen=seen) is None
    noted = events(house)[Action.OVERRIDE_CHECK]
    assert noted.startswith("They know why\nmissing: the reasons for it (Code 6.9, 6.7)")


async def test_a_placeholder_that_staff_copied_stops_a_letter(house: House):
    shown, _ = await look(house, ANSWER | {"reasons_1": "We rang [PHONE 2] because of it."})
    assert "✖ *Wrong*: a placeholder is left: “[PHONE 2]”" in shown


async def test_somebody_elses_number_is_asked_about(house: House):
    values = ANSWER | {"reasons_1": "We rang your neighbour on 01632 960001 because you said so."}
    shown, seen = await look(house, values)
    assert "*Look again*: somebody's personal data: “01632 960001”" in shown
    assert await take(house, values, seen=seen) is None


async def test_a_step_without_a_letter_shows_none(house: House):
    assert await take(house, {"note": "She rang"}, step=Action.WITHDRAW) is None
    assert await status(house) is Status.WITHDRAWN


async def test_the_desk_shows_the_letter_and_asks_why_it_should_go(house: House):
    presses = house.heard.presses("oak")
    summary = await presses.see(1)
    [case] = summary.cases
    link = f"/step/oak/{step_value(summary, f'c{case.id}', Action.RESPOND)}"
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as browser:
        page = await browser.get("/enter", params={"key": house.sittings.key})
        csrf = page.text.split('name="csrf" value="', 1)[1].split('"', 1)[0]
        await browser.post("/name", data={"csrf": csrf, "name": "Asha"})
        seen = (await browser.post(link, data={"csrf": csrf, "press": "1"} | BARE)).text
        assert '<div class="paper letter">Hello,' in seen
        assert ">TBC</textarea>" in seen
        link = seen.split('<form method="post" action="', 1)[1].split('"', 1)[0]
        asked = await browser.post(link, data={"csrf": csrf, "press": "1"} | BARE)
        assert asked.status_code == 422
        assert "Say why it should go in spite of this" in asked.text
        assert '<div class="paper letter">Hello,' in asked.text


async def test_what_was_agreed_with_the_resident_is_used(house: House):
    agreed = {"purpose": "Sight", "review_on": "2027-01-01"}
    for need in ("large_print", "phone_only"):
        values = agreed | {"need": need}
        assert await take(house, values, seen=f":{need}", step=Action.AGREE_ADJUSTMENT) is None
    shown, seen = await look(house, ANSWER)
    assert "It goes in large print." in shown
    assert "phone only was agreed, and this goes by e-mail" in shown
    assert "every part that the Code asks for" in shown
    assert await take(house, ANSWER, seen=seen) is None
    house.later(seconds=60)
    await house.settle()
    [*_, sent] = letters(house)
    assert max(map(len, (sent.shown or "").splitlines())) <= 42
    assert any("24px" in mail for mail in house.outbox())


async def undecided(house: House) -> Pressed:
    """Undo the triage of a second message, so that it is to be decided."""
    await house.send("Nobody has come about the lift. Please send somebody.", own_id="2")
    summary = await house.heard.presses("oak").see(2)
    return Pressed(value=button_value(summary), by="Asha", key="two")


WHOLE = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came to the lift", outcome="A visit")
#: It quotes what nobody can give back: the letter would go with a placeholder.
TORN = replace(WHOLE, issues="Nobody rang [PHONE 9]")


async def test_a_whole_acknowledgement_goes_with_one_press(house: House):
    presses = house.heard.presses("oak")
    assert await presses.confirm(await undecided(house), WHOLE) is None
    assert Action.OVERRIDE_CHECK not in events(house)
    assert len(letters(house)) == 2


async def test_the_acknowledgement_can_be_seen_before_it_goes(house: House):
    presses, pressed = house.heard.presses("oak"), await undecided(house)
    form = await presses.confirm(pressed, replace(WHOLE, see=True))
    assert form is not None
    assert len(letters(house)) == 1  # nothing is recorded
    shown = str(form["blocks"])
    for part in ("By e-mail to jo@example.org", "not verified", "Nobody came to the lift"):
        assert part in shown
    again = replace(pressed, value=form["private_metadata"], key="again")
    assert await presses.confirm(again, replace(WHOLE, see=True)) is None
    assert len(letters(house)) == 2


async def test_an_acknowledgement_that_its_check_stops_goes_only_with_a_reason(house: House):
    presses, pressed = house.heard.presses("oak"), await undecided(house)
    form = await presses.confirm(pressed, TORN)
    assert form is not None
    assert "✖ *Wrong*: a placeholder is left: “[PHONE 9]”" in str(form["blocks"])
    again = replace(pressed, value=form["private_metadata"], key="again")
    with pytest.raises(UnsaidError):
        await presses.confirm(again, TORN)
    assert await presses.confirm(again, replace(TORN, override="He knows it")) is None
    noted = events(house)[Action.OVERRIDE_CHECK]
    assert noted == "He knows it\nwrong: a placeholder is left: “[PHONE 9]”"


async def test_an_acknowledgement_that_was_mended_goes_with_the_next_press(house: House):
    presses, pressed = house.heard.presses("oak"), await undecided(house)
    form = await presses.confirm(pressed, TORN)
    assert form is not None
    again = replace(pressed, value=form["private_metadata"], key="again")
    assert await presses.confirm(again, WHOLE) is None


async def test_a_complaint_is_logged_although_its_letter_cannot_be_written(house: House):
    presses, pressed = house.heard.presses("oak"), await undecided(house)
    nobody = presses.landlord.policy.model_copy(update={"contacts": ()})
    presses = replace(presses, landlord=replace(presses.landlord, policy=nobody))
    form = await presses.confirm(pressed, replace(WHOLE, changes=True))
    assert form is not None
    assert "the letter lacks how to reach" in str(form["blocks"])
    again = replace(pressed, value=form["private_metadata"], key="again")
    with pytest.raises(UnsaidError):
        await presses.confirm(again, WHOLE)
    assert await presses.confirm(again, replace(WHOLE, override="It is due")) is None
    assert events(house)[Action.OVERRIDE_CHECK].startswith("It is due\nthe letter lacks")


async def test_the_desk_shows_the_acknowledgement_and_takes_the_next_press(house: House):
    pressed = await undecided(house)
    facts = {"action": "triage.confirm", "value": pressed.value, "issues": "The lift"}
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as browser:
        page = await browser.get("/enter", params={"key": house.sittings.key})
        csrf = page.text.split('name="csrf" value="', 1)[1].split('"', 1)[0]
        await browser.post("/name", data={"csrf": csrf, "name": "Asha"})
        facts |= {"csrf": csrf, "press": "1", "outcome": "A visit", "see": "see"}
        seen = (await browser.post("/press/oak", data=facts)).text
        assert "<h1>Look before it goes</h1>" in seen
        assert '<div class="paper letter">Hello,' in seen
        assert 'value="see" id="m2-confirm-see-see" checked' in seen
        assert ">Send</button>" in seen
        value = seen.split('name="value" value="', 1)[1].split('"', 1)[0]
        done = await browser.post("/press/oak", data=facts | {"value": value, "press": "2"})
        assert "Recorded." in done.text
    assert len(letters(house)) == 2
