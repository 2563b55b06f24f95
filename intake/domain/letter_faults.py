"""What is wrong or doubtful in a letter: days, names, placeholders, private matters, tone. Pure."""

import re
from collections.abc import Iterator

from classifier.labels import Audience, Redact, WithheldError
from intake.domain.calendar import load_calendar
from intake.domain.letter import LetterKind
from intake.domain.letter_draft import Draft, Gravity, Problem, fold
from intake.domain.letter_parts import PROMISES
from intake.domain.readability import reading_age, sentences, words
from intake.domain.reference import REFERENCE
from intake.domain.triage import PLACEHOLDER

UNFINISHED = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|[\[<(](?:insert|add|enter|name|date|amount|reason|your|xx)\b[^\]>)\n]{0,40}"
    r"[\]>)]|\b(?:TB[CD]|XXX+|TODO|lorem ipsum)\b|_{4,}",
    re.IGNORECASE,
)
GREETING = re.compile(r"^(?:dear|hello|hi)\s+([^,\n]{2,60}),?$", re.IGNORECASE | re.MULTILINE)
NOBODY = frozenset({"sir or madam", "resident", "tenant", "customer", "there", "all", "neighbour"})
#: The wait and the filter that were abolished on 1 October 2022 (Code 3.7).
BARRED_WAY = (
    r"\b(eight|8)[ -]weeks?\b"
    r"|(?=.*\bombudsman\b)(?=.*\b(only|must|through|via|refer)\b)(?=.*\b(mp|councillor|designated)\b)"
)
#: No reason is needed for stage 2 (Code 6.12), and every complaint is a complaint (5.2).
ASKS_WHY = (
    r"\b(must|need to|have to|required to)\b.*\b(say|tell us|explain|give)\b.*\b(why|reasons?)\b"
)
INFORMAL = r"\b(informal(ly)?|formal complaint|stage 0|stage zero|pre-complaint)\b"
UNKIND = (
    r"\byour (own )?fault\b"
    r"|\byou (failed|refused|neglected|should have|could have|did not bother)\b"
    r"|\b(vexatious|troublemaker|ridiculous|nonsense|stupid|idiot\w*|liar|lying|lies|rude|moan\w*"
    r"|whing\w*|hysterical|so-called|unfounded|baseless)\b|\byou (claim|allege)(ed|d)?\b"
    r"|\b(bloody|damn|crap|shit\w*|fuck\w*)\b"
)
LONGEST_SENTENCE = 28
OLDEST_READER = 14
QUOTED = 60


def find_wrong(draft: Draft) -> Iterator[Problem]:
    """Return what says what is not so, or must not go out."""
    for find in (_unfinished, _references, _late_days, _past_days, _old_contacts, _barred_ways):
        for part, provision, says in find(draft):
            yield Problem(gravity=Gravity.WRONG, part=part, provision=provision, says=says)


def find_doubtful(draft: Draft) -> Iterator[Problem]:
    """Return what a person should look at again."""
    for find in (_weekdays, _days_off, _names, _tone, _hard_words):
        for part, provision, says in find(draft):
            yield Problem(gravity=Gravity.DOUBTFUL, part=part, provision=provision, says=says)


def find_personal_data(draft: Draft, redact: Redact | None) -> Iterator[Problem]:
    """Return what may be somebody else's personal data; the writer's own is not shown to staff.

    In an acknowledgement to somebody who has shown no authority, any is wrong.
    """
    gravity = Gravity.DOUBTFUL
    if draft.kind is LetterKind.NEUTRAL_ACKNOWLEDGEMENT and redact is not None:
        gravity = Gravity.WRONG
    for says in _private(draft, redact):
        yield Problem(gravity=gravity, part="somebody's personal data", says=says)


Fault = tuple[str, str, str]


def _private(draft: Draft, redact: Redact | None) -> Iterator[str]:
    if redact is None:
        yield "nobody has looked for it here: please look yourself"
        return
    try:
        found = redact(draft.shown, audience=Audience.STAFF, landlord=draft.landlord)
    except WithheldError:
        yield "it could not be looked for in time: please look yourself"
        return
    ours = _ours(draft)
    for place in dict.fromkeys(found.original[s.start : s.end] for s in found.spans):
        if not _is_ours(place, ours):
            yield f"\u201c{place[:QUOTED]}\u201d: may this reader know it?"


def _ours(draft: Draft) -> str:
    """All that a letter may name, folded, as plain words."""
    contact = draft.contact
    ways = (
        (contact.name, contact.phone, contact.web, contact.email, contact.post) if contact else ()
    )
    known = (*ways, *draft.names, draft.addressee, draft.landlord_name, draft.reference)
    emergency = ("999", "0800 111 999")
    return "\n".join(fold(one) for one in (*known, *draft.references, *emergency))


