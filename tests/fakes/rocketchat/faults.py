"""The faults a test has ordered, and which of them meets the next call."""

import threading
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "status",
    "slow",
    "never",
    "drip-headers",
    "drip-body",
    "reset",
    "close",
    "half",
    "html",
    "wrong-type",
    "wrong-items",
    "not-json",
    "unsuccessful",
    "redirect",
    "huge",
    "deep",
    "empty",
]


@dataclass
class Fault:
    """One order: what happens to calls of a route, how often (None: until healed), and how exactly."""

    route: str
    kind: Kind
    times: int | None
    options: dict[str, Any]


class Faults:
    """Orders in the sequence they were given; the first that fits is used up first."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        if fault.kind not in get_args(Kind):
            raise ValueError(f"no such fault: {fault.kind}")
        with self._lock:
            self._orders.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._orders.clear()

    def take(self, route: str) -> Fault | None:
        with self._lock:
            fault = next((each for each in self._orders if each.route in {route, "*"}), None)
            if fault is not None and fault.times is not None:
                self._use_up(fault)
            return fault

    def _use_up(self, fault: Fault) -> None:
        fault.times = (fault.times or 0) - 1
        if fault.times <= 0:
            self._orders.remove(fault)
