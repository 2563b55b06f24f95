"""A letter of each kind, with all that it can tell."""

from datetime import UTC, date, datetime

from intake.domain.case import Kind
from intake.domain.case_letter import (
    OF_A_MESSAGE,
    Decided,
    Found,
    write_case_letter,
    write_letter,
)
from intake.domain.letter import LetterKind, LetterText, Matter
from intake.domain.letter_check import About, make_draft
from intake.domain.letter_draft import Draft
from intake.domain.life import Ground, Outcome, Promise
from tests.builders import landlord

ON = date(2027, 1, 4)
MATTER = Matter(
    kind=Kind.COMPLAINT,
    reference="7KM-3QX-P9T",
    received_at=datetime(2026, 12, 22, 23, 30, tzinfo=UTC),
    issues=("No heating since the first", "Nobody rings back"),
    outcome="A new boiler",
    answer_by=date(2027, 1, 18),
)
DECIDED = Decided(
    stage=1,
    requested_on=date(2026, 12, 30),
    until=date(2027, 1, 26),
    original=date(2027, 1, 12),
    reason="The part for the boiler is late.",
    found=[
        Found(
            issue="No heating since the first",
            outcome=Outcome.UPHELD,
            reasons="Our policy says three days. It took three weeks.",
        ),
        Found(
            issue="Nobody rings back",
            outcome=Outcome.NOT_UPHELD,
            reasons="Our records show that we rang on three days.",
        ),
    ],
    remedy="We will pay you \u00a350 for the cold days.",
    promises=[Promise(what="Fit the boiler", owner="Repairs", due=date(2027, 1, 20))],
    decider="Asha Bell",
    ground=Ground.LEGAL_PROCEEDINGS,
    words="We looked at the boiler and will fit a new one this month.",
    addressee="Mary Quill MP",
    is_complaint=True,
    their_reference="HO-2026-11",
    enclosed=["The letters of both stages", "The repair log"],
)
FINAL = {LetterKind.FINAL_RESPONSE, LetterKind.STAGE_2_ACKNOWLEDGEMENT}


def written(kind: LetterKind, **changed: object) -> LetterText:
    """Return the letter of a kind, in a landlord's own words where these are given."""
    whose = landlord(**changed)
    if kind in OF_A_MESSAGE:
        return write_letter(kind, [MATTER], whose, MATTER.reference, on=ON)
    decided = DECIDED
    if kind in FINAL:
        decided = Decided(**(vars(DECIDED) | {"stage": 2}))
    return write_case_letter(kind, MATTER, decided, whose, on=ON)


def drafted(kind: LetterKind, text: str | None = None, **changed: object) -> Draft:
    """Return a letter of a kind as its check reads it, with another text where one is given."""
    letter = written(kind)
    if text is not None:
        letter = LetterText(subject=letter.subject, text=text)
    decided = Decided(**(vars(DECIDED) | {"stage": 2 if kind in FINAL else 1} | changed))
    matter = (
        MATTER if "ACKNOWLEDGEMENT" in kind.name else Matter(**(vars(MATTER) | {"answer_by": None}))
    )
    about = About(matters=(matter,), decided=decided, on=ON)
    return make_draft(kind, letter, letter, about=about, landlord=landlord())
