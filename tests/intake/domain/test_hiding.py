"""More is hidden, or a part is shown, and nothing else changes."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, strategies as st

from classifier.labels import Audience, RedactedText, Redaction, Span
from classifier.personal.redact import redact
from intake.domain.hiding import (
    HiddenPlace,
    Part,
    cover_all,
    cover_for,
    find_words,
    hide_more,
    hide_names,
    joined,
    keeping,
    names_in,
    places_of,
    plain,
    shown_again,
    sparing,
    typed_pieces,
)

WORDS = "Dean and Dean Smith rang Deanna."


def span(text: str, words: str, placeholder: str = "[NAME 1]", *, certain: bool = True) -> Span:
    start = text.index(words)
    kind = placeholder[1:].split(maxsplit=1)[0]
    end = start + len(words)
    return Span(start=start, end=end, kind=kind, placeholder=placeholder, certain=certain)


def redaction(text: str, *words: str) -> Redaction:
    spans = (span(text, each, f"[NAME {n}]") for n, each in enumerate(words, start=1))
    return Redaction(original=text, spans=tuple(spans))


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        pytest.param(WORDS, "dean", ["Dean", "Dean"], id="whole words, whatever their capitals"),
        pytest.param("07700900123call", "07700 900123", [], id="no spaces that are not there"),
        pytest.param("07700900123call", "07700900123", ["07700900123"], id="a part of a word"),
        pytest.param(
            "J\u200bo  Bl\u00adoggs", "jo bloggs", ["J\u200bo  Bl\u00adoggs"], id="unseen"
        ),
        pytest.param("Jo\nBloggs", "Jo Bloggs", ["Jo\nBloggs"], id="over a line"),
        pytest.param("a (b) c", "(b)", ["(b)"], id="signs are no pattern"),
    ],
)
def test_words_are_found_however_they_are_written(text: str, words: str, found: list[str]):
    assert [text[start:end] for start, end in find_words(text, words)] == found


@given(st.text(max_size=40), st.text(min_size=1, max_size=10))
def test_what_is_found_lies_in_the_text(text: str, words: str):
    for start, end in find_words(text, words):
        assert 0 <= start <= end <= len(text)


def test_what_is_pasted_from_a_card_is_what_is_still_seen():
    assert typed_pieces("Dean [NAME 1]  was\nrude [REF 2].") == ["Dean", "was rude"]


def test_words_are_hidden_wherever_they_are_seen_under_a_new_number():
    before = redaction(WORDS, "Dean Smith")
    more = hide_more(before, "dean", "NAME", taken=["[NAME 6]", "[REF 9]"])
    assert joined(before, more).text == "[NAME 7] and [NAME 1] rang Deanna."


def test_a_number_that_the_text_has_is_not_used_again():
    [found] = hide_more(Redaction(original="[NAME 4] and Dean"), "Dean", "NAME")
    assert found.placeholder == "[NAME 5]"


def test_what_overlaps_grows_over_what_was_hidden():
    before = redaction(WORDS, "Smith")
    after = joined(before, hide_more(before, "Dean Smith", "NAME"))
    assert after.text == "Dean and [NAME 2] rang Deanna."


def test_what_is_hidden_already_stays_as_it_is():
    before = redaction(WORDS, "Dean Smith")
    assert joined(before, [span(WORDS, "Smith", "[REF 1]")]) == before


def test_a_placeholder_is_shown_again():
    assert shown_again(redaction(WORDS, "Dean", "Smith"), ["[NAME 1]"]).text == (
        "Dean and Dean [NAME 2] rang Deanna."
    )


def test_words_that_a_landlord_keeps_are_spared_but_no_longer_span():
    before = redaction("Oak House, Oak", "Oak House")
    assert keeping(before, ["oak", ""]) == before
    assert keeping(before, ["OAK  house"]).text == "Oak House, Oak"


def test_names_found_for_sure_are_known():
    spans = (
        span(WORDS, "Dean"),
        span(WORDS, "Deanna", certain=False),
        span(WORDS, "rang", "[REF 1]"),
    )
    assert names_in([Redaction(original=WORDS, spans=spans), redaction("Jo", "Jo")]) == ["Dean"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hope rang. I hope so.", "[NAME 1] rang. I hope so."),
        ("dean smith rang.", "[NAME 1] rang."),
        ("Nobody rang.", "Nobody rang."),
    ],
    ids=["one word with a capital", "two words in small letters", "none"],
)
def test_a_name_known_from_elsewhere_is_hidden(text: str, shown: str):
    assert hide_names(Redaction(original=text), ["Hope", "Dean Smith"]).text == shown


def test_a_placeholder_that_was_taken_before_is_not_taken_again():
    shown = hide_names(Redaction(original="Dean Smith rang."), ["Dean Smith"], ["[NAME 4]"])
    assert shown.text == "[NAME 5] rang."


def test_a_redactor_can_spare_what_the_landlord_keeps():
    read = sparing(redact, ["07700 900123"])
    shown = read("Ring 07700 900123 or 07700 900456", audience=Audience.PUBLIC)
    assert shown.text == "Ring 07700 900123 or [PHONE 2]"


@dataclass(frozen=True)
class Line:
    """A record as it is shown."""

    words: str
    safe: RedactedText
    by: str
    on: date
    lines: tuple[object, ...] = ()


def test_a_whole_record_is_covered_but_who_did_it():
    cover = cover_for([redaction(WORDS, "Dean", "Dean Smith")])
    on = date(2026, 3, 2)
    line = Line("dean", RedactedText("Dean Smith"), "Dean", on, (["a Dean", 7], {"by": "Dean"}))
    assert cover_all({"k": line, "n": None}, cover) == {
        "k": Line(
            "[NAME 1]", RedactedText("[NAME 2]"), "Dean", on, (["a [NAME 1]", 7], {"by": "Dean"})
        ),
        "n": None,
    }
    assert isinstance(cover_all(line, cover).safe, RedactedText)


def test_words_are_compared_without_what_cannot_be_seen():
    assert plain("J\u200bO\n Bloggs ") == "jo bloggs"


def test_each_placeholder_is_one_place_of_its_part():
    twice = Redaction(original="Dean Dean", spans=(span("Dean Dean", "Dean"),))
    assert places_of({Part.SUBJECT: joined(twice, hide_more(twice, "Dean", "NAME"))}) == [
        HiddenPlace(part=Part.SUBJECT, placeholder="[NAME 1]"),
        HiddenPlace(part=Part.SUBJECT, placeholder="[NAME 2]"),
    ]
