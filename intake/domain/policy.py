"""A landlord's policy pack, read from TOML: what the regulator demands and what it promises."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from intake.domain import policy_facts as facts
from intake.domain.moments import ClockName
from intake.domain.policy_parts import HazardLaw, Pack, Period
from intake.domain.working_days import CountFrom, Nation

PACKS = (
    "ombudsman-code",
    "progress-leaflet",
    "progress",
    "older-persons",
    "housing-plus",
    "together",
    "scotland-spso",
    "wales-psow",
    "ni-nipso",
)
#: What a regulator demands: a landlord's own pack makes promises instead.
REGULATOR_KEYS = frozenset({"code", "hazards", "contacts", "count_from", "regulator"})

Raw = dict[str, Any]


class PolicyError(ValueError):
    """A policy pack cannot be used; the message names the file, the key and what was expected."""


class Policy(Pack):
    """Everything that a regulator demands of one landlord, and what the landlord promises."""

    name: str
    title: str
    nation: Nation
    regulator: Literal["housing-ombudsman", "spso", "psow", "nipso"]
    #: A draft's rules are not all verified against the official text; these are not.
    draft: bool = False
    unverified: tuple[str, ...] = ()
    count_from: CountFrom = CountFrom.DAY0
    code: Mapping[ClockName, Period]
    promises: Mapping[ClockName, Period] = Field(default_factory=dict)
    #: Clocks of the Code about which the landlord's document says nothing.
    silent: tuple[ClockName, ...] = ()
    #: The answer to an MP or councillor whose letter shows no dissatisfaction.
    enquiry_response: Period | None = None
    #: How soon a possible breach of personal data is reported; unverified, so it can be changed.
    breach_report: Period | None = None
    hazards: Mapping[Nation, HazardLaw] = Field(default_factory=dict)
    #: Working days on which the office is shut: they may move a promise, never the Code's date.
    closures: tuple[date, ...] = ()
    document: facts.Document | None = None
    definitions: facts.Definitions = facts.Definitions()
    channels: facts.Channels = facts.Channels()
    social: facts.Social = facts.Social()
    service_requests: facts.ServiceRequests = facts.ServiceRequests()
    extra_stages: tuple[facts.ExtraStage, ...] = ()
    first_contact: facts.FirstContact = facts.FirstContact()
    identity: facts.Identity = facts.Identity()
    stage_1: facts.Stage = facts.Stage()
    stage_2: facts.Stage = facts.Stage()
    exclusions: tuple[facts.Exclusion, ...] = ()
    refusal: facts.Refusal = facts.Refusal()
    members: facts.Members = facts.Members()
    petition: facts.Petition = facts.Petition()
    representatives: facts.Representatives = facts.Representatives()
    ombudsman: facts.OmbudsmanAccess = facts.OmbudsmanAccess()
    compensation: facts.Compensation = facts.Compensation()
    compliments: facts.Feedback = facts.Feedback()
    comments: facts.Feedback = facts.Feedback()
    outcomes: facts.Outcomes = facts.Outcomes()
    behaviour: facts.Behaviour = facts.Behaviour()
    #: Adjustments that are offered, and formats in which words are to be had.
    adjustments: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    mediation: bool = False
    governance: facts.Governance = facts.Governance()
    office: facts.Office = facts.Office()
    #: Which body hears what besides the regulator: care, regulation, leases.
    other_routes: Mapping[str, str] = Field(default_factory=dict)
    contacts: tuple[facts.Contact, ...] = ()
    printed_contacts: tuple[facts.PrintedContact, ...] = ()

    @cached_property
    def hash(self) -> str:
        """The sha256 of the resolved pack, which every case keeps beside the pack's name."""
        resolved = self.model_dump(mode="json")
        return hashlib.sha256(json.dumps(resolved, sort_keys=True).encode()).hexdigest()

    def find_contact(self, body: str, on: date) -> facts.Contact | None:
        """Return how to reach a body on a day, or none where the table does not know it."""
        return next((row for row in self.contacts if row.body == body and row.holds(on)), None)


def load_policy(name_or_path: str | Path) -> Policy:
    """Read a pack that we ship by its name, or a landlord's own by its path.

    Raises:
        PolicyError: there is no such pack, or it cannot be used.
    """
    if str(name_or_path) in PACKS:
        return _load_shipped(str(name_or_path))
    path = Path(name_or_path)
    if path.suffix != ".toml":
        raise PolicyError(f"{name_or_path}: no such policy: expected one of {', '.join(PACKS)}")
    try:
        return parse_policy(path.read_text(encoding="utf-8"), source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read: {type(error).__name__}") from error


def parse_policy(text: str, *, source: str) -> Policy:
    """Read and check one pack with all that it extends; `source` names it in an error.

    Raises:
        PolicyError: it is not TOML, or a key is unknown, missing or wrong.
    """
    raw = _load_toml(text, source)
    _check_landlord(raw, source)
    return _resolve(_layers(raw, source))


def _resolve(layers: Sequence[tuple[str, Raw]]) -> Policy:
    merged: Raw = {}
    for _, raw in reversed(layers):
        merged = _merge(merged, raw)
    try:
        return Policy.model_validate(merged)
    except ValidationError as error:
        raise PolicyError("; ".join(_faults(error, layers))) from error


@cache
def _load_shipped(name: str) -> Policy:
    return _resolve(_shipped_layers(name))


def _shipped_layers(name: str) -> list[tuple[str, Raw]]:
    source = f"{name}.toml"
    text = files("intake").joinpath("policies", source).read_text(encoding="utf-8")
    return _layers(_load_toml(text, source), source)


def _layers(raw: Raw, source: str) -> list[tuple[str, Raw]]:
    """Return a pack and all that it extends, itself first."""
    base = raw.pop("extends", None)
    return [(source, raw), *(_shipped_layers(base) if base else [])]


def _load_toml(text: str, source: str) -> Raw:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{source}: {error}") from error


def _check_landlord(raw: Raw, source: str) -> None:
    """Refuse a landlord's own pack that stands on nothing, or changes what a regulator demands."""
    if raw.get("extends") not in PACKS:
        expected = f"expected one of {', '.join(PACKS)}"
        raise PolicyError(f"{source}: extends: {raw.get('extends')!r} is no pack: {expected}")
    if "name" not in raw:
        raise PolicyError(f"{source}: name: missing: expected the landlord's own name for its pack")
    for key in sorted(REGULATOR_KEYS & raw.keys()):
        raise PolicyError(f"{source}: {key}: only a regulator's pack sets this: expected promises")


def _merge(below: Raw, above: Mapping[str, Any]) -> Raw:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        tables = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merge(merged[key], value) if tables else value
    return merged


def _faults(error: ValidationError, layers: Sequence[tuple[str, Raw]]) -> list[str]:
    faults = []
    for fault in error.errors():
        where = [part for part in fault["loc"] if part != "[key]"]
        key = ".".join(str(part) for part in where)
        faults.append(f"{_source_of(where, layers)}: {key}: {fault['msg']}")
    return faults


def _source_of(where: Sequence[int | str], layers: Sequence[tuple[str, Raw]]) -> str:
    """Return the file that holds the key at fault, or the pack itself if none does."""
    return next((source for source, raw in layers if _holds(raw, where)), layers[0][0])


def _holds(raw: Any, where: Sequence[int | str]) -> bool:  # noqa: ANN401 - any TOML value
    for part in where:
        inside = part in raw if isinstance(raw, dict) else isinstance(part, int)
        if not inside:
            return False
        raw = raw[part]
    return True
