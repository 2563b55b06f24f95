from pathlib import Path

import pytest

from bot import clamd as module
from bot.clamd import Clamd, NotScannedError
from intake.store.jobs import DestinationError
from tests.fakes.clamd import VIRUS, fake_clamd


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 200_000])
async def test_a_clean_file_is_sent_whole_and_found_clean(size: int):
    async with fake_clamd() as scanner:
        assert await Clamd(scanner.at).scan(b"x" * size) == ""
    assert scanner.scanned == [b"x" * size]


async def test_a_virus_is_named(tmp_path: Path):
    async with fake_clamd(str(tmp_path / "clamd.sock")) as scanner:
        assert await Clamd(scanner.at).scan(b"a" + VIRUS) == "Eicar-Test"


async def test_a_file_that_the_scanner_will_not_take_is_no_fault_of_its_connection():
    async with fake_clamd() as scanner:
        scanner.largest = 100_000
        with pytest.raises(NotScannedError):
            await Clamd(scanner.at).scan(b"x" * 9_000_000)


@pytest.mark.parametrize(
    "said", [b"", b"stream: OK", b"nonsense\0", b"stream: Can't allocate memory ERROR\0", b"\0"]
)
async def test_what_is_no_verdict_is_asked_for_again(said: bytes):
    async with fake_clamd() as scanner:
        scanner.instead = said
        with pytest.raises(DestinationError, match="the virus scanner"):
            await Clamd(scanner.at).scan(b"x")


async def test_a_scanner_that_is_not_there_is_asked_again():
    async with fake_clamd() as scanner:
        gone = scanner.at
    with pytest.raises(DestinationError):
        await Clamd(gone).scan(b"x")


async def test_a_scanner_that_says_nothing_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(module, "SECONDS", 0.1)
    async with fake_clamd() as scanner:

        async def say_nothing(*_: object) -> None:
            return

        monkeypatch.setattr(module, "_hand_over", say_nothing)  # so that it waits for more
        with pytest.raises(DestinationError, match="TimeoutError"):
            await Clamd(scanner.at).scan(b"x")
