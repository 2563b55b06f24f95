import json
from pathlib import Path

import pytest

from classifier.labels import Audience
from classifier.personal.examples import Example, load_maker
from classifier.personal.features import Facts
from classifier.personal.lexicon import LISTS, load_lexicon
from classifier.personal.redact import load_redact
from classifier.personal.tagger import MANIFEST, MODEL
from classifier.personal.train import digest_of, labels_of, plain_sentences, train_names
from classifier.personal.words import split_words
from tests.classifier.personal.conftest import DATA

NAMES = DATA / "names"


def test_the_same_seed_makes_the_same_examples():
    one, two = (list(load_maker(NAMES).examples(200)) for _ in range(2))
    assert one == two


def test_the_marked_names_are_where_they_are_said_to_be():
    examples = list(load_maker(NAMES).examples(500))
    assert all(0 <= start < end <= len(e.text) for e in examples for start, end in e.names)
    assert any(e.names for e in examples)


def test_there_are_at_least_a_thousand_templates():
    templates = load_maker(NAMES).templates
    assert len(templates["with names"]) + len(templates["without names"]) >= 1000


def test_words_are_labelled_by_the_names_that_they_belong_to():
    example = Example("hi Jo Bloggs and Al", [(3, 12), (17, 19)])
    assert list(labels_of(split_words(example.text), example)) == ["O", "B", "I", "O", "B"]


def test_sentences_of_ordinary_words_teach_what_is_no_name(tmp_path: Path):
    facts = Facts(load_lexicon(NAMES))
    line = json.dumps(
        {"text": "it will be done soon. No. The lift is out. Kowalczyk came. Kowalczyk."}
    )
    (tmp_path / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    sentences = {sentence.strip().lower() for sentence in plain_sentences(tmp_path, facts)}
    assert sentences == {"it will be done soon.", "the lift is out."}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of few data, from which a tagger is trained in a moment."""
    data = tmp_path_factory.mktemp("data") / "names"
    data.mkdir()
    (data.parent / "messages").mkdir()
    line = json.dumps({"text": "The lift is out again. It will be out for a while"})
    (data.parent / "messages" / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    for name in LISTS:
        (data / name).write_bytes((NAMES / name).read_bytes())
    lines = (NAMES / "templates.txt").read_text(encoding="utf-8")
    (data / "templates.txt").write_text(lines, encoding="utf-8")
    return data.parent


def test_training_writes_a_tagger_its_lists_and_a_manifest(small: Path, tmp_path: Path):
    said: list[str] = []
    train_names(small, tmp_path, said.append, examples=150)
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["data"] == digest_of(small / "names")
    assert said
    found = load_redact(tmp_path, {})("my name is Dave Jones", audience=Audience.PUBLIC)
    assert found.text == "my name is [NAME 1]"


def test_training_twice_makes_the_same_tagger(small: Path, tmp_path: Path):
    for name in ("one", "two"):
        train_names(small, tmp_path / name, lambda _: None, examples=150)
    assert (tmp_path / "one" / MODEL).read_bytes() == (tmp_path / "two" / MODEL).read_bytes()


def test_what_reviewers_taught_is_learned_as_well(small: Path, tmp_path: Path):
    taught = {"with names": ["The lodger {N} lied."] * 900, "without names": ["The Hope is shut."]}
    for name, more in (("one", {}), ("two", taught)):
        train_names(small, tmp_path / name, lambda _: None, examples=150, taught=more)
    assert (tmp_path / "one" / MODEL).read_bytes() != (tmp_path / "two" / MODEL).read_bytes()


def test_the_artefact_is_small(artefact: Path):
    parts = [artefact / MODEL, artefact / MANIFEST, *(artefact / "names" / n for n in LISTS)]
    assert sum(part.stat().st_size for part in parts) < 8_000_000
