"""What the operator decides: the environment, and `heard.toml` for the landlords.

Read once at the start. An unknown name is an error: a mistyped setting must not be silently unset.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from intake.domain import post
from intake.domain.message import is_mail_address
from intake.domain.policy import PolicyError, load_policy
from intake.domain.working_days import Nation

Port = Annotated[int, Field(ge=0, le=65535)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]


def _is_address(text: str) -> str:
    if not is_mail_address(text):
        raise ValueError(f"{text!r} is no mail address")
    return text


def _is_part_of_post(name: str) -> str:
    if name not in post.FIELDS:
        raise ValueError(f"expected one of {', '.join(post.FIELDS)}")
    return name


def _is_safe_url(url: str) -> str:
    if not re.match(r"https://[^/\s]|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise ValueError("expected https://…: secrets are sent there")
    return url


Address = Annotated[str, AfterValidator(_is_address)]
PartOfPost = Annotated[str, AfterValidator(_is_part_of_post)]
PREFIX, OF_TESTS = "HEARD_", "HEARD_TEST_"
SCANNER = re.compile(r"unix:(?P<path>/.+)|tcp:(?P<host>[^/]+):(?P<port>[0-9]+)")

DEMONSTRATION = """# A landlord to try Heard with. Change the names, or add a landlord beside it.
# A secret is never written here: name the environment variable or the file that holds it,
# such as  password = { env = "OAK_RELAY_PASSWORD" }  or  password = { file = "relay-password" }.

[landlord.oak]
name = "Oak Homes"
policy = "ombudsman-code"
nation = "england"
recipients = ["complaints@oak.example", "repairs@oak.example", "hello@oak.example"]
sender = "complaints@oak.example"
undo_seconds = 60      # how long a confirmed acknowledgement can be undone before it leaves
manager = ""           # who hears of what is overdue: a name at the desk, or "slack:U0123456789"
digest_hour = 8        # when the digest of the day comes, on working days
retention_years = 6    # how long an ended case is kept whole, until `heard purge`
receipt = false        # true: residents get "we have your message" at once; it ends no clock
keep = ["Oak Homes"]   # names, numbers, domains and blocks of yours, which redaction leaves
staff_domains = ["oak.example"]  # your staff's mail: what they pass on is credited to its writer
edges = []             # the servers that check mail for you, as in Authentication-Results: NAME;
train_on_corrections = false  # true: what staff decide, redacted, may train the judge here

# The mail server that carries your letters. Without one they go to the outbox folder
# and reach nobody.
# [landlord.oak.relay]
# host = "smtp.oak.example"
# port = 587
# user = "complaints@oak.example"
# password = { env = "OAK_RELAY_PASSWORD" }
# Microsoft 365 and Google take a token in place of the password:
# [landlord.oak.relay.oauth]
# token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token"
# client_id = "00000000-0000-0000-0000-000000000000"
# client_secret = { env = "OAK_RELAY_SECRET" }
# scope = "https://outlook.office365.com/.default"

# Triage in Slack instead of at the desk (see the README for how to make the app).
# [landlord.oak.slack]
# mode = "socket"        # or "http", which needs signing_secret instead of app_token
# team = "T0123456789"
# channel = "C0123456789"
# bot_token = { env = "OAK_SLACK_BOT_TOKEN" }
# app_token = { env = "OAK_SLACK_APP_TOKEN" }

# A tool that reports public posts to POST /hooks/oak-social as signed JSON.
# [source.oak-social]
# landlord = "oak"
# secret = { env = "OAK_SOCIAL_SECRET" }
# channel = "survey"     # where it reports answers to a satisfaction survey instead
"""


class SettingsError(Exception):
    """A setting is wrong, missing or unknown; the message names it and says what was expected."""


class Part(BaseModel):
    """Base of all settings: no unknown keys, no changes after the start."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Secret(Part):
    """Where a secret lies: an environment variable or a file, never the settings themselves."""

    env: str = ""
    file: str = ""


