"""What a person newly wrote, apart from what they quote."""

import re

#: A line that opens the mail being answered.
OPENS_QUOTE = re.compile(
    r"^(on .{6,200} wrote:|-{2,}\s?original message\s?-{2,}|-{2,}\s?forwarded message\s?-{2,}"
    r"|_{20,})$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^-- ?$")
LONGEST_LINE = 1_000


def visible_text(text: str) -> str:
    """Return the text without quotes below it and its signature; never nothing of something."""
    kept: list[str] = []
    for line in text.split("\n"):
        start = line[:LONGEST_LINE].strip()
        if OPENS_QUOTE.match(start) or SIGNATURE.match(line[:LONGEST_LINE]):
            break
        if not start.startswith(">"):
            kept.append(line)
    visible = "\n".join(kept).strip()
    return visible if any(c.isalnum() for c in visible) else text
