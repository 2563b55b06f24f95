"""Every table there is, in one place: a module of tables that is not named here is not made."""

from intake.store.audit_tables import ChainHeadRow
from intake.store.case_tables import MomentRow
from intake.store.corrections import CorrectionRow
from intake.store.file_tables import AttachmentRow
from intake.store.hiding import RedactionRow
from intake.store.letter_tables import LetterWordsRow
from intake.store.outcome_tables import MoneyRow
from intake.store.people_tables import RepresentationRow
from intake.store.tables import JobRow
from intake.store.thread_tables import ThreadRow

[METADATA] = {
    row.metadata
    for row in (
        JobRow,
        MomentRow,
        AttachmentRow,
        ChainHeadRow,
        ThreadRow,
        MoneyRow,
        LetterWordsRow,
        RepresentationRow,
        CorrectionRow,
        RedactionRow,
    )
}
