"""Find rows by what they hold and put rows in, with statements that are built once."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, Table, UpdateBase, bindparam, insert, select
from sqlalchemy.orm import Session

from intake.store.base import Base

Row = TypeVar("Row", bound=Base)


def find(session: Session, of: type[Row], **facts: object) -> Sequence[Row]:
    """Return the rows that hold all of these values, the earliest first."""
    return session.scalars(_select(of, tuple(facts)), facts).all()


def find_one(session: Session, of: type[Row], **facts: object) -> Row | None:
    """Return the one row that holds all of these values, if there is one."""
    return session.scalars(_select(of, tuple(facts)), facts).one_or_none()


def get_one(session: Session, of: type[Row], **facts: object) -> Row:
    """Return the one row that holds all of these values.

    Raises:
        NoResultFound: there is none.
    """
    row: Row = session.scalars(_select(of, tuple(facts)), facts).one()
    return row


def put(session: Session, of: type[Base], **facts: object) -> int:
    """Put a row in and return its number; nobody works on the row itself in this transaction."""
    number: int = session.scalars(_insert(of), facts).one()
    return number


@cache
def _insert(of: type[Base]) -> UpdateBase:
    table = cast("Table", of.__table__)
    return insert(table).returning(table.c.id)


@cache
def _select(of: type[Row], columns: tuple[str, ...]) -> Select[Any]:
    holds = [getattr(of, column) == bindparam(column) for column in columns]
    return select(of).where(*holds).order_by(of.id)
