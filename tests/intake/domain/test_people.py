"""Who stands around a case: the rules alone."""

from datetime import date

import pytest

from intake.domain.case import ForbiddenError
from intake.domain.letter import LetterKind
from intake.domain.people import (
    NO_AUTHORITY,
    Authority,
    Capacity,
    Contact,
    Relation,
    Replies,
    Representation,
    Standing,
    address_letter,
    check_alone,
    check_representation,
    check_standing,
    contact_of,
    find_replies,
    read_members,
)
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError

CODE, PROGRESS = load_policy("ombudsman-code"), load_policy("progress")
OLDER = load_policy("older-persons")
MONDAY = date(2026, 3, 2)


def acts(
    capacity: Capacity = Capacity.RELATIVE,
    authority: Authority = Authority.NOT_ASKED,
    *,
    wish: Replies | None = None,
    address: str = "",
) -> Representation:
    return Representation(
        capacity=capacity, authority=authority, evidence="a letter", wish=wish, address=address
    )


@pytest.mark.parametrize(
    ("found", "policy", "replies"),
    [
        pytest.param(acts(), "progress", Replies.RESIDENT, id="a daughter, not asked"),
        pytest.param(acts(authority=Authority.ASKED), "progress", Replies.RESIDENT, id="asked"),
        pytest.param(acts(authority=Authority.NONE), "progress", Replies.RESIDENT, id="refused"),
        pytest.param(acts(authority=Authority.SHOWN), "progress", Replies.BOTH, id="shown"),
        pytest.param(
            acts(authority=Authority.SHOWN), "older-persons", Replies.BOTH, id="shown, with copy"
        ),
        pytest.param(
            acts(authority=Authority.SHOWN, wish=Replies.REPRESENTATIVE),
            "older-persons",
            Replies.REPRESENTATIVE,
            id="as the resident asks",
        ),
        pytest.param(acts(Capacity.MP), "progress", Replies.REPRESENTATIVE, id="an MP"),
        pytest.param(
            acts(Capacity.COUNCILLOR), "together", Replies.REPRESENTATIVE, id="councillor"
        ),
        pytest.param(
            acts(Capacity.MP, Authority.NONE), "progress", Replies.RESIDENT, id="against an MP"
        ),
        pytest.param(acts(Capacity.SOLICITOR), "progress", Replies.RESIDENT, id="a solicitor"),
        pytest.param(
            acts(authority=Authority.NOT_NEEDED), "progress", Replies.RESIDENT, id="themselves"
        ),
    ],
)
def test_replies_go_to_the_resident_until_somebody_else_may_have_them(
    found: Representation, policy: str, replies: Replies
):
    assert find_replies(found, load_policy(policy)).replies is replies


def test_a_reply_says_by_which_rule_it_goes_there():
    assert "paras 23-24" in find_replies(acts(Capacity.MP), PROGRESS).why
    assert "the MP or councillor directly" in find_replies(acts(Capacity.MP), PROGRESS).why
    assert "older-persons" in find_replies(acts(authority=Authority.SHOWN), OLDER).why
    assert "ask the resident" in find_replies(acts(authority=Authority.SHOWN), CODE).why


@pytest.mark.parametrize("authority", [Authority.SHOWN, Authority.NONE])
def test_an_authority_is_shown_by_something(authority: Authority):
    bare = Representation(capacity=Capacity.RELATIVE, authority=authority)
    with pytest.raises(IncompleteError, match="what shows it"):
        check_representation(bare)
    check_representation(acts(authority=authority))


def test_an_address_is_one_or_nothing():
    check_representation(acts(address="mum@example.org"))
    with pytest.raises(IncompleteError) as asked:
        check_representation(acts(address="ring her"))
    assert set(asked.value.fields) == {"address"}


@pytest.mark.parametrize(
    ("found", "where"),
    [
        pytest.param(acts(authority=Authority.NOT_NEEDED), None, id="the writer is the resident"),
        pytest.param(acts(Capacity.MP), None, id="an MP who wrote"),
        pytest.param(acts(Capacity.MP, address="mp@x.example"), "mp@x.example", id="at his office"),
        pytest.param(acts(), "", id="a resident whose address nobody knows"),
        pytest.param(
            acts(address="mum@example.org"), "mum@example.org", id="whose address we know"
        ),
    ],
)
def test_letters_go_where_replies_go(found: Representation, where: str | None):
    contact = contact_of(found, find_replies(found, PROGRESS), "jo@example.org")
    assert (contact and contact.address) == where


