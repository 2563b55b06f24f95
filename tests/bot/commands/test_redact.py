import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands.redact import read_keep, redact_lines
from classifier.labels import Audience
from classifier.personal.redact import LONGEST, load_redact

REDACT = load_redact(None, {"oak": ["@OakHomes"]})


def _answers(*lines: str | bytes, audience: Audience = Audience.PUBLIC) -> list[dict[str, Any]]:
    return [json.loads(line) for line in redact_lines(lines, REDACT, audience=audience)]


def test_a_text_is_answered_with_its_spans():
    [answer] = _answers('{"id": 7, "text": "ring 07700 900123, I have asthma"}')
    assert answer == {
        "id": 7,
        "redacted": "ring [PHONE 1], I have asthma",
        "spans": [
            {"start": 5, "end": 17, "kind": "PHONE", "placeholder": "[PHONE 1]", "certain": True}
        ],
        "health": True,
    }


def test_the_redacted_text_is_the_text_with_its_spans_replaced():
    text = "é 07700 900123 and jo@b.com"
    [answer] = _answers(json.dumps({"id": 1, "text": text}))
    for span in reversed(answer["spans"]):
        text = text[: span["start"]] + span["placeholder"] + text[span["end"] :]
    assert text == answer["redacted"]


def test_staff_see_the_district():
    line = '{"id": 1, "text": "PR25 2LW"}'
    assert _answers(line, audience=Audience.STAFF)[0]["redacted"] == "PR25 [POSTCODE 1]"


def test_the_landlords_keep_list_counts():
    line = '{"id": 1, "text": "hi @OakHomes", "landlord": "oak", "author": null}'
    assert _answers(line)[0]["redacted"] == "hi @OakHomes"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "line 1: not JSON: Expecting property name enclosed in double quotes"),
        ("[]", "line 1: not a JSON object"),
        ('{"text": 3}', "line 1: text: Input should be a valid string"),
        ("{}", "line 1: text: Field required"),
        (b"\xff\xfe", "line 1: not UTF-8"),
        ('{"text": "a", "author": 1}', "line 1: author: Input should be a valid string"),
    ],
)
def test_a_bad_line_says_its_error_and_the_stream_goes_on(line: str | bytes, error: str):
    bad, good = _answers(line, '{"id": 2, "text": "hi"}')
    assert bad == {"id": None, "error": error}
    assert good["redacted"] == "hi"


def test_a_line_nested_too_deep_says_its_error():
    [answer] = _answers("[" * 100_000)
    assert "error" in answer


def test_half_of_a_character_is_answered_as_it_came():
    [answer] = _answers('{"id": 1, "text": "a \\ud83d b"}')
    assert answer["redacted"] == "a \ud83d b"


def test_an_error_keeps_the_id_and_no_words():
    [answer] = _answers('{"id": "x", "text": ["Dave Jones"]}')
    assert answer["id"] == "x"
    assert "Dave" not in answer["error"]


def test_a_text_that_cannot_be_checked_is_withheld():
    [answer] = _answers(json.dumps({"id": 1, "text": "7" * (LONGEST + 1)}))
    assert answer.keys() == {"id", "withheld"}


def test_empty_lines_are_passed_over():
    assert _answers("", "\n", '{"id": 1, "text": ""}')[0]["redacted"] == ""


def test_answers_come_as_the_lines_do():
    lines = (f'{{"id": {number}, "text": ""}}' for number in range(1_000_000))
    assert json.loads(next(redact_lines(lines, REDACT)))["id"] == 0


def test_a_keep_list_is_read_line_by_line(tmp_path: Path):
    path = tmp_path / "keep.txt"
    path.write_text("Oak Housing\n\n@OakHomes\n", encoding="utf-8")
    assert read_keep(path) == ["Oak Housing", "", "@OakHomes"]


def test_a_keep_list_that_is_no_text_is_refused(tmp_path: Path):
    path = tmp_path / "keep.txt"
    path.write_bytes(b"a\n\xff")
    with pytest.raises(ValueError, match=r"keep\.txt: line 2 is not UTF-8"):
        read_keep(path)
