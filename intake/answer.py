"""Decide what somebody is told of a case, and promise the letter that tells it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import define, load_issues
from intake.clocks import compute, load_moments, working_days
from intake.domain.case import Action, Definition, Kind, OvertakenError, find_after, move
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import GIVEN, NEEDS_A_PERSON, LetterKind, LetterState
from intake.domain.life import (
    STAGE_1,
    STAGE_2,
    Answer,
    Extension,
    Owed,
    Refusal,
    Response,
    check_contact,
    check_extension,
    check_refusal,
    check_response,
    find_barred,
)
from intake.domain.moments import ClockName, Moment
from intake.domain.people import Addressee
from intake.domain.reply import NO_ADDRESS, Reply, Told, feedback_letter, reply_letter
from intake.domain.response_parts import Part
from intake.domain.triage import IncompleteError
from intake.letters import (
    LetterGoneError,
    Promised,
    find_pending,
    has_letter,
    promise_case_letter,
    take_back as take_letter_back,
)
from intake.press import (
    CasePress,
    begin,
    begin_case,
    free_of_acknowledgement,
    last_event,
    move_case,
    pick,
)
from intake.store.case_tables import (
    ActionRow,
    ComplainedAboutRow,
    DecisionRow,
    ExtensionRow,
    FindingRow,
    RefusalRow,
)
from intake.store.copies import find_copy_to_give
from intake.store.letter_tables import LetterWordsRow
from intake.store.outcome_tables import ResponsePartRow
from intake.store.people import find_stopped, find_unanswered, writes_as
from intake.store.tables import CaseRow, LetterRow
from intake.told import Telling, apply, keep_words, record_told

ANSWERS = {STAGE_1: ClockName.STAGE_1_RESPONSE, STAGE_2: ClockName.STAGE_2_RESPONSE}
#: What a letter that is taken back told.
TOLD_IN = (
    ExtensionRow,
    FindingRow,
    ActionRow,
    RefusalRow,
    DecisionRow,
    ResponsePartRow,
    LetterWordsRow,
)
RESPONSES = {STAGE_1: LetterKind.RESPONSE, STAGE_2: LetterKind.FINAL_RESPONSE}
ACKNOWLEDGEMENTS = {
    STAGE_1: LetterKind.ACKNOWLEDGEMENT,
    STAGE_2: LetterKind.STAGE_2_ACKNOWLEDGEMENT,
}


def extend(
    session: Session, press: CasePress, landlord: Landlord, extension: Extension, *, at: datetime
) -> None:
    """Put a response off, and tell the resident before its day has passed (Code 6.4, 6.15).

    Raises:
        ForbiddenError: the Code forbids it.
        OvertakenError: somebody was first.
    """
    deciding = _begin(session, press, Action.EXTEND, landlord, at=at)
    if deciding is None:
        return
    case = deciding.case
    owed = _owed(session, case, landlord)
    days = working_days(session, landlord)
    check_extension(extension, owed, days=days, told_on=london_day(at + landlord.undo))
    kind, words = _put_off(case, landlord, extension)
    letter = deciding.promise(kind, words)
    row = ExtensionRow(
        landlord=case.landlord,
        case_id=case.id,
        letter_id=letter.id,
        stage=case.stage,
        original=owed.due,
        until=extension.until,
        reason=extension.reason,
        agreed=extension.agreed,
        good_reason=extension.good_reason or None,
        by=press.by,
    )
    session.add(row)


def respond(
    session: Session, press: CasePress, landlord: Landlord, response: Response, *, at: datetime
) -> None:
    """Decide each issue of a complaint at its stage, and promise the letter that says so.

    Raises:
        ForbiddenError: an issue is left open, or the wrong person decided.
        OvertakenError: somebody was first.
    """
    deciding = _begin(session, press, Action.RESPOND, landlord, at=at)
    if deciding is None:
        return
    case = deciding.case
    stopped = find_stopped(session, case)  # those before a court wait for it (Code 2.2)
    kept = [row for row in load_issues(session, case) if row.words not in stopped]
    issues = {row.number: row.words for row in kept}
    check_response(response, issues, barred=_barred(session, case))
    words = [f"{v.number}: {v.outcome}. {v.reasons}" for v in response.verdicts]
    letter = deciding.promise(RESPONSES[case.stage], "\n".join([*words, response.remedy]))
    about = {
        "landlord": case.landlord,
        "case_id": case.id,
        "letter_id": letter.id,
        "stage": case.stage,
    }
    told = {"decider": response.decider, "remedy": response.remedy, "by": press.by, "at": at}
    session.add(DecisionRow(**about, **told))
    for verdict in response.verdicts:
        found = {"outcome": verdict.outcome, "reasons": verdict.reasons}
        issue = {"number": verdict.number, "issue": issues[verdict.number]}
        session.add(FindingRow(**about, **issue, **found))
    for part, told_so in response.parts.items():
        session.add(ResponsePartRow(**about, part=Part(part), words=told_so))
    for promise in response.promises:
        facts = {"what": promise.what, "owner": promise.owner, "due": promise.due}
        session.add(ActionRow(**about, **facts))


def refuse(
    session: Session, press: CasePress, landlord: Landlord, refusal: Refusal, *, at: datetime
) -> None:
    """Decide not to take a complaint or an escalation, and promise the letter that says why.

    Raises:
        ForbiddenError: the ground, its evidence, the reasons or the decider are missing or wrong.
        OvertakenError: somebody was first.
    """
    deciding = _begin(session, press, Action.REFUSE, landlord, at=at)
    if deciding is None:
        return
    case = deciding.case
    days = working_days(session, landlord)
    received_on = london_day(case.received_at)
    ground = check_refusal(refusal, stage=case.stage, received_on=received_on, days=days)
    free_of_acknowledgement(session, case)
    letter = deciding.promise(LetterKind.REFUSAL, f"{ground}: {refusal.reasons}")
    row = RefusalRow(
        landlord=case.landlord,
        case_id=case.id,
        letter_id=letter.id,
        stage=case.stage,
        ground=ground,
        reasons=refusal.reasons,
        evidence=refusal.evidence,
        decider=refusal.decider,
        aware_on=refusal.aware_on,
        by=press.by,
        at=at,
    )
    session.add(row)


def acknowledge(
    session: Session, press: CasePress, landlord: Landlord, definition: Definition, *, at: datetime
) -> None:
    """Define a complaint at its stage, and promise the acknowledgement (Code 5.6, 6.2, 6.11).

    Raises:
        OvertakenError: somebody was first.
    """
    deciding = _begin(session, press, Action.ACKNOWLEDGE, landlord, at=at)
    if deciding is None:
        return
    case = deciding.case
    free_of_acknowledgement(session, case)
    define(session, case, definition)
    words = (*definition.issues, f"Outcome sought: {definition.outcome}")
    deciding.promise(ACKNOWLEDGEMENTS[case.stage], "\n".join(words))


def tell(
    session: Session, press: CasePress, landlord: Landlord, told: Told, *, at: datetime
) -> None:
    """Pass praise or a comment on, or say what it changed, and promise the letter to its writer.

    Thanks, and the note that it was passed on, are written once.

    Raises:
        IncompleteError: the letter would say what is not so, or nothing.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    kind = feedback_letter(case.kind, case.status, told, landlord.policy)
    written = told.step is not Action.TELL and has_letter(session, case, kind)
    if told.step is Action.FORWARD:
        event = move(case.kind, case.status, told.step, by=press.by, at=at, note=told.note)
        apply(session, case, event, landlord, press=press.key if written else None)
    elif written:
        raise OvertakenError("the writer was written to", last_event(session, [case]))
    if not written:
        find_after(case.kind, case.status, told.becomes)
        deciding = _deciding(session, case, press, landlord, at=at)
        letter = deciding.promise(kind, told.written.words)
        keep_words(session, letter, case, told.written)


