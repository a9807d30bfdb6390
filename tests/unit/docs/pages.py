"""The documentation as its tests read it: the pages, the code in them, and the source they describe."""

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
    """The code spans of a text."""
    return set(re.findall(r"`([^`\n]+)`", text))


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a text; a block within a list is indented."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)


def section(text: str, heading: str) -> str:
    """The text below a heading, up to the next heading of its level or higher."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no heading {heading}"
    return found[1]


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables in a text, without the header rows."""
    rows = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    headers = re.findall(r"^\| (.*?) \|.*\n\|[-:|]+\|$", text, re.MULTILINE)
    return [cell for cell in rows if cell not in headers]
