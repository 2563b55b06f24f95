"""By which letter somebody is told what is no decision on a complaint."""

from dataclasses import replace

import pytest

from intake.domain.case import Action, Kind, Status
from intake.domain.correspondence import Reaction, Sender
from intake.domain.letter import LetterKind
from intake.domain.policy import load_policy
from intake.domain.reply import Reply, Told, Written, feedback_letter, reply_letter
from intake.domain.triage import IncompleteError

CODE, TOGETHER = load_policy("ombudsman-code"), load_policy("together")
PASSED, ACKNOWLEDGED = Told(step=Action.FORWARD, note="To Dave"), Reaction.ACKNOWLEDGED
COVER = Written(their_reference="HO-1", enclosed=("Both letters",), decider="Asha Bell")


def reply(reaction: Reaction = Reaction.ANSWERED, **written: object) -> Reply:
    words = Written(**({"words": "It is mended."} | written))  # type: ignore[arg-type] # a builder
    return Reply(letter_id=1, reaction=reaction, written=words)


@pytest.mark.parametrize(
    ("kind", "status", "step", "letter"),
    [
        (Kind.COMPLIMENT, Status.LOGGED, Action.ACKNOWLEDGE, LetterKind.COMPLIMENT_THANKS),
        (Kind.COMPLIMENT, Status.LOGGED, Action.FORWARD, LetterKind.COMPLIMENT_THANKS),
        (Kind.COMMENT, Status.LOGGED, Action.FORWARD, LetterKind.COMMENT_NOTED),
        (Kind.COMMENT, Status.PASSED_ON, Action.ACKNOWLEDGE, LetterKind.COMMENT_NOTED),
        (Kind.COMMENT, Status.PASSED_ON, Action.TELL, LetterKind.COMMENT_CHANGED),
    ],
)
def test_each_step_of_feedback_has_its_letter(
    kind: Kind, status: Status, step: Action, letter: LetterKind
):
    assert feedback_letter(kind, status, replace(PASSED, step=step), CODE) is letter


def test_a_letter_does_not_say_that_a_department_was_told_before_it_was():
    with pytest.raises(IncompleteError) as asked:
        feedback_letter(Kind.COMMENT, Status.LOGGED, replace(PASSED, step=Action.ACKNOWLEDGE), CODE)
    assert "way" in asked.value.fields


def test_a_policy_without_further_contact_is_kept():
    told = replace(PASSED, step=Action.TELL)
    with pytest.raises(IncompleteError) as asked:
        feedback_letter(Kind.COMMENT, Status.PASSED_ON, told, TOGETHER)
    assert "The policy does not write again" in asked.value.fields["way"]


def test_it_is_said_to_whom_it_was_passed():
    with pytest.raises(IncompleteError):
        feedback_letter(Kind.COMPLIMENT, Status.LOGGED, replace(PASSED, note=" "), CODE)


@pytest.mark.parametrize(
    ("sender", "answer", "letter"),
    [
        (Sender.MP, reply(ACKNOWLEDGED, words=""), LetterKind.MP_ACKNOWLEDGEMENT),
        (Sender.COUNCILLOR, reply(), LetterKind.MP_RESPONSE),
        (Sender.OMBUDSMAN, replace(reply(), written=COVER), LetterKind.OMBUDSMAN_COVER),
    ],
)
def test_each_sender_is_answered_by_their_letter(sender: Sender, answer: Reply, letter: LetterKind):
    assert reply_letter(sender, answer) is letter


@pytest.mark.parametrize(
    ("sender", "answer", "missing"),
    [
        (Sender.MP, reply(words=" "), {"note"}),
        (Sender.OMBUDSMAN, reply(), {"their_reference", "enclosed", "decider"}),
        (Sender.OMBUDSMAN, reply(ACKNOWLEDGED), {"way"}),
        (Sender.SOLICITOR, reply(), {"way"}),
    ],
)
def test_what_a_letter_lacks_is_asked_for(sender: Sender, answer: Reply, missing: set[str]):
    with pytest.raises(IncompleteError) as asked:
        reply_letter(sender, answer)
    assert asked.value.fields.keys() == missing
