"""Every module has a test file of its own, or one that names it; every unit test mirrors a module."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SOURCE = TESTS.parent / "src" / "monitors_bot"
UNIT = TESTS / "unit"
MODULES = {
    path.relative_to(SOURCE): path
    for path in sorted(SOURCE.rglob("*.py"))
    if re.search("^(?:def|class) ", path.read_text(), re.MULTILINE)
}
UNIT_TESTS = [path.relative_to(UNIT) for path in sorted(UNIT.rglob("test_*.py"))]
NOT_ABOUT_A_MODULE = [
    "docs/*",
    "test_template*.py",
    "test_continuous_integration.py",
    "test_manifests.py",
    "test_mirror.py",
]


def mirror(module):
    """The test of a module; that of a package is named for its folder."""
    name = module.parent.name if module.name == "__init__.py" else module.stem
    return module.with_name(f"test_{name}.py")


@pytest.fixture(scope="module")
def named_in_tests():
    """Every path such as `wiring/answers.py` that the text of a test file names."""
    texts = [path.read_text() for path in TESTS.rglob("test_*.py") if path.name != "test_mirror.py"]
    return {Path(name) for text in texts for name in re.findall(r"[\w/]+/\w+\.py", text)}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_has_a_test_file_of_its_own_or_one_that_names_it(module, named_in_tests):
    own = [TESTS / kind / mirror(module) for kind in ("unit", "integration")]

    assert any(path.exists() for path in own) or module in named_in_tests


@pytest.mark.parametrize(
    "test", [one for one in UNIT_TESTS if not any(map(one.match, NOT_ABOUT_A_MODULE))], ids=str
)
def test_a_unit_test_is_about_a_module(test):
    """`test_slack_replies.py` is about `slack.py` too: a long test file may be split."""
    tested = [mirror(module).with_suffix("") for module in MODULES if module.parent == test.parent]

    assert any(f"{test.with_suffix('')}_".startswith(f"{one}_") for one in tested)
