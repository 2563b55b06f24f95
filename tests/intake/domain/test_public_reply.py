"""What is said in public says nothing of anybody."""

import pytest

from intake.domain.letter import LetterKind
from intake.domain.public_reply import PRIVATE, PUBLIC_REPLY, find_private_way


def test_only_the_acknowledgement_is_answered_in_public_and_without_detail():
    assert PUBLIC_REPLY in find_private_way(LetterKind.ACKNOWLEDGEMENT)
    for told in ("tenan", "complain", "repair", "your home", "account"):
        assert told not in PUBLIC_REPLY


@pytest.mark.parametrize("kind", [LetterKind.RESPONSE, LetterKind.REFUSAL, LetterKind.EXTENSION])
def test_a_decision_is_told_in_private_alone(kind: LetterKind):
    assert find_private_way(kind) == PRIVATE
