import pytest

from classifier.doubt import find_doubt, find_reason
from classifier.judge import read
from classifier.labels import History, Text


@pytest.mark.parametrize(
    ("text", "known", "cued", "doubt"),
    [
        pytest.param("", 0.0, False, "nothing is written", id="empty"),
        pytest.param(" \n ", 0.0, False, "nothing is written", id="blank"),
        pytest.param("😀 👏", 0.0, False, "no words", id="emoji only"),
        pytest.param("Привет, нет воды", 0.0, False, "another alphabet", id="Cyrillic"),
        pytest.param("mon chauffage est en panne", 0.3, False, "not English", id="French"),
        pytest.param("nikt nie przyjechał do mnie", 0.7, False, "not English", id="Polish"),
        pytest.param("the lift is banjaxed again", 0.7, False, "", id="English, words unknown"),
        pytest.param("naïve café owner here", 1.0, False, "", id="Latin with accents"),
        pytest.param("brava zuppa", 0.0, False, "too short to judge", id="few words"),
        pytest.param("gas leak", 1.0, True, "", id="few words but a cue"),
        pytest.param("the tap has dripped again", 1.0, False, "", id="no doubt"),
    ],
)
def test_what_a_person_must_look_at(text: str, known: float, doubt: str, *, cued: bool):
    document = read(Text(words=text)).document
    assert find_doubt(text, document, known=known, cued=cued) == doubt


@pytest.mark.parametrize(
    ("history", "asked"),
    [
        pytest.param(History(contacts=2, open_request=True, overdue=True), True, id="second"),
        pytest.param(History(contacts=1, open_request=True, overdue=True), False, id="first"),
        pytest.param(History(contacts=5, open_request=True), False, id="not overdue"),
        pytest.param(History(), False, id="none"),
    ],
)
def test_a_second_chaser_on_an_overdue_job_is_asked_about(history: History, *, asked: bool):
    assert bool(find_reason(history)) is asked
