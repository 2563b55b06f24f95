"""What goes into the classifier and what comes out. Light: importing it loads no model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Label(StrEnum):
    """What a text reads as. What it is recorded as is for staff to confirm."""

    SERVICE_REQUEST = "service_request"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    OTHER = "other"


class Band(StrEnum):
    """How sure we are of dissatisfaction. `POSSIBLE` means that a person must look."""

    MARKED = "marked"
    POSSIBLE = "possible"
    UNMARKED = "unmarked"


class Flag(StrEnum):
    """What else staff must know of a text, whatever it reads as."""

    EMERGENCY = "emergency"
    DAMP_MOULD = "damp_mould"
    SAFEGUARDING = "safeguarding"
    ASB = "asb"
    LEGAL_CLAIM = "legal_claim"
    MP_COUNCILLOR = "mp_councillor"
    STAGE_2 = "stage2"
    REPRESENTATIVE = "representative"
    VULNERABILITY = "vulnerability"
    DATA_REQUEST = "data_request"


class Hazard(StrEnum):
    """Awaab's Law's categories of hazard, phase 1 and 2."""

    DAMP_MOULD = "damp_mould"
    EXCESS_COLD = "excess_cold"
    EXCESS_HEAT = "excess_heat"
    FALLS = "falls"
    STRUCTURAL_COLLAPSE = "structural_collapse"
    FIRE = "fire"
    EXPLOSIONS = "explosions"
    ELECTRICAL = "electrical"
    HYGIENE_FOOD_PESTS = "hygiene_food_pests"


@dataclass(frozen=True, kw_only=True)
class History:
    """What the record knows of the matter already."""

    contacts: int = 0
    open_request: bool = False
    overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to judge, with what surrounds it."""

    words: str = field(repr=False)
    landlord: str = ""
    channel: str = "email"
    subject: str = field(default="", repr=False)
    history: History = History()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The sentence that decided a label: code points ``start`` to ``end`` of the text as given."""

    label: Label
    sentence: str = field(repr=False)
    start: int
    end: int
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The classifier's view of one text, with the reasons that led to it."""

    labels: tuple[Label, ...]
    band: Band
    model: str
    probabilities: Mapping[Label, float] = field(default_factory=dict)
    #: Only those raised, each with its probability.
    flags: Mapping[Flag, float] = field(default_factory=dict)
    hazards: tuple[Hazard, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Hold the two rules of the contract: labels and band agree, and `other` stands alone."""
        if not self.labels or (Label.COMPLAINT in self.labels) != (self.band is Band.MARKED):
            raise ValueError("`marked` means exactly that complaint is among the labels")
        if Label.OTHER in self.labels and len(self.labels) > 1:
            raise ValueError("`other` stands alone")


class Audience(StrEnum):
    """Who will see a redacted text."""

    #: Anybody: hides every kind, at the smallest doubt.
    PUBLIC = "public"
    #: The landlord's own triage staff: keeps staff names, streets, references and the district.
    STAFF = "staff"


class RedactedText(str):
    """Text that is safe to show. Only redaction makes one, and only its own column keeps one.

    A cut or joined piece of it is a plain `str` again: `Redaction.cut` and `join_redacted` instead.
    """

    __slots__ = ()


def join_redacted(parts: Iterable[RedactedText], separator: str, *, limit: int) -> RedactedText:
    """Return redacted pieces as one redacted text of at most `limit` characters."""
    return RedactedText(separator.join(parts)[:limit])


def on_one_line(text: RedactedText) -> RedactedText:
    """Return a redacted text with each run of white space made one space."""
    return RedactedText(" ".join(text.split()))


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of personal data, `text[start:end]`, and what is shown in its place."""

    start: int
    end: int
    kind: str
    placeholder: str
    #: Whether we are sure; a doubtful span is hidden too, and a person looks at it.
    certain: bool = True


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A text, and the spans of personal data in it: in order, apart from each other."""

    original: str = field(repr=False)
    spans: tuple[Span, ...] = ()
    #: Whether it speaks of health, ethnicity, religion or the like.
    health: bool = False

    @property
    def text(self) -> RedactedText:
        """The text with each span replaced by its placeholder."""
        return self.cut(0, len(self.original))

    @property
    def hidden(self) -> dict[str, str]:
        """What each placeholder stands for. Restricted, as the original is."""
        return {span.placeholder: self.original[span.start : span.end] for span in self.spans}

    def cut(self, start: int, end: int) -> RedactedText:
        """The same of `original[start:end]`; a span that the cut would split is hidden whole."""
        pieces: list[str] = []
        shown = start
        for span in self.spans:
            if span.end <= start or span.start >= end:
                continue
            pieces += [self.original[shown : max(span.start, shown)], span.placeholder]
            shown = min(span.end, end)
        return RedactedText("".join(pieces) + self.original[shown:end])


class WithheldError(Exception):
    """A text could not be redacted within the limit: nobody is shown it. Says no words of it."""


class Redact(Protocol):
    """Finds the personal data in a text; `author` is the display name it came under.

    Raises:
        WithheldError: the detectors did not finish; the text must not be shown.
    """

    def __call__(  # noqa: D102 - the class says it
        self, text: str, *, audience: Audience, author: str = "", landlord: str = ""
    ) -> Redaction: ...


#: Judges texts together, one assessment for each, in order.
Judge = Callable[[Sequence[Text]], list[Assessment]]
