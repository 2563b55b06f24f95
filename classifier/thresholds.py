"""Chooses from which probability an output is proposed, on texts that the model has not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.chances import IRONY
from classifier.labels import Flag, Label
from classifier.scorer import Array

Truth = NDArray[np.bool_]

#: Flags that must not be missed: nearly all of them are to be found, as long as this share of those
#: raised is right. Where not both can be had, a missed emergency or a person at risk is worse than
#: a false alarm.
CRITICAL = {
    f"flag:{Flag.EMERGENCY}": 0.5,
    f"flag:{Flag.SAFEGUARDING}": 0.5,
    f"flag:{Flag.DATA_REQUEST}": 0.5,
    f"flag:{Flag.STAGE_2}": 0.6,
    f"flag:{Flag.LEGAL_CLAIM}": 0.6,
    f"flag:{Flag.MP_COUNCILLOR}": 0.6,
}
CRITICAL_RECALL = 0.97
#: A missed complaint costs as much as twenty false ones; no more than 3 % may be missed, and staff
#: are asked about less than half of all messages, with some to spare, if that can be had too.
MISS_COST, RECALL_FLOOR, MOST_ASKED = 20, 0.97, 0.45
EVEN = 0.5
#: Of grievances in the words of praise, which the labels alone would take for praise, so many are
#: to be recognised.
MOST_IRONY = 0.6


def choose_thresholds(outputs: Sequence[str], chances: Array, truth: Truth) -> dict[str, float]:
    """Return the probability from which each output is proposed: for labels, more likely than not.

    Cuts fitted to the labels' F1 gained nothing on situations that they were not fitted to.
    """
    chosen = {o: _choose(o, chances[:, n], truth[:, n]) for n, o in enumerate(outputs)}
    if IRONY in chosen:
        chosen[IRONY] = _choose_irony(list(outputs), chances, truth)
    return chosen


def choose_possible(outputs: Sequence[str], chances: Array, truth: Truth) -> float:
    """Return from which probability of complaint a person is asked.

    It is the cheapest cut that misses few and asks about few, or else the highest that misses few.
    """
    number = list(outputs).index(Label.COMPLAINT)
    cuts, found, wrong = _sweep(chances[:, number], truth[:, number])
    total = truth[:, number].sum()
    enough = found >= RECALL_FLOOR * total
    few = enough & (found + wrong <= MOST_ASKED * len(cuts))
    if not few.any():
        return float(cuts[enough.argmax()])
    cost = (total - found) * MISS_COST + wrong
    return float(cuts[np.where(few, cost, np.inf).argmin()])


def _choose(output: str, chances: Array, truth: Truth) -> float:
    if output in set(Label):
        return EVEN
    least = CRITICAL.get(output)
    return _balanced(chances, truth) if least is None else _critical(chances, truth, least)


def _choose_irony(outputs: list[str], chances: Array, truth: Truth) -> float:
    """Return the highest cut that recognises enough of the irony that would pass for praise."""
    irony, praise, complaint = map(outputs.index, (IRONY, Label.COMPLIMENT, Label.COMPLAINT))
    praised = (chances[:, praise] >= EVEN) & (chances[:, complaint] < EVEN)
    passing = np.sort(chances[praised & truth[:, irony], irony])
    return float(passing[int((1 - MOST_IRONY) * len(passing))]) if len(passing) else 1.0


def _sweep(chances: Array, truth: Truth) -> tuple[Array, Array, Array]:
    """Return each probability as a cut, with what it finds rightly and wrongly."""
    order = np.argsort(-chances, kind="stable")
    found = np.cumsum(truth[order]).astype(np.float64)
    return chances[order], found, np.arange(1.0, len(order) + 1) - found


def _balanced(chances: Array, truth: Truth) -> float:
    """Return the cut with the best F1."""
    cuts, found, wrong = _sweep(chances, truth)
    return float(cuts[(2 * found / (truth.sum() + found + wrong)).argmax()])


def _critical(chances: Array, truth: Truth, least: float) -> float:
    """Return the highest cut that finds nearly all, or the lowest that is right often enough."""
    cuts, found, wrong = _sweep(chances, truth)
    right = found / (found + wrong) >= least
    enough = right & (found >= CRITICAL_RECALL * truth.sum())
    if enough.any():
        return float(cuts[enough.argmax()])
    return float(cuts[np.flatnonzero(right)[-1]]) if right.any() else _balanced(chances, truth)
