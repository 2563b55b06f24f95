import hashlib
from email.message import EmailMessage

import pytest

from intake.domain.message import Attachment, Automatic, UnreadableError
from intake.mail.mime import parse_mail
from intake.mail.reading import read_mail

MAIL = (
    b"From: Jo <jo@example.org>\r\nTo: help@oak.example\r\nSubject: Damp\r\n"
    b"Message-ID: <1@example.org>\r\n\r\nThere is damp. Nobody has come. Please send somebody.\r\n"
)
FROM = b"From: Jo B <jo@example.org>\r\n"


def mail(*lines: bytes, body: bytes = b"No heating.\r\n") -> bytes:
    return FROM + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


def parts(*bodies: tuple[bytes, bytes], kind: bytes = b"mixed") -> bytes:
    """Return a mail of parts, each with its own header and body."""
    pieces = b"".join(b"--b\r\n" + header + b"\r\n\r\n" + body + b"\r\n" for header, body in bodies)
    head = b"Content-Type: multipart/" + kind + b"; boundary=b"
    return mail(head, body=pieces + b"--b--\r\n")


PLAIN, HTML = b"Content-Type: text/plain", b"Content-Type: text/html"


def test_a_mail_is_read():
    message = parse_mail(MAIL)
    assert message.sender == message.reply_to == "jo@example.org"
    assert message.sender_name == "Jo"
    assert message.subject == "Damp"
    assert message.text == "There is damp. Nobody has come. Please send somebody."
    assert message.own_id == "<1@example.org>"
    assert (message.automatic, message.public, message.problems) == (None, False, ())


def test_an_answer_shows_what_is_new_and_what_it_answers():
    raw = mail(
        b"In-Reply-To: <2@oak.example>",
        b"References: <1@example.org> <2@oak.example>",
        body=b"Still cold.\r\n\r\n> We will come.\r\n",
    )
    message = parse_mail(raw)
    assert message.visible == "Still cold."
    assert message.text == "Still cold.\n\n> We will come."
    assert message.answers == ("<1@example.org>", "<2@oak.example>")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(parts((PLAIN, b"One."), (PLAIN, b"Two.")), "One.\nTwo.", id="two texts"),
        pytest.param(
            parts((PLAIN, b"No heating"), (HTML, b"<p>No <b>heating</b></p>"), kind=b"alternative"),
            "No heating",
            id="the same twice",
        ),
        pytest.param(
            parts(
                (PLAIN, b"See HTML"), (HTML, b"<p>No heating since Monday</p>"), kind=b"alternative"
            ),
            "No heating since Monday",
            id="a stub beside the HTML",
        ),
        pytest.param(mail(HTML, body=b"<p>No heating</p>"), "No heating", id="HTML alone"),
        pytest.param(
            parts((PLAIN, b"See below."), (b"Content-Type: message/rfc822", mail(b"Subject: x"))),
            "See below.\nNo heating.",
            id="a mail within",
        ),
        pytest.param(
            mail(b"Content-Type: multipart/mixed", body=b"No heating."),
            "No heating.",
            id="said to have parts, with no boundary",
        ),
        pytest.param(
            mail(b"Content-Type: multipart/mixed; boundary=b", body=b"No heating."),
            "No heating.",
            id="said to have parts, with none",
        ),
        pytest.param(
            mail(b"Content-Type: multipart/mixed; boundary=b", body=b"--b\r\n\r\nNo heating."),
            "No heating.",
            id="cut off before the end",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: base64", body=b"Tm8gaGVhdGluZy4="),
            "No heating.",
            id="base64",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: base64", body=b"Tm8gaGVhdGluZy4=!\xff***"),
            "No heating.",
            id="base64 with rubbish after it",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: quoted-printable", body=b"No =\r\nheating =2E"),
            "No heating .",
            id="quoted-printable",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: quoted-printable", body=b"No heating =ZZ ="),
            "No heating =ZZ",
            id="broken quoted-printable",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: nonsense", body=b"No heating."),
            "No heating.",
            id="an unknown encoding",
        ),
        pytest.param(
            mail(b"Content-Transfer-Encoding: x-uuencode", body=b"begin 644 a\r\n\xff\xfe\r\nend"),
            "begin 644 a\nÿþ\nend",
            id="broken uuencode",
        ),
        pytest.param(mail(body=b"No\0 heat\x1bing."), "No heating.", id="NUL and escape"),
        pytest.param(mail(body=b"No heating."), "No heating.", id="no line end"),
        pytest.param(
            FROM.replace(b"\r\n", b"\n") + b"\nNo heating.\n", "No heating.", id="bare line ends"
        ),
    ],
)
def test_the_text_of_a_mail_is_found(raw: bytes, text: str):
    assert parse_mail(raw).text == text


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param(b"text/plain; charset=cp1252", id="as it is"),
        pytest.param(b"text/plain; charset=utf-8", id="not what it says"),
        pytest.param(b"text/plain; charset=nonsense", id="unknown"),
        pytest.param(b"text/plain; charset*=utf-8''utf-8", id="an encoded parameter"),
        pytest.param(b"text/plain; charset*=utf-8''%00", id="an encoded NUL"),
        pytest.param(b'text/plain; charset="utf\0-8"', id="a NUL"),
        pytest.param(b"text/plain; charset=undefined", id="a codec of no text"),
        pytest.param(b"text/plain; charset=\xff", id="a byte"),
        pytest.param(b"text/plain; charset=", id="empty"),
        pytest.param(b"text/plain; x*" + b"9" * 5_000 + b"*=y", id="a number without end"),
        pytest.param(b";;;===", id="nonsense"),
        pytest.param(b"text", id="half a type"),
        pytest.param(b"/", id="no type"),
        pytest.param(b"", id="nothing"),
        pytest.param(b'text/plain; "' * 50, id="quotes"),
        pytest.param(b"text/plain;" + b" a*0=x;" * 500, id="many pieces of a parameter"),
    ],
)
def test_a_pound_sign_survives_any_content_type(content_type: bytes):
    raw = mail(b"Content-Type: " + content_type, body=b"I owe \xa350.")
    assert parse_mail(raw).text == "I owe £50."


