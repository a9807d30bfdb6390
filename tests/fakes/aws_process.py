"""The local AWS in a process of its own: moto's server, without its longest pauses."""

import gc
from collections.abc import Mapping

from moto import backends
from moto.server import main
from werkzeug.serving import WSGIRequestHandler


def keep_survivors(phase: str, collected: Mapping[str, int]) -> None:
    """Look no second time at what survived: the bot does not wait long enough for its queue."""
    if phase == "stop" and collected["generation"] == 2:
        gc.freeze()


if __name__ == "__main__":
    gc.set_threshold(10_000, 10, 10)
    gc.callbacks.append(keep_survivors)
    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules  # it reads the folder again for each request
    WSGIRequestHandler.log_request = lambda *_: None  # type: ignore[method-assign]  # nobody reads it
    main()
