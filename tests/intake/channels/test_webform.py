import re
from datetime import datetime
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from intake.channels.webform import LARGEST
from intake.domain.form import FIELDS, parse_form
from intake.domain.message import Channel
from tests.builders import Shelf
from tests.intake.channels.web import browser

MARKUP = "\"'></textarea><script>alert(1)</script>&amp;{{ 7*7 }}"
OWN_ID = "1b671a64-40d5-491e-99b0-da01ff1f3341"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def web(shelf: Shelf, now: datetime) -> httpx.AsyncClient:
    return browser(shelf, now)


async def fill_in(web: httpx.AsyncClient, own_id: str = OWN_ID, **typed: str) -> httpx.Response:
    return await web.post(f"/contact/oak?id={own_id}", data=typed)


def shown(page: str) -> dict[str, str]:
    """Return what stands in the fields of a page, as a browser would read it."""
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page)
    return {name: unescape(typed) for name, typed in areas + inputs}


async def test_the_form_needs_no_script_and_fetches_nothing(web: httpx.AsyncClient):
    page = (await web.get("/contact/oak")).text
    assert not re.search(
        r"<script|<img|<link|<iframe|\son\w+=|src=|javascript:|@import|url\(", page
    )
    assert page.startswith("<!doctype html>")
    assert '<html lang="en-GB">' in page
    assert '<form method="post" action="/contact/oak?id=' in page


async def test_every_field_has_a_label_and_every_hint_a_field(web: httpx.AsyncClient):
    page = (await web.get("/contact/oak")).text
    fields = re.findall(r"<(?:input|textarea) id=\"(\w+)\" name=\"(\w+)\"", page)
    assert {name for _, name in fields} == set(FIELDS)
    for own_id, _ in fields:
        assert len(re.findall(f'<label for="{own_id}">[^<]+</label>', page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(described.split()) <= set(ids)


async def test_a_browser_lets_no_more_be_typed_than_is_read(web: httpx.AsyncClient):
    page = (await web.get("/contact/oak")).text
    longest = dict(re.findall(r' name="(\w+)"[^>]* maxlength="(\d+)"', page))
    assert {name: int(most) for name, most in longest.items()} == FIELDS


async def test_the_form_says_what_to_do_in_an_emergency_first(web: httpx.AsyncClient):
    page = (await web.get("/contact/oak")).text
    assert page.index("0800 111 999") < page.index("<form")
    assert "ring 999" in page


@pytest.mark.parametrize("path", ["/contact/oak", "/contact/nobody"])
async def test_a_page_lets_nothing_in_and_is_kept_nowhere(path: str, web: httpx.AsyncClient):
    for answer in (await web.get(path), await web.post(path, data={"what_happened": "Damp"})):
        policy = answer.headers["content-security-policy"]
        for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert rule in policy
        assert "script-src" not in policy
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


async def test_what_is_sent_is_kept_and_a_reference_given(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    answer = await fill_in(web, what_happened="No heating", name="Jo")
    assert answer.status_code == 202
    assert "REF-1" in answer.text
    assert "Oak Homes will read your message" in answer.text
    [kept] = shelf.deliveries
    assert (kept.landlord, kept.channel, kept.arrived_at) == ("oak", Channel.FORM, now)
    assert parse_form(kept.raw).text == "No heating"
    assert kept.envelope == {"type": "application/x-www-form-urlencoded"}


async def test_pressing_send_twice_keeps_it_once(web: httpx.AsyncClient, shelf: Shelf):
    answers = [await fill_in(web, what_happened="No heating") for _ in range(3)]
    assert len({answer.text for answer in answers}) == 1
    assert len(shelf.kept) == 1


async def test_going_back_and_adding_something_loses_nothing(web: httpx.AsyncClient, shelf: Shelf):
    await fill_in(web, what_happened="No heating")
    await fill_in(web, what_happened="No heating. And the ceiling is coming down!")
    assert [parse_form(kept.raw).text for kept in shelf.deliveries] == [
        "No heating",
        "No heating. And the ceiling is coming down!",
    ]


async def test_two_residents_may_send_the_same_words(web: httpx.AsyncClient, shelf: Shelf):
    pages = [(await web.get("/contact/oak")).text for _ in range(2)]
    for page in pages:
        [action] = re.findall(r'action="([^"]+)"', page)
        await web.post(action, data={"what_happened": "No heating"})
    assert len(shelf.kept) == 2


@pytest.mark.parametrize("own_id", ["", "7", "x" * 500, "../../etc", '"><script>'])
async def test_a_number_that_is_not_ours_is_left_out(
    own_id: str, web: httpx.AsyncClient, shelf: Shelf
):
    missing = await fill_in(web, own_id, name="Jo")
    assert 'action="/contact/oak?id="' in missing.text
    assert (await fill_in(web, own_id, what_happened="No heating")).status_code == 202
    [kept] = shelf.deliveries
    assert kept.sender_id == ""


async def test_without_what_happened_the_rest_is_shown_again(web: httpx.AsyncClient, shelf: Shelf):
    typed = {name: f"the {name}" for name in FIELDS} | {"what_happened": " \n "}
    answer = await fill_in(web, **typed)
    assert answer.status_code == 422
    assert shown(answer.text) == typed | {"what_happened": ""}
    assert "<title>Error: Contact Oak Homes</title>" in answer.text
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'aria-describedby="what-hint what-wrong"' in answer.text
    assert f'action="/contact/oak?id={OWN_ID}"' in answer.text
    assert not shelf.kept


async def test_what_could_not_be_kept_is_shown_again_and_sent_once(
    web: httpx.AsyncClient, shelf: Shelf
):
    typed = {name: f"the {name} " + MARKUP for name in FIELDS} | {"what_happened": "line 1\nline 2"}
    shelf.break_down()
    answer = await fill_in(web, **typed)
    assert answer.status_code == 503
    assert shown(answer.text) == typed
    assert "Nothing you wrote is lost" in answer.text
    assert 'aria-invalid="true"' not in answer.text
    shelf.mend()
    [action] = re.findall(r'action="([^"]+)"', answer.text)
    assert (await web.post(action, data=shown(answer.text))).status_code == 202
    assert len(shelf.kept) == 1


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"what_happened"}))
async def test_markup_in_a_field_stays_words(name: str, web: httpx.AsyncClient):
    answer = await fill_in(web, **{name: MARKUP})
    assert answer.status_code == 422
    assert "<script>" not in answer.text
    assert "49" not in shown(answer.text)[name]
    assert shown(answer.text)[name] == MARKUP


