"""The tables of a case's outcomes: money, learning, restrictions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "considered_exclusion",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("exclusion", sa.Text(), nullable=False),
        sa.Column("weighed", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_considered_exclusion_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_considered_exclusion")),
    )
    op.create_table(
        "first_contact",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_first_contact_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_contact")),
        sa.UniqueConstraint("case_id", name=op.f("uq_first_contact_case_id")),
    )
    op.create_table(
        "lesson",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_lesson_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    op.create_table(
        "money",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("redress", sa.String(length=40), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("authorisers", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=True),
        sa.Column("approved_role", sa.String(length=200), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.Column("reply", sa.String(length=40), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("late_decider", sa.Text(), nullable=True),
        sa.Column("pay_by", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("credited_pence", sa.Integer(), nullable=True),
        sa.Column("paid_how", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_money_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money")),
    )
    op.create_table(
        "new_issue",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_new_issue_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "other_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_new_issue_landlord_other_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_issue")),
    )
    op.create_table(
        "response_part",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_response_part_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_response_part_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_part")),
        sa.UniqueConstraint("letter_id", "part", name=op.f("uq_response_part_letter_id_part")),
    )
    op.create_table(
        "restriction",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("limit", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("adjustments", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_restriction_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    op.create_table(
        "support",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("help", sa.String(length=40), nullable=False),
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
            name=op.f("fk_support_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("good_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_column("good_reason")
        batch_op.drop_column("agreed")

    op.drop_table("support")
    op.drop_table("restriction")
    op.drop_table("response_part")
    op.drop_table("new_issue")
    op.drop_table("money")
    op.drop_table("lesson")
    op.drop_table("first_contact")
    op.drop_table("considered_exclusion")
