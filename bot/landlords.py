"""From what the operator set to what the program works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from bot.settings import (
    LandlordPart,
    Landlords,
    OAuthPart,
    RelayPart,
    ScannerAddress,
    SettingsError,
    SlackPart,
    load_secret,
)
from bot.slack.settings import SlackSettings
from intake.channels.source import Source
from intake.delivery.oauth import OAuth, Tokens
from intake.delivery.relay import Relay
from intake.domain.landlord import Landlord
from intake.domain.message import Channel
from intake.domain.policy import load_policy
from intake.domain.sending import Limits


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
    #: Who looks for viruses; nobody where none is set.
    scanner: ScannerAddress | None = None
    #: How many acknowledgements of each landlord may go.
    limits: Mapping[str, Limits] = field(default_factory=dict)
    #: Whose corrections the judge may be trained with.
    trains: frozenset[str] = frozenset()

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
            channel=Channel(source.channel),
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
        limits={key: Limits(**part.limits.model_dump()) for key, part in parts.landlord.items()},
        trains=frozenset(k for k, part in parts.landlord.items() if part.train_on_corrections),
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
        manager=part.manager,
        digest_at=time(part.digest_hour),
        retention_years=part.retention_years,
        intake=part.sender if part.sender in part.recipients else part.recipients[0],
        addresses=frozenset(address.casefold() for address in part.recipients),
        staff_domains=tuple(part.staff_domains),
        edges=frozenset(part.edges),
    )


def _own_words(part: LandlordPart) -> list[str]:
    """What a landlord lists, and what it is called and reached by."""
    return [*part.keep, part.name, part.sender, *part.recipients]


def _relay(key: str, part: RelayPart, folder: Path) -> Relay:
    named = f"landlord.{key}.relay"
    if bool(part.user) != bool(part.password or part.oauth):
        raise SettingsError(f"{named}.user: user and password, or user and oauth, go together")
    if part.password and part.oauth:
        raise SettingsError(f"{named}.oauth: expected either password or oauth")
    if part.user and part.encryption == "none":
        raise SettingsError(f"{named}.encryption: none would send the user's secret in clear")
    oauth = part.oauth
    return Relay(
        host=part.host,
        port=part.port,
        user=part.user,
        password=load_secret(part.password, named=f"{named}.password", folder=folder),
        encryption=part.encryption,
        tokens=Tokens(_oauth(f"{named}.oauth", oauth, folder)) if oauth else None,
        sealed_sender=part.sealed_sender,
    )


def _oauth(named: str, part: OAuthPart, folder: Path) -> OAuth:
    if part.client_secret is None and part.refresh_token is None:
        raise SettingsError(f"{named}.client_secret: expected it, or a refresh_token")
    secret, token = (
        load_secret(getattr(part, name), named=f"{named}.{name}", folder=folder)
        for name in ("client_secret", "refresh_token")
    )
    return OAuth(
        token_url=part.token_url,
        client_id=part.client_id,
        client_secret=secret,
        refresh_token=token,
        scope=part.scope,
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
