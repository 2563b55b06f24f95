"""How Slack brings something to the app, and what the app makes of it."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Something Slack tells the app, whichever way it goes."""

    type: Literal["events_api", "interactive"]
    payload: Json
    #: Whether the answer may say what comes next: only for a modal's submission.
    accepts_response_payload: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, if anything did."""

    delivery: Delivery
    #: 0 for the first try.
    attempt: int = 0
    acknowledged: bool = False
    timed_out: bool = False
    #: Of an HTTP delivery.
    status: int | None = None
    body: str = ""
    #: What the app said with its acknowledgement.
    payload: Json | None = None
    #: What Slack does not accept in the answer.
    problems: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether the person in front of Slack saw it work."""
        return self.acknowledged and not self.problems

    @property
    def retry_reason(self) -> str:
        """Why Slack would try again, in Slack's words."""
        if self.status is None:
            return "timeout" if self.timed_out or self.acknowledged else "connection_failed"
        return "http_timeout" if self.timed_out or self.acknowledged else "http_error"


@dataclass(frozen=True, kw_only=True)
class Post:
    """Where and how a delivery goes over signed HTTP."""

    url: str
    secret: str
    patience: float
    #: Seconds since 1970 to sign with; the real time if none, as the app's own check uses it.
    timestamp: str | None = None


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the X-Slack-Signature of a body (docs.slack.dev, verifying requests from Slack)."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def request_of(delivery: Delivery, post: Post) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers that carry a delivery."""
    told = json.dumps(delivery.payload)
    form = delivery.type == "interactive"
    body = (urlencode({"payload": told}) if form else told).encode()
    timestamp = post.timestamp or str(int(time.time()))
    return body, {
        "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(post.secret, timestamp, body),
    }


async def post_signed(delivery: Delivery, post: Post, again: Answer | None = None) -> Answer:
    """Bring a delivery to a URL; `again` is the try before, if this one is a repeat."""
    body, headers = request_of(delivery, post)
    attempt = again.attempt + 1 if again else 0
    if again and delivery.type == "events_api":
        headers |= {
            "X-Slack-Retry-Num": str(attempt),
            "X-Slack-Retry-Reason": again.retry_reason,
        }
    timeout = aiohttp.ClientTimeout(total=post.patience)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(post.url, data=body, headers=headers) as response,
        ):
            text = await response.text()
    except TimeoutError:
        return Answer(delivery=delivery, attempt=attempt, timed_out=True)
    except aiohttp.ClientError:
        return Answer(delivery=delivery, attempt=attempt)
    return Answer(
        delivery=delivery,
        attempt=attempt,
        acknowledged=response.ok,
        status=response.status,
        body=text,
        payload=_payload(text) if response.ok else None,
    )


def _payload(body: str) -> Json | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
