"""How `heard train --with-corrections` teaches the name tagger what reviewers hid and showed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from classifier.personal.contest import Found

#: For each section of the tagger's templates, the sentences that reviewers taught.
Lessons = Mapping[str, Sequence[str]]


def load_lessons(session: "Session", landlords: frozenset[str]) -> Lessons:
    """Return the sentences that what reviewers of these landlords hid and showed makes."""
    from classifier.personal.taught import Taught, make_templates
    from intake.store.hiding import load_span_corrections

    return make_templates(
        Taught(text=one.text, start=one.start, end=one.end, kind=one.kind, personal=one.personal)
        for one in load_span_corrections(session, landlords)
    )


def learn_names(
    lessons: Lessons,
    *,
    data: Path,
    artefact: Path,
    progress: Callable[[str], None] = lambda _: None,
    examples: int | None = None,
) -> Iterator[str]:
    """Train another tagger with what reviewers taught, and let it serve if it is not worse.

    Raises:
        ArtefactError: there is no tagger to compare with.
        OSError: there are no lists or templates to train from.
    """
    from classifier.history import promote_names
    from classifier.personal.contest import holds, measure
    from classifier.personal.examples import load_maker
    from classifier.personal.taught import weighed
    from classifier.personal.train import EXAMPLES, train_names

    count = sum(map(len, lessons.values()))
    if not count:
        return
    with TemporaryDirectory() as folder:
        made = Path(folder)
        taught = weighed(lessons, load_maker(data / "names").templates)
        train_names(data, made, progress, examples=examples or EXAMPLES, taught=taught)
        champion, challenger = measure(artefact, data), measure(made, data)
        better = holds(champion, challenger)
        if better:
            promote_names(made, artefact)
    yield f"names: {count} sentences that reviewers taught"
    yield f"names: {_tell(challenger)} instead of {_tell(champion)}"
    yield f"names: the tagger {'with' if better else 'without'} them serves"


def _tell(found: "Found") -> str:
    return f"{found.names:.1%} of names found and {found.others:.1%} of other words taken for them"
