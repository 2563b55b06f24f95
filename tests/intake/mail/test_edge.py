from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from intake.mail.edge import is_outgoing, read_header
from tests.builders import landlord
from tests.conftest import MONDAY

OAK = landlord(addresses=frozenset({"help@oak.example"}), staff_domains=("oak.example",))
SENT = b"Date: Sun, 1 Mar 2026 10:00:00 +0000\n"
EDGE = b"Received: from a by edge; Sun, 1 Mar 2026 12:00:00 +0100 (CET)\n"
OLDER = b"Received: from b by a; Sun, 1 Mar 2026 09:00:00 +0000\n"


@pytest.mark.parametrize(
    ("raw", "received"),
    [
        pytest.param(EDGE + OLDER + SENT, datetime(2026, 3, 1, 11, tzinfo=UTC), id="the edge's"),
        pytest.param(SENT, datetime(2026, 3, 1, 10, tzinfo=UTC), id="its own, where none is"),
        pytest.param(
            b"Received: by edge\n" + SENT,
            datetime(2026, 3, 1, 10, tzinfo=UTC),
            id="its own, where the edge's says none",
        ),
        pytest.param(
            b"Received: by edge; Sat, 1 Mar 2036 12:00:00 +0000\n" + SENT,
            datetime(2026, 3, 1, 10, tzinfo=UTC),
            id="its own, where the edge's is to come",
        ),
        pytest.param(b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n", None, id="1970"),
        pytest.param(b"Date: Wed, 31 Dec 2014 23:59:59 +0000\n", None, id="before any calendar"),
        pytest.param(b"Date: Tue, 19 Jan 2038 03:14:07 +0000\n", None, id="2038"),
        pytest.param(b"Date: soon\n", None, id="no date"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_a_mail_was_received_when_its_edge_says_or_itself_if_that_can_be(
    raw: bytes, received: datetime | None
):
    assert read_header(raw + b"\nDamp", latest=MONDAY).received == received


def test_the_way_of_a_mail_is_read():
    header = read_header(
        b"Return-Path: <bounce@list.example>\nDelivered-To: help@oak.example\n"
        b"From: Jo <jo@example.org>\nTo: help@oak.example, al@example.org\n"
        b"Message-ID: <2@example.org>\nIn-Reply-To: <1@oak.example>\n"
        b"References: <0@oak.example> <1@oak.example>\nAuto-Submitted: auto-replied\n\nDamp\n",
        latest=MONDAY,
    )
    assert (header.sender, header.handed_by) == ("jo@example.org", "bounce@list.example")
    assert header.came_to == ("help@oak.example", "al@example.org")
    assert header.own_id == "<2@example.org>"
    assert header.answers == ("<1@oak.example>", "<0@oak.example>")
    assert header.machine


@pytest.mark.parametrize(
    ("sender", "to", "outgoing"),
    [
        pytest.param("help@oak.example", "jo@example.org", True, id="from its address"),
        pytest.param("olive@oak.example", "jo@example.org", True, id="from an officer"),
        pytest.param("complaints@oak.example", "jo@example.org", True, id="from its sender"),
        pytest.param("olive@oak.example", "help@oak.example", False, id="passed on by an officer"),
        pytest.param("jo@example.org", "help@oak.example", False, id="from a resident"),
        pytest.param("", "help@oak.example", False, id="from nobody"),
    ],
)
def test_what_the_landlord_wrote_to_others_is_told_apart(sender: str, to: str, *, outgoing: bool):
    raw = f"From: {sender}\nTo: {to}\n\nDamp\n".encode()
    assert is_outgoing(read_header(raw, latest=MONDAY), OAK) is outgoing


@given(raw=st.binary(max_size=300), name=st.sampled_from([b"Received:", b"Date:", b"From:", b""]))
def test_any_header_is_read(raw: bytes, name: bytes):
    header = read_header(name + raw, latest=MONDAY)
    assert header.received is None or header.received <= MONDAY + timedelta(0)
