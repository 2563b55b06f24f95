"""What every mail becomes, by the behaviours asked of a reader."""

import base64
import hashlib

import pytest
from hypothesis import given, strategies as st

from intake.domain.message import Automatic
from intake.mail.forward import Contact
from intake.mail.reading import Reading, read_mail
from tests.intake.mail.test_tnef import DATA, RENDERING, START, TEXTS, TITLE, attribute, properties

FROM = b"From: Jo <jo@example.org>\n"
PLAIN, HTML = b"Content-Type: text/plain; charset=utf-8", b"Content-Type: text/html"


def mail(*lines: bytes, body: bytes = b"No heating.\n") -> bytes:
    return FROM + b"".join(line + b"\n" for line in lines) + b"\n" + body


def parts(*bodies: tuple[bytes, bytes], kind: bytes = b"mixed") -> bytes:
    pieces = b"".join(b"--b\n" + header + b"\n\n" + body + b"\n" for header, body in bodies)
    return mail(b"Content-Type: multipart/" + kind + b"; boundary=b", body=pieces + b"--b--\n")


def names(reading: Reading) -> list[str]:
    return [attachment.name for attachment in reading.attachments]


def test_all_that_a_mail_says_is_read():
    reading = read_mail(
        b"Message-ID: <1@example.org>\nIn-Reply-To: <2@oak.example>\n"
        b"References: <3@oak.example> <2@oak.example>\nDate: Tue, 24 Nov 2026 09:00:00 +0000\n"
        b"From: Jo <jo@example.org>\nReply-To: al@example.org\n"
        b"To: Oak <a@oak.example>, b@oak.example\nCc: c@oak.example\n"
        b"Subject: Re: =?utf-8?q?Si=C3=A2n?=\n\nStill cold.\n> We will come."
    )
    assert reading.message_id == "<1@example.org>"
    assert reading.in_reply_to == ("<2@oak.example>",)
    assert reading.references == ("<3@oak.example>", "<2@oak.example>")
    assert reading.sender == Contact(name="Jo", address="jo@example.org")
    assert reading.reply_to == Contact(address="al@example.org")
    assert [to.address for to in reading.to] == ["a@oak.example", "b@oak.example"]
    assert [cc.address for cc in reading.cc] == ["c@oak.example"]
    assert reading.subject == "Re: Siân"
    assert reading.date is not None
    assert reading.date.isoformat() == "2026-11-24T09:00:00+00:00"
    assert reading.text == "Still cold.\n> We will come."
    assert (reading.visible, reading.hidden) == ("Still cold.", "> We will come.")
    assert (reading.html, reading.attachments, reading.problems) == (None, (), ())


def test_1_a_line_of_five_thousand_bytes_is_read_whole():
    assert len(read_mail(mail(body=b"x" * 5_000)).text) == 5_000


def test_6_raw_bytes_in_the_header_become_letters():
    reading = read_mail("From: Siân <s@example.org>\nSubject: £50\n\nx".encode("cp1252"))
    assert (reading.sender, reading.subject) == (
        Contact(name="Siân", address="s@example.org"),
        "£50",
    )


@pytest.mark.parametrize("charset", ["X-UNKNOWN", "us-askey", "", '""', "uft-8", "iso-gb2312"])
def test_7_a_charset_that_is_none_is_read_all_the_same_and_noted(charset: str):
    reading = read_mail(mail(f"Content-Type: text/plain; charset={charset}".encode()))
    assert reading.text == "No heating."
    assert reading.problems[0].startswith("charset guessed: ")


def test_7_html_says_its_charset_itself_where_the_header_does_not():
    page = '<meta charset="cp1250"><p>ąę</p>'.encode("cp1250")
    assert read_mail(mail(HTML, body=page)).text == "ąę"


def test_8_a_file_typed_into_the_text_is_taken_out():
    reading = read_mail(mail(body=b"Look.\nbegin 644 a.txt\n$1&%M<``\n`\nend\nBye.\n"))
    assert reading.text == "Look.\n\nBye."
    assert [(a.name, a.size) for a in reading.attachments] == [("a.txt", 4)]


