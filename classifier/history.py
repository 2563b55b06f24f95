"""Keeps the judges that served before, so that one command brings the last of them back."""

import shutil
from pathlib import Path

from classifier.artefact import ARRAYS, FACTS, ArtefactError, Trained, load, save

HISTORY, UNDONE = "history", "undone"
#: How many judges that served before are kept.
MOST_KEPT = 5


def promote(challenger: Trained, directory: Path) -> None:
    """Let a challenger serve; the judge that served until now is kept as the last."""
    kept = _list_kept(directory)
    number = 1 + max((int(folder.name) for folder in kept), default=0)
    _copy(directory, directory / HISTORY / f"{number:06}")
    for folder in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
        shutil.rmtree(folder)
    save(challenger, directory)


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
    shutil.rmtree(kept[-1])
    return last


def list_names(directory: Path) -> list[str]:
    """Return the names of the judges that served before, the last one last."""
    return [load(folder).name for folder in _list_kept(directory)]


def _list_kept(directory: Path) -> list[Path]:
    return sorted((directory / HISTORY).glob("[0-9]*"))


def _copy(directory: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name in (ARRAYS, FACTS):
        shutil.copyfile(directory / name, to / name)
