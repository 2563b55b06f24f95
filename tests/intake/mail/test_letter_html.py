from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from typing_extensions import override

from intake.domain.letter import LetterText
from intake.mail.letter_html import LARGE, USUAL, draw_letter

LETTER = LetterText(
    subject="Your complaint",
    text=(
        "Hello,\n\nWe have logged it.\nToday.\n\n"
        "WHAT WE UNDERSTAND YOUR COMPLAINT TO BE\n1. Damp & <mould>\nin the hall\n"
        "2. Nobody came\n\n"
        "ALSO IN YOUR MESSAGE\nTwo things:\n- The work\n- Your thanks\n\nOak Homes\n"
    ),
)


class Reader(HTMLParser):
    """Collects the words of a page, and which tags it has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    @override
    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(letter: LetterText) -> Reader:
    reader = Reader()
    reader.feed(draw_letter(letter))
    return reader


def test_headings_lists_and_lines_are_marked_as_what_they_are():
    body = draw_letter(LETTER).partition("<body")[2].partition(">\n")[2].partition("\n</body>")[0]
    heading = '<h2 style="font-size:1.15em">'
    assert body.split("\n") == [
        "<p>Hello,</p>",
        "<p>We have logged it.<br>Today.</p>",
        f"{heading}WHAT WE UNDERSTAND YOUR COMPLAINT TO BE</h2>",
        "<ol>",
        "<li>Damp &amp; &lt;mould&gt;<br>in the hall</li>",
        "<li>Nobody came</li>",
        "</ol>",
        f"{heading}ALSO IN YOUR MESSAGE</h2>",
        "<p>Two things:</p>",
        "<ul>",
        "<li>The work</li>",
        "<li>Your thanks</li>",
        "</ul>",
        "<p>Oak Homes</p>",
    ]


def test_a_page_says_its_language_and_title_and_fetches_nothing():
    page = draw_letter(LETTER)
    assert '<html lang="en-GB">' in page
    assert "<title>Your complaint</title>" in page
    assert not {"img", "link", "script", "a", "iframe"} & {*read(LETTER).tags}


def test_a_reader_who_needs_large_type_gets_it():
    assert f"font:{USUAL}" in draw_letter(LETTER)
    assert f"font:{LARGE}" in draw_letter(replace(LETTER, large_print=True))


@pytest.mark.parametrize(
    ("text", "begins"),
    [("3. c\n4. d\n", '<ol start="3">'), ("1. a\n", "<ol>"), ("- a\n1. b\n", "<p>- a</p>\n<ol>")],
)
def test_a_list_goes_on_from_its_number(text: str, begins: str):
    assert begins in draw_letter(LetterText(subject="x", text=text))


def test_a_line_in_capitals_alone_is_no_heading():
    assert "h2" not in read(LetterText(subject="x", text="OAK\n\nLTD")).tags


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])))
def test_no_words_of_a_letter_become_markup(words: str):
    reader = read(LetterText(subject=words, text=words + "\n"))
    allowed = {"html", "head", "meta", "title", "body", "p", "br", "ol", "ul", "li"}
    assert {*reader.tags} <= allowed
