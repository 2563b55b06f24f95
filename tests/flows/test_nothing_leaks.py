"""One walk through all that comes out of the house, with personal data planted in all that goes in.

Neither the cards, forms and notifications in Slack nor the desk's pages, the command's answers, the
logs, the metrics, what is learned from, or letters to others say any of it (design: personal data).
"""

import hashlib
import hmac
import html
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import aiosmtplib
import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.commands.audit import Verdict, verify_lines
from bot.commands.import_trial import Trial
from bot.commands.record_lines import case_lines
from bot.logs import Facts, quieten
from bot.triage import views
from bot.triage.deciding import change_form, confirm_form
from bot.triage.people_forms import Came
from bot.triage.presses import Filled, Pressed, StalePressError
from classifier.artefact import default_artefact
from classifier.labels import Text
from classifier.personal.redact import load_redact
from intake.channels.source import Source
from intake.domain.case import Action, Kind
from intake.domain.correspondence import Bearing, Sender
from intake.domain.people import Authority, Capacity, Replies
from intake.domain.summary import MessageSummary
from intake.store.casefile import find_cases, load_casefile
from intake.store.corrections import load_decided
from intake.store.hiding import load_span_corrections
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import JobRow
from tests.builders import landlord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import ALICE, TRIAGE
from tests.fakes.smtp import FakeRelay, fake_relay
from tests.house import House, configured, judge, open_house, slack_settings

pytestmark = [
    pytest.mark.usefixtures("db"),
    pytest.mark.parametrize("db_url", ["sqlite"], indirect=True),
]
SECRET = "between the tool and us"
MOST_PAGES = 40
REPRESENTATIVE, COPIED = "adviser@advice.example", "mum@home.example"
BODY = """Hello, my name is Priya Raghunathan. There is damp at 14 Larkfield Crescent, PR25 2LW.
Nobody has come. Ring me on 07700 900101 or write to priya.r@example.net.
I was born on 14/02/1987. My National Insurance number is AB 12 34 56 C.
My NHS number is 943 476 5919. I paid with card 4111 1111 1111 1111.
My sort code is 20-45-45, account 12345674. My car is AB12 CDE.
I am @larkfield_mum, see https://pictures.example/priya
Please send somebody to Priya Raghunathan."""
QUOTED = """
On Mon, 2 Mar 2026 at 09:00, Tomasz Wojcik <tomasz@example.net> wrote:
> My number is 07700 900104 and I live at 3 Ashgrove Street.
"""
#: What no output says, by where it was planted.
PLANTED = {
    "a name": "Raghunathan",
    "an address": "14 Larkfield",
    "a postcode": "2LW",
    "a phone number": "07700 900101",
    "a mail address": "priya.r@example.net",
    "a date of birth": "14/02/1987",
    "a National Insurance number": "AB 12 34 56 C",
    "an NHS number": "943 476 5919",
    "a card": "4111 1111 1111 1111",
    "a sort code": "20-45-45",
    "an account": "12345674",
    "a number plate": "AB12 CDE",
    "a handle": "larkfield_mum",
    "a web address": "pictures.example",
    "the subject's name": "Nowak",
    "the subject's number": "07700 900102",
    "the writer's name": "Kowalczyk",
    "the writer's address": "zofia",
    "the file's name": "Haddad",
    "the file's number": "07700 900103",
    "the quoted name": "Wojcik",
    "the quoted number": "07700 900104",
    "the forwarded name": "Okonkwo",
    "the forwarded number": "07700 900105",
    "the forwarded subject": "07700 900106",
}
#: What no engine finds, and staff hide.
BY_HAND = {"what was hidden by hand": "marmalade"}
#: What a public post must not show besides, of what staff may see of a mail.
PUBLIC_ONLY = {"a reference": "TEN/88231", "a street": "Thistledown Road"}


@dataclass
class Outputs:
    """Everything that came out, and where."""

    told: list[tuple[str, str]] = field(default_factory=list)

    def add(self, where: str, what: object) -> None:
        text = what if isinstance(what, str) else json.dumps(what, default=str, ensure_ascii=False)
        self.told.append((where, html.unescape(text)))

    def leaks(self, planted: dict[str, str], *, since: int = 0) -> set[str]:
        """Say what came out, and where, in any spelling."""
        return {
            f"{name} in {where}"
            for where, text in self.told[since:]
            for name, words in planted.items()
            if words.casefold() in text.casefold() or _is_in(words, text)
        }


