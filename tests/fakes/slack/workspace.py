"""One Slack workspace: who is in it, what stands in its channels, what is open before whom."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.blockkit import Block
from tests.fakes.slack.clock import MovableClock, PostRate
from tests.fakes.slack.errors import ImpossibleError, SlackRefusalError

Json = dict[str, Any]

TEAM, APP = "T0HOUSING1", "A0HEARD001"
BOT_USER, BOT = "U0HEARDBOT", "B0HEARDBOT"
ALICE, BOB = "U0ALICE001", "U0BOB00001"
#: The private channel the bot is in, and the public one it is not in.
TRIAGE, ELSEWHERE = "C0TRIAGE01", "C0ELSE0001"

#: The life of a trigger_id, in seconds: known only second-hand.
TRIGGER_SECONDS = 3
RESPONSE_USES, RESPONSE_SECONDS = 5, 30 * 60


@dataclass(kw_only=True)
class Channel:
    """A channel, and its messages by their timestamp."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    private: bool = True
    archived: bool = False
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(kw_only=True)
class View:
    """A modal as it stands before one person."""

    user: str
    body: Json
    open: bool = True


@dataclass(kw_only=True)
class Ephemeral:
    """A message that one person sees until they reload."""

    channel: str
    user: str
    message: Json


@dataclass(kw_only=True)
class Trigger:
    """The right to open one modal, for a moment."""

    user: str
    issued: float
    exchanged: bool = False


@dataclass(kw_only=True)
class ResponseLink:
    """Where an interaction may be answered: five times in half an hour."""

    channel: str
    user: str
    ts: str
    issued: float
    uses: int = 0


@dataclass(kw_only=True)
class Workspace:
    """Everything Slack keeps, as plain objects that a test may look at and change."""

    clock: MovableClock
    rate: PostRate
    channels: dict[str, Channel] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    ephemerals: dict[str, Ephemeral] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    links: dict[str, ResponseLink] = field(default_factory=dict)
    serial: int = 100

    def number(self) -> int:
        """Return a number that was not given out before."""
        self.serial += 1
        return self.serial

    def new_ts(self) -> str:
        """Return a timestamp for a message or an action: unique, and later than any before."""
        return f"{int(self.clock.now)}.{self.number():06d}"

    def add_channel(self, channel: Channel) -> Channel:
        """Open a channel."""
        self.channels[channel.id] = channel
        return channel

    def add_user(self, user: str, name: str, **profile: str) -> None:
        """Let a person join the workspace."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name,
            "real_name": name.title(),
            "deleted": False,
            "is_bot": user == BOT_USER,
            "tz": "Europe/London",
            "profile": {"real_name": name.title(), "display_name": name, **profile},
        }

    def channel_for_bot(self, channel: str) -> Channel:
        """Return a channel the bot may act in.

        Raises:
            SlackRefusalError: It is not there for the bot, or is archived.
        """
        found = self.channels.get(channel)
        if found is None or (found.private and BOT_USER not in found.members):
            raise SlackRefusalError("channel_not_found")
        if found.archived:
            raise SlackRefusalError("is_archived")
        if BOT_USER not in found.members:
            raise SlackRefusalError("not_in_channel")
        return found

    def issue_trigger(self, user: str) -> str:
        """Return a fresh trigger_id of one person's."""
        trigger = f"{self.number()}.{self.number()}.{self.number():032x}"
        self.triggers[trigger] = Trigger(user=user, issued=self.clock.now)
        return trigger

    def exchange(self, trigger_id: str) -> str:
        """Use a trigger up, and return whose it was.

        Raises:
            SlackRefusalError: It is unknown, used, or too old.
        """
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackRefusalError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackRefusalError("exchanged_trigger_id")
        if self.clock.now - trigger.issued > TRIGGER_SECONDS:
            raise SlackRefusalError("expired_trigger_id")
        trigger.exchanged = True
        return trigger.user

    def link(self, name: str) -> ResponseLink:
        """Use a response_url once, and return where it leads.

        Raises:
            SlackRefusalError: It was never given out, or is used up, or is too old.
        """
        link = self.links.get(name)
        if link is None or self.clock.now - link.issued > RESPONSE_SECONDS:
            raise SlackRefusalError("expired_url")
        if link.uses == RESPONSE_USES:
            raise SlackRefusalError("used_url")
        link.uses += 1
        return link

    def shown(self, channel: str, ts: str, user: str) -> Json:
        """Return a message as one person sees it, the ephemeral ones included.

        Raises:
            ImpossibleError: That person does not see it.
        """
        found = self.channels.get(channel)
        if found is None or user not in found.members:
            raise ImpossibleError(f"{user} is not in channel {channel}")
        hidden = self.ephemerals.get(ts)
        if hidden is not None and (hidden.user, hidden.channel) == (user, channel):
            return hidden.message
        if ts not in found.messages:
            raise ImpossibleError(f"{user} sees no message {ts} in {channel}")
        return found.messages[ts]

    def view_of(self, view_id: str, user: str) -> View:
        """Return a modal that stands open before one person.

        Raises:
            ImpossibleError: It does not.
        """
        view = self.views.get(view_id)
        if view is None or not view.open or view.user != user:
            raise ImpossibleError(f"no view {view_id} is open before {user}")
        return view

    def rendered(self, blocks: list[Block]) -> list[Block]:
        """Return blocks as Slack keeps them: every block and every element has an id."""
        kept = copy.deepcopy(blocks)
        for block in kept:
            block.setdefault("block_id", f"b{self.number()}")
            inner = [*block.get("elements", []), block.get("accessory"), block.get("element")]
            for element in inner:
                if element is not None and element["type"] not in PASSIVE:
                    element.setdefault("action_id", f"a{self.number()}")
        for thing in _texts(kept):
            extra = ("emoji", True) if thing["type"] == "plain_text" else ("verbatim", False)
            thing.setdefault(*extra)
        return kept


#: What stands in a block without being pressed or filled in.
PASSIVE = {
    "image",
    "plain_text",
    "mrkdwn",
    "rich_text_section",
    "rich_text_preformatted",
    "rich_text_quote",
    "rich_text_list",
}


def _texts(value: object) -> Iterator[Json]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        if value.get("type") in {"plain_text", "mrkdwn"}:
            yield value
        for item in value.values():
            yield from _texts(item)
