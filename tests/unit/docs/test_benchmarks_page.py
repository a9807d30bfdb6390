"""The page about speed quotes what was measured."""

import json

from benchmarks.page import LATEST, PAGE, page
from tests.unit.docs.pages import section


def test_the_page_quotes_the_latest_results():
    results = json.loads(LATEST.read_text(encoding="utf-8"))

    assert PAGE.read_text(encoding="utf-8") == page(results)


def test_measurements_with_a_target_come_first():
    assert "| ours : floor |" in section(PAGE.read_text(encoding="utf-8"), "## What has a target")
