"""Who sits at the desk: a one-time link, a cookie, a name, and a token against forged forms."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe

COOKIE = "heard_desk"
LONGEST_NAME = 80


@dataclass
class Sitting:
    """One browser that came in by the link."""

    token: str = field(repr=False)
    #: As it is put on record; empty until it was asked for.
    name: str = ""

    @property
    def csrf(self) -> str:
        """What every form carries, and no other site can know."""
        return hmac.new(self.token.encode(), b"csrf", sha256).hexdigest()


class Sittings:
    """Everybody at the desk. They end with the process; a new link is printed at each start."""

    def __init__(self) -> None:
        self._key = token_urlsafe(24)
        self._sittings: dict[str, Sitting] = {}

    @property
    def key(self) -> str:
        """What opens the desk, once."""
        return self._key

    def enter(self, key: str) -> Sitting | None:
        """Let in whoever has the key, and change the lock; none who has not."""
        if not self._key or not hmac.compare_digest(key.encode(), self._key.encode()):
            return None
        self._key = ""
        sitting = Sitting(token=token_urlsafe(32))
        self._sittings[sitting.token] = sitting
        return sitting

    def find(self, cookies: Mapping[str, str]) -> Sitting | None:
        """Return whoever has this cookie."""
        return self._sittings.get(cookies.get(COOKIE, ""))


def is_ours(host: str, port: int) -> bool:
    """Whether a request was meant for this desk, and not led here by another name."""
    return host in {f"127.0.0.1:{port}", f"localhost:{port}"}


def tidy_name(given: str) -> str:
    """Return a name as it is put on record; it cannot pass for somebody in Slack, nor for us."""
    name = " ".join(given.replace(":", " ").split())[:LONGEST_NAME]
    return f"{name} (a person)" if name.casefold() == "heard" else name
