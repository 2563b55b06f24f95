import io
import zipfile
from email.message import EmailMessage
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from intake.domain.attachment import Risk, find_risks
from intake.mail.attached import OLE, AttachmentGoneError, look_at, open_attachments, take_out


def mail_with(*files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "jo@example.org"
    mail.set_content("Here it is.")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="x", filename=name)
    return mail.as_bytes()


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return packed.getvalue()


def locked_archive() -> bytes:
    """An archive whose list says that its one member is encrypted."""
    raw = bytearray(archive("a.txt"))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def picture(kind: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, kind)
    return drawn.getvalue()


OFFICE = "[Content_Types].xml"
WIDE = "utf-16-le"


@pytest.mark.parametrize(
    ("name", "content", "kind", "risks"),
    [
        pytest.param("a.jpg", picture("JPEG"), "image/jpeg", [], id="jpeg"),
        pytest.param("a.jpeg", picture("JPEG"), "image/jpeg", [], id="jpeg by another name"),
        pytest.param("a.png", picture("PNG"), "image/png", [], id="png"),
        pytest.param("a.png", picture("JPEG"), "image/jpeg", [Risk.MISMATCH], id="not a png"),
        pytest.param("a.gif", picture("GIF"), "image/gif", [], id="gif"),
        pytest.param("a.webp", picture("WEBP"), "image/webp", [], id="webp"),
        pytest.param("a.pdf", b"%PDF-1.7\n", "application/pdf", [], id="pdf"),
        pytest.param(
            "a.pdf",
            b"%PDF-1.7\n/Encrypt 5 0 R",
            "application/pdf",
            [Risk.ENCRYPTED],
            id="locked pdf",
        ),
        pytest.param(
            "a.docx",
            archive(OFFICE, "word/document.xml"),
            "application/x-office-document",
            [],
            id="docx",
        ),
        pytest.param(
            "a.docx",
            archive(OFFICE, "word/document.xml", "word/vbaProject.bin"),
            "application/x-office-document",
            [Risk.MACRO],
            id="macros under a harmless name",
        ),
        pytest.param(
            "a.odt",
            archive("mimetype", "content.xml"),
            "application/x-office-document",
            [],
            id="odt",
        ),
        pytest.param(
            "a.jpg",
            archive("META-INF/MANIFEST.MF"),
            "application/zip",
            [Risk.EXECUTABLE, Risk.MISMATCH],
            id="a program in Java as a picture",
        ),
        pytest.param("a.zip", archive("a.txt"), "application/zip", [Risk.ARCHIVE], id="zip"),
        pytest.param(
            "a.zip",
            locked_archive(),
            "application/zip",
            [Risk.ARCHIVE, Risk.ENCRYPTED],
            id="locked",
        ),
        pytest.param(
            "a.zip", b"PK\x03\x04" + b"\xff" * 90, "application/zip", [Risk.ARCHIVE], id="damaged"
        ),
        pytest.param("a.doc", OLE + bytes(600), "application/x-ole-storage", [], id="doc"),
        pytest.param(
            "a.xls",
            OLE + "_VBA_PROJECT".encode(WIDE),
            "application/x-ole-storage",
            [Risk.MACRO],
            id="old macros",
        ),
        pytest.param(
            "a.docx",
            OLE + "EncryptedPackage".encode(WIDE),
            "application/x-ole-storage",
            [Risk.ENCRYPTED],
            id="a locked document",
        ),
        pytest.param(
            "a.pdf.exe",
            b"MZ\x90\0",
            "application/vnd.microsoft.portable-executable",
            [Risk.EXECUTABLE, Risk.DOUBLE_ENDING],
            id="program",
        ),
        pytest.param("a.txt", b"Hello", "", [], id="text"),
        pytest.param("a.html", b"<html>", "text/html", [Risk.ACTIVE], id="page"),
        pytest.param("a.csv", b"", "", [], id="nothing"),
        pytest.param("a", b"\0" * 100, "", [], id="noughts"),
    ],
)
def test_a_file_is_known_by_its_bytes(name: str, content: bytes, kind: str, risks: list[Risk]):
    seen = look_at(content)
    assert seen.type == kind
    assert list(find_risks(name, seen)) == risks


@given(
    st.binary(max_size=300), st.sampled_from([b"", OLE, b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"])
)
def test_whatever_the_bytes_there_is_an_answer(content: bytes, start: bytes):
    look_at(start + content)


def test_files_are_opened_with_what_they_are():
    raw = mail_with(("bill.pdf", b"%PDF-1.4"), ("../x/setup.exe", b"MZ"))
    bill, setup = open_attachments(raw, most=10, largest=100)
    assert (bill.file.name, bill.type, bill.content) == ("bill.pdf", "application/pdf", b"%PDF-1.4")
    assert setup.file.name == "setup.exe"
    assert setup.risks == (Risk.EXECUTABLE,)
    assert bill.file.sha256 == sha256(b"%PDF-1.4").hexdigest()


def test_what_is_too_large_or_too_many_is_not_opened():
    raw = mail_with(("a", b"1"), ("b", b"22"), ("c", b"3"), ("d", b"4"))
    assert [each.file.name for each in open_attachments(raw, most=3, largest=1)] == ["a", "c"]


def test_a_file_is_taken_out_as_it_was_put_in():
    content = bytes(range(256)) * 50
    raw = mail_with(("a.txt", b"other"), ("b.bin", content))
    assert take_out(raw, sha256(content).hexdigest()) == content


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(AttachmentGoneError):
        take_out(mail_with(("a", b"1")), "0" * 64)
