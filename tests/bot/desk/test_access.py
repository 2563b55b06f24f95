"""Who may open the desk."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage import views
from intake.domain.letter import LetterState
from intake.domain.triage import is_blind
from intake.receive import Arrival, receive
from intake.store.metadata import METADATA
from intake.store.tables import LetterRow, MessageRow
from tests.builders import add_message, delivery
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
BOTH = "There is damp in the hall. Nobody has come. Please send somebody."


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[House]:
    async with open_house(db_url, tmp_path, child, now, configured()) as opened:
        yield opened


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who came in by the link and gave a name."""
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as client:
        page = await client.get("/enter", params={"key": house.sittings.key})
        assert page.url.path == "/name"
        await client.post("/name", data={"csrf": csrf(page.text), "name": "Asha"})
        yield client


def field(page: str, name: str) -> str:
    """Return what a hidden field of the page's first form holds."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def csrf(page: str) -> str:
    return field(page, "csrf")


async def pressing(browser: httpx.AsyncClient, action: str, **more: str) -> httpx.Response:
    page = (await browser.get("/")).text
    if "/press/oak" not in page:
        page = (await browser.get("/decided")).text
    fields = {name: field(page, name) for name in ("csrf", "press", "value")}
    return await browser.post("/press/oak", data=fields | {"action": action} | more)


async def test_without_the_link_nobody_gets_in(house: House):
    async with httpx.AsyncClient(base_url=house.desk) as client:
        for path in ("/", "/cards", "/decided", "/pen", "/letters", "/stuck", "/enter?key=guess"):
            answer = await client.get(path)
            assert answer.status_code == 403, path
            assert "heard run" in answer.text


async def test_the_link_works_once(house: House):
    key = house.sittings.key
    async with httpx.AsyncClient(base_url=house.desk) as first:
        answer = await first.get("/enter", params={"key": key})
        assert answer.status_code == 303
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]
        assert (await first.get("/enter", params={"key": key})).status_code == 303
    async with httpx.AsyncClient(base_url=house.desk) as second:
        assert (await second.get("/enter", params={"key": key})).status_code == 403


async def test_the_empty_key_opens_nothing(house: House):
    async with httpx.AsyncClient(base_url=house.desk) as client:
        await client.get("/enter", params={"key": house.sittings.key})
        client.cookies.clear()
        assert (await client.get("/enter", params={"key": ""})).status_code == 403


async def test_another_name_for_this_machine_is_refused(house: House, browser: httpx.AsyncClient):
    answer = await browser.get("/", headers={"Host": "desk.attacker.example"})
    assert answer.status_code == 421
    port = house.desk.rpartition(":")[2]
    assert (await browser.get("/", headers={"Host": f"localhost:{port}"})).status_code == 200


async def test_a_name_is_asked_for_before_anything_else(house: House):
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as client:
        await client.get("/enter", params={"key": house.sittings.key})
        assert (await client.get("/decided")).url.path == "/name"


async def test_a_name_cannot_pass_for_somebody_in_slack(house: House, browser: httpx.AsyncClient):
    page = (await browser.get("/name")).text
    await browser.post("/name", data={"csrf": csrf(page), "name": "slack:U123"})
    await house.send("There is damp in the hall.")
    await pressing(browser, views.CONFIRM)
    assert "slack U123" in (await browser.get("/decided")).text


async def test_a_form_of_another_site_does_nothing(house: House, browser: httpx.AsyncClient):
    await house.send("There is damp in the hall.")
    answer = await pressing(browser, views.CONFIRM, csrf="0" * 64)
    assert answer.status_code == 403
    assert house.cases()[0].status == "awaiting_triage"


async def test_a_form_without_end_does_nothing(house: House, browser: httpx.AsyncClient):
    await house.send("There is damp in the hall.")
    answer = await pressing(browser, views.CONFIRM, issues="x" * 70_000)
    assert answer.status_code == 403


async def test_pages_forbid_scripts_of_others(browser: httpx.AsyncClient):
    policy = (await browser.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_a_press_twice_counts_once_and_a_stale_one_is_refused(
    house: House, browser: httpx.AsyncClient
):
    await house.send(BOTH)
    page = (await browser.get("/")).text
    fields = {name: field(page, name) for name in ("csrf", "press", "value")}
    fields |= {"action": views.CONFIRM, "issues": "Nobody came", "outcome": "Send somebody"}
    assert (await browser.post("/press/oak", data=fields)).status_code == 200
    assert (await browser.post("/press/oak", data=fields)).status_code == 200
    stale = await browser.post("/press/oak", data=fields | {"press": "another"})
    assert stale.status_code == 409
    assert "Asha" in stale.text


async def test_a_complaint_without_issues_is_asked_for_again(
    house: House, browser: httpx.AsyncClient
):
    await house.send(BOTH)
    answer = await pressing(browser, views.CONFIRM, issues=" ", outcome="A visit, please")
    assert answer.status_code == 422
    assert "Say what the complaint is about" in answer.text
    assert "A visit, please" in answer.text
    assert {case.status for case in house.cases()} == {"awaiting_triage"}


async def test_a_change_keeps_what_was_ticked_when_something_is_missing(
    house: House, browser: httpx.AsyncClient
):
    await house.send("There is damp in the hall.")
    answer = await pressing(browser, views.CHANGE, kinds="complaint", outcome="A visit")
    assert answer.status_code == 422
    assert 'value="complaint" id="m1-change-kinds-complaint" checked' in answer.text
    none = await pressing(browser, views.CHANGE)
    assert none.status_code == 422
    assert "Choose at least one" in none.text


async def test_what_is_not_there_is_said_so(house: House, browser: httpx.AsyncClient):
    await house.send(BOTH)
    assert (await pressing(browser, views.CONFIRM, value="999:1")).status_code == 404
    assert (await pressing(browser, views.CONFIRM, value="nonsense")).status_code == 404
    assert (await browser.get("/pen/oak/999")).status_code == 404
    page = (await browser.get("/")).text
    elsewhere = await browser.post("/press/nobody", data={"csrf": csrf(page)})
    assert elsewhere.status_code == 404


async def test_what_could_not_be_read_can_be_saved_but_is_never_shown(
    house: House, browser: httpx.AsyncClient
):
    import aiosmtplib  # noqa: PLC0415 - one test sends noise

    host, _, port = house.mail.rpartition(":")
    noise = b"\x00\xff<script>alert(1)</script>"
    await aiosmtplib.send(
        noise,
        sender="jo@example.org",
        recipients=["help@oak.example"],
        hostname=host,
        port=int(port),
        start_tls=False,
    )
    await house.settle()
    page = await browser.get("/pen")
    assert "no mail header" in page.text
    assert "alert(1)" not in page.text
    saved = await browser.get("/pen/oak/1")
    assert noise in saved.content
    assert saved.headers["content-disposition"].startswith("attachment")


async def test_work_that_was_given_up_can_be_tried_again(house: House, browser: httpx.AsyncClient):
    from sqlalchemy import update  # noqa: PLC0415 - one test spoils a job

    from intake.store.tables import JobRow, Outcome  # noqa: PLC0415

    await house.send("There is damp in the hall.")
    dead = update(JobRow).where(JobRow.kind == "card")
    await house.record.db.run(
        lambda session: session.execute(dead.values(outcome=Outcome.DEAD, last_error="Timeout"))
    )
    page = (await browser.get("/stuck")).text
    assert "Timeout" in page
    again = await browser.post("/stuck/oak/3", data={"csrf": csrf(page)})
    assert "Nothing is stuck" in again.text
    await house.settle()


async def test_a_page_that_is_not_there_says_so_in_plain_words(
    house: House, browser: httpx.AsyncClient
):
    answer = await browser.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert "Back to what is to do" in answer.text
    async with httpx.AsyncClient(base_url=house.desk) as stranger:
        assert (await stranger.get("/nowhere")).status_code == 403


async def test_a_case_is_read_as_evidence(house: House, browser: httpx.AsyncClient):
    await house.send(BOTH)
    await pressing(browser, views.CONFIRM, issues="Damp in the hall", outcome="A visit")
    house.later(seconds=61)
    await house.settle()
    reference = next(case.reference for case in house.cases() if case.kind == "complaint")
    page = (await browser.get(f"/case/{reference}")).text
    for said in (
        f"{reference}: Complaint, stage 1, acknowledged",
        "Acknowledge at stage 1",
        "Code 6.2",
        "Issue 1: Damp in the hall",
        "Save the letter exactly as it went",
        "Confirmed",
        "awaiting triage → logged",
        "Asha",
        "Outcome sought: A visit",
    ):
        assert said in page, said
    for technical in ("stage_1", "awaiting_triage", "+00:00"):
        assert technical not in page
    assert (await browser.get("/case/AAA-AAA-AAA")).status_code == 404


async def test_what_is_decided_blind_is_read_after_it_was_decided(
    house: House, browser: httpx.AsyncClient
):
    number = next(number for number in range(101, 1_000) if is_blind(number))

    def use_up_numbers(session: Session) -> None:
        known = add_message(session, house.now)
        session.execute(update(MessageRow).where(MessageRow.id == known).values(id=number - 1))
        if session.get_bind().dialect.name == "postgresql":  # which does not look at the rows
            session.execute(text(f"SELECT setval('message_id_seq', {number - 1})"))

    await house.record.db.run(use_up_numbers)
    await house.send(BOTH)
    reference = next(case.reference for case in house.cases() if case.kind == "complaint")
    page = (await browser.get(f"/case/{reference}")).text
    assert "decides without seeing what Heard proposes" in page
    assert "omplaint" not in page
    await pressing(browser, views.CONFIRM, issues="Damp in the hall", outcome="A visit")
    assert f"{reference}: Complaint" in (await browser.get(f"/case/{reference}")).text


async def test_a_date_that_has_passed_is_overdue(house: House, browser: httpx.AsyncClient):
    await house.send(BOTH)
    await pressing(browser, views.CONFIRM, issues="Damp in the hall", outcome="A visit")
    reference = next(case.reference for case in house.cases() if case.kind == "complaint")
    assert "OVERDUE" not in (await browser.get(f"/case/{reference}")).text
    house.later(days=40)
    assert "OVERDUE" in (await browser.get(f"/case/{reference}")).text


async def test_what_could_not_be_read_can_be_read_again(house: House, browser: httpx.AsyncClient):
    garbage = delivery(b"\x80\x81\xff" * 20, house.now)
    house.record.db.call(receive, [Arrival(delivery=garbage)])
    await house.settle()
    page = (await browser.get("/pen")).text
    path = page.split('action="/pen/', 1)[1].split('"', 1)[0]
    assert "1 delivery could not be read</a>" in (await browser.get("/")).text
    told = await browser.post(f"/pen/{path}", data={"csrf": csrf(page)})
    assert "It is being read again" in told.text
    await browser.post(f"/pen/{path}", data={"csrf": csrf(page)})
    await house.settle()
    assert (await browser.get("/pen")).text.count("Read again</button>") == 1
    gone = await browser.post("/pen/oak/999", data={"csrf": csrf(page)})
    assert gone.status_code == 404


async def test_a_step_comes_back_to_where_its_card_is(house: House, browser: httpx.AsyncClient):
    await house.send("There is damp in the hall.")
    page = (await browser.get("/")).text
    step = page.split('href="/step/oak/', 1)[1].split('"', 1)[0]
    form = (await browser.get(f"/step/oak/{step}")).text
    assert 'href="/#m1"' in form


async def test_letters_name_their_cases_and_what_to_do_about_them(
    house: House, browser: httpx.AsyncClient
):
    await house.send(BOTH)
    await pressing(browser, views.CONFIRM, issues="Damp in the hall", outcome="A visit")
    house.later(seconds=61)
    await house.settle()
    reference = next(case.reference for case in house.cases() if case.kind == "complaint")
    assert f'<a href="/case/{reference}">' in (await browser.get("/letters")).text

    def fail(session: Session) -> None:
        session.execute(update(LetterRow).values(state=LetterState.FAILED))

    house.record.db.call(fail)
    todo = (await browser.get("/")).text
    assert "1 letter could not go by e-mail" in todo
    page = (await browser.get("/letters")).text
    assert "could not be sent" in page
    assert "Tell the resident another way" in page


async def test_a_fault_of_ours_is_told_in_plain_words(house: House, browser: httpx.AsyncClient):
    METADATA.drop_all(house.record.db.engine)
    try:
        answer = await browser.get("/")
    finally:
        METADATA.create_all(house.record.db.engine)  # the server is shared with other tests
    assert answer.status_code == 500
    assert "the fault is ours" in answer.text
