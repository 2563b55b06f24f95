"""What the judge that we ship reads in each row of the edge cases; all of them on PostgreSQL."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.child import BoundedChild
from classifier.labels import Band, Text
from intake.store.database import Database
from intake.store.metadata import METADATA
from tests.flows import test_edge_cases as cases, test_edge_cases_doors as doors
from tests.flows.edge_desk import Opener, opener_of
from tests.flows.edge_rows import DEMANDS, SARCASM, THREAT, Demand, shipped

#: What the judge does not give yet, and what it gives instead.
WANTING = {
    "10 the MP's words alone": "a service request, dissatisfaction possible: staff are asked",
}
#: Where a person is asked whether the writer is dissatisfied, whatever the class.
UNSURE = (
    "1 the tweet",
    "6 not happy",
    "9 the survey",
    "10 the MP's words alone",
    "Care home and lift by the form",
)
Journey = Callable[[Opener], Awaitable[None]]
JOURNEYS: tuple[Journey, ...] = tuple(
    journey
    for module in (cases, doors)
    for name, journey in vars(module).items()
    if name.startswith("test_") and journey.__module__ == module.__name__
    if "opened" in journey.__code__.co_varnames[: journey.__code__.co_argcount]
    if journey.__code__.co_argcount == 1
)


def _wanting(words: str, instead: str) -> pytest.MarkDecorator:
    reason = f"{words!r}: {instead}"
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)


def demands() -> list[object]:
    return [
        pytest.param(
            demand,
            id=row,
            marks=[_wanting(demand.words, WANTING[row])] if row in WANTING else [],
        )
        for row, demand in DEMANDS.items()
    ]


@pytest.mark.parametrize("demand", demands())
def test_the_shipped_judge_reads_what_the_row_asks(demand: Demand):
    [found] = shipped()([Text(words=demand.words, channel=demand.channel)])
    assert demand.labels <= set(found.labels)
    assert demand.flags <= found.flags.keys()
    assert demand.hazards <= set(found.hazards)
    assert not demand.never & {*found.labels, *found.flags}


@pytest.mark.parametrize("row", UNSURE)
def test_where_it_is_not_sure_staff_are_asked(row: str):
    demand = DEMANDS[row]
    [found] = shipped()([Text(words=demand.words, channel=demand.channel)])
    assert found.band is not Band.UNMARKED


@pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)
async def test_all_rows_on_postgresql(
    db: Database, db_url: str, tmp_path: Path, child: BoundedChild
):
    opened = opener_of(db_url, tmp_path, child)
    names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    empty = text(f"TRUNCATE {names} RESTART IDENTITY")
    assert len(JOURNEYS) >= len(cases.TABLE)
    for journey in JOURNEYS:
        for outbox in (tmp_path / "outbox").glob("*"):
            outbox.unlink()
        await journey(opened)
        await db.run(lambda session: session.execute(empty))
    for words in (SARCASM, THREAT):
        await cases.test_sarcasm_and_abuse_change_neither_class_nor_clock(opened, words)
        await db.run(lambda session: session.execute(empty))
