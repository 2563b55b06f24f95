"""What becomes of the words of odd mail, over a real socket; the numbers are the behaviours'."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiosmtplib
import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.views import triage_card
from intake.domain.case import Kind
from intake.store.casefile import load_casefile
from intake.store.tables import DeliveryRow, HoldingPenRow, MessageRow
from tests.house import House, configured, open_house

FROM = b"From: Jo <jo@example.org>\r\n"
HEAD = FROM + b"To: help@oak.example\r\nSubject: My home\r\n"
WORDS = "There is damp. Nobody has come."
QUOTED = "On Mon, 2 Mar 2026 at 09:00, Oak Homes <help@oak.example> wrote:"
Opener = Callable[[], AbstractAsyncContextManager[House]]


@pytest.fixture
def db_url(tmp_path: Path) -> str:
    """One database: what is kept in either is the same, and has tests of its own."""
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens the house."""

    @asynccontextmanager
    async def opener() -> AsyncIterator[House]:
        async with open_house(db_url, tmp_path, child, now, configured()) as house:
            yield house

    return opener


async def bring(house: House, raw: bytes) -> None:
    """Hand bytes to the door as a mail server does, and let the house deal with them."""
    host, _, port = house.mail.rpartition(":")
    await aiosmtplib.send(
        raw,
        sender="jo@example.org",
        recipients=["help@oak.example"],
        hostname=host,
        port=int(port),
        start_tls=False,
    )
    await house.settle()


async def say(house: House, *lines: bytes) -> bytes:
    """Say everything at once, as a client that keeps to no rules, and return all answers."""
    host, _, port = house.mail.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"\r\n".join([*lines, b"QUIT", b""]))
    answers = await reader.read()
    writer.close()
    await writer.wait_closed()
    await house.settle()
    return answers


def messages(house: House) -> list[MessageRow]:
    def load(session: Session) -> list[MessageRow]:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    return house.record.db.call(load)


def deliveries(house: House) -> list[DeliveryRow]:
    return house.record.db.call(lambda s: list(s.scalars(select(DeliveryRow))))


def kinds(house: House) -> list[Kind]:
    return sorted(case.kind for case in house.cases())


@asynccontextmanager
async def at_desk(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Sits down at the desk."""
    async with httpx.AsyncClient(base_url=house.desk, follow_redirects=True) as desk:
        page = (await desk.get("/enter", params={"key": house.sittings.key})).text
        csrf = page.split('name="csrf" value="', 1)[1].split('"', 1)[0]
        await desk.post("/name", data={"csrf": csrf, "name": "Asha"})
        yield desk


async def pages(house: House) -> str:
    """Return what staff see of the first message: the desk's list, and the page of its case."""
    async with at_desk(house) as desk:
        queue = await desk.get("/")
        case = await desk.get(f"/case/{house.cases()[0].reference}")
    assert (queue.status_code, case.status_code) == (200, 200)
    assert "default-src" in case.headers["content-security-policy"]
    return queue.text + case.text


async def test_1_a_line_of_five_thousand_bytes_is_kept_byte_for_byte_and_read(opened: Opener):
    raw = HEAD + b"\r\n" + b"There is damp. " * 400 + b"Nobody has come.\r\n"
    async with opened() as house:
        await bring(house, raw)
        assert [row.raw for row in deliveries(house)] == [raw]
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


@pytest.mark.parametrize("end", [b"\n.\r\n", b"\r.\r", b"\n.\n", b"\r\n.\n", b"\r\n.\r"])
async def test_2_no_second_mail_is_smuggled_in_within_the_first(opened: Opener, end: bytes):
    second = b"MAIL FROM:<al@example.org>\r\nRCPT TO:<help@oak.example>\r\nDATA\r\nFrom: al\r\n"
    async with opened() as house:
        answers = await say(
            house,
            b"EHLO client.example",
            b"MAIL FROM:<jo@example.org>",
            b"RCPT TO:<help@oak.example>",
            b"DATA",
            HEAD + b"\r\n" + WORDS.encode() + end + second + b"\r\nThank you.\r\n.",
        )
        assert answers.count(b"Message kept") == len(deliveries(house)) == 1
        assert len(messages(house)) == 1


@pytest.mark.parametrize("raw", ["Größe", "Grösse £5"])
@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
async def test_6_raw_bytes_in_the_header_are_letters(opened: Opener, raw: str, charset: str):
    header = f"From: {raw} <jo@example.org>\r\nSubject: {raw}\r\n".encode(charset)
    async with opened() as house:
        await bring(house, header + b"\r\n" + WORDS.encode() + b"\r\n")
        [message] = messages(house)
        assert (message.sender_name, message.subject) == (raw, raw)
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


@pytest.mark.parametrize(
    "charset", ["X-UNKNOWN", "us-askey", "", "uft-8", "iso-8859-8-i", "iso-gb2312", "cp-850"]
)
async def test_7_a_charset_that_nobody_knows_is_text_all_the_same(opened: Opener, charset: str):
    said = f'Content-Type: text/plain; charset="{charset}"\r\n\r\n'
    async with opened() as house:
        await bring(house, HEAD + said.encode() + f"{WORDS} £5 é\r\n".encode())
        [message] = messages(house)
        assert WORDS in message.text
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]
        assert any("charset guessed" in problem for problem in message.problems)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("7bits", WORDS),
        ("8 bit", WORDS),
        ("base64;", "VGhlcmUgaXMgZGFtcC4gTm9ib2R5IGhhcyBjb21lLg=="),
        ("base64", "VGhlcmUgaXMgZGFtcC4gTm9ib2R5IGhhcyBjb21lLg"),
        (
            "x-uuencode",
            'begin 644 a.txt\r\n?5&AE<F4@:7,@9&%M<"X@3F]B;V1Y(&AA<R!C;VUE+@``\r\n`\r\nend',
        ),
    ],
)
async def test_8_a_transfer_encoding_is_undone_as_far_as_it_goes(
    opened: Opener, encoding: str, body: str
):
    header = f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    async with opened() as house:
        await bring(house, HEAD + header + body.encode() + b"\r\n")
        [message] = messages(house)
        assert WORDS in message.text
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


