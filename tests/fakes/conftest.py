"""A fake Slack, a client of it, and a Bolt app that listens to it both ways."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import CARD, App, by_http, by_socket
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import client_of
from tests.fakes.slack.workspace import TRIAGE


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return client_of(slack)


@pytest.fixture(params=[by_socket, by_http])
async def app(slack: FakeSlack, request: pytest.FixtureRequest) -> AsyncIterator[App]:
    app = App(slack)
    async with request.param(slack, app):
        yield app


@pytest.fixture
async def card(client: AsyncWebClient) -> str:
    answer = await client.chat_postMessage(channel=TRIAGE, text="Case 7", blocks=CARD)
    return str(answer["ts"])
