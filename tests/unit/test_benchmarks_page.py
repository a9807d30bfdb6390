"""The page about costs says what was measured."""

import json

from benchmarks.page import LATEST, PAGE, README, page, summary


def test_the_page_about_costs_quotes_the_latest_results():
    results = json.loads(LATEST.read_text(encoding="utf-8"))

    assert PAGE.read_text(encoding="utf-8") == page(results)


def test_so_does_the_table_in_the_readme():
    results = json.loads(LATEST.read_text(encoding="utf-8"))
    readme = README.read_text(encoding="utf-8")

    assert "| ours : floor |" in readme
    assert readme == summary(results, readme)