@pytest.mark.parametrize(
    "own_id",
    [
        b"<[abc@host]>",
        b"<" + b"a" * 2_000 + b"@host>",
        b"\r\n <folded@host>",
        b"no-brackets@host",
        "<größe@host>".encode(),
        "<größe@host>".encode("latin-1"),
        b"<>",
    ],
)
async def test_9_whatever_a_message_id_is_the_same_mail_by_two_roads_is_one(
    opened: Opener, own_id: bytes
):
    async with opened() as house:
        for road in (b"one", b"two"):
            raw = b"Received: by " + road + b"\r\n" + HEAD + b"Message-ID: " + own_id + b"\r\n"
            await bring(house, raw + b"\r\n" + WORDS.encode() + b"\r\n")
        assert len(deliveries(house)) == 2
        assert len(messages(house)) == (2 if own_id == b"<>" else 1)


#: What of it would do something, were it markup.
LIVE = re.compile(r"<script>alert|<img src=x|href=\"javascript|<style>@|<mtext|onmouseover=\"")
MARKUP = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("<img src=x onerror=alert(1)>", id="onerror"),
    pytest.param('<a href="javascript:alert(1)">x</a>', id="javascript"),
    pytest.param("<style>@import 'http://evil.example/'</style>", id="style"),
    pytest.param("<b><i><u", id="unclosed"),
    pytest.param("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", id="mutation"),
    pytest.param('http://x.example/" onmouseover="alert(1)" y.example', id="22 looks like a link"),
]


def alternative(plain: str, rich: str) -> bytes:
    parts = (("plain", plain), ("html", rich))
    body = "".join(f"--b\r\nContent-Type: text/{k}\r\n\r\n{words}\r\n" for k, words in parts)
    kind = "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    return HEAD + f"{kind}{body}--b--\r\n".encode()


@pytest.mark.parametrize("markup", MARKUP)
async def test_19_22_what_staff_see_of_words_that_look_like_markup_is_words(
    opened: Opener, markup: str
):
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + f"{WORDS}\r\n{markup}\r\n".encode())
        seen = await pages(house)
        assert WORDS in seen
        assert markup not in seen
        assert not LIVE.search(seen)


@pytest.mark.parametrize("markup", MARKUP)
async def test_19_nothing_of_a_mails_html_reaches_the_pages_of_staff(opened: Opener, markup: str):
    async with opened() as house:
        await bring(house, alternative("", f"<p>{WORDS}</p>{markup}"))
        seen = await pages(house)
        assert WORDS in seen
        assert markup not in seen
        assert not LIVE.search(seen)


