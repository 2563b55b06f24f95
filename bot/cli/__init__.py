"""The `heard` command: each part of it imports its machinery only when it runs."""

from bot.cli import processes

# isort: split
# Help shows the parts in the order in which they are imported.
from bot.cli import record

# isort: split
from bot.cli import dates, judging, mailbox
from bot.cli.app import main

__all__ = ["dates", "judging", "mailbox", "main", "processes", "record"]
