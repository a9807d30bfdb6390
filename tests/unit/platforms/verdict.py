"""What a platform's verifier thinks of a request, as yes or no."""

from collections.abc import Callable, Sequence
from typing import Any

from monitors_bot.errors import RequestRejected


def accepts(verify: Callable[..., None], shown: Any, secrets: Sequence[str], *more: float) -> bool:
    try:
        verify(shown, secrets, *more)
    except RequestRejected:
        return False
    return True
