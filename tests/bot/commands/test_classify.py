import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.commands import classify as command, lines
from bot.commands.classify import ClassifyError, answer, classify
from classifier.artefact import save
from tests.classifier.small_model import judge, trained

WORDS = "Third time I have rung about the tap. Nobody came. Not good enough."


def answers(lines: bytes) -> list[dict[str, Any]]:
    stream = io.BytesIO(lines)
    written = "".join(answer(stream, judge(), "a.jsonl"))
    return [json.loads(line) for line in written.splitlines()]


def asked(**question: object) -> bytes:
    return json.dumps(question).encode() + b"\n"


def test_a_line_is_answered_in_the_shape_of_the_contract():
    (line,) = answers(asked(id=7, text=WORDS, channel="email"))
    assert list(line) == [
        "id",
        "labels",
        "probabilities",
        "band",
        "flags",
        "hazards",
        "evidence",
        "model",
    ]
    assert line["id"] == 7
    assert set(line["labels"]) == {"service_request", "complaint"}
    assert line["band"] == "marked"
    assert set(line["probabilities"]) == {
        "service_request",
        "complaint",
        "compliment",
        "comment",
        "other",
    }
    found = next(e for e in line["evidence"] if e["label"] == "complaint")
    assert WORDS[found["start"] : found["end"]] == found["sentence"]


def test_lines_keep_their_order_over_batches():
    lines = b"".join(asked(id=number, text=f"tap {number}") for number in range(100))
    assert [line["id"] for line in answers(lines)] == list(range(100))


@pytest.mark.parametrize(
    ("line", "identity", "fault"),
    [
        pytest.param(b"{", None, "Expecting", id="no JSON"),
        pytest.param(b"[1]", None, "not a JSON object", id="no object"),
        pytest.param(b'{"id": 3}', 3, "text: Field required", id="no text"),
        pytest.param(b'{"id": 3, "text": 5}', 3, "text: Input should be", id="no string"),
        pytest.param(b'{"id": 3, "text": "x", "channel": 5}', 3, "channel", id="channel"),
        pytest.param(
            b'{"id": 3, "text": "x", "history": {"contacts": "2"}}',
            3,
            "history.contacts",
            id="deep",
        ),
        pytest.param(b'{"id": 3, "text": "\xe9"}', None, "not UTF-8", id="not UTF-8"),
        pytest.param(b"[" * 200_000, None, "line 2: ", id="nested without end"),
    ],
)
def test_a_bad_line_says_its_error_and_the_stream_goes_on(
    line: bytes, identity: object, fault: str, capsys: pytest.CaptureFixture[str]
):
    first, bad, last = answers(asked(id=1, text="tap") + line + b"\n" + asked(id=9, text="tap"))
    assert (first["id"], last["id"]) == (1, 9)
    assert bad["id"] == identity
    assert bad["error"].startswith("line 2: ")
    assert fault in bad["error"]
    assert capsys.readouterr().err.startswith("a.jsonl, line 2: ")


def test_blank_lines_are_passed_over_but_counted():
    assert answers(b"\n\n{\n")[0]["error"].startswith("line 3: ")


def test_the_last_line_needs_no_end():
    assert answers(asked(id=1, text="tap").strip())[0]["id"] == 1


def test_null_is_as_if_not_given():
    (line,) = answers(asked(id=1, text="tap", subject=None, channel=None, history=None))
    assert "error" not in line


def test_an_unknown_channel_is_judged_as_an_email():
    fax, mail = answers(asked(id=1, text=WORDS, channel="fax") + asked(id=1, text=WORDS))
    assert fax == mail


def test_a_line_without_end_is_refused_in_bounded_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 100)
    monkeypatch.setattr(command, "CHUNK", 64)
    long, last = answers(asked(id=1, text="x" * 1_000) + asked(id=2, text="tap"))
    assert "longer than 100" in long["error"]
    assert last["id"] == 2


def test_what_utf8_cannot_hold_is_escaped():
    (line,) = answers(b'{"id": "\\ud800", "text": "\\ud800 \xc2\xa3"}\n')
    assert line["id"] == "\ud800"


def test_history_counts():
    history = {"contacts": 3, "open_request": True, "overdue": True}
    (line,) = answers(asked(id=1, text="Any news of it at all?", history=history))
    assert line["band"] != "unmarked"


def test_what_has_come_is_answered_before_more_comes():
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as source:
        given = answer(stream, judge(), "-")
        source.write(asked(id=1, text="tap"))
        assert json.loads(next(given))["id"] == 1
        source.write(asked(id=2, text="tap"))
        assert json.loads(next(given))["id"] == 2


def test_a_file_is_answered_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    save(trained(), tmp_path / "model")
    (tmp_path / "in.jsonl").write_bytes(asked(id="é", text="the tap drips"))
    classify(str(tmp_path / "in.jsonl"), artefact=tmp_path / "model")
    assert json.loads(capsys.readouterr().out)["id"] == "é"


def test_standard_input_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    save(trained(), tmp_path / "model")
    (tmp_path / "in.jsonl").write_bytes(asked(id=1, text="tap"))
    with (tmp_path / "in.jsonl").open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        classify("-", artefact=tmp_path / "model")
    assert json.loads(capsys.readouterr().out)["id"] == 1


@pytest.mark.parametrize("missing", ["file", "model"])
def test_a_missing_file_or_model_is_said(missing: str, tmp_path: Path):
    save(trained(), tmp_path / "model")
    source, model = tmp_path / "in.jsonl", tmp_path / "model"
    source.write_bytes(b"")
    if missing == "file":
        source = tmp_path / "none.jsonl"
    else:
        model = tmp_path / "none"
    with pytest.raises(ClassifyError, match="none"):
        classify(str(source), artefact=model)
