"""The pages that quote the results are written from the numbers, never by hand."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LATEST = Path("benchmarks/results/latest.json")
PAGE = Path("docs/benchmarks.md")
README = Path("README.md")
SUMMARY = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)
INTRODUCTION = """\
# What it costs

`make bench` measures this and writes this page: {processors} processors ({architecture}), Python {python}.
*Plain* is a handler written straight down with boto3 and requests, making the same calls; *floor* is the
least that answers at all, with the standard library only; both are in `benchmarks/handlers/`.
Read the ratios: milliseconds depend on the machine. Why it starts fast: [0004](decisions/0004-start-up.md).
"""


def page(results: Mapping[str, Any]) -> str:
    parts = ["\n".join(_part(part)) for part in results["parts"].values()]
    return "\n".join([INTRODUCTION.format(**results["machine"]), *parts])


def summary(results: Mapping[str, Any], readme: str) -> str:
    """The README with the figures that have a target, as they were measured."""
    figures = [figure for part in results["parts"].values() for figure in part["figures"]]
    rows = [_row(figure) for figure in figures if figure["most"] is not None]
    table = "\n".join(["| | measured | at most |", "|:--|--:|--:|", *rows])
    return SUMMARY.sub(rf"\g<1>{table}\n\g<2>", readme)


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"## {part['title']}", "", "| | measured | at most |", "|:--|--:|--:|")
    yield from map(_row, part["figures"])
    yield from ("", part["how"], "")


def _row(figure: Mapping[str, Any]) -> str:
    most = "" if figure["most"] is None else f"{figure['most']:g}"
    verdict = " (not reached)" if most and figure["value"] > figure["most"] else ""
    measured = f"{_rounded(figure['value'])} {figure['unit']}".strip()
    return f"| {figure['name']} | {measured} | {most}{verdict} |"


def _rounded(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
