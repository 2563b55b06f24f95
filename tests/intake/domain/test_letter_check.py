"""What a letter lacks is named with its provision, whatever it was written with."""

from dataclasses import replace
from datetime import date

import pytest

from classifier.labels import Audience, Redact, Redaction, Span, WithheldError
from classifier.personal.redact import redact
from intake.domain.case_letter import write_letter
from intake.domain.letter import LetterKind, LetterText
from intake.domain.letter_check import About, check_letter, make_draft, stops
from intake.domain.letter_draft import Draft, Gravity, find_dates, substance
from intake.domain.life import Outcome
from intake.domain.readability import reading_age, sentences, words
from intake.domain.reference import LENGTH, make_reference
from tests.builders import landlord
from tests.intake.domain.letters import DECIDED, FINAL, MATTER, ON, drafted, written

CALLS = "Nobody rings back"
#: A stage 1 response as somebody writes it who uses no template of ours.
PROSE = """Dear Jo Smith,

You told us that you had no heating since the first of December and that nobody rings you back.
You would like a new boiler. This letter is our decision at stage one.

We uphold your complaint about the heating because our policy says three days and it took three \
weeks. We do not uphold the point about the calls because our records show that we rang you.

I apologise for the cold days. We will pay you £50. Nothing more is outstanding.

If you disagree, ask any of us for a review at stage 2. The Housing Ombudsman Service can advise \
you on 0300 111 3000.

Oak Homes
"""


def told(draft: Draft, redactor: Redact | None = redact) -> dict[str, tuple[str, str]]:
    """Return each problem's gravity and provision."""
    return {p.part: (p.gravity, p.provision) for p in check_letter(draft, redactor)}


def without(kind: LetterKind, *cut: str, **changed: object) -> Draft:
    """Return a letter of ours with something taken out of it."""
    text = written(kind).text
    for piece in cut:
        assert piece in text
        text = text.replace(piece, "")
    return drafted(kind, text, **changed)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_our_own_letters_lack_nothing(kind: LetterKind):
    assert check_letter(drafted(kind), redact) == ()


@pytest.mark.parametrize("kind", list(LetterKind))
def test_our_own_letters_are_read_at_eleven_in_short_sentences(kind: LetterKind):
    text = written(kind).text
    assert reading_age(text) <= 11
    assert max(len(words(sentence)) for sentence in sentences(text)) <= 25


def test_a_letter_in_anybodys_own_words_has_its_parts():
    draft = drafted(LetterKind.RESPONSE, PROSE, addressee="Jo Smith")
    assert stops(check_letter(draft, redact)) == ()


RESPONSES = [
    pytest.param("stage 1", "", "the complaint stage", "6.9", id="stage"),
    pytest.param(f"2. {CALLS}\n", "", "the complaint as we understand it", "6.9", id="definition"),
    pytest.param(
        "We do not uphold this.", "Perhaps.", "the decision on each point", "6.9", id="decision"
    ),
    pytest.param(
        "Our records show that we rang on three days.",
        "TBC",
        "the reasons for it",
        "6.9, 6.7",
        id="reasons",
    ),
    pytest.param("We are sorry for what went wrong.", "", "an apology for what went wrong", "7.1"),
    pytest.param("We will pay you £50 for the cold days.", "n/a", "the remedy", "6.9, 7.1"),
    pytest.param(
        "We will pay you £50 for the cold days.",
        "We found nothing to put right.",
        "the remedy",
        "6.9, 7.1",
        id="nothing put right",
    ),
    pytest.param(
        "- Fit the boiler: Repairs, by Wednesday 20 January 2027",
        "",
        "what we still have to do",
        "6.9",
    ),
    pytest.param(
        ", by Wednesday 20 January 2027", "", "the day of each thing we still have to do", "7.3"
    ),
    pytest.param("to go to stage 2", "", "how to go to stage 2", "6.9"),
]


@pytest.mark.parametrize(("cut", "instead", "part", "provision"), RESPONSES)
def test_a_response_names_each_part_that_it_lacks(
    cut: str, instead: str, part: str, provision: str
):
    text = written(LetterKind.RESPONSE).text.replace(cut, instead)
    assert told(drafted(LetterKind.RESPONSE, text))[part] == (Gravity.MISSING, provision)


