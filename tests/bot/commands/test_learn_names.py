"""What reviewers hid and showed is learned, by the command as a landlord runs it."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.commands.learn import LearnError, TooFewError, learn_from_record, roll_back
from bot.commands.learn_names import learn_names, load_lessons
from bot.open import opened
from bot.settings import load_settings
from classifier.artefact import save
from classifier.labels import Audience, Redaction, Span
from classifier.personal.examples import load_maker
from classifier.personal.lexicon import LISTS
from classifier.personal.redact import load_redact
from classifier.personal.tagger import MANIFEST
from classifier.personal.train import train_names
from intake.domain.hiding import Part
from intake.store.hiding import Review, ReviewRow, note_redactions
from intake.store.tables import MessageRow
from tests.builders import add_message
from tests.classifier.small_model import trained

NAMES = Path(__file__).parents[3] / "training_data" / "names"
WORDS = "It is damp. The Brogan lied to us again."
LESSONS = {"with names": ["The {N} lied to us again."], "without names": []}
FEW = 400


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists and templates that we ship, hardly any messages, and both models made of them."""
    folder = tmp_path_factory.mktemp("data")
    for part in ("names", "messages", "heldout"):
        (folder / part).mkdir()
    for name in (*LISTS, "templates.txt"):
        (folder / "names" / name).write_bytes((NAMES / name).read_bytes())
    line = json.dumps({"text": "The lift is out again. It will be out for a while"})
    (folder / "messages" / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    save(trained(), folder / "model")
    train_names(folder, folder / "model", lambda _: None, examples=FEW)
    return folder


@pytest.fixture
def model(data: Path, tmp_path: Path) -> Path:
    """A copy of both models, which may be changed."""
    for file in (data / "model").rglob("*"):
        if file.is_file():
            to = tmp_path / "model" / file.relative_to(data / "model")
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes())
    return tmp_path / "model"


@pytest.fixture
def record(tmp_path: Path, now: datetime) -> Path:
    """A record in which a reviewer hid a name by hand, of a landlord who lets us learn."""
    folder = tmp_path / "record"
    with opened(load_settings({}), folder) as found:
        found.db.call(_review, now)
    settings = folder / "heard.toml"
    allowed = settings.read_text().replace(
        "train_on_corrections = false", "train_on_corrections = true"
    )
    settings.write_text(allowed)
    return folder


def _review(session: Session, now: datetime) -> None:
    message = session.get_one(MessageRow, add_message(session, now, "one"))
    message.text = message.visible = WORDS
    note_redactions(session, message, {Part.TEXT: Redaction(original=WORDS).spans})
    start = WORDS.index("Brogan")
    span = Span(start=start, end=start + len("Brogan"), kind="NAME", placeholder="[NAME 1]")
    hid = ReviewRow(
        landlord="oak",
        message_id=message.id,
        review=Review.HID,
        part=Part.TEXT,
        kind=span.kind,
        placeholder=span.placeholder,
        start=span.start,
        end=span.end,
        kept=False,
        by="Asha",
        at=now,
        press="1",
    )
    session.add(hid)


def learned(lessons: dict[str, Sequence[str]], data: Path, model: Path) -> list[str]:
    return list(learn_names(lessons, data=data, artefact=model, examples=FEW))


def test_what_a_reviewer_hid_is_a_lesson_without_its_words(record: Path):
    with opened(load_settings({}), record) as found:
        assert found.db.call(load_lessons, frozenset({"oak"})) == LESSONS
        assert not any(found.db.call(load_lessons, frozenset({"elm"})).values())


def test_a_tagger_that_learned_serves_and_can_be_sent_back(data: Path, model: Path):
    before = (model / MANIFEST).read_text()
    said = learned({"with names": ["The {N} lied."] * 3, "without names": []}, data, model)
    assert said[0] == "names: 3 sentences that reviewers taught"
    assert "of names found" in said[1]
    assert said[-1] == "names: the tagger with them serves"
    assert (model / MANIFEST).read_text() != before
    found = load_redact(model, {})("my name is Dave Jones", audience=Audience.PUBLIC)
    assert found.text == "my name is [NAME 1]"
    roll_back(artefact=model)
    assert (model / MANIFEST).read_text() == before


def test_a_tagger_that_learned_to_find_nothing_does_not_serve(data: Path, model: Path):
    before = (model / MANIFEST).read_text()
    wrong = [example.text for example in load_maker(NAMES).examples(2_000)]
    said = learned({"with names": [], "without names": wrong}, data, model)
    assert said[-1] == "names: the tagger without them serves"
    assert (model / MANIFEST).read_text() == before


def test_where_nothing_was_taught_nothing_is_trained(data: Path, model: Path):
    assert learned({"with names": [], "without names": []}, data, model) == []


def test_the_command_learns_names_where_there_are_too_few_decisions(
    record: Path, data: Path, model: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("classifier.personal.train.EXAMPLES", FEW)
    said = list(learn_from_record(record, data=data, artefact=model))
    assert said[0] == "names: 1 sentences that reviewers taught"
    assert said[-1].startswith("labels: 0 corrections")


def test_the_command_says_where_nothing_at_all_was_taught(
    record: Path, data: Path, model: Path, now: datetime
):
    with opened(load_settings({}), record) as found:
        found.db.call(_undo, now)
    with pytest.raises(TooFewError, match="0 corrections"):
        list(learn_from_record(record, data=data, artefact=model))


def _undo(session: Session, now: datetime) -> None:
    row = session.get_one(ReviewRow, 1)
    row.ended_at, row.ended_by = now, "Asha"


def test_a_model_without_a_tagger_is_said(record: Path, data: Path, tmp_path: Path):
    with pytest.raises(LearnError):
        list(learn_from_record(record, data=tmp_path / "none", artefact=data / "model"))
