"""Trains the judge: labelled messages in, a model with calibrated probabilities out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.utils.parallel import Parallel, delayed

from classifier.artefact import Trained, hash_data, name_model, save
from classifier.chances import IRONY, SET, Calibration, Line, Mix, gather, name_set
from classifier.dataset import DatasetError, Example, load_examples
from classifier.features import SCALES, Features, extract
from classifier.judge import read
from classifier.labels import Flag, Hazard, Label
from classifier.particulars import NOBODY, Particulars, load_particulars
from classifier.personal.lexicon import LISTS_FOLDER
from classifier.personal.train import EXAMPLES, train_names
from classifier.scorer import Array, Model
from classifier.thresholds import Truth, choose_possible, choose_thresholds

ALL = (
    *(str(label) for label in Label),
    *(f"flag:{flag}" for flag in Flag),
    *(f"hazard:{hazard}" for hazard in Hazard),
)
#: Of these what else is said tells more than their own words do: a cold home is an emergency with
#: a baby in it. For the others it gained nothing by cross-validation.
MIXED = (
    *(str(label) for label in Label),
    f"flag:{Flag.EMERGENCY}",
    f"flag:{Flag.SAFEGUARDING}",
    f"hazard:{Hazard.DAMP_MOULD}",
    f"hazard:{Hazard.FALLS}",
    f"hazard:{Hazard.FIRE}",
)
SINGLE = (*MIXED, *(output for output in ALL if output not in MIXED), IRONY)
FOLDS = 4
#: Chosen by cross-validation over situations.
STRENGTH, MIXED_STRENGTH = 30.0, 0.3
#: How exactly weights are sought; ten and a hundred times as exact finds no better ones.
TOLERANCE = 1e-2
#: Outputs that hang on single words rather than on how a thing is said: pieces of words count
#: so many times as much for them as for the others.
WORDED = frozenset(
    [f"flag:{Flag.ASB}", f"flag:{Flag.DATA_REQUEST}", *(f"hazard:{hazard}" for hazard in Hazard)]
)
LETTERS = 2.0
#: What varies less than this among texts tells nothing of them.
STILL = 1e-9
#: A set of labels is learned as such from so many examples on; an output from so few.
FEWEST_OF_SET, FEWEST = 20, 5
NEVER = -8.0
#: Binary places kept of a weight: enough for probabilities true to the ninth digit.
PLACES = 30
MOST_ROUNDS = 10_000
#: Processes that share the work where there are many examples: for few they cost more than they do.
WORKERS, MANY = 2, 1_000

Progress = Callable[[str], None]
#: Rows to learn from and rows to measure on, time after time.
Folds = Sequence[tuple[Any, Any]]
#: Weights, intercept and the scores of texts held out.
Fitted = tuple[Array, float, Array]


def train(
    data: Path, out: Path, progress: Progress, *, date: str = "", names: int = EXAMPLES
) -> Trained:
    """Train both models from a data folder, keep them in another, and return the judge's.

    The name tagger, made from so many examples, comes before the judge is kept: the judge's file
    of facts vouches for the whole folder.

    Raises:
        DatasetError: a message cannot be used, or there are too few situations.
    """
    examples = load_examples(data / "messages")
    data_hash = hash_data(data)
    trained = fit(
        examples,
        progress,
        name=name_model(data_hash, date),
        data_hash=data_hash,
        particulars=load_particulars(data / LISTS_FOLDER),
    )
    if (data / LISTS_FOLDER).is_dir():  # data without it makes a judge alone
        train_names(data, out, progress, examples=names)
    save(trained, out)
    progress(f"{trained.name}: {len(examples)} messages, kept in {out}")
    return trained


def fit(
    labelled: Sequence[Example],
    progress: Progress,
    *,
    name: str,
    data_hash: str = "",
    corrected: Sequence[Example] = (),
    particulars: Particulars = NOBODY,
) -> Trained:
    """Return the model that these examples make: always the same for the same examples.

    What staff `corrected` teaches labels only: it says nothing of flags and hazards.

    Raises:
        DatasetError: there are fewer situations than folds.
    """
    examples = [*labelled, *corrected]
    situations = [example.situation for example in examples]
    if len(set(situations)) < FOLDS:
        raise DatasetError(f"{len(set(situations))} situations; at least {FOLDS} are needed")
    documents = [read(example.as_text(), particulars).document for example in examples]
    features = extract(documents, situations)
    progress(f"{features.matrix.shape[0]} messages, {features.matrix.shape[1]} features")
    outputs = (*SINGLE, *find_sets(examples))
    truth = np.array([[_holds(example, out) for out in outputs] for example in examples])
    known = find_known(outputs, truth, len(labelled))
    folds = list(GroupKFold(FOLDS).split(features.matrix, groups=situations))
    counts = _count_letters(features)
    matrices = (features.matrix, (features.matrix @ sparse.diags(counts)).tocsr())
    workers = Parallel(n_jobs=WORKERS if len(examples) >= MANY else 1, return_as="generator")
    fitted = workers(
        delayed(_fit_output)(matrices[output in WORDED], truth[:, n], known[:, n], folds)
        for n, output in enumerate(outputs)
    )
    weights, intercepts, scores = map(np.array, zip(*_tell(fitted, outputs, progress), strict=True))
    weights[[output in WORDED for output in outputs]] *= counts
    channels = [example.channel for example in examples]
    calibration = calibrate(scores.T, channels, truth, known)
    chances = calibration.chances(scores.T, channels)[: len(labelled)]
    truth = truth[: len(labelled)]
    return Trained(
        model=_assemble(outputs, features, weights.T, intercepts),
        calibration=calibration,
        thresholds=choose_thresholds(SINGLE, chances, truth),
        possible=choose_possible(SINGLE, chances, truth),
        name=name,
        data_hash=data_hash,
        particulars=particulars,
    )


def find_known(outputs: Sequence[str], truth: Truth, labelled: int) -> Truth:
    """Return which examples tell of which output.

    Corrections, which come after what is labelled, tell of labels only. Irony is told from praise
    that is meant: of a grievance in plain words it says nothing.
    """
    known = np.ones_like(truth)
    label = [":" not in output or output.startswith(SET) for output in outputs]
    known[labelled:, ~np.array(label)] = False
    irony, praise, complaint = map(outputs.index, (IRONY, Label.COMPLIMENT, Label.COMPLAINT))
    known[:, irony] = truth[:, irony] | (truth[:, praise] & ~truth[:, complaint])
    return known


def find_sets(examples: Sequence[Example]) -> list[str]:
    """Return the outputs for the sets of labels with examples enough, if no label is left out."""
    counts = Counter(frozenset(example.labels) for example in examples)
    sets = [labels for labels, count in counts.items() if count >= FEWEST_OF_SET]
    complete = set(Label) == frozenset().union(*sets)
    return sorted(map(name_set, sets)) if complete else []


def calibrate(scores: Array, channels: Sequence[str], truth: Truth, known: Truth) -> Calibration:
    """Return what turns scores into probabilities, from scores of texts held out."""
    facts = gather(scores, channels)
    told = [(facts[known[:, n]], truth[known[:, n], n]) for n in range(len(MIXED))]
    mixed = [_mix(*one, n) for n, one in enumerate(told)]
    weights, offsets = (np.array(part) for part in zip(*mixed, strict=True))
    return Calibration(
        single=_draw_lines(scores, truth, known), mixed=Mix(weights=weights.T, offsets=offsets)
    )


def _count_letters(features: Features) -> Array:
    """Return for each column how much it counts where pieces of words count more."""
    counts = np.ones(features.matrix.shape[1])
    counts[len(features.words) :][: len(features.letters)] = LETTERS
    return counts


def _holds(example: Example, output: str) -> bool:
    if output == IRONY:
        return example.sarcastic and Label.COMPLAINT in example.labels
    return output in example.outputs or output == name_set(example.labels)


def _tell(fitted: Iterable[Fitted], outputs: Sequence[str], progress: Progress) -> Iterator[Fitted]:
    for number, (output, result) in enumerate(zip(outputs, fitted, strict=True), start=1):
        progress(f"{number} of {len(outputs)}: {output}")
        yield result


def _assemble(
    outputs: tuple[str, ...], features: Features, weights: Array, intercepts: Array
) -> Model:
    return Model(
        outputs=outputs,
        words=features.words,
        letters=features.letters,
        frames=features.frames,
        concepts=features.concepts,
        common=features.common,
        idf=features.idf,
        weights=_shorten(weights),
        intercepts=intercepts,
        scales=SCALES,
    )


def _shorten(weights: Array) -> Array:
    """Return weights without their last binary places, which say nothing but fill the file."""
    mantissas, exponents = np.frexp(np.ascontiguousarray(weights))
    shortened: Array = np.ldexp(np.round(mantissas * 2**PLACES) / 2**PLACES, exponents)
    return shortened


def _fit_output(matrix: sparse.csr_matrix, truth: Truth, known: Truth, folds: Folds) -> Fitted:
    """Return weights and intercept from all texts known, and each text's score when held out."""
    scores = np.full(len(truth), NEVER)
    if truth[known].sum() < FEWEST:
        return np.zeros(matrix.shape[1]), NEVER, scores
    for seen, held in folds:
        learned = seen[known[seen]]
        if len(np.unique(truth[learned])) > 1:
            model = _regression().fit(matrix[learned], truth[learned])
            scores[held] = model.decision_function(matrix[held])
    model = _regression().fit(matrix[known], truth[known])
    return model.coef_[0], float(model.intercept_[0]), scores


