"""Judges texts with a trained model: what each asks for, how sure that is, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.artefact import ArtefactError, Trained, default_artefact, load
from classifier.chances import IRONY
from classifier.concepts import Concepts
from classifier.cues import Cue, CueFinder, load_cues
from classifier.doubt import UNREADABLE, find_doubt, find_reason
from classifier.explain import find_reasons
from classifier.kinds import Kinds
from classifier.labels import Assessment, Band, Evidence, Flag, Hazard, Label, Text
from classifier.normalise import Place, find_sentences, tokens, words_of
from classifier.particulars import NOBODY, Particulars
from classifier.scorer import Document, Scorer, Scores, word_grams

#: The four that a text can be at once; `other` is what is none of them.
FOUR = (Label.SERVICE_REQUEST, Label.COMPLAINT, Label.COMPLIMENT, Label.COMMENT)
LONGEST_SUBJECT = 1_000
#: Cues that together raise a flag which neither raises alone (Awaab's Law, emergency hazards).
TOGETHER = (
    ("no heating, hot water, power or water", "illness, age, infant or need", Flag.EMERGENCY),
    ("cannot be secured", "illness, age, infant or need", Flag.EMERGENCY),
    ("damp or mould", "cannot breathe", Flag.EMERGENCY),
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A text as the model takes it: its own sentences, then its subject if it has one."""

    places: tuple[Place, ...]
    document: Document


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A text read and scored, and the reason for which a person must look at it, if any."""

    text: Text
    reading: Reading
    scores: Scores
    reason: str


def read(text: Text, particulars: Particulars = NOBODY) -> Reading:
    """Return a text as sentences of tokens, with where in it each sentence lies.

    Names are masked; a sentence that only tells who or where is left out, unless all do.
    """
    found = [(place, text.words[slice(*place)]) for place in find_sentences(text.words)]
    masked = [(place, said, particulars.mask(tokens(said))) for place, said in found]
    telling = [one for one in masked if _tells(particulars, *one[1:])] or masked
    document = [words for _, _, words in telling]
    subject = text.subject[:LONGEST_SUBJECT]
    words = particulars.mask(tokens(subject))
    if words and _tells(particulars, subject, words):
        document.append(words)
    return Reading(places=tuple(place for place, _, _ in telling), document=document)


def _tells(particulars: Particulars, said: str, words: Sequence[str]) -> bool:
    """Say whether a sentence tells more than who or where somebody is."""
    return not particulars.are_all(words_of(words), said)


def load_judge(directory: Path | None = None) -> "TrainedJudge":
    """Return the judge whose model lies in a folder, ours by default.

    Raises:
        ArtefactError: there is no model, or it was made for other cues.
    """
    return TrainedJudge(load(directory or default_artefact()))


class TrainedJudge:
    """Judges texts, one assessment for each, in order; the same text always the same."""

    def __init__(self, trained: Trained) -> None:
        model = trained.model
        self._cues = load_cues()
        if len(model.weights) != len(model.idf) + len(self._cues):
            raise ArtefactError("the model was made for other cues: run `heard train`")
        #: The name of its model, as each assessment carries it.
        self.name = trained.name
        self._trained = trained
        self._scorer = Scorer(model, CueFinder(self._cues), Kinds(), Concepts())

    def __call__(self, texts: Sequence[Text]) -> list[Assessment]:
        """Return the assessment of each text."""
        return [self._assess(text) for text in texts]

    def find_unseen(self, words: str) -> float:
        """Return what share of a text's words and pairs of words training has not seen."""
        grams = [
            g for sentence in self._read(Text(words=words)).document for g in word_grams(sentence)
        ]
        seen = sum(gram in self._trained.model.words for gram in grams)
        return 1 - seen / len(grams) if grams else 0.0

    def _assess(self, text: Text) -> Assessment:
        reading = self._read(text)
        scores = self._scorer.score(reading.document)
        cues = [self._cues[number] for number in sorted(frozenset().union(*scores.cues))]
        doubt = find_doubt(text.words, reading.document, known=scores.known, cued=bool(cues))
        reason = doubt or find_reason(text.history)
        chances = self._chances(scores, text.channel)
        for output in _raised_by(cues):
            chances[output] = max(chances[output], self._trained.thresholds[output])
        ironic = any(cue.ironic for cue in cues) or self._reaches(chances, IRONY)
        labels = (Label.OTHER,) if doubt in UNREADABLE else self._propose(chances, ironic=ironic)
        asked = bool(reason) or any(cue.possible for cue in cues)
        band = self._band(labels, chances, asked=asked)
        judged = _Judged(text=text, reading=reading, scores=scores, reason=reason)
        return Assessment(
            labels=labels,
            band=band,
            model=self.name,
            probabilities={label: chances[label] for label in Label},
            flags={f: chances[f"flag:{f}"] for f in Flag if self._reaches(chances, f"flag:{f}")},
            hazards=tuple(h for h in Hazard if self._reaches(chances, f"hazard:{h}")),
            evidence=tuple(self._explain(judged, labels, band)),
        )

    def _read(self, text: Text) -> Reading:
        return read(text, self._trained.particulars)

    def _chances(self, scores: Scores, channel: str) -> dict[str, float]:
        """Return calibrated probabilities by the name of the output."""
        chances = self._trained.calibration.chances(scores.whole[np.newaxis], [channel])[0]
        return dict(zip(self._trained.model.outputs, chances.tolist(), strict=True))

    def _reaches(self, chances: Mapping[str, float], output: str) -> bool:
        return chances[output] >= self._trained.thresholds[output]

    def _propose(self, chances: Mapping[str, float], *, ironic: bool) -> tuple[Label, ...]:
        """Return the likeliest label, and with it those that reach their thresholds.

        `other` stands alone; praise that may not be meant is a complaint (labelling guide, R10): a
        grievance taken for thanks would not be answered.
        """
        labels = {max(Label, key=chances.__getitem__)}
        if Label.OTHER not in labels:
            labels |= {label for label in FOUR if self._reaches(chances, label)}
        if ironic and Label.COMPLIMENT in labels and Label.COMPLAINT not in labels:
            labels = labels - {Label.COMPLIMENT} | {Label.COMPLAINT}
        return tuple(label for label in Label if label in labels)

    def _band(self, labels: Sequence[Label], chances: Mapping[str, float], *, asked: bool) -> Band:
        """Return whether dissatisfaction is marked, or staff are asked about it, or neither."""
        if Label.COMPLAINT in labels:
            return Band.MARKED
        doubtful = asked or chances[Label.COMPLAINT] >= self._trained.possible
        return Band.POSSIBLE if doubtful else Band.UNMARKED

    def _explain(self, judged: _Judged, labels: Sequence[Label], band: Band) -> Iterator[Evidence]:
        """Give for each label, and for dissatisfaction that is possible, its sentence."""
        for label in (*labels, Label.COMPLAINT) if band is Band.POSSIBLE else labels:
            reasons = [judged.reason] if judged.reason and label is Label.COMPLAINT else []
            start, end = 0, 0
            if judged.reading.places:
                number = self._find_sentence(judged, label)
                start, end = judged.reading.places[number]
                reasons += self._find_reasons(judged, number, label)
            yield Evidence(
                label=label,
                sentence=judged.text.words[start:end],
                start=start,
                end=end,
                cues=tuple(reasons),
            )

    def _find_sentence(self, judged: _Judged, label: Label) -> int:
        """Return the sentence that speaks most for a label, by a rule for complaint if one hit."""
        count = min(len(judged.reading.places), len(judged.scores.without))
        ruled = [n for n in range(count) if self._speaking(judged, n, label)]
        among = ruled or range(count)
        output = self._trained.model.outputs.index(label)
        return min(among, key=lambda n: float(judged.scores.without[n, output]))

    def _find_reasons(self, judged: _Judged, number: int, label: Label) -> list[str]:
        ruled = self._speaking(judged, number, label)
        cues = {cue: self._cues[cue] for cue in sorted(judged.scores.cues[number])}
        others = find_reasons(
            self._trained.model,
            judged.reading.document[number],
            cues,
            self._trained.model.outputs.index(label),
        )
        return [*ruled, *(reason for reason in others if reason not in ruled)]

    def _speaking(self, judged: _Judged, number: int, label: Label) -> list[str]:
        """Return the rules in a sentence that make dissatisfaction possible by themselves."""
        if label is not Label.COMPLAINT:
            return []
        cues = (self._cues[cue] for cue in sorted(judged.scores.cues[number]))
        return [cue.name for cue in cues if cue.possible]


def _raised_by(cues: Sequence[Cue]) -> Iterable[str]:
    """Return the flags and hazards for which the cues, alone or together, speak."""
    names = {cue.name for cue in cues}
    for cue in cues:
        yield from (f"hazard:{hazard}" for hazard in cue.hazards)
        yield from (f"flag:{flag}" for flag in cue.flags)
    for one, other, flag in TOGETHER:
        if {one, other} <= names:
            yield f"flag:{flag}"