class OAuthPart(Part):
    """`[landlord.NAME.relay.oauth]`: where tokens come from, in place of a password."""

    token_url: Annotated[str, AfterValidator(_is_safe_url)]
    client_id: str = Field(min_length=1)
    #: Alone, it is enough where the server knows the program; with a `refresh_token` it may lack.
    client_secret: Secret | None = None
    refresh_token: Secret | None = None
    scope: str = ""


class RelayPart(Part):
    """`[landlord.NAME.relay]`."""

    host: str = Field(min_length=1)
    port: Port = 587
    user: str = ""
    password: Secret | None = None
    oauth: OAuthPart | None = None
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    #: Whether a failure to deliver comes back to an address of its own for each letter.
    sealed_sender: bool = True


class LimitsPart(Part):
    """`[landlord.NAME.limits]`: how many acknowledgements may go, and as many bare receipts."""

    #: In 24 hours; a shared domain is that of a large provider, such as gmail.com.
    per_address: int = Field(default=3, ge=1)
    per_domain: int = Field(default=20, ge=1)
    per_shared_domain: int = Field(default=500, ge=1)
    #: To everybody, within the hour.
    burst: int = Field(default=100, ge=1)


class SlackPart(Part):
    """`[landlord.NAME.slack]`."""

    mode: Literal["socket", "http"]
    team: str = Field(min_length=1)
    channel: str = Field(min_length=1)
    bot_token: Secret
    app_token: Secret | None = None
    signing_secret: Secret | None = None


class LandlordPart(Part):
    """`[landlord.NAME]`."""

    name: str = Field(min_length=1, max_length=100)
    policy: str = "ombudsman-code"
    nation: Nation | None = None
    recipients: list[Address] = Field(min_length=1)
    sender: Address
    undo_seconds: int = Field(default=60, ge=0, le=3600)
    receipt: bool = False
    #: Who hears of what is overdue or nobody's: a name as given at the desk, or `slack:U…`.
    manager: str = Field(default="", max_length=100)
    #: The hour of the morning digest in London, on working days.
    digest_hour: int = Field(default=8, ge=0, le=23)
    #: How long a case that has ended is kept whole; then `heard purge` takes its personal data.
    retention_years: int = Field(default=6, ge=1, le=100)
    #: Whether the judge may be trained with what staff confirm: only where its DPIA allows it.
    train_on_corrections: bool = False
    #: The mail domains of the landlord's staff, and the names (authserv-id) under which its own
    #: mail edge writes Authentication-Results; nobody else's count.
    staff_domains: list[str] = []
    edges: list[str] = []
    #: What redaction leaves: the landlord's own names, numbers, domains and blocks.
    keep: list[str] = []
    relay: RelayPart | None = None
    limits: LimitsPart = LimitsPart()
    slack: SlackPart | None = None

    @field_validator("policy")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            load_policy(name)
        except PolicyError as error:
            raise ValueError(str(error)) from error
        return name

    @property
    def undo(self) -> timedelta:
        """How long a promised letter can be undone."""
        return timedelta(seconds=self.undo_seconds)


class SourcePart(Part):
    """`[source.NAME]`."""

    landlord: Name
    secret: Secret
    body_only: bool = False
    channel: Literal["social", "survey"] = "social"
    fields: dict[PartOfPost, str] = {}


class Landlords(Part):
    """`heard.toml`."""

    landlord: dict[Name, LandlordPart] = Field(min_length=1)
    source: dict[Name, SourcePart] = {}


class ScannerAddress(Part):
    """Where a virus scanner listens: at a host and port, or at a socket's path."""

    host: str = ""
    port: Port = 0
    path: str = ""


