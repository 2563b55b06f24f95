"""A child process for hostile input, killed when it takes too long or too much."""

import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

from intake.domain.message import UnreadableError

T = TypeVar("T")

SPAWN = get_context("spawn")
MEMORY = 1024**3  # bytes of address space
BUDGET = 2.0  # seconds
LONGEST = 60  # seconds
PATIENCE = 30.0  # seconds


class TooSlowError(UnreadableError):
    """It was not read in time, which may be the machine's fault: it is worth another try."""


class BoundedChild:
    """Runs pure functions on bytes, one at a time, each within a budget of seconds."""

    def __init__(self, *, budget: float = BUDGET) -> None:
        self._budget = budget
        self._turn = Lock()  # waiting for the child is not part of anybody's budget
        self._start()

    def run(self, parse: Callable[[bytes], T], raw: bytes) -> T:
        """Return what `parse` makes of `raw`, or raise what it raises.

        Raises:
            UnreadableError: it took too long or too much, or took the child down with it.
        """
        with self._turn:
            try:
                self._ask(parse, raw)
                if not self._pipe.poll(self._budget):
                    self._restart()
                    raise TooSlowError(f"it could not be read within {self._budget:g} s")
                parsed, error = self._pipe.recv()
            except (EOFError, OSError):
                self._restart()
                raise UnreadableError("reading it took the reader down") from None
        if isinstance(error, MemoryError):
            raise UnreadableError("it takes too much memory to read")
        if error is not None:
            raise error
        answer: T = parsed
        return answer

    def close(self) -> None:
        """Kill the child."""
        self._child.kill()
        self._child.join()
        self._child.close()
        self._pipe.close()

    def _ask(self, parse: Callable[[bytes], T], raw: bytes) -> None:
        try:
            self._load(parse)
        except (EOFError, OSError):  # it died between two mails, which is no fault of the second
            self._restart()
            self._load(parse)
        self._pipe.send(raw)

    def _load(self, parse: Callable[[bytes], T]) -> None:
        """Have the child import what it needs, which is no part of anybody's budget."""
        self._pipe.send(parse)
        _expect_ready(self._pipe)

    def _start(self) -> None:
        """Start a child; the one there was stays ours until the new one is ready."""
        pipe, its = SPAWN.Pipe()
        child = SPAWN.Process(target=_read_for, args=(its,), daemon=True)
        child.start()
        its.close()
        _expect_ready(pipe)  # its start is not part of anybody's budget either
        self._pipe, self._child = pipe, child

    def _restart(self) -> None:
        old_pipe, old_child = self._pipe, self._child
        old_child.kill()
        self._start()
        old_child.join()
        old_child.close()
        old_pipe.close()


def _expect_ready(pipe: Connection) -> None:
    if not pipe.poll(PATIENCE):
        raise OSError("the reading child does not answer")
    pipe.recv()


def _read_for(parent: Connection) -> None:
    """Do what is asked until the parent is gone; only the parent stops us."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent.send("ready")
    with suppress(EOFError):
        while True:
            parse = parent.recv()
            parent.send("ready")
            raw = parent.recv()
            signal.alarm(LONGEST)  # should the parent die too, nobody else would end it
            answer = _answer(parse, raw)
            signal.alarm(0)
            parent.send(answer)


def _answer(parse: Callable[[bytes], Any], raw: bytes) -> tuple[Any, BaseException | None]:
    try:
        return parse(raw), None
    except BaseException as error:  # noqa: BLE001 - the parent raises it again
        return None, error
