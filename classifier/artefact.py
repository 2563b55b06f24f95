"""Where the trained model lies, how it is kept, and whether it is older than its data."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from classifier.chances import Calibration, Line, Mix
from classifier.particulars import NOBODY, Particulars, load_particulars
from classifier.personal.lexicon import LISTS_FOLDER
from classifier.scorer import Array, Model

ARRAYS, FACTS = "judge.npz", "judge.json"
#: Changes whenever files of an older form can no longer be read.
FORMAT = 7
#: The date of this way of training, part of a model's name when no other date is given.
RECIPE_DATE = "2026-11-25"
#: A change in any of these makes another model.
RECIPE = (
    "cues.txt",
    "kinds.txt",
    "concepts.txt",
    "cues.py",
    "kinds.py",
    "concepts.py",
    "normalise.py",
    "particulars.py",
    "scorer.py",
    "chances.py",
    "judge.py",
    "thresholds.py",
    "train.py",
    "features.py",
    "personal/train.py",
    "personal/examples.py",
    "personal/features.py",
    "personal/lexicon.py",
    "personal/words.py",
)
NAME_LETTERS = 6


class ArtefactError(Exception):
    """There is no trained model to load, or it cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A model with what turns its scores into proposals."""

    model: Model = field(repr=False)
    calibration: Calibration = field(repr=False)
    #: From which probability an output is proposed.
    thresholds: Mapping[str, float]
    #: From which probability of complaint staff are asked.
    possible: float
    name: str
    data_hash: str
    #: Whose names and addresses are no words to it.
    particulars: Particulars = field(default=NOBODY, repr=False)


def default_artefact() -> Path:
    """Return the folder in which the trained models lie: inside this package."""
    return Path(__file__).parent / "artefact"


def training_data() -> Path:
    """Return the folder of labelled data: beside this package."""
    return Path(__file__).parent.parent / "training_data"


def hash_data(data: Path) -> str:
    """Return the hash of what both models are made from: messages, names, and the recipe."""
    digest = hashlib.sha256()
    recipe = [Path(__file__).parent / name for name in RECIPE]
    messages, names = (data / "messages").glob("*.jsonl"), (data / "names").glob("*.*")
    for file in [*recipe, *sorted(messages), *sorted(names)]:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def name_model(data_hash: str, date: str = "") -> str:
    """Return a model's name: the day it is of and the beginning of its data's hash."""
    return f"{date or RECIPE_DATE}.{data_hash[:NAME_LETTERS]}"


def is_stale(artefact: Path, data: Path) -> bool:
    """Say whether the models are absent, unreadable, of another form, data or recipe."""
    try:
        facts = json.loads((artefact / FACTS).read_text(encoding="utf-8"))
        made = (facts["format"], facts["data_hash"])
        return not (artefact / ARRAYS).exists() or made != (FORMAT, hash_data(data))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def save(trained: Trained, directory: Path) -> None:
    """Write a model into a folder; the file of facts comes last and vouches for the other."""
    directory.mkdir(parents=True, exist_ok=True)
    model = trained.model
    (directory / FACTS).unlink(missing_ok=True)
    with (directory / ARRAYS).open("wb") as file:
        np.savez_compressed(
            file,
            idf=model.idf,
            weights=model.weights,
            intercepts=model.intercepts,
            slopes=trained.calibration.single.slopes,
            offsets=trained.calibration.single.offsets,
            mixed_weights=trained.calibration.mixed.weights,
            mixed_offsets=trained.calibration.mixed.offsets,
        )
    facts = {
        "format": FORMAT,
        "name": trained.name,
        "data_hash": trained.data_hash,
        "outputs": model.outputs,
        "thresholds": trained.thresholds,
        "possible": trained.possible,
        "scales": model.scales,
        "words": sorted(model.words, key=model.words.__getitem__),
        "letters": sorted(model.letters, key=model.letters.__getitem__),
        "frames": sorted(model.frames, key=model.frames.__getitem__),
        "concepts": sorted(model.concepts, key=model.concepts.__getitem__),
        "common": sorted(model.common),
    }
    written = directory / f"{FACTS}.new"
    written.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    written.replace(directory / FACTS)


def load(directory: Path) -> Trained:
    """Return the model in a folder.

    Raises:
        ArtefactError: there is none, or it cannot be read.
    """
    try:
        facts = json.loads((directory / FACTS).read_text(encoding="utf-8"))
        with np.load(directory / ARRAYS, allow_pickle=False) as arrays:
            trained = _assemble(facts, {name: arrays[name] for name in arrays.files})
        return replace(trained, particulars=load_particulars(directory / LISTS_FOLDER))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ArtefactError(f"no usable model in {directory}: run `heard train`") from error


def number_grams(*kinds: Sequence[str]) -> list[dict[str, int]]:
    """Return for each kind of feature its columns, one kind after the other."""
    column = count()
    return [{gram: next(column) for gram in grams} for grams in kinds]


def _assemble(facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> Trained:
    if facts["format"] != FORMAT:
        raise ValueError(f"format {facts['format']}, not {FORMAT}")
    words, letters, frames, concepts = number_grams(
        facts["words"], facts["letters"], facts["frames"], facts["concepts"]
    )
    if len(words) + len(letters) + len(frames) + len(concepts) != len(arrays["idf"]):
        raise ValueError(f"{len(arrays['idf'])} columns for other features")
    model = Model(
        outputs=tuple(facts["outputs"]),
        words=words,
        letters=letters,
        frames=frames,
        concepts=concepts,
        common=frozenset(facts["common"]),
        idf=arrays["idf"],
        weights=arrays["weights"],
        intercepts=arrays["intercepts"],
        scales=tuple(facts["scales"]),
    )
    return Trained(
        model=model,
        calibration=Calibration(
            single=Line(slopes=arrays["slopes"], offsets=arrays["offsets"]),
            mixed=Mix(weights=arrays["mixed_weights"], offsets=arrays["mixed_offsets"]),
        ),
        thresholds=facts["thresholds"],
        possible=facts["possible"],
        name=facts["name"],
        data_hash=facts["data_hash"],
    )
