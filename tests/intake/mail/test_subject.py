import pytest
from hypothesis import given, strategies as st

from intake.mail.subject import is_passed_on, strip_subject


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Damp", "Damp"),
        ("", ""),
        ("Re: Damp", "Damp"),
        ("RE: FW: Fwd: Damp", "Damp"),
        ("re:re:Damp", "Damp"),
        ("AW: WG: Damp", "Damp"),
        ("SV: Antw: Odp: Pd: Damp", "Damp"),
        ("Re[2]: Damp", "Damp"),
        ("Re (3): Damp", "Damp"),
        ("Re^2: Damp", "Damp"),
        ("RE : Damp", "Damp"),
        ("[Fwd: Damp]", "Damp"),
        ("[Re: [Fwd: Damp]]", "Damp"),
        ("[Fwd: Damp", "Damp"),
        ("Damp (fwd)", "Damp"),
        ("Re: Damp (fwd) (fwd)", "Damp"),
        ("(fwd) Damp", "Damp"),
        ("回复：Damp", "Damp"),  # noqa: RUF001 - as the Chinese write it
        ("Atb: Damp", "Damp"),
        ("I: Damp", "Damp"),
        ("Re:", ""),
        ("i: have damp", "i: have damp"),
        ("Ref: 123", "Ref: 123"),
        ("Reminder: Damp", "Reminder: Damp"),
        ("Regarding: Damp", "Regarding: Damp"),
        ("Damp: re my flat", "Damp: re my flat"),
        ("Re: [Case 7KM] Damp", "[Case 7KM] Damp"),
        ("Damp (hall)", "Damp (hall)"),
        ("Re: Damp (hall)", "Damp (hall)"),
    ],
)
def test_a_subject_is_told_from_the_marks_around_it(line: str, subject: str):
    assert strip_subject(line) == subject


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Re:" * 100_000, id="marks"),
        pytest.param("[Re: " * 50_000 + "]" * 50_000, id="brackets"),
        pytest.param("x" + "(fwd)" * 50_000, id="ends"),
        pytest.param(" " * 500_000 + "x", id="blanks"),
    ],
)
def test_a_subject_made_to_break_us_is_read(line: str):
    assert len(strip_subject(line)) <= len(line)


@pytest.mark.parametrize(
    ("line", "passed_on"),
    [
        ("FW: Damp", True), ("[Fwd: Damp]", True), ("WG: Damp", True), ("Damp (fwd)", True),
        ("Fwd: Re: Damp", True), ("Re: Fwd: Damp", False), ("Damp", False), ("Forward it", False),
    ],
)  # fmt: skip
def test_the_newest_mark_says_whether_a_mail_is_passed_on(line: str, passed_on: bool):  # noqa: FBT001 - pytest passes it so
    assert is_passed_on(line) is passed_on


@given(st.text())
def test_what_is_stripped_stays_stripped_of_its_marks_in_front(line: str):
    once = strip_subject(line)
    assert once == once.strip()
    assert once in line
