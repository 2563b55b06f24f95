"""Turns what reviewers said of redacted texts into templates for the name tagger.

No resident's words are in them that reviewers did not find to be no personal data: where something
is hidden, training puts a made-up thing of its kind.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

WITH_NAMES, WITHOUT_NAMES = "with names", "without names"
PLACEHOLDER = re.compile(r"\[([A-Z]{2,10}) \d{1,4}\]")
NAMES = frozenset({"NAME", "STAFF"})
#: What stands for a hidden thing that is no name.
SLOTS = {"ADDRESS": "{ADDR}", "STREET": "{STREET}", "VRM": "{PLATE}", "HANDLE": "{HANDLE}"}
ENDS = ".!?\n"
SHORTEST = 3  # words of a sentence that teaches anything
#: A sentence that was taught counts as so many of ours, all of them as such a share of a section.
WEIGHT, MOST = 20, 0.2


@dataclass(frozen=True, kw_only=True)
class Taught:
    """A stretch of a redacted text, of a kind, and whether it is personal data."""

    text: str = field(repr=False)
    start: int
    end: int
    kind: str
    personal: bool


def make_templates(taught: Iterable[Taught]) -> Mapping[str, Sequence[str]]:
    """Return the sentences that teach the tagger, each once, under the section they belong to."""
    found: dict[str, dict[str, None]] = {WITH_NAMES: {}, WITHOUT_NAMES: {}}
    for one in taught:
        sentence = _sentence(one)
        if one.kind in NAMES and len(sentence.split()) >= SHORTEST and "{" not in sentence:
            template = PLACEHOLDER.sub(_slot, sentence)
            found[WITH_NAMES if "{N}" in template else WITHOUT_NAMES][template] = None
    return {section: [*templates] for section, templates in found.items()}


def weighed(
    taught: Mapping[str, Sequence[str]], ours: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    """Return what was taught as often as it counts beside the templates that we ship."""
    return {
        section: [*lines] * max(1, min(WEIGHT, int(MOST * len(ours[section])) // (len(lines) or 1)))
        for section, lines in taught.items()
    }


def _sentence(one: Taught) -> str:
    """The sentence in which it stands."""
    start = max(one.text.rfind(end, 0, one.start) for end in ENDS) + 1
    ends = [place for end in ENDS if (place := one.text.find(end, one.end)) >= 0]
    return one.text[start : min(ends, default=len(one.text) - 1) + 1].strip()


def _slot(placeholder: re.Match[str]) -> str:
    kind = placeholder[1]
    return "{N}" if kind in NAMES else SLOTS.get(kind, "{CODE}")
