"""Loads labelled messages, and says what is wrong with a line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from classifier.chances import CHANNELS
from classifier.labels import Flag, Hazard, Label, Text

_Name = TypeVar("_Name", bound=StrEnum)


class DatasetError(ValueError):
    """A labelled message cannot be used; the message names the file and the line."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message and what a reader by the labelling guide makes of it."""

    id: str
    situation: str
    channel: str
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)
    labels: tuple[Label, ...]
    flags: tuple[Flag, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    topic: str = ""
    #: How it is said, such as "furious".
    register: str = ""
    hard: bool = False
    sarcastic: bool = False

    @property
    def outputs(self) -> frozenset[str]:
        """The names of the model's outputs that hold for it."""
        return frozenset(
            [
                *self.labels,
                *(f"flag:{flag}" for flag in self.flags),
                *(f"hazard:{hazard}" for hazard in self.hazards),
            ]
        )

    def as_text(self) -> Text:
        """Return it as the judge would be given it."""
        return Text(words=self.text, subject=self.subject, channel=self.channel)


def load_examples(path: Path) -> list[Example]:
    """Return the messages of a JSON Lines file, or of all such files in a folder by name.

    Raises:
        DatasetError: there is no such file, or a line cannot be used.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [example for file in files for example in _read(file)]


def parse_example(row: Mapping[str, Any]) -> Example:
    """Return a line's message.

    Raises:
        DatasetError: a field is missing, of the wrong kind or of an unknown name.
    """
    labels = _names(Label, row, "labels")
    if not labels or (Label.OTHER in labels and len(labels) > 1):
        raise DatasetError(f"labels {row.get('labels')!r}: one or more, `other` alone")
    channel = _string(row, "channel")
    if channel not in CHANNELS:
        raise DatasetError(f"channel {channel!r} is none of {', '.join(sorted(CHANNELS))}")
    return Example(
        id=_string(row, "id"),
        situation=_string(row, "situation"),
        channel=channel,
        text=_string(row, "text"),
        subject=_string(row, "subject") if row.get("subject") else "",
        labels=labels,
        flags=_names(Flag, row, "flags"),
        hazards=_names(Hazard, row, "hazards"),
        topic=str(row.get("topic", "")),
        register=str(row.get("register", "")),
        hard=row.get("hard") is True,
        sarcastic=row.get("sarcastic") is True,
    )


def _read(file: Path) -> Iterator[Example]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parse_line(line, f"{file.name}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{file} cannot be read: {error}") from error


def _parse_line(line: str, place: str) -> Example:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise DatasetError("not a JSON object")
        return parse_example(row)
    except ValueError as error:
        raise DatasetError(f"{place}: {error}") from error


def _string(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f"{key} is missing or empty")
    return value


def _names(kind: type[_Name], row: Mapping[str, Any], key: str) -> tuple[_Name, ...]:
    given = row.get(key, [])
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise DatasetError(f"{key} is not a list")
    known = set(kind)
    unknown = [name for name in given if name not in known]
    if unknown or len(set(given)) < len(given):
        raise DatasetError(f"{key} {given!r}: each once, of {', '.join(kind)}")
    return tuple(kind(name) for name in given)
