"""What a policy is checked for under the Housing Ombudsman's Complaint Handling Code."""

from collections.abc import Iterator
from datetime import date

from intake.domain.clock_runs import UNSTATED
from intake.domain.finding import Finding, Severity
from intake.domain.moments import ClockName
from intake.domain.policy import Policy
from intake.domain.policy_rules_all import Rule, is_shorter
from intake.domain.policy_rules_people import PEOPLE_RULES

#: The Code's definition of a complaint must be found in a policy in these words (Code 1.2).
DEFINITION = ("dissatisfaction", "however made", "lack of action", "group of residents")
#: Topics that a policy may route but not exclude (Code 2.5).
TOPICS = {
    "asb": "anti-social behaviour",
    "neighbour": "neighbour nuisance",
    "other_policy": "whatever has a policy of its own",
}


def find_extra_stages(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find a step beside the two stages (Code 5.2, 5.3, 5.12)."""
    for stage in policy.extra_stages:
        without = [] if stage.reference_number else ["a reference"]
        without += [] if stage.written_answer else ["a promised answer"]
        yield Finding(
            provision="5.2, 5.3, 5.12",
            severity=Severity.HIGH,
            says=f"{stage.name!r} comes before stage 1"
            + (f", without {' or '.join(without)}" if without else ""),
            code="there are two stages, no more, and each complaint is on record",
            heard_does=f"logs stage 1 at once; {stage.name!r} is a quick outcome within it",
        )


def find_first_contact_lane(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find dissatisfaction that is settled at once and kept out of the stages (5.2, 1.3)."""
    if policy.first_contact.recorded_as == "outside_the_stages":
        yield Finding(
            provision="5.2, 1.3",
            severity=Severity.HIGH,
            says="dissatisfaction resolved at the first contact is recorded outside the stages",
            code="early resolution is an outcome within stage 1, and the choice is offered",
            heard_does="records stage 1 with an outcome the same day, and the choice offered",
        )


def find_informal_lane(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find a chance to put right that is asked for before a complaint (1.2, 1.3, 5.2)."""
    if policy.service_requests.put_right_first:
        examples = ", ".join(policy.service_requests.counted_as_requests)
        yield Finding(
            provision="1.2, 1.3, 5.2",
            severity=Severity.HIGH,
            says="asks for a chance to put things right before a complaint"
            + (f"; calls service requests: {examples}" if examples else ""),
            code="dissatisfaction is a complaint at once; there is no informal stage",
            heard_does="offers the choice and logs stage 1",
        )


def find_stage_2_gate(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find stage 2 that depends on the landlord's view (6.10, 5.11) or on reasons (6.12)."""
    if policy.stage_2.begins == "when_landlord_is_satisfied":
        yield Finding(
            provision="6.10, 5.11",
            severity=Severity.HIGH,
            says="stage 2 begins once the landlord thinks it has done all it can",
            code="whatever is unresolved goes to stage 2 on request",
            heard_does="begins stage 2 on request",
        )
    if policy.stage_2.reasons != "optional":
        required = policy.stage_2.reasons == "required"
        yield Finding(
            provision="6.12",
            severity=Severity.HIGH if required else Severity.MEDIUM,
            says=f"the resident {'must' if required else 'is asked to'} say why stage 2 is wanted",
            code="the resident need not give reasons",
            heard_does="takes a request without reasons",
        )


def find_no_acknowledgement(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find clocks of the Code that the policy says nothing about (6.2, 6.11)."""
    clocks = [name for name in policy.silent if name in policy.code]
    if clocks:
        yield Finding(
            provision=", ".join(policy.code[name].rule for name in clocks),
            severity=Severity.HIGH,
            says=f"promises no {' and no '.join(_said(name) for name in clocks)}",
            code=", ".join(f"{_said(n)} within {policy.code[n].length.words}" for n in clocks),
            heard_does="runs the Code's clock",
        )


def find_no_start(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find responses whose start event is not stated, or is no receipt or acknowledgement."""
    clocks = [
        name for name in policy.promises if name in policy.code and _starts_late(policy, name)
    ]
    if clocks:
        yield Finding(
            provision=", ".join(policy.code[name].rule for name in clocks),
            severity=Severity.HIGH,
            says=f"names no good start event for {' or '.join(_said(name) for name in clocks)}",
            code="the response runs from the acknowledgement",
            heard_does="counts the Code's date from the acknowledgement, the target from receipt",
        )


def _starts_late(policy: Policy, name: ClockName) -> bool:
    start, code, receipt = policy.promises[name].start, policy.code[name].start, UNSTATED.get(name)
    return code != receipt if start is None else start not in (code, receipt)


def find_extensions(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find extensions without a limit, or without the Ombudsman's details (6.4-6.5, 6.15-6.16)."""
    stages = {"6.4-6.5": policy.stage_1, "6.15-6.16": policy.stage_2}
    loose = [n for n, s in stages.items() if not s.extension_capped or s.extension_needs_agreement]
    quiet = [n for n, s in stages.items() if s.extension_tells_ombudsman != "always"]
    if loose:
        agreed = any(stage.extension_needs_agreement for stage in stages.values())
        yield Finding(
            provision=", ".join(loose),
            severity=Severity.HIGH,
            says="sets no limit to an extension"
            + ("; asks the resident to agree to it" if agreed else "")
            + ("; does not always give the Ombudsman's details" if quiet else ""),
            code="at most 10 more working days at stage 1, 20 at stage 2; Ombudsman details given",
            heard_does="caps the date at 10 or 20 working days and always signposts",
        )
    elif quiet:
        yield Finding(
            provision=", ".join(name.split("-")[1] for name in quiet),
            severity=Severity.MEDIUM,
            says="the words for an extension leave out the Ombudsman's details",
            code="the resident is told how to reach the Ombudsman",
            heard_does="adds the details to every extension letter",
        )


def find_narrow_definition(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find a definition of a complaint that is not the Code's (1.2), or asks for more (1.3)."""
    text = policy.definitions.complaint.casefold()
    missing = [words for words in DEFINITION if words not in text]
    requires = policy.definitions.complaint_requires
    if missing or requires:
        yield Finding(
            provision="1.2, 1.3" if requires else "1.2",
            severity=Severity.HIGH,
            says="defines a complaint in words of its own"
            + (f", and asks for {' and '.join(requires)}" if requires else ""),
            code="a complaint is any dissatisfaction, however expressed, in the Code's own words",
            heard_does="uses the Code's definition",
        )


def find_blanket_exclusions(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find topics that are excluded whatever the landlord did about them (2.5)."""
    topics = [
        TOPICS[exclusion.topic]
        for exclusion in policy.exclusions
        if exclusion.topic in TOPICS and not exclusion.unless
    ]
    if topics:
        yield Finding(
            provision="2.5",
            severity=Severity.HIGH,
            says=f"excludes {', '.join(topics)} without exception",
            code="there are no blanket exclusions: how a report was handled can be complained of",
            heard_does="sends a report to the service and takes a complaint about its handling",
        )


def find_compensation(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find limits on redress that the Code's section 7 does not know."""
    claim = policy.promises.get(ClockName.COMPENSATION_WINDOW)
    window = policy.code[ClockName.COMPLAINT_WINDOW]
    if claim and is_shorter(claim.length, window.length):
        outer = f" and normally never after {claim.outer.words}" if claim.outer else ""
        yield Finding(
            provision="7.2, 7.4",
            severity=Severity.MEDIUM,
            says=f"compensation is claimed within {claim.length.words}{outer}",
            code=f"a remedy follows from impact; complaints are taken for {window.length.words}",
            heard_does="never lets a lapsed claim window close a complaint",
        )
    yield from _find_payment_terms(policy)


def _find_payment_terms(policy: Policy) -> Iterator[Finding]:
    terms = policy.compensation
    if terms.set_against_arrears and not terms.ombudsman_awards_apart:
        yield Finding(
            provision="7.4",
            severity=Severity.MEDIUM,
            says="compensation is credited to arrears, whoever ordered it",
            code="what the Ombudsman awards is kept apart from arrears",
            heard_does="flags money ordered by the Ombudsman: no set-off",
        )
    gifts = [form for band in terms.bands for form in band.forms if form != "money"]
    if terms.goodwill_only or gifts:
        yield Finding(
            provision="7.1-7.4",
            severity=Severity.MEDIUM,
            says="payments are goodwill without liability"
            + (f"; may be {' or '.join(gifts)}" if gifts else ""),
            code="a remedy acknowledges what went wrong and reflects its impact",
            heard_does="asks for the impact and the remedy in one form",
        )


def _said(name: ClockName) -> str:
    return name.replace("_", " ")


CODE_RULES: tuple[Rule, ...] = (
    find_extra_stages,
    find_first_contact_lane,
    find_informal_lane,
    find_stage_2_gate,
    find_no_acknowledgement,
    find_no_start,
    find_extensions,
    find_narrow_definition,
    find_blanket_exclusions,
    find_compensation,
    *PEOPLE_RULES,
)
