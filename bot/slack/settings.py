"""How one landlord's workspace is reached."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class SlackSettings:
    """How one landlord's workspace is reached."""

    team: str
    channel: str
    #: `socket` or `http`.
    mode: str
    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    #: Where the Web API answers.
    api: str = "https://slack.com/api/"

    def __post_init__(self) -> None:
        """Refuse an empty secret: anybody could sign with it."""
        if self.mode == "http" and not self.signing_secret:
            raise ValueError("Slack over HTTP needs a signing secret")
        if self.mode == "socket" and not self.app_token:
            raise ValueError("Slack over Socket Mode needs an app token")
