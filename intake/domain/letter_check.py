"""Whether a letter has what the Complaint Handling Code asks of it, as it will go. Pure.

It reads the words, not the template that they were made with, nor the form that staff filled in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from classifier.labels import Redact
from intake.domain import letter_faults as faults, letter_parts as parts
from intake.domain.case_letter import Decided
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import LetterKind, LetterText, Matter
from intake.domain.letter_draft import Draft, Gravity, Problem, fold
from intake.domain.policy_facts import Contact, PrintedContact


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A part of a letter: what it is called, the provision that asks for it, and what finds it."""

    part: str
    provision: str
    find: Callable[[Draft], str]


def _wanted(part: str, provision: str, find: Callable[[Draft], str]) -> Wanted:
    return Wanted(part=part, provision=provision, find=find)


_REFERENCE = _wanted("the reference", "3.7", parts.lacks_reference)
_DEFINED = (
    _wanted("the complaint as we understand it", "5.6", parts.lacks_issues),
    _wanted("the outcome sought", "5.6", parts.lacks_outcome),
    _wanted("what we are responsible for", "5.7", parts.lacks_responsibility),
)
_ADVICE = _wanted("how to reach the Ombudsman", "3.7", parts.lacks_ombudsman)


def _decision(provision: str, reasons: str) -> tuple[Wanted, ...]:
    return (
        _wanted("the complaint as we understand it", provision, parts.lacks_issues),
        _wanted("the decision on each point", provision, parts.lacks_decision),
        _wanted("the reasons for it", f"{provision}, {reasons}", parts.lacks_reasons),
        _wanted("an apology for what went wrong", "7.1", parts.lacks_apology),
        _wanted("the remedy", f"{provision}, 7.1", parts.lacks_remedy),
        _wanted("what we still have to do", provision, parts.lacks_actions),
        _wanted("the day of each thing we still have to do", "7.3", parts.lacks_days_of_actions),
    )


def _extension(limit: str, contact: str) -> tuple[Wanted, ...]:
    return (
        _wanted("why we need longer", limit, parts.lacks_reason_for_more_time),
        _wanted("the new day", limit, parts.lacks_new_day),
        _wanted("how to reach the Ombudsman", contact, parts.lacks_ombudsman),
    )


#: What each letter is checked for, with the provisions of the Code. Where an extension is at
#: stage 2 its provisions are those of STAGE_2.
PARTS: Mapping[LetterKind, tuple[Wanted, ...]] = {
    LetterKind.RECEIPT: (),
    LetterKind.ACKNOWLEDGEMENT: (
        _wanted("the complaint stage", "6.2", parts.lacks_stage_1),
        *_DEFINED,
        _wanted("the day of the answer", "6.3", parts.lacks_day_of_answer),
        _ADVICE,
    ),
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: (
        _wanted("the complaint stage", "6.11", parts.lacks_stage_2),
        *_DEFINED,
        _wanted("the day of the answer", "6.14", parts.lacks_day_of_answer),
        _ADVICE,
    ),
    LetterKind.EXTENSION: _extension("6.4", "6.5"),
    LetterKind.EXTENSION_NOT_AGREED: (
        *_extension("6.4", "6.5"),
        _wanted("that the resident can go to the Ombudsman", "6.5", parts.lacks_way_out),
    ),
    LetterKind.RESPONSE: (
        _wanted("the complaint stage", "6.9", parts.lacks_stage_1),
        *_decision("6.9", "6.7"),
        _wanted("how to go to stage 2", "6.9", parts.lacks_escalation),
        _ADVICE,
    ),
    LetterKind.FINAL_RESPONSE: (
        _wanted("the complaint stage", "6.19", parts.lacks_stage_2),
        *_decision("6.19", "6.18"),
        _wanted("that it is our final word", "6.20", parts.lacks_last_word),
        _wanted("how to go to the Ombudsman", "6.19", parts.lacks_way_out),
        _wanted("how to reach the Ombudsman", "6.19, 3.7", parts.lacks_ombudsman),
    ),
    LetterKind.REFUSAL: (
        _wanted("that we do not take it on", "2.4", parts.lacks_refusal),
        _wanted("the reasons", "2.4", parts.lacks_grounds),
        _wanted("that the refusal can go to the Ombudsman", "2.4", parts.lacks_way_out),
        _wanted("how to reach the Ombudsman", "2.4, 3.7", parts.lacks_ombudsman),
    ),
    LetterKind.MP_ACKNOWLEDGEMENT: (
        _REFERENCE,
        _wanted("the day of the answer", "", parts.lacks_day_of_answer),
    ),
    LetterKind.MP_RESPONSE: (_REFERENCE, _wanted("an answer", "", parts.lacks_answer)),
    LetterKind.OMBUDSMAN_COVER: (
        _REFERENCE,
        _wanted("the list of papers", "", parts.lacks_papers),
    ),
    LetterKind.COMPLIMENT_THANKS: (_wanted("thanks", "", parts.lacks_thanks),),
    LetterKind.COMMENT_NOTED: (_wanted("who was told", "", parts.lacks_telling),),
    LetterKind.COMMENT_CHANGED: (_wanted("what has changed", "", parts.lacks_answer),),
    LetterKind.NEUTRAL_ACKNOWLEDGEMENT: (_ADVICE,),
    LetterKind.COPY: (_wanted("the letter that it copies", "", parts.lacks_copied),),
    LetterKind.HOW_TO_COMPLAIN: (
        _wanted("how to complain", "1.6", parts.lacks_ways_to_complain),
        _ADVICE,
    ),
}
#: Letters that promise the answer for another day than its clock has.
MORE_TIME = frozenset({LetterKind.EXTENSION, LetterKind.EXTENSION_NOT_AGREED})
#: The twin provisions of stage 2.
STAGE_2 = {"6.4": "6.15", "6.5": "6.16"}


