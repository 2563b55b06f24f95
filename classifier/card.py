"""Tells in Markdown how good the judge is: the words of `heard evaluate` and of its card."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from classifier.evaluate import (
    OUTPUTS,
    Figure,
    Judged,
    count_praised,
    divide,
    draw_curve,
    list_figures,
    measure_output,
)
from classifier.labels import Flag, Label
from classifier.measures import (
    RESAMPLINGS,
    Score,
    average_precision,
    calibration_error,
    find_interval,
    macro_f1,
)
from classifier.thresholds import CRITICAL

SCORE_HEADS = ["output", "messages", "precision", "recall", "F1"]
#: What a person wrote in the card, from this heading on, stays.
TRIED = "## What was tried"
BEFORE = """\
# The judge of messages: model card

Written by `heard evaluate --card`; the last section by hand.

## What it is for
It proposes to staff of social landlords what a resident's message is (service request, complaint,
compliment, comment or other), what must not be missed in it (emergency, safeguarding, a claim ...),
and how sure it is of dissatisfaction. People decide; nothing is refused, closed or sent because of
it. It is not for ranking residents or staff, nor for text that residents did not write.

## What it is
Words, letters, outlines of sentences and concepts, weighed by rarity, with named rules, in a
logistic regression for each output; probabilities are calibrated on situations that the model had
not seen.
It reads English. What it cannot read it leaves to a person, and says why.

## How good it is
"""


def tell(judged: Judged) -> Iterator[str]:
    """Say in Markdown how good the judge is, as a whole and by kinds of message."""
    situations, complaints = len(set(judged.situations)), int(judged.complaint.sum())
    yield f"{len(judged.examples)} messages in {situations} situations, {complaints} complaints."
    yield f"Intervals hold 95 % of {RESAMPLINGS} draws of situations with replacement."
    yield ""
    figures = list_figures(judged)
    rows = [(figure.name, *_with_interval(judged, figure)) for figure in figures]
    yield from _table(["measure", "figure", "95 %"], rows)
    yield from _tell_labels(judged)
    yield from _tell_flags(judged)
    yield "### Complaints found against messages marked"
    yield ""
    curve = [(f"{share:.0%}", f"{recall:.3f}") for share, recall in draw_curve(judged)]
    yield from _table(["likeliest share of all", "complaints among them"], curve)
    yield "### By kind of message"
    yield ""
    heads = ["kind", "messages", "macro-F1", "complaints noticed", "asked about"]
    yield from _table(heads, (_tell_part(name, part) for name, part in divide(judged)))
    sarcastic, praised, unasked = count_praised(judged)
    yield f"Of {sarcastic} sarcastic messages {praised} are called a compliment and no complaint;"
    yield f"about {unasked} of them staff are not asked."


def write_card(old: str, heading: str, lines: Sequence[str]) -> str:
    """Return the model card with new figures; what a person wrote about what was tried stays."""
    _, found, kept = old.partition(TRIED)
    tried = found + kept if found else f"{TRIED}\n"
    return "\n".join([BEFORE + f"Model {heading}.\n", *lines, "", tried])


def _with_interval(judged: Judged, figure: Figure) -> tuple[str, str]:
    everything = np.arange(len(judged.examples))
    low, high = find_interval(figure.measure, judged.situations)
    return f"{figure.measure(everything):.3f}", f"{low:.3f} to {high:.3f}"


def _tell_labels(judged: Judged) -> Iterator[str]:
    yield "### Labels"
    yield ""
    rows = []
    for column, label in enumerate(Label):
        chances, truth = judged.chances(label), judged.truth[:, column]
        ranked = (average_precision(chances, truth), calibration_error(chances, truth))
        rows.append((*_tell_score(label, judged.score(label)), *(f"{r:.3f}" for r in ranked)))
    heads = [*SCORE_HEADS, "average precision", "calibration error"]
    yield from _table(heads, rows)


def _tell_flags(judged: Judged) -> Iterator[str]:
    yield "### Flags and hazards"
    yield ""
    rows = [_tell_score(output, judged.score(output)) for output in OUTPUTS[len(Label) :]]
    yield from _table(SCORE_HEADS, rows)
    yield "Those that must not be missed:"
    yield ""
    critical = [f"flag:{flag}" for flag in Flag if f"flag:{flag}" in CRITICAL]
    rows = []
    for output in critical:
        precision, recall = measure_output(judged, output)
        rows.append((output, *_with_interval(judged, recall), *_with_interval(judged, precision)))
    yield from _table(["output", "recall", "95 %", "precision", "95 %"], rows)


def _tell_score(name: str, score: Score) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return str(name), str(score.right + score.missed), *shares


def _tell_part(name: str, part: Judged) -> tuple[str, ...]:
    labels = len(Label)
    noticed = part.noticed[part.complaint]
    return (
        name,
        str(len(part.examples)),
        f"{macro_f1(part.found[:, :labels], part.truth[:, :labels]):.3f}",
        f"{noticed.mean():.3f} of {len(noticed)}" if len(noticed) else "none",
        f"{part.noticed.mean():.3f}",
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
