from pathlib import Path

import pytest

from classifier.personal.contest import EXAMPLES, Found, find_share, holds, measure
from classifier.personal.examples import Example
from classifier.personal.tagger import load_tagger
from tests.classifier.personal.conftest import DATA


@pytest.mark.parametrize(
    ("challenger", "expected"),
    [
        pytest.param(Found(names=0.97, others=0.02), True, id="as good"),
        pytest.param(Found(names=0.965, others=0.025), True, id="hardly worse"),
        pytest.param(Found(names=0.94, others=0.0), False, id="finds less"),
        pytest.param(Found(names=1.0, others=0.05), False, id="takes more"),
    ],
)
def test_a_tagger_that_is_not_worse_may_serve(challenger: Found, expected: bool):  # noqa: FBT001 - what must come out
    assert holds(Found(names=0.97, others=0.02), challenger) is expected


def test_words_are_counted_by_whether_they_are_part_of_a_name(artefact: Path):
    said = Example("my name is Dave Jones", [(11, 21)])
    assert find_share(load_tagger(artefact), [said]) == Found(names=1.0, others=0.0)


def test_the_tagger_that_is_shipped_finds_nearly_all_of_examples_it_has_not_seen(artefact: Path):
    found = measure(artefact, DATA)
    assert EXAMPLES >= 1_000
    assert found.names > 0.95
    assert found.others < 0.03
