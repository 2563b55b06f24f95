from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from classifier.evaluate import Judged
from classifier.labels import Label
from classifier.learning import (
    MOST_OF_ONE,
    Contest,
    Correction,
    balance,
    contest,
    keep_back,
)
from tests.classifier.keyword_judge import EXAMPLE, judged

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CORRECTION = Correction(
    proposed=frozenset({Label.OTHER}),
    confirmed=frozenset({Label.COMPLAINT}),
    by="ada",
    at=NOON,
    text="five weeks and nothing",
    model="m",
)
EVEN = Contest(
    complaints=400, share=0.4, champion=0.95, challenger=0.95, low=-0.01, high=0.01, error=0.02
)


def made(by: str, count: int) -> list[Correction]:
    return [
        replace(CORRECTION, by=by, at=NOON + timedelta(hours=n), text=f"{by} {n}")
        for n in range(count)
    ]


@given(st.lists(st.integers(0, 30), max_size=9))
def test_nobody_supplies_more_than_a_share(counts: list[int]):
    given_ones = [c for who, count in enumerate(counts) for c in made(str(who), count)]
    kept = balance(given_ones)
    assert all(n <= MOST_OF_ONE * len(kept) for n in Counter(c.by for c in kept).values())
    assert set(map(id, kept)) <= set(map(id, given_ones))


def test_as_many_as_is_fair_are_kept_and_the_latest():
    kept = balance([*made("ada", 50), *made("bo", 3), *made("cy", 3), *made("di", 3)])
    assert Counter(c.by for c in kept) == {"ada": 3, "bo": 3, "cy": 3, "di": 3}
    assert [c.text for c in kept if c.by == "ada"] == ["ada 47", "ada 48", "ada 49"]


def test_three_people_are_too_few():
    assert balance([*made("ada", 5), *made("bo", 5), *made("cy", 5)]) == []


def test_a_tenth_is_kept_back_and_always_the_same():
    learned, measured = keep_back(made("ada", 300))
    assert 15 <= len(measured) <= 45
    assert keep_back(made("ada", 300)[::-1])[1] != []
    assert {e.id for e in keep_back(made("ada", 300)[::-1])[1]} == {e.id for e in measured}
    assert len({e.situation for e in [*learned, *measured]}) == 300


def test_the_last_word_on_a_text_counts():
    later = replace(CORRECTION, at=NOON + timedelta(1), confirmed=frozenset(Label) - {"comment"})
    examples = [*keep_back([later, CORRECTION])[0], *keep_back([later, CORRECTION])[1]]
    assert [e.labels for e in examples] == [
        (Label.SERVICE_REQUEST, Label.COMPLAINT, Label.COMPLIMENT)
    ]
    nothing = replace(CORRECTION, text=" ", confirmed=frozenset())
    assert keep_back([nothing]) == ([], [])


def test_what_is_confirmed_as_nothing_is_other():
    other = replace(CORRECTION, confirmed=frozenset({Label.OTHER}))
    learned, measured = keep_back([other])
    assert [*learned, *measured][0].labels == (Label.OTHER,)


@pytest.mark.parametrize(
    ("result", "holds"),
    [
        pytest.param(EVEN, True, id="as good"),
        pytest.param(replace(EVEN, low=-0.02), False, id="perhaps worse"),
        pytest.param(replace(EVEN, error=0.06), False, id="not calibrated"),
        pytest.param(replace(EVEN, complaints=9, low=-0.5), True, id="few, and as good"),
        pytest.param(replace(EVEN, complaints=9, challenger=0.9), False, id="few, and worse"),
    ],
)
def test_a_challenger_holds_when_it_is_not_worse(result: Contest, *, holds: bool):
    assert result.holds is holds


def both(count: int) -> Judged:
    complaints = [replace(EXAMPLE, situation=f"c{n}") for n in range(count)]
    others = [
        replace(EXAMPLE, text="x", situation=f"o{n}", labels=(Label.OTHER,)) for n in range(count)
    ]
    return judged(*complaints, *others)


def test_two_models_are_compared_at_the_share_that_the_champion_marks():
    champion = both(30)
    same = contest(champion, champion)
    assert (same.share, same.champion, same.challenger) == (0.5, 1, 1)
    assert (same.low, same.high) == (0, 0)
    assert same.error == pytest.approx(0.1)
    blind = Judged(champion.examples, champion.assessments[::-1])
    worse = contest(champion, blind)
    assert worse.challenger == 0
    assert worse.high < 0
