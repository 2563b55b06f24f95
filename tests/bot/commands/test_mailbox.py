import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from bot.child import BoundedChild
from bot.commands import mailbox
from bot.commands.mailbox import read, subject, trim, trim_lines

MAIL = (
    b"From: Olive <olive@oak.example>\nTo: complaints@oak.example\nSubject: FW: Damp\n"
    b"Message-ID: <1@oak.example>\nDate: Tue, 24 Nov 2026 09:00:00 +0000\n\n"
    b"Please log.\n\nFrom: Jo <jo@example.org>\nSent: x\nTo: y\nSubject: z\n\nThere is damp.\n"
)
PARTS = (
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Damp</p>\n"
    b"--b\nContent-Type: image/png; name=a.png\n\npng\n--b--\n"
)
KEYS = [
    "file", "message_id", "in_reply_to", "references", "from", "reply_to", "to", "cc", "subject",
    "date", "text", "visible", "hidden", "html", "attachments", "automatic", "forwarded_from",
    "problems",
]  # fmt: skip


Give = Callable[[bytes], None]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Give what a test says as standard input."""

    def give(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return give


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_mail_is_read_into_one_line_of_the_contracts_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL)
    assert read([str(path)]) == 0
    [line] = lines_of(capsys)
    assert list(line) == KEYS
    assert line == {
        "file": str(path),
        "message_id": "<1@oak.example>",
        "in_reply_to": [],
        "references": [],
        "from": {"name": "Olive", "address": "olive@oak.example"},
        "reply_to": None,
        "to": [{"name": "", "address": "complaints@oak.example"}],
        "cc": [],
        "subject": "FW: Damp",
        "date": "2026-11-24T09:00:00+00:00",
        "text": MAIL.partition(b"\n\n")[2].decode().strip(),
        "visible": "Please log.\n\nThere is damp.",
        "hidden": "From: Jo <jo@example.org>\nSent: x\nTo: y\nSubject: z",
        "html": None,
        "attachments": [],
        "automatic": None,
        "forwarded_from": {"name": "Jo", "address": "jo@example.org"},
        "problems": [],
    }


def test_files_are_read_in_order_and_one_that_is_missing_stops_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    paths = [tmp_path / "a.eml", tmp_path / "missing.eml", tmp_path / "b.eml"]
    paths[0].write_bytes(PARTS)
    paths[2].write_bytes(b"\xff\0")
    assert read([str(path) for path in paths]) == 2
    out, err = capsys.readouterr()
    first, missing, last = map(json.loads, out.splitlines())
    assert first["html"] == "<p>Damp</p>"
    [attachment] = first["attachments"]
    assert attachment | {"sha256": ""} == {
        "name": "a.png", "type": "image/png", "size": 3, "sha256": "", "inline": False,
    }  # fmt: skip
    assert missing == {"file": str(paths[1]), "error": "cannot be read: No such file or directory"}
    assert list(last) == KEYS
    assert err == f"heard: {paths[1]}: cannot be read: No such file or directory\n"


def test_a_line_is_written_before_the_next_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first, pipe, out = tmp_path / "a.eml", tmp_path / "pipe", tmp_path / "out"
    first.write_bytes(MAIL)
    os.mkfifo(pipe)
    seen: list[str] = []

    def write() -> None:
        with pipe.open("wb") as mail:  # which waits until somebody opens it to read
            seen.append(out.read_text(encoding="utf-8"))
            mail.write(b"From: second@example.org\n\nx")

    writer = Thread(target=write)
    writer.start()
    with out.open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert read([str(first), str(pipe)]) == 0
    writer.join()
    assert [json.loads(line)["file"] for line in seen] == [str(first)]
    assert out.read_text(encoding="utf-8").count("\n") == 2


def test_standard_input_is_a_mail(given: Give, capsys: pytest.CaptureFixture[str]):
    given(MAIL)
    assert read(["-"]) == 0
    [line] = lines_of(capsys)
    assert (line["file"], line["subject"]) == ("-", "FW: Damp")


def test_of_a_mail_that_is_too_large_the_beginning_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "large.eml"
    path.write_bytes(MAIL + b"x" * 25_000_000)
    assert read([str(path)]) == 0
    [line] = lines_of(capsys)
    assert line["subject"] == "FW: Damp"
    assert "it is larger than 25 MB: the rest was not read" in str(line["problems"])


def test_a_mail_that_takes_too_long_is_a_line_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        mailbox, "BoundedChild", lambda *, budget: BoundedChild(budget=budget / 1e9)
    )
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL * 10_000)
    assert read([str(path)]) == 0
    [line] = lines_of(capsys)
    assert list(line) == KEYS
    assert "could not be read within" in str(line["problems"])


def test_a_file_whose_name_is_no_text_is_named_as_it_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = str(tmp_path / "a\udcff.eml")
    Path(path).write_bytes(MAIL)
    read([path])
    [line] = lines_of(capsys)
    assert line["file"] == path


@pytest.mark.parametrize(
    ("raw", "options", "visible"),
    [
        pytest.param("Still cold — Siân.\n> We will come.\n", {}, "Still cold — Siân.", id="text"),
        pytest.param(
            "<p>Still cold.</p><blockquote type=cite>x</blockquote>",
            {"html": True},
            "Still cold.",
            id="HTML",
        ),
        pytest.param("Still <b>cold</b>.", {}, "Still <b>cold</b>.", id="no HTML"),
        pytest.param("", {}, "", id="nothing"),
    ],
)
def test_a_body_is_trimmed(
    raw: str,
    options: dict[str, bool],
    visible: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    path = tmp_path / "body"
    path.write_text(raw, encoding="utf-8")
    trim(str(path), **options)
    assert capsys.readouterr().out == visible + "\n"


def test_a_body_may_come_on_standard_input(given: Give, capsys: pytest.CaptureFixture[str]):
    given(b"Still cold.\n\n-- \nJo\n")
    trim("-")
    assert capsys.readouterr().out == "Still cold.\n"


def test_bodies_are_trimmed_line_by_line(given: Give, capsys: pytest.CaptureFixture[str]):
    given(
        b'{"id": 1, "text": "No.\\n> Is it dry?"}\n\n{"id": "b", "html": "<p>No.</p>"}\n'
        b'{"id": 3, "text": 7}\n[]\n{\n\xff\n{"id": 4, "text": "\\ud800"}\n'
    )
    trim_lines("-")
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0] == {"id": 1, "visible": "No.", "hidden": "> Is it dry?"}
    assert rows[1] == {"id": "b", "visible": "No.", "hidden": ""}
    assert rows[2] == {"id": 3, "error": "expected text or html, a string"}
    assert rows[3] == {"id": None, "error": "not a JSON object"}
    assert [set(row) for row in rows[4:6]] == [{"id", "error"}] * 2
    assert rows[5]["error"] == "not UTF-8"
    assert rows[6] == {"id": 4, "visible": "?", "hidden": ""}
    assert [line.partition(": ")[2].partition(":")[0] for line in err.splitlines()] == [
        f"standard input, line {number}" for number in (4, 5, 6, 7)
    ]


def test_what_cannot_be_opened_is_said(tmp_path: Path):
    with pytest.raises(ValueError, match="cannot be read"):
        trim(str(tmp_path / "missing"))
    with pytest.raises(ValueError, match="cannot be read"):
        trim_lines(str(tmp_path / "missing"))


def test_a_file_of_lines_is_named_in_its_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n")
    trim_lines(str(path))
    assert f"{path}, line 1: " in capsys.readouterr().err


def test_subjects_are_stripped_line_by_line(given: Give, capsys: pytest.CaptureFixture[str]):
    given("Re: Damp\r\n\n[Fwd: Siân]\nAW: x (fwd)\nlast".encode() + b"\xff")
    subject()
    assert capsys.readouterr().out == "Damp\n\nSiân\nx\nlast\N{REPLACEMENT CHARACTER}\n"
