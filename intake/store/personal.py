"""Where personal data may lie in the tables, by their columns alone, and its removal.

Every column of free words, JSON or bytes counts, of every table there is or will be, unless it
is named here: a new column is purged by default.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Text,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.types import TypeDecorator

from classifier.labels import RedactedText
from intake.store.base import Base
from intake.store.tables import DeliveryRow, EventRow, LetterRow, MessageDeliveryRow

#: What says nothing of anybody, or what the audit trail is made of.
KEPT = frozenset(
    {
        ("assessment", "labels"),
        ("case", "head"),
        ("chain_head", "head"),
        ("clock", "rule"),
        ("clock", "why"),
        ("event", "hash"),
        ("note", "digest"),
    }
)
#: Short columns that hold personal data, or that name bytes which go.
BESIDES = {("delivery", "sha256"): None, ("attachment", "sha256"): "", ("proceedings", "claim"): ""}

#: What the envelope of a delivery of no case says once it is emptied: no history tells of it.
PURGED = "purged"


@dataclass(frozen=True, kw_only=True)
class Whose:
    """The messages and cases, all of one landlord, whose personal data goes."""

    landlord: str
    messages: Sequence[int]
    cases: Sequence[int]

    def deliveries(self) -> Select[int]:
        """Return what brought the messages."""
        return select(MessageDeliveryRow.delivery_id).where(
            MessageDeliveryRow.landlord == self.landlord,
            MessageDeliveryRow.message_id.in_(self.messages),
        )


def empty(session: Session, whose: Whose) -> None:
    """Empty what may hold personal data; the rows, their dates and their digests stay."""
    for mapper in Base.registry.mappers:
        table = cast("Table", mapper.local_table)
        mine = _rows_of(table, whose)
        values = dict(_emptied(table, mapper))
        if mine is None or not values:
            continue
        which = (table.c.landlord == whose.landlord, mine)
        if _told_apart_by(table) & set(values):
            session.execute(delete(table).where(*which))
        else:
            session.execute(update(table).where(*which).values(**values))
    session.expire_all()


def _rows_of(table: Table, whose: Whose) -> ColumnElement[bool] | None:
    """The rows of a table that belong to somebody whose data goes; none where no row can."""
    owned: dict[str, Any] = {
        "message_id": whose.messages,
        "case_id": whose.cases,
        "event_id": select(EventRow.id).where(EventRow.case_id.in_(whose.cases)),
        "letter_id": select(LetterRow.id).where(LetterRow.message_id.in_(whose.messages)),
        "delivery_id": whose.deliveries(),
    }
    itself = {"message": whose.messages, "case": whose.cases, DeliveryRow.__tablename__: None}
    if table.name in itself:
        return table.c.id.in_(itself[table.name] or owned["delivery_id"])
    for name, owners in owned.items():
        if name in table.c:
            return cast("ColumnElement[bool]", table.c[name].in_(owners))
    return None


def _emptied(table: Table, mapper: Mapper[Any]) -> Iterator[tuple[str, object]]:
    for column in table.c:
        place = (table.name, column.name)
        if place in BESIDES:
            yield column.name, BESIDES[place]
        elif _holds_words(column) and place not in KEPT:
            yield column.name, None if column.nullable else _nothing(column, mapper)


def _holds_words(column: Column[Any]) -> bool:
    kind = column.type
    inner = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return isinstance(inner, Text | JSON | LargeBinary)


def _nothing(column: Column[Any], mapper: Mapper[Any]) -> object:
    """What a column holds that must hold something."""
    if isinstance(column.type, JSON):
        said = str(get_args(mapper.class_.__annotations__[column.name])[0])
        return [] if said.startswith("list") else {}
    if isinstance(column.type, LargeBinary):
        return b""
    return RedactedText("") if isinstance(column.type, TypeDecorator) else ""


def _told_apart_by(table: Table) -> set[str]:
    """The columns by which rows are told apart: emptied they would be alike, so the rows go."""
    return {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    }
