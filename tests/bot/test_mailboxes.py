from pathlib import Path

import pytest

from bot import mailboxes
from bot.mailboxes import Found, measure, read_mailboxes

OPENING = b"From jo@example.org Mon Mar  2 09:00:00 2026\n"
MAIL = b"From: Jo <jo@example.org>\nSubject: Damp\n\nThere is damp.\n"


def found_in(*paths: Path) -> list[Found]:
    return list(read_mailboxes(list(paths)))


def raw_in(*paths: Path) -> list[bytes]:
    return [found.raw for found in found_in(*paths)]


def mbox(folder: Path, content: bytes, name: str = "a.mbox") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "mails"),
    [
        pytest.param(OPENING + MAIL + b"\n" + OPENING + MAIL + b"\n", [MAIL, MAIL], id="two"),
        pytest.param(OPENING + MAIL + OPENING + MAIL, [MAIL, MAIL], id="no empty line between"),
        pytest.param(OPENING + MAIL[:-1], [MAIL[:-1]], id="no line end at the end"),
        pytest.param(
            (OPENING + MAIL + b"\n" + OPENING + MAIL).replace(b"\n", b"\r\n"),
            [MAIL.replace(b"\n", b"\r\n")] * 2,
            id="CRLF",
        ),
        pytest.param(
            OPENING + MAIL + b"\nFrom the flat above there is water.\nFrom 9:30 on.\n",
            [MAIL + b"\nFrom the flat above there is water.\nFrom 9:30 on.\n"],
            id="a resident's From",
        ),
        pytest.param(
            OPENING + MAIL + b">From the flat\n>>From above\n> From: x\n",
            [MAIL + b"From the flat\n>From above\n> From: x\n"],
            id="mboxrd quoting",
        ),
        pytest.param(
            b"From - Mon Mar 02 09:00:00 2026\n" + MAIL + b"From 17@xxx Mon Mar 02 09:00:00 "
            b"+0000 2026\n" + MAIL + b"From ???@??? Mon Mar 02 09:00:00 2026\n" + MAIL,
            [MAIL] * 3,
            id="as Thunderbird, Gmail and Eudora write it",
        ),
        pytest.param(b"From \n" + MAIL, [MAIL], id="an opening that says nothing"),
        pytest.param(
            OPENING + MAIL + b"x" * 200_000 + b"\n" + OPENING + MAIL,
            [MAIL + b"x" * 200_000 + b"\n", MAIL],
            id="a line longer than what is read at once",
        ),
    ],
)
def test_the_mails_of_an_mbox_come_apart_as_they_went_in(
    tmp_path: Path, content: bytes, mails: list[bytes]
):
    path = mbox(tmp_path, content)
    assert raw_in(path) == mails
    assert [found.number for found in found_in(path)] == list(range(1, len(mails) + 1))
    assert sum(found.size for found in found_in(path)) == measure([path]) == len(content)


def test_what_only_looks_like_an_opening_within_a_long_line_is_none(tmp_path: Path):
    line = b"x" * mailboxes.LONGEST_LINE + OPENING
    assert raw_in(mbox(tmp_path, OPENING + MAIL + line)) == [MAIL + line]


def test_a_mail_that_is_too_large_is_left_out_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailboxes, "LARGEST", 100)
    large = MAIL + b"damp\n" * 40
    [first, second] = found_in(mbox(tmp_path, OPENING + large + OPENING + MAIL))
    assert (first.raw, first.fault) == (b"", mailboxes.TOO_LARGE)
    assert second.raw == MAIL
    [alone] = found_in(mbox(tmp_path, large, "a.eml"))
    assert (alone.fault, alone.size) == (mailboxes.TOO_LARGE, len(large))


@pytest.mark.parametrize("name", ["a.mbox", "a.eml"])
def test_what_is_empty_says_so(tmp_path: Path, name: str):
    content = OPENING + b"\n" if name == "a.mbox" else b""
    [found] = found_in(mbox(tmp_path, content, name))
    assert found.fault == "empty: left out"


def test_the_mails_of_a_maildir_and_its_folders_are_read_and_half_written_ones_are_not(
    tmp_path: Path,
):
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.M1.host:2,S").write_bytes(MAIL + folder.encode())
    assert raw_in(tmp_path) == [
        MAIL + folder.encode() for folder in (".Sent/cur", ".Sent/new", "cur", "new")
    ]


def test_a_folder_gives_its_mails_and_says_what_it_leaves_out(tmp_path: Path):
    mbox(tmp_path, OPENING + MAIL, "Inbox")
    mbox(tmp_path, MAIL, "b.EML")
    mbox(tmp_path, b"<index/>", "Inbox.msf")
    (tmp_path / "below").mkdir()
    mbox(tmp_path / "below", MAIL, "c.eml")
    mails = {Path(found.file).name: found for found in found_in(tmp_path)}
    assert [mails[name].raw for name in ("Inbox", "b.EML", "c.eml")] == [MAIL] * 3
    assert mails["Inbox.msf"].fault == "neither an mbox nor an .eml file: left out"


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path):
    assert raw_in(mbox(tmp_path, MAIL, "letter.txt")) == [MAIL]


def test_what_cannot_be_read_says_so_and_the_rest_goes_on(tmp_path: Path):
    (tmp_path / "dangling.eml").symlink_to(tmp_path / "nowhere")
    good = mbox(tmp_path, MAIL, "good.eml")
    [missing, dangling, read] = found_in(tmp_path / "missing", tmp_path)
    assert missing.fault == "there is no such file or folder"
    assert dangling.fault == "cannot be read: No such file or directory"
    assert (read.raw, read.file) == (MAIL, str(good))
    assert measure([tmp_path]) == len(MAIL)
