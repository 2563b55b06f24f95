"""`heard import --dry-run`: what a mailbox would have been to us. It writes nothing at all."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bot.child import BoundedChild
from bot.clock import utc_now
from bot.commands.import_ import (
    UNDATED,
    UNUSABLE,
    Advance,
    ImportMailError,
    choose_landlord,
    progress,
    tell_fault,
)
from bot.commands.import_past import Opened, Past
from bot.commands.import_tally import Named, Tally
from bot.landlords import configure
from bot.mailboxes import Found, measure, read_mailboxes
from bot.model import Keep, load_redactor
from bot.settings import load_landlords, load_settings
from classifier.artefact import ArtefactError, default_artefact
from classifier.judge import load_judge
from classifier.labels import (
    Assessment,
    Audience,
    Band,
    Flag,
    History,
    Judge,
    Redact,
    Text,
    WithheldError,
)
from intake.clocks import HAZARD_CLOCKS
from intake.domain.calendar import Calendar, load_calendar
from intake.domain.case import Kind
from intake.domain.clocks import CaseClock, compute_clocks
from intake.domain.landlord import Landlord, last_moment, moments_of, urgencies_of
from intake.domain.lengths import london_day
from intake.domain.message import Message, UnreadableError
from intake.domain.moments import Moment, Urgency
from intake.domain.policy import load_policy
from intake.mail.edge import Header, is_outgoing, read_header
from intake.mail.mime import parse_mail
from intake.mail.whose import find_writer

BATCH = 32
SAMPLE = 2_000  # mails by which a mailbox shows whose it is
WITHHELD = "[withheld: it could not be checked for personal data]"

Line = dict[str, Any]


def try_import(paths: Sequence[Path], *, data: Path, landlord: str | None) -> int:
    """Print a line of JSON for each mail, then what it comes to; return the exit status.

    Raises:
        ImportMailError: it is not said whose mail it is, or there is no model.
    """
    whose, keep = _whose(paths, data, landlord)
    try:
        judge, redact = load_judge(default_artefact()), load_redactor(keep)
    except ArtefactError as error:
        raise ImportMailError(str(error)) from error
    child = BoundedChild()
    try:
        with progress(2 * measure(list(paths)), printing=True) as advance:
            trial = Trial(landlord=whose, judge=judge, redact=redact, child=child, now=utc_now())
            for line in trial.lines(paths, advance):
                print(json.dumps(line, ensure_ascii=True), flush=True)
    finally:
        child.close()
    print(*trial.tally.say(whose.name), sep="\n", file=sys.stderr)
    return UNUSABLE if trial.tally.faults else 0


def _whose(paths: Sequence[Path], data: Path, key: str | None) -> tuple[Landlord, Keep]:
    """Whose mailbox it is: as `heard.toml` says, else as most of its mails do."""
    settings = load_settings()
    path = settings.config or data / "heard.toml"
    if settings.config is None and not path.exists():
        return _guess_landlord(paths)
    parts = load_landlords(path)
    known = configure(parts, folder=path.parent, slack_api=settings.slack_api_url)
    return choose_landlord(known.landlords, key), known.keep


def _guess_landlord(paths: Sequence[Path]) -> tuple[Landlord, Keep]:
    """Whose mailbox it seems to be, where nobody has said it: who is written to most."""
    came_to: Counter[str] = Counter()
    for found in islice(read_mailboxes(list(paths)), SAMPLE):
        came_to.update(address.casefold() for address in _header(found, utc_now()).came_to)
    domains: Counter[str] = Counter()
    for address, count in came_to.items():
        domains[address.rpartition("@")[2]] += count
    domain = next((name for name, _ in domains.most_common(1)), "landlord.invalid")
    policy = load_policy("ombudsman-code")
    guessed = Landlord(
        key="trial",
        name=f"the landlord at {domain}, where most of these mails went",
        policy=policy,
        nation=policy.nation,
        sender=f"mailbox@{domain}",
        undo=timedelta(),
        addresses=frozenset(a for a in came_to if a.rpartition("@")[2] == domain),
        staff_domains=(domain,),
    )
    return guessed, {guessed.key: [domain]}


@dataclass(frozen=True, kw_only=True)
class _Mail:
    """One mail that would be recorded."""

    found: Found
    header: Header
    received: datetime
    message: Message


@dataclass
class Trial:
    """A mailbox read twice: for the landlord's answers, then for what they should answer."""

    landlord: Landlord
    judge: Judge
    redact: Redact
    child: BoundedChild
    now: datetime
    tally: Tally = field(default_factory=Tally)
    calendar: Calendar = field(default_factory=load_calendar)
    past: Past = field(default_factory=Past)
    _answers: dict[str, datetime] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def lines(self, paths: Sequence[Path], advance: Advance) -> Iterator[Line]:
        """Return what would be recorded of each mail, in their order."""
        for found in read_mailboxes(list(paths)):
            self._note_answer(_header(found, self.now))
            advance(found.size)
        mails = read_mailboxes(list(paths))
        while batch := list(islice(mails, BATCH)):
            for together in _apart([self._read(found) for found in batch]):
                yield from self._answer(together)
            advance(sum(found.size for found in batch))

    def _note_answer(self, header: Header) -> None:
        """Keep what a letter of the landlord's answers; a program's receipt is no answer."""
        if header.received is None or header.machine or not is_outgoing(header, self.landlord):
            return
        for own_id in header.answers:
            known = self._answers.get(own_id, header.received)
            self._answers[own_id] = min(known, header.received)

    def _read(self, found: Found) -> _Mail | Line:
        """Make sense of one mail, or say in a line why it would be no message."""
        line: Line = {"file": found.file, "number": found.number}
        if found.fault:
            self.tally.faults += 1
            tell_fault(found)
            return line | {"error": found.fault}
        header = _header(found, self.now)
        if is_outgoing(header, self.landlord):
            self.tally.sent += 1
            return line | {"received": _iso(header.received), "sent_by_landlord": True}
        try:
            message = self._parsed(found)
        except UnreadableError as error:
            self.tally.held[str(error)] += 1
            return line | {"held": str(error)}
        if header.received is None:
            self.tally.held[UNDATED] += 1
            return line | {"held": UNDATED}
        return _Mail(found=found, header=header, received=header.received, message=message)

    def _parsed(self, found: Found) -> Message:
        parse = partial(parse_mail, edges=self.landlord.edges)
        return find_writer(self.child.run(parse, found.raw), self.landlord).message

    def _answer(self, batch: Sequence[_Mail | Line]) -> Iterator[Line]:
        mails = [mail for mail in batch if isinstance(mail, _Mail)]
        views = iter(self.judge([self._text(mail) for mail in mails]))
        for mail in batch:
            yield self._line(mail, next(views)) if isinstance(mail, _Mail) else mail

    def _text(self, mail: _Mail) -> Text:
        message, known = mail.message, self.past.find(mail.message)
        return Text(
            words=message.visible or message.text,
            subject=message.subject,
            landlord=self.landlord.key,
            history=known.history(mail.received) if known else History(),
        )

    def _line(self, mail: _Mail, found: Assessment) -> Line:
        message = mail.message
        line = {
            "file": mail.found.file,
            "number": mail.found.number,
            "received": mail.received.isoformat(),
            "from": self._shown(f"{message.sender_name} <{message.sender}>", message),
            "subject": self._shown(message.subject, message),
        }
        key = message.key(self.landlord.key, f"{mail.found.file} {mail.found.number}")
        if key in self._seen:
            self.tally.repeats += 1
            return line | {"repeats": True}
        self._seen.add(key)
        self.tally.note(mail.received, found, message.automatic)
        return line | self._view(mail, found)

    def _view(self, mail: _Mail, found: Assessment) -> Line:
        message = mail.message
        opened = self.past.opened(message, found, at=mail.received)
        clocks = [*self._case_clocks(mail.received, opened)]
        answered = self._answers.get(message.own_id) if message.own_id else None
        self.past.note(message, opened, ends=map(last_moment, clocks), answered=answered)
        by = self._acknowledge_by(mail.received)
        missed = self._is_missed(message, found, opened, by=by, answered=answered)
        self.tally.answered += answered is not None
        if missed:
            place = mail.found
            named = Named(file=place.file, number=place.number, received=mail.received)
            self.tally.note_missed(named, found.band)
        dissatisfied = found.band is not Band.UNMARKED
        return {
            "automatic": message.automatic,
            "labels": list(found.labels),
            "band": found.band,
            "flags": {str(flag): round(chance, 4) for flag, chance in found.flags.items()},
            "hazards": list(found.hazards),
            "clocks": [
                _shape(clock)
                for clock in (*clocks, *self._hazard_clocks(mail.received, found, opened))
            ],
            "acknowledge_by": by.isoformat() if dissatisfied else None,
            "answered": _iso(answered),
            "missed_complaint": missed,
        }

    def _is_missed(
        self,
        message: Message,
        found: Assessment,
        opened: Opened,
        *,
        by: date,
        answered: datetime | None,
    ) -> bool:
        """Whether dissatisfaction got no answer in time, which has passed (Code 6.2).

        What goes on about a complaint that there is would be part of it, and is counted there.
        """
        if found.band is Band.UNMARKED or not opened.kinds:
            return False
        if found.band is Band.MARKED and Kind.COMPLAINT not in opened.kinds:
            return False
        late = answered is None or london_day(answered) > by
        return late and message.automatic is None and by < london_day(self.now)

    def _acknowledge_by(self, received: datetime) -> date:
        first, *_ = self._compute({Moment.RECEIVED: received})
        return london_day(first.code or first.target or received)

    def _case_clocks(self, received: datetime, opened: Opened) -> Iterator[CaseClock]:
        """The clocks that would run, but for those windows that are the resident's own."""
        for kind in opened.kinds:
            yield from self._compute(moments_of(kind, received, None))

    def _hazard_clocks(
        self, aware_at: datetime, found: Assessment, opened: Opened
    ) -> Iterator[CaseClock]:
        emergency = Flag.EMERGENCY in found.flags
        urgencies = {
            urgency
            for hazard in opened.hazards
            for urgency in urgencies_of(
                hazard, self.landlord, emergency=emergency, aware_at=aware_at
            )
        }
        for urgency in sorted(urgencies):
            clocks = self._compute({Moment.AWARE: aware_at}, urgency)
            yield from (clock for clock in clocks if clock.clock in HAZARD_CLOCKS)

    def _compute(
        self, moments: Mapping[Moment, date | datetime], hazard: Urgency | None = None
    ) -> list[CaseClock]:
        clocks = compute_clocks(
            self.landlord.policy,
            moments,
            nation=self.landlord.nation,
            hazard=hazard,
            calendar=self.calendar,
        )
        return [clock for clock in clocks if last_moment(clock) is not None]

    def _shown(self, words: str, message: Message) -> str:
        try:
            found = self.redact(
                words,
                audience=Audience.STAFF,
                author=message.sender_name,
                landlord=self.landlord.key,
            )
        except WithheldError:
            return WITHHELD
        return found.text


def _header(found: Found, now: datetime) -> Header:
    return read_header(found.raw, latest=now)


def _apart(batch: Sequence[_Mail | Line]) -> Iterator[list[_Mail | Line]]:
    """Mails in their order, but none together with one that it answers: that is judged first."""
    together: list[_Mail | Line] = []
    named: set[str] = set()
    for mail in batch:
        if isinstance(mail, _Mail):
            if not named.isdisjoint(mail.message.answers):
                yield together
                together, named = [], set()
            named.add(mail.message.own_id)
        together.append(mail)
    yield together


def _shape(clock: CaseClock) -> dict[str, str | None]:
    return {"clock": clock.clock, "target": _iso(clock.target), "code": _iso(clock.code)}


def _iso(when: date | datetime | None) -> str | None:
    return None if when is None else when.isoformat()
