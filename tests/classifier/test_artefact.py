import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import (
    ARRAYS,
    FACTS,
    ArtefactError,
    default_artefact,
    hash_data,
    is_stale,
    load,
    name_model,
    save,
    training_data,
)
from tests.classifier.small_model import trained


def messages(folder: Path, words: str) -> Path:
    (folder / "messages").mkdir(parents=True, exist_ok=True)
    (folder / "messages" / "a.jsonl").write_text(words)
    return folder


def test_what_is_saved_is_loaded(tmp_path: Path):
    save(trained(), tmp_path / "new")
    loaded = load(tmp_path / "new")
    for name in ("outputs", "words", "letters", "frames", "common", "scales"):
        assert getattr(loaded.model, name) == getattr(trained().model, name)
    np.testing.assert_array_equal(loaded.model.weights, trained().model.weights)
    np.testing.assert_array_equal(
        loaded.calibration.mixed.weights, trained().calibration.mixed.weights
    )
    assert (loaded.name, loaded.possible) == (trained().name, trained().possible)
    assert loaded.thresholds == trained().thresholds


def test_the_same_model_is_saved_as_the_same_bytes(tmp_path: Path):
    for folder in ("one", "two"):
        save(trained(), tmp_path / folder)
    for file in (ARRAYS, FACTS):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param(FACTS, b"{", id="facts cut short"),
        pytest.param(FACTS, b"[]", id="facts of another kind"),
        pytest.param(ARRAYS, b"PK", id="arrays cut short"),
    ],
)
def test_a_broken_model_is_refused(file: str, content: bytes, tmp_path: Path):
    save(trained(), tmp_path)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(ArtefactError, match="heard train"):
        load(tmp_path)


def test_features_that_do_not_fit_the_weights_are_refused(tmp_path: Path):
    save(trained(), tmp_path)
    facts = json.loads((tmp_path / FACTS).read_text())
    (tmp_path / FACTS).write_text(json.dumps(facts | {"words": facts["words"][1:]}))
    with pytest.raises(ArtefactError):
        load(tmp_path)


def test_a_model_of_an_older_form_is_stale_and_refused(tmp_path: Path):
    data, artefact = messages(tmp_path / "data", "one"), tmp_path / "artefact"
    save(replace(trained(), data_hash=hash_data(data)), artefact)
    assert not is_stale(artefact, data)
    facts = json.loads((artefact / FACTS).read_text())
    (artefact / FACTS).write_text(json.dumps(facts | {"format": 1}))
    assert is_stale(artefact, data)
    with pytest.raises(ArtefactError, match="heard train"):
        load(artefact)


def test_the_hash_follows_the_names(tmp_path: Path):
    before = hash_data(messages(tmp_path, "one"))
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "given.tsv").write_text("Ada")
    assert hash_data(tmp_path) != before


def test_a_missing_model_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(ArtefactError, match="heard train"):
        load(tmp_path / "none")


def test_a_model_is_named_by_day_and_data():
    assert name_model("a1b2c3d4", "2026-11-23") == "2026-11-23.a1b2c3"
    assert name_model("a1b2c3d4").endswith(".a1b2c3")


def test_the_hash_follows_the_words(tmp_path: Path):
    one = hash_data(messages(tmp_path, "one"))
    assert hash_data(messages(tmp_path, "one")) == one
    assert hash_data(messages(tmp_path, "two")) != one


def test_a_model_is_stale_when_it_is_missing_broken_or_of_other_data(tmp_path: Path):
    data, artefact = messages(tmp_path / "data", "one"), tmp_path / "artefact"
    assert is_stale(artefact, data)
    save(trained(), artefact)
    assert is_stale(artefact, data)  # its hash is none
    facts = json.loads((artefact / FACTS).read_text())
    (artefact / FACTS).write_text(json.dumps(facts | {"data_hash": hash_data(data)}))
    assert not is_stale(artefact, data)
    (artefact / ARRAYS).unlink()
    assert is_stale(artefact, data)
    (artefact / FACTS).write_text("[]")
    assert is_stale(artefact, data)


def test_model_and_data_lie_where_the_package_lies():
    assert default_artefact().parent.name == "classifier"
    assert training_data().name == "training_data"
