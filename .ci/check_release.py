"""Exit with an error unless a tag names the version of the code, of the template and of the changelog."""

import re
import sys
from pathlib import Path

WHERE = {
    "src/monitors_bot/__init__.py": r'^__version__ = "(.+)"$',
    "template.yaml": r"^    SemanticVersion: (.+)$",
    "CHANGELOG.md": r"^## (\d\S*)",
}


def versions() -> dict[str, str]:
    """The version that each file names; the changelog's newest release."""
    return {
        name: found[1] if (found := re.search(pattern, Path(name).read_text("utf-8"), re.MULTILINE)) else ""
        for name, pattern in WHERE.items()
    }


if __name__ == "__main__":
    wanted = sys.argv[1].removeprefix("v")
    if wrong := {name: version for name, version in versions().items() if version != wanted}:
        sys.exit(f"the tag is for {wanted}, but: {wrong}")
