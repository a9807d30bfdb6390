"""How Rocket.Chat cuts a list: `offset`, `count` with its silent caps, and `sort`."""

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from tests.fakes.rocketchat.api import Request, coded_failure, invalid_parameters
from tests.fakes.rocketchat.records import Json, Settings


def page(key: str, rows: Sequence[Json], request: Request, settings: Settings) -> Json:
    """Answer one page of `rows`, sorted by name unless the caller wants another order."""
    offset = _number(request, "offset", settings) or 0
    count = _allowed_count(_number(request, "count", settings), settings)
    last = offset + count if count else None
    chosen = _sorted(rows, request.parameter("sort"))[offset:last]
    return {key: chosen, "count": len(chosen), "offset": offset, "total": len(rows)}


def contains(text: str | None) -> Callable[[str], bool]:
    """Make the test behind the `text` parameter: a substring, whatever its case."""
    pattern = re.compile(re.escape(text or ""), re.IGNORECASE)
    return lambda value: pattern.search(value) is not None


def _number(request: Request, name: str, settings: Settings) -> int | None:
    value = request.parameter(name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise invalid_parameters(settings, f"must be number: {name}")
    return int(value)


def _allowed_count(asked: int | None, settings: Settings) -> int:
    """Zero means everything."""
    count = settings.default_count if asked is None else min(asked, settings.upper_count_limit)
    return count if count or settings.allow_infinite_count else settings.default_count


def _sorted(rows: Sequence[Json], sort: str | None) -> list[Json]:
    ordered = list(rows)
    for key, direction in reversed(_sort_keys(sort)):
        ordered.sort(key=partial(_sort_value, key), reverse=direction == -1)
    return ordered


def _sort_value(key: str, row: Json) -> tuple[bool, Any]:
    return key in row, row.get(key)


def _sort_keys(sort: str | None) -> list[tuple[str, int]]:
    try:
        return list(json.loads(sort).items()) if sort else [("name", 1)]
    except (ValueError, AttributeError) as error:
        raise coded_failure("error-invalid-sort", f'Invalid sort parameter provided: "{sort}"') from error
