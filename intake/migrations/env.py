"""Run the migrations on the connection we are given, or make one for a new revision."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, Enum, create_engine
from sqlalchemy.types import TypeDecorator

from intake.store.metadata import METADATA


def render(kind: str, value: object, _context: object) -> str | Literal[False]:
    """A migration names plain types, so that it outlives our own."""
    if kind == "type" and isinstance(value, Enum):
        return f"sa.String(length={value.length})"
    if kind == "type" and isinstance(value, TypeDecorator):
        return f"sa.{value.impl!r}"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:  # `alembic revision --autogenerate`, against an empty database of its own
    with create_engine("sqlite://").connect() as own:
        run(own)
