"""No mail does more than be unreadable, and what is read can be kept in any database."""

from contextlib import suppress
from dataclasses import astuple

from hypothesis import given, strategies as st

from intake.domain.message import UnreadableError, is_mail_address
from intake.mail.mime import parse_mail

NAMES = [
    b"From", b"Sender", b"Reply-To", b"Subject", b"Message-ID", b"References", b"In-Reply-To",
    b"Content-Type", b"Content-Transfer-Encoding", b"Content-Disposition", b"Auto-Submitted",
    b"List-Id", b"",
]  # fmt: skip
PIECES = [
    b"jo@example.org", b"Jo", b"<", b">", b"(", b")", b'"', b",", b";", b":", b"=", b"@", b"*",
    b"\\", b" ", b"\t", b"\r\n ", b"\n", b"\0", b"\xff", b"\xc3\xa9", b"%00", b"%ff", b"''",
    b"=?utf-8?q?", b"=?utf-8?b?", b"=?undefined?q?=ff", b"=?idna?b?/w==", b"?=", b"=?", b"\\u0000",
    b"text/plain", b"text/html", b"multipart/mixed", b"multipart/report", b"message/rfc822",
    b"message/partial", b"image/png", b"boundary=b", b"boundary*=utf-8''b", b"boundary*0*=x",
    b"charset=utf-8", b"charset=nonsense", b"charset*=utf-8''utf-8", b"charset=undefined",
    b"charset=utf-16", b"charset=utf-7", b"charset*0*=x''y", b"name*99999=x", b"filename=x",
    b"filename*=x''y", b"report-type=delivery-status", b"base64", b"quoted-printable",
    b"x-uuencode", b"attachment", b"auto-replied", b"<1@example.org>", b"x" * 300,
]  # fmt: skip
BODIES = [
    b"\n", b"--b\n", b"--b--\n", b"\n\n", b"No heating.\n", b"<p>Damp</p>", b"<", b"&#0;", b"\0",
    b"\xff\xfe", b"\xa3", b"=C3", b"=", b"begin 644 a\n", b"M\n", b"end\n", b"Tm8=\n", b"> a\n",
    b"-- \n", b"From: x\n", b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: text/html; charset=utf-16\n\n",
]  # fmt: skip

values = st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join)
headers = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=6)
bodies = st.lists(st.sampled_from(BODIES) | st.binary(max_size=6), max_size=12).map(b"".join)


@given(headers, bodies)
def test_a_mail_made_to_break_us_is_read_or_unreadable(
    header: list[tuple[bytes, bytes]], body: bytes
):
    check(b"".join(name + b": " + value + b"\n" for name, value in header) + b"\n" + body)


@given(st.binary())
def test_any_bytes_are_read_or_unreadable(raw: bytes):
    check(raw)


@given(st.binary())
def test_any_bytes_below_a_header_are_read_or_unreadable(raw: bytes):
    check(b"From: jo@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + raw)


def check(raw: bytes) -> None:
    with suppress(UnreadableError):
        message = parse_mail(raw)
        assert message.sender or message.text
        assert bool(message.visible) is bool(message.text)
        assert not message.reply_to or is_mail_address(message.reply_to)
        for line in (message.sender, message.sender_name, message.subject, message.own_id):
            assert not {"\n", "\r"} & set(line)
        kept = repr(astuple(message)).encode()
        assert b"\\x00" not in kept
        assert b"\\ud" not in kept
