"""How what stands around a case is said to staff. Pure."""

from intake.domain.adjustments import Need
from intake.domain.case import Action
from intake.domain.correspondence import Bearing, Body, BreachStep, Reaction, Sender
from intake.domain.identity import Writer
from intake.domain.moments import ClockName
from intake.domain.people import Authority, Capacity, MemberStep, Relation, Replies, Standing

#: What a menu offers.
PEOPLE_WORDS = {
    Action.NOTE_REPRESENTATIVE: "Who acts for the resident…",
    Action.NOTE_GROUP: "Group or petition…",
    Action.NOTE_MEMBER: "A member of the group…",
    Action.NOTE_CONTACT: "Anonymous, or another address…",
    Action.CHECK_STANDING: "Who may complain…",
    Action.NOTE_LETTER: "Letter from MP, Ombudsman or solicitor…",
    Action.ANSWER_LETTER: "Answer that letter…",
    Action.NOTE_PROCEEDINGS: "Claim filed at court…",
    Action.REFER_ELSEWHERE: "Care: LGSCO or CQC…",
    Action.CHECK_WRITER: "Who writes…",
    Action.AGREE_ADJUSTMENT: "Adjustment agreed…",
    Action.REVIEW_ADJUSTMENT: "Adjustment reviewed…",
    Action.RAISE_DATA_PROTECTION: "Data protection complaint…",
    Action.SEE_TO_BREACH: "Possible breach decided…",
    Action.END_PROCEEDINGS: "The court case has ended…",
    Action.HOLD: "Legal hold…",
    Action.RELEASE: "End the legal hold…",
}
WRITER_WORDS = {
    Writer.CONFIRMED: "Yes, we know who writes from this address",
    Writer.UNCONFIRMED: "No, or no longer",
}
CAPACITY_WORDS = {
    Capacity.RELATIVE: "Relative or friend",
    Capacity.ADVOCATE: "Advocate",
    Capacity.SOLICITOR: "Solicitor",
    Capacity.MP: "MP",
    Capacity.COUNCILLOR: "Councillor",
}
AUTHORITY_WORDS = {
    Authority.NOT_ASKED: "Not asked for yet",
    Authority.ASKED: "Asked for",
    Authority.SHOWN: "Shown",
    Authority.NONE: "Refused, or there is none",
    Authority.NOT_NEEDED: "The writer is the resident",
}
REPLIES_WORDS = {
    Replies.RESIDENT: "the resident",
    Replies.REPRESENTATIVE: "whoever acts for the resident",
    Replies.BOTH: "the resident, with a copy to whoever acts for them",
    Replies.REPRESENTATIVE_FIRST: "whoever acts for the resident, with a copy to the resident",
}
RELATION_WORDS = {
    Relation.RESIDENT: "Resident (tenant, leaseholder, shared owner)",
    Relation.GROUP: "Group of residents",
    Relation.REPRESENTATIVE: "Somebody for a resident",
    Relation.FORMER: "Former resident",
    Relation.APPLICANT: "Applicant for a home",
    Relation.NEIGHBOUR: "Neighbour who is not our resident",
    Relation.SERVICE_USER: "User of another service of ours",
    Relation.COMMERCIAL: "Commercial tenant",
    Relation.NOBODY: "None of these",
}
STANDING_WORDS = {
    Standing.MAY: "may complain",
    Standing.ASK: "whether they may complain is for a person to decide",
    Standing.OUTSIDE: "outside the policy: a person decides on the merits",
}
MEMBER_WORDS = {MemberStep.COPY: "Had a copy", MemberStep.ALONE: "Complains alone as well"}
SENDER_WORDS = {
    Sender.MP: "MP",
    Sender.COUNCILLOR: "Councillor",
    Sender.OMBUDSMAN: "Ombudsman",
    Sender.SOLICITOR: "Solicitor: letter of claim",
}
BEARING_WORDS = {
    Bearing.COMPLAINT: "About a complaint, or the constituent is dissatisfied",
    Bearing.ENQUIRY: "A question, no dissatisfaction",
}
REACTION_WORDS = {Reaction.ACKNOWLEDGED: "Acknowledged", Reaction.ANSWERED: "Answered"}
BODY_WORDS = {
    Body.LGSCO: "LGSCO: care and its fees",
    Body.CQC: "CQC: regulation of care",
}
BREACH_WORDS = {
    BreachStep.REPORTED: "Reported to the ICO",
    BreachStep.NOT_REPORTABLE: "A breach that need not be reported",
    BreachStep.NONE: "No breach",
}
NEED_WORDS = {
    Need.LARGE_PRINT: "large print",
    Need.BRAILLE: "Braille",
    Need.EASY_READ: "Easy Read",
    Need.AUDIO: "audio",
    Need.INTERPRETER: "interpreter",
    Need.TRANSLATION: "translation",
    Need.PHONE_ONLY: "telephone only",
    Need.IN_WRITING_ONLY: "in writing only",
    Need.POST_ONLY: "post only",
    Need.IN_PERSON: "in person",
    Need.MORE_TIME: "more time",
    Need.OTHER: "another adjustment",
}
#: What is owed to somebody who is not the resident.
OWED_WORDS = {
    ClockName.MP_ACKNOWLEDGEMENT: "acknowledge by",
    ClockName.MP_RESPONSE: "answer by",
    ClockName.OMBUDSMAN_RESPONSE: "answer by",
    ClockName.LETTER_OF_CLAIM_RESPONSE: "answer by",
}
