import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.learn import LearnError, learn, live, roll_back
from classifier.artefact import load, save
from classifier.dataset import Example
from classifier.labels import Label
from classifier.learning import Correction, keep_back
from tests.classifier.small_model import examples, trained

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small model's messages, held out as well."""
    write(tmp_path / "messages", examples())
    write(tmp_path / "heldout", examples())
    save(trained(), tmp_path / "model")
    return tmp_path


def write(folder: Path, kept: Sequence[Example]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "all.jsonl").write_text("\n".join(json.dumps(asdict(e)) for e in kept))


def corrections(*, wrong: bool = False) -> list[Correction]:
    """What four people confirm of other messages; or of the same ones, all wrong."""
    return [
        Correction(
            proposed=frozenset(example.labels),
            confirmed=_swapped(example) if wrong else frozenset(example.labels),
            by=f"person {number % 4}",
            at=NOON + timedelta(hours=number),
            text=example.text if wrong else f"{example.text} Flat {number}.",
            model="m",
        )
        for number, example in enumerate(examples())
    ]


def _swapped(example: Example) -> frozenset[Label]:
    return frozenset({Label.OTHER if Label.COMPLAINT in example.labels else Label.COMPLAINT})


def test_a_challenger_that_is_not_worse_serves_and_can_be_sent_back(data: Path):
    said = list(learn(corrections(), data=data, artefact=data / "model"))
    challenger = load(data / "model").name
    assert challenger.startswith(f"{trained().name}+")
    assert said[0].startswith(challenger)
    assert all(line.endswith(": holds") for line in said[1:-1])
    assert said[-1] == f"{challenger} serves"
    assert roll_back(artefact=data / "model") == f"{trained().name} serves again"
    assert load(data / "model").name == trained().name
    with pytest.raises(LearnError, match="served before"):
        roll_back(artefact=data / "model")


def test_a_challenger_that_is_worse_does_not_serve(data: Path):
    said = list(learn(corrections(wrong=True), data=data, artefact=data / "model"))
    assert "does not hold" in said[1]
    assert said[-1] == f"{trained().name} serves"
    assert load(data / "model").name == trained().name


def test_too_little_to_learn_from_is_said(data: Path):
    one_person = [replace(c, by="ada") for c in corrections()]
    with pytest.raises(LearnError, match="70 corrections, of which 0 count"):
        list(learn(one_person, data=data, artefact=data / "model"))


@pytest.mark.parametrize("missing", ["messages", "model"])
def test_what_cannot_be_compared_is_said(missing: str, data: Path):
    artefact = data / ("none" if missing == "model" else "model")
    if missing == "messages":
        (data / "heldout" / "all.jsonl").write_text("{")
    with pytest.raises(LearnError):
        list(learn(corrections(), data=data, artefact=artefact))


def test_without_corrections_kept_back_the_messages_held_out_decide(data: Path):
    kept = [c for c in corrections() if not keep_back([c])[1]]
    assert len(list(learn(kept, data=data, artefact=data / "model"))) == 3


def test_drift_is_told_by_week(data: Path):
    lines = list(live(corrections(), artefact=data / "model"))
    assert lines[2].startswith("| 2026-11-23 | marked | 70 | 0.286 | too early |")
    assert "unseen n-grams" in lines[4]
    odd = [replace(c, at=NOON + timedelta(weeks=n)) for n in range(4) for c in corrections()]
    odd += [replace(odd[0], at=NOON + timedelta(weeks=4), proposed=frozenset({Label.COMPLAINT}))]
    assert any(line.endswith("| DRIFTS |") for line in live(odd, artefact=data / "model"))


def test_nothing_to_watch_is_said(data: Path):
    with pytest.raises(LearnError, match="nothing has been confirmed"):
        list(live([], artefact=data / "model"))
    with pytest.raises(LearnError, match="heard train"):
        list(live(corrections(), artefact=data / "none"))
