"""What each decision about whose a message is does to the record."""

from collections.abc import Mapping

from bot.triage.steps import Deed
from bot.triage.threads import ATTACH, DISOWN, SEEN
from intake import attach
from intake.cases import CaseNotFoundError

DEEDS: Mapping[str, Deed] = {
    ATTACH: attach.attach,
    DISOWN: attach.disown,
    SEEN: attach.note_seen,
}


def read_thread(step: str) -> Deed:
    """Return what a decision does.

    Raises:
        CaseNotFoundError: there is no such decision.
    """
    if step not in DEEDS:
        raise CaseNotFoundError(f"{step[:40]!r} decides nothing about a message")
    return DEEDS[step]
