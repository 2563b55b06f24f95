"""What each review of what is hidden does with what was filled in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from bot.triage import fields
from bot.triage.fields import Values
from bot.triage.hiding import AGAIN, CHECKED, HIDE, KIND, PLACE, REVEAL, SCOPE, WORDS
from intake import review
from intake.cases import CaseNotFoundError
from intake.domain.hiding import Data, HiddenPlace, Part, Scope
from intake.domain.landlord import Landlord
from intake.domain.triage import IncompleteError
from intake.press import CasePress


class Deed(Protocol):
    """Does one review, in one transaction."""

    def __call__(
        self, session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime
    ) -> None:
        """Do it."""


def read_hiding(step: str, values: Values) -> Deed:
    """Return what a review does with what was filled in.

    Raises:
        IncompleteError: something must be filled in.
        CaseNotFoundError: there is no such review.
    """
    if step not in READINGS:
        raise CaseNotFoundError(f"{step[:40]!r} reviews nothing")
    return READINGS[step](values)


def _hide(values: Values) -> Deed:
    typed = str(values.get(WORDS) or "")  # as it was pasted: what is unseen in it counts
    if not typed.strip():
        raise IncompleteError({WORDS: "Type the words to hide"})
    kind = fields.choice(values, KIND, Data)
    hiding = review.Hiding(typed=typed, kind=kind, reason=_reason(values))
    return partial(review.hide_words, hiding=hiding)


def _reveal(values: Values) -> Deed:
    scope = fields.choice(values, SCOPE, Scope)
    wanted = review.Revealing(place=_place(values), scope=scope, reason=_reason(values))
    return partial(review.reveal, wanted=wanted)


def _again(values: Values) -> Deed:
    return partial(review.hide_again, place=_place(values), reason=_reason(values))


def _checked(_values: Values) -> Deed:
    return review.check_doubts


def _reason(values: Values) -> str:
    return fields.words(values, fields.REASON)


def _place(values: Values) -> HiddenPlace:
    part, _, placeholder = str(values.get(PLACE) or "").partition(":")
    if part not in set(Part):
        raise IncompleteError({PLACE: "Choose one"})
    return HiddenPlace(part=Part(part), placeholder=placeholder)


READINGS: Mapping[str, Callable[[Values], Deed]] = {
    HIDE: _hide,
    REVEAL: _reveal,
    AGAIN: _again,
    CHECKED: _checked,
}
