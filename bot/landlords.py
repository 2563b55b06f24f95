"""From what the operator set to what the program works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import (
    LandlordPart,
    Landlords,
    RelayPart,
    SettingsError,
    SlackPart,
    load_secret,
)
from bot.slack.settings import SlackSettings
from intake.channels.source import Source
from intake.delivery.relay import Relay
from intake.domain.landlord import Landlord
from intake.domain.policy import load_policy


@dataclass(frozen=True, kw_only=True)
class Configured:
    """Everything that `heard.toml` says, with the secrets that it points to."""

    landlords: Mapping[str, Landlord]
    #: Which landlord each of our mail addresses belongs to.
    recipients: Mapping[str, str]
    relays: Mapping[str, Relay]
    slack: Mapping[str, SlackSettings]
    sources: Mapping[str, Source]
    #: Whose words redaction leaves.
    keep: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, str]:
        """The landlords as residents know them."""
        return {key: landlord.name for key, landlord in self.landlords.items()}


def configure(parts: Landlords, *, folder: Path, slack_api: str) -> Configured:
    """Return what the program works with; secrets in files lie relative to `folder`.

    Raises:
        SettingsError: a secret is missing or empty.
    """
    landlords = {key: _landlord(key, part) for key, part in parts.landlord.items()}
    relays, slack, sources = {}, {}, {}
    for key, part in parts.landlord.items():
        if part.relay is not None:
            relays[key] = _relay(key, part.relay, folder)
        if part.slack is not None:
            slack[key] = _slack(key, part.slack, folder, slack_api)
    for name, source in parts.source.items():
        sources[name] = Source(
            landlord=source.landlord,
            secret=load_secret(source.secret, named=f"source.{name}.secret", folder=folder),
            body_only=source.body_only,
            fields=source.fields,
        )
    keep = {key: _own_words(part) for key, part in parts.landlord.items()}
    recipients = {
        address.casefold(): key
        for key, part in parts.landlord.items()
        for address in part.recipients
    }
    return Configured(
        landlords=landlords,
        recipients=recipients,
        relays=relays,
        slack=slack,
        sources=sources,
        keep=keep,
    )


def _landlord(key: str, part: LandlordPart) -> Landlord:
    policy = load_policy(part.policy)
    return Landlord(
        key=key,
        name=part.name,
        policy=policy,
        nation=part.nation or policy.nation,
        sender=part.sender,
        undo=part.undo,
        receipt=part.receipt,
    )


def _own_words(part: LandlordPart) -> list[str]:
    """What a landlord lists, and what it is called and reached by."""
    return [*part.keep, part.name, part.sender, *part.recipients]


def _relay(key: str, part: RelayPart, folder: Path) -> Relay:
    named = f"landlord.{key}.relay.password"
    if bool(part.user) != bool(part.password):
        raise SettingsError(f"{named}: user and password go together")
    return Relay(
        host=part.host,
        port=part.port,
        user=part.user,
        password=load_secret(part.password, named=named, folder=folder),
        encryption=part.encryption,
    )


def _slack(key: str, part: SlackPart, folder: Path, api: str) -> SlackSettings:
    where = f"landlord.{key}.slack"
    try:
        return SlackSettings(
            team=part.team,
            channel=part.channel,
            mode=part.mode,
            bot_token=load_secret(part.bot_token, named=f"{where}.bot_token", folder=folder),
            app_token=load_secret(part.app_token, named=f"{where}.app_token", folder=folder),
            signing_secret=load_secret(
                part.signing_secret, named=f"{where}.signing_secret", folder=folder
            ),
            api=api,
        )
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from error
