"""Files that come with a message: kept, looked at, listed, and handed out with care."""

import base64
import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bot.attachments import FileLooker
from bot.child import BoundedChild
from bot.settings import ScannerAddress
from bot.triage.views import triage_card
from classifier.labels import Audience, Redact, Redaction, WithheldError
from classifier.personal.redact import redact
from intake.domain.attachment import FileCheck, Risk
from intake.domain.summary import MessageSummary
from intake.store.attachments import UNNAMED
from intake.store.casefile import load_casefile
from intake.store.jobs import ALERT_AFTER, GIVE_UP_AFTER, Job, LeaseLostError, enqueue
from tests.builders import new_job, take
from tests.fakes.clamd import VIRUS, fake_clamd
from tests.house import House, configured, open_house
from tests.intake.mail.test_tnef import DATA, RENDERING, START, TITLE, attribute

pytestmark = pytest.mark.usefixtures("db")
Opener = Callable[..., AbstractAsyncContextManager[tuple[House, httpx.AsyncClient]]]
File = tuple[str, bytes]
PDF = ("repair quote.pdf", b"%PDF-1.7 a quote")


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house, and somebody sits at its desk."""

    @asynccontextmanager
    async def opener(
        scanner: ScannerAddress | None = None,
    ) -> AsyncIterator[tuple[House, httpx.AsyncClient]]:
        known = replace(configured(), scanner=scanner)
        async with (
            open_house(db_url, tmp_path, child, now, known) as house,
            httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as desk,
        ):
            page = (await desk.get("/enter", params={"key": house.sittings.key})).text
            csrf = page.split('name="csrf" value="', 1)[1].split('"', 1)[0]
            await desk.post("/name", data={"csrf": csrf, "name": "Asha"})
            yield house, desk

    return opener


async def bring(house: House, *files: File) -> None:
    """Send a mail with files, and let the house deal with it."""
    mail = EmailMessage()
    facts = {
        "From": "Jo <jo@example.org>",
        "To": "help@oak.example",
        "Message-ID": "<1@example.org>",
    }
    for name, value in facts.items():
        mail[name] = value
    mail.set_content("Nobody has come about the damp. Here are pictures.")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="x", filename=name)
    await house.post(mail)
    await house.settle()


async def see(house: House) -> MessageSummary:
    return await house.heard.presses("oak").see(1)


async def card(house: House) -> str:
    return str(triage_card(await see(house), now=house.now).blocks)


def picture() -> bytes:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "the home of Jo"
    Image.new("RGB", (900, 600), "teal").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


async def test_a_file_is_listed_and_can_be_saved_as_it_came(opened: Opener):
    async with opened() as (house, desk):
        await bring(house, PDF, ("large.bin", bytes(range(256)) * 600))
        page = (await desk.get("/")).text
        assert "repair quote.pdf" in page
        assert "not checked for viruses" in page
        for number, content in enumerate((PDF[1], bytes(range(256)) * 600), start=1):
            assert (await desk.get(f"/files/oak/{number}")).content == content
        original = (await desk.get("/original/oak/1")).content
        assert base64.b64encode(PDF[1])[:12] in original


@pytest.mark.parametrize(
    "name",
    ["a.html", "a.svg", "a.xml", "a.js", "a.exe", "a.pdf.exe", 'a"; filename="b.html', "é.htm"],
)
async def test_whatever_a_file_is_a_browser_saves_it_and_never_shows_it(opened: Opener, name: str):
    async with opened() as (house, desk):
        await bring(house, (name, b"<script>alert(1)</script>"))
        answer = await desk.get("/files/oak/1")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith('attachment; filename="')
        assert answer.headers["content-disposition"].count('"') == 2
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox;")
        [file] = (await see(house)).attachments
        assert {Risk.ACTIVE, Risk.EXECUTABLE} & {*file.risks}
        assert "⚠️" in await card(house)


async def test_nobody_gets_a_file_without_the_link_or_from_another_landlord(opened: Opener):
    async with opened() as (house, desk):
        await bring(house, ("damp.jpg", picture()))
        paths = ("/files/oak/1", "/files/oak/1/small", "/original/oak/1", "/letters/oak/1")
        async with httpx.AsyncClient(base_url=house.desk) as stranger:
            for path in paths:
                assert (await stranger.get(path)).status_code == 403
        for path in paths:
            assert (await desk.get(path.replace("oak", "elm"))).status_code == 404
            assert (await desk.get(path.replace("1", "99"))).status_code == 404


async def test_a_name_hides_no_personal_data_from_the_lists_and_the_card(opened: Opener):
    async with opened() as (house, desk):
        await bring(
            house,
            ("my_phone_07700_900123.pdf", b"%PDF-1.4"),
            ("jo@example.org.txt", b"hello"),
        )
        for shown in ((await desk.get("/")).text, await card(house)):
            assert "900123" not in shown
            assert "jo@example" not in shown
            assert ".pdf" in shown


def looker(house: House, child: BoundedChild, redact: Redact = redact) -> FileLooker:
    """Somebody who looks at files under other circumstances than the house's own."""
    record = house.record
    return FileLooker(
        db=record.db,
        files=record.files,
        child=child,
        redact=redact,
        scanner=None,
        clock=house.clock,
    )


