"""The tables of the life of a case."""

from collections.abc import Sequence
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("nation", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint(
            "landlord", "day", "nation", name=op.f("uq_holiday_landlord_day_nation")
        ),
    )
    op.create_table(
        "action",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_action_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_action_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_action_landlord_id")),
    )
    op.create_table(
        "complained_about",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_complained_about_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complained_about")),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_complained_about_case_id_name")),
    )
    op.create_table(
        "decision",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_decision_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_decision_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_decision_letter_id")),
    )
    op.create_table(
        "extension",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("original", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_extension_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_extension_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_extension_letter_id")),
    )
    op.create_table(
        "finding",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_finding_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_finding_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("letter_id", "number", name=op.f("uq_finding_letter_id_number")),
    )
    op.create_table(
        "moment",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_moment_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_moment_case_id_name")),
    )
    op.create_table(
        "offer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_offer_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("case_id", name=op.f("uq_offer_case_id")),
    )
    op.create_table(
        "refusal",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("aware_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_refusal_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_refusal_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_refusal_letter_id")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("stood", sa.String(length=40), nullable=True))

    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("backstop", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("warned", sa.String(length=40), nullable=True))

    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.add_column(sa.Column("investigated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("dismissed_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("dismissed_reason", sa.Text(), nullable=True))

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("key", sa.String(length=200), nullable=False, server_default="")
        )
    op.execute("UPDATE letter SET key = 'message:' || message_id || ':' || kind")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_letter_message_id_kind"), type_="unique")
        batch_op.alter_column("key", server_default=None)
        batch_op.create_unique_constraint(batch_op.f("uq_letter_key"), ["key"])

    with op.batch_alter_table("letter_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_letter_case_case_id_stage_kind"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_letter_case_letter_id_case_id"), ["letter_id", "case_id"]
        )
    _keep_moments()


def _keep_moments() -> None:
    """What was acknowledged before there were moments."""
    at = sa.column("at", sa.DateTime(timezone=True))
    event = sa.table("event", *map(sa.column, ("landlord", "case_id", "action")), at)
    moment = sa.table("moment", *map(sa.column, ("landlord", "case_id", "name", "at")))
    found = sa.select(event).where(event.c.action == "acknowledge")
    for row in op.get_bind().execute(found).all():
        when = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        facts = {"landlord": row.landlord, "case_id": row.case_id, "name": "acknowledged"}
        op.get_bind().execute(moment.insert().values(**facts, at=when.isoformat()))


def downgrade() -> None:
    with op.batch_alter_table("letter_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_letter_case_letter_id_case_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_letter_case_case_id_stage_kind"), ["case_id", "stage", "kind"]
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_letter_key"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_letter_message_id_kind"), ["message_id", "kind"]
        )
        batch_op.drop_column("key")

    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.drop_column("dismissed_reason")
        batch_op.drop_column("dismissed_at")
        batch_op.drop_column("dismissed_by")
        batch_op.drop_column("investigated_at")

    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_column("warned")
        batch_op.drop_column("backstop")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_column("stood")
        batch_op.drop_column("stage")

    op.drop_table("refusal")
    op.drop_table("offer")
    op.drop_table("moment")
    op.drop_table("finding")
    op.drop_table("extension")
    op.drop_table("decision")
    op.drop_table("complained_about")
    op.drop_table("action")
    op.drop_table("holiday")
