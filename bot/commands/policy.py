"""What `heard policy list`, `show` and `check` answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from intake.domain.finding import Finding
from intake.domain.moments import ClockName
from intake.domain.policy import PACKS, Policy, load_policy
from intake.domain.policy_check import check_policy, compare_policies
from intake.domain.policy_parts import Period

#: Told as a table of clocks, not one by one.
_CLOCKS = ("code", "promises", "enquiry_response", "hazards")
_YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check prints, and the status with which it ends."""

    text: str
    status: int


def list_policies() -> str:
    """Return a line for each pack that we ship: its name, nation and title."""
    packs = [load_policy(name) for name in PACKS]
    return "\n".join(f"{pack.name:<18}{pack.nation:<18}{pack.title}" for pack in packs)


def show_policy(name: str, *, as_json: bool = False) -> str:
    """Return all of one pack: its two dates for each clock, and everything else it lays down.

    Raises:
        PolicyError: there is no such pack, or it cannot be used.
    """
    policy = load_policy(name)
    resolved = policy.model_dump(mode="json", by_alias=True)
    if as_json:
        return json.dumps({**resolved, "hash": policy.hash}, indent=2, ensure_ascii=False)
    facts = {key: value for key, value in resolved.items() if key not in _CLOCKS}
    return "\n".join([f"hash: {policy.hash}", *_clock_lines(policy), *_lines(facts)])


def check_policies(names: Sequence[str], *, today: date, as_json: bool = False) -> Checked:
    """Return every conflict of the named packs or files, and of one landlord's with each other.

    Raises:
        PolicyError: a pack does not exist or cannot be used.
    """
    policies = [load_policy(name) for name in names]
    found = {policy.name: check_policy(policy, on=today) for policy in policies}
    found |= {pair: faults for pair, faults in compare_policies(policies).items() if faults}
    text = _as_json(found) if as_json else _as_text(found)
    return Checked(text=text, status=1 if any(found.values()) else 0)


def _as_json(found: Mapping[str, Sequence[Finding]]) -> str:
    """One object a line: each policy, and each pair of one landlord's that differ."""
    shapes = (
        {"policy": name, "findings": [asdict(finding) for finding in findings]}
        for name, findings in found.items()
    )
    return "\n".join(json.dumps(shape, ensure_ascii=False) for shape in shapes)


def _as_text(found: Mapping[str, Sequence[Finding]]) -> str:
    lines = []
    for name, findings in found.items():
        lines.append(f"{name}: {len(findings)} findings" if findings else f"{name}: no conflict")
        for finding in findings:
            lines += [
                f"  {finding.severity:<7}{finding.provision}: {finding.says}",
                f"         the Code: {finding.code}",
                f"         Heard: {finding.heard_does}",
            ]
    return "\n".join(lines)


def _clock_lines(policy: Policy) -> Iterator[str]:
    yield "clocks:"
    for name in ClockName:
        sides = {"promise": policy.promises.get(name), "code": policy.code.get(name)}
        told = [f"{side} {_period(period)}" for side, period in sides.items() if period]
        if told:
            yield f"  {name}: {'; '.join(told)}"
    if policy.enquiry_response:
        yield f"  mp_response to an enquiry: promise {_period(policy.enquiry_response)}"

    for nation, law in policy.hazards.items():
        yield f"hazards in {nation}: {law.law}"
        for phase in law.phases:
            yield f"  significant from {phase.start}: {', '.join(phase.significant)}"
        for name, period in law.clocks.items():
            yield f"  {name}: code {_period(period)}"


def _period(period: Period) -> str:
    start = f"from {period.start}" if period.start else "start not stated"
    unverified = ", unverified" if period.evidence in {"C", "K"} else ""
    return f"{period.length} {start} ({period.rule}{unverified})"


def _lines(value: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Write nested facts as an indented list, leaving out what is empty."""
    pad = "  " * depth
    for key, held in value.items():
        if isinstance(held, dict) and held:
            yield f"{pad}{key}:"
            yield from _lines(held, depth + 1)
        elif isinstance(held, list) and held:
            yield f"{pad}{key}:"
            yield from _items(held, depth + 1)
        elif held not in (None, "", [], {}):
            yield f"{pad}{key}: {_YES_NO.get(held, held) if isinstance(held, bool) else held}"


def _items(held: Sequence[Any], depth: int) -> Iterator[str]:
    for item in held:
        if isinstance(item, dict):
            yield f"{'  ' * depth}-"
            yield from _lines(item, depth + 1)
        else:
            yield f"{'  ' * depth}- {item}"