@pytest.mark.parametrize(
    ("kind", "cut", "part", "provision"),
    [
        (LetterKind.ACKNOWLEDGEMENT, "at stage 1", "the complaint stage", "6.2"),
        (LetterKind.ACKNOWLEDGEMENT, "A new boiler", "the outcome sought", "5.6"),
        (LetterKind.ACKNOWLEDGEMENT, "responsible", "what we are responsible for", "5.7"),
        (LetterKind.ACKNOWLEDGEMENT, "Monday 18 January 2027", "the day of the answer", "6.3"),
        (LetterKind.STAGE_2_ACKNOWLEDGEMENT, "at stage 2", "the complaint stage", "6.11"),
        (LetterKind.STAGE_2_ACKNOWLEDGEMENT, "18 January", "the day of the answer", "6.14"),
        (LetterKind.EXTENSION, "The part for the boiler is late.", "why we need longer", "6.4"),
        (LetterKind.EXTENSION, "Tuesday 26 January 2027", "the new day", "6.4"),
        (LetterKind.EXTENSION, "0300 111 3000", "", ""),
        (
            LetterKind.EXTENSION_NOT_AGREED,
            "take",
            "that the resident can go to the Ombudsman",
            "6.5",
        ),
        (LetterKind.FINAL_RESPONSE, "at stage 2", "the complaint stage", "6.19"),
        (LetterKind.FINAL_RESPONSE, "no further stage", "", ""),
        (LetterKind.FINAL_RESPONSE, "take your complaint", "how to go to the Ombudsman", "6.19"),
        (LetterKind.REFUSAL, "not to take your complaint on", "that we do not take it on", "2.4"),
        (LetterKind.REFUSAL, "The part for the boiler is late.", "the reasons", "2.4"),
        (LetterKind.REFUSAL, "take", "that the refusal can go to the Ombudsman", "2.4"),
        (LetterKind.MP_ACKNOWLEDGEMENT, "18 January", "the day of the answer", ""),
        (LetterKind.MP_RESPONSE, DECIDED.words, "an answer", ""),
        (LetterKind.MP_RESPONSE, MATTER.reference, "the reference", "3.7"),
        (LetterKind.OMBUDSMAN_COVER, MATTER.reference, "the reference", "3.7"),
        (LetterKind.COMPLIMENT_THANKS, "Thank", "", ""),
        (LetterKind.COMMENT_NOTED, "told", "who was told", ""),
        (LetterKind.COMMENT_CHANGED, DECIDED.words, "what has changed", ""),
        (LetterKind.HOW_TO_COMPLAIN, "complain", "how to complain", "1.6"),
    ],
)
def test_each_letter_names_what_it_lacks(kind: LetterKind, cut: str, part: str, provision: str):
    found = told(without(kind, cut))
    if part:
        assert found[part] == (Gravity.MISSING, provision)
    else:
        assert Gravity.MISSING not in {gravity for gravity, _ in found.values()}


def test_an_empty_letter_lacks_every_part_at_the_provisions_of_its_stage():
    for kind in LetterKind:
        found = check_letter(drafted(kind, "Oak Homes\n"), redact)
        assert len(found) >= (kind is not LetterKind.RECEIPT)
        assert {p.gravity for p in found} <= {Gravity.MISSING}
    late = told(drafted(LetterKind.EXTENSION, "Oak Homes\n", stage=2))
    assert late["the new day"] == (Gravity.MISSING, "6.15")
    assert late["how to reach the Ombudsman"] == (Gravity.MISSING, "6.16")


def test_a_refusal_says_the_way_out_and_the_contact_apart():
    text = written(LetterKind.REFUSAL).text.split("IF YOU DO NOT AGREE")[0]
    found = told(drafted(LetterKind.REFUSAL, text))
    assert found["how to reach the Ombudsman"] == (Gravity.MISSING, "2.4, 3.7")
    assert found["that the refusal can go to the Ombudsman"] == (Gravity.MISSING, "2.4")


def test_nothing_is_defined_where_the_record_has_no_issues():
    about = About(
        matters=(type(MATTER)(**(vars(MATTER) | {"issues": ()})),), decided=DECIDED, on=ON
    )
    letter = written(LetterKind.RESPONSE)
    draft = make_draft(LetterKind.RESPONSE, letter, letter, about=about, landlord=landlord())
    assert "the complaint as we understand it" in told(draft)


def test_an_issue_of_short_words_is_looked_for_whole():
    matter = type(MATTER)(**(vars(MATTER) | {"issues": ("No gas",)}))
    about = About(matters=(matter,), decided=DECIDED, on=ON)
    letter = LetterText(subject="", text=PROSE)
    draft = make_draft(LetterKind.RESPONSE, letter, letter, about=about, landlord=landlord())
    assert "the complaint as we understand it" in told(draft)


def test_every_point_can_be_decided_in_one_sentence():
    text = PROSE.replace(
        PROSE[PROSE.index("We uphold your") : PROSE.index("I apologise")],
        "We agree with you on both points because our policy says three days.\n\n",
    )
    assert stops(check_letter(drafted(LetterKind.RESPONSE, text), redact)) == ()


