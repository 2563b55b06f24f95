"""What a message of a case hides is hidden in the one that staff attach to it; and the reverse."""

from datetime import datetime

import pytest

from classifier.labels import Label
from classifier.personal.redact import redact
from intake.domain.case import Kind
from intake.domain.hiding import Data, HiddenPlace, Part, Scope
from intake.press import CasePress
from intake.review import Hiding, Revealing, attach_hiding, hide_words, reveal
from intake.store.database import Database
from intake.store.hiding import load_span_corrections
from tests.builders import assessed, assessment, message
from tests.intake.living import Living, logged
from tests.intake.test_purge import OAK
from tests.intake.test_review import assess_with

NAMED = "There is damp. Nobody has come, not even Dean Smith or Ada Brogan."
LATER = "Dean Smith is back, says Ada Brogan. dean smith lied."
DEAN = HiddenPlace(part=Part.TEXT, placeholder="[NAME 1]")


@pytest.fixture
def known(db: Database, now: datetime) -> Living:
    """A logged complaint whose message names somebody, hidden by hand."""
    living = logged(
        db,
        now,
        Kind.COMPLAINT,
        found=assessment(Label.COMPLAINT),
        words=message(NAMED, own_id="known@example.org"),
    )
    hide(living, "Dean Smith")
    return living


@pytest.fixture
def later(known: Living, now: datetime) -> Living:
    """A message of the same writer that names them too, in which nothing was found."""
    return assess_with(known.db, now, LATER, redact, own_id="later@example.org")


def hide(living: Living, words: str) -> None:
    hiding = Hiding(typed=words, kind=Data.NAME, reason="a neighbour")
    living.db.call(hide_words, living.press(), OAK, hiding=hiding, at=living.now)


def attach_to(later: Living, known: Living) -> None:
    pressed = vars(later.press_message()) | {"key": "attach", "case_id": known.case().id}
    later.db.call(attach_hiding, CasePress(**pressed), OAK, at=later.now)


def test_the_names_of_the_case_are_hidden_in_what_is_attached(known: Living, later: Living):
    assert "Dean Smith" in later.summary().text
    attach_to(later, known)
    assert later.summary().text == "[NAME 1] is back, says Ada Brogan. [NAME 1] lied."


def test_the_names_of_what_is_attached_are_hidden_in_the_case(known: Living, later: Living):
    hide(later, "Ada Brogan")
    attach_to(later, known)
    assert known.summary().text.endswith("not even [NAME 1] or [NAME 2].")


def test_what_a_reviewer_showed_stays_to_be_seen(known: Living, later: Living):
    hide(later, "Dean Smith")
    wanted = Revealing(place=DEAN, scope=Scope.HERE, reason="needed")
    later.db.call(reveal, later.press(), OAK, wanted=wanted, at=later.now)
    attach_to(later, known)
    assert "Dean Smith is back" in later.summary().text


def test_what_is_no_name_to_the_landlord_is_hidden_nowhere(known: Living, later: Living):
    hide(later, "Dean Smith")
    wanted = Revealing(place=DEAN, scope=Scope.EVERYWHERE, reason="a brand")
    later.db.call(reveal, later.press(), OAK, wanted=wanted, at=later.now)
    attach_to(later, known)
    assert "Dean Smith is back" in later.summary().text


def test_names_that_were_carried_teach_nothing(known: Living, later: Living):
    before = later.db.call(load_span_corrections, ["oak"])
    attach_to(later, known)
    assert later.db.call(load_span_corrections, ["oak"]) == before
    assert len(before) == 1


def test_a_message_that_was_not_redacted_by_parts_is_left_as_it_is(known: Living, now: datetime):
    words = message(LATER, own_id="plain@example.org")
    plain = assessed(known.db, now, assessment(Label.COMPLAINT), words)
    living = Living(db=known.db, now=now, landlord=OAK, message_id=plain)
    attach_to(living, known)
    assert living.summary().text
