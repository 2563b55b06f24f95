import pytest
from hypothesis import given, strategies as st

from intake.domain.clean import clean

anything = st.text(st.characters(codec=None))


@given(anything)
def test_what_is_cleaned_can_be_kept_anywhere(text: str):
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not {c for c in cleaned if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160}


@given(anything)
def test_cleaning_twice_changes_nothing(text: str):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_words_without_control_characters_stay_as_they_are(text: str):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="line ends"),
        pytest.param("a\tb", "a\tb", id="a tab stays"),
        pytest.param("a\0b\x1bc\x7fd\x9be", "abcde", id="control characters go"),
        pytest.param("a\ud800b", "a?b", id="half a character"),
        pytest.param(
            "Siân owes £50 \N{HOUSE BUILDING}", "Siân owes £50 \N{HOUSE BUILDING}", id="words"
        ),
    ],
)
def test_words_are_cleaned(text: str, cleaned: str):
    assert clean(text) == cleaned
