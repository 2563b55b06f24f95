"""`heard purge`: remove the personal data of what ended longer ago than it is kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.open import opened
from bot.record import Record
from bot.settings import load_settings
from intake.domain.landlord import Landlord
from intake.purge import Matter, find_outlived, purge

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


def _purge(record: Record, landlord: Landlord, found: Sequence[Matter]) -> Iterator[Matter]:
    console = Console(stderr=True)
    for matter in track(found, "Purging", console=console, disable=not console.is_terminal):
        files = record.db.call(purge, landlord, matter, by=BY, now=record.clock())
        for digest in files or ():
            record.files.remove(digest)
        if files is not None:
            yield matter
