"""What comes through the doors lands in the record or in the holding pen, on either database."""

from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from intake.channels.source import Source
from intake.store.tables import DeliveryRow, HoldingPenRow, JobRow, MessageRow
from tests.house import House, configured, open_house
from tests.intake.channels.smtp import say
from tests.intake.channels.test_social import sign_body

pytestmark = pytest.mark.usefixtures("db")

SOURCE = Source(landlord="oak", secret="a long secret", body_only=True)
HOSTILE = b"\r\n".join(
    [
        b"From: J\0o \xff <jo\0@example.org>",
        b"Subject: \0\xff =?utf-8?q?=00a?= =?undefined?q?x?=",
        b"Message-ID: <1\0\xff@example.org>",
        b"References: <0\0@example.org>",
        b"Content-Type: multipart/mixed; boundary=b",
        b"",
        b"--b",
        b"Content-Type: text/html; charset*=utf-8''utf-8",
        b"",
        b"<p>No heating&#0; \0\xff</p>",
        b"--b",
        b'Content-Type: image/\0png; name="\0\xff.png"',
        b"",
        b"\0\xff",
        b"--b--",
        b".",
    ]
)


def rows(house: House) -> tuple[list[str], list[str], list[str]]:
    """Return the texts read, the reasons why others were not, and the faults of jobs."""

    def load(session: Session) -> tuple[list[str], list[str], list[str]]:
        return (
            sorted(session.scalars(select(MessageRow.text))),
            sorted(session.scalars(select(HoldingPenRow.reason))),
            [error for error in session.scalars(select(JobRow.last_error)) if error],
        )

    return house.record.db.call(load)


async def test_a_mail_made_to_break_the_database_is_recorded(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        port = int(house.mail.rpartition(":")[2])
        hello = [b"EHLO \0\xff", b"MAIL FROM:<j\0\xff@example.org>"]
        answers = await say(port, *hello, b"RCPT TO:<help@oak.example>", b"DATA", HOSTILE)
        assert answers[-2].startswith(b"250")
        await house.settle()
        assert rows(house) == (["No heating\N{REPLACEMENT CHARACTER} ÿ"], [], [])
        assert len(house.cases()) == 1


async def test_what_makes_no_sense_waits_in_the_holding_pen(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured(source=SOURCE)) as house:
        port = int(house.mail.rpartition(":")[2])
        await say(
            port, b"HELO x", b"MAIL FROM:<>", b"RCPT TO:<help@oak.example>", b"DATA", b"\0\xff\r\n."
        )
        async with httpx.AsyncClient(base_url=house.web, trust_env=False) as web:
            for path, raw in (("/contact/oak", b"\0\xff"), ("/hooks/posts", b"[" * 50_000)):
                answer = await web.post(path, content=raw, headers=sign_body(raw))
                assert answer.status_code == 202
        await house.settle()
        assert rows(house) == (
            [],
            [
                "it has no mail header",
                "it is no form: UnicodeDecodeError",
                "its JSON is too large",
            ],
            [],
        )


async def test_a_form_sent_twice_and_then_changed_is_two_messages(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    own_id = "1b671a64-40d5-491e-99b0-da01ff1f3341"
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        async with httpx.AsyncClient(base_url=house.web, trust_env=False) as web:
            for words in ("Damp", "Damp", "Damp and cold\0"):
                await web.post(f"/contact/oak?id={own_id}", data={"what_happened": words})
        await house.settle()
        texts, pen, faults = rows(house)
    assert (texts, pen, faults) == (["Damp", "Damp and cold"], [], [])


async def test_a_large_mail_lies_in_a_file_where_no_other_machine_must_read_it(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        await house.send("No heating, and damp.\n" * 5_000)

        def load(session: Session) -> tuple[str | None, bytes | None]:
            row = session.scalars(select(DeliveryRow)).one()
            return row.sha256, row.raw

        digest, raw = house.record.db.call(load)
        kept = house.record.files.load(digest) if digest else raw or b""
        assert kept.count(b"damp") == 5_000
        assert bool(digest) == db_url.startswith("sqlite")
        [text], _, _ = rows(house)
        assert text.count("damp") == 5_000
