"""The redactors under test: one with the whole tagger, and one that finds fixed forms only."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.labels import Audience, Redact
from classifier.personal.redact import load_redact
from classifier.personal.tagger import MANIFEST
from classifier.personal.train import digest_of, train_names

ROOT = Path(__file__).parents[3]
DATA = ROOT / "training_data"
BUILT = ROOT / "classifier" / "artefact"
KEEP = {
    "oak": [
        "# what Oak Housing keeps",
        "Oak Housing",
        "@OakHomes",
        "oak.example",
        "complaints@oak.example",
        "0300 123 4567",
        "Victoria Court",
        "12 High Street",
        "",
    ],
    "": ["Elm Homes"],
}

Shown = Callable[..., str]


@pytest.fixture(scope="session")
def artefact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained tagger: the one that was built, where it is of these data, else a new one."""
    manifest = BUILT / MANIFEST
    if manifest.exists():
        made_of = json.loads(manifest.read_text(encoding="utf-8")).get("data")
        if made_of == digest_of(DATA / "names"):
            return BUILT
    built = tmp_path_factory.mktemp("artefact")
    train_names(DATA, built, lambda _: None)
    return built


@pytest.fixture(scope="session")
def redact(artefact: Path) -> Redact:
    """The whole redactor."""
    return load_redact(artefact, KEEP)


@pytest.fixture(scope="session")
def shown(redact: Redact) -> Shown:
    """What the public sees of a text."""

    def show(text: str, *, author: str = "", landlord: str = "") -> str:
        return redact(text, audience=Audience.PUBLIC, author=author, landlord=landlord).text

    return show


@pytest.fixture(scope="session")
def staff_shown(redact: Redact) -> Shown:
    """What the landlord's staff see of a text."""

    def show(text: str, *, author: str = "") -> str:
        return redact(text, audience=Audience.STAFF, author=author).text

    return show
