"""The real client, pointed at the fake."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.slack.fake import FakeSlack


def client_of(slack: FakeSlack, token: str | None = None) -> AsyncWebClient:
    """Return a client that calls the fake, and calls it once: the default one tries again."""
    client = AsyncWebClient(
        token=slack.bot_token if token is None else token, base_url=slack.url, retry_handlers=[]
    )
    client.proxy = None  # the SDK honours HTTP_PROXY even for 127.0.0.1
    return client


def responder(payload: dict[str, Any]) -> AsyncWebhookClient:
    """Return what posts to the response_url of an interaction."""
    client = AsyncWebhookClient(payload["response_url"], retry_handlers=[])
    client.proxy = None
    return client


async def refused(
    slack: FakeSlack, method: str, *, token: str | None = None, **args: object
) -> AsyncSlackResponse:
    """Return how the fake refuses a call.

    Raises:
        AssertionError: It does not refuse it.
    """
    try:
        await client_of(slack, token).api_call(method, json=args)
    except SlackApiError as refusal:
        response = refusal.response
        assert isinstance(response, AsyncSlackResponse)
        return response
    raise AssertionError(f"{method} was not refused")
