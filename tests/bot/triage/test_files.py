import pytest

from bot.triage.files import about_file, draw_files, say_file, say_size
from classifier.labels import RedactedText
from intake.domain.attachment import AttachmentLine, FileCheck, Risk


def line(name: str = "a.pdf", **changed: object) -> AttachmentLine:
    facts: dict[str, object] = {
        "id": 1,
        "name": RedactedText(name),
        "size": 2_100_000,
        "type": "application/pdf",
        "inline": False,
        "risks": (),
        "check": FileCheck.CLEAN,
    }
    return AttachmentLine(**(facts | changed))  # type: ignore[arg-type] # a builder


def test_no_files_draw_nothing():
    assert list(draw_files(())) == []


def test_a_file_is_said_by_name_size_and_what_was_found():
    assert say_file(line()) == "📎 a.pdf, 2.1 MB: no virus found"
    assert say_file(line("", check=FileCheck.PENDING)) == "📎 a file, 2.1 MB: being checked"


@pytest.mark.parametrize("risk", list(Risk))
def test_each_risk_is_said(risk: Risk):
    assert "⚠️" in say_file(line(risks=(risk,), check=FileCheck.UNCHECKED))
    assert about_file(line(risks=(risk,))).count(";") == 3


def test_a_virus_is_said_before_all_else():
    infected = line(check=FileCheck.INFECTED, virus="<Eicar>", risks=(Risk.MACRO,))
    assert "🚫 *virus found (&lt;Eicar&gt;), it cannot be saved*" in say_file(infected)
    assert "virus found (<Eicar>)" in about_file(infected)  # the page escapes it


def test_a_name_is_no_markup():
    assert "<!channel>" not in say_file(line("<!channel> *b*.pdf"))


def test_a_file_of_no_known_type_is_said_without_one():
    assert about_file(line(type="")) == "2.1 MB; no virus found"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"type": "image/heic"}, True, id="of a telephone"),
        pytest.param({"type": "image/jpeg", "pictured": True}, False, id="drawn"),
        pytest.param({"type": "image/heic", "check": FileCheck.PENDING}, False, id="looked at"),
        pytest.param({"type": "image/heic", "check": FileCheck.INFECTED}, False, id="a virus"),
        pytest.param({"type": "application/pdf"}, False, id="no picture"),
    ],
)
def test_a_picture_without_a_small_one_says_so(changed: dict[str, object], *, said: bool):
    assert ("no preview" in about_file(line("a.jpg", **changed))) is said


def test_a_long_list_is_cut_and_says_so():
    [block] = draw_files([line(f"{n}.txt") for n in range(14)])
    told = block["elements"][0]["text"]
    assert told.count("📎") == 10
    assert "and 4 more" in told


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 KB"), (25_000_000, "25.0 MB")],
)
def test_a_size_is_said_as_people_do(size: int, said: str):
    assert say_size(size) == said