def test_nothing_need_be_put_right_where_nothing_is_upheld():
    text = """We write about stage 1. No heating since the first. Nobody rings back.
We do not uphold the first point because our records show heating.
We do not uphold the second because our records show calls.
Nothing is outstanding. You can ask for a review at stage 2. Ombudsman: www.housing-ombudsman.org.uk
Oak Homes"""
    assert stops(check_letter(drafted(LetterKind.RESPONSE, text), redact)) == ()


def test_without_a_contact_of_the_ombudsman_no_letter_has_it():
    nobody = landlord(policy=landlord().policy.model_copy(update={"contacts": ()}))
    letter = written(LetterKind.EXTENSION)
    about = About(matters=(MATTER,), decided=DECIDED, on=ON)
    draft = make_draft(LetterKind.EXTENSION, letter, letter, about=about, landlord=nobody)
    assert told(draft)["how to reach the Ombudsman"] == (Gravity.MISSING, "6.5")


@pytest.mark.parametrize("group", ["TBC", "TBD", "XXX"])
@pytest.mark.parametrize("place", [0, 3])
def test_a_reference_that_spells_a_gap_by_chance_is_none(group: str, place: int):
    """Else about one letter in three thousand would wait for nothing."""
    drawn = iter("2" * place + group + "2" * LENGTH)
    reference = make_reference(lambda _: next(drawn))
    assert group in reference
    matter = replace(MATTER, reference=reference)
    about = About(matters=(matter,), decided=DECIDED, on=ON)
    letter = write_letter(LetterKind.ACKNOWLEDGEMENT, [matter], landlord(), reference, on=ON)
    draft = make_draft(LetterKind.ACKNOWLEDGEMENT, letter, letter, about=about, landlord=landlord())
    assert reference in draft.text
    assert not stops(check_letter(draft, None))


WRONG = [
    pytest.param("Ring Jo on [PHONE 1].", "a placeholder is left", id="of the resident"),
    pytest.param("Dear [insert name],", "a placeholder is left", id="of a form"),
    pytest.param("The work is TBC.", "a placeholder is left", id="unfinished"),
    pytest.param("{{ reason }}", "a placeholder is left", id="of a template"),
    pytest.param("See 222-222-22W.", "another reference", id="reference"),
    pytest.param("We will mend it by 3 January 2026.", "a day that has passed", id="past"),
    pytest.param(
        "Write to info@housing-ombudsman.org.uk", "an old contact of the Ombudsman", id="e-mail"
    ),
    pytest.param("Wait eight weeks first.", "a barrier to the Ombudsman", id="the wait"),
    pytest.param(
        "Only an MP can refer you to the Ombudsman.", "a barrier to the Ombudsman", id="the filter"
    ),
    pytest.param(
        "For stage 2 you must tell us why you want it.", "a barrier to stage 2", id="reasons"
    ),
]


@pytest.mark.parametrize(("added", "part"), WRONG)
def test_what_must_not_go_out_stops_a_letter(added: str, part: str):
    text = written(LetterKind.RESPONSE).text.replace("Oak Homes", f"{added}\n\nOak Homes")
    assert told(drafted(LetterKind.RESPONSE, text))[part][0] is Gravity.WRONG


def test_a_day_past_the_clock_stops_a_letter():
    text = written(LetterKind.EXTENSION).text.replace("26 January 2027", "2 February 2027")
    assert told(drafted(LetterKind.EXTENSION, text))["a day past the clock"] == (
        Gravity.WRONG,
        "6.4, 6.15",
    )


DOUBTFUL = [
    pytest.param("We came on Monday 5 January 2027.", "a wrong day", id="weekday"),
    pytest.param("Dear Mr Jones,", "the name", id="name"),
    pytest.param("You should have rung us.", "words that blame or hurt", id="blame"),
    pytest.param("This was an informal answer.", "an informal lane", id="informal"),
    pytest.param("so " * 30, "a long sentence", id="long"),
    pytest.param(
        "Notwithstanding organisational responsibilities " * 40, "hard to read", id="hard"
    ),
    pytest.param("Ring Mr Peter Brown on 07700 900123.", "somebody's personal data", id="others"),
]


@pytest.mark.parametrize(("added", "part"), DOUBTFUL)
def test_what_a_person_should_look_at_again_stops_nothing(added: str, part: str):
    text = written(LetterKind.RESPONSE).text.replace("Oak Homes", f"{added}\n\nOak Homes")
    problems = check_letter(drafted(LetterKind.RESPONSE, text), redact)
    assert part in {problem.part for problem in problems}
    assert stops(problems) == ()


