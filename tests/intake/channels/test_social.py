import hashlib
import hmac
import json
from datetime import datetime

import httpx
import pytest

from intake.channels.social import LARGEST
from intake.channels.source import Source
from intake.domain.message import Channel
from tests.builders import Shelf
from tests.intake.channels.web import browser

SECRET = "a long secret"
POSTS = Source(landlord="oak", secret=SECRET)
PLAIN = Source(landlord="oak", secret=SECRET, body_only=True)
MAPPED = Source(
    landlord="elm", secret=SECRET, body_only=True, fields={"id": "data.nr", "text": "data.words"}
)
SOURCES = {"posts": POSTS, "plain": PLAIN, "mapped": MAPPED}
POST = json.dumps({"id": "p1", "text": "No heating!", "public": True}).encode()


def sign(raw: bytes, at: datetime, *, secret: str = SECRET, late: float = 0) -> dict[str, str]:
    """Return the headers of a notice signed at a moment."""
    stamp = str(int(at.timestamp() + late))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256)
    return {"X-Timestamp": stamp, "X-Signature": f"sha256={digest.hexdigest()}"}


def sign_body(raw: bytes) -> dict[str, str]:
    digest = hmac.new(SECRET.encode(), raw, hashlib.sha256)
    return {"X-Signature": f"sha256={digest.hexdigest()}"}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def web(shelf: Shelf, now: datetime) -> httpx.AsyncClient:
    return browser(shelf, now, SOURCES)


async def test_a_signed_notice_is_kept_as_it_came(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    answer = await web.post("/hooks/posts", content=POST, headers=sign(POST, now))
    assert (answer.status_code, answer.json()) == (202, {"reference": "REF-1"})
    [kept] = shelf.deliveries
    assert kept.raw == POST
    assert (kept.landlord, kept.channel, kept.arrived_at) == ("oak", Channel.SOCIAL, now)
    assert kept.envelope == {"source": "posts"}


@pytest.mark.parametrize(
    ("late", "status"),
    [
        pytest.param(0, 202, id="now"),
        pytest.param(-300, 202, id="five minutes old"),
        pytest.param(300, 202, id="a clock that is five minutes ahead"),
        pytest.param(-301, 403, id="older"),
        pytest.param(301, 403, id="from the future"),
        pytest.param(-1e9, 403, id="from long ago"),
    ],
)
async def test_a_signature_holds_for_five_minutes(
    late: float, status: int, web: httpx.AsyncClient, now: datetime
):
    headers = sign(POST, now, late=late)
    answer = await web.post("/hooks/posts", content=POST, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param({"X-Signature": ""}, id="empty"),
        pytest.param({"X-Signature": "sha256="}, id="a scheme alone"),
        pytest.param({"X-Signature": "sha256=" + "0" * 64}, id="wrong"),
        pytest.param({"X-Signature": "sha1=" + "0" * 40}, id="another scheme"),
        pytest.param({"X-Signature": b"sha256=\xff\xfe\xe9"}, id="no ASCII"),
        pytest.param({"X-Signature": "x" * 10_000}, id="long"),
        pytest.param({"X-Timestamp": ""}, id="no time"),
        pytest.param({"X-Timestamp": "soon"}, id="a time in words"),
        pytest.param({"X-Timestamp": "-1"}, id="a time before all"),
        pytest.param({"X-Timestamp": "1e9"}, id="a time that is no whole number"),
        pytest.param({"X-Timestamp": "9" * 5_000}, id="a time without end"),
        pytest.param({"X-Timestamp": "\u0661\u0662".encode()}, id="a time in other digits"),
        pytest.param({"X-Timestamp": b"\xb2\xb3"}, id="a time in small digits"),
    ],
)
async def test_a_notice_that_is_not_rightly_signed_is_refused(
    spoil: dict[str, str | bytes], web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    given: dict[str, str | bytes] = {**sign(POST, now), **spoil}
    headers = [
        (name.encode(), value.encode() if isinstance(value, str) else value)
        for name, value in given.items()
    ]
    answer = await web.post("/hooks/posts", content=POST, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"error": "the signature does not hold"})
    assert not shelf.kept


async def test_an_unsigned_notice_is_refused(web: httpx.AsyncClient, shelf: Shelf):
    assert (await web.post("/hooks/posts", content=POST)).status_code == 403
    assert not shelf.kept


@pytest.mark.parametrize(
    ("raw", "secret"),
    [
        pytest.param(POST + b" ", SECRET, id="another body"),
        pytest.param(POST, "another secret", id="another secret"),
        pytest.param(POST, "", id="an empty secret"),
    ],
)
async def test_a_signature_of_something_else_is_refused(
    raw: bytes, secret: str, web: httpx.AsyncClient, now: datetime
):
    headers = sign(POST, now, secret=secret)
    answer = await web.post("/hooks/posts", content=raw, headers=headers)
    assert answer.status_code == 403


