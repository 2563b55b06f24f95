"""The files of a mail, taken out when somebody needs them: the mail itself is what is kept."""

import io
import zipfile
from dataclasses import dataclass, field
from itertools import islice

import puremagic

from intake.domain.attachment import Looked, Risk, find_risks
from intake.domain.message import Attachment
from intake.mail.bodies import Gathered
from intake.mail.parts import parse_parts

HEAD = 64 * 1024  # bytes that tell what a file is
MOST_MEMBERS = 1_000  # of an archive that are looked at
OFFICE = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
ENCRYPTED = 0x1  # of a member of a ZIP archive (APPNOTE 4.4.4)
#: How the oldest office files name the place of their macros, in UTF-16.
OLD_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))
#: How the content of today's protected office files is named in their old-fashioned wrapping.
PROTECTED = "EncryptedPackage".encode("utf-16-le")
#: Beginnings that the library knows by too many names.
KNOWN = (
    (b"MZ", "exe", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "run", "application/x-elf"),
    (b"#!", "sh", "text/x-script"),
    (b"%PDF-", "pdf", "application/pdf"),
)
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
OLD_OFFICE = frozenset({"doc", "xls", "ppt", "msg", "docx", "xlsx", "pptx"})
SURE = 0.3  # of the library's own measure: below it, it guesses by one or two bytes


class AttachmentGoneError(LookupError):
    """There is no such file in the mail."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file with its content, and what that says of it."""

    file: Attachment
    type: str
    risks: tuple[Risk, ...]
    content: bytes = field(repr=False)


def open_attachments(raw: bytes, *, most: int, largest: int) -> list[Opened]:
    """Return the first files of a mail, and what their bytes say; not of those that are too large.

    The order is that of reading it.
    """
    opened = []
    for file, content in islice(_files(raw), most):
        if file.size <= largest:
            looked = look_at(content)
            risks = find_risks(file.original or file.name, looked)
            opened.append(Opened(file=file, type=looked.type, risks=risks, content=content))
    return opened


def take_out(raw: bytes, sha256: str) -> bytes:
    """Return the content of one file.

    Raises:
        AttachmentGoneError: the mail has no such file.
    """
    for file, content in _files(raw):
        if file.sha256 == sha256:
            return content
    raise AttachmentGoneError(f"no file {sha256}")


def look_at(content: bytes) -> Looked:
    """Return what the bytes of a file say of it."""
    head = content[:HEAD]
    for start, ending, kind in KNOWN:
        if head.startswith(start):
            locked = ending == "pdf" and b"/Encrypt" in content
            return Looked(endings=frozenset({ending}), type=kind, encrypted=locked)
    if head.startswith(ZIP):
        return _look_into_zip(content)
    if head.startswith(OLE):
        macro = any(name in content for name in OLD_MACROS)
        locked = PROTECTED in content
        return Looked(
            endings=OLD_OFFICE, type="application/x-ole-storage", macro=macro, encrypted=locked
        )
    return _ask_library(head)


def _files(raw: bytes) -> list[tuple[Attachment, bytes]]:
    root, _ = parse_parts(raw)
    contents: list[bytes] = []
    gathered = Gathered(contents=contents)
    gathered.read_root(root)
    return list(zip(gathered.attachments, contents, strict=True))


def _look_into_zip(content: bytes) -> Looked:
    """What an archive holds, by its list alone: nothing in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()[:MOST_MEMBERS]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Looked(endings=frozenset({"zip"}), type="application/zip")
    names = [member.filename for member in members]
    folders = {name.partition("/")[0] for name in names}
    office = {ending for folder, ending in OFFICE.items() if folder in folders}
    if "[Content_Types].xml" not in names:
        office = {"odt", "ods", "odp"} if names[:1] == ["mimetype"] else set()
    macro = any(name.casefold().endswith(("vbaproject.bin", "macros.bin")) for name in names)
    locked = any(member.flag_bits & ENCRYPTED for member in members)
    kind = "application/x-office-document" if office else "application/zip"
    alike = {f"{ending[:-1]}m" for ending in office if ending.endswith("x")}
    jar = {"jar"} if "META-INF/MANIFEST.MF" in names else set()
    endings = frozenset({*office, *alike, *jar} if office or jar else {"zip"})
    return Looked(endings=endings, type=kind, macro=macro, encrypted=locked)


def _ask_library(head: bytes) -> Looked:
    try:
        found = [each for each in puremagic.magic_string(head) if each.confidence >= SURE]
    except (puremagic.PureError, ValueError):
        return Looked()
    endings = frozenset(each.extension.lstrip(".").casefold() for each in found) - {""}
    kind = next((each.mime_type for each in found if each.mime_type), "")
    return Looked(endings=endings, type=kind)
