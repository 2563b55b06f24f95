from pathlib import Path

import pytest

from classifier.cues import Cue, CueError, CueFinder, compile_phrase, load_cues
from classifier.labels import Flag, Hazard
from classifier.normalise import tokens, words_of

OURS = load_cues()


def hits(text: str) -> set[str]:
    return {OURS[number].name for number in CueFinder(OURS).find(words_of(tokens(text)))}


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        pytest.param("gas leak", "gas leak ", True, id="words"),
        pytest.param("gas leak", "gas leaks ", False, id="whole words only"),
        pytest.param("gas|water leak*", "water leaking ", True, id="either, and a beginning"),
        pytest.param("no ~2 water", "no hot running water ", True, id="a gap"),
        pytest.param("no ~2 water", "no hot and cold water ", False, id="too wide a gap"),
        pytest.param("no a? water", "no water ", True, id="may be missing"),
        pytest.param("why ?", "why ? ", True, id="a question mark"),
    ],
)
def test_a_phrase_matches_tokens(phrase: str, text: str, *, matches: bool):
    assert bool(compile_phrase(phrase).match(text)) is matches


@pytest.mark.parametrize("phrase", ["~2 water", "a? leak", "ga* leak"])
def test_a_phrase_that_cannot_be_looked_up_is_refused(phrase: str):
    with pytest.raises(CueError):
        compile_phrase(phrase)


def test_a_negation_cancels_a_cue_that_must_be_affirmed():
    cue = Cue(name="a smell", phrases=("smell of gas",), affirmed=True)
    finder = CueFinder([cue])
    assert finder.find(["a", "smell", "of", "gas"]) == {0}
    assert finder.find(["there", "is", "no", "smell", "of", "gas"]) == set()
    assert finder.find(["not", "here", "but", "there", "is", "a", "smell", "of", "gas"]) == {0}


def test_rules_are_read_from_a_file(tmp_path: Path):
    file = tmp_path / "cues.txt"
    file.write_text(
        "# a remark\n\na leak [reason possible flag:emergency hazard:fire affirmed]\n    leak*\n"
    )
    assert load_cues(file) == (
        Cue(
            name="a leak",
            phrases=("leak*",),
            reason=True,
            possible=True,
            flags=(Flag.EMERGENCY,),
            hazards=(Hazard.FIRE,),
            affirmed=True,
        ),
    )


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param("    a phrase first\n", id="a phrase of no rule"),
        pytest.param("a leak []\nleaks\n", id="neither head nor phrase"),
        pytest.param("a leak []\n  x\na leak []\n  y\n", id="a name twice"),
        pytest.param("a leak [flag:emergancy]\n  x\n", id="it does what nothing does"),
    ],
)
def test_rules_that_cannot_be_read_are_refused(rules: str, tmp_path: Path):
    file = tmp_path / "cues.txt"
    file.write_text(rules)
    with pytest.raises(CueError):
        load_cues(file)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I want to make a formal complaint", "says it is a complaint"),
        ("that's the third time I've rung", "repeated contact without result"),
        ("I dont like to complain but the tap drips", "says it is not a complaint, but"),
        ("it is simply not good enough", "not good enough"),
        ("please take my complaint to stage 2", "stage 2 wanted"),
        ("there is a strong smell of gas", "gas or carbon monoxide"),
        ("sparks are coming from the socket", "fire or burning"),
        ("bare wires in the hall", "dangerous electrics"),
        ("we are instructed by our client, solicitors", "solicitor or claim"),
        ("my constituent has asked for help", "MP or councillor writes or is copied"),
        ("this is a subject access request", "data request"),
        ("I want to end my life", "abuse, self-harm or somebody at risk"),
        ("black mould on the wall", "damp or mould"),
    ],
)
def test_our_rules_find_what_must_not_depend_on_training(text: str, name: str):
    assert name in hits(text)


def test_what_is_denied_is_no_complaint():
    assert "says it is a complaint" not in hits("I do not want to make a complaint")
