"""Where copies of letters go, by what is on record, and of which letter a copy is."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.domain.adjustments import Carrier, Need, find_conflicts
from intake.domain.copies import Copy, Known, Reader, find_copy
from intake.domain.identity import Rung
from intake.domain.letter import NEEDS_A_PERSON, LetterKind, LetterState
from intake.domain.people import Authority
from intake.store.case_tables import CasePartyRow, Role
from intake.store.people import find_adjustments, find_contact, find_row, find_writer
from intake.store.people_tables import RepresentationRow
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow, MessageRow, PartyRow
from intake.store.threads import load_thread

KEY = "copy:"
NOBODY = "nobody can be written to"
WROTE_AS = {Role.RESIDENT: Reader.RESIDENT, Role.REPRESENTATIVE: Reader.REPRESENTATIVE}


def load_copy(session: Session, letter: LetterRow, cases: Sequence[CaseRow]) -> Copy | None:
    """Return who has a copy of a letter about cases as things stand; none where nobody has.

    Where one of them is a complaint, whoever acts in that has it.
    """
    case = min(cases, key=lambda each: each.place, default=None)
    if case is None:
        return None
    acts = find_row(session, case, RepresentationRow)
    if acts is None or acts.authority is not Authority.SHOWN:
        return None
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    message = session.scalars(select(MessageRow).where(*mine)).one()
    known = _known(session, case, message, acts)
    return find_copy(letter.kind, acts.replies, acts.authority, to=letter.to, known=known)


def note_copied(session: Session, case: CaseRow, address: str) -> None:
    """Keep where copies about a case go, as staff say; whoever reads there is of the case."""
    mine = (CasePartyRow.landlord == case.landlord, CasePartyRow.case_id == case.id)
    session.execute(delete(CasePartyRow).where(*mine, CasePartyRow.role == Role.COPIED))
    if not address:
        return
    known = (PartyRow.landlord == case.landlord, PartyRow.address == address.casefold())
    party = session.scalars(select(PartyRow).where(*known)).one_or_none()
    if party is None:
        party = PartyRow(landlord=case.landlord, address=address.casefold(), name="")
        session.add(party)
        session.flush()
    part = {"case_id": case.id, "party_id": party.id, "role": Role.COPIED}
    session.add(CasePartyRow(landlord=case.landlord, **part))
    session.flush()


def copy_key(letter: LetterRow, address: str) -> str:
    """Return what tells one copy from any other: of which letter, and to whom it goes."""
    whom = sha256(address.casefold().encode()).hexdigest()[:16] if address else "by_hand"
    return f"{KEY}{letter.id}:{whom}"


def load_original(session: Session, copy: LetterRow) -> LetterRow:
    """Return the letter of which another is the copy."""
    number = int(copy.key.removeprefix(KEY).partition(":")[0])
    mine = (LetterRow.landlord == copy.landlord, LetterRow.id == number)
    return session.scalars(select(LetterRow).where(*mine)).one()


def find_copies(
    session: Session, case: CaseRow, states: Collection[LetterState]
) -> Sequence[LetterRow]:
    """Return the copies about a case in some states, the oldest first."""
    spoken_for = select(LetterCaseRow.letter_id).where(
        LetterCaseRow.landlord == case.landlord, LetterCaseRow.case_id == case.id
    )
    wanted = (LetterRow.kind == LetterKind.COPY, LetterRow.state.in_(states))
    mine = (LetterRow.landlord == case.landlord, LetterRow.id.in_(spoken_for))
    return session.scalars(select(LetterRow).where(*mine, *wanted).order_by(LetterRow.id)).all()


def find_copy_to_give(session: Session, case: CaseRow) -> LetterRow | None:
    """Return the oldest copy about a case that a person has to give, if there is one."""
    return next(iter(find_copies(session, case, NEEDS_A_PERSON)), None)


def _known(session: Session, case: CaseRow, message: MessageRow, acts: RepresentationRow) -> Known:
    thread = load_thread(session, case.landlord, message.id)
    rung = thread.rung if thread is not None else Rung.UNKNOWN
    return Known(
        recorded=_recorded(session, case),
        writer=WROTE_AS.get(find_writer(session, case, message).role),
        written_from=message.reply_to,
        confirmed=rung.height >= Rung.DOMAIN.height,
        barred=_barred(session, case, acts),
    )


def _recorded(session: Session, case: CaseRow) -> str:
    found = (
        select(PartyRow.address)
        .join(CasePartyRow, CasePartyRow.party_id == PartyRow.id)
        .where(
            CasePartyRow.landlord == case.landlord,
            CasePartyRow.case_id == case.id,
            CasePartyRow.role == Role.COPIED,
        )
    )
    return session.scalars(found).one_or_none() or ""


def _barred(session: Session, case: CaseRow, acts: RepresentationRow) -> str:
    """Why nobody is written to by e-mail; an address that only is not known yet bars nobody."""
    contact = find_contact(session, case)
    if contact is not None and not contact.address and contact.why != acts.why:
        return f"{NOBODY} ({contact.why})"
    needs = [row.need for row in find_adjustments(session, case)]
    agreed = find_conflicts((n for n in needs if n is not Need.LARGE_PRINT), Carrier.EMAIL)
    return "; ".join(agreed)
