"""The form of a letter that would go: the letter, what its check found, and the fields again."""

from datetime import UTC, datetime

from bot.triage import fields
from bot.triage.layout import (
    FIELD_LIMIT,
    Block,
    context,
    day_input,
    form,
    input_block,
    option,
    select,
    text_input,
)
from bot.triage.previews import overridden, preview_form
from intake.domain.copies import Copy, Reader
from intake.domain.letter import LetterKind, LetterText
from intake.domain.letter_draft import Gravity, Problem
from intake.domain.preview import Preview
from tests.intake.domain.letters import drafted

CHECKBOXES: Block = {
    "type": "checkboxes",
    "action_id": "kinds",
    "options": [option("A", "a"), option("B", "b")],
    "initial_options": [option("A", "a")],
}
FORM = form(
    "f",
    "Answer",
    [
        context("Small print"),
        input_block("note", "Note", text_input("note", "old")),
        input_block("until", "Until", day_input("until")),
        input_block("ground", "Ground", select("ground", [option("X", "x")])),
        input_block("kinds", "Kinds", CHECKBOXES),
    ],
    "1:2:c3:respond",
)
PROBLEM = Problem(gravity=Gravity.MISSING, part="the remedy", provision="7.1", says="say how")


def preview(text: str = "Hello,\n", **changed: object) -> Preview:
    facts: dict[str, object] = {
        "kind": LetterKind.RESPONSE,
        "shown": LetterText(subject="Yours", text=text),
        "draft": drafted(LetterKind.RESPONSE),
        "to": "jo@example.org",
        "send_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
    }
    return Preview(**(facts | changed))  # type: ignore[arg-type] # a builder, checked at run time


def elements(values: dict[str, object]) -> dict[str, Block]:
    drawn = preview_form(FORM, preview(), [], values)
    return {b["block_id"]: b["element"] for b in drawn["blocks"] if b["type"] == "input"}


def test_the_fields_stay_as_they_were_filled_in():
    kept = elements({"note": "new", "until": "2026-04-01", "ground": "x", "kinds": ["b"]})
    assert kept["note"]["initial_value"] == "new"
    assert kept["until"]["initial_date"] == "2026-04-01"
    assert kept["ground"]["initial_option"]["value"] == "x"
    assert [o["value"] for o in kept["kinds"]["initial_options"]] == ["b"]


def test_what_was_left_empty_or_is_no_choice_begins_empty():
    kept = elements({"ground": "z", "kinds": "z"})
    assert not [n for element in kept.values() for n in element if n.startswith("initial_")]


def test_a_long_letter_is_shown_whole():
    text = "word " * 2_000 + "\n" + "line\n" * 500
    shown = preview_form(FORM, preview(text), [], {})["blocks"]
    pieces = [b["text"]["text"] for b in shown if b.get("block_id", "").startswith("letter-")]
    assert "".join(pieces) == text.strip()
    assert max(map(len, pieces)) <= FIELD_LIMIT


def test_large_print_what_conflicts_and_a_persons_hand_are_said():
    large = LetterText(subject="Yours", text="Hello,\n", large_print=True)
    told = str(preview_form(FORM, preview(shown=large, conflicts=("Ring first",)), [], {}))
    assert "It goes in large print." in told
    assert "⚠️ Ring first" in told
    assert "letter-large-0" in told
    by_hand = str(preview_form(FORM, preview(to="", by_hand="No address"), [], {}))
    assert "By hand. No address" in by_hand


def test_problems_are_listed_and_a_reason_is_asked_for_only_where_the_letter_is_stopped():
    doubtful = Problem(gravity=Gravity.DOUBTFUL, part="the name", says="who?")
    stopped = preview_form(FORM, preview(), [PROBLEM, *[doubtful] * 40], {})["blocks"]
    assert fields.OVERRIDE in [b.get("block_id") for b in stopped]
    assert "… and 11 more" in str(stopped)
    let_go = preview_form(FORM, preview(), [doubtful], {})["blocks"]
    assert fields.OVERRIDE not in [b.get("block_id") for b in let_go]


def test_an_override_says_the_reason_and_what_it_overrode():
    assert (
        overridden([PROBLEM], "They know") == "They know\nmissing: the remedy (Code 7.1): say how"
    )


def test_the_mark_of_a_letter_changes_with_its_words_and_its_reader():
    marks = {preview().digest, preview("Hi,\n").digest, preview(to="a@example.org").digest}
    assert len(marks) == 3
    assert preview_form(FORM, preview(), [], {})["private_metadata"].endswith(preview().digest)


def test_who_has_a_copy_is_said_above_the_letter_and_makes_it_another():
    copy = Copy(reader=Reader.REPRESENTATIVE, address="sally@example.org")
    told = str(preview_form(FORM, preview(copy=copy), [], {}))
    assert "To the resident; copy to whoever acts for the resident." in told
    assert "The copy goes to sally@example.org" in told
    posted = Copy(reader=Reader.RESIDENT, why="A copy for the resident must be posted: none")
    told = str(preview_form(FORM, preview(copy=posted), [], {}))
    assert "copy to the resident, which a person must post." in told
    assert "⚠️ A copy for the resident must be posted: none" in told
    assert len({preview(copy=each).digest for each in (copy, posted, None)}) == 3