def _is_in(words: str, text: str) -> bool:
    bare = re.sub(r"\W", "", words)
    return sum(map(str.isdigit, bare)) > 7 and bare in re.sub(r"[ ._/-]", "", text)


def mail() -> EmailMessage:
    """Write a mail that has personal data wherever a mail can have it."""
    forwarded = EmailMessage()
    forwarded["From"] = "Chidi Okonkwo <chidi@example.net>"
    forwarded["Subject"] = "Ring 07700 900106"
    forwarded.set_content("I am Chidi Okonkwo, 07700 900105.")
    whole = EmailMessage()
    whole["From"] = "Zofia Kowalczyk <zofia@example.org>"
    whole["To"] = "help@oak.example"
    whole["Subject"] = "Damp: ring Aleksandra Nowak on 07700 900102"
    whole["Message-ID"] = "<first@example.org>"
    whole.set_content(BODY + "\nThe marmalade lied." + "\n" + QUOTED)
    name = "Photo of Omar Haddad 07700 900103.pdf"
    whole.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=name)
    whole.add_attachment(forwarded)
    return whole


@dataclass
class Walk:
    """A house, its Slack and its mail server, and what came out of them."""

    house: House
    slack: FakeSlack
    relay: FakeRelay
    child: BoundedChild
    out: Outputs = field(default_factory=Outputs)
    presses: int = 0
    #: How many of Slack's calls were taken.
    heard: int = 0

    async def see(self, message_id: int) -> MessageSummary:
        return await self.house.heard.presses("oak").see(message_id)

    def pressed(self, value: str) -> Pressed:
        self.presses += 1
        return Pressed(value=value, by="Asha", key=f"walk{self.presses}")

    async def open_all_forms(self, message_id: int) -> None:
        """Open the form behind every choice of a card, and send each empty."""
        presses = self.house.heard.presses("oak")
        message = await self.see(message_id)
        card = views.triage_card(message, now=self.house.now)
        self.out.add("a card", [card.text, card.blocks])
        self.out.add("a form", [confirm_form(message), change_form(message)])
        for value in choices(card.blocks):
            try:
                self.out.add(f"the form {value}", await presses.ask(self.pressed(value)))
            except StalePressError as error:
                self.out.add(f"the refusal of {value}", str(error))

    async def take(self, message_id: int, kind: Kind, step: str, **values: object) -> None:
        """Take a step, its letter looked at first."""
        message = await self.see(message_id)
        [case] = [case for case in message.cases if case.kind is kind]
        presses = self.house.heard.presses("oak")
        pressed = self.pressed(views.step_value(message, f"c{case.id}", step))
        asked = await presses.take(pressed, values)
        if asked is not None:
            self.out.add(f"the letter that {step} would send", asked)
            again = self.pressed(asked["private_metadata"])
            await presses.take(again, values | {"override": "It was checked by hand"})
        await self.house.settle()

    async def respond(self) -> None:
        """Answer the complaint, and let the letter go."""
        self.house.later(minutes=5)
        await self.house.settle()
        message = await self.see(1)
        [complaint] = [case for case in message.cases if case.kind is Kind.COMPLAINT]
        answers = {
            f"{part}_{number}": value
            for number in range(1, len(complaint.issues) + 1)
            for part, value in (("outcome", "upheld"), ("reasons", "Our policy says three days."))
        }
        answers |= {"decider": "Asha Bell", "remedy": "We apologise, and send a surveyor."}
        await self.take(1, Kind.COMPLAINT, Action.RESPOND, **answers)
        self.house.later(minutes=5)
        await self.house.settle()

    async def crawl(self) -> None:
        """Open every page that a page of the desk leads to, but what hands out originals."""
        async with httpx.AsyncClient(base_url=self.house.desk, follow_redirects=True) as desk:
            page = await desk.get("/enter", params={"key": self.house.sittings.key})
            csrf = page.text.split('name="csrf" value="', 1)[1].split('"', 1)[0]
            await desk.post("/name", data={"csrf": csrf, "name": "Asha"})
            waiting, seen = ["/", "/nowhere", "/case/nowhere", "/step/oak/1:1:c9:respond"], set()
            while waiting:
                path = waiting.pop()
                if path in seen or re.match(r"/(original|files|static|letters/|pen/)", path):
                    continue
                seen.add(path)
                if path.startswith("/step/") and len(seen) > MOST_PAGES:
                    continue  # each form was opened by itself
                answer = await desk.get(path)
                self.out.add(f"the desk's {path}", answer.text)
                waiting += re.findall(r'href="(/[^"#]*)"', answer.text)
            assert {"/decided", "/letters", "/stuck", "/pen", "/promises"} < seen
            assert any(path.startswith("/case/") for path in seen)
            assert any(path.startswith("/step/") for path in seen)

    async def ask_the_web(self) -> None:
        async with httpx.AsyncClient(base_url=self.house.web) as web:
            for path in ("/healthz", "/readyz", "/metrics", "/contact/oak", "/nowhere"):
                self.out.add(f"the web's {path}", (await web.get(path)).text)

    def read_record(self) -> None:
        """Take what the command says of the record, and what is kept to learn from."""
        db = self.house.record.db
        self.out.add("heard cases", db.call(find_cases, status=None, due_before=None))
        for case in self.house.cases():
            found = db.call(load_casefile, case.reference, original=False)
            assert found is not None
            self.out.add("heard case --json", found)
            self.out.add("heard case", "\n".join(case_lines(found)))
        learned = [each.text for each in db.call(load_decided, ["oak"])]
        assert learned
        self.out.add("what the judge learns from", learned)
        taught = [each.text for each in db.call(load_span_corrections, ["oak"])]
        self.out.add("what the tagger learns from", taught)
        self.out.add("the jobs", db.call(_jobs))

    def hear_slack(self) -> None:
        """Take every call that Slack received, what was answered, and how the channel stands."""
        for call in self.slack.calls[self.heard :]:
            self.out.add(f"Slack's {call.method}", call.args)
        self.heard = len(self.slack.calls)
        self.out.add("Slack's acks", [str(ack) for ack in self.slack.acks])
        self.out.add("Slack's ephemeral answers", self.slack.responses)
        self.out.add("Slack's channel", self.slack.messages(TRIAGE))


