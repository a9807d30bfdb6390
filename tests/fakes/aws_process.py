"""The local AWS in a process of its own: moto's server, without its longest pauses and its races."""

import gc
from collections.abc import Mapping
from threading import Lock
from typing import Any

from moto import backends
from moto.dynamodb.responses import DynamoHandler
from moto.server import main
from werkzeug.serving import WSGIRequestHandler


def keep_survivors(phase: str, collected: Mapping[str, int]) -> None:
    """Look no second time at what survived: the bot does not wait long enough for its queue."""
    if phase == "stop" and collected["generation"] == 2:
        gc.freeze()


def answer_one_at_a_time(handler: type[DynamoHandler]) -> None:
    """Keep requests apart, as DynamoDB does.

    moto's cancelled transaction puts back the whole table as it was, and with it what others wrote meanwhile.
    """
    answer, one_at_a_time = handler.call_action, Lock()

    def answer_alone(self: DynamoHandler) -> Any:
        with one_at_a_time:
            return answer(self)

    handler.call_action = answer_alone  # type: ignore[method-assign]


if __name__ == "__main__":
    answer_one_at_a_time(DynamoHandler)
    gc.set_threshold(10_000, 10, 10)
    gc.callbacks.append(keep_survivors)
    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules  # it reads the folder again for each request
    WSGIRequestHandler.log_request = lambda *_: None  # type: ignore[method-assign]  # nobody reads it
    main()
