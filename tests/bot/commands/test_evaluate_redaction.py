import json
from pathlib import Path

import pytest

from bot.commands.evaluate_redaction import Score, evaluate_redaction, read_samples
from classifier.personal.redact import load_redact

REDACT = load_redact(None, {})


def test_an_interval_is_wilsons():
    low, high = Score(right=380, of=400).interval
    assert (round(low, 3), round(high, 3)) == (0.924, 0.967)
    assert Score().interval == (0.0, 1.0)


def test_a_table_says_what_is_hidden_and_what_in_vain(tmp_path: Path):
    path = tmp_path / "marked.jsonl"
    samples = [
        {
            "text": "ring 07700 900123, Jo",
            "spans": [
                {"start": 5, "end": 17, "kind": "PHONE"},
                {"start": 19, "end": 21, "kind": "NAME", "origin": "british"},
            ],
            "keep": ["ring", "900123"],
        },
        {"text": "no heating"},
        {"text": "flat 9 ß is cold"},
    ]
    path.write_text("\n\n".join(map(json.dumps, samples)), encoding="utf-8")
    rows = {
        cells[1].strip(): cells[4].strip()
        for cells in (line.split("|") for line in evaluate_redaction([path], REDACT).splitlines())
    }
    assert rows["PHONE, as written: fully hidden"] == "100.0%"
    assert rows["NAME, small: fully hidden"] == "0.0%"
    assert rows["names of origin british: fully hidden"] == "0.0%"
    assert rows["precision of identifiers, as written"] == "50.0%"
    assert rows["precision of identifiers, CAPITALS"] == "100.0%"
    assert rows["messages without personal data untouched, as written"] == "50.0%"
    assert rows["kept phrases preserved"] == "50.0%"


def test_names_may_be_marked_in_a_plain_file(tmp_path: Path):
    path = tmp_path / "names.txt"
    path.write_text("hi [[Jo Bloggs]] of [[Al]]\nnobody\n", encoding="utf-8")
    one, two = read_samples(path)
    assert one.text == "hi Jo Bloggs of Al"
    assert [one.text[gold.start : gold.end] for gold in one.gold] == ["Jo Bloggs", "Al"]
    assert not two.gold


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"spans": []}',
        "[]",
        '{"text": "a", "spans": [{"start": 0, "end": 9, "kind": "NAME"}]}',
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "a"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.jsonl: line 2"):
        list(read_samples(path))
