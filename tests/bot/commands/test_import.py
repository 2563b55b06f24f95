"""`heard import`: old mailboxes into the record, and the trial that writes nothing."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiosmtplib
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.child import BoundedChild
from bot.commands import import_, import_past, import_trial
from bot.commands.import_ import ImportMailError, Mailbox, import_mail
from bot.commands.import_trial import Trial
from bot.record import LARGEST_ROW
from bot.settings import DEMONSTRATION
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value
from classifier.artefact import ArtefactError
from classifier.labels import (
    Assessment,
    Audience,
    Hazard,
    Label,
    Redaction,
    Text,
    WithheldError,
)
from classifier.personal.redact import redact
from intake.domain.calendar import load_calendar
from intake.domain.case import Kind, Status
from intake.domain.digest import Dates
from intake.domain.message import Basis
from intake.store.base import Base
from intake.store.database import Database
from intake.store.digests import load_digest
from intake.store.tables import ClockRow, DeliveryRow, HoldingPenRow, JobRow, MessageRow
from tests.builders import assessment, landlord, message
from tests.house import House, configured, judge, open_house

Row = TypeVar("Row", bound=Base)
OAK = landlord(
    receipt=True, addresses=frozenset({"help@oak.example"}), staff_domains=("oak.example",)
)
WORDS = "There is damp, and nobody has come. Please send somebody."
MISSED = "Without an answer in this mailbox by the day on which it had to be acknowledged:"
DAY = datetime(2026, 1, 5, 10, tzinfo=UTC)


def mail(number: int, words: str = WORDS, *, day: datetime | None = DAY, **fields: str) -> bytes:
    facts = {
        "From": f"Jo Bloggs <jo{number}@example.org>",
        "To": "help@oak.example",
        "Subject": "My home",
        "Message-ID": f"<{number}@example.org>",
    }
    dated = {"Received": f"from a by edge; {day:%a, %d %b %Y %H:%M:%S} +0000"} if day else {}
    header = "".join(
        f"{name.replace('_', '-')}: {value}\n" for name, value in (dated | facts | fields).items()
    )
    return f"{header}\n{words}\n".encode()


def mailbox(folder: Path, *mails: bytes) -> Path:
    path = folder / "old.mbox"
    opening = b"From jo@example.org Mon Jan  5 10:00:00 2026\n"
    path.write_bytes(b"".join(opening + raw + b"\n" for raw in mails))
    return path


def reply(number: int, day: datetime, **fields: str) -> bytes:
    """A letter of the landlord's that answers the mail of a number."""
    facts = {
        "From": "help@oak.example",
        "To": f"jo{number}@example.org",
        "Message_ID": f"<a{number}@oak.example>",
        "In_Reply_To": f"<{number}@example.org>",
    }
    return mail(number, "We are sorry.", day=day, **{"Message-ID": "", **facts, **fields})


