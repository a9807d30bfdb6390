"""What every adapter's tests need: connections out, and time enough."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Outbound

AMPLE_SECONDS = 30.0
"""More than anything here takes: a test that gets this far has failed."""


@pytest.fixture
def outbound() -> Iterator[Outbound]:
    running = Outbound()
    yield running
    running.close()


@pytest.fixture
def in_seconds() -> Callable[[float], Deadline]:
    return lambda seconds: Deadline(time.time() + seconds, time.time)


@pytest.fixture
def ample(in_seconds: Callable[[float], Deadline]) -> Deadline:
    return in_seconds(AMPLE_SECONDS)


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], bool]:
    """Wait until something is true; tell whether it ever was."""

    def wait(is_true: Callable[[], bool]) -> bool:
        give_up = time.monotonic() + AMPLE_SECONDS
        while not is_true() and time.monotonic() < give_up:
            time.sleep(0.01)
        return is_true()

    return wait


@pytest.fixture
def nobodys_url() -> Iterator[str]:
    """An address where every connection is refused: taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
