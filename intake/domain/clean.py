"""Text as it can be kept: no database keeps a NUL, and no reader wants control characters."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Return a text with plain line ends and without control characters or half characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", lines).encode("utf-8", "replace").decode()
