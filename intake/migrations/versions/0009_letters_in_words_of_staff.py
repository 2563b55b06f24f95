"""The table of what staff write in letters that tell of no decision."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "letter_words",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("correspondence_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("passed_to", sa.Text(), nullable=False),
        sa.Column("their_reference", sa.Text(), nullable=False),
        sa.Column("enclosed", sa.JSON(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_letter_words_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "correspondence_id"],
            ["correspondence.landlord", "correspondence.id"],
            name=op.f("fk_letter_words_landlord_correspondence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_letter_words_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_words")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_letter_words_letter_id")),
    )


def downgrade() -> None:
    op.drop_table("letter_words")