class Settings(Part):
    """The environment, each name with `HEARD_` before it and in capitals."""

    #: The file with the landlords.
    config: Path | None = None
    #: SQLite or PostgreSQL; the embedded SQLite of the data folder where it is not set.
    database_url: SecretStr | None = None
    web_port: Port = 8080
    desk_port: Port = 8081
    smtp_port: Port = 8025
    #: Where the public doors listen. The desk listens on this machine only.
    web_host: str = "127.0.0.1"
    smtp_host: str = "127.0.0.1"
    #: A certificate chain and its key, in PEM, for STARTTLS.
    smtp_certificate: Path | None = None
    smtp_key: Path | None = None
    #: Where Slack's Web API answers, where it is not slack.com.
    slack_api_url: str = "https://slack.com/api/"
    #: Seals the addresses and Message-IDs of letters; the data folder's own key where not set.
    seal_key: SecretStr | None = None

    #: Where ClamAV's daemon listens, as `tcp:host:port` or `unix:/path`; nobody scans without it.
    clamd: ScannerAddress | None = None

    @field_validator("clamd", mode="before")
    @classmethod
    def _is_scanner(cls, said: str) -> dict[str, str]:
        found = SCANNER.fullmatch(said)
        if found is None:
            raise ValueError("expected tcp:host:port or unix:/path")
        return {name: part for name, part in found.groupdict().items() if part}

    @field_validator("smtp_key")
    @classmethod
    def _has_certificate(cls, key: Path | None, info: ValidationInfo) -> Path | None:
        if key is not None and info.data.get("smtp_certificate") is None:
            raise ValueError("expected HEARD_SMTP_CERTIFICATE beside it")
        return key


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: a `HEARD_` name is unknown, or its value is not what it must be.
    """
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX) and not name.startswith(OF_TESTS)
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        faults = (_fault(PREFIX + str(fault["loc"][0]).upper(), fault) for fault in error.errors())
        raise SettingsError("; ".join(faults)) from None


def load_landlords(path: Path) -> Landlords:
    """Read `heard.toml`.

    Raises:
        SettingsError: it cannot be read, or a key is unknown, missing or wrong.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        landlords = Landlords.model_validate(raw)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        if isinstance(error, ValidationError):
            faults = (_fault(f"{path}: {_key(fault['loc'])}", fault) for fault in error.errors())
            raise SettingsError("; ".join(faults)) from None
        raise SettingsError(f"{path}: {error}") from None
    _check_shared(landlords, path)
    return landlords


def load_secret(secret: Secret | None, *, named: str, folder: Path) -> str:
    """Return a secret from where the settings say it lies.

    Raises:
        SettingsError: it is not there, or is empty.
    """
    if secret is None:
        return ""
    if bool(secret.env) == bool(secret.file):
        raise SettingsError(f"{named}: expected either env or file")
    if secret.env:
        value = os.environ.get(secret.env, "").strip()
        where = f"the environment variable {secret.env}"
    else:
        where = f"the file {secret.file}"
        try:
            value = (folder / secret.file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            value = ""
    if not value:
        raise SettingsError(f"{named}: {where} is missing or empty")
    return value


def _check_shared(landlords: Landlords, path: Path) -> None:
    """No address belongs to two landlords, and every source to one that there is."""
    owner: dict[str, str] = {}
    for key, landlord in landlords.landlord.items():
        for address in landlord.recipients:
            other = owner.setdefault(address.casefold(), key)
            if other != key:
                raise SettingsError(
                    f"{path}: landlord.{key}.recipients: {address} is {other}'s already"
                )
    for name, source in landlords.source.items():
        if source.landlord not in landlords.landlord:
            raise SettingsError(f"{path}: source.{name}.landlord: no landlord {source.landlord}")


def _fault(name: str, fault: Any) -> str:  # noqa: ANN401 - pydantic's own error record
    if fault["type"] == "extra_forbidden":
        return f"{name}: there is no such setting"
    return f"{name}: {fault['msg'].removeprefix('Value error, ')}"


def _key(places: tuple[int | str, ...]) -> str:
    return ".".join(str(place) for place in places if place != "[key]")
