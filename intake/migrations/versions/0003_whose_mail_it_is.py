"""The tables of threads, identity and bounces."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("forwarder", sa.Text(), nullable=False),
        sa.Column("why_automatic", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("returned_id", sa.Text(), nullable=False),
        sa.Column("returned_why", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_thread_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("message_id", name=op.f("uq_thread_message_id")),
    )
    op.create_table(
        "suggestion",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_suggestion_landlord_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_suggestion_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("message_id", "case_id", name=op.f("uq_suggestion_message_id_case_id")),
    )
    op.create_index("ix_letter_own_id", "letter", ["landlord", "own_id"])
    op.create_index("ix_message_party", "message", ["landlord", "party_id"])
    op.create_index("ix_case_party_party", "case_party", ["landlord", "party_id"])


def downgrade() -> None:
    op.drop_index("ix_case_party_party", table_name="case_party")
    op.drop_index("ix_message_party", table_name="message")
    op.drop_index("ix_letter_own_id", table_name="letter")
    op.drop_table("suggestion")
    op.drop_table("thread")
