"""A letter as it will go, with what the record knows of it, for its check. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from intake.domain.letter import LetterKind, Section, split_letter
from intake.domain.policy_facts import Contact
from intake.domain.readability import sentences, words
from intake.domain.working_days import Nation

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
#: `Tuesday 5 January 2027`, `5th Jan 2027`, `05/01/2027`, `2027-01-05`.
DAY = re.compile(
    r"(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9}),? (?P<year>20\d\d)\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d)\b"
    r"|\b(?P<iso>20\d\d-\d\d-\d\d)\b"
)
WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
#: Words of a form that was not filled in.
FILLER = re.compile(r"n/?a|t\.?b\.?[cd]\.?|none|nil|to follow|(as|see) (above|below)|x+|\W+")
ITEM = re.compile(r"^\s*(?:[-*\u2022]|\d{1,2}[.)])\s*")
LONG_WORD = 4


class Gravity(StrEnum):
    """How grave a problem with a letter is."""

    #: The Code asks for it, and it is not there.
    MISSING = "missing"
    #: It says what is not so, or what must not go out.
    WRONG = "wrong"
    #: A person should look at it again.
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is the matter with a letter; the provision of the Code, where one asks for it."""

    gravity: Gravity
    part: str
    says: str = field(repr=False)
    provision: str = ""

    @property
    def told(self) -> str:
        """The problem as staff read it."""
        asks = f" (Code {self.provision})" if self.provision else ""
        return f"{self.part}{asks}: {self.says}"


@dataclass(frozen=True, kw_only=True)
class Date:
    """A day that a letter names, in which sentence."""

    day: date
    sentence: str = field(repr=False)
    #: Whether the weekday before it is another day's.
    wrong_weekday: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter as it will go, and what the record knows of its matter."""

    kind: LetterKind
    #: As it will go, with the writer's own words in full.
    text: str = field(repr=False)
    #: As staff see it: a placeholder stands for each piece of the writer's personal data.
    shown: str = field(repr=False)
    landlord: str
    landlord_name: str
    on: date
    reference: str
    stage: int = 1
    #: References of other matters that the letter may name.
    references: tuple[str, ...] = ()
    issues: tuple[str, ...] = field(default=(), repr=False)
    outcome: str = field(default="", repr=False)
    #: The last day that the letter can promise an answer for.
    latest: date | None = None
    #: The day that an extension puts off.
    original: date | None = None
    contact: Contact | None = None
    #: Ways to reach the ombudsman that no longer hold.
    stale: tuple[str, ...] = ()
    #: Who may be named: whoever decided, and whoever does what is promised.
    names: tuple[str, ...] = field(default=(), repr=False)
    #: Whose days off a promise should not end on; nobody's where it is not known.
    nation: Nation | None = None
    #: Whom it is addressed to.
    addressee: str = field(default="", repr=False)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the letter."""
        return tuple(split_letter(self.text))

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The resident's own words as staff defined them, folded."""
        outcome = [line for line in self.outcome.splitlines() if line.strip()]
        return frozenset(fold(words) for words in (*self.issues, self.outcome, *outcome))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Our own lines: without headings, and without what quotes the resident."""
        return tuple(line for section in self.sections for line in self.own(section))

    def own(self, section: Section) -> Iterator[str]:
        """Return our own lines of a part."""
        for line in section.body.splitlines():
            if line.strip() and fold(ITEM.sub("", line)) not in self.quoted:
                yield line

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Our own sentences, in small letters."""
        return tuple(found.casefold() for line in self.lines for found in sentences(line))

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The days that our own words name."""
        return tuple(found for line in self.lines for found in find_dates(line))

    def below(self, heading: str) -> str:
        """Return our own words below the headings that match."""
        wanted = re.compile(heading, re.IGNORECASE)
        found = [s for s in self.sections if wanted.search(s.heading)]
        return "\n".join(line for section in found for line in self.own(section))

    def says(self, pattern: str) -> bool:
        """Whether one of our own sentences matches."""
        wanted = re.compile(pattern)
        return any(wanted.search(sentence) for sentence in self.sentences)


def fold(text: str) -> str:
    """Return words as they are compared: without case, spare spaces or an end of sentence."""
    return " ".join(text.split()).casefold().rstrip(".!? ")


def substance(text: str) -> int:
    """Return how many words a text has that say something."""
    real = (line for line in text.splitlines() if not FILLER.fullmatch(fold(ITEM.sub("", line))))
    return sum(len(words(line)) for line in real)


def find_dates(line: str) -> Iterator[Date]:
    """Return the days that a line names, as people write them in Britain."""
    for sentence in sentences(DOTTED.sub(r"\1/\2/\3", line)):
        for match in DAY.finditer(sentence.casefold()):
            day = _day(match)
            if day is not None:
                named = match["weekday"]
                wrong = named is not None and WEEKDAYS[day.weekday()] != named
                yield Date(day=day, sentence=sentence.casefold(), wrong_weekday=wrong)


#: A day with dots is no end of a sentence.
DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"]))
        return date(int(match["year"]), month, int(match["day"]))
    except (ValueError, StopIteration):
        return None
