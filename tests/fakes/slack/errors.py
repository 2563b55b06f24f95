"""What Slack refuses, and what nobody in Slack can do."""

from typing import Any


class SlackRefusalError(Exception):
    """Slack's `ok: false`, with the error it names and what it adds."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more: dict[str, Any] = more

    def body(self) -> dict[str, Any]:
        """Return the answer as it goes over the wire."""
        return {"ok": False, "error": self.error, **self.more}


class RateLimitedError(SlackRefusalError):
    """Slack's HTTP 429, with the seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class ImpossibleError(Exception):
    """A test asked for what a person in Slack's own client cannot do."""


def refusal_of(error: str, problems: list[str]) -> SlackRefusalError:
    """Return a refusal that says what is wrong and where, as Slack words it."""
    return SlackRefusalError(
        error,
        errors=problems,
        response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
    )
