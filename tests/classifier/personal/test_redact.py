import json
from collections.abc import Callable, Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from typing_extensions import override

from classifier.labels import Audience, Redact, WithheldError
from classifier.personal.found import Found
from classifier.personal.names import NameFinder
from classifier.personal.redact import LONGEST, Redactor, load_redact
from classifier.personal.tagger import MODEL, ArtefactError, load_tagger
from classifier.personal.words import Words
from intake.domain.reference import ALPHABET, LENGTH, make_reference
from tests.classifier.personal.conftest import Shown

PIECES = [
    "my name is ",
    "Dave ",
    "Priya Nair ",
    "housing officer ",
    "from repairs ",
    "07700 900123 ",
    "077\u200b00 9",
    "PR25 2LW ",
    "14 Mill Lane, ",
    "flat 3 ",
    "on Gordon Street ",
    "Rowan House ",
    "jo@b.com ",
    "@jo_82 ",
    "ref 12345 ",
    "7KM-3QX-P9T ",
    "E79-8ZB-J8E ",
    "sort code 20-45-45 account 12345678 ",
    "dob 1/2/1990 ",
    "AB12 CDE ",
    "[NAME 1] ",
    "[NAME\n2] ",
    "[PHONE 3]",
    "[",
    "1] ",
    "\n",
    "\u202e",
    "<b>",
    "Mr ",
    "Kind regards\n",
    "in May ",
    "Will ",
    "damp ",
    "№ ",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=60),
    st.text(alphabet="aA1 .-@/\n'0oO[]#:", max_size=60),
)
SHARED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SHARED
@given(text=TEXTS, audience=st.sampled_from(list(Audience)))
def test_redacting_what_is_redacted_changes_nothing(redact: Redact, text: str, audience: Audience):
    once = redact(text, audience=audience).text
    assert redact(once, audience=audience).text == once


@SHARED
@given(text=TEXTS)
def test_spans_stand_in_order_and_apart(redact: Redact, text: str):
    spans = redact(text, audience=Audience.PUBLIC).spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@SHARED
@given(text=TEXTS)
def test_staff_see_no_less_than_the_public(redact: Redact, text: str):
    public = redact(text, audience=Audience.PUBLIC)
    for span in redact(text, audience=Audience.STAFF).spans:
        assert any(span.start < other.end and other.start < span.end for other in public.spans)


def test_staff_see_what_a_triager_needs(staff_shown: Shown):
    text = (
        "Priya from repairs came to Gordon Street, PR25 2LW, ref 12345, for Dave Jones 14 Elm Road"
    )
    assert staff_shown(text) == (
        "Priya from repairs came to Gordon Street, PR25 [POSTCODE 1], ref 12345, "
        "for [NAME 1] [ADDRESS 1]"
    )


@pytest.mark.parametrize(
    "reference",
    [
        "AZZ-BDT-MHP",
        "E79-8ZB-J8E",
        "PH9-3YD-VTY",
        "FB6-DAB-FAV",
        "VAN-YDV-63R",
        "649-RM3-QW9",
        "DDM-DHM-9MR",
        "DDM-DH9-REV",
    ],
)
def test_our_own_reference_is_no_name_postcode_handle_or_plate(
    shown: Shown, staff_shown: Shown, reference: str
):
    text = f"ref {reference} Jo Smith"
    assert staff_shown(text) == f"ref {reference} [NAME 1]"
    assert staff_shown(reference) == reference
    assert shown(text) == "ref [REF 1] [NAME 1]"


@SHARED
@given(places=st.lists(st.integers(0, len(ALPHABET) - 1), min_size=LENGTH, max_size=LENGTH))
@example(places=[11, 11, 18, 11, 15, 18, 7, 18])
def test_staff_see_every_reference_that_we_make(staff_shown: Shown, places: list[int]):
    drawn = iter(places)
    reference = make_reference(lambda alphabet: alphabet[next(drawn)])
    assert staff_shown(f"my complaint {reference} waits") == f"my complaint {reference} waits"
    if any(map(str.isdigit, reference)):
        small = reference.lower()
        assert staff_shown(f"my complaint {small} waits") == f"my complaint {small} waits"


@pytest.mark.parametrize("text", ["Jo-Ann-Lee rang", "bed-bug-man came", "Ned-Ray-Gay rang"])
def test_three_short_words_are_no_reference_of_ours(shown: Shown, text: str):
    assert "[REF" not in shown(text)


def test_a_district_after_a_house_is_no_unit_of_it(staff_shown: Shown):
    assert staff_shown("Rowan House M1 1AE") == "Rowan House M1 [POSTCODE 1]"


def test_a_member_of_staff_is_one_throughout(staff_shown: Shown):
    text = "my surveyor Kowalczyk rang. I like Kowalczyk"
    assert staff_shown(text) == text


def test_numbers_go_on_after_those_that_the_text_has(shown: Shown):
    assert shown("[NAME 1] and [NAME 4] and Steve") == "[NAME 1] and [NAME 4] and [NAME 5]"


