"""The heads of the histories, reminders told, and what was decided blind."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _add_reminders_and_chain_heads()
    _say_what_was_decided_blind()
    # 0002 left it behind; the tables have none.
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.alter_column("stage", server_default=None)


def _say_what_was_decided_blind() -> None:
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("blind", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.alter_column("blind", server_default=None)


def _add_reminders_and_chain_heads() -> None:
    op.create_table(
        "chain_head",
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
        sa.UniqueConstraint("landlord", "reference", name=op.f("uq_chain_head_landlord_reference")),
        sa.UniqueConstraint("reference", name=op.f("uq_chain_head_reference")),
    )
    op.execute(
        "INSERT INTO chain_head (landlord, reference, seq, head) "
        'SELECT landlord, reference, seq, head FROM "case"'
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("imported", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_column("blind")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("imported")
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_column("warned_at")
    op.drop_table("chain_head")
