from pathlib import Path

import pytest

from intake.delivery.outbox import put
from intake.send import Outgoing
from intake.store.jobs import DestinationError


def letter(own_id: str = "<heard.1@oak.example>", raw: bytes = b"Hello.") -> Outgoing:
    return Outgoing(own_id=own_id, to="jo@example.org", sender="help@oak.example", raw=raw)


def test_a_letter_lies_in_the_folder_and_nobody_was_sent_it(tmp_path: Path):
    answer = put(letter(), tmp_path / "a" / "outbox")
    [path] = (tmp_path / "a" / "outbox").iterdir()
    assert path.name == "heard.1@oak.example.eml"
    assert path.read_bytes() == b"Hello."
    assert path.name in answer
    assert "nobody was sent it" in answer


def test_the_same_letter_has_one_file(tmp_path: Path):
    for raw in (b"first", b"second"):
        put(letter(raw=raw), tmp_path)
    [path] = tmp_path.iterdir()
    assert path.read_bytes() == b"second"


@pytest.mark.parametrize(
    "own_id",
    [
        pytest.param("<../../etc/passwd@x>", id="a way out"),
        pytest.param("</etc/passwd>", id="from the top"),
        pytest.param("<a\0b\nc@x>", id="a NUL"),
        pytest.param("<" + "x" * 400 + "@x>", id="long"),
    ],
)
def test_no_letter_lies_outside_the_folder(own_id: str, tmp_path: Path):
    folder = tmp_path / "outbox"
    put(letter(own_id), folder)
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]


def test_a_folder_that_cannot_be_written_leaves_the_letter_waiting(tmp_path: Path):
    (tmp_path / "outbox").write_text("a file in its place")
    with pytest.raises(DestinationError, match="the outbox folder"):
        put(letter(), tmp_path / "outbox")
    (tmp_path / "outbox").unlink()
    put(letter(), tmp_path / "outbox")
