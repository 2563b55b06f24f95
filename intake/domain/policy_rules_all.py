"""What every policy is checked for, whoever its regulator is."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from intake.domain.finding import Finding, Severity
from intake.domain.lengths import Length, Unit
from intake.domain.moments import ClockName
from intake.domain.policy import Policy
from intake.domain.policy_facts import Contact, PrintedContact

Rule = Callable[[Policy, date], Iterator[Finding]]

#: Time that belongs to the resident: a policy may lengthen it, all other time only shorten.
WINDOWS = frozenset({ClockName.COMPLAINT_WINDOW, ClockName.OMBUDSMAN_REFERRAL})
#: Calendar days in a unit, near enough to tell which of two lengths is longer.
DAYS = {
    Unit.HOURS: 1 / 24,
    Unit.DAYS: 1,
    Unit.WORKING_DAYS: 7 / 5,
    Unit.WEEKS: 7,
    Unit.MONTHS: 365.25 / 12,
}
#: Where the Code lays a clock down in more provisions than the one that names its length.
PROVISIONS = {ClockName.COMPLAINT_WINDOW: "2.2-2.3"}


def find_bad_periods(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find promises that give the landlord more time, or the resident less, than the regulator."""
    for name, promise in policy.promises.items():
        code = policy.code.get(name)
        if code is None or not _is_worse(name, promise.length, code.length):
            continue
        provision = PROVISIONS.get(name, code.rule) if _is_code(policy) else code.rule
        yield Finding(
            provision=provision,
            severity=Severity.HIGH,
            says=f"{name.replace('_', ' ')} of {promise.length.words} ({promise.rule})",
            code=f"{code.length.words} ({code.rule})",
            heard_does=f"uses {code.length.words}"
            + (", and asks staff to consider discretion after that" if name in WINDOWS else ""),
        )


def find_stale_contacts(policy: Policy, on: date) -> Iterator[Finding]:
    """Find printed addresses that differ from the dated table (Code 3.7)."""
    for printed in policy.printed_contacts:
        known = policy.find_contact(printed.body, on)
        faults = _wrong_parts(printed, known) if known else []
        if known and faults:
            right = [known.post, known.phone, known.email, known.web, known.note]
            yield Finding(
                provision="3.7",
                severity=Severity.MEDIUM,
                says=f"prints for the {known.name}: {'; '.join(faults)}",
                code=f"the {known.name} is at {'; '.join(filter(None, right))}",
                heard_does="prints the dated table's contact in letters",
            )


def find_overdue_review(policy: Policy, on: date) -> Iterator[Finding]:
    """Find a policy whose own review date has passed."""
    due = policy.document.next_review if policy.document else None
    if due and due < on:
        yield Finding(
            provision="3.4",
            severity=Severity.LOW,
            says=f"its next review was due on {due}",
            code="the policy is clear and current",
            heard_does="warns that the policy is past its review date",
        )


def is_shorter(one: Length, other: Length) -> bool:
    """Say which of two lengths is shorter, by the calendar where their units differ."""
    return one.amount * DAYS[one.unit] < other.amount * DAYS[other.unit]


def _is_worse(name: ClockName, promise: Length, code: Length) -> bool:
    return is_shorter(promise, code) if name in WINDOWS else is_shorter(code, promise)


def _is_code(policy: Policy) -> bool:
    return policy.regulator == "housing-ombudsman"


def _wrong_parts(printed: PrintedContact, known: Contact) -> list[str]:
    faults = []
    if printed.post and _letters(printed.post) != _letters(known.post):
        faults.append(f"post {printed.post}")
    if printed.phone and _digits(printed.phone) != _digits(known.phone):
        faults.append(f"telephone {printed.phone}")
    if printed.web and _site(printed.web) != _site(known.web):
        faults.append(f"website {printed.web}")
    if printed.email and not known.email:
        faults.append(f"e-mail {printed.email}, where new cases are not taken")
    elif printed.email.casefold() != known.email.casefold() and printed.email:
        faults.append(f"e-mail {printed.email}")
    return faults


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _site(text: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", text.casefold()).rstrip("/")


RULES: tuple[Rule, ...] = (find_bad_periods, find_stale_contacts, find_overdue_review)
