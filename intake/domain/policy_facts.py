"""The parts of a policy pack that set no clock. What is not stated is as the Code has it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from intake.domain.policy_parts import Pack, PackLength
from intake.domain.working_days import Nation

Words = tuple[str, ...]


class Document(Pack):
    """The landlord's document that a pack was read from."""

    landlord: str
    title: str
    reference: str = ""
    version: str = ""
    effective: date | None = None
    reviewed: date | None = None
    next_review: date | None = None
    reviewed_by: Words = ()
    approved_by: Words = ()
    applies_to: Words = ()
    does_not_apply_to: Words = ()
    publicised_by: Words = ()


class Definitions(Pack):
    """What each kind of feedback is, in the words of the policy."""

    classes: Words = ()
    complaint: str = ""
    #: What a complaint must show beyond dissatisfaction (Code 1.2 and 1.3: nothing).
    complaint_requires: Words = ()
    complaint_examples: Words = ()
    service_request: str = ""
    enquiry: str = ""
    compliment: str = ""
    comment: str = ""
    anonymous: str = ""


class Channels(Pack):
    """The ways in (Code 3.1 and 3.2)."""

    complaints: Words = ()
    compliments: Words = ()
    #: When somebody answers a channel, where the policy says.
    hours: Mapping[str, str] = Field(default_factory=dict)
    anybody_on_staff: bool = True


class Social(Pack):
    """What happens to a complaint on a public page (Code 3.2)."""

    accepted: bool = True
    same_procedure: bool = True
    move_to_private: bool = True
    remove_personal_details: bool = True
    data_used_only_for_its_purpose: bool = True
    seen: Literal["always", "office_hours"] = "always"


class ServiceRequests(Pack):
    """How a request for service is told from a complaint, and kept (Code 1.3 to 1.5)."""

    recorded: bool = True
    #: The landlord wants a chance to put things right before it takes a complaint.
    put_right_first: bool = False
    #: What it calls service requests although somebody is dissatisfied.
    counted_as_requests: Words = ()
    becomes_complaint: str = ""


class ExtraStage(Pack):
    """A step beside the Code's two stages (Code 5.2 and 5.3: there is none)."""

    name: str
    length: PackLength | None = None
    reference_number: bool = True
    written_answer: bool = True


class FirstContact(Pack):
    """What becomes of dissatisfaction that is settled at once (Code 5.2: a stage 1 outcome)."""

    recorded_as: Literal["stage_1", "outside_the_stages"] = "stage_1"
    resident_agrees: bool = True


class Identity(Pack):
    """Who must show what before a complaint is recorded (Code 3.2 and 6.2: nobody, nothing)."""

    checked_before_recording: bool = False
    anonymous_recorded: bool = True


class Stage(Pack):
    """Who decides a stage, how it is asked for, and how it is extended."""

    name: str = ""
    decided_by: Words = ()
    independent: bool = True
    begins: Literal["on_request", "when_landlord_is_satisfied"] = "on_request"
    reasons: Literal["optional", "helpful", "required"] = "optional"
    exceptions: str = ""
    #: What the resident is told about an extension; empty where nothing is said of one.
    extension_tells: Words = ("why", "when")
    extension_capped: bool = True
    extension_needs_agreement: bool = False
    extension_tells_ombudsman: Literal["always", "if_not_agreed", "never"] = "always"


class Exclusion(Pack):
    """A ground on which a complaint is not accepted (Code 2.2 and 2.5)."""

    topic: str
    words: str
    #: When the ground does not hold.
    unless: Words = ()
    #: Who agrees on a matter that is only partly excluded.
    decided_by: Words = ()


class Refusal(Pack):
    """How a refusal is told (Code 2.4)."""

    reasons: bool = True
    ombudsman: bool = True


class Members(Pack):
    """What is promised to MPs and councillors."""

    reply_to: str = ""
    #: What a letter that shows new dissatisfaction becomes (Code 1.3).
    new_dissatisfaction: Literal["stage_1", "unstated"] = "stage_1"


class Petition(Pack):
    """A complaint by several residents."""

    lead_contact: bool = True
    lead_contact_passes_on: bool = True


class Representatives(Pack):
    """Somebody who acts for a resident (Code 3.6)."""

    accepted: bool = True
    accompany_at_meetings: bool = True
    permission_checked: bool = True
    reply: Literal["as_the_resident_asks", "resident_with_copy", "representative_with_copy"] = (
        "as_the_resident_asks"
    )


class OmbudsmanAccess(Pack):
    """When and how a resident may go to the Ombudsman (Code 3.7)."""

    at_any_time: bool = True
    #: A wait after the final response, abolished on 1 October 2022.
    wait: PackLength | None = None
    #: Whether only an MP, councillor or panel may refer, abolished on the same day.
    only_through_mp: bool = False
    designated_person_offered: bool = False
    #: The document says how to refer directly as well.
    direct_after_wait: bool = False


class Band(Pack):
    """How much may be offered for which impact, and who may offer it."""

    level: str
    impact: str
    above: Decimal = Decimal(0)
    up_to: Decimal | None = None
    authorisers: Words
    forms: Words = ("money",)


class Compensation(Pack):
    """What is paid, by whose leave, and what is not (Code 7.1 to 7.4)."""

    grounds: Words = ()
    bands: tuple[Band, ...] = ()
    exclusions: Words = ()
    alternatives: Words = ()
    #: Paid as goodwill, without accepting liability.
    goodwill_only: bool = False
    set_against_arrears: bool = False
    #: Whether what the Ombudsman ordered is paid apart from arrears.
    ombudsman_awards_apart: bool = True
    reimbursement_needs: Words = ()
    late_acceptance_decided_by: str = ""


class Feedback(Pack):
    """Where a compliment or a comment goes, and what its writer is told."""

    recorded: bool = True
    record_if: str = ""
    passed_to: str = ""
    through: str = ""
    recognition: str = ""
    shared: bool = False
    told_if_something_changes: bool = False
    further_contact: bool = True


class Outcomes(Pack):
    """What a response contains, by finding."""

    upheld: Words = ()
    not_upheld: Words = ()


class Behaviour(Pack):
    """Unacceptable behaviour (Code 5.14 and 5.15)."""

    procedure: str = ""
    last_resort: bool = True
    support: Words = ()


class Governance(Pack):
    """Who answers for complaints (Code 4.1, 9.4 and 9.5) and what is reported (8.1, 9.7)."""

    complaints_officer: str = ""
    member_responsible: bool = True
    senior_lead: str = ""
    roles: Mapping[str, str] = Field(default_factory=dict)
    annual_report: bool = True
    self_assessment: bool = True
    reports: Words = ()
    review_every: PackLength | None = None
    learning: Words = ()


class Office(Pack):
    """When the office is open."""

    hours: str = ""


class Contact(Pack):
    """How to reach a body, in which nations, between which days."""

    body: str
    name: str
    nations: tuple[Nation, ...]
    start: date | None = Field(default=None, alias="from")
    until: date | None = None
    post: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    note: str = ""
    evidence: str = "K"

    def holds(self, on: date) -> bool:
        """Say whether the row is the one to use on a day."""
        return (self.start or on) <= on <= (self.until or on)


class PrintedContact(Pack):
    """A body's address as a landlord's document prints it."""

    body: str
    post: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
