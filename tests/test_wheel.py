"""The wheel works where there is no checkout."""

import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP
from zipfile import ZipFile

import pytest

from tests.test_structure import TOP


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it from a copy of what it is built from, without asking anybody for anything."""
    source = tmp_path_factory.mktemp("source")
    for name in ("bot", "classifier", "intake", "training_data"):
        shutil.copytree(TOP / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TOP / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*build, "--wheel-dir", str(out), str(source)], check=True)  # noqa: S603 - pip
    [made] = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel, and our libraries lent to it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False)
    [packages] = (folder / "lib").glob("python3*/site-packages")
    with ZipFile(wheel) as archive:
        archive.extractall(packages)
    lent = [p for p in sys.path if p.endswith("site-packages")]
    (packages / "lent.pth").write_text("\n".join(lent))
    return folder / "bin/python"


def run(python: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}  # noqa: TID251 - a child's
    return subprocess.Popen(  # noqa: S603 - our own command
        [str(python), "-m", "bot", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=python.parent,
        env=kept | environment,
    )


def test_it_holds_what_it_needs(wheel: Path):
    names = ZipFile(wheel).namelist()
    for part in (
        "intake/policies/ombudsman-code.toml",
        "intake/migrations/versions/0001",
        "intake/channels/pages/form.html",
        "bot/desk/pages/queue.html",
        "bot/desk/static/desk.css",
        "training_data/messages/",
        "classifier/artefact/judge.npz",
    ):
        assert any(name.startswith(part) for name in names), part
    assert not any(name.startswith("tests/") for name in names)


@pytest.fixture
def running(python: Path, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`heard run` in another folder, and what it printed."""
    ports = {f"HEARD_{door}_PORT": "0" for door in ("WEB", "DESK", "SMTP")}
    process = run(python, "run", "--data", str(tmp_path / "data"), **ports)
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if "Control-C" in line:
            break
    yield process, told
    process.kill()
    process.communicate()


def test_it_runs_and_takes_mail(running: tuple["subprocess.Popen[str]", str], tmp_path: Path):
    process, told = running
    assert "/enter?key=" in told, process.communicate()
    [taken_at] = [line.split()[4] for line in told.splitlines() if line.startswith("Mail is taken")]
    host, _, port = taken_at.rpartition(":")
    mail = EmailMessage()
    mail["From"], mail["To"] = "jo@example.org", "complaints@oak.example"
    mail.set_content("Nobody has come about the boiler.")
    with SMTP(host, int(port)) as door:
        door.send_message(mail)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert (tmp_path / "data/heard.db").exists()
    assert (tmp_path / "data/heard.toml").exists()


@pytest.mark.parametrize("command", ["mail", "run"])
def test_a_taken_port_is_said_in_one_line(
    command: str, running: tuple["subprocess.Popen[str]", str], python: Path, tmp_path: Path
):
    _, told = running
    [taken_at] = [line.split()[4] for line in told.splitlines() if line.startswith("Mail is taken")]
    port = taken_at.rpartition(":")[2]
    second = run(python, command, "--data", str(tmp_path / "other"), HEARD_SMTP_PORT=port)
    _, error = second.communicate(timeout=60)
    assert second.returncode == 2
    assert error.count("\n") == 1
    assert "HEARD_SMTP_PORT" in error
