"""docs/schedules.md has every field of an order, and its examples are orders."""

import json
import os
import re
import subprocess
import sys
import textwrap
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


AWS = """import json, sys
words = sys.argv[1:]
if words[0] == "cloudformation":
    print("arn:" + words[-1].split("'")[1])
else:
    with open("created", "a") as created:
        created.write(json.dumps(words) + "\\n")
"""
"""A stand-in for the AWS CLI, which answers with an output's name and writes down what it is to create."""


def test_all_examples_can_be_pasted_one_after_the_other(tmp_path):
    tmp_path.joinpath("aws.py").write_text(AWS, encoding="utf-8")
    tmp_path.joinpath("examples").symlink_to(Path("examples").resolve())
    stand_in = f'aws() {{ "{sys.executable}" aws.py "$@"; }}\n'
    pasted = "\n".join(map(textwrap.dedent, blocks(section(SCHEDULES, "## More schedules"), "sh")))

    subprocess.run(["sh", "-eu", "-c", stand_in + pasted], cwd=tmp_path, env=os.environ, check=True)

    created = [json.loads(line) for line in tmp_path.joinpath("created").read_text().splitlines()]
    options = [dict(zip(words[2::2], words[3::2], strict=True)) for words in created]
    targets = [json.loads(one["--target"]) for one in options]
    assert len({one["--name"] for one in options}) == len(FILES)
    assert sorted(target["Input"] for target in targets) == sorted(EXAMPLES[-len(FILES) :])
    assert {(target["Arn"], target["RoleArn"]) for target in targets} == {
        ("arn:ScheduleFunctionArn", "arn:SchedulesRoleArn")
    }
    expressions = set(re.findall(r"\| `(cron\(.+?\))` \|", SCHEDULES))
    assert {one["--schedule-expression"] for one in options} == expressions
