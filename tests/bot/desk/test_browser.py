"""The whole journey in a real browser, as a triager makes it in one minute."""

import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from bot.child import BoundedChild
from intake.store.database import Database
from tests.builders import landlord
from tests.house import House, configured, open_house

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
#: Without these it looks for hosts that a closed network has not.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BOTH = "There is damp in the hall. Nobody has come. Ring me on 07700 900123. Please send somebody."


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield await browser.new_page()
        await browser.close()


@pytest.fixture
async def house(tmp_path: Path, child: BoundedChild, now: datetime) -> AsyncIterator[House]:
    """On SQLite alone: the browser is what is tested here."""
    url = f"sqlite:///{tmp_path}/browser.db"
    Database(url).close()
    known = configured(oak=landlord(undo=timedelta(seconds=60)))
    async with open_house(url, tmp_path, child, now, known) as opened:
        yield opened


async def sit_down(page: Page, house: House) -> None:
    await page.goto(f"{house.desk}/enter?key={house.sittings.key}")
    await page.get_by_label("Your name").fill("Asha Triager")
    await page.get_by_role("button", name="Go to the desk").click()


async def test_a_mail_is_confirmed_with_one_press_and_the_letter_lies_in_the_outbox(
    page: Page, house: House
):
    await sit_down(page, house)
    await house.send(BOTH)
    card = page.locator("article.card")
    await card.wait_for()  # it came by itself
    text = await card.inner_text()
    assert "[PHONE 1]" in text
    assert "900123" not in text
    await card.get_by_role("button", name="Confirm", exact=True).click()
    await page.get_by_text("Recorded. You can undo it").wait_for()
    house.later(seconds=61)
    await house.settle()
    assert len(house.outbox()) == 1
    await page.get_by_role("link", name="Letters").click()
    await page.get_by_text("What it says").click()
    assert "There is damp in the hall." in await page.locator(".paper").inner_text()


async def test_a_press_can_be_undone_until_the_letter_leaves(page: Page, house: House):
    await sit_down(page, house)
    await house.send(BOTH)
    await page.get_by_role("button", name="Confirm", exact=True).click()
    await page.get_by_role("link", name="Decided").click()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Undone: it awaits triage again.").wait_for()
    house.later(seconds=61)
    await house.settle()
    assert house.outbox() == []
    assert {case.status for case in house.cases()} == {"awaiting_triage"}


async def test_a_triager_needs_no_mouse(page: Page, house: House):
    await sit_down(page, house)
    await house.send("There is damp in the hall.")
    await page.locator("article.card").wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("c")
    await page.get_by_text("Recorded. You can undo it").wait_for()
    assert {case.status for case in house.cases()} == {"logged"}


async def test_what_is_being_written_is_not_swept_away(page: Page, house: House):
    await sit_down(page, house)
    await house.send(BOTH)
    issues = page.get_by_label("Issues, one a line").first
    await issues.fill("Half a sen")
    await house.send("There is damp in the kitchen.", own_id="2")
    await page.locator("article.card").nth(1).wait_for()
    assert await issues.input_value() == "Half a sen"


async def test_the_change_of_a_proposal_opens_the_right_case(page: Page, house: House):
    await sit_down(page, house)
    await house.send("There is damp in the hall.")
    await page.get_by_text("Change…").click()
    await page.get_by_label("Service request").uncheck()
    await page.get_by_label("Complaint", exact=True).check()
    await page.get_by_label("Outcome sought").last.fill("A visit")
    await page.get_by_role("button", name="Confirm the change").click()
    await page.get_by_text("Recorded. You can undo it").wait_for()
    found = {case.kind: case.status for case in house.cases()}
    assert found == {"service_request": "recorded_in_error", "complaint": "logged"}


async def test_an_empty_desk_offers_samples_that_come_by_mail(page: Page, house: House):
    await sit_down(page, house)
    await page.get_by_role("button", name="Load a dozen sample messages").click()
    await page.get_by_text("on their way through the mail door").wait_for()
    await house.settle()
    await page.locator("article.card").nth(11).wait_for()


async def test_markup_in_a_message_is_only_text(page: Page, house: House):
    await sit_down(page, house)
    await house.send('There is damp. <img src=x onerror="document.title=1"><b>*bold*</b>')
    card = page.locator("article.card")
    await card.wait_for()
    assert "<b>*bold*</b>" in await card.inner_text()
    assert await card.locator("img").count() == 0


async def test_a_resident_fills_in_the_form_without_scripts(house: House):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = await browser.new_context(
            java_script_enabled=False, viewport={"width": 360, "height": 640}
        )
        page = await context.new_page()
        await page.goto(f"{house.web}/contact/oak")
        await page.get_by_label("What happened?").fill("There is damp and nobody has come.")
        await page.get_by_label("What would put it right?").fill("A visit")
        await page.get_by_label("E-mail address").fill("jo@example.org")
        await page.get_by_role("button", name="Send to Oak Homes").click()
        reference = await page.locator(".reference").inner_text()
        await browser.close()
    await house.settle()
    assert len(reference) == 11
    assert {case.kind for case in house.cases()} == {"service_request", "complaint"}
