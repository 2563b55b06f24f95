import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from intake.domain.message import UnreadableError
from intake.domain.post import FIELDS, event_id, parse_answer, parse_post

POST: dict[str, object] = {
    "id": "p1",
    "text": "No heating for a week!",
    "author": "Jo B",
    "public": True,
    "posted_at": "2026-03-01T08:00:00+00:00",
    "permalink": "https://social.example/p1",
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def post(**changed: object) -> bytes:
    return json.dumps(POST | changed).encode()


def test_a_post_is_read():
    message = parse_post(post())
    assert message.text == message.visible == "No heating for a week!"
    assert message.sender == message.sender_name == "Jo B"
    assert message.own_id == "p1"
    assert message.permalink == "https://social.example/p1"
    assert message.posted_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert message.public
    assert message.reply_to == ""
    assert message.problems == ()


@pytest.mark.parametrize(
    ("author", "reply_to"), [("jo@example.org", "jo@example.org"), ("Jo B", "")]
)
def test_an_answer_to_a_survey_is_private_and_answered_where_it_can_be(author: str, reply_to: str):
    answer = parse_answer(post(author=author))
    assert answer.text == "No heating for a week!"
    assert (answer.public, answer.reply_to) == (False, reply_to)


def test_a_source_has_its_own_names_for_the_parts():
    raw = b'{"data": {"body": {"words": "Damp"}, "nr": 7}, "public": false}'
    fields = {"text": "data.body.words", "id": "data.nr"}
    message = parse_post(raw, fields)
    assert (message.text, message.own_id, message.public) == ("Damp", "7", False)
    assert event_id(raw, fields) == "7"


@pytest.mark.parametrize(
    ("public", "counts"),
    [(True, True), (False, False), (None, True), ("false", True), (0, True), ("", True)],
)
def test_a_post_is_private_only_if_it_says_so(public: object, *, counts: bool):
    assert parse_post(post(public=public)).public is counts


def test_a_post_that_does_not_say_counts_as_public():
    assert parse_post(b'{"text": "Damp"}').public


@pytest.mark.parametrize(
    ("posted", "moment"),
    [
        pytest.param("2026-07-01T09:00:00+01:00", "2026-07-01T08:00:00+00:00", id="another zone"),
        pytest.param("2026-07-01T08:00:00Z", "2026-07-01T08:00:00+00:00", id="Z"),
        pytest.param(1_782_892_800, "2026-07-01T08:00:00+00:00", id="seconds"),
        pytest.param(1_782_892_800.5, "2026-07-01T08:00:00.500000+00:00", id="half seconds"),
    ],
)
def test_a_post_was_posted_when_it_says(posted: object, moment: str):
    found = parse_post(post(posted_at=posted)).posted_at
    assert found == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param("2026-07-01T08:00:00", id="without a zone"),
        pytest.param("yesterday", id="in words"),
        pytest.param(True, id="yes"),
        pytest.param(None, id="nothing"),
        pytest.param({"at": 1}, id="an object"),
        pytest.param(1_782_892_800_000, id="thousandths of seconds"),
        pytest.param(float("nan"), id="no number"),
        pytest.param(float("inf"), id="for ever"),
        pytest.param(10**400, id="a number without end"),
        pytest.param(0, id="the beginning of time"),
        pytest.param("0001-01-01T00:00:00+14:00", id="before all calendars"),
        pytest.param("9999-12-31T23:59:59-14:00", id="after all calendars"),
        pytest.param("2014-12-31T23:59:59+00:00", id="before any of our clocks"),
    ],
)
def test_a_moment_that_no_clock_can_run_from_is_none(posted: object):
    assert parse_post(post(posted_at=posted)).posted_at is None


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("//social.example/p1", id="no scheme"),
        pytest.param("https://x.example/|<!channel>", id="markup"),
        pytest.param("https://x.example/\nhttps://y.example/", id="two lines"),
        pytest.param("https://", id="nowhere"),
        pytest.param(7, id="a number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_no_plain_link_is_none(link: object):
    assert parse_post(post(permalink=link)).permalink == ""


def test_a_picture_is_noted_as_not_checked():
    assert parse_post(post(picture="https://x.example/1.jpg")).problems == ("picture not checked",)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"", "no JSON", id="nothing"),
        pytest.param(b"text=Damp", "no JSON", id="a form"),
        pytest.param(b"\xff\xfe\x00", "no JSON", id="bytes"),
        pytest.param(b'{"text": "Damp"', "no JSON", id="half of it"),
        pytest.param(b'{"id": ' + b"9" * 5_000 + b"}", "no JSON", id="a number without end"),
        pytest.param(b"[" * 9_000, "no JSON", id="deep"),
        pytest.param(b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "no JSON", id="deep objects"),
        pytest.param(b"[" * 20_000, "too large", id="deeper"),
        pytest.param(b'["Damp"]', "no object", id="a list"),
        pytest.param(b"null", "no object", id="null"),
        pytest.param(b"{}", "no text", id="empty"),
        pytest.param(b'{"text": " \\u0000 "}', "no text", id="a text of nothing"),
        pytest.param(b'{"text": true}', "no text", id="a text that is a yes"),
        pytest.param(b'{"text": ["Damp"]}', "no text", id="a text in a list"),
    ],
)
def test_what_is_no_post_is_said_to_be_none(raw: bytes, why: str):
    with pytest.raises(UnreadableError, match=why):
        parse_post(raw)


def test_long_parts_are_cut():
    message = parse_post(post(text="x" * 30_000, author="y" * 3_000))
    assert (len(message.text), len(message.sender)) == (20_000, 2_000)


@pytest.mark.parametrize(
    ("raw", "own_id"),
    [
        pytest.param(post(), "p1", id="a word"),
        pytest.param(post(id=7), "7", id="a number"),
        pytest.param(post(id=None), "", id="none"),
        pytest.param(post(id=False), "", id="no"),
        pytest.param(post(id={"a": 1}), "", id="an object"),
        pytest.param(b"no JSON", "", id="no post at all"),
    ],
)
def test_a_post_is_known_by_its_own_name(raw: bytes, own_id: str):
    assert event_id(raw) == own_id


def test_two_long_names_that_differ_at_the_end_are_two():
    long = "urn:li:comment:" + "x" * 5_000
    assert event_id(post(id=long + "1")) != event_id(post(id=long + "2"))


@given(st.binary())
def test_no_bytes_do_more_than_be_unreadable(raw: bytes):
    event_id(raw)
    with suppress(UnreadableError):
        assert parse_post(raw).text


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), json_values))
def test_whatever_a_source_sends_can_be_kept(body: dict[str, object]):
    raw = json.dumps(body).encode()
    event_id(raw).encode()
    try:
        message = parse_post(raw)
    except UnreadableError:
        return
    words = f"{message.text}{message.sender}{message.own_id}{message.permalink}"
    assert "\0" not in words.encode().decode()
    assert message.posted_at is None or 2015 <= message.posted_at.year <= 9999
