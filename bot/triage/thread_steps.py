"""What each decision about whose a message is does to the record."""

from collections.abc import Mapping

from bot.triage.steps import Deed
from bot.triage.threads import ATTACH, DISOWN, SEEN, TAKE_UP, TURN_DOWN
from intake import advance, attach, review
from intake.cases import CaseNotFoundError

DEEDS: Mapping[str, Deed] = {
    ATTACH: review.attach_hiding,
    DISOWN: attach.disown,
    SEEN: attach.note_seen,
    TAKE_UP: advance.take_up,
    TURN_DOWN: advance.turn_down,
}


def read_thread(step: str) -> Deed:
    """Return what a decision does.

    Raises:
        CaseNotFoundError: there is no such decision.
    """
    if step not in DEEDS:
        raise CaseNotFoundError(f"{step[:40]!r} decides nothing about a message")
    return DEEDS[step]
