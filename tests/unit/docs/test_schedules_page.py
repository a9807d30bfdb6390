"""docs/schedules.md has every field of an order, and its examples are orders."""

import json
import re
from pathlib import Path

import pytest

from monitors_bot.domain.digests.order import Post, read_order
from monitors_bot.errors import OrderMalformed
from tests.unit.docs.pages import blocks, code, first_cells, page, section

SCHEDULES = page("schedules")
FILES = sorted(Path("examples/schedules").iterdir())
EXAMPLES = [*blocks(SCHEDULES, "json"), *(path.read_text(encoding="utf-8") for path in FILES)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_an_order(example):
    filled_in = example.replace("<aws.scheduler.schedule-arn>", "arn").replace(
        "<aws.scheduler.scheduled-time>", "2026-11-23T08:00:00Z"
    )

    assert read_order(json.loads(filled_in)).channel


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_example_is_linked_with_its_expression(file):
    assert re.search(
        rf"^\| \[{file.name}\]\(\.\./{file}\) \| .+ \| `cron\(.+\)` \|$", SCHEDULES, re.MULTILINE
    )


def test_every_field_is_explained():
    with pytest.raises(OrderMalformed) as refused:
        read_order({"nonsense": 1})

    fields = str(refused.value).rpartition("there are ")[2].split(", ")
    assert [f"`{field}`" for field in fields] == first_cells(section(SCHEDULES, "## More schedules"))[
        : len(fields)
    ]


@pytest.mark.parametrize("post", Post)
def test_every_way_to_post_is_explained(post):
    assert post in code(section(SCHEDULES, "## More schedules"))
