"""Cards out, to the landlord's own workspace."""

from dataclasses import dataclass

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.triage.views import Card
from intake.store.jobs import DestinationError

TOO_MANY, SERVER_FAULT = 429, 500
#: What Slack says when the fault is the set-up's and not the card's: it waits until it is mended.
NOT_THE_CARDS_FAULT = frozenset(
    {
        "access_denied",
        "account_inactive",
        "channel_not_found",
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "ratelimited",
        "request_timeout",
        "restricted_action",
        "service_unavailable",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
    }
)
EVENT = "heard_card"
#: What Slack says of a card that can no longer be redrawn: another takes its place.
GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})


class CardGoneError(Exception):
    """The card hangs no more, or can no longer be changed."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """Where one landlord's cards hang."""

    client: AsyncWebClient
    channel: str

    async def post(self, card: Card, own_id: str) -> str:
        """Hang up a new card and return Slack's name for it; `own_id` lets it be found again.

        Raises:
            DestinationError: Slack cannot take it now.
        """
        try:
            posted = await self.client.chat_postMessage(
                channel=self.channel,
                text=card.text,
                blocks=card.blocks,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": EVENT, "event_payload": {"own_id": own_id}},
            )
        except (ClientError, TimeoutError, SlackApiError) as error:
            raise _cause(error) from error
        return str(posted["ts"])

    async def find(self, own_id: str, *, since: float) -> str | None:
        """Return Slack's name for a card that may have been posted since, if it was.

        Raises:
            DestinationError: Slack cannot be asked now.
        """
        try:
            history = await self.client.conversations_history(
                channel=self.channel, oldest=f"{since:.6f}", include_all_metadata=True, limit=200
            )
        except (ClientError, TimeoutError, SlackApiError) as error:
            raise _cause(error) from error
        for post in history["messages"] or ():
            if post.get("metadata", {}).get("event_payload", {}).get("own_id") == own_id:
                return str(post["ts"])
        return None

    async def redraw(self, card: Card, ts: str) -> None:
        """Show a card as its record stands now.

        Raises:
            CardGoneError: it was taken down, or is too old to be changed.
            DestinationError: Slack cannot take it now.
        """
        try:
            await self.client.chat_update(
                channel=self.channel, ts=ts, text=card.text, blocks=card.blocks
            )
        except (ClientError, TimeoutError, SlackApiError) as error:
            if isinstance(error, SlackApiError) and error.response.get("error") in GONE:
                raise CardGoneError from error
            raise _cause(error) from error


def _cause(error: Exception) -> Exception:
    if not isinstance(error, SlackApiError):
        return DestinationError(type(error).__name__)
    said = str(error.response.get("error", ""))
    status = error.response.status_code
    if status == TOO_MANY or status >= SERVER_FAULT or said in NOT_THE_CARDS_FAULT:
        return DestinationError(said)
    return error