def test_the_residents_own_words_are_nobodys_blame():
    issue = "You said it was my own fault and called me a liar"
    matter = type(MATTER)(**(vars(MATTER) | {"issues": (issue,)}))
    letter = LetterText(subject="", text=f"WHAT YOU SAID\n1. {issue}\n\nOak Homes\n")
    about = About(matters=(matter,), decided=DECIDED, on=ON)
    draft = make_draft(LetterKind.RESPONSE, letter, letter, about=about, landlord=landlord())
    assert "words that blame or hurt" not in told(draft)


@pytest.mark.parametrize(
    ("day", "doubted"),
    [("23 January 2027", True), ("1 January 2028", True), ("25 January 2027", False)],
    ids=["a Saturday", "New Year's Day", "a Monday"],
)
def test_a_day_off_that_is_promised_is_looked_at_again(day: str, *, doubted: bool):
    text = written(LetterKind.RESPONSE).text.replace("20 January 2027", day)
    problems = check_letter(drafted(LetterKind.RESPONSE, text), redact)
    parts = {problem.part for problem in problems}
    assert ("a promised day that is a day off" in parts) is doubted
    assert stops(problems) == ()


def test_where_no_nation_is_known_no_day_is_off():
    draft = replace(drafted(LetterKind.RESPONSE, "We will come on 23 January 2027."), nation=None)
    assert "a promised day that is a day off" not in told(draft)


def test_a_letter_from_nobody_is_doubtful():
    text = written(LetterKind.RESPONSE).text.replace("Oak Homes", "")
    assert told(drafted(LetterKind.RESPONSE, text))["the landlord"][0] is Gravity.DOUBTFUL


def test_where_nobody_looks_a_letter_to_a_stranger_still_goes():
    problems = check_letter(drafted(LetterKind.NEUTRAL_ACKNOWLEDGEMENT), None)
    assert stops(problems) == ()


def test_where_nobody_looks_for_personal_data_the_check_says_so():
    [problem] = check_letter(drafted(LetterKind.RESPONSE), None)
    assert problem.told.startswith("somebody's personal data: nobody has looked")


def test_personal_data_that_cannot_be_looked_for_in_time_is_doubtful():
    def slow(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
        raise WithheldError(f"{len(text)} {audience} {author} {landlord}")

    [problem] = check_letter(drafted(LetterKind.RESPONSE), slow)
    assert problem.gravity is Gravity.DOUBTFUL


def test_those_who_decided_may_be_named_and_others_are_asked_about():
    def names(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
        assert (audience, author, landlord) == (Audience.STAFF, "", "oak")
        spans = [
            Span(
                start=text.index(name),
                end=text.index(name) + len(name),
                kind="NAME",
                placeholder="",
            )
            for name in ("Asha Bell", "Repairs", "boiler")
        ]
        return Redaction(original=text, spans=tuple(spans))

    [problem] = check_letter(drafted(LetterKind.RESPONSE), names)
    assert "boiler" in problem.says


def test_a_letter_to_a_stranger_with_a_name_in_it_is_wrong():
    text = written(LetterKind.NEUTRAL_ACKNOWLEDGEMENT).text + "Mr Peter Brown, 07700 900123\n"
    draft = drafted(LetterKind.NEUTRAL_ACKNOWLEDGEMENT, text)
    assert told(draft)["somebody's personal data"][0] is Gravity.WRONG


@pytest.mark.parametrize(
    ("line", "days"),
    [
        pytest.param("on Tuesday, 5 January 2027", [date(2027, 1, 5)], id="in words"),
        pytest.param("5th Jan 2027 and 6/1/2027", [date(2027, 1, 5), date(2027, 1, 6)], id="short"),
        pytest.param("by 05.01.2027 or 2027-01-06", [date(2027, 1, 5), date(2027, 1, 6)]),
        pytest.param("31 February 2027, 5 Maybe 2027, 2027-13-01, 40/1/2027", [], id="no day"),
    ],
)
def test_a_day_is_read_as_people_write_it(line: str, days: list[date]):
    assert [found.day for found in find_dates(line)] == days


@pytest.mark.parametrize(
    ("text", "count"),
    [("n/a", 0), ("TBC", 0), ("- as above.", 0), ("...", 0), ("xxx", 0), ("We came.\nnone", 2)],
)
def test_a_form_that_was_not_filled_in_says_nothing(text: str, count: int):
    assert substance(text) == count


def test_a_text_of_no_sentences_is_read_by_everybody():
    assert reading_age("") == 0
    assert reading_age("See it be there. The free people read easily.") < 11


def test_what_a_letter_says_stays_out_of_logs():
    draft = drafted(LetterKind.RESPONSE)
    assert "heating" not in repr(draft)
    assert "heating" not in repr(check_letter(drafted(LetterKind.RESPONSE, "x"), None))


def test_the_outcomes_that_the_checks_know_are_all_there_are():
    assert set(Outcome) == {Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD}
    assert set(LetterKind) > FINAL
