"""The chain of a case's history: each event's hash covers the one before it. Pure."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

#: What the history of a case says of the bytes that it began with, and finds them by.
ARRIVED = "What arrived has the SHA-256"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one event that its hash covers, beside a digest of its words."""

    landlord: str
    case_id: int
    seq: int
    action: str
    before: str
    after: str
    by: str
    at: datetime
    press: str | None


@dataclass(frozen=True, kw_only=True)
class Link:
    """One event as it stands on record."""

    facts: Facts
    hash: bytes
    #: None where the row of its words is gone, which nothing excuses.
    digest: bytes | None
    #: Both none once they are purged.
    salt: bytes | None = field(repr=False)
    words: str | None = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where a history has got to: how many events, and the hash of the last."""

    seq: int
    hash: bytes


NO_HISTORY = Head(seq=0, hash=b"")


def digest_words(salt: bytes, words: str) -> bytes:
    """Return what the chain covers of an event's words: the words can go, and it still holds."""
    return hashlib.sha256(salt + words.encode()).digest()


def hash_event(previous: bytes, facts: Facts, words_digest: bytes) -> bytes:
    """Return the hash of an event: over the one before, its facts, a digest of its words."""
    covered = [facts.landlord, facts.case_id, facts.seq, facts.action, facts.before, facts.after]
    covered += [facts.by, facts.at.astimezone(UTC).isoformat(), facts.press, words_digest.hex()]
    return hashlib.sha256(previous + json.dumps(covered).encode()).digest()


def find_faults(links: Sequence[Link], heads: Sequence[Head], *, purged: bool) -> Iterator[str]:
    """Say what is wrong with the history of a case, in the order of its events.

    `heads` are all that is known elsewhere of where it has got to; each must lie in it, the
    first of them at its end. The words may be gone of a case that was `purged`.
    """
    standing, before = NO_HISTORY, ""
    hashes = {0: standing.hash}
    for link in links:
        seq = standing.seq + 1
        if link.facts.seq != seq:
            yield f"event {seq} is missing"
            return
        yield from _faults_of(link, standing.hash, before, purged=purged)
        standing, before = Head(seq=seq, hash=link.hash), link.facts.after
        hashes[seq] = link.hash
    for place, head in enumerate(heads):
        if head.seq > standing.seq:
            yield f"its history ends at event {standing.seq} and went on to event {head.seq}"
        elif hashes[head.seq] != head.hash:
            yield f"event {head.seq} is not the one that was written down elsewhere"
        elif place == 0 and head.seq < standing.seq:
            yield f"event {head.seq + 1} was put in behind the program's back"


def _faults_of(link: Link, previous: bytes, stood: str, *, purged: bool) -> Iterator[str]:
    seq = link.facts.seq
    if link.digest is None:
        yield f"the words of event {seq} are missing"
    elif hash_event(previous, link.facts, link.digest) != link.hash:
        yield f"event {seq} ({link.facts.action}) was changed, or the one before it was"
    elif stood and link.facts.before != stood:
        yield f"event {seq} begins at {link.facts.before}, where the case did not stand"
    if link.salt is not None and link.words is not None:
        if digest_words(link.salt, link.words) != link.digest:
            yield f"the words of event {seq} were changed"
    elif not purged:
        yield f"the words of event {seq} were removed without a purge"
