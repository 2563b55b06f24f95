"""Names of attachments that can be kept anywhere."""

import re

LONGEST = 255  # bytes, which is what file systems take
LONGEST_ENDING = 20
PATH = re.compile(r"[/\\]")
#: What turns the order of letters around, so that `gpj.exe` reads as `exe.jpg`; and what is unseen.
UNSEEN = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def safe_name(said: str) -> str:
    """Return a file's name without folders, control characters or tricks; empty where none is."""
    last = PATH.split(said)[-1]
    plain = UNFIT.sub("_", UNSEEN.sub("", last))
    return _cut(" ".join(plain.split()).strip(". "))


def ascii_name(name: str) -> str:
    """Return a name as a header can say it; never empty."""
    plain = safe_name(name).encode("ascii", "replace").decode().replace("?", "_")
    return plain.replace("\\", "_") or "file"


def _cut(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + ending
