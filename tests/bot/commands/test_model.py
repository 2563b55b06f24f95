import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.commands.model import ModelError, check, describe_data, evaluate, train
from tests.classifier.small_model import examples


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small model's messages, some of them held out under other names."""
    held = [replace(e, id=f"h-{e.id}", situation=f"h-{e.situation}") for e in examples()[:7]]
    for split, kept in {"messages": examples(), "heldout": held}.items():
        (tmp_path / split).mkdir()
        lines = [json.dumps(asdict(example)) for example in kept]
        (tmp_path / split / "all.jsonl").write_text("\n".join(lines))
    return tmp_path


def test_a_model_is_trained_and_then_measured(data: Path, capsys: pytest.CaptureFixture[str]):
    train(data=data, out=data / "model", date="2026-11-23")
    told = capsys.readouterr()
    assert told.out == ""
    assert "2026-11-23." in told.err
    evaluate(
        data / "heldout",
        artefact=data / "model",
        plot=data / "reliability.png",
        card=data / "model-card.md",
    )
    printed = capsys.readouterr().out
    assert "| macro-F1 |" in printed
    assert (data / "reliability.png").read_bytes().startswith(b"\x89PNG")
    card = (data / "model-card.md").read_text()
    assert printed.splitlines()[0] in card
    (data / "model-card.md").write_text(card + "| more words | no gain |\n")
    evaluate(data / "heldout", artefact=data / "model", card=data / "model-card.md")
    assert "| more words | no gain |" in (data / "model-card.md").read_text()


def test_data_with_a_serious_fault_fails_the_check(data: Path, capsys: pytest.CaptureFixture[str]):
    assert check(data=data) == 1
    assert "error: " in capsys.readouterr().out
    (data / "heldout" / "all.jsonl").unlink()
    (data / "messages" / "all.jsonl").write_text(json.dumps(asdict(examples()[0])))
    assert check(data=data) == 0
    assert "note: " in capsys.readouterr().out


def test_data_is_described(data: Path, capsys: pytest.CaptureFixture[str]):
    describe_data(data=data)
    assert "messages 70, situations 10" in capsys.readouterr().out


def test_what_cannot_be_used_is_said(data: Path):
    with pytest.raises(ModelError, match="none"):
        evaluate(data / "none.jsonl", artefact=data)
    with pytest.raises(ModelError, match="heard train"):
        evaluate(data / "heldout", artefact=data / "none")
    (data / "messages" / "all.jsonl").write_text("{")
    with pytest.raises(ModelError, match=r"all\.jsonl, line 1"):
        train(data=data, out=data / "model")
    with pytest.raises(ModelError, match=r"all\.jsonl, line 1"):
        describe_data(data=data)


def test_nothing_to_measure_is_said(data: Path):
    train(data=data, out=data / "model")
    (data / "empty").mkdir()
    with pytest.raises(ModelError, match="holds no messages"):
        evaluate(data / "empty", artefact=data / "model")
