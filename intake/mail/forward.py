"""Mail that somebody passed on, and whose it was first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr

from intake.mail import wording
from intake.mail.trim import HEADER, MOST_LINES, letters_of

OPENS = re.compile(r"[fB]|" + HEADER.pattern)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,190}\w")
BRACKETS = re.compile(r"[<\[(]\s?(?:mailto:)?([^<>\[\]()\s]{1,254})[^<>\[\]()]{0,300}[>\])]?")
QUOTED = re.compile(r"\s{0,3}>\s?")
#: The header of the mail within: a line each, or a line each with an empty one between.
HEAD = re.compile(r"[^H]{0,4}(H(?:(?:t?[hH])+|(?:e[hH])*))")
LONGEST_LINE = 500


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A name and a mail address, either of which may be empty."""

    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class PassedOn:
    """A mail within the text of another: who wrote it, and its text."""

    author: Contact
    note: str = field(repr=False)
    text: str = field(repr=False)


def find_passed_on(text: str, *, said: bool) -> PassedOn | None:
    """Return the mail that a text passes on; where the subject does not say so, a marker must."""
    lines = text.split("\n")
    opening = OPENS.search(letters_of(lines[:MOST_LINES]))
    if opening is None or not (said or opening[0] == "f"):
        return None
    start = opening.start()
    below = _unquoted(lines[start + opening[0].startswith(("f", "B")) : MOST_LINES])
    head = HEAD.match(letters_of(below))
    author = _author(below[head.end() - len(head[1])]) if head else None
    if head is None or author is None:
        return None
    rest = below[head.end() :] + lines[MOST_LINES:]
    return PassedOn(
        author=author, note="\n".join(lines[:start]).strip(), text="\n".join(rest).strip()
    )


def _unquoted(lines: list[str]) -> list[str]:
    """The lines without the mark that Apple puts before each."""
    if set(letters_of(lines)) <= {"e", "q"}:
        return [QUOTED.sub("", line) for line in lines]
    return lines


def _author(line: str) -> Contact | None:
    said = wording.FROM_LINE.match(line[:LONGEST_LINE])
    words = said[1].replace("*", "").strip() if said else ""
    return parse_contact(words)


def parse_contact(words: str) -> Contact | None:
    """Return who is meant by the words after "From:", as people and programs write them."""
    found = ADDRESS.search(words)
    if found is None:
        return Contact(name=words) if words else None
    rest = BRACKETS.sub(" ", words) if BRACKETS.search(words) else words.replace(found[0], " ")
    name = rest.replace(found[0], " ").strip(" \"'<>[]()")
    bracketed = parseaddr(words)[0] if words.endswith(")") else ""
    return Contact(name=" ".join((name or bracketed).split()), address=found[0])


def credited(author: Contact, forwarded_from: Contact | None, staff: Sequence[str]) -> Contact:
    """Return whose words a mail is taken to be: the resident's, where staff passed it on.

    Nothing proves it: whoever is credited so is unverified.
    """
    ours = tuple(f"@{domain.casefold()}" for domain in staff)
    if forwarded_from is None or not author.address.casefold().endswith(ours):
        return author
    return author if forwarded_from.address.casefold().endswith(ours) else forwarded_from
