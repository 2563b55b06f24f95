"""Files that came with a message: what is risky about them, and whether they were checked. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from classifier.labels import RedactedText


class Risk(StrEnum):
    """Why a file is to be opened with care, or not at all."""

    EXECUTABLE = "executable"
    #: A web page, drawing or script, which can run code in a browser.
    ACTIVE = "active"
    MACRO = "macro"
    #: A file that holds others, which nobody has looked into.
    ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    #: Its content is not what its name says.
    MISMATCH = "mismatch"
    #: Two endings, so that `bill.pdf.exe` reads as a bill.
    DOUBLE_ENDING = "double_ending"


class FileCheck(StrEnum):
    """Whether somebody looked for viruses in a file, and what was found."""

    #: Somebody is about to look; until then nobody can save it.
    PENDING = "pending"
    #: Nobody could: there is no scanner, or it did not answer.
    UNCHECKED = "unchecked"
    CLEAN = "clean"
    #: Never handed out.
    INFECTED = "infected"


HANDED_OUT = frozenset({FileCheck.CLEAN, FileCheck.UNCHECKED})
EXECUTABLE = {
    "apk", "app", "appimage", "bat", "chm", "cmd", "com", "cpl", "deb", "dll", "dmg", "exe",
    "gadget", "hta", "inf", "iso", "jar", "jse", "lnk", "msc", "msi", "msp", "mst", "pif", "ps1",
    "py", "reg", "rpm", "run", "scf", "scr", "sh", "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh",
}  # fmt: skip
ACTIVE = {
    "htm", "html", "js", "mht", "mhtml", "mjs", "shtml", "svg", "svgz", "swf", "xht", "xhtml",
    "xml", "xsl", "xslt",
}  # fmt: skip
MACRO = {"docm", "dotm", "pptm", "potm", "ppsm", "sldm", "xlsm", "xltm", "xlam", "xlsb"}
ARCHIVE = {"7z", "arj", "bz2", "cab", "gz", "img", "lzh", "rar", "tar", "tgz", "xz", "zip"}
#: What a person's file ends in; before another ending it is there to deceive.
HARMLESS = {
    "bmp", "csv", "doc", "docx", "gif", "heic", "jpeg", "jpg", "mp3", "mp4", "mov", "ods", "odt",
    "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "webp", "xls", "xlsx",
}  # fmt: skip
#: Endings that stand for the same kind of file.
ALIKE = (
    {"jpg", "jpeg", "jpe", "jfif", "jif"},
    {"tif", "tiff"},
    {"heic", "heif", "avif"},
    {"mp4", "m4v", "m4a", "mov", "3gp"},
    {"htm", "html", "xht", "xhtml", "shtml"},
)
#: Kinds whose content always begins in the same way: another content is a lie or a mistake.
CERTAIN = {
    "doc", "docx", "gif", "jpeg", "jpg", "odt", "ods", "pdf", "png", "ppt", "pptx", "rtf", "tif",
    "tiff", "webp", "xls", "xlsx", "zip",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the bytes of a file say of it."""

    #: The endings that files of this content have; empty where the content says nothing.
    endings: frozenset[str] = frozenset()
    #: Its type by its content; empty where nothing is known.
    type: str = ""
    macro: bool = False
    encrypted: bool = False


@dataclass(frozen=True, kw_only=True)
class AttachmentLine:
    """One file as it is shown to staff: by its redacted name, and not by its content."""

    id: int
    name: RedactedText
    size: int
    type: str
    inline: bool
    risks: tuple[Risk, ...]
    check: FileCheck
    virus: str = ""
    #: Whether there is a small picture of it.
    pictured: bool = False
    sha256: str = field(default="", repr=False)

    @property
    def can_be_saved(self) -> bool:
        """Whether it is handed out: never with a virus in it, nor before it was looked for."""
        return self.check in HANDED_OUT


def find_risks(name: str, looked: Looked) -> tuple[Risk, ...]:
    """Return what is risky about a file, by its name and by what its bytes say."""
    parts = [part.strip().casefold() for part in name.split(".")]
    ending = parts[-1] if len(parts) > 1 else ""
    kinds = {ending, *looked.endings}
    found = {
        Risk.EXECUTABLE: bool(kinds & EXECUTABLE),
        Risk.ACTIVE: bool(kinds & ACTIVE),
        Risk.MACRO: looked.macro or ending in MACRO,
        Risk.ARCHIVE: _is_archive(ending, looked),
        Risk.ENCRYPTED: looked.encrypted,
        Risk.MISMATCH: _is_mismatch(ending, looked),
        Risk.DOUBLE_ENDING: _has_two_endings(parts),
    }
    return tuple(risk for risk, is_so in found.items() if is_so)


def _is_archive(ending: str, looked: Looked) -> bool:
    """A document of today's offices is an archive too, and not one to warn of."""
    if ending in ARCHIVE:
        return True
    return bool(looked.endings & ARCHIVE) and not looked.endings & HARMLESS


def _is_mismatch(ending: str, looked: Looked) -> bool:
    """Of what names a kind with a certain beginning; of text and the like nothing is certain."""
    if not ending:
        return False
    same = next((alike for alike in ALIKE if ending in alike), {ending})
    if looked.endings:
        return not same & looked.endings and bool((same | looked.endings) & (CERTAIN | EXECUTABLE))
    return bool(same & CERTAIN)


def _has_two_endings(parts: list[str]) -> bool:
    """Whether an ending that a person trusts stands before one that runs, opens or hides."""
    *_, before, last = ["", "", *parts]
    return before in HARMLESS and last in EXECUTABLE | ACTIVE | ARCHIVE