@pytest.mark.parametrize("where", ["From", "Subject", "Reply-To"])
async def test_21_a_name_or_subject_that_is_markup_is_shown_as_words(opened: Opener, where: str):
    markup = "<img src=x onerror=alert(1)>"
    named = {"From": f'"{markup}" <jo@example.org>', "Reply-To": f'"{markup}" <jo@example.org>'}
    async with opened() as house:
        await house.send(f"{WORDS} <!channel>", **{where: named.get(where, markup)})
        seen = await pages(house)
        assert markup not in seen
        card = triage_card(await house.heard.presses("oak").see(1), now=house.now)
        drawn = [part for block in card.blocks for part in block.get("elements", [])]
        marked = [part["text"] for part in drawn if part["type"] == "mrkdwn"]
        assert not [text for text in marked if "<img" in text or "<!channel" in text]
        assert "onerror" not in card.text


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/", "http://127.0.0.1.nip.io/", "http://[::1]/", "{own}"],
)
async def test_23_no_address_in_a_mail_is_fetched_by_us_or_by_a_page_of_staff(
    opened: Opener, address: str
):
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    own = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/picture.png"
    address = address.replace("{own}", own)
    async with server, opened() as house:
        await bring(house, alternative("", f'<p>{WORDS}</p><img src="{address}">'))
        seen = await pages(house)
        assert WORDS in seen
        assert f'src="{address}' not in seen
        assert asked == []


@pytest.mark.parametrize("stub", ["", " \r\n", "Please view this message in a browser."])
async def test_24_the_html_is_read_where_the_text_part_says_nothing(opened: Opener, stub: str):
    async with opened() as house:
        await bring(house, alternative(stub, f"<p>{WORDS}</p>"))
        [message] = messages(house)
        assert message.text == WORDS
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


async def test_25_the_fuller_part_decides_where_the_text_was_cut(opened: Opener):
    long = "The lift is out again and the stairs are dark. " * 5
    async with opened() as house:
        await bring(house, alternative(f"{long[:50]}...", f"<p>{long}{WORDS}</p>"))
        [message] = messages(house)
        assert message.text.endswith(WORDS)
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


LAYOUTS = {
    "Gmail": f"Thank you.\r\n\r\n{QUOTED}\r\n> {WORDS}\r\n",
    "Outlook": (
        "Thank you.\r\n\r\nFrom: Oak Homes <help@oak.example>\r\nSent: 02 March 2026 09:00\r\n"
        f"To: Jo <jo@example.org>\r\nSubject: RE: My home\r\n\r\n{WORDS}\r\n"
    ),
    "Outlook of old": (
        f"Thank you.\r\n\r\n-----Original Message-----\r\nFrom: Oak\r\n\r\n{WORDS}\r\n"
    ),
    "Apple": (
        "Thank you.\r\n\r\nSent from my iPhone\r\n\r\n> On 2 Mar 2026, at 09:00, Oak Homes "
        f"<help@oak.example> wrote:\r\n> \r\n> {WORDS}\r\n"
    ),
    "Yahoo": (
        "Thank you.\r\n\r\n    On Monday, 2 March 2026 at 09:00:00 GMT, Oak Homes "
        f"<help@oak.example> wrote:  \r\n \r\n > {WORDS}\r\n"
    ),
    "bottom post": f"{QUOTED}\r\n> {WORDS}\r\n\r\nThank you.\r\n",
    "Polish": (
        "Thank you.\r\n\r\nW dniu 02.03.2026 o 09:00, Oak Homes <help@oak.example> pisze:\r\n"
        f"> {WORDS}\r\n"
    ),
    "Welsh": (
        "Thank you.\r\n\r\nAr Llun, 2 Maw 2026 am 09:00, Oak Homes <help@oak.example> "
        f"ysgrifennodd:\r\n> {WORDS}\r\n"
    ),
}
#: What each program puts around what an answer quotes, in HTML.
CONTAINERS = {
    "Gmail": (
        '<br><div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Mar 2026 at 09:00, Oak '
        '&lt;h@oak.example&gt; wrote:<br></div><blockquote class="gmail_quote">{}</blockquote>'
        "</div>"
    ),
    "Outlook": (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Oak<br><b>Sent:'
        "</b> Monday<br><b>To:</b> Jo<br><b>Subject:</b> Damp</p></div><p>{}</p>"
    ),
    "Outlook on the web": (
        '<hr><div id="divRplyFwdMsg"><b>From:</b> Oak<br><b>Sent:</b> Monday<br><b>To:</b> Jo<br>'
        "<b>Subject:</b> Damp</div><div>{}</div>"
    ),
    "Apple": (
        '<br><div>Sent from my iPhone</div><blockquote type="cite">On 2 Mar 2026, at 09:00, Oak '
        '&lt;h@oak.example&gt; wrote:<br></blockquote><blockquote type="cite">{}</blockquote>'
    ),
    "Yahoo": (
        '<div class="yahoo_quoted"><div>On Monday, 2 March 2026 at 09:00:00 GMT, Oak wrote:</div>'
        "<div>{}</div></div>"
    ),
    "Thunderbird": (
        '<div class="moz-cite-prefix">On 02/03/2026 09:00, Oak wrote:</div>'
        '<blockquote type="cite" cite="mid:1">{}</blockquote>'
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_54_what_a_mail_quotes_is_hidden_and_decides_nothing(opened: Opener, layout: str):
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + LAYOUTS[layout].encode())
        [message] = messages(house)
        assert message.visible == "Thank you."
        assert WORDS in message.text
        assert kinds(house) == [Kind.COMPLIMENT]


@pytest.mark.parametrize("program", CONTAINERS)
async def test_54_what_a_program_puts_around_a_quote_is_hidden(opened: Opener, program: str):
    async with opened() as house:
        quote = CONTAINERS[program].format(WORDS)
        await bring(house, alternative("", f"<div>Thank you very much indeed.</div>{quote}"))
        assert [message.visible for message in messages(house)] == ["Thank you very much indeed."]
        assert kinds(house) == [Kind.COMPLIMENT]


@pytest.mark.parametrize("body", [f"{QUOTED}\r\n> {WORDS}\r\n", f"> {WORDS}\r\n"])
async def test_55_where_a_mail_only_quotes_all_of_it_is_shown_and_judged(opened: Opener, body: str):
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + body.encode())
        assert WORDS in messages(house)[0].visible
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


