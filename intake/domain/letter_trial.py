"""A letter of each kind about a made-up complaint, to try a landlord's own words on. Pure."""

from datetime import date, datetime, time, timedelta

from intake.domain.case import Kind
from intake.domain.case_letter import (
    OF_A_MESSAGE,
    Decided,
    Found,
    write_case_letter,
    write_letter,
)
from intake.domain.clock import LONDON
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind, LetterText, Matter
from intake.domain.letter_check import About, check_letter, make_draft, stops
from intake.domain.letter_draft import Problem
from intake.domain.life import STAGE_1, STAGE_2, Ground, Outcome, Promise

AT_STAGE_2 = frozenset({LetterKind.FINAL_RESPONSE, LetterKind.STAGE_2_ACKNOWLEDGEMENT})
ISSUES = ("No heating since the first", "Nobody rings back")


def try_out(kind: LetterKind, landlord: Landlord, *, on: date) -> tuple[LetterText, About]:
    """Return a letter about a made-up complaint, and what it was written from."""
    matter, decided = _matter(kind, on), _decided(kind, on)
    about = About(matters=(matter,), decided=decided, on=on)
    if kind in OF_A_MESSAGE:
        return write_letter(kind, [matter], landlord, matter.reference, on=on), about
    return write_case_letter(kind, matter, decided, landlord, on=on), about


def find_lacks(kind: LetterKind, landlord: Landlord, *, on: date) -> tuple[Problem, ...]:
    """Return what every letter of a kind would lack or have wrong, in a landlord's words."""
    letter, about = try_out(kind, landlord, on=on)
    draft = make_draft(kind, letter, letter, about=about, landlord=landlord)
    return stops(check_letter(draft, None))


def _matter(kind: LetterKind, on: date) -> Matter:
    acknowledges = kind.endswith("acknowledgement")
    return Matter(
        kind=Kind.COMPLAINT,
        reference="7KM-3QX-P9T",
        received_at=datetime.combine(on - timedelta(days=7), time(9), tzinfo=LONDON),
        issues=ISSUES,
        outcome="A new boiler",
        answer_by=on + timedelta(days=14) if acknowledges else None,
    )


def _decided(kind: LetterKind, on: date) -> Decided:
    heating, calls = ISSUES
    why = "Our policy says three days. It took three weeks."
    return Decided(
        stage=STAGE_2 if kind in AT_STAGE_2 else STAGE_1,
        requested_on=on - timedelta(days=2),
        until=on + timedelta(days=14),
        original=on + timedelta(days=1),
        reason="The part for the boiler is late.",
        found=[
            Found(issue=heating, outcome=Outcome.UPHELD, reasons=why),
            Found(
                issue=calls,
                outcome=Outcome.NOT_UPHELD,
                reasons="Our records show that we rang on three days.",
            ),
        ],
        remedy="We will pay you \u00a350 for the cold days.",
        promises=[Promise(what="Fit the boiler", owner="Repairs", due=on + timedelta(days=16))],
        decider="Asha Bell",
        ground=Ground.LEGAL_PROCEEDINGS,
        words="We looked at the boiler and will fit a new one this month.",
        addressee="Mary Quill MP",
        is_complaint=True,
        their_reference="HO-2026-11",
        enclosed=["The letters of both stages", "The repair log"],
    )