def test_a_guessed_charset_is_noted():
    assert parse_mail(mail(body=b"\xa350")).problems == ("charset guessed: cp1252",)


@pytest.mark.parametrize(
    ("lines", "reply_to"),
    [
        pytest.param([b"Reply-To: al@example.org"], "al@example.org", id="somebody else"),
        pytest.param([b"Reply-To: nonsense"], "jo@example.org", id="nonsense"),
        pytest.param([b"Reply-To: no-reply@example.org"], "", id="nobody reads it"),
        pytest.param([b"Reply-To: MAILER-DAEMON@example.org"], "", id="a machine"),
        pytest.param(["Reply-To: jö@example.org".encode()], "", id="not every server takes it"),
        pytest.param([b"Reply-To: all:jo@example.org;"], "jo@example.org", id="a group"),
        pytest.param([b"Reply-To: jo@localhost"], "", id="no domain"),
        pytest.param([], "jo@example.org", id="not asked for"),
    ],
)
def test_a_letter_goes_where_it_can_be_read(lines: list[bytes], reply_to: str):
    assert parse_mail(mail(*lines)).reply_to == reply_to


@pytest.mark.parametrize(
    ("lines", "sender"),
    [
        pytest.param([b"From: nonsense", b"Sender: al@example.org"], "al@example.org", id="Sender"),
        pytest.param([b"Reply-To: al@example.org"], "al@example.org", id="Reply-To"),
        pytest.param([b"Subject: x"], "", id="nobody"),
        pytest.param([b"From: " + b"(" * 400 + b"al@example.org"], "", id="400 parentheses"),
    ],
)
def test_somebody_sent_it_if_any_header_says_who(lines: list[bytes], sender: str):
    message = parse_mail(b"\r\n".join(lines) + b"\r\n\r\nNo heating.\r\n")
    assert (message.sender, message.text) == (sender, "No heating.")


@pytest.mark.parametrize(
    ("lines", "automatic"),
    [
        pytest.param([], None, id="a person"),
        pytest.param([b"Auto-Submitted: no"], None, id="a person who says so"),
        pytest.param([b"Auto-Submitted: auto-replied; x=y"], Automatic.AUTO_REPLY, id="vacation"),
        pytest.param([b"List-Id: <l.example.org>"], Automatic.LIST, id="a list"),
        pytest.param(
            [b"Content-Type: multipart/report; report-type=delivery-status; boundary=b"],
            Automatic.BOUNCE,
            id="a bounce",
        ),
        pytest.param(
            [b"Content-Type: multipart/report; report-type*=utf-8''delivery-status; boundary=b"],
            Automatic.BOUNCE,
            id="a bounce in another spelling",
        ),
        pytest.param(
            [b"Content-Type: multipart/report; report-type=feedback-report; boundary=b"],
            Automatic.REPORT,
            id="a report",
        ),
        pytest.param([b"Precedence: bulk", b"Return-Path: <>"], None, id="a hint alone"),
    ],
)
def test_a_machines_mail_is_known_as_one_and_kept(lines: list[bytes], automatic: Automatic | None):
    message = parse_mail(mail(*lines))
    assert message.automatic is automatic
    assert message.text == "No heating."


