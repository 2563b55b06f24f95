"""`heard mail`: the mail door alone. It starts fast and stays small."""

from pathlib import Path

import uvloop

from bot.open import opened
from bot.record import Record
from bot.serve import mail_server, when_told_to_stop
from bot.settings import Settings, load_settings


def run_mail(data: Path) -> None:
    """Take mail until told to stop."""
    settings = load_settings()
    with opened(settings, data) as record:
        uvloop.run(_mail(settings, record))


async def _mail(settings: Settings, record: Record) -> None:
    stop = when_told_to_stop()
    async with mail_server(record, settings) as address:
        print(f"Heard takes mail at {address}", flush=True)
        await stop.wait()
