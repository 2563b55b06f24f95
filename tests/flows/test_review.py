"""A reviewer at the desk hides a name, shows a number, and takes that back."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from bot.child import BoundedChild
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
WORDS = "There is damp. The lodger Bo Small says: ring 07700 900123."


@pytest.fixture
async def house(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[House]:
    async with open_house(db_url, tmp_path, child, now, configured()) as opened:
        yield opened


@pytest.fixture
async def desk(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as client:
        page = await client.get("/enter", params={"key": house.sittings.key})
        await client.post("/name", data={"csrf": hidden(page.text, "csrf"), "name": "Asha"})
        yield client


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


async def review(house: House, desk: httpx.AsyncClient, step: str, **values: str) -> httpx.Response:
    """Follow the link of a review on the card, fill its form in, and send it."""
    page = (await desk.get("/")).text
    [link] = set(re.findall(rf'href="(/step/oak/[^"]*:m0:{step})"', page))
    form = (await desk.get(link)).text
    facts = {"csrf": hidden(form, "csrf"), "press": hidden(form, "press")}
    answer = await desk.post(link, data=facts | values)
    await house.settle()
    return answer


async def test_a_reviewer_hides_and_shows_and_takes_it_back(house: House, desk: httpx.AsyncClient):
    await house.send(WORDS)
    told = await review(house, desk, "hide", words="bo small", kind="NAME", reason="a lodger")
    assert told.status_code == 200
    page = (await desk.get("/")).text
    assert "Small" not in page
    assert "The lodger [NAME 1] says: ring [PHONE 1]." in page
    place = "text:[PHONE 1]"
    await review(house, desk, "reveal", place=place, scope="here", reason="to ring them")
    assert "ring 07700 900123" in (await desk.get("/")).text
    await review(house, desk, "hide_again", place=place, reason="done")
    assert "900123" not in (await desk.get("/")).text


async def test_a_form_that_lacks_something_says_so_and_does_nothing(
    house: House, desk: httpx.AsyncClient
):
    await house.send(WORDS)
    told = await review(house, desk, "hide", words="bo small", kind="NAME", reason="")
    assert told.status_code == 422
    assert "Say why" in told.text
    told = await review(house, desk, "hide", words="nobody else", kind="NAME", reason="so")
    assert "No such words" in told.text
    assert "Bo Small" in (await desk.get("/")).text


async def test_a_review_that_can_no_longer_be_made_is_refused(
    house: House, desk: httpx.AsyncClient
):
    await house.send(WORDS)
    assert (await desk.get("/step/oak/1:2:m0:checked")).status_code == 404
