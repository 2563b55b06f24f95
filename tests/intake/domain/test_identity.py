"""The ladder of identity, and what may be sent to whom for it (N15)."""

import pytest

from intake.domain.identity import Content, Known, Rung, may_send, rung_of


@pytest.mark.parametrize(
    ("known", "rung"),
    [
        (Known(), Rung.UNKNOWN),
        (Known(seen=True), Rung.SEEN),
        (Known(proven=True), Rung.DOMAIN),
        (Known(seen=True, proven=True), Rung.DOMAIN),
        (Known(proven=True, elsewhere=True), Rung.UNKNOWN),
        (Known(seen=True, proven=True, elsewhere=True), Rung.SEEN),
        (Known(confirmed=True), Rung.CONFIRMED),
        (Known(confirmed=True, matched=True), Rung.MATCHED),
        (Known(matched=True), Rung.MATCHED),
    ],
)
def test_a_writer_stands_on_the_highest_rung_they_reach(known: Known, rung: Rung):
    assert rung_of(known) is rung


@pytest.mark.parametrize("rung", list(Rung))
def test_what_says_nothing_of_a_case_may_go_to_anybody(rung: Rung):
    assert may_send(rung, Content.NEUTRAL, pressed=False)


@pytest.mark.parametrize("rung", list(Rung))
def test_the_content_of_a_case_goes_to_the_unproven_only_when_a_person_says_so(rung: Rung):
    assert may_send(rung, Content.CASE, pressed=True)
    unproven = rung in {Rung.UNKNOWN, Rung.SEEN}
    assert may_send(rung, Content.CASE, pressed=False) is not unproven


def test_the_rungs_rise_in_their_order():
    assert [rung.height for rung in Rung] == [0, 1, 2, 3, 4]
