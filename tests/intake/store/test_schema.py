"""The migrations make just what the tables say, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url, text

from intake.store.base import Base
from intake.store.database import Database
from intake.store.schema import is_current, upgrade


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


def test_an_upgraded_database_is_what_the_tables_say(empty: Database):
    assert not is_current(empty.engine)
    upgrade(empty.engine)
    assert is_current(empty.engine)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": Base.metadata}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(empty: Database):
    for _ in range(2):
        upgrade(empty.engine)
    assert is_current(empty.engine)