def _is_ours(place: str, ours: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(place)) or fold(place) in ours


def _unfinished(draft: Draft) -> Iterator[Fault]:
    shown = [match.group() for match in PLACEHOLDER.finditer(draft.text)]
    # A reference of ours may begin with TBC by chance.
    lines = (REFERENCE.sub("", line) for line in draft.lines)
    shown += [match.group() for match in UNFINISHED.finditer("\n".join(lines))]
    for place in dict.fromkeys(shown):
        yield "a placeholder is left", "", f"\u201c{place[:QUOTED]}\u201d"


def _references(draft: Draft) -> Iterator[Fault]:
    known = {draft.reference, *draft.references}
    for found in dict.fromkeys(REFERENCE.findall(draft.text)):
        if found not in known:
            yield "another reference", "", f"{found} is none of this matter"


def _late_days(draft: Draft) -> Iterator[Fault]:
    if draft.latest is None:
        return
    for found in draft.dates:
        if found.day > draft.latest and re.search(PROMISES, found.sentence):
            told = f"{found.day:%-d %B %Y} is after {draft.latest:%-d %B %Y}"
            yield "a day past the clock", _CLOCKS.get(draft.kind, ""), told


_CLOCKS = {
    LetterKind.ACKNOWLEDGEMENT: "6.3",
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: "6.14",
    LetterKind.EXTENSION: "6.4, 6.15",
    LetterKind.EXTENSION_NOT_AGREED: "6.4, 6.15",
}


def _days_off(draft: Draft) -> Iterator[Fault]:
    """A day to come on which nobody works: what is promised for it is kept late, or by nobody."""
    if draft.nation is None:
        return
    days = load_calendar().nations[draft.nation]
    for day in dict.fromkeys(found.day for found in draft.dates):
        if day >= draft.on and day not in days:
            told = f"{day:%A %-d %B %Y} is no working day: can it be promised?"
            yield "a promised day that is a day off", "", told


def _past_days(draft: Draft) -> Iterator[Fault]:
    for found in draft.dates:
        promised = re.search(r"\b(will|by)\b", found.sentence)
        if found.day < draft.on and found.day != draft.original and promised:
            yield "a day that has passed", "7.3", f"{found.day:%-d %B %Y} has passed"


def _old_contacts(draft: Draft) -> Iterator[Fault]:
    text = fold(draft.text)
    for old in draft.stale:
        if fold(old) in text:
            yield "an old contact of the Ombudsman", "3.7", f"{old} no longer holds"


def _barred_ways(draft: Draft) -> Iterator[Fault]:
    if draft.says(BARRED_WAY):
        told = "nobody waits eight weeks, or goes through an MP or councillor, since 1 October 2022"
        yield "a barrier to the Ombudsman", "3.7", told
    stage_2 = [s for s in draft.sentences if re.search(r"stage 2|stage two|review", s)]
    if any(re.search(ASKS_WHY, s) and not re.search(r"\bnot\b", s) for s in stage_2):
        yield "a barrier to stage 2", "6.12", "the resident need not say why"


def _weekdays(draft: Draft) -> Iterator[Fault]:
    for found in draft.dates:
        if found.wrong_weekday:
            yield "a wrong day", "", f"{found.day:%-d %B %Y} is a {found.day:%A}"


def _names(draft: Draft) -> Iterator[Fault]:
    contact = draft.contact.name if draft.contact else ""
    known = set(fold(f"{draft.addressee} {contact}").split())
    for name in GREETING.findall(draft.text):
        if fold(name) not in NOBODY and not known & set(fold(name).split()):
            yield "the name", "", f"it greets {name[:QUOTED]}: is that the reader?"
    if fold(draft.landlord_name) not in fold(draft.text):
        yield "the landlord", "", f"it does not say that it comes from {draft.landlord_name}"


def _tone(draft: Draft) -> Iterator[Fault]:
    looks: tuple[tuple[str, str, str], ...] = (
        ("words that blame or hurt", "5.1", UNKIND),
        ("an informal lane", "5.2", INFORMAL),
    )
    for part, provision, pattern in looks:
        for sentence in draft.sentences:
            found = re.search(pattern, sentence)
            if found:
                yield part, provision, f"\u201c{found.group()[:QUOTED]}\u201d"


def _hard_words(draft: Draft) -> Iterator[Fault]:
    told = "\n".join(line for line in draft.shown.splitlines() if fold(line) not in draft.quoted)
    for sentence in sentences(told):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            begins = " ".join(sentence.split()[:6])
            yield "a long sentence", "", f"{count} words, from \u201c{begins}\u201d"
    age = reading_age(told)
    if age > OLDEST_READER:
        yield "hard to read", "", f"for readers of {age:.0f} years and older: use shorter words"
