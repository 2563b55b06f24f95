"""Machine or person (behaviours 43-53): a hint with its reason."""

import pytest

from intake.domain.message import Automatic
from intake.mail.automatic import Undelivered, read_report, wants_no_answer
from intake.mail.parts import parse_parts
from intake.mail.reading import read_mail

JO, DAEMON = b"From: jo@example.org\n", b"From: MAILER-DAEMON@mx.example\n"


def mail(*lines: bytes, sender: bytes = JO, body: bytes = b"No heating.\n") -> bytes:
    return sender + b"".join(line + b"\n" for line in lines) + b"\n" + body


def report(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"
    head = b"Content-Type: multipart/report; report-type=" + kind + b"; boundary=b"
    return mail(head, sender=DAEMON, body=body)


def delivery(action: bytes, status: bytes) -> bytes:
    return report(
        b"delivery-status",
        b"Content-Type: text/plain\n\nYour mail.",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        b"Final-Recipient: rfc822; al@example.org\nAction: " + action + b"\nStatus: " + status,
        b"Content-Type: message/rfc822\n\nMessage-ID: <9@oak.example>\nSubject: x\n\nOur letter.",
    )


FAILED, DELAYED = delivery(b"failed", b"5.1.1"), delivery(b"delayed", b"4.4.1")


@pytest.mark.parametrize(
    ("raw", "automatic"),
    [
        pytest.param(mail(), None, id="a person"),
        pytest.param(mail(b"Return-Path: <>"), None, id="a null return path alone"),
        pytest.param(mail(b"Precedence: bulk"), None, id="bulk alone"),
        pytest.param(mail(b"X-Auto-Response-Suppress: All"), None, id="an ordinary Exchange"),
        pytest.param(mail(b"Auto-Submitted: no"), None, id="a person who says so"),
        pytest.param(mail(b"X-Autoreply: no"), None, id="a no in another field"),
        pytest.param(mail(b"Subject: Undeliverable mail again"), None, id="a person on bounces"),
        pytest.param(mail(b"Subject: Out of office hours nobody answers"), None, id="out of hours"),
        pytest.param(mail(b"Subject: Damp", sender=DAEMON), None, id="a postmaster who writes"),
        pytest.param(FAILED, Automatic.BOUNCE, id="a failure"),
        pytest.param(DELAYED, Automatic.REPORT, id="a delay"),
        pytest.param(
            delivery(b"failed", b"4.4.7"), Automatic.BOUNCE, id="a failure after days of trying"
        ),
        pytest.param(
            mail(b"Auto-Submitted: auto-generated"), None, id="a form that a program passes on"
        ),
        pytest.param(
            mail(b"Auto-Submitted: auto-generated", b"In-Reply-To: <9@oak.example>"),
            Automatic.AUTO_REPLY,
            id="Exchange's absence",
        ),
        pytest.param(delivery(b"delivered", b"2.0.0"), Automatic.REPORT, id="a success"),
        pytest.param(report(b"delivery-status"), Automatic.BOUNCE, id="a failure without facts"),
        pytest.param(mail(b"X-Failed-Recipients: al@example.org"), Automatic.BOUNCE, id="Exim"),
        pytest.param(
            mail(b"Subject: Undelivered Mail Returned to Sender", sender=DAEMON),
            Automatic.BOUNCE,
            id="a failure in words",
        ),
        pytest.param(
            mail(b"Subject: failure notice", b"Return-Path: <>"), Automatic.BOUNCE, id="qmail"
        ),
        pytest.param(
            mail(b"Subject: Warning: message 1a delayed 24 hours", sender=DAEMON),
            Automatic.REPORT,
            id="a delay in words",
        ),
        pytest.param(report(b"feedback-report"), Automatic.REPORT, id="ARF"),
        pytest.param(report(b"disposition-notification"), Automatic.REPORT, id="a read receipt"),
        pytest.param(report(b"x"), Automatic.REPORT, id="some other report"),
        pytest.param(
            mail(
                b"Content-Type: multipart/mixed; boundary=b",
                body=b"--b\nContent-Type: message/feedback-report\n\nx\n--b--",
            ),
            Automatic.REPORT,
            id="ARF that says it is mixed",
        ),
        pytest.param(
            mail(b"Content-Type: application/tlsrpt+gzip"), Automatic.REPORT, id="TLS report"
        ),
        pytest.param(
            mail(b"Subject: Report Domain: oak.example Submitter: x.example Report-ID: <1>"),
            Automatic.REPORT,
            id="DMARC",
        ),
        pytest.param(
            mail(b"Content-Type: text/calendar; method=REQUEST"),
            Automatic.REPORT,
            id="an invitation",
        ),
        pytest.param(
            mail(
                b"Content-Type: text/calendar; method=REQUEST",
                b"Content-Disposition: attachment; filename=a.ics",
            ),
            None,
            id="a calendar file of a person's",
        ),
        pytest.param(mail(b"Auto-Submitted: auto-replied"), Automatic.AUTO_REPLY, id="RFC 3834"),
        pytest.param(mail(b"X-Autoreply: yes"), Automatic.AUTO_REPLY, id="X-Autoreply"),
        pytest.param(mail(b"X-Autorespond: Damp"), Automatic.AUTO_REPLY, id="X-Autorespond"),
        pytest.param(mail(b"Precedence: auto-reply"), Automatic.AUTO_REPLY, id="Precedence"),
        pytest.param(mail(b"Delivered-To: Autoresponder"), Automatic.AUTO_REPLY, id="Delivered-To"),
        pytest.param(mail(b"List-Id: <l.example.org>"), Automatic.LIST, id="a list"),
        pytest.param(mail(b"List-Unsubscribe: <mailto:x@y.z>"), Automatic.LIST, id="a newsletter"),
        pytest.param(mail(b"Precedence: list"), Automatic.LIST, id="a list by precedence"),
        pytest.param(mail(b"X-Heard-Loop: yes"), Automatic.OURS, id="our own letter"),
        pytest.param(
            mail(b"X-Heard-Loop: yes", b"Auto-Submitted: auto-replied"),
            Automatic.OURS,
            id="our own letter, as it leaves us",
        ),
    ],
)
def test_a_machine_is_told_from_a_person(raw: bytes, automatic: Automatic | None):
    reading = read_mail(raw)
    assert reading.automatic is automatic
    assert bool(reading.why_automatic) is (automatic is not None)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Damp", "Auto-Reply: Damp", "Out of office", "Out of Office: Damp",
        "Out of Office AutoReply: Damp", "Automatische Antwort: Feuchtigkeit", "Abwesenheitsnotiz",
        "Odpowiedź automatyczna: Wilgoć", "Autoodpowiedź", "Poza biurem", "Ymateb awtomatig: x",
        "Allan o'r swyddfa", "Réponse automatique : x", "Răspuns automat: x",
        "Автоматический ответ",
    ],
)  # fmt: skip
def test_an_out_of_office_answer_is_known_by_its_subject_alone(subject: str):
    reading = read_mail(mail(f"Subject: {subject}".encode()))
    assert reading.automatic is Automatic.AUTO_REPLY
    assert reading.text == "No heating."


