"""The forms of each step, and what is read of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.triage import fields
from bot.triage.forms import DRAWINGS, NOTE_WORDS, hazard_form, step_form
from bot.triage.steps import read_hazard, read_step
from bot.triage.words import ACTION_WORDS, STEP_WORDS
from classifier.labels import Band, Hazard, RedactedText
from intake.domain.case import Action, Kind, Status
from intake.domain.message import Channel
from intake.domain.response_parts import WRITTEN
from intake.domain.summary import (
    STEPS,
    CaseLine,
    ClockLine,
    HazardLine,
    MessageSummary,
    PromiseLine,
)
from intake.domain.triage import IncompleteError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOTHING = RedactedText("")
CLOCK = ClockLine(
    name="stage_1_response",
    target=None,
    code=date(2026, 3, 17),
    provisional=False,
    projected=False,
    why="",
    due_at=NOW,
    ended_at=None,
    met=None,
    met_target=None,
)
CASE = CaseLine(
    id=7,
    reference="7KM-3QX-P9T",
    kind=Kind.COMPLAINT,
    status=Status.ACKNOWLEDGED,
    clocks=(CLOCK,),
    issues=("Nobody came", "No answer"),
    outcome="A visit",
    promises=(PromiseLine(id=3, what="Mend the roof", owner="Repairs", due=date(2026, 4, 1)),),
)
HAZARD = HazardLine(id=5, category=Hazard.DAMP_MOULD, emergency=False, clocks=())
MESSAGE = MessageSummary(
    id=1,
    landlord="oak",
    version=4,
    reference="M",
    channel=Channel.EMAIL,
    public=False,
    permalink="",
    received_at=NOW,
    automatic=None,
    author=NOTHING,
    subject=NOTHING,
    text=NOTHING,
    issues=NOTHING,
    outcome=NOTHING,
    pictures=0,
    files=0,
    on_behalf=False,
    problems=(),
    labels=(),
    band=Band.MARKED,
    flags=(),
    reasons=(),
    acknowledge_by=None,
    cases=(CASE,),
    hazards=(HAZARD,),
    dismissed=(),
    letter=None,
    last=None,
)
ALL_STEPS = (*STEPS, Action.COMPLETE, Action.TAKE_BACK, Action.GIVE_LETTER)


def names(form: Mapping[str, object]) -> list[str]:
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    return [block["block_id"] for block in blocks if block["type"] == "input"]


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.COMMENT])
@pytest.mark.parametrize("step", ALL_STEPS)
def test_every_step_has_its_form_and_says_what_it_is_about(step: Action, kind: Kind):
    form = step_form(MESSAGE, replace(CASE, kind=kind), step, today=date(2026, 3, 2))
    assert form["private_metadata"] == f"1:4:c7:{step}"
    title, words = form["title"]["text"], STEP_WORDS[step].rstrip("…")
    assert len(title) <= 24
    assert title == words or words.startswith(f"{title.removesuffix('…')} ")


def test_an_answer_asks_for_a_finding_and_reasons_on_each_issue():
    form = step_form(MESSAGE, CASE, Action.RESPOND, today=date(2026, 3, 2))
    asked = names(form)
    assert asked[:4] == ["outcome_1", "reasons_1", "outcome_2", "reasons_2"]
    assert asked[4:7] == ["remedy", "promises", "decider"]
    assert asked[7:] == [*WRITTEN]  # what a response contains by what was found


def test_an_extension_says_when_the_answer_is_owed():
    form = step_form(MESSAGE, CASE, Action.EXTEND, today=date(2026, 3, 2))
    assert "Owed by Tue 17 Mar 2026" in str(form)


@pytest.mark.parametrize("category", [Hazard.DAMP_MOULD, None])
def test_a_hazard_is_seen_to_or_dismissed(category: Hazard | None):
    form = hazard_form(MESSAGE, replace(HAZARD, category=category))
    assert names(form) == ["work", "note"]


def test_every_action_and_step_has_its_words():
    assert set(ACTION_WORDS) == set(Action)
    assert set(STEP_WORDS) == set(ALL_STEPS)
    assert set(DRAWINGS) | set(NOTE_WORDS) == set(ALL_STEPS)


@pytest.mark.parametrize(
    ("step", "values", "missing"),
    [
        pytest.param(Action.EXTEND, {"reason": "ill"}, "until", id="no day"),
        pytest.param(Action.EXTEND, {"until": "soon"}, "until", id="a day that is none"),
        pytest.param(Action.ESCALATE, {}, "asked_on", id="no day of request"),
        pytest.param(Action.ANSWER_OFFER, {"answer": "perhaps"}, "answer", id="no answer"),
        pytest.param(Action.COMPLETE, {"promise": ""}, "promise", id="no promise"),
        pytest.param(Action.ACKNOWLEDGE, {"issues": " "}, "issues", id="no issue"),
        pytest.param(Action.RESPOND, {"promises": "mend it"}, "promises", id="a promise of no day"),
        pytest.param(
            Action.RESPOND, {"promises": ";Repairs;2026-04-01"}, "promises", id="of nothing"
        ),
    ],
)
def test_what_is_missing_is_asked_for(step: Action, values: dict[str, object], missing: str):
    with pytest.raises(IncompleteError) as asked:
        read_step(step, Kind.COMPLAINT, values)
    assert missing in asked.value.fields


@pytest.mark.parametrize("step", [Action.TAKE_BACK, Action.GIVE_LETTER, Action.REOPEN])
def test_some_steps_need_nothing_more(step: Action):
    assert callable(read_step(step, Kind.COMPLAINT, {"note": "why"}))


def test_what_was_done_about_a_hazard_is_asked_for():
    with pytest.raises(IncompleteError):
        read_hazard({}, 5)
    assert callable(read_hazard({"work": "made_safe"}, 5))


def test_a_promise_may_hold_semicolons():
    values = {"promises": "Mend the roof; and the wall; Repairs; 2026-04-01"}
    [promise] = fields.read_response(values).promises
    assert (promise.what, promise.owner) == ("Mend the roof; and the wall", "Repairs")
