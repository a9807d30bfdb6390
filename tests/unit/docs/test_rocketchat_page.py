"""docs/rocketchat.md explains what the app may do, what is set in it, and why it fails."""

import json
import re
from pathlib import Path

from tests.unit.docs.pages import code, page, section

APP = Path("rocketchat-app")
MANIFEST = json.loads((APP / "app.json").read_text(encoding="utf-8"))
WORDS = json.loads((APP / "i18n/en.json").read_text(encoding="utf-8"))
SENTENCES = (APP / "src/words.ts").read_text(encoding="utf-8")
PAGE = page("rocketchat")


def rows(heading: str) -> set[str]:
    """The code in the first column of the tables below a heading."""
    return {
        name
        for first in re.findall(r"^\| ([^|]*)", section(PAGE, heading), re.MULTILINE)
        for name in code(first)
    }


def test_every_permission_has_its_reason_and_every_failure_its_cause():
    permissions = {permission["name"] for permission in MANIFEST["permissions"]}
    [union] = re.findall(r"^ +('\w+'(?: \| '\w+')+)$", SENTENCES, re.MULTILINE)
    failures = set(re.findall(r"\w+", union))

    assert len(failures) == 10
    assert rows("### What it may do, and why") == permissions | failures


def test_every_setting_is_named_as_the_admin_pages_name_it():
    for setting in ("address", "secret", "timeout"):
        assert f"| *{WORDS[setting]}* |" in PAGE


def test_the_message_action_is_named_as_people_see_it():
    assert f"*{WORDS['who_supervises']}*" in PAGE
