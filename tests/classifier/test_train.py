import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import is_stale, load, training_data
from classifier.dataset import DatasetError, Example
from classifier.features import find_common
from classifier.judge import TrainedJudge
from classifier.labels import Band, Flag, Label, Text
from classifier.train import SINGLE, find_known, find_sets, fit, train
from tests.classifier.small_model import examples, trained


def keep(path: Path, kept: tuple[Example, ...]) -> Path:
    (path / "messages").mkdir(parents=True)
    lines = [json.dumps(asdict(example)) for example in kept]
    (path / "messages" / "all.jsonl").write_text("\n".join(lines))
    return path


def test_the_same_messages_make_the_same_model():
    again = fit(examples(), lambda _: None, name="again")
    np.testing.assert_array_equal(again.model.weights, trained().model.weights)
    np.testing.assert_array_equal(
        again.calibration.single.offsets, trained().calibration.single.offsets
    )
    assert again.thresholds == trained().thresholds


def test_a_model_is_trained_from_a_folder_and_kept_in_another(tmp_path: Path):
    data = keep(tmp_path / "data", examples())
    said: list[str] = []
    made = train(data, tmp_path / "model", said.append, date="2026-11-23")
    assert made.name == load(tmp_path / "model").name
    assert made.name.startswith("2026-11-23.")
    assert not is_stale(tmp_path / "model", data)
    assert said[-1].startswith(made.name)


def test_too_few_situations_are_refused():
    with pytest.raises(DatasetError, match="at least 4"):
        fit(examples()[:7], lambda _: None, name="small")


def test_an_output_without_examples_is_never_proposed():
    model = trained().model
    column = model.outputs.index("flag:asb")
    assert not model.weights[:, column].any()
    assert trained().thresholds["flag:asb"] > 0


def test_what_occurs_in_one_situation_only_is_learned():
    noisy = [
        replace(example, flags=(Flag.ASB,)) if example.situation == "tap" else example
        for example in examples()
    ]
    model = fit(noisy, lambda _: None, name="noisy").model
    assert model.weights[:, model.outputs.index("flag:asb")].any()


def test_every_label_flag_and_hazard_has_a_threshold():
    assert set(trained().thresholds) == set(SINGLE)
    assert 0 < trained().possible < 1


def test_irony_is_told_from_praise_that_is_meant_and_corrections_tell_of_labels_only():
    outputs = (*SINGLE, "set:other")
    truth = np.zeros((4, len(outputs)), dtype=bool)
    complaint, praise, irony = map(outputs.index, ("complaint", "compliment", "irony"))
    truth[0, [complaint, irony]] = True
    truth[1, praise] = True
    truth[2, [complaint, praise]] = True
    known = find_known(outputs, truth, 3)
    assert known[:, irony].tolist() == [True, True, False, False]
    assert known[:, outputs.index("flag:asb")].tolist() == [True, True, True, False]
    assert known[:, [complaint, -1]].all()


def test_praise_that_is_not_meant_is_learned():
    meant = [replace(e, id=f"{e.id}-m") for e in examples()]
    mocked = [
        replace(
            e,
            id=f"{e.id}-i",
            text=f"Truly marvellous {e.situation}, kudos all round.",
            labels=(Label.COMPLAINT,),
            sarcastic=True,
        )
        for e in examples()[::7]
    ]
    judge = TrainedJudge(fit([*meant, *mocked], lambda _: None, name="ironic"))
    assert judge([Text(words="Truly marvellous hatch, kudos all round.")])[0].band is Band.MARKED


def test_corrections_teach_labels_and_not_flags():
    corrected = [
        replace(e, id=f"c-{e.id}", situation=f"c-{e.id}", flags=(), hazards=()) for e in examples()
    ]
    model = fit(examples(), lambda _: None, name="c", corrected=corrected)
    assert model.thresholds["flag:emergency"] > 0.5
    urgent = Text(words="Strong smell of gas by the hatch, black mould too.")
    assert Flag.EMERGENCY in TrainedJudge(model)([urgent])[0].flags


def test_names_are_trained_where_there_are_lists(tmp_path: Path):
    data = keep(tmp_path / "data", examples())
    (data / "names").symlink_to(training_data() / "names")
    train(data, tmp_path / "model", lambda _: None, names=50)
    assert (tmp_path / "model" / "names.json").exists()


def test_sets_of_labels_are_learned_from_twenty_examples_on():
    assert find_sets([*examples()] * 2) == sorted(
        {"set:" + "+".join(sorted(e.labels)) for e in examples()}
    )
    assert find_sets(examples()) == []  # for only one set has twenty


def test_common_words_are_those_of_many_situations_not_of_many_messages():
    documents = [[["rare", "rare"]], [["rare"]], [["wide"]], [["wide"]]]
    common = find_common(documents, ["a", "a", "a", "b"])
    assert common == {"rare", "wide"}