def _regression() -> LogisticRegression:
    return LogisticRegression(
        C=STRENGTH,
        solver="liblinear",
        dual=True,
        random_state=0,
        tol=TOLERANCE,
        max_iter=MOST_ROUNDS,
    )


def _draw_lines(scores: Array, truth: Truth, known: Truth) -> Line:
    lines = [_platt(scores[known[:, n], n], truth[known[:, n], n]) for n in range(scores.shape[1])]
    slopes, offsets = (np.array(part) for part in zip(*lines, strict=True))
    return Line(slopes=slopes, offsets=offsets)


def _platt(scores: Array, truth: Truth) -> tuple[float, float]:
    if truth.sum() < FEWEST or truth.all():
        return 1.0, 0.0
    model = LogisticRegression(C=1e6).fit(scores[:, np.newaxis], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _mix(facts: Array, truth: Truth, own: int) -> tuple[Array, float]:
    """Return how much each fact counts for an output; its own score alone, if it hardly occurs."""
    if truth.sum() < FEWEST or truth.all():
        return np.eye(facts.shape[1])[own], 0.0
    middle, spread = facts.mean(axis=0), facts.std(axis=0)
    spread[spread < STILL] = 1.0
    model = LogisticRegression(C=MIXED_STRENGTH, max_iter=MOST_ROUNDS).fit(
        (facts - middle) / spread, truth
    )
    weights: Array = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)