def reply(
    session: Session, press: CasePress, landlord: Landlord, answer: Reply, *, at: datetime
) -> None:
    """Promise the answer to somebody from outside; its arrival ends the clock of their letter.

    Raises:
        IncompleteError: no letter was chosen, or a part of the answer is missing.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    asked = find_unanswered(session, case, answer.letter_id)
    if asked is None:
        raise IncompleteError({"letter": "Choose one"})
    kind = reply_letter(asked.sender, answer)
    to = answer.address or writes_as(session, case, asked.sender)
    deciding = _deciding(session, case, press, landlord, at=at)
    letter = deciding.promise(kind, answer.written.words, Addressee(address=to, why=NO_ADDRESS))
    keep_words(session, letter, case, answer.written, answers=asked.id)


def take_back(session: Session, press: CasePress, *, at: datetime) -> None:
    """Take back a decision whose letter still waits: what it told counts for nothing.

    Raises:
        OvertakenError: no letter waits, it is on its way, or somebody was first.
    """
    found = _pending(session, press)
    if found is None:
        return
    case, letter = found
    try:
        take_letter_back(letter)
    except LetterGoneError as error:
        raise OvertakenError(str(error), last_event(session, [case])) from error
    for table in TOLD_IN:
        mine = (table.landlord == case.landlord, table.letter_id == letter.id)
        for row in session.scalars(select(table).where(*mine)):
            session.delete(row)
    move_case(session, case, Action.TAKE_BACK, press, at=at, note=letter.kind)


def give(session: Session, press: CasePress, landlord: Landlord, *, at: datetime) -> None:
    """Record that a member of staff gave a letter, or the copy of one, another way.

    Raises:
        OvertakenError: no letter waits for a person, or somebody was first.
    """
    found = _pending(session, press, copies=True)
    if found is None:
        return
    case, letter = found
    if letter.state not in NEEDS_A_PERSON:
        raise OvertakenError("no letter waits for a person", last_event(session, [case]))
    letter.state, letter.sent_at = LetterState.SENT, at
    letter.proof = f"{GIVEN}, says {press.by}"
    move_case(session, case, Action.GIVE_LETTER, press, at=at, note=letter.kind)
    record_told(session, letter, landlord, Telling(by=press.by, at=at, proof=letter.proof))


@dataclass(frozen=True, kw_only=True)
class _Deciding:
    session: Session
    case: CaseRow
    press: CasePress
    send_at: datetime
    at: datetime

    def promise(self, kind: LetterKind, words: str, to: Addressee | None = None) -> LetterRow:
        promised = Promised(by=self.press.by, send_at=self.send_at, to=to)
        letter = promise_case_letter(self.session, self.case, kind, promised)
        note = f"{kind}\n{words}"
        move_case(self.session, self.case, Action.PROMISE_LETTER, self.press, at=self.at, note=note)
        return letter


def _begin(
    session: Session, press: CasePress, action: Action, landlord: Landlord, *, at: datetime
) -> _Deciding | None:
    case = begin_case(session, press)
    if case is None:
        return None
    if case.kind is not Kind.COMPLAINT:
        raise OvertakenError("only a complaint has these letters", last_event(session, [case]))
    find_after(case.kind, case.status, action)
    check_contact(landlord.policy.find_contact(landlord.policy.regulator, london_day(at)))
    return _deciding(session, case, press, landlord, at=at)


def _deciding(
    session: Session, case: CaseRow, press: CasePress, landlord: Landlord, *, at: datetime
) -> _Deciding:
    return _Deciding(session=session, case=case, press=press, send_at=at + landlord.undo, at=at)


def _pending(
    session: Session, press: CasePress, *, copies: bool = False
) -> tuple[CaseRow, LetterRow] | None:
    cases = begin(session, press)
    if cases is None:
        return None
    case = pick(cases, press.case_id)
    letter = find_pending(session, case)
    if letter is None and copies:
        letter = find_copy_to_give(session, case)
    if letter is None:
        raise OvertakenError("no letter waits", last_event(session, [case]))
    return case, letter


def _put_off(case: CaseRow, landlord: Landlord, extension: Extension) -> tuple[LetterKind, str]:
    """Which letter tells of more time, and what is noted of it; a policy may ask for agreement."""
    stages = {STAGE_1: landlord.policy.stage_1, STAGE_2: landlord.policy.stage_2}
    if stages[case.stage].extension_needs_agreement and extension.agreed is None:
        raise IncompleteError({"agreed": "This policy has the resident asked: say what they said"})
    words = f"Until {extension.until}: {extension.reason}"
    if extension.good_reason:
        words += f"\nBeyond the Code's limit for good reason: {extension.good_reason}"
    if extension.agreed in {None, Answer.YES}:
        return LetterKind.EXTENSION, words
    return LetterKind.EXTENSION_NOT_AGREED, words


def _owed(session: Session, case: CaseRow, landlord: Landlord) -> Owed:
    moments = load_moments(session, case)
    original = dict(moments)
    original.pop(Moment.EXTENDED_TO, None)
    name = ANSWERS[case.stage]
    period = landlord.policy.code.get(name)
    return Owed(
        original=_due(session, landlord, original, name),
        due=_due(session, landlord, moments, name),
        most=period.extend_by if period else None,
    )


def _due(
    session: Session,
    landlord: Landlord,
    moments: dict[Moment, date | datetime],
    name: ClockName,
) -> date:
    [clock] = [c for c in compute(session, landlord, moments) if c.clock is name]
    due = clock.code or clock.target
    if due is None:
        raise ValueError(f"{name} has no date")
    return london_day(due)


def _barred(session: Session, case: CaseRow) -> dict[str, tuple[str, str]]:
    mine = (DecisionRow.landlord == case.landlord, DecisionRow.case_id == case.id)
    decided = select(DecisionRow.decider).where(*mine, DecisionRow.stage < case.stage)
    about = select(ComplainedAboutRow.name).where(
        ComplainedAboutRow.landlord == case.landlord, ComplainedAboutRow.case_id == case.id
    )
    return find_barred(
        case.stage,
        decided=session.scalars(decided).all(),
        complained_about=session.scalars(about).all(),
    )
