"""The words in which the record of a case is read by people: days, clocks, letters, events."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.triage.words import ACTION_WORDS, day
from intake.domain.case import Action
from intake.domain.letter import LetterState
from intake.domain.moments import ClockName
from intake.domain.policy import PACKS, load_policy

Facts = Mapping[str, Any]

CLOCK_TITLES = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: "Acknowledge at stage 1",
    ClockName.STAGE_1_RESPONSE: "Answer at stage 1",
    ClockName.STAGE_2_CONTACT: "Speak to the resident about stage 2",
    ClockName.STAGE_2_ACKNOWLEDGEMENT: "Acknowledge at stage 2",
    ClockName.STAGE_2_RESPONSE: "Answer at stage 2",
    ClockName.GETTING_IT_SORTED: "Put it right at first contact",
    ClockName.FEEDBACK_ACKNOWLEDGEMENT: "Thank the writer",
    ClockName.MP_ACKNOWLEDGEMENT: "Acknowledge to the MP or councillor",
    ClockName.MP_RESPONSE: "Answer the MP or councillor",
    ClockName.OMBUDSMAN_RESPONSE: "Answer the Ombudsman",
    ClockName.HAZARD_EMERGENCY: "Emergency hazard: investigate and make safe",
    ClockName.HAZARD_INVESTIGATION: "Hazard: investigate",
    ClockName.HAZARD_SUMMARY: "Hazard: send the written summary",
    ClockName.HAZARD_SAFETY_WORK: "Hazard: do the safety work",
    ClockName.HAZARD_FURTHER_WORK_BEGIN: "Hazard: take steps to begin further work",
    ClockName.HAZARD_FURTHER_WORK_START: "Hazard: start further work",
    ClockName.HAZARD_ACCOMMODATION: "Hazard: offer somewhere else to stay",
    ClockName.COMPLAINT_WINDOW: "Last day to complain",
    ClockName.STAGE_2_WINDOW: "Last day to ask for stage 2",
    ClockName.COMPENSATION_WINDOW: "Last day to claim compensation",
    ClockName.OFFER_ACCEPTANCE: "Last day to accept the offer",
    ClockName.DP_COMPLAINT_ACKNOWLEDGEMENT: "Acknowledge the data protection complaint",
    ClockName.LETTER_OF_CLAIM_RESPONSE: "Answer the letter of claim",
    ClockName.OMBUDSMAN_REFERRAL: "Last day to go to the Ombudsman",
}
LETTER_STATES = {
    LetterState.WAITING: "waiting",
    LetterState.WITHDRAWN: "taken back, not sent",
    LetterState.SENDING: "being sent",
    LetterState.SENT: "sent",
    LetterState.FAILED: "could not be sent",
    LetterState.UNKNOWN: "nobody knows whether it was sent",
    LetterState.BY_HAND: "cannot go by e-mail: give it another way",
}
#: Instead of personal words that were removed at the end of their keeping.
REMOVED = "(these words are no longer kept)"
#: A day or a moment as the record keeps it.
WHEN = re.compile(r"\b20\d\d-\d\d-\d\d(?:T[\d:.]+\+\d\d:\d\d)?(?![\w+])")
#: What a rule of the Complaint Handling Code looks like.
OF_THE_CODE = re.compile(r"\d[\d.\-, ]*\d")


def written(kept: str | None) -> str:
    """Return a day or moment of the record as people write it; nothing where there is none."""
    if not kept:
        return ""
    return day(datetime.fromisoformat(kept) if "T" in kept else date.fromisoformat(kept))


def say_days(line: str) -> str:
    """Return a line of ours with each day and moment in it as people write it."""
    return WHEN.sub(lambda found: written(found[0]), line)


def policy_title(name: str) -> str:
    """Return the title of a policy that we ship; a landlord's own is known by its name."""
    return load_policy(name).title if name in PACKS else name


def plain(name: str) -> str:
    """Return the words of one of our own names."""
    return name.replace("_", " ")


def clock_title(name: str) -> str:
    """Return what a clock asks for."""
    return CLOCK_TITLES[ClockName(name)]


def clock_due(clock: Facts) -> str:
    """Return the day a clock ends on: the landlord's promise, and the Code's where it differs."""
    ours, code = written(clock["target"]), written(clock["code"])
    if ours and code and ours != code:
        return f"{ours} (our promise), {code} (the Code)"
    return ours or code


def clock_state(clock: Facts) -> str:
    """Return how a clock stands: still running, or met or not, and when."""
    if clock["ended"] is None:
        more = ["not done yet"]
        more += ["at the latest: not acknowledged yet"] if clock["provisional"] else []
        more += ["extended"] if clock["extended"] else []
        return ", ".join(more)
    late = " - LATE" if clock["met"] is False else ""
    ours = " - later than we promised" if not late and clock.get("met_target") is False else ""
    return f"done {written(clock['ended'])}{late or ours}"


def clock_why(clock: Facts) -> str:
    """Return why a clock ends when it does, and the rule that says so."""
    rule = clock["rule"] or ""
    named = f"Code {rule}" if OF_THE_CODE.fullmatch(rule) else rule
    return " - ".join(part for part in (clock["why"], named) if part)


def letter_title(kind: str) -> str:
    """Return what a letter is."""
    return f"{kind[:1].upper()}{kind[1:]}".replace("Mp_", "MP ").replace("_", " ")


def letter_state(letter: Facts) -> str:
    """Return how a letter went."""
    said = LETTER_STATES[LetterState(letter["state"])]
    return f"{said} {written(letter['sent'])}".strip()


def person(by: str) -> str:
    """Return who acted: a name given at the desk, a member of Slack, or the program."""
    if by.startswith("slack:"):
        return f"{by.removeprefix('slack:')} (in Slack)"
    return "Heard" if by == "heard" else by


def event_title(event: Facts) -> str:
    """Return what happened, in the words of the card."""
    return ACTION_WORDS[Action(event["action"])].capitalize()


def event_note(event: Facts) -> str:
    """Return what was noted with an event; of one whose words are gone, that they are."""
    return REMOVED if event["note"] is None else str(event["note"])


def event_move(event: Facts) -> str:
    """Return where an event took a case; nothing where it stayed."""
    before, after = event["before"], event["after"]
    return f"{plain(before)} → {plain(after)}" if before != after else ""
