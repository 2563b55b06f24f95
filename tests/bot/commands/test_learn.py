import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commands.learn import (
    LearnError,
    learn,
    learn_from_record,
    live,
    live_from_record,
    roll_back,
)
from bot.open import opened
from bot.settings import load_settings
from classifier.artefact import load, save
from classifier.dataset import Example
from classifier.labels import Label, RedactedText
from classifier.learning import Correction, keep_back
from intake.domain.case import Kind
from intake.domain.message import Channel
from intake.domain.triage import KIND_OF
from intake.store.corrections import CorrectionRow
from intake.store.tables import MessageRow
from tests.builders import add_message
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


@pytest.fixture
def record(tmp_path: Path, now: datetime) -> Path:
    """A record in which five people decided on sixty messages, and on one survey."""
    folder = tmp_path / "record"
    with opened(load_settings({}), folder) as found:
        found.db.call(_fill, now)
    return folder


def _fill(session: Session, now: datetime) -> None:
    form, survey = (add_message(session, now, key) for key in ("form", "survey"))
    session.get_one(MessageRow, form).channel = Channel.FORM
    session.get_one(MessageRow, survey).channel = Channel.SURVEY
    for number, example in enumerate([*examples()[:60], examples()[0]]):
        row = CorrectionRow(
            landlord="oak",
            message_id=survey if number == 60 else form,
            proposed=[*example.labels],
            confirmed=[KIND_OF[label] for label in example.labels],
            by=f"person {number % 5}",
            at=now + timedelta(minutes=number),
            text=RedactedText(f"{example.text} Flat {number}."),
            model="m",
            blind=number % 20 == 0,
        )
        session.add(row)


def test_nothing_is_trained_where_no_landlord_lets_us(record: Path, data: Path):
    with pytest.raises(LearnError, match="train_on_corrections"):
        list(learn_from_record(record, data=data, artefact=data / "model"))


def test_what_staff_confirmed_trains_where_their_landlord_lets_us(record: Path, data: Path):
    settings = record / "heard.toml"
    allowed = settings.read_text().replace(
        "train_on_corrections = false", "train_on_corrections = true"
    )
    settings.write_text(allowed)
    said = list(learn_from_record(record, data=data, artefact=data / "model"))
    assert said[0] == "60 decisions of staff of oak"
    assert said[1].startswith(f"{trained().name}+")


def test_drift_is_told_of_the_record_apart_for_what_was_decided_blind(record: Path, data: Path):
    lines = list(live_from_record(record, artefact=data / "model"))
    assert any("| overridden | 57 | 0.000 |" in line for line in lines)
    assert any("| other than proposed, decided blind | 3 | 0.000 |" in line for line in lines)


def test_a_data_protection_complaint_is_a_complaint_to_the_judge(record: Path, data: Path):
    with opened(load_settings({}), record) as found:
        found.db.call(_make_all, [Kind.DP_COMPLAINT])
    lines = list(live_from_record(record, artefact=data / "model"))
    complaints = sum(Label.COMPLAINT in e.labels and len(e.labels) == 1 for e in examples()[:60])
    assert any(f"| overridden | 57 | {1 - complaints / 60:.1f}" in line for line in lines)


def test_what_was_purged_is_not_told_of(record: Path, data: Path):
    with opened(load_settings({}), record) as found:
        found.db.call(_make_all, [])
    with pytest.raises(LearnError, match="nothing has been confirmed"):
        list(live_from_record(record, artefact=data / "model"))


def _make_all(session: Session, kinds: Sequence[Kind]) -> None:
    for row in session.scalars(select(CorrectionRow)):
        row.confirmed = list(kinds)
