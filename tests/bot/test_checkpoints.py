from datetime import datetime
from pathlib import Path

import pytest

from bot.checkpoints import CheckpointError, Checkpoints
from intake.domain.chain import Head

HEADS = {"K1": Head(seq=3, hash=b"\x01\x02")}


def test_a_checkpoint_comes_back_as_it_was_kept(tmp_path: Path, now: datetime):
    kept = Checkpoints(tmp_path / "audit", b"key")
    assert kept.load("oak") is None
    digest = kept.keep("oak", HEADS, at=now)
    assert len(digest) == 64
    assert Checkpoints(tmp_path / "audit", b"key").load("oak") == HEADS
    assert [path.name for path in (tmp_path / "audit").iterdir()] == ["oak.heads"]


@pytest.mark.parametrize("harm", ["body", "key", "landlord", "bytes", "folder"])
def test_a_checkpoint_that_was_changed_is_refused(tmp_path: Path, now: datetime, harm: str):
    kept = Checkpoints(tmp_path, b"key")
    kept.keep("oak", HEADS, at=now)
    path = tmp_path / "oak.heads"
    if harm == "body":
        path.write_text(path.read_text().replace('"K1": [3', '"K1": [2'))
    elif harm == "landlord":
        path.rename(tmp_path / "elm.heads")
    elif harm == "bytes":
        path.write_bytes(b"\xff\xfe")
    elif harm == "folder":
        path.unlink()
        path.mkdir()
    key = b"other" if harm == "key" else b"key"
    with pytest.raises(CheckpointError):
        Checkpoints(tmp_path, key).load("elm" if harm == "landlord" else "oak")
