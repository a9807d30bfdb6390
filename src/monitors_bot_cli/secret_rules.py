"""Whether a value can work as a caller's key of the secret: the rules of the functions that use it."""

from monitors_bot.wiring.platforms import PLATFORMS
from monitors_bot.wiring.webhooks import USABLE


def can_work(key: str, value: str) -> bool:
    """Whether a caller could prove itself with the value; `key` is one of SHARED_KEYS."""
    if key in USABLE:
        return bool(USABLE[key]([value]))
    return next(platform for platform in PLATFORMS if key == platform.SECRET_KEY).can_work(value)
