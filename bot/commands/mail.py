"""`heard mail`: the mail door alone. It starts fast and stays small."""

import asyncio
from functools import partial
from pathlib import Path

from bot.open import opened
from bot.record import Record
from bot.serve import mail_server, until_told_to_stop
from bot.settings import Settings, load_settings


def run_mail(data: Path) -> None:
    """Take mail until told to stop."""
    settings = load_settings()
    with opened(settings, data) as record:
        asyncio.run(_mail(settings, record))


async def _mail(settings: Settings, record: Record) -> None:
    async with mail_server(record, settings) as address:
        await until_told_to_stop(partial(print, f"Heard takes mail at {address}", flush=True))
