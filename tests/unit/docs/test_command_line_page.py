"""docs/command-line.md names every check of the doctor, every exit code and every command."""

import re

from monitors_bot_cli import problems
from monitors_bot_cli.doctor.checks import CHECKS
from monitors_bot_cli.main import app
from tests.unit.docs.pages import page

PAGE = page("command-line")


def test_every_check_of_the_doctor_is_explained():
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE.partition("## doctor")[2], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)} - {"--admin", "--quiet"}

    assert named == {"asked by …" if check.name.startswith("asked by ") else check.name for check in CHECKS}


def test_every_exit_code_is_explained():
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}

    assert codes == {0, problems.FOUND, problems.SETTINGS, problems.AWS, 130}


def test_every_command_is_listed():
    listed = set(re.findall(r"^\| `monitors-bot (\w+)", PAGE, re.MULTILINE))

    commands = {one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands}
    assert listed == commands | {group.name for group in app.registered_groups}