@pytest.mark.parametrize(
    "raw",
    [
        b"<[abc@host]>",
        b"<" + b"x" * 2_000 + b"@host>",
        b"<a\n b@host>",
        b"a@host",
        "<é@host>".encode(),
    ],
)
def test_9_any_message_id_is_a_key(raw: bytes):
    own_id = read_mail(mail(b"Message-ID: " + raw)).message_id
    assert own_id.startswith("<")
    assert own_id.endswith(">")
    assert len(own_id) < 300


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        pytest.param(b"To: x", None, id="no sender"),
        pytest.param(b"From: <>", None, id="an empty one"),
        pytest.param(b"From: a@b.c\nFrom: d@e.f", Contact(address="a@b.c"), id="two"),
        pytest.param(b"From: us: a@b.c, d@e.f;", Contact(address="a@b.c"), id="a group"),
        pytest.param(b"From:\nSender: a@b.c", Contact(address="a@b.c"), id="the other field"),
    ],
)
def test_11_a_mail_from_nobody_or_two_is_read(header: bytes, sender: Contact | None):
    reading = read_mail(header + b"\n\nNo heating.")
    assert (reading.sender, reading.text) == (sender, "No heating.")


def test_13_control_characters_are_removed():
    reading = read_mail(mail(b"Subject: No\0 heat\x1b", body=b"D\0a\x07mp"))
    assert (reading.subject, reading.text) == ("No heat", "Damp")


def test_16_photos_alone_are_a_mail():
    photo = (b"Content-Type: image/jpeg\nContent-Disposition: inline; filename=1.jpg", b"jpeg")
    reading = read_mail(parts(photo))
    assert reading.text == ""
    assert [(a.name, a.inline) for a in reading.attachments] == [("1.jpg", True)]
    assert reading.problems == ("no text was found",)


def winmail(raw: bytes, *, name: bytes = b"winmail.dat") -> bytes:
    head = (
        b"Content-Type: application/ms-tnef; name=" + name + b"\nContent-Transfer-Encoding: base64"
    )
    return parts((PLAIN, b"See within."), (head, base64.encodebytes(raw)))


def test_17_the_files_in_winmail_are_taken_out():
    files = [attribute(RENDERING, b""), attribute(TITLE, b"a.pdf\0"), attribute(DATA, b"pdf")]
    reading = read_mail(winmail(START + b"".join([*files, attribute(RENDERING, b"")])))
    assert names(reading) == ["a.pdf", "file 2"]
    assert reading.text == "See within."


def test_17_the_html_in_winmail_is_read():
    page = b"<p>Damp</p>"
    value = b"\2\1\x13\x10\1\0\0\0\x0b\0\0\0" + page + b"\0"
    reading = read_mail(winmail(START + attribute(TEXTS, properties(value))))
    assert (reading.text, reading.html) == ("See within.\nDamp", "<p>See within.</p>\n<p>Damp</p>")


@pytest.mark.parametrize("raw", [b"damaged", START])
def test_17_what_is_not_found_in_winmail_is_said(raw: bytes):
    reading = read_mail(winmail(raw))
    assert names(reading) == ["winmail.dat"]
    assert reading.problems[0].startswith("winmail.dat ")


def test_17_winmail_without_a_name_is_known_by_its_type():
    raw = winmail(b"damaged").replace(b"; name=winmail.dat", b"")
    assert names(read_mail(raw)) == ["winmail.dat"]
    assert names(read_mail(raw.replace(b"damaged", START))) == ["winmail.dat"]


@pytest.mark.parametrize(
    ("disposition", "name", "original"),
    [
        (b'filename="../../etc/x"', "x", "../../etc/x"),
        (b"filename=a.jpg", "a.jpg", ""),
        (b"filename*0*=utf-8''K%C3%BC; filename*1=.jpg", "Kü.jpg", ""),
        ("filename=a\u202egpj.exe".encode(), "agpj.exe", "a\u202egpj.exe"),
    ],
)
def test_18_an_attachment_is_kept_under_a_safe_name(disposition: bytes, name: str, original: str):
    head = b"Content-Type: image/png\nContent-Disposition: attachment; " + disposition
    [attachment] = read_mail(parts((PLAIN, b"Look."), (head, b"png"))).attachments
    assert (attachment.name, attachment.original) == (name, original)
    assert attachment.sha256 == hashlib.sha256(b"png").hexdigest()
    assert attachment.picture
    assert not attachment.inline


