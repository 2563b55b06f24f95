"""Shows by which rules or words a sentence speaks for a label."""

from collections.abc import Iterable, Mapping, Sequence

from classifier.cues import Cue
from classifier.scorer import Model, word_grams

MOST_REASONS = 3


def find_reasons(
    model: Model, words: Sequence[str], cues: Mapping[int, Cue], output: int
) -> list[str]:
    """Return what in a sentence speaks most for an output: rules by name, else its words."""
    first = len(model.idf)
    named = _strongest(
        (float(model.weights[first + number, output]), cue.name)
        for number, cue in cues.items()
        if cue.reason
    )
    if named:
        return named
    seen = {gram: model.words[gram] for gram in word_grams(words) if gram in model.words}
    return _strongest(
        (float(model.weights[c, output] * model.idf[c]), gram) for gram, c in seen.items()
    )


def _strongest(found: Iterable[tuple[float, str]]) -> list[str]:
    return [name for weight, name in sorted(found, reverse=True)[:MOST_REASONS] if weight > 0]
