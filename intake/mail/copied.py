"""Whom a mail went to besides the landlord, and whether the landlord was only copied in."""

from intake.domain.landlord import Landlord
from intake.domain.message import Message
from intake.mail.whose import is_own, is_staff

ONLY_COPIED = "we were only copied in (Cc)"
UNNAMED = "it names no address of ours (Bcc, or passed on by a program)"


def find_copied(message: Message, landlord: Landlord) -> tuple[str, ...]:
    """Say how a mail came to us, and how many others it went to, without naming anybody.

    An address of the landlord's staff is as good as one of ours: theirs is passed on to ours.
    """
    to, copied = (
        [address for address in addresses if address] for addresses in (message.to, message.cc)
    )
    if not (to or copied) or not landlord.addresses:
        return ()
    told = []
    if not any(_is_ours(address, landlord) for address in to):
        named = any(_is_ours(address, landlord) for address in copied)
        told.append(ONLY_COPIED if named else UNNAMED)
    others = {a.casefold() for a in (*to, *copied) if not _is_ours(a, landlord)}
    if others:
        told.append(f"it went to {len(others)} other address{'es' * (len(others) > 1)} too")
    return tuple(told)


def _is_ours(address: str, landlord: Landlord) -> bool:
    return is_own(address, landlord) or is_staff(address, landlord)
