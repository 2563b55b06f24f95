"""Where a landlord's policy falls short of the Code, contradicts itself or its other policies."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from intake.domain.finding import Finding, Severity
from intake.domain.policy import Policy
from intake.domain.policy_rules import CODE_RULES
from intake.domain.policy_rules_all import RULES


def check_policy(policy: Policy, *, on: date) -> list[Finding]:
    """Return every conflict of one policy, by rule, the gravest first.

    The rules of the Housing Ombudsman's Code bind only where it is the regulator.
    """
    rules = [*RULES, *(CODE_RULES if policy.regulator == "housing-ombudsman" else ())]
    return _gravest_first(finding for rule in rules for finding in rule(policy, on))


def compare_policies(policies: Sequence[Policy]) -> dict[str, list[Finding]]:
    """Return where policies of the same landlord disagree, under the names of each pair."""
    return {
        f"{one.name}, {other.name}": _gravest_first(_differences(one, other))
        for one, other in combinations(policies, 2)
        if one.document and other.document and one.document.landlord == other.document.landlord
    }


def _gravest_first(findings: Iterator[Finding]) -> list[Finding]:
    grave = list(Severity)
    return sorted(findings, key=lambda finding: grave.index(finding.severity))


def _differences(one: Policy, other: Policy) -> Iterator[Finding]:
    yield from _different_lengths(one, other)
    if one.definitions.complaint_requires != other.definitions.complaint_requires:
        narrow = one if one.definitions.complaint_requires else other
        wide = other if narrow is one else one
        yield Finding(
            provision="1.2",
            severity=Severity.HIGH,
            says=f"a complaint is narrower in {narrow.name} than in {wide.name}",
            code="a complaint is any dissatisfaction, however expressed",
            heard_does="uses the Code's definition for both",
        )
    if one.social.accepted != other.social.accepted:
        silent = other if one.social.accepted else one
        yield Finding(
            provision="3.2",
            severity=Severity.MEDIUM,
            says=f"{silent.name} leaves out social media, which the other accepts",
            code="a complaint may be made in any way",
            heard_does="takes complaints on social media",
        )


def _different_lengths(one: Policy, other: Policy) -> Iterator[Finding]:
    for name in one.promises:
        ours = one.promises[name].length
        theirs = other.promises[name].length if name in other.promises else ours
        if ours == theirs:
            continue
        code = one.code.get(name)
        lengths = f"{ours.words} in {one.name}, {theirs.words} in {other.name}"
        yield Finding(
            provision=code.rule if code else "",
            severity=Severity.MEDIUM,
            says=f"{name.replace('_', ' ')}: {lengths}",
            code=code.length.words if code else "sets no period",
            heard_does="shows each policy's own date as the target, the Code's date beside it",
        )
