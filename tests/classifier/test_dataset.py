import json
from pathlib import Path
from typing import Any

import pytest

from classifier.dataset import DatasetError, load_examples, parse_example
from classifier.labels import Flag, Label, Text

ROW: dict[str, Any] = {
    "id": "a-1",
    "situation": "tap",
    "topic": "repairs",
    "channel": "chat",
    "subject": "My tap",
    "text": "It drips",
    "labels": ["service_request"],
    "flags": ["asb"],
    "hazards": ["falls"],
    "hard": True,
}


def test_a_message_is_read():
    example = parse_example(ROW)
    assert example.labels == (Label.SERVICE_REQUEST,)
    assert example.flags == (Flag.ASB,)
    assert example.hard
    assert not example.sarcastic
    assert example.outputs == {"service_request", "flag:asb", "hazard:falls"}
    assert example.as_text() == Text(words="It drips", subject="My tap", channel="chat")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"labels": []}, "one or more", id="no label"),
        pytest.param({"labels": ["other", "comment"]}, "alone", id="other in company"),
        pytest.param({"labels": ["grumble"]}, "grumble", id="an unknown label"),
        pytest.param({"labels": "other"}, "not a list", id="not a list"),
        pytest.param({"flags": ["asb", "asb"]}, "each once", id="a flag twice"),
        pytest.param({"channel": "fax"}, "fax", id="an unknown channel"),
        pytest.param({"text": " "}, "text is missing", id="no text"),
        pytest.param({"id": 7}, "id is missing", id="an id that is no string"),
    ],
)
def test_a_message_that_breaks_a_rule_is_refused(change: dict[str, Any], fault: str):
    with pytest.raises(DatasetError, match=fault):
        parse_example(ROW | change)


def test_all_files_of_a_folder_are_read_in_order(tmp_path: Path):
    for name in ("b", "a"):
        line = json.dumps(ROW | {"id": name})
        (tmp_path / f"{name}.jsonl").write_text(f"{line}\n\n")
    assert [example.id for example in load_examples(tmp_path)] == ["a", "b"]
    assert len(load_examples(tmp_path / "a.jsonl")) == 1


@pytest.mark.parametrize("line", ["{", "[]", json.dumps(ROW | {"labels": []})])
def test_a_bad_line_is_named(line: str, tmp_path: Path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(ROW) + "\n" + line)
    with pytest.raises(DatasetError, match=r"a\.jsonl, line 2"):
        load_examples(file)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(DatasetError, match="none"):
        load_examples(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")
    with pytest.raises(DatasetError, match="latin"):
        load_examples(tmp_path / "latin.jsonl")
