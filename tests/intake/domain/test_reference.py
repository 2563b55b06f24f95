from random import Random

import pytest
from hypothesis import given, strategies as st

from intake.domain.reference import (
    ALPHABET,
    LENGTH,
    MalformedReferenceError,
    make_reference,
    parse_reference,
)

references = st.integers(min_value=0).map(lambda seed: make_reference(Random(seed).choice))  # noqa: S311 - a repeatable choice, no secret


@given(references)
def test_every_single_wrong_character_is_found(reference: str):
    for place, right in enumerate(reference):
        if right == "-":
            continue
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(MalformedReferenceError):
                parse_reference(reference[:place] + wrong + reference[place + 1 :])


@given(references)
def test_every_swap_of_neighbours_is_found(reference: str):
    plain = reference.replace("-", "")
    for place in range(LENGTH):
        one, two = plain[place], plain[place + 1]
        if one == two:
            continue
        with pytest.raises(MalformedReferenceError):
            parse_reference(plain[:place] + two + one + plain[place + 2 :])


@given(references, st.data())
def test_a_reference_is_known_whatever_its_spacing_and_case(reference: str, data: st.DataObject):
    gaps = st.text(" -\t\n.–", max_size=3)  # noqa: RUF001 - people do type that dash
    typed = "".join(
        data.draw(gaps) + (c.lower() if data.draw(st.booleans()) else c)
        for c in reference.replace("-", "")
    )
    assert parse_reference(typed) == reference


@given(references)
def test_a_five_that_was_read_as_an_s_is_meant(reference: str):
    assert parse_reference(reference.replace("5", "s")) == reference


@given(references)
def test_a_reference_is_three_groups_of_three_without_misread_letters(reference: str):
    assert [len(group) for group in reference.split("-")] == [3, 3, 3]
    assert not set("ILOSU01") & set(reference)


@given(st.text())
def test_what_is_typed_is_a_reference_of_ours_or_refused(typed: str):
    try:
        reference = parse_reference(typed)
    except MalformedReferenceError:
        return
    assert parse_reference(reference) == reference


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="empty"),
        pytest.param("7KM-3QX-P9", id="too short"),
        pytest.param("7KM-3QX-P9TT", id="too long"),
        pytest.param("7KM-3QX-P9O", id="a letter that we never use"),
        pytest.param("７KM-3QX-P9T", id="a digit of another script"),  # noqa: RUF001 - it is the point
        pytest.param("A" * 1_000_000, id="a million letters"),
    ],
)
def test_what_cannot_be_a_reference_is_refused(typed: str):
    with pytest.raises(MalformedReferenceError) as refused:
        parse_reference(typed)
    assert len(str(refused.value)) < 120


def test_one_wrong_character_is_told_from_something_else():
    with pytest.raises(MalformedReferenceError, match="a character is wrong"):
        parse_reference("222-222-223")
    assert parse_reference("222-222-22" + _check("22222222"))


def _check(body: str) -> str:
    """The ninth character, by the sum that the module promises: weights 2 to 9, modulo 29."""
    return next(
        c
        for c in ALPHABET
        if (sum((n + 2) * ALPHABET.index(b) for n, b in enumerate(body)) + ALPHABET.index(c)) % 29
        == 0
    )
