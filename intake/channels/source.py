"""A tool that reports public posts, or answers to a survey, to us."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.domain.message import Channel


@dataclass(frozen=True, kw_only=True)
class Source:
    """Whose posts or answers it reports, and the secret it signs with."""

    landlord: str
    secret: str = field(repr=False)
    #: Whether the signature covers the body alone, as some tools do, or a timestamp too.
    body_only: bool = False
    #: What it reports: public posts, or answers to a survey, which are nobody else's to read.
    channel: Channel = Channel.SOCIAL
    #: Where our words stand in its JSON.
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an empty secret: anybody could sign with it."""
        if not self.secret:
            raise ValueError("a source of posts needs a secret")
