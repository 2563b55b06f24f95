"""What staff are told unasked: work in trouble, dates that near, what waits in the morning. Pure.

None of it says a word of any resident's.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.triage.layout import Block, section
from bot.triage.views import CLOCK_WORDS, Card
from bot.triage.words import day, escape, listed, plainly, who
from intake.domain.clock import LONDON
from intake.domain.digest import Digest, Owed, Running
from intake.domain.moments import ClockName, Warned
from intake.domain.reminders import Nudge, Task

WHAT = {
    "read": "Something that arrived could not be read into the record",
    "assess": "A message could not be assessed, so no case was opened for it",
    "letter": "A letter to a resident has not gone",
    "card": "A card could not be shown",
    "nudge": "A reminder of a date could not be shown",
    "digest": "The morning's digest could not be shown",
    "returned": "A letter to a resident came back undelivered",
    "checkpoint": "The audit trail does not hold, or could not be checked",
    "files": "The files of a message are not checked for viruses, and cannot be saved",
    "withheld": "Letters are withheld, so that no loop runs",
    "flood": "Many messages come from one address",
}
AGAIN = "It can be tried again at the desk, under Stuck."
#: What to do about it, where that is something else.
NEXT = {
    "files": "They are tried again for five days. Is the virus scanner running?",
    "flood": "Each has its card and its dates, and their cases are linked.",
    "withheld": "Where a letter is owed, its card says so: tell that resident another way.",
}
NEAR = {
    Warned.TWO_DAYS: "⏰ in two working days",
    Warned.SOON: "⏰ soon",
    Warned.TODAY: "⏰ *today*",
    Warned.OVERDUE: "🚨 *OVERDUE*",
}
#: A date of what is to be decided blind: its own name would tell what is proposed.
BLIND = "To decide what it is, with a date that may run, by"
MOST = 15  # lines of a list: a post stays one screen


def alert_card(of: str, what: str) -> Card:
    """Draw the card that says which work is in trouble; it says nothing of any resident."""
    told = WHAT.get(of, f"Work of the kind {of} is not done")
    if of == "returned":
        text = f"🚨 *{told}*: {what}. The clock that its sending ended runs again. See its card."
        return Card(text=told, blocks=[section(text)])
    text = f"🚨 *{told}* ({what}). Nothing is lost. {NEXT.get(of, AGAIN)}"
    section_ = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return Card(text=told, blocks=[section_])


def nudge_card(nudge: Nudge) -> Card:
    """Draw the reminder of one date, for whom it concerns."""
    to = listed([who(by) for by in nudge.told]) or "Nobody owns this"
    when = day(_due(nudge.due))
    what = f"{_clock(nudge.clock, blind=nudge.blind)} {when}"
    told = f"{to}: {nudge.reference}, {what} - {NEAR[nudge.what]}"
    return Card(text=f"{nudge.reference}: {what}", blocks=[section(told)])


def digest_card(digest: Digest) -> Card:
    """Draw what waits on one morning. One that is empty says so: silence could be a fault."""
    title = f"This morning, {day(digest.day)}"
    if digest.empty:
        told = f"☀️ *{title}*: nothing is overdue, due or waiting."
        return Card(text=title, blocks=[section(told)])
    return Card(text=title, blocks=[section(f"☀️ *{title}*"), *_lists(digest)])


def _lists(digest: Digest) -> Iterator[Block]:
    dates = digest.dates
    lists = (
        ("🚨 *Overdue*", [_running(clock) for clock in dates.overdue]),
        ("⏰ *Due today*", [_running(clock) for clock in dates.today]),
        ("*Due within two working days*", [_running(clock) for clock in dates.soon]),
        ("⚠️ *Promises not kept*", [_owed(promise) for promise in digest.owed]),
        ("⚠️ *Letters that have not gone*", list(digest.letters)),
    )
    for title, lines in lists:
        if lines:
            yield section("\n".join((f"{title}: {len(lines)}", *_cut(lines))))
    counts = (
        ("in the holding pen", digest.pen),
        ("awaiting triage", digest.untriaged),
        ("from an old mailbox, awaiting triage", digest.imported),
    )
    told = [f"{count} {words}" for words, count in counts if count]
    if told:
        yield section("Waiting: " + ", ".join(told))


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"• {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"… and {len(lines) - MOST} more"


def _running(running: Running) -> str:
    what = _clock(running.clock, blind=running.blind)
    return f"{running.reference}: {what} {day(_shown(running.due_at))}"


def _owed(promise: Owed) -> str:
    return f"{promise.reference}: {escape(promise.owner)}, by {day(promise.due)}"


def _clock(name: ClockName | Task, *, blind: bool) -> str:
    if blind:
        return BLIND
    known = CLOCK_WORDS.get(name) if isinstance(name, ClockName) else None
    return known or f"{plainly(name).capitalize()}, by"


def _due(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _shown(due_at: datetime) -> date | datetime:
    """A clock that ends with its day is said by its day, another by its hour too."""
    local = due_at.astimezone(LONDON)
    return local.date() if (local.hour, local.minute, local.second) == (23, 59, 59) else due_at
