"""What others may see of a message that was judged: redacted, and nothing where that failed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from classifier.labels import (
    Assessment,
    Audience,
    Redact,
    RedactedText,
    Redaction,
    Span,
    Text,
    WithheldError,
    on_one_line,
)
from intake.domain.hiding import Part, Redactions, hide_names, keeping, names_in
from intake.domain.triage import issues_of, outcome_of


@dataclass(frozen=True, kw_only=True)
class Unassessed:
    """A message as it is judged and redacted."""

    text: Text
    author: str
    outcome_sought: str
    public: bool
    #: Names that its case knows, and words that its landlord no longer hides.
    names: tuple[str, ...] = field(default=(), repr=False)
    kept: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What others may see of a message, redacted."""

    author: RedactedText
    subject: RedactedText
    text: RedactedText
    issues: RedactedText
    outcome: RedactedText
    reasons: tuple[str, ...]
    #: What the placeholders stand for, in the issues and in the outcome filled in.
    hidden: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    #: Where that stands, part by part.
    spans: Mapping[Part, tuple[Span, ...]] = field(default_factory=dict, repr=False)


LONGEST_REASON = 160
NOTHING = RedactedText("")
#: What is shown of a message that could not be checked for personal data.
UNSHOWN = Shown(
    author=NOTHING,
    subject=NOTHING,
    text=RedactedText("[text withheld: it could not be checked for personal data]"),
    issues=NOTHING,
    outcome=NOTHING,
    reasons=(),
)


def hide(message: Unassessed, assessment: Assessment, redact: Redact) -> Shown:
    """Return what may be shown of a message; where redaction fails, nothing of it.

    A name that is found in one part, or was in the case, is hidden in every part.
    """
    text = message.text
    audience = Audience.PUBLIC if message.public else Audience.STAFF
    author = ", ".join((message.author, *message.names))
    parts = {
        Part.AUTHOR: message.author,
        Part.SUBJECT: text.subject,
        Part.TEXT: text.words,
        Part.OUTCOME: message.outcome_sought,
    }
    try:
        found = {
            part: redact(words, audience=audience, author=author, landlord=text.landlord)
            for part, words in parts.items()
        }
    except WithheldError:
        return UNSHOWN
    sparing = {part: keeping(redaction, message.kept) for part, redaction in found.items()}
    names = [*message.names, *names_in(sparing.values())]
    hidden = {part: keeping(hide_names(r, names), message.kept) for part, r in sparing.items()}
    shown = show(hidden, assessment)
    return replace(shown, spans={part: r.spans for part, r in hidden.items()})


def show(parts: Redactions, assessment: Assessment) -> Shown:
    """Return what may be shown of a message whose parts are redacted."""
    words, stated = parts[Part.TEXT], parts[Part.OUTCOME]
    asked = stated if stated.text else words
    return Shown(
        author=parts[Part.AUTHOR].text,
        subject=parts[Part.SUBJECT].text,
        text=words.text,
        issues=issues_of(words, assessment),
        outcome=stated.text or outcome_of(words),
        reasons=_reasons(assessment, words),
        hidden={"issues": words.hidden, "outcome": asked.hidden},
    )


def _reasons(assessment: Assessment, words: Redaction) -> tuple[str, ...]:
    """The named reasons; where there are none, the deciding sentence, redacted.

    A reason that quotes the text could show what redaction hid, so none does.
    """
    raw = words.original.casefold()
    reasons: dict[str, None] = {}
    for evidence in assessment.evidence:
        named = [cue for cue in evidence.cues if cue.casefold() not in raw]
        sentence = on_one_line(words.cut(evidence.start, evidence.end))[:LONGEST_REASON]
        quoted = [f"“{sentence}”"] if sentence else []
        reasons |= dict.fromkeys(named or quoted)
    return tuple(reasons)
