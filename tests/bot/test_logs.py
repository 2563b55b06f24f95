"""A log line says which, and of what kind."""

import logging

from bot.logs import Facts


def record(**extra: object) -> logging.LogRecord:
    facts = {"msg": "job failed", "levelname": "WARNING", "name": "worker", **extra}
    return logging.makeLogRecord(facts)


def test_the_facts_of_a_fault_are_in_its_line():
    line = Facts("%(levelname)s %(message)s").format(record(job_id=7, job_kind="read"))
    assert line == "WARNING job failed job_id=7 job_kind=read"


def test_where_it_happened_follows_below():
    line = Facts("%(message)s").format(record(trace=["  in read\n"]))
    assert line.splitlines() == ["job failed", "  in read"]


def test_a_line_without_facts_is_plain():
    assert Facts("%(message)s").format(record()) == "job failed"
