from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from classifier.artefact import ArtefactError, save
from classifier.judge import TrainedJudge, load_judge
from classifier.labels import Assessment, Band, Flag, Hazard, History, Label, Text
from tests.classifier.small_model import judge, trained


def judged(words: str, *, subject: str = "", history: History | None = None) -> Assessment:
    return judge()([Text(words=words, subject=subject, history=history or History())])[0]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("The sink is broken. Can someone come and fix it please?", {Label.SERVICE_REQUEST}),
        (
            "Third time I have rung about the sink. Nobody came. Not good enough.",
            {Label.SERVICE_REQUEST, Label.COMPLAINT},
        ),
        ("Your man was rude to my mother about the sink and she cried.", {Label.COMPLAINT}),
        ("Thank you so much, the lad who did the sink was brilliant.", {Label.COMPLIMENT}),
        ("A sign by every sink would help everybody. Just an idea.", {Label.COMMENT}),
        ("What are your opening hours for the tap office?", {Label.OTHER}),
    ],
)
def test_a_text_is_judged_by_what_training_taught(words: str, labels: set[Label]):
    assert set(judged(words).labels) == labels


def test_the_band_is_marked_exactly_with_a_complaint():
    assert judged("Nobody came. Not good enough.").band is Band.MARKED
    assert judged("What are your opening hours?").band is Band.UNMARKED


def test_an_assessment_names_its_model_and_gives_all_probabilities():
    assessment = judged("The tap is broken.")
    assert assessment.model == "2026-11-23.a1b2c3"
    assert set(assessment.probabilities) == set(Label)


def test_flags_and_hazards_are_raised_by_cues_that_training_never_saw():
    assessment = judged("What are your opening hours? There are sparks from the socket here.")
    assert Flag.EMERGENCY in assessment.flags
    assert Hazard.FIRE in assessment.hazards


def test_two_cues_together_raise_what_neither_does_alone():
    assert Flag.EMERGENCY not in judged("my mother is 91 and frail").flags
    assert Flag.EMERGENCY in judged("no heating, my mother is 91 and frail").flags


def test_a_cue_of_dissatisfaction_makes_it_at_least_possible():
    words = "What are your opening hours? I would like to make a formal complaint."
    assessment = judged(words)
    assert assessment.band is Band.POSSIBLE
    assert assessment.evidence[-1].sentence == "I would like to make a formal complaint."
    assert assessment.evidence[-1].cues[0] == "says it is a complaint"


def test_praise_that_is_not_meant_is_a_complaint():
    words = "Thank you so much, the lad who did the tap was brilliant. Week nine and counting."
    assessment = judged(words)
    assert Label.COMPLAINT in assessment.labels
    assert Label.COMPLIMENT not in assessment.labels


def test_evidence_is_the_sentence_that_decided():
    words = "The tap drips. Nobody came, third time I have rung about it!  Thanks"
    evidence = {e.label: e for e in judged(words).evidence}
    found = evidence[Label.COMPLAINT]
    assert found.sentence == words[found.start : found.end]
    assert found.sentence == "Nobody came, third time I have rung about it!"
    assert "repeated contact without result" in found.cues


def test_evidence_without_a_rule_names_the_words_that_weighed():
    evidence = judged("sign by the shed").evidence[0]
    assert evidence.cues
    assert all(len(cue.split()) <= 2 for cue in evidence.cues)


def test_possible_dissatisfaction_has_evidence_too():
    chased = History(contacts=3, open_request=True, overdue=True)
    assessment = judged("What are your opening hours?", history=chased)
    assert assessment.band is Band.POSSIBLE
    assert assessment.evidence[-1].label is Label.COMPLAINT
    assert assessment.evidence[-1].cues[0] == "chases an overdue job again"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "nothing is written"),
        ("🙄🙄", "no words"),
        ("Привет, нет воды", "another alphabet"),
        ("mon chauffage est encore en panne aujourd'hui", "not English"),
    ],
)
def test_what_cannot_be_read_is_left_to_a_person(words: str, reason: str):
    assessment = judged(words)
    assert assessment.labels == (Label.OTHER,)
    assert assessment.band is Band.POSSIBLE
    assert assessment.evidence[-1].cues[0] == reason


def test_a_quotation_decides_nothing():
    own = "What are your opening hours for the tap office?"
    quoted = f"{own}\n\n> Nobody came. Third time I have rung. Not good enough."
    assert judged(quoted).probabilities == judged(own).probabilities


def test_a_subject_counts_but_is_no_evidence():
    with_subject = judged("The tap.", subject="Strong smell of gas")
    assert Flag.EMERGENCY in with_subject.flags
    assert Flag.EMERGENCY not in judged("The tap.").flags
    assert {evidence.sentence for evidence in with_subject.evidence} == {"The tap."}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_is_judged(words: str, subject: str):
    assessment = judged(words, subject=subject)
    assert assessment.labels
    for evidence in assessment.evidence:
        assert evidence.sentence == words[evidence.start : evidence.end]


def test_texts_are_judged_in_order_and_each_alone():
    texts = [Text(words=words) for words in ("The tap is broken.", "", "Nobody came.")]
    assert judge()(texts) == [judge()([text])[0] for text in texts]


def test_a_judge_is_loaded_from_its_folder(tmp_path: Path):
    save(trained(), tmp_path)
    text = [Text(words="Nobody came to mend the tap.")]
    assert load_judge(tmp_path)(text) == judge()(text)


def test_a_model_made_for_other_cues_is_refused():
    model = replace(trained().model, weights=np.zeros((3, len(trained().model.outputs))))
    with pytest.raises(ArtefactError, match="heard train"):
        TrainedJudge(replace(trained(), model=model))


def test_praise_that_may_be_irony_is_a_complaint():
    doubting = replace(trained(), thresholds={**trained().thresholds, "irony": 0.0})
    praise = Text(words="Thank you so much, the lad who did the sink was brilliant.")
    [sure], [doubted] = judge()([praise]), TrainedJudge(doubting)([praise])
    assert (sure.labels, sure.band) == ((Label.COMPLIMENT,), Band.UNMARKED)
    assert (doubted.labels, doubted.band) == ((Label.COMPLAINT,), Band.MARKED)
