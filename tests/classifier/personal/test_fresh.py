"""Messages written apart from the templates and patterns, as people type them."""

from pathlib import Path

import pytest

from bot.commands.evaluate_redaction import CASES, Gold, read_samples
from classifier.labels import Audience, Redact

FRESH = Path(__file__).parent / "fresh"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("birth.txt", 0.95),
        ("plates.txt", 0.95),
        ("refs.txt", 0.95),
        ("addresses.txt", 0.85),
        ("names.txt", 0.95),
        ("names-long.txt", 0.9),
    ],
)
def test_most_of_what_is_marked_is_hidden(redact: Redact, file: str, least: float, case: str):
    hidden = [
        all(
            place in covered
            for place in range(gold.start, gold.end)
            if sample.text[place].isalnum()
        )
        for sample in read_samples(FRESH / file)
        for covered in [_covered(redact, CASES[case](sample.text))]
        for gold in sample.gold
    ]
    assert sum(hidden) >= least * len(hidden)


@pytest.mark.parametrize("case", CASES)
def test_most_messages_without_personal_data_stay_whole(redact: Redact, case: str):
    texts = [CASES[case](sample.text) for sample in read_samples(FRESH / "tempting.txt")]
    touched = [text for text in texts if _covered(redact, text)]
    assert len(touched) <= 0.08 * len(texts)


def test_the_marks_of_a_plain_file_carry_kind_and_origin():
    first = next(read_samples(FRESH / "names.txt"))
    assert first.gold == [Gold(start=0, end=6, kind="NAME", origin="caribbean")]


def _covered(redact: Redact, text: str) -> set[int]:
    spans = redact(text, audience=Audience.PUBLIC).spans
    return {place for span in spans for place in range(span.start, span.end)}
