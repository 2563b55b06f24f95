import asyncio
from datetime import datetime

import aiosmtplib
import pytest

from intake.channels.email import LARGEST
from intake.domain.message import Channel
from tests.builders import MAIL, Shelf
from tests.intake.channels.smtp import FROM, HELLO, TO, mail_door, say, send, wait_for_room


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_a_mail_is_kept_as_it_came_with_who_brought_it(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        assert await send(port) == "2.0.0 Message kept"
    [kept] = shelf.deliveries
    assert kept.raw == MAIL
    assert (kept.landlord, kept.channel, kept.arrived_at) == ("oak", Channel.EMAIL, now)
    hello = kept.envelope["hello"]
    assert kept.envelope == {
        "from": "jo@example.org",
        "to": ["help@oak.example"],
        "peer": "127.0.0.1",
        "hello": hello,
        "encrypted": False,
    }
    assert hello


@pytest.mark.parametrize(
    ("address", "landlord"),
    [
        pytest.param("Help@OAK.Example", "oak", id="in other letters"),
        pytest.param("help+case-7@oak.example", "oak", id="with a tag"),
        pytest.param("HELP+a+b@oak.example", "oak", id="with two"),
        pytest.param("old+name@oak.example", "oak", id="listed with a tag"),
        pytest.param("repairs@oak.example", "oak", id="another of the same"),
        pytest.param("help@elm.example", "elm", id="another landlord's"),
    ],
)
async def test_an_address_of_ours_is_known(
    address: str, landlord: str, shelf: Shelf, now: datetime
):
    async with mail_door(shelf, now) as port:
        await send(port, to=[address])
    [kept] = shelf.deliveries
    assert (kept.landlord, kept.envelope["to"]) == (landlord, [address])


@pytest.mark.parametrize(
    "address",
    [
        "nobody@oak.example",
        "help@example.org",
        "old@oak.example",
        "help@oak.example.evil.org",
        "help%oak.example@example.org",
        '"help@oak.example"@example.org',
        "+help@oak.example",
    ],
)
async def test_no_mail_is_relayed(address: str, shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, FROM, f"RCPT TO:<{address}>".encode(), b"DATA")
    assert answers[3].startswith(b"550 5.1.1")
    assert answers[4].startswith(b"503")
    assert not shelf.kept


async def test_one_unknown_recipient_does_not_stop_the_others(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        await send(port, to=["nobody@oak.example", "help@oak.example"])
    [kept] = shelf.deliveries
    assert kept.envelope["to"] == ["help@oak.example"]


async def test_a_mail_to_two_landlords_is_kept_for_each_and_names_no_other(
    shelf: Shelf, now: datetime
):
    to = ["help@elm.example", "help@oak.example", "repairs@oak.example", "Help@oak.example"]
    async with mail_door(shelf, now) as port:
        await send(port, to=to)
    assert {kept.landlord: kept.envelope["to"] for kept in shelf.deliveries} == {
        "elm": ["help@elm.example"],
        "oak": ["help@oak.example", "repairs@oak.example", "Help@oak.example"],
    }


async def test_a_mail_for_many_recipients_is_taken_in_pieces(shelf: Shelf, now: datetime):
    to = [b"RCPT TO:<help+%d@oak.example>" % n for n in range(51)]
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, FROM, *to, b"DATA", b"Subject: x\r\n\r\nDamp\r\n.")
    assert [answer[:3] for answer in answers[3:-2]] == [b"250"] * 50 + [b"452", b"354"]
    assert len(shelf.deliveries) == 1


async def test_the_same_mail_twice_is_kept_once(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        for to in ("help@oak.example", "help@oak.example", "repairs@oak.example"):
            await send(port, to=[to])
    assert len(shelf.deliveries) == 1


async def test_the_same_words_of_two_people_are_two_mails(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        await send(port, sender="jo@example.org")
        await send(port, sender="al@example.org")
    assert len(shelf.deliveries) == 2


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\r\n", id="empty"),
        pytest.param(b"Subject: a\0b\r\n\r\n\0\x01\xff\xfe\r\n", id="NUL and 8 bits"),
        pytest.param(b"Subject: x\r\n\r\n" + b"x" * 1_000_000 + b"\r\n", id="a long line"),
        pytest.param(b"Subject: x\r\n\r\n.\r\n..\r\n.a\r\n", id="dots"),
        pytest.param(b"no header at all\r\n", id="no mail"),
        pytest.param("Subject: Größe\r\n\r\nDamp\r\n".encode(), id="UTF-8 in a header"),
        pytest.param(b"x: y\r\n" * 100_000 + b"\r\n", id="a long header"),
    ],
)
async def test_whatever_it_is_the_bytes_are_kept(raw: bytes, shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        await send(port, raw)
    [kept] = shelf.deliveries
    assert kept.raw == raw


async def test_a_message_of_nothing_is_kept(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, FROM, TO, b"DATA", b".")
    assert answers[-2] == b"250 2.0.0 Message kept"
    assert [kept.raw for kept in shelf.deliveries] == [b""]


async def test_a_bare_line_end_does_not_end_a_message(shelf: Shelf, now: datetime):
    # SMTP smuggling: what follows would else be a mail of its own, from anybody.
    body = b"Damp\n.\nMAIL FROM:<mp@parliament.uk>\r\n."
    async with mail_door(shelf, now) as port:
        await say(port, HELLO, FROM, TO, b"DATA", b"Subject: x\r\n\r\n" + body)
    [kept] = shelf.deliveries
    assert b"mp@parliament.uk" in kept.raw


async def test_commands_said_all_at_once_are_heard_in_turn(shelf: Shelf, now: datetime):
    one, two = b"Subject: 1\r\n\r\nDamp\r\n.", b"Subject: 2\r\n\r\nCold\r\n."
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, FROM, TO, b"DATA", one, FROM, TO, b"DATA", two)
    assert [answer[:3] for answer in answers] == [
        *[b"220", b"250"],
        *[b"250", b"250", b"354", b"250"] * 2,
        b"221",
    ]
    assert [kept.raw[:10] for kept in shelf.deliveries] == [b"Subject: 1", b"Subject: 2"]


async def test_a_mail_that_says_it_is_too_large_is_refused_at_once(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, FROM + b" SIZE=%d" % (LARGEST + 1), TO)
    assert answers[2].startswith(b"552")


async def test_a_mail_that_is_too_large_is_refused_for_good(shelf: Shelf, now: datetime):
    line = b"x" * 998 + b"\r\n"
    async with mail_door(shelf, now) as port:
        answers = await say(
            port, HELLO, FROM, TO, b"DATA", line * (LARGEST // 1_000 + 1_000) + b"."
        )
    assert answers[-2].startswith(b"552")
    assert not shelf.kept


async def test_a_mail_of_just_the_largest_size_is_kept(shelf: Shelf, now: datetime):
    head = b"Subject: x\r\n\r\n"
    lines = (b"x" * 998 + b"\r\n") * (LARGEST // 1_000 + 1)
    raw = (head + lines)[: LARGEST - 2] + b"\r\n"
    async with mail_door(shelf, now) as port:
        await send(port, raw)
    assert [len(kept.raw) for kept in shelf.deliveries] == [LARGEST]


async def test_a_fault_of_ours_never_bounces_mail_and_says_nothing_of_it(
    shelf: Shelf, now: datetime, caplog: pytest.LogCaptureFixture
):
    shelf.fault = RuntimeError("jo@example.org does not fit into table message")
    async with mail_door(shelf, now) as port:
        with pytest.raises(aiosmtplib.SMTPDataError) as refused:
            await send(port)
        shelf.mend()
        await send(port)
    assert refused.value.code == 451
    assert refused.value.message == "4.3.0 We cannot keep the message now, please try again later"
    assert len(shelf.deliveries) == 1
    assert "jo@example.org does not fit" not in caplog.text


async def test_a_fault_between_two_landlords_loses_nothing(shelf: Shelf, now: datetime):
    kept = shelf.keep
    to = ["help@elm.example", "help@oak.example"]

    async def keep_elms_alone(delivery: object) -> str:
        shelf.keep = kept  # type: ignore[method-assign] # the second call finds it mended
        raise OSError(delivery)

    shelf.keep = keep_elms_alone  # type: ignore[method-assign] # broken once
    async with mail_door(shelf, now) as port:
        with pytest.raises(aiosmtplib.SMTPDataError):
            await send(port, to=to)
    async with mail_door(shelf, now) as port:
        await send(port, to=to)
        await send(port, to=to)
    assert sorted(delivery.landlord for delivery in shelf.deliveries) == ["elm", "oak"]


async def test_one_connection_too_many_is_asked_to_come_back(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now, most=1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert (await reader.readline()).startswith(b"220")
        assert await say(port) == [b"421 4.3.2 Too many connections, please try again later"]
        writer.close()
        await writer.wait_closed()
        await wait_for_room(port)
        assert (await say(port))[-1].startswith(b"221")


async def test_a_client_that_hangs_up_in_the_middle_leaves_nothing(shelf: Shelf, now: datetime):
    async with mail_door(shelf, now, most=1) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\r\n".join([HELLO, FROM, TO, b"DATA", b"Subject: x\r\n\r\nhalf a"]))
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        await wait_for_room(port)
    assert not shelf.kept


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([b"EHLO \xff\xfe", b"MAIL FROM:<j\xff@example.org>", TO], id="8 bits"),
        pytest.param([b"EHLO a\0b", b"MAIL FROM:<j\0@example.org>", TO], id="NUL"),
        pytest.param([HELLO, "MAIL FROM:<jö@example.org> SMTPUTF8".encode(), TO], id="SMTPUTF8"),
        pytest.param([HELLO, b"MAIL FROM:<>", TO], id="a bounce from nobody"),
        pytest.param([b"HELO x", FROM, TO], id="an old client"),
        pytest.param(
            [b"ehlo x", b"mail from:<jo@example.org>", b"rcpt to:<help@oak.example>"],
            id="small letters",
        ),
        pytest.param([HELLO, FROM + b" BODY=8BITMIME SIZE=9", TO], id="with what we offer"),
    ],
)
async def test_whoever_it_comes_from_it_is_kept(lines: list[bytes], shelf: Shelf, now: datetime):
    async with mail_door(shelf, now) as port:
        answers = await say(port, *lines, b"DATA", b"Subject: x\r\n\r\nDamp\r\n.")
    assert answers[-2] == b"250 2.0.0 Message kept"
    [kept] = shelf.deliveries
    assert kept.key


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"\xff\xfe\x00", id="bytes"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET / HTTP/1.1", id="a browser"),
        pytest.param(b"x" * 100_000, id="a long word"),
        pytest.param(b"MAIL FROM:<" + b"x" * 10_000 + b">", id="a long address"),
        pytest.param(b"MAIL FROM:<jo@example.org> NONSENSE=1", id="an option"),
        pytest.param(b"RCPT TO:<help@oak.example>", id="out of turn"),
        pytest.param(b"VRFY help@oak.example", id="a question"),
        pytest.param(b"STARTTLS", id="what is not offered"),
        pytest.param(b"AUTH PLAIN AGpvAHNlY3JldA==", id="a password"),
    ],
)
async def test_nonsense_is_answered_and_the_next_mail_taken(
    line: bytes, shelf: Shelf, now: datetime
):
    async with mail_door(shelf, now) as port:
        answers = await say(port, HELLO, line)
        assert answers[2][:1] in {b"2", b"4", b"5"}
        await send(port)
    assert len(shelf.deliveries) == 1