def check_letter(draft: Draft, redact: Redact | None) -> tuple[Problem, ...]:
    """Return all that is missing, wrong or doubtful in a letter, the gravest first.

    Without `redact` nobody looks for other people's personal data, and the letter says so.
    """
    found = chain(
        _missing(draft),
        faults.find_wrong(draft),
        faults.find_doubtful(draft),
        faults.find_personal_data(draft, redact),
    )
    return tuple(sorted(found, key=lambda problem: list(Gravity).index(problem.gravity)))


def stops(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return what a letter does not go with, unless somebody says why it should."""
    return tuple(each for each in problems if each.gravity is not Gravity.DOUBTFUL)


@dataclass(frozen=True, kw_only=True)
class About:
    """What a letter was written from, the writer's own words in full, and for whom."""

    matters: tuple[Matter, ...]
    decided: Decided
    on: date
    reader: str = field(default="", repr=False)
    #: What else it may quote: the reference of the message.
    references: tuple[str, ...] = ()


def make_draft(
    kind: LetterKind, sent: LetterText, shown: LetterText, *, about: About, landlord: Landlord
) -> Draft:
    """Return a letter as its check reads it."""
    first, others, decided = about.matters[0], about.matters[1:], about.decided
    contact = landlord.policy.find_contact(landlord.policy.regulator, about.on)
    latest = decided.until if kind in MORE_TIME else first.answer_by
    return Draft(
        kind=kind,
        text=sent.text,
        shown=shown.text,
        landlord=landlord.key,
        landlord_name=landlord.name,
        on=about.on,
        reference=first.reference,
        stage=decided.stage,
        references=(
            *(other.reference for other in others),
            decided.their_reference,
            *about.references,
        ),
        issues=first.issues,
        outcome=first.outcome,
        latest=london_day(latest) if latest else None,
        original=decided.original,
        contact=contact,
        stale=_stale(landlord, contact),
        nation=landlord.nation,
        names=(decided.decider, *(promise.owner for promise in decided.promises)),
        addressee=decided.addressee or about.reader,
    )


def _stale(landlord: Landlord, contact: Contact | None) -> tuple[str, ...]:
    """Return how the ombudsman was reached once, and is no longer."""
    policy = landlord.policy
    rows: list[Contact | PrintedContact] = [*policy.contacts, *policy.printed_contacts]
    ours = [row for row in rows if row.body == policy.regulator]
    ways = {way for row in ours for way in (row.post, row.email, row.web) if way}
    good = f"{contact.post} {contact.email} {contact.web}" if contact else ""
    return tuple(sorted(way for way in ways if fold(way) not in fold(good)))


def _missing(draft: Draft) -> list[Problem]:
    problems = []
    for wanted in PARTS[draft.kind]:
        why = wanted.find(draft)
        if why:
            provision = wanted.provision
            if draft.stage != 1:
                provision = STAGE_2.get(provision, provision)
            problem = Problem(
                gravity=Gravity.MISSING, part=wanted.part, provision=provision, says=why
            )
            problems.append(problem)
    return problems
