import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.child import BoundedChild, TooSlowError
from intake.domain.message import Message, UnreadableError
from intake.mail.mime import parse_mail
from tests.builders import MAIL


@pytest.fixture(scope="module")
def hasty() -> Iterator[BoundedChild]:
    child = BoundedChild(budget=1.0)
    yield child
    child.close()


@pytest.fixture(scope="module")
def patient() -> Iterator[BoundedChild]:
    child = BoundedChild(budget=60)
    yield child
    child.close()


def hang(_raw: bytes) -> int:
    Event().wait()
    return 0


def die(_raw: bytes) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def answer_what_cannot_be_sent(_raw: bytes) -> object:
    return Event()


def refuse(raw: bytes) -> int:
    raise UnreadableError(f"{len(raw)} bytes of nothing")


def fail(raw: bytes) -> int:
    return 1 // len(raw)


def whoami(_raw: bytes) -> int:
    return os.getpid()


def test_what_is_made_of_the_bytes_comes_back(patient: BoundedChild):
    assert patient.run(len, b"abc") == 3
    message = patient.run(parse_mail, MAIL)
    assert isinstance(message, Message)
    assert message == parse_mail(MAIL)


def test_it_runs_in_another_process_and_always_the_same(patient: BoundedChild):
    first, second = patient.run(whoami, b""), patient.run(whoami, b"")
    assert first == second != os.getpid()


def test_what_it_raises_comes_back(patient: BoundedChild):
    with pytest.raises(UnreadableError, match=r"^3 bytes of nothing$"):
        patient.run(refuse, b"abc")
    with pytest.raises(ZeroDivisionError):
        patient.run(fail, b"")
    assert patient.run(len, b"abc") == 3


def test_a_parser_that_hangs_is_killed_and_the_next_is_not_kept_waiting(hasty: BoundedChild):
    with pytest.raises(UnreadableError, match="could not be read within 1 s"):
        hasty.run(hang, b"")
    assert hasty.run(len, b"abc") == 3


@pytest.mark.parametrize("parse", [die, answer_what_cannot_be_sent])
def test_a_parser_that_takes_its_process_down_takes_no_more(
    parse: Callable[[bytes], object], hasty: BoundedChild
):
    with pytest.raises(UnreadableError, match="reading it took the reader down"):
        hasty.run(parse, b"")
    assert hasty.run(len, b"abc") == 3


def test_a_process_that_died_between_two_mails_is_no_fault_of_the_second(hasty: BoundedChild):
    os.kill(hasty.run(whoami, b""), signal.SIGKILL)
    hasty._child.join()
    assert hasty.run(len, b"abc" * 1_000_000) == 3_000_000


def spin(raw: bytes) -> int:
    """As a parser does that somebody has found a way to keep busy."""
    while raw:
        pass
    return 0


def test_what_takes_for_ever_is_given_up_and_the_next_is_read(hasty: BoundedChild):
    with pytest.raises(TooSlowError, match="could not be read within 1 s"):
        hasty.run(spin, MAIL)
    assert hasty.run(parse_mail, MAIL).subject == "Damp"


def test_a_parser_that_takes_too_much_memory_is_stopped(patient: BoundedChild):
    with pytest.raises(UnreadableError, match="too much memory"):
        patient.run(bytearray, 4 * 1024**3)  # type: ignore[arg-type] # a number for its bytes
    assert patient.run(len, b"abc") == 3


def test_the_largest_mail_that_we_take_is_read_in_the_memory_there_is(patient: BoundedChild):
    head = b"From: jo@example.org\nContent-Type: text/plain; charset=utf-8\n\n"
    raw = head + "Siân’s flat is damp.\n".encode() * 1_100_000  # noqa: RUF001 - as phones write it
    assert len(raw) > 25_000_000
    message = patient.run(parse_mail, raw)
    assert len(message.text) == 1_000_000


def test_many_at_once_wait_for_each_other_and_none_for_long_enough_to_be_given_up(
    hasty: BoundedChild,
):
    with ThreadPoolExecutor(8) as pool:
        lengths = list(pool.map(lambda n: hasty.run(len, b"x" * n), range(200)))
    assert lengths == list(range(200))


def test_a_pressed_control_c_is_for_the_parent_alone(patient: BoundedChild):
    os.kill(patient.run(whoami, b""), signal.SIGINT)
    assert patient.run(len, b"abc") == 3
