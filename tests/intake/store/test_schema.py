"""A new database and one that was migrated are both what the tables say, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text

from intake.store.database import Database
from intake.store.metadata import METADATA
from intake.store.schema import NEWEST, STAMP, configure, is_current, upgrade


@pytest.fixture
def empty(db_url: str, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it; on PostgreSQL one of its own."""
    if db_url.startswith("sqlite"):
        database = Database(f"sqlite:///{tmp_path}/empty.db")
        yield database
        database.close()
        return
    server = Database(db_url)
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS heard_empty"))
        connection.execute(text("CREATE DATABASE heard_empty"))
        url = make_url(db_url).set(database="heard_empty")
        database = Database(url.render_as_string(hide_password=False))
        yield database
        database.close()
        connection.execute(text("DROP DATABASE heard_empty"))
    server.close()


def differences(database: Database) -> list[object]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": METADATA}
        )
        return [*compare_metadata(context, METADATA)]


def shape(database: Database) -> dict[str, object]:
    """What the database itself says of its tables, whatever the order in which it was made."""
    found = inspect(database.engine)
    return {
        table: (
            {column["name"]: str(column) for column in found.get_columns(table)},
            found.get_pk_constraint(table),
            sorted(map(str, found.get_foreign_keys(table))),
            sorted(map(str, found.get_unique_constraints(table))),
            sorted(map(str, found.get_check_constraints(table))),
            sorted(map(str, found.get_indexes(table))),
        )
        for table in found.get_table_names()
    }


def empty_it(database: Database) -> None:
    with database.engine.connect() as connection, connection.begin():
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))


def test_a_new_database_is_made_at_once_as_the_migrations_would_have_made_it(empty: Database):
    assert not is_current(empty.engine)
    upgrade(empty.engine)
    assert is_current(empty.engine)
    assert differences(empty) == []
    made = shape(empty)
    empty_it(empty)
    # One that stands before the first migration.
    with empty.engine.connect() as connection, connection.begin():
        connection.execute(text(STAMP))
    upgrade(empty.engine)
    assert is_current(empty.engine)
    assert differences(empty) == []
    assert shape(empty) == made


def test_the_newest_migration_is_the_last_of_the_line():
    assert ScriptDirectory.from_config(configure()).get_current_head() == NEWEST


def test_upgrading_twice_changes_nothing(empty: Database):
    for _ in range(2):
        upgrade(empty.engine)
    assert is_current(empty.engine)
