"""The link checker of `make check` finds what is broken, and finds nothing in our own pages."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKER = Path(".ci/check_links.py").resolve()
PAGE = """# A page

## What to do, and when?

## Twice

## Twice

Here is `[code](nowhere.md)`.

```md
[a fenced one](nowhere.md)
```
"""


def check(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CHECKER, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def checked(tmp_path: Path, link: str) -> subprocess.CompletedProcess[str]:
    tmp_path.joinpath("page.md").write_text(f"{PAGE}\n{link}\n", encoding="utf-8")
    tmp_path.joinpath("other.md").write_text(PAGE, encoding="utf-8")
    tmp_path.joinpath("other.txt").write_text("# Twice", encoding="utf-8")
    return check("page.md", folder=tmp_path)


def test_our_own_pages_have_no_broken_links():
    found = check()

    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(
    "link",
    [
        "[a file](other.md)",
        "[a heading](other.md#what-to-do-and-when)",
        "[a heading here](#twice)",
        "[the second of two](#twice-1)",
        '[with a title](other.txt "a title")',
        "![a picture](other.txt)",
        "[a URL](https://example.com/a?b=c#d)",
        "https://example.com/plain.",
        "<https://example.com>",
        "[a name]: other.md",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(tmp_path, link):
    found = checked(tmp_path, link)

    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("[a file](nowhere.md)", "nowhere.md: there is no such file"),
        ("![a picture](nowhere.svg)", "nowhere.svg: there is no such file"),
        ("[a name]: nowhere.md", "nowhere.md: there is no such file"),
        ("[nothing]()", "(empty): there is no such file"),
        ("[a heading](other.md#nowhere)", "other.md#nowhere: there is no such heading"),
        ("[a heading here](#nowhere)", "#nowhere: there is no such heading"),
        ("[the third of two](#twice-2)", "#twice-2: there is no such heading"),
        ("[of no page](other.txt#twice)", "other.txt#twice: there is no such heading"),
        ("[a URL](https://example)", "https://example: not a well-formed URL"),
        ("[a URL](http:///path)", "http:///path: not a well-formed URL"),
        ("https://exa_mple.com/x", "https://exa_mple.com/x: not a well-formed URL"),
        ("[a port](https://example.com:99999)", "https://example.com:99999: not a well-formed URL"),
    ],
)
def test_a_broken_link_is_named(tmp_path, link, why):
    found = checked(tmp_path, link)

    assert (found.returncode, found.stderr) == (1, f"page.md: {why}\n")
