"""What `heard redact` answers: JSON Lines in, the same texts without personal data out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictStr

from bot.commands.lines import read_row, say_fault
from classifier.labels import Audience, Redact, WithheldError


class _Asked(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: StrictStr
    author: StrictStr | None = None
    landlord: StrictStr | None = None


def redact_lines(
    lines: Iterable[str | bytes], redact: Redact, *, audience: Audience = Audience.PUBLIC
) -> Iterator[str]:
    """Answer each line as it comes, in order; a bad one says its error, and the rest go on."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_answer(line, number, redact, audience))


def read_keep(path: Path) -> list[str]:
    """Return the lines of a keep-list.

    Raises:
        ValueError: the file is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: line {_line_of(error)} is not UTF-8") from error


def _line_of(error: UnicodeDecodeError) -> int:
    return error.object[: error.start].count(b"\n") + 1


def _answer(line: str | bytes, number: int, redact: Redact, audience: Audience) -> dict[str, Any]:
    identity = None
    try:
        given = read_row(line)
        identity = given.get("id")
        asked = _Asked.model_validate(given)
    except (ValueError, RecursionError) as error:
        return {"id": identity, "error": f"line {number}: {say_fault(error)}"}
    return {"id": identity} | _redacted(asked, redact, audience)


def _redacted(asked: _Asked, redact: Redact, audience: Audience) -> dict[str, Any]:
    try:
        redaction = redact(
            asked.text,
            audience=audience,
            author=asked.author or "",
            landlord=asked.landlord or "",
        )
    except WithheldError as error:
        return {"withheld": str(error)}
    spans = [asdict(span) for span in redaction.spans]
    return {"redacted": redaction.text, "spans": spans, "health": redaction.health}
