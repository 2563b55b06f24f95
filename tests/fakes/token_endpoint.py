"""An OAuth token endpoint on a real socket, which a test can make refuse or talk nonsense."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class FakeTokens:
    """What it was asked, and what it answers from now on."""

    port: int = 0
    asked: list[Mapping[str, str]] = field(default_factory=list)
    status: int = 200
    #: The answer; where none is set, a new token each time, which lasts an hour.
    answer: bytes | None = None
    refresh_token: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def latest(self) -> str:
        """The token given out last."""
        return f"token-{len(self.asked)}"

    async def give(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append({name: str(value) for name, value in form.items()})
        if self.answer is not None:
            return web.Response(body=self.answer, status=self.status)
        said: dict[str, object] = {"access_token": self.latest, "expires_in": 3600}
        if self.refresh_token:
            said["refresh_token"] = self.refresh_token
        return web.json_response(said, status=self.status)


@asynccontextmanager
async def fake_tokens() -> AsyncIterator[FakeTokens]:
    """Run an endpoint on a free port."""
    tokens = FakeTokens()
    app = web.Application()
    app.router.add_post("/token", tokens.give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    tokens.port = runner.addresses[0][1]
    try:
        yield tokens
    finally:
        await runner.cleanup()
