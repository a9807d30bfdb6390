"""Whether a platform's verifier accepts a request."""

from collections.abc import Callable, Sequence
from typing import Any

from monitors_bot.errors import RequestRejected


def accepts(verify: Callable[..., None], shown: Any, secrets: Sequence[str], *more: float) -> bool:
    try:
        verify(shown, secrets, *more)
    except RequestRejected:
        return False
    return True
