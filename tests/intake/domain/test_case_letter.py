"""Each letter about one complaint has what the Code asks for, or is not written."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake.domain.case import Kind
from intake.domain.case_letter import (
    GROUNDS,
    OUTCOMES,
    Decided,
    Found,
    MissingPartError,
    write_case_letter,
)
from intake.domain.letter import LetterKind, Matter
from intake.domain.life import Ground, Outcome, Promise
from intake.domain.policy import load_policy
from intake.domain.response_parts import Part
from tests.builders import landlord

OF_COMPLAINTS = [
    LetterKind.EXTENSION,
    LetterKind.EXTENSION_NOT_AGREED,
    LetterKind.RESPONSE,
    LetterKind.FINAL_RESPONSE,
    LetterKind.STAGE_2_ACKNOWLEDGEMENT,
    LetterKind.REFUSAL,
]

MATTER = Matter(
    kind=Kind.COMPLAINT,
    reference="7KM-3QX-P9T",
    received_at=datetime(2026, 12, 22, 23, 30, tzinfo=UTC),
    issues=("No heating",),
    outcome="A new boiler",
    answer_by=date(2027, 1, 12),
)
DECIDED = Decided(
    stage=1,
    requested_on=date(2027, 1, 4),
    until=date(2027, 1, 26),
    original=date(2027, 1, 12),
    reason="The part is late.",
    found=[Found(issue="No heating", outcome=Outcome.UPHELD, reasons="Three weeks is too long.")],
    remedy="We apologise.",
    promises=[Promise(what="Fit the boiler", owner="Repairs", due=date(2027, 1, 20))],
    decider="Asha Bell",
    ground=Ground.LEGAL_PROCEEDINGS,
)


def letter(kind: LetterKind, **changed: object) -> str:
    decided = replace(DECIDED, **changed)  # type: ignore[arg-type] # a builder, checked at run time
    return write_case_letter(kind, MATTER, decided, landlord(), on=date(2027, 1, 4)).text


@pytest.mark.parametrize("kind", OF_COMPLAINTS)
def test_every_letter_says_how_to_reach_the_ombudsman_today(kind: LetterKind):
    text = letter(kind)
    assert "0300 111 3000" in text
    assert "info@housing-ombudsman.org.uk" not in text  # no new cases by e-mail since 2026


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (LetterKind.EXTENSION, ["12 January 2027", "26 January 2027", "The part is late."]),
        (
            LetterKind.RESPONSE,
            [
                "at stage 1",
                "1. No heating",
                "A new boiler",
                "you were right",
                "Three weeks is too long.",
                "We apologise.",
                "Fit the boiler: Repairs, by Wednesday 20 January 2027",
                "go to stage 2",
                "You need not say why",
                "Asha Bell",
            ],
        ),
        (LetterKind.FINAL_RESPONSE, ["our final word", "take your complaint to the Housing"]),
        (LetterKind.STAGE_2_ACKNOWLEDGEMENT, ["4 January 2027", "No heating", "12 January 2027"]),
        (LetterKind.REFUSAL, ["filed at court", "The part is late.", "take this decision itself"]),
    ],
)
def test_a_letter_has_its_parts(kind: LetterKind, parts: list[str]):
    text = letter(kind)
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("kind", "missing", "provision"),
    [
        (LetterKind.EXTENSION, {"until": None}, "6.4"),
        (LetterKind.EXTENSION, {"original": None}, "6.4"),
        (LetterKind.EXTENSION, {"reason": ""}, "6.4"),
        (LetterKind.RESPONSE, {"found": ()}, "6.7"),
        (LetterKind.RESPONSE, {"decider": ""}, "5.8"),
        (LetterKind.FINAL_RESPONSE, {"remedy": ""}, "7.1"),
        (LetterKind.STAGE_2_ACKNOWLEDGEMENT, {"requested_on": None}, "6.11"),
        (LetterKind.REFUSAL, {"ground": None}, "2.2"),
        (LetterKind.REFUSAL, {"reason": ""}, "2.4"),
        (LetterKind.REFUSAL, {"decider": ""}, "2.1"),
    ],
)
def test_a_letter_that_lacks_a_part_is_not_written(
    kind: LetterKind, missing: dict[str, object], provision: str
):
    with pytest.raises(MissingPartError, match=provision):
        letter(kind, **missing)


def test_stage_2_is_not_acknowledged_without_a_day_for_the_answer():
    matter = replace(MATTER, answer_by=None)
    kind = LetterKind.STAGE_2_ACKNOWLEDGEMENT
    with pytest.raises(MissingPartError, match=r"6\.14"):
        write_case_letter(kind, matter, DECIDED, landlord(), on=date(2027, 1, 4))


def test_where_nothing_is_upheld_nothing_is_promised_or_regretted():
    found = [Found(issue="No heating", outcome=Outcome.NOT_UPHELD, reasons="It worked.")]
    text = letter(LetterKind.RESPONSE, found=found, remedy="", promises=())
    assert "We found nothing to put right." in text
    assert "There is nothing that we still have to do." in text
    assert "sorry" not in text


def test_an_escalation_that_is_refused_is_called_so():
    assert "take your complaint to stage 2" in letter(LetterKind.REFUSAL, stage=2)


def test_every_finding_and_ground_has_its_words():
    assert (set(OUTCOMES), set(GROUNDS)) == (set(Outcome), set(Ground))


def test_a_response_says_its_parts_in_the_words_of_staff():
    parts = {
        Part.APOLOGY: "We are very sorry about the cold.",
        Part.ACTION: "An engineer comes.",
        Part.REDRESS: "We looked at money.",
        Part.IMPROVEMENT: "We now keep parts in store.",
        Part.LESSONS: "We looked at our call log.",
    }
    text = letter(LetterKind.RESPONSE, parts=parts)
    assert [words for words in parts.values() if words not in text] == []
    assert "We are sorry for what went wrong" not in text


def test_regret_takes_the_place_of_an_apology_where_nothing_is_upheld():
    found = [Found(issue="No heating", outcome=Outcome.NOT_UPHELD, reasons="It worked.")]
    parts = {Part.REGRET: "We regret the trouble that you had."}
    text = letter(LetterKind.RESPONSE, found=found, remedy="", promises=(), parts=parts)
    assert "We regret the trouble" in text


def test_what_is_upheld_has_a_remedy():
    with pytest.raises(MissingPartError, match=r"7\.1"):
        letter(LetterKind.RESPONSE, remedy="")


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("housing-plus", "write to you again if something changes"),
        ("together", "do not write again about each one"),
        ("progress", "We have told the departments concerned."),
    ],
)
def test_the_writer_of_a_comment_hears_what_the_policy_promises(policy: str, told: str):
    matter = replace(MATTER, kind=Kind.COMMENT)
    whose = landlord(policy=load_policy(policy))
    kind = LetterKind.COMMENT_NOTED
    text = write_case_letter(kind, matter, DECIDED, whose, on=date(2027, 1, 4)).text
    assert told in text
    assert ("If you are unhappy" in text) is True


def test_thanks_go_to_whom_the_policy_names():
    matter = replace(MATTER, kind=Kind.COMPLIMENT)
    whose = landlord(policy=load_policy("housing-plus"))
    kind = LetterKind.COMPLIMENT_THANKS
    text = write_case_letter(kind, matter, DECIDED, whose, on=date(2027, 1, 4)).text
    assert "We will pass your thanks on to the team manager." in text
