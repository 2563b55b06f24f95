"""What staff may fill in on any form: mostly what makes sense, now and then what does not."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from bot.triage import outcome_forms, people_forms
from intake.domain.adjustments import Need
from intake.domain.case import Action
from intake.domain.compensation import Redress, Reply
from intake.domain.correspondence import Bearing, Body, BreachStep, Reaction, Sender
from intake.domain.exclusion import Weighed
from intake.domain.identity import Writer
from intake.domain.learning import Theme
from intake.domain.life import Answer, Ground, Outcome
from intake.domain.new_issue import Joining
from intake.domain.people import Authority, Capacity, MemberStep, Relation, Replies
from intake.domain.restriction import Limit
from intake.domain.summary import CaseLine
from intake.domain.support import Help

CHOICES: Mapping[str, Sequence[StrEnum | str]] = {
    "ground": [*Ground],
    "answer": [*Answer],
    "capacity": [*Capacity],
    "authority": [*Authority],
    "wish": ["", *Replies],
    "relation": [*Relation],
    "sender": [*Sender],
    "bearing": [*Bearing],
    "body": [*Body],
    "need": [*Need],
    "breach": [*people_forms.Possible],
    "joining": [*Joining],
    "redress": [*Redress],
    "reply": [*Reply],
    "weighed": [*Weighed],
    "theme": [*Theme],
    "help": [*Help],
    "writer": [*Writer],
    "limit": [*Limit],
    "way": ["letter", "other"],
    "amount": ["80", "320.50", "1,250", "nought"],
    "arrears": ["0", "", "80"],
    "role": ["Service Manager", "Head of Department", ""],
    "decider": ["Asha Bell", "Bill Cole", "Cy Dent"],
    "address": ["", "", "sally@example.org", "no address"],
    "complained_about": ["", "", "Dave", "Asha Bell"],
    "good_reason": ["", "", "The surveyor is ill"],
    "overlapping": ["1", "2", "1 2", "7"],
    "concerns": ["", "", "abc-def-ghj"],
    "lead": ["Ann", "Ann", "Bo", ""],
    "exclusion": ["complaint:over_the_window", "money:1", "none"],
}
#: Where two forms ask differently under one name.
OWN: Mapping[Action, Mapping[str, Sequence[StrEnum]]] = {
    Action.NOTE_LETTER: {"came": [*people_forms.Came]},
    Action.REVIEW_RESTRICTION: {"came": [*outcome_forms.Came]},
    Action.NOTE_MEMBER: {"what": [*MemberStep]},
    Action.ANSWER_LETTER: {"what": [*Reaction]},
    Action.SEE_TO_BREACH: {"what": [*BreachStep]},
    Action.EXTEND: {"agreed": [*Answer]},
}
#: Around which day each date lies, in days from today, at the least and at the most.
DAYS: Mapping[str, tuple[int, int]] = {
    "until": (-1, 30),
    "asked_on": (-1, 0),
    "aware_on": (-900, 0),
    "received_on": (-30, 1),
    "asked_by": (-1, 20),
    "filed_on": (-30, 1),
    "review_on": (-1, 200),
    "raised_on": (-15, 1),
    "pay_by": (1, 40),
    "replied_on": (-5, 1),
    "paid_on": (-5, 1),
    "due": (1, 90),
}
#: What is said in words, whatever it is.
WORDS = (
    *("note", "reason", "reasons", "evidence", "remedy", "matter", "purpose", "details", "tried"),
    *("adjustments", "consent", "impact", "proof", "issue", "change", "owner", "claim", "name"),
    *("outcome", "agreed", "words", "passed_to", "their_reference", "enclosed"),
)
#: How often a field is left out.
RARELY = 0.01


def fill(step: Action, case: CaseLine, *, chance: random.Random, today: date) -> dict[str, str]:
    """Return what is filled in on the form of a step."""
    values = dict.fromkeys(WORDS, "It is so")
    choices = {**CHOICES, **OWN.get(step, {})}
    values |= {name: str(chance.choice(options)) for name, options in choices.items()}
    values |= {name: _day(today, chance.randint(*span)) for name, span in DAYS.items()}
    values |= _numbers(case, chance)
    values["issues"] = chance.choice(["Nobody came", "Nobody came\nIt is cold", ""])
    values["members"] = "Ann\nBo; bo@example.org\nCy"
    values["promises"] = chance.choice(["", f"Mend it; Repairs; {_day(today, 20)}"])
    for number in range(1, len(case.issues) + 1):
        values[f"outcome_{number}"] = chance.choice([*Outcome])
        values[f"reasons_{number}"] = "Our policy says so"
    return {name: value for name, value in values.items() if chance.random() > RARELY}


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _numbers(case: CaseLine, chance: random.Random) -> dict[str, str]:
    """Choose among what is on record, as a form's list does."""
    around, outcomes = case.around, case.outcomes
    lists = {
        "promise": [line.id for line in case.promises],
        "member": [line.id for line in around.members],
        "letter": [line.id for line in around.letters],
        "adjustment": [line.id for line in around.adjustments],
        "money": [line.id for line in outcomes.money],
        "support": [line.id for line in outcomes.support],
        "restriction": [line.id for line in outcomes.restrictions],
    }
    return {name: str(chance.choice(ids or [9])) for name, ids in lists.items()}
