"""Faults of the connection itself: late, in drops, in half, too much, or not at all.

Each returns whether the connection may serve another call.
"""

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime

from tests.fakes.rocketchat.api import JSON_TYPE, Answer
from tests.fakes.rocketchat.faults import Fault
from tests.fakes.rocketchat.wire import Wire, head
from tests.fakes.rocketchat.wrong_answers import Truth

Break = Callable[[Wire, Fault, Truth, datetime], bool]

FOREVER = float("inf")
MEGABYTE = b" " * 2**20


def _slow(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    if not wire.wait(fault.options.get("seconds", 1)):
        return False
    answer = truth()
    wire.send(head(answer, now) + answer.body)
    return True


def _never(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    return wire.wait(FOREVER)


def _drip_headers(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    answer = truth()
    wire.drip(head(answer, now), fault.options.get("interval", 0.1))
    wire.send(answer.body)
    return False


def _drip_body(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    answer = truth()
    wire.send(head(answer, now))
    wire.drip(answer.body, fault.options.get("interval", 0.1))
    return False


def _reset(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    wire.reset()
    return False


def _close(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    return False


def _half(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    answer = truth()
    wire.send(head(answer, now) + answer.body[: len(answer.body) // 2])
    return False


def _huge(wire: Wire, fault: Fault, truth: Truth, now: datetime) -> bool:
    """Send so many megabytes of valid JSON, nearly all of it blanks; `compressed` makes them a gzip bomb."""
    content = _blanks(fault.options.get("megabytes", 64))
    headers = {"Transfer-Encoding": "chunked"}
    if fault.options.get("compressed"):
        content, headers["Content-Encoding"] = _gzipped(content), "gzip"
    wire.send(_chunked_head(Answer(200, b"", JSON_TYPE, headers), now))
    for piece in content:
        wire.send(b"%x\r\n%b\r\n" % (len(piece), piece))
    wire.send(b"0\r\n\r\n")
    return True


def _chunked_head(answer: Answer, now: datetime) -> bytes:
    return head(answer, now).replace(b"Content-Length: 0\r\n", b"")


def _blanks(megabytes: int) -> Iterator[bytes]:
    yield b'{"success":true,'
    for _ in range(megabytes):
        yield MEGABYTE
    yield b'"units":[]}'


def _gzipped(content: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1, wbits=31)
    pieces = [packer.compress(piece) for piece in content]
    yield b"".join(pieces) + packer.flush()


BROKEN_WIRES: dict[str, Break] = {
    "slow": _slow,
    "never": _never,
    "drip-headers": _drip_headers,
    "drip-body": _drip_body,
    "reset": _reset,
    "close": _close,
    "half": _half,
    "huge": _huge,
}