async def leave_unseen(house: House, *files: File) -> Job:
    """Send a mail whose files nobody in the house looks at, and return the job of looking."""
    house.lanes = [lane for lane in house.lanes if "files" not in lane]
    await bring(house, *files)
    return take(house.record.db, "files", house.now)


async def test_a_name_that_cannot_be_checked_is_not_shown(opened: Opener, child: BoundedChild):
    def fail(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
        raise WithheldError(f"{len(text)} {audience} {author} {landlord}")

    async with opened() as (house, _):
        job = await leave_unseen(house, ("secret.txt", b"x"))
        await looker(house, child, fail).look([job])
        [file] = (await see(house)).attachments
        assert file.name == UNNAMED
        assert "secret" not in await card(house)


async def test_a_job_that_is_done_twice_changes_nothing(opened: Opener, child: BoundedChild):
    async with opened() as (house, _):
        job = await leave_unseen(house, PDF)
        await looker(house, child).look([job])
        before = (await see(house)).attachments
        with pytest.raises(LeaseLostError):
            await looker(house, child).look([job])
        assert (await see(house)).attachments == before


async def test_a_virus_is_never_handed_out_and_the_card_says_so(opened: Opener):
    async with fake_clamd() as scanner, opened(scanner.at) as (house, desk):
        await bring(house, PDF, ("letter.doc", VIRUS))
        clean, infected = (await see(house)).attachments
        assert clean.check is FileCheck.CLEAN
        assert (infected.check, infected.virus) == (FileCheck.INFECTED, "Eicar-Test")
        assert (await desk.get("/files/oak/1")).content == PDF[1]
        assert (await desk.get("/files/oak/2")).status_code == 403
        assert (await desk.get("/original/oak/1")).status_code == 403
        page = (await desk.get("/")).text
        assert 'href="/files/oak/1"' in page
        assert 'href="/files/oak/2"' not in page
        shown = await card(house)
        assert "no virus found" in shown
        assert "virus found (Eicar-Test)" in shown


async def test_a_picture_with_a_virus_is_not_drawn(opened: Opener):
    async with fake_clamd() as scanner, opened(scanner.at) as (house, desk):
        await bring(house, ("damp.jpg", picture() + VIRUS))
        [file] = (await see(house)).attachments
        assert not file.pictured
        assert (await desk.get("/files/oak/1/small")).status_code == 404


async def test_a_file_waits_for_a_scanner_that_is_down_and_staff_hear_of_it(opened: Opener):
    async with fake_clamd() as scanner:
        scanner.instead = b""
        async with opened(scanner.at) as (house, desk):
            await bring(house, ("damp.jpg", picture()))
            assert (await desk.get("/files/oak/1")).status_code == 403
            assert (await desk.get("/files/oak/1/small")).status_code == 200
            shown = await card(house)
            assert "damp.jpg" in shown
            assert "being checked" in shown
            scanner.instead = None
            house.later(minutes=1)
            await house.settle()
            assert (await desk.get("/files/oak/1")).content == picture()


async def test_a_scanner_that_is_down_for_days_leaves_the_file_unchecked_and_says_so(
    opened: Opener,
):
    async with fake_clamd() as scanner:
        scanner.instead = b""
        async with opened(scanner.at) as (house, desk):
            await bring(house, PDF)
            for wait in (ALERT_AFTER, GIVE_UP_AFTER, GIVE_UP_AFTER):
                house.later(seconds=wait.total_seconds())
                await house.settle()
            assert "not checked for viruses" in await card(house)
            assert (await desk.get("/files/oak/1")).content == PDF[1]


async def test_a_file_too_large_for_the_scanner_is_unchecked(opened: Opener):
    async with fake_clamd() as scanner:
        scanner.largest = 5
        async with opened(scanner.at) as (house, _):
            await bring(house, PDF)
            assert "not checked for viruses" in await card(house)


async def test_a_picture_is_shown_small_and_without_what_the_camera_wrote(opened: Opener):
    async with opened() as (house, desk):
        await bring(house, ("damp.jpg", picture()), ("page.jpg", b"<html>"))
        answer = await desk.get("/files/oak/1/small")
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert b"home of Jo" not in answer.content
        assert max(Image.open(io.BytesIO(answer.content)).size) <= 360
        assert (await desk.get("/files/oak/2/small")).status_code == 404
        assert '/files/oak/1/small"' in (await desk.get("/")).text


async def test_a_picture_that_we_cannot_draw_says_so_and_can_be_saved(opened: Opener):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
    async with opened() as (house, desk):
        await bring(house, ("IMG_0001.HEIC", heic))
        [file] = (await see(house)).attachments
        assert (file.type, file.pictured) == ("image/heif", False)
        page = (await desk.get("/")).text
        assert "no preview: save it to look at it" in page
        assert (await desk.get(f"/files/oak/{file.id}")).content == heic


async def test_a_bomb_of_a_picture_harms_nobody(opened: Opener):
    bomb = io.BytesIO()
    Image.new("1", (20_000, 4_000)).save(bomb, "PNG")
    async with opened() as (house, desk):
        await bring(house, ("bomb.png", bomb.getvalue()))
        [file] = (await see(house)).attachments
        assert not file.pictured
        assert (await desk.get("/files/oak/1")).content == bomb.getvalue()


async def test_what_is_left_out_of_the_list_is_said_and_lies_in_the_original(opened: Opener):
    async with opened() as (house, desk):
        await bring(house, *((f"{n}.txt", f"file {n}".encode()) for n in range(103)))
        assert len((await see(house)).attachments) == 100
        shown = await card(house)
        assert "3 more files are not listed" in shown
        assert "and 90 more" in shown
        assert b'filename="102.txt"' in (await desk.get("/original/oak/1")).content


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/x", "x"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
async def test_a_file_is_kept_under_a_safe_name_and_its_own_is_spelled_out(
    opened: Opener, said: str, kept: str
):
    async with opened() as (house, _):
        await bring(house, (said, b"hello"))
        [reference] = {case.reference for case in house.cases()[:1]}
        facts = house.record.db.call(load_casefile, reference, original=True)
        assert facts is not None
        [file] = facts["messages"][0]["attachments"]
        assert file["name"] == kept
        assert file["original"].isascii()
        assert file["size"] == 5
        redacted = house.record.db.call(load_casefile, reference, original=False)
        assert redacted is not None
        assert "original" not in redacted["messages"][0]["attachments"][0]


async def test_what_lies_in_winmail_dat_is_listed_by_its_own_names(opened: Opener):
    async with opened() as (house, desk):
        inner = attribute(RENDERING, b"") + attribute(TITLE, b"damp.pdf\0")
        await bring(house, ("winmail.dat", START + inner + attribute(DATA, b"%PDF-1.4")))
        shown = await card(house)
        assert "damp.pdf" in shown
        assert "winmail.dat" not in shown
        assert (await desk.get("/files/oak/1")).content == b"%PDF-1.4"


async def test_files_that_cannot_be_looked_at_are_unchecked_and_can_be_saved(opened: Opener):
    hasty = BoundedChild(budget=0.0)
    try:
        async with opened() as (house, desk):
            job = await leave_unseen(house, PDF)
            await looker(house, hasty).look([job])
            assert "not checked for viruses" in await card(house)
            assert (await desk.get("/files/oak/1")).content == PDF[1]
    finally:
        hasty.close()


async def test_a_file_beyond_our_own_limit_is_listed_unchecked(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.attachments.LARGEST", 5)
    async with fake_clamd() as scanner, opened(scanner.at) as (house, desk):
        await bring(house, PDF, ("a.txt", b"hello"))
        large, fitting = (await see(house)).attachments
        assert (large.check, fitting.check) == (FileCheck.UNCHECKED, FileCheck.CLEAN)
        assert scanner.scanned == [b"hello"]
        assert (await desk.get("/files/oak/1")).content == PDF[1]


async def test_files_that_were_looked_at_are_not_looked_at_again(
    opened: Opener, child: BoundedChild
):
    async with fake_clamd() as scanner, opened(scanner.at) as (house, _):
        await bring(house, PDF)
        again = new_job("again", house.now, message_id=1)
        house.record.db.call(enqueue, replace(again, kind="files"))
        await looker(house, child).look([take(house.record.db, "files", house.now)])
        assert len(scanner.scanned) == 1
        [file] = (await see(house)).attachments
        assert file.check is FileCheck.CLEAN
