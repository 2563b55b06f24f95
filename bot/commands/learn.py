"""What `heard train --with-corrections`, `--roll-back` and `heard evaluate --live` do."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.commands.learn_names import Lessons
    from classifier.artefact import Trained
    from classifier.dataset import Example
    from classifier.learning import Contest, Correction
    from intake.store.corrections import Decided

FEWEST = 20  # corrections that are worth a training
#: What is confirmed of a survey follows a rule (Code 1.6), not how it reads: it teaches nothing.
BY_THE_CODE = frozenset({"survey"})


class LearnError(ValueError):
    """There is too little to learn from, or no model; the message says which."""


class TooFewError(LearnError):
    """There are too few corrections; the message says how many, and how many are needed."""


def learn(
    corrections: Sequence["Correction"],
    *,
    data: Path | None = None,
    artefact: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[str]:
    """Train a challenger with corrections, and let it serve if it is not worse; say what happens.

    Raises:
        LearnError: there is too little to learn from, or no model or messages to compare by.
    """
    from classifier.artefact import ArtefactError, default_artefact, load, training_data
    from classifier.dataset import DatasetError, load_examples
    from classifier.history import promote
    from classifier.learning import balance, keep_back

    data, artefact = data or training_data(), artefact or default_artefact()
    learned, measured = keep_back(balance(corrections))
    if len(learned) < FEWEST:
        raise TooFewError(
            f"{len(corrections)} corrections, of which {len(learned)} count when nobody supplies"
            f" more than 30 % of them: at least {FEWEST} are needed"
        )
    try:
        champion = load(artefact)
        held_out = load_examples(data / "heldout")
        challenger = _train(champion, learned, load_examples(data / "messages"), progress)
    except (ArtefactError, DatasetError) as error:
        raise LearnError(str(error)) from error
    yield f"{challenger.name}: trained with {len(learned)} corrections against {champion.name}"
    holds = True
    for name, examples in (("messages held out", held_out), ("corrections kept back", measured)):
        if examples:
            result = _contest(champion, challenger, examples)
            holds = holds and result.holds
            yield _tell(name, result)
    if holds:
        promote(challenger, artefact)
    yield f"{challenger.name if holds else champion.name} serves"


def learn_from_record(
    record: Path, *, data: Path | None = None, artefact: Path | None = None
) -> Iterator[str]:
    """Train both models with what staff confirmed and hid, where their landlord lets us.

    The judge as `learn` does; the name tagger with the sentences in which reviewers hid a name, or
    showed that there is none.

    `record` is the folder of the record, opened as the settings say.

    Raises:
        LearnError: no landlord lets us, or there is too little to learn from.
    """
    landlords, corrections, lessons = _load(record, consenting=True)
    if not landlords:
        raise LearnError(
            "no landlord lets its corrections train the judge: heard.toml, train_on_corrections"
        )
    yield from _learn_names(lessons, data=data, artefact=artefact)
    yield f"{len(corrections)} decisions of staff of {', '.join(sorted(landlords))}"
    try:
        yield from learn(corrections, data=data, artefact=artefact, progress=_say)
    except TooFewError as error:
        if not any(lessons.values()):
            raise
        yield f"labels: {error}"


def live_from_record(record: Path, *, artefact: Path | None = None) -> Iterator[str]:
    """Say what `live` says of all that staff confirmed: watching trains nothing.

    Raises:
        LearnError: there is no model, or nothing has been confirmed.
    """
    yield from live(_load(record, consenting=False)[1], artefact=artefact)


def roll_back(*, artefact: Path | None = None) -> str:
    """Let the model that served before serve again, and say which it is.

    Raises:
        LearnError: none is kept.
    """
    from classifier.artefact import ArtefactError, default_artefact
    from classifier.history import roll_back as bring_back

    try:
        return f"{bring_back(artefact or default_artefact()).name} serves again"
    except ArtefactError as error:
        raise LearnError(str(error)) from error


def live(corrections: Sequence["Correction"], *, artefact: Path | None = None) -> Iterator[str]:
    """Say for each week how much was marked, overridden and new, and what is out of its band.

    Raises:
        LearnError: there is no model, or nothing has been confirmed.
    """
    from classifier.artefact import ArtefactError
    from classifier.drift import find_drift
    from classifier.judge import load_judge

    if not corrections:
        raise LearnError("nothing has been confirmed or corrected yet")
    try:
        judge = load_judge(artefact)
    except ArtefactError as error:
        raise LearnError(str(error)) from error
    yield "| week of | measure | messages | figure | band of eight weeks | |"
    yield "| --- | --- | ---: | ---: | --- | --- |"
    for reading in find_drift(corrections, judge.find_unseen):
        band = f"{reading.band[0]:.3f} to {reading.band[1]:.3f}" if reading.band else "too early"
        drift = "DRIFTS" if reading.drifts else ""
        figures = f"{reading.messages} | {reading.figure:.3f} | {band} | {drift}"
        yield f"| {reading.monday} | {reading.name} | {figures} |"


def _learn_names(lessons: "Lessons", *, data: Path | None, artefact: Path | None) -> Iterator[str]:
    from bot.commands.learn_names import learn_names
    from classifier.artefact import default_artefact, training_data
    from classifier.personal.tagger import ArtefactError

    data, artefact = data or training_data(), artefact or default_artefact()
    try:
        yield from learn_names(lessons, data=data, artefact=artefact, progress=_say)
    except (ArtefactError, OSError) as error:
        raise LearnError(str(error)) from error


def _load(
    record: Path, *, consenting: bool
) -> tuple[frozenset[str], list["Correction"], "Lessons"]:
    """Return whose corrections may be used, those of labels, and what those of names teach."""
    from bot.commands.learn_names import load_lessons
    from bot.open import opened
    from bot.settings import load_settings
    from intake.store.corrections import load_decided

    with opened(load_settings(), record) as found:
        configured = found.configured
        landlords = configured.trains if consenting else frozenset(configured.landlords)
        decided = found.db.call(load_decided, landlords)
        lessons = found.db.call(load_lessons, landlords)
    corrections = [_as_correction(one) for one in decided if one.channel not in BY_THE_CODE]
    return landlords, corrections, lessons


def _as_correction(decided: "Decided") -> "Correction":
    """Return as labels what was confirmed as kinds: a complaint about data is a complaint."""
    from classifier.labels import Label
    from classifier.learning import Correction
    from intake.domain.case import Kind
    from intake.domain.triage import KIND_OF

    reads_as = {kind: label for label, kind in KIND_OF.items()}
    reads_as[Kind.DP_COMPLAINT] = Label.COMPLAINT
    return Correction(
        proposed=frozenset(map(Label, decided.proposed)),
        confirmed=frozenset(reads_as[Kind(kind)] for kind in decided.confirmed),
        by=decided.by,
        at=decided.at,
        text=decided.text,
        model=decided.model,
        channel=decided.channel,
        blind=decided.blind,
    )


def _train(
    champion: "Trained",
    learned: Sequence["Example"],
    messages: Sequence["Example"],
    progress: Callable[[str], None],
) -> "Trained":
    from hashlib import sha256

    from classifier.train import fit

    digest = sha256("".join(sorted(example.id for example in learned)).encode()).hexdigest()
    day, _, _ = champion.name.partition("+")
    return fit(
        messages,
        progress,
        name=f"{day}+{digest[:6]}",
        data_hash=champion.data_hash,
        corrected=learned,
        particulars=champion.particulars,
    )


def _contest(
    champion: "Trained", challenger: "Trained", examples: Sequence["Example"]
) -> "Contest":
    from classifier.evaluate import judge_all
    from classifier.judge import TrainedJudge
    from classifier.learning import contest

    old, new = (judge_all(TrainedJudge(trained), examples) for trained in (champion, challenger))
    return contest(old, new)


def _tell(name: str, result: "Contest") -> str:
    return (
        f"{name}: at {result.share:.1%} marked, complaints found {result.champion:.3f} before and"
        f" {result.challenger:.3f} now (difference {result.low:+.3f} to {result.high:+.3f}),"
        f" calibration error {result.error:.3f}: {'holds' if result.holds else 'does not hold'}"
    )


def _say(step: str) -> None:
    """Progress goes to standard error, so that nothing but answers is on standard output."""
    print(step, file=sys.stderr, flush=True)
