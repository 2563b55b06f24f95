"""Keeps the models that served before, so that one command brings the last of them back."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from classifier.artefact import ARRAYS, FACTS, ArtefactError, Trained, load, save
from classifier.personal.tagger import MANIFEST, MODEL

HISTORY, UNDONE = "history", "undone"
#: How many judges that served before are kept.
MOST_KEPT = 5
#: The name tagger's files: its manifest comes last and vouches for the model.
TAGGER = (MODEL, MANIFEST)


def promote(challenger: Trained, directory: Path) -> None:
    """Let a challenger serve; the judge that served until now is kept as the last."""
    _keep(directory)
    save(challenger, directory)


def promote_names(made: Path, directory: Path) -> None:
    """Let the name tagger of another folder serve; both models that served until now are kept."""
    _keep(directory)
    _copy(made, directory, TAGGER)


def roll_back(directory: Path) -> Trained:
    """Let the judge that served before serve again, and return it; the other is put aside.

    Raises:
        ArtefactError: none is kept, or it can no longer be used.
    """
    kept = _list_kept(directory)
    if not kept:
        raise ArtefactError(f"no judge served before the one in {directory}")
    last = load(kept[-1])
    _copy(directory, directory / UNDONE)
    save(last, directory)
    _copy(kept[-1], directory, TAGGER)
    shutil.rmtree(kept[-1])
    return last


def list_names(directory: Path) -> list[str]:
    """Return the names of the judges that served before, the last one last."""
    return [load(folder).name for folder in _list_kept(directory)]


def _list_kept(directory: Path) -> list[Path]:
    return sorted((directory / HISTORY).glob("[0-9]*"))


def _keep(directory: Path) -> None:
    kept = _list_kept(directory)
    number = 1 + max((int(folder.name) for folder in kept), default=0)
    _copy(directory, directory / HISTORY / f"{number:06}")
    for folder in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
        shutil.rmtree(folder)


def _copy(directory: Path, to: Path, names: Sequence[str] = (ARRAYS, FACTS, *TAGGER)) -> None:
    """Copy the files of models, each whole at once; one that was never made is left out."""
    to.mkdir(parents=True, exist_ok=True)
    for name in names:
        if (directory / name).exists():
            shutil.copyfile(directory / name, to / f"{name}.new")
            (to / f"{name}.new").replace(to / name)
