"""Measure how many identifiers are hidden, beside Microsoft Presidio on the same messages.

By hand: `python -m tests.bench_presidio PYTHON [FILE…]`, where PYTHON has presidio-analyzer
installed; without files, all marked messages of `tests/classifier/personal`. Names are not
compared: Presidio leaves them to a statistical model, which is none of its own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

TOP = Path(__file__).parent.parent
MARKED = TOP / "tests" / "classifier" / "personal"
NAMES = frozenset({"NAME", "STAFF"})
#: What Presidio calls what we look for. Its dates are of all kinds: they may find a date of birth,
#: and are never held against its precision.
KINDS: Mapping[str, str] = {
    "UK_NHS": "NHS",
    "UK_NINO": "NINO",
    "UK_POSTCODE": "POSTCODE",
    "UK_VEHICLE_REGISTRATION": "VRM",
    "UK_DRIVING_LICENCE": "REF",
    "UK_PASSPORT": "REF",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "BANK",
    "CREDIT_CARD": "CARD",
    "EMAIL_ADDRESS": "EMAIL",
    "URL": "URL",
    "IP_ADDRESS": "URL",
    "DATE_TIME": "DOB",
}
DATES = "DATE_TIME"
RECOGNISERS = (
    "NhsRecognizer",
    "UkNinoRecognizer",
    "UkPostcodeRecognizer",
    "UkVehicleRegistrationRecognizer",
    "UkDrivingLicenceRecognizer",
    "UkPassportRecognizer",
    "IbanRecognizer",
    "CreditCardRecognizer",
    "EmailRecognizer",
    "UrlRecognizer",
    "IpRecognizer",
    "DateRecognizer",
)


@dataclass
class Tally:
    """What is marked of a kind, and how much of it was hidden; what was hidden, and rightly."""

    marked: int = 0
    covered: int = 0
    hidden: int = 0
    rightly: int = 0

    @property
    def shown(self) -> str:
        """Recall and precision, in per cent."""
        recall = f"{self.covered / self.marked:.1%}" if self.marked else ""
        precision = f"{self.rightly / self.hidden:.1%} of {self.hidden}" if self.hidden else ""
        return f"{recall} | {precision}"


@dataclass
class Result:
    """What one of the two hid, kind by kind, and how long it took."""

    seconds: float
    kinds: dict[str, Tally] = field(default_factory=dict)

    def of(self, kind: str) -> Tally:
        """Return the tally of a kind."""
        return self.kinds.setdefault(kind, Tally())

    def together(self, kinds: Iterable[str]) -> Tally:
        """Return the tallies of several kinds as one."""
        each = [asdict(self.of(kind)) for kind in kinds]
        return Tally(**{key: sum(one[key] for one in each) for key in asdict(Tally())})


#: Where something was hidden, and what it was called.
Hidden = Sequence[tuple[int, int, str]]


def measure_presidio(texts: Iterable[str]) -> dict[str, Any]:
    """Have Presidio read each text, with its UK recognisers and those without a country."""
    analyzer, spacy = import_module("presidio_analyzer"), import_module("spacy")
    found = import_module("presidio_analyzer.predefined_recognizers")
    engine = import_module("presidio_analyzer.nlp_engine").SpacyNlpEngine()
    spacy.Language.component("presidio_words", func=name_words)
    engine.nlp = {"en": spacy.blank("en")}
    engine.nlp["en"].add_pipe("presidio_words")
    registry = analyzer.RecognizerRegistry(
        recognizers=[
            *(getattr(found, name)() for name in RECOGNISERS),
            found.PhoneRecognizer(supported_regions=("GB",)),
        ]
    )
    reader = analyzer.AnalyzerEngine(registry=registry, nlp_engine=engine)
    reader.analyze("Ring 07700 900123", language="en")  # what is loaded at first use
    texts = list(texts)
    begun = time.process_time()
    results = [reader.analyze(text, language="en") for text in texts]
    seconds = time.process_time() - begun
    hidden = [[(one.start, one.end, one.entity_type) for one in each] for each in results]
    return {"seconds": seconds, "hidden": hidden}


def name_words(doc: Any) -> Any:  # noqa: ANN401 - a class of a library that we import late
    """Give each word a lemma, its small letters: Presidio finds the words beside it by that."""
    for token in doc:
        token.lemma_ = token.lower_
    return doc


def measure_heard(texts: Sequence[str]) -> dict[str, Any]:
    """Have our engine read each text for the public."""
    redact = import_module("bot.model").load_redactor({})
    public = import_module("classifier.labels").Audience.PUBLIC
    redact("Ring 07700 900123", audience=public)
    begun = time.process_time()
    results = [redact(text, audience=public).spans for text in texts]
    seconds = time.process_time() - begun
    hidden = [[(span.start, span.end, span.kind) for span in each] for each in results]
    return {"seconds": seconds, "hidden": hidden}


def judge(samples: Sequence[Any], answer: Mapping[str, Any]) -> Result:
    """Return how much of what is marked was hidden whole, and how much of what was hidden is."""
    result = Result(answer["seconds"])
    for sample, hidden in zip(samples, answer["hidden"], strict=True):
        places = {place for start, end, _ in hidden for place in range(start, end)}
        for gold in sample.gold:
            if gold.kind not in NAMES:
                tally, stretch = result.of(gold.kind), range(gold.start, gold.end)
                tally.marked += 1
                tally.covered += all(n in places for n in stretch if sample.text[n].isalnum())
        _judge_hidden(result, sample, hidden)
    return result


def _judge_hidden(result: Result, sample: Any, hidden: Hidden) -> None:  # noqa: ANN401
    for start, end, called in hidden:
        if called not in NAMES and called != DATES:
            tally = result.of(KINDS.get(called, called))
            tally.hidden += 1
            tally.rightly += any(start < gold.end and gold.start < end for gold in sample.gold)


def main(peer: str, files: Sequence[Path]) -> None:
    """Measure both, one after the other, and print the table."""
    read = import_module("bot.commands.evaluate_redaction").read_samples
    samples = [sample for path in files for sample in read(path)]
    texts = [sample.text for sample in samples]
    asked = [peer, str(Path(__file__)), "--peer"]
    ran = subprocess.run(  # noqa: S603 - the peer's Python that the caller names
        asked, check=True, capture_output=True, text=True, input=json.dumps(texts)
    )
    theirs = judge(samples, json.loads(ran.stdout.splitlines()[-1]))
    ours = judge(samples, measure_heard(texts))
    sys.stdout.write("\n".join([*_table(theirs, ours, len(texts)), ""]))


def _table(theirs: Result, ours: Result, messages: int) -> Iterator[str]:
    yield "| kind | of | Heard, whole | precision | Presidio, whole | precision |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind in sorted(ours.kinds.keys() | theirs.kinds.keys()):
        own, other = ours.of(kind), theirs.of(kind)
        yield f"| {kind} | {own.marked} | {own.shown} | {other.shown} |"
    for what, kinds in (("kinds that both look for", {*KINDS.values()}), ("all", {*ours.kinds})):
        own, other = ours.together(kinds), theirs.together(kinds)
        yield f"| {what} | {own.marked} | {own.shown} | {other.shown} |"
    rates = (f"{messages / each.seconds:.0f}" for each in (ours, theirs))
    yield f"| messages a second of processor time | {messages} | {' | | '.join(rates)} | |"


def _marked() -> list[Path]:
    return sorted(p for p in MARKED.glob("*/*") if p.suffix in {".jsonl", ".txt"})


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        sys.stdout.write(json.dumps(measure_presidio(json.load(sys.stdin))))
    else:
        main(sys.argv[1], [Path(name) for name in sys.argv[2:]] or _marked())