def choices(blocks: object) -> Iterator[str]:
    if isinstance(blocks, list):
        for block in blocks:
            yield from choices(block)
    elif isinstance(blocks, dict):
        if blocks.get("type") == "overflow":
            yield from (option["value"] for option in blocks["options"])
        else:
            for value in blocks.values():
                yield from choices(value)


def _jobs(session: Session) -> list[str]:
    return [f"{j.kind} {j.key} {j.payload} {j.last_error}" for j in session.scalars(select(JobRow))]


@pytest.fixture
async def walk(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
) -> AsyncIterator[Walk]:
    async with FakeSlack() as slack, fake_relay() as relay:
        known = configured(
            slack=slack_settings(slack, "socket"),
            relay=relay.settings(),
            source=Source(landlord="oak", secret=SECRET),
            oak=landlord(undo=timedelta(seconds=60), receipt=True),
        )
        async with open_house(db_url, tmp_path, child, now, known) as house:
            await slack.wait_for_socket()
            redact = load_redact(default_artefact(), {})
            house.lanes = house.heard.handlers(judge, redact, child).lanes()
            yield Walk(house=house, slack=slack, relay=relay, child=child)


async def press_in_slack(walk: Walk, action: str, **how: str) -> None:
    ts = str(walk.slack.messages(TRIAGE)[0]["ts"])
    await walk.slack.press(TRIAGE, ts, action, user=ALICE, **how)  # type: ignore[arg-type] # one of its ways


async def hide_by_hand(walk: Walk) -> None:
    """Hide in Slack what no engine found, and show at the desk what it should not have hidden."""
    values = [*choices(walk.slack.messages(TRIAGE)[0]["blocks"])]
    [value] = [value for value in values if value.endswith(":hide")]
    ts = str(walk.slack.messages(TRIAGE)[0]["ts"])
    blocks = walk.slack.messages(TRIAGE)[0]["blocks"]
    [block] = [b for b in blocks if value in str(b.get("accessory", ""))]
    await press_in_slack(walk, views.STEP, value=value, block_id=str(block["block_id"]))
    await walk.slack.wait_for(lambda: walk.slack.views)
    assert ts
    filled = {"words": "marmalade", "kind": "NAME", "reason": "Marmalade is a neighbour"}
    await walk.slack.submit(walk.slack.views[-1]["id"], filled, user=ALICE)
    await walk.house.settle()


async def confirm(walk: Walk) -> None:
    """Confirm in Slack what is filled in, as it stands."""
    await press_in_slack(walk, views.CONFIRM)
    await walk.slack.wait_for(lambda: walk.slack.views)
    await walk.slack.submit(walk.slack.views[-1]["id"], user=ALICE)
    await walk.house.settle()


