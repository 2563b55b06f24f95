import pytest
from hypothesis import given, strategies as st

from classifier.labels import Evidence, Flag, Hazard, Label, RedactedText, Redaction, Span
from intake.domain.case import Kind
from intake.domain.triage import (
    CHOICES,
    KIND_OF,
    LONGEST_FIELD,
    NOT_STATED,
    IncompleteError,
    decision,
    is_blind,
    is_hazard,
    issues_of,
    kinds_of,
    outcome_of,
)
from tests.builders import WORDS, assessment

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def evidence(words: str, sentence: str, label: Label = Label.COMPLAINT) -> Evidence:
    start = words.index(sentence)
    return Evidence(label=label, sentence=sentence, start=start, end=start + len(sentence))


def hidden(words: str, secret: str) -> Redaction:
    start = words.index(secret)
    span = Span(start=start, end=start + len(secret), kind="PHONE", placeholder="[PHONE 1]")
    return Redaction(original=words, spans=(span,))


@pytest.mark.parametrize(
    ("labels", "kinds"),
    [
        pytest.param([Label.COMPLIMENT, Label.COMPLAINT], (Kind.COMPLAINT, Kind.COMPLIMENT)),
        pytest.param(
            [Label.SERVICE_REQUEST, Label.COMPLAINT], (Kind.COMPLAINT, Kind.SERVICE_REQUEST)
        ),
        pytest.param([Label.COMMENT, Label.COMMENT], (Kind.COMMENT,)),
        pytest.param([Label.OTHER], (Kind.ENQUIRY,)),
    ],
    ids=str,
)
def test_a_message_opens_a_case_of_each_kind_complaints_first(
    labels: list[Label], kinds: tuple[Kind, ...]
):
    assert kinds_of(assessment(*labels, evidence=())) == kinds


def test_no_label_is_dropped():
    assert set(KIND_OF) == set(Label)
    assert {*KIND_OF.values(), Kind.DP_COMPLAINT} == set(CHOICES)


def test_dissatisfaction_in_a_survey_is_a_comment_and_no_complaint():
    found = assessment(Label.COMPLAINT, Label.COMPLIMENT)
    assert kinds_of(found, survey=True) == (Kind.COMPLIMENT, Kind.COMMENT)
    assert kinds_of(found) == (Kind.COMPLAINT, Kind.COMPLIMENT)