def test_attachments_are_named_typed_and_weighed():
    mail = EmailMessage()
    mail["From"] = "jo@example.org"
    mail.set_content("See the photograph.")
    mail.add_attachment(b"x" * 7, maintype="image", subtype="heic", filename="Küche\n.heic")
    mail.add_attachment("The letter.", filename="letter.txt")
    message = parse_mail(mail.as_bytes())
    assert message.text == "See the photograph."
    assert message.attachments == (
        Attachment(
            name="Küche .heic",
            type="image/heic",
            size=7,
            sha256=hashlib.sha256(b"x" * 7).hexdigest(),
        ),
        Attachment(
            name="letter.txt",
            type="text/plain",
            size=12,
            sha256=hashlib.sha256(b"The letter.\n").hexdigest(),
        ),
    )


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        pytest.param(b"filename==?utf-8?q?K=C3=BCche.jpg?=", "Küche.jpg", id="an encoded word"),
        pytest.param(b"filename*=utf-8''K%C3%BCche.jpg", "Küche.jpg", id="an encoded parameter"),
        pytest.param(b"filename*=\"utf\0-8''x\"", "x", id="a NUL in its charset"),
        pytest.param(b"filename*0*=undefined''x; filename*1=y", "xy", id="one of no text"),
        pytest.param(b"filename=a\0b", "ab", id="a NUL"),
        pytest.param(b"filename=" + b"x" * 300, "x" * 255, id="a long one"),
        pytest.param(b"x", "", id="none"),
    ],
)
def test_an_attachment_has_a_name_that_can_be_kept(disposition: bytes, name: str):
    header = b"Content-Type: image/p\0ng\r\nContent-Disposition: attachment; " + disposition
    [attachment] = parse_mail(parts((PLAIN, b"Look."), (header, b"x"))).attachments
    assert (attachment.name, attachment.type, attachment.size) == (name, "image/png", 1)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"", "no mail header", id="nothing"),
        pytest.param(b"\x00\xff", "no mail header", id="bytes"),
        pytest.param(b"hello there", "no mail header", id="words"),
        pytest.param(b"Subject: x\r\n\r\n", "neither a sender nor a text", id="a subject alone"),
        pytest.param(b"From: @\r\n\r\n \0\r\n", "neither a sender nor a text", id="blanks"),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(raw: bytes, why: str):
    with pytest.raises(UnreadableError, match=why):
        parse_mail(raw)


def test_a_mail_without_text_is_read_and_staff_are_told():
    message = parse_mail(mail(b"Subject: Damp", body=b""))
    assert (message.text, message.visible) == ("", "")
    assert message.problems == ("no text was found",)


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return FROM + head + b"\r\nNo heating.\r\n"


def test_parts_within_parts_are_read_to_a_depth():
    assert parse_mail(nested(50)).text == "No heating."
    reading = read_mail(nested(51))
    assert reading.text == ""
    assert "it has too many parts: some were not read" in reading.problems


def test_parts_nested_without_end_are_unreadable():
    with pytest.raises(UnreadableError, match="nested too deeply"):
        parse_mail(nested(5_000))


def test_mails_within_mails_without_end_are_opened_once():
    message = parse_mail(mail(b"Content-Type: message/rfc822\r\n\r\n" * 3_000))
    assert [a.type for a in message.attachments] == ["message/rfc822", "message/rfc822"]


def test_of_ten_thousand_parts_the_first_are_read():
    message = parse_mail(parts(*[(PLAIN, b"x")] * 10_000))
    assert message.text == "\n".join("x" * 499)
    assert message.problems == ("it has too many parts: some were not read",)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param(PLAIN, b"word " * 250_000, id="text"),
        pytest.param(PLAIN, ("x" + "é" * 4_000_000).encode(), id="letters of two bytes"),
        pytest.param(HTML, b"<p>" + b"word " * 400_000, id="HTML"),
    ],
)
def test_a_very_long_text_is_cut_and_staff_are_told(kind: bytes, body: bytes):
    message = parse_mail(mail(kind, body=body))
    assert 999_000 < len(message.text) <= 1_000_000
    assert message.problems == ("it is very long: the rest is in the original",)
