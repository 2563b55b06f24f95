"""A judge trained on a few dozen messages, for tests of everything but how good it is."""

from functools import cache

from classifier.artefact import Trained
from classifier.dataset import Example
from classifier.judge import TrainedJudge
from classifier.labels import Flag, Hazard, Label
from classifier.train import fit

THINGS = ("boiler", "tap", "door", "lift", "fence", "window", "roof", "shower", "gate", "stair")


@cache
def examples() -> tuple[Example, ...]:
    """Six messages on each of ten things, and a hazard on each."""
    return tuple(example for thing in THINGS for example in _about(thing))


def _about(thing: str) -> list[Example]:
    request, complaint = Label.SERVICE_REQUEST, Label.COMPLAINT
    said = {
        f"The {thing} is broken. Can someone come and fix it please?": (request,),
        f"Third time I have rung about the {thing}. Nobody came. Not good enough.": (
            request,
            complaint,
        ),
        f"Your man was rude to my mother about the {thing} and she cried.": (complaint,),
        f"Thank you so much, the lad who did the {thing} was brilliant.": (Label.COMPLIMENT,),
        f"A sign by every {thing} would help everybody. Just an idea.": (Label.COMMENT,),
        f"What are your opening hours for the {thing} office?": (Label.OTHER,),
        f"Strong smell of gas by the {thing}, black mould too.": (request,),
    }
    return [_example(thing, number, text, said[text]) for number, text in enumerate(said)]


def _example(thing: str, number: int, text: str, labels: tuple[Label, ...]) -> Example:
    hazard = "gas" in text
    return Example(
        id=f"{thing}-{number}",
        situation=thing,
        channel="email",
        text=text,
        labels=labels,
        flags=(Flag.EMERGENCY, Flag.DAMP_MOULD) if hazard else (),
        hazards=(Hazard.EXPLOSIONS, Hazard.DAMP_MOULD) if hazard else (),
    )


@cache
def trained() -> Trained:
    """The model that the examples make."""
    return fit(examples(), lambda _: None, name="2026-11-23.a1b2c3", data_hash="a1b2c3")


@cache
def judge() -> TrainedJudge:
    """The judge with that model."""
    return TrainedJudge(trained())