async def to_a_representative(walk: Walk) -> None:
    """Have the letters go to somebody else, and send one."""
    found = {
        "capacity": Capacity.ADVOCATE,
        "authority": Authority.SHOWN,
        "name": "the advice centre",
        "evidence": "a signed form",
        "wish": Replies.REPRESENTATIVE,
        "address": REPRESENTATIVE,
    }
    await walk.take(1, Kind.COMPLAINT, Action.NOTE_REPRESENTATIVE, **found)
    await walk.respond()


async def post_in_public(walk: Walk) -> None:
    """Post in public what was written in the mail, with what staff may see of a mail."""
    words = f"{BODY} My tenancy is TEN/88231, on Thistledown Road."
    told = {
        "id": "p1",
        "text": words,
        "author": "@larkfield_mum",
        "public": True,
        "picture": True,
        "posted_at": walk.house.now.isoformat(),
        "permalink": "https://social.example/p1",
    }
    raw = json.dumps(told).encode()
    stamp = str(int(walk.house.now.timestamp()))
    digest = hmac.new(SECRET.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    headers = {"X-Timestamp": stamp, "X-Signature": f"sha256={digest}"}
    async with httpx.AsyncClient(base_url=walk.house.web) as tool:
        answer = await tool.post("/hooks/posts", content=raw, headers=headers)
    assert answer.status_code == 202
    walk.out.add("the answer to a post", answer.text)
    await walk.house.settle()


async def be_refused(walk: Walk) -> None:
    """Have a mail server refuse a letter, and another bring one back, both with their reader."""
    house = walk.house
    sender = {"From": "Zofia Kowalczyk <zofia@example.org>"}
    await house.send("There is damp and nobody has come.", own_id="3", **sender)
    message = await walk.see(3)
    filled = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came", outcome="A visit")
    pressed = walk.pressed(views.button_value(message))
    await house.heard.presses("oak").confirm(pressed, filled)
    walk.relay.answers["RCPT"] = "550 <zofia@example.org>: zofia (Zofia Kowalczyk) left"
    house.later(minutes=5)
    await house.settle()
    walk.relay.answers.clear()
    assert "was not sent" in str(views.triage_card(await walk.see(3), now=house.now).blocks)
    await walk.open_all_forms(3)


async def go_wrong(walk: Walk) -> None:
    """Let work fail with a resident's words in its error, and bring what cannot be read."""

    def fail(texts: list[Text]) -> None:
        raise ValueError(texts[0].words)

    house = walk.house
    working = house.lanes
    house.lanes = house.heard.handlers(fail, load_redact(None, {}), walk.child).lanes()  # type: ignore[arg-type] # it fails
    await house.send(BODY, own_id="fails")
    house.lanes = working
    for _ in range(3):
        house.later(minutes=30)
        await house.settle()
    alert = {"of": "assess", "what": "given up"}
    job = NewJob(landlord="oak", kind="alert", key="1", run_at=house.now, payload=alert)
    await house.record.db.run(enqueue, job)
    host, _, port = house.mail.rpartition(":")
    await aiosmtplib.send(
        b"\x00\xff " + BODY.encode(),
        sender="zofia@example.org",
        recipients=["help@oak.example"],
        hostname=host,
        port=int(port),
        start_tls=False,
    )
    await house.settle()


def read_logs(walk: Walk, caplog: pytest.LogCaptureFixture) -> None:
    """Take what was logged, down to the last detail."""
    for record in caplog.records:
        walk.out.add(f"the log of {record.name}", Facts().format(record))
    caplog.clear()


async def test_nothing_that_comes_out_says_what_was_planted(
    walk: Walk, caplog: pytest.LogCaptureFixture
):
    quieten()
    caplog.set_level(logging.DEBUG)
    await walk.house.post(mail())
    await walk.house.settle()
    await walk.open_all_forms(1)
    walk.hear_slack()
    read_logs(walk, caplog)
    await hide_by_hand(walk)
    hidden_from = len(walk.out.told)
    await confirm(walk)
    await walk.open_all_forms(1)
    await to_a_representative(walk)
    await walk.open_all_forms(1)
    answer = {"From": "Zofia Kowalczyk <zofia@example.org>", "In-Reply-To": "<first@example.org>"}
    await walk.house.send("MARMALADE came, says Tomasz Wojcik." + QUOTED, own_id="2", **answer)
    await walk.open_all_forms(2)
    await be_refused(walk)
    await go_wrong(walk)
    walk.house.later(days=20)
    await walk.house.settle()
    await walk.crawl()
    await walk.ask_the_web()
    walk.read_record()
    walk.hear_slack()
    letters = [each for each in walk.relay.letters if REPRESENTATIVE in each.recipients]
    assert len(letters) == 2
    for letter in letters:
        told = message_from_bytes(letter.raw, policy=default)
        parts = [part.get_content() for part in told.walk() if not part.is_multipart()]
        walk.out.add("a letter to somebody else", [*map(str, parts), *map(str, told.values())])
    read_logs(walk, caplog)
    methods = {call.method for call in walk.slack.calls}
    assert {"chat.postMessage", "chat.update", "views.open"} <= methods
    assert walk.out.leaks(BY_HAND)  # until it was hidden: the walk does see what is there
    assert walk.out.leaks(PLANTED) | walk.out.leaks(BY_HAND, since=hidden_from) == set()


async def tell_unasked(walk: Walk) -> None:
    """Let days go by: staff are reminded of dates, and told each morning what waits."""
    heard, db = walk.house.heard, walk.house.record.db
    await db.run(heard.telling(heard.boards()).promise)
    for days in (1, 9, 2):
        walk.house.later(days=days)
        await walk.house.settle()
    posted = str([call.args.get("metadata") for call in walk.slack.calls[walk.heard :]])
    assert "nudge-" in posted
    assert "digest-" in posted


async def bring_people_in(walk: Walk) -> None:
    """Put somebody who acts for the resident, a group and a letter from outside around a case."""
    acts = {
        "capacity": Capacity.RELATIVE,
        "authority": Authority.SHOWN,
        "evidence": "a signed form",
        "wish": Replies.REPRESENTATIVE_FIRST,
        "address": REPRESENTATIVE,
        "copy_to": COPIED,
    }
    letter = {"sender": Sender.MP, "bearing": Bearing.COMPLAINT, "came": Came.THIS}
    await walk.take(1, Kind.COMPLAINT, Action.NOTE_REPRESENTATIVE, **acts)
    received = {"received_on": walk.house.now.date().isoformat()}
    await walk.take(1, Kind.COMPLAINT, Action.NOTE_LETTER, **letter, **received)
    await walk.take(
        1, Kind.COMPLAINT, Action.NOTE_GROUP, members="The lead\nAnother", lead="The lead"
    )
    await walk.respond()


def try_import_of(walk: Walk, folder: Path) -> None:
    """Take what a trial of an old mailbox prints of the mail, line by line and as a whole."""
    path = folder / "old.eml"
    path.write_bytes(
        mail().as_bytes().replace(b"\n\n", b"\nDate: Mon, 2 Feb 2026 09:00:00 +0000\n\n", 1)
    )
    redact, now = load_redact(default_artefact(), {}), walk.house.now
    trial = Trial(landlord=landlord(), judge=judge, redact=redact, child=walk.child, now=now)
    lines = list(trial.lines([path], lambda _: None))
    assert [line["subject"] for line in lines] == ["Damp: ring [NAME 1] on [PHONE 1]"]
    walk.out.add("the import's report", [*lines, *trial.tally.say("Oak")])


async def test_what_staff_are_told_of_people_dates_copies_and_the_trail_says_nothing_either(
    walk: Walk, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    quieten()
    caplog.set_level(logging.DEBUG)
    await walk.house.post(mail())
    await walk.house.settle()
    await confirm(walk)
    await tell_unasked(walk)
    await bring_people_in(walk)
    await walk.open_all_forms(1)
    await walk.crawl()
    walk.read_record()
    trail = list(verify_lines(walk.house.record, "oak", Verdict()))
    assert "the record holds" in trail[-1]
    walk.out.add("heard audit verify", trail)
    try_import_of(walk, tmp_path)
    walk.hear_slack()
    read_logs(walk, caplog)
    assert {REPRESENTATIVE, COPIED} <= {each.recipients[0] for each in walk.relay.letters}
    assert "copy" in str(walk.out.told).casefold()
    assert walk.out.leaks(PLANTED) == set()


async def test_a_copy_that_may_be_forwarded_says_less_than_staff_may_see(walk: Walk):
    await post_in_public(walk)
    await walk.open_all_forms(1)
    await confirm(walk)
    await walk.open_all_forms(1)
    walk.read_record()
    walk.hear_slack()
    await walk.crawl()
    assert "picture not checked" in str(walk.out.told)
    assert walk.out.leaks(PLANTED | PUBLIC_ONLY) == set()
