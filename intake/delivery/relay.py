"""A landlord's own mail server, which carries its letters."""

from dataclasses import dataclass, field

from intake.delivery.oauth import Tokens


@dataclass(frozen=True, kw_only=True)
class Relay:
    """How the server is reached."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    #: Where tokens come from, which some servers take in place of a password.
    tokens: Tokens | None = field(default=None, repr=False, compare=False)
    #: `starttls` (the default), `tls` from the first byte, or `none` on a trusted network.
    encryption: str = "starttls"
    #: Whether it takes letters from a sealed address of our own, to which failures are told.
    sealed_sender: bool = True
