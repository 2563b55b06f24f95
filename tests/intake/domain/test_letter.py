from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from intake.domain.case import Kind
from intake.domain.case_letter import MissingPartError, write_letter
from intake.domain.clocks import compute_clocks
from intake.domain.landlord import moments_of
from intake.domain.letter import (
    NEEDS_A_PERSON,
    LetterKind,
    LetterState,
    LetterText,
    Matter,
    Section,
    split_letter,
    spoken,
)
from intake.domain.moments import ClockName
from intake.domain.policy import load_policy
from intake.domain.working_days import Nation
from tests.builders import landlord

RECEIVED = datetime(2026, 12, 22, 23, 30, tzinfo=UTC)
COMPLAINT = Matter(
    kind=Kind.COMPLAINT,
    reference="7KM-3QX-P9T",
    received_at=RECEIVED,
    issues=("No heating since the first", "Nobody rings back"),
    outcome="A new boiler, and an apology",
    answer_by=date(2027, 1, 12),
)
OTHERS = [
    Matter(kind=Kind.SERVICE_REQUEST, reference="222-222-22W", received_at=RECEIVED),
    Matter(kind=Kind.COMPLIMENT, reference="333-333-33W", received_at=RECEIVED),
    Matter(kind=Kind.COMMENT, reference="444-444-44W", received_at=RECEIVED),
    Matter(kind=Kind.ENQUIRY, reference="555-555-55W", received_at=RECEIVED),
]


def acknowledgement(
    *matters: Matter, on: date = date(2026, 12, 24), **changed: object
) -> LetterText:
    given = matters or (COMPLAINT,)
    whose = landlord(**changed)
    return write_letter(LetterKind.ACKNOWLEDGEMENT, given, whose, "M", on=on)


def test_an_acknowledgement_sets_out_the_complaint():
    text = acknowledgement().text
    assert "1. No heating since the first\n2. Nobody rings back\n" in text
    assert "WHAT YOU WOULD LIKE US TO DO\nA new boiler, and an apology\n" in text
    assert "We are responsible for looking into each of the points above." in text
    assert "Your reference is 7KM-3QX-P9T" in text
    assert "logged it as a complaint at stage 1" in text
    assert text.endswith("\n\nOak Homes\n")


def test_an_acknowledgement_says_what_is_not_ours():
    text = acknowledgement(replace(COMPLAINT, not_responsible="The road is the council's.")).text
    assert "is not ours to put right:\nThe road is the council's." in text
    assert "each of the points above" not in text


def answer_by(acknowledged: datetime, nation: Nation = Nation.ENGLAND) -> date | datetime | None:
    """The day that a letter sent at a moment would name."""
    moments = moments_of(Kind.COMPLAINT, acknowledged, acknowledged)
    clocks = compute_clocks(landlord().policy, moments, nation=nation)
    [clock] = [c for c in clocks if c.clock is ClockName.STAGE_1_RESPONSE]
    return clock.code


@pytest.mark.parametrize(
    ("sent", "by"),
    [
        # 25, 28 December and 1 January are bank holidays; counted on a paper calendar.
        pytest.param("2026-12-22T10:00:00+00:00", "Friday 8 January 2027", id="before Christmas"),
        pytest.param("2026-12-24T16:00:00+00:00", "Tuesday 12 January 2027", id="Christmas Eve"),
        pytest.param("2026-12-25T10:00:00+00:00", "Tuesday 12 January 2027", id="Christmas Day"),
        pytest.param(
            "2026-12-29T10:00:00+00:00", "Wednesday 13 January 2027", id="after Christmas"
        ),
        pytest.param("2026-12-31T23:59:00+00:00", "Friday 15 January 2027", id="New Year's Eve"),
    ],
)
def test_an_acknowledgement_over_christmas_names_the_right_day(sent: str, by: str):
    due = answer_by(datetime.fromisoformat(sent))
    text = acknowledgement(replace(COMPLAINT, answer_by=due)).text
    assert f"write to you with our decision by {by}." in text


def test_an_acknowledgement_names_the_other_matters_and_their_references():
    text = acknowledgement(*OTHERS, COMPLAINT).text
    for line in (
        "- The work you asked us for: 222-222-22W",
        "- Your thanks, which we pass on: 333-333-33W",
        "- Your suggestion: 444-444-44W",
        "- Your question: 555-555-55W",
    ):
        assert line in text
    assert "does not wait for the answer to your complaint" in text


def test_an_acknowledgement_of_one_matter_speaks_of_no_other():
    assert "ALSO IN YOUR MESSAGE" not in acknowledgement().text


def test_a_letter_is_about_the_complaint_in_whatever_order_its_matters_come():
    letters = {acknowledgement(*order).subject for order in permutations([COMPLAINT, *OTHERS[:2]])}
    assert letters == {"Your complaint 7KM-3QX-P9T: what happens next"}


