from dataclasses import replace
from pathlib import Path

import pytest

from classifier.artefact import ArtefactError, load, save
from classifier.history import HISTORY, MOST_KEPT, UNDONE, list_names, promote, roll_back
from tests.classifier.small_model import trained


def test_what_served_before_comes_back(tmp_path: Path):
    save(replace(trained(), name="one"), tmp_path)
    promote(replace(trained(), name="two"), tmp_path)
    promote(replace(trained(), name="three"), tmp_path)
    assert list_names(tmp_path) == ["one", "two"]
    assert roll_back(tmp_path).name == "two"
    assert load(tmp_path).name == "two"
    assert load(tmp_path / UNDONE).name == "three"
    assert roll_back(tmp_path).name == "one"
    with pytest.raises(ArtefactError, match="no judge served before"):
        roll_back(tmp_path)
    assert load(tmp_path).name == "one"


def test_only_the_last_are_kept(tmp_path: Path):
    save(replace(trained(), name="0"), tmp_path)
    for number in range(1, MOST_KEPT + 3):
        promote(replace(trained(), name=str(number)), tmp_path)
    assert list_names(tmp_path) == [str(number) for number in range(2, MOST_KEPT + 2)]


def test_one_that_cannot_be_used_does_not_come_back(tmp_path: Path):
    save(replace(trained(), name="one"), tmp_path)
    promote(replace(trained(), name="two"), tmp_path)
    (next((tmp_path / HISTORY).iterdir()) / "judge.json").write_text("{}")
    with pytest.raises(ArtefactError, match="heard train"):
        roll_back(tmp_path)
    assert load(tmp_path).name == "two"
