from pathlib import Path

import pytest

from classifier import kinds as kinds_module
from classifier.kinds import Kinds


@pytest.fixture
def kinds(tmp_path: Path) -> Kinds:
    file = tmp_path / "kinds.txt"
    file.write_text(
        "# a remark\n\nSTAFF\n    plumb* lad\n    officer\nTHING\n    plumbing* lad tap\n"
    )
    return Kinds(file)


@pytest.mark.parametrize(
    ("word", "outline"),
    [
        pytest.param("officer", "STAFF", id="a whole word"),
        pytest.param("plumbers", "STAFF", id="a beginning"),
        pytest.param("plumbings", "THING", id="the longest beginning"),
        pytest.param("lad", "STAFF", id="the first kind that names it"),
        pytest.param("the", "the", id="common"),
        pytest.param("waving", "~ing", id="an ending"),
        pytest.param("sing", "~", id="too short for an ending"),
        pytest.param("zebra", "~", id="a word"),
        pytest.param("17", "#", id="a number"),
        pytest.param("?", "?", id="a mark"),
    ],
)
def test_a_word_is_seen_in_outline(kinds: Kinds, word: str, outline: str):
    assert kinds.outline(word, {"the"}) == outline
    assert kinds.outline(word, {"the"}) == outline  # now remembered


def test_memory_stays_bounded(kinds: Kinds, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds_module, "MOST_REMEMBERED", 2)
    for word in ("one", "officer", "three", "tap"):
        kinds.outline(word, set())
    assert len(kinds._remembered) <= 2
    assert kinds.outline("officer", set()) == "STAFF"


def test_our_kinds_are_read():
    assert Kinds().outline("plumber", set()) == "STAFF"
