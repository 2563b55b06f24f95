"""The wording of letters: our own templates, and a landlord's own in their place. Pure."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intake.domain.letter import LetterKind, LetterText

SUBJECT = "Subject:"
#: A landlord's own template cannot reach what is not given to it.
TEMPLATES = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")

_ALWAYS = frozenset({"reference", "landlord"})
_OMBUDSMAN = frozenset({"ombudsman", "ombudsman_name"})
_DEFINITION = frozenset({"issues", "outcome", "not_ours", "answer_by"}) | _OMBUDSMAN
_EXTENSION = frozenset({"stage", "original", "until", "reason"}) | _OMBUDSMAN
_DECISION = (
    frozenset({"stage", "received", "decider", "upheld", "issues", "outcome", "points"})
    | frozenset({"remedy", "promises", "parts"})
    | _OMBUDSMAN
)
_MP = frozenset({"received", "addressee", "is_complaint"})
#: What can stand in a letter of each kind, besides its reference and the landlord's name.
PLACES: Mapping[LetterKind, frozenset[str]] = {
    LetterKind.RECEIPT: frozenset(),
    LetterKind.ACKNOWLEDGEMENT: _DEFINITION | {"received", "others"},
    LetterKind.EXTENSION: _EXTENSION,
    LetterKind.EXTENSION_NOT_AGREED: _EXTENSION,
    LetterKind.RESPONSE: _DECISION,
    LetterKind.FINAL_RESPONSE: _DECISION,
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: _DEFINITION | {"requested"},
    LetterKind.REFUSAL: frozenset({"stage", "received", "decider", "ground", "reason"})
    | _OMBUDSMAN,
    LetterKind.MP_ACKNOWLEDGEMENT: _MP | {"answer_by"},
    LetterKind.MP_RESPONSE: _MP | {"words"} | _OMBUDSMAN,
    LetterKind.OMBUDSMAN_COVER: frozenset(
        {"ombudsman_name", "their_reference", "requested", "words", "enclosed", "decider"}
    ),
    LetterKind.COMPLIMENT_THANKS: frozenset({"received", "passed_to"}),
    LetterKind.COMMENT_NOTED: frozenset(
        {"received", "passed_to", "told_of_changes", "further_contact"}
    ),
    LetterKind.COMMENT_CHANGED: frozenset({"received", "words"}),
    LetterKind.NEUTRAL_ACKNOWLEDGEMENT: frozenset({"received"}) | _OMBUDSMAN,
    LetterKind.HOW_TO_COMPLAIN: _OMBUDSMAN,
    LetterKind.COPY: frozenset({"words"}),
}
#: A subject is read by whoever sees the screen: it says no words of the resident.
OF_SUBJECTS = frozenset({"reference", "landlord", "their_reference"})


class WordingError(ValueError):
    """A template cannot be used; the message names its file, the fault and what was expected."""


@cache
def shipped(kind: LetterKind) -> str:
    """Return our own template of a letter."""
    return files("intake").joinpath("letter_templates", f"{kind}.j2").read_text(encoding="utf-8")


def check_template(kind: LetterKind, text: str, *, source: str) -> None:
    """Refuse a template with a placeholder that its letter does not have.

    Raises:
        WordingError: it cannot be read, or names what there is not.
    """
    subject, body = _split(text, source)
    expected = _ALWAYS | PLACES[kind]
    for part, known in ((subject, OF_SUBJECTS & expected), (body, expected)):
        try:
            named = meta.find_undeclared_variables(TEMPLATES.parse(part))
        except TemplateSyntaxError as error:
            told = f"{source}: line {error.lineno}: {error.message}"
            raise WordingError(f"{told}: expected {{{{ placeholder }}}} or {{% if … %}}") from error
        for name in sorted(named - known):
            where = "subject" if part is subject else "letter"
            wanted = f"expected one of {', '.join(sorted(known))}"
            raise WordingError(f"{source}: {name}: no placeholder of this {where}: {wanted}")


def render(
    kind: LetterKind, facts: Mapping[str, object], own: str | None, *, source: str = ""
) -> LetterText:
    """Return a letter in a landlord's own words, or in ours where there are none.

    Raises:
        WordingError: the template asks for what its facts have not.
    """
    subject, body = _split(shipped(kind) if own is None else own, source)
    try:
        said, text = (TEMPLATES.from_string(part).render(facts) for part in (subject, body))
    except (UndefinedError, SecurityError, TypeError) as error:
        raise WordingError(f"{source or kind}: {error}") from error
    tidy = EMPTY_LINES.sub("\n\n", text).strip()
    return LetterText(subject=" ".join(said.split()), text=tidy + "\n")


def _split(text: str, source: str) -> tuple[str, str]:
    first, _, body = text.lstrip("\ufeff\n").partition("\n")
    if not first.startswith(SUBJECT):
        raise WordingError(f"{source}: line 1: expected `{SUBJECT}` and the subject of the letter")
    return first.removeprefix(SUBJECT).strip(), body