class _Imports:
    """What a test does with a mailbox and a house."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.advanced: list[int] = []

    async def take_in(self, *paths: Path, live: bool = False) -> Mailbox:
        box = Mailbox(record=self.house.record, landlord=OAK, live=live)
        await box.take_in(list(paths), judge, redact, self.advanced.append)
        return box

    def one(self, row: type[Row]) -> Row:
        return self.house.record.db.call(lambda session: session.scalars(select(row)).one())

    def count(self, row: type[Base]) -> int:
        def load(session: Session) -> int:
            return session.scalar(select(func.count()).select_from(row)) or 0

        return self.house.record.db.call(load)

    def promised(self) -> set[str]:
        """The kinds of jobs there are."""
        return self.house.record.db.call(lambda s: set(s.scalars(select(JobRow.kind))))


@pytest.fixture
async def imports(db: Database, db_url: str, tmp_path: Path, child: BoundedChild, now: datetime):
    assert db.engine.url.database
    async with open_house(db_url, tmp_path / "data", child, now, configured(oak=OAK)) as house:
        yield _Imports(house)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()


async def test_an_old_mail_is_recorded_judged_and_dated_and_nobody_is_told(
    imports: _Imports, tmp_path: Path
):
    path = mailbox(tmp_path, mail(1, f"{WORDS} It smells of gas."), mail(2))
    box = await imports.take_in(path)
    assert (box.new, box.known, box.faults) == (2, 0, 0)
    cases = imports.house.cases()
    assert [case.kind for case in cases if case.message_id == 2] == [
        Kind.COMPLAINT,
        Kind.SERVICE_REQUEST,
    ]
    assert {(case.received_at, case.status) for case in cases} == {(DAY, Status.AWAITING_TRIAGE)}
    await imports.house.settle()
    assert imports.promised() == {"read", "assess"}
    assert imports.count(ClockRow) > 0
    assert sum(imports.advanced) == path.stat().st_size
    assert box.summary() == ["2 mails were recorded for Oak Homes, and nobody was told."]


async def test_old_mail_gives_way_to_live_mail(imports: _Imports, tmp_path: Path):
    await imports.take_in(mailbox(tmp_path, mail(1)))
    await imports.house.send(WORDS, own_id="live")

    def priorities(session: Session) -> set[int]:
        return set(session.scalars(select(JobRow.priority).where(JobRow.kind == "read")))

    assert imports.house.record.db.call(priorities) == {1, 2}


async def test_importing_twice_changes_nothing(imports: _Imports, tmp_path: Path):
    path = mailbox(tmp_path, mail(1), mail(1), mail(2))
    assert (await imports.take_in(path)).known == 1
    before = imports.house.cases()
    again = await imports.take_in(path)
    assert (again.new, again.known) == (0, 3)
    assert [(c.id, c.seq) for c in imports.house.cases()] == [(c.id, c.seq) for c in before]
    assert again.summary()[1] == "3 were on record already."


async def test_an_import_that_was_cut_off_goes_on(imports: _Imports, tmp_path: Path):
    await imports.take_in(mailbox(tmp_path, mail(1)))
    box = await imports.take_in(mailbox(tmp_path, mail(1), mail(2), mail(3)))
    assert (box.new, box.known) == (2, 1)
    assert imports.count(MessageRow) == 3


async def test_a_press_brings_an_old_case_alive(imports: _Imports, tmp_path: Path):
    house = imports.house
    await imports.take_in(mailbox(tmp_path, mail(1, day=house.now - timedelta(hours=1))))
    presses = house.heard.presses("oak")
    pressed = Pressed(value=button_value(await presses.see(1)), by="Asha", key="confirm")
    filled = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came", outcome="A visit")
    await presses.confirm(pressed, filled)
    assert {"card", "letter", "remind"} <= imports.promised()


async def test_no_morning_is_about_old_mail(imports: _Imports, tmp_path: Path):
    await imports.take_in(
        mailbox(tmp_path, mail(1, f"{WORDS} It smells of gas."), mail(2, day=None), mail(3))
    )
    house = imports.house
    db, days = house.record.db, load_calendar().nations[OAK.nation]
    digest = db.call(load_digest, "oak", days, now=house.now)
    assert (digest.untriaged, digest.pen, digest.imported) == (0, 0, 2)
    assert (digest.dates, digest.empty) == (Dates(), True)
    await house.send(WORDS, own_id="live")
    host, _, port = house.mail.rpartition(":")
    await aiosmtplib.send(
        b"no header\r\n", sender="a@example.org", recipients=["help@oak.example"],
        hostname=host, port=int(port), start_tls=False,
    )  # fmt: skip
    await house.settle()
    digest = db.call(load_digest, "oak", days, now=house.now)
    assert (digest.untriaged, digest.pen, digest.imported) == (1, 1, 2)
    assert not digest.empty


async def test_live_mail_is_taken_in_as_any_other_but_dated_by_its_edge(
    imports: _Imports, tmp_path: Path
):
    box = await imports.take_in(mailbox(tmp_path, mail(1)), live=True)
    await imports.house.settle()
    assert {"card", "letter", "remind"} <= imports.promised()
    message = imports.one(MessageRow)
    assert (message.received_at, message.basis, message.imported) == (
        DAY,
        Basis.EDGE_HEADER,
        False,
    )
    assert box.summary() == ["1 mails were recorded for Oak Homes, as if it came today."]


async def test_a_mail_without_a_day_that_can_be_true_lies_in_the_holding_pen(
    imports: _Imports, tmp_path: Path
):
    box = await imports.take_in(mailbox(tmp_path, mail(1, day=None)))
    await imports.house.settle()
    assert imports.one(HoldingPenRow).reason == import_.UNDATED
    assert (imports.count(MessageRow), imports.promised()) == (0, {"read"})
    assert box.summary()[1] == f"1 of them lie in the holding pen: {import_.UNDATED}."


async def test_the_landlords_own_letters_are_left_out(imports: _Imports, tmp_path: Path):
    box = await imports.take_in(mailbox(tmp_path, mail(1), reply(1, DAY + timedelta(days=1))))
    assert (box.own, imports.count(DeliveryRow)) == (1, 1)
    assert box.summary()[1] == "1 that the landlord wrote were left out."


async def test_an_old_answer_joins_the_case_of_what_it_answers(imports: _Imports, tmp_path: Path):
    answer = mail(
        1, "The door is blue.", Message_ID="<2@example.org>", References="<1@example.org>"
    )
    await imports.take_in(mailbox(tmp_path, mail(1), answer.replace(b"Message-ID: <1@", b"X: <1@")))
    assert (imports.count(MessageRow), len(imports.house.cases())) == (2, 2)
    assert imports.promised() == {"read", "assess"}


async def test_a_large_mail_is_not_overtaken_by_its_answer(imports: _Imports, tmp_path: Path):
    answer = mail(
        1, "The door is blue.", Message_ID="<2@example.org>", References="<1@example.org>"
    )
    large = mail(1, f"{WORDS}\n{'damp ' * LARGEST_ROW}")
    await imports.take_in(
        mailbox(tmp_path, large, answer.replace(b"Message-ID: <1@", b"X: <1@"), mail(3))
    )

    def sizes(session: Session) -> list[bool]:
        rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [row.size > LARGEST_ROW for row in rows]

    assert imports.house.record.db.call(sizes) == [True, False, False]
    assert [case.message_id for case in imports.house.cases()] == [1, 1, 3, 3]


@pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)  # a server keeps all bytes itself
async def test_an_import_leaves_no_row_of_what_could_not_be_kept(imports: _Imports, tmp_path: Path):
    large = mail(2, f"{WORDS}\n{'damp ' * LARGEST_ROW}")
    folder = imports.house.record.data / "files"
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file, where a folder should be")
    with pytest.raises(ImportMailError, match="NotKeptError"):
        await imports.take_in(mailbox(tmp_path, mail(1), large, mail(3)))
    assert imports.count(DeliveryRow) == 0
    folder.unlink()
    assert (await imports.take_in(mailbox(tmp_path, mail(1), large, mail(3)))).new == 3


async def test_what_was_taken_for_old_and_comes_in_by_the_door_is_alive(
    imports: _Imports, tmp_path: Path
):
    await imports.take_in(mailbox(tmp_path, mail(1, f"{WORDS} It smells of gas.")))
    assert imports.one(MessageRow).imported
    await imports.house.send(f"{WORDS} It smells of gas.", From="jo1@example.org")
    assert not imports.one(MessageRow).imported
    assert {"card", "remind"} <= imports.promised()


async def test_a_bad_file_has_a_plain_line_and_stops_nothing(
    imports: _Imports, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "empty.eml").write_bytes(b"")
    box = await imports.take_in(tmp_path / "empty.eml", mailbox(tmp_path, mail(1), b"", mail(2)))
    assert (box.new, box.faults) == (2, 2)
    told = capsys.readouterr().err.splitlines()
    assert told == [
        f"heard: {tmp_path}/empty.eml: empty: left out",
        f"heard: {tmp_path}/old.mbox, mail 2: empty: left out",
    ]
    assert box.summary()[-1] == "2 could not be taken in: see the lines above."


async def test_mails_are_taken_in_some_at_a_time(
    imports: _Imports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_, "MOST_TOGETHER", 2)
    await imports.take_in(mailbox(tmp_path, *(mail(number) for number in range(5))))
    assert (len(imports.advanced), imports.count(MessageRow)) == (3, 5)


async def test_a_database_that_fails_is_said_and_the_import_can_go_on(
    imports: _Imports, tmp_path: Path
):
    class Broken(Mailbox):
        @override
        async def _work(self, lane: object) -> None:
            assert lane
            fault = OperationalError("", None, Exception())
            raise ExceptionGroup("down", [fault])

    box = Broken(record=imports.house.record, landlord=OAK)
    with pytest.raises(ImportMailError, match=r"fails \(OperationalError\): import it again"):
        await box.take_in([mailbox(tmp_path, mail(1))], judge, redact, lambda _: None)


async def test_a_fault_of_ours_is_not_blamed_on_the_database(imports: _Imports, tmp_path: Path):
    class Broken(Mailbox):
        @override
        async def _work(self, lane: object) -> None:
            assert lane
            raise ExceptionGroup("ours", [KeyError("x")])

    with pytest.raises(ExceptionGroup):
        await Broken(record=imports.house.record, landlord=OAK).take_in(
            [mailbox(tmp_path, mail(1))], judge, redact, lambda _: None
        )


@pytest.fixture
def _small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "load_model", lambda _: (judge, redact))
    monkeypatch.setattr(import_trial, "load_judge", lambda _: judge)
    monkeypatch.setattr(import_trial, "load_redactor", lambda _: redact)
    monkeypatch.setattr(import_trial, "utc_now", lambda: datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.usefixtures("_small_model")
def test_the_command_takes_a_mailbox_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = mailbox(tmp_path, mail(1))
    assert import_mail([path], data=tmp_path / "data") == 0
    assert (tmp_path / "data" / "heard.db").exists()
    (tmp_path / "bad.eml").write_bytes(b"")
    assert import_mail([tmp_path / "bad.eml"], data=tmp_path / "data") == 2
    assert "1 mails were recorded for Oak Homes" in capsys.readouterr().err


@pytest.mark.usefixtures("_small_model")
def test_a_path_that_is_not_there_is_refused_before_anything(tmp_path: Path):
    with pytest.raises(ImportMailError, match="no such file or folder"):
        import_mail([tmp_path / "nothing"], data=tmp_path / "data")
    assert not list((tmp_path / "data").iterdir())


def test_whose_mail_it_is_must_be_clear():
    known = {"oak": OAK, "elm": landlord(key="elm")}
    assert import_.choose_landlord({"oak": OAK}, None) is OAK
    assert import_.choose_landlord(known, "oak") is OAK
    with pytest.raises(ImportMailError, match="--landlord: expected one of oak, elm"):
        import_.choose_landlord(known, None)
    with pytest.raises(ImportMailError, match="'ash' is none of oak, elm"):
        import_.choose_landlord(known, "ash")


Trying = list[dict[str, Any]]


def trying(*mails: bytes, folder: Path, child: BoundedChild, now: datetime) -> tuple[Trying, Trial]:
    trial = Trial(landlord=OAK, judge=judge, redact=redact, child=child, now=now)
    return list(trial.lines([mailbox(folder, *mails)], lambda _: None)), trial


def test_a_trial_says_of_each_mail_what_would_be_recorded(
    tmp_path: Path, child: BoundedChild, now: datetime
):
    [line], trial = trying(mail(1), folder=tmp_path, child=child, now=now)
    assert line == {
        "file": str(tmp_path / "old.mbox"),
        "number": 1,
        "received": DAY.isoformat(),
        "from": "Jo Bloggs <[EMAIL 1]>",  # names are hidden by the model, which is not here
        "subject": "My home",
        "automatic": None,
        "labels": ["service_request", "complaint"],
        "band": "marked",
        "flags": {},
        "hazards": [],
        "clocks": [
            {"clock": "stage_1_acknowledgement", "target": "2026-01-12", "code": "2026-01-12"},
            {"clock": "stage_1_response", "target": "2026-01-26", "code": "2026-01-26"},
        ],
        "acknowledge_by": "2026-01-12",
        "answered": None,
        "missed_complaint": True,
    }
    assert list(trial.tally.say("Oak Homes")) == [
        "A trial for Oak Homes: nothing was written.",
        "1 mails would be recorded, received from 5 January 2026 to 5 January 2026.",
        "They read as 1 complaint, 1 service request (one mail can be several).",
        "Complaints: 1; possible ones, of which staff would be asked: 0.",
        f"{MISSED} 1 (1 complaints, 0 possible ones).",
        f"  {tmp_path}/old.mbox, mail 1, received 5 January 2026",
    ]


@pytest.mark.parametrize(
    ("answer", "missed"),
    [
        pytest.param(reply(1, DAY + timedelta(days=7)), False, id="on the last day"),
        pytest.param(reply(1, DAY + timedelta(days=8)), True, id="a day late"),
        pytest.param(
            reply(1, DAY + timedelta(days=1), Auto_Submitted="auto-replied"), True, id="a program's"
        ),
        pytest.param(reply(2, DAY + timedelta(days=1)), True, id="of another mail"),
        pytest.param(
            reply(1, DAY + timedelta(days=1), From="al@example.org"), True, id="somebody else's"
        ),
    ],
)
def test_a_complaint_is_missed_where_the_landlord_did_not_answer_in_time(
    answer: bytes, tmp_path: Path, child: BoundedChild, now: datetime, *, missed: bool
):
    lines, _ = trying(mail(1), answer, folder=tmp_path, child=child, now=now)
    assert lines[0]["missed_complaint"] is missed


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(mail(1, "There is damp."), "no dissatisfaction", id="a request"),
        pytest.param(mail(1, day=datetime(2026, 2, 27, tzinfo=UTC)), "still in time", id="fresh"),
        pytest.param(mail(1, Auto_Submitted="auto-replied"), "a program", id="a program"),
    ],
)
def test_what_nobody_had_to_answer_is_not_missed(
    raw: bytes, why: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    [line], _ = trying(raw, folder=tmp_path, child=child, now=now)
    assert line["missed_complaint"] is False, why


def chased(texts: Sequence[Text]) -> list[Assessment]:
    """Read as the house does, and who asks again about an open request as dissatisfied."""
    return [
        assessment(evidence=()) if "any news" in text.words.casefold() and text.history.open_request
        else one
        for text, one in zip(texts, judge(texts), strict=True)
    ]  # fmt: skip


def follow_up(number: int, words: str, *, of: str, day: datetime, **fields: str) -> bytes:
    return mail(1, words, day=day, Message_ID=f"<f{number}@example.org>", References=of, **fields)


def answers_only(raw: bytes) -> bytes:
    """A follow-up has one Message-ID: its own."""
    return raw.replace(b"Message-ID: <1@example.org>\n", b"")


@pytest.mark.parametrize("together", [1, 32])
def test_a_follow_up_is_judged_with_the_history_of_its_case(
    together: int,
    tmp_path: Path,
    child: BoundedChild,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(import_trial, "BATCH", together)
    asked = follow_up(2, "Any news?", of="<1@example.org>", day=DAY + timedelta(days=3))
    path = mailbox(
        tmp_path,
        mail(1, "There is damp in the hall."),
        answers_only(asked),
        mail(3, "Any news?"),
        mail(4, "Any news?", References="<1@example.org>"),
    )
    trial = Trial(landlord=OAK, judge=chased, redact=redact, child=child, now=now)
    lines = list(trial.lines([path], lambda _: None))
    assert [line["band"] for line in lines] == ["unmarked", "marked", "unmarked", "unmarked"]
    assert [line["missed_complaint"] for line in lines] == [False, True, False, False]
    assert [clock["clock"] for clock in lines[1]["clocks"]] == [
        "stage_1_acknowledgement",
        "stage_1_response",
    ]


@pytest.mark.parametrize(
    ("answered", "missed"),
    [
        pytest.param(False, [True, False], id="one complaint that nobody answered"),
        pytest.param(True, [False, True], id="what was said after the answer"),
    ],
)
def test_what_goes_on_about_a_complaint_is_counted_once(
    tmp_path: Path,
    child: BoundedChild,
    now: datetime,
    missed: list[bool],
    *,
    answered: bool,
):
    again = follow_up(
        2, "Still nobody has come.", of="<1@example.org>", day=DAY + timedelta(days=9)
    )
    answer = [reply(1, DAY + timedelta(days=1))] * answered
    lines, trial = trying(
        mail(1), *answer, answers_only(again), folder=tmp_path, child=child, now=now
    )
    assert [line["missed_complaint"] for line in (lines[0], lines[-1])] == missed
    assert len(trial.tally.missed) == 1


def test_a_hazard_that_is_said_again_has_its_clocks_once_but_an_emergency_anew(
    tmp_path: Path, child: BoundedChild, now: datetime
):
    def mould(texts: Sequence[Text]) -> list[Assessment]:
        found = assessment(Label.SERVICE_REQUEST, hazards=(Hazard.DAMP_MOULD,))
        return [judge([text])[0] if "gas" in text.words else found for text in texts]

    mails = [
        follow_up(n, words, of="<f1@example.org>", day=DAY + timedelta(days=n), **more)
        for n, words, more in (
            (1, "There is mould.", {}),
            (2, "There is still mould.", {}),
            (3, "It smells of gas.", {}),
            (4, "It still smells of gas.", {}),
            (5, "It smells of gas.", {"Auto-Submitted": "auto-replied"}),
        )
    ]
    path = mailbox(tmp_path, *map(answers_only, mails))
    trial = Trial(landlord=OAK, judge=mould, redact=redact, child=child, now=now)
    clocks = [len(line["clocks"]) for line in trial.lines([path], lambda _: None)]
    assert [bool(count) for count in clocks] == [True, False, True, True, False]


def test_a_trial_remembers_so_many_mails_and_no_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_past, "MOST_REMEMBERED", 2)
    past, view = import_past.Past(), assessment()
    for number in range(3):
        one = message(own_id=f"<{number}>")
        past.note(one, past.opened(one, view, at=DAY), ends=[], answered=None)
    known = [past.find(message(answers=(f"<{number}>",))) is not None for number in range(3)]
    assert known == [False, True, True]


def test_a_trial_says_what_would_be_no_message_and_why(
    tmp_path: Path, child: BoundedChild, now: datetime
):
    lines, trial = trying(
        mail(1, day=None),
        b"\n\nno header at all\n",
        b"",
        reply(1, DAY),
        mail(2),
        mail(2),
        folder=tmp_path,
        child=child,
        now=now,
    )
    assert lines[0]["held"] == import_.UNDATED
    assert lines[1]["held"] == "it has no mail header"
    assert lines[2]["error"] == "empty: left out"
    assert lines[3]["sent_by_landlord"] is True
    assert lines[5]["repeats"] is True
    said = list(trial.tally.say("Oak"))
    assert "1 that the landlord wrote are not messages, and count as answers." in said
    assert "1 are there twice, and would be recorded once." in said
    assert "1 would lie in the holding pen: it has no mail header." in said
    assert "1 could not be taken in: see the lines above." in said


def test_a_trial_counts_hazards_emergencies_and_programs(
    tmp_path: Path, child: BoundedChild, now: datetime
):
    gas = mail(1, "It smells of gas.")
    away = mail(2, "I am away.", Auto_Submitted="auto-replied")
    lines, trial = trying(gas, away, folder=tmp_path, child=child, now=now)
    assert lines[0]["clocks"][0]["clock"] == "hazard_emergency"
    said = list(trial.tally.say("Oak"))
    assert "Of these a program sent: 1 auto reply." in said
    assert "Hazards: 1 explosions; emergencies: 1." in said


def test_the_summary_names_the_earliest_complaints_and_counts_the_rest(
    tmp_path: Path, child: BoundedChild, now: datetime
):
    mails = [mail(number, day=DAY - timedelta(days=number)) for number in range(12)]
    _, trial = trying(*mails, folder=tmp_path, child=child, now=now)
    said = list(trial.tally.say("Oak"))
    assert said[-11].endswith("mail 12, received 25 December 2025")
    assert said[-1] == '  and 2 later ones: those with "missed_complaint": true'


def test_what_cannot_be_redacted_is_not_shown(tmp_path: Path, child: BoundedChild, now: datetime):
    def withhold(
        text: str, *, audience: Audience, author: str = "", landlord: str = ""
    ) -> Redaction:
        assert text or audience or author or landlord
        raise WithheldError

    trial = Trial(landlord=OAK, judge=judge, redact=withhold, child=child, now=now)
    [line] = trial.lines([mailbox(tmp_path, mail(1))], lambda _: None)
    assert line["from"] == line["subject"] == import_trial.WITHHELD


@pytest.mark.usefixtures("_small_model")
def test_a_trial_writes_nothing_and_guesses_whose_the_mailbox_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = mailbox(tmp_path, mail(1), reply(1, DAY + timedelta(days=1)))
    before = sorted(tmp_path.rglob("*"))
    assert import_mail([path], data=tmp_path / "new", dry_run=True) == 0
    assert sorted(tmp_path.rglob("*")) == before
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[0])["answered"] == "2026-01-06T10:00:00+00:00"
    assert err.startswith("A trial for the landlord at oak.example, where most of these mails went")


@pytest.mark.usefixtures("_small_model")
def test_a_trial_goes_by_heard_toml_where_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "data" / "heard.toml").write_text(DEMONSTRATION)
    (tmp_path / "bad.eml").write_bytes(b"")
    paths = [mailbox(tmp_path), tmp_path / "bad.eml"]
    assert import_mail(paths, data=tmp_path / "data", dry_run=True) == 2
    err = capsys.readouterr().err
    assert "A trial for Oak Homes: nothing was written." in err
    assert "No mail would be recorded." in err


@pytest.mark.usefixtures("_small_model")
def test_without_a_model_a_trial_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def missing(_: object) -> None:
        raise ArtefactError("there is no model: run `heard train`")

    monkeypatch.setattr(import_trial, "load_judge", missing)
    with pytest.raises(ImportMailError, match="heard train"):
        import_mail([mailbox(tmp_path, mail(1))], data=tmp_path / "data", dry_run=True)
