from pathlib import Path

import pytest

from classifier import concepts as concepts_module
from classifier.concepts import Concepts, concept_grams

OURS = Concepts()


@pytest.fixture
def few(tmp_path: Path) -> Concepts:
    file = tmp_path / "concepts.txt"
    file.write_text(
        "# said\nbaby\n    bairn | new born | weeks ol*\n\ncold\n    freez* | no heat\n"
    )
    return Concepts(file)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the bairn is freezing", ["baby", "cold"]),
        ("my new born", ["baby"]),
        ("born new", []),
        ("3 weeks older", ["baby"]),
        ("weeks", []),
        ("no", []),
        ("", []),
    ],
)
def test_words_phrases_and_beginnings_are_found(few: Concepts, words: str, found: list[str]):
    assert few.find(words.split()) == found
    assert few.find(words.split()) == found  # now remembered


def test_concepts_tell_by_themselves_and_in_pairs():
    assert list(concept_grams(["baby", "cold"])) == ["baby", "cold", "baby & cold"]


def test_a_list_of_everything_makes_few_pairs():
    many = [f"concept {number:03}" for number in range(400)]
    assert len(list(concept_grams(many))) < 400 + concepts_module.MOST_PAIRED**2


def test_memory_stays_bounded(few: Concepts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(concepts_module, "MOST_REMEMBERED", 2)
    few.find(["the", "bairn", "is", "freezing"])
    assert len(few._remembered) <= 2
    assert few.find(["bairn"]) == ["baby"]


def test_ours_know_what_training_may_not_have_seen():
    assert "baby" in OURS.find(["the", "wee", "bairn"])
    assert "repeated contact" in OURS.find(["rang", "again", "for", "the", "3rd", "time"])
