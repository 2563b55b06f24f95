"""`heard purge`: remove the personal data of what ended longer ago than it is kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.open import opened
from bot.record import Record
from bot.settings import load_settings
from intake.delivery import outbox
from intake.domain.landlord import Landlord
from intake.purge import load_own_ids, purge, purge_caseless
from intake.store.outlived import Matter, find_caseless, find_outlived, is_used, last_day

#: Whose deed it is in the record.
BY = "heard purge"


def purge_outlived(data: Path, *, dry_run: bool) -> Iterator[str]:
    """Remove what is kept no longer, matter by matter, and say what went; or what would go."""
    with opened(load_settings(), data) as record:
        for landlord in record.configured.landlords.values():
            now = record.clock()
            found = record.db.call(find_outlived, landlord, now=now)
            gone = found if dry_run else list(_purge(record, landlord, found))
            words = "would lose" if dry_run else "lost"
            yield from (
                f"{landlord.key}: {reference} {words} its personal data"
                for matter in gone
                for reference in matter.references
            )
            cases = sum(len(matter.cases) for matter in gone)
            yield f"{landlord.key}: {cases} cases {words} their personal data."
            caseless = len(record.db.call(find_caseless, landlord, now=now))
            if caseless:
                yield f"{landlord.key}: {caseless} deliveries of no case {words} theirs."
            if not dry_run:
                _purge_caseless(record, landlord)
        if not dry_run:
            _sweep(record)


def _purge(record: Record, landlord: Landlord, found: Sequence[Matter]) -> Iterator[Matter]:
    console = Console(stderr=True)
    for matter in track(found, "Purging", console=console, disable=not console.is_terminal):
        files = record.db.call(purge, landlord, matter, by=BY, now=record.clock())
        if files is None:
            continue
        for digest in files:
            record.files.remove(digest)
        for own_id in record.db.call(load_own_ids, landlord, matter.messages):
            outbox.remove(own_id, record.data / "outbox")
        yield matter


def _purge_caseless(record: Record, landlord: Landlord) -> None:
    now = record.clock()
    while (files := record.db.call(purge_caseless, landlord, now=now)) is not None:
        for digest in files:
            record.files.remove(digest)


def _sweep(record: Record) -> None:
    """Remove old files that no row names: whoever was to remove them after a purge has died.

    None that is younger than anything is kept: should the database be an older copy, what came
    since lies in these files alone. Nor any where another database than the folder's own is used.
    """
    own = (record.data / "heard.db").resolve()
    used = record.db.engine.url
    if used.get_backend_name() != "sqlite" or Path(used.database or "").resolve() != own:
        return
    landlords = record.configured.landlords.values()
    oldest = min(last_day(landlord, record.clock()) for landlord in landlords)
    for name in record.files.find_older(oldest):
        if not record.db.call(is_used, name):
            record.files.remove(name)
