import json
from pathlib import Path

import pytest

from bot.commands.evaluate_redaction import evaluate_redaction, marked_files, read_samples
from bot.commands.redaction_scores import GROUPS, Score, Scores, group_of, together
from bot.commands.redaction_table import TARGETS, draw
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
    times = iter((1.0, 3.0, 3.0, 4.0))
    table = evaluate_redaction([path], REDACT, clock=lambda: next(times)).splitlines()
    rows = {
        cells[1].strip(): [cell.split("%")[0].strip() for cell in cells[2:-1]]
        for cells in (line.split("|") for line in reversed(table))
        if len(cells) > 1
    }
    assert rows["PHONE fully hidden"] == ["1", "100.0", "100.0", "100.0"]
    assert rows["NAME fully hidden"] == ["1", "0.0", "0.0", "0.0"]
    assert rows["british"] == ["1", "0.0"]
    assert rows["British and Irish"] == ["1", "0.0"]
    assert rows["names fully hidden"] == ["95", "0.0", "0.0", "**not met**"]
    assert rows["precision of identifiers"] == ["2", "50.0", "50.0", "100.0"]
    assert rows["messages without personal data left whole"] == ["2", "50.0", "50.0", "100.0"]
    assert rows["kept phrases preserved"] == ["2", "50.0", "50.0", "50.0"]
    assert rows["precision of names"] == ["80", "", "", "not measured"]
    assert table[-2:] == [
        "- 8 readings, 4 a second of one core, at least 500: **not met**",
        "- 50000 characters in 1.0 s, at most 2: met",
    ]


def test_an_address_counts_in_part_and_a_file_without_names_says_nothing_of_them(tmp_path: Path):
    path = tmp_path / "addresses.txt"
    path.write_text(
        "at [[ADDRESS|flat 9 past the chemist]]\nwith \u00df, 07700 900123\n", encoding="utf-8"
    )
    table = evaluate_redaction([path], REDACT, clock=lambda: 0.0)
    assert "| ADDRESS fully hidden | 1 | 0.0%" in table
    assert "| ADDRESS partly hidden | 1 | 100.0%" in table
    assert "Names by origin" not in table
    assert "a second" not in table


def test_precision_is_told_only_of_what_a_file_marks(tmp_path: Path):
    path = tmp_path / "names.txt"
    path.write_text("[[Jo]] 07700 900123\n", encoding="utf-8")
    assert "| precision of identifiers | 97% |  |  | not measured |" in (
        evaluate_redaction([path], REDACT)
    )


def test_what_is_hidden_in_a_file_without_marks_is_in_vain_as_its_set_has_marks(tmp_path: Path):
    (tmp_path / "marked.txt").write_text("ring [[PHONE|07700 900123]]\n", encoding="utf-8")
    (tmp_path / "plain.txt").write_text("ring 07700 900456\n", encoding="utf-8")
    table = evaluate_redaction(sorted(tmp_path.iterdir()), REDACT)
    assert "| precision of identifiers | 2 | 50.0%" in table
    assert "precision of names | 80% |  |  | not measured |" in table


def scores(**shares: tuple[int, int]) -> Scores:
    origins = {origin: Score(right=right, of=of) for origin, (right, of) in shares.items()}
    rows = {"NAME fully hidden": {"as written": Score(right=99, of=100)}}
    return Scores(rows=rows, origins=origins, readings=10, seconds=0.001)


def test_origins_are_compared_in_groups_that_have_names_enough():
    found = scores(welsh=(60, 60), irish=(30, 40), polish=(99, 100), somali=(0, 99))
    assert found.groups.keys() == {group_of(origin) for origin in found.origins}
    assert {*found.compared} == {"British and Irish", "Eastern European"}
    assert round(found.gap, 3) == 0.09
    assert "9.0 points, at most 8: **not met**" in "\n".join(draw({"a": found}, 1.0))


def test_an_origin_of_no_group_stands_with_all_others():
    assert group_of("maltese") == [*GROUPS][-1]


def test_without_names_enough_no_gap_is_told():
    assert Scores().gap == 0.0
    assert "widest gap" not in "\n".join(draw({"a": scores(welsh=(1, 1))}, 1.0))


def test_a_set_that_is_short_is_named_although_the_target_is_met():
    short = scores()
    short.rows["NAME fully hidden"]["as written"] = Score(right=9, of=10)
    table = "\n".join(draw({"one": scores(), "two": short}, 3.0))
    assert "| names fully hidden | 95% | 99.0% | 90.0% | 98.2% | met, but short in two |" in table
    assert "3.0 s, at most 2: **not met**" in table
    assert all(f"| {target.name} |" in table for target in TARGETS)


def test_sets_are_counted_together():
    whole = together([scores(welsh=(1, 2)), scores(welsh=(2, 2), polish=(1, 1))])
    assert whole.rows["NAME fully hidden"]["as written"] == Score(right=198, of=200)
    assert whole.origins == {"welsh": Score(right=3, of=4), "polish": Score(right=1, of=1)}
    assert (whole.readings, whole.seconds) == (20, 0.002)


def test_the_sets_that_we_ship_are_found():
    assert {"blind", "unseen", "fresh", "final"} <= {path.parent.name for path in marked_files()}


def test_where_there_are_no_sets_files_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.commands.evaluate_redaction.training_data", lambda: tmp_path / "a")
    with pytest.raises(ValueError, match="name the files"):
        marked_files()


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
