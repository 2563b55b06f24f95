"""The record of a case in plain words, as a complaints manager reads it."""

from typing import Any

import pytest

from bot.commands import record_words as words
from bot.commands.record_lines import case_lines
from intake.domain.case import Action, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.moments import ClockName

AT = "2026-03-02T09:00:00+00:00"
EMPTY: dict[str, Any] = {
    "complained_about": [],
    "correspondence": [],
    "proceedings": [],
    "referrals": [],
    "adjustments": [],
    "breaches": [],
    "group": [],
    "new_issues": [],
    "money": [],
    "exclusions_considered": [],
    "lessons": [],
    "support": [],
    "restrictions": [],
    "extensions": [],
    "response_parts": [],
    "actions": [],
}
CLOCK: dict[str, Any] = {
    "clock": "stage_1_response",
    "target": "2026-03-16",
    "code": "2026-03-16",
    "ended": None,
    "met": None,
    "met_target": None,
    "provisional": True,
    "extended": False,
    "rule": "6.3",
    "why": "10 working days after 9 March",
}
CASE: dict[str, Any] = EMPTY | {
    "reference": "7KM-3QX-P9T",
    "kind": "complaint",
    "status": "stage_2_logged",
    "stage": 2,
    "received": AT,
    "policy": "ombudsman-code",
    "issues": [{"number": 1, "issue": "The tap drips"}],
    "outcome_sought": "A visit",
    "not_responsible": "The water main",
    "complained_about": ["Bo"],
    "links": [{"reference": "AAA-AAA-AAA", "kind": "service_request", "reason": "one message"}],
    "representation": None,
    "written_for_somebody_else": False,
    "contact": None,
    "standing": None,
    "settled_at_first_contact": None,
    "findings": [
        {"stage": 1, "number": 1, "issue": "The tap", "finding": "partly_upheld", "reasons": "Law"}
    ],
    "decisions": [{"stage": 1, "decider": "Asha", "remedy": "A new tap", "at": AT}],
    "refusals": [
        {
            "stage": 2,
            "ground": "late_request",
            "reasons": "Late",
            "evidence": "no discretion",
            "decider": "Asha",
            "at": AT,
        }
    ],
    "offers": [
        {"how": "By telephone", "by": "slack:U1", "at": AT, "answer": "no_answer"},
        {"how": "By post", "by": "Bo", "at": AT, "answer": None},
    ],
    "clocks": [CLOCK],
    "hazards": [
        {
            "category": "damp_mould",
            "emergency": False,
            "aware": AT,
            "investigated": AT,
            "dismissed": {"by": "Bo", "at": AT, "reason": "A stain"},
            "clocks": [],
        },
        {
            "category": None,
            "emergency": True,
            "aware": AT,
            "investigated": None,
            "dismissed": None,
            "clocks": [CLOCK | {"clock": "hazard_emergency", "target": AT, "code": AT}],
        },
    ],
    "messages": [
        {"reference": "BBB-BBB-BBB", "channel": "email", "received": AT, "text": "It drips."},
        {"reference": "CCC-CCC-CCC", "channel": "form", "received": AT, "text": None},
    ],
    "letters": [{"letter": "mp_response", "state": "by_hand", "sent": None, "proof": None}],
    "events": [
        {
            "action": "confirm",
            "by": "slack:U1",
            "at": AT,
            "before": "awaiting_triage",
            "after": "logged",
            "note": "The tap drips\nOutcome sought: A visit",
        },
        {
            "action": "follow_up",
            "by": "heard",
            "at": AT,
            "before": "logged",
            "after": "logged",
            "note": None,
        },
    ],
}


