"""A landlord's own words for its letters, read from its folder and tried before anything starts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.settings import SettingsError
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind
from intake.domain.letter_template import WordingError, check_template
from intake.domain.letter_trial import find_lacks

#: Below the data folder: a folder for each landlord, a file for each kind of letter.
FOLDER = "letters"


def load_wording(
    landlords: Mapping[str, Landlord], data: Path, *, on: date
) -> Mapping[str, Landlord]:
    """Return the landlords with their own words for letters, where they have any.

    Raises:
        SettingsError: a file is no letter's, cannot be read, names a placeholder that its letter
            lacks, or leaves out a part that the Code asks for.
    """
    found = {}
    for key, landlord in landlords.items():
        own: dict[str, str] = {}
        for path in sorted((data / FOLDER / key).glob("*")):
            kind = _kind(path)
            own[kind] = _read(path)
            _try_out(replace(landlord, wording={kind: own[kind]}), kind, path, on=on)
        found[key] = replace(landlord, wording=own)
    return found


def _kind(path: Path) -> LetterKind:
    if path.suffix != ".txt" or path.stem not in set(LetterKind):
        expected = ", ".join(f"{kind}.txt" for kind in LetterKind)
        raise SettingsError(f"{path}: no letter of that name: expected one of {expected}")
    return LetterKind(path.stem)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {type(error).__name__}") from error


def _try_out(landlord: Landlord, kind: LetterKind, path: Path, *, on: date) -> None:
    try:
        check_template(kind, landlord.wording[kind], source=str(path))
        lacks = find_lacks(kind, landlord, on=on)
    except WordingError as error:
        raise SettingsError(str(error)) from error
    if lacks:
        raise SettingsError(f"{path}: it lacks {'; '.join(each.told for each in lacks)}")