def test_a_failure_says_whose_mail_did_not_arrive_and_which():
    assert read_report(parse_parts(FAILED)[0]) == Undelivered(
        action="failed", status="5.1.1", recipient="al@example.org", own_id="<9@oak.example>"
    )


def test_the_header_alone_of_what_came_back_is_enough():
    raw = report(
        b"delivery-status",
        b"Content-Type: message/delivery-status\n\nAction: failed",
        b"Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-Id: <9@oak.example>\n",
    )
    found = read_report(parse_parts(raw)[0])
    assert found is not None
    assert (found.own_id, found.status) == ("<9@oak.example>", "")


def test_a_failure_of_nothing_we_know_is_still_one():
    raw = report(b"delivery-status", b"Content-Type: message/delivery-status\n\n\xff")
    found = read_report(parse_parts(raw)[0])
    assert found == Undelivered(action="", status="", recipient="", own_id="")
    assert read_mail(raw).automatic is Automatic.BOUNCE


def test_a_mail_that_is_no_report_says_nothing_of_a_delivery():
    assert read_report(parse_parts(mail())[0]) is None


def test_our_own_words_that_come_back_are_not_the_text():
    reading = read_mail(FAILED)
    assert reading.text == "Your mail."
    assert reading.forwarded_from is None


def test_what_a_program_sends_of_its_own_accord_gets_no_automatic_answer():
    assert wants_no_answer(parse_parts(mail(b"Auto-Submitted: auto-generated"))[0])
    assert not wants_no_answer(parse_parts(mail())[0])
