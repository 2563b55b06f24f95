import pytest
from hypothesis import given, strategies as st

from intake.mail.trim import own_text, visible_text

LINES = [">", "> a", "-- ", "--", "On Monday Oak wrote:", "", "b", "...", "\t"]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param(
            "Still cold.\n\nOn Mon, 2 Mar 2026 at 09:00, Oak wrote:\n> We will come.",
            "Still cold.",
            id="Gmail",
        ),
        pytest.param(
            "Still cold.\n\n-----Original Message-----\nFrom: Oak\nWe will come.",
            "Still cold.",
            id="Outlook",
        ),
        pytest.param(
            "Still cold.\n" + "_" * 32 + "\nFrom: Oak\nWe will come.",
            "Still cold.",
            id="Outlook on the web",
        ),
        pytest.param(
            "See below.\n---------- Forwarded message ----------\nFrom: Al\nDamp",
            "See below.",
            id="passed on",
        ),
        pytest.param("Still cold.\n-- \nJo Bloggs\n07700 900123", "Still cold.", id="a signature"),
        pytest.param(
            "> We came on Monday.\nNo, you did not.\n> Is it dry?\nNo.",
            "No, you did not.\nNo.",
            id="answers between",
        ),
        pytest.param(
            "On Monday nobody came.\nIt is cold.",
            "On Monday nobody came.\nIt is cold.",
            id="a line that begins so",
        ),
        pytest.param("Damp -- and cold.\n--\n", "Damp -- and cold.", id="dashes inside"),
    ],
)
def test_what_a_person_newly_wrote_is_told_from_what_they_quote(text: str, visible: str):
    assert visible_text(text) == visible


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> Only a quote", id="a quote alone"),
        pytest.param(
            "On Mon, 2 Mar 2026 at 09:00, Oak wrote:\n> Dear Jo", id="a quote with its line"
        ),
        pytest.param("-- \nJo Bloggs", id="a signature alone"),
        pytest.param("...\n> Dear Jo", id="no letter above the quote"),
        pytest.param("-----Original Message-----\nDamp", id="passed on without a word"),
    ],
)
def test_where_nothing_new_is_written_everything_is_visible(text: str):
    assert visible_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("on " + "x" * 1_000_000 + " wrote:", id="one long line"),
        pytest.param("> a\n" * 50_000 + "b", id="many quotes"),
        pytest.param("_" * 1_000_000, id="underscores"),
        pytest.param(("On " + "w" * 900 + "\n") * 1_000, id="many lines that begin so"),
    ],
)
def test_a_huge_text_keeps_something_visible(text: str):
    assert visible_text(text).strip()


@given(st.lists(st.sampled_from(LINES)))
def test_nothing_is_made_of_something_never(lines: list[str]):
    text = "\n".join(lines)
    visible = visible_text(text)
    assert bool(visible.strip()) or not text.strip()
    assert visible in text or all(line in text.split("\n") for line in visible.split("\n"))


@given(st.text())
def test_any_text_that_says_something_stays_visible(text: str):
    assert bool(visible_text(text)) is bool(text)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("Hi\n--\nNobody has come.", "Hi\nNobody has come.", id="dashes"),
        pytest.param("Hi\nRegards\nJo\n", "Hi\nRegards\nJo", id="a signature"),
        pytest.param("Hi\nSent from my iPhone", "Hi", id="a phone"),
        pytest.param("Hi\n> Nobody has come.", "Hi", id="a quote"),
        pytest.param(
            "Hi\nOn Mon, 2 Mar 2026 Oak <h@oak.example> wrote:\n> No", "Hi", id="an answer"
        ),
        pytest.param("Hi\n-----Original Message-----\nFrom: Oak\n\nNo.", "Hi", id="below a marker"),
        pytest.param("Hi\nFrom: O\nSent: M\nTo: J\nSubject: S\n\nNo.", "Hi", id="below a header"),
        pytest.param("On Monday he wrote:\nNobody.", "On Monday he wrote:\nNobody.", id="a story"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_a_person_wrote_is_all_but_quotes_and_what_programs_add(text: str, own: str):
    assert own_text(text) == own


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_what_a_person_wrote_has_no_quote_and_no_line_that_opens_a_signature(lines: list[str]):
    own = own_text("\n".join(lines)).split("\n")
    assert set(own) <= {*lines, ""} - {">", "> a", "-- ", "--"}