def test_19_nothing_in_the_html_for_staff_runs_or_fetches():
    page = b'<script>x()</script><p onclick="x">Damp</p><img src="http://169.254.169.254/">'
    reading = read_mail(mail(HTML, body=page))
    assert reading.html == '<p>Damp</p><img data-src="http://169.254.169.254/">'
    assert reading.text == "Damp"


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Please view this e-mail in a browser.", id="a stub"),
        pytest.param(b"There is damp in the bed", id="cut off"),
        pytest.param(b"There is damp in the...", id="cut off with dots"),
        pytest.param(b"There", id="much shorter"),
    ],
)
def test_24_25_the_html_is_read_where_the_text_says_less(plain: bytes):
    page = b"<p>There is <b>damp</b> in the bedroom since last May.</p>"
    reading = read_mail(parts((PLAIN, plain), (HTML, page), kind=b"alternative"))
    assert reading.text == "There is damp in the bedroom since last May."


def test_24_the_text_is_read_where_it_says_as_much():
    text = b"There is damp: https://oak.example"
    reading = read_mail(parts((PLAIN, text), (HTML, b"<p>There is damp</p>"), kind=b"alternative"))
    assert reading.text == text.decode()
    assert reading.html == "<p>There is damp</p>"


def test_25_the_same_text_in_two_parts_is_read_once():
    reading = read_mail(parts((PLAIN, b"There is damp"), (HTML, b"<p>There is damp</p>")))
    assert reading.text == "There is damp"


def test_25_texts_one_after_the_other_are_all_read():
    reading = read_mail(parts((PLAIN, b"One <1>."), (HTML, b"<p>Two.</p>"), (PLAIN, b"")))
    assert reading.text == "One <1>.\nTwo."
    assert reading.html == "<p>One &lt;1&gt;.</p>\n<p>Two.</p>"


def test_a_picture_within_the_html_does_not_crowd_out_the_words():
    page = b'<img src="data:image/png;base64,' + b"A" * 2_000_000 + b'"><p>Damp</p>'
    reading = read_mail(mail(HTML, body=page))
    assert (reading.text, reading.html, reading.problems) == ("Damp", "<img><p>Damp</p>", ())


def test_what_nests_too_deeply_is_read_and_not_shown():
    reading = read_mail(mail(HTML, body=b"<div>" * 3_000 + b"Damp"))
    assert (reading.text, reading.html) == ("Damp", None)
    assert reading.problems == ("its formatting is not shown: it is too long or nests too deeply",)


def test_markup_alone_is_no_html_to_show():
    assert read_mail(mail(HTML, body=b"<script>x()</script>")).html is None


def test_flowing_lines_are_put_together():
    body = b"There is \ndamp in \nhere.\n> Is \n> it?\n-- \nJo"
    reading = read_mail(mail(b"Content-Type: text/plain; format=flowed", body=body))
    assert reading.text == "There is damp in here.\n> Is \n> it?\n-- \nJo"


FORWARDED = (
    b"Please log this.\n\n---------- Forwarded message ---------\n"
    b"From: Al Bloggs <al@example.org>\nDate: Monday\nSubject: Damp\nTo: Jo\n\n"
    b"There is damp and nobody came.\n\n> Your letter.\n"
)


def test_39_what_is_passed_on_is_the_residents_and_both_words_are_visible():
    reading = read_mail(mail(b"Subject: Fwd: Damp", body=FORWARDED))
    assert reading.sender == Contact(name="Jo", address="jo@example.org")
    assert reading.forwarded_from == Contact(name="Al Bloggs", address="al@example.org")
    assert reading.visible == "Please log this.\n\nThere is damp and nobody came."
    assert "> Your letter." in reading.hidden
    assert "From: Al Bloggs <al@example.org>" in reading.hidden


def test_39_a_mail_passed_on_without_a_word_is_the_residents():
    reading = read_mail(mail(b"Subject: FW: Damp", body=FORWARDED.partition(b"\n\n")[2]))
    assert reading.visible == "There is damp and nobody came."


def test_39_a_mail_attached_is_passed_on_and_kept():
    inner = b"From: Al <al@example.org>\nSubject: Damp\n\nNobody came."
    reading = read_mail(parts((PLAIN, b"See below."), (b"Content-Type: message/rfc822", inner)))
    assert reading.forwarded_from == Contact(name="Al", address="al@example.org")
    assert reading.text == "See below.\nNobody came."
    [attachment] = reading.attachments
    assert (attachment.name, attachment.type) == ("Damp.eml", "message/rfc822")
    assert attachment.sha256 == hashlib.sha256(inner).hexdigest()


