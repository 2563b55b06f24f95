import pytest

from intake.domain.letter import LetterKind
from intake.domain.sending import Limits, Traffic, Withheld, can_wait, find_reason, is_owed

LIMITS = Limits(per_address=3, per_domain=20, per_shared_domain=500, burst=100)
OURS = frozenset({"complaints@oak.example", "repairs@oak.example"})
ACK = LetterKind.ACKNOWLEDGEMENT


def reason(
    traffic: Traffic | None = None, kind: LetterKind = ACK, to: str = "jo@example.org"
) -> Withheld | None:
    return find_reason(kind, to, traffic or Traffic(), LIMITS, own=OURS)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_first_letter_goes(kind: LetterKind):
    assert reason(kind=kind) is None


@pytest.mark.parametrize(
    ("traffic", "why"),
    [
        (Traffic(to_address=2), None),
        (Traffic(to_address=3), Withheld.ADDRESS),
        (Traffic(to_domain=19), None),
        (Traffic(to_domain=20), Withheld.DOMAIN),
        (Traffic(lately=99), None),
        (Traffic(lately=100), Withheld.BURST),
        (Traffic(same_stage=1), Withheld.SAME_STAGE),
        (Traffic(to_address=3, to_domain=20, lately=100), Withheld.ADDRESS),
    ],
)
@pytest.mark.parametrize("kind", [ACK, LetterKind.RECEIPT, LetterKind.STAGE_2_ACKNOWLEDGEMENT])
def test_a_letter_beyond_the_limits_is_withheld(
    traffic: Traffic, why: Withheld | None, kind: LetterKind
):
    assert reason(traffic, kind) is why


@pytest.mark.parametrize("to", ["jo@gmail.com", "jo@HOTMAIL.co.uk"])
def test_the_domain_of_a_large_provider_says_nothing_of_who_writes(to: str):
    assert reason(Traffic(to_domain=499), to=to) is None
    assert reason(Traffic(to_domain=500), to=to) is Withheld.DOMAIN


@pytest.mark.parametrize("kind", [LetterKind.RESPONSE, LetterKind.EXTENSION, LetterKind.REFUSAL])
def test_a_letter_that_a_person_decided_is_not_counted(kind: LetterKind):
    busy = Traffic(same_stage=5, to_address=50, to_domain=5_000, lately=5_000)
    assert reason(busy, kind) is None


@pytest.mark.parametrize(
    "to", ["Complaints@oak.example", "repairs+abc.def@OAK.example", "repairs@oak.example"]
)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_we_never_write_to_ourselves(to: str, kind: LetterKind):
    assert reason(kind=kind, to=to) is Withheld.OURS


def test_what_is_owed_waits_until_a_burst_is_over_and_a_receipt_does_not():
    assert can_wait(ACK, Withheld.BURST)
    assert not can_wait(LetterKind.RECEIPT, Withheld.BURST)
    assert not can_wait(ACK, Withheld.ADDRESS)


def test_only_a_receipt_may_be_left_out():
    assert [kind for kind in LetterKind if not is_owed(kind)] == [LetterKind.RECEIPT]
