"""The tables of the first journey."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=200), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.JSON(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_key")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_delivery_landlord_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_delivery_reference")),
    )
    op.create_table(
        "job",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("refused_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_due", ["priority", "run_at", "id"], unique=False)

    op.create_table(
        "party",
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("landlord", "address", name=op.f("uq_party_landlord_address")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_party_landlord_id")),
    )
    op.create_table(
        "holding_pen",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "delivery_id"],
            ["delivery.landlord", "delivery.id"],
            name=op.f("fk_holding_pen_landlord_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding_pen")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_holding_pen_delivery_id")),
    )
    op.create_table(
        "message",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visible", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("automatic", sa.String(length=40), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("outcome_sought", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("shown_author", sa.Text(), nullable=True),
        sa.Column("shown_subject", sa.Text(), nullable=True),
        sa.Column("shown_text", sa.Text(), nullable=True),
        sa.Column("shown_issues", sa.Text(), nullable=True),
        sa.Column("shown_outcome", sa.Text(), nullable=True),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "party_id"],
            ["party.landlord", "party.id"],
            name=op.f("fk_message_landlord_party_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_message_landlord_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_message_reference")),
    )
    op.create_table(
        "assessment",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("probabilities", sa.JSON(), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("hazards", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("acknowledge_by", sa.String(length=40), nullable=True),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_assessment_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("message_id", name=op.f("uq_assessment_message_id")),
    )
    op.create_table(
        "case",
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("policy_hash", sa.String(length=200), nullable=False),
        sa.Column("outcome_sought", sa.Text(), nullable=True),
        sa.Column("not_responsible", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_case_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_case_landlord_id")),
        sa.UniqueConstraint(
            "message_id", "kind", "part", name=op.f("uq_case_message_id_kind_part")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_table(
        "correction",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_correction_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_table(
        "hazard",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("aware_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_hazard_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_hazard_landlord_id")),
        sa.UniqueConstraint("message_id", "category", name=op.f("uq_hazard_message_id_category")),
    )
    op.create_table(
        "letter",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise", sa.Integer(), nullable=False),
        sa.Column("own_id", sa.String(length=200), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_letter_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_letter_landlord_id")),
        sa.UniqueConstraint("message_id", "kind", name=op.f("uq_letter_message_id_kind")),
    )
    op.create_table(
        "message_delivery",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "delivery_id"],
            ["delivery.landlord", "delivery.id"],
            name=op.f("fk_message_delivery_landlord_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_message_delivery_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_delivery")),
        sa.UniqueConstraint(
            "message_id", "delivery_id", name=op.f("uq_message_delivery_message_id_delivery_id")
        ),
    )
    op.create_table(
        "slack_post",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ts", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_slack_post_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_post")),
        sa.UniqueConstraint("message_id", "channel", name=op.f("uq_slack_post_message_id_channel")),
    )
    op.create_table(
        "case_link",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_case_link_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("case_id", "other_id", name=op.f("uq_case_link_case_id_other_id")),
    )
    op.create_table(
        "case_message",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_case_message_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "message_id"],
            ["message.landlord", "message.id"],
            name=op.f("fk_case_message_landlord_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_message")),
        sa.UniqueConstraint(
            "case_id", "message_id", name=op.f("uq_case_message_case_id_message_id")
        ),
    )
    op.create_table(
        "case_party",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_case_party_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "party_id"],
            ["party.landlord", "party.id"],
            name=op.f("fk_case_party_landlord_party_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
        sa.UniqueConstraint(
            "case_id", "party_id", "role", name=op.f("uq_case_party_case_id_party_id_role")
        ),
    )
    op.create_table(
        "clock",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("hazard_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("projected", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("met_target", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(case_id IS NULL) <> (hazard_id IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_clock_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "hazard_id"],
            ["hazard.landlord", "hazard.id"],
            name=op.f("fk_clock_landlord_hazard_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_clock_case_id_name")),
        sa.UniqueConstraint("hazard_id", "name", name=op.f("uq_clock_hazard_id_name")),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index("ix_clock_due", ["landlord", "due_at"], unique=False)

    op.create_table(
        "event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("press", sa.String(length=200), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_event_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_event_case_id_seq")),
        sa.UniqueConstraint("landlord", "id", name=op.f("uq_event_landlord_id")),
        sa.UniqueConstraint(
            "landlord", "press", "case_id", name=op.f("uq_event_landlord_press_case_id")
        ),
    )
    op.create_table(
        "issue",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_issue_landlord_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_issue_case_id_number")),
    )
    op.create_table(
        "letter_case",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "case_id"],
            ["case.landlord", "case.id"],
            name=op.f("fk_letter_case_landlord_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord", "letter_id"],
            ["letter.landlord", "letter.id"],
            name=op.f("fk_letter_case_landlord_letter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_case")),
        sa.UniqueConstraint(
            "case_id", "stage", "kind", name=op.f("uq_letter_case_case_id_stage_kind")
        ),
    )
    op.create_table(
        "note",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord", "event_id"],
            ["event.landlord", "event.id"],
            name=op.f("fk_note_landlord_event_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("event_id", name=op.f("uq_note_event_id")),
    )


def downgrade() -> None:
    op.drop_table("note")
    op.drop_table("letter_case")
    op.drop_table("issue")
    op.drop_table("event")
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_due")

    op.drop_table("clock")
    op.drop_table("case_party")
    op.drop_table("case_message")
    op.drop_table("case_link")
    op.drop_table("slack_post")
    op.drop_table("message_delivery")
    op.drop_table("letter")
    op.drop_table("hazard")
    op.drop_table("correction")
    op.drop_table("case")
    op.drop_table("assessment")
    op.drop_table("message")
    op.drop_table("holding_pen")
    op.drop_table("party")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_due")

    op.drop_table("job")
    op.drop_table("delivery")
