"""Bring a database to the shape that this version expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from intake.store.metadata import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"
#: The newest of them: their files are named by their order.
NEWEST = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
VERSION = "alembic_version"
#: Alembic's own table, as it makes it.
STAMP = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
#: Any number of ours: two processes that start together must not both migrate.
ADVISORY_LOCK = 4_843_268


class SchemaError(Exception):
    """The database is not of the shape that this version expects."""


def upgrade(engine: Engine) -> None:
    """Make or bring up to date all tables, in one transaction; a second process waits."""
    with engine.connect() as connection, _tables_may_be_rebuilt(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        if not inspect(connection).has_table(VERSION):
            METADATA.create_all(connection)
            connection.execute(text(STAMP))
            connection.execute(text("INSERT INTO alembic_version VALUES (:new)"), {"new": NEWEST})
        elif _revision(connection) != NEWEST:
            _migrate(connection)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - heavy, and a start seldom needs it

    config = configure()
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
        return inspect(connection).has_table(VERSION) and _revision(connection) == NEWEST


def _revision(connection: Connection) -> str | None:
    """The migration that the tables stand at; none before the first."""
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def configure() -> "Config":
    """Return what Alembic needs to know."""
    from alembic.config import Config  # noqa: PLC0415 - heavy, and a start seldom needs it

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
