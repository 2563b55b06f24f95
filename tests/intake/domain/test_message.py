from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from intake.domain.message import (
    Attachment,
    Channel,
    Delivery,
    is_mail_address,
)
from tests.builders import MAIL, delivery, message


def test_the_same_arrival_has_the_same_key_whenever_it_comes(now: datetime):
    later = delivery(MAIL, now + timedelta(days=1))
    assert delivery(MAIL, now).key == later.key


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"landlord": "elm"}, id="another landlord"),
        pytest.param({"channel": Channel.FORM}, id="another channel"),
        pytest.param({"raw": MAIL + b"."}, id="other bytes"),
        pytest.param({"envelope": {"from": "al@example.org"}}, id="another sender"),
        pytest.param({"sender_id": "7"}, id="a name of its own"),
    ],
)
def test_another_arrival_has_another_key(now: datetime, other: dict[str, object]):
    first = delivery(MAIL, now)
    assert replace(first, **other).key != first.key  # type: ignore[arg-type] # one field at a time


def test_a_name_used_again_for_other_bytes_is_another_arrival(now: datetime):
    first = replace(delivery(b"a", now), sender_id="7")
    assert replace(first, raw=b"b").key != first.key
    assert replace(first).key == first.key


@given(st.binary(max_size=8), st.binary(max_size=8), st.text(max_size=4), st.text(max_size=4))
def test_two_arrivals_share_a_key_only_if_they_are_the_same(
    raw: bytes, other: bytes, sender: str, another: str
):
    at = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    one = replace(delivery(raw, at), envelope={"from": sender})
    two = replace(delivery(other, at), envelope={"from": another})
    assert (one.key == two.key) == ((raw, sender) == (other, another))


def test_a_sender_does_not_run_over_into_the_bytes(now: datetime):
    one = replace(delivery(b"b@example.org", now), envelope={"from": "a"})
    two = replace(delivery(b"@example.org", now), envelope={"from": "ab"})
    assert one.key != two.key


def test_half_characters_in_a_sender_do_not_stop_the_key(now: datetime):
    odd = replace(delivery(MAIL, now), envelope={"from": "j\udcff@example.org"})
    assert odd.key != delivery(MAIL, now).key


def test_the_same_mail_by_two_roads_is_one_message():
    mail = message(own_id="<1@example.org>")
    assert mail.key("oak", "one road") == mail.key("oak", "another")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            message("Other words", own_id="<1@example.org>"), id="a Message-ID used twice"
        ),
        pytest.param(message(own_id="<2@example.org>"), id="another Message-ID"),
    ],
)
def test_what_differs_is_another_message(other: object):
    assert isinstance(other, type(message()))
    assert other.key("oak", "d") != message(own_id="<1@example.org>").key("oak", "d")


def test_two_residents_may_send_the_same_words():
    nameless = message("No heating", own_id="")
    assert nameless.key("oak", "one delivery") != nameless.key("oak", "another delivery")
    assert nameless.key("oak", "one delivery") != nameless.key("elm", "one delivery")


def test_personal_data_stays_out_of_logs(now: datetime):
    words = message(
        "I am ill",
        home="1 Elm Row",
        on_behalf_of="Ann Lee",
        outcome_sought="Move me",
        permalink="https://x/jo",
    )
    arrival = Delivery(
        landlord="oak",
        channel=Channel.FORM,
        raw=b"I am ill",
        arrived_at=now,
        envelope={"from": "jo@example.org"},
    )
    file = Attachment(name="Jo Bloggs.pdf", type="application/pdf", size=3)
    shown = repr((words, arrival, file))
    for private in ("jo@", "Jo", "ill", "Elm", "Ann", "Move", "https", "Damp"):
        assert private not in shown


@pytest.mark.parametrize(
    ("claimed", "picture"), [("image/heic", True), ("text/html", False), ("application/pdf", False)]
)
def test_a_file_that_says_it_is_a_picture_counts_as_one(claimed: str, *, picture: bool):
    assert Attachment(name="x", type=claimed, size=1).picture is picture


@pytest.mark.parametrize(
    "address",
    [
        "jo@example.org",
        "Jo.Bloggs+heard@Mail.Example.CO.UK",
        "o'brien@example.org",
        "x" * 64 + "@" + ".".join(["y" * 60] * 3) + ".uk",
        "bounce+jo=example.org@lists.example.com",
    ],
)
def test_a_letter_can_be_sent_there(address: str):
    assert is_mail_address(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("", id="nothing"),
        pytest.param("01632 960123", id="a telephone number"),
        pytest.param("jo@localhost", id="no domain"),
        pytest.param("jo@example.org\nBcc: x@example.org", id="a line end"),
        pytest.param("jo@example.org\n", id="a line end at the end"),
        pytest.param("jo@example.org,al@example.org", id="two"),
        pytest.param("jo@al@example.org", id="two at signs"),
        pytest.param("Jo <jo@example.org>", id="a name too"),
        pytest.param("all:jo@example.org;", id="a group"),
        pytest.param('"jo bloggs"@example.org', id="a quoted name"),
        pytest.param("=?utf-8?q?jo?=@example.org", id="an encoded word"),
        pytest.param("jö@example.org", id="a letter that not every server takes"),
        pytest.param("jo@exam\0ple.org", id="a NUL"),
        pytest.param("jo@[192.0.2.1]", id="a number for a domain"),
        pytest.param("x" * 65 + "@example.org", id="too long a name"),
        pytest.param("jo@" + "example." * 40 + "org", id="too long"),
    ],
)
def test_no_letter_can_be_sent_there(address: str):
    assert not is_mail_address(address)
