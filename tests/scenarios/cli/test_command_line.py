"""`monitors-bot` itself: its help, how it finds its stack, and what it says where AWS refuses."""

import subprocess
import sys

import pytest

from monitors_bot import __version__
from monitors_bot_cli.installation import find_installation
from monitors_bot_cli.problems import Stopped
from tests.fakes.local_aws import REGION


def test_it_says_its_version(monitors_bot):
    assert monitors_bot("--version").out == f"{__version__}\n"


def test_it_finds_the_stack_that_the_settings_file_names(stack):
    found = find_installation("dev")

    assert (found.name, found.region) == ("monitors-bot-dev", REGION)
    assert found.outputs == stack.outputs
    assert found.resources == stack.physical
    assert found.environ("ChatFunction").items() >= stack.environ("ChatFunction").items()


def test_without_a_stack_it_says_how_to_deploy_one(stack):
    with pytest.raises(
        Stopped, match=r"There is no stack monitors-bot in .* make deploy SAM_ENV=prod"
    ) as why:
        find_installation("prod")

    assert why.value.code == 3


def test_without_a_region_it_asks_for_one(stack, tmp_path, monkeypatch):
    (tmp_path / "settings" / "dev.toml").write_text("")
    monkeypatch.delenv("AWS_REGION")

    with pytest.raises(Stopped, match="In which region is the stack"):
        find_installation("dev")


def test_a_session_that_expired_is_no_missing_stack(stack, cloud):
    cloud.refuses = "ExpiredToken"

    with pytest.raises(Stopped, match=r"AWS refuses: The security token.*ExpiredToken"):
        find_installation("dev")


def test_the_help_of_the_installed_command_needs_neither_aws_nor_settings(tmp_path):
    ended = subprocess.run(  # noqa: PLW1510 - the code is what is tested
        [sys.executable, "-m", "monitors_bot_cli", "--help"], cwd=tmp_path, capture_output=True, text=True
    )

    assert ended.returncode == 0
    assert "Set up a deployed monitors-bot" in ended.stdout