async def test_a_time_that_was_moved_breaks_the_signature(web: httpx.AsyncClient, now: datetime):
    headers = sign(POST, now, late=-600) | {"X-Timestamp": str(int(now.timestamp()))}
    assert (await web.post("/hooks/posts", content=POST, headers=headers)).status_code == 403


async def test_a_body_signature_does_for_a_source_that_knows_no_other(web: httpx.AsyncClient):
    headers = sign_body(POST)
    assert (await web.post("/hooks/plain", content=POST, headers=headers)).status_code == 202
    assert (await web.post("/hooks/posts", content=POST, headers=headers)).status_code == 403


async def test_a_source_that_nobody_knows_is_not_found(web: httpx.AsyncClient, now: datetime):
    answer = await web.post("/hooks/other", content=POST, headers=sign(POST, now))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        pytest.param([{}, {}, {}], 1, id="the post's own name"),
        pytest.param([{"Idempotency-Key": "1"}, {"Idempotency-Key": "2"}], 2, id="two keys"),
        pytest.param([{"Idempotency-Key": "1"}, {"Idempotency-Key": "1"}], 1, id="one key"),
        pytest.param(
            [{"Idempotency-Key": "x" * 500 + "1"}, {"Idempotency-Key": "x" * 500 + "2"}],
            2,
            id="two long keys",
        ),
        pytest.param([{"Idempotency-Key": ""}, {}], 1, id="an empty key"),
    ],
)
async def test_a_notice_sent_again_is_kept_once(
    headers: list[dict[str, str]], kept: int, web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    answers = [
        await web.post("/hooks/posts", content=POST, headers=sign(POST, now) | extra)
        for extra in headers
    ]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["reference"] for answer in answers}) == len(shelf.kept) == kept


async def test_two_posts_with_long_names_that_differ_at_the_end_are_both_kept(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    for end in ("1", "2"):
        raw = json.dumps({"id": "urn:" + "x" * 3_000 + end, "text": "No heating!"}).encode()
        await web.post("/hooks/posts", content=raw, headers=sign(raw, now))
    assert len(shelf.kept) == 2


async def test_two_sources_may_use_the_same_names(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    await web.post("/hooks/posts", content=POST, headers=sign(POST, now))
    await web.post("/hooks/plain", content=POST, headers=sign_body(POST))
    assert len(shelf.kept) == 2


async def test_a_source_has_its_own_place_for_the_name(web: httpx.AsyncClient, shelf: Shelf):
    raw = json.dumps({"data": {"nr": 7, "words": "No heating!"}}).encode()
    for _ in range(2):
        await web.post("/hooks/mapped", content=raw, headers=sign_body(raw))
    [kept] = shelf.deliveries
    assert kept.landlord == "elm"
    assert kept.sender_id.endswith(":7")


async def test_a_name_used_again_for_other_words_loses_none_of_them(
    web: httpx.AsyncClient, shelf: Shelf
):
    for words in ("No heating!", "EDIT: and a smell of gas"):
        raw = json.dumps({"data": {"nr": 7, "words": words}}).encode()
        await web.post("/hooks/mapped", content=raw, headers=sign_body(raw))
    assert len(shelf.deliveries) == 2


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"text=Damp", id="a form"),
        pytest.param(b"\xff\x00\xfe", id="bytes"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"a":' * 9_000 + b"1" + b"}" * 9_000, id="deep objects"),
        pytest.param(b'{"id": ' + b"9" * 10_000 + b"}", id="a number without end"),
        pytest.param(b"null", id="null"),
        pytest.param(b" " * LARGEST, id="the largest"),
    ],
)
async def test_what_is_no_post_is_kept_for_a_person(
    raw: bytes, web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    for _ in range(2):
        answer = await web.post("/hooks/posts", content=raw, headers=sign(raw, now))
        assert answer.status_code == 202
    assert [kept.raw for kept in shelf.deliveries] == [raw]


async def test_a_body_that_is_too_large_is_refused_before_it_is_read_to_the_end(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    raw = b" " * (LARGEST + 1)
    answer = await web.post("/hooks/posts", content=raw, headers=sign(raw, now))
    assert (answer.status_code, answer.json()) == (
        413,
        {"error": "at most 1,048,576 bytes are taken"},
    )
    assert not shelf.kept


async def test_what_is_not_kept_is_not_said_to_be(
    web: httpx.AsyncClient, shelf: Shelf, now: datetime
):
    shelf.break_down()
    answer = await web.post("/hooks/posts", content=POST, headers=sign(POST, now))
    assert (answer.status_code, answer.json()) == (503, {"error": "not kept, try again later"})
    shelf.mend()
    answer = await web.post("/hooks/posts", content=POST, headers=sign(POST, now))
    assert answer.status_code == 202


async def test_nobody_can_look_at_a_hook(web: httpx.AsyncClient):
    assert (await web.get("/hooks/posts")).status_code == 405


def test_a_source_without_a_secret_is_refused():
    with pytest.raises(ValueError, match="needs a secret"):
        Source(landlord="oak", secret="")


def test_the_secret_of_a_source_stays_out_of_logs():
    assert SECRET not in repr(POSTS)
