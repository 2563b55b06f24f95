"""How many letters may go to whom, so that no loop runs and nobody is flooded. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from intake.domain.letter import LetterKind

#: Over how long letters to an address or a domain are counted, and how long a burst is.
DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
#: Letters that are owed, and follow from a message nearly by themselves. All others a person wrote.
ACKNOWLEDGEMENTS = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.STAGE_2_ACKNOWLEDGEMENT,
        LetterKind.NEUTRAL_ACKNOWLEDGEMENT,
        LetterKind.MP_ACKNOWLEDGEMENT,
        LetterKind.COMPLIMENT_THANKS,
        LetterKind.HOW_TO_COMPLAIN,
    }
)
LIMITED = ACKNOWLEDGEMENTS | {LetterKind.RECEIPT}
#: Providers whose domain says nothing of who writes.
SHARED = frozenset(
    {
        "aol.com", "btinternet.com", "gmail.com", "gmx.com", "googlemail.com", "hotmail.co.uk",
        "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "mail.com", "me.com",
        "msn.com", "ntlworld.com", "outlook.com", "proton.me", "protonmail.com", "sky.com",
        "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
    }
)  # fmt: skip


class Withheld(StrEnum):
    """Why a letter does not go, as staff are told."""

    OURS = "it would go to an address of our own"
    SAME_STAGE = "this case was acknowledged at this stage already"
    ADDRESS = "too many have gone to this address in 24 hours"
    DOMAIN = "too many have gone to this domain in 24 hours"
    BURST = "too many have gone within the hour"
    UNPROVEN = "nobody said that it may go to an address that is not verified"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many acknowledgements may go, and as many bare receipts."""

    #: In 24 hours.
    per_address: int = 3
    per_domain: int = 20
    per_shared_domain: int = 500
    #: To everybody together, within the hour.
    burst: int = 100


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """What has gone before a letter, of its own sort."""

    same_stage: int = 0
    to_address: int = 0
    to_domain: int = 0
    lately: int = 0


def find_reason(
    kind: LetterKind, to: str, traffic: Traffic, limits: Limits, *, own: Collection[str]
) -> Withheld | None:
    """Return why a letter must not go; none where it may."""
    address = to.casefold()
    local, _, domain = address.rpartition("@")
    if {address, f"{local.partition('+')[0]}@{domain}"} & {*own}:
        return Withheld.OURS
    if kind not in LIMITED:
        return None
    most = limits.per_shared_domain if domain in SHARED else limits.per_domain
    reached = {
        Withheld.SAME_STAGE: traffic.same_stage > 0,
        Withheld.ADDRESS: traffic.to_address >= limits.per_address,
        Withheld.DOMAIN: traffic.to_domain >= most,
        Withheld.BURST: traffic.lately >= limits.burst,
    }
    return next((reason for reason, is_so in reached.items() if is_so), None)


def can_wait(kind: LetterKind, reason: Withheld) -> bool:
    """Whether a letter goes once the hour is over: what is owed does, a receipt is then stale."""
    return reason is Withheld.BURST and is_owed(kind)


def is_owed(kind: LetterKind) -> bool:
    """Whether a person must see to a letter that is withheld: all but a bare receipt."""
    return kind is not LetterKind.RECEIPT