@pytest.mark.parametrize(
    ("raised", "hazard"),
    [
        pytest.param({"hazards": (Hazard.FALLS,)}, True, id="a hazard"),
        pytest.param({"flags": {Flag.EMERGENCY: 0.9}}, True, id="an emergency"),
        pytest.param({"flags": {Flag.DAMP_MOULD: 0.9, Flag.ASB: 1.0}}, False, id="other flags"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_a_hazard_is_told_from_what_can_wait(raised: dict[str, object], *, hazard: bool):
    assert is_hazard(assessment(**raised)) is hazard


def test_the_issues_are_the_sentences_of_dissatisfaction_a_line_each():
    words = "Nobody came.The tap drips. You\n never ring  back!"
    found = assessment(
        evidence=(
            evidence(words, "Nobody came."),
            evidence(words, "The tap drips.", Label.SERVICE_REQUEST),
            evidence(words, "You\n never ring  back!"),
            evidence(words, "Nobody came."),
            Evidence(label=Label.COMPLAINT, sentence="", start=3, end=3),
        )
    )
    issues = issues_of(Redaction(original=words), found)
    assert issues == "Nobody came.\nYou never ring back!"
    assert isinstance(issues, RedactedText)


def test_without_a_deciding_sentence_the_whole_text_is_the_issue():
    found = assessment(Label.SERVICE_REQUEST)
    assert issues_of(Redaction(original=WORDS), found) == WORDS


def test_what_is_hidden_stays_hidden_in_what_is_filled_in():
    words = "Nobody rings 07700 900123. Please ring 07700 900123 now."
    found = assessment(evidence=(evidence(words, "rings 07700"),))
    redaction = hidden(words, "07700 900123")
    assert issues_of(redaction, found) == "rings [PHONE 1]"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        pytest.param(
            "It is damp. Please send somebody! I want it gone. Bye.",
            "Please send somebody! I want it gone.",
            id="what is asked for",
        ),
        pytest.param("It is damp. can somebody come?", "can somebody come?", id="small letters"),
        pytest.param("I'd like a new door.", "I'd like a new door.", id="a straight apostrophe"),
        pytest.param(
            f"I{APOSTROPHE}d like a new door.",
            f"I{APOSTROPHE}d like a new door.",
            id="a phone's apostrophe",
        ),
        pytest.param("It is damp.", NOT_STATED, id="nothing asked for"),
        pytest.param("I am displeased.", NOT_STATED, id="a word inside another"),
        pytest.param("", NOT_STATED, id="nothing said"),
    ],
)
def test_the_outcome_is_what_the_text_asks_for(words: str, outcome: str):
    assert outcome_of(Redaction(original=words)) == outcome


def test_a_number_in_what_is_asked_for_is_hidden():
    words = "It is damp. Please ring 07700 900123."
    assert outcome_of(hidden(words, "07700 900123")) == "Please ring [PHONE 1]."


def test_what_is_filled_in_fits_its_field():
    words = "Please come. " * 1000
    assert len(outcome_of(Redaction(original=words))) == LONGEST_FIELD


def test_a_decision_on_a_complaint_says_what_it_is_about():
    made = decision(
        [Kind.SERVICE_REQUEST, Kind.COMPLAINT],
        issues=" - No heating\n\n• Nobody came \n",
        outcome=" Mend it ",
        not_responsible=" The road ",
    )
    assert made.kinds == (Kind.COMPLAINT, Kind.SERVICE_REQUEST)
    assert made.definition is not None
    assert made.definition.issues == ("No heating", "Nobody came")
    assert made.definition.outcome == "Mend it"
    assert made.definition.not_responsible == "The road"


def test_a_decision_without_a_complaint_needs_no_definition():
    made = decision([Kind.COMMENT, Kind.COMPLIMENT], issues="left over", outcome="left over")
    assert made.kinds == (Kind.COMPLIMENT, Kind.COMMENT)
    assert made.definition is None


@pytest.mark.parametrize(
    ("kinds", "filled", "missing"),
    [
        pytest.param([], {}, {"kinds"}, id="no kind"),
        pytest.param([Kind.COMPLAINT], {}, {"issues", "outcome"}, id="a complaint of nothing"),
        pytest.param([Kind.COMPLAINT], {"issues": "x"}, {"outcome"}, id="no outcome"),
        pytest.param([Kind.COMPLAINT], {"outcome": "x"}, {"issues"}, id="no issue"),
        pytest.param(
            [Kind.COMPLAINT],
            {"issues": "- \n•\n", "outcome": "\n"},
            {"issues", "outcome"},
            id="bullets only",
        ),
        pytest.param(
            [Kind.COMPLAINT],
            {"issues": "\0", "outcome": "\x1b"},
            {"issues", "outcome"},
            id="control characters",
        ),
    ],
)
def test_a_decision_that_lacks_something_is_refused_by_field(
    kinds: list[Kind], filled: dict[str, str], missing: set[str]
):
    with pytest.raises(IncompleteError) as refused:
        decision(kinds, **filled)
    assert set(refused.value.fields) == missing
    assert str(refused.value) == "; ".join(refused.value.fields.values())


@given(st.text(), st.text(), st.text())
def test_whatever_staff_paste_can_be_kept_and_read_back_the_same(
    issues: str, outcome: str, not_ours: str
):
    try:
        made = decision([Kind.COMPLAINT], issues=issues, outcome=outcome, not_responsible=not_ours)
    except IncompleteError:
        return
    assert made.definition is not None
    again = decision(
        [Kind.COMPLAINT],
        issues="\n".join(made.definition.issues),
        outcome=made.definition.outcome,
        not_responsible=made.definition.not_responsible,
    )
    assert again == made
    assert "\0" not in "".join((*made.definition.issues, made.definition.outcome))


def test_the_words_of_a_decision_stay_out_of_logs():
    made = decision([Kind.COMPLAINT], issues="Asthma", outcome="Move us")
    assert "Asthma" not in repr(made)


def test_one_message_in_twenty_is_decided_blind_but_none_of_the_first():
    assert not any(is_blind(number) for number in range(1, 101))
    share = sum(is_blind(number) for number in range(101, 10_101)) / 10_000
    assert 0.04 < share < 0.06


def test_an_issue_of_unseen_signs_is_none():
    with pytest.raises(IncompleteError, match="one issue a line"):
        decision([Kind.COMPLAINT], issues="•\u00a0\n-\u2003", outcome="Send somebody")
