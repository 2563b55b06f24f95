import pytest
from hypothesis import given, strategies as st

from classifier.personal.lexicon import plain, read_phrases
from classifier.personal.normalise import fold
from classifier.personal.words import split_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain", "plain"),
        ("\u0408\u043ehn", "John"),
        ("\u0420R25", "PR25"),
        ("\u0391nn\u0430", "Anna"),
        ("Оксана Ж", "Oksana Zh"),
        ("Ωx", "Ωx"),
        ("яblock", "яblock"),
        ("ψ", "ψ"),
        ("Jo\u200bhn\ufeff", "John"),
        ("Da\u00advé", "Davé"),
        ("0\ufe0f\u20e37", "07"),
        ("\u2460\u2469", "110"),
        ("\u2776", "1"),
        ("\u0663", "3"),
        ("x\u00b2", "x2"),
        ("a\U0001f4deb", "a b"),
        ("a\u00a0b\u2028c", "a b\nc"),
        ("it\u2019s \u201cso\u201d \u2014", 'it\'s "so" -'),
        ("\x00\x08a", "a"),
        ("\ue000", " "),
        ("№ 1", "No 1"),
    ],
)
def test_a_text_is_folded_to_what_a_person_sees(text: str, folded: str):
    assert fold(text).text == folded


@given(st.text())
def test_each_folded_letter_has_its_place(text: str):
    folded = fold(text)
    assert len(folded.origins) == len(folded.text) + 1
    for place in range(len(folded.text)):
        start, end = folded.place(place, place + 1)
        assert 0 <= start < end <= len(text)


def test_a_place_takes_in_what_is_invisible_after_it():
    folded = fold("a\u200bb")
    assert folded.place(0, 1) == (0, 2)


@given(st.text())
def test_no_letter_is_lost_among_the_words(text: str):
    words = split_words(text)
    assert "".join("".join(words.forms).split()) == "".join(text.split())
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == words.forms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dave's", ["Dave", "'s"]),
        ("the Joneses' flat", ["the", "Joneses", "'", "flat"]),
        ("#JusticeForAwaab", ["#", "Justice", "For", "Awaab"]),
        ("@oak O'Rourke", ["@", "oak", "O'Rourke"]),
        ("#\u0130yiGün", ["#", "\u0130yiGün"]),
    ],
)
def test_a_text_is_split_into_words(text: str, words: list[str]):
    assert split_words(text).forms == words


def test_a_word_without_accents_is_the_same_word():
    assert plain("Wójcik") == plain("wojcik") == plain("WÓJCIK")


def test_a_keep_list_has_a_phrase_a_line_or_several():
    assert list(read_phrases(["# no", "a b | c", "", "d"])) == ["a b", "c", "d"]
