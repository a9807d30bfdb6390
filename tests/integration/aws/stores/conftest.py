"""The table as the stores use it, and a way to let something happen in the middle of what a store does."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents, Items
from monitors_bot.errors import Overtaken
from tests.conftest import Clock

NOW = 1_795_341_600.0

Happening = Callable[[], object]


class EventfulItems:
    """The items of the table; a test may have something happen at the next write."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._before: list[Happening] = []
        self._answers_lost = 0
        self.operations: list[str] = []

    def before_the_next_write(self, happening: Happening) -> None:
        self._before.append(happening)

    def lose_the_next_answer_to_a_write(self) -> None:
        """Write twice: so the client does when the answer to a write is lost."""
        self._answers_lost += 1

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        self.operations.append(operation)
        if operation == "Query":
            return self._items.call(operation, payload)
        if self._before:
            self._before.pop(0)()
        if self._answers_lost:
            self._answers_lost -= 1
            self._items.call(operation, payload)
        return self._items.call(operation, payload)


@pytest.fixture
def items(aws, table) -> EventfulItems:
    return EventfulItems(SdkTable(aws.dynamodb, table))


@pytest.fixture
def documents(items: EventfulItems) -> Documents:
    return Documents(items)


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """A clock that stands still until a test moves it."""
    clock.stop_at(NOW)
    return clock


def overtaken() -> None:
    """What a store hears when somebody else writes the same just before."""
    raise Overtaken("somebody else")
