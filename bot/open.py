"""Open the record as the settings say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.clock import utc_now
from bot.landlords import Configured, configure
from bot.record import Record
from bot.seals import load_key
from bot.settings import DEMONSTRATION, Settings, SettingsError, load_landlords
from bot.wording import load_wording
from intake.domain.lengths import london_day

DATA = Path("heard-data")
#: The databases that we know, as a URL may name them, and the drivers that we bring.
DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


@contextmanager
def opened(settings: Settings, data: Path) -> Iterator[Record]:
    """Open the record, brought up to date, and close it at the end.

    Raises:
        SettingsError: a setting is wrong, missing or unknown.
    """
    configured = load_configured(settings, data)
    url, key = _url(settings, data), load_key(settings, data)
    record = Record(configured, database_url=url, data=data, clock=utc_now, seal_key=key)
    try:
        _prepare(record)
        yield record
    finally:
        record.close()


def _prepare(record: Record) -> None:
    try:
        record.prepare()
    except (SQLAlchemyError, OSError) as error:
        # By its type alone: its words may quote the password.
        told = f"HEARD_DATABASE_URL: the database cannot be used ({type(error).__name__})"
        raise SettingsError(f"{told}: is it there, and is there room on the disk?") from error


def load_configured(settings: Settings, data: Path) -> Configured:
    """Read `heard.toml`; without one, write the demonstration's and use that.

    Raises:
        SettingsError: a setting is wrong, missing or unknown.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = settings.config or data / "heard.toml"
        if settings.config is None and not path.exists():
            path.write_text(DEMONSTRATION, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{data}: cannot be written: {error.strerror}") from error
    parts = load_landlords(path)
    known = configure(parts, folder=path.parent, slack_api=settings.slack_api_url)
    worded = load_wording(known.landlords, data, on=london_day(utc_now()))
    return replace(known, scanner=settings.clamd, landlords=worded)


def _url(settings: Settings, data: Path) -> str:
    if settings.database_url is None:
        return f"sqlite:///{data.resolve()}/heard.db"
    try:
        url = make_url(settings.database_url.get_secret_value())
        driver = DRIVERS[url.drivername]
    except (ArgumentError, ValueError, KeyError):
        # Not from the error, which may quote the password.
        wanted = "expected sqlite:///… or postgresql://…"
        raise SettingsError(f"HEARD_DATABASE_URL: {wanted}") from None
    return url.set(drivername=driver).render_as_string(hide_password=False)
