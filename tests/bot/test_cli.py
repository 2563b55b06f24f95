"""The command as people type it: as a process, by its exit code and its one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_structure import TOP

HEARD = [sys.executable, "-m", "bot"]


def heard(
    *arguments: str, given: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder of nobody's."""
    return subprocess.run(  # noqa: S603 - our own command
        [*HEARD, *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP), **environment},  # noqa: TID251 - a child's own
        timeout=120,
    )


def test_help_names_the_commands_and_the_way_in():
    told = heard("--help")
    assert told.returncode == 0
    assert "heard run" in told.stdout
    assert "classify" in told.stdout


def test_the_version_is_said():
    assert heard("--version").stdout.startswith("heard ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["due", "--from", "2026-12-24", "--length", "5wd"], "2027-01-05"),
        (["due", "--from", "2026-12-24", "--length", "5wd", "--nation", "scotland"], "2027-01-06"),
        (
            ["due", "--from", "2027-03-27T23:30:00+00:00", "--length", "24h"],
            "2027-03-29T00:30:00+01:00",
        ),
    ],
    ids=["over Christmas", "in Scotland", "over the change of clocks"],
)
def test_a_date_is_told(arguments: list[str], said: str):
    told = heard(*arguments)
    assert told.stdout.strip() == said
    assert told.returncode == 0


def test_dates_come_line_by_line_and_a_bad_line_stops_nothing():
    questions = '{"id": 1, "from": "2026-12-24", "length": "5wd"}\nnonsense\n{"id": 3}\n'
    told = heard("due", "--jsonl", "-", given=questions)
    first, second, third = (json.loads(line) for line in told.stdout.splitlines())
    assert first == {"id": 1, "due": "2027-01-05"}
    assert "error" in second
    assert third["id"] == 3
    assert "error" in third


@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "--from", "yesterday", "--length", "5wd"],
        ["due"],
        ["due", "--jsonl", "/no/such/file"],
        ["clocks", "received=never"],
        ["policy", "show", "no-such-policy"],
        ["case", "NOT-A-REFERENCE"],
        ["cases", "--status", "lost"],
        ["cases", "--due-before", "soon"],
        ["classify", "/no/such/file"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_said_in_one_line_and_exits_with_2(
    arguments: list[str], tmp_path: Path
):
    places = ["--data", str(tmp_path)] if arguments[0] in {"case", "cases"} else []
    told = heard(*arguments, *places)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("heard: ")


def test_a_policy_that_falls_short_exits_with_1():
    told = heard("policy", "check", "together", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout.splitlines()[0])["findings"]
    assert heard("policy", "check", "ombudsman-code").returncode == 0


def test_the_packs_are_listed_and_shown():
    assert "housing-plus" in heard("policy", "list").stdout
    assert "stage_1_response" in heard("policy", "show", "ombudsman-code").stdout


def test_a_message_is_classified_in_the_shape_of_the_contract():
    text = "Third time I have rung about the boiler and nobody has come."
    told = heard("classify", given=json.dumps({"id": 7, "text": text}) + "\n")
    answer = json.loads(told.stdout)
    assert answer["id"] == 7
    assert "complaint" in answer["labels"]
    assert answer["band"] == "marked"
    assert set(answer["probabilities"]) == {
        "service_request",
        "complaint",
        "compliment",
        "comment",
        "other",
    }
    for evidence in answer["evidence"]:
        assert text[evidence["start"] : evidence["end"]] == evidence["sentence"]


def test_a_message_is_redacted_in_the_shape_of_the_contract():
    told = heard("redact", given='{"id": 1, "text": "Ring 07700 900123"}\n')
    answer = json.loads(told.stdout)
    assert answer["redacted"] == "Ring [PHONE 1]"
    [span] = answer["spans"]
    assert (span["start"], span["end"], span["kind"]) == (5, 17, "PHONE")


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ({"HEARD_PROT": "1"}, "HEARD_PROT"),
        ({"HEARD_WEB_PORT": "eighty"}, "HEARD_WEB_PORT"),
        ({"HEARD_DATABASE_URL": "mysql://x"}, "HEARD_DATABASE_URL"),
        ({"HEARD_CONFIG": "/no/such/heard.toml"}, "heard.toml"),
    ],
    ids=["unknown", "no number", "no such database", "no such file"],
)
def test_a_wrong_setting_is_named_and_nothing_starts(
    setting: dict[str, str], named: str, tmp_path: Path
):
    told = heard("mail", "--data", str(tmp_path), **setting)
    assert told.returncode == 2
    assert named in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_reader_that_has_seen_enough_is_no_error():
    lines = '{"id": 1, "from": "2026-12-24", "length": "5wd"}\n' * 20_000
    command = " ".join([*HEARD, "due", "--jsonl", "-"])
    told = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"{command} | head -1",
        shell=True,
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
        timeout=60,
    )
    assert told.stdout.strip() == '{"id": 1, "due": "2027-01-05"}'
    assert told.stderr == ""
