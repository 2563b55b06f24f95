"""How the record's names, days and people are said to staff. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from classifier.labels import Flag
from intake.domain.case import Action, Kind
from intake.domain.clock import LONDON

#: How the name of a person who pressed in Slack is kept; at the desk it is the name they gave.
SLACK = "slack:"

KIND_WORDS = {
    Kind.COMPLAINT: "Complaint",
    Kind.SERVICE_REQUEST: "Service request",
    Kind.COMPLIMENT: "Compliment",
    Kind.COMMENT: "Comment",
    Kind.ENQUIRY: "Enquiry or other",
    Kind.DP_COMPLAINT: "Data protection complaint",
}
FLAG_WORDS = {
    Flag.EMERGENCY: "emergency",
    Flag.DAMP_MOULD: "damp and mould",
    Flag.SAFEGUARDING: "safeguarding",
    Flag.ASB: "anti-social behaviour",
    Flag.LEGAL_CLAIM: "legal claim",
    Flag.MP_COUNCILLOR: "MP or councillor",
    Flag.STAGE_2: "asks for stage 2",
    Flag.REPRESENTATIVE: "writes for somebody else",
    Flag.VULNERABILITY: "vulnerability",
    Flag.DATA_REQUEST: "data request",
}
ACTION_WORDS = {
    Action.OPEN: "opened",
    Action.CONFIRM: "confirmed",
    Action.UNDO: "undone",
    Action.RECORD_IN_ERROR: "changed",
    Action.ACKNOWLEDGE: "acknowledged",
    Action.RESPOND: "answered",
    Action.EXTEND: "extended",
    Action.ESCALATE: "taken to stage 2",
    Action.REFUSE: "refused",
    Action.WITHDRAW: "withdrawn",
    Action.REFER: "with the Ombudsman",
    Action.CLOSE: "closed",
    Action.REOPEN: "opened again",
    Action.OFFER: "choice to complain offered",
    Action.ANSWER_OFFER: "offer answered",
    Action.FORWARD: "passed on",
    Action.TELL: "writer told",
    Action.DEFINE: "definition changed",
    Action.PROMISE_LETTER: "letter decided",
    Action.TAKE_BACK: "letter taken back",
    Action.GIVE_LETTER: "letter given another way",
    Action.LETTER_NOT_SENT: "letter not sent",
    Action.LETTER_UNKNOWN: "letter perhaps not sent",
    Action.COMPLETE: "promise kept",
    Action.DISMISS_HAZARD: "hazard dismissed",
    Action.RECORD_HAZARD: "hazard seen to",
    Action.REMIND: "reminded",
    Action.RECALCULATE: "dates moved",
}
#: What a menu offers.
STEP_WORDS = {
    Action.ACKNOWLEDGE: "Acknowledge…",
    Action.RESPOND: "Answer…",
    Action.EXTEND: "Extend…",
    Action.ESCALATE: "Take to stage 2…",
    Action.REFUSE: "Refuse…",
    Action.WITHDRAW: "Withdrawn by the resident…",
    Action.REFER: "With the Ombudsman…",
    Action.CLOSE: "Close…",
    Action.REOPEN: "Open again…",
    Action.OFFER: "Choice to complain offered…",
    Action.ANSWER_OFFER: "The resident's answer…",
    Action.FORWARD: "Passed on…",
    Action.TELL: "Writer told of a change…",
    Action.TAKE_BACK: "Take the letter back…",
    Action.GIVE_LETTER: "I have given the letter…",
    Action.COMPLETE: "A promise was kept…",
}


def plainly(value: StrEnum) -> str:
    """Return the words of a name that needs no better ones."""
    return value.replace("_", " ")


def day(value: date | datetime) -> str:
    """Return a day as a card says it: `Tue 5 Jan 2027`; of a moment, its hour too."""
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
    return f"{value:%a} {value.day} {value:%b %Y}"


def moment(value: datetime, now: datetime) -> str:
    """Return when something was: the hour if it was today or yesterday, else the day and hour."""
    local, today = value.astimezone(LONDON), now.astimezone(LONDON).date()
    if local.date() == today:
        return f"today {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday {local:%H:%M}"
    return day(value)


def who(by: str) -> str:
    """Return a person as a card names them; the program itself is called Heard."""
    if by.startswith(SLACK):
        return f"<@{by.removeprefix(SLACK)}>"
    return "Heard" if by == "heard" else escape(by)


def escape(text: str) -> str:
    """Return text that cannot become a link, a mention or markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: `a, b and c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last
