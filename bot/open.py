"""Open the record as the settings say."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import utc_now
from bot.landlords import Configured, configure
from bot.record import Record
from bot.settings import DEMONSTRATION, Settings, SettingsError, load_landlords

DATA = Path("heard-data")


@contextmanager
def opened(settings: Settings, data: Path) -> Iterator[Record]:
    """Open the record, brought up to date, and close it at the end.

    Raises:
        SettingsError: a setting is wrong, missing or unknown.
    """
    configured = load_configured(settings, data)
    record = Record(configured, database_url=_url(settings, data), data=data, clock=utc_now)
    try:
        record.prepare()
        yield record
    finally:
        record.close()


def load_configured(settings: Settings, data: Path) -> Configured:
    """Read `heard.toml`; without one, write the demonstration's and use that.

    Raises:
        SettingsError: a setting is wrong, missing or unknown.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        path = settings.config or data / "heard.toml"
        if settings.config is None and not path.exists():
            path.write_text(DEMONSTRATION, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{data}: cannot be written: {error.strerror}") from error
    parts = load_landlords(path)
    return configure(parts, folder=path.parent, slack_api=settings.slack_api_url)


def _url(settings: Settings, data: Path) -> str:
    if settings.database_url is None:
        return f"sqlite:///{data.resolve()}/heard.db"
    given = settings.database_url.get_secret_value()
    scheme, found, rest = given.partition("://")
    if not found or scheme.partition("+")[0] not in {"sqlite", "postgresql"}:
        raise SettingsError("HEARD_DATABASE_URL: expected sqlite:///… or postgresql://…")
    return given if "+" in scheme or scheme == "sqlite" else f"postgresql+psycopg://{rest}"
