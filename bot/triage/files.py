"""The files of a message on its card: by redacted name, size and what was found. Pure."""

from collections.abc import Iterator, Sequence

from bot.triage.layout import Block, context
from bot.triage.words import escape
from intake.domain.attachment import HANDED_OUT, AttachmentLine, FileCheck, Risk

MOST = 10  # on a card
LONGEST_NAME = 80
RISK_WORDS = {
    Risk.EXECUTABLE: "a program",
    Risk.ACTIVE: "can run code in a browser",
    Risk.MACRO: "has macros",
    Risk.ARCHIVE: "holds other files, not looked into",
    Risk.ENCRYPTED: "locked with a password",
    Risk.MISMATCH: "is not what its name says",
    Risk.DOUBLE_ENDING: "has two endings",
}
CHECK_WORDS = {
    FileCheck.PENDING: "being checked",
    FileCheck.UNCHECKED: "not checked for viruses",
    FileCheck.CLEAN: "no virus found",
}


def draw_files(files: Sequence[AttachmentLine]) -> Iterator[Block]:
    """Draw the list of files; their contents are seen at the desk alone."""
    if files:
        lines = [say_file(file) for file in files[:MOST]]
        if len(files) > MOST:
            lines.append(f"and {len(files) - MOST} more: the desk lists them all")
        yield context("\n".join(lines))


def about_file(file: AttachmentLine) -> str:
    """Say all of a file but its name, in words that are no markup."""
    found = f"virus found ({file.virus}): it cannot be saved"
    check = found if file.check is FileCheck.INFECTED else CHECK_WORDS[file.check]
    risks = [RISK_WORDS[risk] for risk in file.risks]
    known = [file.type] if file.type else []
    return "; ".join([say_size(file.size), *known, check, *risks, *_unseen(file)])


def say_file(file: AttachmentLine) -> str:
    """Say what one file is called, weighs and is found to be."""
    name = escape(file.name[:LONGEST_NAME]) or "a file"
    size = say_size(file.size)
    if file.check is FileCheck.INFECTED:
        virus = escape(file.virus[:LONGEST_NAME])
        return f"📎 {name}, {size}: 🚫 *virus found ({virus}), it cannot be saved*"
    return f"📎 {name}, {size}: {CHECK_WORDS[file.check]}{_risks(file)}"


def say_size(size: int) -> str:
    """Say a size as people do."""
    for unit, most in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= most:
            return f"{size / most:.1f} {unit}"
    return f"{size} bytes"


def _unseen(file: AttachmentLine) -> list[str]:
    """That a picture has no small one beside it: it is damaged, or of a kind that we cannot draw.

    Such are the pictures of some telephones (HEIC): no library that draws them has free enough a
    licence. They are handed out like any other file.
    """
    looked = file.check in HANDED_OUT and file.type.startswith("image/")
    return ["no preview: save it to look at it"] if looked and not file.pictured else []


def _risks(file: AttachmentLine) -> str:
    risks = "; ".join(RISK_WORDS[risk] for risk in file.risks)
    return f" - ⚠️ *{risks}*" if risks else ""