def test_39_an_attached_mail_of_parts_is_opened_too():
    inner = parts((PLAIN, b"Nobody came."), (b"Content-Type: image/png; name=1.png", b"png"))
    reading = read_mail(
        parts(
            (
                b"Content-Type: message/rfc822; name=a.eml",
                inner.replace(b"=b", b"=c").replace(b"--b", b"--c"),
            )
        )
    )
    assert reading.text == "Nobody came."
    assert names(reading) == ["a.eml", "1.png"]


def test_39_of_two_attached_mails_nobody_says_which_is_meant():
    inner = (b"Content-Type: message/rfc822", b"From: al@example.org\n\nx")
    assert read_mail(parts(inner, inner)).forwarded_from is None


def test_39_a_mail_encoded_as_none_may_be_is_kept_as_it_is():
    head = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64"
    reading = read_mail(parts((PLAIN, b"See."), (head, base64.b64encode(b"From: a@b.c\n\nx"))))
    assert names(reading) == ["message.eml"]
    assert reading.text == "See."


def test_40_nobody_is_taken_from_a_name_that_says_via():
    raw = b"From: Jane via complaints <c@group.example>\nX-Original-From: j@example.org\n\nx"
    sender = Contact(name="Jane via complaints", address="c@group.example")
    assert read_mail(raw).sender == sender


def test_43_an_automatic_answer_is_kept_with_its_text():
    reading = read_mail(mail(b"Auto-Submitted: auto-replied"))
    assert (reading.automatic, reading.text) == (Automatic.AUTO_REPLY, "No heating.")


@pytest.mark.parametrize("body", [b"> Only a quote", b"-- \nJo", b"Sent from my iPhone"])
def test_55_where_nothing_is_new_everything_is_visible(body: bytes):
    reading = read_mail(mail(body=body))
    assert (reading.visible, reading.hidden) == (body.decode(), "")


@pytest.mark.parametrize("line", [b"> > > ", b"On On On ", b"On 3 wrote:\n", b"From: x\n\n"])
def test_58_a_megabyte_of_marks_is_trimmed(line: bytes):
    assert read_mail(mail(body=b"Damp.\n" + line * (1_000_000 // len(line)))).visible


def test_106_a_subject_is_one_line():
    reading = read_mail(mail(b"Subject: =?utf-8?q?a=0D=0ABcc:_x?="))
    assert reading.subject == "a Bcc: x"


def test_words_without_a_header_are_read_and_noted():
    reading = read_mail(b"There is damp.")
    assert (reading.text, reading.problems) == ("There is damp.", ("it has no mail header",))
    assert reading.sender is None


def test_a_text_part_that_says_it_is_attached_is_a_file_unless_it_is_all_there_is():
    head = b"Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment"
    assert read_mail(mail(head)).text == "No heating."
    reading = read_mail(parts((PLAIN, b"Look."), (head, b"Letter")))
    assert (reading.text, names(reading)) == ("Look.", ["a.txt"])


def test_a_file_that_is_all_there_is_is_kept():
    reading = read_mail(mail(b"Content-Type: application/pdf; name=a.pdf", body=b"pdf"))
    assert names(reading) == ["a.pdf"]
    assert read_mail(mail(b"Content-Type: application/pdf", body=b"")).attachments == ()


def test_only_so_many_charsets_are_guessed_by_their_look():
    japanese = "お湯が出ません。".encode("shift_jis")
    reading = read_mail(parts(*[(PLAIN, japanese + b"%d" % n) for n in range(5)]))
    assert len(reading.text.split("\n")) == 5


def test_many_files_in_one_text_are_taken_out_up_to_a_number():
    reading = read_mail(mail(body=b"begin 644 a\n$1&%M<``\n`\nend\n" * 600))
    assert len(reading.attachments) == 500
    assert reading.text.startswith("begin 644 a")


@given(st.binary())
def test_no_bytes_are_too_odd_to_be_read(raw: bytes):
    for whole in (
        raw,
        FROM + raw,
        FROM + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + raw,
    ):
        reading = read_mail(whole)
        for text in (reading.text, reading.visible, reading.hidden, reading.subject):
            assert "\0" not in text
            text.encode()
        assert bool(reading.visible) is bool(reading.text)