@pytest.mark.parametrize(
    "said",
    [
        "7KM-3QX-P9T: Complaint, stage 2, stage 2 logged",
        "under “Housing Ombudsman Complaint Handling Code”",
        "Not our responsibility: The water main",
        "Staff complained about: Bo",
        "Linked to AAA-AAA-AAA (Service request): one message",
        "Hazard: damp and mould, known to us Mon 2 Mar 2026, 09:00, investigated",
        "dismissed by Bo Mon 2 Mar 2026, 09:00: A stain",
        "Emergency: emergency, known to us",
        "Stage 1, issue 1, The tap: partly upheld. Law",
        "Stage 1 decided by Asha Mon 2 Mar 2026, 09:00. Put right by: A new tap",
        "late request: Late (no discretion)",
        "by U1 (in Slack) Mon 2 Mar 2026, 09:00: By telephone - the resident said no answer",
        "By post - no answer yet",
        "Answer at stage 1 by Mon 16 Mar 2026 - not done yet, at the latest: not acknowledged yet",
        "Why: 10 working days after 9 March - Code 6.3",
        "Emergency hazard: investigate and make safe by Mon 2 Mar 2026, 09:00",
        "Message BBB-BBB-BBB by email, Mon 2 Mar 2026, 09:00",
        "    (these words are no longer kept)",
        "MP response: cannot go by e-mail: give it another way.",
        "Confirmed by U1 (in Slack) (awaiting triage → logged)",
        "    Outcome sought: A visit",
        "Further message joined by Heard\n    (these words are no longer kept)",
    ],
)
def test_a_case_is_told_in_plain_words(said: str):
    assert said in "\n".join(case_lines(CASE))


def test_parts_without_lines_are_left_out():
    bare = CASE | {"hazards": [], "letters": [], "kind": "comment", "policy": "our-own"}
    told = "\n".join(case_lines(bare))
    assert "Hazards" not in told
    assert "Letters" not in told
    assert "7KM-3QX-P9T: Comment, stage 2 logged" in told
    assert "under “our-own”" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ended": AT, "met": True}, "done Mon 2 Mar 2026, 09:00"),
        ({"ended": AT, "met": False}, "done Mon 2 Mar 2026, 09:00 - LATE"),
        (
            {"ended": AT, "met": True, "met_target": False},
            "done Mon 2 Mar 2026, 09:00 - later than we promised",
        ),
        ({"provisional": False, "extended": True}, "not done yet, extended"),
        ({"provisional": False}, "not done yet"),
    ],
    ids=["in time", "late", "later than promised", "extended", "running"],
)
def test_how_a_clock_stands(changed: dict[str, Any], said: str):
    assert words.clock_state(CLOCK | changed) == said


def test_a_promise_sooner_than_the_code_is_told_beside_it():
    both = words.clock_due(CLOCK | {"target": "2026-03-09"})
    assert both == "Mon 9 Mar 2026 (our promise), Mon 16 Mar 2026 (the Code)"
    assert words.clock_due(CLOCK | {"target": None}) == "Mon 16 Mar 2026"


def test_a_rule_outside_the_code_is_not_called_code():
    why = words.clock_why(CLOCK | {"rule": "SI 2025/1042 reg 6", "why": ""})
    assert why == "SI 2025/1042 reg 6"


def test_days_in_our_own_lines_are_written_out_and_nothing_else():
    line = "Promised: Mend it; Repairs; 2026-04-01; ref 12026-04-011; done 2026-04-01T09:00"
    said = words.say_days(line)
    assert "; Wed 1 Apr 2026; ref 12026-04-011; done 2026-04-01T09:00" in said


def test_nothing_is_said_of_no_day():
    assert words.written(None) == ""


@pytest.mark.parametrize("name", list(ClockName))
def test_every_clock_has_words(name: ClockName):
    assert "_" not in words.clock_title(name)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_letter_has_words(kind: LetterKind):
    title = words.letter_title(kind)
    assert "_" not in title
    assert title[0].isupper()


@pytest.mark.parametrize("state", list(LetterState))
def test_every_state_of_a_letter_has_words(state: LetterState):
    assert "_" not in words.letter_state({"state": state, "sent": None})


@pytest.mark.parametrize("action", list(Action))
def test_every_event_has_words(action: Action):
    event = {"action": action, "before": Status.LOGGED, "after": Status.LOGGED}
    assert "_" not in words.event_title(event)
    assert words.event_move(event) == ""
