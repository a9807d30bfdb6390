"""Drawing what people see in a chat: bold as bold, code as code, tables as tables."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from tests.fakes.rocketchat.drawing import Span, WebClient, drawn

STYLES = {"bold": "bold", "italic": "italic bright_black", "code": "cyan", "literal": "", "": ""}
NESTED = {"bold", "italic"}
INVISIBLE = "\u200b"
SLACK = re.compile(rf"`(?P<code>[^`\n]+)`|\*(?!{INVISIBLE})(?P<bold>[^*\n]+)\*")
MATTERMOST = re.compile(
    r"\\(?P<literal>[\\`*_\[\]<>|#!{}$])|`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^*])+)\*\*|\*(?P<italic>(?:\\.|[^*])+)\*"
)
COLUMN_END = re.compile(r"(?<!\\)\|")


def drawn_slack(message: dict[str, Any]) -> Group:
    return Group(*(_slack_block(block) for block in message["blocks"]))


def drawn_mattermost(message: dict[str, Any]) -> Group:
    return Group(*(_mattermost_paragraph(paragraph) for paragraph in message["text"].split("\n\n")))


def drawn_rocketchat(message: dict[str, Any]) -> Text:
    lines = drawn(message, WebClient.BEFORE_8_3)
    return Text("\n").join(Text.assemble(*(_styled(span) for span in line)) for line in lines)


class Quoted:
    """Something with a bar at its left, as a message of somebody else."""

    def __init__(self, inner: RenderableType, indent: int = 0) -> None:
        self._inner = inner
        self._bar = " " * indent + "│ "

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update_width(options.max_width - len(self._bar))
        for line in console.render_lines(self._inner, narrower, pad=False):
            yield Segment(self._bar, Style.parse("blue"))
            yield from line
            yield Segment.line()


def _styled(span: Span) -> tuple[str, str]:
    return span.text.replace(INVISIBLE, ""), STYLES[span.style]


def _slack_block(block: dict[str, Any]) -> Text:
    if block["type"] == "header":
        return Text(block["text"]["text"], "bold")
    if block["type"] == "actions":
        return Text("  ").join(Text(f" {_label(one)} ", "reverse") for one in block["elements"])
    if block["type"] == "context":
        return _lines([element["text"] for element in block["elements"]], SLACK, "italic bright_black")
    return _lines(block["text"]["text"].split("\n"), SLACK)


def _label(element: dict[str, Any]) -> str:
    """What stands on a button, or on a menu before something is chosen."""
    if element["type"] == "static_select":
        return f"{element['placeholder']['text']} ▾"
    label: str = element["text"]["text"]
    return label


def _mattermost_paragraph(paragraph: str) -> RenderableType:
    lines = paragraph.split("\n")
    if lines[0].startswith("|"):
        return _table([_cells(line) for line in (lines[0], *lines[2:])])
    return _lines([re.sub(r"^- ", "• ", line) for line in lines], MATTERMOST)


def _cells(line: str) -> list[Text]:
    return [_written(cell.strip(), MATTERMOST) for cell in COLUMN_END.split(line)[1:-1]]


def _table(rows: Sequence[Sequence[Text]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for name in rows[0]:
        table.add_column(name)
    for row in rows[1:]:
        table.add_row(*row)
    return table


def _lines(lines: Iterable[str], marks: re.Pattern[str], style: str = "") -> Text:
    written = Text("\n").join(_written(line, marks) for line in lines)
    written.stylize(style)
    return written


def _written(marked: str, marks: re.Pattern[str]) -> Text:
    """Turn one platform's marks of formatting into formatting."""
    text, end = Text(), 0
    for found in marks.finditer(marked):
        kind = found.lastgroup or ""
        inside = _written(found[kind], marks) if kind in NESTED else Text(_plain(found[kind]))
        inside.stylize(STYLES[kind])
        text.append(_plain(marked[end : found.start()])).append_text(inside)
        end = found.end()
    return text.append(_plain(marked[end:]))


def _plain(text: str) -> str:
    text = text.replace(INVISIBLE, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