def test_a_subject_has_no_words_of_the_resident():
    nosy = replace(
        COMPLAINT,
        issues=("SECRET\nBcc: evil@example.org",),
        outcome="SECRET\r\nSubject: free money",
        not_responsible="SECRET",
    )
    subject = acknowledgement(nosy).subject
    assert "SECRET" not in subject
    assert "\n" not in subject


@pytest.mark.parametrize(
    ("on", "by_email"),
    [
        pytest.param(date(2026, 1, 12), True, id="the last day of new cases by e-mail"),
        pytest.param(date(2026, 1, 13), False, id="the day after"),
        pytest.param(date(2026, 12, 24), False, id="now"),
    ],
)
def test_the_ombudsman_is_reached_as_it_is_on_that_day(on: date, *, by_email: bool):
    text = acknowledgement(on=on).text
    assert "ask the Housing Ombudsman Service for advice at any time" in text
    assert "Telephone: 0300 111 3000\nOnline: www.housing-ombudsman.org.uk\n" in text
    assert "Post: PO Box 1484, Unit D, Preston PR2 0ET" in text
    assert ("E-mail: info@housing-ombudsman.org.uk" in text) is by_email


@pytest.mark.parametrize(
    ("policy", "phone", "others"),
    [
        ("wales-psow", "0300 790 0203", ["0300 111 3000", "0800 377 7330"]),
        ("scotland-spso", "0800 377 7330", ["0300 111 3000", "0300 790 0203"]),
        ("ni-nipso", "0800 34 34 24", ["0300 111 3000", "0300 790 0203"]),
    ],
)
def test_each_nation_has_its_own_ombudsman(policy: str, phone: str, others: list[str]):
    text = acknowledgement(policy=load_policy(policy)).text
    assert f"Telephone: {phone}" in text
    assert not [other for other in others if other in text]


def test_no_letter_leaves_without_a_day_to_answer_by():
    with pytest.raises(MissingPartError, match=r"6\.3"):
        acknowledgement(replace(COMPLAINT, answer_by=None))


def test_no_letter_leaves_without_an_ombudsman():
    nobody = load_policy("ombudsman-code").model_copy(update={"contacts": ()})
    with pytest.raises(MissingPartError, match="housing-ombudsman on 2026-12-24"):
        acknowledgement(policy=nobody)


def test_a_receipt_promises_nothing_but_that_somebody_reads_it():
    letter = write_letter(LetterKind.RECEIPT, [], landlord(), "7KM-3QX-P9T", on=date(2026, 12, 24))
    assert letter.subject == "We have your message 7KM-3QX-P9T"
    assert "Its reference is 7KM-3QX-P9T." in letter.text
    assert "0800 111 999" in letter.text
    assert "complaint" not in letter.text.casefold()
    assert "stage" not in letter.text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2027, 1, 5), "Tuesday 5 January 2027", id="a day"),
        pytest.param(RECEIVED, "Tuesday 22 December 2026", id="late in winter"),
        pytest.param(
            datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thursday 2 July 2026", id="late in summer"
        ),
    ],
)
def test_a_day_is_said_by_the_calendar_of_london(day: date | datetime, words: str):
    assert spoken(day) == words


def test_what_a_letter_says_stays_out_of_logs():
    assert "heating" not in repr(COMPLAINT)
    assert "heating" not in repr(acknowledgement())


def test_a_letter_that_did_not_go_wants_a_person():
    assert {"failed", "unknown", "by_hand"} == NEEDS_A_PERSON
    assert set(LetterState) > NEEDS_A_PERSON


def test_large_print_has_the_same_words_in_short_lines():
    letter = acknowledgement()
    large = letter.in_large_print()
    assert (letter.large_print, large.large_print) == (False, True)
    assert large.text.split() == letter.text.split()
    assert max(map(len, large.text.splitlines())) <= 42
    assert "|" not in large.text
    assert large.subject == letter.subject


def test_an_address_too_long_for_a_line_of_large_print_stays_whole():
    address = "www." + "x" * 50 + ".example/how-to-complain"
    letter = LetterText(subject="", text=f"See {address}\n").in_large_print()
    assert address in letter.text


def test_a_letter_falls_into_its_parts():
    text = "Hello,\n\nWHAT WE FOUND, AND WHY\n1. One\n\nWhat happens next\nWe write.\n\nOak Homes\n"
    assert split_letter(text) == [
        Section(heading="", body="Hello,"),
        Section(heading="WHAT WE FOUND, AND WHY", body="1. One"),
        Section(heading="What happens next", body="We write.\n\nOak Homes"),
    ]
