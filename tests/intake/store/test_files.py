import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from intake.store.files import Files


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"\0\xff", b"x" * 3_000_000])
def test_what_is_kept_comes_back(content: bytes, tmp_path: Path):
    files = Files(tmp_path / "a" / "files")
    digest = files.keep(content)
    assert digest == sha256(content).hexdigest()
    assert files.load(digest) == content


def test_the_same_content_is_kept_once(tmp_path: Path):
    files = Files(tmp_path)
    assert files.keep(b"damp") == files.keep(b"damp")
    assert len(kept(tmp_path)) == 1


def test_the_same_content_from_many_at_once_is_kept_once(tmp_path: Path):
    files = Files(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(files.keep, [b"damp" * 10_000] * 64))
    [digest] = digests
    assert files.load(digest) == b"damp" * 10_000
    assert [path.name for path in kept(tmp_path)] == [digest]


def test_a_file_that_was_lost_is_kept_again(tmp_path: Path):
    files = Files(tmp_path)
    digest = files.keep(b"damp")
    [path] = kept(tmp_path)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        files.load(digest)
    files.keep(b"damp")
    assert files.load(digest) == b"damp"


def test_a_folder_that_cannot_be_written_is_a_fault_that_leaves_nothing(tmp_path: Path):
    (tmp_path / "files").write_text("a file in its place")
    files = Files(tmp_path / "files")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        files.keep(b"damp")
    (tmp_path / "files").unlink()
    assert files.load(files.keep(b"damp")) == b"damp"


@contextmanager
def little_room(most: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as a full disk would not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_fault_that_leaves_no_half_file(tmp_path: Path):
    files = Files(tmp_path)
    content = b"damp" * 100_000
    with little_room(100_000), pytest.raises(OSError, match="too large"):
        files.keep(content)
    assert kept(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        files.load(sha256(content).hexdigest())
    assert files.load(files.keep(content)) == content


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=20), max_size=5))
def test_different_contents_never_meet(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
):
    files = Files(tmp_path_factory.mktemp("files"))
    digests = [files.keep(content) for content in contents]
    assert [files.load(digest) for digest in digests] == contents
