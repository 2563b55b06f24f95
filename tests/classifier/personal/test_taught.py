"""What reviewers said becomes templates, and nobody's words are in them that were hidden."""

import pytest

from classifier.personal.taught import WEIGHT, Taught, make_templates, weighed

TEXT = "It is damp. My lodger [NAME 1] of [ADDRESS 2] rang [PHONE 1]! The Hope is shut all day"


def taught(words: str, *, personal: bool = True, kind: str = "NAME", text: str = TEXT) -> Taught:
    start = text.index(words)
    return Taught(text=text, start=start, end=start + len(words), kind=kind, personal=personal)


def test_a_name_that_was_hidden_by_hand_teaches_where_names_stand():
    said = make_templates([taught("[NAME 1]"), taught("[NAME 1]")])
    assert said == {
        "with names": ["My lodger {N} of {ADDR} rang {CODE}!"],
        "without names": [],
    }


def test_words_that_are_no_name_teach_that_they_are_none():
    said = make_templates([taught("Hope", personal=False)])
    assert said == {"with names": [], "without names": ["The Hope is shut all day"]}


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(taught("[PHONE 1]", kind="PHONE"), id="no name"),
        pytest.param(taught("[NAME 1]", text="[NAME 1]. It is damp."), id="hardly a sentence"),
        pytest.param(taught("[NAME 1]", text="It is {ADDR} of [NAME 1]"), id="a slot of its own"),
    ],
)
def test_what_teaches_the_tagger_nothing_is_left_out(one: Taught):
    assert make_templates([one]) == {"with names": [], "without names": []}


@pytest.mark.parametrize(
    ("taught", "count"),
    [
        pytest.param(["a"], WEIGHT, id="one counts as many of ours"),
        pytest.param(["a", "b"] * 10, 40, id="many count as a fifth of ours at most"),
        pytest.param(["a"] * 500, 500, id="each counts once at least"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_what_was_taught_counts_beside_what_we_ship(taught: list[str], count: int):
    assert len(weighed({"with names": taught}, {"with names": ["c"] * 200})["with names"]) == count
