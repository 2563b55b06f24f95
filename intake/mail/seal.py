"""Addresses and Message-IDs that only we can have made, so that an answer finds its case."""

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field

LENGTH = 16  # of a seal: 80 bits in base32, which survives in either case
LOCAL = re.compile(r".+\+([a-z0-9-]{1,24})\.([a-z2-7]{16})@[^@]+", re.IGNORECASE)
OWN_ID = re.compile(
    r"<heard\.([a-z0-9-]{1,24})\.([a-z0-9]{1,40})\.([a-z2-7]{16})@[^<>@\s]+>", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What one landlord's outgoing mail is sealed with.

    A seal names the case; it does not prove who writes, for mail is passed on.
    """

    landlord: str
    key: bytes = field(repr=False)

    def reply_address(self, intake: str, case: str) -> str:
        """Return the address at which answers about a case arrive (`intake+case.seal@domain`)."""
        return self._address(intake, "reply", case)

    def bounce_address(self, intake: str, letter: str) -> str:
        """Return the address at which a failure to deliver a letter is told (VERP)."""
        return self._address(intake, "bounce", letter)

    def message_id(self, case: str, nonce: str, domain: str) -> str:
        """Return a Message-ID that names a case, though its letter's row be gone."""
        name = case.casefold()
        return f"<heard.{name}.{nonce}.{self._sign('id', name, nonce)}@{domain}>"

    def find_case(self, recipients: Iterable[str]) -> str:
        """Return the case that a recipient's address was sealed for; empty where none was."""
        return self._found("reply", recipients)

    def find_letter(self, recipients: Iterable[str]) -> str:
        """Return the letter that a bounce address was sealed for; empty where none was."""
        return self._found("bounce", recipients)

    def find_case_by_id(self, answered: Iterable[str]) -> str:
        """Return the case of the first Message-ID that is ours; empty where none is."""
        for own_id in answered:
            said = OWN_ID.fullmatch(own_id)
            if said and self._holds(said[3], "id", said[1].casefold(), said[2].casefold()):
                return said[1].casefold()
        return ""

    def _address(self, intake: str, purpose: str, name: str) -> str:
        local, _, domain = intake.rpartition("@")
        sealed = name.casefold()
        return f"{local}+{sealed}.{self._sign(purpose, sealed)}@{domain}"

    def _found(self, purpose: str, recipients: Iterable[str]) -> str:
        for address in recipients:
            said = LOCAL.fullmatch(address[:320])
            if said and self._holds(said[2], purpose, said[1].casefold()):
                return said[1].casefold()
        return ""

    def _holds(self, seal: str, *facts: str) -> bool:
        return hmac.compare_digest(seal.casefold(), self._sign(*facts))

    def _sign(self, *facts: str) -> str:
        said = "\0".join((self.landlord, *facts)).encode()
        return b32encode(hmac.digest(self.key, said, "sha256")).decode().casefold()[:LENGTH]


def newest_first(in_reply_to: Iterable[str], references: Iterable[str]) -> tuple[str, ...]:
    """Return the Message-IDs that a mail answers, each once, the likeliest first."""
    return tuple(dict.fromkeys([*in_reply_to, *reversed(list(references))]))
