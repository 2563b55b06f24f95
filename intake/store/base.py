"""What all rows share: an identity, a landlord, column types, constraint names."""

from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from classifier.labels import RedactedText

Key = Annotated[str, mapped_column(String(200))]
Identity = Annotated[int, mapped_column(primary_key=True)]
#: A calendar day or a moment.
Day = date | datetime


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite forgets the zone; this does not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a datetime needs a time zone")
        return value and value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DayColumn(TypeDecorator[Day]):
    """A day of working-day clocks, or a moment of clocks that run by the hour, as ISO 8601."""

    impl = String(40)
    cache_ok = True

    @override
    def process_bind_param(self, value: Day | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Day | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


class RedactedColumn(TypeDecorator[RedactedText]):
    """Takes only what `redact` made, so what comes back was redacted when it went in."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: RedactedText | None, dialect: Dialect) -> str | None:
        if value is not None and not isinstance(value, RedactedText):
            raise TypeError("this column takes redacted text only")
        return None if value is None else str(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> RedactedText | None:
        return None if value is None else RedactedText(value)


class Base(DeclarativeBase):
    """The base of every row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        datetime: UTCDateTime,
        RedactedText: RedactedColumn,
        str: Text,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        list[str]: JSON,
        bytes: LargeBinary,
        # Text, not a database enum: a new member then needs no migration.
        PythonEnum: Enum(
            PythonEnum,
            native_enum=False,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    }

    id: Mapped[Identity]
    landlord: Mapped[Key]


def belongs_to(parent: str) -> ForeignKeyConstraint:
    """Return the foreign key to `parent`, which carries the landlord too."""
    return ForeignKeyConstraint(
        ["landlord", f"{parent}_id"], [f"{parent}.landlord", f"{parent}.id"]
    )
