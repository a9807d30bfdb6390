"""The platforms as the doors see them: each brings its own rules, and no other module knows one by name."""

import ast
from pathlib import Path

import pytest

import monitors_bot
from monitors_bot.domain.answers.conversation import Command
from monitors_bot.platforms import Patience, Platform, ResponseUrl, Room
from monitors_bot.web import Request
from monitors_bot.wiring.platforms import PLATFORMS
from tests.fakes import pigeon

SOURCE = Path(monitors_bot.__file__).parent
TABLE = SOURCE / "wiring" / "platforms.py"
OUTSIDE = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if path != TABLE and SOURCE / "platforms" not in path.parents
]
NAMES = {platform.NAME for platform in PLATFORMS}
MODULES = {platform.__name__ for platform in PLATFORMS}  # type: ignore[attr-defined]  # each is a module

in_the_table = pytest.mark.parametrize("platform", [*PLATFORMS, pigeon], ids=lambda platform: platform.NAME)


def modules_of_the_platforms():
    folder = SOURCE / "platforms"
    return [path.relative_to(folder) for path in sorted(folder.rglob("*.py")) if path.stem != "__init__"]


@pytest.mark.parametrize("module", modules_of_the_platforms(), ids=str)
def test_every_module_of_a_platform_has_a_test_file_in_the_same_place(module):
    assert (Path(__file__).parent / module.with_name(f"test_{module.name}")).exists()


def imported_by(node):
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def compared_by(node):
    """The values compared for equality; looking a name up in a table singles out no platform."""
    if isinstance(node, ast.Compare) and not any(isinstance(one, ast.In | ast.NotIn) for one in node.ops):
        return [node.left, *node.comparators]
    return [node.value] if isinstance(node, ast.MatchValue) else []


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nobody_but_the_table_imports_a_platform_or_compares_its_name(path):
    for node in ast.walk(ast.parse(path.read_text())):
        assert not imported_by(node) & MODULES
        assert not any(isinstance(side, ast.Attribute) and side.attr == "NAME" for side in compared_by(node))
        assert not (isinstance(node, ast.Constant) and node.value in NAMES)


def test_no_two_platforms_share_a_name_a_secret_or_a_variable():
    table = [*PLATFORMS, pigeon]
    variables = [platform.RESPONSE_URL_VARIABLE for platform in table if platform.RESPONSE_URL_VARIABLE]

    assert len({platform.NAME for platform in table}) == len(table)
    assert len({platform.SECRET_KEY for platform in table}) == len(table)
    assert len(set(variables)) == len(variables)


def test_each_platform_has_its_own_deadline():
    assert {platform.NAME: platform.PATIENCE for platform in PLATFORMS} == {
        "rocketchat": Patience.LONG,
        "rocketchat-app": Patience.SHORT,
        "slack": Patience.SHORT,
        "mattermost": Patience.SHORT_IF_ANSWERED_LATE,
    }


@pytest.mark.parametrize(
    "platform", [one for one in PLATFORMS if one.NAME != "rocketchat-app"], ids=lambda platform: platform.NAME
)
def test_late_answers_go_to_a_room_or_to_a_response_url_with_an_allowed_base(platform: Platform):
    command = Command("/monitors", "", room_id="room1", thread_id="t1", response_url="https://example.com/x")

    address = platform.late_address(command)

    assert address == (
        ResponseUrl("https://example.com/x") if platform.RESPONSE_URL_VARIABLE else Room("room1", "t1")
    )


def test_the_app_is_never_answered_late():
    [app] = [platform for platform in PLATFORMS if platform.NAME == "rocketchat-app"]

    assert app.late_address(Command("/monitors", "", room_id="room1")) is None


@in_the_table
def test_a_command_without_a_place_gets_no_late_answer(platform: Platform):
    assert platform.late_address(Command("/monitors", "Sales")) is None


@in_the_table
def test_an_ordinary_request_is_no_probe(platform: Platform):
    assert not platform.is_probe(Request("POST", f"/{platform.NAME}/command", body=b"text=x"))
