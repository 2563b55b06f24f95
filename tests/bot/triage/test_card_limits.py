"""A card stays inside what Slack takes, however much is on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.triage.layout import MOST_BLOCKS, Block
from bot.triage.views import triage_card
from classifier.labels import Hazard, RedactedText
from intake.domain.case import Kind, Status
from intake.domain.identity import Rung
from intake.domain.summary import CaseLine, HazardLine, MessageSummary, PromiseLine
from intake.domain.thread import Standing
from intake.domain.thread_line import CaseName, ThreadLine
from tests.bot.triage.test_views import a_case, a_message

LONGEST = 3_000
MOST_OPTIONS = 5
LONG = "& <" * 2_000


def everything(now: datetime, *, cases: int) -> MessageSummary:
    """Return a message with more on record than anybody will meet."""
    kinds = [kind for kind in Kind if kind is not Kind.DP_COMPLAINT]
    lines = [
        a_case(
            id=number,
            reference=f"AAA-AAA-{number:03}",
            kind=kinds[number % len(kinds)],
            status=Status.LOGGED,
            promises=tuple(
                PromiseLine(id=p, what=LONG, owner=LONG, due=date(2020, 1, 1)) for p in range(9)
            ),
        )
        for number in range(1, cases + 1)
    ]
    hazards = [
        HazardLine(id=number, category=hazard, emergency=True, clocks=())
        for number, hazard in enumerate(Hazard, start=1)
    ]
    gone = [
        replace(each, dismissed_by="Asha", dismissed_at=now - timedelta(days=1)) for each in hazards
    ]
    suggested = tuple(
        CaseName(id=n, reference=f"BBB-BBB-{n:03}", kind=Kind.COMPLAINT, status=Status.LOGGED)
        for n in range(1, 6)
    )
    thread = ThreadLine(
        standing=Standing.STRANGER, way=None, rung=Rung.UNKNOWN, suggested=suggested
    )
    return a_message(
        now,
        text=RedactedText(LONG),
        subject=RedactedText(LONG),
        reasons=(LONG,),
        problems=(LONG,),
        cases=tuple(lines),
        hazards=tuple(hazards),
        dismissed=tuple(gone),
        thread=thread,
    )


def texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def menus(blocks: list[Block]) -> list[list[Block]]:
    return [block["accessory"]["options"] for block in blocks if "accessory" in block]


@pytest.mark.parametrize("cases", [1, 3, 6, 12, 60])
def test_a_card_is_never_more_than_slack_takes(now: datetime, cases: int):
    message = everything(now, cases=cases)
    blocks = triage_card(message, now=now).blocks
    assert len(blocks) <= MOST_BLOCKS
    assert all(0 < len(text) <= LONGEST for text in texts(blocks))
    assert all(0 < len(options) <= MOST_OPTIONS for options in menus(blocks))
    names = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(names) == len(set(names))
    assert all(len(name) <= 255 for name in names)
    assert blocks[0]["type"] in {"header", "context"}


def test_a_card_that_is_cut_says_where_the_rest_is_and_keeps_its_buttons(now: datetime):
    message = everything(now, cases=12)
    blocks = triage_card(message, now=now).blocks
    assert "There is more than a card can hold" in str(blocks[-2:])
    assert "AAA-AAA-012" in str(blocks[-2:])
    assert "EMERGENCY" in str(blocks)
    whole = triage_card(message, now=now, whole=True).blocks
    assert len(whole) > MOST_BLOCKS
    assert "more than a card can hold" not in str(whole)


def test_menus_without_news_go_before_what_is_said(now: datetime):
    message = everything(now, cases=5)
    kept = [block for block in triage_card(message, now=now).blocks if "accessory" in block]
    said = [block for block in kept if "Promised and not kept" in block["text"]["text"]]
    assert len(said) == 5


def test_a_card_that_fits_is_whole(now: datetime):
    message = a_message(now, cases=(a_case(status=Status.LOGGED),))
    assert triage_card(message, now=now) == triage_card(message, now=now, whole=True)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("responded", [False, True])
def test_what_a_case_can_do_next_fits_a_menu(kind: Kind, status: Status, *, responded: bool):
    promise = PromiseLine(id=1, what="Mend it", owner="Repairs", due=date(2026, 1, 1))
    line: CaseLine = a_case(kind=kind, status=status, responded=responded, promises=(promise,))
    assert len(line.steps) <= MOST_OPTIONS


def test_a_scrap_of_a_reason_is_not_shown(now: datetime):
    reasons = ("^ i", ". $", "“[NAME 3], [ADDRESS 3]”", "a long wait")
    shown = str(triage_card(a_message(now, reasons=reasons), now=now).blocks)
    assert "Why: a long wait'" in shown
