from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from intake.domain.chain import NO_HISTORY, Facts, Head, Link, digest_words, find_faults, hash_event

AT = datetime(2026, 3, 2, tzinfo=UTC)
STATES = ["new", "logged", "answered", "closed"]


def history() -> list[Link]:
    links: list[Link] = []
    previous = NO_HISTORY.hash
    for seq, (before, after) in enumerate(pairwise(STATES), start=1):
        facts = Facts(
            landlord="oak",
            case_id=1,
            seq=seq,
            action="go",
            before=before,
            after=after,
            by="asha",
            at=AT + timedelta(days=seq),
            press=None,
        )
        digest = digest_words(b"salt", after)
        previous = hash_event(previous, facts, digest)
        links.append(Link(facts=facts, hash=previous, digest=digest, salt=b"salt", words=after))
    return links


def faults(links: list[Link], *heads: Head, purged: bool = False) -> list[str]:
    return list(find_faults(links, heads, purged=purged))


def head(links: list[Link], seq: int = 3) -> Head:
    return Head(seq=seq, hash=links[seq - 1].hash)


def test_a_history_as_it_was_written_holds():
    links = history()
    assert faults(links, head(links), head(links, 2), NO_HISTORY) == []
    emptied = [replace(link, salt=None, words=None) for link in links]
    assert faults(emptied, head(links), purged=True) == []


def test_words_that_went_without_a_purge_are_missed():
    links = history()
    links[1] = replace(links[1], salt=None, words=None)
    assert faults(links) == ["the words of event 2 were removed without a purge"]
    links[1] = replace(links[1], digest=None)
    assert "the words of event 2 are missing" in faults(links)


def test_changed_words_and_facts_are_named():
    links = history()
    links[0] = replace(links[0], words="other")
    links[2] = replace(links[2], facts=replace(links[2].facts, by="mo"))
    assert faults(links) == [
        "the words of event 1 were changed",
        "event 3 (go) was changed, or the one before it was",
    ]


def test_an_event_that_begins_elsewhere_is_named():
    links = history()
    facts = replace(links[1].facts, before="closed")
    assert links[1].digest is not None
    forged = hash_event(links[0].hash, facts, links[1].digest)
    links[1:] = [replace(links[1], facts=facts, hash=forged)]
    assert faults(links) == ["event 2 begins at closed, where the case did not stand"]


def test_a_gap_is_named():
    links = history()
    del links[1]
    assert faults(links) == ["event 2 is missing"]


@pytest.mark.parametrize("kept", [0, 2])
def test_a_cut_tail_is_named(kept: int):
    links = history()
    [fault] = faults(links[:kept], head(links))
    assert fault == f"its history ends at event {kept} and went on to event 3"


def test_another_history_of_the_same_length_is_named():
    links = history()
    [fault] = faults(links, Head(seq=3, hash=links[2].hash), Head(seq=2, hash=b"other"))
    assert fault == "event 2 is not the one that was written down elsewhere"


def test_an_event_put_in_is_named():
    links = history()
    assert faults(links, head(links, 2)) == ["event 3 was put in behind the program's back"]
