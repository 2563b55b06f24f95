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
    times = iter((1.0, 3.0))
    table = evaluate_redaction([path], REDACT, clock=lambda: next(times)).splitlines()
    rows = {
        cells[1].strip(): [cell.split("%")[0].strip() for cell in cells[2:-1]]
        for cells in (line.split("|") for line in table)
        if len(cells) > 1
    }
    assert rows["PHONE fully hidden"] == ["1", "100.0", "100.0", "100.0"]
    assert rows["NAME fully hidden"] == ["1", "0.0", "0.0", "0.0"]
    assert rows["british"] == ["3", "0.0"]
    assert rows["gap between the 6 largest"] == ["", "0.0 points"]
    assert rows["precision of identifiers"] == ["2", "50.0", "50.0", "100.0"]
    assert rows["messages without personal data left whole"] == ["2", "50.0", "50.0", "100.0"]
    assert rows["kept phrases preserved"] == ["2", "50.0", "50.0", "50.0"]
    assert "precision of names" not in rows
    assert table[-1] == "8 readings, 4 a second"


def test_an_address_counts_in_part_and_a_file_without_names_says_nothing_of_them(tmp_path: Path):
    path = tmp_path / "addresses.txt"
    path.write_text(
        "at [[ADDRESS|flat 9 past the chemist]]\nwith \u00df, 07700 900123\n", encoding="utf-8"
    )
    table = evaluate_redaction([path], REDACT, clock=lambda: 0.0)
    assert "| ADDRESS fully hidden | 1 | 0.0%" in table
    assert "| ADDRESS partly hidden | 1 | 100.0%" in table
    assert "origin" not in table
    assert "a second" not in table


def test_precision_is_told_only_of_what_a_file_marks(tmp_path: Path):
    path = tmp_path / "names.txt"
    path.write_text("[[Jo]] 07700 900123\n", encoding="utf-8")
    assert "precision" not in evaluate_redaction([path], REDACT)


def test_a_row_that_a_manner_of_writing_lacks_is_empty(tmp_path: Path):
    path = tmp_path / "sharp.txt"
    path.write_text("stra\u00dfe [[Jo]]\n", encoding="utf-8")
    assert "| NAME fully hidden | 1 | 0.0% (0.0 to 79.3) | 0.0% (0.0 to 79.3) |  |" in (
        evaluate_redaction([path], REDACT)
    )


def test_names_may_be_marked_in_a_plain_file(tmp_path: Path):
    path = tmp_path / "names.txt"
    path.write_text(
        "hi [[Jo Bloggs]] of [[Al]]\nnobody\nborn [[DOB|1/2/60]], [[NAME/irish|Niamh]]\n",
        encoding="utf-8",
    )
    one, two, three = read_samples(path)
    assert [(gold.kind, gold.origin) for gold in three.gold] == [("DOB", ""), ("NAME", "irish")]
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
