"""Writes docs/benchmarks.md from the numbers, so that nobody quotes them by hand."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LATEST = Path("benchmarks/results/latest.json")
PAGE = Path("docs/benchmarks.md")
INTRODUCTION = """\
# How fast is it?

This page has the time of the first answer of a fresh process, of the next ones, and of the interim answer
when Rocket.Chat hangs; peak memory; and how long runs and webhooks take. The figures that have a target come
first, then all figures.

`make bench` measures them in about ten minutes, and writes this page. These were measured on {processors}
processors ({architecture}) with Python {python} and Lambda's own runtime client. *Plain* is a handler
that makes the same calls with boto3 and requests, written in the most direct way. *Floor* is the least code
that answers at all, with the standard library only. Both are in `benchmarks/handlers/`. Read the ratios,
because milliseconds depend on the machine. [Decision 4](decisions/0004-start-up.md) says why the bot starts
fast, and what would make it faster.
"""
HEADER = ("| | measured | at most |", "|:--|--:|--:|")


def page(results: Mapping[str, Any]) -> str:
    parts = ["\n".join(_part(part)) for part in results["parts"].values()]
    return "\n".join([INTRODUCTION.format(**results["machine"]), *_targets(results), *parts])


def _targets(results: Mapping[str, Any]) -> Iterator[str]:
    """The figures that have a target, of all parts."""
    figures = [figure for part in results["parts"].values() for figure in part["figures"]]
    yield from ("## What has a target", "", *HEADER)
    yield from (_row(figure) for figure in figures if figure["most"] is not None)
    yield ""


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"## {part['title']}", "", *HEADER)
    yield from map(_row, part["figures"])
    yield from ("", part["how"], "")


def _row(figure: Mapping[str, Any]) -> str:
    most = "" if figure["most"] is None else f"{figure['most']:g}"
    verdict = " (not reached)" if most and figure["value"] > figure["most"] else ""
    measured = f"{_rounded(figure['value'])} {figure['unit']}".strip()
    return f"| {figure['name']} | {measured} | {most}{verdict} |"


def _rounded(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
