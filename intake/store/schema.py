"""Bring a database to the shape that this version expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parent.parent / "migrations"
#: Any number of ours: two processes that start together must not both migrate.
ADVISORY_LOCK = 4_843_268


class SchemaError(Exception):
    """The database is not of the shape that this version expects."""


def upgrade(engine: Engine) -> None:
    """Make or bring up to date all tables, in one transaction; a second process waits."""
    config = _config()
    with engine.connect() as connection, _tables_may_be_rebuilt(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which its foreign keys would forbid."""
    own = connection.connection
    switch = connection.dialect.name == "sqlite"
    if switch:
        own.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if switch:
            own.cursor().execute("PRAGMA foreign_keys=ON")


def is_current(engine: Engine) -> bool:
    """Whether the database is of the shape that this version expects."""
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
