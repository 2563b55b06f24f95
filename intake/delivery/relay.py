"""A landlord's own mail server, which carries its letters."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Relay:
    """How the server is reached."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    #: `starttls` (the default), `tls` from the first byte, or `none` on a trusted network.
    encryption: str = "starttls"
