"""A judge that reads a few words, for tests of what is measured of it."""

from collections.abc import Sequence

from classifier.dataset import Example
from classifier.evaluate import Judged, judge_all
from classifier.labels import Assessment, Band, Flag, Label, Text

EXAMPLE = Example(
    id="a", situation="tap", channel="chat", text="Nobody came", labels=(Label.COMPLAINT,)
)


def keyword_judge(texts: Sequence[Text]) -> list[Assessment]:
    """Marks whatever says nobody, praises whatever says lovely."""
    return [_assess(text.words) for text in texts]


def _assess(words: str) -> Assessment:
    marked = "Nobody" in words
    label = Label.COMPLAINT if marked else Label.COMPLIMENT if "lovely" in words else Label.OTHER
    return Assessment(
        labels=(label,),
        band=Band.MARKED if marked else Band.UNMARKED,
        model="keywords",
        probabilities={known: 0.9 if known is label else 0.1 for known in Label},
        flags={Flag.ASB: 0.8} if "noise" in words else {},
    )


def judged(*examples: Example) -> Judged:
    """What that judge makes of examples."""
    return judge_all(keyword_judge, examples)
