"""The README names what there is."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import main
from bot.commands.policy_table import draw_rules_table
from bot.settings import Settings
from tests.test_structure import TOP

README = (TOP / "README.md").read_text(encoding="utf-8")
HANDLERS = "".join(
    (TOP / "bot" / name).read_text(encoding="utf-8") for name in ("handlers.py", "telling.py")
)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str):
    assert f"HEARD_{name.upper()}" in README


@pytest.mark.parametrize("name", sorted(getattr(get_command(main), "commands", {})))
def test_every_command_is_in_the_readme(name: str):
    assert f"heard {name}" in README


@pytest.mark.parametrize("kind", sorted(re.findall(r'"(\w+)": Handler\(', HANDLERS)))
def test_every_kind_of_job_is_in_the_readme(kind: str):
    assert f"`{kind}`" in README


def test_there_are_jobs_to_be_named():
    assert len(re.findall(r'": Handler\(', HANDLERS)) >= 6


@pytest.mark.parametrize("path", ["LICENSE", "CHANGELOG.md", ".ci/run", ".ci/constraints.txt"])
def test_what_a_stranger_looks_for_is_there(path: str):
    assert Path(TOP, path).stat().st_size


def test_the_rules_in_the_readme_are_those_of_the_packs():
    shown = README.partition("<!-- rules -->")[2].partition("<!-- /rules -->")[0]
    assert shown.strip() == draw_rules_table().strip()
