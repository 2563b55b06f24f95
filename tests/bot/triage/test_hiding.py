"""What a card says of what is hidden, and the forms by which a reviewer changes it."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.triage.hiding import (
    AGAIN,
    CHECKED,
    HIDE,
    REVEAL,
    draw_hiding,
    hiding_form,
    place_value,
)
from bot.triage.hiding_steps import read_hiding
from intake.cases import CaseNotFoundError
from intake.domain.hiding import HiddenPlace, HidingLine, Part
from intake.domain.summary import MessageSummary
from intake.domain.triage import IncompleteError
from tests.bot.triage.test_views import a_message

NAME = HiddenPlace(part=Part.TEXT, placeholder="[NAME 1]")
PHONE = HiddenPlace(part=Part.SUBJECT, placeholder="[PHONE 1]")
HIDDEN = HidingLine(hidden=(NAME, PHONE), known=True)


def with_hiding(now: datetime, hiding: HidingLine) -> MessageSummary:
    return a_message(now, hiding=hiding)


def drawn(now: datetime, hiding: HidingLine) -> str:
    return str([*draw_hiding(with_hiding(now, hiding))])


def test_a_card_says_how_much_is_hidden_and_offers_a_review(now: datetime):
    said = drawn(now, HIDDEN)
    assert "2 places hidden" in said
    assert ":m0:hide" in said
    assert ":m0:reveal" in said
    assert ":m0:hide_again" not in said
    assert "doubtful" not in said


def test_what_a_reviewer_showed_is_said(now: datetime):
    said = drawn(now, HidingLine(hidden=(NAME,), revealed=(PHONE,), known=True))
    assert "1 place hidden, 1 place shown by a reviewer" in said
    assert ":m0:hide_again" in said


def test_doubtful_places_are_named_before_a_post_goes_further(now: datetime):
    many = tuple(HiddenPlace(part=Part.TEXT, placeholder=f"[NAME {n}]") for n in range(1, 13))
    said = drawn(now, HidingLine(hidden=many, doubtful=many, known=True))
    assert "12 doubtful places: look before you forward" in said
    assert "[NAME 10] in the text and 2 more" in said
    one = drawn(now, HidingLine(hidden=(NAME,), doubtful=(NAME,), known=True))
    assert "1 doubtful place: look before you forward.* [NAME 1] in the text" in one
    assert ":m0:checked" in one


def test_of_what_was_withheld_nothing_is_said(now: datetime):
    assert drawn(now, HidingLine()) == "[]"
    assert hiding_form(with_hiding(now, HidingLine()), HIDE) is None


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        (HIDE, ["words", "kind", "reason"]),
        (REVEAL, ["place", "scope", "reason"]),
        (AGAIN, ["place", "reason"]),
        (CHECKED, []),
    ],
)
def test_each_form_asks_what_its_review_needs(now: datetime, step: str, fields: list[str]):
    every = replace(HIDDEN, revealed=(NAME,), doubtful=(NAME,))
    form = hiding_form(with_hiding(now, every), step)
    assert form is not None
    assert [b["block_id"] for b in form["blocks"] if b["type"] == "input"] == fields
    assert form["private_metadata"].endswith(f":m0:{step}")


def test_how_far_something_is_shown_is_never_chosen_beforehand(now: datetime):
    form = hiding_form(with_hiding(now, HIDDEN), REVEAL)
    assert form is not None
    [scope] = [block for block in form["blocks"] if block.get("block_id") == "scope"]
    assert "initial_option" not in scope["element"]
    assert [option["value"] for option in scope["element"]["options"]] == ["here", "everywhere"]


@pytest.mark.parametrize(
    ("step", "values", "missing"),
    [
        pytest.param(HIDE, {"kind": "NAME", "reason": "so"}, "words", id="no words"),
        pytest.param(HIDE, {"words": "Dean", "reason": "so"}, "kind", id="no kind"),
        pytest.param(REVEAL, {"place": place_value(NAME), "reason": "so"}, "scope", id="how far"),
        pytest.param(REVEAL, {"scope": "here", "reason": "so"}, "place", id="nothing to show"),
        pytest.param(AGAIN, {"place": "else:[NAME 1]"}, "place", id="no part of a message"),
    ],
)
def test_what_is_missing_is_asked_for(step: str, values: dict[str, object], missing: str):
    with pytest.raises(IncompleteError) as asked:
        read_hiding(step, values)
    assert set(asked.value.fields) == {missing}


def test_what_is_no_review_does_nothing():
    with pytest.raises(CaseNotFoundError):
        read_hiding("wipe", {})
