"""Log lines with their facts: ids and kinds, never a resident's words."""

import logging
from typing import Final

from typing_extensions import override

PLAIN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Facts(logging.Formatter):
    """Adds to each line what its writer gave as `extra`."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        facts = {name: value for name, value in vars(record).items() if name not in PLAIN}
        trace = facts.pop("trace", None)
        told = " ".join(f"{name}={value}" for name, value in facts.items())
        return "\n".join(filter(None, [f"{line} {told}".rstrip(), *(trace or ())]))


def set_up_logs() -> None:
    """Log warnings and worse to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Facts("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    quieten()


def quieten() -> None:
    """Keep quiet, at every level, what logs the addresses of those who write to us."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
