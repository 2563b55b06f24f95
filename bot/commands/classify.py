"""What `heard classify` answers."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr

from bot.commands import lines as row_lines
from bot.commands.lines import read_row, say_fault
from classifier.chances import CHANNELS
from classifier.labels import Assessment, History, Judge, Text

STANDARD_INPUT = "-"
BATCH, CHUNK = 32, 65_536
DECIMALS = 4
#: How a message came where that is not said, or in a way that nobody has named yet.
EMAIL = "email"


class ClassifyError(ValueError):
    """The file or the model cannot be used; the message says which and why."""


class _History(BaseModel):
    contacts: StrictInt = 0
    open_request: StrictBool = False
    overdue: StrictBool = False


class _Question(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: StrictStr
    subject: StrictStr = ""
    channel: StrictStr = EMAIL
    landlord: StrictStr = ""
    history: _History = _History()


def classify(source: str, *, artefact: Path | None = None) -> None:
    """Print the assessment of each line of a file, or of standard input for `-`, as it comes.

    Raises:
        ClassifyError: there is no such file, or no model.
    """
    from classifier.artefact import ArtefactError
    from classifier.judge import load_judge

    name = "standard input" if source == STANDARD_INPUT else source
    try:
        judge = load_judge(artefact)
        with _open(source) as stream:
            for answers in answer(stream, judge, name):
                print(answers, end="", flush=True)
    except ArtefactError as error:
        raise ClassifyError(str(error)) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise ClassifyError(f"{name}: {error.strerror}") from error


def answer(stream: BufferedIOBase, judge: Judge, name: str) -> Iterator[str]:
    """Answer the lines of a stream in order, some at a time; a bad one says its error and goes on.

    What has arrived is answered before more is waited for. Errors go to standard error as well.
    """
    for lines in _read_batches(stream):
        asked = [_parse(number, line) for number, line in lines if line.strip()]
        assessments = iter(judge([question.text for question in asked if question.text]))
        answers = []
        for question in asked:
            shape = {"id": question.identity}
            if question.text:
                shape |= shape_assessment(next(assessments))
            else:
                print(f"{name}, {question.fault}", file=sys.stderr)
                shape |= {"error": question.fault}
            answers.append(_dump(shape) + "\n")
        yield "".join(answers)


def shape_assessment(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment in the shape of the contract."""
    return {
        "labels": assessment.labels,
        "probabilities": _rounded(assessment.probabilities),
        "band": assessment.band,
        "flags": _rounded(assessment.flags),
        "hazards": assessment.hazards,
        "evidence": [asdict(evidence) for evidence in assessment.evidence],
        "model": assessment.model,
    }


@dataclass(frozen=True, kw_only=True)
class _Asked:
    identity: object
    text: Text | None = None
    fault: str = ""


def _open(source: str) -> BufferedIOBase:
    if source == STANDARD_INPUT:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    return Path(source).open("rb")


def _read_batches(stream: BufferedIOBase) -> Iterator[list[tuple[int, bytes]]]:
    """Return the lines that have come, numbered, at most `BATCH` at a time."""
    number, rest = 1, b""
    while chunk := stream.read1(CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[: row_lines.LONGEST_LINE + 1]
        for start in range(0, len(lines), BATCH):
            yield list(enumerate(lines[start : start + BATCH], start=number + start))
        number += len(lines)
    yield [(number, rest)]


def _parse(number: int, line: bytes) -> _Asked:
    identity = None
    try:
        row = read_row(line)
        identity = row.get("id")
        return _Asked(identity=identity, text=_read_question(row))
    except (ValueError, RecursionError) as error:
        return _Asked(identity=identity, fault=f"line {number}: {say_fault(error)}")


def _read_question(row: Mapping[str, Any]) -> Text:
    given = {key: value for key, value in row.items() if value is not None}
    question = _Question.model_validate(given)
    return Text(
        words=question.text,
        subject=question.subject,
        channel=question.channel if question.channel in CHANNELS else EMAIL,
        landlord=question.landlord,
        history=History(**question.history.model_dump()),
    )


def _rounded(chances: Mapping[Any, float]) -> dict[str, float]:
    return {str(name): round(chance, DECIMALS) for name, chance in chances.items()}


def _dump(shape: Mapping[str, Any]) -> str:
    """Write as JSON; what UTF-8 cannot hold is escaped."""
    written = json.dumps(shape, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return json.dumps(shape)
    return written
