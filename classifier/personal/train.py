"""Train the name tagger from templates and lists."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from types import MappingProxyType

import pycrfsuite

from classifier.personal.examples import Example, load_maker
from classifier.personal.features import Fact, Facts, features_of, modes_of
from classifier.personal.lexicon import LISTS, LISTS_FOLDER, load_lexicon
from classifier.personal.tagger import BEGINS, INSIDE, MANIFEST, MODEL, OUTSIDE
from classifier.personal.words import Words, split_words, word_set

EXAMPLES = 9_500
SHORTEST = 3  # words of a sentence that teaches anything
#: Of the plain sentences of a message one in so many teaches: all of them teach no more.
ONE_OF = 2
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
#: Names that in small letters are nearly always the word.
OFTEN_WORDS = word_set("""
    will may mark bill hope rob sue pat ray drew grant chase jack frank faith grace joy rose
    summer penny day hall park street long best young short small wall lane page cross law
    hill wood green black white brown church cook price power stone love little hang hung
    miles dawn winter walker bell bird fan tank lad strong sharp smart wise snow pride
""")
#: A name on no list must be found as well: in so many examples the lists say nothing.
WITHOUT_LISTS = 0.3
SETTINGS = {
    "c1": 0.05,
    "c2": 0.05,
    "max_iterations": 55,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}


def train_names(
    data: Path,
    out: Path,
    progress: Callable[[str], None],
    *,
    examples: int = EXAMPLES,
    taught: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Train the tagger from `data/names` and write it, its lists and its manifest to `out`.

    `taught` has further templates for its sections, which reviewers taught.
    """
    folder = data / "names"
    facts = Facts(load_lexicon(folder))
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    progress(f"names: making {examples} examples")
    chance = Random(7)  # noqa: S311 - no secret
    maker = load_maker(folder)
    for section, templates in taught.items():
        maker.add(section, templates)
    for example in maker.examples(examples):
        words = split_words(example.text)
        trainer.append(list(_rows(words, example, facts, chance)), list(labels_of(words, example)))
    for text in plain_sentences(data / "messages", facts):
        words = split_words(text)
        known = [facts(form) for form in words.forms]
        trainer.append(
            list(features_of(known, modes_of(words, known), 0, len(known))), [OUTSIDE] * len(known)
        )
    progress("names: training")
    trainer.set_params(SETTINGS)
    out.mkdir(parents=True, exist_ok=True)
    trainer.train(str(out / MODEL))
    _write_manifest(folder, out)
    progress(f"names: {(out / MODEL).stat().st_size // 1000} kB")


def plain_sentences(folder: Path, facts: Facts) -> Iterator[str]:
    """Return the sentences of the training messages that hold ordinary words only, so no name.

    They teach what "will", "may" and "hope" mostly are.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for sentence in SENTENCE.findall(json.loads(line)["text"])[::ONE_OF]:
                words = split_words(sentence)
                if len(words) >= SHORTEST and all(
                    _is_plain(facts(form), place) for place, form in enumerate(words.forms)
                ):
                    yield sentence
                    if len(words) % 2:
                        yield sentence.lower()
                    if len(words) % 5 == 0:
                        yield sentence.upper()


def _is_plain(fact: Fact, place: int) -> bool:
    small = fact.shape in "xi-0I" or place == 0
    return fact.sort in "np" or (
        small
        and fact.sort in "wrKRDGC"
        and (fact.listed == "-" or (place > 0 and fact.word in OFTEN_WORDS))
    )


def labels_of(words: Words, example: Example) -> Iterator[str]:
    """Return for each word whether a name begins or goes on there."""
    names = iter([*example.names, (len(words.text) + 1, len(words.text) + 1)])
    start, end = next(names)
    inside = False
    for place in range(len(words)):
        while words.starts[place] >= end:
            start, end = next(names)
            inside = False
        named = words.ends[place] > start
        yield (INSIDE if inside else BEGINS) if named else OUTSIDE
        inside = named


def _rows(words: Words, example: Example, facts: Facts, chance: Random) -> Iterator[list[str]]:
    known = list(_facts(words, example, facts, chance))
    yield from features_of(known, modes_of(words, known), 0, len(known))


def _facts(words: Words, example: Example, facts: Facts, chance: Random) -> Sequence[Fact]:
    look_up = facts.unlisted if chance.random() < WITHOUT_LISTS else facts
    named = [label != OUTSIDE for label in labels_of(words, example)]
    return [
        look_up(form) if is_named and facts(form).sort != "w" else facts(form)
        for form, is_named in zip(words.forms, named, strict=True)
    ]


def _write_manifest(folder: Path, out: Path) -> None:
    lists = out / LISTS_FOLDER
    lists.mkdir(exist_ok=True)
    for name in LISTS:
        shutil.copyfile(folder / name, lists / name)
    digest = hashlib.sha256((out / MODEL).read_bytes()).hexdigest()
    manifest = {"model": digest, "data": digest_of(folder)}
    (out / MANIFEST).write_text(json.dumps(manifest) + "\n", encoding="utf-8")


def digest_of(folder: Path) -> str:
    """Return the sha256 of the lists and templates: whether a tagger was made of these."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".tsv"}):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
