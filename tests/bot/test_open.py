import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.open import load_configured, opened
from bot.settings import DEMONSTRATION, Settings, SettingsError, load_settings

NOTHING = Settings()


def with_database(url: str) -> Settings:
    return load_settings({"HEARD_DATABASE_URL": url})


def test_without_a_file_the_demonstration_is_written_and_used(tmp_path: Path):
    data = tmp_path / "a" / "heard-data"
    known = load_configured(NOTHING, data)
    assert known.names == {"oak": "Oak Homes"}
    assert (data / "heard.toml").read_text() == DEMONSTRATION


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path):
    mine = DEMONSTRATION.replace("Oak Homes", "Elm Homes")
    (tmp_path / "heard.toml").write_text(mine)
    assert load_configured(NOTHING, tmp_path).names == {"oak": "Elm Homes"}
    assert (tmp_path / "heard.toml").read_text() == mine


def test_a_file_that_is_named_is_used_and_its_secrets_lie_beside_it(tmp_path: Path):
    config = tmp_path / "etc" / "oak.toml"
    config.parent.mkdir()
    source = '[source.posts]\nlandlord = "oak"\nsecret = { file = "secret" }\n'
    config.write_text(DEMONSTRATION + source)
    (config.parent / "secret").write_text("hunter2")
    known = load_configured(Settings(config=config), tmp_path / "data")
    assert known.sources["posts"].secret == "hunter2"
    assert list((tmp_path / "data").iterdir()) == []


def test_a_file_that_is_named_and_not_there_is_not_made_up(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"oak\.toml: cannot be read"):
        load_configured(Settings(config=tmp_path / "oak.toml"), tmp_path / "data")


def test_nobody_else_on_the_machine_can_look_into_the_data(tmp_path: Path):
    load_configured(NOTHING, tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="file/data: cannot be written: Not a directory"):
        load_configured(NOTHING, tmp_path / "file" / "data")


def test_the_record_is_brought_up_to_date_and_closed(tmp_path: Path):
    with opened(NOTHING, tmp_path) as record:
        assert record.db.call(lambda session: session.scalar(text("SELECT 1"))) == 1
    assert (tmp_path / "heard.db").exists()
    with opened(NOTHING, tmp_path) as again:
        assert again.configured.names == {"oak": "Oak Homes"}


def test_a_record_lies_where_the_settings_say(tmp_path: Path):
    with opened(with_database(f"sqlite:///{tmp_path}/other.db"), tmp_path / "data"):
        pass
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "data" / "heard.db").exists()


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_record_in_postgresql_uses_the_driver_that_we_bring(
    scheme: str, postgres_url: str, tmp_path: Path
):
    url = postgres_url.replace("postgresql+psycopg", scheme)
    with opened(with_database(url), tmp_path) as record:
        assert record.db.engine.driver == "psycopg"
        assert record.db.call(lambda session: session.scalar(text("SELECT 1"))) == 1


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="nothing"),
        pytest.param("heard.db", id="a file"),
        pytest.param("mysql://u:hunter2@h/db", id="another database"),
        pytest.param("postgres://u:hunter2@h/db", id="an old name"),
        pytest.param("postgresql+asyncpg://u:hunter2@h/db", id="a driver that we lack"),
        pytest.param("sqlite+aiosqlite:///heard.db", id="another that we lack"),
        pytest.param("postgresql://u:hunter2@h:port/db", id="a port in words"),
    ],
)
def test_an_address_of_no_database_is_refused_and_not_shown(url: str, tmp_path: Path):
    with (
        pytest.raises(SettingsError, match=r"^HEARD_DATABASE_URL: expected sqlite") as refused,
        opened(with_database(url), tmp_path),
    ):
        pytest.fail("it was opened")
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
