import pytest

from classifier.labels import RedactedText
from intake.domain.attachment import AttachmentLine, FileCheck, Looked, Risk, find_risks

NOTHING = Looked()


def looked(*endings: str, macro: bool = False, encrypted: bool = False) -> Looked:
    return Looked(endings=frozenset(endings), macro=macro, encrypted=encrypted)


@pytest.mark.parametrize(
    ("name", "seen", "risks"),
    [
        pytest.param("damp.jpg", looked("jpg", "jpeg", "jfif"), [], id="a picture"),
        pytest.param("damp.JPEG", looked("jpg", "jfif"), [], id="the same under another ending"),
        pytest.param("notes.txt", NOTHING, [], id="a text"),
        pytest.param("notes", NOTHING, [], id="no ending"),
        pytest.param("", NOTHING, [], id="no name"),
        pytest.param("letter.docx", looked("docx", "docm"), [], id="a document is no archive"),
        pytest.param("setup.exe", looked("exe"), [Risk.EXECUTABLE], id="a program"),
        pytest.param("page.html", looked("html"), [Risk.ACTIVE], id="a page"),
        pytest.param("plan.svg", looked("svg"), [Risk.ACTIVE], id="a drawing"),
        pytest.param("run.js", NOTHING, [Risk.ACTIVE], id="a script"),
        pytest.param("sum.xlsm", looked("xlsx", "xlsm"), [Risk.MACRO], id="macros by name"),
        pytest.param("a.doc", looked("doc", macro=True), [Risk.MACRO], id="macros by content"),
        pytest.param("all.zip", looked("zip"), [Risk.ARCHIVE], id="an archive"),
        pytest.param("all", looked("zip"), [Risk.ARCHIVE], id="an archive without an ending"),
        pytest.param("a.pdf", looked("pdf", encrypted=True), [Risk.ENCRYPTED], id="locked"),
        pytest.param("a.pdf", NOTHING, [Risk.MISMATCH], id="no such content"),
        pytest.param("a.pdf", looked("html"), [Risk.ACTIVE, Risk.MISMATCH], id="a page as a PDF"),
        pytest.param(
            "a.jpg", looked("exe"), [Risk.EXECUTABLE, Risk.MISMATCH], id="a program as a picture"
        ),
        pytest.param("a.txt", looked("pdf"), [Risk.MISMATCH], id="a PDF as a text"),
        pytest.param("a.log", looked("ics"), [], id="kinds of which nothing is certain"),
        pytest.param(
            "bill.pdf.exe", looked("exe"), [Risk.EXECUTABLE, Risk.DOUBLE_ENDING], id="two endings"
        ),
        pytest.param("bill.pdf .scr", NOTHING, [Risk.EXECUTABLE, Risk.DOUBLE_ENDING], id="blank"),
        pytest.param("v1.2.pdf", looked("pdf"), [], id="a number is no ending"),
        pytest.param("photo.of.html", looked("html"), [Risk.ACTIVE], id="a word is no ending"),
    ],
)
def test_what_is_risky_about_a_file_is_said(name: str, seen: Looked, risks: list[Risk]):
    assert list(find_risks(name, seen)) == risks


def test_a_file_is_handed_out_only_when_no_virus_can_have_been_found():
    lines = [
        AttachmentLine(
            id=1,
            name=RedactedText("a.pdf"),
            size=1,
            type="application/pdf",
            inline=False,
            risks=(),
            check=check,
        )
        for check in FileCheck
    ]
    can = [line.check for line in lines if line.can_be_saved]
    assert can == [FileCheck.UNCHECKED, FileCheck.CLEAN]
