"""A landlord's own words for letters, and what is refused of them at the start."""

from datetime import date
from pathlib import Path

import pytest

from bot.settings import SettingsError
from bot.wording import load_wording
from intake.domain.letter import LetterKind
from intake.domain.letter_template import shipped
from intake.domain.letter_trial import find_lacks, try_out
from tests.builders import landlord

ON = date(2027, 1, 4)
OAK = {"oak": landlord()}


def put(data: Path, name: str, text: str) -> Path:
    path = data / "letters" / "oak" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", list(LetterKind))
def test_our_own_words_can_be_a_landlords(tmp_path: Path, kind: LetterKind):
    put(tmp_path, f"{kind}.txt", shipped(kind))
    [oak] = load_wording(OAK, tmp_path, on=ON).values()
    assert oak.wording == {kind: shipped(kind)}
    assert find_lacks(kind, oak, on=ON) == ()


def test_a_landlord_says_it_in_its_own_words(tmp_path: Path):
    text = shipped(LetterKind.COMPLIMENT_THANKS).replace("kind words", "lovely words")
    put(tmp_path, "compliment_thanks.txt", text)
    [oak] = load_wording(OAK, tmp_path, on=ON).values()
    assert "lovely words" in try_out(LetterKind.COMPLIMENT_THANKS, oak, on=ON)[0].text


def test_a_landlord_without_a_folder_has_our_words(tmp_path: Path):
    assert load_wording(OAK, tmp_path, on=ON) == OAK


SUBJECT = "Subject: Yours {{ reference }}\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("respnse.txt", "", "no letter of that name: expected one of"),
        ("response.doc", "", "no letter of that name: expected one of"),
        ("response.txt", "Hello", "line 1: expected `Subject:`"),
        ("response.txt", SUBJECT + "{{ tenant }}", "tenant: no placeholder of this letter"),
        ("response.txt", "Subject: {{ outcome }}\n", "outcome: no placeholder of this subject"),
        ("response.txt", SUBJECT + "{% if upheld %}", "expected {{ placeholder }}"),
        ("response.txt", SUBJECT + "{% for p in points %}{{ p.what }}{% endfor %}", "has no attri"),
        ("response.txt", SUBJECT + "Oak Homes", "it lacks the complaint stage (Code 6.9)"),
        ("extension.txt", SUBJECT + "{{ until.__class__.mro() }}", "unsafe"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_file(
    tmp_path: Path, name: str, text: str, told: str
):
    path = put(tmp_path, name, text)
    with pytest.raises(SettingsError) as refused:
        load_wording(OAK, tmp_path, on=ON)
    assert str(refused.value).startswith(f"{path}: ") or "oak/" in str(refused.value)
    assert told in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path):
    put(tmp_path, "receipt.txt", "").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SettingsError, match=r"receipt\.txt: cannot be read: UnicodeDecodeError"):
        load_wording(OAK, tmp_path, on=ON)
