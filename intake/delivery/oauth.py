"""Tokens that a mail server takes in place of a password (OAuth 2.0, RFC 6749 4.4 and 6)."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from intake.store.jobs import DestinationError

SECONDS = 20
LARGEST = 256 * 1024  # bytes of an answer
#: A token is renewed so long before it ends; without a word it is taken to last so long.
BEFORE, USUAL = 60.0, 300.0
NAME = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, kw_only=True)
class OAuth:
    """Who asks for tokens, and where."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    #: Where there is one, it is shown; else the secret alone must do.
    refresh_token: str = field(default="", repr=False)
    scope: str = ""


class Tokens:
    """The token in hand, renewed before it ends. It is kept in memory alone."""

    def __init__(self, oauth: OAuth, *, clock: Callable[[], float] = monotonic) -> None:
        self._oauth = oauth
        self._clock = clock
        self._refresh_token = oauth.refresh_token
        self._token = ""
        self._until = 0.0
        self._turn = asyncio.Lock()  # two letters at once ask once

    async def get(self) -> str:
        """Return a token that is good for a while.

        Raises:
            DestinationError: there is none to be had now.
        """
        async with self._turn:
            if not self._token or self._clock() >= self._until:
                await self._renew()
            return self._token

    def drop(self, token: str) -> None:
        """Forget a token that the mail server refused, unless it was renewed meanwhile."""
        if token == self._token:
            self._token = ""

    async def _renew(self) -> None:
        asked_at = self._clock()
        said = await self._ask()
        token = said.get("access_token")
        if not isinstance(token, str) or not token:
            raise DestinationError("the token endpoint gave no token")
        lasts = said.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) else USUAL
        fresh = said.get("refresh_token")
        self._refresh_token = fresh if isinstance(fresh, str) and fresh else self._refresh_token
        self._token, self._until = token, asked_at + seconds - min(BEFORE, seconds / 2)

    async def _ask(self) -> dict[str, Any]:
        import aiohttp  # noqa: PLC0415 - the mail door loads this module and must stay small

        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(
                    self._oauth.token_url, data=self._form(), allow_redirects=False
                ) as answer,
            ):
                status, raw = answer.status, await answer.content.read(LARGEST)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise DestinationError(f"the token endpoint: {type(error).__name__}") from error
        said = _parse(raw)
        if status != 200:  # noqa: PLR2004 - HTTP's own word for success
            name = str(said.get("error", ""))
            why = name if NAME.fullmatch(name) else "no reason that we know"
            raise DestinationError(f"the token endpoint refused: {status} {why}")
        return said

    def _form(self) -> dict[str, str]:
        wanted = {
            "grant_type": "refresh_token" if self._refresh_token else "client_credentials",
            "client_id": self._oauth.client_id,
            "client_secret": self._oauth.client_secret,
            "refresh_token": self._refresh_token,
            "scope": self._oauth.scope,
        }
        return {name: value for name, value in wanted.items() if value}


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
