from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import escape

import pytest
from hypothesis import given, strategies as st

from intake.domain.letter import LetterText
from intake.domain.message import Automatic
from intake.mail.compose import Threading, compose
from intake.mail.mime import parse_mail

LETTER = LetterText(subject="Your complaint 7KM-3QX-P9T", text="Hello,\n\nWe will come.\n\nOak\n")
NEW = Threading(own_id="<heard.1@oak.example>")
DATE = datetime(2026, 12, 24, 9, 30, tzinfo=UTC)


def composed(
    letter: LetterText = LETTER, *, to: str = "o'brien@example.org", thread: Threading = NEW
) -> EmailMessage:
    """Return the letter as the other side's mail program reads it."""
    raw = compose(letter, sender="help@oak.example", to=to, thread=thread, date=DATE)
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def words_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_letter_becomes_a_mail_that_no_machine_answers():
    mail = composed()
    assert dict(mail.items()) | {"MIME-Version": "1.0"} == {
        "From": "help@oak.example",
        "To": "o'brien@example.org",
        "Subject": "Your complaint 7KM-3QX-P9T",
        "Date": "Thu, 24 Dec 2026 09:30:00 +0000",
        "Message-ID": "<heard.1@oak.example>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "X-Heard-Loop": "yes",
        "Content-Type": mail["Content-Type"],
        "MIME-Version": "1.0",
    }
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert words_of(mail) == LETTER.text


def test_an_answer_goes_where_the_letter_says():
    thread = Threading(own_id="<3@oak.example>", reply_to="help+abc.defg@oak.example")
    assert composed(thread=thread)["Reply-To"] == "help+abc.defg@oak.example"


def page_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "{{7*7}} ${7*7} %s {0} {title}",
        "<img src=x onerror=x>",
        '"><b>',
    ],
)
def test_a_residents_words_are_literal_in_both_parts(words: str):
    mail = composed(LetterText(subject=f"About {words}", text=f"WHAT YOU SAID\n1. {words}\n"))
    assert words in words_of(mail)
    assert words not in page_of(mail) or "<" not in words
    assert escape(words) in page_of(mail)
    assert mail["Subject"] == f"About {words}"


def test_our_own_letter_is_known_as_ours_when_it_comes_back():
    raw = compose(LETTER, sender="help@oak.example", to="help@oak.example", thread=NEW, date=DATE)
    assert parse_mail(raw).automatic is Automatic.OURS


def test_a_letter_hangs_below_the_message_that_it_answers():
    thread = Threading(
        own_id="<3@oak.example>",
        answers="<2@example.org>",
        chain=["<0@example.org>", "<1@oak.example>"],
    )
    mail = composed(thread=thread)
    assert mail["In-Reply-To"] == "<2@example.org>"
    assert mail["References"] == "<0@example.org> <1@oak.example> <2@example.org>"


@pytest.mark.parametrize("length", [20, 60, 77, 78, 79, 200, 400])
def test_a_long_message_id_is_sent_as_it_came(length: int):
    # Outlook's are of about 80 characters.
    own_id = f"<{'x' * (length - 14)}@example.org>"
    thread = Threading(own_id="<3@oak.example>", answers=own_id, chain=[own_id] * 30)
    raw = compose(LETTER, sender="help@oak.example", to="jo@example.org", thread=thread, date=DATE)
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.replace(b"\r\n ", b" ").count(own_id.encode()) == 1 + 21
    assert b"=?" not in head
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("£50 “owed”, Siân \N{HOUSE BUILDING}\n", id="letters"),
        pytest.param(".\n..\n.a\n", id="dots"),
        pytest.param("From here on\n", id="a line that begins like an envelope"),
        pytest.param("x" * 5_000 + "\n", id="a long line"),
        pytest.param("\n.\nQUIT\n", id="what ends a mail"),
        pytest.param("Content-Type: text/html\n\n<script>\n", id="another header"),
        pytest.param("trailing blanks   \n\ttab\n", id="blanks"),
    ],
)
def test_what_a_letter_says_arrives_as_it_was_written(text: str):
    letter = LetterText(subject="x", text=text)
    assert words_of(composed(letter)) == text
    raw = compose(letter, sender="a@oak.example", to="b@example.org", thread=NEW, date=DATE)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


@pytest.mark.parametrize(
    ("letter", "to"),
    [
        pytest.param(
            LetterText(subject="a\nBcc: al@example.org", text="x"), "jo@example.org", id="subject"
        ),
        pytest.param(LETTER, "jo@example.org\r\nBcc: al@example.org", id="recipient"),
    ],
)
def test_no_header_can_be_smuggled_in(letter: LetterText, to: str):
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        composed(letter, to=to)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_nothing_of_a_residents_header_adds_a_header_to_our_letter(sender: bytes, own_id: bytes):
    raw = b"From: " + sender + b" <jo@example.org>\nMessage-ID: <" + own_id + b"@x.org>\n\nDamp\n"
    message = parse_mail(raw)
    thread = Threading(own_id="<3@oak.example>", answers=message.own_id, chain=message.answers)
    mail = composed(to=message.reply_to or "jo@example.org", thread=thread)
    allowed = {
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "Auto-Submitted", "X-Auto-Response-Suppress", "X-Heard-Loop", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert set(mail.keys()) <= allowed
    assert len(mail.keys()) == len(set(mail.keys()))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])))
def test_any_words_arrive_as_they_were_written(words: str):
    assert words_of(composed(LetterText(subject="x", text=words + "\n"))) == words + "\n"
