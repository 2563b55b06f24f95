"""One landlord's Slack app: its client, and who answers which press."""

import logging
import re
from traceback import format_tb
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners import Listeners
from bot.slack.settings import SlackSettings
from bot.triage.presses import Presses

logger = logging.getLogger(__name__)

#: Bolt logs the whole body of a request whose signature does not hold: a resident's words.
QUIET = (
    "slack_bolt.AsyncRequestVerification",
    "slack_bolt.RequestVerification",
)


def build_client(settings: SlackSettings) -> AsyncWebClient:
    """Return a client for the landlord's workspace; only what was refused for haste is repeated."""
    return AsyncWebClient(
        token=settings.bot_token,
        base_url=settings.api,
        timeout=10,
        # Not the default: it sends again after a cut connection, and a card would hang twice.
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


def build_app(settings: SlackSettings, client: AsyncWebClient, presses: Presses) -> AsyncApp:
    """Return the landlord's app with its listeners.

    Whose token it is is settled here: Bolt would ask Slack at the first press, and throw that
    press away if Slack did not answer.
    """
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)

    async def authorize(**_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt passes what it likes
        return AuthorizeResult(
            enterprise_id=None,
            team_id=settings.team,
            bot_token=settings.bot_token,
            bot_user_id="heard",
        )

    app = AsyncApp(
        client=client,
        signing_secret=settings.signing_secret or "unused-in-socket-mode",
        request_verification_enabled=settings.mode == "http",
        authorize=authorize,
    )
    Listeners(presses=presses).register(app)
    app.event(re.compile(".*"))(_ignore)
    app.error(_log)
    return app


async def _ignore(ack: AsyncAck) -> None:
    """An event without a listener would count as a failure of ours."""
    await ack()


async def _log(error: Exception) -> None:
    """Where and of what type, not its message: that may quote a resident."""
    facts = {"error": type(error).__name__, "trace": format_tb(error.__traceback__)}
    logger.error("a press was not answered", extra=facts)
