"""How the record's names, days and people are said to staff. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from classifier.labels import Flag, Hazard
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
HAZARD_WORDS = {
    Hazard.DAMP_MOULD: "damp and mould",
    Hazard.HYGIENE_FOOD_PESTS: "hygiene, food or pests",
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
    Action.SEND_COPY: "copy of a letter sent",
    Action.COMPLETE: "promise kept",
    Action.DISMISS_HAZARD: "hazard dismissed",
    Action.RECORD_HAZARD: "hazard seen to",
    Action.REMIND: "reminded",
    Action.RECALCULATE: "dates moved",
    Action.OVERRIDE_CHECK: "letter sent although its check failed",
    Action.FOLLOW_UP: "further message joined",
    Action.LETTER_RETURNED: "letter came back",
    Action.RECEIVE_EARLIER: "receipt moved earlier",
    Action.PURGE: "personal data removed",
    Action.NOTE_REPRESENTATIVE: "representative noted",
    Action.NOTE_GROUP: "group noted",
    Action.NOTE_MEMBER: "member of the group seen to",
    Action.NOTE_CONTACT: "contact noted",
    Action.CHECK_STANDING: "right to complain checked",
    Action.CHECK_WRITER: "who writes checked",
    Action.NOTE_LETTER: "letter from outside noted",
    Action.ANSWER_LETTER: "letter from outside seen to",
    Action.NOTE_PROCEEDINGS: "court proceedings noted",
    Action.REFER_ELSEWHERE: "part referred to another body",
    Action.AGREE_ADJUSTMENT: "adjustment agreed",
    Action.REVIEW_ADJUSTMENT: "adjustment reviewed",
    Action.RAISE_DATA_PROTECTION: "data protection complaint raised",
    Action.SEE_TO_BREACH: "possible breach decided",
    Action.END_PROCEEDINGS: "court proceedings ended",
    Action.HOLD: "put on legal hold",
    Action.RELEASE: "legal hold ended",
    Action.HIDE_MORE: "more hidden",
    Action.REVEAL: "hidden words shown",
    Action.HIDE_AGAIN: "shown words hidden again",
    Action.CHECK_DOUBTS: "doubtful places looked at",
    Action.RAISE_ISSUE: "new issue raised",
    Action.SETTLE: "settled at first contact",
    Action.PROPOSE_MONEY: "money proposed",
    Action.APPROVE_MONEY: "money approved",
    Action.ANSWER_MONEY: "offer of money answered",
    Action.PAY_MONEY: "money paid",
    Action.CONSIDER: "exclusion considered",
    Action.LEARN: "learning noted",
    Action.OFFER_SUPPORT: "support offered",
    Action.ANSWER_SUPPORT: "offer of support answered",
    Action.RESTRICT: "contact restricted",
    Action.REVIEW_RESTRICTION: "restriction reviewed",
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

#: What the menus for what is around a case offer.
OUTCOME_WORDS = {
    Action.RAISE_ISSUE: "New issue raised…",
    Action.SETTLE: "Settled at first contact…",
    Action.PROPOSE_MONEY: "Propose money…",
    Action.APPROVE_MONEY: "Approve money…",
    Action.ANSWER_MONEY: "Offer of money answered…",
    Action.PAY_MONEY: "Money paid…",
    Action.CONSIDER: "Consider an exclusion…",
    Action.LEARN: "Note what is learned…",
    Action.OFFER_SUPPORT: "Support offered…",
    Action.ANSWER_SUPPORT: "Support answered…",
    Action.RESTRICT: "Restrict contact…",
    Action.REVIEW_RESTRICTION: "Review a restriction…",
}


def plainly(value: StrEnum) -> str:
    """Return the words of a name that needs no better ones."""
    return value.replace("_", " ")


def hazard_words(category: str | None) -> str:
    """Return what a hazard is called; one without a category is an emergency."""
    if not category:
        return "emergency"
    return HAZARD_WORDS.get(Hazard(category), category.replace("_", " "))


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
