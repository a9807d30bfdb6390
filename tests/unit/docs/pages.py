"""The documentation, as its tests read it: the pages, what is code in them, and the source they are about."""

import re
from pathlib import Path

PAGES = {
    str(path): path.read_text(encoding="utf-8")
    for path in (*Path().glob("*.md"), *Path("docs").rglob("*.md"))
}
README = PAGES["README.md"]
EVERYTHING = "\n".join(PAGES.values())
SOURCES = [path.read_text(encoding="utf-8") for path in Path("src").rglob("*.py")]
SOURCE = "\n".join(SOURCES)


def page(name: str) -> str:
    return PAGES[f"docs/{name}.md"]


def code(text: str) -> set[str]:
    """What is written as code within a line."""
    return set(re.findall(r"`([^`\n]+)`", text))


def blocks(text: str, language: str) -> list[str]:
    """Code of several lines; a block within a list is indented."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)


def section(text: str, heading: str) -> str:
    """What is below a heading, up to the next one of its level or higher."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no heading {heading}"
    return found[1]


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables in a text, without their headers."""
    rows = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    headers = re.findall(r"^\| (.*?) \|.*\n\|[-:|]+\|$", text, re.MULTILINE)
    return [cell for cell in rows if cell not in headers]
