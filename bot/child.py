"""A child process for hostile input, killed when it takes too long or too much."""

import resource
import signal
from collections.abc import Callable
from multiprocessing import TimeoutError as TooLongError, get_context
from multiprocessing.pool import Pool
from threading import Lock
from typing import TypeVar

from intake.domain.message import UnreadableError

T = TypeVar("T")

SPAWN = get_context("spawn")
MEMORY = 1024**3  # bytes of address space
BUDGET = 2.0  # seconds


class BoundedChild:
    """Runs pure functions on bytes, one at a time, each within a budget of seconds."""

    def __init__(self, *, budget: float = BUDGET) -> None:
        self._budget = budget
        self._turn = Lock()  # waiting for the child is not part of anybody's budget
        self._child = _started()

    def run(self, parse: Callable[[bytes], T], raw: bytes) -> T:
        """Return what `parse` makes of `raw`, or raise what it raises.

        Raises:
            UnreadableError: it took too long or too much, or took the child down with it.
        """
        with self._turn:
            try:
                parsed: T = self._child.apply_async(parse, (raw,)).get(self._budget)
            except TooLongError:
                self.close()
                self._child = _started()
                raise UnreadableError(f"it could not be read within {self._budget:g} s") from None
            except MemoryError:
                raise UnreadableError("it takes too much memory to read") from None
        return parsed

    def close(self) -> None:
        """Kill the child."""
        self._child.terminate()
        self._child.join()


def _started() -> Pool:
    child = SPAWN.Pool(1, _confine)
    child.apply(bytes)  # its start is not part of anybody's budget either
    return child


def _confine() -> None:
    """Limit the child's memory, and leave the stopping of it to its parent."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
