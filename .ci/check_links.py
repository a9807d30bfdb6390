"""Check the links of Markdown pages: files and headings must exist, URLs must be well-formed.

usage: python .ci/check_links.py [PAGE ...]; without arguments, every page of the repository.
Nothing is fetched, so a URL that no longer exists is not found.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

FENCE = re.compile(r"^ *(```|~~~).*?^ *\1", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINKS = (
    re.compile(r"\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"]*\")?\s*\)"),  # [text](target "title")
    re.compile(r"^\[[^\]]+\]:\s*(\S+)", re.MULTILINE),  # [name]: target
    re.compile(r"(?<![(<\w])(https?://[^\s)>]*[^\s)>.,;:])"),  # a bare URL
)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
NAMED = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)


def problems(page: Path) -> Iterator[str]:
    """Describe each broken link of a page."""
    text = CODE.sub("", COMMENT.sub("", FENCE.sub("", page.read_text(encoding="utf-8"))))
    for target in (target for link in LINKS for target in link.findall(text)):
        if why := problem(page, target):
            yield f"{page}: {target or '(empty)'}: {why}"


def problem(page: Path, target: str) -> str:
    if target.startswith(("http:", "https:")):
        return "" if is_well_formed(target) else "not a well-formed URL"
    if target.startswith("mailto:"):
        return "" if "@" in target else "not a well-formed address"
    path, _, anchor = target.partition("#")
    file = page.parent / unquote(path) if path else page
    if not target or not file.exists():
        return "there is no such file"
    if anchor and (file.suffix != ".md" or anchor not in anchors(file.resolve())):
        return "there is no such heading"
    return ""


def is_well_formed(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(HOST.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return False


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return the anchors that GitHub gives the headings of a page; a repeated heading gets a number."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    seen: dict[str, int] = {}
    for heading in HEADING.findall(text):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")
        seen[slug] = seen.get(slug, -1) + 1
    numbered = {f"{slug}-{number}" for slug, most in seen.items() for number in range(1, most + 1)}
    return frozenset({*seen, *numbered, *NAMED.findall(text)})


def every_page() -> list[Path]:
    """Return the pages that git tracks, and new ones that it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed command
    return [path for path in map(Path, sorted(listed.stdout.splitlines())) if path.exists()]


def main(names: list[str]) -> str:
    """Return the problems of these pages, or of all pages; empty if there are none."""
    pages = [Path(name) for name in names] or every_page()
    return "\n".join(one for page in pages for one in problems(page))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or None)