@pytest.mark.parametrize(
    ("body", "judged"),
    [
        pytest.param(f"Hello\r\n--\r\n{WORDS}", True, id="dashes"),
        pytest.param(f"Hello\r\n\r\nBest wishes\r\n{WORDS}", True, id="closing words"),
        pytest.param(f"From: the flat above there is water\r\n{WORDS}", True, id="from"),
        pytest.param(f"Hello,\r\n-----\r\n{WORDS}", True, id="a line"),
        pytest.param(f"Hello\r\n> {WORDS}\r\nThank you for that.", False, id="R28: a quote"),
        pytest.param(f"Thank you\r\n\r\n{QUOTED}\r\n> {WORDS}", False, id="R28: an answer"),
        pytest.param(
            f"Thank you\r\n\r\n-----Original Message-----\r\nFrom: Oak\r\n\r\n{WORDS}",
            False,
            id="R28: an answer without marks",
        ),
    ],
)
async def test_56_a_short_rest_is_judged_with_all_that_its_writer_wrote_and_no_quote(
    opened: Opener, body: str, *, judged: bool
):
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + body.encode() + b"\r\n")
        both = [Kind.COMPLAINT, Kind.SERVICE_REQUEST]
        assert kinds(house) == (both if judged else [Kind.COMPLIMENT])
        file = house.record.db.call(load_casefile, house.cases()[0].reference, original=True)
        assert file is not None
        assert WORDS in file["messages"][0]["text"]


async def test_56_no_line_of_dashes_makes_a_signature_of_a_complaint(opened: Opener):
    long = f"{WORDS} I have waited six weeks for you and rung again and again, and I am fed up."
    async with opened() as house:
        await bring(house, HEAD + f"\r\nHi\r\n--\r\n{long}\r\n".encode())
        [message] = messages(house)
        assert message.visible == f"Hi\n{long}"  # or the classifier, too, would see a signature
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


async def test_57_answers_between_quoted_lines_keep_their_order(opened: Opener):
    body = f"{QUOTED}\r\n> Which room?\r\nThe hall, there is damp.\r\n> Who came?\r\nNobody.\r\n"
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + body.encode())
        [message] = messages(house)
        kept = ["The hall, there is damp.", "Nobody."]
        assert [line for line in message.visible.splitlines() if line in kept] == kept
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


@pytest.mark.parametrize("mark", ["> > > ", "On On On ", "> > >\r\n", "On On On\r\n", "From: "])
async def test_58_a_megabyte_of_marks_is_read_within_the_parsers_two_seconds(
    opened: Opener, mark: str
):
    body = mark * (1_000_000 // len(mark))
    async with opened() as house:
        await bring(house, HEAD + b"\r\n" + f"{WORDS}\r\n{body}\r\n".encode())
        assert house.record.db.call(lambda s: s.scalars(select(HoldingPenRow)).all()) == []
        assert len(messages(house)) == 1
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]


async def test_56_all_of_a_mail_is_one_press_away(opened: Opener):
    async with opened() as house:
        body = f"Thank you\r\n\r\n{QUOTED}\r\n> {WORDS}\r\n".encode()
        await bring(house, HEAD + b"\r\n" + body)
        assert WORDS not in messages(house)[0].visible
        async with at_desk(house) as desk:
            queue = (await desk.get("/")).text
            [link] = re.findall(r'<a href="(/original/[^"]+)" download>', queue)
            saved = await desk.get(link)
        assert saved.content == HEAD + b"\r\n" + body
        assert saved.headers["content-disposition"].startswith("attachment")
