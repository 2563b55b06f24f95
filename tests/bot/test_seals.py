"""One key an installation: made once, kept to ourselves, never weak."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.seals import FILE, keep_key, load_key, make_seals
from bot.settings import Settings, SettingsError, load_settings

LONG = "k" * 32


def test_the_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path):
    first = keep_key(tmp_path)
    assert keep_key(tmp_path) == first
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_two_installations_have_two_keys(tmp_path: Path):
    (tmp_path / "other").mkdir()
    assert keep_key(tmp_path) != keep_key(tmp_path / "other")


def test_processes_that_start_together_use_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(keep_key, [tmp_path] * 8))) == 1


def test_a_key_that_is_set_wins_and_leaves_no_file(tmp_path: Path):
    settings = load_settings({"HEARD_SEAL_KEY": LONG})
    assert load_key(settings, tmp_path) == LONG.encode()
    assert not [*tmp_path.iterdir()]
    assert load_key(Settings(), tmp_path) == keep_key(tmp_path)
    assert LONG not in repr(settings)


@pytest.mark.parametrize("weak", ["", "short"])
def test_a_weak_key_is_refused(tmp_path: Path, weak: str):
    with pytest.raises(SettingsError, match="HEARD_SEAL_KEY"):
        load_key(load_settings({"HEARD_SEAL_KEY": weak}), tmp_path)


@pytest.mark.parametrize("damaged", [b"", b"half"])
def test_a_damaged_key_is_not_replaced(tmp_path: Path, damaged: bytes):
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(SettingsError, match="damaged"):
        keep_key(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(SettingsError, match="cannot be kept"):
        keep_key(tmp_path / "none")


def test_no_landlord_knows_the_seals_of_another():
    seals = make_seals(LONG.encode(), ["oak", "elm"])
    address = seals["oak"].reply_address("help@oak.example", "K7DVX3J8")
    assert seals["oak"].find_case([address]) == "k7dvx3j8"
    assert not seals["elm"].find_case([address])
