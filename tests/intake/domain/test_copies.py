"""Who has a copy of a letter, and where it goes."""

import pytest

from intake.domain.copies import Copy, Known, Reader, find_copy
from intake.domain.letter import LetterKind
from intake.domain.people import (
    Authority,
    Capacity,
    Replies,
    Representation,
    check_representation,
    contact_of,
    find_replies,
)
from intake.domain.policy import Policy, load_policy
from intake.domain.triage import IncompleteError

DAUGHTER, MOTHER = "sally@example.org", "mum@example.org"
WROTE = Known(writer=Reader.REPRESENTATIVE, written_from=DAUGHTER, confirmed=True)


def copy_of(
    replies: Replies = Replies.BOTH,
    known: Known = WROTE,
    *,
    kind: LetterKind = LetterKind.RESPONSE,
    authority: Authority = Authority.SHOWN,
    to: str = MOTHER,
) -> Copy | None:
    return find_copy(kind, replies, authority, to=to, known=known)


def test_whoever_wrote_for_the_resident_has_a_copy():
    found = copy_of()
    assert found == Copy(reader=Reader.REPRESENTATIVE, address=DAUGHTER)
    assert found.told == "To the resident; copy to whoever acts for the resident."


def test_a_resident_has_a_copy_of_what_goes_to_their_representative():
    known = Known(writer=Reader.REPRESENTATIVE, written_from=DAUGHTER, recorded=MOTHER)
    found = copy_of(Replies.REPRESENTATIVE_FIRST, known, to=DAUGHTER)
    assert found == Copy(reader=Reader.RESIDENT, address=MOTHER)


@pytest.mark.parametrize("replies", [Replies.RESIDENT, Replies.REPRESENTATIVE])
def test_nobody_has_a_copy_where_none_was_asked_for(replies: Replies):
    assert copy_of(replies) is None


@pytest.mark.parametrize("authority", sorted(set(Authority) - {Authority.SHOWN}))
def test_nobody_has_a_copy_without_authority_on_record(authority: Authority):
    assert copy_of(authority=authority) is None


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.RECEIPT,
        LetterKind.NEUTRAL_ACKNOWLEDGEMENT,
        LetterKind.MP_RESPONSE,
        LetterKind.COPY,
    ],
)
def test_what_tells_of_no_case_or_answers_somebody_else_is_not_copied(kind: LetterKind):
    assert copy_of(kind=kind) is None


@pytest.mark.parametrize(
    "known",
    [
        Known(writer=Reader.REPRESENTATIVE, written_from=DAUGHTER),
        Known(writer=Reader.RESIDENT, written_from=DAUGHTER, confirmed=True),
        Known(writer=Reader.REPRESENTATIVE, written_from="@cold_flat", confirmed=True),
        Known(writer=Reader.REPRESENTATIVE, written_from=MOTHER, confirmed=True),
        Known(writer=Reader.RESIDENT, recorded=MOTHER.upper()),
    ],
    ids=["unconfirmed", "another's", "no address", "the letter's own", "recorded the same"],
)
def test_without_a_confirmed_address_a_person_posts_the_copy(known: Known):
    found = copy_of(known=known)
    assert found is not None
    assert found.address == ""
    assert "must be posted: no confirmed e-mail address" in found.why
    assert found.told.endswith("which a person must post.")


def test_who_is_not_written_to_by_mail_gets_no_copy_there():
    barred = Known(writer=Reader.RESIDENT, recorded=DAUGHTER, barred="nobody can be written to")
    found = copy_of(known=barred)
    assert found is not None
    assert (found.address, "nobody can be written to" in found.why) == ("", True)


def policy(reply: str) -> Policy:
    plain = load_policy("ombudsman-code")
    said = plain.representatives.model_copy(update={"reply": reply})
    return plain.model_copy(update={"representatives": said})


@pytest.mark.parametrize(
    ("reply", "replies"),
    [
        ("resident_with_copy", Replies.BOTH),
        ("representative_with_copy", Replies.REPRESENTATIVE_FIRST),
        ("as_the_resident_asks", Replies.BOTH),
    ],
)
def test_replies_go_as_the_policy_says(reply: str, replies: Replies):
    shown = Representation(capacity=Capacity.ADVOCATE, authority=Authority.SHOWN, evidence="Note")
    assert find_replies(shown, policy(reply)).replies is replies


def test_what_goes_to_a_representative_first_goes_where_they_write_from():
    acts = {"capacity": Capacity.ADVOCATE, "authority": Authority.SHOWN, "evidence": "Note"}
    here = Representation(**acts)  # type: ignore[arg-type] # the facts above, each of its type
    answerable = find_replies(here, policy("representative_with_copy"))
    assert contact_of(here, answerable, DAUGHTER) is None


def test_an_address_for_copies_is_one():
    wrong = Representation(
        capacity=Capacity.ADVOCATE, authority=Authority.SHOWN, evidence="Note", copy_to="12 Mill"
    )
    with pytest.raises(IncompleteError) as refused:
        check_representation(wrong)
    assert set(refused.value.fields) == {"copy_to"}