def test_a_placeholder_split_over_a_line_is_left_alone(shown: Shown):
    assert shown("[NAME\n1] rang") == "[NAME\n1] rang"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Dave Jones in 1A is vulnerable", "[NAME 1] in [ADDRESS 1] is vulnerable"),
        ("Dave Jones at 34, Mary Bell at 40.", "[NAME 1] at [ADDRESS 1], [NAME 2] at [ADDRESS 2]."),
        ("I saw Dave Jones at 9", "I saw [NAME 1] at 9"),
        ("I saw Dave Jones at 10.30.", "I saw [NAME 1] at 10.30."),
        ("We meet Dave Jones in 20 minutes", "We meet [NAME 1] in 20 minutes"),
        ("We paid Dave Jones in 2024.", "We paid [NAME 1] in 2024."),
    ],
)
def test_a_bare_number_beside_a_name_is_a_home_unless_it_is_a_time(
    shown: Shown, text: str, left: str
):
    assert shown(text) == left


@pytest.mark.parametrize("text", ["ЖB00AA", "Ж000000", "ЖдPR25 2LWж"])
def test_letters_of_another_alphabet_are_hidden_with_what_they_are_glued_to(
    redact: Redact, text: str
):
    [span] = redact(text, audience=Audience.PUBLIC).spans
    assert (span.start, span.end) == (0, len(text))


def test_what_only_looks_like_a_placeholder_hides_nothing(shown: Shown):
    assert "900123" not in shown("[PHONE 07700900123]")


def test_a_right_to_left_override_does_not_save_a_number(shown: Shown):
    assert "321009" not in shown("\u202e321009 00770\u202c")


def test_fifty_thousand_characters_are_redacted(redact: Redact):
    text = ("I rang Dave Smith on 07700 900123 at 14 Mill Lane. " * 1000)[:50_000]
    assert "Dave" not in redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "unit", ["dob ", "dob 1/2/60 ", "born 1 of ", "reg A 1 B 2 ", "job 7712, "]
)
def test_fifty_thousand_characters_of_one_cue_are_not_withheld(redact: Redact, unit: str):
    assert redact((unit * 50_000)[:50_000], audience=Audience.PUBLIC).text


def test_a_text_that_is_too_long_is_withheld(redact: Redact):
    with pytest.raises(WithheldError, match="longer than"):
        redact("7" * (LONGEST + 1), audience=Audience.PUBLIC)


def test_a_text_that_takes_too_long_is_withheld():
    ticks = count(0, 100)
    slow = Redactor(None, {}, clock=lambda: float(next(ticks)))
    with pytest.raises(WithheldError, match="not done"):
        slow("hello", audience=Audience.PUBLIC)


class _Restless(NameFinder):
    """Finds something more at each reading."""

    @override
    def find(
        self,
        words: Words,
        barred: Sequence[bool],
        *,
        author: Words,
        known: Words,
        least: float,
        still: Callable[[], None],
    ) -> Iterator[Found]:
        del barred, author, known, least, still  # it takes the first word, whatever it is
        place = next(n for n, form in enumerate(words.forms) if form.isalpha())
        start, end = words.starts[place], words.ends[place]
        yield Found(start=start, end=end, kind="NAME", key=words.forms[place])


def test_a_text_in_which_each_reading_finds_more_is_withheld(artefact: Path):
    restless = Redactor(_Restless(load_tagger(artefact)), {})
    with pytest.raises(WithheldError, match="still finds"):
        restless("one two three four five six", audience=Audience.PUBLIC)


def test_a_model_that_is_not_the_manifests_is_refused(artefact: Path, tmp_path: Path):
    (tmp_path / MODEL).write_bytes((artefact / MODEL).read_bytes() + b"\0")
    (tmp_path / "names.json").write_text(json.dumps({"model": "0"}), encoding="utf-8")
    with pytest.raises(ArtefactError, match="train it again"):
        load_redact(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("my son has asthma", True),
        ("she had a heart attack", True),
        ("they abuse us because we are Muslim", True),
        ("the boiler is out", False),
    ],
)
def test_health_and_the_like_are_flagged_and_not_hidden(redact: Redact, text: str, *, speaks: bool):
    found = redact(text, audience=Audience.PUBLIC)
    assert found.health is speaks
    assert found.text == text


def _hostile() -> Iterator[str]:
    size = 5_000
    for piece in (
        "7",
        "a",
        "A. ",
        "a@",
        "a.",
        "x@y.",
        "flat 1, ",
        "St. ",
        "1 Mill Lane ",
        "[NAME ",
    ):
        yield (piece * size)[:size]
    yield from ("one " * size, "\u200b" * size, "e\u0301" * size, "\ufdfa" * 400, "\x00" * size)
    yield from ("Ж" * size, "P R 2 5 2 L W " * 300, "double " * size, "\n" * size, "- " * size)


@pytest.mark.parametrize("text", list(_hostile()))
def test_a_hostile_text_is_redacted_or_withheld(redact: Redact, text: str):
    try:
        found = redact(text, audience=Audience.PUBLIC)
    except WithheldError:
        return
    assert found.original == text
