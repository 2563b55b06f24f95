import asyncio

import pytest

from intake.delivery.oauth import OAuth, Tokens
from intake.store.jobs import DestinationError
from tests.fakes.token_endpoint import FakeTokens, fake_tokens


class Watch:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def tokens_of(endpoint: FakeTokens, watch: Watch | None = None, **more: str) -> Tokens:
    oauth = OAuth(token_url=endpoint.url, client_id="heard", **more)
    return Tokens(oauth, clock=watch or Watch())


async def test_a_program_shows_its_secret_and_says_what_it_wants():
    async with fake_tokens() as endpoint:
        tokens = tokens_of(endpoint, client_secret="hush", scope="mail.send")
        assert await tokens.get() == "token-1"
    assert endpoint.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "heard",
            "client_secret": "hush",
            "scope": "mail.send",
        }
    ]


async def test_a_refresh_token_is_shown_and_a_new_one_is_shown_next():
    async with fake_tokens() as endpoint:
        endpoint.refresh_token = "second"
        watch = Watch()
        tokens = tokens_of(endpoint, watch, refresh_token="first")
        await tokens.get()
        watch.now += 3600
        await tokens.get()
    assert [form["grant_type"] for form in endpoint.asked] == ["refresh_token", "refresh_token"]
    assert [form["refresh_token"] for form in endpoint.asked] == ["first", "second"]


async def test_a_token_is_kept_until_shortly_before_it_ends():
    watch = Watch()
    async with fake_tokens() as endpoint:
        tokens = tokens_of(endpoint, watch, client_secret="hush")
        assert await tokens.get() == "token-1"
        watch.now += 3539
        assert await tokens.get() == "token-1"
        watch.now += 1
        assert await tokens.get() == "token-2"


@pytest.mark.parametrize("lasts", ["10", "null", "0"])
async def test_a_token_that_lasts_a_moment_or_says_nothing_of_it_is_used(lasts: str):
    async with fake_tokens() as endpoint:
        endpoint.answer = b'{"access_token": "t", "expires_in": %s}' % lasts.encode()
        assert await tokens_of(endpoint, client_secret="hush").get() == "t"


async def test_letters_that_go_together_ask_once():
    async with fake_tokens() as endpoint:
        tokens = tokens_of(endpoint, client_secret="hush")
        assert set(await asyncio.gather(*(tokens.get() for _ in range(5)))) == {"token-1"}
    assert len(endpoint.asked) == 1


async def test_only_the_token_that_was_refused_is_forgotten():
    async with fake_tokens() as endpoint:
        tokens = tokens_of(endpoint, client_secret="hush")
        first = await tokens.get()
        tokens.drop(first)
        second = await tokens.get()
        tokens.drop(first)
        assert await tokens.get() == second == "token-2"


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        pytest.param(400, b'{"error": "invalid_grant"}', "400 invalid_grant", id="refused"),
        pytest.param(500, b"<html>", "500 no reason", id="a page of its own"),
        pytest.param(400, b'{"error": "Hello Jo!"}', "400 no reason", id="words of its own"),
        pytest.param(302, b"", "302", id="sent elsewhere"),
        pytest.param(200, b"{}", "gave no token", id="nothing"),
        pytest.param(200, b"[]", "gave no token", id="a list"),
        pytest.param(200, b'{"access_token": 7}', "gave no token", id="no text"),
        pytest.param(200, b"\xff\xfe", "gave no token", id="no text at all"),
    ],
)
async def test_without_a_token_the_reason_is_said_and_no_secret(
    status: int, answer: bytes, said: str
):
    async with fake_tokens() as endpoint:
        endpoint.status, endpoint.answer = status, answer
        with pytest.raises(DestinationError, match=said) as refused:
            await tokens_of(endpoint, client_secret="hush").get()
    assert "hush" not in str(refused.value)


async def test_an_endpoint_that_is_not_there_is_asked_again():
    async with fake_tokens() as endpoint:
        tokens = tokens_of(endpoint, client_secret="hush")
    with pytest.raises(DestinationError, match="the token endpoint"):
        await tokens.get()


def test_secrets_stay_out_of_logs():
    said = repr(OAuth(token_url="x", client_id="y", client_secret="hush", refresh_token="psst"))
    assert "hush" not in said
    assert "psst" not in said
