"""The parts of a policy pack that set clocks: periods, and the law of hazards."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator

from classifier.labels import Hazard
from intake.domain.lengths import Length, parse_length
from intake.domain.moments import ClockName, Moment
from intake.domain.working_days import CountFrom

#: How sure a rule is: A the rule-maker's own page, B a landlord's published self-assessment,
#: C a secondary source, D our own inference, K general knowledge. C and K are unverified.
Evidence = Literal["A", "B", "C", "D", "K"]


class Pack(BaseModel):
    """Base of all parts of a pack: no unknown keys, no changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _length(value: object) -> Length:
    return value if isinstance(value, Length) else parse_length(str(value))


PackLength = Annotated[Length, PlainValidator(_length), PlainSerializer(str)]


class Period(Pack):
    """How long a clock runs, and from which moment."""

    length: PackLength
    #: None where a landlord's document does not say.
    start: Moment | None = Field(default=None, alias="from")
    #: The provision of the Code or the clause of the document.
    rule: str
    evidence: Evidence = "A"
    #: The most by which an extension may move the date.
    extend_by: PackLength | None = None
    #: A second limit, normally never passed, which the first may be stretched to.
    outer: PackLength | None = None
    #: It ends no sooner than this other clock, where that one runs.
    not_before: ClockName | None = None
    #: What the landlord lets a late resident plead.
    unless: tuple[str, ...] = ()
    roll: bool = False
    count_from: CountFrom | None = None
    in_force: date | None = None


class HazardPhase(Pack):
    """The hazards that count as significant from a day on."""

    start: date = Field(alias="from")
    significant: tuple[Hazard, ...]


class HazardLaw(Pack):
    """A nation's law of hazards in the home."""

    law: str
    phases: tuple[HazardPhase, ...]
    #: What the law calls an emergency; empty where it knows none.
    emergency: str = ""
    #: Agreements outside the law. A home whose agreement is unknown is inside it.
    excluded_agreements: tuple[str, ...] = ()
    clocks: Mapping[ClockName, Period]

    @property
    def in_force(self) -> date:
        """The day on which the first phase began."""
        return min(phase.start for phase in self.phases)

    def significant(self, on: date) -> frozenset[Hazard]:
        """Return the hazards whose clocks run when the landlord learns of them on a day."""
        begun = [phase for phase in self.phases if phase.start <= on]
        latest = max(begun, key=lambda phase: phase.start, default=None)
        return frozenset(latest.significant if latest else ())