JO = "jo@example.org"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_without_authority_a_writer_gets_no_more_than_a_bare_acknowledgement(kind: LetterKind):
    found = address_letter(kind, JO, None, standing_in=True)
    if kind in {LetterKind.ACKNOWLEDGEMENT, LetterKind.RECEIPT}:
        assert (found.address, found.neutral) == (JO, True)
    else:
        assert (found.address, found.why) == ("", NO_AUTHORITY)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_known_contact_gets_every_letter(kind: LetterKind):
    contact = Contact(address="mum@example.org", why="she lives there")
    found = address_letter(kind, JO, contact, standing_in=True)
    assert (found.address, found.neutral) == ("mum@example.org", False)


def test_nobody_is_written_to_where_there_is_no_contact_and_it_is_said_why():
    contact = Contact(address="", why="a card in the box")
    found = address_letter(LetterKind.RESPONSE, JO, contact, standing_in=False)
    assert found.address == ""
    assert "a card in the box" in found.why
    assert address_letter(LetterKind.RESPONSE, JO, None, standing_in=False).address == JO


def test_members_are_read_a_line_each_and_a_name_once():
    found = read_members(["Asha Bell; asha@example.org", "asha  bell", "Bo", " "], "bo")
    assert [(m.name, m.lead) for m in found] == [("asha bell", False), ("Bo", True)]


@pytest.mark.parametrize(
    ("lines", "lead", "field"),
    [
        pytest.param([], "Bo", "members", id="nobody"),
        pytest.param(["Bo; flat 3"], "Bo", "members", id="an address that is none"),
        pytest.param(["Bo"], "Asha", "lead", id="a lead contact from outside"),
    ],
)
def test_a_group_that_is_not_whole_is_asked_about(lines: list[str], lead: str, field: str):
    with pytest.raises(IncompleteError) as asked:
        read_members(lines, lead)
    assert set(asked.value.fields) == {field}


@pytest.mark.parametrize(
    ("relation", "policy", "standing"),
    [
        (Relation.RESIDENT, "progress", Standing.MAY),
        (Relation.GROUP, "ombudsman-code", Standing.MAY),
        (Relation.REPRESENTATIVE, "together", Standing.MAY),
        (Relation.NEIGHBOUR, "progress", Standing.MAY),
        (Relation.APPLICANT, "progress", Standing.MAY),
        (Relation.FORMER, "progress", Standing.ASK),
        (Relation.NOBODY, "progress", Standing.ASK),
        (Relation.APPLICANT, "ombudsman-code", Standing.ASK),
    ],
)
def test_who_may_complain_is_what_the_code_and_the_policy_say(
    relation: Relation, policy: str, standing: Standing
):
    assert check_standing(relation, load_policy(policy)).standing is standing


def test_whom_a_policy_leaves_out_is_still_for_a_person_to_decide():
    document = PROGRESS.document
    assert document is not None
    changed = document.model_copy(update={"applies_to": (), "does_not_apply_to": ("applicants",)})
    policy = PROGRESS.model_copy(update={"document": changed})
    found = check_standing(Relation.APPLICANT, policy)
    assert (found.standing, found.why) == (
        Standing.OUTSIDE,
        "the policy does not apply to: applicants",
    )
    assert check_standing(Relation.NEIGHBOUR, policy).standing is Standing.ASK


def test_a_member_complains_alone_from_the_day_of_the_wish():
    check_alone(received_on=MONDAY, asked_on=MONDAY, today=MONDAY)
    with pytest.raises(IncompleteError, match="not come yet"):
        check_alone(received_on=MONDAY, asked_on=date(2026, 3, 3), today=MONDAY)
    with pytest.raises(ForbiddenError, match=r"1\.2"):
        check_alone(received_on=MONDAY, asked_on=date(2026, 3, 1), today=MONDAY)