async def test_markup_in_what_happened_stays_words(web: httpx.AsyncClient, shelf: Shelf):
    shelf.break_down()
    answer = await fill_in(web, what_happened=MARKUP)
    assert "<script>" not in answer.text
    assert shown(answer.text)["what_happened"] == MARKUP


async def test_markup_in_a_landlords_name_stays_words(web: httpx.AsyncClient):
    for answer in (
        await web.get("/contact/elm"),
        await web.post("/contact/elm", data={"what_happened": "Damp"}),
        await web.post("/contact/elm", content=b"x" * (LARGEST + 1)),
    ):
        assert "&lt;b&gt;Elm&lt;/b&gt; &amp; Co" in answer.text
        assert "<b>" not in answer.text


@pytest.mark.parametrize("landlord", ["nobody", "OAK", "%3Cscript%3E", "oak%20"])
async def test_a_landlord_that_nobody_knows_has_no_form(
    landlord: str, web: httpx.AsyncClient, shelf: Shelf
):
    for answer in (
        await web.get(f"/contact/{landlord}"),
        await web.post(f"/contact/{landlord}", data={"what_happened": "Damp"}),
    ):
        assert answer.status_code == 404
        assert "There is no form here" in answer.text
        assert "script" not in answer.text
    assert not shelf.kept


async def test_a_message_that_is_too_long_is_not_taken_and_says_what_to_do(
    web: httpx.AsyncClient, shelf: Shelf
):
    answer = await web.post("/contact/oak", content=b"x" * (LARGEST + 1), headers=FORM)
    assert answer.status_code == 413
    assert "Nothing was sent. Go back, shorten it" in answer.text
    assert not shelf.kept


async def test_the_longest_message_in_any_letters_fits(web: httpx.AsyncClient, shelf: Shelf):
    for letter in ("x", "\N{GREEK SMALL LETTER OMEGA}", "\N{HOUSE BUILDING}"):
        answer = await fill_in(web, what_happened=letter * 20_000)
        assert answer.status_code == 202
    assert [len(parse_form(kept.raw).text) for kept in shelf.deliveries] == [20_000] * 3


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"No heating for a week", id="plain words"),
        pytest.param(b'{"what_happened": "No heating"}', id="JSON"),
        pytest.param(b"\xff\xfe\x00", id="bytes"),
        pytest.param("what_happened=caf\u00e9".encode(), id="letters that are not encoded"),
        pytest.param(b"&".join(b"x%d=1" % n for n in range(1_000)), id="a thousand fields"),
        pytest.param(
            b'--b\r\nContent-Disposition: form-data; name="what_happened"\r\n\r\nhi\r\n--b--\r\n',
            id="a form of another type",
        ),
    ],
)
async def test_what_is_no_form_of_ours_is_kept_for_a_person(
    raw: bytes, web: httpx.AsyncClient, shelf: Shelf
):
    headers = httpx.Headers({b"Content-Type": b"application/\xe9" + b"x" * 200})
    answer = await web.post("/contact/oak", content=raw, headers=headers)
    assert answer.status_code == 202
    [kept] = shelf.deliveries
    assert kept.raw == raw
    assert len(kept.envelope["type"]) == 100


async def test_what_is_no_form_and_could_not_be_kept_is_asked_for_again(
    web: httpx.AsyncClient, shelf: Shelf
):
    shelf.break_down()
    answer = await web.post("/contact/oak", content=b"No heating", headers=FORM)
    assert answer.status_code == 503
    assert shown(answer.text) == dict.fromkeys(FIELDS, "")


async def test_a_form_in_an_old_encoding_is_kept(web: httpx.AsyncClient, shelf: Shelf):
    raw = urlencode({"what_happened": "I owe £50"}, encoding="cp1252").encode()
    assert (await web.post("/contact/oak", content=raw, headers=FORM)).status_code == 202
    [kept] = shelf.deliveries
    assert parse_form(kept.raw).text == "I owe \N{REPLACEMENT CHARACTER}50"
