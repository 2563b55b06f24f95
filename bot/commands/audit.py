"""`heard audit verify`: whether the record is what was written into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.checkpoints import CheckpointError
from bot.open import opened
from bot.record import Record
from bot.settings import load_settings
from intake.store.audit import Audit, load_landlords, verify

BROKEN = 1


@dataclass
class Verdict:
    """How a verification went."""

    status: int = 0


def verify_audit(data: Path, verdict: Verdict) -> Iterator[str]:
    """Say line by line what is wrong with the record, or that it holds; it changes nothing."""
    with opened(load_settings(), data) as record:
        known = record.db.call(load_landlords)
        for landlord in sorted({*known, *record.configured.landlords}):
            yield from verify_lines(record, landlord, verdict)


def verify_lines(record: Record, landlord: str, verdict: Verdict) -> Iterator[str]:
    """Say line by line what is wrong with the record of a landlord, or that it holds."""
    faults = []
    try:
        checkpoint = record.checkpoints.load(landlord)
    except CheckpointError as error:
        checkpoint = {}
        faults.append(f"checkpoint {error}")
    audit = Audit()
    faults += record.db.snapshot(
        lambda session: [
            *verify(session, landlord, record.files, checkpoint=checkpoint or {}, audit=audit)
        ]
    )
    yield from (f"{landlord}: {fault}" for fault in faults)
    counts = f"{audit.cases} cases, {audit.events} events, {audit.deliveries} deliveries"
    if faults:
        verdict.status = BROKEN
        yield f"{landlord}: the record does not hold ({counts}; faults: {len(faults)})."
        return
    since = "" if checkpoint is not None else "; no checkpoint has been signed here yet"
    yield f"{landlord}: the record holds ({counts}{since})."
