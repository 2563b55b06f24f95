"""What the Code asks about people: access, representatives, the Ombudsman, who answers for it."""

from collections.abc import Iterator
from datetime import date

from intake.domain.finding import Finding, Severity
from intake.domain.moments import ClockName
from intake.domain.policy import Policy
from intake.domain.policy_rules_all import Rule


def find_ombudsman_barriers(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find the wait and the filter that were abolished on 1 October 2022 (3.7)."""
    access = policy.ombudsman
    barriers = [f"after a wait of {access.wait.words}"] if access.wait else []
    barriers += ["only through an MP or councillor"] if access.only_through_mp else []
    if barriers:
        yield _access(Severity.HIGH, f"the Ombudsman is reached {' or '.join(barriers)}")
    if access.at_any_time and access.wait:
        yield _access(
            Severity.HIGH,
            f"contradicts itself: the Ombudsman at any stage, but after {access.wait.words}",
        )
    if access.only_through_mp and access.direct_after_wait:
        yield _access(
            Severity.HIGH, "contradicts itself: only an MP or councillor may refer, or go direct"
        )
    if access.designated_person_offered:
        yield _access(Severity.MEDIUM, "still offers a designated person")


def _access(severity: Severity, says: str) -> Finding:
    return Finding(
        provision="3.7",
        severity=severity,
        says=says,
        code="a resident goes to the Ombudsman directly; filter and wait ended on 1 October 2022",
        heard_does="says in every letter how to reach the Ombudsman; an MP may help, need not",
    )


def find_identity_check(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find an identity check that comes before recording (6.2)."""
    if policy.identity.checked_before_recording:
        anonymous = policy.identity.anonymous_recorded
        but = ", although anonymous feedback is recorded" if anonymous else ""
        yield Finding(
            provision="6.2",
            severity=Severity.HIGH,
            says=f"identity may be asked for before a complaint is recorded{but}",
            code="a complaint is logged within 5 working days of receipt",
            heard_does="logs on receipt and checks identity beside the clock",
        )


def find_closed_channels(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find ways in that are shut, or open only in office hours (3.2)."""
    social = policy.social
    if social.accepted and social.seen == "office_hours":
        yield _channels(
            "social media within the standard timescales, but not looked at outside office hours",
            "counts from the day a post arrived",
        )
    if not social.accepted:
        yield _channels("leaves social media out of the ways to complain", "takes them")
    if not policy.channels.anybody_on_staff:
        yield _channels("only some staff take complaints", "lets anybody on the staff log one")


def _channels(says: str, heard_does: str) -> Finding:
    return Finding(
        provision="3.2",
        severity=Severity.MEDIUM,
        says=says,
        code="a complaint may be made in any way, to any member of staff",
        heard_does=heard_does,
    )


def find_members_gap(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find letters of MPs that raise new dissatisfaction and have no place (1.3)."""
    letter, enquiry = policy.promises.get(ClockName.MP_RESPONSE), policy.enquiry_response
    if letter and policy.members.new_dissatisfaction == "unstated":
        both = f", {enquiry.length.words} after acknowledging an enquiry" if enquiry else ""
        yield Finding(
            provision="1.3",
            severity=Severity.MEDIUM,
            says=f"answers an MP on a complaint in {letter.length.words}{both}; "
            "nothing on a letter that raises new dissatisfaction",
            code="dissatisfaction through a third party is the resident's complaint",
            heard_does="logs the resident's complaint, with the MP's own clock beside it",
        )


def find_representative_terms(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find representatives who are refused, or passed over by default (3.6)."""
    terms = policy.representatives
    if not terms.accepted or terms.reply == "resident_with_copy":
        passed_over = "answers the resident by default, with a copy to the representative"
        yield Finding(
            provision="3.6",
            severity=Severity.MEDIUM if terms.accepted else Severity.HIGH,
            says=passed_over if terms.accepted else "does not accept representatives",
            code="a representative deals with the complaint on the resident's behalf",
            heard_does="asks the resident's preference once authority is confirmed",
        )


def find_governance_gaps(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find duties on the landlord that the policy leaves out (9.5, 8.1, 1.4)."""
    gaps = {
        "9.5": ("a member responsible for complaints", policy.governance.member_responsible),
        "8.1": ("the annual report", policy.governance.annual_report),
        "1.4": ("the recording of service requests", policy.service_requests.recorded),
    }
    missing = {number: duty for number, (duty, held) in gaps.items() if not held}
    if missing:
        yield Finding(
            provision=", ".join(missing),
            severity=Severity.MEDIUM,
            says=f"leaves out {', '.join(missing.values())}",
            code="each of these is a duty",
            heard_does="lists them in the readiness checklist, and records service requests",
        )


def find_refusal_gaps(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find refusals told without reasons or without the right to the Ombudsman (2.4)."""
    if not (policy.refusal.reasons and policy.refusal.ombudsman):
        yield Finding(
            provision="2.4",
            severity=Severity.HIGH,
            says="a refusal comes without reasons or without the right to the Ombudsman",
            code="a refusal gives its reasons and the right to take it to the Ombudsman",
            heard_does="sends no refusal without both",
        )


def find_reviewer_doubts(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find a stage 2 that is not independent (6.13), or decided by one or another."""
    stage = policy.stage_2
    doubtful = len(stage.decided_by) > 1
    if not stage.independent or doubtful:
        yield Finding(
            provision="6.13",
            severity=Severity.LOW if stage.independent else Severity.HIGH,
            says=f"stage 2 is decided by {' or '.join(stage.decided_by)}"
            if stage.independent
            else "stage 2 may be decided by whoever decided stage 1",
            code="stage 2 is decided by somebody else than stage 1",
            heard_does="takes no stage 2 decision from a stage 1 decider",
        )


def find_unclear_owners(policy: Policy, _on: date) -> Iterator[Finding]:
    """Find several owners or approvers where one is meant (4.1), and the word formal (5.2)."""
    document = policy.document
    for people in (document.reviewed_by, document.approved_by) if document else ():
        if len(people) > 1:
            yield Finding(
                provision="4.1",
                severity=Severity.LOW,
                says=f"names as one and the same: {', '.join(people)}",
                code="somebody named answers for complaints",
                heard_does="asks the landlord who it is",
            )
    if any("formal" in stage.name.casefold() for stage in (policy.stage_1, policy.stage_2)):
        yield Finding(
            provision="5.2",
            severity=Severity.LOW,
            says="calls a stage formal, as if there were an informal one",
            code="there is no informal stage",
            heard_does="says stage 1 and stage 2",
        )


PEOPLE_RULES: tuple[Rule, ...] = (
    find_ombudsman_barriers,
    find_identity_check,
    find_closed_channels,
    find_members_gap,
    find_representative_terms,
    find_governance_gaps,
    find_refusal_gaps,
    find_reviewer_doubts,
    find_unclear_owners,
)
